#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "tools/workspace.hpp"
#include "workflows/appraisal/events.hpp"

namespace jejak::tools::backend {

// What happened to an appraisal, as the feed heard of it: decoded once for all who listen.
struct Heard {
    Position position;
    std::string token, event_name;
    std::uint32_t version = 0;
    Instant recorded_at;
    appraisal::Event event;
    std::shared_ptr<const appraisal::Appraisal> after;  // the appraisal after it
    std::string text;                                   // as Server-Sent Events tell it
};

// Tells streams of events that the log has grown. Thread-safe. The workspace is borrowed.
class Feed {
  public:
    // `executor` runs those who wait.
    Feed(Workspace& workspace, boost::asio::any_io_executor executor);

    // The log reaches so far. Any thread; does not block.
    void grown(Position head);
    // Wakes everybody who waits, so that he can say that he is alive.
    void beat();

    [[nodiscard]] Position head() const;
    // Calls `woken` once, on the executor, when the log reaches further than `done`, or at the next
    // beat (true then). Gives the number by which it can be taken back.
    [[nodiscard]] std::uint64_t wait(Position done, std::function<void(bool is_beat)> woken);
    void forget(std::uint64_t waiting);

    // The record of an appraisal at a position; none where it is another record. What was heard
    // last is kept. Errors: those of the store.
    [[nodiscard]] Result<std::shared_ptr<const Heard>> hear(Position position);

  private:
    [[nodiscard]] Result<std::shared_ptr<const Heard>> read(Position position);

    // So that a thousand who listen to what happens now decode it once.
    static constexpr std::size_t heard_max = 4'096;

    Workspace& workspace_;
    const boost::asio::any_io_executor executor_;
    mutable std::mutex mutex_;
    Position head_;
    std::uint64_t last_waiting_ = 0;
    std::unordered_map<std::uint64_t, std::function<void(bool)>> waiting_;
    std::unordered_map<std::uint64_t, std::shared_ptr<const Heard>> heard_;  // by position
    std::deque<std::uint64_t> in_order_;                                     // of hearing
};

}  // namespace jejak::tools::backend
