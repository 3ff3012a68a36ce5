#pragma once

#include <set>
#include <source_location>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/decider.hpp"
#include "tests/workflows/people.hpp"
#include "workflows/appraisal/appraisal_decider.hpp"

// given(events).when(command, actor).then({events}) or .then_rejected("rule").
//
// Whatever passes through here is also checked for what must hold of every history: the kernel and
// the fold agree on the phase after each event, events survive their bytes, and the fold neither
// needs the bytes' freshness nor any word about a person.
namespace jejak::appraisal::specs {

using Where = std::source_location;
using PhaseAndKind = std::pair<Phase, EventKind>;

// 08:00 UTC, `number` days after 5 January 2026.
[[nodiscard]] Instant day(int number);

// The fold of a history, with the checks above.
[[nodiscard]] Appraisal folded(const std::vector<Event>& events, Where where = Where::current());
// Each event with the phase that it met.
[[nodiscard]] std::set<PhaseAndKind> pairs_of(const std::vector<Event>& events);
// Every field of the fold, one a line; what a failure shows and what recorded histories keep.
[[nodiscard]] std::string summary_of(const Appraisal& state);

// What decide answered.
class Answered {
  public:
    Answered(Appraisal state, Decision<Event> decision)
        : state_(std::move(state)), decision_(std::move(decision)) {}

    // Exactly these events, every field of them; the phase follows.
    const Answered& then(const std::vector<Event>& expected, Where where = Where::current()) const;
    // Accepted, whatever it added.
    const Answered& then_accepted(Where where = Where::current()) const;
    // Refused by this rule, and the refusal names the phase. Nothing has changed.
    const Answered& then_rejected(const std::string& rule, Where where = Where::current()) const;
    const Answered& then_claims(ClaimChange::Kind kind, const StreamId& claim,
                                Where where = Where::current()) const;

    // "" where it was accepted.
    [[nodiscard]] std::string rule() const;
    [[nodiscard]] std::string message() const;
    // None where it was refused.
    [[nodiscard]] std::vector<Event> events() const;
    // The first event of this kind; fails and gives an empty one where there is none.
    template <class E>
    [[nodiscard]] E only(Where where = Where::current()) const {
        for (const Event& event : events()) {
            if (const E* found = std::get_if<E>(&event)) return *found;
        }
        report("no " + std::string(E::event_name) + " was added", where);
        return {};
    }
    [[nodiscard]] const Decision<Event>& decision() const { return decision_; }

  private:
    void report(const std::string& what, Where where) const;

    Appraisal state_;
    Decision<Event> decision_;
};

// A history and the moment in which something is asked of it.
class Given {
  public:
    explicit Given(std::vector<Event> events) : events_(std::move(events)) {}

    Given& at(Instant now) { return now_ = now, *this; }
    // The claim on subject, period and kind is held by this stream.
    Given& while_claimed_by(std::string holder) { return holder_ = std::move(holder), *this; }
    // Recorded by a registrar long after it happened.
    Given& as_history() { return history_ = true, *this; }
    // The policies cannot be found any more.
    Given& without_policies() { return has_policies_ = false, *this; }

    [[nodiscard]] Answered when(const Command& command, const Actor& actor,
                                Where where = Where::current()) const;

  private:
    std::vector<Event> events_;
    Instant now_ = day(0);
    std::string holder_;
    bool history_ = false;
    bool has_policies_ = true;
};

[[nodiscard]] inline Given given(std::vector<Event> events) {
    return Given(std::move(events));
}

// Decides and folds command after command, as the writer does; each must be accepted.
class Life {
  public:
    Life() = default;
    explicit Life(std::vector<Event> events) : events_(std::move(events)) {}
    Life& act(const Command& command, const Actor& actor, Where where = Where::current());
    // One day passes before the next act.
    Life& next_day() { return ++today_, *this; }
    Life& after(int days) { return today_ += days, *this; }
    [[nodiscard]] int today() const { return today_; }
    [[nodiscard]] const std::vector<Event>& events() const { return events_; }
    operator std::vector<Event>() const { return events_; }  // NOLINT(google-explicit-constructor)

  private:
    std::vector<Event> events_;
    int today_ = 0;
};

}  // namespace jejak::appraisal::specs
