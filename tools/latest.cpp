#include "tools/latest.hpp"

#include "adapters/json/command_line.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"

namespace jejak::tools {

Latest::State Latest::kept(const std::string& token) {
    const std::lock_guard lock(mutex_);
    const auto found = by_token_.find(token);
    if (found == by_token_.end()) return nullptr;
    by_use_.splice(by_use_.begin(), by_use_, found->second);
    return found->second->state;
}

void Latest::keep(const std::string& token, State state) {
    const std::lock_guard lock(mutex_);
    const auto found = by_token_.find(token);
    if (found != by_token_.end()) {
        if (found->second->state->version < state->version) found->second->state = std::move(state);
        return;
    }
    by_use_.push_front({token, std::move(state)});
    by_token_[token] = by_use_.begin();
    if (by_use_.size() <= appraisals_max) return;
    by_token_.erase(by_use_.back().token);
    by_use_.pop_back();
}

Result<std::shared_ptr<const appraisal::Appraisal>> Latest::of(const std::string& token) {
    const auto stream = json::appraisal_stream(token);
    if (!stream) return stream.error();
    const State before = kept(token);
    std::shared_ptr<appraisal::Appraisal> after;
    Result<void> outcome;
    const auto fold = [&](Position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return (outcome = decoded.error(), false);
        const auto event = record::decode_any<appraisal::Event>(
            decoded->envelope.event_name, decoded->envelope.schema_version, decoded->payload);
        if (!event) return (outcome = event.error(), false);
        if (!after) {
            after = before ? std::make_shared<appraisal::Appraisal>(*before)
                           : std::make_shared<appraisal::Appraisal>();
        }
        appraisal::evolve(*after, *event);
        return true;
    };
    const auto read =
        events_.read_stream(*stream, Version{(before ? before->version : 0) + 1}, fold);
    if (!read) return read.error();
    if (!outcome) return outcome.error();
    if (after) {
        keep(token, after);
        return State(std::move(after));
    }
    if (before) return before;
    return error(ErrorCode::not_found,
                 "there is no appraisal \"" + token + "\"; `jejak list` shows all");
}

}  // namespace jejak::tools
