#include "adapters/timers/chain.hpp"

#include <algorithm>

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/sealing.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/appraisal/events.hpp"

namespace jejak::timers {
namespace {

using appraisal::Appraisal;

// No chain of a ministry is longer; a circle in the records ends here.
constexpr int chain_max = 64;

StreamId stream_of_appraisal(const std::string& token) {
    return *StreamId::make("appraisal", token);
}

std::string ground_of(const Appraisal& state) {
    if (state.was_escalated) return "escalated";
    if (state.superior.is_nil()) return "vacancy";
    return state.superior == state.supervisor ? "same_person" : "conflict";
}

// Who was named before, for this objection, and did not decide.
Result<std::vector<PersonId>> who_had_it(const EventStore& events, const std::string& token,
                                         Position known) {
    std::vector<PersonId> found;
    Result<void> outcome;
    const auto step = [&](Position position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return (outcome = decoded.error(), false);
        const auto& envelope = decoded->envelope;
        if (envelope.event_name == appraisal::ObjectionFiled::event_name) found.clear();
        if (envelope.event_name == appraisal::ObjectionAssigned::event_name) {
            const auto event = record::decode_event<appraisal::ObjectionAssigned>(
                envelope.schema_version, decoded->payload);
            if (!event) return (outcome = event.error(), false);
            found.push_back(event->decider);
        }
        return position < known;
    };
    const auto read = events.read_stream(stream_of_appraisal(token), Version{1}, step);
    if (!read) return read.error();
    if (!outcome) return outcome.error();
    return found;
}

}  // namespace

bool waits_for_a_decider(const Appraisal& state) {
    return state.phase == appraisal::Phase::disputed && !state.is_for_a_panel &&
           state.decider.is_nil();
}

Result<std::optional<organisation::Holder>> next_in_the_chain(const Chain& chain,
                                                              const std::string& token,
                                                              const Appraisal& state) {
    auto unfit = who_had_it(chain.events, token, chain.now.known);
    if (!unfit) return unfit.error();
    unfit->insert(unfit->end(), state.reviewers.begin(), state.reviewers.end());
    unfit->insert(unfit->end(), {state.subject, state.supervisor, state.superior});
    PersonId at = state.superior.is_nil() ? state.supervisor : state.superior;
    for (int climbed = 0; climbed < chain_max; ++climbed) {
        auto above = chain.directory.superior_of(at, chain.then);
        if (!above || above->person == at) break;
        at = above->person;
        const auto as_rater = record::handle_of(chain.log_secret, stream_of_appraisal(token), at);
        const bool is_fit = std::find(unfit->begin(), unfit->end(), at) == unfit->end() &&
                            !state.feedback.contains(as_rater);
        if (is_fit && chain.directory.away(at, chain.now).empty()) return above;
    }
    return std::optional<organisation::Holder>();
}

runtime::CommandRequest naming_of(const std::string& token, const Appraisal& state,
                                  const organisation::Holder& next, const KeyBytes& log_secret,
                                  const Actor& actor) {
    appraisal::AssignDecider assign;
    assign.decider = next.person;
    assign.ground = ground_of(state);
    assign.letter = "rantai jabatan: " + next.post;  // no letter: the post in the chain
    assign.as_rater = record::handle_of(log_secret, stream_of_appraisal(token), next.person);
    const auto digest = record::keyed_digest(
        log_secret, "climb",
        token + '\n' + std::to_string(state.version) + '\n' + to_hex(next.person));
    runtime::CommandRequest request;
    request.stream = stream_of_appraisal(token);
    request.command = appraisal::Command(std::move(assign));
    request.command_id = *CommandId::make("climb-" + to_hex(digest.data(), 12));
    request.actor = actor;
    return request;
}

}  // namespace jejak::timers
