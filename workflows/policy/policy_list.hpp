#pragma once

#include <boost/describe.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/projection.hpp"
#include "engine/read_store.hpp"

// Which policies are published. The document stays in the log, at `position`.
namespace jejak::policy {

inline constexpr std::string_view policy_list_model = "policy_list";
[[nodiscard]] std::unique_ptr<Projection> make_policy_list();

struct ListedPolicy {
    std::string policy;  // id
    std::string sha256;  // of the document, hex
    Position position;   // of its policy.published
    Instant recorded_at;
    std::string title_id, title_en;  // Indonesian, English; empty if this program cannot read it
    friend bool operator==(const ListedPolicy&, const ListedPolicy&) = default;
};
BOOST_DESCRIBE_STRUCT(ListedPolicy, (), (policy, sha256, position, recorded_at, title_id, title_en))

// All, in the order of their ids (bytes).
[[nodiscard]] Result<std::vector<ListedPolicy>> published_policies(const ReadStore& store);
[[nodiscard]] Result<std::optional<ListedPolicy>> find_policy(const ReadStore& store,
                                                              std::string_view id);

}  // namespace jejak::policy
