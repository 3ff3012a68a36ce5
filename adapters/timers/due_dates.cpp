#include "adapters/timers/due_dates.hpp"

#include <algorithm>

#include "engine/runtime/state_cache.hpp"

namespace jejak::timers {
namespace {

struct Clocked {
    const char* deadline;
    Instant appraisal::Appraisal::*due;
};
using appraisal::Appraisal;
using appraisal::Phase;
constexpr Clocked clocks[] = {
    {"self_assessment", &Appraisal::self_assessment_due_at},
    {"review", &Appraisal::review_due_at},
    {"feedback", &Appraisal::feedback_due_at},
    {"gate", &Appraisal::gate_due_at},
    {"acknowledgement", &Appraisal::acknowledge_due_at},
    {"objection", &Appraisal::objection_due_at},
    {"reply", &Appraisal::reply_due_at},
    {"decision", &Appraisal::decision_due_at},
};

// The name of the clock that an appraisal waits for; "" where it waits for none.
std::string_view waited_for(const Appraisal& state) {
    switch (state.phase) {
        case Phase::draft:
            return "self_assessment";
        case Phase::self_assessed:
            return "review";
        case Phase::supervisor_reviewed:
            return "feedback";
        case Phase::feedback:
            return "gate";
        case Phase::finalised:
            if (!state.acknowledged && state.objection_due_at == Instant{}) {
                return "acknowledgement";
            }
            return state.objection_was_decided ? "" : "objection";
        case Phase::disputed:
            return state.objection_was_answered || state.reply_has_elapsed ? "decision" : "reply";
        case Phase::unopened:
        case Phase::cancelled:
            break;
    }
    return "";
}

}  // namespace

const char* deadline_of(appraisal::TaskKind kind) {
    using appraisal::TaskKind;
    switch (kind) {
        case TaskKind::submit_self_assessment:
            return "self_assessment";
        case TaskKind::submit_review:
            return "review";
        case TaskKind::give_feedback:
        case TaskKind::close_feedback:
            return "feedback";
        case TaskKind::weigh_feedback:
            return "gate";
        case TaskKind::acknowledge_result:
            return "acknowledgement";
        case TaskKind::answer_objection:
            return "reply";
        case TaskKind::decide_objection:
            return "decision";
        default:
            return "";
    }
}

Result<const organisation::Facts*> DueDates::facts_of(const StreamId& stream) {
    const organisation::Facts* none = nullptr;
    auto found = states_.find(stream.text());
    if (found == states_.end()) {
        const auto* workflow = runtime::find_workflow(workflows_, "organisation");
        auto state = runtime::read_state(events_, *workflow, stream, known_);
        if (!state) return state.error();
        found = states_.emplace(stream.text(), std::move(*state)).first;
        if (found->second->version.value != 0) {
            references_.add(stream, found->second->type(), found->second->value());
        }
    }
    if (found->second->version.value == 0) return none;
    return static_cast<const organisation::Facts*>(found->second->value());
}

Result<void> DueDates::climb(const std::string& unit, organisation::DueDate& due) {
    const auto day = organisation::day_in_wib(clock_.now());
    for (;;) {
        StreamId missing;
        due.chain = organisation::chain_of(references_, unit, day, missing);
        due.zone = organisation::zone_of(references_, due.chain, day);
        if (missing.empty()) return {};
        const auto facts = facts_of(missing);
        if (!facts) return facts.error();
        if (*facts == nullptr) return {};
    }
}

Result<Due> DueDates::of(const Appraisal& state, const std::string& deadline, Instant recorded) {
    return of({state.period, state.kind, deadline, {}, state.subject}, state.unit, recorded);
}

Result<bool> DueDates::any_is_moved() {
    const auto extensions = facts_of(organisation::stream_of_extensions());
    if (!extensions) return extensions.error();
    return *extensions != nullptr;
}

Result<Due> DueDates::of(organisation::DueDate asked, const std::string& unit, Instant recorded) {
    Due due{asked.deadline, recorded, recorded, ""};
    if (recorded == Instant{}) return due;
    const auto extensions = facts_of(organisation::stream_of_extensions());
    if (!extensions) return extensions.error();
    if (*extensions == nullptr) return due;
    if (auto climbed = climb(unit, asked); !climbed) return climbed.error();
    const auto extended = organisation::extension_of(**extensions, asked);
    if (!extended || extended->until <= recorded) return due;
    due.at = extended->until;
    due.letter =
        std::get<organisation::DeadlineExtended>((*extensions)->facts[extended->fact - 1].event)
            .letter;
    return due;
}

Result<std::optional<Due>> DueDates::running(const Appraisal& state) {
    const auto name = waited_for(state);
    for (const auto& clock : clocks) {
        if (clock.deadline != name || state.*clock.due == Instant{}) continue;
        auto due = of(state, clock.deadline, state.*clock.due);
        if (!due) return due.error();
        return std::optional(std::move(*due));
    }
    return std::optional<Due>();
}

Result<std::vector<Due>> DueDates::all(const Appraisal& state) {
    std::vector<Due> found;
    for (const auto& clock : clocks) {
        if (state.*clock.due == Instant{}) continue;
        auto due = of(state, clock.deadline, state.*clock.due);
        if (!due) return due.error();
        found.push_back(std::move(*due));
    }
    return found;
}

Result<organisation::Zone> DueDates::zone_of(const Appraisal& state) {
    organisation::DueDate asked;
    if (auto climbed = climb(state.unit, asked); !climbed) return climbed.error();
    return asked.zone;
}

}  // namespace jejak::timers
