#pragma once

#include <cstdint>

#include "workflows/scoring/rational.hpp"

namespace jejak::scoring {

// A weighted mean under way.
struct Mean {
    Rational sum, weights;
    void add(const Rational& value, const Rational& weight) {
        sum += value * weight;
        weights += weight;
    }
    [[nodiscard]] Rational value() const { return sum / weights; }
};

// The same, which calculates nothing while only one value has come: the most frequent case.
class FewMean {
  public:
    void add(const Rational& value, const Rational& weight) {
        if (++count_ == 1) {
            first_ = value;
            first_weight_ = weight;
            return;
        }
        if (count_ == 2) all_.add(first_, first_weight_);
        all_.add(value, weight);
    }
    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] Rational value() const { return count_ == 1 ? first_ : all_.value(); }

  private:
    std::uint32_t count_ = 0;
    Rational first_, first_weight_;
    Mean all_;
};

}  // namespace jejak::scoring
