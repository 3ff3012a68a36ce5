#include "engine/runtime/subscription.hpp"

#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;
using storage::MemoryEventStore;

constexpr Position end{UINT64_MAX};

void grow(Workbench& bench, std::size_t records, const std::string& prefix) {
    for (std::size_t i = 0; i < records; ++i) {
        bench.answer("a", Add{1}, prefix + std::to_string(i));
    }
}

struct Seen {
    std::vector<std::uint64_t> positions;
    Subscription::Visit visit = [this](const record::DecodedRecord& record) -> Result<void> {
        positions.push_back(record.envelope.position.value);
        return {};
    };
};

std::vector<std::uint64_t> numbers(std::uint64_t first, std::uint64_t last) {
    std::vector<std::uint64_t> all;
    for (std::uint64_t n = first; n <= last; ++n)
        all.push_back(n);
    return all;
}

TEST(Subscription, visits_every_record_once_in_order_however_it_is_cut) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    grow(bench, 30, "c-");
    for (const std::size_t step : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{32},
                                   std::size_t{33}, SIZE_MAX}) {
        SCOPED_TRACE(step);
        Seen seen;
        Subscription subscription(store, Position{});
        for (int round = 0; round < 40; ++round) {
            ASSERT_TRUE(subscription.advance(end, step, seen.visit).has_value());
        }
        EXPECT_EQ(seen.positions, numbers(1, 32));
        EXPECT_EQ(subscription.done(), Position{32});
    }
}

TEST(Subscription, resumes_behind_its_place_also_without_a_limit) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    grow(bench, 8, "c-");
    Seen seen;
    Subscription subscription(store, Position{4});
    ASSERT_TRUE(subscription.advance(Position{7}, SIZE_MAX, seen.visit).has_value());
    EXPECT_EQ(seen.positions, numbers(5, 7));
    ASSERT_TRUE(subscription.advance(Position{6}, 100, seen.visit).has_value());
    EXPECT_EQ(subscription.done(), Position{7}) << "it never goes back";
    ASSERT_TRUE(subscription.advance(end, SIZE_MAX, seen.visit).has_value());
    grow(bench, 3, "d-");
    ASSERT_TRUE(subscription.advance(end, 0, seen.visit).has_value());
    EXPECT_EQ(subscription.done(), Position{10});
    ASSERT_TRUE(subscription.advance(end, SIZE_MAX, seen.visit).has_value());
    EXPECT_EQ(seen.positions, numbers(5, 13));
}

TEST(Subscription, stops_in_front_of_a_record_whose_visit_failed_and_tries_it_again) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    grow(bench, 4, "c-");
    Seen seen;
    bool broken = true;
    const auto visit = [&](const record::DecodedRecord& record) -> Result<void> {
        if (broken && record.envelope.position.value == 4) {
            return error(ErrorCode::environment, "the printer is out of paper");
        }
        return seen.visit(record);
    };
    Subscription subscription(store, Position{});
    for (int round = 0; round < 2; ++round) {
        const auto advanced = subscription.advance(end, 100, visit);
        EXPECT_ERROR(advanced, ErrorCode::environment, "position 4: the printer is out of paper");
        EXPECT_EQ(subscription.done(), Position{3});
    }
    broken = false;
    ASSERT_TRUE(subscription.advance(end, 100, visit).has_value());
    EXPECT_EQ(seen.positions, numbers(1, 6));
}

TEST(Subscription, stops_at_a_record_that_cannot_be_read) {
    MemoryEventStore store;
    const auto epoch = store.acquire_writer_epoch();
    Envelope envelope;
    envelope.position = Position{1};
    store.append({{Record{envelope, "\x01 torn"}}, {}}, Position{}, *epoch, [](const auto&) {});
    Seen seen;
    Subscription subscription(store, Position{});
    const auto advanced = subscription.advance(end, 100, seen.visit);
    EXPECT_ERROR(advanced, ErrorCode::corruption, "position 1");
    EXPECT_TRUE(seen.positions.empty());
    EXPECT_EQ(subscription.done(), Position{});
}

}  // namespace
}  // namespace jejak::runtime
