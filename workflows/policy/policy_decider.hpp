#pragma once

#include <boost/describe.hpp>
#include <string>
#include <variant>
#include <vector>

#include "engine/decider.hpp"
#include "workflows/scoring/published_policy.hpp"

// The workflow "policy": stream "policy/<id>", one published document each, immutable.
namespace jejak::policy {

// Publishes the document under its own id. The same document again is accepted and adds nothing.
struct PublishPolicy {
    static constexpr std::string_view command_name = "publish_policy";
    std::string document;  // JSON, at most 60,000 bytes in canonical form
};
BOOST_DESCRIBE_STRUCT(PublishPolicy, (), (document))

struct PolicyPublished {
    static constexpr std::string_view event_name = "policy.published";
    static constexpr std::uint16_t schema_version = 1;
    std::string policy;    // id
    std::string sha256;    // of the document, hex: the policy's name
    std::string document;  // canonical form
    Position position;     // of this record
};
BOOST_DESCRIBE_STRUCT(PolicyPublished, (), (policy, sha256, document, position))

struct PolicyDecider {
    static constexpr std::string_view workflow = "policy";
    using State = scoring::PublishedPolicy;
    using Command = std::variant<PublishPolicy>;
    using Event = std::variant<PolicyPublished>;

    // Rules: not_permitted, document_not_valid, wrong_stream, policy_is_published.
    [[nodiscard]] static Decision<Event> decide(const State&, const Command&, const Context&);
    static void evolve(State&, const Event&);
    [[nodiscard]] static std::vector<StreamId> references(const State&, const Command&) {
        return {};
    }
    [[nodiscard]] static PersonId subject(const State&, const Command&) { return {}; }
};

}  // namespace jejak::policy
