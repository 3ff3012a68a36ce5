#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "adapters/http/tls_context.hpp"

namespace jejak::http {

using Strand = boost::asio::strand<boost::asio::any_io_executor>;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Strand>;

// What a call that never waits came to.
struct Transfer {
    enum class State {
        done,          // `size` bytes, at least one
        needs_input,   // nothing, until the socket can be read
        needs_output,  // nothing, until the socket can be written
        ended,         // the other side sends no more
        failed         // the connection is of no more use
    };
    State state = State::failed;
    std::size_t size = 0;
};

class TlsSession;

// The bytes to and from a client, in the clear or through TLS. Nothing waits and nothing is held
// here: who is told that it can not go on waits for the socket, so that a connection on which
// nothing happens has no buffers (through TLS some 15 KB of OpenSSL's). Not thread-safe.
class Channel {
  public:
    // `tls` null: in the clear.
    Channel(Socket socket, std::shared_ptr<const TlsContext> tls);
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    // To be called before all else.
    void open();
    [[nodiscard]] bool is_secure() const { return secure_; }
    // Address of the peer without port; empty: it is gone.
    [[nodiscard]] std::string remote() const;
    [[nodiscard]] Socket::executor_type executor() { return socket_.get_executor(); }

    // Through TLS, before anything is read or written. Never `ended`.
    [[nodiscard]] Transfer shake_hands();
    [[nodiscard]] Transfer read(std::span<char> into);
    // At most 64 KiB of them. Never `ended`. Who was told to wait comes back with the same bytes;
    // there may be more behind them.
    [[nodiscard]] Transfer write(const std::array<boost::asio::const_buffer, 4>& buffers);

    // False: read() would need_input; no call is made to learn that.
    [[nodiscard]] bool may_have_input() const { return may_have_input_; }
    // Whether bytes have arrived that were not read.
    [[nodiscard]] bool has_unread() const;

    // Calls `ready` with an error code when the socket can be read, or written.
    template <class Ready>
    void wait_for(Socket::wait_type what, Ready ready) {
        socket_.async_wait(what, std::move(ready));
    }
    // Whoever waited was told that it can go on.
    void on_ready() { may_have_input_ = true; }

    // Tells the client that nothing more is sent; false: it is gone.
    bool end_sending();
    void close();
    // To be called before close(): the client gets to see that something is missing (RST).
    void break_off();

  private:
    [[nodiscard]] Transfer write_secured(const std::array<boost::asio::const_buffer, 4>& buffers);

    Socket socket_;
    std::shared_ptr<const TlsContext> tls_;  // until open()
    bool secure_;
    bool may_have_input_ = true;
    std::unique_ptr<TlsSession> session_;
};

}  // namespace jejak::http
