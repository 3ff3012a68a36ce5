#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace jejak::webhooks {

// Where messages are posted to.
struct Url {
    bool secure = true;      // https
    std::string host;        // in small letters; an IPv6 address without its brackets
    std::uint16_t port = 0;  // 443 or 80 where the text names none
    std::string target;      // path and query as written, "/" where there is none

    friend bool operator==(const Url&, const Url&) = default;
};

// Reads "https://host[:port][/path][?query]" (RFC 3986). Plain http is taken for the machine itself
// only: localhost, 127.0.0.0/8 and [::1]. Errors: invalid_input with the remedy, for any other
// scheme, user information, a fragment, a host that is neither a name of ASCII letters nor a whole
// address ("127.1" is neither), a port outside of 1..65535, and what is not visible ASCII. The text
// is never quoted: its path may be a secret.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

// "host" or "host:port", as the field Host has it (RFC 9110, section 7.2).
[[nodiscard]] std::string authority_of(const Url& url);

// Whether an address belongs to the public Internet: none of the special blocks of the IANA
// registries (RFC 6890), so neither private, nor of a link, nor this machine, nor a group. An IPv4
// address inside an IPv6 one (::ffff:0:0/96, 64:ff9b::/96) is judged as such.
[[nodiscard]] bool is_public(const boost::asio::ip::address& address);

// Whether the text of `url` alone says that it is not on the public Internet: localhost, or an
// address that is not public. What a name stands for is known only when it is resolved.
[[nodiscard]] bool names_private_host(const Url& url);

}  // namespace jejak::webhooks
