#include "tools/operating_metrics.hpp"

#include <spdlog/spdlog.h>

#include <boost/describe/enum_to_string.hpp>
#include <cmath>
#include <condition_variable>

namespace jejak::tools {
namespace {

constexpr std::chrono::seconds pause_between_counts{30};
// A count may take up to one part in so many of the time.
constexpr int pauses_per_count = 50;

double seconds_of(std::chrono::nanoseconds time) {
    return std::chrono::duration<double>(time).count();
}

// Powers of 2 up to what fits into a batch (Writer::Options).
std::vector<double> command_bounds() {
    return {1, 2, 4, 8, 16, 32, 64, 128};
}

// 1 KiB to 16 MiB, four times as much each.
std::vector<double> byte_bounds() {
    std::vector<double> bounds;
    for (double bytes = 1 << 10; bytes <= 1 << 24; bytes *= 4)
        bounds.push_back(bytes);
    return bounds;
}

// How many records the model has still to take in. The checkpoint is read first: the log only
// grows, so that the difference is never below 0.
double lag_of(const Workspace& workspace, const ReadStore& reads, std::string_view model) {
    const auto done = reads.checkpoint(model);
    const auto head = workspace.events().head();
    if (!done || !head) return std::nan("");
    return static_cast<double>(head->position.value - done->value);
}

}  // namespace

Result<std::unique_ptr<OperatingMetrics>> OperatingMetrics::watch(Workspace& workspace,
                                                                  metrics::Registry& registry) {
    std::unique_ptr<OperatingMetrics> watching(new OperatingMetrics(workspace));
    auto done = watching->watch_appends(registry);
    if (done) done = watching->watch_queue(registry);
    if (done) done = watching->watch_projections(registry);
    if (done) done = watching->register_backlog(registry);
    if (!done) return done.error();
    auto* raw = watching.get();
    raw->counting_ =
        std::jthread([raw](const std::stop_token& stop) { raw->count_again_and_again(stop); });
    return watching;
}

OperatingMetrics::~OperatingMetrics() = default;

// What the observers hold lives in the registry, so that they may outlive this.
Result<void> OperatingMetrics::watch_appends(metrics::Registry& registry) {
    const auto append = registry.histogram("jejak_log_append_seconds",
                                           "From handing a batch to the store until it is durable.",
                                           metrics::disk_bounds_seconds());
    if (!append) return append.error();
    const auto sync = registry.histogram("jejak_log_sync_seconds",
                                         "Of an append, waiting for the disk to sync the log.",
                                         metrics::disk_bounds_seconds());
    if (!sync) return sync.error();
    const auto commands = registry.histogram(
        "jejak_log_append_commands",
        "Commands, accepted or refused, that share one append and its sync.", command_bounds());
    if (!commands) return commands.error();
    const auto bytes = registry.histogram("jejak_log_append_bytes",
                                          "Bytes of the records of one append.", byte_bounds());
    if (!bytes) return bytes.error();
    workspace_.data().events().on_sync(
        [seconds = *sync](std::chrono::nanoseconds took) { seconds->observe(seconds_of(took)); });
    workspace_.writer().on_append(
        [append = *append, commands = *commands, bytes = *bytes](const auto& batch) {
            append->observe(seconds_of(batch.took));
            commands->observe(static_cast<double>(batch.commands));
            bytes->observe(static_cast<double>(batch.bytes));
        });
    return {};
}

Result<void> OperatingMetrics::watch_queue(metrics::Registry& registry) {
    auto& writer = workspace_.writer();
    auto depth =
        registry.gauge_from("jejak_writer_queue_commands", "Commands that wait for the writer.",
                            [&writer] { return static_cast<double>(writer.queue_depth()); });
    if (!depth) return depth;
    const auto capacity =
        registry.gauge("jejak_writer_queue_commands_max",
                       "Commands that may wait; a further one is answered overloaded.");
    if (!capacity) return capacity.error();
    (*capacity)->set(static_cast<double>(writer.queue_depth_max()));
    return {};
}

Result<void> OperatingMetrics::watch_projections(metrics::Registry& registry) {
    const ReadStore& reads = workspace_.reads();
    std::vector<metrics::Registry::Asked> lags;
    for (const auto& projection : workspace_.projections()) {
        const std::string model(projection->name());
        lags.push_back({model, [this_workspace = &workspace_, &reads, model] {
                            return lag_of(*this_workspace, reads, model);
                        }});
    }
    return registry.gauges_from("jejak_projection_lag_records",
                                "Records of the log that a read model has not taken in yet.",
                                "model", std::move(lags));
}

Result<void> OperatingMetrics::register_backlog(metrics::Registry& registry) {
    constexpr const char* how_often = " Counted anew at most every 30 s.";
    const auto disputes = registry.gauge(
        "jejak_open_disputes", std::string("Appraisals whose result is disputed.") + how_often);
    if (!disputes) return disputes.error();
    disputes_ = *disputes;
    const auto overdue = registry.gauges<1>(
        "jejak_overdue_tasks",
        std::string("Tasks not done in time, as letters moved it; what invited raters owe is told "
                    "by close_feedback.") +
            how_often,
        {"kind"});
    if (!overdue) return overdue.error();
    for (const auto kind : timers::clocked_tasks)
        overdue_[kind] = &overdue->with({boost::describe::enum_to_string(kind, "")});
    const auto counted = registry.gauge("jejak_backlog_counted_timestamp_seconds",
                                        "When disputes and overdue tasks were counted last.");
    if (!counted) return counted.error();
    counted_at_ = *counted;
    disputes_->set(std::nan(""));
    for (const auto& [kind, gauge] : overdue_)
        gauge->set(std::nan(""));
    return {};
}

void OperatingMetrics::count_again_and_again(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        const auto started = std::chrono::steady_clock::now();
        count(stop);
        const auto took = std::chrono::steady_clock::now() - started;
        const auto pause = std::max<std::chrono::steady_clock::duration>(pause_between_counts,
                                                                         took * pauses_per_count);
        stopped.wait_for(lock, stop, pause, [] { return false; });
    }
}

void OperatingMetrics::count(const std::stop_token& stop) {
    const auto backlog = timers::count_backlog(workspace_.events(), workspace_.reads(),
                                               workspace_.workflows(), workspace_.clock(), stop);
    if (stop.stop_requested()) return;
    if (!backlog) {
        spdlog::error("disputes and overdue tasks could not be counted: {}",
                      backlog.error().message);
    }
    disputes_->set(backlog ? static_cast<double>(backlog->open_disputes) : std::nan(""));
    for (const auto& [kind, gauge] : overdue_) {
        gauge->set(backlog ? static_cast<double>(backlog->overdue_tasks.at(kind)) : std::nan(""));
    }
    if (!backlog) return;
    const auto now = workspace_.clock().now().micros_since_epoch;
    counted_at_->set(static_cast<double>(now / 1'000'000));
}

}  // namespace jejak::tools
