#include "adapters/http/message.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/csv/utf8.hpp"

namespace jejak::http {

std::optional<std::string_view> Request::header(std::string_view name) const {
    for (const auto& [field, value] : headers) {
        if (boost::beast::iequals(field, name)) return value;
    }
    return std::nullopt;
}

Response problem(unsigned status, std::string_view code, std::string_view detail) {
    namespace beast_http = boost::beast::http;
    const std::string_view title = beast_http::obsolete_reason(beast_http::int_to_status(status));
    const boost::json::object body = {{"type", "about:blank"},
                                      {"title", title},
                                      {"status", status},
                                      {"detail", csv::to_utf8(detail)},
                                      {"code", code}};
    return {status, "application/problem+json", boost::json::serialize(body), {}, nullptr};
}

}  // namespace jejak::http
