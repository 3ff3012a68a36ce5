#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <variant>

#include "adapters/json/answer.hpp"
#include "adapters/json/command_catalogue.hpp"
#include "adapters/json/views.hpp"
#include "engine/record/envelope.hpp"
#include "tests/adapters/intake_house.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/appraisal/permission.hpp"
#include "workflows/dossier/dossier.hpp"
#include "workflows/organisation/organisation_decider.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak::json {
namespace {

// Tells the whole story; every step of it must be accepted.
void tell(House& house) {
    for (const StoryStep& step : example_story()) {
        house.clock.set(*parse_instant(step.at));
        const auto receipt = house.run(step.request);
        ASSERT_TRUE(receipt.has_value()) << step.request << "\n" << receipt.error().message;
        ASSERT_FALSE(receipt->rejection.has_value())
            << step.request << "\n"
            << receipt->rejection->rule << ": " << receipt->rejection->message
            << "; change the story in command_story.cpp";
        EXPECT_FALSE(receipt->events.empty()) << step.request;
    }
}

boost::json::object view(House& house, std::string_view event, const ViewOptions& options) {
    for (const std::string& bytes : house.records()) {
        if (record::decode_record(bytes)->envelope.event_name != event) continue;
        auto viewed = view_record(bytes, house.opener, house.identifiers, options);
        EXPECT_TRUE(viewed.has_value()) << viewed.error().message;
        return viewed ? std::move(*viewed) : boost::json::object();
    }
    ADD_FAILURE() << "the log holds no " << event;
    return {};
}

TEST(CommandCatalogue, explains_every_command_in_both_languages_with_an_example) {
    const auto names = command_names();
    EXPECT_EQ(names.size(), std::variant_size_v<appraisal::Command> +
                                std::variant_size_v<dossier::Command> +
                                std::variant_size_v<organisation::Command> +
                                std::variant_size_v<unit_result::Command> + 1);
    EXPECT_EQ(std::set(names.begin(), names.end()).size(), names.size());
    EXPECT_EQ(find_command("register_person"), nullptr);
    for (const CommandEntry& entry : command_catalogue()) {
        EXPECT_FALSE(entry.summary_en.empty() || entry.summary_id.empty()) << entry.name;
        EXPECT_FALSE(entry.example.empty())
            << entry.name << " does not occur in the story; add a step to command_story.cpp";
        EXPECT_EQ(entry.example.find('\n'), std::string_view::npos) << entry.name;
    }
}

TEST(CommandCatalogue, has_a_schema_that_names_every_member_of_the_example) {
    for (const CommandEntry& entry : command_catalogue()) {
        const auto schema = request_schema(entry);
        EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
        EXPECT_EQ(schema.at("properties").at("command").at("const").as_string(), entry.name);
        const auto example = boost::json::parse(entry.example).as_object();
        for (const auto& [member, value] : example) {
            EXPECT_TRUE(schema.at("properties").as_object().contains(member))
                << entry.name << ": " << std::string_view(member.data(), member.size());
        }
        for (const auto& [member, value] : example.at("data").as_object()) {
            EXPECT_TRUE(
                schema.at("properties").at("data").at("properties").as_object().contains(member))
                << entry.name << ": " << std::string_view(member.data(), member.size());
        }
    }
}

TEST(CommandCatalogue, follows_the_order_of_the_permissions) {
    for (const auto& permission : appraisal::permissions()) {
        EXPECT_NE(find_command(permission.command), nullptr) << permission.command;
    }
}

TEST(Story, takes_an_appraisal_through_its_whole_life) {
    House house;
    tell(house);
    const auto names = house.event_names();
    EXPECT_EQ(std::count(names.begin(), names.end(), "command.rejected"), 0);
    std::set<std::string> seen(names.begin(), names.end());
    for (const char* event : {"appraisal.finalised", "appraisal.objection_filed",
                              "appraisal.objection_withdrawn", "appraisal.result_changed",
                              "appraisal.cancelled", "policy.published", "claim.released"}) {
        EXPECT_TRUE(seen.contains(event)) << event;
    }
}

TEST(Story, told_twice_adds_nothing) {
    House house;
    tell(house);
    const auto position = house.store.head()->position;
    for (const StoryStep& step : example_story()) {
        const auto receipt = house.run(step.request);
        ASSERT_TRUE(receipt.has_value()) << step.request << "\n" << receipt.error().message;
        EXPECT_TRUE(receipt->repeated) << step.request;
    }
    EXPECT_EQ(house.store.head()->position, position);
}

TEST(Story, changes_the_result_by_the_decision_of_the_objection) {
    House house;
    tell(house);
    const auto changed = view(house, "appraisal.result_changed", {});
    const auto finalised = view(house, "appraisal.finalised", {});
    const auto& data = changed.at("data");
    EXPECT_EQ(data.at("previous_score"), finalised.at("data").at("score"));
    EXPECT_NE(data.at("score"), data.at("previous_score"));
    EXPECT_EQ(data.at("derivation").at("policy"), "contoh");
    EXPECT_EQ(data.at("reasons"), "Antrean disebabkan keadaan di luar kendali pegawai");
    EXPECT_EQ(changed.at("actor").at("id"), "nip:196801011993011001");
}

TEST(RecordView, shows_every_record_of_the_story) {
    House house;
    tell(house);
    for (const std::string& bytes : house.records()) {
        const auto viewed = view_record(bytes, house.opener, house.identifiers, {});
        ASSERT_TRUE(viewed.has_value()) << viewed.error().message;
        const std::string text = boost::json::serialize(*viewed);
        EXPECT_EQ(text.find("[erased]"), std::string::npos) << text;
        EXPECT_EQ(text.find("pseudonym:"), std::string::npos) << text;
    }
}

TEST(RecordView, shows_history_with_its_ground_and_its_own_time) {
    House house;
    tell(house);
    const auto survey = view(house, "appraisal.survey_recorded", {});
    EXPECT_EQ(survey.at("recorded_at"), "2026-04-09T03:00:00Z");
    EXPECT_EQ(survey.at("occurred_at"), "2026-03-31T09:00:00Z");
    EXPECT_EQ(survey.at("ground"), "Laporan SKM triwulan I nomor 17/2026");
    EXPECT_EQ(survey.at("command_id"), "story-20");
    EXPECT_EQ(survey.at("channel"), "test");
    EXPECT_EQ(survey.at("stream"), "appraisal/contoh-2026-001");
    EXPECT_FALSE(view(house, "appraisal.opened", {}).contains("occurred_at"));
    const auto waived = view(house, "appraisal.self_assessment_waived", {});
    EXPECT_EQ(waived.at("actor").at("on_behalf_of"), "nip:199208082018011009");
}

TEST(RecordView, names_a_rater_only_to_whom_may_know) {
    House house;
    tell(house);
    const auto given = view(house, "appraisal.feedback_given", {});
    EXPECT_EQ(given.at("actor").at("role"), "peer");
    EXPECT_FALSE(given.at("actor").as_object().contains("id"));
    EXPECT_EQ(given.at("actor").at("rater"), given.at("data").at("rater"));
    EXPECT_EQ(given.at("data").at("identity"), "[sealed]");
    EXPECT_EQ(given.at("data").at("comment"), "Selalu membantu di luar jadwalnya sendiri");
    EXPECT_EQ(boost::json::serialize(given).find("199005052015051006"), std::string::npos);
    const auto known = view(house, "appraisal.feedback_given", {.words = true, .raters = true});
    EXPECT_EQ(known.at("data").at("identity"), "nip:199005052015051006");
    const auto closed = view(house, "appraisal.feedback_given", {.words = false, .raters = false});
    EXPECT_EQ(closed.at("data").at("comment"), "[sealed]");
}

TEST(RecordView, reads_erased_where_a_key_was_destroyed) {
    House house;
    tell(house);
    const auto subject = house.people.find("nip:198501012010011001");
    ASSERT_TRUE(subject && *subject);
    house.erase(**subject);
    const auto opened = view(house, "appraisal.opened", {});
    EXPECT_EQ(opened.at("data").at("subject"), "[erased]");
    EXPECT_EQ(opened.at("data").at("supervisor"), "nip:197803152005012002");
    EXPECT_EQ(view(house, "appraisal.dialogue_noted", {}).at("data").at("note"), "[erased]");
    EXPECT_EQ(view(house, "appraisal.finalised", {}).at("data").at("derivation").at("policy"),
              "contoh");
}

TEST(RecordView, shows_a_refusal_without_a_version) {
    House house;
    const auto receipt = house.run(example_story()[3].request);
    ASSERT_TRUE(receipt && receipt->rejection);
    const auto refused = view(house, "command.rejected", {});
    EXPECT_FALSE(refused.contains("version"));
    EXPECT_EQ(refused.at("data").at("command"), "record_progress");
    EXPECT_EQ(refused.at("data").at("rule").as_string(), receipt->rejection->rule);
    EXPECT_EQ(refused.at("actor").at("id"), "nip:198501012010011001");
    EXPECT_EQ(answer(*CommandId::make("story-04"), receipt).at("rejection").at("rule").as_string(),
              receipt->rejection->rule);
}

TEST(RecordView, calls_damaged_bytes_damaged) {
    House house;
    std::string bytes = house.records().front();
    bytes.resize(bytes.size() / 2);
    const auto viewed = view_record(bytes, house.opener, house.identifiers, {});
    ASSERT_FALSE(viewed.has_value());
    EXPECT_EQ(viewed.error().code, ErrorCode::corruption);
}

}  // namespace
}  // namespace jejak::json
