#include "workflows/organisation/directory.hpp"

#include <algorithm>
#include <cstring>

namespace jejak::organisation {

namespace {

// A tree of units is not deeper; a wrong record that closes a circle ends here.
constexpr int climb_max = 64;

// Puts `index` at the front of a chain.
void link(std::uint32_t& first, std::uint32_t& next, std::uint32_t index) {
    next = first;
    first = index;
}

}  // namespace

std::uint32_t Directory::Names::find(std::string_view name) const {
    const auto found = by_name.find(std::string(name));
    return found == by_name.end() ? none : found->second;
}

std::uint32_t Directory::Names::number(const std::string& name) {
    const auto [entry, is_new] = by_name.emplace(name, static_cast<std::uint32_t>(all.size()));
    if (is_new) all.push_back({name, none, none, none, none, none});
    return entry->second;
}

std::size_t Directory::PersonHash::operator()(const PersonId& id) const {
    std::uint64_t low = 0, high = 0;  // pseudonyms are random
    std::memcpy(&low, id.bytes.data(), sizeof low);
    std::memcpy(&high, id.bytes.data() + sizeof low, sizeof high);
    return low ^ (high * 0x9E3779B97F4A7C15U);
}

std::uint32_t Directory::person_number(PersonId id) {
    const auto [entry, is_new] =
        people_by_id_.emplace(id, static_cast<std::uint32_t>(people_.size()));
    if (is_new) people_.push_back({id, none, none});
    return entry->second;
}

std::uint32_t Directory::find_person(PersonId id) const {
    const auto found = people_by_id_.find(id);
    return found == people_by_id_.end() ? none : found->second;
}

void Directory::add(std::string_view stream, std::uint32_t version, Position position,
                    const Event& event) {
    if (const auto* retracted = std::get_if<FactRetracted>(&event)) {
        return retract(stream, retracted->fact, position);
    }
    Fact fact;
    fact.until = open_end;
    fact.known_from = position.value;
    const auto keep = [&](const auto& stated, Place::Table table, std::size_t index) {
        fact.from = parse_day(stated.from).value_or(open_end);
        if constexpr (requires { stated.until; }) {
            if (!stated.until.empty()) fact.until = parse_day(stated.until).value_or(Day{0});
        }
        auto& places = places_[std::string(stream)];
        if (places.size() < version) places.resize(version);
        places[version - 1] = {table, static_cast<std::uint32_t>(index)};
        add_fact(stated, fact);
    };
    using enum Place::Table;
    const auto index = [&](const auto& stated) {
        using Stated = std::decay_t<decltype(stated)>;
        if constexpr (std::is_same_v<Stated, UnitPlaced>) {
            keep(stated, unit, unit_facts_.size());
        } else if constexpr (std::is_same_v<Stated, PostPlaced>) {
            keep(stated, post, post_facts_.size());
        } else if constexpr (std::is_same_v<Stated, PostHeld>) {
            keep(stated, holding, holdings_.size());
        } else if constexpr (std::is_same_v<Stated, PersonAway> ||
                             std::is_same_v<Stated, PersonLeft>) {
            keep(stated, absence, absences_.size());
        }  // the others say nothing of who stands where
    };
    std::visit(index, event);
}

void Directory::add_fact(const UnitPlaced& placed, Fact fact) {
    const auto index = static_cast<std::uint32_t>(unit_facts_.size());
    auto& added = unit_facts_.emplace_back();
    static_cast<Fact&>(added) = fact;
    added.unit = units_.number(placed.unit);
    if (!placed.parent.empty()) {
        added.parent = units_.number(placed.parent);
        link(units_.all[added.parent].below, added.next_of_parent, index);
    }
    link(units_.all[added.unit].facts, added.next_of_unit, index);
}

void Directory::add_fact(const PostPlaced& placed, Fact fact) {
    const auto index = static_cast<std::uint32_t>(post_facts_.size());
    auto& added = post_facts_.emplace_back();
    static_cast<Fact&>(added) = fact;
    added.post = posts_.number(placed.post);
    added.unit = units_.number(placed.unit);
    added.is_head = placed.is_head;
    link(posts_.all[added.post].facts, added.next_of_post, index);
    auto& unit = units_.all[added.unit];
    link(placed.is_head ? unit.heads : unit.others, added.next_of_unit, index);
}

void Directory::add_fact(const PostHeld& held, Fact fact) {
    const auto index = static_cast<std::uint32_t>(holdings_.size());
    auto& added = holdings_.emplace_back();
    static_cast<Fact&>(added) = fact;
    added.post = posts_.number(held.post);
    added.person = person_number(held.person);
    added.kind = held.kind == "delegate" ? Kind::delegate
                 : held.kind == "plh"    ? Kind::plh
                 : held.kind == "plt"    ? Kind::plt
                                         : Kind::definitive;
    link(posts_.all[added.post].held, added.next_of_post, index);
    link(people_[added.person].held, added.next_of_person, index);
}

void Directory::add_absence(PersonId person, Kind kind, Fact fact) {
    const auto index = static_cast<std::uint32_t>(absences_.size());
    auto& added = absences_.emplace_back();
    static_cast<Fact&>(added) = fact;
    added.kind = kind;
    link(people_[person_number(person)].away, added.next_of_person, index);
}

void Directory::add_fact(const PersonAway& away, Fact fact) {
    add_absence(away.person, away.kind == "study" ? Kind::study : Kind::leave, fact);
}

void Directory::add_fact(const PersonLeft& left, Fact fact) {
    const auto kind = left.kind == "retirement" ? Kind::retirement
                      : left.kind == "death"    ? Kind::death
                                                : Kind::exit;
    add_absence(left.person, kind, fact);
}

Directory::Fact& Directory::fact_at(const Place& place) {
    switch (place.table) {
        case Place::Table::unit:
            return unit_facts_[place.index];
        case Place::Table::post:
            return post_facts_[place.index];
        case Place::Table::holding:
            return holdings_[place.index];
        case Place::Table::absence:
            break;
    }
    return absences_[place.index];
}

void Directory::retract(std::string_view stream, std::uint32_t version, Position position) {
    const auto found = places_.find(std::string(stream));
    if (found == places_.end() || version == 0 || version > found->second.size()) return;
    const Place place = found->second[version - 1];
    if (place.index == none) return;
    auto& fact = fact_at(place);
    if (fact.retracted_at == 0) fact.retracted_at = position.value;
}

const Directory::UnitFact* Directory::place_of_unit(std::uint32_t unit, const AsOf& as_of) const {
    const UnitFact* best = nullptr;
    for (auto i = units_.all[unit].facts; i != none; i = unit_facts_[i].next_of_unit) {
        const auto& fact = unit_facts_[i];
        if (fact.holds(as_of) && (best == nullptr || fact.counts_before(*best))) best = &fact;
    }
    return best;
}

const Directory::PostFact* Directory::place_of_post(std::uint32_t post, const AsOf& as_of) const {
    const PostFact* best = nullptr;
    for (auto i = posts_.all[post].facts; i != none; i = post_facts_[i].next_of_post) {
        const auto& fact = post_facts_[i];
        if (fact.holds(as_of) && (best == nullptr || fact.counts_before(*best))) best = &fact;
    }
    return best;
}

const Directory::Absence* Directory::absence(std::uint32_t person, const AsOf& as_of) const {
    const Absence* best = nullptr;
    for (auto i = people_[person].away; i != none; i = absences_[i].next_of_person) {
        const auto& fact = absences_[i];
        if (fact.holds(as_of) && (best == nullptr || fact.counts_before(*best))) best = &fact;
    }
    return best;
}

bool Directory::has_left(std::uint32_t person, const AsOf& as_of) const {
    for (auto i = people_[person].away; i != none; i = absences_[i].next_of_person) {
        if (absences_[i].kind >= Kind::retirement && absences_[i].holds(as_of)) return true;
    }
    return false;
}

const Directory::Holding* Directory::definitive(std::uint32_t person, const AsOf& as_of) const {
    const Holding* best = nullptr;
    for (auto i = people_[person].held; i != none; i = holdings_[i].next_of_person) {
        const auto& fact = holdings_[i];
        if (fact.kind != Kind::definitive || !fact.holds(as_of)) continue;
        if (best == nullptr || fact.counts_before(*best)) best = &fact;
    }
    return best == nullptr || has_left(person, as_of) ? nullptr : best;
}

bool Directory::still_holds(const Holding& holding, const AsOf& as_of) const {
    if (!holding.holds(as_of)) return false;
    if (holding.kind != Kind::definitive) return !has_left(holding.person, as_of);
    return definitive(holding.person, as_of) == &holding;
}

const Directory::Holding* Directory::best_holding(std::uint32_t post, const AsOf& as_of,
                                                  std::uint32_t except) const {
    const Holding* best = nullptr;
    for (auto i = posts_.all[post].held; i != none; i = holdings_[i].next_of_post) {
        const auto& fact = holdings_[i];
        if (fact.kind == Kind::delegate && fact.person == except) continue;
        if (best != nullptr &&
            (fact.kind < best->kind || (fact.kind == best->kind && best->counts_before(fact)))) {
            continue;
        }
        if (still_holds(fact, as_of)) best = &fact;
    }
    return best;
}

const Directory::Holding* Directory::head(std::uint32_t unit, const AsOf& as_of,
                                          std::uint32_t except) const {
    const PostFact* place = nullptr;
    for (auto i = units_.all[unit].heads; i != none; i = post_facts_[i].next_of_unit) {
        const auto& fact = post_facts_[i];
        if (!fact.holds(as_of) || place_of_post(fact.post, as_of) != &fact) continue;
        if (place == nullptr || fact.counts_before(*place)) place = &fact;
    }
    return place == nullptr ? nullptr : best_holding(place->post, as_of, except);
}

std::uint32_t Directory::unit_above(std::uint32_t unit, const AsOf& as_of) const {
    const auto* place = place_of_unit(unit, as_of);
    return place == nullptr ? none : place->parent;
}

Holder Directory::as_holder(const Holding& holding) const {
    static constexpr const char* words[] = {"definitive", "plt", "plh", "delegate"};
    return {people_[holding.person].id, posts_.all[holding.post].name,
            words[static_cast<std::size_t>(holding.kind)], Position{holding.known_from}};
}

std::string Directory::post_of(PersonId person, const AsOf& as_of) const {
    const auto number = find_person(person);
    const auto* holding = number == none ? nullptr : definitive(number, as_of);
    return holding == nullptr ? "" : posts_.all[holding->post].name;
}

std::vector<std::string> Directory::posts_of(PersonId person, const AsOf& as_of) const {
    std::vector<std::string> found;
    const auto number = find_person(person);
    for (auto i = number == none ? none : people_[number].held; i != none;
         i = holdings_[i].next_of_person) {
        const auto post = holdings_[i].post;
        if (best_holding(post, as_of) == &holdings_[i]) found.push_back(posts_.all[post].name);
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string Directory::unit_of(PersonId person, const AsOf& as_of) const {
    const auto number = find_person(person);
    const auto* holding = number == none ? nullptr : definitive(number, as_of);
    const auto* place = holding == nullptr ? nullptr : place_of_post(holding->post, as_of);
    return place == nullptr ? "" : units_.all[place->unit].name;
}

std::optional<Holder> Directory::holder_of(std::string_view post, const AsOf& as_of) const {
    const auto number = posts_.find(post);
    const auto* holding = number == none ? nullptr : best_holding(number, as_of);
    return holding == nullptr ? std::nullopt : std::optional(as_holder(*holding));
}

std::optional<Holder> Directory::head_of(std::string_view unit, const AsOf& as_of) const {
    const auto number = units_.find(unit);
    const auto* holding = number == none ? nullptr : head(number, as_of);
    return holding == nullptr ? std::nullopt : std::optional(as_holder(*holding));
}

std::optional<Holder> Directory::climb(const PostFact* place, std::uint32_t person,
                                       const AsOf& as_of) const {
    if (place == nullptr) return std::nullopt;
    auto unit = place->is_head ? unit_above(place->unit, as_of) : place->unit;
    for (int climbed = 0; unit != none && climbed < climb_max; ++climbed) {
        const auto* found = head(unit, as_of, person);
        if (found != nullptr && found->person != person) return as_holder(*found);
        unit = unit_above(unit, as_of);
    }
    return std::nullopt;
}

std::optional<Holder> Directory::superior_of(PersonId person, const AsOf& as_of) const {
    const auto number = find_person(person);
    const auto* own = number == none ? nullptr : definitive(number, as_of);
    return own == nullptr ? std::nullopt : climb(place_of_post(own->post, as_of), number, as_of);
}

std::optional<Holder> Directory::superior_of(const Holder& holder, const AsOf& as_of) const {
    const auto post = posts_.find(holder.post);
    const auto number = find_person(holder.person);
    return post == none || number == none ? std::nullopt
                                          : climb(place_of_post(post, as_of), number, as_of);
}

template <class Visit>
void Directory::visit_members(std::uint32_t unit, const AsOf& as_of, const Visit& visit) const {
    for (auto i = units_.all[unit].others; i != none; i = post_facts_[i].next_of_unit) {
        const auto& fact = post_facts_[i];
        if (!fact.holds(as_of) || place_of_post(fact.post, as_of) != &fact) continue;
        for (auto h = posts_.all[fact.post].held; h != none; h = holdings_[h].next_of_post) {
            const auto& holding = holdings_[h];
            if (holding.kind == Kind::definitive && still_holds(holding, as_of)) {
                visit(people_[holding.person].id);
            }
        }
    }
}

std::vector<PersonId> Directory::peers_of(PersonId person, const AsOf& as_of) const {
    std::vector<PersonId> found;
    const auto unit = units_.find(unit_of(person, as_of));
    if (unit == none) return found;
    visit_members(unit, as_of, [&](PersonId other) {
        if (other != person) found.push_back(other);
    });
    return found;
}

std::vector<PersonId> Directory::subordinates_of(PersonId person, const AsOf& as_of) const {
    std::vector<PersonId> found;
    const auto unit = units_.find(unit_of(person, as_of));
    const auto* leader = unit == none ? nullptr : head(unit, as_of);
    if (leader == nullptr || people_[leader->person].id != person) return found;
    visit_members(unit, as_of, [&](PersonId other) { found.push_back(other); });
    for (auto i = units_.all[unit].below; i != none; i = unit_facts_[i].next_of_parent) {
        const auto& below = unit_facts_[i];
        if (place_of_unit(below.unit, as_of) != &below) continue;
        const auto* other = head(below.unit, as_of);
        if (other != nullptr && people_[other->person].id != person) {
            found.push_back(people_[other->person].id);
        }
    }
    return found;
}

std::vector<std::string> Directory::chain_of(std::string_view unit, const AsOf& as_of) const {
    std::vector<std::string> chain;
    auto number = units_.find(unit);
    while (number != none && place_of_unit(number, as_of) != nullptr) {
        const auto& name = units_.all[number].name;
        if (std::find(chain.begin(), chain.end(), name) != chain.end()) break;
        chain.push_back(name);
        number = unit_above(number, as_of);
    }
    return chain;
}

std::vector<std::string> Directory::units_below(std::string_view unit, const AsOf& as_of) const {
    std::vector<std::string> found;
    const auto number = units_.find(unit);
    if (number == none) return found;
    for (auto i = units_.all[number].below; i != none; i = unit_facts_[i].next_of_parent) {
        const auto& below = unit_facts_[i];
        if (place_of_unit(below.unit, as_of) == &below) {
            found.push_back(units_.all[below.unit].name);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<std::string> Directory::units() const {
    std::vector<std::string> names;
    for (const auto& unit : units_.all)
        names.push_back(unit.name);
    return names;
}

std::vector<std::string> Directory::posts_in(std::string_view unit, const AsOf& as_of) const {
    std::vector<std::string> found;
    const auto number = units_.find(unit);
    if (number == none) return found;
    for (const auto first : {units_.all[number].heads, units_.all[number].others}) {
        for (auto i = first; i != none; i = post_facts_[i].next_of_unit) {
            const auto& fact = post_facts_[i];
            if (place_of_post(fact.post, as_of) == &fact) {
                found.push_back(posts_.all[fact.post].name);
            }
        }
    }
    return found;
}

std::vector<Holder> Directory::holders_in(std::string_view post, const AsOf& as_of) const {
    std::vector<Holder> found;
    const auto number = posts_.find(post);
    if (number == none) return found;
    for (auto h = posts_.all[number].held; h != none; h = holdings_[h].next_of_post) {
        if (still_holds(holdings_[h], as_of)) found.push_back(as_holder(holdings_[h]));
    }
    return found;
}

std::string Directory::away(PersonId person, const AsOf& as_of) const {
    static constexpr const char* words[] = {"leave", "study", "retirement", "exit", "death"};
    const auto number = find_person(person);
    const auto* fact = number == none ? nullptr : absence(number, as_of);
    if (fact == nullptr) return {};
    return words[static_cast<std::size_t>(fact->kind) - static_cast<std::size_t>(Kind::leave)];
}

Directory::Size Directory::size() const {
    Size size;
    size.people = people_.size();
    size.units = units_.all.size();
    size.posts = posts_.all.size();
    size.facts = unit_facts_.size() + post_facts_.size() + holdings_.size() + absences_.size();
    const auto names = [](const Names& all) {
        std::size_t bytes = all.all.capacity() * sizeof(Subject);
        for (const auto& each : all.all) {
            if (each.name.capacity() > 15) bytes += 2 * (each.name.capacity() + 1);
        }
        return bytes + all.by_name.size() * (sizeof(std::pair<std::string, std::uint32_t>) + 24) +
               all.by_name.bucket_count() * 8;
    };
    size.bytes = names(units_) + names(posts_) + people_.capacity() * sizeof(Person) +
                 people_by_id_.size() * 40 + people_by_id_.bucket_count() * 8 +
                 unit_facts_.capacity() * sizeof(UnitFact) +
                 post_facts_.capacity() * sizeof(PostFact) +
                 holdings_.capacity() * sizeof(Holding) + absences_.capacity() * sizeof(Absence) +
                 places_.bucket_count() * 8;
    for (const auto& [stream, places] : places_)
        size.bytes += 48 + stream.capacity() + 1 + places.capacity() * sizeof(Place);
    return size;
}

}  // namespace jejak::organisation
