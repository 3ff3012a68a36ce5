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

struct ResultAcknowledged {
    static constexpr std::string_view event_name = "appraisal.result_acknowledged";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::result_acknowledged;
    Personal comment;
    friend bool operator==(const ResultAcknowledged&, const ResultAcknowledged&) = default;
};
BOOST_DESCRIBE_STRUCT(ResultAcknowledged, (), (comment))

struct ObjectionFiled {
    static constexpr std::string_view event_name = "appraisal.objection_filed";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::objection_filed;
    std::vector<std::string> contested;
    Personal reasons;
    friend bool operator==(const ObjectionFiled&, const ObjectionFiled&) = default;
};
BOOST_DESCRIBE_STRUCT(ObjectionFiled, (), (contested, reasons))

struct ObjectionAnswered {
    static constexpr std::string_view event_name = "appraisal.objection_answered";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::objection_answered;
    Personal reply;
    friend bool operator==(const ObjectionAnswered&, const ObjectionAnswered&) = default;
};
BOOST_DESCRIBE_STRUCT(ObjectionAnswered, (), (reply))

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
