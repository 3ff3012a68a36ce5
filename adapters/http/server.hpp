#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/connection.hpp"
#include "adapters/http/limits.hpp"
#include "adapters/http/message.hpp"
#include "adapters/http/settings.hpp"
#include "engine/result.hpp"

namespace jejak::http {

// HTTP/1.1 (RFC 9110, RFC 9112) on one address and port, in the clear or through TLS.
// Requests that are wrong are refused with a problem (RFC 9457) before the handler sees them; what
// for, head.hpp, target.hpp and chunked_body.hpp say.
//
// Everything runs on the executor, each connection on a strand of its own. Who connects while
// `connections_max` are open gets 503 with Retry-After and is closed; beyond 64 more of those, the
// connection is closed without a word.
//
// The server keeps itself alive until it is stopped or its execution context is destroyed. Whoever
// owns the context keeps it running until stop() has completed.
class Server : public std::enable_shared_from_this<Server> {
  public:
    using Completion = std::function<void()>;

    // Listens on `address`, an IP address such as "127.0.0.1" or "::1"; port 0 takes a free one.
    // `handler` must not be empty. Errors: environment, naming address, port and remedy, if that
    // cannot be; invalid_input if header_bytes_max is above header_bytes_bound or an allowed origin
    // is none.
    [[nodiscard]] static Result<std::shared_ptr<Server>> start(
        boost::asio::any_io_executor executor, const std::string& address, std::uint16_t port,
        Limits limits, Handler handler, ServerSettings settings = {});

    // Where it listens. Thread-safe.
    [[nodiscard]] std::uint16_t port() const { return port_; }

    // From any thread: who connects from now on gets this certificate; who is connected keeps his.
    // Error: invalid_input if the server was started without TLS, or `tls` is null.
    [[nodiscard]] Result<void> reload(std::shared_ptr<const TlsContext> tls);

    // From any thread, any number of times: accepts no more, closes idle connections, answers the
    // requests that have begun to come in, each within its limits, and closes their connections.
    // Answers from endless sources end there, and bodies that are streamed are read no further.
    // Then `completion` is called, once, on the executor; every call's is.
    void stop(Completion completion);

  private:
    struct Guest {
        std::weak_ptr<Connection> connection;
        bool served = false;  // or turned away
    };

    Server(boost::asio::any_io_executor executor, Limits limits, Handler handler,
           ServerSettings settings);
    [[nodiscard]] Result<void> listen(const std::string& address, std::uint16_t port);

    // The rest runs on the strand.
    void accept();
    void on_accepted(boost::system::error_code fault, Socket socket);
    void admit(Socket socket);
    void on_gone(const Connection* connection);
    void complete_if_stopped();

    boost::asio::any_io_executor executor_;
    boost::asio::strand<boost::asio::any_io_executor> strand_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;  // before accepting again after a fault
    std::shared_ptr<const Service> service_;
    std::shared_ptr<const TlsContext> tls_;
    const bool secure_;
    std::uint16_t port_ = 0;
    std::map<const Connection*, Guest> guests_;
    std::size_t served_ = 0;
    bool stopping_ = false;
    std::vector<Completion> completions_;
};

}  // namespace jejak::http
