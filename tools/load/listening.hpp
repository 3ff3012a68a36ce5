#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/load/client.hpp"

namespace jejak::load {

// Positions behind the one where all began.
class Heard {
  public:
    // False: it was there already.
    bool add(std::uint64_t offset);
    void add_all(const Heard& other);
    // How many of the others' are not here.
    [[nodiscard]] std::uint64_t missing_of(const Heard& others) const;
    [[nodiscard]] std::uint64_t count() const;

  private:
    std::vector<std::uint64_t> bits_;
};

// One reader of GET /v1/events, which comes back with Last-Event-ID when its connection breaks.
// Used on the one thread of the context.
class Listener {
  public:
    // Hears what is behind position `after`.
    Listener(boost::asio::io_context& io, const Target& target, std::uint64_t after);

    void begin() { connect(); }
    void close();

    [[nodiscard]] const Heard& heard() const { return heard_; }
    [[nodiscard]] std::uint64_t last() const { return last_; }
    [[nodiscard]] bool is_streaming() const { return streaming_; }
    [[nodiscard]] std::uint64_t events() const { return events_; }
    [[nodiscard]] std::uint64_t repeated() const { return repeated_; }
    // Positions that came behind a higher one.
    [[nodiscard]] std::uint64_t disordered() const { return disordered_; }
    [[nodiscard]] std::uint64_t connected() const { return connected_; }
    [[nodiscard]] std::uint64_t refused() const { return refused_; }
    // What it was refused with first, or a stream's own word that it failed.
    [[nodiscard]] const std::string& first_refusal() const { return first_refusal_; }

  private:
    using Parser = boost::beast::http::response_parser<boost::beast::http::empty_body>;

    void connect();
    void ask();
    void read();
    void take(std::string_view bytes);
    void take_event(std::string_view event);
    void refuse(std::string_view why);
    void broken();

    const Target& target_;
    const std::uint64_t after_;
    std::uint64_t last_;
    tcp::socket socket_;
    boost::asio::steady_timer pause_;
    std::string request_;
    // The parser refers to it.
    std::function<std::size_t(std::uint64_t, boost::beast::string_view, boost::system::error_code&)>
        on_body_;
    std::optional<Parser> parser_;
    std::string rest_, events_text_;
    std::array<char, 16 * 1024> piece_{};
    Heard heard_;
    bool streaming_ = false, closed_ = false;
    std::uint64_t events_ = 0, repeated_ = 0, disordered_ = 0, connected_ = 0, refused_ = 0;
    std::string first_refusal_;
};

}  // namespace jejak::load
