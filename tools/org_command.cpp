#include <iostream>
#include <set>

#include "adapters/json/views.hpp"
#include "engine/record/envelope.hpp"
#include "engine/runtime/state_cache.hpp"
#include "tools/commands.hpp"
#include "tools/organisation.hpp"
#include "workflows/organisation/facts.hpp"

// Who works where under whom: on any day, as known now or at any earlier moment.
namespace jejak::tools {
namespace {

using organisation::AsOf;
using organisation::Directory;

struct OrgFlags {
    std::string about, on, as_of, unit;
};

// What every question needs: the facts, the day, names to show.
struct Organisation {
    std::unique_ptr<Workspace> workspace;
    Directory directory;
    organisation::Teams teams;
    OrganisationNames names;
    AsOf as_of;

    // 0 where everything is known.
    [[nodiscard]] Position known_or_all() const {
        return as_of.known == AsOf{}.known ? Position{} : as_of.known;
    }
    [[nodiscard]] Result<std::string> person_text(PersonId person) const {
        return workspace->identifiers().identifier_of(person);
    }
    [[nodiscard]] std::string unit_text(const std::string& unit) const {
        const auto found = names.units.find(unit);
        return found == names.units.end() ? unit : found->second + " (" + unit + ")";
    }
    [[nodiscard]] std::string post_text(const std::string& post) const {
        const auto found = names.posts.find(post);
        return found == names.posts.end() ? post : found->second + " (" + post + ")";
    }
};

// Null after session.fail().
std::unique_ptr<Organisation> read_all(Session& session, const OrgFlags& flags) {
    auto all = std::make_unique<Organisation>();
    all->workspace = session.open(Workspace::Mode::read);
    if (!all->workspace || !session.check(all->workspace->catch_up("people_index"))) {
        return nullptr;
    }
    all->as_of.on = today(all->workspace->clock());
    if (!flags.on.empty()) {
        const auto day = organisation::parse_day(flags.on);
        if (!day) {
            session.fail(error(ErrorCode::invalid_input, "--on: \"" + flags.on +
                                                             "\" is no day; write it as "
                                                             "2025-01-31"));
            return nullptr;
        }
        all->as_of.on = *day;
    }
    if (!flags.as_of.empty()) {
        const auto moment = parse_instant(flags.as_of);
        if (!moment) return session.fail(moment.error()), nullptr;
        const auto position = position_at(*all->workspace, *moment);
        if (!position) return session.fail(position.error()), nullptr;
        all->as_of.known = *position;
    }
    auto directory = read_organisation(*all->workspace);
    if (!directory) return session.fail(directory.error()), nullptr;
    all->directory = std::move(*directory);
    auto teams = read_teams(*all->workspace);
    if (!teams) return session.fail(teams.error()), nullptr;
    all->teams = std::move(*teams);
    auto names = read_organisation_names(*all->workspace);
    if (!names) return session.fail(names.error()), nullptr;
    all->names = std::move(*names);
    return all;
}

// Errors: those of the identifiers.
Result<boost::json::object> view_of(const Organisation& all, const organisation::Holder& holder) {
    const auto person = all.person_text(holder.person);
    if (!person) return person.error();
    return boost::json::object{{"person", *person},
                               {"post", holder.post},
                               {"kind", holder.kind},
                               {"position", holder.position.value}};
}

Result<boost::json::array> people_view(const Organisation& all,
                                       const std::vector<PersonId>& people) {
    boost::json::array view;
    for (const auto person : people) {
        const auto text = all.person_text(person);
        if (!text) return text.error();
        view.emplace_back(*text);
    }
    return view;
}

Result<boost::json::object> person_view(const Organisation& all, PersonId person) {
    const auto& directory = all.directory;
    boost::json::object view{{"person", ""},
                             {"on", to_text(all.as_of.on)},
                             {"post", directory.post_of(person, all.as_of)},
                             {"unit", directory.unit_of(person, all.as_of)},
                             {"away", directory.away(person, all.as_of)},
                             {"superior", nullptr},
                             {"superiors_superior", nullptr}};
    const auto text = all.person_text(person);
    if (!text) return text.error();
    view["person"] = *text;
    const auto* workflow = runtime::find_workflow(all.workspace->workflows(), "organisation");
    const auto facts_of = [&](const StreamId& stream) {
        return runtime::read_state(all.workspace->events(), *workflow, stream, all.known_or_all());
    };
    const auto own = facts_of(organisation::stream_of_person(person));
    if (!own) return own.error();
    view["employed_as"] = organisation::status_on(
        *static_cast<const organisation::Facts*>((*own)->value()), all.as_of.on);
    boost::json::array teams;
    for (const auto& team : all.teams.teams_of(person, all.as_of)) {
        const auto lead = all.teams.lead_of(team, all.as_of);
        const auto name = lead ? all.person_text(*lead) : Result<std::string>(std::string());
        if (!name) return name.error();
        teams.push_back(boost::json::object{{"team", team}, {"lead", *name}});
    }
    view["teams"] = std::move(teams);
    boost::json::array competencies;
    const auto& held = view.at("post").as_string();
    if (!held.empty()) {
        const auto post = facts_of(organisation::stream_of_post({held.data(), held.size()}));
        if (!post) return post.error();
        const auto& facts = *static_cast<const organisation::Facts*>((*post)->value());
        facts.for_each<organisation::PostPlaced>([&](const organisation::PostPlaced& placed) {
            if (!organisation::holds_on(placed.from, "", all.as_of.on)) return;
            competencies.clear();
            for (const auto& each : placed.competencies) {
                competencies.push_back(
                    boost::json::object{{"competency", each.competency}, {"level", each.level}});
            }
        });
    }
    view["required_competencies"] = std::move(competencies);
    if (const auto superior = directory.superior_of(person, all.as_of)) {
        auto shown = view_of(all, *superior);
        if (!shown) return shown.error();
        view["superior"] = std::move(*shown);
        if (const auto above = directory.superior_of(*superior, all.as_of)) {
            shown = view_of(all, *above);
            if (!shown) return shown.error();
            view["superiors_superior"] = std::move(*shown);
        }
    }
    for (const auto& [name, people] :
         {std::pair{"peers", directory.peers_of(person, all.as_of)},
          {"subordinates", directory.subordinates_of(person, all.as_of)}}) {
        auto shown = people_view(all, people);
        if (!shown) return shown.error();
        view[name] = std::move(*shown);
    }
    return view;
}

std::string listed(const boost::json::value& people) {
    std::string out;
    for (const auto& person : people.as_array())
        out += (out.empty() ? "" : ", ") + std::string(person.as_string());
    return out.empty() ? "-" : out;
}

// "imunisasi (nip:…), posyandu (nip:…)".
std::string named(const boost::json::value& all, const char* name, const char* detail) {
    std::string out;
    for (const auto& each : all.as_array()) {
        out += (out.empty() ? "" : ", ") + std::string(each.at(name).as_string()) + " (" +
               std::string(each.at(detail).as_string()) + ")";
    }
    return out.empty() ? "-" : out;
}

void print_person(const Organisation& all, const boost::json::object& view) {
    const auto holder = [&](const boost::json::value& value) -> std::string {
        if (value.is_null()) return "- (the records name nobody)";
        return std::string(value.at("person").as_string()) + ", " +
               std::string(value.at("kind").as_string()) + ", " +
               all.post_text(std::string(value.at("post").as_string())) +
               ", recorded at position " + std::to_string(value.at("position").to_number<int>());
    };
    const auto text = [&](const char* name) { return std::string(view.at(name).as_string()); };
    const auto dash = [](const std::string& word) { return word.empty() ? "-" : word; };
    print_table(
        {{"person", text("person")},
         {"on", text("on")},
         {"post (jabatan)", dash(all.post_text(text("post")))},
         {"unit (unit kerja)", dash(all.unit_text(text("unit")))},
         {"employed as", dash(text("employed_as"))},
         {"teams", named(view.at("teams"), "team", "lead")},
         {"required competencies", named(view.at("required_competencies"), "competency", "level")},
         {"away", dash(text("away"))},
         {"superior (atasan)", holder(view.at("superior"))},
         {"superior's superior", holder(view.at("superiors_superior"))},
         {"peers (rekan)", listed(view.at("peers"))},
         {"subordinates (bawahan)", listed(view.at("subordinates"))}});
}

void run_org_show(Session& session, const OrgFlags& flags) {
    const auto all = read_all(session, flags);
    if (!all) return;
    const auto person = all->workspace->people().find(flags.about);
    if (!person) return session.fail(person.error());
    if (!*person) {
        return session.fail(
            error(ErrorCode::not_found, "nobody is known as \"" + flags.about + "\" in this log"));
    }
    const auto view = person_view(*all, **person);
    if (!view) return session.fail(view.error());
    session.json ? print_json(*view) : print_person(*all, *view);
}

// The unit, who leads it, and what is below it; false after session.fail().
bool print_branch(Session& session, const Organisation& all, const std::string& unit,
                  std::size_t depth, std::set<std::string>& shown) {
    if (!shown.insert(unit).second) return true;
    const auto head = all.directory.head_of(unit, all.as_of);
    std::string who = "nobody leads it";
    if (head) {
        const auto person = all.person_text(head->person);
        if (!person) return session.fail(person.error()), false;
        who = *person + " (" + head->kind + ")";
    }
    if (session.json) {
        print_json(boost::json::object{{"unit", unit},
                                       {"depth", depth},
                                       {"head", head ? boost::json::value(who) : nullptr},
                                       {"posts", all.directory.posts_in(unit, all.as_of).size()}});
    } else {
        std::cout << std::string(depth * 2, ' ') << all.unit_text(unit) << ": " << who << '\n';
    }
    for (const auto& below : all.directory.units_below(unit, all.as_of)) {
        if (!print_branch(session, all, below, depth + 1, shown)) return false;
    }
    return true;
}

void run_org_tree(Session& session, const OrgFlags& flags) {
    const auto all = read_all(session, flags);
    if (!all) return;
    std::set<std::string> shown;
    if (!flags.unit.empty() && all->directory.chain_of(flags.unit, all->as_of).empty()) {
        return session.fail(error(ErrorCode::not_found, "there is no unit \"" + flags.unit +
                                                            "\" on " + to_text(all->as_of.on) +
                                                            "; `jejak org tree` shows all"));
    }
    if (!flags.unit.empty()) {
        print_branch(session, *all, flags.unit, 0, shown);
        return;
    }
    for (const auto& unit : all->directory.units()) {
        if (all->directory.chain_of(unit, all->as_of).size() != 1) continue;  // not a top
        if (!print_branch(session, *all, unit, 0, shown)) return;
    }
    if (shown.empty() && !session.json) {
        std::cout << "no unit is on record for that day; `jejak commands place_unit` shows how one "
                     "is placed\n";
    }
}

// What is wrong with the records on a day: who would be appraised by nobody, or by two.
void run_org_check(Session& session, const OrgFlags& flags) {
    const auto all = read_all(session, flags);
    if (!all) return;
    std::vector<std::pair<std::string, std::string>> found;
    std::size_t units = 0;
    for (const auto& unit : all->directory.units()) {
        const auto chain = all->directory.chain_of(unit, all->as_of);
        if (chain.empty()) continue;
        ++units;
        const auto below = all->directory.units_below(unit, all->as_of);
        if (std::find(below.begin(), below.end(), chain.back()) != below.end()) {
            found.emplace_back(unit, "stands in a circle with " + chain.back() +
                                         "; correct the parent of one of them");
        }
        if (!all->directory.head_of(unit, all->as_of)) {
            found.emplace_back(unit, "nobody leads it; record who holds its head post, or a Plt");
        }
        for (const auto& post : all->directory.posts_in(unit, all->as_of)) {
            std::vector<std::string> definitive;
            for (const auto& holder : all->directory.holders_in(post, all->as_of)) {
                if (holder.kind != "definitive") continue;
                const auto person = all->person_text(holder.person);
                if (!person) return session.fail(person.error());
                definitive.push_back(*person);
            }
            const auto head = all->directory.head_of(unit, all->as_of);
            if (definitive.size() > 1 && head && head->post == post) {
                found.emplace_back(unit, "its head post " + post + " is held by " + definitive[0] +
                                             " and " + definitive[1] + " at once; end one of them");
            }
        }
    }
    for (const auto& [unit, fault] : found) {
        session.json ? print_json(boost::json::object{{"unit", unit}, {"fault", fault}})
                     : void(std::cout << unit << ": " << fault << '\n');
    }
    if (!found.empty()) session.exit_code = exit_refused;
    if (!found.empty() || session.json) return;
    if (units == 0) {
        std::cout
            << "no unit is on record for " << to_text(all->as_of.on)
            << ", so there is nothing to check; `jejak org import --help` and `jejak commands`"
               " show how units come in\n";
    } else {
        std::cout << "all " << units << " units of " << to_text(all->as_of.on)
                  << " are led by one person each\n";
    }
}

// Is the fact about this unit, post or person?
bool is_about(const organisation::Event& event, std::string_view stream, const std::string& about,
              const std::optional<PersonId>& person) {
    if (stream == "organisation/unit:" + about || stream == "organisation/post:" + about) {
        return true;
    }
    if (!person) return false;
    if (stream == "organisation/person:" + to_hex(*person)) return true;
    const auto* held = std::get_if<organisation::PostHeld>(&event);
    return held != nullptr && held->person == *person;
}

void run_org_history(Session& session, const OrgFlags& flags) {
    const auto all = read_all(session, flags);
    if (!all) return;
    std::optional<PersonId> person;
    if (flags.about.find(':') != std::string::npos) {
        const auto found = all->workspace->people().find(flags.about);
        if (!found) return session.fail(found.error());
        person = *found;
    }
    const auto positions = positions_of_facts(
        *all->workspace, all->as_of.known, [&](const organisation::Event& event, auto stream) {
            return is_about(event, stream, flags.about, person);
        });
    if (!positions) return session.fail(positions.error());
    for (const auto position : *positions) {
        const auto bytes = all->workspace->events().read(position);
        if (!bytes) return session.fail(bytes.error());
        const auto view =
            json::view_record(**bytes, all->workspace->opener(), all->workspace->identifiers(), {});
        if (!view) return session.fail(view.error());
        if (session.json) {
            print_json(*view);
            continue;
        }
        std::cout << view->at("position").to_number<std::uint64_t>() << "  v"
                  << view->at("version").to_number<std::uint64_t>() << "  "
                  << std::string(view->at("recorded_at").as_string()) << "  "
                  << std::string(view->at("event").as_string()) << "\n    "
                  << boost::json::serialize(view->at("data")) << '\n';
    }
    if (positions->empty()) {
        session.fail(error(ErrorCode::not_found,
                           "the organisation's records say nothing of \"" + flags.about + "\""));
    }
}

}  // namespace

void add_org(CLI::App& app, Session& session) {
    auto* command =
        app.add_subcommand("org", "The organisation: who works where under whom, on any day");
    command->require_subcommand(1);
    auto flags = std::make_shared<OrgFlags>();
    const auto add = [&](const char* name, const char* words, const char* example,
                         void (*run)(Session&, const OrgFlags&)) {
        auto* sub = command->add_subcommand(name, words);
        sub->footer(std::string("Example: jejak org ") + example);
        sub->add_option("--on", flags->on, "The day: 2025-06-30 (default: today)");
        sub->add_option("--as-of", flags->as_of,
                        "With what was known then: 2025-03-01T08:00:00+07:00");
        sub->callback([flags, run, &session] { run(session, *flags); });
        return sub;
    };
    add("show", "One person: post, unit, superior, peers, subordinates",
        "show nip:198501012010011001 --on 2025-06-30", run_org_show)
        ->add_option("person", flags->about, "namespace:identifier")
        ->required();
    add("tree", "Units and who leads them", "tree --on 2025-06-30", run_org_tree)
        ->add_option("--unit", flags->unit, "Only this one and what is below it");
    add("check", "What is missing or doubled in the records", "check --on 2025-06-30",
        run_org_check);
    add("history", "Every fact about a person, a unit or a post", "history nip:198501012010011001",
        run_org_history)
        ->add_option("about", flags->about, "namespace:identifier, or a unit or post")
        ->required();
    add_org_impact(*command, session);
    add_org_completeness(*command, session);
    add_org_reassign(*command, session);
    add_org_segments(*command, session);
    add_org_import(*command, session);
}

}  // namespace jejak::tools
