#include "adapters/json/document.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>

#include "tests/adapters/says.hpp"

namespace jejak::json {
namespace {

std::vector<Problem> problems_of(std::string_view text) {
    std::vector<Problem> problems;
    const auto value = parse_document(text, problems);
    EXPECT_TRUE(problems.empty() || value.is_null());
    return problems;
}

TEST(Document, reads_what_boost_reads) {
    const std::string text =
        R"( {"a": [1, -2, 18446744073709551615, 0.5, true, null], "b":{"c": "é\n\"x\""}, "": {}} )";
    std::vector<Problem> problems;
    EXPECT_EQ(parse_document(text, problems), boost::json::parse(text));
    EXPECT_TRUE(problems.empty());
}

TEST(Document, names_every_member_that_stands_twice) {
    const auto problems =
        problems_of(R"({"a": 1, "b": [{"c": 1}, {"c": 1, "d/e": 2, "d/e": 3}], "a": 2})");
    ASSERT_EQ(problems.size(), 2u);
    EXPECT_EQ(problems[0].pointer, "/b/1/d~1e");
    EXPECT_EQ(problems[1].pointer, "/a");
    EXPECT_TRUE(says(problems[0].message, "twice; keep one"));
}

TEST(Document, keeps_equal_names_of_different_objects_apart) {
    EXPECT_TRUE(problems_of(R"([{"a": {"a": 1}}, {"a": {"a": 1}}])").empty());
}

TEST(Document, says_where_a_text_is_not_json) {
    const auto problems = problems_of("{\n  \"a\": 1,\n  oops }");
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_TRUE(says(problems[0].message, "line 3, column 3: not JSON"));
    EXPECT_TRUE(says(problems_of("")[0].message, "not JSON"));
    EXPECT_TRUE(says(problems_of("{} {}")[0].message, "column 4: more after the document"));
    EXPECT_TRUE(says(problems_of("[1,]")[0].message, "not JSON"));
    EXPECT_TRUE(says(problems_of("[\"\xff\"]")[0].message, "not JSON"));
}

TEST(Document, is_at_most_32_levels_deep) {
    EXPECT_TRUE(problems_of(std::string(32, '[') + std::string(32, ']')).empty());
    const auto problems = problems_of(std::string(33, '[') + std::string(33, ']'));
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_TRUE(says(problems[0].message, "more than 32 levels"));
}

TEST(Document, has_lists_of_at_most_1000_elements) {
    const auto list = [](std::size_t count) {
        std::string text = R"({"a": [[)";
        for (std::size_t i = 1; i < count; ++i)
            text += "0,";
        return text + "0]]}";
    };
    EXPECT_TRUE(problems_of(list(1'000)).empty());
    const auto problems = problems_of(list(1'001));
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].pointer, "/a/0");
    EXPECT_TRUE(says(problems[0].message, "has 1001 elements"));
}

// Else a request of 256 KiB would be answered with gigabytes.
TEST(Document, tells_what_stands_twice_at_the_cost_of_the_document) {
    std::string text = "{\"" + std::string(100'000, 'x') + "\": {\"a\": 1";
    for (int i = 0; i < 20'000; ++i)
        text += ",\"a\":1";
    const auto problems = problems_of(text + "}}");
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].pointer.size(), 100'003u);
    std::string short_names = "{\"a\": 1";
    for (int i = 0; i < 20'000; ++i)
        short_names += ",\"a\":1";
    EXPECT_EQ(problems_of(short_names + "}").size(), 100u);
}

TEST(Document, is_at_most_one_mebibyte_long) {
    const auto problems = problems_of("\"" + std::string(document_bytes_max, 'x') + "\"");
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_TRUE(says(problems[0].message, "send it in parts"));
}

}  // namespace
}  // namespace jejak::json
