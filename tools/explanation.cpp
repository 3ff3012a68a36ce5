#include "tools/explanation.hpp"

#include "adapters/json/command_line.hpp"
#include "adapters/json/described.hpp"
#include "engine/record/envelope.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::tools {
namespace {

using scoring::Language;

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

}  // namespace

Result<Explained> read_explanation(Workspace& workspace, const std::string& token,
                                   const Until& until, const ReaderFlags& reader) {
    const auto reading = Reading::of(workspace, reader, token);
    if (!reading) return reading.error();
    auto state = reading->derived(workspace, until);
    if (!state) return state.error();
    const auto policy = pinned_rules(workspace, *state);
    if (!policy) return policy.error();
    auto acts = read_acts(workspace, token);
    if (!acts) return acts.error();
    auto explanation = appraisal::explain(*state, **policy);
    return Explained{std::move(*state), *policy, std::move(explanation), std::move(*acts)};
}

std::vector<scoring::Line> lines_of(const Explained& now, Language language) {
    const auto name_event = naming(now.acts, language);
    if (const auto* missing = std::get_if<scoring::Missing>(&now.explanation.answer)) {
        return scoring::to_lines(*missing, *now.policy, language, name_event);
    }
    const auto& outcome = std::get<scoring::Outcome>(now.explanation.answer);
    return scoring::to_lines(outcome.derivation, *now.policy, language, name_event);
}

namespace {

// The tree that a person reads, as lines with their depth.
boost::json::array tree_of(const Explained& now, Language language) {
    boost::json::array tree;
    for (const auto& line : lines_of(now, language))
        tree.push_back(boost::json::object{{"depth", line.depth}, {"text", line.text}});
    return tree;
}

}  // namespace

boost::json::object explanation_json(const std::string& token, const Explained& now) {
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

}  // namespace jejak::tools
