#include "tools/load/commanding.hpp"

#include <algorithm>
#include <random>

namespace jejak::load {
namespace {

constexpr std::chrono::milliseconds pause_before_again{100};

std::string fresh_run() {
    constexpr char letters[] = "0123456789abcdefghijklmnopqrstuv";
    std::random_device random;
    std::string run;
    for (int i = 0; i < 8; ++i)
        run += letters[random() % 32];
    return run;
}

std::string policy_request(const Target& target, const std::string& policy) {
    return post_request(target, "/v1/commands", administrator,
                        R"({"command": "publish_policy", "policy": ")" + policy +
                            R"(", "actor": {"role": "administrator"}, "data": {"document": {
  "policy": ")" + policy +
                            R"(", "title": {"id": "Beban", "en": "Load"},
  "scale": {"min": "1", "max": "5", "decimals": 0},
  "groups": [{"id": "perilaku", "title": {"id": "Perilaku", "en": "Behaviour"}, "weight": "100"}],
  "criteria": [{"id": "pelayanan", "group": "perilaku",
                "title": {"id": "Pelayanan", "en": "Service"}}],
  "sources": [{"id": "supervisor", "by": "supervisor", "weight": "100", "factor": "20",
               "title": {"id": "Pejabat penilai", "en": "Supervisor"}}],
  "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
  "stages": {"self_assessment": "unused", "review": "required", "feedback": "unused"}}}})");
}

std::string open_request(const Target& target, const std::string& policy,
                         const std::string& appraisal) {
    return post_request(target, "/v1/appraisals/" + appraisal + "/open-appraisal", administrator,
                        R"({"subject": "load:)" + appraisal + R"(", "post": "Bidan",
  "unit": "puskesmas", "period": "2026", "kind": "annual", "supervisor": ")" +
                            std::string(supervisor) +
                            R"(", "superior": "nip:197001011995031004", "policy": ")" + policy +
                            R"("})");
}

// Asks all, on so many connections. Errors: environment, of the first that is not accepted.
Result<std::uint64_t> ask_all(const Target& target, const std::vector<std::string>& requests,
                              std::size_t connections) {
    boost::asio::io_context io(1);
    std::uint64_t head = 0;
    std::size_t next = 0;
    std::string wrong;
    std::vector<std::unique_ptr<Client>> clients(std::min(connections, requests.size()));
    for (auto& client : clients) {
        client = std::make_unique<Client>(io, target.endpoint, [&](const Reply& reply) {
            head = std::max(head, reply.position);
            if (reply.status != 200 && reply.status != 201 && wrong.empty()) {
                wrong = reply.status == 0 ? "nobody answers at " + target.host
                                          : std::to_string(reply.status) + std::string(" ") +
                                                std::string(reply.body);
            }
            if (!wrong.empty() || next == requests.size()) return client->close();
            client->ask(requests[next++]);
        });
        client->ask(requests[next++]);
    }
    io.run();
    if (!wrong.empty()) {
        return error(ErrorCode::environment,
                     wrong + "\nIs it `jejak serve --rate 1000000`, without --jwks?");
    }
    return head;
}

}  // namespace

Result<Stage> open_appraisals(const Target& target, std::size_t count, std::size_t connections) {
    Stage stage;
    stage.run = fresh_run();
    const std::string policy = "load-" + stage.run;
    const auto published = ask_all(target, {policy_request(target, policy)}, 1);
    if (!published) return published.error();
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < count; ++i) {
        stage.appraisals.push_back("load-" + stage.run + "-" + std::to_string(i));
        requests.push_back(open_request(target, policy, stage.appraisals.back()));
    }
    const auto head = ask_all(target, requests, connections);
    if (!head) return head.error();
    stage.head = *head;
    return stage;
}

Commands::Commands(boost::asio::io_context& io, const Target& target, const Stage& stage,
                   std::size_t connections, std::uint64_t rate)
    : io_(io), target_(target), stage_(stage), rate_(rate), lines_(connections) {}

void Commands::begin(std::chrono::seconds span, std::function<void()> ended) {
    ended_ = std::move(ended);
    begun_ = Steady::now();
    ends_ = begun_ + span;
    gives_up_ = ends_ + span;
    at_work_ = lines_.size();
    for (auto& line : lines_) {
        line.client = std::make_unique<Client>(
            io_, target_.endpoint, [this, &line](const Reply& reply) { answered(line, reply); });
        line.timer = std::make_unique<boost::asio::steady_timer>(io_);
        take_next(line);
    }
}

// The due time of a command is its place in the row of all, whoever sends it and whenever: what
// waits for a slow server counts as slow.
void Commands::take_next(Line& line) {
    const auto now = Steady::now();
    line.due = now;
    if (rate_ != 0) {
        const std::chrono::duration<double> since(static_cast<double>(taken_) /
                                                  static_cast<double>(rate_));
        line.due = begun_ + std::chrono::duration_cast<Steady::duration>(since);
    }
    if (line.due >= ends_ || now >= gives_up_) return end(line);
    const auto number = taken_++;
    const auto& appraisal = stage_.appraisals[number % stage_.appraisals.size()];
    line.request =
        post_request(target_, "/v1/appraisals/" + appraisal + "/note-dialogue", supervisor,
                     R"({"note": "Disepakati jadwal tambahan untuk dua desa"})",
                     "Idempotency-Key: load-" + stage_.run + "-" + std::to_string(number) + "\r\n");
    line.is_first_try = true;
    if (line.due <= now) return send(line);
    line.timer->expires_at(line.due);
    line.timer->async_wait([this, &line](const boost::system::error_code& fault) {
        if (!fault) send(line);
    });
}

void Commands::send(Line& line) {
    if (!line.is_first_try) ++figures_.sent_again;
    line.is_first_try = false;
    line.client->ask(line.request);
}

void Commands::answered(Line& line, const Reply& reply) {
    const auto now = Steady::now();
    if ((reply.status == 0 || reply.status == 503) && now < gives_up_) {
        line.timer->expires_after(pause_before_again);
        return line.timer->async_wait([this, &line](const boost::system::error_code& fault) {
            if (!fault) send(line);
        });
    }
    if (reply.status == 200) {
        figures_.timings.add(now - line.due);
        figures_.positions.push_back(reply.position);
    } else {
        ++figures_.errors;
        if (figures_.first_error.empty()) {
            figures_.first_error = std::to_string(reply.status) + " " + std::string(reply.body);
        }
    }
    take_next(line);
}

void Commands::end(Line& line) {
    line.client->close();
    if (--at_work_ != 0) return;
    figures_.seconds = std::chrono::duration<double>(Steady::now() - begun_).count();
    const std::chrono::duration<double> span = ends_ - begun_;
    const auto due = static_cast<std::uint64_t>(static_cast<double>(rate_) * span.count());
    figures_.unsent = due > taken_ ? due - taken_ : 0;
    if (ended_) ended_();
}

}  // namespace jejak::load
