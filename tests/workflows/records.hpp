#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/decider.hpp"
#include "tests/workflows/policies.hpp"
#include "workflows/organisation/facts.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak::appraisal::specs {

// What stands in other streams, handed to a decider as the writer hands it: only what it asks for,
// round after round.
class Records {
  public:
    Records& say(const StreamId& stream, organisation::Event event) {
        facts_[stream.text()].facts.push_back({std::move(event), false});
        return *this;
    }
    // A unit below another one since 2020.
    Records& unit(const std::string& name, const std::string& parent, const char* zone = "") {
        return say(organisation::stream_of_unit(name),
                   organisation::UnitPlaced{name, name, parent, zone, "2020-01-01", ""});
    }
    // The posts that took someone on as their definitive holder, in this order.
    Records& moved(PersonId person, const std::vector<std::string>& posts) {
        ClaimState claim;
        for (const auto& post : posts)
            claim.earlier.push_back(organisation::stream_of_post(post).text());
        claim.holder = claim.earlier.back();
        claim.earlier.pop_back();
        claims_[organisation::claim_of_post(person).text()] = claim;
        return *this;
    }
    Records& predicate(const std::string& of, const std::string& period, const char* code) {
        const auto stream = unit_result::stream_of(of, period);
        results_[stream.text()] = {of, period, "permen6-2022", code, 1, {}};
        return *this;
    }

    template <class D>
    [[nodiscard]] Decision<typename D::Event> decide(const typename D::State& state,
                                                     const typename D::Command& command,
                                                     const Actor& actor, Instant now,
                                                     StreamId stream = {}) const {
        Context context;
        context.stream = stream.empty() ? *StreamId::make(D::workflow, "uji-1") : stream;
        context.position = Position{100};
        context.now = context.occurred_at = now;
        context.actor = actor;
        add(context, D::references(state, command));
        for (int round = 0; round < 10; ++round)
            add(context, D::further_references(state, command, context));
        return D::decide(state, command, context);
    }

  private:
    void add(Context& context, const std::vector<StreamId>& streams) const {
        for (const auto& stream : streams) {
            if (const auto facts = facts_.find(stream.text()); facts != facts_.end()) {
                context.references.add(stream, &facts->second);
            } else if (const auto claim = claims_.find(stream.text()); claim != claims_.end()) {
                context.references.add(stream, &claim->second);
            } else if (const auto result = results_.find(stream.text()); result != results_.end()) {
                context.references.add(stream, &result->second);
            } else if (stream.workflow() == "policy") {
                const auto* policy = published_policy(stream.key());
                if (policy != nullptr) context.references.add(stream, policy);
            }
        }
    }

    std::map<std::string, organisation::Facts> facts_;
    std::map<std::string, ClaimState> claims_;
    std::map<std::string, unit_result::UnitResult> results_;
};

template <class Event>
[[nodiscard]] std::string rule_of(const Decision<Event>& decision) {
    const auto* no = std::get_if<Rejection>(&decision);
    return no == nullptr ? "" : no->rule;
}

}  // namespace jejak::appraisal::specs
