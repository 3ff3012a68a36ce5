#include "adapters/http/channel.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cstring>

#include "adapters/http/tls_session.hpp"

namespace jejak::http {
namespace {

// What one record of TLS can hold (RFC 8446, section 5.1).
constexpr std::size_t record_bytes_max = 16 * 1024;

Transfer transfer_of(const boost::system::error_code& fault, std::size_t size,
                     Transfer::State to_wait) {
    if (!fault) return {Transfer::State::done, size};
    if (fault == boost::asio::error::would_block || fault == boost::asio::error::try_again) {
        return {to_wait, 0};
    }
    if (fault == boost::asio::error::eof) return {Transfer::State::ended, 0};
    return {Transfer::State::failed, 0};
}

}  // namespace

Channel::Channel(Socket socket, std::shared_ptr<const TlsContext> tls)
    : socket_(std::move(socket)), tls_(std::move(tls)), secure_(tls_ != nullptr) {}

Channel::~Channel() = default;

void Channel::open() {
    boost::system::error_code ignored;  // a socket that is gone says so when it is read
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    if (tls_) session_ = std::make_unique<TlsSession>(*tls_, socket_);
    tls_.reset();
}

std::string Channel::remote() const {
    boost::system::error_code fault;
    const auto endpoint = socket_.remote_endpoint(fault);
    return fault ? "" : endpoint.address().to_string();
}

Transfer Channel::shake_hands() {
    return session_->shake_hands();
}

Transfer Channel::read(std::span<char> into) {
    if (session_) {
        const Transfer got = session_->read(into);
        may_have_input_ = got.state == Transfer::State::done && session_->has_pending();
        return got;
    }
    boost::system::error_code fault;
    const std::size_t size =
        socket_.read_some(boost::asio::buffer(into.data(), into.size()), fault);
    may_have_input_ = size == into.size();
    return transfer_of(fault, size, Transfer::State::needs_input);
}

Transfer Channel::write(const std::array<boost::asio::const_buffer, 4>& buffers) {
    if (session_) return write_secured(buffers);
    boost::system::error_code fault;
    const std::size_t size = socket_.write_some(buffers, fault);
    return transfer_of(fault, size, Transfer::State::needs_output);
}

// Small pieces become one record: each record costs a call, and 22 bytes or more.
Transfer Channel::write_secured(const std::array<boost::asio::const_buffer, 4>& buffers) {
    if (buffers[0].size() >= record_bytes_max || buffers[1].size() == 0) {
        return session_->write({static_cast<const char*>(buffers[0].data()), buffers[0].size()});
    }
    static thread_local std::array<char, record_bytes_max> record;
    std::size_t size = 0;
    for (const auto& buffer : buffers) {
        const std::size_t taken = std::min(buffer.size(), record.size() - size);
        if (taken > 0) std::memcpy(record.data() + size, buffer.data(), taken);
        size += taken;
    }
    return session_->write({record.data(), size});
}

bool Channel::has_unread() const {
    boost::system::error_code ignored;
    return socket_.available(ignored) > 0 || (session_ && session_->has_pending());
}

bool Channel::end_sending() {
    if (session_) session_->end_sending();
    boost::system::error_code fault;
    socket_.shutdown(Socket::shutdown_send, fault);
    return !fault;
}

void Channel::break_off() {
    boost::system::error_code ignored;
    session_.reset();
    socket_.set_option(Socket::linger(true, 0), ignored);
}

void Channel::close() {
    if (session_) session_->end_sending();
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace jejak::http
