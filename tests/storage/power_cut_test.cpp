#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "storage/inspect.hpp"
#include "tests/storage/image.hpp"
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

constexpr std::uint64_t never_flushing = 32 << 20;
// Tables are written all the time. RocksDB waits a second after each background write that fails,
// so few runs are made with it.
constexpr std::uint64_t always_flushing = 48 * 1024;

StoreOptions options_for(const std::shared_ptr<UnreliableDisk>& disk,
                         std::uint64_t wal_total_bytes = never_flushing) {
    StoreOptions options;
    options.database.file_system = disk;
    options.database.wal_total_bytes = wal_total_bytes;
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
        for (const Record& record : batch.records)
            records.push_back(record.bytes);
        if (!head) break;
    }
    return known;
}

// Opens what is left as any user would, and looks for everything that was acknowledged.
void expect_nothing_lost(const std::string& directory, const Known& known) {
    const auto disk = std::make_shared<UnreliableDisk>();
    auto opened = RocksEventStore::open(directory, Access::create, options_for(disk));
    ASSERT_TRUE(opened.has_value())
        << "a clean power cut must need no person: " << opened.error().message;
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
    EXPECT_TRUE(
        append_to(*store, {{log.rejection("after")}, {}}, Position{found}, epoch).has_value());
}

class PowerCut : public testing::TestWithParam<Loss> {};

TEST_P(PowerCut, between_appends_loses_nothing_that_was_acknowledged) {
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const TemporaryDirectory directory;
        const auto disk = std::make_shared<UnreliableDisk>();
        const auto path = directory.path().string();
        Known known;
        {
            auto store = open_store(path, Access::create, options_for(disk, always_flushing));
            const auto epoch = store->acquire_writer_epoch().value();
            SampleLog log;
            for (std::uint32_t i = 0; i < 5 + seed * 15; ++i) {
                const auto expected = log.head();
                const auto batch = log.batch(20);
                ASSERT_TRUE(append_to(*store, batch, expected, epoch).has_value());
                for (const auto& record : batch.records)
                    known.acknowledged.push_back(record.bytes);
            }
            disk->power_off();
        }
        disk->apply(GetParam(), seed);
        expect_nothing_lost(path, known);
    }
}

constexpr std::size_t appends_of_a_run = 12;

std::uint64_t writes_of_a_run(std::uint64_t wal_total_bytes) {
    const TemporaryDirectory directory;
    const auto disk = std::make_shared<UnreliableDisk>();
    append_until_failure(directory.path().string(), options_for(disk, wal_total_bytes),
                         appends_of_a_run, 1);
    return disk->writes();
}

void cut_at(std::uint64_t write, std::uint64_t wal_total_bytes, Loss loss) {
    SCOPED_TRACE("power off at write " + std::to_string(write));
    const TemporaryDirectory directory;
    const auto disk = std::make_shared<UnreliableDisk>();
    disk->power_off_at_write(write);
    const auto path = directory.path().string();
    const Known known =
        append_until_failure(path, options_for(disk, wal_total_bytes), appends_of_a_run, 1);
    disk->apply(loss, static_cast<std::uint32_t>(write));
    expect_nothing_lost(path, known);
}

TEST_P(PowerCut, at_any_write_loses_nothing_that_was_acknowledged) {
    const std::uint64_t writes = writes_of_a_run(never_flushing);
    std::mt19937 random(static_cast<std::uint32_t>(GetParam()) + 1);
    for (std::uint64_t write = 1; write < writes; write += 1 + random() % 8) {
        cut_at(write, never_flushing, GetParam());
    }
}

TEST_P(PowerCut, while_tables_are_written_loses_nothing_that_was_acknowledged) {
    const std::uint64_t writes = writes_of_a_run(always_flushing);
    for (const std::uint64_t tenths : {6, 7, 8, 9}) {
        cut_at(writes * tenths / 10, always_flushing, GetParam());
    }
}

std::string name_of_loss(const testing::TestParamInfo<Loss>& info) {
    if (info.param == Loss::all) return "all";
    return info.param == Loss::suffix ? "a_suffix" : "random_pages";
}

INSTANTIATE_TEST_SUITE_P(Losing, PowerCut, testing::Values(Loss::all, Loss::suffix, Loss::torn),
                         name_of_loss);

// A log on a disk that may lose power, with one batch in it.
struct LogOnDisk {
    explicit LogOnDisk(unsigned head_sync_interval_ms) {
        auto options = options_for(disk);
        options.head_sync_interval_ms = head_sync_interval_ms;
        store = open_store(directory.path().string(), Access::create, options);
        const auto epoch = store->acquire_writer_epoch().value();
        SampleLog log;
        for (int i = 0; i < 3; ++i) {
            const auto expected = log.head();
            head = append_to(*store, log.batch(4), expected, epoch).value();
        }
    }
    [[nodiscard]] std::string path() const { return (directory / "head").string(); }

    const TemporaryDirectory directory;
    const std::shared_ptr<UnreliableDisk> disk = std::make_shared<UnreliableDisk>();
    std::unique_ptr<RocksEventStore> store;
    Head head;
};

TEST(PowerCutHead, is_the_newest_one_once_it_was_synced) {
    LogOnDisk log(3'600'000);  // the thread that syncs by itself comes too late
    ASSERT_TRUE(log.store->sync_head().has_value());
    log.disk->power_off();
    log.store.reset();
    log.disk->apply(Loss::all, 1);
    EXPECT_EQ(HeadFile::read(*rocksdb::FileSystem::Default(), log.path()).value(), log.head);
}

TEST(PowerCutHead, is_synced_soon_without_being_asked) {
    LogOnDisk log(1);
    const TemporaryDirectory elsewhere;
    const auto copy = (elsewhere / "head").string();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    Head durable;
    while (durable != log.head && std::chrono::steady_clock::now() < deadline) {
        write_bytes(copy, log.disk->last_synced(log.path()).value());
        durable = HeadFile::read(*rocksdb::FileSystem::Default(), copy).value();
    }
    EXPECT_EQ(durable, log.head);
}

// Whether the disk was full before the run was over.
bool fill_up_at(std::uint64_t write, std::uint64_t wal_total_bytes) {
    SCOPED_TRACE("full at write " + std::to_string(write));
    const TemporaryDirectory directory;
    const auto disk = std::make_shared<UnreliableDisk>();
    disk->fill_up_at_write(write);
    const auto path = directory.path().string();
    const Known known =
        append_until_failure(path, options_for(disk, wal_total_bytes), appends_of_a_run, 2);
    expect_nothing_lost(path, known);
    return disk->writes() >= write;
}

TEST(DiskFull, at_any_write_loses_nothing_that_was_acknowledged) {
    std::mt19937 random(7);
    for (std::uint64_t write = 1; fill_up_at(write, never_flushing);)
        write += 1 + random() % 6;
}

TEST(DiskFull, while_tables_are_written_loses_nothing_that_was_acknowledged) {
    const std::uint64_t writes = writes_of_a_run(always_flushing);
    for (const std::uint64_t tenths : {6, 8})
        fill_up_at(writes * tenths / 10, always_flushing);
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
    const auto opened =
        RocksEventStore::open(directory.path().string(), Access::create, options_for(disk));
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, ErrorCode::environment);
    EXPECT_NE(opened.error().message.find("free some space"), std::string::npos)
        << opened.error().message;
}

}  // namespace
}  // namespace jejak::storage
