#pragma once

#include <array>
#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>
#include <cstddef>

#include "adapters/http/channel.hpp"
#include "adapters/http/limits.hpp"

namespace jejak::http {

class Connection;

// Until when the client has to send, and until when the answer has to be on its way. Deadlines are
// set with every request and hardly ever reached: setting one costs no timer, as long as the timer
// that runs fires before it. Runs on the connection's strand.
class Deadlines {
  public:
    enum class Side { receiving, answering };

    // `owner` lives longer than this, and is kept alive while a timer runs.
    Deadlines(const Strand& strand, Connection& owner) : owner_(owner), timer_(strand) {}

    // In the place of the one that was set on this side. Its end is told once, to
    // Connection::on_deadline().
    void set(Side side, Limits::Duration duration);
    void clear(Side side) { due_[index(side)] = never; }
    [[nodiscard]] bool is_set(Side side) const { return due_[index(side)] != never; }
    // For good.
    void stop();

  private:
    using Clock = std::chrono::steady_clock;
    static constexpr Clock::time_point never = Clock::time_point::max();
    static constexpr std::size_t index(Side side) { return static_cast<std::size_t>(side); }

    void start_timer(Clock::time_point due);
    void on_timer();

    Connection& owner_;
    boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Strand> timer_;
    Clock::time_point timer_due_ = never;  // never: none runs
    std::array<Clock::time_point, 2> due_ = {never, never};
};

}  // namespace jejak::http
