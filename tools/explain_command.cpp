#include <iostream>

#include "tools/commands.hpp"
#include "tools/dossiers.hpp"
#include "tools/explanation.hpp"
#include "tools/point.hpp"
#include "workflows/scoring/numerals.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/recommend.hpp"

// How a score came about, and what it suggests.
namespace jejak::tools {
namespace {

using scoring::Language;

// What a recommendation is made of.
struct Case {
    Explained explained;
    dossier::Dossier dossier;
};

// Null after session.fail().
std::unique_ptr<Case> read_case(Session& session, const Point& point) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error()), nullptr;
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return nullptr;
    auto explained = read_explanation(*workspace, point.token, *until, {});
    if (!explained) return session.fail(explained.error()), nullptr;
    auto dossier = read_dossier(*workspace, explained->state.subject, until->moment);
    if (!dossier) return session.fail(dossier.error()), nullptr;
    return std::make_unique<Case>(Case{std::move(*explained), std::move(*dossier)});
}

void print_explanation(const Explained& now, Language language) {
    const bool missing = std::holds_alternative<scoring::Missing>(now.explanation.answer);
    if (!missing && !now.explanation.recorded) {
        std::cout << (language == Language::id ? "Belum ditetapkan; dengan masukan sampai kini:"
                                               : "Not finalised; with the inputs so far:")
                  << '\n';
    }
    for (const auto& line : lines_of(now, language))
        std::cout << std::string(std::size_t{line.depth} * 2, ' ') << line.text << '\n';
}

void run_explain(Session& session, const Point& point, const ReaderFlags& reader,
                 const std::string& language) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return;
    const auto now = read_explanation(*workspace, point.token, *until, reader);
    if (!now) return session.fail(now.error());
    if (session.json) return print_json(explanation_json(point.token, *now));
    print_explanation(*now, language == "id" ? Language::id : Language::en);
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
}

void print_recommended(Session& session, const scoring::Recommended& each, Language language) {
    const auto& rule = *each.rule;
    if (session.json) {
        boost::json::array because;
        for (const auto& word : each.because)
            because.emplace_back(word);
        return print_json(boost::json::object{
            {"recommendation", rule.id},
            {"kind", scoring::name_of(rule.kind)},
            {"text", boost::json::object{{"id", rule.text.id}, {"en", rule.text.en}}},
            {"because", std::move(because)},
            {"source", rule.source ? rule.source->text : ""}});
    }
    std::cout << scoring::name_of(rule.kind) << ": " << rule.text.in(language) << '\n'
              << "    " << (language == Language::id ? "karena " : "because of ")
              << joined(each.because);
    if (rule.source) std::cout << " [" << rule.source->text << "]";
    std::cout << '\n';
}

// Angka kredit for the post's level over the months of the period.
void print_credit(Session& session, const Case& now, const std::string& level, Language language) {
    const auto period = scoring::parse_period(now.explained.state.period);
    const auto months = period ? scoring::months_of(*period) : 12;
    const auto& predicate = std::get<scoring::Outcome>(now.explained.explanation.answer).predicate;
    const auto points = scoring::credit_of(*now.explained.policy, level, predicate, months);
    if (!points) return session.fail(points.error());
    if (session.json) {
        return print_json(boost::json::object{{"credit", points->compact()},
                                              {"coefficient", level},
                                              {"months", months},
                                              {"predicate", predicate}});
    }
    std::cout << (language == Language::id ? "angka kredit: " : "credit points: ")
              << scoring::numeral(points->compact(), language) << " (" << level << ", " << months
              << (language == Language::id ? " bulan)" : " months)") << '\n';
}

// What was agreed, in this period or an earlier one, and is not done yet.
bool print_open_actions(Session& session, const dossier::Dossier& dossier, Language language) {
    bool any = false;
    for (const auto& action : dossier.actions) {
        if (!action.is_open()) continue;
        any = true;
        if (session.json) {
            print_json(boost::json::object{{"open_action", action.action},
                                           {"title", action.title},
                                           {"agreed_in", action.period},
                                           {"due_on", action.due_on},
                                           {"state", action.state}});
            continue;
        }
        const bool indonesian = language == Language::id;
        std::cout << (indonesian ? "pengembangan yang belum selesai: " : "development still open: ")
                  << action.title << " (" << action.action << "; "
                  << (indonesian ? "disepakati " : "agreed in ") << action.period;
        if (!action.due_on.empty()) {
            std::cout << (indonesian ? ", tenggat " : ", due ") << action.due_on;
        }
        std::cout << ")\n";
    }
    return any;
}

void run_recommend(Session& session, const Point& point, const std::string& language,
                   const std::string& level) {
    const auto now = read_case(session, point);
    if (!now) return;
    const auto tongue = language == "id" ? Language::id : Language::en;
    const auto* outcome = std::get_if<scoring::Outcome>(&now->explained.explanation.answer);
    // Before there is a score, what is known so far may already warn: targets that lag behind.
    const auto& known = outcome != nullptr
                            ? outcome->derivation
                            : std::get<scoring::Missing>(now->explained.explanation.answer).so_far;
    if (outcome == nullptr && !level.empty()) {
        return session.fail(error(ErrorCode::invalid_input,
                                  "there is no result yet, so no credit points; `jejak explain " +
                                      point.token + "` says what is missing"));
    }
    if (outcome == nullptr && !session.json) {
        std::cout << (tongue == Language::id ? "Belum ada hasil; dengan masukan sampai kini:"
                                             : "There is no result yet; with the inputs so far:")
                  << '\n';
    }
    const auto recommended = scoring::recommend(
        *now->explained.policy, known, services_in(now->dossier, now->explained.state.period));
    for (const auto& each : recommended)
        print_recommended(session, each, tongue);
    if (!level.empty()) print_credit(session, *now, level, tongue);
    const bool open = print_open_actions(session, now->dossier, tongue);
    if (session.json || open || !recommended.empty() || !level.empty()) return;
    std::cout << (tongue == Language::id ? "kebijakan ini tidak menyarankan apa pun untuk hasil ini"
                                         : "the policy recommends nothing for this result")
              << '\n';
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
    auto point = std::make_shared<Point>();
    auto language = std::make_shared<std::string>("id");
    auto* command = app.add_subcommand("explain", "How the score came about, step by step");
    command->footer("Example: jejak explain sofifi-2025-001 --lang en");
    auto reader = std::make_shared<ReaderFlags>();
    add_point(*command, *point);
    add_reader(*command, *reader);
    command->add_option("--lang", *language, "id (default) or en")
        ->check(CLI::IsMember({"id", "en"}));
    command->callback(
        [point, reader, language, &session] { run_explain(session, *point, *reader, *language); });
}

void add_recommend(CLI::App& app, Session& session) {
    auto point = std::make_shared<Point>();
    auto language = std::make_shared<std::string>("id");
    auto level = std::make_shared<std::string>();
    auto* command = app.add_subcommand(
        "recommend", "What the policy suggests for a result; a person decides about all of it");
    command->footer("Example: jejak recommend skp-2025-001 --level ahli_muda");
    add_point(*command, *point);
    command->add_option("--lang", *language, "id (default) or en")
        ->check(CLI::IsMember({"id", "en"}));
    command->add_option("--level", *level, "Level of the post, for its credit points");
    command->callback(
        [point, language, level, &session] { run_recommend(session, *point, *language, *level); });
}

}  // namespace jejak::tools
