#include <iostream>
#include <map>
#include <set>

#include "engine/runtime/state_cache.hpp"
#include "tools/commands.hpp"
#include "tools/history.hpp"
#include "tools/terminal_request.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/scoring/roles.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

// What a unit has moved, month by month, and whose results claim to have moved it; and how results
// serve those of the superior (penyelarasan, cascading).
namespace jejak::tools {
namespace {

struct SeriesFlags {
    std::string indicator, unit, period, value, document, actor;
};

// One item of somebody's plan.
struct Claim {
    std::string name;  // "<appraisal>/<item>", as others support it
    std::string unit;
    appraisal::PlanItem item;
    std::string realisation;  // "-": none yet
};

// Every item of the plans of a period ("": of all), those of cancelled appraisals left out.
Result<std::vector<Claim>> claims_of(Workspace& workspace, const std::string& period) {
    std::vector<std::string> tokens;
    appraisal::BoardFilter filter;
    filter.period = period;
    const auto listed = appraisal::list_lines(workspace.reads(), filter, [&](const auto& line) {
        if (line.phase != appraisal::Phase::cancelled) tokens.push_back(line.token);
        return true;
    });
    if (!listed) return listed.error();
    std::vector<Claim> claims;
    for (const auto& token : tokens) {
        const auto state = read_appraisal(workspace, token, {});
        if (!state) return state.error();
        for (const auto& item : state->plan) {
            const auto realised = state->realisations.find(item.item);
            std::string name = token;
            name += "/";
            name += item.item;
            claims.push_back({std::move(name), state->unit, item,
                              realised == state->realisations.end() ? "-" : realised->second});
        }
    }
    return claims;
}

void record_value(Session& session, const SeriesFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    const auto person = workspace->people().identify(flags.actor, "cli");
    if (!person) return session.fail(person.error());
    const unit_result::Command command(unit_result::RecordIndicator{
        flags.unit, flags.indicator, flags.period, flags.value, flags.document});
    const auto receipt = workspace->writer().execute(terminal_request(
        unit_result::stream_of(command), command, "indicator-", *person, roles::administrator));
    if (session.accepted(receipt) == nullptr || !session.check(workspace->finish())) return;
    if (!session.json) {
        std::cout << flags.unit << ", " << flags.indicator << ", " << flags.period
                  << ": recorded at position " << receipt->first.value << '\n';
    }
}

void show_series(Session& session, const SeriesFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up(appraisal::scoreboard_model))) return;
    const auto* workflow = runtime::find_workflow(workspace->workflows(), "unit_result");
    const auto state =
        runtime::read_state(workspace->events(), *workflow,
                            unit_result::stream_of_indicator(flags.unit, flags.indicator));
    if (!state) return session.fail(state.error());
    const auto& series = static_cast<const unit_result::UnitResult*>((*state)->value())->series;
    if (series.empty()) {
        return session.fail(
            error(ErrorCode::not_found, "unit \"" + flags.unit + "\" has no indicator \"" +
                                            flags.indicator +
                                            "\"; record one with --period, --value and --as"));
    }
    const auto claims = claims_of(*workspace, flags.period);
    if (!claims) return session.fail(claims.error());
    boost::json::array values, claimed;
    std::vector<std::vector<std::string>> table = {{"PERIOD", "VALUE"}};
    for (const auto& [period, value] : series) {
        values.push_back(boost::json::object{{"period", period}, {"value", value}});
        table.push_back({period, value});
    }
    std::vector<std::vector<std::string>> results = {
        {"CLAIMED BY", "RESULT", "TARGET", "REALISED"}};
    for (const auto& claim : *claims) {
        if (claim.item.unit_indicator != flags.indicator || claim.unit != flags.unit) continue;
        claimed.push_back(boost::json::object{{"result", claim.name},
                                              {"target", claim.item.target.value_or("")},
                                              {"realisation", claim.realisation}});
        results.push_back(
            {claim.name, claim.item.result, claim.item.target.value_or("-"), claim.realisation});
    }
    if (session.json) {
        return print_json(boost::json::object{{"unit", flags.unit},
                                              {"indicator", flags.indicator},
                                              {"series", std::move(values)},
                                              {"claimed_by", std::move(claimed)}});
    }
    print_table(table);
    if (results.size() > 1) print_table(results);
}

void run_indicator(Session& session, const SeriesFlags& flags) {
    if (flags.value.empty()) return show_series(session, flags);
    if (flags.period.empty() || flags.actor.empty()) {
        return session.fail(
            error(ErrorCode::invalid_input, "--value needs --period 2026-03 and --as"));
    }
    record_value(session, flags);
}

// Results below the one that they serve; each stands once, also where links run in a circle.
class Cascade {
  public:
    explicit Cascade(const std::vector<Claim>& claims) : claims_(claims) {
        std::set<std::string> names;
        for (const auto& claim : claims)
            names.insert(claim.name);
        for (std::size_t i = 0; i < claims.size(); ++i) {
            const auto& above = claims[i].item.supports;
            if (names.contains(above))
                below_[above].push_back(i);
            else
                top_.push_back(i);
        }
    }

    template <class Visit>
    void visit(const Visit& visit) {
        for (const auto i : top_)
            descend(i, 0, visit);
        for (std::size_t i = 0; i < claims_.size(); ++i)
            descend(i, 0, visit);  // circles
    }

  private:
    template <class Visit>
    void descend(std::size_t i, std::size_t depth, const Visit& visit) {
        if (!seen_.insert(i).second) return;
        visit(claims_[i], depth);
        const auto found = below_.find(claims_[i].name);
        if (found == below_.end()) return;
        for (const auto below : found->second)
            descend(below, depth + 1, visit);
    }

    const std::vector<Claim>& claims_;
    std::map<std::string, std::vector<std::size_t>> below_;
    std::vector<std::size_t> top_;
    std::set<std::size_t> seen_;
};

void run_cascade(Session& session, const SeriesFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up(appraisal::scoreboard_model))) return;
    const auto claims = claims_of(*workspace, flags.period);
    if (!claims) return session.fail(claims.error());
    std::vector<std::vector<std::string>> table = {
        {"RESULT", "UNIT", "TARGET", "REALISED", "INDICATOR", ""}};
    Cascade(*claims).visit([&](const Claim& claim, std::size_t depth) {
        const bool is_lost = depth == 0 && !claim.item.supports.empty();
        if (session.json) {
            return print_json(boost::json::object{{"result", claim.name},
                                                  {"depth", depth},
                                                  {"unit", claim.unit},
                                                  {"supports", claim.item.supports},
                                                  {"supported_result_is_known", !is_lost},
                                                  {"target", claim.item.target.value_or("")},
                                                  {"realisation", claim.realisation},
                                                  {"indicator", claim.item.unit_indicator}});
        }
        const auto dash = [](const std::string& text) { return text.empty() ? "-" : text; };
        table.push_back(
            {std::string(2 * depth, ' ') + claim.name, claim.unit, claim.item.target.value_or("-"),
             claim.realisation, dash(claim.item.unit_indicator),
             is_lost ? "supports " + claim.item.supports + ", which is not there" : ""});
    });
    if (session.json) return;
    if (table.size() == 1) {
        std::cout << "no plan of " << flags.period << " has results\n";
    } else {
        print_table(table);
    }
}

}  // namespace

void add_unit_series(CLI::App& unit, Session& session) {
    auto flags = std::make_shared<SeriesFlags>();
    auto* indicator = unit.add_subcommand(
        "indicator", "A series of the unit, and the results that claim to move it");
    indicator->footer(
        "Example: jejak unit indicator cakupan_imunisasi --unit dinkes --period 2026-03 --value "
        "87.5 --as nip:198811112012122005\n"
        "Without --value it shows the series. A plan's result names it as \"unit_indicator\".");
    indicator->add_option("indicator", flags->indicator, "Its name")->required();
    indicator->add_option("--unit", flags->unit, "The unit")->required();
    indicator->add_option("--period", flags->period, "2026-03; when shown: whose plans");
    indicator->add_option("--value", flags->value, "Exact: 87.5");
    indicator->add_option("--document", flags->document, "SHA-256 of the report");
    indicator->add_option("--as", flags->actor, "The administrator who records it");
    indicator->callback([flags, &session] { run_indicator(session, *flags); });
    auto* cascade = unit.add_subcommand(
        "cascade", "How results of a period serve those of the superiors (cascading)");
    cascade->footer(
        "Example: jejak unit cascade --period 2026\n"
        "A plan's result names the one above as \"supports\": \"<appraisal>/<item>\".");
    cascade->add_option("--period", flags->period, "The period")->required();
    cascade->callback([flags, &session] { run_cascade(session, *flags); });
}

}  // namespace jejak::tools
