#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/clock.hpp"
#include "engine/ids.hpp"
#include "engine/instant.hpp"
#include "engine/result.hpp"

namespace jejak::access {

inline constexpr std::chrono::seconds ticket_lifetime{30};
inline constexpr std::size_t tickets_max = 16'384;

// What is kept of a ticket: its SHA-256. Whoever reads our memory can redeem nothing, and since
// nobody chooses digests, looking them up in order tells by its time nothing of use.
// None: the text can not be a ticket.
[[nodiscard]] std::optional<Sha256> ticket_digest(std::string_view ticket);

// Of the service: "too many tickets are out; try again in 30 s".
[[nodiscard]] Error too_many_tickets(std::chrono::seconds lifetime);
// For the client, about every ticket that is not taken, whatever the reason.
[[nodiscard]] Error ticket_not_taken();

// Tickets that stand for a subject once and for a short time: a browser's EventSource can not send
// a header, and an access token in a URL would stay in logs and histories; a ticket that stays
// there is worth nothing. They live in memory: after a restart clients ask for new ones.
// Thread-safe.
template <class Subject>
class Tickets {
  public:
    // `clock` is borrowed and outlives this.
    explicit Tickets(const Clock& clock, std::chrono::seconds lifetime = ticket_lifetime,
                     std::size_t count_max = tickets_max)
        : clock_(clock), lifetime_(lifetime), count_max_(count_max) {}
    Tickets(const Tickets&) = delete;
    Tickets& operator=(const Tickets&) = delete;

    // A new ticket, 43 letters of base64url. Errors: overloaded, when count_max are out and none
    // has run out.
    [[nodiscard]] Result<std::string> issue(Subject subject);

    // The subject of a ticket that was issued less than its lifetime ago and not redeemed; it is
    // from now on. A clock that was set back makes tickets worthless, not long-lived. Errors:
    // not_found for all others.
    [[nodiscard]] Result<Subject> redeem(std::string_view ticket);

    // How many are out.
    [[nodiscard]] std::size_t count();

  private:
    struct Issued {
        Subject subject;
        Instant at;
    };
    [[nodiscard]] bool is_valid(Instant issued_at, Instant now) const {
        const auto age = now.micros_since_epoch - issued_at.micros_since_epoch;
        return age >= 0 && std::chrono::microseconds(age) < lifetime_;
    }
    void forget_invalid(Instant now);

    const Clock& clock_;
    const std::chrono::seconds lifetime_;
    const std::size_t count_max_;
    std::mutex mutex_;
    std::map<Sha256, Issued> issued_;
    std::deque<std::pair<Instant, Sha256>> order_;  // as issued; some may be redeemed
};

[[nodiscard]] std::string fresh_ticket();

template <class Subject>
void Tickets<Subject>::forget_invalid(Instant now) {
    while (!order_.empty() &&
           (!is_valid(order_.front().first, now) || !issued_.contains(order_.front().second))) {
        issued_.erase(order_.front().second);
        order_.pop_front();
    }
    // Redeemed ones behind one that is not: not more than there may be tickets.
    if (order_.size() <= 2 * count_max_) return;
    std::erase_if(order_, [&](const auto& each) { return !issued_.contains(each.second); });
}

template <class Subject>
Result<std::string> Tickets<Subject>::issue(Subject subject) {
    std::string ticket = fresh_ticket();
    const Sha256 digest = *ticket_digest(ticket);
    const Instant now = clock_.now();
    const std::lock_guard lock(mutex_);
    forget_invalid(now);
    if (issued_.size() >= count_max_) return too_many_tickets(lifetime_);
    issued_.emplace(digest, Issued{std::move(subject), now});
    order_.emplace_back(now, digest);
    return ticket;
}

template <class Subject>
Result<Subject> Tickets<Subject>::redeem(std::string_view ticket) {
    const auto digest = ticket_digest(ticket);
    if (!digest) return ticket_not_taken();
    const Instant now = clock_.now();
    const std::lock_guard lock(mutex_);
    auto found = issued_.extract(*digest);
    forget_invalid(now);
    if (found.empty() || !is_valid(found.mapped().at, now)) return ticket_not_taken();
    return std::move(found.mapped().subject);
}

template <class Subject>
std::size_t Tickets<Subject>::count() {
    const std::lock_guard lock(mutex_);
    forget_invalid(clock_.now());
    return issued_.size();
}

}  // namespace jejak::access
