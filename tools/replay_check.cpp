#include "tools/replay_check.hpp"

#include <map>
#include <memory>

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "storage/memory_read_store.hpp"
#include "tools/publish.hpp"
#include "workflows/appraisal/recorded_result.hpp"

namespace jejak::tools {
namespace {

using PolicyPointer = std::shared_ptr<const scoring::Policy>;
constexpr std::size_t findings_max = 100;

// Policies by id, each read once.
class PinnedPolicies {
  public:
    explicit PinnedPolicies(const Workspace& workspace) : workspace_(workspace) {}

    // Null when it cannot be read or is not the one that the appraisal pinned.
    [[nodiscard]] Result<PolicyPointer> find(const appraisal::Appraisal& state) {
        auto found = policies_.find(state.policy);
        if (found == policies_.end()) {
            auto policy = published_policy(workspace_, state.policy);
            if (!policy) return policy.error();
            found = policies_.emplace(state.policy, *policy).first;
        }
        const bool is_pinned =
            found->second != nullptr && to_hex(found->second->hash) == state.policy_sha256;
        return is_pinned ? found->second : PolicyPointer();
    }

  private:
    const Workspace& workspace_;
    std::map<std::string, PolicyPointer> policies_;
};

class StreamReplay {
  public:
    StreamReplay(PinnedPolicies& policies, ReplayCheck& check)
        : policies_(policies), check_(check) {}

    [[nodiscard]] Result<void> fold(Position position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return decoded.error();
        const Envelope& envelope = decoded->envelope;
        const auto event = record::decode_any<appraisal::Event>(
            envelope.event_name, envelope.schema_version, decoded->payload);
        if (!event) return event.error();
        if (auto checked = check_result(position, envelope, *event); !checked) return checked;
        const auto legal = appraisal::next_phase(state_.phase, appraisal::kind_of(*event));
        const auto before = state_.phase;
        appraisal::evolve(state_, *event);
        if ((!legal || *legal != state_.phase) && check_.illegal_today.size() < findings_max) {
            check_.illegal_today.push_back("position " + std::to_string(position.value) + ": " +
                                           envelope.event_name + " in phase " +
                                           std::string(appraisal::name_of(before)));
        }
        return {};
    }

  private:
    [[nodiscard]] Result<void> check_result(Position position, const Envelope& envelope,
                                            const appraisal::Event& event) {
        const auto kind = appraisal::kind_of(event);
        if (kind != appraisal::EventKind::finalised &&
            kind != appraisal::EventKind::result_changed &&
            kind != appraisal::EventKind::result_corrected) {
            return {};
        }
        ++check_.results;
        const auto policy = policies_.find(state_);
        if (!policy) return policy.error();
        const auto wrong = *policy ? appraisal::check_recorded_result(state_, event, **policy)
                                   : std::optional<std::string>("policy " + state_.policy +
                                                                " is not the one it was scored by");
        if (wrong && check_.findings.size() < findings_max) {
            check_.findings.push_back(
                {"a recorded result does not follow from its inputs: " + *wrong,
                 "position " + std::to_string(position.value) + ", " + envelope.stream.text(),
                 "keep the directory as evidence and report it"});
        }
        return {};
    }

    PinnedPolicies& policies_;
    ReplayCheck& check_;
    appraisal::Appraisal state_;
};

// The first difference between two stores' rows of a model, or nothing.
Result<std::optional<std::string>> compare_rows(const ReadStore& made, const ReadStore& stored,
                                                std::string_view model) {
    std::map<std::string, std::string> rows;
    const auto collected =
        made.scan(model, "", "", [&](std::string_view key, std::string_view value) {
            rows.emplace(key, value);
            return true;
        });
    if (!collected) return collected.error();
    auto expected = rows.begin();
    std::optional<std::string> difference;
    std::uint64_t row = 0;
    const auto compared =
        stored.scan(model, "", "", [&](std::string_view key, std::string_view value) {
            ++row;
            if (expected == rows.end() || expected->first != key || expected->second != value) {
                difference = "row " + std::to_string(row) + " differs";
                return false;
            }
            ++expected;
            return true;
        });
    if (!compared) return compared.error();
    if (!difference && expected != rows.end())
        difference = "rows are missing after row " + std::to_string(row);
    return difference;
}

Result<std::optional<std::string>> compare_model(Workspace& workspace,
                                                 const Projection& projection) {
    const ReadStore& stored = workspace.data().reads();
    for (int attempt = 0;; ++attempt) {
        const auto checkpoint = stored.checkpoint(projection.name());
        if (!checkpoint) return checkpoint.error();
        storage::MemoryReadStore made;
        const auto done = runtime::catch_up_one(workspace.events(), made, projection, *checkpoint);
        if (!done) return done.error();
        auto difference = compare_rows(made, stored, projection.name());
        if (!difference || !*difference) return difference;
        // A writer beside us may have moved the model on while we compared: then compare again.
        const auto now = stored.checkpoint(projection.name());
        if (!now) return now.error();
        if (*now == *checkpoint || attempt == 3) return difference;
    }
}

}  // namespace

Result<ReplayCheck> check_replay(const Workspace& workspace,
                                 const std::vector<StreamId>& appraisals) {
    ReplayCheck check;
    PinnedPolicies policies(workspace);
    for (const StreamId& stream : appraisals) {
        ++check.appraisals;
        StreamReplay replay(policies, check);
        Result<void> outcome;
        const auto read = workspace.events().read_stream(
            stream, Version{1}, [&](Position position, std::string_view bytes) {
                outcome = replay.fold(position, bytes);
                return outcome.has_value();
            });
        if (!read) return read.error();
        if (!outcome && check.findings.size() < findings_max) {
            check.findings.push_back({"the history cannot be replayed: " + outcome.error().message,
                                      stream.text(),
                                      "use the program that wrote it, or a newer one"});
        }
    }
    return check;
}

Result<std::vector<storage::Finding>> check_read_models(Workspace& workspace) {
    std::vector<storage::Finding> findings;
    for (const auto& projection : workspace.projections()) {
        const auto difference = compare_model(workspace, *projection);
        if (!difference) return difference.error();
        if (!*difference) continue;
        findings.push_back({"a read model is not what the log makes of it: " + **difference,
                            "read model " + std::string(projection->name()),
                            "run jejak rebuild: it is made again from the log"});
    }
    return findings;
}

}  // namespace jejak::tools
