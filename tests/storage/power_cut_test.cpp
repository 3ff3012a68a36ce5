#include <gtest/gtest.h>

#include <random>

#include "storage/inspect.hpp"
#include "tests/storage/rocks_holder.hpp"
#include "tests/storage/unreliable_disk.hpp"

namespace jejak::storage {
namespace {

using Access = RocksEventStore::Access;

// What a client of the store knows when the lights go out.
struct Known {
    std::vector<std::string> acknowledged;  // record bytes by position - 1
    std::vector<std::string> in_flight;     // of the batch that was not answered with a head
};

StoreOptions options_for(const std::shared_ptr<UnreliableDisk>& disk) {
    StoreOptions options;
    options.database.file_system = disk;
    options.database.wal_total_bytes = 48 * 1024;  // many flushes in little time
    return options;
}

// Appends random batches until one fails or `appends` are done.
Known append_until_failure(const std::string& directory, const StoreOptions& options,
                           std::size_t appends, std::uint32_t seed) {
    Known known;
    auto opened = RocksEventStore::open(directory, Access::create, options);
    if (!opened) return known;
    const auto epoch = (*opened)->acquire_writer_epoch();
    if (!epoch) return known;
    std::mt19937 random(seed);
    SampleLog log;
    for (std::size_t i = 0; i < appends; ++i) {
        const auto expected = log.head();
        const auto batch = log.batch(1 + random() % 40, 10, random() % 400);
        const auto head = append_to(**opened, batch, expected, *epoch);
        auto& records = head ? known.acknowledged : known.in_flight;
        for (const Record& record : batch.records) records.push_back(record.bytes);
        if (!head) break;
    }
    return known;
}

// Opens what is left as any user would, and looks for everything that was acknowledged.
void expect_nothing_lost(const std::string& directory, const Known& known) {
    const auto disk = std::make_shared<UnreliableDisk>();
    auto opened = RocksEventStore::open(directory, Access::create, options_for(disk));
    ASSERT_TRUE(opened.has_value()) << "a clean power cut must need no person: "
                                    << opened.error().message;
    const auto& store = *opened;
    const auto records = scan_all(*store);
    const std::size_t found = records.size();
    const std::size_t whole = known.acknowledged.size() + known.in_flight.size();
    ASSERT_TRUE(found == known.acknowledged.size() || found == whole)
        << found << " records, " << known.acknowledged.size() << " were acknowledged and "
        << known.in_flight.size() << " were on their way: a batch is there as a whole or not";
    for (std::size_t i = 0; i < found; ++i) {
        const std::size_t answered = known.acknowledged.size();
        ASSERT_EQ(records[i].second,
                  i < answered ? known.acknowledged[i] : known.in_flight[i - answered]);
    }
    const auto inspection = inspect(*store, sample_log_id);
    ASSERT_TRUE(inspection.has_value()) << inspection.error().message;
    for (const Finding& finding : inspection->findings) {
        ADD_FAILURE() << finding.what << " at " << finding.where;
    }
    const auto epoch = store->acquire_writer_epoch().value();
    SampleLog log;
    if (found != 0) log.batch(found);
    EXPECT_TRUE(append_to(*store, {{log.rejection("after")}, {}},
                          Position{found}, epoch).has_value());
}

class PowerCut : public testing::TestWithParam<Loss> {};

TEST_P(PowerCut, between_appends_loses_nothing_that_was_acknowledged) {
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const TemporaryDirectory directory;
        const auto disk = std::make_shared<UnreliableDisk>();
        const auto path = directory.path().string();
        Known known;
        {
            auto store = open_store(path, Access::create, options_for(disk));
            const auto epoch = store->acquire_writer_epoch().value();
            SampleLog log;
            for (std::uint32_t i = 0; i < 5 + seed * 7; ++i) {
                const auto expected = log.head();
                const auto batch = log.batch(20);
                ASSERT_TRUE(append_to(*store, batch, expected, epoch).has_value());
                for (const auto& record : batch.records) known.acknowledged.push_back(record.bytes);
            }
            disk->power_off();
        }
        disk->apply(GetParam(), seed);
        expect_nothing_lost(path, known);
    }
}

TEST_P(PowerCut, at_any_write_loses_nothing_that_was_acknowledged) {
    constexpr std::size_t appends = 12;
    std::uint64_t writes = 0;
    {
        const TemporaryDirectory directory;
        const auto disk = std::make_shared<UnreliableDisk>();
        append_until_failure(directory.path().string(), options_for(disk), appends, 1);
        writes = disk->writes();
    }
    std::mt19937 random(static_cast<std::uint32_t>(GetParam()) + 1);
    for (std::uint64_t write = 1; write < writes; write += 1 + random() % (writes / 25)) {
        SCOPED_TRACE("write " + std::to_string(write) + " of " + std::to_string(writes));
        const TemporaryDirectory directory;
        const auto disk = std::make_shared<UnreliableDisk>();
        disk->power_off_at_write(write);
        const auto path = directory.path().string();
        const Known known = append_until_failure(path, options_for(disk), appends, 1);
        disk->apply(GetParam(), static_cast<std::uint32_t>(write));
        expect_nothing_lost(path, known);
    }
}

std::string name_of_loss(const testing::TestParamInfo<Loss>& info) {
    if (info.param == Loss::all) return "all";
    return info.param == Loss::suffix ? "a_suffix" : "random_pages";
}

INSTANTIATE_TEST_SUITE_P(Losing, PowerCut, testing::Values(Loss::all, Loss::suffix, Loss::torn),
                         name_of_loss);

TEST(DiskFull, stops_the_store_and_loses_nothing_that_was_acknowledged) {
    constexpr std::size_t appends = 6;
    bool failed = true;
    std::mt19937 random(7);
    for (std::uint64_t write = 1; failed; write += 1 + random() % 5) {
        SCOPED_TRACE("full at write " + std::to_string(write));
        const TemporaryDirectory directory;
        const auto disk = std::make_shared<UnreliableDisk>();
        disk->fill_up_at_write(write);
        const auto path = directory.path().string();
        const Known known = append_until_failure(path, options_for(disk), appends, 2);
        failed = disk->writes() >= write;
        expect_nothing_lost(path, known);
    }
}

TEST(DiskFull, is_named_with_its_remedy_and_every_later_append_is_refused) {
    const TemporaryDirectory directory;
    const auto disk = std::make_shared<UnreliableDisk>();
    const auto store = open_store(directory.path().string(), Access::create, options_for(disk));
    const auto epoch = store->acquire_writer_epoch().value();
    SampleLog log;
    ASSERT_TRUE(append_to(*store, log.batch(3), Position{0}, epoch).has_value());
    disk->fill_up_at_write(disk->writes() + 1);
    const auto batch = log.batch(3);
    const auto unknown = append_to(*store, batch, Position{3}, epoch);
    ASSERT_FALSE(unknown.has_value());
    EXPECT_EQ(unknown.error().code, ErrorCode::outcome_unknown);
    EXPECT_NE(unknown.error().message.find("free some space"), std::string::npos)
        << unknown.error().message;
    disk->fill_up_at_write(0);
    const auto refused = append_to(*store, batch, Position{3}, epoch);
    ASSERT_FALSE(refused.has_value()) << "a store that failed stays stopped until opened anew";
    EXPECT_EQ(refused.error().code, ErrorCode::environment);
    EXPECT_EQ(store->acquire_writer_epoch().error().code, ErrorCode::environment);
    EXPECT_EQ(scan_all(*store).size(), 3U) << "reading goes on";
}

TEST(DiskFull, at_opening_is_named_with_its_remedy) {
    const TemporaryDirectory directory;
    const auto disk = std::make_shared<UnreliableDisk>();
    disk->fill_up_at_write(1);
    const auto opened = RocksEventStore::open(directory.path().string(), Access::create,
                                              options_for(disk));
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, ErrorCode::environment);
    EXPECT_NE(opened.error().message.find("free some space"), std::string::npos)
        << opened.error().message;
}

}  // namespace
}  // namespace jejak::storage
