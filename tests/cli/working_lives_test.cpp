// Working lives at the terminal: a year with a transfer, a Plt whose letter ends, a study leave,
// and a deadline that one letter moves for everybody.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* the_keeper = "nip:198811112012122005";
const std::string clerk = "198501012010011001", first_chief = "197803152005012002",
                  acting_chief = "198002202006041003", next_chief = "197512122001122001",
                  director = "197001011995031004", regent = "196801011993011001",
                  student = "199005052015051006";

// The rater's number is the score, on the scale of the national bands.
constexpr const char* direct_policy = R"({
  "policy": "nilai-langsung", "title": {"id": "Nilai langsung", "en": "Direct score"},
  "scale": {"min": "0", "max": "120", "decimals": 2},
  "groups": [{"id": "kinerja", "title": {"id": "Kinerja", "en": "Performance"}, "weight": "100"}],
  "criteria": [{"id": "kinerja", "title": {"id": "Kinerja", "en": "Performance"}}],
  "sources": [{"id": "supervisor", "title": {"id": "Atasan", "en": "Superior"}, "by": "supervisor",
               "weight": "100"}],
  "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
  "stages": {"self_assessment": "unused", "review": "required", "feedback": "unused"}})";

class WorkingLives : public testing::Test {
  protected:
    // An office with two sections; in the second a Plt leads until August 2025.
    void make(const std::string& staff) {
        const auto units = scratch_.file("units.csv",
                                         "Kode Unor;Nama Unor;Unor Atasan;Zona Waktu\n"
                                         "seksi2;Seksi Dua;dinas;\n"
                                         "dinas;Dinas Contoh;pemda;WIT\n"
                                         "seksi1;Seksi Satu;dinas;\n"
                                         "pemda;Pemerintah Daerah;;WIB\n");
        const auto posts = scratch_.file("posts.csv",
                                         "Kode Jabatan,Kode Unor,Nama Jabatan,Kepala\n"
                                         "bupati,pemda,Bupati,ya\n"
                                         "kadis,dinas,Kepala Dinas,ya\n"
                                         "kasi1,seksi1,Kepala Seksi Satu,Ya\n"
                                         "kasi2,seksi2,Kepala Seksi Dua,ya\n"
                                         "staf1,seksi1,Pelaksana,tidak\n"
                                         "staf2,seksi2,Pelaksana,\n");
        const auto holders = scratch_.file(
            "holders.csv", "NIP,Kode Jabatan,Jenis,Mulai,Selesai,Nomor SK\n" + regent +
                               ",bupati,definitif,01-01-2020,,\n" + director +
                               ",kadis,definitif,2020-01-01,,\n" + first_chief +
                               ",kasi1,Definitif,01/01/2020,,\n" + acting_chief +
                               ",kasi2,Plt,2025-01-01,2025-08-31,SP 2/2025\n" + next_chief +
                               ",kasi2,definitif,2025-09-01,,SK 3/2025\n" + staff);
        sheets_ = {"org",       "import", "--units", units,        "--posts", posts,
                   "--holders", holders,  "--from",  "2020-01-01", "--as",    the_keeper};
        told(sheets_);
        told(
            {"policy", "publish", "--as", the_keeper, scratch_.file("direct.json", direct_policy)});
        told({"policy", "publish", "--as", the_keeper,
              JEJAK_SOURCE_DIR "/workflows/appraisal/policies/annual-by-months.json"});
    }
    std::string told(std::vector<std::string> arguments) {
        const Ran ran = run(scratch_.data(), std::move(arguments));
        EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
        return ran.out;
    }
    void open(const std::string& kind, const std::string& policy, bool by_segments) {
        std::vector<std::string> words = {"open",     "--roster", roster_,     "--period", "2025",
                                          "--policy", policy,     "--kind",    kind,       "--as",
                                          the_keeper, "--on",     "2025-12-31"};
        if (by_segments) words.emplace_back("--segments");
        told(words);
    }
    // What is done with an appraisal, by someone in a role.
    Ran act(const std::string& command, const std::string& appraisal, const std::string& role,
            const std::string& who, const std::string& data) {
        const auto number = std::to_string(++acts_);
        return run(
            scratch_.data(),
            {"import",
             scratch_.file("act.jsonl",
                           R"({"command": ")" + command + R"(", "command_id": "act-)" + number +
                               R"(", "appraisal": ")" + appraisal + R"(", "actor": {"id": "nip:)" +
                               who + R"(", "role": ")" + role + R"("}, "data": )" + data + "}\n")});
    }
    Ran review(const std::string& appraisal, const std::string& who, const std::string& score) {
        return act("submit_review", appraisal, "supervisor", who,
                   R"({"ratings": [{"criterion": "kinerja", "value": ")" + score + R"("}]})");
    }
    void rate(const std::string& appraisal, const std::string& who, const std::string& score) {
        const Ran reviewed = review(appraisal, who, score);
        EXPECT_EQ(reviewed.exit_code, 0) << reviewed.out << reviewed.err;
        const Ran final = act("finalise", appraisal, "supervisor", who, "{}");
        EXPECT_EQ(final.exit_code, 0) << final.out << final.err;
    }
    // Of all appraisals of a period, by the name of the one in it.
    std::string appraisal_of(const std::string& period) {
        for (const auto& line : lines_of(told({"list", "--json"}))) {
            const auto view = boost::json::parse(line);
            if (view.at("period").as_string() == period) {
                return std::string(view.at("appraisal").as_string());
            }
        }
        ADD_FAILURE() << "there is no appraisal of " << period;
        return "";
    }
    boost::json::value shown(const std::string& appraisal) {
        return boost::json::parse(told({"show", appraisal, "--json"}));
    }
    std::string annual_result() {
        const auto annual = appraisal_of("2025");
        EXPECT_EQ(act("waive_stage", annual, "administrator", "198811112012122005",
                      R"({"stage": "review", "ground": "other", "reason": "gabungan"})")
                      .exit_code,
                  0);
        EXPECT_EQ(act("finalise", annual, "administrator", "198811112012122005", "{}").exit_code,
                  0);
        return std::string(shown(annual).at("final").at("score").as_string());
    }
    std::uint64_t records() {
        return boost::json::parse(lines_of(told({"verify", "--json"})).back())
            .at("records")
            .to_number<std::uint64_t>();
    }

    Scratch scratch_;
    std::string roster_;
    std::vector<std::string> sheets_;
    int acts_ = 0;
};

TEST_F(WorkingLives, of_a_year_with_a_transfer_have_three_raters_one_of_them_a_plt) {
    make(clerk + ",staf1,,2024-03-01,,SK 1\n" + clerk + ",staf2,definitif,2025-05-01,,SK 4/2025\n");
    roster_ = scratch_.file("roster.csv", "NIP\n" + clerk + "\n");
    const auto segments = told({"org", "segments", "nip:" + clerk, "--period", "2025", "--json"});
    ASSERT_EQ(lines_of(segments).size(), 3U) << segments;
    open("part", "nilai-langsung", true);
    open("annual", "annual-by-months", false);

    const auto first = appraisal_of("2025-01-01..2025-04-30"),
               second = appraisal_of("2025-05-01..2025-08-31"),
               third = appraisal_of("2025-09-01..2025-12-31");
    EXPECT_EQ(shown(second).at("supervisor").as_string(), "nip:" + acting_chief);
    rate(first, first_chief, "100");
    rate(third, next_chief, "80");
    const Ran waiting = run(scratch_.data(), {"combine", "--period", "2025", "--as", the_keeper});
    EXPECT_EQ(waiting.exit_code, 1);  // the second part is still open
    EXPECT_THAT(waiting.out, HasSubstr("0 scores carried in"));

    const Ran refused = review(second, acting_chief, "90");
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.out + refused.err, HasSubstr("no_mandate"));
    EXPECT_THAT(told({"tasks", "nip:" + acting_chief}), HasSubstr("the mandate has ended"));
    EXPECT_THAT(told({"tasks", "nip:" + next_chief}), HasSubstr("on record: nip:" + acting_chief));
    told({"org", "reassign", "--period", "2025-05-01..2025-08-31", "--as", the_keeper});
    EXPECT_THAT(told({"tasks", "nip:" + next_chief}), Not(HasSubstr("on record")));
    EXPECT_EQ(shown(second).at("supervisor").as_string(), "nip:" + next_chief);
    rate(second, next_chief, "90");

    EXPECT_THAT(told({"combine", "--period", "2025", "--as", the_keeper}),
                HasSubstr("3 scores carried in, 0 refused"));
    EXPECT_THAT(told({"combine", "--period", "2025", "--as", the_keeper}),
                HasSubstr("0 scores carried in, 0 refused"));  // again adds nothing
    EXPECT_EQ(annual_result(), "90.00");                       // 4 months each
    EXPECT_THAT(told({"explain", appraisal_of("2025"), "--lang", "en"}), HasSubstr("months 12"));
    told({"verify"});
}

TEST_F(WorkingLives, with_two_raters_are_weighted_by_their_months) {
    make(clerk + ",staf1,,2024-03-01,,SK 1\n" + clerk + ",staf2,definitif,2025-08-01,,SK 4/2025\n");
    roster_ = scratch_.file("roster.csv", "NIP\n" + clerk + "\n");
    // The Plt of August is left out: his successor has the rest of the year.
    told(
        {"import",
         scratch_.file("plt.jsonl",
                       R"({"command": "retract_fact", "command_id": "no-plt", "actor": {"id": ")" +
                           std::string(the_keeper) +
                           R"(", "role": "administrator"}, "data": {"post": "kasi2", "fact": 2, )" +
                           R"("ground": "SP 2 dicabut"}})" + "\n" +
                           R"({"command": "hold_post", "command_id": "since-august", )" +
                           R"("actor": {"id": ")" + std::string(the_keeper) +
                           R"(", "role": "administrator"}, "data": {"post": "kasi2", "person": )" +
                           R"("nip:)" + next_chief + R"(", "from": "2025-08-01"}})" + "\n")});
    open("part", "nilai-langsung", true);
    open("annual", "annual-by-months", false);
    rate(appraisal_of("2025-01-01..2025-07-31"), first_chief, "98");
    rate(appraisal_of("2025-08-01..2025-12-31"), next_chief, "88");
    told({"combine", appraisal_of("2025"), "--as", the_keeper});
    EXPECT_EQ(annual_result(), "93.83");  // (98 * 7 + 88 * 5) / 12
    told({"verify"});
}

TEST_F(WorkingLives,
       with_eight_months_of_study_are_exempt_for_that_time_and_appraised_for_the_rest) {
    make(student + ",staf1,,2024-03-01,,SK 1\n");
    told(
        {"import",
         scratch_.file("study.jsonl",
                       R"({"command": "record_absence", "command_id": "study", "actor": {"id": ")" +
                           std::string(the_keeper) +
                           R"(", "role": "administrator"}, "data": {"person": "nip:)" + student +
                           R"(", "kind": "study", "from": "2025-01-01", "until": "2025-08-31", )" +
                           R"("letter": "TB 7/2024"}})" + "\n")});
    roster_ = scratch_.file("roster.csv", "NIP\n" + student + "\n");
    EXPECT_THAT(told({"org", "segments", "nip:" + student, "--period", "2025"}),
                HasSubstr("exempt: study"));
    open("annual", "annual-by-months", false);
    const auto people = [&](const char* day) {
        return told({"org", "completeness", "--period", "2025", "--people", "--on", day, "--json"});
    };
    for (const auto& line : lines_of(people("2025-06-01"))) {
        const auto view = boost::json::parse(line);
        if (view.at("person").as_string() != "nip:" + student) continue;
        EXPECT_EQ(view.at("state").as_string(), "exempt");  // though an appraisal is open
        EXPECT_EQ(view.at("why").as_string(), "tugas belajar");
        EXPECT_FALSE(view.at("appraisal").as_string().empty());
    }
    EXPECT_THAT(people("2025-06-01"), HasSubstr("tugas belajar"));
    EXPECT_THAT(people("2025-10-01"), Not(HasSubstr("tugas belajar")));

    open("part", "nilai-langsung", true);
    rate(appraisal_of("2025-09-01..2025-12-31"), first_chief, "91.5");
    EXPECT_THAT(told({"combine", "--period", "2025", "--as", the_keeper}),
                HasSubstr("1 scores carried in"));  // nothing is missing: the rest is exempt
    EXPECT_EQ(annual_result(), "91.50");
}

TEST_F(WorkingLives, come_in_from_sheets_with_every_fault_named_and_once_only) {
    make(clerk + ",staf1,,2024-03-01,,SK 1\n");
    const auto before = records();
    EXPECT_THAT(told(sheets_), HasSubstr("0 recorded"));
    EXPECT_EQ(records(), before);
    const auto units = scratch_.file("bad_units.csv",
                                     "Kode Unit,Nama Unit,Unit Atasan,Zona\n"
                                     "a,A,b,\n"             // 2: a circle with 3
                                     "b,B,a,\n"             // 3
                                     "c,C,tidak-ada,\n"     // 4
                                     "d,D,d,\n"             // 5: below itself
                                     "e,E,dinas,GMT\n"      // 6
                                     "f,,dinas,\n"          // 7: no name
                                     "g,G,dinas,\n"         // good
                                     "g,G lagi,dinas,\n");  // 9: twice
    const auto holders = scratch_.file("bad_holders.csv",
                                       "NIP,Kode Jabatan,Jenis,Mulai,Selesai,SK\n"
                                       "\"1,98E+17\",staf1,,2025-01-01,,\n"                    // 2
                                       "198501012010011001,tidak-ada,,2025-01-01,,\n"          // 3
                                       "198501012010011001,staf1,Pjs,2025-01-01,,\n"           // 4
                                       "198501012010011001,staf1,Plt,2025-01-01,,\n"           // 5
                                       "198501012010011001,staf1,,31-02-2025,,\n"              // 6
                                       "198501012010011001,staf1,,2025-03-01,2025-02-01,\n");  // 7
    std::vector<std::string> bad = {"org",   "import", "--units",    units,  "--holders",
                                    holders, "--from", "2025-01-01", "--as", the_keeper};
    const Ran refused = run(scratch_.data(), bad);
    EXPECT_EQ(refused.exit_code, 2);
    std::vector<std::string> lines;
    for (const auto& line : lines_of(refused.err)) {
        if (const auto at = line.find(", line "); at != std::string::npos) {
            lines.push_back(line.substr(at + 7, line.find_first_of(",:", at + 7) - at - 7));
        }
    }
    std::sort(lines.begin(), lines.end());
    EXPECT_EQ(lines, (std::vector<std::string>{"2", "2", "3", "3", "4", "4", "5", "5", "6", "6",
                                               "7", "7", "9"}))
        << refused.err;
    EXPECT_EQ(records(), before);
    bad.emplace_back("--valid-rows");
    const Ran valid = run(scratch_.data(), bad);
    EXPECT_THAT(valid.out, HasSubstr("1 units, 0 posts, 0 holders: 1 recorded"));
}

TEST_F(WorkingLives, have_deadlines_that_one_letter_moves_for_everybody) {
    const Ran made = run_program({JEJAK_SOURCE_DIR "/tools/sample-organisation", "1300",
                                  (scratch_.data().parent_path() / "org").string()},
                                 {});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    told({"import", (scratch_.data().parent_path() / "org" / "organisation.jsonl").string()});
    told({"policy", "publish", "--as", the_keeper,
          JEJAK_SOURCE_DIR "/workflows/appraisal/policies/permen6-2022.json"});
    told({"open", "--roster", (scratch_.data().parent_path() / "org" / "roster.csv").string(),
          "--period", "2026", "--policy", "permen6-2022", "--as", the_keeper, "--on",
          "2026-06-01"});
    const auto before = lines_of(told({"deadlines", "--period", "2026", "--json"}));
    EXPECT_GE(before.size(), 1'000U);
    const auto unit = std::string(
        shown(std::string(boost::json::parse(before.front()).at("appraisal").as_string()))
            .at("unit")
            .as_string());
    const auto of_unit = [&](const char* flag) {
        return lines_of(told({"deadlines", "--period", "2026", flag, unit, "--json"}));
    };
    EXPECT_GT(of_unit("--agency").size(), 0U);
    EXPECT_LT(of_unit("--agency").size(), before.size());
    EXPECT_GE(of_unit("--agency").size(), of_unit("--unit").size());
    const auto count = records();
    const std::string now =
        lines_of(run_program({"/bin/date", "-u", "+%Y-%m-%dT%H:%M:%S.%6NZ"}, {}).out).front();

    told(
        {"import",
         scratch_.file("extension.jsonl",
                       R"({"command": "extend_deadline", "command_id": "se-9", "actor": {"id": ")" +
                           std::string(the_keeper) +
                           R"(", "role": "administrator"}, "data": {"period": "2026", )" +
                           R"("deadline": "self_assessment", "until": "2099-12-31", )" +
                           R"("letter": "SE 9/2026"}})" + "\n")});
    EXPECT_EQ(records(), count + 1);
    const auto after = lines_of(told({"deadlines", "--period", "2026", "--json"}));
    EXPECT_EQ(after.size(), before.size());
    for (const auto& line : after) {
        const auto view = boost::json::parse(line);
        EXPECT_EQ(view.at("due_at").as_string(), "2099-12-31T16:59:59.999999Z");
        EXPECT_EQ(view.at("letter").as_string(), "SE 9/2026");
    }
    EXPECT_EQ(lines_of(told({"deadlines", "--period", "2026", "--as-of", now, "--json"})), before);
    const auto one = std::string(boost::json::parse(after.front()).at("appraisal").as_string());
    const auto view = shown(one);
    EXPECT_EQ(view.at("due").at("self_assessment").as_string(), "2099-12-31T16:59:59.999999Z");
    EXPECT_EQ(view.at("extended").at("self_assessment").at("letter").as_string(), "SE 9/2026");
    const auto subject = std::string(view.at("subject").as_string());
    EXPECT_THAT(told({"tasks", subject}), HasSubstr("2099-12-31T16:59:59.999999Z"));
}

TEST_F(WorkingLives, are_exported_agency_by_agency) {
    make(clerk + ",staf1,,2024-03-01,,SK 1\n" + student + ",staf2,,2024-03-01,,SK 1\n");
    roster_ = scratch_.file("roster.csv", "NIP\n" + clerk + "\n" + student + "\n");
    open("annual", "nilai-langsung", false);
    const auto part = told({"export", "--unit", "seksi1"}), all = told({"export"});
    EXPECT_LT(lines_of(part).size(), lines_of(all).size());
    EXPECT_THAT(part, HasSubstr(clerk));
    EXPECT_THAT(part, HasSubstr("kasi1"));
    EXPECT_THAT(part, Not(HasSubstr(student)));
    EXPECT_THAT(part, Not(HasSubstr("kasi2")));
    for (const auto& line : lines_of(part))
        EXPECT_THAT(all, HasSubstr(line));  // byte for byte
    EXPECT_EQ(lines_of(told({"export", "--unit", "pemda"})).size() + 2, lines_of(all).size());
    EXPECT_EQ(run(scratch_.data(), {"export", "--unit", "tidak-ada"}).exit_code, 1);
}

TEST_F(WorkingLives, show_how_results_serve_those_above_and_what_the_unit_has_moved) {
    make(clerk + ",staf1,,2024-03-01,,SK 1\n");
    told({"policy", "publish", "--as", the_keeper,
          JEJAK_SOURCE_DIR "/workflows/appraisal/policies/feedback-mean.json"});
    roster_ = scratch_.file("roster.csv", "NIP\n" + clerk + "\n" + first_chief + "\n");
    open("annual", "feedback-mean", false);
    std::map<std::string, std::string> of;
    for (const auto& line : lines_of(told({"list", "--json"}))) {
        const auto view = boost::json::parse(line);
        of[std::string(view.at("subject").as_string())] =
            std::string(view.at("appraisal").as_string());
    }
    const auto mine = of["nip:" + clerk], above = of["nip:" + first_chief];
    const auto plan = [&](const std::string& appraisal, const std::string& who,
                          const std::string& item, const std::string& more) {
        const Ran agreed =
            act("agree_plan", appraisal, "supervisor", who,
                R"({"results": [{"item": ")" + item + R"(", "target": "95")" + more + "}]}");
        EXPECT_EQ(agreed.exit_code, 0) << agreed.out << agreed.err;
    };
    plan(above, director, "cakupan", "");
    plan(mine, first_chief, "imunisasi",
         R"(, "supports": ")" + above + R"(/cakupan", "unit_indicator": "imunisasi")");
    const auto cascade = lines_of(told({"unit", "cascade", "--period", "2025", "--json"}));
    ASSERT_EQ(cascade.size(), 2U);
    EXPECT_EQ(boost::json::parse(cascade[1]).at("depth"), 1);
    EXPECT_EQ(boost::json::parse(cascade[1]).at("supports").as_string(), above + "/cakupan");
    EXPECT_EQ(act("agree_plan", mine, "supervisor", first_chief,
                  R"({"results": [{"item": "imunisasi", "supports": "atasan"}]})")
                  .exit_code,
              1);

    const auto record = [&](const char* period, const char* value) {
        told({"unit", "indicator", "imunisasi", "--unit", "seksi1", "--period", period, "--value",
              value, "--as", the_keeper});
    };
    record("2025-01", "80.5");
    record("2025-02", "82");
    const auto shown_series =
        boost::json::parse(told({"unit", "indicator", "imunisasi", "--unit", "seksi1", "--json"}));
    EXPECT_EQ(shown_series.at("series").as_array().size(), 2U);
    EXPECT_EQ(shown_series.at("claimed_by").at(0).at("result").as_string(), mine + "/imunisasi");
    EXPECT_EQ(run(scratch_.data(), {"unit", "indicator", "lain", "--unit", "seksi1"}).exit_code, 1);
}

TEST_F(WorkingLives, in_a_team_across_units_are_rated_by_its_lead) {
    make(clerk + ",staf1,,2024-03-01,,SK 1\n" + student + ",staf2,,2024-03-01,,SK 1\n");
    const auto say = [&](const std::string& command, const std::string& data) {
        const Ran said =
            run(scratch_.data(),
                {"import",
                 scratch_.file("say.jsonl",
                               R"({"command": ")" + command + R"(", "command_id": "say-)" +
                                   std::to_string(++acts_) + R"(", "actor": {"id": ")" +
                                   std::string(the_keeper) +
                                   R"(", "role": "administrator"}, "data": )" + data + "}\n")});
        EXPECT_EQ(said.exit_code, 0) << said.out << said.err;
    };
    say("place_team", R"({"team": "imun", "name": "Tim", "unit": "dinas", "lead": "nip:)" +
                          first_chief + R"(", "from": "2025-01-01", "letter": "ST 1"})");
    say("join_team", R"({"team": "imun", "person": "nip:)" + student +
                         R"(", "from": "2025-02-01", "letter": "ST 1"})");
    say("record_employment",
        R"({"person": "nip:)" + student + R"(", "status": "pppk", "from": "2024-03-01"})");
    const auto shown_person = told({"org", "show", "nip:" + student, "--on", "2025-06-01"});
    EXPECT_THAT(shown_person, HasSubstr("imun (nip:" + first_chief + ")"));
    EXPECT_THAT(shown_person, HasSubstr("pppk"));
    told({"open", "--team", "imun", "--period", "2025", "--kind", "team", "--policy",
          "nilai-langsung", "--as", the_keeper, "--on", "2025-06-01"});
    const auto view = shown(appraisal_of("2025"));
    EXPECT_EQ(view.at("supervisor").as_string(), "nip:" + first_chief);  // not of her own unit
    EXPECT_EQ(view.at("unit").as_string(), "seksi2");
    const std::string lead = std::string("nip:") + first_chief;
    for (const std::vector<std::string>& read : std::vector<std::vector<std::string>>{
             {"board", "--period", "2025"}, {"audit"}, {"tasks", lead}}) {
        auto here = read, elsewhere = read;
        here.insert(here.end(), {"--agency", "seksi2", "--json"});
        elsewhere.insert(elsewhere.end(), {"--agency", "seksi1", "--json"});
        EXPECT_THAT(told(here), Not(testing::IsEmpty())) << read.front();
        EXPECT_EQ(told(elsewhere), "") << read.front() << " shows another agency";
    }
    rate(std::string(view.at("appraisal").as_string()), first_chief, "95");
    EXPECT_THAT(told({"list", "--agency", "seksi2"}), HasSubstr("seksi2"));
    EXPECT_THAT(told({"list", "--agency", "seksi1"}), Not(HasSubstr("seksi2")));
    EXPECT_EQ(run(scratch_.data(), {"board", "--period", "2025", "--agency", "lain"}).exit_code, 1);
    EXPECT_EQ(run(scratch_.data(), {"open", "--team", "lain", "--period", "2025", "--policy",
                                    "nilai-langsung", "--as", the_keeper})
                  .exit_code,
              1);
}

TEST_F(WorkingLives, are_kept_by_administrators_of_their_own_units_only) {
    make(clerk + ",staf1,,2024-03-01,,SK 1\n" + student + ",staf2,,2024-03-01,,SK 1\n");
    told({"import",
          scratch_.file("grant.jsonl", R"({"command": "grant_role", "command_id": "g-1", "actor": )"
                                       R"({"id": ")" +
                                           std::string(the_keeper) +
                                           R"(", "role": "administrator"}, "data": {"person": )"
                                           R"("nip:198206062009032008", "role": "administrator", )"
                                           R"("unit": "seksi1", "from": "2025-01-01"}})"
                                           "\n")});
    const auto open_as_local = [&](const std::string& employee) {
        return run(scratch_.data(),
                   {"open", "--roster", scratch_.file("one.csv", "NIP\n" + employee + "\n"),
                    "--period", "2025", "--policy", "nilai-langsung", "--as",
                    "nip:198206062009032008", "--on", "2025-12-31"});
    };
    EXPECT_EQ(open_as_local(clerk).exit_code, 0);
    const Ran elsewhere = open_as_local(student);
    EXPECT_EQ(elsewhere.exit_code, 1);
    EXPECT_THAT(elsewhere.out, HasSubstr("outside_scope: 1"));
    // What was refused to one is possible for another; nor does the office read what is beyond it.
    told({"open", "--roster", scratch_.file("two.csv", "NIP\n" + student + "\n"), "--period",
          "2025", "--policy", "nilai-langsung", "--as", the_keeper, "--on", "2025-12-31"});
    for (const auto& line : lines_of(told({"list", "--json"}))) {
        const auto view = boost::json::parse(line);
        const Ran read =
            run(scratch_.data(), {"show", std::string(view.at("appraisal").as_string()), "--for",
                                  "nip:198206062009032008", "--role", "administrator"});
        EXPECT_EQ(read.exit_code, view.at("unit").as_string() == "seksi1" ? 0 : 1) << line;
    }
    EXPECT_THAT(told({"org", "check", "--on", "2019-01-01"}), HasSubstr("no unit is on record"));
}

}  // namespace
}  // namespace jejak::cli
