#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

const std::vector<std::string> ratings_flags = {
    "import",        "--format", "ratings",     "--map",    "ratee=d,rater=s,unit=dept,score=y",
    "--scale",       "1:5",      "--criterion", "mengajar", "--policy",
    "feedback-mean", "--period", "2025"};

std::vector<std::string> ratings(const std::string& path, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = ratings_flags;
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.push_back(path);
    return arguments;
}

TEST(Importing, takes_a_table_of_ratings_once) {
    const Scratch scratch;
    const auto file = scratch.file("r.csv", "s,d,dept,y\n1,98,2,4\n98,98,2,5\n1,99,2,3\n");
    const Ran first = run(scratch.data(), ratings(file, {"--json"}));
    ASSERT_EQ(first.exit_code, 0) << first.err;
    EXPECT_EQ(boost::json::parse(first.out).at("refused").as_int64(), 0);
    const Ran list = run(scratch.data(), {"list", "--json"});
    const auto lines = lines_of(list.out);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(boost::json::parse(lines[0]).at("subject").as_string(), "d:98");
    EXPECT_EQ(boost::json::parse(lines[0]).at("final").at("score").as_string(), "4.5000");
    const Ran again = run(scratch.data(), ratings(file, {"--json"}));
    EXPECT_EQ(boost::json::parse(again.out).at("records_added").as_int64(), 0);
    EXPECT_EQ(again.exit_code, 0) << again.err;
}

TEST(Importing, takes_semicolons_decimal_commas_quotes_and_a_byte_order_mark) {
    const Scratch scratch;
    const auto file =
        scratch.file("judges.csv", "\xEF\xBB\xBF\"ratee\";A;B\n\"J 1\";7,5;8\nJ2;\"6,25\";9\n");
    const Ran ran = run(scratch.data(), {"import", "--format", "scores", "--map", "ratee=ratee",
                                         "--criteria", "A,B", "--policy", "feedback-mean",
                                         "--scale", "0:10", "--period", "2025", file});
    // feedback-mean rates 1..5: the rows are right, the policy says no, and the program says which.
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_NE(ran.out.find("rating_not_valid"), std::string::npos) << ran.out << ran.err;
}

TEST(Importing, a_dry_run_names_line_and_column_of_every_fault_and_writes_nothing) {
    const Scratch scratch;
    const auto file = scratch.file("r.csv", "s,d,dept,y\n1,98,2,4\n2,98,2,9\n3,,2,3\n1,98,2,4\n");
    const Ran ran = run(scratch.data(), ratings(file, {"--dry-run"}));
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_NE(ran.err.find("line 3, column 4"), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("line 4, column 2"), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("line 5"), std::string::npos) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(scratch.data()));
    // Without --dry-run a table with a wrong row is not taken either.
    EXPECT_EQ(run(scratch.data(), ratings(file)).exit_code, 1);
    EXPECT_FALSE(std::filesystem::exists(scratch.data()));
}

TEST(Importing, counts_refusals_by_rule_goes_on_and_answers_in_order) {
    const Scratch scratch;
    for (const char* name :
         {"lampung-kompetensi", "bukitintan", "lampung-capaian", "sofifi", "gunungkidul"}) {
        const Ran ran = run(scratch.data(), {"import", sample(std::string(name) + ".jsonl")});
        ASSERT_EQ(ran.exit_code, 0) << name << ": " << ran.out << ran.err;
    }
    const auto answers = scratch.file("answers", "");
    const Ran refused =
        run(scratch.data(), {"import", sample("refused.jsonl"), "--answers", answers, "--json"});
    EXPECT_EQ(refused.exit_code, 1);
    const auto tally = boost::json::parse(refused.out);
    EXPECT_EQ(tally.at("refused").as_int64(), tally.at("commands").as_int64());
    EXPECT_GT(tally.at("refused_by_rule").as_object().size(), 3U);
    EXPECT_EQ(run(scratch.data(), {"verify"}).exit_code, 0);
}

TEST(Importing, reads_standard_input_and_reports_lines_that_are_no_commands) {
    const Scratch scratch;
    const std::string input =
        "{\"command\":\"open_apraisal\"}\nnot json\n"
        "{\"command\":\"open_appraisal\",\"appraisal\":\"x-198501012010011001\",\"data\":{}}\n";
    const Ran ran = run(scratch.data(), {"import", "-"}, input);
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_NE(ran.err.find("-:1:"), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("open_appraisal"), std::string::npos) << "no suggestion: " << ran.err;
    EXPECT_NE(ran.err.find("-:2:"), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("NIP"), std::string::npos) << ran.err;
}

TEST(Importing, a_dry_run_of_commands_names_lines_and_writes_nothing) {
    const Scratch scratch;
    const Ran good = run(scratch.data(), {"import", "--dry-run", sample("sofifi.jsonl")});
    EXPECT_EQ(good.exit_code, 0) << good.err;
    EXPECT_NE(good.out.find("222 commands are in order"), std::string::npos) << good.out;
    const Ran wrong = run(scratch.data(), {"import", "--dry-run", "-"}, "{\"command\":\"x\"}\n");
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_NE(wrong.err.find("-:1:"), std::string::npos) << wrong.err;
    EXPECT_FALSE(std::filesystem::exists(scratch.data()));
}

TEST(Importing, says_what_is_wrong_with_files_flags_and_directories) {
    const Scratch scratch;
    EXPECT_EQ(run(scratch.data(), {"import", "/nowhere/x.jsonl"}).exit_code, 3);
    EXPECT_EQ(run(scratch.data(), {"import"}).exit_code, 2);
    EXPECT_EQ(run(scratch.data(), {"impotr", "x"}).exit_code, 2);
    const auto table = scratch.file("r.csv", "s,d,dept,y\n1,98,2,4\n");
    const Ran unknown =
        run(scratch.data(),
            {"import", "--format", "ratings", "--map", "ratee=who,rater=s,score=y", "--criterion",
             "c", "--policy", "feedback-mean", "--period", "2025", table});
    EXPECT_NE(unknown.exit_code, 0);
    EXPECT_NE(unknown.err.find("who"), std::string::npos) << unknown.err;
    const Ran policy =
        run(scratch.data(), {"import", "--format", "ratings", "--map", "ratee=d,rater=s,score=y",
                             "--criterion", "c", "--policy", "nope", "--period", "2025", table});
    EXPECT_NE(policy.err.find("feedback-mean"), std::string::npos) << policy.err;
    const Scratch empty;
    const Ran missing = run(empty.data(), {"list"});
    EXPECT_EQ(missing.exit_code, 3);
    EXPECT_NE(missing.err.find(empty.data().string()), std::string::npos) << missing.err;
    const auto file = scratch.file("plain", "x");
    EXPECT_EQ(run(file, {"list"}).exit_code, 3);
}

TEST(Policies, are_checked_published_and_shown) {
    const Scratch scratch;
    const Ran bundled = run(scratch.data(), {"policy", "list", "--bundled", "--json"});
    EXPECT_EQ(lines_of(bundled.out).size(), 21U);
    const Ran published = run(scratch.data(), {"policy", "publish", "sofifi"});
    EXPECT_EQ(published.exit_code, 0) << published.err;
    EXPECT_NE(run(scratch.data(), {"policy", "list"}).out.find("sofifi"), std::string::npos);
    EXPECT_EQ(boost::json::parse(run(scratch.data(), {"policy", "show", "sofifi"}).out)
                  .at("policy")
                  .as_string(),
              "sofifi");
    const auto broken = scratch.file("p.json", "{\"policy\":\"x\",\"wieght\":1}");
    const Ran checked = run(scratch.data(), {"policy", "check", broken});
    EXPECT_EQ(checked.exit_code, 1);
    EXPECT_NE(checked.out.find("wieght"), std::string::npos) << checked.out;
    EXPECT_EQ(run(scratch.data(), {"policy", "publish", broken}).exit_code, 2);
}

}  // namespace
}  // namespace jejak::cli
