#include "adapters/json/answer.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace jejak::json {
namespace {

runtime::Receipt receipt() {
    runtime::Receipt receipt;
    receipt.stream = *StreamId::make("appraisal", "a-1");
    receipt.first = Position{7};
    receipt.last = Position{8};
    receipt.version = Version{3};
    receipt.recorded_at = *parse_instant("2026-03-01T01:00:00Z");
    receipt.events = {"appraisal.finalised"};
    return receipt;
}

const CommandId id = *CommandId::make("c-1");

TEST(Answer, to_an_accepted_command_names_what_was_added) {
    EXPECT_EQ(boost::json::serialize(answer(id, receipt())),
              R"({"ok":true,"command_id":"c-1","appraisal":"a-1","version":3,"position":8,)"
              R"("recorded_at":"2026-03-01T01:00:00Z","events":["appraisal.finalised"],)"
              R"("repeated":false})");
}

TEST(Answer, to_a_refused_command_names_rule_and_phase) {
    auto refused = receipt();
    refused.stream = *StreamId::make("policy", "p-1");
    refused.version = Version{0};
    refused.events.clear();
    refused.rejection = Rejection{"not_permitted", "draft", "no"};
    refused.repeated = true;
    EXPECT_EQ(boost::json::serialize(answer(id, refused)),
              R"({"ok":false,"command_id":"c-1","policy":"p-1",)"
              R"("rejection":{"rule":"not_permitted","phase":"draft","message":"no"},)"
              R"("position":8,"recorded_at":"2026-03-01T01:00:00Z","repeated":true})");
}

TEST(Answer, to_a_fault_of_the_machine_names_its_code) {
    EXPECT_EQ(boost::json::serialize(answer(id, error(ErrorCode::overloaded, "later"))),
              R"({"ok":false,"command_id":"c-1","error":{"code":"overloaded","message":"later"}})");
}

TEST(Answer, to_a_text_that_is_no_command_lists_its_problems) {
    const Error wrong = error(ErrorCode::invalid_input, "/a: wrong");
    EXPECT_EQ(boost::json::serialize(error_answer(wrong)),
              R"({"ok":false,"error":{"code":"invalid_input","message":"/a: wrong"}})");
    EXPECT_EQ(boost::json::serialize(error_answer(wrong, {{"/a", "wrong"}}).at("problems")),
              R"([{"pointer":"/a","message":"wrong"}])");
}

}  // namespace
}  // namespace jejak::json
