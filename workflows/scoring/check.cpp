#include "workflows/scoring/check.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "engine/record/digest.hpp"
#include "workflows/scoring/canonical.hpp"
#include "workflows/scoring/predicate.hpp"
#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/reader.hpp"

namespace jejak::scoring {

namespace {

std::string read_policy_id(const Node& node) {
    if (!node.is_string()) {
        node.problem(node.present() ? "is not a name" : "is missing",
                     "write the policy's id, such as \"lampung-kompetensi\"");
        return {};
    }
    const auto id = node.string();
    if (id.size() > 48 ||
        id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
        node.problem("'" + id + "' is not a policy's id",
                     "write 1 to 48 small letters, digits and -");
    }
    return id;
}

std::vector<Citation> read_citations(const Node& node) {
    std::vector<Citation> citations;
    if (!node.present()) return citations;
    for (const auto& place : node.elements())
        citations.push_back(place.citation());
    return citations;
}

// Who speaks to which criterion is asked of every score, and answered once.
void list_speakers(Policy& policy) {
    const auto plan = sample_plan(policy);
    const auto own = static_cast<std::uint32_t>(policy.criteria.size());
    const auto speakers_of = [&](std::uint32_t criterion) {
        std::vector<std::uint32_t> speakers;
        for (std::uint32_t s = 0; s < policy.sources.size(); ++s) {
            if (speaks_to(policy, plan, s, criterion)) speakers.push_back(s);
        }
        return speakers;
    };
    for (std::uint32_t c = 0; c < own; ++c)
        policy.criteria[c].speakers = speakers_of(c);
    for (std::uint32_t i = 0; i < plan.size(); ++i)
        policy.plan->sections[i].speakers = speakers_of(own + i);
}

// Reads `text` as far as it goes; the policy is good if no problem was noted.
Policy read_policy(std::string_view text, std::vector<Problem>& problems) {
    Policy policy;
    auto canonical = canonical_form(text);
    if (!canonical) {
        problems.push_back({"", canonical.error().message, "correct the document there"});
        return policy;
    }
    policy.canonical = std::move(*canonical);
    policy.hash = record::sha256(policy.canonical);
    policy.hash_text = to_hex(policy.hash);
    boost::system::error_code code;
    const auto document = boost::json::parse(policy.canonical, code);
    const Node root(&document, "", problems);
    const bool object = root.only(
        {"policy",    "title",    "source",          "applies",         "scale",        "groups",
         "criteria",  "plan",     "sources",         "measured",        "survey",       "missing",
         "rounding",  "cap",      "conversions",     "steps",           "total",        "bands",
         "matrix",    "stages",   "feedback",        "classifications", "distribution", "credit",
         "deadlines", "services", "recommendations", "requires",        "panel"});
    if (!object) return policy;
    policy.id = read_policy_id(root["policy"]);
    policy.title = root["title"].text();
    policy.citations = read_citations(root["source"]);
    read_applies(root, policy);
    read_conversions(root, policy);
    read_criteria(root, policy);
    read_plan(root, policy);
    read_sources(root, policy);
    read_arithmetic(root, policy);
    read_steps(root, policy);
    read_predicates(root, policy);
    read_consequences(root, policy);
    read_procedure(root, policy);
    policy.flags = flags_of(policy);
    return policy;
}

}  // namespace

std::vector<Problem> check(std::string_view text) {
    std::vector<Problem> problems;
    (void)read_policy(text, problems);
    std::vector<Problem> once;  // a list that is read for two axes tells the same twice
    for (auto& problem : problems) {
        if (std::find(once.begin(), once.end(), problem) == once.end()) once.push_back(problem);
    }
    return once;
}

Result<std::shared_ptr<const Policy>> parse_policy(std::string_view text) {
    std::vector<Problem> problems;
    auto policy = std::make_shared<Policy>(read_policy(text, problems));
    if (problems.empty()) {
        list_speakers(*policy);
        return std::shared_ptr<const Policy>(std::move(policy));
    }
    std::string message = "the policy has problems:";
    for (const auto& problem : check(text)) {
        message += "\n" + (problem.pointer.empty() ? "the document" : problem.pointer) + ": " +
                   problem.message + "; " + problem.remedy;
    }
    return error(ErrorCode::invalid_input, std::move(message));
}

}  // namespace jejak::scoring
