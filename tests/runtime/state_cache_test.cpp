// Forgetting folds and keys changes no answer, and live folds are what the log folds to.

#include <array>
#include <map>

#include "tests/runtime/troubled_event_store.hpp"
#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;
using storage::MemoryEventStore;

TEST(StateCache, may_forget_everything_without_changing_an_answer) {
    for (const std::size_t streams_max : {0u, 1u, 2u, 1'000u}) {
        SCOPED_TRACE(streams_max);
        MemoryEventStore store;
        Workbench bench(store, {.batch_commands_max = 3, .stage = {streams_max}});
        for (const char* key : {"a", "b", "c", "d"}) {
            bench.answer(key, Open{person(1)}, std::string("open-") + key);
        }
        std::vector<CommandRequest> requests;
        for (int i = 0; i < 60; ++i) {
            const std::string key(1, static_cast<char>('a' + i % 4));
            const std::string other(1, static_cast<char>('a' + (i + 1) % 4));
            const std::string id = std::to_string(i);
            if (i % 5 == 4) {
                requests.push_back(request_of(key, AddOther{counter_of(other)}, id));
            } else {
                requests.push_back(request_of(key, Add{i, 1}, id));
            }
        }
        const auto answers = bench.ask_together(std::move(requests));
        for (std::size_t i = 0; i < answers.size(); ++i) {
            ASSERT_TRUE(answers[i].has_value()) << answers[i].error().message;
            EXPECT_EQ(answers[i]->version.value, i / 4 + 2);
            EXPECT_EQ(answers[i]->first.value, i + 6);
        }
        std::array<std::int64_t, 4> totals{};
        for (int i = 0; i < 60; ++i) {
            auto& total = totals[static_cast<std::size_t>(i % 4)];
            total += i % 5 == 4 ? totals[static_cast<std::size_t>((i + 1) % 4)] : i;
        }
        EXPECT_EQ(refolded(store, "a").first.total, totals[0]);
        EXPECT_EQ(refolded(store, "d").first.total, totals[3]);
    }
}

TEST(StateCache, keeps_what_an_append_under_way_has_not_made_durable) {
    for (const std::size_t streams_max : {0u, 1u, 2u, 3u}) {
        SCOPED_TRACE(streams_max);
        MemoryEventStore memory;
        TroubledEventStore store(memory);
        Workbench bench(store, {.batch_commands_max = 3, .stage = {streams_max}});
        for (const char* key : {"a", "b", "c", "d"}) {
            bench.answer(key, Open{person(1)}, std::string("open-") + key);
        }
        std::vector<CommandRequest> requests;
        for (int i = 0; i < 60; ++i) {
            const std::string key(1, static_cast<char>('a' + i % 4));
            const Personal remark =
                Personal::of(person(static_cast<std::uint8_t>(100 + i / 12)), "catatan");
            requests.push_back(i % 3 == 0 ? request_of(key, Note{{}, {remark}}, std::to_string(i))
                                          : request_of(key, Add{i}, std::to_string(i)));
        }
        store.lag(3, requests.size());
        const auto answers = bench.ask_together(std::move(requests));
        for (std::size_t i = 0; i < answers.size(); ++i) {
            ASSERT_TRUE(answers[i].has_value()) << answers[i].error().message;
            EXPECT_EQ(answers[i]->version.value, i / 4 + 2) << "command " << i;
        }
        for (const Kept& kept : bench.records()) {
            if (kept.envelope.event_name == Noted::event_name) {
                expect_opens(kept, store, bench.keyring);
            }
        }
    }
}

// Each counter.added holds the total as decide saw it in the writer's live state.
TEST(LiveState, equals_the_state_that_is_folded_anew_from_the_log) {
    MemoryEventStore store;
    Workbench bench(store, {.batch_commands_max = 5, .stage = {3}});
    std::vector<CommandRequest> requests;
    for (const char* key : {"a", "b"}) {
        requests.push_back(request_of(key, Open{person(1)}, std::string("open-") + key));
    }
    for (int i = 0; i < 80; ++i) {
        const std::string key = i % 3 == 0 ? "a" : "b";
        const std::string id = std::to_string(i);
        if (i % 7 == 3) requests.push_back(request_of(key, Twist{}, "twist-" + id));
        if (i % 7 == 4)
            requests.push_back(request_of(key, Label{std::string(70'000, 'x')}, "long-" + id));
        if (i % 7 == 5)
            requests.push_back(request_of(key, Snatch{{"x" + id, "x" + id}}, "snatch-" + id));
        requests.push_back(request_of(key, Add{i, 2}, id));
    }
    bench.ask_together(std::move(requests));
    std::map<std::string, std::int64_t> totals;
    std::size_t additions = 0;
    for (const Kept& kept : bench.records()) {
        if (kept.envelope.event_name != Added::event_name) continue;
        const auto added = record::from_bytes<Added>(kept.payload);
        ASSERT_TRUE(added.has_value());
        EXPECT_EQ(totals[kept.envelope.stream.text()] += added->amount, added->total)
            << "at position " << kept.envelope.position.value;
        ++additions;
    }
    EXPECT_EQ(additions, 160u);
    EXPECT_EQ(refolded(store, "a").first.total, totals["counter/a"]);
    EXPECT_EQ(refolded(store, "b").first.total, totals["counter/b"]);
}

}  // namespace
}  // namespace jejak::runtime
