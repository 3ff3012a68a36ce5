#include "workflows/scoring/rational.hpp"

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "engine/ensure.hpp"

namespace jejak::scoring {

namespace {

__extension__ using Wide = __int128;
using Integer = boost::multiprecision::cpp_int;

constexpr std::size_t text_length_max = 1024;
constexpr std::uint32_t decimals_max = 18;
constexpr std::int64_t word_max = std::numeric_limits<std::int64_t>::max();

// -2^63 is left out, so that every small value can be negated.
template <class Number>
bool fits(const Number& value) {
    return value <= word_max && value >= -word_max;
}

Wide gcd(Wide a, Wide b) {
    if (a < 0) a = -a;
    while (b > word_max || a > word_max) {
        if (b == 0) return a;
        const Wide rest = a % b;
        a = b;
        b = rest;
    }
    return std::gcd(static_cast<std::int64_t>(a), static_cast<std::int64_t>(b));
}

constexpr std::int64_t power_of_ten(std::uint32_t exponent) {
    std::int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

// The integer nearest to numerator / denominator (> 0) in the mode's sense.
template <class Number>
Number divide_rounded(const Number& numerator, const Number& denominator, RoundingMode mode) {
    const bool negative = numerator < 0;
    const Number size = negative ? Number(-numerator) : numerator;
    Number quotient = size / denominator;
    const Number twice = (size % denominator) * 2;
    const bool odd = quotient % 2 != 0;
    bool away = false;
    switch (mode) {
        case RoundingMode::half_up:
            away = twice >= denominator;
            break;
        case RoundingMode::half_even:
            away = twice > denominator || (twice == denominator && odd);
            break;
        case RoundingMode::down:
            break;
        case RoundingMode::up:
            away = twice != 0;
            break;
    }
    if (away) quotient += 1;
    return negative ? Number(-quotient) : quotient;
}

// The exponent k of the smallest 10^k that `denominator` divides; none above 18.
template <class Number>
std::optional<std::uint32_t> decimals_of(Number denominator) {
    std::uint32_t twos = 0;
    std::uint32_t fives = 0;
    while (denominator % 2 == 0 && twos <= decimals_max)
        denominator /= 2, ++twos;
    while (denominator % 5 == 0 && fives <= decimals_max)
        denominator /= 5, ++fives;
    const auto decimals = std::max(twos, fives);
    if (denominator != 1 || decimals > decimals_max) return std::nullopt;
    return decimals;
}

std::string put_point(std::string digits, std::uint32_t decimals) {
    const bool negative = digits.front() == '-';
    if (negative) digits.erase(0, 1);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    if (decimals > 0) digits.insert(digits.size() - decimals, 1, '.');
    return negative ? "-" + digits : digits;
}

// The texts of small numbers are written here and copied once into their string.
class SmallText {
  public:
    SmallText& whole(std::int64_t value) {
        end_ = std::to_chars(end_, text_.end(), value).ptr;
        return *this;
    }
    SmallText& sign(char sign) {
        *end_++ = sign;
        return *this;
    }
    // units * 10^-decimals
    SmallText& fixed(std::int64_t units, std::uint32_t decimals) {
        if (units < 0) sign('-');
        const auto power = power_of_ten(decimals);
        whole(std::abs(units) / power);
        if (decimals == 0) return *this;
        // A one in front keeps the zeros behind the point; the point takes its place.
        const auto point = end_;
        whole(power + std::abs(units) % power);
        *point = '.';
        return *this;
    }
    [[nodiscard]] std::string text() const { return {text_.data(), size()}; }

  private:
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(end_ - text_.data()); }

    std::array<char, 48> text_;  // NOLINT(cppcoreguidelines-pro-type-member-init): up to end_
    char* end_ = text_.begin();
};

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

struct Rational::Big {
    Integer numerator, denominator;
};

// What needs to see both representations.
struct RationalParts {
    static Integer numerator(const Rational& r) {
        return r.is_big() ? r.big_->numerator : Integer(r.numerator_);
    }
    static Integer denominator(const Rational& r) {
        return r.is_big() ? r.big_->denominator : Integer(r.denominator_);
    }

    static void set(Rational& r, Integer numerator, Integer denominator) {
        if (denominator < 0) numerator = -numerator, denominator = -denominator;
        const Integer common = boost::multiprecision::gcd(numerator, denominator);
        numerator /= common;
        denominator /= common;
        if (r.is_big()) r.release();
        if (fits(numerator) && fits(denominator)) {
            r.numerator_ = static_cast<std::int64_t>(numerator);
            r.denominator_ = static_cast<std::int64_t>(denominator);
        } else {
            r.big_ = new Rational::Big{std::move(numerator), std::move(denominator)};
            r.denominator_ = 0;
        }
    }

    static void set(Rational& r, Wide numerator, Wide denominator) {
        if (denominator == 1 && fits(numerator)) {  // most numbers of a policy are whole
            r.numerator_ = static_cast<std::int64_t>(numerator);
            r.denominator_ = 1;
            return;
        }
        if (denominator < 0) numerator = -numerator, denominator = -denominator;
        if (!fits(numerator) || !fits(denominator)) {
            const Wide common = gcd(numerator, denominator);
            numerator /= common;
            denominator /= common;
            if (!fits(numerator) || !fits(denominator)) {
                set(r, Integer(numerator), Integer(denominator));
                return;
            }
        }
        r.numerator_ = static_cast<std::int64_t>(numerator);
        r.denominator_ = static_cast<std::int64_t>(denominator);
        if (r.denominator_ == 1) return;
        // The remainder first: most denominators are small, and gcd() goes bit by bit.
        const auto common = std::gcd(r.numerator_ % r.denominator_, r.denominator_);
        if (common == 1) return;
        r.numerator_ /= common;
        r.denominator_ /= common;
    }

    static void add(Rational& a, const Rational& b, int sign) {
        if (!a.is_big() && !b.is_big()) {
            if (a.denominator_ == b.denominator_) {
                set(a, Wide{a.numerator_} + Wide{b.numerator_} * sign, Wide{a.denominator_});
            } else {
                set(a,
                    Wide{a.numerator_} * b.denominator_ +
                        Wide{b.numerator_} * a.denominator_ * sign,
                    Wide{a.denominator_} * b.denominator_);
            }
            return;
        }
        set(a, numerator(a) * denominator(b) + numerator(b) * denominator(a) * sign,
            denominator(a) * denominator(b));
    }

    static Rational parsed(std::string_view numerator, std::string_view denominator,
                           bool negative) {
        Rational r;
        Integer top{std::string(strip_zeros(numerator))};
        if (negative) top = -top;
        set(r, std::move(top), Integer{std::string(strip_zeros(denominator))});
        return r;
    }

  private:
    // A leading zero would make the big integer read octal.
    static std::string_view strip_zeros(std::string_view digits) {
        const auto first = digits.find_first_not_of('0');
        return first == std::string_view::npos ? "0" : digits.substr(first);
    }
};

void Rational::set_slowly(std::int64_t numerator, std::int64_t denominator) {
    RationalParts::set(*this, Wide{numerator}, Wide{denominator});
}

Rational::Rational(std::int64_t numerator, std::int64_t denominator) {
    ENSURE(denominator != 0);
    set_slowly(numerator, denominator);
}

Result<Rational> Rational::parse(std::string_view text) {
    const auto refuse = [&] {
        return error(ErrorCode::invalid_input,
                     "'" + std::string(text.substr(0, 40)) +
                         "' is not a number; write digits with a decimal point or a fraction, such "
                         "as 7.35, -3 or 1/9");
    };
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative) rest.remove_prefix(1);
    if (rest.size() > text_length_max) return refuse();
    if (const auto slash = rest.find('/'); slash != std::string_view::npos) {
        const auto top = rest.substr(0, slash);
        const auto bottom = rest.substr(slash + 1);
        if (!all_digits(top) || !all_digits(bottom)) return refuse();
        if (bottom.find_first_not_of('0') == std::string_view::npos) return refuse();
        return RationalParts::parsed(top, bottom, negative);
    }
    const auto point = rest.find('.');
    const auto whole = rest.substr(0, point);
    const auto part = point == std::string_view::npos ? "" : rest.substr(point + 1);
    if (!all_digits(whole)) return refuse();
    if (point != std::string_view::npos && !all_digits(part)) return refuse();
    if (whole.size() + part.size() <= decimals_max) {  // the common case, without big integers
        std::int64_t digits = 0;
        std::from_chars(whole.data(), whole.data() + whole.size(), digits);
        for (const char c : part)
            digits = digits * 10 + (c - '0');
        return Rational(negative ? -digits : digits,
                        power_of_ten(static_cast<std::uint32_t>(part.size())));
    }
    return RationalParts::parsed(std::string(whole) + std::string(part),
                                 "1" + std::string(part.size(), '0'), negative);
}

std::string Rational::text() const {
    if (is_big()) {
        auto out = big_->numerator.str();
        return big_->denominator == 1 ? out : out + "/" + big_->denominator.str();
    }
    if (denominator_ == 1) return SmallText().whole(numerator_).text();
    return SmallText().whole(numerator_).sign('/').whole(denominator_).text();
}

std::string Rational::compact() const {
    if (denominator_ == 1) {
        const bool digit = numerator_ >= 0 && numerator_ < 10;  // most ratings are one
        return digit ? std::string(1, static_cast<char>('0' + numerator_)) : text();
    }
    const auto decimals = is_big() ? decimals_of(big_->denominator) : decimals_of(denominator_);
    if (!is_big() && decimals) {  // the denominator divides the power of ten: nothing to round
        std::int64_t units = 0;
        const auto factor = power_of_ten(*decimals) / denominator_;
        if (!__builtin_mul_overflow(numerator_, factor, &units) && units >= -word_max) {
            return SmallText().fixed(units, *decimals).text();
        }
    }
    return decimals ? decimal(*decimals, RoundingMode::down) : text();
}

std::string Rational::decimal(std::uint32_t decimals, RoundingMode mode) const {
    ENSURE(decimals <= decimals_max);
    const auto scale = power_of_ten(decimals);
    if (!is_big()) {
        const Wide units = divide_rounded(Wide{numerator_} * scale, Wide{denominator_}, mode);
        if (fits(units)) {
            return SmallText().fixed(static_cast<std::int64_t>(units), decimals).text();
        }
    }
    const Integer top = RationalParts::numerator(*this) * scale;
    return put_point(divide_rounded(top, RationalParts::denominator(*this), mode).str(), decimals);
}

Rational Rational::round(std::uint32_t decimals, RoundingMode mode) const {
    ENSURE(decimals <= decimals_max);
    const auto scale = power_of_ten(decimals);
    Rational out;
    std::int64_t scaled = 0;
    if (!is_big() && denominator_ < word_max / 2 &&
        !__builtin_mul_overflow(numerator_, scale, &scaled) && scaled >= -word_max) {
        RationalParts::set(out, Wide{divide_rounded(scaled, denominator_, mode)}, Wide{scale});
    } else if (!is_big()) {
        const Wide units = divide_rounded(Wide{numerator_} * scale, Wide{denominator_}, mode);
        RationalParts::set(out, units, Wide{scale});
    } else {
        const Integer top = big_->numerator * scale;
        RationalParts::set(out, divide_rounded(top, big_->denominator, mode), Integer(scale));
    }
    return out;
}

const Rational::Big* Rational::copy_of(const Big* big) {
    return new Big(*big);
}

void Rational::release() {
    delete big_;
    forget();
}

Rational& Rational::assign_slowly(const Rational& other) {
    return *this = Rational(other);
}

int Rational::sign_of_big() const {
    return big_->numerator.sign();
}

Rational& Rational::add_slowly(const Rational& other, int sign) {
    RationalParts::add(*this, other, sign);
    return *this;
}

Rational& Rational::multiply_slowly(const Rational& other) {
    if (!is_big() && !other.is_big()) {
        RationalParts::set(*this, Wide{numerator_} * other.numerator_,
                           Wide{denominator_} * other.denominator_);
    } else {
        RationalParts::set(*this, RationalParts::numerator(*this) * RationalParts::numerator(other),
                           RationalParts::denominator(*this) * RationalParts::denominator(other));
    }
    return *this;
}

Rational& Rational::divide_slowly(const Rational& other) {
    ENSURE(other.sign() != 0);
    if (!is_big() && !other.is_big()) {
        RationalParts::set(*this, Wide{numerator_} * other.denominator_,
                           Wide{denominator_} * other.numerator_);
    } else {
        RationalParts::set(*this,
                           RationalParts::numerator(*this) * RationalParts::denominator(other),
                           RationalParts::denominator(*this) * RationalParts::numerator(other));
    }
    return *this;
}

std::strong_ordering Rational::compare_slowly(const Rational& a, const Rational& b) {
    if (!a.is_big() && !b.is_big()) {
        return Wide{a.numerator_} * b.denominator_ <=> Wide{b.numerator_} * a.denominator_;
    }
    const auto order = Integer(RationalParts::numerator(a) * RationalParts::denominator(b))
                           .compare(RationalParts::numerator(b) * RationalParts::denominator(a));
    return order <=> 0;
}

}  // namespace jejak::scoring
