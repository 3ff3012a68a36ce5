#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/decider.hpp"
#include "engine/personal.hpp"

// The workflow "dossier": stream "dossier/<pseudonym>", what follows a person from one period into
// the next and stands beside her scores (berkas pegawai): development that was agreed, services
// that were counted, programmes that she worked in. It changes no score.
namespace jejak::dossier {

// Agrees that the person will do something for her development (rencana pengembangan).
struct AgreeDevelopment {
    static constexpr std::string_view command_name = "agree_development";
    PersonId subject;
    std::string appraisal;  // from which it follows
    std::string action;     // its name in this dossier: "pelatihan_komunikasi"
    std::string title;
    std::string criterion;  // whose gap it is to close, or ""
    std::string due_on;     // YYYY-MM-DD, or ""
};
BOOST_DESCRIBE_STRUCT(AgreeDevelopment, (), (subject, appraisal, action, title, criterion, due_on))

// Says how far it is. In whatever period: an action stays open until it is done or dropped.
struct ReportDevelopment {
    static constexpr std::string_view command_name = "report_development";
    PersonId subject;
    std::string appraisal;  // of the period in which this is said
    std::string action;
    std::string state;  // ongoing, done, dropped
    Personal note;
};
BOOST_DESCRIBE_STRUCT(ReportDevelopment, (), (subject, appraisal, action, state, note))

// Counts services of a kind that the appraisal's policy knows, and how they ended.
struct RecordServices {
    static constexpr std::string_view command_name = "record_services";
    PersonId subject;
    std::string appraisal;
    std::string policy;  // that of the appraisal
    std::string kind;    // "pengaduan"
    std::string way;     // "selesai"
    std::uint32_t count = 0;
    std::string document_sha256;  // of what proves it, or ""
};
BOOST_DESCRIBE_STRUCT(RecordServices, (),
                      (subject, appraisal, policy, kind, way, count, document_sha256))

// The person worked in a programme in the appraisal's period.
struct JoinProgramme {
    static constexpr std::string_view command_name = "join_programme";
    PersonId subject;
    std::string appraisal;
    std::string programme;  // a tag: "kesehatan_masyarakat"
};
BOOST_DESCRIBE_STRUCT(JoinProgramme, (), (subject, appraisal, programme))

struct DevelopmentAgreed {
    static constexpr std::string_view event_name = "dossier.development_agreed";
    static constexpr std::uint16_t schema_version = 1;
    PersonId subject;
    std::string appraisal, period, action, title, criterion, due_on;
};
BOOST_DESCRIBE_STRUCT(DevelopmentAgreed, (),
                      (subject, appraisal, period, action, title, criterion, due_on))

struct DevelopmentReported {
    static constexpr std::string_view event_name = "dossier.development_reported";
    static constexpr std::uint16_t schema_version = 1;
    std::string appraisal, period, action, state;
    Personal note;
};
BOOST_DESCRIBE_STRUCT(DevelopmentReported, (), (appraisal, period, action, state, note))

struct ServicesRecorded {
    static constexpr std::string_view event_name = "dossier.services_recorded";
    static constexpr std::uint16_t schema_version = 1;
    PersonId subject;
    std::string appraisal, period, policy, kind, way;
    std::uint32_t count = 0;
    std::string document_sha256;
};
BOOST_DESCRIBE_STRUCT(ServicesRecorded, (),
                      (subject, appraisal, period, policy, kind, way, count, document_sha256))

struct ProgrammeJoined {
    static constexpr std::string_view event_name = "dossier.programme_joined";
    static constexpr std::uint16_t schema_version = 1;
    PersonId subject;
    std::string appraisal, period, programme;
};
BOOST_DESCRIBE_STRUCT(ProgrammeJoined, (), (subject, appraisal, period, programme))

using Command = std::variant<AgreeDevelopment, ReportDevelopment, RecordServices, JoinProgramme>;
using Event =
    std::variant<DevelopmentAgreed, DevelopmentReported, ServicesRecorded, ProgrammeJoined>;

struct DevelopmentAction {
    std::string action, title, criterion, due_on;
    std::string appraisal, period;  // in which it was agreed
    std::string state = "agreed";   // then ongoing, done, dropped
    std::string reported_in;        // the last period in which it was reported; "": never
    [[nodiscard]] bool is_open() const { return state != "done" && state != "dropped"; }
    friend bool operator==(const DevelopmentAction&, const DevelopmentAction&) = default;
};
// Sums of one period.
struct Services {
    std::string period, kind, way;
    std::uint64_t count = 0;
    friend bool operator==(const Services&, const Services&) = default;
};
struct Programme {
    std::string period, programme;
    friend bool operator==(const Programme&, const Programme&) = default;
};

// Fold of one dossier.
struct Dossier {
    PersonId subject;
    std::vector<DevelopmentAction> actions;  // in the order in which they were agreed
    std::vector<Services> services;
    std::vector<Programme> programmes;
    friend bool operator==(const Dossier&, const Dossier&) = default;
};

[[nodiscard]] StreamId stream_of(PersonId person);

// Reads the appraisal that a command names, so that who may act is what that appraisal says.
struct DossierDecider {
    static constexpr std::string_view workflow = "dossier";
    using State = Dossier;
    using Command = dossier::Command;
    using Event = dossier::Event;

    // Rules: appraisal_unknown, wrong_person, not_permitted, not_the_employee, not_the_supervisor,
    // own_dossier, action_not_valid, action_exists, action_unknown, action_is_closed,
    // state_not_valid, services_not_valid, programme_not_valid, programme_joined.
    [[nodiscard]] static Decision<Event> decide(const State&, const Command&, const Context&);
    static void evolve(State&, const Event&);
    [[nodiscard]] static std::vector<StreamId> references(const State&, const Command&);
    [[nodiscard]] static PersonId subject(const State&, const Command&);
};

}  // namespace jejak::dossier
