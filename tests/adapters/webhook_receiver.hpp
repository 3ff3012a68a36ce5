#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// A small server for whatever is posted to it, on 127.0.0.1 and a port of its own.
namespace jejak::webhooks {

// A certificate that vouches for itself, and its key: PEM.
struct TlsIdentity {
    std::string certificate;
    std::string private_key;
};
[[nodiscard]] TlsIdentity make_identity(const std::string& host);

struct Received {
    std::string target;
    std::map<std::string, std::string> fields;  // names in small letters
    std::string body;
};

class Receiver {
  public:
    struct Reply {
        unsigned status = 204;
        std::map<std::string, std::string> fields = {};
        std::string body = {};
        std::string raw = {};  // instead of all that: bytes as they go over the wire
    };
    // None: the answer waits for release().
    using Answering = std::function<std::optional<Reply>(const Received&)>;

    Receiver(boost::asio::io_context& io, Answering answering,
             std::optional<TlsIdentity> identity = std::nullopt);
    ~Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] const std::vector<Received>& received() const;
    [[nodiscard]] std::vector<std::string> ids() const;  // webhook-id of each
    [[nodiscard]] std::vector<std::string> bodies() const;
    // Answers all that wait.
    void release(const Reply& reply);

    struct Shared;

  private:
    std::shared_ptr<Shared> shared_;
};

}  // namespace jejak::webhooks
