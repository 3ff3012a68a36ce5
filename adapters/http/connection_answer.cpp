// Of a Connection, what goes out: answers, whole or as their source gives them.

#include <spdlog/spdlog.h>

#include <chrono>
#include <exception>
#include <utility>

#include "adapters/http/connection.hpp"
#include "adapters/http/pending_chunk.hpp"

namespace jejak::http {
namespace {

// Of what is asked of a source before it is sent: so many small pieces become one.
constexpr std::size_t gathered_bytes = 16 * 1024;

}  // namespace

void Connection::answer(std::uint64_t turn, Response response) {
    note([this, turn, response = std::move(response)]() mutable {
        if (phase_ != Phase::answering || answered_ || turn_ != turn) return;
        respond(std::move(response));
    });
}

void Connection::respond(Response response) {
    answered_ = true;
    deadlines_.clear(Deadlines::Side::answering);
    if (phase_ != Phase::handshake) {
        phase_ = Phase::answering;
        if (!reader_) deadlines_.clear(Deadlines::Side::receiving);
    }
    // An answer that is streamed may begin before the body is complete.
    const bool cuts_body = !response.source && !body_.is_complete();
    delivery_.close = !keep_alive_ || finishing_ || cuts_body || (at_end_ && input_.empty());
    delivery_.secure = channel_.is_secure();
    delivery_.varies_by_origin = !service_->settings.allowed_origins.empty();
    Reply reply = reply_of(std::move(response), delivery_, std::chrono::system_clock::now());
    closes_ = reply.close;
    chunked_ = reply.chunked;
    source_ = std::move(reply.source);
    output_.append(std::move(reply.head));
    output_.append(std::move(reply.body));
    if (source_ && input_.empty()) input_ = {};
}

bool Connection::continue_answer() {
    if (!answered_) return false;
    if (!source_) {
        if (output_.empty()) end_answer();
        return phase_ != Phase::answering;
    }
    // The client is gone; if it broke off a body, it is for who reads that to say so.
    if (at_end_ && body_.is_complete()) return close(), true;
    if (finishing_ && source_->is_endless()) return end_source(), true;
    if (source_asked_ || output_.size() >= gathered_bytes) return false;
    ask_source();
    return true;
}

void Connection::ask_source() {
    source_asked_ = true;
    if (output_.empty()) limit_source();
    const auto pending = std::make_shared<PendingChunk>(weak_from_this(), ++asked_);
    const auto source = source_;
    try {
        source->next(
            [pending](std::optional<std::string> chunk) { pending->give(std::move(chunk)); });
    } catch (const std::exception& failure) {
        spdlog::error("http: the source of an answer failed: {}", failure.what());
        break_off(asked_);
    } catch (...) {
        break_off(asked_);
    }
}

void Connection::give_chunk(std::uint64_t number, std::optional<std::string> chunk) {
    note([this, number, chunk = std::move(chunk)]() mutable {
        if (!source_asked_ || number != asked_) return;
        source_asked_ = false;
        if (output_.empty()) limit_source();
        if (!chunk) return end_source();
        chunked_ ? output_.append_chunk(std::move(*chunk)) : output_.append(std::move(*chunk));
    });
}

void Connection::break_off(std::uint64_t number) {
    note([this, number] {
        if (!source_asked_ || number != asked_) return;
        spdlog::error("http: an answer was broken off: its source gave up on it");
        if (!chunked_) channel_.break_off();  // else the last chunk is missing
        close();
    });
}

void Connection::limit_source() {
    deadlines_.clear(Deadlines::Side::answering);
    if (!finishing_ || !source_asked_) return;
    deadlines_.set(Deadlines::Side::answering, service_->limits.answer_timeout);
}

void Connection::end_source() {
    source_asked_ = false;
    source_.reset();
    if (chunked_) output_.append_last_chunk();
}

void Connection::end_answer() {
    // The end of a body whose data were all read may not have been asked for.
    std::string rest;
    if (!body_.is_complete() && !body_failure_) (void)body_.take(input_, rest);
    const bool all_read = body_.is_complete() && rest.empty();
    answered_ = false;
    proceed_owed_ = false;
    body_failure_.reset();
    body_ = {};
    delivery_ = {};
    tell_reader(error(ErrorCode::invalid_input, "the request is answered; it has no more body"));
    closes_ || !all_read ? drain() : await_next_request();
}

}  // namespace jejak::http
