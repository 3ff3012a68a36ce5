#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/webhooks/courier.hpp"

namespace jejak::webhooks {

// Tells endpoints what was recorded, after the log: one courier each, so that none waits for
// another. Has its own checkpoints and no reset; a record that is durable is told at least once,
// under one id, in the order of the log, or becomes a dead letter. All members may be called from
// any thread. It has no timer: tick() looks at what is due.
class Reactor : public std::enable_shared_from_this<Reactor> {
  public:
    // Begins to tell what is due. Errors: of the log and the checkpoints, naming endpoint and
    // remedy.
    [[nodiscard]] static Result<std::shared_ptr<Reactor>> start(
        boost::asio::any_io_executor executor, Endpoints endpoints, CourierParts parts);

    // The log has grown up to `head`. Cheap.
    void wake(Position head);
    // To be called every second or so: attempts, checkpoints and memories that are due by the
    // clock.
    void tick();
    // To every endpoint that wants reminders about these units, unless it was reminded: call it as
    // often as you like while the deadline is ahead, and again after a start, since only what was
    // tried is kept.
    void remind(const Reminder& reminder);

    // Sends a dead letter again, before all else and once: if it fails, it is a dead letter again.
    // Errors: not_found; invalid_input while the endpoint is gone; stopped.
    [[nodiscard]] Result<void> retry(const std::string& endpoint_id, const std::string& message_id);
    // Tells an endpoint again that had answered 410, from where it was. Errors: not_found;
    // invalid_input when it is enabled; stopped.
    [[nodiscard]] Result<void> enable(const std::string& endpoint_id);

    struct Buried {
        std::string endpoint_id;
        DeadLetter letter;
    };
    [[nodiscard]] std::vector<Buried> dead_letters() const;
    // One an endpoint, in the order of the list.
    [[nodiscard]] std::vector<CourierStatus> status() const;

    // Begins nothing more; what is in flight gets a moment to be answered, else it is sent again
    // after the next start. `completion` runs on the executor when all checkpoints are saved. Once.
    void stop(std::function<void()> completion);

  private:
    Reactor(boost::asio::any_io_executor executor, std::vector<std::shared_ptr<Courier>> couriers)
        : executor_(std::move(executor)), couriers_(std::move(couriers)) {}
    [[nodiscard]] Result<std::shared_ptr<Courier>> courier_of(const std::string& endpoint_id) const;

    const boost::asio::any_io_executor executor_;
    const std::vector<std::shared_ptr<Courier>> couriers_;
};

}  // namespace jejak::webhooks
