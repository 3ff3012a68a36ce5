#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/instant.hpp"
#include "workflows/appraisal/lifecycle.hpp"
#include "workflows/appraisal/parts.hpp"
#include "workflows/scoring/derivation.hpp"

// The result, and the objection against it.
namespace jejak::appraisal {

struct FinalisedV1 {
    static constexpr std::string_view event_name = "appraisal.finalised";
    static constexpr std::uint16_t schema_version = 1;
    std::string score;
    std::string predicate;
    scoring::DerivationV1 derivation;
    Instant acknowledge_due_at;
};
BOOST_DESCRIBE_STRUCT(FinalisedV1, (), (score, predicate, derivation, acknowledge_due_at))
struct Finalised {
    static constexpr std::string_view event_name = "appraisal.finalised";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = FinalisedV1;
    [[nodiscard]] static Finalised upcast(const FinalisedV1&);
    static constexpr EventKind kind_of_event = EventKind::finalised;
    std::string score;      // exact, with the decimals of the policy; "" where it has none
    std::string predicate;  // predikat kinerja: a code of the policy, or empty
    scoring::Derivation derivation;
    Instant acknowledge_due_at;
    friend bool operator==(const Finalised&, const Finalised&) = default;
};
BOOST_DESCRIBE_STRUCT(Finalised, (), (score, predicate, derivation, acknowledge_due_at))

struct ResultAcknowledgedV1 {
    static constexpr std::string_view event_name = "appraisal.result_acknowledged";
    static constexpr std::uint16_t schema_version = 1;
    Personal comment;
};
BOOST_DESCRIBE_STRUCT(ResultAcknowledgedV1, (), (comment))
// She has it: the window for an objection begins (PP 30/2019 Pasal 59).
struct ResultAcknowledged {
    static constexpr std::string_view event_name = "appraisal.result_acknowledged";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = ResultAcknowledgedV1;
    [[nodiscard]] static ResultAcknowledged upcast(const ResultAcknowledgedV1& old) {
        return {old.comment, {}};
    }
    static constexpr EventKind kind_of_event = EventKind::result_acknowledged;
    Personal comment;
    Instant objection_due_at{};  // last moment of the window; 0: no clock runs
    friend bool operator==(const ResultAcknowledged&, const ResultAcknowledged&) = default;
};
BOOST_DESCRIBE_STRUCT(ResultAcknowledged, (), (comment, objection_due_at))

// Handed over on paper before a witness, sent by post, or laid out in the portal.
struct ResultDelivered {
    static constexpr std::string_view event_name = "appraisal.result_delivered";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::result_delivered;
    std::string way;              // paper, post, portal
    std::string delivered_on;     // the day
    std::string received_on;      // the day of receipt: for post and portal the deemed one
    std::string document_sha256;  // of the signed form; "" for the portal
    Personal witness;
    Instant objection_due_at;
    friend bool operator==(const ResultDelivered&, const ResultDelivered&) = default;
};
BOOST_DESCRIBE_STRUCT(ResultDelivered, (),
                      (way, delivered_on, received_on, document_sha256, witness, objection_due_at))

struct ObjectionFiledV1 {
    static constexpr std::string_view event_name = "appraisal.objection_filed";
    static constexpr std::uint16_t schema_version = 1;
    std::vector<std::string> contested;
    Personal reasons;
};
BOOST_DESCRIBE_STRUCT(ObjectionFiledV1, (), (contested, reasons))
struct ObjectionFiled {
    static constexpr std::string_view event_name = "appraisal.objection_filed";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = ObjectionFiledV1;
    [[nodiscard]] static ObjectionFiled upcast(const ObjectionFiledV1& old) {
        return {old.contested, old.reasons, {}};
    }
    static constexpr EventKind kind_of_event = EventKind::objection_filed;
    std::vector<std::string> contested;
    Personal reasons;
    Instant reply_due_at{};
    friend bool operator==(const ObjectionFiled&, const ObjectionFiled&) = default;
};
BOOST_DESCRIBE_STRUCT(ObjectionFiled, (), (contested, reasons, reply_due_at))

struct ObjectionAnsweredV1 {
    static constexpr std::string_view event_name = "appraisal.objection_answered";
    static constexpr std::uint16_t schema_version = 1;
    Personal reply;
};
BOOST_DESCRIBE_STRUCT(ObjectionAnsweredV1, (), (reply))
struct ObjectionAnswered {
    static constexpr std::string_view event_name = "appraisal.objection_answered";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = ObjectionAnsweredV1;
    [[nodiscard]] static ObjectionAnswered upcast(const ObjectionAnsweredV1& old) {
        return {old.reply, {}};
    }
    static constexpr EventKind kind_of_event = EventKind::objection_answered;
    Personal reply;
    Instant decision_due_at{};
    friend bool operator==(const ObjectionAnswered&, const ObjectionAnswered&) = default;
};
BOOST_DESCRIBE_STRUCT(ObjectionAnswered, (), (reply, decision_due_at))

// A clock of the objection ran out: `due_at` is when, recorded_at when somebody noticed. What
// follows is a fact beside it, so that no replay asks a calendar.
struct DeadlinePassed {
    static constexpr std::string_view event_name = "appraisal.deadline_passed";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::deadline_passed;
    std::string deadline;  // reply, decision
    Instant due_at;
    std::string consequence;  // heard_without_reply; stands, escalates, granted
    Instant decision_due_at;  // of the decision that is waited for now
    friend bool operator==(const DeadlinePassed&, const DeadlinePassed&) = default;
};
BOOST_DESCRIBE_STRUCT(DeadlinePassed, (), (deadline, due_at, consequence, decision_due_at))

// Somebody else than the supervisor's superior decides: he is missing, one of the parties, or did
// not decide in time.
struct ObjectionAssigned {
    static constexpr std::string_view event_name = "appraisal.objection_assigned";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::objection_assigned;
    PersonId decider, previous;
    std::string ground;  // vacancy, same_person, conflict, escalated
    std::string letter;
    Instant decision_due_at;
    friend bool operator==(const ObjectionAssigned&, const ObjectionAssigned&) = default;
};
BOOST_DESCRIBE_STRUCT(ObjectionAssigned, (), (decider, previous, ground, letter, decision_due_at))

// Nobody decided in time, and by the policy the result stands. This is final.
struct ObjectionLapsed {
    static constexpr std::string_view event_name = "appraisal.objection_lapsed";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::objection_lapsed;
    std::string ground;  // no_decision
    friend bool operator==(const ObjectionLapsed&, const ObjectionLapsed&) = default;
};
BOOST_DESCRIBE_STRUCT(ObjectionLapsed, (), (ground))

struct ObjectionWithdrawn {
    static constexpr std::string_view event_name = "appraisal.objection_withdrawn";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::objection_withdrawn;
    Personal reason;
    friend bool operator==(const ObjectionWithdrawn&, const ObjectionWithdrawn&) = default;
};
BOOST_DESCRIBE_STRUCT(ObjectionWithdrawn, (), (reason))

// The objection was heard and the result stands.
struct ObjectionUpheld {
    static constexpr std::string_view event_name = "appraisal.objection_upheld";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::objection_upheld;
    Personal reasons;
    friend bool operator==(const ObjectionUpheld&, const ObjectionUpheld&) = default;
};
BOOST_DESCRIBE_STRUCT(ObjectionUpheld, (), (reasons))

struct ResultChangedV1 {
    static constexpr std::string_view event_name = "appraisal.result_changed";
    static constexpr std::uint16_t schema_version = 1;
    std::vector<Rating> replaced;
    std::vector<Rating> ratings;
    std::string previous_score;
    std::string previous_predicate;
    std::string score;
    std::string predicate;
    scoring::DerivationV1 derivation;
    Personal reasons;
};
BOOST_DESCRIBE_STRUCT(ResultChangedV1, (),
                      (replaced, ratings, previous_score, previous_predicate, score, predicate,
                       derivation, reasons))
// Both results stay on record; the derivation is that of the new one.
struct ResultChanged {
    static constexpr std::string_view event_name = "appraisal.result_changed";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = ResultChangedV1;
    [[nodiscard]] static ResultChanged upcast(const ResultChangedV1&);
    static constexpr EventKind kind_of_event = EventKind::result_changed;
    std::vector<Rating> replaced;
    std::vector<Rating> ratings;
    std::string previous_score;
    std::string previous_predicate;
    std::string score;
    std::string predicate;
    scoring::Derivation derivation;
    Personal reasons;
    friend bool operator==(const ResultChanged&, const ResultChanged&) = default;
};
BOOST_DESCRIBE_STRUCT(ResultChanged, (),
                      (replaced, ratings, previous_score, previous_predicate, score, predicate,
                       derivation, reasons))

}  // namespace jejak::appraisal
