#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/strand.hpp>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/projection.hpp"
#include "engine/read_store.hpp"

namespace jejak::runtime {

using Projections = std::vector<std::unique_ptr<Projection>>;

// Called now and then during a long catch-up: done so far, and the position to reach.
using Progress = std::function<void(Position done, Position target)>;

// Brings one projection's rows from their checkpoint up to `target`; rows and checkpoint change
// together, `records_per_step` records at a time.
[[nodiscard]] Result<void> catch_up_one(const EventStore& log, ReadStore& rows,
                                        const Projection& projection, Position target,
                                        const Progress& progress = {},
                                        std::size_t records_per_step = 4'096);

// Brings every projection's rows up to `target`, each from its own checkpoint. Errors: the first
// projection's that fails; the others stay where they are.
[[nodiscard]] Result<void> catch_up(const EventStore& log, ReadStore& rows,
                                    const Projections& projections, Position target,
                                    const Progress& progress = {},
                                    std::size_t records_per_step = 4'096);

// Follows the log in the background: wake() it when the log has grown. All members may be called
// from any thread. Log, rows and projections are borrowed.
class Projector : public std::enable_shared_from_this<Projector> {
  public:
    Projector(boost::asio::any_io_executor executor, const EventStore& log, ReadStore& rows,
              const Projections& projections)
        : strand_(std::move(executor)), log_(log), rows_(rows), projections_(projections) {}

    void wake(Position head);
    // Waits until all projections have reached `position`: a reader sees its own write. Not from
    // the executor's only thread. Errors: invalid_input when the log does not reach so far; what
    // stopped the projector.
    [[nodiscard]] Result<void> wait_for(Position position);

  private:
    void step();

    boost::asio::strand<boost::asio::any_io_executor> strand_;
    const EventStore& log_;
    ReadStore& rows_;
    const Projections& projections_;

    std::mutex mutex_;
    std::condition_variable reached_;
    Position target_;
    Position done_;
    bool running_ = false;
    Result<void> outcome_;
};

}  // namespace jejak::runtime
