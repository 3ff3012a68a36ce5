#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace jejak::scoring {

// How a number that does not fit its decimals is brought to them. `down` goes towards zero, `up`
// away from it; `half_up` takes a tie away from zero, `half_even` to the even neighbour.
enum class RoundingMode { half_up, half_even, down, up };

// An exact fraction in lowest terms, denominator > 0. Two 64-bit words while they suffice, a big
// integer behind a pointer when they do not: it neither overflows nor rounds. No floating point.
// Recorded numbers are the text of one (compact()); parse() gives the same value back.
class Rational {
  public:
    Rational() = default;
    // Implicit on purpose: an integer is a rational.
    Rational(std::int64_t value);  // NOLINT(google-explicit-constructor)
    // `denominator` != 0 (ENSUREd).
    Rational(std::int64_t numerator, std::int64_t denominator);

    // "-3", "7.35", "1/9"; at most 1,024 characters. Errors: invalid_input, saying what to write.
    [[nodiscard]] static Result<Rational> parse(std::string_view text);

    // "147/20"; an integer plain: "7".
    [[nodiscard]] std::string text() const;
    // The shortest decimal where there is one of at most 18 digits ("7.35"), otherwise text().
    [[nodiscard]] std::string compact() const;
    // Fixed decimals, rounded in `mode` first: 3047/40 with 2 is "76.18". `decimals` <= 18.
    [[nodiscard]] std::string decimal(std::uint32_t decimals,
                                      RoundingMode mode = RoundingMode::half_up) const;
    // The nearest multiple of 10^-decimals; `decimals` <= 18.
    [[nodiscard]] Rational round(std::uint32_t decimals, RoundingMode mode) const;

    [[nodiscard]] bool is_zero() const { return !big_ && numerator_ == 0; }
    [[nodiscard]] int sign() const;

    [[nodiscard]] Rational operator-() const;
    Rational& operator+=(const Rational& other);
    Rational& operator-=(const Rational& other);
    Rational& operator*=(const Rational& other);
    // `other` != 0 (ENSUREd).
    Rational& operator/=(const Rational& other);
    friend Rational operator+(Rational a, const Rational& b) { return a += b; }
    friend Rational operator-(Rational a, const Rational& b) { return a -= b; }
    friend Rational operator*(Rational a, const Rational& b) { return a *= b; }
    friend Rational operator/(Rational a, const Rational& b) { return a /= b; }

    friend bool operator==(const Rational& a, const Rational& b) { return (a <=> b) == 0; }
    friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

  private:
    struct Big;                   // a fraction of big integers, in rational.cpp
    friend struct RationalParts;  // the arithmetic, in rational.cpp
    std::int64_t numerator_ = 0;  // meaningless while big_ is set
    std::int64_t denominator_ = 1;
    std::shared_ptr<const Big> big_;  // only when 64 bits do not suffice
};

inline const Rational hundred{100};  // percent

}  // namespace jejak::scoring
