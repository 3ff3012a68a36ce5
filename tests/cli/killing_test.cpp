// A process killed in the middle of an import, and the same import again.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <boost/json.hpp>
#include <chrono>
#include <random>
#include <thread>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

using Steady = std::chrono::steady_clock;

// 60 people rated by 12 others each: some 900 commands.
std::string table_of_ratings() {
    std::string text = "s,d,dept,y\n";
    std::mt19937 random(7);
    for (int ratee = 1; ratee <= 60; ++ratee) {
        for (int rater = 1; rater <= 12; ++rater) {
            text += std::to_string(1'000 + rater * 7 + ratee % 5) + "," + std::to_string(ratee) +
                    "," + std::to_string(ratee % 4) + "," + std::to_string(random() % 5 + 1) + "\n";
        }
    }
    return text;
}

std::vector<std::string> import_of(const std::string& file) {
    return {"import",
            "--format",
            "ratings",
            "--map",
            "ratee=d,rater=s,unit=dept,score=y",
            "--scale",
            "1:5",
            "--policy",
            "feedback-mean",
            "--criterion",
            "mengajar",
            "--period",
            "2025",
            file};
}

// Kills the import after `wait`, unless it has ended before. True if the kill met it.
bool killed_after(const Scratch& scratch, const std::string& file, Steady::duration wait) {
    const pid_t child = start(scratch.data(), import_of(file));
    std::this_thread::sleep_for(wait);  // the moment of the crash, not a wait for a result
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

TEST(Killing, in_the_middle_of_an_import_loses_nothing_that_importing_again_does_not_bring) {
    const Scratch whole;
    const auto file = whole.file("ratings.csv", table_of_ratings());
    const auto started = Steady::now();
    ASSERT_EQ(run(whole.data(), import_of(file)).exit_code, 0);
    // How long an import may still be waited for. This one may have been slow beside other work, so
    // it is halved whenever an import ended before it could be killed.
    auto takes = Steady::now() - started;
    const std::string expected = run(whole.data(), {"list", "--json"}).out;
    ASSERT_EQ(lines_of(expected).size(), 60U);

    std::mt19937 random(20'251'122);
    int kills = 0;
    for (int life = 0; life < 5 || (kills < 5 && life < 40); ++life) {
        const Scratch scratch;
        // Killed again and again on the way, at moments that fall all over the import.
        for (int attempt = 0; attempt < 3; ++attempt) {
            const auto wait = takes * static_cast<int>(random() % 90 + 5) / 100;
            const bool met = killed_after(scratch, file, wait);
            kills += met ? 1 : 0;
            takes = met ? takes : takes / 2;
            const Ran verified = run(scratch.data(), {"verify"});
            const bool made = std::filesystem::exists(scratch.data() / "head");
            EXPECT_EQ(verified.exit_code, made ? 0 : 3)
                << "a killed import left a log that is not whole: " << verified.err;
            EXPECT_TRUE(made || verified.err.find("jejak import") != std::string::npos)
                << "no remedy in: " << verified.err;
        }
        const Ran again = run(scratch.data(), import_of(file));
        ASSERT_EQ(again.exit_code, 0) << again.err;
        EXPECT_EQ(run(scratch.data(), {"list", "--json"}).out, expected);
        const Ran verified = run(scratch.data(), {"verify", "--json"});
        EXPECT_EQ(verified.exit_code, 0) << verified.err;
        EXPECT_EQ(boost::json::parse(lines_of(verified.out).at(0)).at("results_recomputed"), 60);
    }
    EXPECT_GE(kills, 5) << "no import could be killed on its way: make the table longer";
}

}  // namespace
}  // namespace jejak::cli
