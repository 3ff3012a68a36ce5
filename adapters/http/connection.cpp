#include "adapters/http/connection.hpp"

#include <spdlog/spdlog.h>

#include <array>
#include <boost/asio/post.hpp>
#include <utility>

namespace jejak::http {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::size_t head_piece_bytes = 16 * 1024;
// How long one client may have a thread for itself.
constexpr unsigned steps_at_once_max = 64;

}  // namespace

Connection::Connection(Socket socket, std::shared_ptr<const TlsContext> tls,
                       std::shared_ptr<const Service> service, Gone gone)
    : channel_(std::move(socket), std::move(tls)),
      service_(std::move(service)),
      gone_(std::move(gone)),
      deadlines_(channel_.executor(), *this) {}

void Connection::start() {
    channel_.open();
    remote_ = channel_.remote();
    if (channel_.is_secure()) phase_ = Phase::handshake;
    deadlines_.set(Deadlines::Side::receiving, service_->limits.header_timeout);
}

void Connection::serve() {
    boost::asio::post(channel_.executor(), [self = shared_from_this()] {
        self->start();
        self->advance();
    });
}

void Connection::turn_away(Response response) {
    boost::asio::post(channel_.executor(),
                      [self = shared_from_this(), response = std::move(response)]() mutable {
                          self->start();
                          self->answered_ = true;
                          self->respond(std::move(response));
                          self->advance();
                      });
}

void Connection::finish() {
    boost::asio::post(channel_.executor(), [self = shared_from_this()] {
        self->finishing_ = true;
        const bool begun = self->phase_ != Phase::head && self->phase_ != Phase::handshake;
        if (!begun && self->is_idle()) return self->close();
        if (self->phase_ == Phase::head && !std::exchange(self->head_begun_, true)) {
            self->deadlines_.set(Deadlines::Side::receiving, self->service_->limits.header_timeout);
        }
        if (self->source_asked_ && self->output_.empty()) self->limit_source();
        self->advance();
    });
}

bool Connection::is_idle() const {
    // A request that has reached us is answered, even if its bytes have not been fetched yet.
    return input_.empty() && !channel_.has_unread();
}

bool Connection::runs_here() const {
    return runner_.load(std::memory_order_relaxed) == std::this_thread::get_id();
}

void Connection::advance() {
    runner_.store(std::this_thread::get_id(), std::memory_order_relaxed);
    bool moved = true;
    for (unsigned steps = 0; moved && steps < steps_at_once_max; ++steps) {
        moved = step();
    }
    runner_.store({}, std::memory_order_relaxed);
    if (phase_ == Phase::closed) return;
    if (moved) {
        boost::asio::post(channel_.executor(), [self = shared_from_this()] { self->advance(); });
        return;
    }
    if (wants_input()) await(Socket::wait_read);
    if (output_blocked_) await(Socket::wait_write);
}

bool Connection::step() {
    if (phase_ == Phase::closed) return false;
    if (phase_ == Phase::handshake) return shake_hands();
    if (!output_.empty() && !output_blocked_ && send()) return true;
    switch (phase_) {
        case Phase::head:
            if (take_head()) return true;
            break;
        case Phase::body:
            if (take_body()) return true;
            break;
        case Phase::answering:
            if (feed_reader() || continue_answer()) return true;
            break;
        default:
            input_.clear();
            if (at_end_) close();
            break;
    }
    return receive();
}

bool Connection::shake_hands() {
    const Transfer shaken = channel_.shake_hands();
    if (shaken.state == Transfer::State::needs_input) await(Socket::wait_read);
    if (shaken.state == Transfer::State::needs_output) await(Socket::wait_write);
    if (shaken.state == Transfer::State::failed) close();
    if (shaken.state != Transfer::State::done) return false;
    // Who is turned away has his answer already.
    phase_ = answered_ ? Phase::answering : Phase::head;
    deadlines_.set(Deadlines::Side::receiving, service_->limits.header_timeout);
    if (finishing_ && !answered_ && is_idle()) close();
    return true;
}

// While a request is answered, the first bytes behind it are fetched, to learn of a client that
// goes away; it has to wait with more, unless someone reads it.
bool Connection::wants_input() const {
    if (phase_ == Phase::closed || phase_ == Phase::handshake || at_end_) return false;
    return phase_ != Phase::answering || input_.empty() || reader_ != nullptr;
}

bool Connection::receive() {
    if (!wants_input() || !channel_.may_have_input()) return false;
    static thread_local std::array<char, piece_bytes> piece;
    const bool large = phase_ == Phase::body || (phase_ == Phase::answering && reader_);
    const Transfer got = channel_.read({piece.data(), large ? piece.size() : head_piece_bytes});
    switch (got.state) {
        case Transfer::State::done:
            if (phase_ != Phase::draining) input_.append(piece.data(), got.size);
            return true;
        case Transfer::State::ended:
            at_end_ = true;
            return true;
        case Transfer::State::needs_output:
            await(Socket::wait_write);
            return false;
        case Transfer::State::failed:
            close();
            return false;
        case Transfer::State::needs_input:
            break;
    }
    return false;
}

bool Connection::send() {
    using enum Deadlines::Side;
    const Transfer sent = channel_.write(output_.front());
    if (sent.state == Transfer::State::done) {
        output_.remove(sent.size);
        sent_since_deadline_ += sent.size;
        if (output_.empty() || sent_since_deadline_ >= piece_bytes) {
            sent_since_deadline_ = 0;
            if (answered_) limit_source();
        }
        return true;
    }
    if (sent.state != Transfer::State::needs_output && sent.state != Transfer::State::needs_input) {
        close();
        return true;
    }
    output_blocked_ = true;
    if (sent.state == Transfer::State::needs_input) await(Socket::wait_read);
    if (!deadlines_.is_set(answering)) deadlines_.set(answering, service_->limits.write_timeout);
    return false;
}

void Connection::await(Socket::wait_type what) {
    bool& awaiting = what == Socket::wait_read ? awaiting_input_ : awaiting_output_;
    if (std::exchange(awaiting, true)) return;
    channel_.wait_for(what, [self = shared_from_this(), what](boost::system::error_code fault) {
        (what == Socket::wait_read ? self->awaiting_input_ : self->awaiting_output_) = false;
        if (self->phase_ == Phase::closed) return;
        if (fault) return self->close();
        self->channel_.on_ready();
        self->output_blocked_ = false;
        self->advance();
    });
}

// To close with bytes unread would make the system send a reset, and the client might lose the
// answer (RFC 9112, section 9.6).
void Connection::drain() {
    phase_ = Phase::draining;
    input_ = {};
    if (!channel_.end_sending()) return close();
    deadlines_.set(Deadlines::Side::receiving, service_->limits.linger_timeout);
}

void Connection::close() {
    if (std::exchange(phase_, Phase::closed) == Phase::closed) return;
    deadlines_.stop();
    channel_.close();
    source_asked_ = false;
    source_.reset();
    tell_reader(error(ErrorCode::invalid_input,
                      "the connection is closed; what was not read has to be sent "
                      "again"));
    std::exchange(gone_, {})(*this);
}

void Connection::on_deadline(Deadlines::Side side) {
    // RFC 9110, section 15.5.9. What is under way goes on while we drain.
    if (phase_ == Phase::body || (phase_ == Phase::head && !input_.empty())) {
        refuse({408, "request_timeout", "the request came in too slowly"});
    } else if (phase_ != Phase::answering) {
        close();
    } else if (side == Deadlines::Side::receiving) {
        body_failure_ = error(ErrorCode::invalid_input,
                              "the body came in too slowly; the rest of it has to be sent again");
    } else if (!answered_) {
        spdlog::error("http: a handler gave no answer in time; sent as 503");
        refuse({503, "no_answer", "the server took too long; try again"});
    } else if (output_.empty()) {
        spdlog::warn(
            "http: an answer was broken off: its source gave nothing for {} ms of the "
            "server's end",
            service_->limits.answer_timeout.count());
        close();
    } else {
        spdlog::warn(
            "http: a slow reader was dropped: it took less than 64 KiB of its answer in "
            "{} ms",
            service_->limits.write_timeout.count());
        close();
    }
    advance();
}

}  // namespace jejak::http
