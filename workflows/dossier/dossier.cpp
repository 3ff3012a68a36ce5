#include "workflows/dossier/dossier.hpp"

#include <algorithm>

#include "workflows/appraisal/appraisal.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/published_policy.hpp"
#include "workflows/scoring/reader.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::dossier {
namespace {

using Answer = Decision<Event>;
using appraisal::Appraisal;

bool is_name(const std::string& text) {
    return !text.empty() && text.size() <= 48 &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
}

// What a command's rules work with.
struct Case {
    const Dossier& state;
    const Appraisal& appraisal;
    const Context& context;

    [[nodiscard]] static Rejection no(std::string rule, std::string message) {
        return {std::move(rule), "", std::move(message)};
    }
    [[nodiscard]] static Answer yes(Event event, Position policy = {}) {
        return Accepted<Event>{{std::move(event)}, {}, policy};
    }
    [[nodiscard]] const DevelopmentAction* find(const std::string& action) const {
        const auto found =
            std::find_if(state.actions.begin(), state.actions.end(),
                         [&](const DevelopmentAction& each) { return each.action == action; });
        return found == state.actions.end() ? nullptr : &*found;
    }
};

// Who may do what, and that the one who acts stands where she says she does.
std::optional<Rejection> check_actor(const Case& now, const Command& command) {
    using namespace roles;
    const auto& actor = now.context.actor;
    std::vector<std::string_view> allowed = {supervisor, administrator, registrar};
    if (std::holds_alternative<RecordServices>(command) ||
        std::holds_alternative<ReportDevelopment>(command)) {
        allowed.push_back(employee);
    }
    if (actor.kind != Actor::Kind::person ||
        std::find(allowed.begin(), allowed.end(), actor.role) == allowed.end()) {
        std::string names;
        for (const auto role : allowed)
            names += (names.empty() ? "" : ", ") + std::string(role);
        return now.no("not_permitted", "this is for: " + names);
    }
    if (actor.role == employee && actor.person != now.appraisal.subject) {
        return now.no("not_the_employee", "an employee acts in her own dossier only");
    }
    if (actor.role == supervisor && actor.person != now.appraisal.supervisor) {
        return now.no("not_the_supervisor",
                      "only the supervisor on record of that appraisal may do this");
    }
    const bool is_office = actor.role == administrator || actor.role == registrar;
    if (is_office && actor.person == now.appraisal.subject) {
        return now.no("own_dossier", "nobody administers his own dossier");
    }
    return std::nullopt;
}

Answer decide_one(const Case& now, const AgreeDevelopment& agree) {
    if (!is_name(agree.action) || agree.title.empty()) {
        return now.no("action_not_valid",
                      "an action has a name of small letters, digits, _ and -, and a title");
    }
    if (!agree.due_on.empty() && !scoring::is_date(agree.due_on)) {
        return now.no("action_not_valid",
                      "\"" + agree.due_on + "\" is no date; write it as 2026-06-30");
    }
    if (now.find(agree.action) != nullptr) {
        return now.no("action_exists", "the dossier has an action \"" + agree.action +
                                           "\"; give this one another name");
    }
    return now.yes(DevelopmentAgreed{agree.subject, agree.appraisal, now.appraisal.period,
                                     agree.action, agree.title, agree.criterion, agree.due_on});
}

Answer decide_one(const Case& now, const ReportDevelopment& report) {
    const auto* action = now.find(report.action);
    if (action == nullptr) {
        std::string open;
        for (const auto& each : now.state.actions)
            if (each.is_open()) open += (open.empty() ? "; open are: " : ", ") + each.action;
        return now.no("action_unknown",
                      "the dossier has no action \"" + report.action + "\"" + open);
    }
    if (!action->is_open()) {
        return now.no("action_is_closed", "the action is " + action->state + " already");
    }
    if (report.state != "ongoing" && report.state != "done" && report.state != "dropped") {
        return now.no("state_not_valid", "an action is ongoing, done or dropped");
    }
    return now.yes(DevelopmentReported{report.appraisal, now.appraisal.period, report.action,
                                       report.state, report.note.owned_by(now.appraisal.subject)});
}

Answer decide_one(const Case& now, const RecordServices& record) {
    const auto no = [&](std::string why) { return now.no("services_not_valid", std::move(why)); };
    if (record.policy != now.appraisal.policy) {
        return no("the appraisal is under policy \"" + now.appraisal.policy + "\"");
    }
    const auto stream = StreamId::make("policy", record.policy);
    const auto* published =
        stream ? now.context.references.find<scoring::PublishedPolicy>(*stream) : nullptr;
    if (published == nullptr || !published->policy) {
        return no("policy \"" + record.policy + "\" cannot be read by this program");
    }
    const auto& kinds = published->policy->services;
    const auto kind = scoring::index_of(kinds, record.kind);
    if (!kind) {
        std::string known;
        for (const auto& each : kinds)
            known += (known.empty() ? "; it counts: " : ", ") + each.id;
        return no("policy \"" + record.policy + "\" does not count \"" + record.kind + "\"" +
                  known);
    }
    if (!scoring::index_of(kinds[*kind].ways, record.way)) {
        std::string known;
        for (const auto& each : kinds[*kind].ways)
            known += (known.empty() ? "" : ", ") + each.id;
        return no("\"" + record.way + "\" is no way in which " + record.kind +
                  " ends; write one of: " + known);
    }
    if (record.count == 0) return no("count at least one");
    Sha256 hash;
    if (!record.document_sha256.empty() &&
        !from_hex(record.document_sha256, hash.data(), hash.size())) {
        return no("a document is named by the 64 hex digits of its SHA-256");
    }
    return now.yes(
        ServicesRecorded{record.subject, record.appraisal, now.appraisal.period, record.policy,
                         record.kind, record.way, record.count, record.document_sha256},
        published->position);
}

Answer decide_one(const Case& now, const JoinProgramme& join) {
    if (!is_name(join.programme)) {
        return now.no("programme_not_valid",
                      "a programme is named by small letters, digits, _ and -");
    }
    const Programme programme{now.appraisal.period, join.programme};
    const auto& known = now.state.programmes;
    if (std::find(known.begin(), known.end(), programme) != known.end()) {
        return now.no("programme_joined", "the dossier says so already for this period");
    }
    return now.yes(
        ProgrammeJoined{join.subject, join.appraisal, now.appraisal.period, join.programme});
}

void apply(Dossier& state, const DevelopmentAgreed& agreed) {
    state.subject = agreed.subject;
    state.actions.push_back({agreed.action, agreed.title, agreed.criterion, agreed.due_on,
                             agreed.appraisal, agreed.period, "agreed", ""});
}

void apply(Dossier& state, const DevelopmentReported& reported) {
    for (auto& action : state.actions) {
        if (action.action != reported.action) continue;
        action.state = reported.state;
        action.reported_in = reported.period;
    }
}

void apply(Dossier& state, const ServicesRecorded& recorded) {
    state.subject = recorded.subject;
    for (auto& sum : state.services) {
        if (sum.period != recorded.period || sum.kind != recorded.kind || sum.way != recorded.way) {
            continue;
        }
        sum.count += recorded.count;
        return;
    }
    state.services.push_back({recorded.period, recorded.kind, recorded.way, recorded.count});
}

void apply(Dossier& state, const ProgrammeJoined& joined) {
    state.subject = joined.subject;
    state.programmes.push_back({joined.period, joined.programme});
}

std::optional<StreamId> appraisal_stream(const Command& command) {
    const auto stream = StreamId::make(
        "appraisal", std::visit([](const auto& each) { return each.appraisal; }, command));
    return stream ? std::optional(*stream) : std::nullopt;
}

}  // namespace

StreamId stream_of(PersonId person) {
    return *StreamId::make("dossier", to_hex(person));
}

std::vector<StreamId> DossierDecider::references(const State&, const Command& command) {
    std::vector<StreamId> streams;
    if (const auto stream = appraisal_stream(command)) streams.push_back(*stream);
    if (const auto* record = std::get_if<RecordServices>(&command)) {
        if (const auto policy = StreamId::make("policy", record->policy)) {
            streams.push_back(*policy);
        }
    }
    return streams;
}

PersonId DossierDecider::subject(const State&, const Command& command) {
    return std::visit([](const auto& each) { return each.subject; }, command);
}

Answer DossierDecider::decide(const State& state, const Command& command, const Context& context) {
    const auto stream = appraisal_stream(command);
    const auto* appraisal = stream ? context.references.find<Appraisal>(*stream) : nullptr;
    if (appraisal == nullptr || appraisal->phase == appraisal::Phase::unopened ||
        appraisal->phase == appraisal::Phase::cancelled) {
        return Case::no("appraisal_unknown", "there is no such appraisal, or it was cancelled");
    }
    if (appraisal->subject != subject(state, command) ||
        context.stream != stream_of(appraisal->subject)) {
        return Case::no("wrong_person", "that appraisal is of somebody else");
    }
    const Case now{state, *appraisal, context};
    if (auto no = check_actor(now, command)) return std::move(*no);
    return std::visit([&](const auto& each) { return decide_one(now, each); }, command);
}

void DossierDecider::evolve(State& state, const Event& event) {
    std::visit([&](const auto& each) { apply(state, each); }, event);
}

}  // namespace jejak::dossier
