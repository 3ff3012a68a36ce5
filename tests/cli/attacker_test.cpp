// An attacker who is a party runs every command that reads, on two logs that differ in nothing but
// which of three colleagues gave which ratings, and cannot tell them apart.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <regex>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

constexpr const char* token = "sofifi-2025-001";

// The sample, and the same with the ratings of two peers exchanged.
std::vector<std::string> requests_of(bool exchanged) {
    std::ifstream file(sample("sofifi.jsonl"));
    std::vector<std::string> lines;
    std::vector<std::size_t> peers;
    for (std::string line; std::getline(file, line);) {
        const auto request = boost::json::parse(line);
        if (request.at("command") == "give_feedback" && request.at("appraisal") == token) {
            peers.push_back(lines.size());
        }
        lines.push_back(line);
    }
    if (!exchanged) return lines;
    auto first = boost::json::parse(lines.at(peers.at(0)));
    auto last = boost::json::parse(lines.at(peers.at(2)));
    EXPECT_NE(first.at("data").at("ratings"), last.at("data").at("ratings"));
    std::swap(first.at("data").at("ratings"), last.at("data").at("ratings"));
    lines[peers[0]] = boost::json::serialize(first);
    lines[peers[2]] = boost::json::serialize(last);
    return lines;
}

// Moments, and names that are drawn by lot in each log, are no answer.
std::string masked(const std::string& text) {
    static const std::regex moment(R"(\d{4}-\d\d-\d\dT[0-9:.]+Z)");
    static const std::regex pseudonym("[0-9a-f]{32}");
    return std::regex_replace(std::regex_replace(text, moment, "T"), pseudonym, "P");
}

class Attacker : public testing::Test {
  protected:
    void SetUp() override {
        for (const bool exchanged : {false, true}) {
            std::string text;
            for (const auto& line : requests_of(exchanged))
                text += line + "\n";
            auto& world = exchanged ? second_ : first_;
            const Ran ran = run(world.data(), {"import", world.file("in.jsonl", text)});
            ASSERT_EQ(ran.exit_code, 0) << ran.err;
        }
        const auto shown =
            boost::json::parse(lines_of(run(first_.data(), {"show", token, "--json"}).out).at(0));
        for (const char* party : {"subject", "supervisor", "superior"})
            parties_.emplace_back(shown.at(party).as_string());
        versions_ = shown.at("version").as_int64();
    }
    // Every read of one appraisal, at every point of its history.
    [[nodiscard]] std::vector<std::vector<std::string>> reads() const {
        std::vector<std::vector<std::string>> all = {{"history", token},
                                                     {"diff", token},
                                                     {"dispute", token},
                                                     {"what-if", token, "--without", "peer"},
                                                     {"what-if", token, "--set", "teknis_hasil=5"},
                                                     {"what-if", token, "--leave-one-out"},
                                                     {"diff", token, "--with", "sofifi-2025-002"}};
        for (std::int64_t version = 1; version <= versions_; ++version) {
            const auto at = std::to_string(version);
            for (const char* command : {"show", "explain", "history", "what-if"})
                all.push_back({command, token, "--at-version", at});
        }
        all.push_back({"export"});
        return all;
    }

    Scratch first_, second_;
    std::vector<std::string> parties_;
    std::int64_t versions_ = 0;
};

TEST_F(Attacker, who_is_a_party_learns_from_no_command_what_one_rater_gave) {
    for (const auto& party : parties_) {
        for (auto read : reads()) {
            read.insert(read.end(), {"--for", party});
            if (read.front() != "export") read.emplace_back("--json");
            const Ran one = run(first_.data(), read), other = run(second_.data(), read);
            EXPECT_EQ(one.exit_code, other.exit_code);
            ASSERT_EQ(masked(one.out), masked(other.out)) << read.front() << " for " << party;
            ASSERT_EQ(masked(one.err), masked(other.err)) << read.front() << " for " << party;
        }
    }
}

TEST_F(Attacker, who_is_an_auditor_tells_the_two_logs_apart_so_that_this_test_can_fail) {
    const std::vector<std::string> read = {"history", token, "--json", "--role", "auditor"};
    EXPECT_NE(masked(run(first_.data(), read).out), masked(run(second_.data(), read).out));
    const std::vector<std::string> exported = {"export", "--role", "auditor"};
    EXPECT_NE(masked(run(first_.data(), exported).out), masked(run(second_.data(), exported).out));
    const std::vector<std::string> alone = {"what-if", token, "--leave-one-out", "--json"};
    EXPECT_NE(run(first_.data(), alone).out, run(second_.data(), alone).out);
}

}  // namespace
}  // namespace jejak::cli
