#include "adapters/http/server.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

#include "adapters/http/cors.hpp"
#include "engine/ensure.hpp"

namespace jejak::http {
namespace {

using boost::asio::ip::tcp;

constexpr std::size_t turned_away_max = 64;
constexpr std::chrono::milliseconds pause_after_fault{100};

Error cannot_listen(const std::string& address, std::uint16_t port, const std::string& why) {
    return error(ErrorCode::environment, "cannot listen on address " + address + ", port " +
                                             std::to_string(port) + ": " + why);
}

std::string remedy_for(const boost::system::error_code& fault) {
    if (fault == boost::asio::error::address_in_use) {
        return "another program listens there; stop it or choose another port";
    }
    if (fault == boost::asio::error::access_denied) {
        return "this user may not; choose a port of 1024 or above";
    }
    if (fault == boost::system::errc::address_not_available) {
        return "this machine does not have the address; choose 127.0.0.1 or one of its own";
    }
    return fault.message() + "; choose another address or port";
}

Response too_many_connections(const Service& service) {
    Response response =
        service.response_to({503, "too_many_connections", "too many clients; try again later"});
    std::erase_if(response.headers, [](const auto& each) { return each.first == "Retry-After"; });
    response.headers.emplace_back("Retry-After", "5");
    return response;
}

}  // namespace

Server::Server(boost::asio::any_io_executor executor, Limits limits, Handler handler,
               ServerSettings settings)
    : executor_(std::move(executor)),
      strand_(executor_),
      acceptor_(strand_),
      pause_(strand_),
      tls_(std::move(settings.tls)),
      secure_(tls_ != nullptr) {
    service_ =
        std::make_shared<const Service>(Service{limits, std::move(settings), std::move(handler)});
}

Result<std::shared_ptr<Server>> Server::start(boost::asio::any_io_executor executor,
                                              const std::string& address, std::uint16_t port,
                                              Limits limits, Handler handler,
                                              ServerSettings settings) {
    ENSURE(handler);
    if (limits.header_bytes_max > header_bytes_bound) {
        return error(ErrorCode::invalid_input,
                     "a header of " + std::to_string(limits.header_bytes_max) +
                         " bytes is more than HTTP is read with; allow at most " +
                         std::to_string(header_bytes_bound));
    }
    for (const std::string& origin : settings.allowed_origins) {
        if (is_origin(origin)) continue;
        return error(ErrorCode::invalid_input,
                     "'" + origin +
                         "' is no origin; give scheme, host and port as a browser sends them, such "
                         "as https://penilaian.example");
    }
    std::shared_ptr<Server> server(
        new Server(std::move(executor), limits, std::move(handler), std::move(settings)));
    if (auto listening = server->listen(address, port); !listening) return listening.error();
    boost::asio::post(server->strand_, [server] { server->accept(); });
    return server;
}

Result<void> Server::listen(const std::string& address, std::uint16_t port) {
    boost::system::error_code fault;
    const auto ip = boost::asio::ip::make_address(address, fault);
    if (fault) {
        return cannot_listen(address, port, "that is no IP address; give one such as 127.0.0.1");
    }
    const tcp::endpoint endpoint(ip, port);
    acceptor_.open(endpoint.protocol(), fault);
    if (!fault) acceptor_.set_option(tcp::acceptor::reuse_address(true), fault);
    if (!fault) acceptor_.bind(endpoint, fault);
    if (!fault) acceptor_.listen(boost::asio::socket_base::max_listen_connections, fault);
    if (!fault) port_ = acceptor_.local_endpoint(fault).port();
    if (fault) return cannot_listen(address, port, remedy_for(fault));
    return {};
}

void Server::accept() {
    if (stopping_) return;
    acceptor_.async_accept(
        boost::asio::make_strand(executor_),
        [self = shared_from_this()](boost::system::error_code fault, Socket socket) {
            self->on_accepted(fault, std::move(socket));
        });
}

void Server::on_accepted(boost::system::error_code fault, Socket socket) {
    if (stopping_) return;
    if (!fault) {
        admit(std::move(socket));
        return accept();
    }
    // A client that has gone again is nothing; no more file descriptors is, and would be at once
    // again.
    if (fault == boost::asio::error::connection_aborted) return accept();
    spdlog::error("http: cannot accept a connection: {}", fault.message());
    pause_.expires_after(pause_after_fault);
    pause_.async_wait([self = shared_from_this()](boost::system::error_code) { self->accept(); });
}

void Server::admit(Socket socket) {
    const bool served = served_ < service_->limits.connections_max;
    if (!served && guests_.size() - served_ >= turned_away_max) return;
    const auto connection = std::make_shared<Connection>(
        std::move(socket), tls_, service_, [self = shared_from_this()](Connection& gone) {
            boost::asio::post(self->strand_, [self, gone = &gone] { self->on_gone(gone); });
        });
    guests_[connection.get()] = {connection, served};
    if (served) {
        ++served_;
        connection->serve();
    } else {
        connection->turn_away(too_many_connections(*service_));
    }
}

void Server::on_gone(const Connection* connection) {
    const auto guest = guests_.find(connection);
    if (guest == guests_.end()) return;
    if (guest->second.served) --served_;
    guests_.erase(guest);
    complete_if_stopped();
}

Result<void> Server::reload(std::shared_ptr<const TlsContext> tls) {
    if (!secure_ || !tls) {
        return error(ErrorCode::invalid_input,
                     secure_ ? "there is no certificate to reload; load one first"
                             : "this server speaks HTTP; start it with a certificate for HTTPS");
    }
    // Before anything that is accepted later.
    boost::asio::post(strand_, [self = shared_from_this(), tls = std::move(tls)]() mutable {
        self->tls_ = std::move(tls);
    });
    return {};
}

void Server::stop(Completion completion) {
    boost::asio::post(strand_,
                      [self = shared_from_this(), completion = std::move(completion)]() mutable {
                          self->completions_.push_back(std::move(completion));
                          if (!std::exchange(self->stopping_, true)) {
                              boost::system::error_code ignored;
                              self->acceptor_.close(ignored);
                              self->pause_.cancel();
                              for (const auto& [address, guest] : self->guests_) {
                                  if (const auto connection = guest.connection.lock())
                                      connection->finish();
                              }
                          }
                          self->complete_if_stopped();
                      });
}

void Server::complete_if_stopped() {
    if (!stopping_ || !guests_.empty()) return;
    for (const Completion& completion : std::exchange(completions_, {})) {
        if (completion) completion();
    }
}

}  // namespace jejak::http
