#include "workflows/organisation/organisation_decider.hpp"

#include <algorithm>

#include "workflows/organisation/office.hpp"
#include "workflows/scoring/rational.hpp"
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
        for (const auto& required : c.competencies) {
            if (!required.competency.empty() && scoring::Rational::parse(required.level)) continue;
            return no("competency_not_valid",
                      "a competency has a name and a level such as \"3\"; not \"" +
                          required.competency + "\", \"" + required.level + "\"");
        }
        if (auto no = needs_unit(c.unit)) return std::move(*no);
        return yes(c.replaces, c.letter,
                   PostPlaced{c.post, c.unit, c.title, c.family, c.grade, c.is_head, c.from,
                              c.letter, c.competencies});
    }

    Answer operator()(const HoldPost& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (auto no = ends(c.from, c.until, false)) return std::move(*no);
        if (!is_one_of(c.kind, {"definitive", "plt", "plh", "delegate"})) {
            return no("kind_unknown", "a post is held as definitive, plt, plh or delegate");
        }
        if (c.kind != "definitive" && c.letter.empty()) {
            return no("letter_missing", "a Plt, a Plh or a delegate acts by a letter; name it");
        }
        if (c.person.is_nil()) return no("person_missing", "say who holds the post");
        if (!has<PostPlaced>()) {
            return no("post_unknown", "there is no post \"" + c.post + "\"; place it first");
        }
        if (context_.actor.person == c.person) {
            return no("own_record", "nobody puts himself into a post");
        }
        auto accepted = yes(c.replaces, c.letter,
                            PostHeld{c.post, c.person, c.kind, c.from, c.until, c.letter});
        const auto* seat = context_.references.find<ClaimState>(claim_of_post(c.person));
        if (c.kind == "definitive" && (seat == nullptr || seat->holder != context_.stream.text())) {
            accepted.claims.push_back({ClaimChange::Kind::take_over, claim_of_post(c.person)});
        }
        return accepted;
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

    Answer operator()(const RecordEmployment& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (!is_one_of(c.status, {"pns", "pppk", "other"})) {
            return no("kind_unknown", "someone is employed as pns, pppk or other");
        }
        if (!c.unit.empty()) {
            if (auto no = needs_unit(c.unit)) return std::move(*no);
        }
        return yes(c.replaces, c.letter,
                   PersonEmployed{c.person, c.status, c.unit, c.from, c.letter});
    }

    Answer operator()(const Attest& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (auto no = ends(c.from, c.until, false)) return std::move(*no);
        if (c.attestation.empty()) {
            return no("name_missing", "name what is attested: rater_trained, staff_briefed");
        }
        Sha256 hash;
        if (!c.document_sha256.empty() && !from_hex(c.document_sha256, hash.data(), hash.size())) {
            return no("document_not_valid",
                      "a document is named by the 64 hex digits of its SHA-256");
        }
        if (context_.actor.person == c.person) {
            return no("own_record", "nobody attests anything of himself");
        }
        return yes(c.replaces, c.letter,
                   PersonAttested{c.person, c.attestation, c.from, c.until, c.document_sha256});
    }

    Answer operator()(const DeclareRelation& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (auto no = ends(c.from, c.until, false)) return std::move(*no);
        if (!is_one_of(c.kind, {"family", "business", "conflict"})) {
            return no("kind_unknown", "a relation is family, business or conflict");
        }
        if (c.other.is_nil() || c.other == c.person) {
            return no("person_missing", "a relation is one of two people");
        }
        return yes(c.replaces, c.letter,
                   RelationDeclared{c.person, c.other, c.kind, c.from, c.until});
    }

    Answer operator()(const GrantRole& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (auto no = ends(c.from, c.until, false)) return std::move(*no);
        if (!is_one_of(c.role, {roles::administrator, roles::registrar})) {
            return no("kind_unknown", "the offices are administrator and registrar");
        }
        if (auto no = needs_unit(c.unit)) return std::move(*no);
        if (context_.actor.person == c.person) {
            return no("own_record", "nobody grants an office to himself");
        }
        return yes(c.replaces, c.letter,
                   RoleGranted{c.person, c.role, c.unit, c.from, c.until, c.letter});
    }

    Answer operator()(const PlaceTeam& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (auto no = ends(c.from, c.until, false)) return std::move(*no);
        if (c.name.empty()) return no("name_missing", "a team has a name");
        if (auto no = needs_unit(c.unit)) return std::move(*no);
        if (c.lead.is_nil()) return no("person_missing", "a team has a lead");
        if (context_.actor.person == c.lead) {
            return no("own_record", "nobody puts himself at the head of a team");
        }
        return yes(c.replaces, c.letter,
                   TeamPlaced{c.team, c.name, c.unit, c.lead, c.from, c.until, c.letter});
    }

    Answer operator()(const JoinTeam& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (auto no = ends(c.from, c.until, false)) return std::move(*no);
        if (!has<TeamPlaced>()) {
            return no("team_unknown", "there is no team \"" + c.team + "\"; place it first");
        }
        if (c.person.is_nil()) return no("person_missing", "say who joins the team");
        return yes(c.replaces, c.letter, TeamJoined{c.team, c.person, c.from, c.until, c.letter});
    }

    Answer operator()(const DeclareHoliday& c) const {
        if (auto no = common(c)) return std::move(*no);
        if (auto no = ends(c.from, c.until, false)) return std::move(*no);
        if (c.name.empty()) return no("name_missing", "say which holiday it is");
        return yes(c.replaces, c.letter,
                   HolidayDeclared{c.calendar, c.from, c.until, c.name, c.letter});
    }

    Answer operator()(const ExtendDeadline& c) const {
        if (auto no = correction(c)) return std::move(*no);
        if (!parse_day(c.until)) return no_day(c.until);
        if (c.period.empty()) {
            return no("period_missing", "name the period as its appraisals do, such as 2026");
        }
        if (!is_one_of(c.deadline, {"self_assessment", "review", "feedback", "gate",
                                    "acknowledgement", "objection", "reply", "decision"})) {
            return no("kind_unknown",
                      "the deadlines are self_assessment, review, feedback, gate, "
                      "acknowledgement, objection, reply and decision");
        }
        if (c.letter.empty()) {
            return no("letter_missing", "an extension follows a letter; name it");
        }
        if (!c.unit.empty()) {
            if (auto no = needs_unit(c.unit)) return std::move(*no);
        }
        if (c.person == context_.actor.person) {
            return no("own_record", "nobody extends a deadline for himself");
        }
        return yes(c.replaces, c.letter,
                   DeadlineExtended{c.unit, c.person.value_or(PersonId{}), c.period, c.kind,
                                    c.deadline, c.until, c.letter});
    }

    Answer operator()(const RetractFact& c) const {
        if (!stands(c.fact)) return unknown(c.fact);
        if (c.ground.empty()) return no("letter_missing", "say on which ground it is taken back");
        return Accepted<Event>{{FactRetracted{c.fact, c.ground}}, {}, {}};
    }

  private:
    [[nodiscard]] static bool is_one_of(std::string_view word,
                                        std::initializer_list<std::string_view> words) {
        return std::find(words.begin(), words.end(), word) != words.end();
    }
    // Does a fact of this kind stand?
    template <class Stated>
    [[nodiscard]] bool has() const {
        bool found = false;
        state_.for_each<Stated>([&](const Stated&) { found = true; });
        return found;
    }
    [[nodiscard]] std::optional<Rejection> needs_unit(const std::string& unit) const {
        if (is_known(stream_of_unit(unit))) return std::nullopt;
        return no("unit_unknown", "there is no unit \"" + unit + "\"; place it first");
    }
    [[nodiscard]] static Rejection no_day(const std::string& text) {
        return no("day_not_valid", "\"" + text + "\" is no day; write it as 2025-01-31");
    }
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
        if (!parse_day(c.from)) return no_day(c.from);
        return correction(c);
    }
    template <class C>
    [[nodiscard]] std::optional<Rejection> correction(const C& c) const {
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
    [[nodiscard]] static Accepted<Event> yes(const std::optional<std::uint32_t>& replaces,
                                             const std::string& letter, Event fact) {
        Accepted<Event> accepted;
        if (replaces) accepted.events.emplace_back(FactRetracted{*replaces, letter});
        accepted.events.push_back(std::move(fact));
        return accepted;
    }

    const Facts& state_;
    const Context& context_;
};

// The unit of the post or the team whose stream this is, or the agency that employs the person;
// "" where nobody said.
std::string unit_of(const Facts& state) {
    std::string unit;
    state.for_each<PostPlaced>([&](const PostPlaced& post) { unit = post.unit; });
    state.for_each<TeamPlaced>([&](const TeamPlaced& team) { unit = team.unit; });
    state.for_each<PersonEmployed>([&](const PersonEmployed& employed) { unit = employed.unit; });
    return unit;
}

// The unit that a command is about, and the person whose record it changes; "" and nil where it
// is about neither.
struct About {
    std::string unit;
    PersonId person;
};
About about(const Facts& state, const Command& command) {
    struct {
        const Facts& state;
        About operator()(const PlaceUnit& c) const { return {c.parent, {}}; }
        About operator()(const PlacePost& c) const { return {c.unit, {}}; }
        About operator()(const HoldPost& c) const { return {unit_of(state), c.person}; }
        About operator()(const RecordAbsence& c) const { return {unit_of(state), c.person}; }
        About operator()(const RecordDeparture& c) const { return {unit_of(state), c.person}; }
        About operator()(const RetractFact& c) const {
            return {c.unit.empty() ? unit_of(state) : c.unit, c.person.value_or(PersonId{})};
        }
        About operator()(const RecordEmployment& c) const {
            return {c.unit.empty() ? unit_of(state) : c.unit, c.person};
        }
        About operator()(const Attest& c) const { return {unit_of(state), c.person}; }
        About operator()(const DeclareRelation& c) const { return {unit_of(state), c.person}; }
        About operator()(const GrantRole& c) const { return {c.unit, c.person}; }
        About operator()(const PlaceTeam& c) const { return {c.unit, c.lead}; }
        About operator()(const JoinTeam& c) const { return {unit_of(state), c.person}; }
        About operator()(const DeclareHoliday&) const { return {}; }
        About operator()(const ExtendDeadline& c) const {
            return {c.unit, c.person.value_or(PersonId{})};
        }
    } of{state};
    return std::visit(of, command);
}

// Where that of which the stream speaks belongs so far; "" where nobody said.
std::string unit_before(const Facts& state, const Command& command) {
    const auto* place = std::get_if<PlaceUnit>(&command);
    if (place != nullptr) return state.any() ? place->unit : std::string();
    return unit_of(state);
}

// Rule: outside_scope. Whoever moves something needs an office where it was and where it goes.
std::optional<Rejection> check_scope(const Facts& state, const Command& command,
                                     const Context& context) {
    if (auto no = check_office(context, about(state, command).unit)) return no;
    const std::string before = unit_before(state, command);
    return before.empty() ? std::nullopt : check_office(context, before);
}

}  // namespace

StreamId stream_of(const Command& command) {
    struct {
        StreamId operator()(const PlaceUnit& c) const { return stream_of_unit(c.unit); }
        StreamId operator()(const PlacePost& c) const { return stream_of_post(c.post); }
        StreamId operator()(const HoldPost& c) const { return stream_of_post(c.post); }
        StreamId operator()(const RecordAbsence& c) const { return stream_of_person(c.person); }
        StreamId operator()(const RecordDeparture& c) const { return stream_of_person(c.person); }
        StreamId operator()(const RetractFact& c) const {
            const int named = (c.unit.empty() ? 0 : 1) + (c.post.empty() ? 0 : 1) +
                              (c.team.empty() ? 0 : 1) + (c.calendar.empty() ? 0 : 1) +
                              (c.person ? 1 : 0);
            if (named > 1) return {};
            if (!c.unit.empty()) return stream_of_unit(c.unit);
            if (!c.post.empty()) return stream_of_post(c.post);
            if (!c.team.empty()) return stream_of_team(c.team);
            if (!c.calendar.empty()) return stream_of_calendar(c.calendar);
            return c.person ? stream_of_person(*c.person) : stream_of_extensions();
        }
        StreamId operator()(const RecordEmployment& c) const { return stream_of_person(c.person); }
        StreamId operator()(const Attest& c) const { return stream_of_person(c.person); }
        StreamId operator()(const DeclareRelation& c) const { return stream_of_person(c.person); }
        StreamId operator()(const GrantRole& c) const { return stream_of_person(c.person); }
        StreamId operator()(const PlaceTeam& c) const { return stream_of_team(c.team); }
        StreamId operator()(const JoinTeam& c) const { return stream_of_team(c.team); }
        StreamId operator()(const DeclareHoliday& c) const {
            return stream_of_calendar(c.calendar);
        }
        StreamId operator()(const ExtendDeadline&) const { return stream_of_extensions(); }
    } of;
    return std::visit(of, command);
}

std::vector<StreamId> OrganisationDecider::references(const State& state, const Command& command) {
    const StreamId unit = stream_of_unit(about(state, command).unit);
    std::vector<StreamId> streams;
    if (!unit.empty()) streams.push_back(unit);
    const auto* hold = std::get_if<HoldPost>(&command);
    if (hold != nullptr) streams.push_back(claim_of_post(hold->person));
    return streams;
}

std::vector<StreamId> OrganisationDecider::further_references(const State& state,
                                                              const Command& command,
                                                              const Context& context) {
    auto streams = office_references(context, about(state, command).unit);
    const std::string before = unit_before(state, command);
    if (!before.empty()) {
        for (auto& stream : office_references(context, before))
            streams.push_back(std::move(stream));
    }
    return streams;
}

PersonId OrganisationDecider::subject(const State& state, const Command& command) {
    return about(state, command).person;
}

Answer OrganisationDecider::decide(const State& state, const Command& command,
                                   const Context& context) {
    const auto& actor = context.actor;
    const bool is_office = actor.role == roles::administrator || actor.role == roles::registrar;
    const auto* own = std::get_if<DeclareRelation>(&command);
    const bool is_own = own != nullptr && own->person == actor.person;
    if (actor.kind != Actor::Kind::person || (!is_office && !is_own)) {
        return Rejection{"not_permitted", "", "this is for: administrator, registrar"};
    }
    if (is_office) {
        if (auto no = check_scope(state, command, context)) return std::move(*no);
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
