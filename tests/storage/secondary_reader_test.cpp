#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <thread>

#include "engine/record/merkle.hpp"
#include "storage/inspect.hpp"
#include "storage/rocks_read_store.hpp"
#include "tests/storage/image.hpp"
#include "tests/storage/rocks_holder.hpp"

namespace jejak::storage {
namespace {

using Access = RocksEventStore::Access;

// RocksDB itself would read such a record for ever.
TEST(SecondaryReader, names_a_damaged_list_of_tables_wherever_the_damage_is) {
    const TemporaryDirectory directory;
    {
        const auto writer = open_store(directory.path().string(), Access::create, {});
        const auto epoch = writer->acquire_writer_epoch().value();
        SampleLog log;
        ASSERT_TRUE(append_to(*writer, log.batch(5, 5, 50), Position{0}, epoch));
    }
    std::filesystem::path manifest;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory.path())) {
        if (entry.path().filename().string().starts_with("MANIFEST-")) manifest = entry.path();
    }
    ASSERT_FALSE(manifest.empty());
    std::string whole;
    {
        std::ifstream in(manifest, std::ios::binary);
        whole.assign(std::istreambuf_iterator<char>(in), {});
    }
    const auto write = [&](const std::string& bytes) {
        std::ofstream(manifest, std::ios::binary | std::ios::trunc) << bytes;
    };
    // The type of each record becomes the one for recycled files (1 + 4).
    for (std::size_t at = 0; at + 7 <= whole.size();) {
        std::string damaged = whole;
        damaged[at + 6] = 5;
        write(damaged);
        const auto opened = RocksEventStore::open(directory.path().string(), Access::read, {});
        ASSERT_FALSE(opened) << "record at " << at;
        EXPECT_EQ(opened.error().code, ErrorCode::corruption) << opened.error().message;
        EXPECT_NE(opened.error().message.find("at byte " + std::to_string(at)), std::string::npos)
            << opened.error().message;
        at += 7U + static_cast<unsigned char>(whole[at + 4]) +
              256U * static_cast<unsigned char>(whole[at + 5]);
    }
    write(whole);
    EXPECT_TRUE(RocksEventStore::open(directory.path().string(), Access::read, {}));
}

TEST(SecondaryReader, follows_a_writer_and_shows_only_what_was_durable) {
    const TemporaryDirectory directory;
    StoreOptions options;
    options.database.wal_total_bytes = 512 * 1024;  // files come and go under the reader
    const auto writer = open_store(directory.path().string(), Access::create, options);
    const auto epoch = writer->acquire_writer_epoch().value();
    std::mutex mutex;
    std::map<std::uint64_t, Sha256> roots{{0, record::empty_root()}};
    std::atomic<bool> done = false;
    std::thread writing([&] {
        SampleLog log;
        for (int i = 0; i < 400; ++i) {
            const auto expected = log.head();
            const auto batch = log.batch(25, 20, 150);
            // The reader may see it as soon as it is durable, so its root is noted before.
            {
                const std::scoped_lock lock(mutex);
                roots[expected.value + 25] = {};
            }
            const auto head = append_to(*writer, batch, expected, epoch);
            if (!head) break;
            const std::scoped_lock lock(mutex);
            roots[head->position.value] = head->root;
        }
        done = true;
    });
    const auto reader = open_store(directory.path().string(), Access::read, options);
    std::uint64_t before = 0;
    std::uint64_t rounds = 0;
    bool last_round = false;
    do {
        last_round = done;
        const auto head = reader->head();
        if (!head) {
            ADD_FAILURE() << head.error().message;
            break;
        }
        EXPECT_GE(head->position.value, before);
        before = head->position.value;
        {
            const std::scoped_lock lock(mutex);
            const auto known = roots.find(before);
            EXPECT_NE(known, roots.end()) << "half a batch was shown";
            if (known != roots.end() && known->second != Sha256{}) {
                EXPECT_EQ(known->second, head->root);
            }
        }
        EXPECT_EQ(scan_all(*reader).size(), before);
        if (before > 0) {
            const auto proof = reader->inclusion_proof(Position{1}, before);
            EXPECT_TRUE(proof.has_value()) << proof.error().message;
        }
        ++rounds;
    } while (!last_round && !testing::Test::HasFailure());
    writing.join();
    EXPECT_EQ(before, 10'000U);
    EXPECT_GT(rounds, 2U);
    EXPECT_EQ(inspect(*reader, sample_log_id).value().findings_count, 0U);
}

// The writer has closed write-ahead logs and begun new ones: RocksDB, told to list them in its
// manifest, died of an assertion when it was opened for reading.
TEST(SecondaryReader, opens_a_log_whose_writer_has_gone_through_several_write_ahead_logs) {
    const TemporaryDirectory directory;
    StoreOptions options;
    options.database.wal_total_bytes = 256 * 1024;
    const auto writer = open_store(directory.path().string(), Access::create, options);
    const auto epoch = writer->acquire_writer_epoch().value();
    SampleLog log;
    for (std::uint64_t records = 0; records < 3'000; records += 25) {
        const auto expected = log.head();
        ASSERT_TRUE(append_to(*writer, log.batch(25, 20, 600), expected, epoch).has_value());
        if (records % 500 != 0) continue;
        const auto reader = open_store(directory.path().string(), Access::read, options);
        EXPECT_EQ(scan_all(*reader).size(), records + 25);
    }
}

TEST(SecondaryReader, shows_no_batch_that_nothing_names_as_durable) {
    const TemporaryDirectory directory;
    const auto path = directory.path().string();
    const auto writer = open_store(path, Access::create);
    const auto epoch = writer->acquire_writer_epoch().value();
    SampleLog log;
    std::unique_ptr<Image> early;
    for (int i = 0; i < 5; ++i) {
        if (i == 2) early = std::make_unique<Image>(directory.path());
        const auto expected = log.head();
        ASSERT_TRUE(append_to(*writer, log.batch(10), expected, epoch).has_value());
    }
    const Image image(directory.path());
    fs::copy_file(*early / "head", image / "head", fs::copy_options::overwrite_existing);
    const auto reader = open_store(image.path(), Access::read);
    // The head file says 20. The newest batch, 41 to 50, was appended to a durable 40; of itself
    // it cannot say so.
    EXPECT_EQ(reader->head().value().position, Position{40});
    EXPECT_EQ(scan_all(*reader).size(), 40U);
    EXPECT_EQ(reader->read(Position{41}).value(), std::nullopt);
    EXPECT_EQ(reader->find_receipt(SampleLog::command_id(41)).value(), std::nullopt);
    EXPECT_EQ(stream_positions(*reader, "s-" + SampleLog::padded(40), 1).size(), 0U);
    EXPECT_FALSE(reader->inclusion_proof(Position{41}, 50).has_value());
}

TEST(SecondaryReader, cannot_write) {
    const TemporaryDirectory directory;
    make_log(directory.path().string(), 1, 3);
    const auto reader = open_store(directory.path().string(), Access::read);
    EXPECT_EQ(reader->acquire_writer_epoch().error().code, ErrorCode::environment);
    SampleLog log;
    const auto refused = append_to(*reader, log.batch(1), Position{3}, 1);
    EXPECT_FALSE(refused.has_value());
}

TEST(SecondaryReader, leaves_nothing_behind_and_changes_nothing) {
    const TemporaryDirectory directory;
    make_log(directory.path().string(), 2, 3);
    const Image image(directory.path());
    const auto before = image.content();
    {
        const auto reader = open_store(image.path(), Access::read);
        EXPECT_EQ(scan_all(*reader).size(), 6U);
    }
    EXPECT_EQ(image.content(), before);
}

}  // namespace
}  // namespace jejak::storage
