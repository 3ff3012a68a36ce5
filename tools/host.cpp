#include "tools/host.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>

#include "tools/climb.hpp"
#include "tools/tick.hpp"

namespace jejak::tools {

// Does something again and again, on a thread of the context; the first time after a period.
class Host::Every {
  public:
    Every(boost::asio::io_context& io, std::chrono::seconds period, std::function<void()> act)
        : timer_(io), period_(period), act_(std::move(act)) {
        wait();
    }

  private:
    void wait() {
        timer_.expires_after(period_);
        timer_.async_wait([this](const boost::system::error_code& fault) {
            if (fault) return;
            act_();
            wait();
        });
    }

    boost::asio::steady_timer timer_;
    const std::chrono::seconds period_;
    const std::function<void()> act_;
};

Result<std::unique_ptr<Host>> Host::open(const std::string& directory, Settings settings) {
    std::unique_ptr<Host> host(new Host(std::move(settings)));
    if (auto begun = host->begin(directory); !begun) return begun.error();
    return host;
}

Host::Host(Settings settings) : settings_(std::move(settings)) {}

Result<void> Host::begin(const std::string& directory) {
    auto workspace = Workspace::open(directory, Workspace::Mode::write);
    if (!workspace) return workspace.error();
    workspace_ = std::move(*workspace);
    if (auto caught_up = workspace_->catch_up(); !caught_up) return caught_up;
    auto operating = OperatingMetrics::watch(*workspace_, registry_);
    if (!operating) return operating.error();
    operating_ = std::move(*operating);
    const auto seconds = registry_.histograms<2>(
        "jejak_http_request_seconds", "From the whole request to its answer.",
        metrics::request_bounds_seconds(), {"method", "status"});
    if (!seconds) return seconds.error();
    const auto commands =
        registry_.counters<1>("jejak_commands_total", "Commands that were answered.", {"outcome"});
    if (!commands) return commands.error();
    auto position = registry_.gauge_from("jejak_log_position", "Place of the last record.", [this] {
        const auto head = workspace_->events().head();
        return head ? static_cast<double>(head->position.value) : std::nan("");
    });
    if (!position) return position.error();
    auto gate = Gate::open(settings_.gate, settings_.callers, workspace_->clock(), registry_);
    if (!gate) return gate.error();
    gate_ = std::move(*gate);
    auto reads =
        access::ReadLog::open(std::filesystem::path(directory) / "reads", workspace_->clock());
    if (!reads) return reads.error();
    reads_ = std::move(*reads);
    feed_ = std::make_unique<backend::Feed>(*workspace_, io_.get_executor());
    workspace_->on_growth([this](Position head) { feed_->grown(head); });
    auto webhooks = WebhookService::start(*workspace_, directory, settings_.webhooks);
    if (!webhooks) return webhooks.error();
    webhooks_ = std::move(*webhooks);
    backend_ = std::make_unique<backend::Backend>(
        backend::Context{*workspace_, *gate_, *feed_, *reads_, registry_, *seconds, *commands,
                         settings_.logs_requests});
    look_at_clocks();
    const auto every = [this](std::chrono::seconds period, std::function<void()> act) {
        timers_.push_back(std::make_unique<Every>(io_, period, std::move(act)));
    };
    every(std::chrono::minutes(1), [this] { look_at_clocks(); });
    every(std::chrono::seconds(15), [this] { feed_->beat(); });
    if (webhooks_) {
        webhooks_->remind();
        every(std::chrono::seconds(1), [this] { webhooks_->tick(); });
        every(std::chrono::hours(1), [this] { webhooks_->remind(); });
    }
    return {};
}

Host::~Host() {
    io_.stop();
    webhooks_.reset();
    operating_.reset();
    // Joins the writer and the projector while all that they tell is still there.
    workspace_.reset();
}

void Host::handle(http::Request request, http::Answer answer) {
    backend_->handle(std::move(request), std::move(answer));
}

void Host::handle_as(Caller caller, http::Request request, http::Answer answer) {
    backend_->handle_as(std::move(caller), std::move(request), std::move(answer));
}

void Host::run(std::size_t threads) {
    const auto work = boost::asio::make_work_guard(io_);
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < threads; ++i)
        others.emplace_back([this] { io_.run(); });
    io_.run();
    for (auto& thread : others)
        thread.join();
}

Result<void> Host::finish() {
    if (auto flushed = reads_->flush(); !flushed) return flushed;
    return workspace_->finish();
}

void Host::reload_keys() {
    if (const auto keys = settings_.callers.reload(); !keys) {
        spdlog::error("the issuer's keys stay as they were: {}", keys.error().message);
    }
    auto* api_keys = gate_->api_keys();
    if (api_keys == nullptr) return;
    const auto changed = api_keys->reload();
    if (!changed) spdlog::error("API keys as before: {}", changed.error().message);
    if (changed && *changed) spdlog::info("{} API keys hold now", api_keys->key_count());
}

void Host::look_at_clocks() {
    const auto done =
        tick(*workspace_, the_clock(), [](const timers::Overdue& each, Position position) {
            spdlog::info("{}: the clock of the {} ran out, recorded at position {}", each.token,
                         each.due.deadline, position.value);
        });
    if (!done) spdlog::error("the clocks could not be looked at: {}", done.error().message);
    const auto climbed = climb(*workspace_, [](const Climbed& each) {
        spdlog::info("{}: the objection goes to the next in the chain ({}), position {}",
                     each.token, each.post, each.position.value);
    });
    if (!climbed) spdlog::error("no objection could climb: {}", climbed.error().message);
    if (const auto flushed = reads_->flush(); !flushed) {
        spdlog::error("the log of reads: {}", flushed.error().message);
    }
}

}  // namespace jejak::tools
