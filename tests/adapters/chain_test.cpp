// An objection without a decider climbs the chain of command, as far as there is one.
#include "adapters/timers/chain.hpp"

#include <gtest/gtest.h>

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/sealing.hpp"
#include "engine/runtime/state_cache.hpp"
#include "storage/memory_event_store.hpp"
#include "tests/adapters/intake_house.hpp"
#include "workflows/appraisal/events.hpp"

namespace jejak::timers {
namespace {

const std::string clerk = "nip:198501012010011001", chief = "nip:197803152005012002",
                  director = "nip:197001011995031004", regent = "nip:196801011993011001",
                  secretary = "nip:196502021990011001", keeper = "nip:198811112012122005";

std::string quoted(const std::string& text) {
    return '"' + text + '"';
}

// The superior has ten days; where he does not decide, it climbs.
constexpr const char* rules = R"("document": {
    "policy": "naik", "title": {"id": "Naik", "en": "Climbing"},
    "scale": {"min": "1", "max": "5", "decimals": 0},
    "groups": [
      {"id": "perilaku", "title": {"id": "Perilaku", "en": "Behaviour"}, "weight": "100"}],
    "criteria": [
      {"id": "pelayanan", "group": "perilaku", "title": {"id": "Pelayanan", "en": "Service"}}],
    "sources": [
      {"id": "supervisor", "title": {"id": "Pejabat penilai", "en": "Supervisor"},
       "by": "supervisor", "weight": "100", "factor": "20"}],
    "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
    "stages": {"self_assessment": "unused", "review": "required", "feedback": "unused"},
    "deadlines": {"reply_days": 5, "decision_days": 10, "no_decision": "escalates"}})";

// A section below an office below a district below a province, each with its head.
class ChainOfCommand : public testing::Test {
  protected:
    void SetUp() override {
        const std::pair<const char*, const char*> units[] = {
            {"provinsi", ""}, {"pemda", "provinsi"}, {"dinas", "pemda"}, {"seksi", "dinas"}};
        for (const auto& [unit, parent] : units) {
            tell("place_unit", R"("unit": )" + quoted(unit) + R"(, "name": "Unit", "parent": )" +
                                   quoted(parent) + R"(, "zone": "WIB")");
            tell("place_post", R"("post": )" + quoted("kepala_" + std::string(unit)) +
                                   R"(, "unit": )" + quoted(unit) +
                                   R"(, "title": "Kepala", "is_head": true)");
        }
        tell("place_post", R"("post": "staf", "unit": "seksi", "title": "Staf")");
        const std::pair<const char*, std::string> held[] = {{"kepala_provinsi", secretary},
                                                            {"kepala_pemda", regent},
                                                            {"kepala_dinas", director},
                                                            {"kepala_seksi", chief},
                                                            {"staf", clerk}};
        for (const auto& [post, person] : held) {
            tell("hold_post", R"("post": )" + quoted(post) + R"(, "person": )" + quoted(person) +
                                  R"(, "kind": "definitive", "letter": "SK 2")");
        }
    }
    void tell(const std::string& command, const std::string& data) {
        send(keeper, "administrator", R"("command": )" + quoted(command),
             data + R"(, "from": "2026-01-01")");
    }
    void send(const std::string& by, const std::string& role, const std::string& head,
              const std::string& data) {
        const auto receipt =
            house_.run("{" + head + R"(, "command_id": "c-)" + std::to_string(++number_) +
                       R"(", "actor": {"id": )" + quoted(by) + R"(, "role": )" + quoted(role) +
                       R"(}, "data": {)" + data + "}}");
        ASSERT_TRUE(receipt) << receipt.error().message;
        ASSERT_FALSE(receipt->rejection) << receipt->rejection->message;
    }
    // The appraisal as it stands.
    [[nodiscard]] appraisal::Appraisal now() const {
        const auto* workflow = runtime::find_workflow(house_.workflows, "appraisal");
        const auto state =
            runtime::read_state(house_.store, *workflow, *StreamId::make("appraisal", "a-1"));
        EXPECT_TRUE(state);
        return *static_cast<const appraisal::Appraisal*>((*state)->value());
    }
    [[nodiscard]] PersonId who(const std::string& identifier) {
        return *house_.people.identify(identifier, "test");
    }
    // An objection of the clerk that nobody may decide.
    [[nodiscard]] appraisal::Appraisal contested(const std::string& superior) {
        appraisal::Appraisal state;
        state.phase = appraisal::Phase::disputed;
        state.version = 9;
        state.subject = who(clerk);
        state.supervisor = who(chief);
        state.superior = who(superior);
        return state;
    }
    [[nodiscard]] std::optional<organisation::Holder> next(const appraisal::Appraisal& state) {
        organisation::Directory directory;
        for (const auto& bytes : house_.records()) {
            const auto decoded = record::decode_record(bytes);
            const auto& at = decoded->envelope;
            if (!at.event_name.starts_with("organisation.")) continue;
            directory.add(at.stream.text(), at.version.value, at.position,
                          *record::decode_any<organisation::Event>(at.event_name, at.schema_version,
                                                                   decoded->payload));
        }
        const organisation::AsOf day{organisation::day_in_wib(house_.clock.now())};
        const auto found = next_in_the_chain(
            {directory, day, day, house_.store, house_.keyring.log_secret()}, "a-1", state);
        EXPECT_TRUE(found) << found.error().message;
        return *found;
    }

    House house_;
    int number_ = 0;
};

TEST_F(ChainOfCommand, gives_an_objection_whose_superior_rated_to_the_next_above) {
    EXPECT_EQ(next(contested(chief))->person, who(director));
    EXPECT_EQ(next(contested(director))->person, who(regent));
    EXPECT_EQ(next(contested(director))->post, "kepala_pemda");
}

TEST_F(ChainOfCommand, passes_by_whoever_reviewed_before_gave_feedback_or_is_away) {
    auto state = contested(chief);
    state.reviewers = {who(director)};
    EXPECT_EQ(next(state)->person, who(regent));
    const auto handle = record::handle_of(house_.keyring.log_secret(),
                                          *StreamId::make("appraisal", "a-1"), who(regent));
    state.feedback[handle] = {};
    EXPECT_EQ(next(state)->person, who(secretary));
    tell("record_absence",
         R"("person": )" + quoted(secretary) + R"(, "kind": "leave", "until": "2026-12-31")");
    EXPECT_FALSE(next(state)) << "nobody is left in the chain: an officer is named";
}

TEST_F(ChainOfCommand, ends_at_the_top) {
    EXPECT_FALSE(next(contested(secretary)));
}

TEST_F(ChainOfCommand, is_climbed_again_where_whoever_was_named_does_not_decide_either) {
    send(keeper, "administrator", R"("command": "publish_policy", "policy": "naik")", rules);
    send(keeper, "administrator", R"("command": "open_appraisal", "appraisal": "a-1")",
         R"("subject": ")" + clerk + R"(", "post": "staf", "unit": "seksi", "period": "2026-01",
            "kind": "monthly", "policy": "naik", "supervisor": ")" +
             chief + R"(", "superior": ")" + director + '"');
    send(chief, "supervisor", R"("command": "submit_review", "appraisal": "a-1")",
         R"("ratings": [{"criterion": "pelayanan", "value": "3"}])");
    send(chief, "supervisor", R"("command": "finalise", "appraisal": "a-1")", "");
    send(clerk, "employee", R"("command": "file_objection", "appraisal": "a-1")",
         R"("contested": [], "reasons": "Angka tidak benar")");
    send(chief, "supervisor", R"("command": "answer_objection", "appraisal": "a-1")",
         R"("reply": "Sudah sesuai")");
    EXPECT_FALSE(waits_for_a_decider(now()));
    for (const auto& [person, post] :
         {std::pair{regent, "kepala_pemda"}, std::pair{secretary, "kepala_provinsi"}}) {
        house_.clock.set(plus_days(house_.clock.now(), 12));
        send(keeper, "administrator", R"("command": "pass_deadline", "appraisal": "a-1")",
             R"("deadline": "decision")");
        const auto state = now();
        ASSERT_TRUE(waits_for_a_decider(state));
        const auto above = next(state);
        ASSERT_TRUE(above);
        EXPECT_EQ(above->person, who(person));
        EXPECT_EQ(above->post, post);
        Actor clock;
        clock.role = system_role;
        const auto& secret = house_.keyring.log_secret();
        for (int twice = 0; twice < 2; ++twice) {  // the second adds nothing
            const auto receipt =
                house_.writer->execute(naming_of("a-1", state, *above, secret, clock));
            ASSERT_TRUE(receipt) << receipt.error().message;
            ASSERT_FALSE(receipt->rejection) << receipt->rejection->message;
            EXPECT_EQ(receipt->repeated, twice == 1);
        }
        EXPECT_EQ(now().decider, who(person));
    }
    house_.clock.set(plus_days(house_.clock.now(), 12));
    send(keeper, "administrator", R"("command": "pass_deadline", "appraisal": "a-1")",
         R"("deadline": "decision")");
    EXPECT_FALSE(next(now())) << "nobody is left in the chain: an officer is named";
}

}  // namespace
}  // namespace jejak::timers
