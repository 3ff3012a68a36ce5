#include "adapters/access/trace_context.hpp"

#include <gtest/gtest.h>

#include <set>

namespace jejak::access {
namespace {

const std::string id = "12345678901234567890123456789012";
const std::string good = "00-" + id + "-1234567890123456-01";

// The cases are those of the working group's own harness (w3c/trace-context, test/test.py).
TEST(TraceParent, is_read_and_written_as_it_was) {
    const auto context =
        parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    ASSERT_TRUE(context);
    EXPECT_EQ(trace_id_text(*context), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(context->span_id[1], 0xf0);
    EXPECT_TRUE(context->is_sampled);
    EXPECT_EQ(to_text(*context), "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
}

TEST(TraceParent, of_a_later_version_is_read_as_far_as_it_is_known) {
    for (const char* tail : {"", "-", "-what-the-future-will-be-like"}) {
        const auto context = parse_traceparent("cc-" + good.substr(3) + tail);
        ASSERT_TRUE(context) << tail;
        EXPECT_EQ(to_text(*context), good) << "we write version 00";
    }
    EXPECT_FALSE(parse_traceparent("cc-" + good.substr(3) + ".what-the-future-will-be-like"));
    EXPECT_FALSE(parse_traceparent("cc-" + good.substr(3) + "1"));
}

TEST(TraceParent, is_refused_when_it_is_not_as_version_00_has_it) {
    for (const std::string& text :
         std::vector<std::string>{good + ".",
                                  good + "-what-the-future-will-be-like",
                                  good + " ",
                                  std::string(),
                                  "ff-" + good.substr(3),
                                  ".0-" + good.substr(3),
                                  "0.-" + good.substr(3),
                                  "000-" + good.substr(3),
                                  "0000-" + good.substr(3),
                                  "0-" + good.substr(3),
                                  "00-00000000000000000000000000000000-1234567890123456-01",
                                  "00-.2345678901234567890123456789012-1234567890123456-01",
                                  "00-1234567890123456789012345678901.-1234567890123456-01",
                                  "00-123456789012345678901234567890123-1234567890123456-01",
                                  "00-1234567890123456789012345678901-1234567890123456-01",
                                  "00-" + id + "-0000000000000000-01",
                                  "00-" + id + "-.234567890123456-01",
                                  "00-" + id + "-123456789012345.-01",
                                  "00-" + id + "-12345678901234567-01",
                                  "00-" + id + "-123456789012345-01",
                                  "00-" + id + "-1234567890123456-.0",
                                  "00-" + id + "-1234567890123456-0.",
                                  "00-" + id + "-1234567890123456-001",
                                  "00-" + id + "-1234567890123456-1",
                                  "00-" + id + "_1234567890123456-01",
                                  "00-" + id + "-1234567890123456",
                                  " " + good}) {
        EXPECT_FALSE(parse_traceparent(text)) << text;
    }
}

TEST(TraceParent, is_refused_with_capital_digits) {
    EXPECT_TRUE(parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0a"));
    EXPECT_FALSE(parse_traceparent("00-4BF92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    EXPECT_FALSE(parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00F067aa0ba902b7-01"));
    EXPECT_FALSE(parse_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0A"));
}

TEST(TraceParent, passes_on_of_the_flags_whether_it_was_sampled) {
    const std::string start = good.substr(0, 53);
    EXPECT_EQ(to_text(*parse_traceparent(start + "ff")), start + "01");
    EXPECT_EQ(to_text(*parse_traceparent(start + "fe")), start + "00");
    EXPECT_EQ(to_text(*parse_traceparent(start + "09")), start + "01");
}

TEST(Trace, goes_on_with_a_span_of_its_own) {
    const auto parent = *parse_traceparent(good);
    const auto child = child_of(parent);
    EXPECT_EQ(child.trace_id, parent.trace_id);
    EXPECT_NE(child.span_id, parent.span_id);
    EXPECT_TRUE(child.is_sampled);
    EXPECT_TRUE(parse_traceparent(to_text(child)));
}

TEST(Trace, is_new_where_none_or_no_right_one_came) {
    EXPECT_EQ(trace_id_text(continued({good})), id);
    EXPECT_NE(trace_id_text(continued({})), id);
    EXPECT_NE(trace_id_text(continued({good, good})), id) << "two headers are none";
    EXPECT_NE(trace_id_text(continued({good + "."})), id);
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        const auto trace = new_trace();
        EXPECT_FALSE(trace.is_sampled);
        EXPECT_TRUE(parse_traceparent(to_text(trace)));
        seen.insert(trace_id_text(trace));
    }
    EXPECT_EQ(seen.size(), 1'000u);
}

}  // namespace
}  // namespace jejak::access
