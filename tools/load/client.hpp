#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace jejak::load {

using boost::asio::ip::tcp;

// Where the backend listens.
struct Target {
    tcp::endpoint endpoint;
    std::string host;  // as in the header Host
};

// "127.0.0.1:8080". Errors: invalid_input.
[[nodiscard]] Result<Target> target_of(const std::string& text);

// A request's bytes. `headers` are whole lines, each with its CR LF.
[[nodiscard]] std::string get_request(const Target& target, std::string_view path,
                                      std::string_view headers = {});
[[nodiscard]] std::string post_request(const Target& target, std::string_view path,
                                       std::string_view person, std::string_view body,
                                       std::string_view headers = {});

// The persons of the invented appraisals. The first holds the offices administrator and auditor.
inline constexpr std::string_view administrator = "nip:198811112012122005";
inline constexpr std::string_view supervisor = "nip:198002202006041003";

struct Reply {
    unsigned status = 0;         // 0: the connection broke, or there was none
    std::uint64_t position = 0;  // Jejak-Position of an accepted command
    std::string_view body;       // until the call returns
};

// One connection that is kept alive, with one request at a time; a broken one is opened anew by the
// next request. Used on the one thread of the context.
class Client {
  public:
    // `told` gets the reply of each request and may ask the next one.
    using Told = std::function<void(const Reply&)>;
    Client(boost::asio::io_context& io, tcp::endpoint endpoint, Told told);

    void ask(std::string request);
    // Nothing is told afterwards.
    void close();

  private:
    using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

    void connect();
    void send();
    void await_reply();
    void read();
    void finish();
    void broken();

    const tcp::endpoint endpoint_;
    const Told told_;
    tcp::socket socket_;
    boost::asio::steady_timer pause_;
    std::string request_;
    std::size_t sent_ = 0;
    std::optional<Parser> parser_;
    std::string rest_;
    std::array<char, 16 * 1024> piece_{};
    bool closed_ = false;
};

}  // namespace jejak::load
