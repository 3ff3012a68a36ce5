#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "adapters/webhooks/endpoints.hpp"
#include "adapters/webhooks/schedule.hpp"
#include "engine/result.hpp"

namespace jejak::webhooks {

// What every delivery has in common; immutable, so threads may share it.
class DeliveryTerms {
  public:
    struct Options {
        // Certificates (PEM) that are trusted beside those of the system; "": none.
        std::string extra_ca_file = {};
        // From the look-up of the name to the answer.
        std::chrono::milliseconds time_limit{15'000};
        std::string program = "jejak";
    };
    struct Tls;  // certificates and versions, as OpenSSL keeps them

    // Errors: environment, when the certificates can not be loaded.
    [[nodiscard]] static Result<std::shared_ptr<const DeliveryTerms>> make(Options options);

    [[nodiscard]] const Options& options() const { return options_; }
    [[nodiscard]] Tls& tls() const { return *tls_; }

  private:
    DeliveryTerms(Options options, std::shared_ptr<Tls> tls)
        : options_(std::move(options)), tls_(std::move(tls)) {}

    Options options_;
    std::shared_ptr<Tls> tls_;
};

// One attempt as it goes over the wire.
struct Letter {
    std::string id;                // webhook-id
    std::int64_t timestamp_s = 0;  // webhook-timestamp, of this attempt
    std::string signatures;        // webhook-signature
    std::string body;              // JSON
};

using DeliveryStrand = boost::asio::strand<boost::asio::any_io_executor>;

// Posts a letter once, over a connection of its own (HTTP/1.1; https is TLS 1.2 or 1.3, the
// certificate is verified and has to be for the host). The name is resolved now, and the connection
// goes to one of the addresses that were checked: of the public Internet, unless the endpoint
// allows private ones; of this machine, for plain http. Redirects are not followed. Of the answer's
// body at most 16 KiB are read, and dropped.
//
// `completion` runs on the strand, never within this call, once: with the status, or why there is
// none. Call this on the strand; what is returned cancels the delivery (on the strand), and
// `completion` is then not called any more.
[[nodiscard]] std::function<void()> deliver(const DeliveryStrand& strand,
                                            std::shared_ptr<const DeliveryTerms> terms,
                                            const Endpoint& endpoint, const Letter& letter,
                                            std::function<void(Answer)> completion);

}  // namespace jejak::webhooks
