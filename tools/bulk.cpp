#include "tools/bulk.hpp"

namespace jejak::tools {

std::uint64_t Tally::refused_count() const {
    std::uint64_t count = 0;
    for (const auto& [rule, times] : refused) count += times;
    return count;
}

void Tally::add(const Tally& other) {
    commands += other.commands;
    accepted += other.accepted;
    repeated += other.repeated;
    for (const auto& [rule, times] : other.refused) refused[rule] += times;
    if (other.fatal) fatal = other.fatal;
}

bool Bulk::submit(runtime::CommandRequest request) {
    {
        std::unique_lock lock(mutex_);
        answered_.wait(lock, [&] { return in_flight_ < in_flight_max || tally_.fatal; });
        if (tally_.fatal) return false;
        ++in_flight_;
        ++tally_.commands;
    }
    CommandId id = request.command_id;
    writer_.submit(std::move(request), [this, id = std::move(id)](Result<runtime::Receipt> answer) {
        take(id, answer);
    });
    return true;
}

void Bulk::refuse(const Error& error) {
    const std::lock_guard lock(mutex_);
    ++tally_.commands;
    ++tally_.refused[std::string(name_of(error.code))];
}

void Bulk::take(const CommandId& id, const Result<runtime::Receipt>& answer) {
    if (on_answer_) on_answer_(id, answer);
    const std::lock_guard lock(mutex_);
    --in_flight_;
    if (!answer) {
        ++tally_.refused[std::string(name_of(answer.error().code))];
        const ErrorCode code = answer.error().code;
        if (code == ErrorCode::outcome_unknown || code == ErrorCode::stopped ||
            code == ErrorCode::corruption) {
            tally_.fatal = answer.error();
        }
    } else if (answer->rejection) {
        ++tally_.refused[answer->rejection->rule];
    } else if (answer->repeated) {
        ++tally_.repeated;
    } else {
        ++tally_.accepted;
    }
    answered_.notify_all();
}

Tally Bulk::wait() {
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [&] { return in_flight_ == 0; });
    return tally_;
}

std::uint64_t Bulk::answered() {
    const std::lock_guard lock(mutex_);
    return tally_.commands - in_flight_;
}

}  // namespace jejak::tools
