#include "workflows/organisation/office.hpp"

#include <algorithm>

#include "workflows/organisation/facts.hpp"

namespace jejak::organisation {
namespace {

struct Office {
    bool is_limited = false;
    std::vector<std::string> units;
    Day day;
};

Office office_of(const Context& context) {
    Office office;
    office.day = day_in_wib(context.now);
    const auto* facts = context.references.find<Facts>(stream_of_person(context.actor.person));
    if (facts != nullptr) {
        office.units = units_of_office(*facts, context.actor.role, office.day, office.is_limited);
    }
    return office;
}

}  // namespace

std::vector<StreamId> office_references(const Context& context, const std::string& unit) {
    if (context.actor.kind != Actor::Kind::person || context.actor.person.is_nil()) return {};
    std::vector<StreamId> streams{stream_of_person(context.actor.person)};
    const Office office = office_of(context);
    if (!office.is_limited) return streams;
    StreamId missing;
    (void)chain_of(context.references, unit, office.day, missing);
    if (!missing.empty()) streams.push_back(std::move(missing));
    return streams;
}

std::optional<Rejection> check_office(const Context& context, const std::string& unit) {
    const Office office = office_of(context);
    if (!office.is_limited) return std::nullopt;
    StreamId missing;
    for (const auto& above : chain_of(context.references, unit, office.day, missing)) {
        if (std::find(office.units.begin(), office.units.end(), above) != office.units.end()) {
            return std::nullopt;
        }
    }
    std::string where;
    for (const auto& each : office.units)
        where += (where.empty() ? "" : ", ") + each;
    return Rejection{"outside_scope", "",
                     where.empty() ? "your office as " + context.actor.role + " has ended"
                                   : "your office as " + context.actor.role + " reaches over " +
                                         where + " and what is below, not " +
                                         (unit.empty() ? "everybody" : "\"" + unit + "\"")};
}

}  // namespace jejak::organisation
