#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "engine/result.hpp"

namespace jejak::scoring {

// How a number that does not fit its decimals is brought to them. `down` goes towards zero, `up`
// away from it; `half_up` takes a tie away from zero, `half_even` to the even neighbour.
enum class RoundingMode { half_up, half_even, down, up };

// An exact fraction in lowest terms, denominator > 0. Two 64-bit words while they suffice, big
// integers behind a pointer when they do not: it neither overflows nor rounds. No floating point.
// Recorded numbers are the text of one (compact()); parse() gives the same value back.
class Rational {
  public:
    Rational() = default;
    Rational(const Rational& other)
        : numerator_(other.numerator_), denominator_(other.denominator_) {
        if (other.is_big()) big_ = copy_of(other.big_);
    }
    Rational(Rational&& other) noexcept
        : numerator_(other.numerator_), denominator_(other.denominator_) {
        if (other.is_big()) other.forget();
    }
    Rational& operator=(const Rational& other) {
        if (is_big() || other.is_big()) return assign_slowly(other);
        numerator_ = other.numerator_;
        denominator_ = other.denominator_;
        return *this;
    }
    Rational& operator=(Rational&& other) noexcept {
        std::swap(numerator_, other.numerator_);
        std::swap(denominator_, other.denominator_);
        return *this;
    }
    ~Rational() {
        if (is_big()) release();
    }
    // Implicit on purpose: an integer is a rational.
    Rational(std::int64_t value) {  // NOLINT(google-explicit-constructor)
        if (value < -word_max) {
            set_slowly(value, 1);
        } else {
            set_whole(value);
        }
    }
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

    [[nodiscard]] bool is_zero() const { return denominator_ == 1 && numerator_ == 0; }
    [[nodiscard]] int sign() const {
        return is_big() ? sign_of_big() : numerator_ < 0 ? -1 : (numerator_ > 0 ? 1 : 0);
    }

    [[nodiscard]] Rational operator-() const { return Rational() - *this; }
    Rational& operator+=(const Rational& other) {
        std::int64_t sum = 0;
        if (!both_whole(*this, other) ||
            __builtin_add_overflow(numerator_, other.numerator_, &sum) || sum < -word_max) {
            return add_slowly(other, 1);
        }
        return set_whole(sum);
    }
    Rational& operator-=(const Rational& other) {
        std::int64_t difference = 0;
        if (!both_whole(*this, other) ||
            __builtin_sub_overflow(numerator_, other.numerator_, &difference) ||
            difference < -word_max) {
            return add_slowly(other, -1);
        }
        return set_whole(difference);
    }
    Rational& operator*=(const Rational& other) {
        std::int64_t product = 0;
        if (!both_whole(*this, other) ||
            __builtin_mul_overflow(numerator_, other.numerator_, &product) || product < -word_max) {
            return multiply_slowly(other);
        }
        return set_whole(product);
    }
    // `other` != 0 (ENSUREd).
    Rational& operator/=(const Rational& other) {
        const bool divides =
            both_whole(*this, other) && other.numerator_ != 0 && numerator_ % other.numerator_ == 0;
        return divides ? set_whole(numerator_ / other.numerator_) : divide_slowly(other);
    }
    friend Rational operator+(Rational a, const Rational& b) { return a += b; }
    friend Rational operator-(Rational a, const Rational& b) { return a -= b; }
    friend Rational operator*(Rational a, const Rational& b) { return a *= b; }
    friend Rational operator/(Rational a, const Rational& b) { return a /= b; }

    friend bool operator==(const Rational& a, const Rational& b) { return (a <=> b) == 0; }
    friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
        return both_whole(a, b) ? a.numerator_ <=> b.numerator_ : compare_slowly(a, b);
    }

  private:
    // Most numbers of a policy are whole: their arithmetic stands here, so that it is inlined; the
    // slow functions do the same for every number.
    static constexpr std::int64_t word_max = std::numeric_limits<std::int64_t>::max();
    [[nodiscard]] static bool both_whole(const Rational& a, const Rational& b) {
        return a.denominator_ == 1 && b.denominator_ == 1;
    }
    Rational& set_whole(std::int64_t value) {
        numerator_ = value;
        return *this;
    }
    void set_slowly(std::int64_t numerator, std::int64_t denominator);
    Rational& add_slowly(const Rational& other, int sign);
    Rational& multiply_slowly(const Rational& other);
    Rational& divide_slowly(const Rational& other);
    [[nodiscard]] static std::strong_ordering compare_slowly(const Rational& a, const Rational& b);

    [[nodiscard]] int sign_of_big() const;
    Rational& assign_slowly(const Rational& other);

    struct Big;                   // a fraction of big integers, in rational.cpp
    friend struct RationalParts;  // the arithmetic, in rational.cpp
    [[nodiscard]] bool is_big() const { return denominator_ == 0; }
    [[nodiscard]] static const Big* copy_of(const Big* big);
    void release();  // deletes the big fraction; what is left is 0
    void forget() {
        numerator_ = 0;
        denominator_ = 1;
    }

    union {
        std::int64_t numerator_ = 0;
        const Big* big_;  // owned; where denominator_ is 0
    };
    std::int64_t denominator_ = 1;
};

inline const Rational hundred{100};  // percent

// A number of a policy, whose text is made once and written into every derivation.
class Constant : public Rational {
  public:
    Constant(Rational value = {})  // NOLINT(google-explicit-constructor)
        : Rational(std::move(value)), text_(Rational::compact()) {}
    Constant(std::int64_t value) : Constant(Rational(value)) {}  // NOLINT
    [[nodiscard]] const std::string& compact() const { return text_; }

  private:
    std::string text_;
};

}  // namespace jejak::scoring
