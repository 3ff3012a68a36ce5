#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "adapters/webhooks/courier.hpp"

// What others ask of a courier: posted to its strand, where the rest of it is.
namespace jejak::webhooks {
namespace {

constexpr std::size_t reminders_waiting_max = 10'000;
constexpr std::size_t reminders_known_max = 20'000;

}  // namespace

void Courier::remind(const Reminder& reminder) {
    if (!wants_reminder(endpoint_, reminder.body.units)) return;
    Item item{message_id_of(parts_->id_key, endpoint_.id, reminder.id),
              {},
              body_of(reminder.body),
              reminder.due};
    boost::asio::post(strand_, [self = shared_from_this(), item = std::move(item)]() mutable {
        Courier& own = *self;
        const bool tried =
            (own.head_ && own.head_->id == item.id) || own.outbox_.knows_reminder(item.id);
        if (own.ended_ || tried || item.due < own.parts_->clock.now()) return;
        if (own.reminders_.size() >= reminders_waiting_max ||
            own.outbox_.reminded.size() + own.reminders_.size() >= reminders_known_max) {
            return;  // whoever reminds does it again
        }
        own.reminders_.try_emplace({item.due, item.id}, std::move(item));
        own.publish();
        own.schedule_step();
    });
}

Result<void> Courier::retry(const std::string& message_id) {
    const auto wrong = [&](const std::string& why) {
        return error(ErrorCode::invalid_input, "endpoint " + endpoint_.id + ' ' + why);
    };
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) return error(ErrorCode::stopped, "webhooks are stopped; start them again");
        if (status_.gone) return wrong("answered 410; enable it first");
        const auto known =
            std::any_of(status_.dead_letters.begin(), status_.dead_letters.end(),
                        [&](const DeadLetter& each) { return each.item.id == message_id; });
        if (!known) {
            return error(ErrorCode::not_found, "endpoint " + endpoint_.id + " has no dead letter " +
                                                   message_id +
                                                   "; take the id from the list of dead letters");
        }
    }
    boost::asio::post(strand_, [self = shared_from_this(), message_id] {
        auto& waiting = self->retried_;
        if (std::find(waiting.begin(), waiting.end(), message_id) == waiting.end()) {
            waiting.push_back(message_id);
        }
        self->schedule_step();
    });
    return {};
}

Result<void> Courier::enable() {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_) return error(ErrorCode::stopped, "webhooks are stopped; start them again");
        if (!status_.gone) {
            return error(ErrorCode::invalid_input,
                         "endpoint " + endpoint_.id + " is enabled; there is nothing to do");
        }
    }
    boost::asio::post(strand_, [self = shared_from_this()] {
        self->outbox_.gone.reset();
        self->must_save_ = true;
        self->publish();
        self->schedule_step();
    });
    return {};
}

void Courier::stop(std::function<void()> completion) {
    boost::asio::post(strand_, [self = shared_from_this(), done = std::move(completion)] {
        Courier& own = *self;
        if (own.ended_) return done();
        own.stopping_.push_back(done);
        if (!own.cancel_) return own.end();
        own.patience_.expires_after(own.parts_->patience_when_stopping);
        own.patience_.async_wait([self](const boost::system::error_code& fault) {
            if (fault || self->ended_) return;
            // Sent or not, nobody can say: it is sent again after the next start.
            if (self->cancel_) self->cancel_();
            self->end();
        });
    });
}

void Courier::end() {
    ended_ = true;
    cancel_ = nullptr;
    patience_.cancel();
    if (must_save_ || unsaved_records_ > 0) (void)save();
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    publish();
    for (const auto& done : std::exchange(stopping_, {}))
        done();
}

CourierStatus Courier::status() const {
    const std::lock_guard lock(mutex_);
    return status_;
}

}  // namespace jejak::webhooks
