#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

// One scenario, imported once for all tests of this file that run in one process.
class Reading : public testing::Test {
  protected:
    void SetUp() override {
        const Ran imported = run(scratch.data(), {"import", sample("sofifi.jsonl")});
        ASSERT_EQ(imported.exit_code, 0) << imported.err;
    }
    [[nodiscard]] boost::json::object json(std::vector<std::string> arguments) const {
        arguments.push_back("--json");
        const Ran ran = run(scratch.data(), std::move(arguments));
        EXPECT_EQ(ran.exit_code, 0) << ran.err;
        return boost::json::parse(lines_of(ran.out).at(0)).as_object();
    }
    Scratch scratch;
};

TEST_F(Reading, shows_an_appraisal_with_the_fields_that_scripts_rely_on) {
    const auto shown = json({"show", "sofifi-2025-001"});
    for (const char* field :
         {"appraisal", "subject", "unit", "period", "phase", "version", "policy", "final"}) {
        EXPECT_TRUE(shown.contains(field)) << field;
    }
    EXPECT_EQ(shown.at("appraisal").as_string(), "sofifi-2025-001");
    EXPECT_TRUE(shown.at("subject").as_string().starts_with("nip:"));
    EXPECT_EQ(shown.at("phase").as_string(), "finalised");
    EXPECT_EQ(shown.at("final").at("score").as_string(), "3.97");
}

TEST_F(Reading, shows_it_as_it_stood_at_a_version_and_before_it_existed) {
    const auto first = json({"show", "sofifi-2025-001", "--at-version", "1"});
    EXPECT_EQ(first.at("phase").as_string(), "draft");
    EXPECT_TRUE(first.at("final").is_null());
    const Ran before =
        run(scratch.data(), {"show", "sofifi-2025-001", "--as-of", "2020-01-01T00:00:00+07:00"});
    EXPECT_EQ(before.exit_code, 1);
    EXPECT_NE(before.err.find("did not exist yet"), std::string::npos) << before.err;
}

TEST_F(Reading, refuses_a_bare_date_with_an_example_of_a_right_one) {
    const Ran ran = run(scratch.data(), {"show", "sofifi-2025-001", "--as-of", "2025-12-01"});
    EXPECT_EQ(ran.exit_code, 2);
    EXPECT_NE(ran.err.find("+07:00"), std::string::npos) << ran.err;
}

TEST_F(Reading, lists_by_unit_period_and_phase) {
    const Ran all = run(scratch.data(), {"list", "--json"});
    EXPECT_EQ(lines_of(all.out).size(), 14U) << all.out;
    const Ran none = run(scratch.data(), {"list", "--json", "--period", "1999"});
    EXPECT_EQ(none.out, "");
    const Ran finalised = run(scratch.data(), {"list", "--json", "--phase", "finalised"});
    for (const auto& line : lines_of(finalised.out)) {
        EXPECT_FALSE(boost::json::parse(line).at("final").is_null()) << line;
    }
    EXPECT_EQ(run(scratch.data(), {"list", "--phase", "finished"}).exit_code, 2);
}

TEST_F(Reading, history_opens_the_words_and_export_has_every_position) {
    const Ran history = run(scratch.data(), {"history", "sofifi-2025-001", "--json"});
    EXPECT_EQ(history.exit_code, 0) << history.err;
    EXPECT_NE(history.out.find("justification"), std::string::npos);
    const Ran exported = run(scratch.data(), {"export", "--format", "jsonl"});
    const auto lines = lines_of(exported.out);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto record = boost::json::parse(lines[i]);
        ASSERT_EQ(record.at("position").as_int64(), static_cast<std::int64_t>(i + 1));
    }
    EXPECT_EQ(boost::json::parse(lines.at(0)).at("event").as_string(), "log.created");
}

TEST_F(Reading, explains_in_indonesian_and_english_and_as_json) {
    const Ran indonesian = run(scratch.data(), {"explain", "sofifi-2025-001"});
    EXPECT_NE(indonesian.out.find("3,97"), std::string::npos) << indonesian.out;
    const Ran english = run(scratch.data(), {"explain", "sofifi-2025-001", "--lang", "en"});
    EXPECT_NE(english.out.find("3.97"), std::string::npos) << english.out;
    const auto explained = json({"explain", "sofifi-2025-001"});
    EXPECT_EQ(explained.at("score").as_string(), "3.97");
    EXPECT_TRUE(explained.at("derivation").is_object());
}

TEST_F(Reading, tells_a_person_what_waits_for_her) {
    // The objection waits for the explanation of the supervisor.
    const auto shown = json({"list", "--phase", "disputed"});
    const std::string supervisor(shown.at("supervisor").as_string());
    const Ran tasks = run(scratch.data(), {"tasks", supervisor, "--json"});
    EXPECT_EQ(tasks.exit_code, 0) << tasks.err;
    EXPECT_NE(tasks.out.find(shown.at("appraisal").as_string()), std::string::npos) << tasks.out;
    const Ran nobody = run(scratch.data(), {"tasks", "nip:190001011900011001"});
    EXPECT_EQ(nobody.exit_code, 1);
}

TEST_F(Reading, compares_what_would_be_with_what_is_and_writes_nothing) {
    const auto listed = run(scratch.data(), {"list", "--json", "--phase", "finalised"});
    for (const auto& line : lines_of(listed.out)) {
        const auto view = boost::json::parse(line);
        const std::string token(view.at("appraisal").as_string());
        const auto same = json({"what-if", token});
        EXPECT_EQ(same.at("after").at("score"), view.at("final").at("score")) << token;
        EXPECT_EQ(same.at("after"), same.at("before")) << token;
        EXPECT_FALSE(same.at("predicate_changes").as_bool());
    }
    const auto other = json(
        {"what-if", "sofifi-2025-001", "--set", "teknis_hasil=1", "--set", "komunikasi_proses=1"});
    EXPECT_TRUE(other.at("difference").as_string().starts_with("-"));
    EXPECT_EQ(other.at("effects").as_array().size(), 2U);
    EXPECT_EQ(other.at("before").at("score"), json({"explain", "sofifi-2025-001"}).at("score"));
    const Ran read = run(scratch.data(), {"what-if", "sofifi-2025-001", "--set", "teknis_hasil=1"});
    EXPECT_NE(read.out.find("tidak ada yang dicatat"), std::string::npos) << read.out;
    EXPECT_NE(read.out.find("\n- "), std::string::npos) << read.out;  // both derivations
    const Ran wrong = run(scratch.data(), {"what-if", "sofifi-2025-001", "--set", "teknis_hasil"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_NE(wrong.err.find("kerja_sama@17=4"), std::string::npos) << wrong.err;
    EXPECT_EQ(
        run(scratch.data(), {"what-if", "sofifi-2025-001", "--without", "tetangga"}).exit_code, 1);
    EXPECT_EQ(run(scratch.data(), {"list", "--json", "--phase", "finalised"}).out, listed.out);
}

TEST_F(Reading, makes_the_case_file_of_a_dispute) {
    const auto disputed = json({"list", "--phase", "disputed"});
    const std::string token(disputed.at("appraisal").as_string());
    const auto file = json({"dispute", token});
    EXPECT_EQ(file.at("phase").as_string(), "disputed");
    EXPECT_FALSE(file.at("contested").as_array().empty());
    bool filed = false;
    for (const auto& said : file.at("statements").as_array()) {
        filed = filed || said.at("event").as_string() == "appraisal.objection_filed";
    }
    EXPECT_TRUE(filed);
    EXPECT_EQ(file.at("next").at(0).at("command").as_string(), "answer_objection");
    const Ran read = run(scratch.data(), {"dispute", token});
    EXPECT_NE(read.out.find("next: answer_objection, by supervisor nip:"), std::string::npos)
        << read.out;
    const Ran tick = run(scratch.data(), {"tick", "--as", "nip:198811112012122005"});
    EXPECT_NE(tick.out.find("no clock of an objection has run out"), std::string::npos) << tick.err;
    std::set<std::string> next;  // of those whose result was never decided about, and of the others
    for (const auto& line :
         lines_of(run(scratch.data(), {"list", "--json", "--phase", "finalised"}).out)) {
        const auto view = boost::json::parse(line);
        const auto final = json({"dispute", std::string(view.at("appraisal").as_string())});
        const auto& acts = final.at("next").as_array();
        next.insert(acts.empty() ? "" : std::string(acts[0].at("command").as_string()));
    }
    EXPECT_EQ(next, (std::set<std::string>{"", "file_objection"}));
}

TEST_F(Reading, says_what_changed_from_version_to_version_and_between_two) {
    const auto steps = lines_of(run(scratch.data(), {"diff", "sofifi-2025-001", "--json"}).out);
    const auto shown = json({"show", "sofifi-2025-001"});
    EXPECT_EQ(std::to_string(steps.size()),
              boost::json::serialize(shown.at("version")));  // a step a version
    const auto last = boost::json::parse(steps.back());
    EXPECT_NE(std::string(last.at("score").as_string()).find("3.97"), std::string::npos);
    const Ran some = run(scratch.data(), {"diff", "sofifi-2025-001", "--from", "2", "--to", "4"});
    EXPECT_NE(some.out.find("v3"), std::string::npos);
    EXPECT_EQ(some.out.find("v2 "), std::string::npos);
    EXPECT_EQ(
        run(scratch.data(), {"diff", "sofifi-2025-001", "--from", "4", "--to", "2"}).exit_code, 2);
    const auto two = json({"diff", "sofifi-2025-001", "--with", "sofifi-2025-002"});
    EXPECT_FALSE(two.at("differences").as_array().empty());
}

TEST_F(Reading, shows_lists_boards_and_tasks_as_they_stood_at_any_position) {
    const Scratch then;
    const auto records = [](const Scratch& of) {
        return std::to_string(
            boost::json::parse(lines_of(run(of.data(), {"verify", "--json"}).out).back())
                .at("records")
                .as_int64());
    };
    ASSERT_EQ(run(then.data(), {"import", sample("sofifi.jsonl")}).exit_code, 0);
    const auto list = run(then.data(), {"list", "--json"}).out;
    const auto board = run(then.data(), {"board", "--period", "2025", "--json"}).out;
    const std::string supervisor(
        boost::json::parse(lines_of(list).front()).at("supervisor").as_string());
    const auto tasks = run(then.data(), {"tasks", supervisor, "--json"}).out;
    const auto position = records(then);
    ASSERT_EQ(run(then.data(), {"import", sample("bukitintan.jsonl")}).exit_code, 0);
    ASSERT_NE(records(then), position);
    EXPECT_NE(run(then.data(), {"list", "--json"}).out, list);
    EXPECT_EQ(run(then.data(), {"list", "--json", "--at-position", position}).out, list);
    EXPECT_EQ(
        run(then.data(), {"board", "--period", "2025", "--json", "--at-position", position}).out,
        board);
    EXPECT_EQ(run(then.data(), {"tasks", supervisor, "--json", "--at-position", position}).out,
              tasks);
    EXPECT_EQ(run(then.data(), {"list", "--at-position", "99999999"}).exit_code, 2);
    // Half way through the first sample, every phase is that of then.
    const auto half = run(then.data(), {"list", "--json", "--at-position", "40"}).out;
    for (const auto& line : lines_of(half)) {
        const auto view = boost::json::parse(line);
        const auto shown = boost::json::parse(
            run(then.data(), {"show", std::string(view.at("appraisal").as_string()), "--json",
                              "--at-position", "40"})
                .out);
        EXPECT_EQ(view.at("phase"), shown.at("phase"));
        EXPECT_EQ(view.at("version"), shown.at("version"));
    }
}

TEST_F(Reading, verifies_and_gives_the_same_lists_after_a_rebuild) {
    const Ran before = run(scratch.data(), {"list", "--json"});
    const Ran rebuilt = run(scratch.data(), {"rebuild"});
    EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.err;
    EXPECT_EQ(run(scratch.data(), {"list", "--json"}).out, before.out);
    const auto verified = json({"verify"});
    EXPECT_TRUE(verified.at("ok").as_bool());
    EXPECT_GT(verified.at("results_recomputed").as_int64(), 10);
}

TEST(Usage, shows_the_help_without_a_command_and_the_nearest_one_to_a_mistyped_one) {
    const Scratch scratch;
    const Ran nothing = run(scratch.data(), {});
    EXPECT_EQ(nothing.exit_code, 2);
    EXPECT_NE(nothing.err.find("import"), std::string::npos) << nothing.err;
    const Ran mistyped = run(scratch.data(), {"lst"});
    EXPECT_EQ(mistyped.exit_code, 2);
    EXPECT_NE(mistyped.err.find("did you mean list?"), std::string::npos) << mistyped.err;
    EXPECT_EQ(run(scratch.data(), {"policy", "check", "/tmp"}).exit_code, 3);
}

TEST(Describing, prints_the_diagram_and_every_command_with_schema_and_example) {
    const Scratch scratch;
    const Ran diagram = run(scratch.data(), {"diagram"});
    EXPECT_TRUE(diagram.out.starts_with("stateDiagram-v2")) << diagram.out;
    const Ran commands = run(scratch.data(), {"commands", "--json"});
    EXPECT_EQ(lines_of(commands.out).size(), 57U);
    for (const auto& line : lines_of(commands.out)) {
        const auto command = boost::json::parse(line);
        EXPECT_TRUE(command.at("schema").is_object()) << line;
        EXPECT_TRUE(boost::json::parse(command.at("example").as_string()).is_object()) << line;
    }
    EXPECT_FALSE(std::filesystem::exists(scratch.data())) << "reading made a directory";
}

}  // namespace
}  // namespace jejak::cli
