// What follows a person from one period into the next: who says it, and what is refused.
#include <gtest/gtest.h>

#include "tests/workflows/people.hpp"
#include "tests/workflows/policies.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/dossier/dossier.hpp"

namespace jejak::dossier {
namespace {

namespace specs = appraisal::specs;

// Two appraisals of the same employee, of 2024 and 2025.
appraisal::Appraisal appraisal_of(const std::string& period) {
    appraisal::Appraisal state;
    state.phase = appraisal::Phase::finalised;
    state.subject = specs::subject;
    state.supervisor = specs::supervisor;
    state.period = period;
    state.policy = "sofifi";
    return state;
}

struct Asked {
    Dossier state;
    Command command;
    Actor actor = specs::the_supervisor;
    StreamId stream = stream_of(specs::subject);
    appraisal::Appraisal appraisal = appraisal_of("2025");

    [[nodiscard]] Decision<Event> answer() const {
        Context context;
        context.stream = stream;
        context.actor = actor;
        for (const auto& asked : DossierDecider::references(state, command)) {
            if (asked.workflow() == "appraisal") context.references.add(asked, &appraisal);
            if (const auto* policy = specs::published_policy(asked.key())) {
                context.references.add(asked, policy);
            }
        }
        return DossierDecider::decide(state, command, context);
    }
    [[nodiscard]] std::string rule() const {
        const auto given = answer();
        const auto* no = std::get_if<Rejection>(&given);
        return no == nullptr ? "" : no->rule;
    }
    // The state after it; the test fails where it is refused.
    [[nodiscard]] Dossier then() const {
        const auto given = answer();
        Dossier after = state;
        const auto* yes = std::get_if<Accepted<Event>>(&given);
        EXPECT_NE(yes, nullptr) << rule();
        if (yes == nullptr) return after;
        for (const auto& event : yes->events)
            DossierDecider::evolve(after, event);
        return after;
    }
};

AgreeDevelopment agree() {
    return {specs::subject,         "a-2024",     "pelatihan",
            "Pelatihan komunikasi", "komunikasi", "2025-06-30"};
}
ReportDevelopment report(const std::string& state) {
    return {specs::subject, "a-2025", "pelatihan", state,
            Personal::of(specs::subject, "sertifikat ada")};
}
RecordServices services(const std::string& way, std::uint32_t count) {
    return {specs::subject, "a-2025", "sofifi", "pengaduan", way, count, ""};
}

TEST(Development, is_agreed_in_one_period_and_stays_open_until_it_is_done_in_another) {
    Asked first{{}, agree()};
    first.appraisal = appraisal_of("2024");
    const Dossier agreed = first.then();
    ASSERT_EQ(agreed.actions.size(), 1U);
    EXPECT_TRUE(agreed.actions[0].is_open());
    EXPECT_EQ(agreed.actions[0].period, "2024");
    const Dossier going = Asked{agreed, report("ongoing")}.then();
    EXPECT_TRUE(going.actions[0].is_open());
    EXPECT_EQ(going.actions[0].reported_in, "2025");
    const Dossier done = Asked{going, report("done"), specs::the_employee}.then();
    EXPECT_FALSE(done.actions[0].is_open());
    EXPECT_EQ((Asked{done, report("ongoing")}.rule()), "action_is_closed");
}

TEST(Development, is_refused_where_it_cannot_be_followed) {
    const Dossier agreed = Asked{{}, agree()}.then();
    EXPECT_EQ((Asked{agreed, agree()}.rule()), "action_exists");
    auto nameless = agree();
    nameless.action = "Pelatihan Komunikasi";
    EXPECT_EQ((Asked{{}, nameless}.rule()), "action_not_valid");
    auto untitled = agree();
    untitled.title = "";
    EXPECT_EQ((Asked{{}, untitled}.rule()), "action_not_valid");
    auto undated = agree();
    undated.due_on = "2025-02-30";
    EXPECT_EQ((Asked{{}, undated}.rule()), "action_not_valid");
    EXPECT_EQ((Asked{{}, report("done")}.rule()), "action_unknown");
    EXPECT_EQ((Asked{agreed, report("hampir")}.rule()), "state_not_valid");
}

TEST(Development, words_belong_to_the_person_whose_dossier_it_is) {
    const Dossier agreed = Asked{{}, agree()}.then();
    auto said = report("ongoing");
    said.note = Personal::of(specs::supervisor, "masih berjalan");
    const auto given = Asked{agreed, said}.answer();
    const auto& event = std::get<Accepted<Event>>(given).events.at(0);
    EXPECT_EQ(std::get<DevelopmentReported>(event).note.owner, specs::subject);
}

TEST(CountedServices, add_up_by_period_kind_and_way) {
    const Dossier once = Asked{{}, services("selesai", 7), specs::the_employee}.then();
    const Dossier twice = Asked{once, services("selesai", 5)}.then();
    const Dossier other = Asked{twice, services("ditolak", 1)}.then();
    EXPECT_EQ(other.services, (std::vector<Services>{{"2025", "pengaduan", "selesai", 12},
                                                     {"2025", "pengaduan", "ditolak", 1}}));
}

TEST(CountedServices, are_those_that_the_appraisals_policy_counts) {
    EXPECT_EQ((Asked{{}, services("lenyap", 1)}.rule()), "services_not_valid");
    EXPECT_EQ((Asked{{}, services("selesai", 0)}.rule()), "services_not_valid");
    auto other = services("selesai", 1);
    other.kind = "rapat";
    EXPECT_EQ((Asked{{}, other}.rule()), "services_not_valid");
    other = services("selesai", 1);
    other.policy = "gunungkidul";
    EXPECT_EQ((Asked{{}, other}.rule()), "services_not_valid");
    other = services("selesai", 1);
    other.document_sha256 = "surat nomor 7";
    EXPECT_EQ((Asked{{}, other}.rule()), "services_not_valid");
}

TEST(Programme, is_joined_once_a_period) {
    const JoinProgramme join{specs::subject, "a-2025", "kesehatan_masyarakat"};
    const Dossier joined = Asked{{}, join}.then();
    EXPECT_EQ(joined.programmes, (std::vector<Programme>{{"2025", "kesehatan_masyarakat"}}));
    EXPECT_EQ((Asked{joined, join}.rule()), "programme_joined");
    Asked later{joined, join};
    later.appraisal = appraisal_of("2026");
    EXPECT_EQ(later.then().programmes.size(), 2U);
    EXPECT_EQ((Asked{{}, JoinProgramme{specs::subject, "a-2025", ""}}.rule()),
              "programme_not_valid");
}

TEST(Dossier, is_written_by_those_whom_the_appraisal_names) {
    const JoinProgramme join{specs::subject, "a-2025", "imunisasi"};
    const auto rule = [](Command command, const Actor& actor) {
        return Asked{{}, std::move(command), actor}.rule();
    };
    EXPECT_EQ(rule(join, specs::an_administrator), "");
    EXPECT_EQ(rule(join, specs::the_employee), "not_permitted");
    EXPECT_EQ(rule(join, specs::the_superior), "not_permitted");
    EXPECT_EQ(rule(join, specs::as(roles::supervisor, specs::stranger)), "not_the_supervisor");
    EXPECT_EQ(rule(services("selesai", 1), specs::as(roles::employee, specs::stranger)),
              "not_the_employee");
    EXPECT_EQ(rule(join, specs::as(roles::administrator, specs::subject)), "own_dossier");
}

TEST(Dossier, is_that_of_the_person_who_was_appraised) {
    const JoinProgramme join{specs::subject, "a-2025", "imunisasi"};
    Asked elsewhere{{}, join};
    elsewhere.stream = stream_of(specs::stranger);
    EXPECT_EQ(elsewhere.rule(), "wrong_person");
    Asked another{{}, join};
    another.appraisal.subject = specs::stranger;
    EXPECT_EQ(another.rule(), "wrong_person");
    Asked unopened{{}, join};
    unopened.appraisal.phase = appraisal::Phase::unopened;
    EXPECT_EQ(unopened.rule(), "appraisal_unknown");
    Asked nowhere{{}, JoinProgramme{specs::subject, "bukan nama", "imunisasi"}};
    EXPECT_EQ(nowhere.rule(), "appraisal_unknown");
}

}  // namespace
}  // namespace jejak::dossier
