#include "adapters/access/read_log.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "adapters/access/private_file.hpp"
#include "storage/manual_clock.hpp"
#include "tests/adapters/access_scratch.hpp"
#include "tests/adapters/says.hpp"

namespace jejak::access {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::minutes;

const Instant hour_8 = *parse_instant("2026-11-22T08:00:00Z");

class ReadLogTest : public testing::Test {
  protected:
    std::unique_ptr<ReadLog> open(std::size_t entries_max = ReadLog::entries_max_by_default) {
        return ReadLog::open(reads_, clock_, entries_max).value();
    }
    [[nodiscard]] std::string november() const { return text_of(reads_ / "2026-11.jsonl"); }
    [[nodiscard]] std::vector<ReadsOfAnHour> recorded(const std::string& appraisal) const {
        return recorded_reads(reads_, appraisal).value();
    }
    // The disk refuses: where the file should be made, there is something else.
    void block() { fs::create_directory(reads_ / "2026-11.jsonl"); }
    void unblock() { fs::remove(reads_ / "2026-11.jsonl"); }

    ScratchDirectory directory_;
    fs::path reads_ = directory_.path() / "reads";
    storage::ManualClock clock_{*parse_instant("2026-11-22T08:17:00Z")};
};

TEST_F(ReadLogTest, says_who_read_an_appraisal_and_how_often_in_each_hour) {
    const auto log = open();
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "history"));
    ASSERT_TRUE(log->note("nip:2", "", "a-1", "view"));
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-2", "view"));
    clock_.advance(hours(1));
    ASSERT_TRUE(log->note("", "administrator", "a-1", "view"));
    const Instant hour_9 = *parse_instant("2026-11-22T09:00:00Z");
    EXPECT_EQ(log->of("a-1").value(),
              (std::vector<ReadsOfAnHour>{
                  {hour_8, "nip:2", "", "a-1", {{"view", 1}}},
                  {hour_8, "nip:2", "auditor", "a-1", {{"history", 1}, {"view", 3}}},
                  {hour_9, "", "administrator", "a-1", {{"view", 1}}}}));
    EXPECT_TRUE(log->of("a-3").value().empty());
}

TEST_F(ReadLogTest, writes_one_line_for_what_is_alike_in_an_hour) {
    const auto log = open();
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    ASSERT_TRUE(log->note("nip:3", "auditor", "a-1", "view"));
    EXPECT_FALSE(fs::exists(reads_ / "2026-11.jsonl"));
    ASSERT_TRUE(log->flush());
    EXPECT_EQ(november(),
              "{\"hour\":\"2026-11-22T08:00:00Z\",\"reader\":\"nip:2\",\"office\":\"auditor\","
              "\"appraisal\":\"a-1\",\"counts\":{\"view\":5}}\n"
              "{\"hour\":\"2026-11-22T08:00:00Z\",\"reader\":\"nip:3\",\"office\":\"auditor\","
              "\"appraisal\":\"a-1\",\"counts\":{\"view\":1}}\n");
    EXPECT_EQ(log->unflushed(), 0u);
    ASSERT_TRUE(log->flush());
    EXPECT_EQ(recorded("a-1").size(), 2u);
}

TEST_F(ReadLogTest, adds_up_what_was_flushed_at_different_times_and_what_was_not) {
    const auto log = open();
    for (int i = 1; i <= 3; ++i) {
        ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
        ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", i == 2 ? "history" : "view"));
        if (i < 3) {
            ASSERT_TRUE(log->flush());
        }
    }
    EXPECT_EQ(log->of("a-1").value(),
              (std::vector<ReadsOfAnHour>{
                  {hour_8, "nip:2", "auditor", "a-1", {{"history", 1}, {"view", 5}}}}));
}

TEST_F(ReadLogTest, flushes_when_the_hour_is_over_and_at_its_end) {
    {
        const auto log = open();
        ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
        clock_.advance(minutes(42));
        ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
        EXPECT_TRUE(recorded("a-1").empty());
        clock_.advance(minutes(1));
        ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
        EXPECT_EQ(recorded("a-1").size(), 1u);
        EXPECT_EQ(log->unflushed(), 1u);
    }
    EXPECT_EQ(recorded("a-1").size(), 2u);
}

TEST_F(ReadLogTest, keeps_a_file_for_each_month) {
    const auto log = open();
    clock_.set(*parse_instant("2026-11-30T23:59:59Z"));
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    clock_.set(*parse_instant("2026-12-01T00:00:00Z"));
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    ASSERT_TRUE(log->flush());
    put(reads_ / "notes.txt", "not ours\n");
    put(reads_ / "2026-1x.jsonl", "not ours\n");
    const auto reads = recorded("a-1");
    ASSERT_EQ(reads.size(), 2u);
    EXPECT_EQ(to_text(reads[0].hour), "2026-11-30T23:00:00Z");
    EXPECT_EQ(to_text(reads[1].hour), "2026-12-01T00:00:00Z");
    EXPECT_TRUE(fs::exists(reads_ / "2026-12.jsonl"));
}

TEST_F(ReadLogTest, is_for_its_owner_only) {
    const auto log = open();
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    ASSERT_TRUE(log->flush());
    EXPECT_EQ(rights_of(reads_), 0700u);
    EXPECT_EQ(rights_of(reads_ / "2026-11.jsonl"), 0600u);
    give_rights(reads_ / "2026-11.jsonl", 0640);
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    EXPECT_TRUE(says(log->flush().error().message, "chmod 600"));
    give_rights(reads_ / "2026-11.jsonl", 0600);
    EXPECT_TRUE(log->flush());
    give_rights(reads_, 0750);
    const auto other = ReadLog::open(reads_, clock_);
    ASSERT_FALSE(other);
    EXPECT_TRUE(says(other.error().message, "chmod 700 " + reads_.string()));
}

TEST_F(ReadLogTest, leaves_out_a_line_that_a_crash_cut_and_goes_on_behind_it) {
    {
        const auto log = open();
        ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    }
    const std::string whole = november();
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        put(reads_ / "2026-11.jsonl", whole + whole.substr(0, size));
        ASSERT_EQ(recorded("a-1").size(), 1u) << size;
        EXPECT_EQ(recorded("a-1")[0].counts.at("view"), 1u) << size;
        const auto log = open();
        ASSERT_TRUE(log->note("nip:3", "auditor", "a-1", "view"));
        ASSERT_TRUE(log->flush());
        ASSERT_EQ(recorded("a-1").size(), 2u) << size;
    }
    put(reads_ / "2026-11.jsonl", "{\"hour\"");
    const auto log = open();
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    ASSERT_TRUE(log->flush());
    EXPECT_EQ(november(), whole);
}

TEST_F(ReadLogTest, names_a_line_that_is_none_of_ours) {
    {
        const auto log = open();
        ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    }
    const std::string whole = november();
    for (const std::string& line : std::vector<std::string>{
             "{\"appraisal\":\"a-1\"}", whole.substr(5, whole.size() - 6),
             "{\"hour\":\"2026-11-22T08:00:00Z\",\"reader\":\"nip:2\",\"office\":\"auditor\","
             "\"appraisal\":\"a-1\",\"counts\":{\"view\":-5}}"}) {
        put(reads_ / "2026-11.jsonl", whole + line + "\n" + whole);
        const auto reads = recorded_reads(reads_, "a-1");
        ASSERT_FALSE(reads) << line;
        EXPECT_EQ(reads.error().code, ErrorCode::corruption);
        EXPECT_TRUE(says(reads.error().message, "2026-11.jsonl:2: is no line"));
    }
    EXPECT_TRUE(recorded("a-2").empty()) << "others are not kept from their answer";
}

TEST_F(ReadLogTest, keeps_all_in_memory_while_the_disk_refuses) {
    const auto log = open();
    block();
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    const auto refused = log->flush();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::environment);
    clock_.advance(hours(1));
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    EXPECT_EQ(log->unflushed(), 2u);
    unblock();
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    EXPECT_EQ(log->unflushed(), 2u) << "it is tried again after a minute, not at every read";
    clock_.advance(minutes(1));
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    EXPECT_EQ(log->unflushed(), 1u);
    ASSERT_TRUE(log->flush());
    const auto reads = recorded("a-1");
    ASSERT_EQ(reads.size(), 2u);
    EXPECT_EQ(reads[0].counts.at("view"), 1u);
    EXPECT_EQ(reads[1].counts.at("view"), 3u);
}

TEST_F(ReadLogTest, writes_nothing_twice_when_the_disk_takes_one_month_and_not_the_next) {
    const auto log = open();
    clock_.set(*parse_instant("2026-12-01T00:30:00Z"));
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    clock_.set(*parse_instant("2026-11-30T23:30:00Z"));
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    fs::create_directory(reads_ / "2026-12.jsonl");
    ASSERT_FALSE(log->flush());
    EXPECT_EQ(log->unflushed(), 1u);
    fs::remove(reads_ / "2026-12.jsonl");
    ASSERT_TRUE(log->flush());
    const auto reads = recorded("a-1");
    ASSERT_EQ(reads.size(), 2u);
    EXPECT_EQ(reads[0].counts.at("view"), 1u);
    EXPECT_EQ(reads[1].counts.at("view"), 1u);
}

TEST_F(ReadLogTest, counts_what_is_read_while_the_disk_refuses) {
    const auto log = open();
    block();
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    std::atomic<bool> is_done = false;
    std::thread reader([&] {
        for (int i = 1; i < 20'000; ++i)
            EXPECT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
        is_done = true;
    });
    int tries = 0, refusals = 0;
    for (; !is_done; ++tries)
        refusals += log->flush() ? 0 : 1;
    reader.join();
    EXPECT_EQ(refusals, tries);
    unblock();
    ASSERT_TRUE(log->flush());
    EXPECT_EQ(recorded("a-1").at(0).counts.at("view"), 20'000u);
}

TEST_F(ReadLogTest, flushes_early_when_memory_is_full_and_refuses_when_that_fails) {
    const auto log = open(3);
    for (int i = 0; i < 10; ++i)
        ASSERT_TRUE(log->note("nip:2", "auditor", "a-" + std::to_string(i), "view"));
    EXPECT_EQ(log->unflushed(), 1u);
    ASSERT_TRUE(log->flush());
    fs::remove(reads_ / "2026-11.jsonl");
    block();
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(log->note("nip:2", "auditor", "b-" + std::to_string(i), "view"));
    EXPECT_EQ(log->note("nip:2", "auditor", "b-3", "view").error().code, ErrorCode::environment);
    EXPECT_TRUE(log->note("nip:2", "auditor", "b-2", "view")) << "what is known needs no room";
    EXPECT_EQ(log->unflushed(), 3u);
    unblock();
    EXPECT_TRUE(log->note("nip:2", "auditor", "b-3", "view"));
    EXPECT_EQ(log->of("b-2").value()[0].counts.at("view"), 2u);
}

TEST_F(ReadLogTest, takes_only_what_can_be_read_back) {
    const auto log = open();
    EXPECT_TRUE(says(log->note("", "", "a-1", "view").error().message, "a reader or an office"));
    EXPECT_FALSE(log->note("nip:\n", "", "a-1", "view"));
    EXPECT_FALSE(log->note("nip:\xC3", "", "a-1", "view"));
    EXPECT_FALSE(log->note(std::string(201, 'x'), "", "a-1", "view"));
    EXPECT_TRUE(says(log->note("nip:2", "", "", "view").error().message, "with an appraisal"));
    EXPECT_FALSE(log->note("nip:2", "", "a-1", ""));
    EXPECT_FALSE(log->note("nip:2", "", "a-1", "View"));
    EXPECT_EQ(log->unflushed(), 0u);
    const std::string strange = R"(a"\/,"appraisal":"a-1)";
    ASSERT_TRUE(log->note(strange, strange, strange, "view"));
    ASSERT_TRUE(log->flush());
    EXPECT_TRUE(recorded("a-1").empty());
    EXPECT_EQ(log->of(strange).value()[0].reader, strange);
}

TEST_F(ReadLogTest, survives_a_clock_that_is_set_back) {
    const auto log = open();
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    clock_.set(*parse_instant("1969-12-31T23:30:00Z"));
    ASSERT_TRUE(log->note("nip:2", "auditor", "a-1", "view"));
    ASSERT_TRUE(log->flush());
    const auto reads = recorded("a-1");
    ASSERT_EQ(reads.size(), 2u);
    EXPECT_EQ(to_text(reads[0].hour), "1969-12-31T23:00:00Z");
}

TEST_F(ReadLogTest, counts_every_read_of_several_threads) {
    const auto log = open(50);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                EXPECT_TRUE(log->note("nip:" + std::to_string(t), "", "a-1", "view"));
                EXPECT_TRUE(log->note("nip:9", "", "b-" + std::to_string(i), "view"));
                if (i % 100 == t) {
                    EXPECT_TRUE(log->of("a-1"));
                }
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    std::uint64_t total = 0;
    for (const auto& reads : log->of("a-1").value())
        total += reads.counts.at("view");
    EXPECT_EQ(total, 2'000u);
    EXPECT_EQ(log->of("b-7").value().at(0).counts.at("view"), 4u);
}

TEST(PrivateFile, is_not_written_through_a_link) {
    ScratchDirectory directory;
    put(directory.path() / "elsewhere", "");
    fs::create_symlink(directory.path() / "elsewhere", directory.path() / "link");
    EXPECT_FALSE(append_privately(directory.path() / "link", "x\n"));
    EXPECT_EQ(text_of(directory.path() / "elsewhere"), "");
}

TEST(PrivateFile, finds_the_last_line_feed_however_far_back_it_is) {
    ScratchDirectory directory;
    const auto path = directory.path() / "file";
    for (const std::size_t size : {1u, 4095u, 4096u, 4097u, 20'000u}) {
        put(path, "one\n" + std::string(size, 'x'));
        ASSERT_TRUE(append_privately(path, "two\n"));
        EXPECT_EQ(text_of(path), "one\ntwo\n") << size;
        put(path, std::string(size, 'x'));
        ASSERT_TRUE(append_privately(path, "two\n"));
        EXPECT_EQ(text_of(path), "two\n") << size;
    }
}

TEST(PrivateFile, is_read_up_to_its_limit) {
    ScratchDirectory directory;
    put(directory.path() / "file", "12345");
    EXPECT_EQ(read_private_file(directory.path() / "file", 5).value(), "12345");
    EXPECT_TRUE(
        says(read_private_file(directory.path() / "file", 4).error().message, "more than 4 bytes"));
}

}  // namespace
}  // namespace jejak::access
