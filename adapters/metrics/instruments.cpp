#include "adapters/metrics/instruments.hpp"

#include <algorithm>
#include <cmath>

namespace jejak::metrics {

Histogram::Histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)),
      buckets_(std::make_unique<std::atomic<std::uint64_t>[]>(bounds_.size() + 1)) {}

void Histogram::observe(double value) {
    if (std::isnan(value)) return;
    const double counted = std::max(value, 0.0);
    const auto bound = std::lower_bound(bounds_.begin(), bounds_.end(), counted);
    const auto bucket = static_cast<std::size_t>(bound - bounds_.begin());
    buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(counted, std::memory_order_relaxed);
}

Histogram::Reading Histogram::read() const {
    Reading reading;
    std::uint64_t total = 0;
    for (std::size_t i = 0; i <= bounds_.size(); ++i) {
        total += buckets_[i].load(std::memory_order_relaxed);
        reading.up_to.push_back(total);
    }
    reading.sum = sum_.load(std::memory_order_relaxed);
    return reading;
}

std::vector<double> request_bounds_seconds() {
    return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

std::vector<double> disk_bounds_seconds() {
    return {0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005,
            0.01,    0.02,    0.05,   0.1,    0.2,    0.5,   1};
}

}  // namespace jejak::metrics
