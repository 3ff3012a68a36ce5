#include "workflows/policy/policy_list.hpp"

#include "engine/record/event_codec.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/scoring/check.hpp"

// row = id -> ListedPolicy, by the archive
namespace jejak::policy {
namespace {

class PolicyList final : public Projection {
  public:
    [[nodiscard]] std::string_view name() const override { return policy_list_model; }

    [[nodiscard]] Result<void> apply(const Envelope& envelope, std::string_view payload,
                                     Rows& rows) const override {
        if (!envelope.event_name.starts_with("policy.")) return {};
        const auto event = record::decode_any<PolicyDecider::Event>(
            envelope.event_name, envelope.schema_version, payload);
        if (!event) return event.error();
        const auto& published = std::get<PolicyPublished>(*event);
        ListedPolicy listed{
            published.policy, published.sha256, envelope.position, envelope.recorded_at, "", ""};
        // Published once, valid for ever: today's reader does not judge it (policy_decider.cpp).
        if (const auto policy = scoring::parse_policy(published.document)) {
            listed.title_id = (*policy)->title.id;
            listed.title_en = (*policy)->title.en;
        }
        rows.put(published.policy, record::to_bytes(listed));
        return {};
    }
};

}  // namespace

std::unique_ptr<Projection> make_policy_list() {
    return std::make_unique<PolicyList>();
}

Result<std::vector<ListedPolicy>> published_policies(const ReadStore& store) {
    std::vector<ListedPolicy> policies;
    Result<void> outcome;
    const auto scanned =
        store.scan(policy_list_model, "", "", [&](std::string_view, std::string_view bytes) {
            auto listed = record::from_bytes<ListedPolicy>(bytes);
            if (!listed) {
                outcome = listed.error();
                return false;
            }
            policies.push_back(std::move(*listed));
            return true;
        });
    if (!scanned) return scanned.error();
    if (!outcome) return outcome.error();
    return policies;
}

Result<std::optional<ListedPolicy>> find_policy(const ReadStore& store, std::string_view id) {
    const auto bytes = store.get(policy_list_model, id);
    if (!bytes) return bytes.error();
    if (!*bytes) return std::optional<ListedPolicy>();
    auto listed = record::from_bytes<ListedPolicy>(**bytes);
    if (!listed) return listed.error();
    return std::optional<ListedPolicy>(std::move(*listed));
}

}  // namespace jejak::policy
