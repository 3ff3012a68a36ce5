#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/http/message.hpp"
#include "engine/ids.hpp"

namespace jejak::tools::embedding {

// The events of a stream, for who asks for one after the other. For one thread; a chunk of the
// stream is asked for when all that came before has been taken, so that nothing heaps up.
class EventQueue {
  public:
    using Source = std::shared_ptr<http::BodySource>;
    // `first`: behind which position the stream begins. `again` gives the stream behind a position
    // when this one has ended; null where it cannot.
    EventQueue(Source source, Position first, std::function<Source(Position)> again)
        : source_(std::move(source)), again_(std::move(again)), done_(first) {}

    // The next event as JSON; null where there was none in that time. None for the time: for ever.
    // Lives until the next call.
    [[nodiscard]] const std::string* next(std::optional<std::chrono::milliseconds> timeout);

  private:
    // What a chunk is given into: it outlives a queue that went while the stream had nothing.
    struct Inbox {
        std::mutex mutex;
        std::condition_variable came;
        bool asked = false, ended = false;
        std::optional<std::string> chunk;
    };
    void ask();
    // Takes events out of whole lines of Server-Sent Events, which a chunk always has.
    void take(const std::string& chunk);

    const std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
    Source source_;
    const std::function<Source(Position)> again_;
    std::deque<std::string> events_;
    std::string given_;
    Position done_;
};

}  // namespace jejak::tools::embedding
