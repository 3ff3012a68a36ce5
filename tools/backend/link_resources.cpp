#include <boost/json/parse.hpp>

#include "adapters/access/links.hpp"
#include "adapters/intake/fresh_id.hpp"
#include "adapters/json/command_line.hpp"
#include "adapters/json/document.hpp"
#include "engine/record/digest.hpp"
#include "engine/record/sealing.hpp"
#include "tools/backend/admission.hpp"
#include "tools/backend/routes.hpp"
#include "tools/backend/sight.hpp"
#include "workflows/appraisal/allowed_actions.hpp"
#include "workflows/scoring/roles.hpp"

// Links by which a citizen gives feedback once, without an account. To make one is to invite a
// rater whom nobody knows, by the same rules and with the same record; what it brings in is the
// feedback of that rater. That it was used is known by its command id, so a second time with other
// words is refused, and the same words again get the first answer.
namespace jejak::tools::backend {
namespace {

constexpr std::int64_t hour_us = 3'600'000'000;
constexpr std::int64_t hours_default = 72, hours_max = 24 * 90;

// Links hold as long as the key ring does. Errors: none that a request could cause.
Result<access::FeedbackLinks> links_of_citizens(const Workspace& workspace,
                                                const Keyring& keyring) {
    const auto secret = record::keyed_digest(keyring.log_secret(), "feedback link", "");
    return access::FeedbackLinks::make(record::bytes_of(secret), workspace.clock(), {});
}

struct LinkRequest {
    std::string source;
    std::int64_t hours = hours_default;
};

// None: it was answered what is wrong.
std::optional<boost::json::object> object_body(const Exchange& exchange) {
    std::vector<json::Problem> problems;
    auto body = json::parse_document(exchange.request.body, problems);
    if (problems.empty() && !body.is_object()) problems.push_back({"", "is no object; send {…}"});
    if (problems.empty()) return std::move(body.get_object());
    exchange.unreadable(problems);
    return std::nullopt;
}

std::optional<LinkRequest> link_request(const Exchange& exchange) {
    const auto body = object_body(exchange);
    if (!body) return std::nullopt;
    LinkRequest asked;
    std::vector<json::Problem> problems;
    for (const auto& [name, value] : *body) {
        if (name == "source" && value.is_string()) {
            asked.source = value.as_string();
        } else if (name == "hours" && value.is_int64() && value.as_int64() > 0 &&
                   value.as_int64() <= hours_max) {
            asked.hours = value.as_int64();
        } else {
            problems.push_back({"/" + std::string(name),
                                "a link has a source, a text, and hours, from 1 to 2160"});
        }
    }
    if (asked.source.empty() && problems.empty()) {
        problems.push_back({"/source", "is missing; name the policy's source of citizens"});
    }
    if (problems.empty()) return asked;
    exchange.unreadable(problems);
    return std::nullopt;
}

// The rules of the appraisal, if this is a source of citizens there; else it was answered.
bool is_for_citizens(const Exchange& exchange, const appraisal::Appraisal& now,
                     const std::string& source) {
    const auto rules = pinned_rules(exchange.workspace(), now);
    if (!rules) return exchange.fail(rules.error()), false;
    std::string known;
    for (const auto& each : (*rules)->sources) {
        if (each.by != scoring::SourceKind::community) continue;
        if (each.id == source) return true;
        known += (known.empty() ? "" : ", ") + each.id;
    }
    exchange.unreadable(
        {{"/source", "is no source of citizens in the policy " + now.policy +
                         (known.empty() ? ", which has none" : "; it has " + known)}});
    return false;
}

// Who gives what the link brings: known by nothing but the link.
Caller citizen_of(const access::FeedbackLink& link) {
    return {link.rater, {}, "link"};
}

// The link of a body that somebody sent who is not known. None: it was answered.
std::optional<access::FeedbackLink> link_in(const Exchange& exchange, boost::json::object& body) {
    const auto* token = body.if_contains("link");
    if (token == nullptr || !token->is_string()) {
        exchange.unreadable({{"/link", "is missing; send the text of the link"}});
        return std::nullopt;
    }
    const auto& workspace = exchange.workspace();
    const auto links = links_of_citizens(workspace, exchange.workspace().people().keyring());
    if (!links) return exchange.fail(links.error()), std::nullopt;
    auto link = links->verify(std::string_view(token->get_string()));
    if (!link) {
        const bool is_late = link.error().fault == access::LinkFault::expired;
        exchange.problem({403, is_late ? "link_expired" : "link_not_valid", link.error().message});
        return std::nullopt;
    }
    body.erase("link");
    return std::move(*link);
}

// Too many requests of one address: nobody of them is known.
bool is_let_in(const Exchange& exchange) {
    const auto turned = exchange.context.gate.admit_unknown(exchange.request);
    if (!turned) return true;
    auto response = problem_response({turned->status, turned->code, turned->detail},
                                     preferred_language(exchange.header("Accept-Language")));
    if (turned->retry_after) {
        response.headers.emplace_back("Retry-After", std::to_string(turned->retry_after->count()));
    }
    exchange.answer(std::move(response));
    return false;
}

}  // namespace

namespace handle {

void make_feedback_link(const ExchangePointer& exchange) {
    const auto asked = link_request(*exchange);
    if (!asked) return;
    auto& workspace = exchange->workspace();
    const auto& token = exchange->parts.front();
    const auto seen = sees(workspace, exchange->caller, token);
    if (!seen) return exchange->fail_or_hide(seen.error());
    if (!*seen) return exchange->hidden();
    const auto now = workspace.latest().of(token);
    if (!now) return exchange->fail_or_hide(now.error());
    if (!is_for_citizens(*exchange, **now, asked->source)) return;
    const auto person = workspace.people().find(exchange->caller.id);
    if (!person) return exchange->fail(person.error());
    const auto& offices = exchange->caller.offices;
    const std::string role(::jejak::appraisal::role_of(
        **now, person->value_or(PersonId{}), {offices.begin(), offices.end()}, "invite_rater"));
    if (role.empty()) {
        return exchange->problem({403, "not_permitted", "the caller may not invite raters here"});
    }
    const auto links = links_of_citizens(workspace, workspace.people().keyring());
    if (!links) return exchange->fail(links.error());
    const Instant expires{workspace.clock().now().micros_since_epoch + asked->hours * hour_us};
    const auto made = links->make_link(token, asked->source, expires);
    if (!made) return exchange->fail(made.error());
    const boost::json::object invitation{
        {"command", "invite_rater"},
        {"appraisal", token},
        {"command_id", "invite-" + made->link.id},
        {"data", boost::json::object{{"rater", made->link.rater}, {"source", asked->source}}}};
    auto request = json::read_command(invitation, intake_of(*exchange, role, ""));
    if (!request) return exchange->fail(request.error());
    const CommandId id = request->command_id;
    workspace.writer().submit(
        std::move(*request), [exchange, id, link = *made](Result<runtime::Receipt> receipt) {
            if (!receipt || receipt->rejection) return exchange->receipt(id, receipt);
            exchange->context.commands.with({outcome_of(receipt)}).add();
            exchange->json(boost::json::object{{"link", link.token},
                                               {"expires_at", to_text(link.link.expires_at)},
                                               {"position", receipt->last.value}},
                           201);
        });
}

// What a page asks a citizen; nothing of who is appraised.
void feedback_form(const ExchangePointer& exchange) {
    if (!is_let_in(*exchange)) return;
    auto body = object_body(*exchange);
    if (!body) return;
    const auto link = link_in(*exchange, *body);
    if (!link) return;
    const auto now = exchange->workspace().latest().of(link->appraisal);
    if (!now) return exchange->fail_or_hide(now.error());
    const auto rules = pinned_rules(exchange->workspace(), **now);
    if (!rules) return exchange->fail(rules.error());
    const auto policy = boost::json::parse((*rules)->canonical);
    exchange->json(boost::json::object{{"unit", (*now)->unit},
                                       {"post", (*now)->post},
                                       {"period", (*now)->period},
                                       {"source", link->source},
                                       {"expires_at", to_text(link->expires_at)},
                                       {"policy", policy}});
}

void give_feedback_by_link(const ExchangePointer& exchange) {
    if (!is_let_in(*exchange)) return;
    auto body = object_body(*exchange);
    if (!body) return;
    const auto link = link_in(*exchange, *body);
    if (!link) return;
    exchange->caller = citizen_of(*link);
    (*body)["source"] = link->source;
    const boost::json::object feedback{{"command", "give_feedback"},
                                       {"appraisal", link->appraisal},
                                       {"command_id", "link-" + link->id},
                                       {"data", std::move(*body)}};
    std::vector<json::Problem> problems;
    auto request = json::read_command(
        feedback, intake_of(*exchange, std::string(roles::community), ""), &problems);
    for (auto& problem : problems)  // who sends feedback knows nothing of a command around it
        if (problem.pointer.starts_with("/data/")) problem.pointer.erase(0, 5);
    if (!request) {
        return problems.empty() ? exchange->fail(request.error()) : exchange->unreadable(problems);
    }
    const CommandId id = request->command_id;
    exchange->workspace().writer().submit(
        std::move(*request),
        [exchange, id](Result<runtime::Receipt> receipt) { exchange->receipt(id, receipt); });
}

}  // namespace handle

}  // namespace jejak::tools::backend
