// tools/quickstart, as a newcomer runs it, with the program that these tests were built with.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

Ran quickstart(const Scratch& scratch) {
    return run_program({JEJAK_SOURCE_DIR "/tools/quickstart"},
                       {{"JEJAK_BINARY", JEJAK_BINARY}, {"JEJAK_DATA", scratch.data().string()}});
}

TEST(Quickstart, imports_every_sample_verifies_and_says_what_to_try_next) {
    const Scratch scratch;
    const Ran first = quickstart(scratch);
    ASSERT_EQ(first.exit_code, 0) << first.out << first.err;
    for (const char* words : {"judges", "Score ", "ok: nothing was removed or changed",
                              "The log lives in", "Try next"}) {
        EXPECT_NE(first.out.find(words), std::string::npos) << words << " is missing in\n"
                                                            << first.out;
    }
    const std::string list = run(scratch.data(), {"list", "--json"}).out;
    const Ran again = quickstart(scratch);
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(run(scratch.data(), {"list", "--json"}).out, list)
        << "a second run changed something";
}

}  // namespace
}  // namespace jejak::cli
