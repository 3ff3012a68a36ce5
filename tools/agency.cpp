#include "tools/agency.hpp"

#include <map>
#include <vector>

#include "engine/record/event_codec.hpp"
#include "engine/record/system_events.hpp"
#include "tools/organisation.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/organisation/facts.hpp"
#include "workflows/person/person_decider.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak::tools {

namespace {

using Children = std::map<std::string, std::vector<std::string>>;

Result<std::set<std::string>> subtree(const Children& below, const std::string& unit,
                                      bool is_known) {
    if (!is_known) {
        return error(ErrorCode::not_found,
                     "there is no unit \"" + unit + "\"; `jejak org tree` shows all");
    }
    std::set<std::string> units;
    std::vector<std::string> waiting{unit};
    while (!waiting.empty()) {
        const std::string next = std::move(waiting.back());
        waiting.pop_back();
        const auto under = below.find(next);
        if (!units.insert(next).second || under == below.end()) continue;
        waiting.insert(waiting.end(), under->second.begin(), under->second.end());
    }
    return units;
}

}  // namespace

Result<Reach> Reach::of(Workspace& workspace, const std::string& agency) {
    Reach reach;
    if (agency.empty()) return reach;
    Children below;
    bool is_known = false;
    const auto read = for_each_fact(workspace, [&](const Envelope&, const auto& event) {
        const auto* placed = std::get_if<organisation::UnitPlaced>(&event);
        if (placed == nullptr) return;
        below[placed->parent].push_back(placed->unit);
        is_known = is_known || placed->unit == agency;
    });
    if (!read) return read.error();
    auto units = subtree(below, agency, is_known);
    if (!units) return units.error();
    reach.is_all_ = false;
    reach.units_ = std::move(*units);
    return reach;
}

void add_agency(CLI::App& command, std::string& agency) {
    command.add_option("--agency", agency, "Only this unit and what ever stood below it");
}

Result<Agency> Agency::of(Workspace& workspace, const std::string& unit) {
    if (auto ready = workspace.catch_up(appraisal::scoreboard_model); !ready) return ready.error();
    Children below, posts, teams;                          // by unit
    std::map<std::string, std::set<std::string>> holders;  // by post, as hex
    bool is_known = false;
    const auto read = for_each_fact(workspace, [&](const Envelope&, const auto& event) {
        if (const auto* placed = std::get_if<organisation::UnitPlaced>(&event)) {
            below[placed->parent].push_back(placed->unit);
            is_known = is_known || placed->unit == unit;
        } else if (const auto* post = std::get_if<organisation::PostPlaced>(&event)) {
            posts[post->unit].push_back(post->post);
        } else if (const auto* held = std::get_if<organisation::PostHeld>(&event)) {
            holders[held->post].insert(to_hex(held->person));
        } else if (const auto* team = std::get_if<organisation::TeamPlaced>(&event)) {
            teams[team->unit].push_back(team->team);
        }
    });
    if (!read) return read.error();
    auto units = subtree(below, unit, is_known);
    if (!units) return units.error();
    Agency agency;
    agency.units_ = std::move(*units);
    for (const auto& each : agency.units_) {
        agency.streams_.insert(organisation::stream_of_unit(each).text());
        for (const auto& post : posts[each]) {
            agency.streams_.insert(organisation::stream_of_post(post).text());
            agency.people_.insert(holders[post].begin(), holders[post].end());
        }
        for (const auto& team : teams[each])
            agency.streams_.insert(organisation::stream_of_team(team).text());
        appraisal::BoardFilter filter;
        filter.unit = each;
        const auto listed = appraisal::list_lines(workspace.reads(), filter, [&](const auto& line) {
            agency.streams_.insert("appraisal/" + line.token);
            agency.people_.insert(to_hex(line.subject));
            return true;
        });
        if (!listed) return listed.error();
    }
    return agency;
}

bool Agency::holds(const Envelope& envelope, std::string_view payload) const {
    const auto workflow = envelope.stream.workflow();
    const std::string key(envelope.stream.key());
    if (workflow == "policy") return true;
    if (workflow == "appraisal") return streams_.contains(envelope.stream.text());
    if (workflow == "claim") {
        const auto event =
            record::decode_any<std::variant<record::ClaimTaken, record::ClaimReleased>>(
                envelope.event_name, envelope.schema_version, payload);
        return event &&
               std::visit([&](const auto& e) { return streams_.contains(e.holder); }, *event);
    }
    if (workflow == "organisation") {
        constexpr std::string_view person = "person:";
        return key.starts_with(person) ? people_.contains(key.substr(person.size()))
                                       : streams_.contains(envelope.stream.text());
    }
    if (workflow == "dossier") return people_.contains(key);
    if (workflow == "person") {
        const auto event = record::decode_any<person::PersonDecider::Event>(
            envelope.event_name, envelope.schema_version, payload);
        const auto* registered = event ? std::get_if<person::PersonRegistered>(&*event) : nullptr;
        return registered != nullptr && people_.contains(to_hex(registered->pseudonym));
    }
    if (workflow == "unit_result") {
        const auto event = record::decode_any<unit_result::Event>(envelope.event_name,
                                                                  envelope.schema_version, payload);
        return event && std::visit([&](const auto& e) { return units_.contains(e.unit); }, *event);
    }
    return false;
}

}  // namespace jejak::tools
