#include "tests/workflows/duties.hpp"

#include <array>

namespace jejak::appraisal::duties {
namespace {

const std::string a_hash(64, 'a');

void under_a_panel(Appraisal& state) {
    state.is_for_a_panel = true;
}
void for_raters(Appraisal& state) {
    state.policy = strict;
    state.feedback_is_open = true;
    state.feedback_due_at = day(30);
}
void overdue_reply(Appraisal& state) {
    state.objection_was_answered = false;
    state.reply_due_at = day(-1);
}

std::vector<std::pair<Command, Prepare>> commands_until_the_gate() {
    const Personal why = words("alasan");
    return {
        {open_under(panelled), {}},
        {a_plan(), {}},
        {RecordProgress{{{"imunisasi", "80", {}}}}, {}},
        {AttachEvidence{"imunisasi", why, a_hash, why}, {}},
        {NoteDialogue{why}, {}},
        {self_assessment(), {}},
        {ReturnForRevision{why}, {}},
        {a_review(), {}},
        {ReturnReview{why}, {}},
        {waive("self_assessment"), {}},
        {waive("review"), {}},
        {waive("feedback"), {}},
        {reassign(), {}},
        {CancelAppraisal{why}, {}},
        {OpenFeedback{}, [](Appraisal& state) { state.feedback_is_open = false; }},
        {InviteRater{rater_person(8), "peer"}, {}},
        {feedback(she, "peer", "4", "4"), for_raters},
        {feedback(she, "subordinate", "4", "4"), for_raters},
        {feedback(she, "community", "4", "4"), for_raters},
        {aggregate(), {}},
        {survey(), {}},
        {carry(), {}},
        {CloseFeedback{}, {}},
    };
}

std::vector<std::pair<Command, Prepare>> commands_from_the_gate_on() {
    const Personal why = words("alasan");
    auto upheld = decision("upheld"), changed = decision("changed");
    upheld.as_rater = changed.as_rater = handle_of(she);
    AssignPanel panel = a_panel();
    panel.members[0] = person(10);
    return {
        {ConfirmReview{}, {}},
        {ReviseReview{{{"komunikasi", "4", {}}}, why}, {}},
        {Finalise{}, {}},
        {Finalise{}, [](Appraisal& state) { state.review.reset(); }},
        {AcknowledgeResult{}, {}},
        {objection(), {}},
        {AnswerObjection{why}, [](Appraisal& state) { state.objection_was_answered = false; }},
        {WithdrawObjection{why}, {}},
        {upheld, {}},
        {changed, {}},
        {upheld, under_a_panel},
        {changed, under_a_panel},
        {DeliverResult{"paper", "2026-01-05", a_hash, why}, {}},
        {AssignDecider{person(10), "conflict", "ST 1", {}}, {}},
        {PassDeadline{"reply"}, overdue_reply},
        {panel, under_a_panel},
        {RecuseMember{why}, under_a_panel},
        {a_correction(), {}},
        {CorrectResult{13}, with_a_correction},
        {annulment("draft"), {}},
        {ChangePolicy{std::string(clocked), "SE 2"}, {}},
    };
}

}  // namespace

const std::vector<unsigned>& standings() {
    static const std::vector<unsigned> all = [] {
        std::vector<unsigned> found;
        for (unsigned ties = 0; ties < no_tie_beyond; ++ties)
            if ((ties & spoke) != spoke) found.push_back(ties);
        return found;
    }();
    return all;
}

const Appraisal& state_in(Phase phase) {
    constexpr auto under = panelled;
    static const std::array<Appraisal, phase_count> states = {Appraisal{},
                                                              folded(planned(under)),
                                                              folded(self_assessed(under)),
                                                              folded(feedback_opened(under)),
                                                              folded(weighed(under)),
                                                              folded(finalised(under)),
                                                              folded(answered(under)),
                                                              folded(cancelled(under))};
    return states[static_cast<std::size_t>(phase)];
}

void place(Appraisal& state, unsigned ties) {
    const PersonId who = she;
    if (state.phase == Phase::unopened) return;  // nobody is anything to what does not exist
    state.subject = ties & is_subject ? who : subject;
    state.supervisor = ties & is_supervisor ? who : supervisor;
    state.superior = ties & is_superior ? who : superior;
    state.decider = ties & is_decider ? who : superior;
    state.reviewers = {supervisor};
    if (ties & has_reviewed) state.reviewers.push_back(who);
    state.panel = {superior, new_superior, ties & is_member ? who : new_supervisor};
    state.invitations.clear();
    for (const char* source : {"peer", "subordinate", "community"})
        if (ties & is_invited) state.invitations.push_back({who, source});
    state.feedback.erase(handle_of(who));
    if (!(ties & spoke)) return;
    const char* source = ties & spoke_as_peer ? "peer" : "subordinate";
    state.feedback[handle_of(who)] = {source, 1, {{"kerja_sama", "4"}, {"komunikasi", "4"}}};
}
void with_a_correction(Appraisal& state) {
    state.correction = {13, person(10), "clerical_error", a_hash, {{"komunikasi", "4"}}, {}};
}

std::vector<std::pair<Command, Prepare>> all_commands() {
    auto commands = commands_until_the_gate();
    for (auto& each : commands_from_the_gate_on())
        commands.push_back(std::move(each));
    return commands;
}

}  // namespace jejak::appraisal::duties
