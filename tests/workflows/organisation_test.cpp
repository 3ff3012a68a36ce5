// What may be stated about an organisation, and by whom.
#include <gtest/gtest.h>

#include "tests/workflows/people.hpp"
#include "workflows/organisation/organisation_decider.hpp"

namespace jejak::organisation {
namespace {

namespace specs = appraisal::specs;

struct Asked {
    Facts state;
    Command command;
    Actor actor = specs::an_administrator;
    bool unit_above_is_known = true;

    [[nodiscard]] Decision<Event> answer() const {
        Context context;
        context.stream = stream_of(command);
        context.actor = actor;
        Facts known;
        if (unit_above_is_known) known.facts.push_back({UnitPlaced{}, false});
        for (const auto& stream : OrganisationDecider::references(state, command))
            context.references.add(stream, &known);
        return OrganisationDecider::decide(state, command, context);
    }
    [[nodiscard]] std::string rule() const {
        const auto given = answer();
        const auto* no = std::get_if<Rejection>(&given);
        return no == nullptr ? "" : no->rule;
    }
    [[nodiscard]] Facts then() const {
        const auto given = answer();
        Facts after = state;
        const auto* yes = std::get_if<Accepted<Event>>(&given);
        EXPECT_NE(yes, nullptr) << rule();
        if (yes == nullptr) return after;
        for (const auto& event : yes->events)
            OrganisationDecider::evolve(after, event);
        return after;
    }
};

const PlaceUnit section{"seksi", "Seksi", "dinas", "WIT", "2025-01-01", "SK 1", {}};
const PlacePost chief{"kasi", "seksi", "Kepala Seksi", "", "", true, "2025-01-01", "SK 1", {}};
const HoldPost acting{"kasi", specs::subject, "plt", "2025-01-01", "2025-03-31", "SK 2", {}};

TEST(Organisation, states_facts_one_after_the_other) {
    const Facts placed = Asked{{}, chief}.then();
    const Facts held = Asked{placed, acting}.then();
    EXPECT_EQ(held.facts.size(), 2U);
    EXPECT_EQ(std::get<PostHeld>(held.facts[1].event).person, specs::subject);
    EXPECT_EQ((Asked{{}, section}.then().facts.size()), 1U);
}

TEST(Organisation, corrects_a_fact_by_retracting_it_and_stating_another) {
    const Facts placed = Asked{Asked{{}, chief}.then(), acting}.then();
    auto right = acting;
    right.person = specs::superior;
    right.replaces = 2;
    const Facts corrected = Asked{placed, right}.then();
    ASSERT_EQ(corrected.facts.size(), 4U);  // the retraction is a fact of its own
    EXPECT_TRUE(corrected.facts[1].retracted);
    EXPECT_EQ((Asked{corrected, right}.rule()), "fact_unknown");
    right.replaces = 9;
    EXPECT_EQ((Asked{placed, right}.rule()), "fact_unknown");
    EXPECT_EQ((Asked{placed, RetractFact{"", "kasi", {}, 2, ""}}.rule()), "letter_missing");
    EXPECT_TRUE((Asked{placed, RetractFact{"", "kasi", {}, 2, "SK 9"}}.then().facts[1].retracted));
    EXPECT_EQ((Asked{placed, RetractFact{"", "kasi", {}, 0, "SK 9"}}.rule()), "fact_unknown");
}

TEST(Organisation, refuses_what_cannot_hold) {
    const Facts placed = Asked{{}, chief}.then();
    const auto rule_of = [&](auto command, auto change) {
        change(command);
        return Asked{placed, command}.rule();
    };
    EXPECT_EQ(rule_of(section, [](auto& c) { c.from = "2025-02-30"; }), "day_not_valid");
    EXPECT_EQ(rule_of(section, [](auto& c) { c.name = ""; }), "name_missing");
    EXPECT_EQ(rule_of(section, [](auto& c) { c.zone = "GMT"; }), "zone_unknown");
    EXPECT_EQ(rule_of(section, [](auto& c) { c.parent = "seksi"; }), "own_parent");
    EXPECT_EQ(rule_of(section, [](auto& c) { c.unit = "bukan nama"; }), "wrong_stream");
    EXPECT_EQ(rule_of(chief, [](auto& c) { c.title = ""; }), "name_missing");
    EXPECT_EQ(rule_of(acting, [](auto& c) { c.kind = "pjs"; }), "kind_unknown");
    EXPECT_EQ(rule_of(acting, [](auto& c) { c.letter = ""; }), "letter_missing");
    EXPECT_EQ(rule_of(acting, [](auto& c) { c.until = "2024-12-31"; }), "day_not_valid");
    EXPECT_EQ((Asked{{}, acting}.rule()), "post_unknown");
    EXPECT_EQ((Asked{{}, section, specs::an_administrator, false}.rule()), "unit_unknown");
    EXPECT_EQ((Asked{{}, chief, specs::an_administrator, false}.rule()), "unit_unknown");
    const RecordAbsence away{specs::subject, "leave", "2025-01-01", "2025-01-14", "", {}};
    EXPECT_EQ(rule_of(away, [](auto& c) { c.until = ""; }), "until_missing");
    EXPECT_EQ(rule_of(away, [](auto& c) { c.kind = "libur"; }), "kind_unknown");
    const RecordDeparture gone{specs::subject, "retirement", "2025-01-01", "", {}};
    EXPECT_EQ(rule_of(gone, [](auto& c) { c.kind = "pindah"; }), "kind_unknown");
}

TEST(Organisation, is_kept_by_its_administrators) {
    EXPECT_EQ((Asked{{}, section, specs::the_supervisor}.rule()), "not_permitted");
    EXPECT_EQ((Asked{{}, section, specs::a_registrar}.rule()), "");
    const Facts placed = Asked{{}, chief}.then();
    auto own = acting;
    own.person = specs::administrator;
    EXPECT_EQ((Asked{placed, own}.rule()), "own_record");
}

}  // namespace
}  // namespace jejak::organisation
