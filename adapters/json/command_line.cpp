#include "adapters/json/command_line.hpp"

#include <algorithm>
#include <array>

#include "adapters/intake/fresh_id.hpp"
#include "adapters/json/command_catalogue.hpp"
#include "adapters/json/command_request.hpp"
#include "adapters/json/described.hpp"
#include "adapters/json/document.hpp"
#include "engine/record/sealing.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::json {
namespace {

constexpr std::size_t token_size_max = 64;
constexpr std::size_t ground_size_max = 200;

const std::vector<std::string_view>& outside_roles() {
    static const std::vector<std::string_view> names = {
        roles::employee,    roles::supervisor, roles::superior,      roles::peer,
        roles::subordinate, roles::community,  roles::administrator, roles::registrar};
    return names;
}

// Reads one request; called twice, first without registering anybody.
class RequestReader {
  public:
    RequestReader(const boost::json::value& document, const Intake& intake, Reader& reader)
        : document_(document), intake_(intake), reader_(reader) {}

    [[nodiscard]] runtime::CommandRequest read();

  private:
    [[nodiscard]] StreamId read_stream_name(const CommandEntry& entry);
    void refuse_stream_name(const CommandEntry& entry);
    void read_actor(Actor& actor);
    void read_history(runtime::CommandRequest& request);
    void check_authenticated();
    // A rater acts under a handle of the stream; who it is only decide sees.
    void hide_rater(runtime::CommandRequest& request);

    const boost::json::value& document_;
    const Intake& intake_;
    Reader& reader_;
    RequestMembers members_;
};

runtime::CommandRequest RequestReader::read() {
    runtime::CommandRequest request;
    members_ = from_json<RequestMembers>(document_, reader_);
    if (!document_.is_object()) return request;
    const CommandEntry* entry = find_command(members_.command);
    const boost::json::value* name = document_.get_object().if_contains("command");
    if (entry == nullptr && name != nullptr && name->is_string()) {
        const Reader::Step step(reader_, "command");
        detail::refuse_name(members_.command, command_names(), reader_);
    }
    read_actor(request.actor);
    read_history(request);
    if (members_.expected_version) request.expected_version = Version{*members_.expected_version};
    if (members_.command_id) {
        auto id = CommandId::make(*members_.command_id);
        if (!id) reader_.problem_at("command_id", id.error().message);
        if (id) request.command_id = std::move(*id);
    }
    if (entry == nullptr) return request;
    if (entry->stream_of == nullptr) {
        request.stream = read_stream_name(*entry);
    } else {
        refuse_stream_name(*entry);
    }
    const boost::json::value nothing = boost::json::object();
    const Reader::Step step(reader_, "data");
    request.command = entry->read(members_.data ? *members_.data : nothing, reader_);
    if (entry->stream_of != nullptr && reader_.ok()) {
        request.stream = entry->stream_of(request.command);
        if (request.stream.empty()) {
            reader_.problem(
                "names nothing that the command could be about; a unit, a post or an "
                "appraisal is named by letters, digits and . _ -");
        }
    }
    if (reader_.ok()) hide_rater(request);
    return request;
}

StreamId RequestReader::read_stream_name(const CommandEntry& entry) {
    const bool is_policy = entry.workflow == "policy";
    const auto& wanted = is_policy ? members_.policy : members_.appraisal;
    const auto& other = is_policy ? members_.appraisal : members_.policy;
    if (other) {
        reader_.problem_at(is_policy ? "appraisal" : "policy",
                           std::string(entry.name) + " is not addressed to this; write `" +
                               std::string(entry.workflow) + "` instead");
    }
    if (!wanted) {
        reader_.problem_at(entry.workflow, "is missing; name the " + std::string(entry.workflow) +
                                               " that the command is for");
        return {};
    }
    auto stream = is_policy ? StreamId::make("policy", *wanted) : appraisal_stream(*wanted);
    if (!stream) reader_.problem_at(entry.workflow, stream.error().message);
    return stream ? std::move(*stream) : StreamId();
}

void RequestReader::refuse_stream_name(const CommandEntry& entry) {
    for (const auto& [member, given] :
         {std::pair{"appraisal", members_.appraisal}, {"policy", members_.policy}}) {
        if (!given) continue;
        reader_.problem_at(member, std::string(entry.name) +
                                       " is not addressed to this; what it is about stands in "
                                       "`data`");
    }
}

void RequestReader::read_actor(Actor& actor) {
    actor.kind = Actor::Kind::person;
    actor.channel = intake_.channel;
    const boost::json::value* said = document_.get_object().if_contains("actor");
    if (intake_.actor) {
        if (said != nullptr) check_authenticated();
        actor.person = reader_.read_person(intake_.actor->id);
        actor.role = intake_.actor->role;
        const std::string& principal = intake_.actor->on_behalf_of;
        if (!principal.empty()) actor.on_behalf_of = reader_.read_person(principal);
    } else if (members_.actor) {
        const auto* object = said->if_object();
        const auto* role = object != nullptr ? object->if_contains("role") : nullptr;
        if (role == nullptr || !role->is_string()) return;  // reported as a missing or wrong member
        actor.person = members_.actor->id;
        actor.role = members_.actor->role;
        actor.on_behalf_of = members_.actor->on_behalf_of.value_or(PersonId{});
    } else {
        if (said == nullptr || said->is_null()) {
            reader_.problem_at("actor",
                               "is missing; say who asks: {\"id\": \"nip:198501012010011001\", "
                               "\"role\": \"supervisor\"}");
        }
        return;
    }
    const auto& known = outside_roles();
    if (std::find(known.begin(), known.end(), actor.role) != known.end()) return;
    const Reader::Step to_actor(reader_, "actor");
    const Reader::Step to_role(reader_, "role");
    detail::refuse_name(actor.role, known, reader_);
}

void RequestReader::check_authenticated() {
    const auto text_of = [&](std::string_view member) -> std::string {
        const auto* actor = document_.get_object().at("actor").if_object();
        const auto* value = actor != nullptr ? actor->if_contains(member) : nullptr;
        const auto* text = value != nullptr ? value->if_string() : nullptr;
        return text != nullptr ? std::string(text->data(), text->size()) : std::string();
    };
    const OutsideActor said{text_of("id"), text_of("role"), text_of("on_behalf_of")};
    if (said == *intake_.actor) return;
    reader_.problem_at("actor",
                       "is not who was authenticated; leave it out, or sign in as that person");
}

void RequestReader::read_history(runtime::CommandRequest& request) {
    const std::array<std::pair<std::string_view, bool>, 3> parts = {
        {{"occurred_at", members_.occurred_at.has_value()},
         {"ground", members_.ground.has_value()},
         {"document_sha256", members_.document_sha256.has_value()}}};
    const auto is_there = [](const auto& part) { return part.second; };
    if (std::none_of(parts.begin(), parts.end(), is_there)) return;
    for (const auto& [name, there] : parts) {
        if (there) continue;
        reader_.problem_at(name,
                           "is missing; what happened earlier is recorded with occurred_at, "
                           "ground and document_sha256 together");
    }
    if (members_.ground) {
        const Reader::Step step(reader_, "ground");
        if (members_.ground->empty() || members_.ground->size() > ground_size_max) {
            reader_.problem("needs 1 to 200 bytes; cite the letter or the rule");
        }
        if (intake::holds_nip(*members_.ground)) {
            reader_.problem(
                "holds 18 digits in a row, which is a NIP; the ground is never erased, "
                "so cite the letter without the person");
        }
    }
    request.occurred_at = members_.occurred_at;
    request.claim =
        HistoryClaim{members_.ground.value_or(""), members_.document_sha256.value_or(Sha256{})};
}

void RequestReader::hide_rater(runtime::CommandRequest& request) {
    auto* command = std::any_cast<appraisal::Command>(&request.command);
    if (command == nullptr) return;
    const auto handle_of = [&](PersonId person) {
        return record::handle_of(intake_.people.keyring().log_secret(), request.stream, person);
    };
    if (auto* decision = std::get_if<appraisal::DecideObjection>(command)) {
        decision->as_rater = handle_of(request.actor.person);
    } else if (auto* assignment = std::get_if<appraisal::AssignDecider>(command)) {
        assignment->as_rater = handle_of(assignment->decider);
    } else if (auto* panel = std::get_if<appraisal::AssignPanel>(command)) {
        for (const PersonId member : panel->members)
            panel->as_raters.push_back(handle_of(member));
    }
    auto* feedback = std::get_if<appraisal::GiveFeedback>(command);
    if (feedback == nullptr) return;
    if (!request.actor.on_behalf_of.is_nil()) {
        reader_.problem("feedback is given by the rater herself; leave actor.on_behalf_of out");
    }
    feedback->rater_person = request.actor.person;
    feedback->rater = handle_of(request.actor.person);
    Actor hidden;
    hidden.kind = Actor::Kind::handle;
    hidden.handle = feedback->rater;
    hidden.role = request.actor.role;
    hidden.channel = request.actor.channel;
    request.actor = std::move(hidden);
}

Error refused(const std::vector<Problem>& found, std::vector<Problem>* problems) {
    if (problems != nullptr) *problems = found;
    return error(ErrorCode::invalid_input, to_text(found));
}

}  // namespace

Result<runtime::CommandRequest> parse_command(std::string_view text, const Intake& intake,
                                              std::vector<Problem>* problems) {
    std::vector<Problem> found;
    const boost::json::value document = parse_document(text, found);
    if (!found.empty()) return refused(found, problems);
    return read_command(document, intake, problems);
}

Result<runtime::CommandRequest> read_command(const boost::json::value& document,
                                             const Intake& intake, std::vector<Problem>* problems) {
    std::optional<Error> failure;
    bool has_new = false;
    // Nobody is registered for a command that is then refused, so the first look only finds.
    Reader finding([&](std::string_view person) -> Result<PersonId> {
        const auto outside = intake::parse_identifier(person);
        if (!outside) return outside.error();
        const auto known = intake.people.find(person);
        if (!known && !failure) failure = known.error();
        if (known && *known) return **known;
        has_new = true;
        return PersonId{};
    });
    runtime::CommandRequest request = RequestReader(document, intake, finding).read();
    if (!finding.ok()) return refused(finding.problems(), problems);
    if (failure) return std::move(*failure);
    if (has_new) {
        Reader naming([&](std::string_view person) -> Result<PersonId> {
            auto known = intake.people.identify(person, intake.channel);
            if (!known && !failure) failure = known.error();
            return known;
        });
        request = RequestReader(document, intake, naming).read();
        if (failure) return std::move(*failure);
        if (!naming.ok()) return refused(naming.problems(), problems);
    }
    if (request.command_id.text().empty()) {
        auto id = CommandId::make(intake::fresh_id(intake.clock));
        if (!id) return id.error();
        request.command_id = std::move(*id);
    }
    return request;
}

Result<StreamId> appraisal_stream(std::string_view token) {
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    };
    if (token.empty() || token.size() > token_size_max ||
        !std::all_of(token.begin(), token.end(), is_allowed)) {
        return error(ErrorCode::invalid_input,
                     "an appraisal is named by 1 to 64 letters, digits and . _ - , as in "
                     "\"lampung-2026-0017\"");
    }
    if (intake::holds_nip(token)) {
        return error(
            ErrorCode::invalid_input,
            "the name holds 18 digits in a row, which is a NIP; names are never erased, so "
            "choose one that says nothing about the person");
    }
    return StreamId::make("appraisal", token);
}

}  // namespace jejak::json
