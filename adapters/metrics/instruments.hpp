#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

// What is counted and measured while the program runs. Updates lock nothing and may come from any
// number of threads; a reader sees each number as it was at some moment, not all at the same one.
namespace jejak::metrics {

// Only grows; from 0 when the program starts.
class Counter {
  public:
    void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_ = 0;
};

// Goes up and down.
class Gauge {
  public:
    void set(double value) { value_.store(value, std::memory_order_relaxed); }
    void add(double change) { value_.fetch_add(change, std::memory_order_relaxed); }
    [[nodiscard]] double value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<double> value_ = 0;
};

// How often something was how long or how large, in seconds, bytes or whatever its name says.
// Floating point: this is statistics, never recorded state.
class Histogram {
  public:
    // `bounds` are the upper ends of the buckets, each above the one before; one more
    // bucket without end comes after them.
    explicit Histogram(std::vector<double> bounds);

    // Below 0, which a clock that was set back makes, counts as 0; what is not a number is not
    // counted.
    void observe(double value);

    struct Reading {
        std::vector<std::uint64_t> up_to;  // how many in the bucket or one before; the last is all
        double sum = 0;
    };
    [[nodiscard]] Reading read() const;
    [[nodiscard]] const std::vector<double>& bounds() const { return bounds_; }

  private:
    const std::vector<double> bounds_;
    std::unique_ptr<std::atomic<std::uint64_t>[]> buckets_;  // bounds_.size() + 1
    std::atomic<double> sum_ = 0;
};

// For requests: 1 ms to 10 s; for what a disk does: 20 us to 1 s.
[[nodiscard]] std::vector<double> request_bounds_seconds();
[[nodiscard]] std::vector<double> disk_bounds_seconds();

}  // namespace jejak::metrics
