#pragma once

#include <memory>
#include <span>

#include "adapters/http/channel.hpp"
#include "adapters/http/tls_context.hpp"

struct ssl_st;

namespace jejak::http {

// One client's TLS over a socket that does not block. OpenSSL reads and writes the socket itself:
// boost::asio::ssl::stream would put 68 KiB of buffers between them for each connection, also one
// on which nothing happens. Not thread-safe.
class TlsSession {
  public:
    // `socket` lives longer than this.
    TlsSession(const TlsContext& context, Socket& socket);
    ~TlsSession();
    TlsSession(const TlsSession&) = delete;
    TlsSession& operator=(const TlsSession&) = delete;

    // As Channel has them.
    [[nodiscard]] Transfer shake_hands();
    [[nodiscard]] Transfer read(std::span<char> into);
    [[nodiscard]] Transfer write(std::span<const char> bytes);

    // Whether OpenSSL holds bytes that were not read.
    [[nodiscard]] bool has_pending() const;
    // Once; says close_notify if the socket takes it at once.
    void end_sending();

  private:
    [[nodiscard]] Transfer transfer_of(int outcome);

    std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
    bool usable_ = false;  // shaken hands, not failed, not ended from here
};

}  // namespace jejak::http
