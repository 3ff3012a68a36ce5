#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/instant.hpp"
#include "workflows/appraisal/lifecycle.hpp"
#include "workflows/appraisal/parts.hpp"
#include "workflows/scoring/derivation.hpp"

// The result, how it reached her, and what sets it right without an objection.
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

// An office found that an input was wrong: a clerical error, or what an inspection, a disciplinary
// or a court decision says. Nothing changes until another person confirms it.
struct CorrectionProposed {
    static constexpr std::string_view event_name = "appraisal.correction_proposed";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::correction_proposed;
    PersonId by;
    std::string ground;  // clerical_error, inspection, discipline, court
    std::string document_sha256;
    std::vector<Rating> ratings;  // of the review
    std::vector<Achievement> achievements;
    Personal reason;
    friend bool operator==(const CorrectionProposed&, const CorrectionProposed&) = default;
};
BOOST_DESCRIBE_STRUCT(CorrectionProposed, (),
                      (by, ground, document_sha256, ratings, achievements, reason))

// Both results stay on record; the window for an objection begins again with the next receipt.
struct ResultCorrected {
    static constexpr std::string_view event_name = "appraisal.result_corrected";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::result_corrected;
    std::uint32_t proposal = 0;  // the version of this stream that proposed it
    PersonId proposed_by;
    std::string ground, document_sha256;
    std::vector<Rating> replaced, ratings;
    std::vector<Achievement> replaced_achievements, achievements;
    std::string previous_score, previous_predicate;
    std::string score, predicate;
    scoring::Derivation derivation;
    friend bool operator==(const ResultCorrected&, const ResultCorrected&) = default;
};
BOOST_DESCRIBE_STRUCT(ResultCorrected, (),
                      (proposal, proposed_by, ground, document_sha256, replaced, ratings,
                       replaced_achievements, achievements, previous_score, previous_predicate,
                       score, predicate, derivation))

// The result does not stand and a phase begins anew. The wrong person rated: the review does.
struct ReviewAnnulled {
    static constexpr std::string_view event_name = "appraisal.review_annulled";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::review_annulled;
    std::string ground, document_sha256;
    Personal reason;
    std::string previous_score, previous_predicate;
    Instant review_due_at;
    friend bool operator==(const ReviewAnnulled&, const ReviewAnnulled&) = default;
};
BOOST_DESCRIBE_STRUCT(ReviewAnnulled, (),
                      (ground, document_sha256, reason, previous_score, previous_predicate,
                       review_due_at))

// The plan or the self-assessment was wrong: the draft does.
struct AssessmentAnnulled {
    static constexpr std::string_view event_name = "appraisal.assessment_annulled";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::assessment_annulled;
    std::string ground, document_sha256;
    Personal reason;
    std::string previous_score, previous_predicate;
    Instant self_assessment_due_at;
    friend bool operator==(const AssessmentAnnulled&, const AssessmentAnnulled&) = default;
};
BOOST_DESCRIBE_STRUCT(AssessmentAnnulled, (),
                      (ground, document_sha256, reason, previous_score, previous_predicate,
                       self_assessment_due_at))

}  // namespace jejak::appraisal
