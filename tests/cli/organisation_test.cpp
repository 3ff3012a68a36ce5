// The organisation at the terminal: a roster with every kind of fault, and a wrong superior that is
// corrected back to January.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* keeper = "nip:198811112012122005";

class OrganisationCommand : public testing::Test {
  protected:
    std::string told(std::vector<std::string> arguments) {
        const Ran ran = run(scratch_.data(), std::move(arguments));
        EXPECT_EQ(ran.exit_code, 0) << ran.err;
        return ran.out;
    }
    // An invented organisation of so many people, and the policy of 2022.
    void make(const std::string& people) {
        const Ran made = run_program({JEJAK_SOURCE_DIR "/tools/sample-organisation", people,
                                      (scratch_.data().parent_path() / "org").string()},
                                     {});
        ASSERT_EQ(made.exit_code, 0) << made.err;
        told({"import", in_org("organisation.jsonl")});
        told({"policy", "publish", "--as", keeper,
              JEJAK_SOURCE_DIR "/workflows/appraisal/policies/permen6-2022.json"});
    }
    [[nodiscard]] std::string in_org(const char* name) const {
        return (scratch_.data().parent_path() / "org" / name).string();
    }
    std::vector<std::string> open(const std::string& roster) {
        return {"open",         "--roster", roster, "--period", "2026",       "--policy",
                "permen6-2022", "--as",     keeper, "--on",     "2026-06-01", "--json"};
    }
    std::uint64_t records() {
        return boost::json::parse(lines_of(told({"verify", "--json"})).back())
            .at("records")
            .to_number<std::uint64_t>();
    }
    // One command about the organisation, in a file.
    std::string command(const std::string& name, const std::string& data) {
        return scratch_.file(name + ".jsonl", R"({"command": "hold_post", "command_id": ")" + name +
                                                  R"(", "actor": {"id": ")" + keeper +
                                                  R"(", "role": "administrator"}, "data": )" +
                                                  data + "}\n");
    }

    Scratch scratch_;
};

TEST_F(OrganisationCommand, names_exactly_the_faulty_rows_of_a_roster_and_opens_the_others) {
    make("5000");
    std::ifstream in(in_org("roster.csv"));
    std::vector<std::string> rows;
    for (std::string line; std::getline(in, line);)
        rows.push_back(line);
    ASSERT_EQ(rows.size(), 4971U);
    rows[0] = "NIP,Nama,NIP Atasan";
    for (std::size_t i = 1; i < rows.size(); ++i)
        rows[i] += ",";
    const std::string first = rows[1].substr(0, 18), second = rows[2].substr(0, 18);
    rows[100] = "\"1,98E+17\",Rusak,";
    rows[200] = "19850101201001100,Pendek,";
    rows[300] = first + ",Dua kali,";
    rows[400] = "198811112012122005,Tanpa jabatan,";
    rows[500] = "197001011995031777,Tidak dikenal,";
    rows[600].insert(rows[600].size(), first);                    // not her superior
    rows[700].insert(rows[700].size(), rows[700].substr(0, 18));  // herself
    rows[800] = rows[800].substr(0, rows[800].size() - 1);        // a cell too few
    std::string text;
    for (const auto& row : rows)
        text += row + "\n";
    const auto roster = scratch_.file("roster.csv", text);

    const Ran refused = run(scratch_.data(), open(roster));
    EXPECT_EQ(refused.exit_code, 2);
    std::vector<std::string> lines;
    for (const auto& line : lines_of(refused.err)) {
        if (const auto at = line.find(", line "); at != std::string::npos) {
            lines.push_back(line.substr(at + 7, line.find_first_of(",:", at + 7) - at - 7));
        }
    }
    EXPECT_EQ(lines,
              (std::vector<std::string>{"101", "201", "301", "401", "501", "601", "701", "801"}))
        << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("the spreadsheet destroyed this number"));
    EXPECT_THAT(refused.err, HasSubstr("no mandate over her"));
    EXPECT_THAT(refused.err, HasSubstr("stands on line 2 already"));

    auto valid = open(roster);
    valid.emplace_back("--valid-rows");
    const Ran opened = run(scratch_.data(), valid);
    const auto tally = boost::json::parse(opened.out);
    EXPECT_EQ(tally.at("opened"), 4970 - 8);
    EXPECT_EQ(tally.at("faults"), 8);
    const auto before = records();
    const Ran again = run(scratch_.data(), valid);
    EXPECT_EQ(boost::json::parse(again.out).at("opened"), 0);
    EXPECT_EQ(records(), before);
}

// Command ids follow from the sheet, and a refusal is kept: it must not be repeated for ever.
TEST_F(OrganisationCommand, judges_a_row_anew_that_was_refused_and_is_imported_by_somebody_else) {
    const auto units = scratch_.file("units.csv", "Kode Unor,Nama Unor,Unor Atasan\nkec,Camat,\n");
    const auto posts = scratch_.file(
        "posts.csv", "Kode Jabatan,Kode Unor,Nama Jabatan,Kepala\ncamat,kec,Camat,ya\n");
    const auto holders = scratch_.file(
        "holders.csv",
        "NIP,Kode Jabatan,Jenis,Mulai\n198811112012122005,camat,definitif,2025-01-01\n");
    const auto import_by = [&](const std::string& who) {
        return run(scratch_.data(), {"org", "import", "--units", units, "--posts", posts,
                                     "--holders", holders, "--from", "2025-01-01", "--as", who});
    };
    const Ran own = import_by(keeper);
    EXPECT_EQ(own.exit_code, 1) << own.out;
    EXPECT_THAT(own.out + own.err, HasSubstr("own_record"));
    const Ran other = import_by("nip:197903032004122001");
    EXPECT_EQ(other.exit_code, 0) << other.out << other.err;
    const auto before = records();
    EXPECT_EQ(import_by("nip:197903032004122001").exit_code, 0);
    EXPECT_EQ(records(), before) << "importing again adds nothing";
}

TEST_F(OrganisationCommand, takes_a_roster_out_of_a_spreadsheet_below_its_title) {
    make("60");
    const auto sheet = (scratch_.data().parent_path() / "roster.xlsx").string();
    const Ran written =
        run_program({"/usr/bin/python3", "-c",
                     "import openpyxl, sys\n"
                     "book = openpyxl.Workbook()\n"
                     "rows = [['LAPORAN SKP'], [], ['No', 'NIP', 'Nama'],\n"
                     "        [1, '196501221989012001', 'Ani'], [2, 196501231989011001, 'Budi']]\n"
                     "for row in rows:\n"
                     "    book.active.append(row)\n"
                     "book.save(sys.argv[1])\n",
                     sheet},
                    {});
    ASSERT_EQ(written.exit_code, 0) << written.err;
    EXPECT_THAT(run(scratch_.data(), open(sheet)).err, HasSubstr("tools/xlsx-to-csv"));
    const Ran csv = run_program({JEJAK_SOURCE_DIR "/tools/xlsx-to-csv", sheet}, {});
    ASSERT_EQ(csv.exit_code, 0) << csv.err;
    auto valid = open(scratch_.file("from_sheet.csv", csv.out));
    valid.emplace_back("--valid-rows");
    const Ran opened = run(scratch_.data(), valid);
    EXPECT_THAT(opened.err, HasSubstr("line 3"));  // kept as a number, its last digits are lost
    EXPECT_THAT(opened.err, HasSubstr("the spreadsheet destroyed this number"));
    EXPECT_EQ(boost::json::parse(opened.out).at("opened"), 1) << opened.out << opened.err;
}

TEST_F(OrganisationCommand, shows_whose_appraisals_a_correction_touches_before_it_is_made) {
    make("260");
    told(open(in_org("roster.csv")));
    const std::string someone = lines_of([&] {
                                    std::ifstream in(in_org("roster.csv"));
                                    std::stringstream text;
                                    text << in.rdbuf();
                                    return text.str();
                                }())[60]
                                    .substr(0, 18);
    const auto before =
        boost::json::parse(told({"org", "show", "nip:" + someone, "--on", "2026-06-01", "--json"}));
    const std::string unit(before.at("unit").as_string());
    const std::string number = unit.substr(unit.find('-') + 1);
    const std::string peer(before.at("peers").at(0).as_string());

    // Since January somebody else leads the unit, which was found in June.
    const auto correction =
        command("correction", R"({"post": "kepala-)" + number + R"(", "person": ")" + peer +
                                  R"(", "from": "2026-01-01", "letter": "SK 9/2026"})");
    const auto impact = lines_of(told({"org", "impact", correction, "--json"}));
    EXPECT_EQ(impact.size(), 19U);  // whoever is in the unit and does not lead it, but for himself
    for (const auto& line : impact) {
        EXPECT_THAT(line, HasSubstr("reassign_supervisor"));
        EXPECT_THAT(line, HasSubstr(peer));
    }
    EXPECT_EQ(
        boost::json::parse(told({"org", "show", "nip:" + someone, "--on", "2026-06-01", "--json"})),
        before);  // nothing was changed

    told({"import", correction});
    const auto after =
        boost::json::parse(told({"org", "show", "nip:" + someone, "--on", "2026-01-01", "--json"}));
    EXPECT_EQ(after.at("superior").at("person").as_string(), peer);
    EXPECT_EQ(
        boost::json::parse(told({"org", "show", "nip:" + someone, "--on", "2025-12-31", "--json"}))
            .at("superior"),
        before.at("superior"));
    EXPECT_THAT(told({"org", "history", "kepala-" + number}), HasSubstr("SK 9/2026"));
}

// "ratings" of every criterion of the policy of Sofifi, and the command that carries them.
std::string rates(const std::string& command, const std::string& appraisal, const std::string& role,
                  const std::string& who, int number) {
    std::string ratings;
    for (const char* competence : {"teknis", "komunikasi", "kolaborasi"}) {
        for (const char* side : {"_hasil", "_proses"}) {
            ratings += (ratings.empty() ? "" : ", ") +
                       (R"({"criterion": ")" + std::string(competence)) + side +
                       R"(", "value": "4"})";
        }
    }
    return R"({"command": ")" + command + R"(", "command_id": "act-)" + std::to_string(number) +
           R"(", "appraisal": ")" + appraisal + R"(", "actor": {"id": ")" + who +
           R"(", "role": ")" + role + R"("}, "data": {"ratings": [)" + ratings + "]}}\n";
}

TEST_F(OrganisationCommand, refuses_a_plt_whose_mandate_has_ended_and_asks_the_next_one) {
    make("260");
    told({"policy", "publish", "--as", keeper,
          JEJAK_SOURCE_DIR "/workflows/appraisal/policies/sofifi.json"});
    std::ifstream roster(in_org("roster.csv"));
    std::string line;
    for (int i = 0; i < 60; ++i)
        std::getline(roster, line);
    const std::string employee = "nip:" + line.substr(0, 18);
    const auto before =
        boost::json::parse(told({"org", "show", employee, "--on", "2026-01-01", "--json"}));
    const std::string head(before.at("superior").at("person").as_string());
    const std::string peer(before.at("peers").at(0).as_string());
    told({"import",
          command("plt",
                  R"({"post": ")" + std::string(before.at("superior").at("post").as_string()) +
                      R"(", "person": ")" + peer + R"(", "kind": "plt", "from": "2026-01-01", )" +
                      R"("until": "2026-06-30", "letter": "SP 4/2026"})")});
    auto opening = open(scratch_.file("one.csv", "NIP\n" + line.substr(0, 18) + "\n"));
    opening[6] = "sofifi";
    told(opening);
    const auto listed = boost::json::parse(lines_of(told({"list", "--json"}))[0]);
    const std::string appraisal(listed.at("appraisal").as_string());
    EXPECT_EQ(boost::json::parse(told({"show", appraisal, "--json"})).at("supervisor").as_string(),
              peer);

    told({"import", scratch_.file("self.jsonl", rates("submit_self_assessment", appraisal,
                                                      "employee", employee, 1))});
    const auto late =
        scratch_.file("late.jsonl", rates("submit_review", appraisal, "supervisor", peer, 2));
    const Ran refused = run(scratch_.data(), {"import", late});
    EXPECT_THAT(refused.out + refused.err, HasSubstr("no_mandate"));

    told({"org", "reassign", "--period", "2026", "--as", keeper});
    EXPECT_EQ(boost::json::parse(told({"show", appraisal, "--json"})).at("supervisor").as_string(),
              head);
    told({"import",
          scratch_.file("next.jsonl", rates("submit_review", appraisal, "supervisor", head, 3))});
    EXPECT_THAT(told({"org", "completeness", "--period", "2026"}), HasSubstr("raters 1"));
    told({"verify"});
}

TEST_F(OrganisationCommand, counts_who_studies_as_exempt_and_never_as_not_filed) {
    make("60");
    const auto studies = scratch_.file(
        "study.jsonl",
        R"({"command": "record_absence", "command_id": "study-1", "actor": {"id": ")" +
            std::string(keeper) + R"(", "role": "administrator"}, "data": {"person": )" +
            R"("nip:196502081989022001", "kind": "study", "from": "2026-02-01", )" +
            R"("until": "2026-09-30", "letter": "SK 5/2026"}})" + "\n");
    told({"import", studies});
    const auto ask = [&](const char* day) {
        return told({"org", "completeness", "--period", "2026", "--people", "--on", day});
    };
    EXPECT_THAT(ask("2026-06-01"), HasSubstr("tugas belajar"));
    EXPECT_THAT(ask("2026-10-01"), Not(HasSubstr("tugas belajar")));
}

TEST_F(OrganisationCommand, says_what_is_missing_or_doubled_in_the_records) {
    make("60");
    EXPECT_THAT(told({"org", "check", "--on", "2026-06-01"}), HasSubstr("led by one person"));
    EXPECT_THAT(told({"org", "tree", "--on", "2026-06-01"}), HasSubstr("  Unit 2 (unit-2)"));
    const auto head =
        boost::json::parse(lines_of(told({"org", "tree", "--unit", "unit-1", "--json"}))[0]);
    const std::string leader(head.at("head").as_string());
    const auto both =
        command("both", R"({"post": "kepala-2", "person": ")" + leader.substr(0, leader.find(' ')) +
                            R"(", "from": "2026-01-01", "letter": "SK 2"})");
    told({"import", both});
    const Ran checked = run(scratch_.data(), {"org", "check", "--on", "2026-06-01"});
    EXPECT_EQ(checked.exit_code, 1);
    EXPECT_THAT(checked.out, HasSubstr("unit-1: nobody leads it"));
    EXPECT_THAT(checked.out, Not(HasSubstr("unit-0")));
    const Ran unknown = run(scratch_.data(), {"org", "show", "nip:197001011995031777"});
    EXPECT_EQ(unknown.exit_code, 1);
    EXPECT_THAT(unknown.err, HasSubstr("nobody is known"));
    const Ran nowhere = run(scratch_.data(), {"org", "tree", "--unit", "tidak-ada"});
    EXPECT_EQ(nowhere.exit_code, 1);
    EXPECT_THAT(nowhere.err, HasSubstr("there is no unit"));
    auto unpublished = open(in_org("roster.csv"));
    unpublished[6] = "tidak-ada";
    const Ran unruled = run(scratch_.data(), unpublished);
    EXPECT_EQ(unruled.exit_code, 1);
    EXPECT_THAT(unruled.err, HasSubstr("is published here"));
}

}  // namespace
}  // namespace jejak::cli
