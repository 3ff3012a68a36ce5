#include "adapters/json/described.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/csv/utf8.hpp"
#include "adapters/intake/identifier.hpp"
#include "tests/adapters/says.hpp"
#include "workflows/appraisal/events.hpp"

namespace jejak::json {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Everything {
    bool truth = false;
    std::uint16_t number = 0;
    Colour colour = Colour::red;
    Instant moment;
    Position position;
    Version version;
    StreamId stream;
    Handle handle;
    Sha256 digest{};
    std::optional<std::uint32_t> maybe;
    std::vector<Colour> colours;
    friend bool operator==(const Everything&, const Everything&) = default;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (truth, number, colour, moment, position, version, stream, handle, digest,
                       maybe, colours))

namespace {

// Pseudonyms that show whom they stand for: the bytes of the identifier's beginning.
PersonId readable(std::string_view outside) {
    PersonId person;
    for (std::size_t i = 0; i < person.bytes.size() && i < outside.size(); ++i) {
        person.bytes[i] = static_cast<std::uint8_t>(outside[i]);
    }
    return person;
}

Reader reader() {
    return Reader([](std::string_view outside) -> Result<PersonId> {
        const auto parsed = intake::parse_identifier(outside);
        if (!parsed) return parsed.error();
        return readable(outside);
    });
}

Names names() {
    return {[](PersonId person) {
                const auto end = std::find(person.bytes.begin(), person.bytes.end(), 0);
                return std::string(person.bytes.begin(), end);
            },
            [](const Personal& field, std::string_view path) {
                return field.state == Personal::State::open ? field.bytes
                                                            : "at " + std::string(path);
            }};
}

// All problems of a text read as a T, "pointer: message" a line.
template <class T>
std::string problems_of(std::string_view text) {
    Reader reading = reader();
    (void)from_json<T>(boost::json::parse(text), reading);
    return to_text(reading.problems());
}

TEST(DescribedJson, reads_back_what_it_wrote_for_every_kind_of_member) {
    Everything all;
    all.truth = true;
    all.number = 65'535;
    all.colour = Colour::green;
    all.moment = *parse_instant("2026-03-01T08:00:00+07:00");
    all.position = Position{UINT64_MAX};
    all.version = Version{UINT32_MAX};
    all.stream = *StreamId::make("appraisal", "a-1");
    all.handle.bytes[0] = 0xab;
    all.digest[31] = 0xcd;
    all.maybe = 7;
    all.colours = {Colour::green, Colour::red};
    const auto written = to_json(all, names());
    EXPECT_EQ(written.at("moment"), "2026-03-01T01:00:00Z");
    EXPECT_EQ(written.at("position"), UINT64_MAX);
    EXPECT_EQ(written.at("colours"), (boost::json::array{"green", "red"}));
    Reader reading = reader();
    EXPECT_EQ(from_json<Everything>(written, reading), all);
    EXPECT_TRUE(reading.ok()) << to_text(reading.problems());
}

TEST(DescribedJson, leaves_out_on_writing_what_says_nothing) {
    const auto written = to_json(appraisal::Rating{"pelayanan", "4", {}}, names());
    EXPECT_EQ(boost::json::serialize(written), R"({"criterion":"pelayanan","value":"4"})");
    const auto opened = to_json(appraisal::Opened{}, names()).as_object();
    EXPECT_FALSE(opened.contains("supervisor"));
    EXPECT_FALSE(opened.contains("self_assessment_due_at"));
}

TEST(DescribedJson, tells_every_problem_at_once_and_where_it_is) {
    const std::string text = problems_of<appraisal::OpenAppraisal>(
        R"({"subject": 198501012010011001, "post": 7, "untl": "Dinas", "period": null,
            "supervisor": "19780315", "policy": ["sofifi"]})");
    EXPECT_TRUE(says(text, "/subject: is a number, wanted is a person as text"));
    EXPECT_TRUE(says(text, "/post: is a number, wanted is a text; write \"7\""));
    EXPECT_TRUE(says(text, "/untl: is not a member here; did you mean unit?; known are: subject"));
    EXPECT_TRUE(says(text, "/unit: is missing; add it"));
    EXPECT_TRUE(says(text, "/period: is null"));
    EXPECT_TRUE(says(text, "/supervisor: a person is written with a namespace"));
    EXPECT_TRUE(says(text, "/policy: is a list, wanted is a text"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 6) << text;
}

TEST(DescribedJson, quotes_a_long_name_without_cutting_a_letter_in_two) {
    Reader reader([](std::string_view) -> Result<PersonId> { return PersonId{}; });
    detail::refuse_name(std::string(59, 'x') + "\xC3\xA9", {"finalise"}, reader);
    ASSERT_EQ(reader.problems().size(), 1u);
    EXPECT_TRUE(csv::is_utf8_text(reader.problems()[0].message)) << reader.problems()[0].message;
    EXPECT_TRUE(says(reader.problems()[0].message, std::string(59, 'x') + "\xE2\x80\xA6\""));
}

TEST(DescribedJson, points_into_lists) {
    const std::string text = problems_of<appraisal::SubmitReview>(
        R"({"ratings": [{"criterion": "a", "value": "4"}, {"criterion": "b", "value": 7.5},
            "c", {"criterion": "d"}], "flags": {}})");
    EXPECT_TRUE(says(text, "/ratings/1/value: is a number with a fraction"));
    EXPECT_TRUE(says(text, "write it as text: \"7.5\""));
    EXPECT_TRUE(says(text, "/ratings/2: is a text, wanted is an object"));
    EXPECT_TRUE(says(text, "/ratings/3/value: is missing"));
    EXPECT_TRUE(says(text, "/flags: is an object, wanted is a list"));
}

TEST(DescribedJson, takes_an_integer_where_an_exact_number_is_wanted) {
    Reader reading = reader();
    const auto review = from_json<appraisal::SubmitReview>(
        boost::json::parse(R"({"ratings": [{"criterion": "a", "value": 4},
                               {"criterion": "b", "value": -1},
                               {"criterion": "c", "value": "22/3"}]})"),
        reading);
    ASSERT_TRUE(reading.ok()) << to_text(reading.problems());
    EXPECT_EQ(review.ratings[0].value, "4");
    EXPECT_EQ(review.ratings[1].value, "-1");
    EXPECT_EQ(review.ratings[2].value, "22/3");
    EXPECT_TRUE(says(problems_of<appraisal::RecordSurvey>(
                         R"({"element_means": [3, 3.25, "x"], "respondents": 30})"),
                     "/element_means/1: is a number with a fraction, which JSON does not keep "
                     "exactly; write it as text: \"3.25\"\n/element_means/2: "));
}

TEST(DescribedJson, refuses_numbers_that_are_not_whole_or_do_not_fit) {
    const auto survey = [](std::string respondents) {
        return problems_of<appraisal::RecordSurvey>(R"({"respondents": )" + respondents + "}");
    };
    EXPECT_EQ(survey("30"), "");
    EXPECT_EQ(survey("4294967295"), "");
    EXPECT_TRUE(says(survey("4294967296"), "/respondents: is above 4294967295"));
    EXPECT_TRUE(says(survey("30.5"), "not a whole number from 0"));
    EXPECT_TRUE(says(survey("-1"), "not a whole number from 0"));
    EXPECT_TRUE(says(survey("\"30\""), "without quotation marks"));
    EXPECT_TRUE(says(survey("18446744073709551616"), "not a whole number from 0"));
}

TEST(DescribedJson, fills_in_what_may_be_left_out) {
    Reader reading = reader();
    const auto open = from_json<appraisal::OpenAppraisal>(
        boost::json::parse(R"({"subject": "student:17", "post": "Guru", "unit": "SD 1",
                               "period": "2025", "policy": "sofifi"})"),
        reading);
    ASSERT_TRUE(reading.ok()) << to_text(reading.problems());
    EXPECT_EQ(open.kind, "annual");
    EXPECT_EQ(open.subject, readable("student:17"));
    EXPECT_TRUE(open.supervisor.is_nil());
    EXPECT_EQ(problems_of<appraisal::PlanItem>(R"({"item": "imunisasi"})"), "");
    EXPECT_EQ(problems_of<appraisal::Finalise>("{}"), "");
}

TEST(DescribedJson, reads_words_as_open_and_without_owner) {
    Reader reading = reader();
    const auto note = from_json<appraisal::NoteDialogue>(
        boost::json::parse(R"({"note": "Disepakati"})"), reading);
    EXPECT_EQ(note.note, Personal::of({}, "Disepakati"));
}

TEST(DescribedJson, hides_from_the_json_who_a_rater_is) {
    const std::string text = problems_of<appraisal::GiveFeedback>(
        R"({"source": "peer", "rater": "00112233445566778899aabbccddeeff",
            "rater_person": "student:17"})");
    EXPECT_TRUE(says(text, "/rater: is not a member here"));
    EXPECT_TRUE(says(text, "/rater_person: is not a member here"));
    EXPECT_EQ(boost::json::serialize(schema_of<appraisal::GiveFeedback>()).find("rater\""),
              std::string::npos);
    appraisal::FeedbackGiven given;
    given.rater.bytes[0] = 1;
    EXPECT_EQ(to_json(given, names()).at("rater"), "01000000000000000000000000000000")
        << "but an event shows the handle";
}

TEST(DescribedJson, gives_the_path_that_a_word_was_sealed_under) {
    appraisal::SubmitReview review;
    review.ratings.resize(3);
    review.ratings[2].justification = {readable("a"), Personal::State::sealed, "secret"};
    const auto written = to_json(review, names());
    EXPECT_EQ(written.at("ratings").at(2).at("justification"), "at ratings.2.justification");
}

TEST(DescribedJson, writes_a_derivation_as_it_is_described) {
    scoring::Derivation derivation;
    derivation.policy = "sofifi";
    derivation.groups.resize(1);
    derivation.groups[0].weight = "60";
    derivation.groups[0].criteria.resize(1);
    derivation.groups[0].criteria[0].weight = "1/3";
    derivation.groups[0].criteria[0].score = "22/3";
    derivation.total = "85.5";
    const auto written = to_json(derivation, names());
    EXPECT_EQ(written.at("groups").at(0).at("criteria").at(0).at("score"), "22/3");
    EXPECT_FALSE(written.as_object().contains("capped_from"));
    Reader reading = reader();
    EXPECT_EQ(from_json<scoring::Derivation>(written, reading), derivation);
    EXPECT_TRUE(reading.ok()) << to_text(reading.problems());
}

TEST(DescribedSchema, says_what_is_required_and_what_is_known) {
    EXPECT_EQ(
        boost::json::serialize(schema_of<appraisal::InviteRater>()),
        R"({"type":"object","properties":{"rater":{"type":"string",)"
        R"("pattern":"^[a-z0-9_]{1,32}:[!-~]([ -~]{0,126}[!-~])?$"},"source":{"type":"string"}},)"
        R"("required":["rater","source"],"additionalProperties":false})");
    const auto open = schema_of<appraisal::OpenAppraisal>();
    EXPECT_EQ(open.at("properties").at("kind").at("default"), "annual");
    const auto review = schema_of<appraisal::SubmitReview>();
    EXPECT_FALSE(review.contains("required")) << "lists and words may be left out";
    EXPECT_EQ(
        review.at("properties").at("ratings").at("items").at("properties").at("value").at("type"),
        (boost::json::array{"string", "integer"}));
    EXPECT_EQ(schema_of<Everything>().at("properties").at("colour").at("enum"),
              (boost::json::array{"red", "green"}));
}

TEST(NearestName, suggests_a_name_that_is_near_and_none_that_is_far) {
    const std::vector<std::string_view> known = {"submit_review", "return_review", "finalise"};
    EXPECT_EQ(nearest_name("submit_reveiw", known), "submit_review");
    EXPECT_EQ(nearest_name("finalize", known), "finalise");
    EXPECT_EQ(nearest_name("delete_everything", known), "");
    EXPECT_EQ(nearest_name(std::string(100'000, 'x'), known), "");
}

}  // namespace
}  // namespace jejak::json
