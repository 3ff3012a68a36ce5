#include "workflows/organisation/organisation_decider.hpp"

#include <algorithm>

#include "workflows/organisation/day.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::organisation {
namespace {

using Answer = Decision<Event>;

// The fact that a command states, or why it cannot be one.
class Stating {
  public:
    Stating(const Facts& state, const Context& context) : state_(state), context_(context) {}

    Answer operator()(const PlaceUnit& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (c.name.empty()) return no("name_missing", "a unit has a name");
        if (!c.zone.empty() && c.zone != "WIB" && c.zone != "WITA" && c.zone != "WIT") {
            return no("zone_unknown", "write WIB, WITA or WIT, or leave it to the unit above");
        }
        if (c.parent == c.unit) return no("own_parent", "no unit stands below itself");
        if (!c.parent.empty() && !is_known(stream_of_unit(c.parent))) {
            return no("unit_unknown", "there is no unit \"" + c.parent + "\"; place it first");
        }
        return yes(c.replaces, c.letter,
                   UnitPlaced{c.unit, c.name, c.parent, c.zone, c.from, c.letter});
    }

    Answer operator()(const PlacePost& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (c.title.empty()) return no("name_missing", "a post has a title");
        if (!is_known(stream_of_unit(c.unit))) {
            return no("unit_unknown", "there is no unit \"" + c.unit + "\"; place it first");
        }
        return yes(
            c.replaces, c.letter,
            PostPlaced{c.post, c.unit, c.title, c.family, c.grade, c.is_head, c.from, c.letter});
    }

    Answer operator()(const HoldPost& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (auto no = ends(c.from, c.until, false)) return std::move(*no);
        if (c.kind != "definitive" && c.kind != "plt" && c.kind != "plh") {
            return no("kind_unknown", "a post is held as definitive, plt or plh");
        }
        if (c.kind != "definitive" && c.letter.empty()) {
            return no("letter_missing", "a Plt or Plh acts by a letter; name it");
        }
        if (!std::any_of(state_.facts.begin(), state_.facts.end(), [](const Facts::Fact& fact) {
                return !fact.retracted && std::holds_alternative<PostPlaced>(fact.event);
            })) {
            return no("post_unknown", "there is no post \"" + c.post + "\"; place it first");
        }
        if (context_.actor.person == c.person) {
            return no("own_record", "nobody puts himself into a post");
        }
        return yes(c.replaces, c.letter,
                   PostHeld{c.post, c.person, c.kind, c.from, c.until, c.letter});
    }

    Answer operator()(const RecordAbsence& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (auto no = ends(c.from, c.until, true)) return std::move(*no);
        if (c.kind != "leave" && c.kind != "study") {
            return no("kind_unknown", "someone is away on leave or on study");
        }
        return yes(c.replaces, c.letter, PersonAway{c.person, c.kind, c.from, c.until, c.letter});
    }

    Answer operator()(const RecordDeparture& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (c.kind != "retirement" && c.kind != "exit" && c.kind != "death") {
            return no("kind_unknown", "someone leaves by retirement, exit or death");
        }
        return yes(c.replaces, c.letter, PersonLeft{c.person, c.kind, c.from, c.letter});
    }

    Answer operator()(const RetractFact& c) const {
        if (!stands(c.fact)) return unknown(c.fact);
        if (c.ground.empty()) return no("letter_missing", "say on which ground it is taken back");
        return Accepted<Event>{{FactRetracted{c.fact, c.ground}}, {}, {}};
    }

  private:
    [[nodiscard]] static Rejection no(std::string rule, std::string message) {
        return {std::move(rule), "", std::move(message)};
    }
    [[nodiscard]] bool stands(std::uint32_t version) const {
        return version >= 1 && version <= state_.facts.size() &&
               !state_.facts[version - 1].retracted &&
               !std::holds_alternative<FactRetracted>(state_.facts[version - 1].event);
    }
    [[nodiscard]] static Rejection unknown(std::uint32_t version) {
        return no("fact_unknown", "this stream has no fact with version " +
                                      std::to_string(version) + " that still stands");
    }
    [[nodiscard]] bool is_known(const StreamId& stream) const {
        const auto* facts = context_.references.find<Facts>(stream);
        return facts != nullptr && facts->any();
    }
    template <class C>
    [[nodiscard]] std::optional<Rejection> common(const C& c) const {
        if (!parse_day(c.from)) {
            return no("day_not_valid", "\"" + c.from + "\" is no day; write it as 2025-01-31");
        }
        if (!c.replaces) return std::nullopt;
        if (!stands(*c.replaces)) return unknown(*c.replaces);
        if (c.letter.empty()) {
            return no("letter_missing", "a correction names the letter that it follows");
        }
        return std::nullopt;
    }
    [[nodiscard]] static std::optional<Rejection> ends(const std::string& from,
                                                       const std::string& until, bool must) {
        if (until.empty() && !must) return std::nullopt;
        if (until.empty()) return no("until_missing", "say until when, as 2025-01-31");
        const auto last = parse_day(until);
        if (!last || *last < *parse_day(from)) {
            return no("day_not_valid", "\"" + until + "\" is no day at or after " + from);
        }
        return std::nullopt;
    }
    [[nodiscard]] static Answer yes(const std::optional<std::uint32_t>& replaces,
                                    const std::string& letter, Event fact) {
        Accepted<Event> accepted;
        if (replaces) accepted.events.emplace_back(FactRetracted{*replaces, letter});
        accepted.events.push_back(std::move(fact));
        return accepted;
    }

    const Facts& state_;
    const Context& context_;
};

StreamId stream_named(const char* prefix, std::string_view name) {
    auto stream = StreamId::make("organisation", prefix + std::string(name));
    return stream && !name.empty() ? *stream : StreamId();
}

}  // namespace

bool Facts::any() const {
    return std::any_of(facts.begin(), facts.end(), [](const Fact& fact) {
        return !fact.retracted && !std::holds_alternative<FactRetracted>(fact.event);
    });
}

StreamId stream_of_unit(std::string_view unit) {
    return stream_named("unit:", unit);
}
StreamId stream_of_post(std::string_view post) {
    return stream_named("post:", post);
}
StreamId stream_of_person(PersonId person) {
    return stream_named("person:", to_hex(person));
}

StreamId stream_of(const Command& command) {
    struct {
        StreamId operator()(const PlaceUnit& c) const { return stream_of_unit(c.unit); }
        StreamId operator()(const PlacePost& c) const { return stream_of_post(c.post); }
        StreamId operator()(const HoldPost& c) const { return stream_of_post(c.post); }
        StreamId operator()(const RecordAbsence& c) const { return stream_of_person(c.person); }
        StreamId operator()(const RecordDeparture& c) const { return stream_of_person(c.person); }
        StreamId operator()(const RetractFact& c) const {
            const int named =
                (c.unit.empty() ? 0 : 1) + (c.post.empty() ? 0 : 1) + (c.person ? 1 : 0);
            if (named != 1) return {};
            if (!c.unit.empty()) return stream_of_unit(c.unit);
            return c.person ? stream_of_person(*c.person) : stream_of_post(c.post);
        }
    } of;
    return std::visit(of, command);
}

PersonId holder_on(const Facts& post, Day day) {
    const PostHeld* best = nullptr;
    const auto rank = [](const PostHeld& held) {
        return held.kind == "plh" ? 2 : (held.kind == "plt" ? 1 : 0);
    };
    for (const Facts::Fact& fact : post.facts) {
        const auto* held = fact.retracted ? nullptr : std::get_if<PostHeld>(&fact.event);
        if (held == nullptr) continue;
        const auto from = parse_day(held->from), until = parse_day(held->until);
        if (!from || day < *from || (until && *until < day)) continue;
        if (best != nullptr && (rank(*held) < rank(*best) ||
                                (rank(*held) == rank(*best) && *from < *parse_day(best->from)))) {
            continue;
        }
        best = held;
    }
    return best == nullptr ? PersonId{} : best->person;
}

bool has_left(const Facts& person, Day day) {
    return std::any_of(person.facts.begin(), person.facts.end(), [&](const Facts::Fact& fact) {
        const auto* left = fact.retracted ? nullptr : std::get_if<PersonLeft>(&fact.event);
        const auto from = left == nullptr ? std::nullopt : parse_day(left->from);
        return from && *from <= day;
    });
}

std::vector<StreamId> OrganisationDecider::references(const State&, const Command& command) {
    StreamId stream;
    if (const auto* place = std::get_if<PlaceUnit>(&command))
        stream = stream_of_unit(place->parent);
    if (const auto* place = std::get_if<PlacePost>(&command)) stream = stream_of_unit(place->unit);
    return stream.empty() ? std::vector<StreamId>{} : std::vector<StreamId>{stream};
}

PersonId OrganisationDecider::subject(const State&, const Command& command) {
    if (const auto* absence = std::get_if<RecordAbsence>(&command)) return absence->person;
    if (const auto* departure = std::get_if<RecordDeparture>(&command)) return departure->person;
    if (const auto* hold = std::get_if<HoldPost>(&command)) return hold->person;
    return {};
}

Answer OrganisationDecider::decide(const State& state, const Command& command,
                                   const Context& context) {
    const auto& actor = context.actor;
    if (actor.kind != Actor::Kind::person ||
        (actor.role != roles::administrator && actor.role != roles::registrar)) {
        return Rejection{"not_permitted", "", "this is for: administrator, registrar"};
    }
    const StreamId stream = stream_of(command);
    if (stream.empty() || context.stream != stream) {
        return Rejection{"wrong_stream", "",
                         "names are made of letters, digits and . _ - and belong to one stream"};
    }
    return std::visit(Stating(state, context), command);
}

void OrganisationDecider::evolve(State& state, const Event& event) {
    if (const auto* retracted = std::get_if<FactRetracted>(&event)) {
        const auto index = std::size_t{retracted->fact} - 1;
        if (index < state.facts.size()) state.facts[index].retracted = true;
    }
    state.facts.push_back({event, false});
}

}  // namespace jejak::organisation
