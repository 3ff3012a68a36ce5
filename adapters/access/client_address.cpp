#include "adapters/access/client_address.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <optional>

namespace jejak::access {
namespace {

using boost::asio::ip::address;

std::optional<address> address_of(std::string_view text) {
    constexpr std::size_t address_size_max = 45;
    if (text.size() > address_size_max) return std::nullopt;
    boost::system::error_code fault;
    const auto parsed = boost::asio::ip::make_address(std::string(text), fault);
    if (fault) return std::nullopt;
    if (parsed.is_v6() && parsed.to_v6().is_v4_mapped()) {
        return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, parsed.to_v6());
    }
    return parsed;
}

std::string_view without_blanks(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

std::string client_address(std::string_view remote, std::string_view forwarded_for,
                           const std::set<std::string>& proxies) {
    const auto peer = address_of(remote);
    std::string client = peer ? peer->to_string() : std::string(remote);
    while (proxies.contains(client) && !forwarded_for.empty()) {
        const auto comma = forwarded_for.rfind(',');
        const auto begin = comma == std::string_view::npos ? 0 : comma + 1;
        const auto before = address_of(without_blanks(forwarded_for.substr(begin)));
        if (!before) break;
        client = before->to_string();
        forwarded_for = forwarded_for.substr(0, begin == 0 ? 0 : comma);
    }
    return client;
}

std::string rate_key_of_address(std::string_view text) {
    const auto parsed = address_of(text);
    if (!parsed) return std::string(text);
    if (parsed->is_v4()) return parsed->to_string();
    auto bytes = parsed->to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return boost::asio::ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace jejak::access
