#include "tests/runtime/counter_workflow.hpp"

#include <stdexcept>

namespace jejak::counter {
namespace {

using Yes = Accepted<Counter::Event>;

Rejection no(const State& state, std::string rule, std::string message) {
    const std::string phases[] = {"absent", "open", "closed"};
    return {std::move(rule), phases[static_cast<std::size_t>(state.phase)], std::move(message)};
}

struct Decide {
    const State& state;
    const Context& context;
    using Answer = Decision<Counter::Event>;

    Answer operator()(const Open& open) const { return Yes{{Opened{open.owner}}, {}, {}}; }
    Answer operator()(const Add& add) const {
        Yes yes;
        for (std::int64_t i = 1; i <= std::int64_t{add.times}; ++i) {
            yes.events.emplace_back(Added{add.amount, state.total + i * add.amount});
        }
        return yes;
    }
    Answer operator()(const AddOther& add) const {
        const auto* other = context.references.find<State>(add.other);
        if (other == nullptr) return no(state, "other_is_missing", add.other.text());
        return Yes{{Added{other->total, state.total + other->total}}, {}, {}};
    }
    Answer operator()(const Note& note) const {
        if (state.words.state == Personal::State::open) {
            return no(state, "saw_open_words", "decide was shown words that nobody sealed");
        }
        const PersonId owner = note.forgets_owner ? PersonId{} : state.owner;
        Noted noted{note.words.owned_by(owner), {}};
        for (const Personal& remark : note.remarks) {
            noted.remarks.push_back(remark.owned_by(remark.owner.is_nil() ? owner : remark.owner));
        }
        Yes yes;
        yes.events.emplace_back(std::move(noted));
        return yes;
    }
    Answer operator()(const Label& label) const { return Yes{{Labelled{label.text}}, {}, {}}; }
    Answer operator()(const Reserve& reserve) const {
        const StreamId claim = claim_on(reserve.name);
        const auto* held = context.references.find<ClaimState>(claim);
        if (held != nullptr && !held->holder.empty()) {
            return no(state, "name_is_taken", held->holder + " holds it");
        }
        return Yes{{Reserved{reserve.name}}, {{ClaimChange::Kind::take, claim}}, {}};
    }
    Answer operator()(const GiveBack& give_back) const {
        const StreamId claim = claim_on(give_back.name);
        const auto* held = context.references.find<ClaimState>(claim);
        if (held == nullptr || held->holder != context.stream.text()) {
            return no(state, "name_is_not_ours", "another holds it, or nobody");
        }
        return Yes{{GivenBack{give_back.name}}, {{ClaimChange::Kind::release, claim}}, {}};
    }
    Answer operator()(const Snatch& snatch) const {
        Yes yes{{Added{1, state.total + 1}}, {}, {}};
        for (const std::string& name : snatch.names) {
            const auto stream = StreamId::parse(name);
            yes.claims.push_back(
                {snatch.over ? ClaimChange::Kind::take_over : ClaimChange::Kind::take,
                 stream.has_value() ? *stream : claim_on(name)});
        }
        return yes;
    }
    Answer operator()(const Touch&) const { return Yes{}; }
    Answer operator()(const Refuse& refuse) const {
        return no(state, "refused_on_request",
                  refuse.reason + " (total " + std::to_string(state.total) + ")");
    }
    Answer operator()(const Twist& twist) const {
        if (twist.forbidden) return Yes{{Added{1, state.total + 1}, Opened{state.owner}}, {}, {}};
        return Yes{{Added{1, state.total + 1}, Twisted{}}, {}, {}};
    }
    Answer operator()(const Collapse&) const { throw std::runtime_error("decide collapsed"); }
    Answer operator()(const Close&) const { return Yes{{Closed{}}, {}, {}}; }
};

struct Evolve {
    State& state;

    void operator()(const Opened& opened) const {
        state.phase = Phase::open;
        state.owner = opened.owner;
    }
    void operator()(const Added& added) const { state.total += added.amount; }
    void operator()(const Noted& noted) const { state.words = noted.words; }
    void operator()(const Labelled&) const {}
    void operator()(const Reserved&) const {}
    void operator()(const GivenBack&) const {}
    void operator()(const Twisted&) const {}
    void operator()(const Closed&) const { state.phase = Phase::closed; }
};

}  // namespace

StreamId claim_on(std::string_view name) {
    return *StreamId::make("claim", name);
}

std::vector<StreamId> Counter::references(const State&, const Command& command) {
    if (const auto* add = std::get_if<AddOther>(&command)) return {add->other};
    if (const auto* reserve = std::get_if<Reserve>(&command)) return {claim_on(reserve->name)};
    if (const auto* give = std::get_if<GiveBack>(&command)) return {claim_on(give->name)};
    return {};
}

PersonId Counter::subject(const State& state, const Command& command) {
    if (!state.owner.is_nil()) return state.owner;
    const auto* open = std::get_if<Open>(&command);
    return open != nullptr ? open->owner : PersonId{};
}

Decision<Counter::Event> Counter::decide(const State& state, const Command& command,
                                         const Context& context) {
    const bool opens = std::holds_alternative<Open>(command);
    if (opens && state.phase != Phase::absent) return no(state, "open_already", "it is open");
    if (!opens && state.phase != Phase::open) return no(state, "not_open", "open it first");
    return std::visit(Decide{state, context}, command);
}

void Counter::evolve(State& state, const Event& event) {
    std::visit(Evolve{state}, event);
}

std::optional<Phase> Counter::next_phase(Phase phase, const Event& event) {
    const bool opens = std::holds_alternative<Opened>(event);
    if (opens != (phase == Phase::absent) || phase == Phase::closed) return std::nullopt;
    const bool closes =
        std::holds_alternative<Closed>(event) || std::holds_alternative<Twisted>(event);
    return closes ? Phase::closed : Phase::open;
}

}  // namespace jejak::counter
