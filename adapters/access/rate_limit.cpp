#include "adapters/access/rate_limit.hpp"

#include "engine/ensure.hpp"
#include "engine/ids.hpp"
#include "engine/record/digest.hpp"

namespace jejak::access {
namespace {

constexpr std::size_t rate_key_size_max = 200;

// A key of any length in at most 200 bytes, so that memory is bounded by the number of keys.
std::string bounded_rate_key(std::string_view key) {
    return key.size() <= rate_key_size_max ? std::string(key) : to_hex(record::sha256(key));
}

std::int64_t micros_for_a_token(const Rate& rate) {
    ENSURE(rate.tokens > 0 && rate.per.count() > 0 && rate.bucket_size > 0);
    return (rate.per.count() + rate.tokens - 1) / rate.tokens;
}

std::optional<std::chrono::seconds> whole_seconds(std::int64_t micros) {
    if (micros <= 0) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(std::chrono::microseconds(micros));
}

}  // namespace

// The bucket of a key is kept as the moment at which it will be full, which is how a token bucket
// looks in the generic cell rate algorithm (ITU-T I.371, annex A): a token taken moves the moment
// on by token_micros_, and there is none when it would come to lie more than bucket_micros_ ahead.
RateLimiter::RateLimiter(const Clock& clock, Rate rate, std::size_t keys_max)
    : clock_(clock),
      token_micros_(micros_for_a_token(rate)),
      bucket_micros_(token_micros_ * rate.bucket_size),
      keys_max_(keys_max),
      seen_(clock.now()) {
    ENSURE(keys_max > 0);
}

RateLimiter::Micros RateLimiter::advance() {
    const Instant moment = clock_.now();
    if (moment > seen_) now_ += moment.micros_since_epoch - seen_.micros_since_epoch;
    seen_ = moment;
    while (!order_.empty() && order_.begin()->first <= now_) {
        buckets_.erase(*order_.begin()->second);
        order_.erase(order_.begin());
    }
    return now_;
}

RateLimiter::Micros RateLimiter::wait_micros(Buckets::const_iterator found, Micros now) const {
    const Micros full_at = found == buckets_.end() ? now : found->second->first;
    return full_at + token_micros_ - (now + bucket_micros_);
}

void RateLimiter::remember(const std::string& key, Micros full_at) {
    if (buckets_.size() >= keys_max_) {
        buckets_.erase(*order_.begin()->second);
        order_.erase(order_.begin());
    }
    const auto [at, is_new] = buckets_.try_emplace(key);
    at->second = order_.emplace(full_at, &at->first).first;
}

std::optional<std::chrono::seconds> RateLimiter::take(std::string_view key) {
    const std::string name = bounded_rate_key(key);
    const std::lock_guard lock(mutex_);
    const Micros now = advance();
    const auto found = buckets_.find(name);
    if (const auto seconds = whole_seconds(wait_micros(found, now))) return seconds;
    if (found == buckets_.end()) {
        remember(name, now + token_micros_);
        return std::nullopt;
    }
    auto place = order_.extract(found->second);
    place.value().first += token_micros_;
    found->second = order_.insert(std::move(place)).position;
    return std::nullopt;
}

std::optional<std::chrono::seconds> RateLimiter::wait(std::string_view key) {
    const std::string name = bounded_rate_key(key);
    const std::lock_guard lock(mutex_);
    const Micros now = advance();
    return whole_seconds(wait_micros(buckets_.find(name), now));
}

std::size_t RateLimiter::key_count() {
    const std::lock_guard lock(mutex_);
    (void)advance();
    return buckets_.size();
}

}  // namespace jejak::access
