#include "adapters/webhooks/url.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <boost/system/error_code.hpp>
#include <charconv>

namespace jejak::webhooks {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;

constexpr std::size_t url_size_max = 2'000;
constexpr std::size_t host_size_max = 253;  // RFC 1035, section 2.3.4

struct V4Block {
    std::uint32_t first;
    unsigned bits;
};
// IANA IPv4 Special-Purpose Address Registry, groups (224/4) and what is reserved (240/4).
constexpr std::array<V4Block, 15> special_v4_blocks = {{{0x00000000, 8},
                                                        {0x0A000000, 8},
                                                        {0x64400000, 10},
                                                        {0x7F000000, 8},
                                                        {0xA9FE0000, 16},
                                                        {0xAC100000, 12},
                                                        {0xC0000000, 24},
                                                        {0xC0000200, 24},
                                                        {0xC0586300, 24},
                                                        {0xC0A80000, 16},
                                                        {0xC6120000, 15},
                                                        {0xC6336400, 24},
                                                        {0xCB007100, 24},
                                                        {0xE0000000, 4},
                                                        {0xF0000000, 4}}};

bool is_public_v4(std::uint32_t number) {
    return std::none_of(
        special_v4_blocks.begin(), special_v4_blocks.end(),
        [&](const V4Block& block) { return (number ^ block.first) >> (32 - block.bits) == 0; });
}

bool is_public_v6(const address_v6& address) {
    const auto bytes = address.to_bytes();
    const auto word = [&](std::size_t at) {
        return static_cast<unsigned>(bytes[at] << 8 | bytes[at + 1]);
    };
    const std::uint32_t last_32 = static_cast<std::uint32_t>(word(12) << 16 | word(14));
    const bool zeros_after_4 = std::all_of(bytes.begin() + 4, bytes.begin() + 12,
                                           [](unsigned char byte) { return byte == 0; });
    if (address.is_v4_mapped()) return is_public_v4(last_32);
    if (word(0) == 0x0064 && word(2) == 0xFF9B && zeros_after_4) return is_public_v4(last_32);
    if (bytes[0] >> 5 != 1) return false;  // only 2000::/3 is given out for the public
    const bool protocols = word(0) == 0x2001 && word(2) < 0x0200;  // 2001::/23
    const bool documents =
        (word(0) == 0x2001 && word(2) == 0x0DB8) || (word(0) == 0x3FFF && word(2) < 0x1000);
    return !protocols && !documents && word(0) != 0x2002;  // 6to4 holds an IPv4 address
}

bool is_letter_of_host(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' ||
           letter == '.';
}

// A name, or an address in its one usual form: others are read in different ways by different
// programs.
bool is_host(const std::string& host) {
    boost::system::error_code fault;
    if (host.find(':') != std::string::npos) {
        const auto v6 = boost::asio::ip::make_address_v6(host, fault);
        return !fault && v6.scope_id() == 0;
    }
    if (host.empty() || host.size() > host_size_max) return false;
    if (!std::all_of(host.begin(), host.end(), is_letter_of_host)) return false;
    if (host.front() == '.' || host.front() == '-' || host.find("..") != std::string::npos) {
        return false;
    }
    if (host.back() == '.') return false;
    const std::string last = host.substr(host.rfind('.') + 1);
    if (last.front() < '0' || last.front() > '9') return true;
    (void)boost::asio::ip::make_address_v4(host, fault);
    return !fault;
}

bool is_this_machine(const std::string& host) {
    boost::system::error_code fault;
    const auto literal = boost::asio::ip::make_address(host, fault);
    return fault ? host == "localhost" : literal.is_loopback();
}

Error wrong_url(const std::string& what) {
    return error(ErrorCode::invalid_input,
                 what + "; write it as https://payroll.example.go.id/hooks");
}

Result<std::uint16_t> port_of(std::string_view digits) {
    std::uint16_t port = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || port == 0) {
        return wrong_url("its port is no number of 1 to 65535");
    }
    return port;
}

Result<void> read_authority(std::string_view authority, Url& url) {
    if (authority.find('@') != std::string_view::npos) {
        return wrong_url(
            "it names a user before the host; receivers know us by the signature, take it out");
    }
    const bool bracketed = authority.starts_with('[');
    const auto host_end = bracketed ? authority.find(']') : authority.find(':');
    if (bracketed && host_end == std::string_view::npos) return wrong_url("a bracket is open");
    url.host = authority.substr(bracketed ? 1 : 0, host_end - (bracketed ? 1 : 0));
    std::transform(url.host.begin(), url.host.end(), url.host.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
    });
    if (bracketed != (url.host.find(':') != std::string::npos) || !is_host(url.host)) {
        return wrong_url(
            "its host is neither a name in ASCII nor a whole address (names of other scripts are "
            "written as xn--…)");
    }
    url.port = url.secure ? 443 : 80;
    if (host_end == std::string_view::npos) return {};
    const std::string_view rest = authority.substr(host_end + (bracketed ? 1 : 0));
    if (rest.empty()) return {};
    if (!rest.starts_with(':')) return wrong_url("something stands behind its host");
    const auto port = port_of(rest.substr(1));
    if (!port) return port.error();
    url.port = *port;
    return {};
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
    if (text.size() > url_size_max) return wrong_url("it is longer than 2000 bytes");
    for (const char letter : text) {
        const bool visible = letter > ' ' && letter < 0x7F;
        if (!visible || letter == '"' || letter == '<' || letter == '>' || letter == '\\') {
            return wrong_url("it has a blank or a letter that has to be escaped as %XX");
        }
    }
    if (text.find('#') != std::string_view::npos) {
        return wrong_url("it has a fragment (#), which no server ever sees; take it out");
    }
    Url url;
    url.secure = text.starts_with("https://");
    if (!url.secure && !text.starts_with("http://")) return wrong_url("it begins without https://");
    text.remove_prefix(url.secure ? 8 : 7);
    const auto end = std::min(text.find_first_of("/?"), text.size());
    if (auto read = read_authority(text.substr(0, end), url); !read) return read.error();
    if (!url.secure && !is_this_machine(url.host)) {
        return wrong_url(
            "plain http is for this machine alone (localhost, 127.0.0.1, [::1]), since anybody "
            "on the way could read it");
    }
    url.target = text.substr(end);
    if (!url.target.starts_with('/')) url.target.insert(0, 1, '/');
    return url;
}

std::string authority_of(const Url& url) {
    const bool bracketed = url.host.find(':') != std::string::npos;
    std::string text = bracketed ? '[' + url.host + ']' : url.host;
    if (url.port != (url.secure ? 443 : 80)) text += ':' + std::to_string(url.port);
    return text;
}

bool is_public(const address& address) {
    return address.is_v4() ? is_public_v4(address.to_v4().to_uint())
                           : is_public_v6(address.to_v6());
}

bool names_private_host(const Url& url) {
    boost::system::error_code fault;
    const auto literal = boost::asio::ip::make_address(url.host, fault);
    if (!fault) return !is_public(literal);
    return url.host == "localhost" || url.host.ends_with(".localhost");  // RFC 6761, section 6.3
}

}  // namespace jejak::webhooks
