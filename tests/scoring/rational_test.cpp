#include "workflows/scoring/rational.hpp"

#include <gtest/gtest.h>

#include <random>

namespace jejak::scoring {
namespace {

Rational rational(const std::string& text) {
    const auto parsed = Rational::parse(text);
    EXPECT_TRUE(parsed) << text;
    return parsed ? *parsed : Rational();
}

TEST(Rational, reads_decimals_fractions_and_integers_and_writes_them_in_lowest_terms) {
    EXPECT_EQ(rational("7.35").text(), "147/20");
    EXPECT_EQ(rational("7.35").compact(), "7.35");
    EXPECT_EQ(rational("-3").text(), "-3");
    EXPECT_EQ(rational("1/9").compact(), "1/9");
    EXPECT_EQ(rational("10/20").text(), "1/2");
    EXPECT_EQ(rational("10/20").compact(), "0.5");
    EXPECT_EQ(rational("-0").text(), "0");
    EXPECT_EQ(rational("007.50").compact(), "7.5");
    EXPECT_EQ(Rational().text(), "0");
    EXPECT_EQ(Rational(6, -4).text(), "-3/2");
}

TEST(Rational, refuses_what_is_no_number_and_says_what_to_write) {
    for (const auto* text : {"", "-", ".5", "5.", "+1", "1,5", "1/0", "1/00", "1/-9", "1/2/3",
                             "1.2/3", "1e3", " 1", "1 ", "0x10", "nan", "--1", "1.2.3"}) {
        const auto parsed = Rational::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, ErrorCode::invalid_input);
        EXPECT_NE(parsed.error().message.find("7.35, -3 or 1/9"), std::string::npos);
    }
    EXPECT_FALSE(Rational::parse(std::string(2000, '9')));
}

TEST(Rational, calculates_exactly) {
    EXPECT_EQ(rational("0.1") + rational("0.2"), rational("0.3"));
    EXPECT_EQ(rational("1/9") * 9, 1);
    EXPECT_EQ(rational("27.7") * rational("0.11") * 25, rational("76.175"));
    EXPECT_EQ(rational("1/3") - rational("1/2"), rational("-1/6"));
    EXPECT_EQ(rational("3/4") / rational("-3/8"), -2);
    EXPECT_EQ(-rational("2.5"), rational("-5/2"));
    EXPECT_LT(rational("-1/2"), rational("1/3"));
    EXPECT_GT(rational("0.3334"), rational("1/3"));
}

struct RoundingCase {
    const char* value;
    const char *half_up, *half_even, *down, *up;
};

TEST(Rational, rounds_at_the_edges_as_each_mode_says) {
    const RoundingCase cases[] = {
        {"2.345", "2.35", "2.34", "2.34", "2.35"},
        {"2.355", "2.36", "2.36", "2.35", "2.36"},
        {"2.3449", "2.34", "2.34", "2.34", "2.35"},
        {"2.3451", "2.35", "2.35", "2.34", "2.35"},
        {"-2.345", "-2.35", "-2.34", "-2.34", "-2.35"},
        {"2.34", "2.34", "2.34", "2.34", "2.34"},
        {"1/3", "0.33", "0.33", "0.33", "0.34"},
        {"0.005", "0.01", "0.00", "0.00", "0.01"},
        {"-0.001", "0.00", "0.00", "0.00", "-0.01"},
        {"99.995", "100.00", "100.00", "99.99", "100.00"},
    };
    for (const auto& c : cases) {
        const auto value = rational(c.value);
        EXPECT_EQ(value.decimal(2, RoundingMode::half_up), c.half_up) << c.value;
        EXPECT_EQ(value.decimal(2, RoundingMode::half_even), c.half_even) << c.value;
        EXPECT_EQ(value.decimal(2, RoundingMode::down), c.down) << c.value;
        EXPECT_EQ(value.decimal(2, RoundingMode::up), c.up) << c.value;
        EXPECT_EQ(value.round(2, RoundingMode::half_up), rational(c.half_up)) << c.value;
    }
    EXPECT_EQ(rational("76.175").decimal(2), "76.18") << "binary floating point would say 76.17";
    EXPECT_EQ(rational("2.5").decimal(0), "3");
    EXPECT_EQ(rational("7").decimal(4), "7.0000");
}

TEST(Rational, grows_beyond_64_bits_without_a_wrong_digit) {
    // 1/2 + 1/3 + 1/5 + …: the denominator is the product of the primes, far beyond 128 bits.
    Rational sum;
    std::vector<int> primes;
    for (int n = 2; primes.size() < 60; ++n) {
        bool prime = true;
        for (const int p : primes)
            prime = prime && n % p != 0;
        if (prime) primes.push_back(n);
    }
    for (const int p : primes)
        sum += Rational(1, p);
    EXPECT_GT(sum.text().size(), 200U);
    EXPECT_EQ(rational(sum.text()), sum);
    EXPECT_EQ(sum.decimal(4), sum.round(4, RoundingMode::half_up).decimal(4));
    for (const int p : primes)
        sum -= Rational(1, p);
    EXPECT_EQ(sum, 0);
    EXPECT_TRUE(sum.is_zero());
    const Rational large(INT64_MAX);
    EXPECT_EQ((large * large * large).text(),
              "784637716923335095224261902710254454442933591094742482943");
    EXPECT_EQ(large * large / large, large);
    EXPECT_EQ(Rational(INT64_MIN).text(), "-9223372036854775808");
    EXPECT_EQ((-Rational(INT64_MIN)).text(), "9223372036854775808");
    EXPECT_LT(Rational(INT64_MIN) * large, 0);
}

TEST(Rational, keeps_the_laws_of_arithmetic_across_both_representations) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    const auto any = [&] {
        const auto shift = static_cast<int>(random() % 62);
        const auto top = static_cast<std::int64_t>(random() >> 1U) >> shift;
        const auto bottom = static_cast<std::int64_t>((random() >> 1U) >> (random() % 62)) | 1;
        return Rational(random() % 2 == 0 ? top : -top, bottom);
    };
    for (int i = 0; i < 20'000; ++i) {
        const auto a = any();
        const auto b = any();
        const auto c = any();
        ASSERT_EQ((a + b) + c, a + (b + c));
        ASSERT_EQ((a + b) * c, a * c + b * c);
        ASSERT_EQ(a - b, -(b - a));
        ASSERT_EQ(a < b, (a - b).sign() < 0);
        if (b.sign() != 0) {
            ASSERT_EQ(a / b * b, a);
        }
        ASSERT_EQ(rational((a * b).text()), a * b);
        ASSERT_EQ(rational(a.compact()), a);
        const auto error = a - a.round(3, RoundingMode::half_up);
        ASSERT_LE((error.sign() < 0 ? -error : error), Rational(1, 2000));
    }
}

}  // namespace
}  // namespace jejak::scoring
