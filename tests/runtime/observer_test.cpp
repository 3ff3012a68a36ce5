// What the writer tells of its batches and its queue, to whoever measures them.

#include <thread>

#include "tests/runtime/troubled_event_store.hpp"
#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;
using storage::MemoryEventStore;

std::vector<CommandRequest> additions(int count, const std::string& prefix = "add-") {
    std::vector<CommandRequest> requests;
    for (int i = 0; i < count; ++i)
        requests.push_back(request_of("a", Add{1}, prefix + std::to_string(i)));
    return requests;
}

std::vector<std::size_t> commands_of(const std::vector<Writer::Batch>& batches) {
    std::vector<std::size_t> commands;
    for (const auto& batch : batches)
        commands.push_back(batch.commands);
    return commands;
}

// A bench with a counter "a", all of whose batches from then on are kept.
struct Watched {
    explicit Watched(EventStore& store, Writer::Options options = {}) : bench(store, options) {
        bench.writer().on_append([this](const Writer::Batch& batch) { told.push_back(batch); });
        bench.answer("a", Open{person(1)}, "open");
        told.clear();
    }
    Workbench bench;
    std::vector<Writer::Batch> told;
};

TEST(Observer, hears_of_each_batch_how_many_commands_and_bytes_it_made_durable) {
    MemoryEventStore store;
    Watched watched(store, {.batch_commands_max = 4});
    const std::size_t before = watched.bench.records().size();
    watched.bench.ask_together(additions(10));
    EXPECT_THAT(commands_of(watched.told), testing::ElementsAre(4, 4, 2));
    std::size_t bytes = 0, told_bytes = 0;
    const auto records = watched.bench.records();
    for (std::size_t i = before; i < records.size(); ++i)
        bytes += records[i].bytes.size();
    for (const auto& batch : watched.told)
        told_bytes += batch.bytes;
    EXPECT_EQ(told_bytes, bytes);
}

TEST(Observer, counts_commands_by_what_they_add_and_not_by_their_records) {
    MemoryEventStore store;
    Watched watched(store);
    CommandRequest conflicting = request_of("a", Add{9}, "conflict");
    conflicting.expected_version = Version{7};
    watched.bench.ask_together({request_of("a", Add{1, 3}, "three-records"),
                                request_of("a", Refuse{"no"}, "refused"),
                                request_of("a", Add{1, 3}, "three-records"), conflicting});
    EXPECT_THAT(commands_of(watched.told), testing::ElementsAre(2))
        << "a repetition and a conflict leave nothing in the log";
    EXPECT_EQ(watched.bench.head(), 6U);
    watched.bench.ask("a", Add{1, 3}, "three-records");
    EXPECT_EQ(watched.told.size(), 1U) << "nothing was appended";
}

TEST(Observer, hears_of_a_batch_before_its_commands_are_answered) {
    MemoryEventStore store;
    Watched watched(store, {.batch_commands_max = 2});
    std::vector<std::size_t> told_when_answered;
    for (auto& request : additions(4)) {
        watched.bench.writer().submit(std::move(request), [&](const Result<Receipt>&) {
            told_when_answered.push_back(watched.told.size());
        });
    }
    watched.bench.run();
    EXPECT_THAT(told_when_answered, testing::ElementsAre(1, 1, 2, 2));
}

TEST(Observer, hears_how_long_the_store_took_beside_the_staging_of_the_next) {
    MemoryEventStore memory;
    TroubledEventStore store(memory);
    store.answer_from_elsewhere();
    Watched watched(store, {.batch_commands_max = 2});
    store.lag(2, 4);  // the first append lands when the second batch has been staged
    const auto started = std::chrono::steady_clock::now();
    watched.bench.ask_together(additions(4));
    const auto whole = std::chrono::steady_clock::now() - started;
    ASSERT_THAT(commands_of(watched.told), testing::ElementsAre(2, 2));
    for (const auto& batch : watched.told) {
        EXPECT_GT(batch.took.count(), 0);
        EXPECT_LE(batch.took, whole);
    }
}

TEST(Observer, hears_nothing_of_a_batch_whose_outcome_is_unknown) {
    MemoryEventStore memory;
    TroubledEventStore store(memory);
    Watched watched(store, {.batch_commands_max = 2});
    store.arm(TroubledEventStore::Trouble::lands);
    for (const auto& answer : watched.bench.ask_together(additions(5)))
        EXPECT_ERROR(answer, ErrorCode::outcome_unknown, "");
    EXPECT_TRUE(watched.told.empty());
}

TEST(QueueDepth, is_what_waits_and_not_what_is_being_handled) {
    MemoryEventStore store;
    Watched watched(store, {.batch_commands_max = 2, .queue_depth_max = 5});
    Writer& writer = watched.bench.writer();
    EXPECT_EQ(writer.queue_depth_max(), 5U);
    EXPECT_EQ(writer.queue_depth(), 0U);
    std::vector<std::size_t> depths;
    writer.on_append([&](const Writer::Batch&) { depths.push_back(writer.queue_depth()); });
    std::vector<Result<Receipt>> answers;
    for (auto& request : additions(7)) {
        writer.submit(std::move(request),
                      [&](Result<Receipt> answer) { answers.push_back(std::move(answer)); });
    }
    EXPECT_EQ(writer.queue_depth(), 5U) << "the two more were refused at once";
    EXPECT_EQ(answers.size(), 2U);
    watched.bench.run();
    // Each is told when the next batch has left the queue, if there is one.
    EXPECT_THAT(depths, testing::ElementsAre(1, 0, 0));
    EXPECT_EQ(writer.queue_depth(), 0U);
}

TEST(QueueDepth, may_be_asked_by_another_thread_at_any_time) {
    MemoryEventStore store;
    Watched watched(store);
    std::atomic<bool> ended = false;
    std::size_t deepest = 0;
    std::thread asking([&] {
        while (!ended)
            deepest = std::max(deepest, watched.bench.writer().queue_depth());
    });
    watched.bench.ask_together(additions(200));
    ended = true;
    asking.join();
    EXPECT_LE(deepest, 200U);
}

}  // namespace
}  // namespace jejak::runtime
