#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "adapters/access/api_keys.hpp"
#include "adapters/access/rate_limit.hpp"
#include "adapters/access/read_log.hpp"
#include "adapters/access/tickets.hpp"
#include "adapters/http/message.hpp"
#include "adapters/metrics/registry.hpp"
#include "tools/caller.hpp"

namespace jejak::tools {

// Why nobody is let in. `retry_after` goes with 429.
struct Turned {
    unsigned status = 401;
    std::string code, detail;
    std::optional<std::chrono::seconds> retry_after;
};

// Who asks, and whether he asks too often: everything before a request is looked at. Thread-safe;
// what is handed in is borrowed.
class Gate {
  public:
    struct Flags {
        std::string api_keys_file;                     // empty: no API keys
        std::set<std::string> proxies;                 // whose X-Forwarded-For is believed
        access::Rate requests = access::request_rate;  // of one actor
    };
    // Errors: as access::ApiKeys::open().
    [[nodiscard]] static Result<std::unique_ptr<Gate>> open(Flags flags, const Callers& callers,
                                                            const Clock& clock,
                                                            metrics::Registry& registry);

    // None: `caller` is who asks.
    [[nodiscard]] std::optional<Turned> admit(const http::Request& request, Caller& caller);

    // The same for what who is not known may ask: so many requests of one address.
    [[nodiscard]] std::optional<Turned> admit_unknown(const http::Request& request);

    // POST /v1/tickets; redeemed by ?ticket= of GET /v1/events.
    [[nodiscard]] access::Tickets<Caller>& tickets() { return tickets_; }
    // Null without API keys. Reload on SIGHUP and with the clocks.
    [[nodiscard]] access::ApiKeys* api_keys() { return api_keys_.get(); }

  private:
    Gate(Flags flags, const Callers& callers, const Clock& clock,
         metrics::Family<metrics::Counter, 1> turned)
        : flags_(std::move(flags)),
          callers_(callers),
          clock_(clock),
          requests_(clock, flags_.requests),
          failures_(clock, access::failure_rate),
          tickets_(clock),
          turned_(turned) {}
    [[nodiscard]] Result<Caller> identify(const http::Request& request) const;
    [[nodiscard]] Result<Caller> of_api_key(std::string_view presented,
                                            std::string_view acts_for) const;
    [[nodiscard]] Turned turn(Turned turned);
    [[nodiscard]] std::string address_of(const http::Request& request) const;

    const Flags flags_;
    const Callers& callers_;
    const Clock& clock_;
    access::RateLimiter requests_;
    access::RateLimiter failures_;
    access::Tickets<Caller> tickets_;
    std::unique_ptr<access::ApiKeys> api_keys_;
    metrics::Family<metrics::Counter, 1> turned_;
};

}  // namespace jejak::tools
