#include "engine/runtime/projector.hpp"

#include <boost/asio/thread_pool.hpp>
#include <map>

#include "storage/memory_read_store.hpp"
#include "tests/runtime/totals_projection.hpp"
#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;
using storage::MemoryEventStore;
using storage::MemoryReadStore;

Projections totals() {
    Projections projections;
    projections.push_back(std::make_unique<TotalsProjection>());
    return projections;
}

std::map<std::string, std::string> rows_of(const ReadStore& store, std::string_view model) {
    std::map<std::string, std::string> rows;
    const auto scanned =
        store.scan(model, "", "", [&](std::string_view key, std::string_view value) {
            rows.emplace(key, value);
            return true;
        });
    EXPECT_TRUE(scanned.has_value());
    return rows;
}

// 40 records: two counters, one of which is closed.
void fill(Workbench& bench) {
    bench.answer("a", Open{person(1)}, "open-a");
    bench.answer("b", Open{person(1)}, "open-b");
    for (int i = 0; i < 36; ++i) {
        bench.answer(i % 2 == 0 ? "a" : "b", Add{i}, "c-" + std::to_string(i));
    }
    bench.answer("b", Close{}, "close-b");
}

TEST(CatchUp, comes_to_the_same_rows_at_any_step_size) {
    MemoryEventStore log;
    Workbench bench(log);
    fill(bench);
    const Projections projections = totals();
    const std::map<std::string, std::string> expected = {{"counter/a", "306"}, {"records", "40"}};
    for (const std::size_t step : {1u, 2u, 3u, 7u, 39u, 40u, 41u, 4'096u}) {
        SCOPED_TRACE(step);
        MemoryReadStore rows;
        std::uint64_t last = 0;
        const auto progress = [&](Position done, Position target) {
            EXPECT_EQ(target, Position{40});
            EXPECT_EQ(done.value, std::min<std::uint64_t>(last + step, 40));
            last = done.value;
        };
        ASSERT_TRUE(catch_up(log, rows, projections, Position{40}, progress, step).has_value());
        EXPECT_EQ(rows_of(rows, "totals"), expected);
        EXPECT_EQ(rows.checkpoint("totals").value(), Position{40});
        EXPECT_EQ(last, 40u);
    }
}

TEST(CatchUp, goes_on_from_the_checkpoint_of_each_projection) {
    MemoryEventStore log;
    Workbench bench(log);
    fill(bench);
    MemoryReadStore rows;
    ASSERT_TRUE(catch_up(log, rows, totals(), Position{17}).has_value());
    Projections both = totals();
    both.push_back(std::make_unique<TotalsProjection>("younger"));
    ASSERT_TRUE(catch_up(log, rows, both, Position{40}, {}, 6).has_value());
    ASSERT_TRUE(catch_up(log, rows, both, Position{40}).has_value());
    EXPECT_EQ(rows_of(rows, "totals"), rows_of(rows, "younger"));
    EXPECT_EQ(rows_of(rows, "totals").at("records"), "40");
}

TEST(CatchUp, stops_at_an_error_with_rows_and_checkpoint_of_the_last_whole_step) {
    MemoryEventStore log;
    Workbench bench(log);
    fill(bench);
    MemoryReadStore rows;
    Projections projections;
    projections.push_back(std::make_unique<TotalsProjection>("early", Position{20}));
    const auto outcome = catch_up(log, rows, projections, Position{40}, {}, 8);
    EXPECT_ERROR(outcome, ErrorCode::unsupported, "read model early: position 20: use a newer");
    EXPECT_EQ(rows.checkpoint("early").value(), Position{16});
    EXPECT_EQ(rows_of(rows, "early").at("records"), "16") << "rows and checkpoint go together";
    projections.front() = std::make_unique<TotalsProjection>("early");
    ASSERT_TRUE(catch_up(log, rows, projections, Position{40}, {}, 8).has_value());
    EXPECT_EQ(rows_of(rows, "early").at("records"), "40");
}

TEST(CatchUp, tells_of_a_log_that_is_shorter_than_its_head) {
    MemoryEventStore log;
    Workbench bench(log);
    MemoryReadStore rows;
    EXPECT_ERROR(catch_up(log, rows, totals(), Position{5}), ErrorCode::corruption,
                 "ends at position 1");
}

// A log that grows, and a projector on threads of its own.
struct Following {
    explicit Following(Projections models) : projections(std::move(models)) {
        bench.writer().on_growth([this](Position head) { projector->wake(head); });
    }
    ~Following() { threads.join(); }

    MemoryEventStore log;
    Workbench bench{log};
    MemoryReadStore rows;
    Projections projections;
    boost::asio::thread_pool threads{2};
    std::shared_ptr<Projector> projector =
        std::make_shared<Projector>(threads.get_executor(), log, rows, projections);
};

TEST(Projector, shows_a_writer_its_own_write_after_waiting_for_it) {
    Following following(totals());
    following.bench.answer("a", Open{person(1)}, "open");
    for (int i = 1; i <= 50; ++i) {
        const Receipt receipt = following.bench.answer("a", Add{2}, std::to_string(i));
        ASSERT_TRUE(following.projector->wait_for(receipt.last).has_value());
        EXPECT_EQ(following.rows.get("totals", "counter/a").value(), std::to_string(2 * i));
        EXPECT_GE(following.rows.checkpoint("totals").value(), receipt.last);
    }
}

TEST(Projector, goes_on_behind_the_rows_that_it_finds) {
    Following following(totals());
    fill(following.bench);
    ASSERT_TRUE(following.projector->wait_for(Position{40}).has_value());
    const auto second = std::make_shared<Projector>(following.threads.get_executor(), following.log,
                                                    following.rows, following.projections);
    ASSERT_TRUE(second->wait_for(Position{40}).has_value());
    EXPECT_EQ(rows_of(following.rows, "totals").at("records"), "40");
}

TEST(Projector, stops_at_an_error_and_reports_it_to_those_who_wait) {
    Projections projections = totals();
    projections.push_back(std::make_unique<TotalsProjection>("broken", Position{3}));
    Following following(std::move(projections));
    following.bench.answer("a", Open{person(1)}, "open");
    ASSERT_TRUE(following.projector->wait_for(Position{2}).has_value());
    const Receipt receipt = following.bench.answer("a", Add{2}, "add");
    EXPECT_ERROR(following.projector->wait_for(receipt.last), ErrorCode::unsupported,
                 "read model broken: position 3");
    EXPECT_EQ(following.rows.checkpoint("broken").value(), Position{2});
    following.bench.answer("a", Add{2}, "more");
    EXPECT_FALSE(following.projector->wait_for(Position{4}).has_value());
    EXPECT_EQ(following.rows.checkpoint("broken").value(), Position{2}) << "nothing is skipped";
}

TEST(Projector, refuses_to_wait_for_what_was_never_written_and_works_on) {
    Projections projections = totals();
    projections.push_back(std::make_unique<TotalsProjection>("second"));
    Following following(std::move(projections));
    following.bench.answer("a", Open{person(1)}, "open");
    EXPECT_ERROR(following.projector->wait_for(Position{1'000'000}), ErrorCode::invalid_input,
                 "the log ends at position 2");
    const Receipt receipt = following.bench.answer("a", Add{2}, "add");
    const auto waited = following.projector->wait_for(receipt.last);
    ASSERT_TRUE(waited.has_value()) << waited.error().message;
    EXPECT_EQ(following.rows.get("second", "counter/a").value(), "2");
}

}  // namespace
}  // namespace jejak::runtime
