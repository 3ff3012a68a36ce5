#include "adapters/csv/ratings.hpp"
#include "tests/adapters/says.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace jejak::csv {
namespace {

const Scale one_to_five{"1", "5"};

template <class T>
std::string refusal_of(const Result<T>& result) {
    return result ? "" : result.error().message;
}

template <class Reader, class Record>
struct Reading {
    std::vector<Record> records;
    Faults faults;
    std::string refusal;
};

template <class Record, class Reader>
Reading<Reader, Record> read_all(Result<Reader> reader) {
    Reading<Reader, Record> reading;
    reading.refusal = refusal_of(reader);
    while (reader) {
        auto record = reader->next();
        reading.faults = reader->faults();
        reading.refusal = refusal_of(record);
        if (!record || !*record) break;
        reading.records.push_back(std::move(**record));
    }
    return reading;
}

auto read_ratings(const std::string& text, const std::string& map, const Scale& scale) {
    return read_all<Rating>(RatingReader::make(Table::from_memory(text, "r.csv").value(),
                                               parse_rating_columns(map).value(), scale));
}

auto read_scores(const std::string& text, const std::string& map, const std::string& criteria,
                 const std::string& respondents, const Scale& scale) {
    return read_all<Scores>(
        ScoresReader::make(Table::from_memory(text, "w.csv").value(),
                           parse_score_columns(map, criteria, respondents).value(), scale));
}

TEST(CsvRatings, the_map_names_columns) {
    const auto columns = parse_rating_columns(" ratee = d , rater=s,unit=dept,score=y=z ");
    ASSERT_TRUE(columns.has_value()) << columns.error().message;
    EXPECT_EQ(columns->ratee, "d");
    EXPECT_EQ(columns->rater, "s");
    EXPECT_EQ(columns->unit, "dept");
    EXPECT_EQ(columns->score, "y=z");
    EXPECT_EQ(parse_rating_columns("score=y,ratee=d")->rater, "");
}

TEST(CsvRatings, the_map_is_refused_with_a_remedy) {
    const auto refused = [](const char* map) { return refusal_of(parse_rating_columns(map)); };
    EXPECT_TRUE(contains(refused("ratee=d,scores=y"),
                         "\"scores\"; the keys are ratee (required), "
                         "rater, unit, score (required)"));
    EXPECT_TRUE(contains(refused("ratee=d"), "add score=HEADING"));
    EXPECT_TRUE(contains(refused("score=y"), "add ratee=HEADING"));
    EXPECT_TRUE(contains(refused("ratee=d,score="), "write score=HEADING"));
    EXPECT_TRUE(contains(refused("ratee,score=y"), "write ratee=HEADING"));
    EXPECT_TRUE(contains(refused("ratee=d,ratee=e,score=y"), "names ratee twice"));
    EXPECT_TRUE(contains(refused("ratee=d,score=d"), "for both ratee and score"));
    EXPECT_TRUE(contains(refused(""), "unknown key \"\""));
    EXPECT_TRUE(contains(refused("ratee=d,score=y,"), "unknown key \"\""));
}

TEST(CsvRatings, the_criteria_of_the_wide_form_are_different_columns) {
    const auto columns = parse_score_columns("ratee=r,unit=u", "A, B ,C", "N");
    ASSERT_TRUE(columns.has_value()) << columns.error().message;
    EXPECT_EQ(columns->criteria, (std::vector<std::string>{"A", "B", "C"}));
    EXPECT_EQ(columns->respondents, "N");
    const auto refused = [](const char* map, const char* criteria, const char* respondents) {
        return refusal_of(parse_score_columns(map, criteria, respondents));
    };
    EXPECT_TRUE(contains(refused("ratee=r", "A,,B", ""), "empty heading"));
    EXPECT_TRUE(contains(refused("ratee=r", "", ""), "empty heading"));
    EXPECT_TRUE(contains(refused("ratee=r", "A,B,A", ""), "\"A\" a second time"));
    EXPECT_TRUE(contains(refused("ratee=r", "A,r", ""), "\"r\" a second time"));
    EXPECT_TRUE(contains(refused("ratee=r", "A,B", "B"), "\"B\" a second time"));
    EXPECT_TRUE(contains(refused("ratee=r", "A", "r"), "respondents"));
    EXPECT_TRUE(
        contains(refused("ratee=r,score=s", "A", ""), "the keys are ratee (required), unit"));
}

TEST(CsvRatings, the_scale_has_two_ends) {
    EXPECT_EQ(parse_scale("1:5")->max, "5");
    EXPECT_EQ(parse_scale("-2,5 : 0.50")->min, "-2.5");
    EXPECT_EQ(parse_scale("-2,5 : 0.50")->max, "0.5");
    for (const char* bad : {"", "5", "1-5", "5:1", "1:1", "1:", ":5", "1:2:3", "a:b"}) {
        EXPECT_TRUE(contains(refusal_of(parse_scale(bad)), "write it as 1:5")) << bad;
    }
}

TEST(CsvRatings, the_long_form_gives_one_rating_a_row) {
    const auto reading = read_ratings("s,d,y,dept\n10,J1,4,A\n11, J1 ,\"3,50\",A\n10,J2,5.0,B\n",
                                      "ratee=d,rater=s,unit=dept,score=y", one_to_five);
    EXPECT_TRUE(reading.faults.empty()) << reading.faults.text();
    ASSERT_EQ(reading.records.size(), 3u);
    EXPECT_EQ(reading.records[1].ratee, "J1");
    EXPECT_EQ(reading.records[1].rater, "11");
    EXPECT_EQ(reading.records[1].unit, "A");
    EXPECT_EQ(reading.records[1].score, "3.5");
    EXPECT_EQ(reading.records[1].line, 3u);
    EXPECT_EQ(reading.records[2].score, "5");
}

TEST(CsvRatings, rater_and_unit_may_be_absent_and_then_a_ratee_may_repeat) {
    const auto reading = read_ratings("d,y\nJ1,4\nJ1,4\n", "ratee=d,score=y", one_to_five);
    EXPECT_TRUE(reading.faults.empty()) << reading.faults.text();
    ASSERT_EQ(reading.records.size(), 2u);
    EXPECT_EQ(reading.records[0].rater, "");
    EXPECT_EQ(reading.records[0].unit, "");
}

TEST(CsvRatings, a_mapped_column_must_be_there) {
    for (const char* map : {"ratee=x,score=y", "ratee=d,score=x", "ratee=d,score=y,unit=x",
                            "ratee=d,score=y,rater=x"}) {
        const auto reading = read_ratings("d,y\nJ1,4\n", map, one_to_five);
        EXPECT_TRUE(contains(reading.refusal, "\"x\"; it has \"d\", \"y\"")) << reading.refusal;
    }
}

TEST(CsvRatings, every_faulty_row_is_reported_with_its_place_and_the_others_are_given) {
    const auto reading = read_ratings(
        "rater,ratee,unit,score\n"
        "a,J1,A,4\n"                     // 2
        "b,J1,A,6\n"                     // 3: outside of the scale
        "c,,A,3\n"                       // 4: empty
        "d,\"1,98E+17\",A,3\n"           // 5: ruined
        "e,J1,B,3\n"                     // 6: another unit
        "a,J1,A,2\n"                     // 7: again
        "f,J1,A\n"                       // 8: too few fields
        "g,198501012010012000,A,good\n"  // 9: ruined, no number
        "h,J2,\"B\nC\",0.99\n"           // 10: control character, outside of the scale
        "i,J2,A,1\n"                     // 12
        "j,J2,A,\n",                     // 13: empty score
        "ratee=ratee,rater=rater,unit=unit,score=score", one_to_five);
    EXPECT_EQ(reading.refusal, "");
    ASSERT_EQ(reading.records.size(), 2u);
    EXPECT_EQ(reading.records[1].line, 12u);
    const std::vector<std::string> expected = {
        "r.csv, line 3, column 4 (score): the score 6 is outside of the scale 1:5",
        "r.csv, line 4, column 2 (ratee): the field is empty",
        "r.csv, line 5, column 2 (ratee): \"1,98E+17\": the spreadsheet destroyed this number",
        "r.csv, line 6, column 3 (unit): \"J1\" is in unit \"B\" here and in \"A\" on line 2",
        "r.csv, line 7, column 1 (rater): \"a\" has rated \"J1\" already, on line 2",
        "r.csv, line 8, column 4 (score): the row has 3 fields and the heading 4",
        "r.csv, line 9, column 2 (ratee): \"198501012010012000\"",
        "r.csv, line 9, column 4 (score): \"good\" is not a number",
        "r.csv, line 10, column 3 (unit): there is a line break",
        "r.csv, line 10, column 4 (score): the score 0.99 is outside",
        "r.csv, line 13, column 4 (score): there is no number",
    };
    ASSERT_EQ(reading.faults.count(), expected.size()) << reading.faults.text();
    for (std::size_t index = 0; index < expected.size(); ++index) {
        const Fault& fault = reading.faults.kept()[index];
        EXPECT_TRUE(fault.message.starts_with(expected[index])) << fault.message;
        EXPECT_TRUE(contains(fault.message, "line " + std::to_string(fault.place.line) +
                                                ", column " + std::to_string(fault.place.column)));
    }
}

TEST(CsvRatings, what_the_table_cannot_pass_ends_the_reading) {
    const auto reading = read_ratings("d,y\nJ1,4\nJ2,\"5\n", "ratee=d,score=y", one_to_five);
    EXPECT_EQ(reading.records.size(), 1u);
    EXPECT_TRUE(contains(reading.refusal, "r.csv, line 3, column 2 (y)")) << reading.refusal;
}

TEST(CsvRatings, keeps_a_thousand_faults_and_counts_the_rest) {
    std::string text = "d,y\n";
    for (int row = 0; row < 1'234; ++row)
        text += "J1,9\n";
    const auto reading = read_ratings(text, "ratee=d,score=y", one_to_five);
    EXPECT_EQ(reading.faults.count(), 1'234u);
    EXPECT_EQ(reading.faults.kept().size(), 1'000u);
    EXPECT_EQ(reading.faults.not_kept(), 234u);
    EXPECT_TRUE(contains(reading.faults.text(), "\nand 234 more\n"));
    const std::string short_text = reading.faults.text(2);
    EXPECT_TRUE(contains(short_text, "line 3") && !contains(short_text, "line 4"));
    EXPECT_TRUE(contains(short_text, "and 1232 more"));
}

TEST(CsvRatings, the_wide_form_gives_one_ratee_a_row) {
    const auto reading = read_scores("ratee;unit;N;A;B\nJ1;X;5,7;7,9;10\nJ2;Y;12;0;1,0\n",
                                     "ratee=ratee,unit=unit", "B,A", "N", {"0", "10"});
    EXPECT_TRUE(reading.faults.empty()) << reading.faults.text();
    ASSERT_EQ(reading.records.size(), 2u);
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(reading.records[0].scores, (Pairs{{"B", "10"}, {"A", "7.9"}}));
    EXPECT_EQ(reading.records[0].respondents, "5.7");
    EXPECT_EQ(reading.records[0].unit, "X");
    EXPECT_EQ(reading.records[1].scores, (Pairs{{"B", "1"}, {"A", "0"}}));
    EXPECT_EQ(reading.records[1].line, 3u);
}

TEST(CsvRatings, the_wide_form_reports_every_faulty_field) {
    const auto reading =
        read_scores("ratee,N,A,B\nJ1,1,5,5\nJ1,1,5,5\nJ2,-1,11,\nJ3,many,1,1\nJ4,3,1,1\n",
                    "ratee=ratee", "A,B", "N", {"0", "10"});
    EXPECT_EQ(reading.records.size(), 2u);
    const std::vector<std::string> expected = {
        "w.csv, line 3, column 1 (ratee): \"J1\" is there already, on line 2",
        "w.csv, line 4, column 3 (A): the score 11 is outside of the scale 0:10",
        "w.csv, line 4, column 4 (B): there is no number",
        "w.csv, line 4, column 2 (N): the count -1 is below 0",
        "w.csv, line 5, column 2 (N): \"many\" is not a number",
    };
    ASSERT_EQ(reading.faults.count(), expected.size()) << reading.faults.text();
    for (std::size_t index = 0; index < expected.size(); ++index) {
        const std::string& message = reading.faults.kept()[index].message;
        EXPECT_TRUE(message.starts_with(expected[index])) << message;
    }
}

TEST(CsvRatings, takes_every_published_student_rating) {
    const std::string path = std::string(JEJAK_SHARED_DATA) + "/insteval.csv.gz";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
    const auto reading = read_all<Rating>(RatingReader::make(
        Table::open(path).value(),
        parse_rating_columns("ratee=d,rater=s,unit=dept,score=y").value(), one_to_five));
    EXPECT_EQ(reading.refusal, "");
    EXPECT_TRUE(reading.faults.empty()) << reading.faults.text(20);
    EXPECT_EQ(reading.records.size(), 73'421u);
    std::set<std::string> ratees;
    std::set<std::string> raters;
    std::set<std::string> units;
    for (const Rating& rating : reading.records) {
        ratees.insert(rating.ratee);
        raters.insert(rating.rater);
        units.insert(rating.unit);
    }
    EXPECT_EQ(ratees.size(), 1'128u);
    EXPECT_EQ(raters.size(), 2'972u);
    EXPECT_EQ(units.size(), 14u);
}

TEST(CsvRatings, takes_every_published_rating_of_judges) {
    const std::string path = std::string(JEJAK_SHARED_DATA) + "/us_judge_ratings.csv";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
    const std::string criteria = "INTG,DMNR,DILG,CFMG,DECI,PREP,FAMI,ORAL,WRIT,PHYS";
    const auto reading = read_all<Scores>(ScoresReader::make(
        Table::open(path).value(), parse_score_columns("ratee=ratee", criteria, "CONT").value(),
        {"0", "10"}));
    EXPECT_EQ(reading.refusal, "");
    EXPECT_TRUE(reading.faults.empty()) << reading.faults.text(20);
    ASSERT_EQ(reading.records.size(), 43u);
    EXPECT_EQ(reading.records[0].respondents, "5.7");
    EXPECT_EQ(reading.records[0].scores.size(), 10u);
    EXPECT_EQ(reading.records[0].scores[8], (std::pair<std::string, std::string>("WRIT", "7")));
}

}  // namespace
}  // namespace jejak::csv
