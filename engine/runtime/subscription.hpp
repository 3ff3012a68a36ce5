#pragma once

#include <functional>

#include "engine/event_store.hpp"
#include "engine/record/envelope.hpp"

namespace jejak::runtime {

// A reader's place in the log: every record after it, once, in order. One thread.
class Subscription {
  public:
    using Visit = std::function<Result<void>(const record::DecodedRecord&)>;

    Subscription(const EventStore& store, Position done) : store_(store), done_(done) {}

    // Visits at most `records_max` further records up to `until` and moves on behind each that was
    // visited without error. Errors: the visitor's, the store's, and corruption of a record.
    [[nodiscard]] Result<void> advance(Position until, std::size_t records_max, const Visit& visit);
    [[nodiscard]] Position done() const { return done_; }

  private:
    const EventStore& store_;
    Position done_;
};

}  // namespace jejak::runtime
