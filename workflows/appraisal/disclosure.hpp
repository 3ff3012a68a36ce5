#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "engine/result.hpp"
#include "workflows/appraisal/appraisal.hpp"

// What a reader of an appraisal may see: the one place where it is decided, for every read (show,
// history, explain, what-if, diff, dispute, evidence) and at every point of its history.
//
// Raters (peers, subordinates, the public) are told apart by nobody but whoever decides an
// objection and by auditors, and named to none of these (UU 27/2022 Pasal 33). Everybody else reads
// a state in which raters do not occur: a source is a sum, from as many raters on as the policy
// says, once the feedback was closed. Whatever is computed from that state can reveal no more,
// alone or by difference.
namespace jejak::appraisal {

struct Reader {
    PersonId person;
    Handle as_rater{};   // what she would be as a rater of this appraisal
    std::string office;  // auditor, administrator, registrar, keeper (of the data directory), or ""
};

enum class Relation : std::uint8_t {
    none,
    subject,
    supervisor,  // also one who reviewed before
    superior,
    decider,  // of the objection that is open, alone or on the panel
    rater,
    administration,
    auditor,
    keeper,
};
BOOST_DESCRIBE_ENUM(Relation, none, subject, supervisor, superior, decider, rater, administration,
                    auditor, keeper)

// What the reader is to the appraisal as it is now; the closest where she is more than one.
[[nodiscard]] Relation relation_of(const Appraisal& now, const Reader& reader);

// One row a relation; see disclosure.cpp.
struct Disclosure {
    Relation relation = Relation::none;
    bool heading = false;        // who, where, which period and phase
    bool result = false;         // score and predicate
    bool self = false;           // plan, progress, self-assessment, evidence
    bool review = false;         // the supervisor's ratings
    bool words = false;          // what people wrote
    bool sums = false;           // what raters said, as sums
    bool single_raters = false;  // what each rater said, under her handle
    bool invitations = false;    // who was asked
    bool rater_names = false;
    // The last version at which the review is shown: the subject sees it once it led to a result.
    std::uint32_t review_until = std::numeric_limits<std::uint32_t>::max();
    Handle own{};  // what she gave herself she may read
};
// The row of a relation.
[[nodiscard]] Disclosure disclosure_of(Relation relation);
// The row of the reader's relation. A supervisor or superior who gave feedback before she became
// one sees no sums: she could take her own ratings off them.
[[nodiscard]] Disclosure disclosure_for(const Appraisal& now, const Reader& reader);

// The state at some point of the history as the reader may see it.
[[nodiscard]] Appraisal disclosed(const Appraisal& state, const scoring::Policy& policy,
                                  const Disclosure& to);

// May the reader see how a score came about? Error: not_found, saying who may.
[[nodiscard]] Result<void> check_derivation(const Disclosure& to);

// What of a recorded event is for the reader.
enum class Shown : std::uint8_t { nothing, without_derivation, all };
// `after`: the appraisal after the event; `now`: as it is.
[[nodiscard]] Shown shown(const Event& event, const Appraisal& after, const Appraisal& now,
                          const scoring::Policy& policy, const Disclosure& to);

}  // namespace jejak::appraisal
