#include "adapters/webhooks/reactor.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/post.hpp>
#include <cstddef>
#include <utility>

namespace jejak::webhooks {

Result<std::shared_ptr<Reactor>> Reactor::start(boost::asio::any_io_executor executor,
                                                Endpoints endpoints, CourierParts parts) {
    const auto head = parts.log.head();
    if (!head) return head.error();
    const auto shared = std::make_shared<const CourierParts>(std::move(parts));
    std::vector<std::shared_ptr<Courier>> couriers;
    for (Endpoint& endpoint : endpoints) {
        auto courier = Courier::make(executor, std::move(endpoint), shared, head->position);
        if (!courier) return courier.error();
        couriers.push_back(std::move(*courier));
    }
    std::shared_ptr<Reactor> reactor(new Reactor(std::move(executor), std::move(couriers)));
    reactor->wake(head->position);
    return reactor;
}

void Reactor::wake(Position head) {
    for (const auto& courier : couriers_)
        courier->wake(head);
}

void Reactor::tick() {
    for (const auto& courier : couriers_)
        courier->tick();
}

void Reactor::remind(const Reminder& reminder) {
    for (const auto& courier : couriers_)
        courier->remind(reminder);
}

Result<std::shared_ptr<Courier>> Reactor::courier_of(const std::string& endpoint_id) const {
    const auto found = std::find_if(couriers_.begin(), couriers_.end(), [&](const auto& courier) {
        return courier->endpoint_id() == endpoint_id;
    });
    if (found != couriers_.end()) return *found;
    return error(ErrorCode::not_found, "there is no endpoint " + endpoint_id +
                                           "; its id stands in the list of endpoints");
}

Result<void> Reactor::retry(const std::string& endpoint_id, const std::string& message_id) {
    const auto courier = courier_of(endpoint_id);
    if (!courier) return courier.error();
    return (*courier)->retry(message_id);
}

Result<void> Reactor::enable(const std::string& endpoint_id) {
    const auto courier = courier_of(endpoint_id);
    if (!courier) return courier.error();
    return (*courier)->enable();
}

std::vector<Reactor::Buried> Reactor::dead_letters() const {
    std::vector<Buried> all;
    for (const auto& courier : couriers_) {
        auto status = courier->status();
        for (DeadLetter& letter : status.dead_letters)
            all.push_back({status.endpoint_id, std::move(letter)});
    }
    return all;
}

std::vector<CourierStatus> Reactor::status() const {
    std::vector<CourierStatus> all;
    for (const auto& courier : couriers_)
        all.push_back(courier->status());
    return all;
}

void Reactor::stop(std::function<void()> completion) {
    const auto running = std::make_shared<std::atomic<std::size_t>>(couriers_.size());
    const auto done = std::make_shared<std::function<void()>>(std::move(completion));
    if (couriers_.empty()) return boost::asio::post(executor_, [done] { (*done)(); });
    for (const auto& courier : couriers_) {
        courier->stop([running, done] {
            if (--*running == 0) (*done)();
        });
    }
}

}  // namespace jejak::webhooks
