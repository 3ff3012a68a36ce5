#pragma once

#include <set>
#include <string>
#include <string_view>

namespace jejak::access {

// The address from which a request came: `remote`, the peer of the connection, unless that is one
// of our own proxies. Then it is what the proxy says: of X-Forwarded-For, of which each proxy adds
// the end, the last address that is none of `proxies`; where there is none, or what stands there is
// no address, the last one that was found. A client can write what it likes before that, and is not
// heard; without proxies the header is not looked at (OWASP ASVS 5.0, 4.1.3).
// `forwarded_for` is that header; of several, joined with commas in their order.
[[nodiscard]] std::string client_address(std::string_view remote, std::string_view forwarded_for,
                                         const std::set<std::string>& proxies);

// By what an address is counted: IPv4 as it is, also when mapped into IPv6 ("::ffff:192.0.2.1");
// IPv6 by its first 64 bits, "2001:db8:0:1::/64", since one customer has all addresses of these
// (RFC 6177). What is no address stays as it is.
[[nodiscard]] std::string rate_key_of_address(std::string_view address);

}  // namespace jejak::access
