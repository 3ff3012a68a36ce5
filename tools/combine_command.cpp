#include <algorithm>
#include <iostream>
#include <unordered_map>

#include "engine/record/sealing.hpp"
#include "tools/bulk.hpp"
#include "tools/commands.hpp"
#include "tools/history.hpp"
#include "tools/organisation.hpp"
#include "tools/publish.hpp"
#include "tools/terminal_request.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/roles.hpp"

// An appraisal of a whole period takes over the scores of its parts: quarters, or the stretches
// before and after a transfer. How they make up one score, its policy says.
namespace jejak::tools {
namespace {

using appraisal::Phase;

struct CombineFlags {
    std::string token, period, kind = "annual", criterion, actor;
    bool incomplete = false, dry_run = false;
};

// A part of the period: an appraisal of the same person.
struct Part {
    appraisal::BoardLine line;
    scoring::Period period;
    std::string state;  // final, carried, short, open
};

// One appraisal, its parts, and the months of which nobody knows anything.
struct Whole {
    std::string token, criterion;
    std::vector<Part> parts;
    std::vector<std::string> missing;  // "2026-04"
    [[nodiscard]] bool is_complete() const {
        return missing.empty() && std::none_of(parts.begin(), parts.end(), [](const Part& part) {
                   return part.state == "open";
               });
    }
};

class Combining {
  public:
    Combining(Workspace& workspace, const organisation::Directory& directory,
              const CombineFlags& flags)
        : workspace_(workspace), directory_(directory), flags_(flags) {}

    [[nodiscard]] Result<void> read_lines() {
        return appraisal::list_lines(workspace_.reads(), {}, [&](const auto& line) {
            if (line.phase != Phase::cancelled) by_subject_[to_hex(line.subject)].push_back(line);
            return true;
        });
    }

    // The appraisals that are asked for and that are still open.
    [[nodiscard]] std::vector<appraisal::BoardLine> asked() const {
        std::vector<appraisal::BoardLine> found;
        for (const auto& [subject, lines] : by_subject_) {
            for (const auto& line : lines) {
                const bool is_named = !flags_.token.empty() && line.token == flags_.token;
                const bool is_meant = flags_.token.empty() && line.period == flags_.period &&
                                      line.kind == flags_.kind && line.phase != Phase::finalised &&
                                      line.phase != Phase::disputed;
                if (is_named || is_meant) found.push_back(line);
            }
        }
        std::sort(found.begin(), found.end(),
                  [](const auto& a, const auto& b) { return a.token < b.token; });
        return found;
    }

    // Errors: invalid_input, where the policy makes no score of parts.
    [[nodiscard]] Result<Whole> whole_of(const appraisal::BoardLine& line) {
        const auto policy = published_policy(workspace_, line.policy);
        if (!policy) return policy.error();
        const auto state = read_appraisal(workspace_, line.token, {});
        if (!state) return state.error();
        Whole whole{line.token, "", {}, {}};
        const auto* rule = rule_of(**policy, whole.criterion);
        const auto period = scoring::parse_period(line.period);
        if (rule == nullptr || !period) {
            return error(ErrorCode::invalid_input,
                         "policy " + line.policy + " makes no score of the parts of " +
                             line.period +
                             "; one whose carried source has \"parts\" does, such "
                             "as annual-by-months");
        }
        if (!flags_.criterion.empty()) whole.criterion = flags_.criterion;
        add_parts(line, *state, *period, *rule, whole);
        add_missing(line.subject, *period, whole);
        return whole;
    }

  private:
    [[nodiscard]] static const scoring::Parts* rule_of(const scoring::Policy& policy,
                                                       std::string& criterion) {
        for (std::uint32_t s = 0; s < policy.sources.size(); ++s) {
            if (!policy.sources[s].parts) continue;
            for (std::uint32_t c = 0; c < policy.criteria.size() && criterion.empty(); ++c) {
                if (scoring::speaks_to(policy, {}, s, c)) criterion = policy.criteria[c].id;
            }
            return &*policy.sources[s].parts;
        }
        return nullptr;
    }

    void add_parts(const appraisal::BoardLine& whole_line, const appraisal::Appraisal& state,
                   const scoring::Period& period, const scoring::Parts& rule, Whole& whole) const {
        const auto carried = state.carried.find(whole.criterion);
        for (const auto& line : by_subject_.at(to_hex(whole_line.subject))) {
            const auto days = scoring::parse_period(line.period);
            if (line.token == whole_line.token || !days || *days == period ||
                !scoring::lies_within(*days, period)) {
                continue;
            }
            Part part{line, *days, "open"};
            if (line.phase == Phase::finalised && line.result) part.state = "final";
            if (carried != state.carried.end()) {
                for (const auto& before : carried->second) {
                    const bool same = before.appraisal == line.token && line.result &&
                                      before.score == line.result->score;
                    if (same && part.state == "final") part.state = "carried";
                }
            }
            if (scoring::full_months_of(*days) < rule.minimum_months) part.state = "short";
            whole.parts.push_back(std::move(part));
        }
        std::sort(whole.parts.begin(), whole.parts.end(),
                  [](const Part& a, const Part& b) { return a.period.from < b.period.from; });
    }

    // A month is that of whoever was there on its 15th day; away, or before she held a post, she is
    // exempt.
    void add_missing(PersonId subject, const scoring::Period& period, Whole& whole) const {
        for (auto year = std::stoi(period.from.substr(0, 4));
             year <= std::stoi(period.until.substr(0, 4)); ++year) {
            for (int month = 1; month <= 12; ++month) {
                const std::string name =
                    std::to_string(year) + (month < 10 ? "-0" : "-") + std::to_string(month);
                const std::string middle = name + "-15";
                if (middle < period.from || middle > period.until) continue;
                const auto holds = [&](const Part& part) {
                    return part.period.from <= middle && middle <= part.period.until;
                };
                if (std::any_of(whole.parts.begin(), whole.parts.end(), holds)) continue;
                const organisation::AsOf as_of{*organisation::parse_day(middle)};
                const bool known = !directory_.post_of(subject, as_of).empty();
                if (known && directory_.away(subject, as_of).empty()) {
                    whole.missing.push_back(name);
                }
            }
        }
    }

    Workspace& workspace_;
    const organisation::Directory& directory_;
    const CombineFlags& flags_;
    std::unordered_map<std::string, std::vector<appraisal::BoardLine>> by_subject_;
};

std::string joined_months(const std::vector<std::string>& months) {
    std::string text;
    for (const auto& month : months)
        text += (text.empty() ? "" : ", ") + month;
    return text;
}

void print_whole(const Session& session, const Whole& whole) {
    boost::json::array parts;
    std::vector<std::vector<std::string>> table = {{"PART", "PERIOD", "MONTHS", "SCORE", ""}};
    for (const auto& part : whole.parts) {
        const auto months = scoring::full_months_of(part.period);
        const std::string score = part.line.result ? part.line.result->score : "-";
        parts.push_back(boost::json::object{{"appraisal", part.line.token},
                                            {"period", part.line.period},
                                            {"months", months},
                                            {"score", score},
                                            {"state", part.state}});
        table.push_back(
            {part.line.token, part.line.period, std::to_string(months), score, part.state});
    }
    if (session.json) {
        return print_json(boost::json::object{{"appraisal", whole.token},
                                              {"criterion", whole.criterion},
                                              {"complete", whole.is_complete()},
                                              {"parts", std::move(parts)},
                                              {"missing", joined_months(whole.missing)}});
    }
    std::cout << whole.token << '\n';
    print_table(table);
    if (!whole.missing.empty()) {
        std::cout << "no part says anything of " << joined_months(whole.missing)
                  << "; open one (jejak open --segments), or combine all the same with "
                     "--incomplete\n";
    }
}

// Carries what is final and new. Command ids follow from what is carried: again adds nothing.
Result<void> carry(Workspace& workspace, const Whole& whole, PersonId actor, Bulk& bulk) {
    for (const auto& part : whole.parts) {
        if (part.state != "final") continue;
        const auto digest =
            record::keyed_digest(workspace.people().keyring().log_secret(), "combine",
                                 whole.token + '\n' + whole.criterion + '\n' + part.line.token +
                                     '\n' + std::to_string(part.line.version));
        const auto id =
            id_after_refusals(workspace.events(), "combine-" + to_hex(digest.data(), 12));
        if (!id) return id.error();
        auto request = terminal_request(
            *StreamId::make("appraisal", whole.token),
            appraisal::Command(appraisal::CarryScore{whole.criterion, part.line.token}), *id, actor,
            roles::administrator);
        if (!bulk.submit(std::move(request))) break;
    }
    return {};
}

void run_combine(Session& session, const CombineFlags& flags) {
    if (flags.token.empty() == flags.period.empty()) {
        return session.fail(error(ErrorCode::invalid_input,
                                  "name one appraisal, or --period for all of that period"));
    }
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace || !session.check(workspace->catch_up())) return;
    const auto directory = read_organisation(*workspace);
    if (!directory) return session.fail(directory.error());
    Combining combining(*workspace, *directory, flags);
    if (!session.check(combining.read_lines())) return;
    const auto asked = combining.asked();
    if (asked.empty()) {
        return session.fail(error(ErrorCode::not_found,
                                  "no such appraisal is open; `jejak list` "
                                  "shows all"));
    }
    const auto actor = workspace->people().identify(flags.actor, "cli");
    if (!actor) return session.fail(actor.error());
    Bulk bulk(workspace->writer());
    for (const auto& line : asked) {
        const auto whole = combining.whole_of(line);
        if (!whole) return session.fail(whole.error());
        print_whole(session, *whole);
        if (!whole->is_complete() && !flags.incomplete) {
            session.exit_code = exit_refused;
        } else if (!flags.dry_run) {
            if (auto carried = carry(*workspace, *whole, *actor, bulk); !session.check(carried)) {
                return;
            }
        }
    }
    const Tally tally = bulk.wait();
    if (tally.fatal) return session.fail(*tally.fatal);
    if (!session.check(workspace->finish())) return;
    if (tally.refused_count() != 0) session.exit_code = exit_refused;
    if (session.json) return;
    std::cout << tally.accepted << " scores carried in, " << tally.refused_count() << " refused\n";
    for (const auto& [rule, count] : tally.refused)
        std::cout << "  " << rule << ": " << count << '\n';
}

}  // namespace

void add_combine(CLI::App& app, Session& session) {
    auto flags = std::make_shared<CombineFlags>();
    auto* command = app.add_subcommand(
        "combine", "Take the scores of the parts of a period over into the appraisal of all of it");
    command->footer(
        "Example: jejak combine --period 2026 --as nip:198811112012122005\n"
        "The policy of the whole says how: last, mean, by months or by days (annual-by-months).");
    command->add_option("id", flags->token, "One appraisal");
    command->add_option("--period", flags->period, "All that are open for this period");
    command->add_option("--kind", flags->kind, "Of this kind (default annual)");
    command->add_option("--criterion", flags->criterion,
                        "That takes the scores (default: the first that the policy carries)");
    command->add_option("--as", flags->actor, "The administrator who does it")->required();
    command->add_flag("--incomplete", flags->incomplete,
                      "Although parts are open or months are missing");
    command->add_flag("--dry-run", flags->dry_run, "List the parts, change nothing");
    command->callback([flags, &session] { run_combine(session, *flags); });
}

}  // namespace jejak::tools
