#include <iostream>
#include <map>

#include "adapters/json/command_line.hpp"
#include "adapters/json/described.hpp"
#include "engine/record/envelope.hpp"
#include "tools/commands.hpp"
#include "tools/dossiers.hpp"
#include "tools/point.hpp"
#include "tools/publish.hpp"
#include "workflows/appraisal/recorded_result.hpp"
#include "workflows/scoring/lines.hpp"
#include "workflows/scoring/numerals.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/recommend.hpp"
#include "workflows/scoring/roles.hpp"

// How a score came about, and what it suggests.
namespace jejak::tools {
namespace {

using scoring::Language;

// Who acted, in which place of the log, by the version of the appraisal's stream.
struct Act {
    Position position;
    std::string event, role;
    Instant recorded_at;
};
using Acts = std::map<std::uint32_t, Act>;

// What an explanation is made of.
struct Case {
    appraisal::Appraisal state;
    std::shared_ptr<const scoring::Policy> policy;
    appraisal::Explanation explanation;
    Acts acts;
    dossier::Dossier dossier;
};

std::string role_name(std::string_view role, Language language) {
    static const std::map<std::string_view, scoring::Text> names = {
        {roles::employee, {"pegawai yang dinilai", "the appraised employee"}},
        {roles::supervisor, {"pejabat penilai", "the supervisor"}},
        {roles::superior, {"atasan pejabat penilai", "the supervisor's superior"}},
        {roles::peer, {"rekan sejawat", "a peer"}},
        {roles::subordinate, {"bawahan", "a subordinate"}},
        {roles::community, {"masyarakat", "the public"}},
        {roles::administrator, {"pengelola kepegawaian", "an administrator"}},
        {roles::registrar, {"pencatat", "a registrar"}}};
    const auto found = names.find(role);
    return found == names.end() ? std::string(role) : found->second.in(language);
}

Result<Acts> read_acts(const Workspace& workspace, const std::string& token) {
    const auto stream = json::appraisal_stream(token);
    if (!stream) return stream.error();
    Acts acts;
    Result<void> outcome;
    const auto visit = [&](Position position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return (outcome = decoded.error(), false);
        const auto& envelope = decoded->envelope;
        acts[envelope.version.value] = {position, envelope.event_name, envelope.actor.role,
                                        envelope.recorded_at};
        return true;
    };
    if (auto read = workspace.events().read_stream(*stream, Version{1}, visit); !read) {
        return read.error();
    }
    if (!outcome) return outcome.error();
    return acts;
}

// Null after session.fail().
std::unique_ptr<Case> read_case(Session& session, const Point& point) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error()), nullptr;
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return nullptr;
    auto state = read_appraisal(*workspace, point.token, *until);
    if (!state) return session.fail(state.error()), nullptr;
    const auto policy = published_policy(*workspace, state->policy);
    if (!policy) return session.fail(policy.error()), nullptr;
    if (!*policy) {
        session.fail(error(ErrorCode::corruption,
                           "policy \"" + state->policy + "\" cannot be read; run jejak verify"));
        return nullptr;
    }
    auto acts = read_acts(*workspace, point.token);
    if (!acts) return session.fail(acts.error()), nullptr;
    auto dossier = read_dossier(*workspace, state->subject, until->moment);
    if (!dossier) return session.fail(dossier.error()), nullptr;
    auto explanation = appraisal::explain(*state, **policy);
    return std::make_unique<Case>(Case{std::move(*state), *policy, std::move(explanation),
                                       std::move(*acts), std::move(*dossier)});
}

scoring::NameEvent naming(const Acts& acts, Language language) {
    return [&acts, language](std::uint32_t version) -> std::string {
        const auto act = acts.find(version);
        if (act == acts.end()) return "";
        const bool indonesian = language == Language::id;
        return (indonesian ? "peristiwa " : "event ") + std::to_string(version) + ", " +
               (indonesian ? "posisi " : "position ") + std::to_string(act->second.position.value) +
               ": " + act->second.event + ", " + role_name(act->second.role, language) + ", " +
               to_text(act->second.recorded_at);
    };
}

std::vector<scoring::Line> lines_of(const Case& now, Language language) {
    const auto name_event = naming(now.acts, language);
    if (const auto* missing = std::get_if<scoring::Missing>(&now.explanation.answer)) {
        return scoring::to_lines(*missing, *now.policy, language, name_event);
    }
    const auto& outcome = std::get<scoring::Outcome>(now.explanation.answer);
    return scoring::to_lines(outcome.derivation, *now.policy, language, name_event);
}

void print_explanation(const Case& now, Language language) {
    const bool missing = std::holds_alternative<scoring::Missing>(now.explanation.answer);
    if (!missing && !now.explanation.recorded) {
        std::cout << (language == Language::id ? "Belum ditetapkan; dengan masukan sampai kini:"
                                               : "Not finalised; with the inputs so far:")
                  << '\n';
    }
    for (const auto& line : lines_of(now, language))
        std::cout << std::string(std::size_t{line.depth} * 2, ' ') << line.text << '\n';
}

// The tree that a person reads, as lines with their depth.
boost::json::array tree_of(const Case& now, Language language) {
    boost::json::array tree;
    for (const auto& line : lines_of(now, language))
        tree.push_back(boost::json::object{{"depth", line.depth}, {"text", line.text}});
    return tree;
}

boost::json::object explanation_json(const std::string& token, const Case& now) {
    boost::json::object view{{"appraisal", token}, {"recorded", now.explanation.recorded}};
    const scoring::Derivation* derivation = nullptr;
    if (const auto* missing = std::get_if<scoring::Missing>(&now.explanation.answer)) {
        boost::json::array parts;
        for (const auto& part : missing->parts) {
            parts.push_back(boost::json::object{{"what", part.what.en}, {"why", part.why.en}});
        }
        view["missing"] = std::move(parts);
        derivation = &missing->so_far;
    } else {
        const auto& outcome = std::get<scoring::Outcome>(now.explanation.answer);
        view["score"] = outcome.score_text;
        view["predicate"] = outcome.predicate;
        derivation = &outcome.derivation;
    }
    view["derivation"] = json::to_json(*derivation, json::Names{});
    boost::json::array events;
    for (const auto& source : derivation->sources) {
        for (const auto version : source.versions) {
            const auto act = now.acts.find(version);
            if (act == now.acts.end()) continue;
            events.push_back(boost::json::object{{"version", version},
                                                 {"position", act->second.position.value},
                                                 {"event", act->second.event},
                                                 {"role", act->second.role},
                                                 {"recorded_at", to_text(act->second.recorded_at)},
                                                 {"source", source.source}});
        }
    }
    view["events"] = std::move(events);
    view["tree"] = {{"id", tree_of(now, Language::id)}, {"en", tree_of(now, Language::en)}};
    return view;
}

void run_explain(Session& session, const Point& point, const std::string& language) {
    const auto now = read_case(session, point);
    if (!now) return;
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
    const auto period = scoring::parse_period(now.state.period);
    const auto months = period ? scoring::months_of(*period) : 12;
    const auto& predicate = std::get<scoring::Outcome>(now.explanation.answer).predicate;
    const auto points = scoring::credit_of(*now.policy, level, predicate, months);
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
    const auto* outcome = std::get_if<scoring::Outcome>(&now->explanation.answer);
    // Before there is a score, what is known so far may already warn: targets that lag behind.
    const auto& known = outcome != nullptr
                            ? outcome->derivation
                            : std::get<scoring::Missing>(now->explanation.answer).so_far;
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
    const auto recommended =
        scoring::recommend(*now->policy, known, services_in(now->dossier, now->state.period));
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
    add_point(*command, *point);
    command->add_option("--lang", *language, "id (default) or en")
        ->check(CLI::IsMember({"id", "en"}));
    command->callback([point, language, &session] { run_explain(session, *point, *language); });
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
