// One altered byte in any file of a data directory is found, or changes nothing that is shown.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <fstream>
#include <random>
#include <set>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

namespace fs = std::filesystem;

// All that the program tells of a directory, whatever its exit codes.
std::string everything_shown(const fs::path& data) {
    std::string shown;
    for (const std::vector<std::string>& question :
         std::vector<std::vector<std::string>>{{"list", "--json"},
                                               {"board", "--period", "2025", "--json"},
                                               {"policy", "list", "--json"},
                                               {"show", "sofifi-2025-001", "--json"},
                                               {"history", "sofifi-2025-001", "--json"},
                                               {"export", "--format", "jsonl"}}) {
        const Ran ran = run(data, question);
        shown += std::to_string(ran.exit_code) + ran.out;
    }
    return shown;
}

void flip(const fs::path& file, std::uintmax_t offset, char mask) {
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekg(static_cast<std::streamoff>(offset));
    const char byte = static_cast<char>(stream.get() ^ mask);
    stream.seekp(static_cast<std::streamoff>(offset));
    stream.put(byte);
    ASSERT_TRUE(stream.good()) << file;
}

// The first and the last byte, and some in between.
std::set<std::uintmax_t> places_in(std::uintmax_t size, std::mt19937& random) {
    std::set<std::uintmax_t> places{0, size - 1};
    for (int i = 0; i < 8; ++i)
        places.insert(random() % size);
    return places;
}

std::uintmax_t bytes_of_write_ahead_log(const fs::path& data) {
    std::uintmax_t bytes = 0;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(data / "db", ignored)) {
        if (entry.path().extension() == ".log") bytes += entry.file_size(ignored);
    }
    return bytes;
}

// An import that was killed: what it acknowledged stands in RocksDB's write-ahead log alone.
void import_and_kill(const fs::path& data) {
    std::vector<std::string> arguments = {"import"};
    for (const char* name : {"sofifi", "gunungkidul", "bukitintan", "lampung-capaian"}) {
        arguments.push_back(sample(std::string(name) + ".jsonl"));
    }
    const pid_t child = start(data, std::move(arguments));
    while (bytes_of_write_ahead_log(data) < 150'000 && ::waitpid(child, nullptr, WNOHANG) == 0) {
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ASSERT_GE(bytes_of_write_ahead_log(data), 150'000U)
        << "the import ended before it could be killed: give it more to do";
}

class Damage : public testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        if (GetParam()) {
            import_and_kill(original_.data());
        } else {
            ASSERT_EQ(run(original_.data(), {"import", sample("sofifi.jsonl")}).exit_code, 0);
        }
        expected_ = everything_shown(original_.data());
        ASSERT_EQ(run(original_.data(), {"verify"}).exit_code, 0);
    }
    Scratch original_;
    std::string expected_;
};

TEST_P(Damage, of_one_byte_is_named_or_changes_nothing_that_is_shown) {
    std::mt19937 random(20'251'122);
    int found = 0;
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(original_.data())) {
        if (!entry.is_regular_file() || entry.file_size() == 0) continue;
        ++files;
        const fs::path name = fs::relative(entry.path(), original_.data());
        for (const std::uintmax_t place : places_in(entry.file_size(), random)) {
            const std::string where = name.string() + " at " + std::to_string(place);
            SCOPED_TRACE(where);
            const Scratch copy;
            fs::copy(original_.data(), copy.data(), fs::copy_options::recursive);
            flip(copy.data() / name, place, static_cast<char>(1 << random() % 8));
            const Ran verified = run(copy.data(), {"verify"});
            if (verified.exit_code != 0) {
                ++found;
                EXPECT_TRUE(verified.exit_code == 1 || verified.exit_code == 3)
                    << "verify ended with " << verified.exit_code << ": " << verified.err;
                EXPECT_FALSE(verified.out.empty() && verified.err.empty()) << "found in silence";
                const std::string words = verified.out + verified.err;
                EXPECT_TRUE(words.find(copy.data().string()) != std::string::npos ||
                            words.find("position") != std::string::npos)
                    << "nothing is named in: " << words;
            } else {
                EXPECT_EQ(everything_shown(copy.data()), expected_) << "verify saw nothing";
            }
        }
    }
    EXPECT_GT(files, 8U);
    EXPECT_GT(found, 20) << "hardly any flip was found: " << found;
}

std::string name_of(const testing::TestParamInfo<bool>& tested) {
    return tested.param ? "left_by_a_killed_import" : "closed_in_order";
}

INSTANTIATE_TEST_SUITE_P(OfADirectory, Damage, testing::Bool(), name_of);

}  // namespace
}  // namespace jejak::cli
