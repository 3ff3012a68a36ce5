#include "tools/load/audience.hpp"

#include <algorithm>

namespace jejak::load {
namespace {

constexpr std::chrono::milliseconds look_every{50};
// Nothing new for so long: whoever is behind will hear no more.
constexpr std::chrono::seconds quiet_max{15};

// Begins the commands when all listen, and ends it all when all have heard the last.
class Audience {
  public:
    Audience(const Target& target, const Stage& stage, std::size_t listeners,
             std::size_t connections, std::uint64_t rate, std::chrono::seconds span)
        : io_(1),
          look_(io_),
          commands_(io_, target, stage, connections, rate),
          stage_(stage),
          span_(span) {
        for (std::size_t i = 0; i < listeners; ++i)
            listeners_.push_back(std::make_unique<Listener>(io_, target, stage.head));
    }

    AudienceFigures run() {
        for (auto& listener : listeners_)
            listener->begin();
        moved_at_ = Steady::now();
        look();
        io_.run();
        return figures();
    }

  private:
    [[nodiscard]] std::uint64_t count_events() const {
        std::uint64_t events = 0;
        for (const auto& listener : listeners_)
            events += listener->events();
        return events;
    }

    void look() {
        const auto now = Steady::now();
        const auto is_listening = [](const auto& each) { return each->is_streaming(); };
        if (!begun_ && (std::all_of(listeners_.begin(), listeners_.end(), is_listening) ||
                        now - moved_at_ > quiet_max)) {
            begun_ = true;
            begun_at_ = now;
            commands_.begin(span_, [this] { commanded_ = true; });
        }
        if (const auto events = count_events(); events != events_ || !commanded_) {
            if (begun_) moved_at_ = now;
            events_ = events;
        }
        if (commanded_ && (have_all_heard() || now - moved_at_ > quiet_max)) {
            ended_at_ = moved_at_;
            for (auto& listener : listeners_)
                listener->close();
            return;
        }
        look_.expires_after(look_every);
        look_.async_wait([this](const boost::system::error_code&) { look(); });
    }

    [[nodiscard]] bool have_all_heard() const {
        const auto& positions = commands_.figures().positions;
        if (positions.empty()) return true;
        const auto last = *std::max_element(positions.begin(), positions.end());
        return std::all_of(listeners_.begin(), listeners_.end(),
                           [&](const auto& each) { return each->last() >= last; });
    }

    [[nodiscard]] AudienceFigures figures() const {
        AudienceFigures figures;
        Heard all;
        std::uint64_t last = stage_.head;
        for (const auto position : commands_.figures().positions) {
            (void)all.add(position - stage_.head);
            last = std::max(last, position);
        }
        for (const auto& each : listeners_)
            all.add_all(each->heard());
        figures.records = all.count();
        for (const auto& each : listeners_) {
            figures.lost += each->heard().missing_of(all);
            figures.repeated += each->repeated();
            figures.disordered += each->disordered();
            figures.connected += each->connected();
            figures.refused += each->refused();
            figures.behind += each->last() < last ? 1 : 0;
            if (figures.first_refusal.empty()) figures.first_refusal = each->first_refusal();
        }
        figures.events = count_events();
        figures.seconds = std::chrono::duration<double>(ended_at_ - begun_at_).count();
        figures.commands = commands_.figures();
        return figures;
    }

    boost::asio::io_context io_;
    boost::asio::steady_timer look_;
    Commands commands_;
    const Stage& stage_;
    const std::chrono::seconds span_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    bool begun_ = false, commanded_ = false;
    std::uint64_t events_ = 0;
    Steady::time_point begun_at_, moved_at_, ended_at_;
};

}  // namespace

AudienceFigures tell_audience(const Target& target, const Stage& stage, std::size_t listeners,
                              std::size_t connections, std::uint64_t rate,
                              std::chrono::seconds span) {
    return Audience(target, stage, listeners, connections, rate, span).run();
}

}  // namespace jejak::load
