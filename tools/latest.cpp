#include "tools/latest.hpp"

#include "adapters/json/command_line.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"

namespace jejak::tools {

Latest::Kept Latest::kept(const std::string& token) {
    const std::lock_guard lock(mutex_);
    const auto found = by_token_.find(token);
    if (found == by_token_.end()) return {token, nullptr, {}};
    by_use_.splice(by_use_.begin(), by_use_, found->second);
    return *found->second;
}

void Latest::keep(Kept kept) {
    const std::lock_guard lock(mutex_);
    const auto found = by_token_.find(kept.token);
    if (found != by_token_.end()) {
        if (found->second->as_of < kept.as_of) *found->second = std::move(kept);
        return;
    }
    by_use_.push_front(std::move(kept));
    by_token_[by_use_.front().token] = by_use_.begin();
    if (by_use_.size() <= appraisals_max) return;
    by_token_.erase(by_use_.back().token);
    by_use_.pop_back();
}

Result<std::shared_ptr<const appraisal::Appraisal>> Latest::of(const std::string& token) {
    const auto head = events_.head();
    if (!head) return head.error();
    const auto [same_token, before, as_of] = kept(token);
    if (before && as_of == head->position) return before;
    const auto stream = json::appraisal_stream(token);
    if (!stream) return stream.error();
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
    if (after || before) {
        const State now = after ? std::move(after) : before;
        // It may hold more than up to the head that was asked for, never less.
        keep({token, now, head->position});
        return now;
    }
    return error(ErrorCode::not_found,
                 "there is no appraisal \"" + token + "\"; `jejak list` shows all");
}

}  // namespace jejak::tools
