// What may be stated about an organisation, and by whom.
#include <gtest/gtest.h>

#include "tests/workflows/people.hpp"
#include "tests/workflows/records.hpp"
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
        for (const auto& stream : OrganisationDecider::references(state, command)) {
            if (unit_above_is_known && stream.workflow() == "organisation") {
                context.references.add(stream, &known);
            }
        }
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
const PlacePost chief{"kasi", "seksi", "Kepala Seksi", "", "", true, "2025-01-01", "SK 1", {}, {}};
const HoldPost acting{"kasi", specs::subject, "plt", "2025-01-01", "2025-03-31", "SK 2", {}};

RetractFact retraction(std::uint32_t fact, const char* ground) {
    RetractFact retract;
    retract.post = "kasi";
    retract.fact = fact;
    retract.ground = ground;
    return retract;
}

TEST(Organisation, states_facts_one_after_the_other) {
    const Facts placed = Asked{{}, chief}.then();
    const Facts held = Asked{placed, acting}.then();
    EXPECT_EQ(held.facts.size(), 2U);
    EXPECT_EQ(std::get<PostHeld>(held.facts[1].event).person, specs::subject);
    EXPECT_EQ((Asked{{}, section}.then().facts.size()), 1U);
}

TEST(Organisation, says_in_one_place_which_post_took_a_person_on_last) {
    const Facts placed = Asked{{}, chief}.then();
    auto definitive = acting;
    definitive.kind = "definitive";
    definitive.until = "";
    const auto claims_of = [&](const HoldPost& hold) {
        return std::get<Accepted<Event>>(Asked{placed, hold}.answer()).claims;
    };
    ASSERT_EQ(claims_of(definitive).size(), 1U);
    EXPECT_EQ(claims_of(definitive)[0].claim, claim_of_post(specs::subject));
    EXPECT_EQ(claims_of(definitive)[0].kind, ClaimChange::Kind::take_over);
    EXPECT_TRUE(claims_of(acting).empty());  // a Plt keeps the post of his own
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
    EXPECT_EQ((Asked{placed, retraction(2, "")}.rule()), "letter_missing");
    EXPECT_TRUE((Asked{placed, retraction(2, "SK 9")}.then().facts[1].retracted));
    EXPECT_EQ((Asked{placed, retraction(0, "SK 9")}.rule()), "fact_unknown");
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

TEST(Organisation, states_what_else_rules_ask_for_and_refuses_what_they_could_not_use) {
    const auto good = [](auto command) { return Asked{{}, command}.rule(); };
    const auto bad = [](auto command, auto change) {
        change(command);
        return Asked{{}, command}.rule();
    };
    const RecordEmployment employed{specs::subject, "pppk", "", "2024-03-01", "SK", {}};
    EXPECT_EQ(good(employed), "");
    EXPECT_EQ(bad(employed, [](auto& c) { c.status = "honorer"; }), "kind_unknown");
    const Attest attest{specs::subject, "rater_trained", "2026-01-01", "", "", "", {}};
    EXPECT_EQ(good(attest), "");
    EXPECT_EQ(bad(attest, [](auto& c) { c.attestation = ""; }), "name_missing");
    EXPECT_EQ(bad(attest, [](auto& c) { c.document_sha256 = "scan.pdf"; }), "document_not_valid");
    EXPECT_EQ(bad(attest, [](auto& c) { c.person = specs::administrator; }), "own_record");
    const DeclareRelation relation{
        specs::subject, specs::supervisor, "family", "2020-01-01", "", "", {}};
    EXPECT_EQ(good(relation), "");
    EXPECT_EQ(bad(relation, [](auto& c) { c.kind = "teman"; }), "kind_unknown");
    EXPECT_EQ(bad(relation, [](auto& c) { c.other = specs::subject; }), "person_missing");
    const GrantRole grant{specs::subject, "registrar", "dinas", "2026-01-01", "", "SK", {}};
    EXPECT_EQ(good(grant), "");
    EXPECT_EQ(bad(grant, [](auto& c) { c.role = "supervisor"; }), "kind_unknown");
    EXPECT_EQ(bad(grant, [](auto& c) { c.person = specs::administrator; }), "own_record");
    EXPECT_EQ((Asked{{}, grant, specs::an_administrator, false}.rule()), "unit_unknown");
    const PlaceTeam team{"imun", "Tim", "dinas", specs::subject, "2026-01-01", "", "ST", {}};
    EXPECT_EQ(good(team), "");
    EXPECT_EQ(bad(team, [](auto& c) { c.lead = PersonId{}; }), "person_missing");
    EXPECT_EQ(bad(team, [](auto& c) { c.name = ""; }), "name_missing");
    const JoinTeam join{"imun", specs::subject, "2026-01-01", "", "ST", {}};
    EXPECT_EQ(good(join), "team_unknown");
    EXPECT_EQ((Asked{Asked{{}, team}.then(), join}.rule()), "");
    const DeclareHoliday holiday{"nasional", "2026-08-17", "", "Kemerdekaan", "SKB", {}};
    EXPECT_EQ(good(holiday), "");
    EXPECT_EQ(bad(holiday, [](auto& c) { c.name = ""; }), "name_missing");
    EXPECT_EQ(bad(holiday, [](auto& c) { c.until = "2026-08-16"; }), "day_not_valid");
    auto post = chief;
    post.competencies = {{"komunikasi", "3"}};
    EXPECT_EQ(good(post), "");
    post.competencies = {{"komunikasi", "tinggi"}};
    EXPECT_EQ(good(post), "competency_not_valid");
    EXPECT_TRUE(PostPlaced::upcast(PostPlacedV1{}).competencies.empty());
}

TEST(Organisation, extends_a_deadline_by_letter_for_all_a_unit_or_a_person) {
    ExtendDeadline extend;
    extend.period = "2026";
    extend.deadline = "review";
    extend.until = "2026-07-31";
    extend.letter = "SE 9";
    const auto rule = [](const ExtendDeadline& command, bool unit_is_known = true) {
        return Asked{{}, command, specs::an_administrator, unit_is_known}.rule();
    };
    EXPECT_EQ(rule(extend), "");
    auto changed = extend;
    changed.unit = "dinas";
    EXPECT_EQ(rule(changed), "");
    EXPECT_EQ(rule(changed, false), "unit_unknown");
    changed = extend;
    changed.person = specs::administrator;
    EXPECT_EQ(rule(changed), "own_record");
    changed = extend;
    changed.deadline = "revisi";
    EXPECT_EQ(rule(changed), "kind_unknown");
    changed = extend;
    changed.letter = "";
    EXPECT_EQ(rule(changed), "letter_missing");
    changed = extend;
    changed.until = "akhir Juli";
    EXPECT_EQ(rule(changed), "day_not_valid");
    changed = extend;
    changed.period = "";
    EXPECT_EQ(rule(changed), "period_missing");
    RetractFact retract;  // of nothing else: of an extension
    retract.fact = 1;
    retract.ground = "SE 10";
    EXPECT_EQ((Asked{Asked{{}, extend}.then(), retract}.rule()), "");
}

// An administrator of one agency, and facts about people and units of his and of another one.
TEST(Organisation, is_kept_agency_by_agency_where_offices_were_granted) {
    specs::Records records;
    records.unit("dinkes", "")
        .unit("puskesmas", "dinkes")
        .unit("disdik", "")
        .say(stream_of_person(specs::administrator),
             RoleGranted{specs::administrator, "administrator", "dinkes", "2026-01-01", "", "SK"});
    const auto rule = [&](const Facts& state, const Command& command) {
        return specs::rule_of(records.decide<OrganisationDecider>(
            state, command, specs::an_administrator, *parse_instant("2026-06-01T08:00:00+07:00"),
            stream_of(command)));
    };
    const auto employed_by = [](const char* unit) {
        return Facts{{{PersonEmployed{specs::subject, "pns", unit, "2020-01-01", ""}, false}}};
    };
    const RecordAbsence away{specs::subject, "leave", "2026-07-01", "2026-07-14", "", {}};
    EXPECT_EQ(rule(employed_by("puskesmas"), away), "");
    EXPECT_EQ(rule(employed_by("disdik"), away), "outside_scope");
    EXPECT_EQ(rule({}, away), "outside_scope");  // nobody said whose she is
    const RecordEmployment moved{specs::subject, "pns", "dinkes", "2026-07-01", "SK", {}};
    EXPECT_EQ(rule({}, moved), "");
    EXPECT_EQ(rule(employed_by("disdik"), moved), "outside_scope");  // needs both
    const PlaceUnit taken{"disdik", "Dinas Pendidikan", "dinkes", "", "2026-07-01", "SK", {}};
    EXPECT_EQ(rule({}, PlaceUnit{"baru", "Baru", "dinkes", "", "2026-07-01", "SK", {}}), "");
    EXPECT_EQ(rule(Facts{{{UnitPlaced{"disdik", "D", "", "", "2020-01-01", ""}, false}}}, taken),
              "outside_scope");
    EXPECT_EQ(rule({}, PlaceUnit{"atas", "Atas", "", "", "2026-07-01", "SK", {}}), "outside_scope");
    ExtendDeadline extend;
    extend.period = "2026";
    extend.deadline = "review";
    extend.until = "2026-07-31";
    extend.letter = "SE 9";
    EXPECT_EQ(rule({}, extend), "outside_scope");
    extend.unit = "puskesmas";
    EXPECT_EQ(rule({}, extend), "");
}

TEST(Organisation, lets_everybody_declare_a_relation_of_himself_and_of_nobody_else) {
    const DeclareRelation own{
        specs::supervisor, specs::subject, "conflict", "2026-01-01", "", "", {}};
    EXPECT_EQ((Asked{{}, own, specs::the_supervisor}.rule()), "");
    EXPECT_EQ((Asked{{}, own, specs::the_employee}.rule()), "not_permitted");
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
