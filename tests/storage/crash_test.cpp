// A process that writes is killed; what it said was written must be there.
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <random>

#include "storage/inspect.hpp"
#include "tests/storage/rocks_holder.hpp"

namespace jejak::storage {
namespace {

using Access = RocksEventStore::Access;

constexpr const char* directory_variable = "JEJAK_CRASH_DIRECTORY";
constexpr int answers_descriptor = 3;  // where the child says which positions are acknowledged

// The batches of a log are the same in the child and in its parent.
AppendBatch next_batch(SampleLog& log) {
    return log.batch(1 + log.head().value % 37, 20, 120);
}

// Not a test: the body of the process that is killed.
TEST(CrashChild, DISABLED_appends_until_it_is_killed) {
    const char* directory = ::getenv(directory_variable);
    if (directory == nullptr) GTEST_SKIP() << "run by the tests of this file only";
    StoreOptions options;
    options.database.wal_total_bytes = 256 * 1024;
    for (;;) {
        const auto store = open_store(directory, Access::create, options);
        ASSERT_NE(store, nullptr);
        const auto epoch = store->acquire_writer_epoch().value();
        const std::uint64_t begin = store->head().value().position.value;
        SampleLog log;
        while (log.head().value < begin)
            next_batch(log);
        for (int i = 0; i < 60; ++i) {
            const auto expected = log.head();
            const auto head = append_to(*store, next_batch(log), expected, epoch);
            ASSERT_TRUE(head.has_value()) << head.error().message;
            const std::uint64_t position = head->position.value;
            ASSERT_EQ(::write(answers_descriptor, &position, sizeof position),
                      static_cast<ssize_t>(sizeof position));
        }
    }
}

struct Child {
    pid_t pid = 0;
    int answers = -1;
};

Child start_child(const std::string& directory) {
    std::array<int, 2> pipe_ends{};
    EXPECT_EQ(::pipe(pipe_ends.data()), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], answers_descriptor);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
    ::setenv(directory_variable, directory.c_str(), 1);
    std::string program = "/proc/self/exe";
    std::string filter = "--gtest_filter=CrashChild.DISABLED_*";
    std::string also = "--gtest_also_run_disabled_tests";
    std::array<char*, 4> arguments{program.data(), filter.data(), also.data(), nullptr};
    Child child;
    EXPECT_EQ(
        ::posix_spawn(&child.pid, program.c_str(), &actions, nullptr, arguments.data(), environ),
        0);
    posix_spawn_file_actions_destroy(&actions);
    ::unsetenv(directory_variable);
    ::close(pipe_ends[1]);
    child.answers = pipe_ends[0];
    return child;
}

// Lets the child answer `answers` times, kills it, and gives the last position it acknowledged.
std::uint64_t kill_after(const Child& child, std::size_t answers) {
    std::uint64_t position = 0;
    std::uint64_t read_position = 0;
    std::size_t seen = 0;
    while (::read(child.answers, &read_position, sizeof read_position) ==
           static_cast<ssize_t>(sizeof read_position)) {
        position = read_position;
        if (++seen == answers) ::kill(child.pid, SIGKILL);
    }
    int status = 0;
    ::waitpid(child.pid, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child failed by itself: run the disabled test alone";
    ::close(child.answers);
    return position;
}

TEST(KilledProcess, loses_nothing_that_it_acknowledged_however_often_it_is_killed) {
    const TemporaryDirectory directory;
    const auto path = directory.path().string();
    std::mt19937 random(20);
    for (int round = 0; round < 8; ++round) {
        const std::uint64_t acknowledged = kill_after(start_child(path), 1 + random() % 200);
        SCOPED_TRACE("round " + std::to_string(round) + ", acknowledged up to " +
                     std::to_string(acknowledged));
        const auto store = open_store(path, Access::write);
        ASSERT_NE(store, nullptr);
        const auto head = store->head().value().position;
        ASSERT_GE(head.value, acknowledged) << "acknowledged records are gone";
        SampleLog log;
        std::vector<Record> expected;
        while (log.head() < head) {
            for (Record& record : next_batch(log).records)
                expected.push_back(std::move(record));
        }
        ASSERT_EQ(log.head(), head) << "half a batch is there";
        const auto records = scan_all(*store);
        ASSERT_EQ(records.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            ASSERT_EQ(records[i].second, expected[i].bytes);
        }
        EXPECT_EQ(inspect(*store, sample_log_id).value().findings_count, 0U);
    }
}

}  // namespace
}  // namespace jejak::storage
