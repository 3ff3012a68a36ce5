#include "adapters/http/deadlines.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <utility>

#include "adapters/http/connection.hpp"

namespace jejak::http {

void Deadlines::set(Side side, Limits::Duration duration) {
    const auto due = Clock::now() + duration;
    due_[index(side)] = due;
    if (due < timer_due_) start_timer(due);
}

void Deadlines::stop() {
    due_ = {never, never};
    timer_due_ = never;
    timer_.cancel();
}

void Deadlines::start_timer(Clock::time_point due) {
    timer_due_ = due;
    timer_.expires_at(due);
    timer_.async_wait([this, owner = owner_.shared_from_this(), due](boost::system::error_code) {
        // Else another one runs in its place.
        if (due == timer_due_) on_timer();
    });
}

void Deadlines::on_timer() {
    timer_due_ = never;
    const auto now = Clock::now();
    for (const Side side : {Side::receiving, Side::answering}) {
        if (due_[index(side)] > now) continue;
        clear(side);
        owner_.on_deadline(side);
    }
    const auto next = std::min(due_[0], due_[1]);
    if (next < timer_due_) start_timer(next);
}

}  // namespace jejak::http
