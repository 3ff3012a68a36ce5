#include "adapters/json/command_line.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/json/command_catalogue.hpp"
#include "engine/record/sealing.hpp"
#include "tests/adapters/intake_house.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/policy/policy_decider.hpp"

namespace jejak::json {
namespace {

constexpr std::string_view finalise =
    R"({"command": "finalise", "command_id": "c-1", "appraisal": "a-1", "expected_version": 3,
        "actor": {"id": "nip:197803152005012002", "role": "supervisor"}, "data": {}})";

// The request with one member put in, replaced (null text: taken out).
std::string with(std::string_view member, std::string_view value,
                 std::string_view request = finalise) {
    auto object = boost::json::parse(request).as_object();
    if (value.empty()) {
        object.erase(member);
    } else {
        object[member] = boost::json::parse(value);
    }
    return boost::json::serialize(object);
}

std::string refusal(House& house, const std::string& request) {
    const auto parsed = parse_command(request, house.intake());
    if (parsed) return "";
    EXPECT_EQ(parsed.error().code, ErrorCode::invalid_input);
    return parsed.error().message;
}

TEST(CommandLine, becomes_a_request_of_the_writer) {
    House house;
    const auto request = parse_command(finalise, house.intake());
    ASSERT_TRUE(request.has_value()) << request.error().message;
    EXPECT_EQ(request->stream.text(), "appraisal/a-1");
    EXPECT_EQ(request->command_id.text(), "c-1");
    EXPECT_EQ(request->expected_version, Version{3});
    EXPECT_FALSE(request->occurred_at.has_value());
    EXPECT_FALSE(request->claim.has_value());
    EXPECT_EQ(request->actor.kind, Actor::Kind::person);
    EXPECT_EQ(request->actor.person, *house.people.identify("nip:197803152005012002", ""));
    EXPECT_EQ(request->actor.role, "supervisor");
    EXPECT_EQ(request->actor.channel, "test");
    EXPECT_TRUE(request->actor.on_behalf_of.is_nil());
    const auto* command = std::any_cast<appraisal::Command>(&request->command);
    ASSERT_NE(command, nullptr);
    EXPECT_TRUE(std::holds_alternative<appraisal::Finalise>(*command));
}

TEST(CommandLine, gets_a_fresh_id_and_no_expectation_where_it_says_none) {
    House house;
    const auto without = with("command_id", "", with("expected_version", "", with("data", "")));
    const auto one = parse_command(without, house.intake());
    const auto two = parse_command(without, house.intake());
    ASSERT_TRUE(one && two);
    EXPECT_EQ(one->command_id.text().size(), 26u);
    EXPECT_NE(one->command_id, two->command_id);
    EXPECT_EQ(one->expected_version, std::nullopt);
}

TEST(CommandLine, tells_all_that_is_wrong_at_once_and_registers_nobody) {
    House house;
    std::vector<Problem> problems;
    const auto parsed = parse_command(
        R"({"command": "submit_review", "appraisal": "a 1", "expected_version": "3", "actr": {},
            "actor": {"id": "nip:198501012010011001", "role": "boss"},
            "data": {"ratings": [{"criterion": "a", "value": 7.5}]}})",
        house.intake(), &problems);
    ASSERT_FALSE(parsed.has_value());
    const std::string& message = parsed.error().message;
    EXPECT_TRUE(says(message, "/actr: is not a member here; did you mean actor?"));
    EXPECT_TRUE(says(message, "/appraisal: an appraisal is named by"));
    EXPECT_TRUE(says(message, "/expected_version: is a text, wanted is a whole number"));
    EXPECT_TRUE(says(message, "/actor/role: \"boss\" is not one of: employee, supervisor"));
    EXPECT_TRUE(says(message, "/data/ratings/0/value: is a number with a fraction"));
    EXPECT_EQ(problems.size(), 5u) << message;
    EXPECT_EQ(to_text(problems), message);
    EXPECT_EQ(*house.people.find("nip:198501012010011001"), std::nullopt);
}

TEST(CommandLine, suggests_the_command_that_was_meant) {
    House house;
    const std::string message = refusal(house, with("command", "\"finalize\""));
    EXPECT_TRUE(says(message, "/command: \"finalize\" is not one of: open_appraisal, agree_plan"));
    EXPECT_TRUE(says(message, "did you mean finalise?"));
    EXPECT_TRUE(says(refusal(house, with("command", "")), "/command: is missing"));
    EXPECT_TRUE(says(refusal(house, with("command", "\"\"")), "/command: \"\" is not one of"));
    EXPECT_TRUE(says(refusal(house, with("command", "\"register_person\"")), "is not one of"));
    EXPECT_TRUE(says(refusal(house, "[]"), "is a list, wanted is an object"));
}

TEST(CommandLine, does_not_take_the_roles_of_the_machine_from_outside) {
    House house;
    for (const char* role : {"system", "", "Supervisor"}) {
        const std::string actor =
            R"({"id": "nip:197803152005012002", "role": ")" + std::string(role) + "\"}";
        EXPECT_TRUE(says(refusal(house, with("actor", actor)), "/actor/role: ")) << role;
    }
    EXPECT_TRUE(says(refusal(house, with("actor", R"({"id": "nip:197803152005012002"})")),
                     "/actor/role: is missing"));
    EXPECT_TRUE(says(refusal(house, with("actor", "")), "/actor: is missing; say who asks"));
    EXPECT_TRUE(says(refusal(house, with("actor", "null")), "/actor: "))
        << "nobody at all must not pass";
}

TEST(CommandLine, keeps_a_nip_out_of_names_that_are_never_erased) {
    House house;
    EXPECT_TRUE(
        says(refusal(house, with("appraisal", "\"skp-198501012010011001\"")), "which is a NIP"));
    EXPECT_TRUE(says(refusal(house, with("appraisal", "")), "/appraisal: is missing"));
    EXPECT_TRUE(says(refusal(house, with("policy", "\"contoh\"")), "write `appraisal` instead"));
    EXPECT_TRUE(says(refusal(house, with("appraisal", "\"a/b\"")), "letters, digits"));
    EXPECT_TRUE(
        says(refusal(house, with("appraisal", '"' + std::string(65, 'a') + '"')), "1 to 64"));
}

TEST(CommandLine, takes_history_with_all_of_its_three_parts_only) {
    House house;
    const std::string hash(64, 'a');
    std::string request = with("occurred_at", "\"2025-12-31T16:00:00+07:00\"");
    EXPECT_TRUE(says(refusal(house, request), "/ground: is missing; what happened earlier"));
    EXPECT_TRUE(says(refusal(house, request), "/document_sha256: is missing"));
    request = with("ground", "\"SK 17/2025\"", with("document_sha256", '"' + hash + '"', request));
    const auto parsed = parse_command(request, house.intake());
    ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
    EXPECT_EQ(to_text(*parsed->occurred_at), "2025-12-31T09:00:00Z");
    EXPECT_EQ(parsed->claim->ground, "SK 17/2025");
    EXPECT_EQ(to_hex(parsed->claim->document), hash);
    EXPECT_TRUE(
        says(refusal(house, with("ground", "\"SK 198501012010011001\"", request)), "a NIP"));
    EXPECT_TRUE(says(refusal(house, with("document_sha256", "\"abc\"", request)), "64 hex"));
}

TEST(CommandLine, wants_a_time_with_its_zone) {
    House house;
    for (const char* text : {"\"2025-12-31\"", "\"2025-12-31T16:00:00\"", "\"31/12/2025\""}) {
        EXPECT_TRUE(says(refusal(house, with("occurred_at", text)), "2026-03-01T08:00:00+07:00"))
            << text;
    }
}

TEST(CommandLine, hides_a_rater_behind_the_handle_of_the_appraisal) {
    House house;
    const std::string request =
        R"({"command": "give_feedback", "appraisal": "a-1",
            "actor": {"id": "nip:199005052015051006", "role": "peer"},
            "data": {"source": "peer", "ratings": [{"criterion": "a", "value": "4"}]}})";
    const auto parsed = parse_command(request, house.intake());
    ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
    const PersonId person = *house.people.identify("nip:199005052015051006", "");
    const Handle handle = record::handle_of(house.keyring.log_secret(), parsed->stream, person);
    EXPECT_EQ(parsed->actor.kind, Actor::Kind::handle);
    EXPECT_EQ(parsed->actor.handle, handle);
    EXPECT_TRUE(parsed->actor.person.is_nil());
    EXPECT_EQ(parsed->actor.role, "peer");
    const auto& feedback =
        std::get<appraisal::GiveFeedback>(*std::any_cast<appraisal::Command>(&parsed->command));
    EXPECT_EQ(feedback.rater, handle);
    EXPECT_EQ(feedback.rater_person, person);
    EXPECT_TRUE(says(refusal(house, with("actor", R"({"id": "nip:199005052015051006",
                     "role": "peer", "on_behalf_of": "nip:198501012010011001"})",
                                         request)),
                     "by the rater herself"));
}

TEST(CommandLine, believes_the_authentication_and_not_the_text) {
    House house;
    json::Intake intake = house.intake();
    intake.actor = OutsideActor{"nip:197803152005012002", "supervisor", ""};
    const auto same = parse_command(finalise, intake);
    const auto silent = parse_command(with("actor", ""), intake);
    ASSERT_TRUE(same && silent);
    EXPECT_EQ(same->actor, silent->actor);
    intake.actor = OutsideActor{"nip:198501012010011001", "employee", ""};
    const auto other = parse_command(finalise, intake);
    ASSERT_FALSE(other.has_value());
    EXPECT_TRUE(says(other.error().message, "/actor: is not who was authenticated"));
    const auto nobody = parse_command(with("actor", "null"), intake);
    EXPECT_FALSE(nobody.has_value());
}

TEST(CommandLine, takes_a_policy_as_object_or_as_text) {
    House house;
    const std::string object =
        R"({"command": "publish_policy", "policy": "p-1",
            "actor": {"id": "nip:198811112012122005", "role": "administrator"},
            "data": {"document": {"policy": "p-1", "weights": [1, "2.5"]}}})";
    const auto document = [&](const std::string& request) {
        const auto parsed = parse_command(request, house.intake());
        if (!parsed) return "refused: " + parsed.error().message;
        EXPECT_EQ(parsed->stream.text(), "policy/p-1");
        const auto* command = std::any_cast<policy::PolicyDecider::Command>(&parsed->command);
        return std::get<policy::PublishPolicy>(*command).document;
    };
    EXPECT_EQ(document(object), R"({"policy":"p-1","weights":[1,"2.5"]})");
    EXPECT_EQ(document(with("data", R"({"document": "{ }"})", object)), "{ }");
    EXPECT_TRUE(says(document(with("data", R"({"document": {"weights": [2.5]}})", object)),
                     "/data/document/weights/0: is a number with a fraction"));
    EXPECT_TRUE(says(document(with("data", R"({"document": 7})", object)), "neither an object"));
    EXPECT_TRUE(says(document(with("data", "", object)), "/data/document: is missing"));
    EXPECT_TRUE(says(document(with("policy", "", object)), "/policy: is missing"));
    EXPECT_TRUE(says(document(with("appraisal", "\"a\"", object)), "write `policy` instead"));
}

TEST(CommandLine, passes_on_what_stops_the_writer) {
    House house;
    house.writer->stop();
    const auto parsed = parse_command(finalise, house.intake());
    ASSERT_FALSE(parsed.has_value());
    EXPECT_EQ(parsed.error().code, ErrorCode::stopped);
}

}  // namespace
}  // namespace jejak::json
