#include "tools/load/client.hpp"

#include <boost/asio/buffer.hpp>
#include <charconv>
#include <chrono>

namespace jejak::load {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

// Between a broken connection and the next request.
constexpr std::chrono::milliseconds pause_after_break{100};

std::uint64_t number_of(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string head_of(std::string_view verb, const Target& target, std::string_view path,
                    std::string_view person, std::string_view headers) {
    std::string head(verb);
    head.append(" ").append(path).append(" HTTP/1.1\r\nHost: ").append(target.host);
    head.append("\r\nX-Jejak-Person: ").append(person).append("\r\n");
    if (person == administrator) head += "X-Jejak-Offices: administrator,auditor\r\n";
    return head.append(headers);
}

}  // namespace

Result<Target> target_of(const std::string& text) {
    const auto colon = text.rfind(':');
    const auto wrong = error(ErrorCode::invalid_input,
                             "--at " + text + ": write an address and a port: 127.0.0.1:8080");
    if (colon == std::string::npos) return wrong;
    error_code fault;
    const auto address = boost::asio::ip::make_address(text.substr(0, colon), fault);
    const auto port = number_of(std::string_view(text).substr(colon + 1));
    if (fault || port == 0 || port > 65'535) return wrong;
    return Target{tcp::endpoint(address, static_cast<std::uint16_t>(port)), text};
}

std::string get_request(const Target& target, std::string_view path, std::string_view headers) {
    return head_of("GET", target, path, administrator, headers) + "\r\n";
}

std::string post_request(const Target& target, std::string_view path, std::string_view person,
                         std::string_view body, std::string_view headers) {
    auto request = head_of("POST", target, path, person, headers);
    request.append("Content-Type: application/json\r\nContent-Length: ");
    return request.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
}

Client::Client(boost::asio::io_context& io, tcp::endpoint endpoint, Told told)
    : endpoint_(std::move(endpoint)), told_(std::move(told)), socket_(io), pause_(io) {}

void Client::ask(std::string request) {
    request_ = std::move(request);
    sent_ = 0;
    parser_.emplace();
    parser_->eager(true);
    rest_.clear();
    socket_.is_open() ? send() : connect();
}

void Client::close() {
    closed_ = true;
    error_code ignored;
    socket_.close(ignored);
    pause_.cancel();
}

void Client::connect() {
    socket_.async_connect(endpoint_, [this](error_code fault) {
        if (closed_) return;
        if (!fault) socket_.set_option(tcp::no_delay(true), fault);
        if (!fault) socket_.non_blocking(true, fault);
        fault ? broken() : send();
    });
}

void Client::send() {
    error_code fault;
    sent_ += socket_.write_some(
        boost::asio::buffer(request_.data() + sent_, request_.size() - sent_), fault);
    if (fault && fault != boost::asio::error::would_block) return broken();
    if (sent_ == request_.size()) return await_reply();
    socket_.async_wait(tcp::socket::wait_write, [this](error_code failed) {
        if (closed_) return;
        failed ? broken() : send();
    });
}

// Without a read before it, which would find nothing yet.
void Client::await_reply() {
    socket_.async_wait(tcp::socket::wait_read, [this](error_code fault) {
        if (closed_) return;
        fault ? broken() : read();
    });
}

void Client::read() {
    error_code fault;
    const auto size = socket_.read_some(boost::asio::buffer(piece_), fault);
    if (fault == boost::asio::error::would_block) return await_reply();
    if (fault) return broken();
    rest_.append(piece_.data(), size);
    while (!rest_.empty() && !parser_->is_done()) {
        const auto taken = parser_->put(boost::asio::buffer(rest_), fault);
        rest_.erase(0, taken);
        if (fault == http::error::need_more) break;
        if (fault) return broken();
    }
    parser_->is_done() ? finish() : await_reply();
}

void Client::finish() {
    const auto& message = parser_->get();
    if (!message.keep_alive()) {
        error_code ignored;
        socket_.close(ignored);
    }
    const std::string body = std::move(parser_->get().body());
    const auto position = message["Jejak-Position"];
    told_({message.result_int(), number_of({position.data(), position.size()}), body});
}

void Client::broken() {
    error_code ignored;
    socket_.close(ignored);
    pause_.expires_after(pause_after_break);
    pause_.async_wait([this](error_code fault) {
        if (!fault && !closed_) told_({});
    });
}

}  // namespace jejak::load
