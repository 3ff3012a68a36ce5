#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "engine/clock.hpp"

namespace jejak::access {

// How often something may happen: `tokens` each `per`, in the long run; `bucket_size` at once after
// a pause. All above 0. A token takes per / tokens to come, rounded up to whole microseconds.
struct Rate {
    std::uint32_t tokens = 0;
    std::chrono::microseconds per{};
    std::uint32_t bucket_size = 0;
};

// 100 requests a second, and 20 more at once.
inline constexpr Rate request_rate{100, std::chrono::seconds(1), 120};
// Failures of authentication: 10 a minute.
inline constexpr Rate failure_rate{10, std::chrono::minutes(1), 10};

inline constexpr std::size_t rate_limit_keys_max = 65'536;

// A token bucket for each key, such as an actor or an address. Thread-safe.
//
// Memory is bounded. Kept is one number for each key that is not full; a bucket that has filled up
// again is as good as none and forgotten. When a new key comes while `keys_max` others are not
// full, the one that lacks least is forgotten, which gives it back the little that it lacked. So
// who flooded us with made-up keys would forget those of the flood, each a token or two short,
// while an offender stays: to be forgotten it needs `keys_max` other keys each of which was used up
// further than its own, all within the time in which its bucket fills.
//
// A clock that steps back is a clock that stands still: nobody gets tokens for that, and nobody
// waits longer.
class RateLimiter {
  public:
    // `clock` is borrowed and outlives the limiter. A rate or `keys_max` of 0 is a fault of the
    // program.
    RateLimiter(const Clock& clock, Rate rate, std::size_t keys_max = rate_limit_keys_max);
    RateLimiter(const RateLimiter&) = delete;
    RateLimiter& operator=(const RateLimiter&) = delete;

    // Takes a token. None: there was one. Else there was none, nothing was taken, and the seconds
    // until there is one, rounded up, at least 1: for Retry-After (RFC 9110, section 10.2.3).
    [[nodiscard]] std::optional<std::chrono::seconds> take(std::string_view key);

    // What take() would answer now, without taking.
    [[nodiscard]] std::optional<std::chrono::seconds> wait(std::string_view key);

    // How many keys are remembered; at most keys_max.
    [[nodiscard]] std::size_t key_count();

  private:
    using Micros = std::int64_t;
    // By when they are full, first the one that lacks least.
    using Order = std::set<std::pair<Micros, const std::string*>>;
    // A tree, not a hash table: who chooses keys could choose those that collide.
    using Buckets = std::map<std::string, Order::iterator, std::less<>>;

    // Under the mutex.
    [[nodiscard]] Micros advance();
    [[nodiscard]] Micros wait_micros(Buckets::const_iterator found, Micros now) const;
    void remember(const std::string& key, Micros full_at);

    const Clock& clock_;
    const Micros token_micros_;
    const Micros bucket_micros_;
    const std::size_t keys_max_;

    std::mutex mutex_;
    Instant seen_;     // what the clock last said
    Micros now_ = 0;   // the sum of its steps forward
    Buckets buckets_;  // key -> its place in the order
    Order order_;
};

}  // namespace jejak::access
