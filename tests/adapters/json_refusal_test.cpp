// Every kind of command, from somebody who may not give it and before its time: it is answered with
// its rule, the refusal is a record, and the state is as it was.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "adapters/json/command_catalogue.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/system_events.hpp"
#include "engine/runtime/state_cache.hpp"
#include "tests/adapters/intake_house.hpp"

namespace jejak::json {
namespace {

// The same request under a command id of its own; what else is to differ stands in `change`.
std::string changed(std::string_view request, boost::json::object change = {}) {
    auto object = boost::json::parse(request).as_object();
    object["command_id"] = std::string(object.at("command_id").as_string()) + "-refused";
    for (const char* member : {"expected_version", "occurred_at", "ground", "document_sha256"}) {
        object.erase(member);
    }
    for (auto& [name, value] : change)
        object[name] = value;
    return boost::json::serialize(object);
}

Version version_of(const House& house, const StreamId& stream) {
    const auto* workflow = runtime::find_workflow(house.workflows, stream.workflow());
    const auto state = runtime::read_state(house.store, *workflow, stream);
    EXPECT_TRUE(state.has_value());
    return state ? (*state)->version : Version{};
}

// Sends a request that has to be refused; gives the rule.
std::string rule_of_refusal(House& house, const std::string& request) {
    SCOPED_TRACE(request);
    auto parsed = parse_command(request, house.intake());  // may register the one who acts
    EXPECT_TRUE(parsed.has_value()) << parsed.error().message;
    if (!parsed) return {};
    const StreamId stream = parsed->stream;
    const Version before = version_of(house, stream);
    const auto refusals = [&] {
        const auto names = house.event_names();
        return std::count(names.begin(), names.end(), record::CommandRejected::event_name);
    };
    const auto refusals_before = refusals();
    const auto receipt = house.writer->execute(std::move(*parsed));
    EXPECT_TRUE(receipt.has_value()) << receipt.error().message;
    if (!receipt) return {};
    EXPECT_TRUE(receipt->rejection.has_value()) << "it was accepted";
    if (!receipt->rejection) return {};
    EXPECT_FALSE(receipt->rejection->message.empty());
    EXPECT_EQ(refusals(), refusals_before + 1) << "one record, the refusal";
    EXPECT_EQ(version_of(house, stream), before) << "a refused command has changed the state";
    const auto records = house.records();
    const auto record = record::decode_record(records.back());
    EXPECT_TRUE(record.has_value());
    EXPECT_EQ(record->envelope.event_name, record::CommandRejected::event_name);
    const auto refused = record::from_bytes<record::CommandRejected>(record->payload);
    EXPECT_TRUE(refused.has_value());
    EXPECT_EQ(refused->rule, receipt->rejection->rule);
    return refused->rule;
}

TEST(EveryCommand, from_a_stranger_is_refused_and_recorded_wherever_it_would_be_legal) {
    House house;
    std::set<std::string> kinds;
    for (const StoryStep& step : example_story()) {
        house.clock.set(*parse_instant(step.at));
        const auto stranger = changed(
            step.request, {{"actor", {{"id", "nip:197506152001121009"}, {"role", "subordinate"}}}});
        EXPECT_EQ(rule_of_refusal(house, stranger), "not_permitted");
        const auto receipt = house.run(step.request);
        ASSERT_TRUE(receipt && !receipt->rejection) << step.request;
        kinds.emplace(boost::json::parse(step.request).at("command").as_string());
    }
    EXPECT_EQ(kinds.size(), command_catalogue().size());
}

TEST(EveryCommand, about_an_appraisal_that_nobody_opened_is_refused_and_recorded) {
    House house;
    for (const CommandEntry& entry : command_catalogue()) {
        if (entry.name == "open_appraisal" || entry.workflow != "appraisal") continue;
        const auto early = changed(entry.example);
        EXPECT_EQ(rule_of_refusal(house, early), "not_in_this_phase") << entry.name;
    }
}

TEST(EveryCommand, after_the_last_word_is_refused_and_recorded) {
    House house;
    for (const StoryStep& step : example_story()) {
        house.clock.set(*parse_instant(step.at));
        ASSERT_TRUE(house.run(step.request).has_value());
    }
    for (const CommandEntry& entry : command_catalogue()) {
        // contoh-2026-002 was cancelled.
        if (entry.workflow != "appraisal") continue;
        const auto late = changed(entry.example, {{"appraisal", "contoh-2026-002"}});
        EXPECT_EQ(rule_of_refusal(house, late), "not_in_this_phase") << entry.name;
    }
}

}  // namespace
}  // namespace jejak::json
