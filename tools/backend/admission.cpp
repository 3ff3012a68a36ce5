#include "tools/backend/admission.hpp"

#include "adapters/json/document.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::tools::backend {
namespace {

std::string text_member(const boost::json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

// The actor is taken out before the command is read, so what is wrong with it is told here.
std::vector<json::Problem> problems_of_actor(const boost::json::object& actor) {
    std::vector<json::Problem> problems;
    for (const auto& [name, value] : actor) {
        std::string place = "/actor";
        json::append_step(place, name);
        if (name != "id" && name != "role" && name != "on_behalf_of") {
            problems.push_back({place, "is not a member here; known are: id, role, on_behalf_of"});
        } else if (!value.is_string()) {
            problems.push_back({place, "is no text; leave the member out or write it as text"});
        }
    }
    return problems;
}

}  // namespace

bool may_act_as(const Caller& caller, const std::string& role) {
    const bool is_office = role == roles::administrator || role == roles::registrar;
    return role != system_role && (!is_office || caller.offices.contains(role));
}

json::Intake intake_of(const Exchange& exchange, const std::string& role,
                       const std::string& on_behalf_of) {
    return {exchange.workspace().people(), exchange.workspace().clock(), exchange.caller.channel,
            json::OutsideActor{exchange.caller.id, role, on_behalf_of}};
}

std::variant<runtime::CommandRequest, Refused> admit(const Exchange& exchange,
                                                     std::string_view text) {
    std::vector<json::Problem> problems;
    auto document = json::parse_document(text, problems);
    if (!problems.empty()) return Refused{{}, std::move(problems)};
    return admit_document(exchange, std::move(document));
}

std::variant<runtime::CommandRequest, Refused> admit_document(const Exchange& exchange,
                                                              boost::json::value document) {
    std::vector<json::Problem> problems;
    auto* whole = document.if_object();
    const auto* actor = whole == nullptr ? nullptr : whole->if_contains("actor");
    const auto* members = actor == nullptr ? nullptr : actor->if_object();
    if (members != nullptr) problems = problems_of_actor(*members);
    if (!problems.empty()) return Refused{{}, std::move(problems)};
    const std::string role = members == nullptr ? "" : text_member(*members, "role");
    if (role.empty()) {
        return Refused{{400, "invalid_input", "say in which role: \"actor\": {\"role\": …}"}, {}};
    }
    if (!may_act_as(exchange.caller, role)) {
        return Refused{{403, "not_permitted", "the caller holds no office of " + role}, {}};
    }
    const auto* named = members->if_contains("id");
    if (named != nullptr && *named != boost::json::string(exchange.caller.id)) {
        return Refused{{403, "not_permitted", "\"actor\" names another person than the caller"},
                       {}};
    }
    const auto on_behalf_of = text_member(*members, "on_behalf_of");
    whole->erase("actor");  // and its members with it
    auto request = json::read_command(document, intake_of(exchange, role, on_behalf_of), &problems);
    if (request) return std::move(*request);
    if (problems.empty()) return Refused{problem_of(request.error()), {}};
    return Refused{{}, std::move(problems)};
}

}  // namespace jejak::tools::backend
