#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/webhooks/checkpoints.hpp"
#include "adapters/webhooks/delivery.hpp"
#include "adapters/webhooks/endpoints.hpp"
#include "adapters/webhooks/message.hpp"
#include "adapters/webhooks/outbox.hpp"
#include "engine/clock.hpp"
#include "engine/event_store.hpp"
#include "engine/keyring.hpp"

namespace jejak::webhooks {

// The message that an endpoint is sent of a record; none: the record is not for it. The same record
// MUST give the same message for ever, from the log alone: it is asked again after a crash. An
// error holds the endpoint up at this record, it is never skipped.
using ToMessage = std::function<Result<std::optional<Message>>(
    std::string_view endpoint_id, Position position, std::string_view record_bytes)>;

// What every courier needs. Log, clock and checkpoints are borrowed, until stop() has completed.
struct CourierParts {
    const EventStore& log;
    const Clock& clock;
    Checkpoints& checkpoints;
    std::shared_ptr<const DeliveryTerms> terms;
    ToMessage to_message;
    KeyBytes id_key;                 // of message ids; the log's secret
    std::function<double()> chance;  // from 0 to 1, for the spread of attempts; thread-safe
    std::chrono::milliseconds patience_when_stopping{2'000};  // with what is in flight
};

// How an endpoint fares; numbers count from the start of the process.
struct CourierStatus {
    std::string endpoint_id;
    std::uint64_t delivered = 0;
    std::uint64_t failed = 0;  // attempts
    std::uint64_t dead = 0;    // messages that were given up
    Position done;
    std::uint64_t lag = 0;  // records behind the head of the log
    std::size_t reminders_waiting = 0;
    bool in_flight = false;
    bool gone = false;
    std::optional<Instant> next_attempt_at;  // of the message in front
    std::string trouble;                     // why nothing moves on; "": it does
    std::vector<DeadLetter> dead_letters;
};

// Carries messages to one endpoint, one at a time, in the order of the log, on a strand. At least
// once: a message counts as delivered when the checkpoint says so, and what was sent before a crash
// is sent again under the same id. All members may be called from any thread.
class Courier : public std::enable_shared_from_this<Courier> {
  public:
    // Loads how far the endpoint was told; one that is new begins behind `head`, or where it says,
    // and that is saved. Errors: of the checkpoints; corruption, when the log ends before what was
    // told.
    [[nodiscard]] static Result<std::shared_ptr<Courier>> make(
        boost::asio::any_io_executor executor, Endpoint endpoint,
        std::shared_ptr<const CourierParts> parts, Position head);

    void wake(Position head);
    void tick();
    void remind(const Reminder& reminder);
    [[nodiscard]] Result<void> retry(const std::string& message_id);
    [[nodiscard]] Result<void> enable();
    void stop(std::function<void()> completion);
    [[nodiscard]] CourierStatus status() const;
    [[nodiscard]] const std::string& endpoint_id() const { return endpoint_.id; }

  private:
    Courier(boost::asio::any_io_executor executor, Endpoint endpoint,
            std::shared_ptr<const CourierParts> parts, Outbox outbox, Position head);

    void schedule_step();
    void step();
    // True: there is more to look at.
    [[nodiscard]] bool advance(Position target);
    [[nodiscard]] std::optional<Item> take_retried();
    [[nodiscard]] std::optional<Item> take_reminder(Instant now);
    [[nodiscard]] Result<std::optional<Item>> item_of(Position position, std::string_view bytes);
    [[nodiscard]] bool look_through_records(Position target);
    [[nodiscard]] bool is_due(Instant now) const;
    void send(const Item& item, bool by_hand);
    void on_answer(const Item& item, bool by_hand, const Answer& answer);
    void settle(const Item& item, const Decision& decision, std::uint32_t attempt);
    void settle_by_hand(const Item& item, const Decision& decision);
    void on_gone(Instant now);
    [[nodiscard]] bool save();
    void hold_up(const std::string& trouble);
    void clear_trouble();
    void publish();
    void end();

    const DeliveryStrand strand_;
    const Endpoint endpoint_;
    const std::shared_ptr<const CourierParts> parts_;

    // On the strand.
    Outbox outbox_;
    std::optional<Item> head_;
    std::deque<std::string> retried_;                            // ids of dead letters
    std::map<std::pair<Instant, std::string>, Item> reminders_;  // by deadline and id
    bool must_save_ = false;                                     // nothing goes on before
    std::uint64_t unsaved_records_ = 0;                          // passed by, not for this endpoint
    Instant saved_at_;
    std::function<void()> cancel_;  // of what is in flight
    boost::asio::steady_timer patience_;
    std::vector<std::function<void()>> stopping_;
    bool ended_ = false;

    mutable std::mutex mutex_;  // guards what follows
    Position target_;
    bool scheduled_ = false;
    bool stopped_ = false;
    CourierStatus status_;
};

}  // namespace jejak::webhooks
