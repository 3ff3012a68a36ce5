#include "workflows/scoring/canonical.hpp"

#include <gtest/gtest.h>

#include <string>

namespace jejak::scoring {
namespace {

std::string form(const std::string& text) {
    const auto canonical = canonical_form(text);
    return canonical ? *canonical : "error: " + canonical.error().message;
}

TEST(CanonicalForm, sorts_members_and_drops_white_space) {
    EXPECT_EQ(form(" {\"b\": [1, true, null],\n \"a\": {\"d\": \"x\", \"c\": -0}} "),
              R"({"a":{"c":0,"d":"x"},"b":[1,true,null]})");
    EXPECT_EQ(form(R"({"bb":1,"b":2,"B":3})"), R"({"B":3,"b":2,"bb":1})");
    EXPECT_EQ(form("[]"), "[]");
    EXPECT_EQ(form("{}"), "{}");
}

TEST(CanonicalForm, writes_each_string_in_one_way) {
    EXPECT_EQ(form(R"("\u0041\u00e9\/\"\\\n\u0007\u001F")"), "\"Aé/\\\"\\\\\\n\\u0007\\u001f\"");
    EXPECT_EQ(form(R"("\ud83d\ude00")"), "\"😀\"");
}

TEST(CanonicalForm, is_its_own_canonical_form) {
    const auto once =
        form(R"({"z": "\u0001", "a": [{"c": 1, "b": "é"}], "n": 18446744073709551615})");
    EXPECT_EQ(form(once), once);
}

TEST(CanonicalForm, refuses_a_member_that_stands_twice_and_names_its_place) {
    EXPECT_EQ(form("{\"a\": 1,\n \"b\": 2, \"a\": 3}"),
              "error: line 2, column 16: the object that ends here has \"a\" twice; keep one");
    EXPECT_NE(form(R"({"x":{"\u0061":1,"a":2}})").find("\"a\" twice"), std::string::npos);
    EXPECT_EQ(form(R"([{"a":1},{"a":2}])"), R"([{"a":1},{"a":2}])");
}

TEST(CanonicalForm, refuses_numbers_that_are_not_integers) {
    for (const auto* text : {"1.0", "1e2", "[0.5]", "-0.0", "18446744073709551616"}) {
        EXPECT_NE(form(text).find("write it as a string"), std::string::npos) << form(text);
    }
}

TEST(CanonicalForm, refuses_what_is_not_one_json_value) {
    for (const auto* text : {"", "{", "[1,]", "{\"a\"}", "[01]", "1 2", "nul", "'a'", "\"\xff\"",
                             "// comment\n1", "\"\\ud800\"", "{\"a\":1}}"}) {
        EXPECT_EQ(form(text).rfind("error: line 1, column", 0), 0U)
            << text << " gave " << form(text);
    }
}

TEST(CanonicalForm, says_that_a_byte_order_mark_is_in_the_way) {
    EXPECT_NE(form("\xEF\xBB\xBF{}").find("byte order mark"), std::string::npos);
}

TEST(CanonicalForm, bounds_depth_and_size) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_EQ(form(nested(canonical_depth_max)), nested(canonical_depth_max));
    EXPECT_NE(form(nested(canonical_depth_max + 1)).find("error"), std::string::npos);
    const auto sized = [](std::size_t size) { return '"' + std::string(size - 2, 'x') + '"'; };
    EXPECT_EQ(form(sized(canonical_bytes_max)).size(), canonical_bytes_max);
    EXPECT_NE(form(sized(canonical_bytes_max + 1)).find("60001 bytes in canonical form"),
              std::string::npos);
    EXPECT_EQ(form("1" + std::string(canonical_bytes_max, ' ')), "1") << "white space is free";
    EXPECT_NE(form(std::string(2'000'000, ' ')).find("error"), std::string::npos);
}

}  // namespace
}  // namespace jejak::scoring
