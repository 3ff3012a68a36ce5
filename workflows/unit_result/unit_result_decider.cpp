#include "workflows/unit_result/unit_result_decider.hpp"

#include "engine/record/digest.hpp"
#include "workflows/organisation/facts.hpp"
#include "workflows/organisation/office.hpp"
#include "workflows/scoring/distribution.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::unit_result {

StreamId stream_of(std::string_view unit, std::string_view period) {
    const Sha256 digest = record::sha256({unit, std::string_view("\0", 1), period});
    return *StreamId::make("unit_result", to_hex(digest.data(), 16));
}

StreamId stream_of_indicator(std::string_view unit, std::string_view indicator) {
    constexpr std::string_view zero("\0", 1);
    const Sha256 digest = record::sha256({unit, zero, "indicator", zero, indicator});
    return *StreamId::make("unit_result", to_hex(digest.data(), 16));
}

StreamId stream_of(const Command& command) {
    if (const auto* set = std::get_if<SetUnitPredicate>(&command)) {
        return stream_of(set->unit, set->period);
    }
    const auto& record = std::get<RecordIndicator>(command);
    return stream_of_indicator(record.unit, record.indicator);
}

namespace {

const std::string& unit_of(const Command& command) {
    return std::visit([](const auto& c) -> const std::string& { return c.unit; }, command);
}

using Answer = Decision<Event>;

struct Deciding {
    const UnitResult& state;
    const Context& context;

    [[nodiscard]] Rejection no(std::string rule, std::string message) const {
        return {std::move(rule), state.predicate.empty() ? "" : "set", std::move(message)};
    }
    [[nodiscard]] std::optional<Rejection> check_document(const std::string& sha256) const {
        Sha256 hash;
        if (sha256.empty() || from_hex(sha256, hash.data(), hash.size())) return std::nullopt;
        return no("document_missing", "a document is named by the 64 hex digits of its SHA-256");
    }

    // Does she hold the head post of the unit above on this day? Asked of units on record only.
    [[nodiscard]] bool leads_above(const SetUnitPredicate& set) const {
        using organisation::Facts;
        const auto day = organisation::day_in_wib(context.occurred_at);
        StreamId missing;
        const auto chain = organisation::chain_of(context.references, set.unit, day, missing);
        const auto unit = organisation::stream_of_unit(set.unit);
        if (unit.empty() || context.references.find<Facts>(unit) == nullptr) return true;
        const auto stream = organisation::stream_of_post(set.post);
        const auto* post = stream.empty() ? nullptr : context.references.find<Facts>(stream);
        if (post == nullptr || chain.size() < 2) return false;
        bool is_head = false;
        post->for_each<organisation::PostPlaced>([&](const organisation::PostPlaced& placed) {
            is_head = placed.is_head && placed.unit == chain[1];
        });
        return is_head && organisation::holder_on(*post, day) == context.actor.person;
    }

    Answer operator()(const SetUnitPredicate& set) const {
        const auto& role = context.actor.role;
        if (role != roles::superior && role != roles::administrator) {
            return no("not_permitted",
                      "the leader above the unit sets its predicate, or an administrator by a "
                      "letter");
        }
        if (set.unit.empty() || set.period.empty() || context.stream != stream_of(set)) {
            return no("wrong_stream", "the stream is not that of this unit and period");
        }
        if (role == roles::superior && !leads_above(set)) {
            return no("not_the_leader_above",
                      "whoever sets it leads the unit above \"" + set.unit +
                          "\" on record; name the post by which, or let an administrator record "
                          "the letter");
        }
        if (role == roles::administrator && set.document_sha256.empty()) {
            return no("document_missing",
                      "an administrator names the letter of the leader above: its SHA-256");
        }
        if (auto wrong = check_document(set.document_sha256)) return std::move(*wrong);
        const auto stream = StreamId::make("policy", set.policy);
        const auto* published =
            stream ? context.references.find<scoring::PublishedPolicy>(*stream) : nullptr;
        if (published == nullptr || !published->policy) {
            return no("policy_unknown", "no policy \"" + set.policy + "\" is published");
        }
        const auto rule = scoring::find_rule(*published->policy, set.predicate);
        if (!rule) return no("predicate_unknown", rule.error().message);
        const auto& code = (*rule)->organisation;
        if (state.predicate == code && state.policy == set.policy) {
            return no("predicate_is_set", "the unit has this predicate already");
        }
        return Accepted<Event>{{UnitPredicateSet{set.unit, set.period, set.policy, code,
                                                 state.predicate, set.document_sha256}},
                               {},
                               published->position};
    }

    Answer operator()(const RecordIndicator& record) const {
        const auto& role = context.actor.role;
        if (role != roles::registrar && role != roles::administrator) {
            return no("not_permitted", "this is for: administrator, registrar");
        }
        if (record.unit.empty() || record.indicator.empty() ||
            context.stream != stream_of(record)) {
            return no("wrong_stream", "the stream is not that of this unit and indicator");
        }
        if (!scoring::parse_period(record.period)) {
            return no("indicator_not_valid",
                      "\"" + record.period + "\" is no period; write 2026-03 or 2026");
        }
        const auto value = scoring::Rational::parse(record.value);
        if (!value) return no("indicator_not_valid", value.error().message);
        if (auto wrong = check_document(record.document_sha256)) return std::move(*wrong);
        const auto before = state.series.find(record.period);
        return Accepted<Event>{
            {IndicatorRecorded{record.unit, record.indicator, record.period, value->compact(),
                               before == state.series.end() ? "" : before->second,
                               record.document_sha256}},
            {},
            {}};
    }
};

}  // namespace

std::vector<StreamId> UnitResultDecider::references(const State&, const Command& command) {
    const auto* set = std::get_if<SetUnitPredicate>(&command);
    const auto policy =
        set == nullptr ? Result<StreamId>(StreamId()) : StreamId::make("policy", set->policy);
    if (!policy || policy->empty()) return {};
    return {*policy};
}

std::vector<StreamId> UnitResultDecider::further_references(const State&, const Command& command,
                                                            const Context& context) {
    auto streams = organisation::office_references(context, unit_of(command));
    const auto* set = std::get_if<SetUnitPredicate>(&command);
    if (set == nullptr || context.actor.role != roles::superior) return streams;
    StreamId missing;
    (void)organisation::chain_of(context.references, set->unit,
                                 organisation::day_in_wib(context.occurred_at), missing);
    const auto post = organisation::stream_of_post(set->post);
    for (const auto& stream : {missing, post}) {
        if (!stream.empty()) streams.push_back(stream);
    }
    return streams;
}

Decision<Event> UnitResultDecider::decide(const State& state, const Command& command,
                                          const Context& context) {
    if (context.actor.role != roles::superior) {
        if (auto no = organisation::check_office(context, unit_of(command))) return std::move(*no);
    }
    return std::visit(Deciding{state, context}, command);
}

void UnitResultDecider::evolve(State& state, const Event& event) {
    if (const auto* set = std::get_if<UnitPredicateSet>(&event)) {
        state.unit = set->unit;
        state.period = set->period;
        state.policy = set->policy;
        state.predicate = set->predicate;
        ++state.version;
        return;
    }
    const auto& recorded = std::get<IndicatorRecorded>(event);
    state.unit = recorded.unit;
    state.series.insert_or_assign(recorded.period, recorded.value);
}

}  // namespace jejak::unit_result
