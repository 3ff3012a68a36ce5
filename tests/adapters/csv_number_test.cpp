#include "adapters/csv/number.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace jejak::csv {
namespace {

std::string decimal_of(std::string_view text) {
    const auto number = parse_decimal(text);
    return number ? *number : "refused: " + number.error().message;
}

std::string refusal_of(std::string_view text) {
    const auto number = parse_decimal(text);
    if (number) return "";
    EXPECT_EQ(number.error().code, ErrorCode::invalid_input);
    return number.error().message;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(CsvNumber, has_one_canonical_form) {
    EXPECT_EQ(decimal_of("4"), "4");
    EXPECT_EQ(decimal_of("+4"), "4");
    EXPECT_EQ(decimal_of("007"), "7");
    EXPECT_EQ(decimal_of("100"), "100");
    EXPECT_EQ(decimal_of("7.9"), "7.9");
    EXPECT_EQ(decimal_of("7.90"), "7.9");
    EXPECT_EQ(decimal_of("7.00"), "7");
    EXPECT_EQ(decimal_of(".5"), "0.5");
    EXPECT_EQ(decimal_of("-0.50"), "-0.5");
    EXPECT_EQ(decimal_of("-12"), "-12");
}

TEST(CsvNumber, has_no_negative_zero) {
    for (const std::string_view zero : {"0", "-0", "+0", "0.0", "-0,00", "000"}) {
        EXPECT_EQ(decimal_of(zero), "0") << zero;
    }
}

TEST(CsvNumber, reads_a_decimal_comma) {
    EXPECT_EQ(decimal_of("7,9"), "7.9");
    EXPECT_EQ(decimal_of("-7,05"), "-7.05");
    EXPECT_EQ(decimal_of("1,234"), "1.234");
}

TEST(CsvNumber, reads_thousands_only_where_both_signs_tell_them_apart) {
    EXPECT_EQ(decimal_of("1.234,5"), "1234.5");
    EXPECT_EQ(decimal_of("1,234.5"), "1234.5");
    EXPECT_EQ(decimal_of("-12.345.678,90"), "-12345678.9");
    EXPECT_EQ(decimal_of("1,234,567.8"), "1234567.8");
    for (const std::string_view text : {"1.234.567", "1,234,567", "1.234,567,8", "1.234,5.6"}) {
        EXPECT_TRUE(contains(refusal_of(text), "without thousands separators")) << text;
    }
    for (const std::string_view text :
         {"1.23,5", "1234.567,8", ".234,5", "1..234,5", "1.2345,6", "12.34.567,8"}) {
        EXPECT_TRUE(contains(refusal_of(text), "groups of three")) << text;
    }
}

TEST(CsvNumber, ignores_blanks_around_it_but_not_inside) {
    EXPECT_EQ(decimal_of("  7,9\t"), "7.9");
    EXPECT_EQ(decimal_of("\xC2\xA0"
                         "4 \xC2\xA0"),
              "4");
    EXPECT_NE(refusal_of("1 234"), "");
    EXPECT_NE(refusal_of("- 4"), "");
}

TEST(CsvNumber, says_how_to_save_a_number_that_a_spreadsheet_destroyed) {
    for (const std::string_view text :
         {"1,98E+17", "1.98501E+17", "2E5", "2e-5", "-3,5e+10", " 1E+2 "}) {
        EXPECT_TRUE(contains(refusal_of(text), "format the column as text and export again"))
            << text;
    }
}

TEST(CsvNumber, keeps_every_digit) {
    EXPECT_EQ(decimal_of("198501012010012001"), "198501012010012001");
    EXPECT_EQ(decimal_of("0.1000000000000000055511151231257827"),
              "0.1000000000000000055511151231257827");
    EXPECT_EQ(decimal_of("9007199254740993,000000000000001"), "9007199254740993.000000000000001");
}

TEST(CsvNumber, refuses_what_is_no_number_and_quotes_it) {
    EXPECT_TRUE(contains(refusal_of(""), "no number"));
    EXPECT_TRUE(contains(refusal_of("   "), "no number"));
    for (const std::string_view text :
         {"-", "+", ".", ",", "-.", "baik", "4a", "0x10", "95%", "--4", "+-4", "4-", "NaN", "inf",
          "4/5", "E5", "4E", "1E5E5"}) {
        EXPECT_TRUE(contains(refusal_of(text), "\"" + std::string(text) + "\"")) << text;
    }
    EXPECT_TRUE(contains(refusal_of("5."), "no digits after"));
    EXPECT_TRUE(contains(refusal_of(std::string(65, '1')), "too long"));
    EXPECT_EQ(decimal_of(std::string(64, '1')), std::string(64, '1'));
}

TEST(CsvNumber, canonical_form_of_a_canonical_form_is_itself) {
    std::mt19937 random(7);
    const std::string alphabet = "0123456789.,-";
    int accepted = 0;
    for (int round = 0; round < 200'000; ++round) {
        std::string text;
        const std::size_t size = 1 + random() % 9;
        for (std::size_t index = 0; index < size; ++index) {
            text += alphabet[random() % alphabet.size()];
        }
        const auto number = parse_decimal(text);
        if (!number) continue;
        ++accepted;
        ASSERT_EQ(decimal_of(*number), *number) << text;
    }
    EXPECT_GT(accepted, 1'000);
}

TEST(CsvNumber, orders_canonical_decimals_by_value) {
    const std::vector<std::string> ascending = {"-100", "-99.5", "-9",  "-1.5", "-1.25", "-0.1",
                                                "0",    "0.01",  "0.1", "0.11", "0.9",   "1",
                                                "1.5",  "2",     "9",   "10",   "10.01", "100"};
    for (std::size_t left = 0; left < ascending.size(); ++left) {
        for (std::size_t right = 0; right < ascending.size(); ++right) {
            EXPECT_EQ(compare_decimals(ascending[left], ascending[right]), left <=> right)
                << ascending[left] << " " << ascending[right];
        }
    }
}

TEST(CsvNumber, recognises_a_nip_that_a_spreadsheet_destroyed) {
    EXPECT_TRUE(is_ruined_identifier("1,98E+17"));
    EXPECT_TRUE(is_ruined_identifier(" 1.98501012010012E+17 "));
    EXPECT_TRUE(is_ruined_identifier("2E+17"));
    EXPECT_TRUE(is_ruined_identifier("198501012010012000"));
    EXPECT_FALSE(is_ruined_identifier("198501012010012001"));
    EXPECT_FALSE(is_ruined_identifier("1000"));
    EXPECT_FALSE(is_ruined_identifier("12E3"));
    EXPECT_FALSE(is_ruined_identifier("J01"));
    EXPECT_FALSE(is_ruined_identifier("E+17"));
    EXPECT_FALSE(is_ruined_identifier(""));
}

}  // namespace
}  // namespace jejak::csv
