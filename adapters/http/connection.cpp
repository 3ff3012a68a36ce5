#include "adapters/http/connection.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <exception>
#include <string_view>
#include <utility>

#include "adapters/http/pending_answer.hpp"

namespace jejak::http {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::string_view proceed = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Connection::Connection(boost::asio::ip::tcp::socket socket, std::shared_ptr<const Service> service,
                       Gone gone)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      service_(std::move(service)),
      gone_(std::move(gone)) {}

void Connection::serve() {
    boost::asio::post(socket_.get_executor(), [self = shared_from_this()] {
        boost::system::error_code ignored;
        self->socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
        // The time for the header of the first request runs from here: who connects has something
        // to say.
        self->head_begun_ = true;
        self->set_deadline(self->service_->limits.header_timeout);
        self->read();
    });
}

void Connection::turn_away(Response response) {
    boost::asio::post(socket_.get_executor(),
                      [self = shared_from_this(), response = std::move(response)]() mutable {
                          self->respond(std::move(response));
                      });
}

void Connection::finish() {
    boost::asio::post(socket_.get_executor(), [self = shared_from_this()] {
        self->finishing_ = true;
        if (self->state_ == State::head && self->is_idle()) self->close();
    });
}

bool Connection::is_idle() {
    // A request that has reached us is answered, even if its bytes have not been fetched yet.
    boost::system::error_code fault;
    return input_.empty() && socket_.available(fault) == 0;
}

void Connection::answer(std::uint64_t turn, Response response) {
    boost::asio::post(socket_.get_executor(),
                      [self = shared_from_this(), turn, response = std::move(response)]() mutable {
                          if (self->state_ != State::handling || self->turn_ != turn) return;
                          self->respond(std::move(response));
                      });
}

void Connection::read() {
    if (reading_) return;
    reading_ = true;
    socket_.async_read_some(
        boost::asio::buffer(chunk_),
        [self = shared_from_this()](boost::system::error_code fault, std::size_t size) {
            self->on_read(fault, size);
        });
}

void Connection::on_read(boost::system::error_code fault, std::size_t size) {
    reading_ = false;
    if (state_ == State::closed) return;
    at_end_ = at_end_ || fault == boost::asio::error::eof;
    if (fault && !at_end_) return close();
    if (state_ == State::draining) return await_more();
    input_.append(chunk_.data(), size);
    advance();
}

void Connection::await_more() {
    at_end_ ? close() : read();
}

void Connection::advance() {
    if (state_ == State::head) advance_head();
    if (state_ == State::body) advance_body();
}

void Connection::advance_head() {
    if (!head_begun_ && !input_.empty()) {
        head_begun_ = true;
        set_deadline(service_->limits.header_timeout);
    }
    // RFC 9112, section 2.2: one empty line ahead of a request is overlooked.
    if (!line_skipped_ && scanned_ == 0 && input_.starts_with('\r')) {
        if (input_.size() == 1) return await_more();
        line_skipped_ = input_.starts_with("\r\n");
        if (line_skipped_) input_.erase(0, 2);
    }
    delivery_.head_only = input_.starts_with("HEAD ");
    const auto size = find_head(input_, scanned_, service_->limits);
    if (!size) return refuse(size.error());
    if (!*size) return await_more();
    auto head = parse_head(std::string_view(input_).substr(0, **size), service_->limits);
    if (!head) return refuse(head.error());
    input_.erase(0, **size);
    request_ = std::move(head->request);
    keep_alive_ = head->keep_alive;
    delivery_.keep_alive = head->http_1_0;
    begin_body(*head);
}

void Connection::begin_body(const Head& head) {
    state_ = State::body;
    body_left_ = head.framing.content_length;
    chunked_.reset();
    if (head.framing.chunked) chunked_.emplace(service_->limits);
    set_deadline(service_->limits.body_timeout);
    if (!head.expects_continue || !input_.empty()) return;
    state_ = State::proceeding;
    boost::asio::async_write(
        socket_, boost::asio::buffer(proceed),
        [self = shared_from_this()](boost::system::error_code fault, std::size_t) {
            if (self->state_ == State::closed) return;
            if (fault) return self->close();
            self->state_ = State::body;
            self->advance();
        });
}

void Connection::advance_body() {
    if (chunked_) {
        const auto complete = chunked_->take(input_, request_.body);
        if (!complete) return refuse(complete.error());
        return *complete ? handle() : await_more();
    }
    const std::size_t size = std::min<std::uint64_t>(body_left_, input_.size());
    request_.body.append(input_, 0, size);
    input_.erase(0, size);
    body_left_ -= size;
    body_left_ == 0 ? handle() : await_more();
}

void Connection::handle() {
    boost::system::error_code fault;
    request_.remote = socket_.remote_endpoint(fault).address().to_string();
    if (fault) return close();
    state_ = State::handling;
    set_deadline(service_->limits.answer_timeout);
    // Reads ahead once, to learn of a client that goes away; what comes is looked at later.
    if (input_.empty() && !at_end_) read();
    const auto pending = std::make_shared<PendingAnswer>(weak_from_this(), ++turn_);
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

void Connection::await_next_request() {
    state_ = State::head;
    head_begun_ = false;
    line_skipped_ = false;
    scanned_ = 0;
    // The end may have come while the answer was being written, which did not announce it.
    if (finishing_ && is_idle()) return close();
    set_deadline(service_->limits.idle_timeout);
    advance();
}

void Connection::refuse(const Refusal& refusal) {
    keep_alive_ = false;
    respond(problem(refusal.status, refusal.code, refusal.detail));
}

void Connection::respond(Response response) {
    state_ = State::writing;
    delivery_.close = !keep_alive_ || finishing_ || (at_end_ && input_.empty());
    reply_ = reply_of(std::move(response), delivery_, std::chrono::system_clock::now());
    body_sent_ = 0;
    write();
}

void Connection::write() {
    set_deadline(service_->limits.write_timeout);
    const auto piece = std::string_view(reply_.body).substr(body_sent_, piece_bytes);
    const std::array<boost::asio::const_buffer, 2> buffers = {
        body_sent_ == 0 ? boost::asio::buffer(reply_.head) : boost::asio::const_buffer(),
        boost::asio::buffer(piece)};
    boost::asio::async_write(
        socket_, buffers,
        [self = shared_from_this(), size = piece.size()](
            boost::system::error_code fault, std::size_t) { self->on_written(fault, size); });
}

void Connection::on_written(boost::system::error_code fault, std::size_t body_bytes) {
    if (state_ == State::closed) return;
    if (fault) return close();
    body_sent_ += body_bytes;
    if (body_sent_ < reply_.body.size()) return write();
    const bool last = delivery_.close;
    reply_ = {};
    delivery_ = {};
    last ? drain() : await_next_request();
}

// To close with bytes unread would make the system send a reset, and the client might lose the
// answer (RFC 9112, section 9.6).
void Connection::drain() {
    state_ = State::draining;
    input_.clear();
    boost::system::error_code fault;
    socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, fault);
    if (fault) return close();
    set_deadline(service_->limits.linger_timeout);
    await_more();
}

void Connection::close() {
    if (std::exchange(state_, State::closed) == State::closed) return;
    boost::system::error_code ignored;
    timer_.cancel();
    socket_.close(ignored);
    std::exchange(gone_, {})(*this);
}

void Connection::set_deadline(Limits::Duration duration) {
    timer_.expires_after(duration);
    timer_.async_wait(
        [self = shared_from_this(), deadline = ++deadline_](boost::system::error_code fault) {
            // One that ran out while it was being replaced comes without a fault.
            if (!fault && deadline == self->deadline_) self->on_deadline();
        });
}

void Connection::on_deadline() {
    // RFC 9110, section 15.5.9. A read may still be under way; it goes on while we drain.
    if (state_ == State::body || (state_ == State::head && !input_.empty())) {
        return refuse({408, "request_timeout", "the request came in too slowly"});
    }
    if (state_ != State::handling) return close();
    spdlog::error("http: a handler gave no answer in time; sent as 503");
    refuse({503, "no_answer", "the server took too long; try again"});
}

}  // namespace jejak::http
