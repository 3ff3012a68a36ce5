#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/instant.hpp"
#include "workflows/appraisal/lifecycle.hpp"
#include "workflows/appraisal/parts.hpp"

// From opening to review, and what befell the appraisal on the way.
namespace jejak::appraisal {

struct OpenedV1 {
    static constexpr std::string_view event_name = "appraisal.opened";
    static constexpr std::uint16_t schema_version = 1;
    PersonId subject;
    std::string post;
    std::string unit;
    std::string period;
    std::string kind;
    PersonId supervisor;
    PersonId superior;
    std::string policy;
    std::string policy_sha256;
    Position policy_position;
    Instant self_assessment_due_at;
};
BOOST_DESCRIBE_STRUCT(OpenedV1, (),
                      (subject, post, unit, period, kind, supervisor, superior, policy,
                       policy_sha256, policy_position, self_assessment_due_at))

struct Opened {
    static constexpr std::string_view event_name = "appraisal.opened";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = OpenedV1;
    [[nodiscard]] static Opened upcast(const OpenedV1&);
    static constexpr EventKind kind_of_event = EventKind::opened;
    PersonId subject;
    std::string post;
    std::string unit;
    std::string period;
    std::string kind;
    PersonId supervisor;
    PersonId superior;
    std::string policy;  // id
    std::string policy_sha256;
    Position policy_position;
    Instant self_assessment_due_at;  // 0: no clock runs
    std::string supervisor_post{};   // "": nobody asks for a mandate
    friend bool operator==(const Opened&, const Opened&) = default;
};
BOOST_DESCRIBE_STRUCT(Opened, (),
                      (subject, post, unit, period, kind, supervisor, superior, policy,
                       policy_sha256, policy_position, self_assessment_due_at, supervisor_post))

struct PlanAgreedV1 {
    static constexpr std::string_view event_name = "appraisal.plan_agreed";
    static constexpr std::uint16_t schema_version = 1;
    std::vector<PlanItemV1> results;
    std::vector<Expectation> expectations;
};
BOOST_DESCRIBE_STRUCT(PlanAgreedV1, (), (results, expectations))
struct PlanAgreedV2 {
    static constexpr std::string_view event_name = "appraisal.plan_agreed";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = PlanAgreedV1;
    [[nodiscard]] static PlanAgreedV2 upcast(const PlanAgreedV1&);
    std::vector<PlanItemV2> results;
    std::vector<Expectation> expectations;
};
BOOST_DESCRIBE_STRUCT(PlanAgreedV2, (), (results, expectations))
struct PlanAgreed {
    static constexpr std::string_view event_name = "appraisal.plan_agreed";
    static constexpr std::uint16_t schema_version = 3;
    using Previous = PlanAgreedV2;
    [[nodiscard]] static PlanAgreed upcast(const PlanAgreedV2&);
    static constexpr EventKind kind_of_event = EventKind::plan_agreed;
    std::vector<PlanItem> results;
    std::vector<Expectation> expectations;
    friend bool operator==(const PlanAgreed&, const PlanAgreed&) = default;
};
BOOST_DESCRIBE_STRUCT(PlanAgreed, (), (results, expectations))

struct ProgressRecorded {
    static constexpr std::string_view event_name = "appraisal.progress_recorded";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::progress_recorded;
    std::vector<Achievement> achievements;
    friend bool operator==(const ProgressRecorded&, const ProgressRecorded&) = default;
};
BOOST_DESCRIBE_STRUCT(ProgressRecorded, (), (achievements))

struct EvidenceAttached {
    static constexpr std::string_view event_name = "appraisal.evidence_attached";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::evidence_attached;
    std::string about;
    Personal title;
    std::string sha256;
    Personal uri;
    friend bool operator==(const EvidenceAttached&, const EvidenceAttached&) = default;
};
BOOST_DESCRIBE_STRUCT(EvidenceAttached, (), (about, title, sha256, uri))

struct DialogueNoted {
    static constexpr std::string_view event_name = "appraisal.dialogue_noted";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::dialogue_noted;
    Personal note;
    friend bool operator==(const DialogueNoted&, const DialogueNoted&) = default;
};
BOOST_DESCRIBE_STRUCT(DialogueNoted, (), (note))

struct SelfAssessmentSubmitted {
    static constexpr std::string_view event_name = "appraisal.self_assessment_submitted";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::self_assessment_submitted;
    std::vector<Rating> ratings;
    std::vector<Achievement> achievements;
    Personal challenges;
    Instant review_due_at;
    friend bool operator==(const SelfAssessmentSubmitted&,
                           const SelfAssessmentSubmitted&) = default;
};
BOOST_DESCRIBE_STRUCT(SelfAssessmentSubmitted, (),
                      (ratings, achievements, challenges, review_due_at))

struct SelfAssessmentWaived {
    static constexpr std::string_view event_name = "appraisal.self_assessment_waived";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::self_assessment_waived;
    std::string ground;  // "not_used": the policy has no such stage
    Personal reason;
    Instant review_due_at;
    friend bool operator==(const SelfAssessmentWaived&, const SelfAssessmentWaived&) = default;
};
BOOST_DESCRIBE_STRUCT(SelfAssessmentWaived, (), (ground, reason, review_due_at))

struct ReturnedForRevision {
    static constexpr std::string_view event_name = "appraisal.returned_for_revision";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::returned_for_revision;
    Personal reason;
    Instant self_assessment_due_at;
    friend bool operator==(const ReturnedForRevision&, const ReturnedForRevision&) = default;
};
BOOST_DESCRIBE_STRUCT(ReturnedForRevision, (), (reason, self_assessment_due_at))

struct ReviewSubmitted {
    static constexpr std::string_view event_name = "appraisal.review_submitted";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::review_submitted;
    std::vector<Rating> ratings;
    std::vector<std::string> flags;
    Personal observations;
    friend bool operator==(const ReviewSubmitted&, const ReviewSubmitted&) = default;
};
BOOST_DESCRIBE_STRUCT(ReviewSubmitted, (), (ratings, flags, observations))

struct ReviewWaived {
    static constexpr std::string_view event_name = "appraisal.review_waived";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::review_waived;
    std::string ground;
    Personal reason;
    friend bool operator==(const ReviewWaived&, const ReviewWaived&) = default;
};
BOOST_DESCRIBE_STRUCT(ReviewWaived, (), (ground, reason))

struct ReviewReturned {
    static constexpr std::string_view event_name = "appraisal.review_returned";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::review_returned;
    Personal reason;
    Instant review_due_at;
    friend bool operator==(const ReviewReturned&, const ReviewReturned&) = default;
};
BOOST_DESCRIBE_STRUCT(ReviewReturned, (), (reason, review_due_at))

struct SupervisorReassignedV1 {
    static constexpr std::string_view event_name = "appraisal.supervisor_reassigned";
    static constexpr std::uint16_t schema_version = 1;
    PersonId supervisor;
    PersonId superior;
    PersonId previous_supervisor;
    Personal reason;
};
BOOST_DESCRIBE_STRUCT(SupervisorReassignedV1, (),
                      (supervisor, superior, previous_supervisor, reason))

struct SupervisorReassigned {
    static constexpr std::string_view event_name = "appraisal.supervisor_reassigned";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = SupervisorReassignedV1;
    [[nodiscard]] static SupervisorReassigned upcast(const SupervisorReassignedV1&);
    static constexpr EventKind kind_of_event = EventKind::supervisor_reassigned;
    PersonId supervisor;
    PersonId superior;
    PersonId previous_supervisor;
    Personal reason;
    std::string supervisor_post{};
    friend bool operator==(const SupervisorReassigned&, const SupervisorReassigned&) = default;
};
BOOST_DESCRIBE_STRUCT(SupervisorReassigned, (),
                      (supervisor, superior, previous_supervisor, reason, supervisor_post))

// Before anybody reviewed by the old one. What was said so far holds under the new one too.
struct PolicyChanged {
    static constexpr std::string_view event_name = "appraisal.policy_changed";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::policy_changed;
    std::string policy, policy_sha256;
    Position policy_position;
    std::string previous_policy, previous_sha256;
    std::string letter;
    friend bool operator==(const PolicyChanged&, const PolicyChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(PolicyChanged, (),
                      (policy, policy_sha256, policy_position, previous_policy, previous_sha256,
                       letter))

struct Cancelled {
    static constexpr std::string_view event_name = "appraisal.cancelled";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::cancelled;
    Personal reason;
    friend bool operator==(const Cancelled&, const Cancelled&) = default;
};
BOOST_DESCRIBE_STRUCT(Cancelled, (), (reason))

}  // namespace jejak::appraisal
