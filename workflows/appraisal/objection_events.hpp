#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/instant.hpp"
#include "workflows/appraisal/lifecycle.hpp"
#include "workflows/appraisal/parts.hpp"
#include "workflows/scoring/derivation.hpp"

// The objection (keberatan) against a result: PP 30/2019 Pasal 59.
namespace jejak::appraisal {

struct ObjectionFiledV1 {
    static constexpr std::string_view event_name = "appraisal.objection_filed";
    static constexpr std::uint16_t schema_version = 1;
    std::vector<std::string> contested;
    Personal reasons;
};
BOOST_DESCRIBE_STRUCT(ObjectionFiledV1, (), (contested, reasons))
struct ObjectionFiledV2 {
    static constexpr std::string_view event_name = "appraisal.objection_filed";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = ObjectionFiledV1;
    [[nodiscard]] static ObjectionFiledV2 upcast(const ObjectionFiledV1& old) {
        return {old.contested, old.reasons, {}};
    }
    std::vector<std::string> contested;
    Personal reasons;
    Instant reply_due_at{};
};
BOOST_DESCRIBE_STRUCT(ObjectionFiledV2, (), (contested, reasons, reply_due_at))
struct ObjectionFiled {
    static constexpr std::string_view event_name = "appraisal.objection_filed";
    static constexpr std::uint16_t schema_version = 3;
    using Previous = ObjectionFiledV2;
    [[nodiscard]] static ObjectionFiled upcast(const ObjectionFiledV2& old) {
        return {old.contested, old.reasons, old.reply_due_at, "superior"};
    }
    static constexpr EventKind kind_of_event = EventKind::objection_filed;
    std::vector<std::string> contested;
    Personal reasons;
    Instant reply_due_at{};
    // superior (of the supervisor); panel (the policy's); named: somebody who is still to be named,
    // since the superior is missing or one of the parties
    std::string decided_by = "superior";
    friend bool operator==(const ObjectionFiled&, const ObjectionFiled&) = default;
};
BOOST_DESCRIBE_STRUCT(ObjectionFiled, (), (contested, reasons, reply_due_at, decided_by))

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

// Several people decide together (majelis): who they are, by which letter. Votes that were given
// before begin anew.
struct PanelAssigned {
    static constexpr std::string_view event_name = "appraisal.panel_assigned";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::panel_assigned;
    std::vector<PersonId> members, previous;
    std::string letter;
    Instant decision_due_at;
    friend bool operator==(const PanelAssigned&, const PanelAssigned&) = default;
};
BOOST_DESCRIBE_STRUCT(PanelAssigned, (), (members, previous, letter, decision_due_at))

// A member's vote; a later one of hers replaces it. The one that decides is followed by the
// decision in the same commit.
struct VoteCast {
    static constexpr std::string_view event_name = "appraisal.vote_cast";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::vote_cast;
    PersonId member;
    std::string outcome;          // upheld, changed
    std::vector<Rating> ratings;  // the corrected ones, if changed
    Personal reasons;
    friend bool operator==(const VoteCast&, const VoteCast&) = default;
};
BOOST_DESCRIBE_STRUCT(VoteCast, (), (member, outcome, ratings, reasons))

// A member steps back and leaves the panel.
struct MemberRecused {
    static constexpr std::string_view event_name = "appraisal.member_recused";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::member_recused;
    PersonId member;
    Personal reason;
    friend bool operator==(const MemberRecused&, const MemberRecused&) = default;
};
BOOST_DESCRIBE_STRUCT(MemberRecused, (), (member, reason))

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
