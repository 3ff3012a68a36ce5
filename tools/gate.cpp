#include "tools/gate.hpp"

#include <spdlog/spdlog.h>

#include <boost/beast/core/string.hpp>

#include "adapters/access/client_address.hpp"

namespace jejak::tools {
namespace {

std::string header_of(const http::Request& request, std::string_view name) {
    const auto value = request.header(name);
    return value ? std::string(*value) : "";
}

// All X-Forwarded-For in their order, as one.
std::string forwarded_for(const http::Request& request) {
    std::string all;
    for (const auto& [name, value] : request.headers) {
        if (boost::beast::iequals(name, "X-Forwarded-For")) {
            all += (all.empty() ? "" : ",") + value;
        }
    }
    return all;
}

}  // namespace

Result<std::unique_ptr<Gate>> Gate::open(Flags flags, const Callers& callers, const Clock& clock,
                                         metrics::Registry& registry) {
    const auto turned =
        registry.counters<1>("jejak_turned_away_total", "Requests that were not let in.", {"why"});
    if (!turned) return turned.error();
    std::unique_ptr<access::ApiKeys> keys;
    if (!flags.api_keys_file.empty()) {
        auto opened = access::ApiKeys::open(flags.api_keys_file,
                                            {"administrator", "auditor", "registrar"}, clock);
        if (!opened) return opened.error();
        keys = std::move(*opened);
    }
    std::unique_ptr<Gate> gate(new Gate(std::move(flags), callers, clock, *turned));
    gate->api_keys_ = std::move(keys);
    return gate;
}

std::string Gate::address_of(const http::Request& request) const {
    return access::rate_key_of_address(
        access::client_address(request.remote, forwarded_for(request), flags_.proxies));
}

std::optional<Turned> Gate::admit_unknown(const http::Request& request) {
    const auto wait = requests_.take(address_of(request));
    if (!wait) return std::nullopt;
    return turn({429, "rate_limited", "too many requests from this address", wait});
}

std::optional<Turned> Gate::admit(const http::Request& request, Caller& caller) {
    const std::string address = address_of(request);
    auto found = identify(request);
    if (!found) {
        // Only failures are counted, so that who shares an address with an attacker gets in.
        if (const auto wait = failures_.take(address)) {
            return turn(
                {429, "rate_limited", "too many requests without valid credentials", wait});
        }
        return turn({401, "not_authenticated", found.error().message, std::nullopt});
    }
    if (const auto wait = requests_.take(found->id)) {
        return turn({429, "rate_limited",
                     "at most " + std::to_string(flags_.requests.tokens) + " requests a second",
                     wait});
    }
    caller = std::move(*found);
    return std::nullopt;
}

Turned Gate::turn(Turned turned) {
    turned_.with({turned.code}).add();
    return turned;
}

Result<Caller> Gate::identify(const http::Request& request) const {
    const std::string authorization = header_of(request, "Authorization");
    constexpr std::string_view scheme = "ApiKey ";
    if (api_keys_ && authorization.starts_with(scheme)) {
        return of_api_key(std::string_view(authorization).substr(scheme.size()),
                          header_of(request, "X-Jejak-Person"));
    }
    return callers_.identify(authorization, header_of(request, "X-Jejak-Person"),
                             header_of(request, "X-Jejak-Offices"), clock_.now());
}

// A service for a person has the person's rights and none of its own offices (OWASP ASVS 5.0,
// 8.3.3); without a person it is itself.
Result<Caller> Gate::of_api_key(std::string_view presented, std::string_view acts_for) const {
    const auto account = api_keys_->check(presented);
    if (!account) {
        spdlog::info("{}", account.error().message);
        return error(ErrorCode::invalid_input, "the API key is not accepted");
    }
    if (acts_for.empty()) return Caller{account->account, account->offices, "http"};
    if (!account->may_act_for(acts_for)) {
        spdlog::warn("API key {} tried to act for a person whom it may not act for",
                     account->key_id);
        return error(ErrorCode::invalid_input, "the API key is not accepted for this person");
    }
    return Caller{std::string(acts_for), {}, account->account};
}

}  // namespace jejak::tools
