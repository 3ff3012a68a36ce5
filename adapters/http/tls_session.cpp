#include "adapters/http/tls_session.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <climits>

namespace jejak::http {
namespace {

Socket& socket_of(BIO* bio) {
    return *static_cast<Socket*>(BIO_get_data(bio));
}

bool is_to_be_repeated(const boost::system::error_code& fault) {
    return fault == boost::asio::error::would_block || fault == boost::asio::error::try_again ||
           fault == boost::asio::error::interrupted;
}

int read_socket(BIO* bio, char* into, int bytes_max) {
    BIO_clear_retry_flags(bio);
    boost::system::error_code fault;
    const std::size_t size = socket_of(bio).read_some(
        boost::asio::buffer(into, static_cast<std::size_t>(bytes_max)), fault);
    if (!fault) return static_cast<int>(size);
    if (fault == boost::asio::error::eof) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    if (is_to_be_repeated(fault)) BIO_set_retry_read(bio);
    return fault == boost::asio::error::eof ? 0 : -1;
}

// Asio's, since OpenSSL's own would raise SIGPIPE where the client is gone.
int write_socket(BIO* bio, const char* from, int bytes) {
    BIO_clear_retry_flags(bio);
    boost::system::error_code fault;
    const std::size_t size = socket_of(bio).write_some(
        boost::asio::buffer(from, static_cast<std::size_t>(bytes)), fault);
    if (!fault) return static_cast<int>(size);
    if (is_to_be_repeated(fault)) BIO_set_retry_write(bio);
    return -1;
}

long control_socket(BIO* bio, int command, long, void*) {
    if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* socket_method() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* const made =
            BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket that does not block");
        BIO_meth_set_read(made, &read_socket);
        BIO_meth_set_write(made, &write_socket);
        BIO_meth_set_ctrl(made, &control_socket);
        return made;
    }();
    return method;
}

int openssl_size(std::size_t size) {
    return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
}

}  // namespace

TlsSession::TlsSession(const TlsContext& context, Socket& socket)
    : ssl_(SSL_new(context.native()), &SSL_free) {
    BIO* const bio = BIO_new(socket_method());
    BIO_set_data(bio, &socket);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_accept_state(ssl_.get());
}

TlsSession::~TlsSession() = default;

Transfer TlsSession::shake_hands() {
    ERR_clear_error();
    const Transfer shaken = transfer_of(SSL_do_handshake(ssl_.get()));
    usable_ = shaken.state == Transfer::State::done;
    return shaken.state == Transfer::State::ended ? Transfer{} : shaken;
}

Transfer TlsSession::read(std::span<char> into) {
    ERR_clear_error();
    return transfer_of(SSL_read(ssl_.get(), into.data(), openssl_size(into.size())));
}

Transfer TlsSession::write(std::span<const char> bytes) {
    ERR_clear_error();
    return transfer_of(SSL_write(ssl_.get(), bytes.data(), openssl_size(bytes.size())));
}

Transfer TlsSession::transfer_of(int outcome) {
    if (outcome > 0) return {Transfer::State::done, static_cast<std::size_t>(outcome)};
    switch (SSL_get_error(ssl_.get(), outcome)) {
        case SSL_ERROR_WANT_READ:
            return {Transfer::State::needs_input, 0};
        case SSL_ERROR_WANT_WRITE:
            return {Transfer::State::needs_output, 0};
        case SSL_ERROR_ZERO_RETURN:
            return {Transfer::State::ended, 0};
        default:
            usable_ = false;
            return {Transfer::State::failed, 0};
    }
}

bool TlsSession::has_pending() const {
    return SSL_has_pending(ssl_.get()) == 1;
}

void TlsSession::end_sending() {
    if (!std::exchange(usable_, false)) return;
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
    ERR_clear_error();
}

}  // namespace jejak::http
