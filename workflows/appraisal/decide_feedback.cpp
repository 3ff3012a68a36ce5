#include <algorithm>

#include "workflows/appraisal/deciding.hpp"
#include "workflows/appraisal/standing.hpp"
#include "workflows/scoring/questions.hpp"

namespace jejak::appraisal {
namespace {

std::string_view kind_name(scoring::SourceKind kind) {
    return boost::describe::enum_to_string(kind, "");
}

// A source of the policy through which others give feedback. Rule: source_unknown.
std::variant<std::uint32_t, Rejection> feedback_source(const Case& now, const std::string& id) {
    const auto source = scoring::find_source(now.policy, id);
    const auto& allowed = now.policy.feedback.sources;
    if (source && std::find(allowed.begin(), allowed.end(), *source) != allowed.end()) {
        return *source;
    }
    std::string names;
    for (const auto index : allowed) {
        names += (names.empty() ? "" : ", ") + now.policy.sources[index].id;
    }
    return now.no("source_unknown", "feedback comes through: " + (names.empty() ? "none" : names));
}

bool is_invited(const Appraisal& state, PersonId rater, const std::string& source) {
    return std::any_of(state.invitations.begin(), state.invitations.end(),
                       [&](const Invitation& i) { return i.rater == rater && i.source == source; });
}

// Who may say something here, and when. Rules: not_permitted, handle_missing, own_appraisal,
// supervisor_reviews, not_invited, feedback_not_open, feedback_window_closed.
std::optional<Rejection> check_rater(const Case& now, const GiveFeedback& give,
                                     std::uint32_t source_index) {
    const Appraisal& state = now.state;
    const scoring::Source& source = now.policy.sources[source_index];
    if (now.context.actor.role != kind_name(source.by)) {
        return now.no("not_permitted",
                      "source " + source.id + " is for role " + std::string(kind_name(source.by)));
    }
    if (now.context.actor.kind != Actor::Kind::handle || now.context.actor.handle != give.rater ||
        give.rater_person.is_nil()) {
        return now.no("handle_missing", "a rater acts under the handle of this appraisal");
    }
    if (give.rater_person == state.subject) {
        return now.no("own_appraisal", "nobody gives feedback about himself");
    }
    if (give.rater_person == state.supervisor) {
        return now.no("supervisor_reviews", "the supervisor says it in the review");
    }
    if (!state.feedback_is_open) {
        return now.no("feedback_not_open", "the feedback window has not been opened");
    }
    const Instant due = extended_due(now, "feedback", state.feedback_due_at);
    if (now.context.now > due && !now.context.history) {
        return now.no("feedback_window_closed", "feedback was possible until " + to_text(due));
    }
    if (now.policy.feedback.invited_only && !is_invited(state, give.rater_person, give.source)) {
        return now.no("not_invited", "source " + source.id + " is for invited raters only");
    }
    return std::nullopt;
}

// Rule: feedback_was_heard. After an annulled result what others said stands: a second sum beside
// the first would show what one rater said.
std::optional<Rejection> check_not_heard(const Case& now) {
    if (!now.state.feedback_was_heard) return std::nullopt;
    return now.no("feedback_was_heard",
                  "others were heard before the result was annulled, and what they said stands; "
                  "close the stage (close_feedback)");
}

// respondents * mean. A mean lies on the scale as a rating does, but not on its steps: 4.2 of 1..5.
Result<scoring::Rational> checked_mean(const Case& now, std::uint32_t source, const Score& mean,
                                       std::uint32_t respondents) {
    const auto plan = scoring_inputs(now.state, now.policy).plan;
    const auto criterion = scoring::find_criterion(now.policy, plan, mean.criterion);
    if (!criterion || !scoring::rates(now.policy, plan, source, *criterion)) {
        return error(ErrorCode::invalid_input, "source " + now.policy.sources[source].id +
                                                   " does not rate \"" + mean.criterion + "\"");
    }
    const auto number = scoring::Rational::parse(mean.value);
    if (!number) return number;
    const scoring::Scale& scale = scoring::scale_of(now.policy, source, *criterion);
    if (*number < scale.minimum || *number > scale.maximum) {
        return error(ErrorCode::invalid_input, "\"" + mean.criterion + "\": the mean " +
                                                   number->compact() + " lies outside of " +
                                                   scale.minimum.compact() + ".." +
                                                   scale.maximum.compact());
    }
    return *number * scoring::Rational(respondents);
}

}  // namespace

Answer decide(const Case& now, const OpenFeedback&) {
    if (now.policy.feedback.sources.empty()) {
        return now.no("source_unknown", "policy " + now.policy.id + " takes no feedback");
    }
    if (auto no = check_not_heard(now)) return std::move(*no);
    if (now.state.feedback_is_open) {
        return now.no("feedback_is_open",
                      "it has been open since before, until " + to_text(now.state.feedback_due_at));
    }
    return now.yes(FeedbackOpened{now.due(now.policy.feedback.window_days)});
}

Answer decide(const Case& now, const InviteRater& invite) {
    const auto source = feedback_source(now, invite.source);
    if (const auto* no = std::get_if<Rejection>(&source)) return *no;
    if (invite.rater.is_nil()) return now.no("rater_missing", "name the person to be invited");
    if (invite.rater == now.state.subject) {
        return now.no("own_appraisal", "nobody gives feedback about himself");
    }
    if (invite.rater == now.state.supervisor) {
        return now.no("supervisor_reviews", "the supervisor says it in the review");
    }
    if (is_invited(now.state, invite.rater, invite.source)) {
        return now.no("already_invited", "this rater is invited through " + invite.source);
    }
    return now.yes(RaterInvited{invite.rater, invite.source});
}

Answer decide(const Case& now, const GiveFeedback& give) {
    const auto source = feedback_source(now, give.source);
    if (const auto* no = std::get_if<Rejection>(&source)) return *no;
    if (auto no = check_rater(now, give, std::get<0>(source))) return std::move(*no);
    auto scores = checked_scores(now, std::get<0>(source), give.ratings);
    if (auto* no = std::get_if<Rejection>(&scores)) return std::move(*no);
    const Personal comment = now.about_subject(give.comment);
    const auto before = now.state.feedback.find(give.rater);
    if (before == now.state.feedback.end()) {
        return now.yes(FeedbackGiven{give.rater, give.source, std::move(std::get<0>(scores)),
                                     comment,
                                     Personal::of(give.rater_person, to_hex(give.rater_person))});
    }
    if (before->second.source != give.source) {
        return now.no("one_source_a_rater",
                      "this rater has spoken through " + before->second.source);
    }
    return now.yes(FeedbackRevised{give.rater, give.source, before->second.ratings,
                                   std::move(std::get<0>(scores)), comment});
}

Answer decide(const Case& now, const RecordSource& record) {
    if (auto no = check_not_heard(now)) return std::move(*no);
    const auto source = feedback_source(now, record.source);
    if (const auto* no = std::get_if<Rejection>(&source)) return *no;
    if (record.respondents == 0) {
        return now.no("rating_not_valid", "an aggregate has at least one respondent");
    }
    std::vector<SourceSum> sums;
    for (const Score& mean : record.means) {
        const auto again = std::any_of(sums.begin(), sums.end(), [&](const SourceSum& sum) {
            return sum.criterion == mean.criterion;
        });
        if (again) return now.no("rating_not_valid", "\"" + mean.criterion + "\" is rated twice");
        const auto sum = checked_mean(now, std::get<0>(source), mean, record.respondents);
        if (!sum) return now.no("rating_not_valid", sum.error().message);
        sums.push_back({record.source, mean.criterion, record.respondents, sum->compact()});
    }
    if (sums.empty()) return now.no("rating_not_valid", "no criterion is rated");
    return now.yes(SourceRecorded{record.source, record.respondents, std::move(sums)});
}

Answer decide(const Case& now, const RecordSurvey& record) {
    if (!now.policy.survey) {
        return now.no("source_unknown", "policy " + now.policy.id + " uses no survey");
    }
    const scoring::Survey& survey = *now.policy.survey;
    if (record.element_means.size() != survey.elements || record.respondents == 0) {
        return now.no("survey_not_valid", "a survey has " + std::to_string(survey.elements) +
                                              " element means and at least one respondent");
    }
    Sha256 report;
    if (!record.report_sha256.empty() &&
        !from_hex(record.report_sha256, report.data(), report.size())) {
        return now.no("survey_not_valid", "a report is named by the 64 hex digits of its SHA-256");
    }
    std::vector<std::string> means;
    for (const std::string& text : record.element_means) {
        const auto mean = scoring::Rational::parse(text);
        if (!mean || *mean < survey.minimum || *mean > survey.maximum) {
            return now.no("survey_not_valid", "the mean of an element lies between " +
                                                  survey.minimum.compact() + " and " +
                                                  survey.maximum.compact());
        }
        means.push_back(mean->compact());
    }
    return now.yes(SurveyRecorded{std::move(means), record.respondents,
                                  record.report_sha256.empty() ? "" : to_hex(report)});
}

Answer decide(const Case& now, const CloseFeedback&) {
    if (!now.state.feedback_is_open && !now.state.feedback_was_heard) {
        return now.no("feedback_not_open", "the feedback window has not been opened");
    }
    const scoring::Inputs inputs = scoring_inputs(now.state, now.policy);
    std::vector<SourceSum> sums;
    for (const scoring::SourceRatings& given : inputs.sources) {
        const scoring::Source& source = now.policy.sources[given.source];
        const auto& open = now.policy.feedback.sources;
        const bool is_feedback = std::find(open.begin(), open.end(), given.source) != open.end();
        const auto minimum = std::max(source.minimum, source.minimum_disclosure);
        if (!is_feedback || given.raters < minimum) continue;
        for (const scoring::CriterionRatings& ratings : given.ratings) {
            if (ratings.count < minimum) continue;
            const auto own = now.policy.criteria.size();
            const std::string& id = ratings.criterion < own
                                        ? now.policy.criteria[ratings.criterion].id
                                        : inputs.plan[ratings.criterion - own].id;
            sums.push_back({source.id, id, ratings.count, ratings.sum.compact()});
        }
    }
    return now.yes(FeedbackClosed{std::move(sums), now.due(now.policy.deadlines.gate_days)});
}

Answer decide(const Case& now, const ConfirmReview& confirm) {
    if (!now.state.review) return now.no("no_review", "there is no review to confirm");
    return now.yes(ReviewConfirmed{now.about_subject(confirm.note)});
}

Answer decide(const Case& now, const ReviseReview& revise) {
    if (!now.state.review) return now.no("no_review", "there is no review to revise");
    if (revise.ratings.empty() || revise.reason.is_empty()) {
        return now.no("reason_missing", "a revision names the ratings that change, and why");
    }
    auto ratings = checked_ratings(now, scoring::SourceKind::supervisor, revise.ratings);
    if (auto* no = std::get_if<Rejection>(&ratings)) return std::move(*no);
    std::vector<Rating> replaced;
    for (const Rating& old : now.state.review->ratings) {
        const auto changes =
            std::any_of(revise.ratings.begin(), revise.ratings.end(),
                        [&](const Rating& r) { return r.criterion == old.criterion; });
        if (changes) replaced.push_back({old.criterion, old.value, {}});
    }
    return now.yes(ReviewRevised{std::move(replaced), std::move(std::get<0>(ratings)),
                                 now.about_subject(revise.reason)});
}

}  // namespace jejak::appraisal
