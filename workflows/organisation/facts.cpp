#include "workflows/organisation/facts.hpp"

#include <algorithm>

namespace jejak::organisation {
namespace {

StreamId stream_named(const char* prefix, std::string_view name) {
    auto stream = StreamId::make("organisation", prefix + std::string(name));
    return stream && !name.empty() ? *stream : StreamId();
}

int rank_of(std::string_view kind) {
    constexpr std::string_view kinds[] = {"definitive", "plt", "plh", "delegate"};
    return static_cast<int>(std::find(std::begin(kinds), std::end(kinds), kind) - kinds);
}

// Who holds something on a day: of the facts that hold the one of the highest rank, then the one
// that began last, then the one that became known last.
class Best {
  public:
    explicit Best(Day day) : day_(day) {}
    void add(PersonId person, int rank, const std::string& from, const std::string& until) {
        if (!holds_on(from, until, day_)) return;
        if (rank < rank_ || (rank == rank_ && from < from_)) return;
        person_ = person;
        rank_ = rank;
        from_ = from;
    }
    [[nodiscard]] PersonId person() const { return person_; }

  private:
    Day day_;
    PersonId person_;
    int rank_ = -1;
    std::string from_;
};

// The place of a unit on a day: of those that hold the one that began last; null for none.
const UnitPlaced* place_on(const Facts& unit, Day day) {
    const UnitPlaced* best = nullptr;
    unit.for_each<UnitPlaced>([&](const UnitPlaced& placed) {
        if (holds_on(placed.from, "", day) && (best == nullptr || placed.from >= best->from)) {
            best = &placed;
        }
    });
    return best;
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
StreamId stream_of_team(std::string_view team) {
    return stream_named("team:", team);
}
StreamId stream_of_calendar(std::string_view calendar) {
    return stream_named("calendar:", calendar);
}
StreamId stream_of_person(PersonId person) {
    return stream_named("person:", to_hex(person));
}
StreamId stream_of_extensions() {
    return stream_named("", "extensions");
}
StreamId stream_of_mandate(std::string_view mandate) {
    constexpr std::string_view team = "team:";
    return mandate.starts_with(team) ? stream_of_team(mandate.substr(team.size()))
                                     : stream_of_post(mandate);
}

StreamId claim_of_post(PersonId person) {
    return *StreamId::make("claim", "post-of-" + to_hex(person));
}

bool holds_on(const std::string& from, const std::string& until, Day day) {
    const auto first = parse_day(from), last = parse_day(until);
    return first && *first <= day && (until.empty() || (last && day <= *last));
}

PersonId holder_on(const Facts& mandate, Day day) {
    Best best(day);
    mandate.for_each<PostHeld>([&](const PostHeld& held) {
        best.add(held.person, rank_of(held.kind), held.from, held.until);
    });
    mandate.for_each<TeamPlaced>(
        [&](const TeamPlaced& team) { best.add(team.lead, 0, team.from, team.until); });
    return best.person();
}

bool has_moved(const std::vector<const Facts*>& posts, const Facts& post, PersonId person,
               Day day) {
    const Facts* last = nullptr;
    std::string since;
    bool acts_by_letter = false, holds_here = false;
    const auto look = [&](const Facts& at) {
        at.for_each<PostHeld>([&](const PostHeld& held) {
            if (held.person != person || !holds_on(held.from, held.until, day)) return;
            holds_here = holds_here || &at == &post;
            if (held.kind != "definitive") {
                acts_by_letter = acts_by_letter || &at == &post;
            } else if (held.from >= since) {
                last = &at;
                since = held.from;
            }
        });
    };
    if (std::find(posts.begin(), posts.end(), &post) == posts.end()) look(post);
    for (const auto* each : posts)
        look(*each);
    return holds_here && !acts_by_letter && last != &post;
}

bool has_left(const Facts& person, Day day) {
    bool found = false;
    person.for_each<PersonLeft>(
        [&](const PersonLeft& left) { found = found || holds_on(left.from, "", day); });
    return found;
}

std::string status_on(const Facts& person, Day day) {
    std::string status, since;
    person.for_each<PersonEmployed>([&](const PersonEmployed& employed) {
        if (!holds_on(employed.from, "", day) || employed.from < since) return;
        status = employed.status;
        since = employed.from;
    });
    return status;
}

bool is_attested(const Facts& person, std::string_view attestation, Day day) {
    bool found = false;
    person.for_each<PersonAttested>([&](const PersonAttested& attested) {
        found = found || (attested.attestation == attestation &&
                          holds_on(attested.from, attested.until, day));
    });
    return found;
}

bool is_related(const Facts& person, PersonId other, Day day) {
    bool found = false;
    person.for_each<RelationDeclared>([&](const RelationDeclared& relation) {
        found = found || (relation.other == other && holds_on(relation.from, relation.until, day));
    });
    return found;
}

std::vector<std::string> units_of_office(const Facts& person, std::string_view role, Day day,
                                         bool& is_limited) {
    std::vector<std::string> units;
    person.for_each<RoleGranted>([&](const RoleGranted& granted) {
        if (granted.role != role) return;
        is_limited = true;
        if (holds_on(granted.from, granted.until, day)) units.push_back(granted.unit);
    });
    return units;
}

std::vector<std::string> chain_of(const References& known, const std::string& unit, Day day,
                                  StreamId& missing) {
    std::vector<std::string> chain;
    missing = {};
    std::string next = unit;
    while (!next.empty() && std::find(chain.begin(), chain.end(), next) == chain.end()) {
        const StreamId stream = stream_of_unit(next);
        const auto* facts = stream.empty() ? nullptr : known.find<Facts>(stream);
        chain.push_back(next);
        if (facts == nullptr) {
            missing = stream;
            break;
        }
        const auto* place = place_on(*facts, day);
        next = place == nullptr ? std::string() : place->parent;
    }
    return chain;
}

Zone zone_of(const References& known, const std::vector<std::string>& chain, Day day) {
    for (const auto& unit : chain) {
        const StreamId stream = stream_of_unit(unit);
        const auto* facts = stream.empty() ? nullptr : known.find<Facts>(stream);
        const auto* place = facts == nullptr ? nullptr : place_on(*facts, day);
        const auto zone = place == nullptr ? std::nullopt : parse_zone(place->zone);
        if (zone) return *zone;
    }
    return Zone::wib;
}

bool is_working_day(const Facts& calendar, Day day) {
    bool is_holiday = is_weekend(day);
    calendar.for_each<HolidayDeclared>([&](const HolidayDeclared& holiday) {
        const auto& last = holiday.until.empty() ? holiday.from : holiday.until;
        is_holiday = is_holiday || holds_on(holiday.from, last, day);
    });
    return !is_holiday;
}

Day plus_working_days(const Facts& calendar, Day day, std::uint32_t count) {
    // A calendar without a working day in so many days is a wrong record; the clock runs on.
    constexpr int idle_days_max = 366;
    for (int idle = 0; count > 0 && idle < idle_days_max; ++idle) {
        ++day.value;
        if (!is_working_day(calendar, day)) continue;
        --count;
        idle = 0;
    }
    return day;
}

std::optional<Extended> extension_of(const Facts& extensions, const DueDate& due) {
    std::optional<Extended> latest;
    for (std::size_t i = 0; i < extensions.facts.size(); ++i) {
        const auto& fact = extensions.facts[i];
        const auto* extended =
            fact.retracted ? nullptr : std::get_if<DeadlineExtended>(&fact.event);
        if (extended == nullptr || extended->deadline != due.deadline ||
            extended->period != due.period) {
            continue;
        }
        const bool is_kind = extended->kind.empty() || extended->kind == due.kind;
        const bool is_person = extended->person.is_nil() || extended->person == due.person;
        const bool is_unit = extended->unit.empty() || std::find(due.chain.begin(), due.chain.end(),
                                                                 extended->unit) != due.chain.end();
        const auto day = parse_day(extended->until);
        if (!is_kind || !is_person || !is_unit || !day) continue;
        const Instant until = end_of(*day, due.zone);
        if (!latest || latest->until < until) {
            latest = Extended{until, static_cast<std::uint32_t>(i + 1)};
        }
    }
    return latest;
}

}  // namespace jejak::organisation
