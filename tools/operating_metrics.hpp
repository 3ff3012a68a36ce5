#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "adapters/metrics/registry.hpp"
#include "adapters/timers/backlog.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

// What one looks at to see how a directory that is being written fares: what its appends cost, what
// waits to be written, how far the read models lag, and what people have left undone. Each metric
// stands in the table of adapters/README.md.
//
// The first ones are told by the writer and the store as things happen, or read when they are asked
// for. Disputes and overdue tasks are counted from the read models on a thread of its own, at once
// and every half minute, and less often where counting takes long: never more than a fiftieth of
// the time. They are NaN until they have been counted and where that failed.
class OperatingMetrics {
  public:
    // `workspace` was opened for writing and has handled no command yet. The registry must outlive
    // the workspace, and the workspace this. Errors: those of the registry, for a name that is
    // taken.
    [[nodiscard]] static Result<std::unique_ptr<OperatingMetrics>> watch(
        Workspace& workspace, metrics::Registry& registry);
    // Ends a count that is under way.
    ~OperatingMetrics();
    OperatingMetrics(const OperatingMetrics&) = delete;
    OperatingMetrics& operator=(const OperatingMetrics&) = delete;

  private:
    explicit OperatingMetrics(Workspace& workspace) : workspace_(workspace) {}
    [[nodiscard]] Result<void> watch_appends(metrics::Registry& registry);
    [[nodiscard]] Result<void> watch_queue(metrics::Registry& registry);
    [[nodiscard]] Result<void> watch_projections(metrics::Registry& registry);
    [[nodiscard]] Result<void> register_backlog(metrics::Registry& registry);
    void count_again_and_again(const std::stop_token& stop);
    void count(const std::stop_token& stop);

    Workspace& workspace_;
    metrics::Gauge* disputes_ = nullptr;
    metrics::Gauge* counted_at_ = nullptr;
    std::map<appraisal::TaskKind, metrics::Gauge*> overdue_;
    std::jthread counting_;  // last: it uses all of the above
};

}  // namespace jejak::tools
