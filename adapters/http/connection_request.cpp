// Of a Connection, what comes in: heads, bodies, and whom they are handed to.

#include <spdlog/spdlog.h>

#include <boost/beast/core/string.hpp>
#include <exception>
#include <utility>

#include "adapters/http/connection.hpp"
#include "adapters/http/cors.hpp"
#include "adapters/http/pending_answer.hpp"
#include "adapters/http/streamed_body.hpp"

namespace jejak::http {
namespace {

constexpr std::string_view proceed = "HTTP/1.1 100 Continue\r\n\r\n";
// What an idle connection may keep for its next request.
constexpr std::size_t kept_input_bytes_max = 4 * 1024;

// Of a head that is refused: whoever followed a wrong link reads why in her language.
std::string_view language_in(std::string_view head) {
    constexpr std::string_view name = "\r\naccept-language:";
    const auto is_name = [&](std::string_view text) {
        return boost::beast::iequals(text.substr(0, name.size()), name);
    };
    for (auto at = head.find("\r\n"); at != std::string_view::npos;
         at = head.find("\r\n", at + 2)) {
        if (!is_name(head.substr(at))) continue;
        head.remove_prefix(at + name.size());
        return head.substr(0, head.find('\r'));
    }
    return {};
}

Error body_error(const Refusal& refusal) {
    return error(ErrorCode::invalid_input, refusal.detail + "; nothing behind it can be read");
}

}  // namespace

Response Service::response_to(const Refusal& refusal, std::string_view accept_language) const {
    try {
        if (settings.words_of) return settings.words_of(refusal, accept_language);
    } catch (const std::exception& failure) {
        spdlog::error("http: a refusal is sent in plain words: {}", failure.what());
    }
    return problem(refusal.status, refusal.code, refusal.detail);
}

bool Connection::take_head() {
    // RFC 9112, section 2.2: one empty line ahead of a request is overlooked.
    const bool line_begun = !line_skipped_ && scanned_ == 0 && input_.starts_with('\r');
    if (line_begun && input_.size() > 1) {
        line_skipped_ = input_.starts_with("\r\n");
        if (line_skipped_) input_.erase(0, 2);
    }
    std::optional<std::size_t> size;
    if (!line_begun || input_.size() > 1) {
        delivery_.head_only = input_.starts_with("HEAD ");
        const auto found = find_head(input_, scanned_, service_->limits);
        if (!found) return refuse(found.error(), language_in(input_)), true;
        size = *found;
    }
    if (!size) {
        if (at_end_) return close(), true;
        if (!head_begun_ && !input_.empty()) {
            head_begun_ = true;
            deadlines_.set(Deadlines::Side::receiving, service_->limits.header_timeout);
        }
        return false;
    }
    auto head = parse_head(std::string_view(input_).substr(0, *size), service_->limits);
    if (!head) {
        return refuse(head.error(), language_in(std::string_view(input_).substr(0, *size))), true;
    }
    input_.erase(0, *size);
    begin_body(*head);
    return true;
}

void Connection::begin_body(Head& head) {
    const ServerSettings& settings = service_->settings;
    phase_ = Phase::body;
    request_ = std::move(head.request);
    request_.remote = remote_;
    if (remote_.empty()) return close();
    keep_alive_ = head.keep_alive;
    delivery_.keep_alive = head.http_1_0;
    delivery_.http_1_0 = head.http_1_0;
    delivery_.origin = allowed_origin_of(request_, settings.allowed_origins);
    const bool preflight = !delivery_.origin.empty() && is_preflight(request_);
    const bool streamed = !preflight && is_body_streamed();
    body_ = FramedBody(head.framing, service_->limits, !streamed);
    if (streamed) {
        proceed_owed_ = head.expects_continue;
        request_.body_source = std::make_shared<StreamedBody>(weak_from_this(), turn_ + 1);
        return handle();
    }
    if (const auto refusal = head.framing.fault_of_length(service_->limits)) {
        return refuse(*refusal, request_.header("Accept-Language").value_or(""));
    }
    if (body_.is_complete()) return handle();
    deadlines_.set(Deadlines::Side::receiving, service_->limits.body_timeout);
    if (head.expects_continue && input_.empty()) output_.append(std::string(proceed));
}

bool Connection::is_body_streamed() const {
    try {
        const auto& streams_body = service_->settings.streams_body;
        return streams_body && streams_body(request_);
    } catch (const std::exception& failure) {
        spdlog::error("http: cannot tell whether to stream a body, so it is not: {}",
                      failure.what());
        return false;
    }
}

bool Connection::take_body() {
    const auto complete = body_.take(input_, request_.body);
    if (!complete) {
        return refuse(complete.error(), request_.header("Accept-Language").value_or("")), true;
    }
    if (*complete) return handle(), true;
    if (!at_end_) return false;
    close();
    return true;
}

void Connection::handle() {
    phase_ = Phase::answering;
    deadlines_.clear(Deadlines::Side::receiving);
    deadlines_.set(Deadlines::Side::answering, service_->limits.answer_timeout);
    const auto pending = std::make_shared<PendingAnswer>(weak_from_this(), ++turn_);
    if (!delivery_.origin.empty() && is_preflight(request_)) {
        return pending->give(preflight_answer());
    }
    try {
        service_->handler(std::exchange(request_, {}),
                          [pending](Response response) { pending->give(std::move(response)); });
    } catch (const std::exception& failure) {
        spdlog::error("http: the handler failed, sent as 500: {}", failure.what());
        pending->fail();
    } catch (...) {
        spdlog::error("http: the handler failed, sent as 500");
        pending->fail();
    }
}

void Connection::read_body(std::uint64_t turn, BodyReader::Take take) {
    note([this, turn, take = std::move(take)]() mutable {
        const bool over = phase_ != Phase::answering || turn != turn_;
        if (over || reader_) {
            return take(
                over ? error(ErrorCode::invalid_input, "the request is over; it has no more body")
                     : error(ErrorCode::defect,
                             "a body is read twice at a time; wait for the first read"));
        }
        reader_ = std::move(take);
        if (std::exchange(proceed_owed_, false) && input_.empty() && !answered_) {
            output_.append(std::string(proceed));
        }
        if (body_.is_complete()) return;
        // The time of the client, not of the handler.
        if (!answered_) deadlines_.clear(Deadlines::Side::answering);
        deadlines_.set(Deadlines::Side::receiving, service_->limits.body_timeout);
    });
}

bool Connection::feed_reader() {
    if (!reader_) return false;
    std::string piece;
    if (finishing_ && !body_.is_complete() && !body_failure_) {
        body_failure_ = error(ErrorCode::stopped,
                              "the server stops; the rest of the body has to be sent again");
    }
    if (!body_failure_) {
        const auto taken = body_.take(input_, piece);
        if (!taken) body_failure_ = body_error(taken.error());
        if (taken && !*taken && piece.empty()) {
            if (!at_end_) return false;
            body_failure_ = error(ErrorCode::invalid_input,
                                  "the client broke off the body; the rest has to be sent again");
        }
    }
    deadlines_.clear(Deadlines::Side::receiving);
    if (!answered_) {
        deadlines_.set(Deadlines::Side::answering, service_->limits.answer_timeout);
    }
    if (!piece.empty()) {
        tell_reader(std::optional(std::move(piece)));
    } else if (body_failure_) {
        tell_reader(*body_failure_);
    } else {
        tell_reader(std::optional<std::string>());
    }
    return true;
}

void Connection::tell_reader(Result<std::optional<std::string>> what) {
    const auto take = std::exchange(reader_, {});
    if (!take) return;
    try {
        take(std::move(what));
    } catch (const std::exception& failure) {
        spdlog::error("http: who read a body failed, its connection is closed: {}", failure.what());
        close();
    } catch (...) {
        spdlog::error("http: who read a body failed, its connection is closed");
        close();
    }
}

void Connection::refuse(const Refusal& refusal, std::string_view accept_language) {
    keep_alive_ = false;
    respond(service_->response_to(refusal, accept_language));
}

void Connection::await_next_request() {
    phase_ = Phase::head;
    head_begun_ = false;
    line_skipped_ = false;
    scanned_ = 0;
    if (input_.empty() && input_.capacity() > kept_input_bytes_max) input_ = {};
    // The end may have come while the answer was being written, which did not announce it.
    if (finishing_ && is_idle()) return close();
    deadlines_.set(Deadlines::Side::receiving, service_->limits.idle_timeout);
}

}  // namespace jejak::http
