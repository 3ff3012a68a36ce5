#define BOOST_MPL_CFG_NO_PREPROCESSED_HEADERS  // the table has more than 20 rows
#define BOOST_MPL_LIMIT_LIST_SIZE 30
#define BOOST_MPL_LIMIT_VECTOR_SIZE 30
#define BOOST_MPL_LIMIT_MAP_SIZE 30

#include "workflows/appraisal/lifecycle.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <boost/mpl/vector.hpp>

#include "engine/legality.hpp"

namespace jejak::appraisal {
namespace {

using enum EventKind;
using legality::At;
using legality::Move;
using legality::On;
template <Phase phase>
using In = At<phase>;
using P = Phase;

// The moves, the first thing to read. PermenPANRB 6/2022 Pasal 5 gives the order of the stages.
// clang-format off
using Moves = boost::mp11::mp_list<
    Move<In<P::unopened>,            On<opened>,                    In<P::draft>>,
    Move<In<P::draft>,               On<self_assessment_submitted>, In<P::self_assessed>>,
    Move<In<P::draft>,               On<self_assessment_waived>,    In<P::self_assessed>>,
    Move<In<P::draft>,               On<cancelled>,                 In<P::cancelled>>,
    Move<In<P::self_assessed>,       On<returned_for_revision>,     In<P::draft>>,
    Move<In<P::self_assessed>,       On<review_submitted>,          In<P::supervisor_reviewed>>,
    Move<In<P::self_assessed>,       On<review_waived>,             In<P::supervisor_reviewed>>,
    Move<In<P::self_assessed>,       On<cancelled>,                 In<P::cancelled>>,
    Move<In<P::supervisor_reviewed>, On<review_returned>,           In<P::self_assessed>>,
    Move<In<P::supervisor_reviewed>, On<feedback_closed>,           In<P::feedback>>,
    Move<In<P::supervisor_reviewed>, On<feedback_waived>,           In<P::feedback>>,
    Move<In<P::supervisor_reviewed>, On<cancelled>,                 In<P::cancelled>>,
    Move<In<P::feedback>,            On<finalised>,                 In<P::finalised>>,
    Move<In<P::feedback>,            On<cancelled>,                 In<P::cancelled>>,
    Move<In<P::finalised>,           On<objection_filed>,           In<P::disputed>>,
    Move<In<P::finalised>,           On<review_annulled>,           In<P::self_assessed>>,
    Move<In<P::finalised>,           On<assessment_annulled>,       In<P::draft>>,
    Move<In<P::disputed>,            On<review_annulled>,           In<P::self_assessed>>,
    Move<In<P::disputed>,            On<assessment_annulled>,       In<P::draft>>,
    Move<In<P::disputed>,            On<objection_withdrawn>,       In<P::finalised>>,
    Move<In<P::disputed>,            On<objection_upheld>,          In<P::finalised>>,
    Move<In<P::disputed>,            On<objection_lapsed>,          In<P::finalised>>,
    Move<In<P::disputed>,            On<result_changed>,            In<P::finalised>>>;
// clang-format on

// Facts that leave the phase as it is, and the phases in which they may be recorded. As rows of the
// table they would cost ten seconds of compiling, as a set nothing.
using Phases = std::array<Phase, 5>;  // the first is repeated where there are fewer
struct Staying {
    EventKind kind;
    Phases phases;
};
constexpr Phases while_open = {P::draft, P::self_assessed, P::supervisor_reviewed, P::feedback,
                               P::draft};
constexpr Phases and_in_dispute = {P::draft, P::self_assessed, P::supervisor_reviewed, P::feedback,
                                   P::disputed};
constexpr Phases before_gate = {P::draft, P::self_assessed, P::supervisor_reviewed, P::draft,
                                P::draft};
constexpr Phases before_review = {P::draft, P::self_assessed, P::draft, P::draft, P::draft};
constexpr Phases only(Phase phase) {
    return {phase, phase, phase, phase, phase};
}

constexpr Staying staying[] = {
    {plan_agreed, only(P::draft)},
    {progress_recorded, before_gate},
    {evidence_attached, and_in_dispute},
    {dialogue_noted, while_open},
    {feedback_opened, before_gate},
    {rater_invited, before_gate},
    {feedback_given, before_gate},
    {feedback_revised, before_gate},
    {source_recorded, before_gate},
    {survey_recorded, before_gate},
    {score_carried_in, while_open},
    {review_confirmed, only(P::feedback)},
    {review_revised, only(P::feedback)},
    {result_acknowledged, only(P::finalised)},
    {supervisor_reassigned, while_open},
    {objection_answered, only(P::disputed)},
    {result_delivered, only(P::finalised)},
    {deadline_passed, only(P::disputed)},
    {objection_assigned, only(P::disputed)},
    {panel_assigned, only(P::disputed)},
    {vote_cast, only(P::disputed)},
    {member_recused, only(P::disputed)},
    {correction_proposed, only(P::finalised)},
    {result_corrected, only(P::finalised)},
    {policy_changed, before_review},
};

struct Lifecycle_ : boost::msm::front::state_machine_def<Lifecycle_> {
    using initial_state = At<P::unopened>;
    using transition_table = boost::mp11::mp_apply<boost::mpl::vector, Moves>;
    template <class Fsm, class Event>
    void no_transition(const Event&, Fsm&, int) {}  // a fact that is not legal moves nothing
};
using Lifecycle = boost::msm::back::state_machine<Lifecycle_>;
using StateIds = Lifecycle::stt;

// No code in the table: what a fact means is evolve's business, and replay must not run any of it.
template <class Row>
using HasNoCode = std::is_same<typename Row::row_type_tag, boost::msm::_row_tag>;
static_assert(boost::mp11::mp_all_of<Moves, HasNoCode>::value);
template <Phase phase>
constexpr int id_of = boost::msm::back::get_state_id<StateIds, At<phase>>::value;

template <class F>
void for_each_phase(F f) {
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<phase_count>>(f);
}

// Seats a machine in a state through MSM's serialize seam, the one door to its current state.
struct Seat {
    int id;
    Seat& operator&(int (&states)[1]) {
        states[0] = id;
        return *this;
    }
    template <class Other>
    Seat& operator&(Other&) {
        return *this;
    }
};

template <EventKind kind>
std::optional<Phase> move(Phase phase) {
    Lifecycle machine;
    Seat seat{-1};
    for_each_phase([&](auto i) {
        constexpr auto candidate = static_cast<Phase>(decltype(i)::value);
        if (candidate == phase) seat.id = id_of<candidate>;
    });
    if (seat.id < 0) return std::nullopt;  // a machine seated nowhere would read beyond its table
    machine.serialize(seat, 0);
    if (machine.process_event(On<kind>{}) != boost::msm::back::HANDLED_TRUE) return std::nullopt;
    const int reached = machine.current_state()[0];
    std::optional<Phase> found;
    for_each_phase([&](auto i) {
        constexpr auto candidate = static_cast<Phase>(decltype(i)::value);
        if (id_of<candidate> == reached) found = candidate;
    });
    return found;
}

// For each kind of fact, the question to the machine, or null for facts that move nothing.
using Ask = std::optional<Phase> (*)(Phase);
constexpr auto questions = [] {
    std::array<Ask, event_kind_count> table{};
    boost::mp11::mp_for_each<Moves>([&](auto row) {
        constexpr EventKind kind = decltype(row)::Evt::value;
        table[static_cast<std::size_t>(kind)] = &move<kind>;
    });
    return table;
}();

}  // namespace

std::optional<Phase> next_phase(Phase phase, EventKind kind) {
    const auto index = static_cast<std::size_t>(kind);
    if (index >= event_kind_count) return std::nullopt;
    if (const Ask ask = questions[index]) return ask(phase);
    for (const Staying& fact : staying) {
        if (fact.kind != kind) continue;
        return std::find(fact.phases.begin(), fact.phases.end(), phase) != fact.phases.end()
                   ? std::optional(phase)
                   : std::nullopt;
    }
    return std::nullopt;
}

std::string_view name_of(Phase phase) {
    return boost::describe::enum_to_string(phase, "unknown");
}

std::string_view name_of(EventKind kind) {
    return boost::describe::enum_to_string(kind, "unknown");
}

std::optional<Phase> phase_named(std::string_view name) {
    Phase phase{};
    if (!boost::describe::enum_from_string(std::string(name).c_str(), phase)) return std::nullopt;
    return phase;
}

std::string mermaid_diagram() {
    std::string text = "stateDiagram-v2\n    [*] --> unopened\n";
    boost::mp11::mp_for_each<Moves>([&](auto row) {
        using Row = decltype(row);
        text += "    " + std::string(name_of(Row::Source::value)) + " --> " +
                std::string(name_of(Row::Target::value)) + " : " +
                std::string(name_of(Row::Evt::value)) + "\n";
    });
    for (const Staying& fact : staying) {
        std::string phases;
        for (std::size_t i = 0; i < fact.phases.size(); ++i) {
            const auto first = std::find(fact.phases.begin(), fact.phases.end(), fact.phases[i]);
            if (first != fact.phases.begin() + static_cast<std::ptrdiff_t>(i)) continue;
            phases += (phases.empty() ? "" : ", ") + std::string(name_of(fact.phases[i]));
        }
        text += "    %% stays: " + std::string(name_of(fact.kind)) + " in " + phases + "\n";
    }
    return text;
}

}  // namespace jejak::appraisal
