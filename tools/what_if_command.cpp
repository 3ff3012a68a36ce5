#include <algorithm>
#include <iostream>

#include "adapters/json/described.hpp"
#include "tools/commands.hpp"
#include "tools/comparison.hpp"
#include "tools/history.hpp"
#include "tools/point.hpp"
#include "tools/publish.hpp"
#include "tools/reader.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/appraisal/what_if.hpp"
#include "workflows/scoring/lines.hpp"
#include "workflows/scoring/numerals.hpp"

// What a score would be with other inputs or other rules. Nothing is written.
namespace jejak::tools {
namespace {

using scoring::Language;

struct WhatIfFlags {
    Point point;
    ReaderFlags reader;
    std::string policy, unit, period, language = "id";
    Changes changes;
    bool leave_one_out = false;
};

std::string answer_text(const appraisal::Explanation& explanation) {
    if (const auto* missing = std::get_if<scoring::Missing>(&explanation.answer)) {
        return "no score: " + missing->text();
    }
    const auto& outcome = std::get<scoring::Outcome>(explanation.answer);
    return (outcome.score_text.empty() ? "-" : outcome.score_text) +
           (outcome.predicate.empty() ? "" : ", " + outcome.predicate);
}

// The lines of a derivation as a person reads them.
std::vector<std::string> tree_lines(const appraisal::Explanation& explanation,
                                    const scoring::Policy& policy, Language language) {
    const scoring::NameEvent name = [](std::uint32_t version) {
        return "v" + std::to_string(version);
    };
    const auto* missing = std::get_if<scoring::Missing>(&explanation.answer);
    const auto lines =
        missing != nullptr
            ? scoring::to_lines(*missing, policy, language, name)
            : scoring::to_lines(std::get<scoring::Outcome>(explanation.answer).derivation, policy,
                                language, name);
    std::vector<std::string> text;
    for (const auto& each : lines)
        text.push_back(std::string(std::size_t{each.depth} * 2, ' ') + each.text);
    return text;
}

// Both derivations, one under the other where they agree, marked where they differ.
void print_side_by_side(const appraisal::Comparison& comparison, const Rules& rules,
                        Language language) {
    const auto before = tree_lines(comparison.before, *rules.pinned, language);
    const auto after = tree_lines(comparison.after, *rules.other, language);
    std::size_t b = 0;
    for (const auto& line : after) {
        const auto same =
            std::find(before.begin() + static_cast<std::ptrdiff_t>(b), before.end(), line);
        if (same == before.end()) {
            std::cout << "+ " << line << '\n';
            continue;
        }
        for (; before.begin() + static_cast<std::ptrdiff_t>(b) != same; ++b)
            std::cout << "- " << before[b] << '\n';
        std::cout << "  " << line << '\n';
        ++b;
    }
    for (; b < before.size(); ++b)
        std::cout << "- " << before[b] << '\n';
}

void print_comparison(const Session& session, const std::string& token,
                      const appraisal::Comparison& comparison, const Rules& rules,
                      Language language) {
    if (session.json) return print_json(comparison_json(token, comparison));
    const bool indonesian = language == Language::id;
    print_side_by_side(comparison, rules, language);
    std::cout << '\n'
              << (indonesian ? "semula:    " : "before:     ") << answer_text(comparison.before)
              << '\n'
              << (indonesian ? "andaikan:  " : "what if:    ") << answer_text(comparison.after)
              << '\n';
    if (comparison.difference) {
        std::cout << (indonesian ? "selisih:   " : "difference: ")
                  << scoring::numeral(comparison.difference->compact(), language) << '\n';
    }
    if (comparison.effects.size() > 1) {
        std::vector<std::vector<std::string>> table = {{indonesian ? "PERUBAHAN" : "CHANGE",
                                                        indonesian ? "SENDIRI" : "ALONE",
                                                        indonesian ? "BAGIAN SELISIH" : "SHARE"}};
        for (const auto& effect : comparison.effects) {
            table.push_back({effect.change, score_text(effect.alone),
                             effect.share ? effect.share->compact() : "-"});
        }
        print_table(table);
    }
    std::cout << (comparison.predicate_changes()
                      ? (indonesian ? "predikatnya berubah" : "the predicate changes")
                      : (indonesian ? "predikatnya tetap" : "the predicate stays"))
              << (indonesian ? "; tidak ada yang dicatat\n" : "; nothing was recorded\n");
}

void print_left_out(const Session& session, const appraisal::Appraisal& state,
                    const scoring::Policy& policy) {
    std::vector<std::vector<std::string>> table = {
        {"RATER", "SOURCE", "SCORE WITHOUT", "EFFECT", ""}};
    for (const auto& each : left_out_json(state, policy)) {
        if (session.json) {
            print_json(each);
            continue;
        }
        const auto text = [&](const char* name) { return std::string(each.at(name).as_string()); };
        table.push_back({text("rater").substr(0, 12), text("source"), text("score"), text("effect"),
                         each.at("predicate_changes").as_bool() ? "predicate changes" : ""});
    }
    if (!session.json) print_table(table);
}

void what_if_one(Session& session, const WhatIfFlags& flags) {
    const auto until = until_of(flags.point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return;
    const auto reading = Reading::of(*workspace, flags.reader, flags.point.token);
    if (!reading) return session.fail(reading.error());
    const auto state = reading->derived(*workspace, *until);
    if (!state) return session.fail(state.error());
    const auto rules = rules_of(*workspace, *state, flags.policy, true);
    if (!rules) return session.fail(rules.error());
    if (flags.leave_one_out && !reading->to().single_raters) {
        return session.fail(error(ErrorCode::invalid_input,
                                  "the score without each rater is for whoever decides an open "
                                  "objection and for auditors; the difference tells what a rater "
                                  "gave (UU 27/2022 Pasal 33)"));
    }
    if (flags.leave_one_out) return print_left_out(session, *state, *rules->other);
    const auto changes = changes_of(flags.changes, *rules->pinned);
    if (!changes) return session.fail(changes.error());
    const auto comparison = appraisal::compare(*state, *rules->pinned, *rules->other, *changes);
    if (!comparison) return session.fail(comparison.error());
    print_comparison(session, flags.point.token, *comparison, *rules,
                     flags.language == "id" ? Language::id : Language::en);
}

// Everybody of a unit and a period: one line each, what changes and what does not.
void what_if_unit(Session& session, const WhatIfFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up(appraisal::scoreboard_model))) return;
    appraisal::BoardFilter filter;
    filter.unit = flags.unit;
    filter.period = flags.period;
    std::vector<std::string> tokens;
    const auto listed = appraisal::list_lines(workspace->reads(), filter, [&](const auto& line) {
        if (line.phase != appraisal::Phase::cancelled) tokens.push_back(line.token);
        return true;
    });
    if (!session.check(listed)) return;
    std::vector<std::vector<std::string>> table = {
        {"APPRAISAL", "BEFORE", "WHAT IF", "DIFFERENCE", ""}};
    std::uint64_t changed = 0;
    for (const auto& token : tokens) {
        const auto reading = Reading::of(*workspace, flags.reader, token);
        if (!reading && reading.error().code == ErrorCode::not_found) continue;
        if (!reading) return session.fail(reading.error());
        const auto state = reading->derived(*workspace, {});
        if (!state && state.error().code == ErrorCode::not_found) continue;
        if (!state) return session.fail(state.error());
        const auto rules = rules_of(*workspace, *state, flags.policy, true);
        if (!rules) return session.fail(rules.error());
        const auto changes = changes_of(flags.changes, *rules->pinned);
        if (!changes) return session.fail(changes.error());
        const auto comparison = appraisal::compare(*state, *rules->pinned, *rules->other, *changes);
        if (!comparison) {
            table.push_back({token, "-", "-", "-", comparison.error().message});
            if (session.json) {
                print_json(boost::json::object{{"appraisal", token},
                                               {"error", comparison.error().message}});
            }
            continue;
        }
        changed += comparison->predicate_changes() ? 1 : 0;
        if (session.json) {
            print_comparison(session, token, *comparison, *rules, Language::en);
            continue;
        }
        table.push_back({token, answer_text(comparison->before), answer_text(comparison->after),
                         comparison->difference ? comparison->difference->compact() : "-",
                         comparison->predicate_changes() ? "predicate changes" : ""});
    }
    if (session.json) return;
    print_table(table);
    std::cout << tokens.size() << " appraisals, " << changed
              << " predicates change; nothing was recorded\n";
}

void run_what_if(Session& session, const WhatIfFlags& flags) {
    const bool is_many = !flags.unit.empty() || !flags.period.empty();
    if (flags.point.token.empty() != is_many) {
        return session.fail(
            error(ErrorCode::invalid_input, "name one appraisal, or --unit and --period for many"));
    }
    is_many ? what_if_unit(session, flags) : what_if_one(session, flags);
}

}  // namespace

void add_what_if(CLI::App& app, Session& session) {
    auto flags = std::make_shared<WhatIfFlags>();
    auto* command = app.add_subcommand(
        "what-if", "What the score would be with other inputs or rules; nothing is recorded");
    command->footer(
        "Example: jejak what-if sofifi-2025-001 --without peer --set teknis_hasil=5\n"
        "--set takes CRITERION=VALUE (the supervisor's), CRITERION@EVENT=VALUE (the value that "
        "this event gave) or ITEM:realisasi=VALUE. Several changes: their shares add up to the "
        "difference.");
    add_point(*command, flags->point, false);
    add_reader(*command, flags->reader);
    command->add_option("--policy", flags->policy, "Under these rules: an id or a file");
    command->add_option("--without", flags->changes.without,
                        "A source of the policy, or a rater's handle");
    command->add_option("--set", flags->changes.settings, "CRITERION=VALUE");
    command->add_option("--unit", flags->unit, "All appraisals of this unit");
    command->add_option("--period", flags->period, "All appraisals of this period");
    command->add_flag(
        "--leave-one-out", flags->leave_one_out,
        "The score without each rater in turn; for those who decide and for auditors");
    command->add_option("--lang", flags->language, "id (default) or en")
        ->check(CLI::IsMember({"id", "en"}));
    command->callback([flags, &session] { run_what_if(session, *flags); });
}

}  // namespace jejak::tools
