// A fault of the program costs the command that met it, and nothing else.

#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;
using storage::MemoryEventStore;

TEST(Defects, of_kernel_and_fold_leave_log_and_state_untouched) {
    for (const bool forbidden : {false, true}) {
        SCOPED_TRACE(forbidden);
        MemoryEventStore store;
        Workbench bench(store);
        bench.answer("a", Open{person(1)}, "open");
        bench.answer("a", Add{5}, "five");
        EXPECT_ERROR(bench.ask("a", Twist{forbidden}, "twist"), ErrorCode::defect,
                     "kernel and fold disagree about counter.");
        EXPECT_EQ(bench.head(), 3u);
        EXPECT_EQ(bench.answer("a", Refuse{"look"}, "look").rejection->message, "look (total 5)");
        EXPECT_EQ(bench.answer("a", Add{1}, "one").version, Version{3});
        EXPECT_EQ(refolded(store, "a").first.total, 6);
        EXPECT_ERROR(bench.ask("a", Twist{forbidden}, "twist"), ErrorCode::defect, "disagree");
    }
}

TEST(Defects, inside_of_a_batch_keep_what_was_staged_before_them) {
    MemoryEventStore store;
    Workbench bench(store);
    const auto answers =
        bench.ask_together({request_of("a", Open{person(1)}, "1"), request_of("a", Add{5}, "2"),
                            request_of("a", Reserve{"gold"}, "3"),
                            request_of("a", Refuse{"between"}, "4"), request_of("a", Twist{}, "5"),
                            request_of("a", Refuse{"look"}, "6"), request_of("a", Add{1}, "7")});
    EXPECT_ERROR(answers[4], ErrorCode::defect, "counter/a");
    EXPECT_EQ(answers[5]->rejection->message, "look (total 5)");
    EXPECT_EQ(answers[6]->version, Version{4});
    EXPECT_EQ(refolded(store, "a").first.total, 6);
}

TEST(Defects, of_claims_give_back_the_names_that_were_taken_before_them) {
    MemoryEventStore store;
    Workbench bench(store);
    const auto answers = bench.ask_together(
        {request_of("a", Open{person(1)}, "1"), request_of("b", Open{person(2)}, "2"),
         request_of("a", Reserve{"gold"}, "3"), request_of("b", Snatch{{"silver", "gold"}}, "4"),
         request_of("a", Reserve{"silver"}, "5"), request_of("b", Refuse{"look"}, "6"),
         request_of("b", Snatch{{"tin", "lead"}}, "7")});
    EXPECT_ERROR(answers[3], ErrorCode::defect,
                 "takes the claim claim/gold that \"counter/a\" holds");
    EXPECT_FALSE(answers[4]->rejection)
        << "silver was not taken: " << answers[4]->rejection->message;
    EXPECT_EQ(answers[5]->rejection->message, "look (total 0)");
    EXPECT_EQ(answers[6]->version, Version{2});
    EXPECT_EQ(answers[6]->last.value, answers[6]->first.value + 2);
}

TEST(Defects, of_claims_on_a_stream_that_is_no_claim_are_noticed) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "1");
    bench.answer("b", Open{person(1)}, "2");
    EXPECT_ERROR(bench.ask("a", Snatch{{"counter/b"}}, "3"), ErrorCode::defect, "counter/b");
    EXPECT_EQ(bench.head(), 3u);
    EXPECT_EQ(bench.answer("a", Add{1}, "4").version, Version{2});
}

TEST(Defects, that_throw_are_answered_and_do_not_stop_the_writer) {
    MemoryEventStore store;
    Workbench bench(store);
    const auto answers =
        bench.ask_together({request_of("a", Open{person(1)}, "1"), request_of("a", Add{5}, "2"),
                            request_of("a", Collapse{}, "3"), request_of("a", Add{1}, "4")});
    EXPECT_ERROR(answers[2], ErrorCode::defect, "decide collapsed");
    ASSERT_TRUE(answers[3].has_value()) << answers[3].error().message;
    EXPECT_EQ(answers[3]->version, Version{3});
    EXPECT_EQ(refolded(store, "a").first.total, 6);
}

TEST(LongEvents, are_refused_with_a_remedy_and_leave_no_trace) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    const auto label = [](std::size_t size) { return Label{std::string(size, 'x')}; };
    bench.answer("a", label(1'000), "measure");
    const std::size_t around = bench.records().back().bytes.size() - 1'000 + 1;  // + longer size
    EXPECT_ERROR(bench.ask("a", label(record_size_max - around + 1), "la-long"),
                 ErrorCode::invalid_input, "65536 bytes, 65535 are allowed; attach long texts");
    EXPECT_EQ(bench.head(), 3u);
    EXPECT_EQ(bench.answer("a", label(record_size_max - around), "la-long").version, Version{3})
        << "one byte less fits, under the same id";
    EXPECT_EQ(bench.records().back().bytes.size(), record_size_max);
    EXPECT_EQ(bench.answer("a", Add{1}, "add").version, Version{4});
}

TEST(LongCommits, of_more_records_than_can_be_counted_are_refused) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    EXPECT_ERROR(bench.ask("a", Add{1, 65'536}, "many"), ErrorCode::invalid_input, "65536 records");
    EXPECT_EQ(bench.head(), 2u);
    EXPECT_EQ(bench.answer("a", Add{1, 2}, "few").version, Version{3});
}

}  // namespace
}  // namespace jejak::runtime
