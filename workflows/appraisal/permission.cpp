#include "workflows/appraisal/permission.hpp"

#include <algorithm>

#include "workflows/scoring/roles.hpp"

namespace jejak::appraisal {
namespace {

using namespace roles;

EventKind leads_to(const Permission& permission, const Command& command) {
    if (const auto* waive = std::get_if<WaiveStage>(&command)) {
        if (waive->stage == "review") return EventKind::review_waived;
        if (waive->stage == "feedback") return EventKind::feedback_waived;
    }
    if (const auto* decision = std::get_if<DecideObjection>(&command)) {
        if (decision->outcome == "changed") return EventKind::result_changed;
    }
    return permission.leads_to;
}

bool is_rater(std::string_view role) {
    return role == peer || role == subordinate || role == community;
}

bool has_rated(const Appraisal& state, PersonId person) {
    const auto& all = state.reviewers;
    return person == state.supervisor || std::find(all.begin(), all.end(), person) != all.end();
}

// Whoever is no rater acts under her pseudonym (UU 27/2022 Pasal 10: a named person decides). An
// employee acts only for herself, a supervisor and a superior only where they stand in the record.
// The subject acts as the employee or not at all; whoever rated keeps his office out of the
// objection against him, names nobody to decide it and does not end it (PP 30/2019 Pasal 59).
std::optional<Rejection> check_relation(const Appraisal& state, const Actor& actor,
                                        std::string phase) {
    const auto no = [&](std::string rule, std::string message) {
        return Rejection{std::move(rule), phase, std::move(message)};
    };
    const bool is_named = actor.kind == Actor::Kind::person && !actor.person.is_nil();
    const bool is_clock = actor.kind == Actor::Kind::system;
    if (actor.role == system_role ? !is_clock : !is_rater(actor.role) && !is_named) {
        return no("not_permitted", "only a named person may do this");
    }
    if (actor.role == employee && actor.person != state.subject) {
        return no("not_the_employee", "only the appraised employee may do this");
    }
    if (actor.role == supervisor && actor.person != state.supervisor) {
        return no("not_the_supervisor",
                  "only the supervisor on record may do this; if the record "
                  "is wrong, have the supervisor reassigned");
    }
    const auto& panel = state.panel;
    const bool is_member = std::find(panel.begin(), panel.end(), actor.person) != panel.end();
    const bool decides =
        state.phase == Phase::disputed && (actor.person == state.decider || is_member);
    if (actor.role == superior && actor.person != state.superior && !decides) {
        return no("not_the_superior", "only the superior of the supervisor may do this");
    }
    if (actor.role == superior && actor.person == state.supervisor && !decides) {
        return no("not_the_superior", "nobody examines as the superior what he rated himself");
    }
    const bool is_office = actor.role == administrator || actor.role == registrar;
    if (actor.role != employee && !state.subject.is_nil() && actor.person == state.subject) {
        return no("own_appraisal", "nobody has another part in the appraisal of himself");
    }
    if (is_office && state.phase == Phase::disputed && has_rated(state, actor.person)) {
        return no("not_permitted",
                  "the objection is against whoever rated; another office deals with it");
    }
    if (!actor.on_behalf_of.is_nil() && !is_office) {
        return no("on_behalf_needs_an_office",
                  "only an administrator or a registrar acts on behalf of someone");
    }
    return std::nullopt;
}

}  // namespace

const std::vector<Permission>& permissions() {
    using enum EventKind;
    static const std::vector<std::string_view> offices_too = {supervisor, administrator, registrar};
    static const std::vector<std::string_view> with_the_clock = {administrator, registrar,
                                                                 system_role};
    // clang-format off
    static const std::vector<Permission> table = {
        {"open_appraisal",         opened,                    {administrator, registrar}},
        {"agree_plan",             plan_agreed,               {supervisor, registrar}},
        {"record_progress",        progress_recorded,         {employee}},
        {"attach_evidence",        evidence_attached,         {employee, supervisor}},
        {"note_dialogue",          dialogue_noted,            {employee, supervisor}},
        {"submit_self_assessment", self_assessment_submitted, {employee}},
        {"return_for_revision",    returned_for_revision,     {supervisor}},
        {"submit_review",          review_submitted,          {supervisor}},
        {"return_review",          review_returned,           {superior}},
        {"waive_stage",            self_assessment_waived,    {administrator, registrar}},
        {"reassign_supervisor",    supervisor_reassigned,     {administrator}},
        {"cancel_appraisal",       EventKind::cancelled,      {administrator}},
        {"open_feedback",          feedback_opened,           offices_too},
        {"invite_rater",           rater_invited,             {supervisor, administrator}},
        {"give_feedback",          feedback_given,            {peer, subordinate, community}},
        {"record_source",          source_recorded,           {administrator, registrar}},
        {"record_survey",          survey_recorded,           {administrator, registrar}},
        {"carry_score",            score_carried_in,          {administrator, registrar}},
        {"close_feedback",         feedback_closed,           offices_too},
        {"confirm_review",         review_confirmed,          {supervisor}},
        {"revise_review",          review_revised,            {supervisor}},
        {"finalise",               EventKind::finalised,      offices_too},
        {"acknowledge_result",     result_acknowledged,       {employee}},
        {"file_objection",         objection_filed,           {employee}},
        {"answer_objection",       objection_answered,        {supervisor}},
        {"withdraw_objection",     objection_withdrawn,       {employee}},
        {"decide_objection",       objection_upheld,          {superior}},
        {"deliver_result",         result_delivered,          {administrator, registrar}},
        {"assign_decider",         objection_assigned,        {administrator, system_role}},
        {"pass_deadline",          deadline_passed,           with_the_clock},
        {"assign_panel",           panel_assigned,            {administrator}},
        {"recuse_member",          member_recused,            {superior}},
        {"propose_correction",     correction_proposed,       {administrator, registrar}},
        {"correct_result",         result_corrected,          {administrator}},
        {"annul_result",           review_annulled,           {administrator}},
        {"change_policy",          policy_changed,            {administrator}},
    };
    // clang-format on
    return table;
}

std::optional<Rejection> check_permission(const Appraisal& state, const Command& command,
                                          const Context& context) {
    const std::string phase =
        state.phase == Phase::unopened ? "" : std::string(name_of(state.phase));
    const Permission& permission = permissions()[command.index()];
    if (!next_phase(state.phase, leads_to(permission, command))) {
        const std::string where =
            phase.empty() ? "an appraisal that has not been opened" : "phase " + phase;
        return Rejection{"not_in_this_phase", phase,
                         std::string(permission.command) + " is not possible in " + where};
    }
    const auto& allowed = permission.roles;
    if (std::find(allowed.begin(), allowed.end(), context.actor.role) == allowed.end()) {
        std::string names;
        for (const auto role : allowed)
            names += (names.empty() ? "" : ", ") + std::string(role);
        return Rejection{"not_permitted", phase,
                         std::string(permission.command) + " is for: " + names};
    }
    return check_relation(state, context.actor, phase);
}

}  // namespace jejak::appraisal
