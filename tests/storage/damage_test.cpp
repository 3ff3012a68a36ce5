// Every kind of damage is named, at opening or by inspect, or changes nothing that a read shows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <random>

#include "storage/inspect.hpp"
#include "tests/storage/image.hpp"
#include "tests/storage/rocks_holder.hpp"

namespace jejak::storage {
namespace {

using Access = RocksEventStore::Access;

// All that reads of a whole store show.
struct Shown {
    std::vector<PositionedBytes> records;
    std::vector<std::vector<std::uint64_t>> streams;
    std::vector<std::optional<Position>> receipts;
    std::vector<std::optional<std::string>> keys;
    friend bool operator==(const Shown&, const Shown&) = default;
};

constexpr std::size_t batches = 12;
constexpr std::size_t batch_size = 30;
constexpr std::size_t streams = 5;

Shown everything_in(const EventStore& store) {
    Shown shown{scan_all(store), {}, {}, {}};
    for (std::size_t i = 0; i < streams; ++i) {
        shown.streams.push_back(stream_positions(store, "s-" + SampleLog::padded(i), 1));
    }
    for (std::uint64_t i = 1; i <= batches * batch_size; ++i) {
        shown.receipts.push_back(store.find_receipt(SampleLog::command_id(i)).value());
        shown.keys.push_back(store.wrapped_key(SampleLog::owner(i)).value());
    }
    return shown;
}

// A log that a process which was killed has left: all of it in the write-ahead log.
class Damage : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (killed_) return;
        killed_ = std::make_unique<TemporaryDirectory>();
        closed_ = std::make_unique<TemporaryDirectory>();
        early_ = std::make_unique<TemporaryDirectory>();
        const TemporaryDirectory original;
        {
            const auto store = open_store(original.path().string(), Access::create);
            const auto epoch = store->acquire_writer_epoch().value();
            SampleLog log;
            for (std::size_t i = 0; i < batches; ++i) {
                if (i == batches - 3) copy(original, *early_);
                last_batch_begins_ = wal_size(original);
                const auto expected = log.head();
                ASSERT_TRUE(
                    append_to(*store, log.batch(batch_size, streams), expected, epoch).has_value());
            }
            copy(original, *killed_);
            shown_ = std::make_unique<Shown>(everything_in(*store));
        }
        copy(original, *closed_);
    }
    static void TearDownTestSuite() {
        killed_.reset();
        closed_.reset();
        early_.reset();
        shown_.reset();
    }
    static void copy(const TemporaryDirectory& from, const TemporaryDirectory& to) {
        fs::copy(from.path(), to.path(), fs::copy_options::recursive);
    }
    static std::size_t wal_size(const TemporaryDirectory& directory) {
        std::size_t size = 0;
        for (const auto& entry : fs::directory_iterator(directory / "db")) {
            if (entry.path().extension() == ".log") size += entry.file_size();
        }
        return size;
    }

    // Whether opening refuses; if it does, the message names the place and nothing was changed.
    static std::optional<std::string> refusal(const Image& image) {
        const auto before = image.content();
        const auto opened = RocksEventStore::open(image.path(), Access::write, {});
        if (opened) return std::nullopt;
        EXPECT_EQ(opened.error().code, ErrorCode::corruption) << opened.error().message;
        EXPECT_THAT(opened.error().message, testing::HasSubstr(image.path()));
        EXPECT_THAT(opened.error().message, testing::HasSubstr("restore"));
        EXPECT_EQ(image.content(), before) << "damage must stay as it was found";
        return opened.error().message;
    }
    static bool shows_everything(const Image& image) {
        const auto store = open_store(image.path(), Access::write);
        return store != nullptr && everything_in(*store) == *shown_;
    }

    static std::unique_ptr<TemporaryDirectory> killed_, closed_, early_;
    static std::unique_ptr<Shown> shown_;
    static std::size_t last_batch_begins_;  // in the write-ahead log
};
std::unique_ptr<TemporaryDirectory> Damage::killed_, Damage::closed_, Damage::early_;
std::unique_ptr<Shown> Damage::shown_;
std::size_t Damage::last_batch_begins_ = 0;

TEST_F(Damage, that_is_none_is_not_found) {
    for (const auto* directory : {killed_.get(), closed_.get()}) {
        const Image image(directory->path());
        const auto store = open_store(image.path(), Access::write);
        ASSERT_NE(store, nullptr);
        EXPECT_EQ(everything_in(*store), *shown_);
        EXPECT_EQ(inspect(*store, sample_log_id).value().findings_count, 0U);
    }
}

TEST_F(Damage, of_a_bit_in_the_write_ahead_log_is_refused_and_left_as_it_is) {
    const Image original(killed_->path());
    const auto wal = original.files(".log").at(0).filename().string();
    const std::size_t size = fs::file_size(killed_->path() / "db" / wal);
    ASSERT_GT(size, 40'000U) << "the log is no longer in one write-ahead log file";
    std::mt19937 random(1);
    for (std::size_t offset = 0; offset < size; offset += 1 + random() % (size / 60)) {
        const Image image(killed_->path());
        flip(image / "db" / wal, offset, random() % 8);
        EXPECT_TRUE(refusal(image).has_value() || shows_everything(image)) << "at " << offset;
    }
}

TEST_F(Damage, before_the_last_batch_is_refused_even_if_the_head_file_is_behind) {
    const Image original(killed_->path());
    const auto wal = original.files(".log").at(0).filename().string();
    std::mt19937 random(2);
    for (std::size_t offset = 0; offset < last_batch_begins_;
         offset += 1 + random() % (last_batch_begins_ / 30)) {
        const Image image(killed_->path());
        fs::copy_file(early_->path() / "head", image / "head",
                      fs::copy_options::overwrite_existing);
        flip(image / "db" / wal, offset, random() % 8);
        EXPECT_TRUE(refusal(image).has_value() || shows_everything(image)) << "at " << offset;
    }
}

TEST_F(Damage, by_a_cut_write_ahead_log_names_both_positions) {
    const Image original(killed_->path());
    const auto wal = original.files(".log").at(0).filename().string();
    const std::size_t size = fs::file_size(killed_->path() / "db" / wal);
    std::mt19937 random(3);
    for (std::size_t left = 0; left < size; left += 1 + random() % (size / 15)) {
        const Image image(killed_->path());
        fs::resize_file(image / "db" / wal, left);
        const auto message = refusal(image);
        ASSERT_TRUE(message.has_value()) << left << " bytes left";
        EXPECT_THAT(*message, testing::HasSubstr("position 360")) << *message;
    }
}

TEST_F(Damage, is_not_what_an_append_that_was_never_acknowledged_leaves) {
    std::mt19937 random(4);
    for (const std::size_t size : {1, 6, 7, 100, 5'000, 40'000}) {
        for (const bool zeros : {true, false}) {
            const Image image(killed_->path());
            const auto wal = image.files(".log").at(0);
            std::string bytes = bytes_of_file(wal);
            for (std::size_t i = 0; i < size; ++i) {
                bytes.push_back(zeros ? '\0' : static_cast<char>(random()));
            }
            write_bytes(wal, bytes);
            EXPECT_FALSE(refusal(image).has_value()) << size << " bytes of a torn tail";
            EXPECT_TRUE(shows_everything(image));
        }
    }
}

TEST_F(Damage, is_not_an_old_write_ahead_log_that_a_power_cut_brought_back) {
    const Image torn(killed_->path());
    const auto old_wal = torn.files(".log").at(0);
    write_bytes(old_wal, bytes_of_file(old_wal) + "torn");
    const std::string old_bytes = bytes_of_file(old_wal);
    const auto store = open_store(torn.path(), Access::write);
    SampleLog log;
    while (log.head() < Position{batches * batch_size})
        log.batch(batch_size, streams);
    const auto expected = log.head();
    const auto epoch = store->acquire_writer_epoch().value();
    ASSERT_TRUE(append_to(*store, log.batch(3, streams), expected, epoch).has_value());
    ASSERT_FALSE(fs::exists(old_wal)) << "RocksDB is done with it";
    const Image image(torn.path());
    write_bytes(image / "db" / old_wal.filename().string(), old_bytes);
    EXPECT_FALSE(refusal(image).has_value());
    const auto reader = open_store(image.path(), Access::read);
    EXPECT_EQ(scan_all(*reader).size(), batches * batch_size + 3);
    EXPECT_EQ(inspect(*reader, sample_log_id).value().findings_count, 0U);
}

TEST_F(Damage, by_an_older_log_under_a_newer_head_names_both_positions) {
    const Image image(early_->path());
    fs::copy_file(closed_->path() / "head", image / "head", fs::copy_options::overwrite_existing);
    const auto message = refusal(image);
    ASSERT_TRUE(message.has_value());
    EXPECT_THAT(*message, testing::HasSubstr("ends at position 270"));
    EXPECT_THAT(*message, testing::HasSubstr("position 360 was acknowledged"));
    const auto reader = RocksEventStore::open(image.path(), Access::read, {});
    ASSERT_FALSE(reader.has_value()) << "a reader must not show a log that lost records";
    EXPECT_EQ(reader.error().code, ErrorCode::corruption);
}

TEST_F(Damage, is_not_an_older_head_beside_a_longer_log) {
    const Image image(closed_->path());
    fs::copy_file(early_->path() / "head", image / "head", fs::copy_options::overwrite_existing);
    EXPECT_TRUE(shows_everything(image));
}

TEST_F(Damage, by_the_head_of_another_log_is_refused) {
    const TemporaryDirectory other;
    make_log(other.path().string(), 1, 100);
    const Image image(closed_->path());
    fs::copy_file(other / "head", image / "head", fs::copy_options::overwrite_existing);
    const auto message = refusal(image);
    ASSERT_TRUE(message.has_value());
    EXPECT_THAT(*message, testing::HasSubstr("other records up to position 100"));
}

TEST_F(Damage, by_a_missing_head_is_refused_to_writers_makers_and_readers) {
    for (const auto* directory : {killed_.get(), closed_.get()}) {
        const Image image(directory->path());
        fs::remove(image / "head");
        for (const auto access : {Access::write, Access::create, Access::read}) {
            const auto opened = RocksEventStore::open(image.path(), access, {});
            ASSERT_FALSE(opened.has_value());
            EXPECT_EQ(opened.error().code, ErrorCode::corruption);
            EXPECT_THAT(opened.error().message, testing::HasSubstr("reaches position 360"));
        }
    }
}

TEST_F(Damage, of_any_byte_of_the_head_is_refused_or_changes_nothing) {
    for (std::size_t slot = 0; slot < 3; ++slot) {
        for (std::size_t byte = 0; byte < 52; byte += 7) {
            const Image image(killed_->path());
            flip(image / "head", slot * 4096 + byte);
            EXPECT_TRUE(refusal(image).has_value() || shows_everything(image));
        }
    }
}

// Refused at opening, or a reader opens it and inspect has something to say.
bool is_named(const Image& image) {
    const auto opened = RocksEventStore::open(image.path(), Access::read, {});
    if (!opened) return opened.error().code == ErrorCode::corruption;
    const auto inspection = inspect(**opened, sample_log_id);
    return !inspection.has_value() || inspection->findings_count > 0;
}

TEST_F(Damage, of_any_byte_of_the_head_is_named_to_a_reader_and_mended_by_a_writer) {
    for (std::size_t slot = 0; slot < 3; ++slot) {
        for (std::size_t byte = 0; byte < 52; byte += 7) {
            const Image image(killed_->path());
            flip(image / "head", slot * 4096 + byte);
            ASSERT_TRUE(is_named(image)) << "slot " << slot << ", byte " << byte;
            ASSERT_FALSE(refusal(image).has_value());
            EXPECT_FALSE(is_named(image)) << "slot " << slot << ", byte " << byte;
        }
    }
}

TEST_F(Damage, of_a_bit_in_any_table_is_named) {
    const Image original(closed_->path());
    ASSERT_GE(original.files(".sst").size(), 5U);
    std::mt19937 random(5);
    for (const fs::path& table : original.files(".sst")) {
        const std::size_t size = fs::file_size(table);
        for (std::size_t offset = 0; offset < size; offset += 1 + random() % (size / 8)) {
            const Image image(closed_->path());
            flip(image / "db" / table.filename().string(), offset, random() % 8);
            EXPECT_TRUE(is_named(image)) << table.filename() << " at " << offset;
        }
    }
}

TEST_F(Damage, by_a_missing_table_is_named) {
    const Image original(closed_->path());
    for (const fs::path& table : original.files(".sst")) {
        const Image image(closed_->path());
        fs::remove(image / "db" / table.filename().string());
        for (const auto access : {Access::write, Access::read}) {
            const auto opened = RocksEventStore::open(image.path(), access, {});
            ASSERT_FALSE(opened.has_value());
            EXPECT_EQ(opened.error().code, ErrorCode::corruption);
            EXPECT_THAT(opened.error().message, testing::HasSubstr(table.stem().string()));
        }
    }
}

TEST_F(Damage, of_the_manifest_is_refused_or_named_or_changes_nothing) {
    const Image original(closed_->path());
    std::string name;
    for (const auto& entry : fs::directory_iterator(original / "db")) {
        if (entry.path().filename().string().starts_with("MANIFEST")) {
            name = entry.path().filename().string();
        }
    }
    const std::size_t size = fs::file_size(original / "db" / name);
    std::mt19937 random(6);
    for (std::size_t offset = 0; offset < size; offset += 1 + random() % (size / 40)) {
        const Image image(closed_->path());
        flip(image / "db" / name, offset, random() % 8);
        EXPECT_TRUE(is_named(image) || refusal(image).has_value() || shows_everything(image))
            << "at " << offset;
    }
}

}  // namespace
}  // namespace jejak::storage
