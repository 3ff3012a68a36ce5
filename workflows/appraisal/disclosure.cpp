#include "workflows/appraisal/disclosure.hpp"

#include <algorithm>

#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::appraisal {
namespace {

using R = Relation;

// The table, the first thing to read.
// clang-format off
constexpr Disclosure table[] = {
    // relation         heading result self  review words sums  single invited names
    {R::none,           false,  false, false, false, false, false, false, false, false},
    {R::subject,        true,   true,  true,  true,  true,  true,  false, false, false},
    {R::supervisor,     true,   true,  true,  true,  true,  true,  false, true,  false},
    {R::superior,       true,   true,  true,  true,  true,  true,  false, false, false},
    {R::decider,        true,   true,  true,  true,  true,  true,  true,  false, false},
    {R::rater,          true,   false, false, false, false, false, false, false, false},
    {R::administration, true,   true,  false, false, false, false, false, true,  false},
    {R::auditor,        true,   true,  true,  true,  true,  true,  true,  true,  false},
    {R::keeper,         true,   true,  true,  true,  true,  true,  true,  true,  true},
};
// clang-format on

bool is_by_raters(const scoring::Source& source) {
    return source.by == scoring::SourceKind::peer ||
           source.by == scoring::SourceKind::subordinate ||
           source.by == scoring::SourceKind::community;
}

std::uint32_t raters_needed(const scoring::Source& source) {
    return std::max(source.minimum, source.minimum_disclosure);
}

// Do the sums of the raters stand? Before the feedback is closed they grow rater by rater.
bool sums_stand(const Appraisal& state) {
    return state.phase == Phase::feedback || state.phase == Phase::finalised ||
           state.phase == Phase::disputed;
}

bool was_invited(const Appraisal& now, PersonId person) {
    return std::any_of(now.invitations.begin(), now.invitations.end(),
                       [&](const Invitation& each) { return each.rater == person; });
}

// Is this aggregate all that its source ever said, by enough raters? Beside ratings of single
// people, or a later aggregate, it would be the lesser of two sums.
bool is_whole_source(const SourceRecorded& recorded, const Appraisal& now,
                     const scoring::Policy& policy) {
    const auto kept = now.recorded_sources.find(recorded.source);
    const auto source = scoring::find_source(policy, recorded.source);
    const bool is_last = kept != now.recorded_sources.end() && kept->second.sums == recorded.sums &&
                         kept->second.respondents == recorded.respondents;
    const bool is_alone =
        std::none_of(now.feedback.begin(), now.feedback.end(),
                     [&](const auto& each) { return each.second.source == recorded.source; });
    return sums_stand(now) && is_last && is_alone && source &&
           recorded.respondents >= raters_needed(policy.sources[*source]);
}

const std::string& criterion_name(const scoring::Policy& policy, const scoring::Inputs& inputs,
                                  std::uint32_t index) {
    const auto own = policy.criteria.size();
    return index < own ? policy.criteria[index].id : inputs.plan[index - own].id;
}

// What the raters of a source said, as one fact: that of closing the feedback. Only criteria that
// enough of them rated; the others enter no score either (Source::minimum).
RecordedSource sums_of(const scoring::SourceRatings& given, const scoring::Inputs& inputs,
                       const scoring::Policy& policy, std::uint32_t version) {
    const auto& source = policy.sources[given.source];
    RecordedSource sums{version, 0, {}};
    for (const auto& ratings : given.ratings) {
        if (ratings.count < raters_needed(source)) continue;
        sums.respondents = std::max(sums.respondents, ratings.count);
        sums.sums.push_back({source.id, criterion_name(policy, inputs, ratings.criterion),
                             ratings.count, ratings.sum.compact()});
    }
    return sums;
}

}  // namespace

// A party stays one, whatever office she holds.
Relation relation_of(const Appraisal& now, const Reader& reader) {
    if (reader.office == "keeper") return R::keeper;
    const auto is_among = [&](const std::vector<PersonId>& people) {
        return std::find(people.begin(), people.end(), reader.person) != people.end();
    };
    if (!reader.person.is_nil()) {
        if (reader.person == now.subject) return R::subject;
        const bool rates = reader.person == now.supervisor || is_among(now.reviewers);
        const bool decides = reader.person == now.decider || is_among(now.panel);
        if (now.phase == Phase::disputed && decides && !rates) return R::decider;
        if (rates) return R::supervisor;
        if (reader.person == now.superior) return R::superior;
        if (now.feedback.contains(reader.as_rater) || was_invited(now, reader.person)) {
            return R::rater;
        }
    }
    if (reader.office == "auditor") return R::auditor;
    const bool is_office =
        reader.office == roles::administrator || reader.office == roles::registrar;
    return is_office ? R::administration : R::none;
}

Disclosure disclosure_of(Relation relation) {
    return table[static_cast<std::size_t>(relation)];
}

Disclosure disclosure_for(const Appraisal& now, const Reader& reader) {
    Disclosure found = disclosure_of(relation_of(now, reader));
    found.own = reader.as_rater;
    if (found.relation == R::subject && !now.result) found.review_until = now.annulled_version;
    if (found.relation != R::keeper && now.feedback.contains(reader.as_rater)) {
        found.sums = found.single_raters = false;
    }
    return found;
}

Appraisal disclosed(const Appraisal& state, const scoring::Policy& policy, const Disclosure& to) {
    if (!to.heading) return {};
    Appraisal seen = state;
    if (!to.invitations) seen.invitations.clear();
    if (!to.single_raters) {
        const auto inputs = scoring_inputs(state, policy);
        std::erase_if(seen.feedback, [&](const auto& each) { return each.first != to.own; });
        seen.recorded_sources.clear();
        for (auto& [member, vote] : seen.votes)
            vote = {};  // who has voted is no secret, only how
        for (const auto& given : inputs.sources) {
            const auto& source = policy.sources[given.source];
            if (!to.sums || !sums_stand(state) || !is_by_raters(source)) continue;
            auto sums = sums_of(given, inputs, policy, state.feedback_version);
            if (!sums.sums.empty()) seen.recorded_sources.emplace(source.id, std::move(sums));
        }
    }
    if (!to.self) {
        seen.plan.clear();
        seen.realisations.clear();
        seen.self_assessment.reset();
        seen.survey.reset();
        seen.carried.clear();
    }
    if (!to.review || state.version > to.review_until) {
        seen.review.reset();
        seen.flags.clear();
        seen.correction.reset();
    }
    if (!to.result) seen.result.reset();
    return seen;
}

Result<void> check_derivation(const Disclosure& to) {
    if (to.result && to.self && (to.sums || to.single_raters)) return {};
    return error(ErrorCode::not_found,
                 "how this score came about is for the employee, the supervisor and the superior "
                 "(unless they gave feedback themselves), for whoever decides an objection, and "
                 "for auditors");
}

Shown shown(const Event& event, const Appraisal& after, const Appraisal& now,
            const scoring::Policy& policy, const Disclosure& to) {
    const auto when = [](bool may) { return may ? Shown::all : Shown::nothing; };
    switch (kind_of(event)) {
        case EventKind::feedback_given:
            return when(to.single_raters || std::get<FeedbackGiven>(event).rater == to.own);
        case EventKind::feedback_revised:
            return when(to.single_raters || std::get<FeedbackRevised>(event).rater == to.own);
        case EventKind::source_recorded:
            return when(to.single_raters ||
                        (to.sums && is_whole_source(std::get<SourceRecorded>(event), now, policy)));
        case EventKind::rater_invited:
            return when(to.invitations);
        case EventKind::feedback_closed:
            return when(to.single_raters || to.sums);
        case EventKind::vote_cast:
            return when(to.single_raters);
        case EventKind::review_submitted:
        case EventKind::review_confirmed:
        case EventKind::review_revised:
            return when(to.review && after.version <= to.review_until);
        case EventKind::correction_proposed:
            // Who confirms it must see what she confirms.
            return when(to.relation == R::administration ||
                        (to.review && after.version <= to.review_until));
        case EventKind::plan_agreed:
        case EventKind::progress_recorded:
        case EventKind::evidence_attached:
        case EventKind::dialogue_noted:
        case EventKind::self_assessment_submitted:
        case EventKind::survey_recorded:
        case EventKind::score_carried_in:
            return when(to.self);
        case EventKind::finalised:
        case EventKind::result_changed:
        case EventKind::result_corrected:
            if (!to.result) return Shown::nothing;
            return check_derivation(to) ? Shown::all : Shown::without_derivation;
        case EventKind::review_annulled:
        case EventKind::assessment_annulled:
            return when(to.result);
        default:
            return when(to.heading && to.relation != Relation::rater);
    }
}

}  // namespace jejak::appraisal
