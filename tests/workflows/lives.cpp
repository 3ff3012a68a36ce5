#include "tests/workflows/lives.hpp"

namespace jejak::appraisal::specs {
namespace {

// Facts that may be recorded at any time until the result is set.
void live_a_day(Life& life, const Actor& boss = the_supervisor) {
    const std::string sha256(64, 'a');
    life.next_day()
        .act(AttachEvidence{"imunisasi", words("laporan"), sha256, words("file:laporan.pdf")},
             the_employee)
        .act(NoteDialogue{words("dialog kinerja")}, boss);
}

// What others may say until the feedback is closed.
void hear_others(Life& life, std::uint8_t first) {
    life.act(RecordProgress{{{"imunisasi", "80", words("sampai Maret")}}}, the_employee);
    const PersonId peer = rater_person(first);
    const PersonId other = rater_person(static_cast<std::uint8_t>(first + 1));
    life.act(OpenFeedback{}, the_supervisor)
        .act(InviteRater{peer, "peer"}, the_supervisor)
        .act(feedback(peer, "peer", "5", "4"), as_rater(roles::peer, peer))
        .act(feedback(peer, "peer", "4", "4"), as_rater(roles::peer, peer))
        .act(feedback(other, "subordinate", "3", "3"), as_rater(roles::subordinate, other))
        .act(aggregate(), an_administrator)
        .act(survey(), a_registrar);
}

std::vector<Event> life_in_full() {
    Life life = opened();
    life.act(a_plan(), the_supervisor).act(a_plan(), a_registrar);
    live_a_day(life);
    hear_others(life, 1);
    life.act(self_assessment(), the_employee)
        .act(ReturnForRevision{words("lengkapi bukti")}, the_supervisor)
        .act(self_assessment(), the_employee);
    live_a_day(life);
    life.act(a_review(), the_supervisor)
        .act(ReturnReview{words("jelaskan angka 3")}, the_superior)
        .act(a_review(), the_supervisor);
    live_a_day(life);
    life.act(CloseFeedback{}, the_supervisor);
    live_a_day(life);
    life.act(ConfirmReview{words("tetap")}, the_supervisor)
        .act(ReviseReview{{{"komunikasi", "4", words("rekan benar")}}, words("umpan balik")},
             the_supervisor)
        .act(Finalise{}, the_supervisor)
        .act(AcknowledgeResult{words("diterima")}, the_employee);
    return life;
}

std::vector<Event> life_with_objections() {
    Life life = self_assessed();
    hear_others(life, 3);
    life.act(a_review(), the_supervisor)
        .act(CloseFeedback{}, the_supervisor)
        .act(ConfirmReview{}, the_supervisor)
        .act(Finalise{}, the_supervisor)
        .act(objection(), the_employee)
        .act(WithdrawObjection{words("sudah jelas")}, the_employee)
        .act(objection(), the_employee)
        .act(AnswerObjection{words("angka dari laporan")}, the_supervisor)
        .act(decision("changed"), the_superior);
    return life;
}

std::vector<Event> life_with_a_vacancy() {
    Life life = planned();
    life.act(reassign(), an_administrator)
        .act(waive("self_assessment", "vacancy"), an_administrator)
        .act(reassign(), an_administrator)
        .act(waive("review", "vacancy"), an_administrator)
        .act(reassign(), an_administrator)
        .act(aggregate(), a_registrar)
        .act(survey(), a_registrar)
        .act(RecordProgress{{{"imunisasi", "95", {}}}}, the_employee)
        .act(waive("feedback", "vacancy"), an_administrator)
        .act(reassign(), an_administrator)
        .act(Finalise{}, an_administrator);
    return life;
}

// Its supervisors rate by posts of the organisation.
std::vector<Event> life_by_a_post() {
    auto open = open_under(lenient);
    open.supervisor_post = "kabid";
    auto next = reassign();
    next.supervisor_post = "kasi";
    return Life()
        .act(open, an_administrator)
        .act(next, an_administrator)
        .act(CancelAppraisal{words("pindah instansi")}, an_administrator)
        .events();
}

std::vector<Event> life_in_a_cascade() {
    PlanItem item = plan_item();
    item.supports = "kadis-2025/imunisasi";
    item.unit_indicator = "cakupan_imunisasi";
    return opened()
        .act(AgreePlan{{item}, {}}, the_supervisor)
        .act(carry(), an_administrator)
        .act(CancelAppraisal{words("pindah instansi")}, an_administrator)
        .events();
}

DeliverResult on_paper(std::string day) {
    return {"paper", std::move(day), std::string(64, 'a'), words("Kasubbag Umum")};
}

// Heard without a reply, then decided by nobody: the result stands.
std::vector<Event> life_lapsed() {
    return finalised(clocked)
        .act(on_paper("2026-01-05"), an_administrator)
        .act(AcknowledgeResult{words("diterima")}, the_employee)
        .act(objection(), the_employee)
        .after(15)
        .act(PassDeadline{"reply"}, an_administrator)
        .act(AnswerObjection{words("terlambat, mohon maaf")}, the_supervisor)
        .act(AssignDecider{new_superior, "vacancy", "ST 3", {}}, an_administrator)
        .after(22)
        .act(PassDeadline{"decision"}, an_administrator)
        .events();
}

std::vector<Event> life_of_two_years() {
    PlanItem item = plan_item();
    item.target_is_maximum = true;
    Life life = opened();
    life.act(AgreePlan{{item}, {}}, the_supervisor)
        .act(carry(), an_administrator)
        .act(self_assessment(), the_employee)
        .act(carry(), a_registrar)
        .act(a_review(), the_supervisor)
        .act(carry(), an_administrator)
        .act(waive("feedback"), an_administrator)
        .act(carry(), an_administrator)
        .act(Finalise{}, the_supervisor)
        .act(objection(), the_employee)
        .act(AnswerObjection{words("angka dari laporan")}, the_supervisor)
        .act(decision("changed"), the_superior);
    return life;
}

// A panel of which one member steps back decides; an error is corrected by two people; in the end
// the result does not stand.
std::vector<Event> life_by_a_panel() {
    const auto member = [](PersonId who) { return as(roles::superior, who); };
    return answered(panelled)
        .act(a_panel(), an_administrator)
        .act(AttachEvidence{"komunikasi", words("foto"), std::string(64, 'e'), {}}, the_employee)
        .act(RecuseMember{words("pernah menjadi atasannya")}, member(new_supervisor))
        .act(decision("upheld"), member(new_superior))
        .act(decision("changed"), the_superior)
        .act(decision("changed"), member(new_superior))
        .act(a_correction(), a_registrar)
        .act(CorrectResult{22}, an_administrator)
        .act(annulment("draft"), an_administrator)
        .events();
}

// The review is annulled from a result and from a dispute, the assessment from a dispute.
std::vector<Event> life_begun_anew() {
    Life life = reviewed();
    const auto to_the_result = [&] {
        life.act(waive("feedback"), an_administrator).act(Finalise{}, the_supervisor);
    };
    to_the_result();
    life.act(annulment("self_assessed"), an_administrator).act(a_review(), the_supervisor);
    to_the_result();
    life.act(objection(), the_employee)
        .act(annulment("self_assessed"), an_administrator)
        .act(a_review(), the_supervisor);
    to_the_result();
    return life.act(objection(), the_employee).act(annulment("draft"), an_administrator).events();
}

std::vector<Event> life_under_other_rules() {
    return planned()
        .act(ChangePolicy{std::string(clocked), "SE 2"}, an_administrator)
        .act(self_assessment(), the_employee)
        .act(ChangePolicy{std::string(lenient), "SE 3"}, an_administrator)
        .events();
}

std::vector<Event> life_upheld() {
    Life life = reviewed();
    hear_others(life, 5);
    life.act(CloseFeedback{}, the_supervisor)
        .act(ConfirmReview{}, the_supervisor)
        .act(Finalise{}, the_supervisor)
        .act(objection(), the_employee)
        .act(AnswerObjection{words("angka dari laporan")}, the_supervisor)
        .act(decision("upheld"), the_superior);
    return life;
}

}  // namespace

OpenAppraisal open_under(std::string_view policy) {
    return {subject,  "Perawat Ahli Pertama", "Puskesmas Kotabumi", "2025", "annual", supervisor,
            superior, std::string(policy)};
}

PlanItem plan_item() {
    PlanItem item;
    item.item = "imunisasi";
    item.result = "Cakupan imunisasi naik";
    item.indicator = "Persentase bayi";
    item.aspect = "kuantitas";
    item.unit_of_measure = "persen";
    item.target = "100";
    item.weight = "100";
    return item;
}

AgreePlan a_plan() {
    return {{plan_item()}, {{"kerja_sama", std::nullopt, words("bantu posyandu")}}};
}

SubmitSelfAssessment self_assessment() {
    return {{{"kerja_sama", "5", words("selalu hadir")}, {"komunikasi", "5", {}}},
            {{"imunisasi", "90", words("laporan tahunan")}},
            words("hujan")};
}

SubmitReview a_review() {
    return {{{"imunisasi", "4", words("baik")}, {"kerja_sama", "4", {}}, {"komunikasi", "3", {}}},
            {},
            words("kunjungan lapangan")};
}

GiveFeedback feedback(PersonId rater, std::string_view source, std::string kerja_sama,
                      std::string komunikasi) {
    return {std::string(source),
            {{"kerja_sama", std::move(kerja_sama)}, {"komunikasi", std::move(komunikasi)}},
            words("ramah"),
            handle_of(rater),
            rater};
}

WaiveStage waive(std::string_view stage, std::string_view ground) {
    return {std::string(stage), std::string(ground), words("cuti")};
}

ReassignSupervisor reassign() {
    return {new_supervisor, new_superior, words("mutasi")};
}

RecordSource aggregate() {
    return {"community", 12, {{"kerja_sama", "4"}, {"komunikasi", "3"}}};
}

RecordSurvey survey() {
    return {{"3.2", "3", "3.4"}, 150, std::string(64, 'b')};
}

CarryScore carry() {
    return {"lalu", "tahun-lalu"};
}

FileObjection objection() {
    return {{"komunikasi"}, words("bukti tidak dibaca")};
}

DecideObjection decision(std::string_view outcome) {
    DecideObjection command;
    command.outcome = outcome;
    if (outcome == "changed") command.ratings = {{"komunikasi", "5", words("bukti cukup")}};
    command.reasons = words("kedua pihak didengar");
    return command;
}

AssignPanel a_panel() {
    AssignPanel panel{{superior, new_superior, new_supervisor}, "SK 5", {}};
    for (const PersonId member : panel.members)
        panel.as_raters.push_back(handle_of(member));
    return panel;
}

ProposeCorrection a_correction() {
    return {"clerical_error",
            std::string(64, 'c'),
            {{"komunikasi", "4", {}}},
            {{"imunisasi", "95", {}}},
            words("salah salin dari berita acara")};
}

AnnulResult annulment(std::string_view reopens) {
    return {std::string(reopens), "wrong_rater", std::string(64, 'd'), words("bukan atasannya")};
}

Life opened(std::string_view policy) {
    return Life().act(open_under(policy), an_administrator);
}
Life planned(std::string_view policy) {
    return opened(policy).act(a_plan(), the_supervisor);
}
Life self_assessed(std::string_view policy) {
    return planned(policy).act(self_assessment(), the_employee);
}
Life reviewed(std::string_view policy) {
    return self_assessed(policy).act(a_review(), the_supervisor);
}
Life feedback_opened(std::string_view policy) {
    return reviewed(policy)
        .act(OpenFeedback{}, the_supervisor)
        .act(InviteRater{rater_person(1), "peer"}, the_supervisor)
        .act(InviteRater{rater_person(2), "peer"}, the_supervisor);
}
Life feedback_closed(std::string_view policy) {
    return feedback_opened(policy)
        .act(feedback(rater_person(1), "peer", "5", "3"), as_rater(roles::peer, rater_person(1)))
        .act(feedback(rater_person(2), "peer", "5", "5"), as_rater(roles::peer, rater_person(2)))
        .act(CloseFeedback{}, the_supervisor);
}
Life weighed(std::string_view policy) {
    return feedback_closed(policy).act(ConfirmReview{}, the_supervisor);
}
Life finalised(std::string_view policy) {
    return weighed(policy).act(Finalise{}, the_supervisor);
}
Life disputed(std::string_view policy) {
    return finalised(policy).act(objection(), the_employee);
}
Life answered(std::string_view policy) {
    return disputed(policy).act(AnswerObjection{words("angka dari laporan")}, the_supervisor);
}
Life cancelled(std::string_view policy) {
    return planned(policy).act(CancelAppraisal{words("pindah")}, an_administrator);
}

std::vector<Event> history_in(Phase phase) {
    switch (phase) {
        case Phase::unopened:
            return {};
        case Phase::draft:
            return planned();
        case Phase::self_assessed:
            return self_assessed();
        case Phase::supervisor_reviewed:
            return feedback_opened();
        case Phase::feedback:
            return weighed();
        case Phase::finalised:
            return finalised();
        case Phase::disputed:
            return answered();
        case Phase::cancelled:
            return cancelled();
    }
    return {};
}

std::vector<std::pair<std::string, std::vector<Event>>> whole_lives() {
    const CancelAppraisal cancel{words("pensiun")};
    return {
        {"in_full", life_in_full()},
        {"with_objections", life_with_objections()},
        {"with_a_vacancy", life_with_a_vacancy()},
        {"upheld", life_upheld()},
        {"of_two_years", life_of_two_years()},
        {"by_a_post", life_by_a_post()},
        {"in_a_cascade", life_in_a_cascade()},
        {"lapsed", life_lapsed()},
        {"by_a_panel", life_by_a_panel()},
        {"begun_anew", life_begun_anew()},
        {"under_other_rules", life_under_other_rules()},
        {"brief", Life()
                      .act(open_under(brief), an_administrator)
                      .act(SubmitReview{{{"kerja_sama", "4", {}}}, {}, {}}, the_supervisor)
                      .act(Finalise{}, the_supervisor)},
        {"cancelled_in_draft", cancelled()},
        {"cancelled_after_self_assessment", self_assessed().act(cancel, an_administrator)},
        {"cancelled_after_review", reviewed().act(cancel, an_administrator)},
        {"cancelled_in_feedback", feedback_closed().act(cancel, an_administrator)},
    };
}

}  // namespace jejak::appraisal::specs
