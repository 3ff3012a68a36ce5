#include "tests/runtime/reference_model.hpp"

#include <algorithm>

#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using Verb = Plan::Verb;

counter::Counter::Command command_of(const Plan& plan) {
    switch (plan.verb) {
        case Verb::open:
            return counter::Open{person(static_cast<std::uint8_t>(plan.key.back()))};
        case Verb::add:
            return counter::Add{plan.number, static_cast<std::uint32_t>(1 + plan.number % 3)};
        case Verb::add_other:
            return counter::AddOther{counter_of(plan.name)};
        case Verb::note:
            return counter::Note{
                words("rahasia " + std::to_string(plan.number)),
                {Personal::of(person(static_cast<std::uint8_t>(100 + plan.number % 50)),
                              "rahasia")}};
        case Verb::label:
            return counter::Label{std::to_string(plan.number)};
        case Verb::label_too_long:
            return counter::Label{std::string(66'000, 'x')};
        case Verb::reserve:
            return counter::Reserve{plan.name};
        case Verb::give_back:
            return counter::GiveBack{plan.name};
        case Verb::snatch:
            return counter::Snatch{{"own-" + plan.id, plan.name}};
        case Verb::touch:
            return counter::Touch{};
        case Verb::refuse:
            return counter::Refuse{std::to_string(plan.number)};
        case Verb::twist:
            return counter::Twist{plan.number % 2 == 0};
        case Verb::collapse:
            return counter::Collapse{};
        case Verb::close:
            return counter::Close{};
    }
    return counter::Touch{};
}

// Two plans of one content make the same command.
std::string content_of(const Plan& plan) {
    std::string told;
    switch (plan.verb) {
        case Verb::add:
        case Verb::note:
        case Verb::label:
        case Verb::refuse:
            told = std::to_string(plan.number);
            break;
        case Verb::twist:
            told = plan.number % 2 == 0 ? "forbidden" : "twisted";
            break;
        case Verb::add_other:
        case Verb::reserve:
        case Verb::give_back:
        case Verb::snatch:
            told = plan.name;
            break;
        default:
            break;
    }
    return plan.key + "|" + std::to_string(static_cast<int>(plan.verb)) + "|" + told;
}

}  // namespace

CommandRequest request_of(const Plan& plan) {
    CommandRequest request = request_of(plan.key, counter::Touch{}, plan.id);
    request.command = command_of(plan);
    if (plan.expected_version) request.expected_version = Version{*plan.expected_version};
    return request;
}

Expected ReferenceModel::handle(const Plan& plan, Instant clock) {
    Counted& counted = counters[plan.key];
    const auto told = told_.find(plan.id);
    if (told != told_.end()) {
        if (told->second.content != content_of(plan)) return {ErrorCode::duplicate_command, {}};
        Expected again{std::nullopt, told->second.receipt};
        again.receipt.repeated = true;
        return again;
    }
    if (plan.expected_version && *plan.expected_version != counted.version) {
        return {ErrorCode::version_conflict, {}};
    }
    const Outcome outcome = decide(plan, counted);
    if (outcome.error) return {outcome.error, {}};
    const std::uint64_t records = outcome.rejection ? 1 : outcome.events.size() + outcome.claims;
    Receipt receipt;
    receipt.stream = counter_of(plan.key);
    receipt.first = Position{head + (records == 0 ? 0 : 1)};
    receipt.last = Position{head + records};
    receipt.recorded_at = std::max(clock, last_recorded_at);
    receipt.rejection = outcome.rejection;
    receipt.events = outcome.events;
    counted.version += static_cast<std::uint32_t>(outcome.events.size());
    receipt.version = Version{outcome.rejection ? 0 : counted.version};
    if (records == 0) return {std::nullopt, receipt};
    head += records;
    last_recorded_at = receipt.recorded_at;
    told_[plan.id] = {content_of(plan), receipt};
    return {std::nullopt, receipt};
}

ReferenceModel::Outcome ReferenceModel::decide(const Plan& plan, Counted& counted) {
    const auto no = [&](std::string rule, std::string message) {
        return Outcome{{}, Rejection{std::move(rule), counted.phase, std::move(message)}, {}, 0};
    };
    const auto yes = [](std::vector<std::string> events) { return Outcome{{}, {}, events, 0}; };
    if (plan.verb == Verb::open) {
        if (counted.phase != "absent") return no("open_already", "it is open");
        counted.phase = "open";
        return yes({"counter.opened"});
    }
    if (counted.phase != "open") return no("not_open", "open it first");
    switch (plan.verb) {
        case Verb::add: {
            const std::int64_t times = 1 + plan.number % 3;
            counted.total += times * plan.number;
            return yes(std::vector<std::string>(static_cast<std::size_t>(times), "counter.added"));
        }
        case Verb::add_other: {
            const auto other = counters.find(plan.name);
            if (other == counters.end() || other->second.version == 0) {
                return no("other_is_missing", "counter/" + plan.name);
            }
            counted.total += other->second.total;
            return yes({"counter.added"});
        }
        case Verb::note:
            return yes({"counter.noted"});
        case Verb::label:
            return yes({"counter.labelled"});
        case Verb::label_too_long:
            return {ErrorCode::invalid_input, {}, {}, 0};
        case Verb::touch:
            return yes({});
        case Verb::refuse:
            return no("refused_on_request", std::to_string(plan.number) + " (total " +
                                                std::to_string(counted.total) + ")");
        case Verb::twist:
        case Verb::collapse:
            return {ErrorCode::defect, {}, {}, 0};
        case Verb::close:
            counted.phase = "closed";
            return yes({"counter.closed"});
        default:
            return decide_claims(plan, counted);
    }
}

ReferenceModel::Outcome ReferenceModel::decide_claims(const Plan& plan, Counted& counted) {
    std::string& holder = holders[plan.name];
    const std::string ours = "counter/" + plan.key;
    if (plan.verb == Verb::reserve) {
        if (!holder.empty()) {
            return {{}, Rejection{"name_is_taken", counted.phase, holder + " holds it"}, {}, 0};
        }
        holder = ours;
        return {{}, {}, {"counter.reserved"}, 1};
    }
    if (plan.verb == Verb::give_back) {
        if (holder != ours) {
            return {{},
                    Rejection{"name_is_not_ours", counted.phase, "another holds it, or nobody"},
                    {},
                    0};
        }
        holder.clear();
        return {{}, {}, {"counter.given_back"}, 1};
    }
    // snatch: takes a name of its own, then this one without looking.
    if (!holder.empty()) return {ErrorCode::defect, {}, {}, 0};
    holder = ours;
    counted.total += 1;
    return {{}, {}, {"counter.added"}, 2};
}

}  // namespace jejak::runtime
