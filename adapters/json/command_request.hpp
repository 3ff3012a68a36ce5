#pragma once

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/ids.hpp"
#include "engine/instant.hpp"

// The members around `data` of a request, as they stand in the JSON (adapters/README.md).
namespace jejak::json {

struct RequestActor {
    PersonId id;
    std::string role;
    std::optional<PersonId> on_behalf_of;
};
BOOST_DESCRIBE_STRUCT(RequestActor, (), (id, role, on_behalf_of))

struct RequestMembers {
    std::string command;
    std::optional<std::string> command_id;
    std::optional<std::string> appraisal;
    std::optional<std::string> policy;
    std::optional<std::uint32_t> expected_version;
    std::optional<RequestActor> actor;
    std::optional<Instant> occurred_at;
    std::optional<std::string> ground;
    std::optional<Sha256> document_sha256;
    std::optional<boost::json::value> data;
};
BOOST_DESCRIBE_STRUCT(RequestMembers, (),
                      (command, command_id, appraisal, policy, expected_version, actor, occurred_at,
                       ground, document_sha256, data))

}  // namespace jejak::json
