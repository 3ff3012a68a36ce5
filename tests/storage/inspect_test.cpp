#include "storage/inspect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/record/tree.hpp"
#include "storage/index_keys.hpp"
#include "tests/storage/rocks_holder.hpp"

namespace jejak::storage {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;

auto finding(const std::string& what, const std::string& where) {
    return Contains(AllOf(Field(&Finding::what, HasSubstr(what)),
                          Field(&Finding::where, HasSubstr(where)),
                          Field(&Finding::remedy, HasSubstr("restore"))));
}

// A log of 1,000 records that a test changes behind the store's back.
class InspectTest : public testing::Test {
  protected:
    InspectTest() {
        const auto epoch = holder_.store().acquire_writer_epoch().value();
        for (int i = 0; i < 10; ++i) {
            const auto expected = log_.head();
            EXPECT_TRUE(
                append_to(holder_.store(), log_.batch(100, 20), expected, epoch).has_value());
        }
    }
    Database& database() { return *holder_.opened->database(); }
    void put(Family family, std::string_view key, std::string_view value) {
        rocksdb::WriteBatch batch;
        ASSERT_TRUE(
            batch.Put(database().family(family), rocksdb::Slice(key), rocksdb::Slice(value)).ok());
        ASSERT_TRUE(database().write(batch, true).ok());
    }
    void erase(Family family, std::string_view key) {
        rocksdb::WriteBatch batch;
        ASSERT_TRUE(batch.Delete(database().family(family), rocksdb::Slice(key)).ok());
        ASSERT_TRUE(database().write(batch, true).ok());
    }
    std::string record_at(std::uint64_t position) {
        return *database().get(Family::log, u64_bytes(position)).value();
    }
    std::vector<Finding> findings(LogId log_id = sample_log_id) {
        return inspect(*holder_.opened, log_id).value().findings;
    }

    RocksHolder holder_;
    SampleLog log_;
};

TEST_F(InspectTest, counts_what_is_there_and_finds_nothing) {
    std::uint64_t visited = 0;
    std::uint64_t told = 0;
    InspectOptions options;
    options.visit = [&](const record::DecodedRecord& decoded, std::string_view bytes) {
        EXPECT_EQ(decoded.envelope.position.value, ++visited);
        EXPECT_EQ(decoded.envelope_bytes.size() + decoded.payload.size(), bytes.size());
    };
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
        EXPECT_EQ(total, 1000U);
        told = done;
    };
    const auto inspection = inspect(*holder_.opened, sample_log_id, options).value();
    EXPECT_THAT(inspection.findings, testing::IsEmpty());
    EXPECT_EQ(inspection.head, holder_.store().head().value());
    EXPECT_EQ(visited, 1000U);
    EXPECT_EQ(told, 1000U);
    EXPECT_EQ(inspection.records, 1000U);
    EXPECT_EQ(inspection.commits, 1000U);
    EXPECT_EQ(inspection.events, 1000U);
    EXPECT_EQ(inspection.streams, 20U);
    EXPECT_EQ(inspection.keys, 10U);
    EXPECT_EQ(inspection.tiles, 3U);
    EXPECT_GE(inspection.wal_files, 1U);
}

TEST_F(InspectTest, names_the_position_of_a_changed_record) {
    std::string bytes = record_at(300);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    put(Family::log, u64_bytes(300), bytes);
    EXPECT_THAT(findings(), finding("not those of the records", "position 300"));
    EXPECT_THAT(findings(), finding("does not have the root", "position 1000"));
}

TEST_F(InspectTest, finds_a_changed_record_behind_the_last_tile_by_the_root) {
    std::string bytes = record_at(999);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    put(Family::log, u64_bytes(999), bytes);
    EXPECT_THAT(findings(), finding("does not have the root", "position 1000"));
}

TEST_F(InspectTest, names_missing_records) {
    erase(Family::log, u64_bytes(500));
    erase(Family::log, u64_bytes(501));
    EXPECT_THAT(findings(), finding("records are missing", "positions 500 to 501"));
    erase(Family::log, u64_bytes(1000));
    EXPECT_THAT(findings(), finding("records are missing", "positions 1000 to 1000"));
}

TEST_F(InspectTest, names_a_record_in_the_place_of_another) {
    const std::string first = record_at(10);
    put(Family::log, u64_bytes(10), record_at(11));
    put(Family::log, u64_bytes(11), first);
    EXPECT_THAT(findings(), finding("belongs to position 11", "position 10"));
    EXPECT_THAT(findings(), finding("older than the one before", "position 11"));
}

TEST_F(InspectTest, names_a_record_that_is_none) {
    put(Family::log, u64_bytes(42), "nonsense");
    EXPECT_THAT(findings(), finding("cannot be decoded", "position 42"));
}

TEST_F(InspectTest, names_records_of_another_log) {
    EXPECT_THAT(findings(LogId{{9}}), finding("belongs to log", "position 1"));
}

TEST_F(InspectTest, names_a_stream_row_that_is_gone_wrong_or_too_many) {
    const std::string key = stream_key("sample/s-" + SampleLog::padded(3), Version{2});
    const auto position = *database().get(Family::streams, key).value();
    erase(Family::streams, key);
    EXPECT_THAT(findings(), finding("versions of a stream", SampleLog::padded(3)));
    EXPECT_THAT(findings(), finding("stream index does not lead", "position 24"));
    put(Family::streams, key, u64_bytes(25));
    EXPECT_THAT(findings(), finding("stream index does not lead", "position 24"));
    EXPECT_THAT(findings(), finding("leads to a record of something else", "position 25"));
    put(Family::streams, key, position);
    EXPECT_THAT(findings(), testing::IsEmpty());
    put(Family::streams, stream_key("sample/ghost", Version{1}), u64_bytes(7));
    EXPECT_THAT(findings(), finding("leads to a record of something else", "position 7"));
}

TEST_F(InspectTest, names_a_receipt_that_is_gone_wrong_or_too_many) {
    const auto id = SampleLog::command_id(600).text();
    erase(Family::receipts, id);
    EXPECT_THAT(findings(), finding("receipts does not lead", "position 600"));
    put(Family::receipts, id, u64_bytes(599));
    EXPECT_THAT(findings(), finding("receipts does not lead", "position 600"));
    put(Family::receipts, id, "short");
    EXPECT_THAT(findings(), finding("damaged entry", "key 0x"));
    put(Family::receipts, id, u64_bytes(600));
    put(Family::receipts, "c-ghost", u64_bytes(600));
    EXPECT_THAT(findings(),
                finding("receipts leads to a record of something else", "position 600"));
}

TEST_F(InspectTest, names_a_tile_that_is_gone_wrong_or_too_many) {
    const auto tile = *database().get(Family::tiles, tile_key(0, 1)).value();
    erase(Family::tiles, tile_key(0, 1));
    EXPECT_THAT(findings(), finding("missing", "tile 0/1"));
    std::string wrong = tile;
    wrong[32 * 7] = static_cast<char>(wrong[32 * 7] ^ 1);
    put(Family::tiles, tile_key(0, 1), wrong);
    EXPECT_THAT(findings(), finding("not those of the records", "position 264"));
    put(Family::tiles, tile_key(0, 1), tile);
    EXPECT_THAT(findings(), testing::IsEmpty());
}

TEST_F(InspectTest, names_a_damaged_key_of_a_person) {
    put(Family::keys, owner_key(SampleLog::owner(100)), "short");
    EXPECT_THAT(findings(), finding("wrapped key", to_hex(SampleLog::owner(100))));
}

TEST_F(InspectTest, names_a_commit_that_is_not_whole) {
    SampleLog twin;
    std::vector<Record> records;
    for (int i = 0; i < 10; ++i) {
        for (Record& record : twin.batch(100, 20).records)
            records.push_back(std::move(record));
    }
    Envelope envelope = records[499].envelope;
    envelope.count = 2;
    put(Family::log, u64_bytes(500), record::encode_envelope(envelope));
    EXPECT_THAT(findings(), finding("does not follow in the commit", "position 501"));
    envelope = records[999].envelope;
    envelope.count = 2;
    put(Family::log, u64_bytes(1000), record::encode_envelope(envelope));
    EXPECT_THAT(findings(), finding("last commit is not whole", "position 1000"));
}

TEST_F(InspectTest, keeps_counting_when_it_has_kept_enough) {
    for (std::uint64_t position = 1; position <= 500; ++position) {
        put(Family::log, u64_bytes(position), "nonsense");
    }
    InspectOptions options;
    options.findings_max = 5;
    const auto inspection = inspect(*holder_.opened, sample_log_id, options).value();
    EXPECT_EQ(inspection.findings.size(), 5U);
    EXPECT_GE(inspection.findings_count, 500U);
}

}  // namespace
}  // namespace jejak::storage
