#include "workflows/appraisal/scoreboard.hpp"

#include <algorithm>

#include "workflows/appraisal/events.hpp"
#include "workflows/appraisal/model_rows.hpp"
#include "workflows/appraisal/scoreboard_rows.hpp"
#include "workflows/scoring/rational.hpp"

namespace jejak::appraisal {

namespace {

using scoring::Rational;

Result<Rational> recorded_number(std::string_view text) {
    auto number = Rational::parse(text);
    if (!number) return error(ErrorCode::corruption, "a recorded " + number.error().message);
    return number;
}

// sum + sign * value, as text.
Result<std::string> added(std::string_view sum, std::string_view value, int sign) {
    auto total = recorded_number(sum);
    if (!total) return total.error();
    const auto change = recorded_number(value);
    if (!change) return change.error();
    if (sign > 0) {
        *total += *change;
    } else {
        *total -= *change;
    }
    return total->compact();
}

CriterionScores* find_criterion(Scores& scores, std::string_view criterion) {
    const auto found =
        std::find_if(scores.criteria.begin(), scores.criteria.end(),
                     [&](const CriterionScores& c) { return c.criterion == criterion; });
    return found == scores.criteria.end() ? nullptr : &*found;
}

Result<void> add_rating(Scores& scores, std::string_view criterion, std::uint32_t count,
                        std::string_view value) {
    auto* known = find_criterion(scores, criterion);
    if (known == nullptr) {
        scores.criteria.push_back({std::string(criterion), 0, "0"});
        known = &scores.criteria.back();
    }
    auto sum = added(known->sum, value, 1);
    if (!sum) return sum.error();
    known->sum = std::move(*sum);
    known->count += count;
    return {};
}

// A criterion that nobody rates any more keeps its place, with 0 of 0.
Result<void> remove_rating(Scores& scores, const Score& rating) {
    auto* known = find_criterion(scores, rating.criterion);
    if (known == nullptr || known->count == 0) {
        return error(ErrorCode::corruption, "a rating of \"" + rating.criterion +
                                                "\" is replaced that was never given; make the "
                                                "read model again from the log");
    }
    auto sum = added(known->sum, rating.value, -1);
    if (!sum) return sum.error();
    known->sum = std::move(*sum);
    --known->count;
    return {};
}

// The ratings of the one person who rates here: what stands for a criterion is replaced.
Result<void> set_ratings(Scores& scores, const std::vector<Rating>& ratings) {
    scores.raters = 1;
    for (const Rating& rating : ratings) {
        if (auto* known = find_criterion(scores, rating.criterion)) {
            *known = {rating.criterion, 0, "0"};
        }
        auto set = add_rating(scores, rating.criterion, 1, rating.value);
        if (!set) return set;
    }
    return {};
}

// A newly given set of ratings stands for the whole of an earlier one.
Result<void> put_ratings(const std::string& key, const std::vector<Rating>& ratings, Rows& rows) {
    if (ratings.empty()) {
        rows.erase(key);
        return {};
    }
    Scores scores;
    auto set = set_ratings(scores, ratings);
    if (set) rows.put(key, record::to_bytes(scores));
    return set;
}

// Changes the scores under `key`, which may not exist yet.
template <class Change>
Result<void> change_scores(const std::string& key, Rows& rows, Change change) {
    auto row = row_of<Scores>(rows.get(key));
    if (!row) return row.error();
    Scores scores = row->value_or(Scores{});
    auto changed = change(scores);
    if (changed) rows.put(key, record::to_bytes(scores));
    return changed;
}

// The ratings that changed, after the feedback or by the decision on an objection.
Result<void> change_review(const Envelope& envelope, const std::vector<Rating>& ratings,
                           Rows& rows) {
    if (ratings.empty()) return {};
    return change_scores(scores_key(envelope.stream.key(), ScoreOrigin::supervisor, "supervisor"),
                         rows, [&](Scores& scores) { return set_ratings(scores, ratings); });
}

Result<void> count_rating(const Envelope& envelope, const FeedbackGiven& e, Rows& rows) {
    const auto key = scores_key(envelope.stream.key(), ScoreOrigin::feedback, e.source);
    return change_scores(key, rows, [&](Scores& scores) -> Result<void> {
        ++scores.raters;
        for (const Score& rating : e.ratings) {
            auto added = add_rating(scores, rating.criterion, 1, rating.value);
            if (!added) return added;
        }
        return {};
    });
}

Result<void> recount_rating(const Envelope& envelope, const FeedbackRevised& e, Rows& rows) {
    const auto key = scores_key(envelope.stream.key(), ScoreOrigin::feedback, e.source);
    return change_scores(key, rows, [&](Scores& scores) -> Result<void> {
        for (const Score& rating : e.replaced) {
            auto removed = remove_rating(scores, rating);
            if (!removed) return removed;
        }
        for (const Score& rating : e.ratings) {
            auto added = add_rating(scores, rating.criterion, 1, rating.value);
            if (!added) return added;
        }
        return {};
    });
}

Result<void> put_source(const Envelope& envelope, const SourceRecorded& e, Rows& rows) {
    Scores scores{e.respondents, {}};
    for (const SourceSum& sum : e.sums) {
        auto added = add_rating(scores, sum.criterion, sum.count, sum.sum);
        if (!added) return added;
    }
    rows.put(scores_key(envelope.stream.key(), ScoreOrigin::recorded, e.source),
             record::to_bytes(scores));
    return {};
}

Result<void> put_survey(const Envelope& envelope, const SurveyRecorded& e, Rows& rows) {
    Scores scores{e.respondents, {}};
    for (std::size_t i = 0; i < e.element_means.size(); ++i) {
        const auto mean = recorded_number(e.element_means[i]);
        if (!mean) return mean.error();
        scores.criteria.push_back({std::to_string(i + 1), e.respondents,
                                   (*mean * Rational(std::int64_t{e.respondents})).compact()});
    }
    rows.put(scores_key(envelope.stream.key(), ScoreOrigin::survey, "survey"),
             record::to_bytes(scores));
    return {};
}

Result<BoardLine> line_of(const Envelope& envelope, Rows& rows) {
    auto line = row_of<BoardLine>(rows.get(line_key(envelope.stream.key())));
    if (!line) return line.error();
    if (!*line) {
        return error(ErrorCode::corruption, "the scoreboard has no row for " +
                                                envelope.stream.text() +
                                                "; make the read model again from the log");
    }
    return std::move(**line);
}

void count_phase(UnitBoard& board, Phase phase, int change) {
    const std::string name(name_of(phase));
    auto& count = board.by_phase[name];
    count = static_cast<std::uint32_t>(static_cast<int>(count) + change);
    if (count == 0) board.by_phase.erase(name);
}

PolicyResults& results_of(UnitBoard& board, const std::string& policy) {
    auto& all = board.results;
    const auto place =
        std::lower_bound(all.begin(), all.end(), policy,
                         [](const PolicyResults& r, const auto& p) { return r.policy < p; });
    if (place != all.end() && place->policy == policy) return *place;
    return *all.insert(place, PolicyResults{policy, 0, "0", {}});
}

// A policy without a total gives no numbers to add.
Result<void> change_sum(PolicyResults& results, const std::string& score, int sign) {
    if (score.empty()) return {};
    auto sum = added(results.sum, score, sign);
    if (!sum) return sum.error();
    results.sum = std::move(*sum);
    return {};
}

// Takes the result out of the board; the line keeps it among those that were replaced.
Result<void> take_result(BoardLine& line, UnitBoard& board) {
    if (!line.result) return {};
    PolicyResults& results = results_of(board, line.policy);
    if (auto left = change_sum(results, line.result->score, -1); !left) return left;
    --results.count;
    if (--results.by_predicate[line.result->predicate] == 0) {
        results.by_predicate.erase(line.result->predicate);
    }
    if (results.count == 0) {
        std::erase_if(board.results, [&](const auto& each) { return each.policy == line.policy; });
    }
    line.replaced_results.push_back(std::move(*line.result));
    line.result.reset();
    return {};
}

// Puts a result in the place of an earlier one, in the line and in the board.
Result<void> set_result(BoardLine& line, UnitBoard& board, BoardResult result) {
    if (auto taken = take_result(line, board); !taken) return taken;
    PolicyResults& results = results_of(board, line.policy);
    if (auto joined = change_sum(results, result.score, 1); !joined) return joined;
    ++results.count;
    ++results.by_predicate[result.predicate];
    line.result = std::move(result);
    return {};
}

Result<void> open(const Envelope& envelope, const Opened& e, Rows& rows) {
    const std::string key = board_key(e.period, e.unit);
    auto row = row_of<UnitBoard>(rows.get(key));
    if (!row) return row.error();
    UnitBoard board = row->value_or(UnitBoard{e.period, e.unit, 0, {}, {}});
    ++board.opened;
    count_phase(board, Phase::draft, 1);
    rows.put(key, record::to_bytes(board));

    BoardLine line;
    line.subject = e.subject;
    line.post = e.post;
    line.unit = e.unit;
    line.period = e.period;
    line.kind = e.kind;
    line.phase = Phase::draft;
    line.policy = e.policy;
    line.policy_sha256 = e.policy_sha256;
    line.supervisor = e.supervisor;
    line.opened_at = envelope.recorded_at;
    rows.put(line_key(envelope.stream.key()), record::to_bytes(line));
    rows.put(list_key(line.unit, line.period, envelope.stream.key()), record::to_bytes(line.phase));
    return {};
}

Result<void> no_result(BoardLine&, UnitBoard&) {
    return {};
}

// Leads the line to a phase, in its own row, in the index and in the unit's board.
template <class Change>
Result<void> move_line(const Envelope& envelope, Phase phase, Rows& rows, Change change) {
    auto line = line_of(envelope, rows);
    if (!line) return line.error();
    const std::string key = board_key(line->period, line->unit);
    auto row = row_of<UnitBoard>(rows.get(key));
    if (!row) return row.error();
    UnitBoard board = row->value_or(UnitBoard{line->period, line->unit, 0, {}, {}});
    auto changed = change(*line, board);
    if (!changed) return changed;
    count_phase(board, line->phase, -1);
    count_phase(board, phase, 1);
    line->phase = phase;
    rows.put(key, record::to_bytes(board));
    rows.put(line_key(envelope.stream.key()), record::to_bytes(*line));
    rows.put(list_key(line->unit, line->period, envelope.stream.key()), record::to_bytes(phase));
    return {};
}

// The policy under which the result will be; until there is one the board counts nothing by it.
Result<void> change_policy(const Envelope& envelope, const PolicyChanged& e, Rows& rows) {
    auto line = line_of(envelope, rows);
    if (!line) return line.error();
    line->policy = e.policy;
    line->policy_sha256 = e.policy_sha256;
    rows.put(line_key(envelope.stream.key()), record::to_bytes(*line));
    return {};
}

Result<void> reassign(const Envelope& envelope, const SupervisorReassigned& e, Rows& rows) {
    auto line = line_of(envelope, rows);
    if (!line) return line.error();
    line->supervisor = e.supervisor;
    rows.put(line_key(envelope.stream.key()), record::to_bytes(*line));
    return {};
}

Result<void> finalise(const Envelope& envelope, const Finalised& e, Rows& rows) {
    return move_line(envelope, Phase::finalised, rows, [&](BoardLine& line, UnitBoard& board) {
        return set_result(line, board, {e.score, e.predicate, envelope.recorded_at});
    });
}

// By the decision on an objection, or by a correction.
template <class NewResult>
Result<void> change_result(const Envelope& envelope, const NewResult& e, Rows& rows) {
    auto rated = change_review(envelope, e.ratings, rows);
    if (!rated) return rated;
    return move_line(envelope, Phase::finalised, rows, [&](BoardLine& line, UnitBoard& board) {
        return set_result(line, board, {e.score, e.predicate, envelope.recorded_at});
    });
}

// The result and the review that led to it do not stand; what was rated before, the log keeps.
Result<void> annul(const Envelope& envelope, Phase reopened, Rows& rows) {
    rows.erase(scores_key(envelope.stream.key(), ScoreOrigin::supervisor, "supervisor"));
    if (reopened == Phase::draft) {
        rows.erase(scores_key(envelope.stream.key(), ScoreOrigin::self, "self"));
    }
    return move_line(envelope, reopened, rows, take_result);
}

Result<void> submit_self_assessment(const Envelope& envelope, const SelfAssessmentSubmitted& e,
                                    Rows& rows) {
    auto put =
        put_ratings(scores_key(envelope.stream.key(), ScoreOrigin::self, "self"), e.ratings, rows);
    return put ? move_line(envelope, Phase::self_assessed, rows, no_result) : put;
}

Result<void> submit_review(const Envelope& envelope, const ReviewSubmitted& e, Rows& rows) {
    auto put = put_ratings(scores_key(envelope.stream.key(), ScoreOrigin::supervisor, "supervisor"),
                           e.ratings, rows);
    return put ? move_line(envelope, Phase::supervisor_reviewed, rows, no_result) : put;
}

Result<void> revise_review(const Envelope& envelope, const ReviewRevised& e, Rows& rows) {
    return change_review(envelope, e.ratings, rows);
}

class Scoreboard final : public Projection {
  public:
    [[nodiscard]] std::string_view name() const override { return scoreboard_model; }

    [[nodiscard]] Result<void> apply(const Envelope& envelope, std::string_view payload,
                                     Rows& rows) const override {
        const auto kind = recorded_kind(envelope);
        if (!kind) return kind.error();
        if (!*kind) return {};
        rows.put(moved_key(envelope.stream.key()),
                 record::to_bytes(Moved{envelope.version.value, envelope.recorded_at}));
        const auto with = [&]<class E>(Result<void> (*fold)(const Envelope&, const E&, Rows&)) {
            return with_event<E>(envelope, payload,
                                 [&](const E& event) { return fold(envelope, event, rows); });
        };
        switch (**kind) {
            case EventKind::opened:
                return with(open);
            case EventKind::self_assessment_submitted:
                return with(submit_self_assessment);
            case EventKind::review_submitted:
                return with(submit_review);
            case EventKind::review_revised:
                return with(revise_review);
            case EventKind::feedback_given:
                return with(count_rating);
            case EventKind::feedback_revised:
                return with(recount_rating);
            case EventKind::source_recorded:
                return with(put_source);
            case EventKind::survey_recorded:
                return with(put_survey);
            case EventKind::supervisor_reassigned:
                return with(reassign);
            case EventKind::finalised:
                return with(finalise);
            case EventKind::result_changed:
                return with(change_result<ResultChanged>);
            case EventKind::result_corrected:
                return with(change_result<ResultCorrected>);
            case EventKind::policy_changed:
                return with(change_policy);
            case EventKind::review_annulled:
            case EventKind::assessment_annulled:
                return annul(envelope, *phase_after(**kind), rows);
            default:
                break;  // of the others only the phase is told here, and that by their kind
        }
        const auto phase = phase_after(**kind);
        return phase ? move_line(envelope, *phase, rows, no_result) : Result<void>();
    }
};

}  // namespace

std::unique_ptr<Projection> make_scoreboard() {
    return std::make_unique<Scoreboard>();
}

}  // namespace jejak::appraisal
