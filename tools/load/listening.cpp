#include "tools/load/listening.hpp"

#include <algorithm>
#include <bit>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <chrono>

namespace jejak::load {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::chrono::milliseconds pause_before_return{100};

}  // namespace

bool Heard::add(std::uint64_t offset) {
    const auto word = static_cast<std::size_t>(offset / 64);
    const auto bit = std::uint64_t{1} << offset % 64;
    if (word >= bits_.size()) bits_.resize(std::max(word + 1, bits_.size() * 2));
    if ((bits_[word] & bit) != 0) return false;
    bits_[word] |= bit;
    return true;
}

void Heard::add_all(const Heard& other) {
    bits_.resize(std::max(bits_.size(), other.bits_.size()));
    for (std::size_t i = 0; i < other.bits_.size(); ++i)
        bits_[i] |= other.bits_[i];
}

std::uint64_t Heard::missing_of(const Heard& others) const {
    std::uint64_t missing = 0;
    for (std::size_t i = 0; i < others.bits_.size(); ++i) {
        const auto here = i < bits_.size() ? bits_[i] : 0;
        missing += static_cast<std::uint64_t>(std::popcount(others.bits_[i] & ~here));
    }
    return missing;
}

std::uint64_t Heard::count() const {
    return Heard().missing_of(*this);
}

Listener::Listener(boost::asio::io_context& io, const Target& target, std::uint64_t after)
    : target_(target), after_(after), last_(after), socket_(io), pause_(io) {
    on_body_ = [this](std::uint64_t, boost::beast::string_view body, error_code& fault) {
        fault = {};
        events_text_.append(body.data(), body.size());
        return body.size();
    };
}

void Listener::close() {
    closed_ = true;
    error_code ignored;
    socket_.close(ignored);
    pause_.cancel();
}

void Listener::connect() {
    socket_.async_connect(target_.endpoint, [this](error_code fault) {
        if (closed_) return;
        fault ? broken() : ask();
    });
}

void Listener::ask() {
    request_ =
        get_request(target_, "/v1/events", "Last-Event-ID: " + std::to_string(last_) + "\r\n");
    parser_.emplace();
    parser_->eager(true);
    parser_->body_limit(boost::none);
    parser_->on_chunk_body(on_body_);
    rest_.clear();
    events_text_.clear();
    boost::asio::async_write(socket_, boost::asio::buffer(request_),
                             [this](error_code fault, std::size_t) {
                                 if (closed_) return;
                                 fault ? broken() : read();
                             });
}

void Listener::read() {
    socket_.async_read_some(boost::asio::buffer(piece_),
                            [this](error_code fault, std::size_t size) {
                                if (closed_) return;
                                if (fault) return broken();
                                take({piece_.data(), size});
                            });
}

void Listener::take(std::string_view bytes) {
    rest_ += bytes;
    error_code fault;
    while (!rest_.empty() && !parser_->is_done()) {
        const auto taken = parser_->put(boost::asio::buffer(rest_), fault);
        rest_.erase(0, taken);
        if (parser_->is_header_done() && parser_->get().result_int() != 200) {
            refuse("answered with " + std::to_string(parser_->get().result_int()));
            return broken();
        }
        if (fault == http::error::need_more) break;
        if (fault) return broken();
    }
    if (parser_->is_header_done() && !streaming_) {
        streaming_ = true;
        ++connected_;
    }
    std::size_t begin = 0;
    for (auto end = events_text_.find("\n\n"); end != std::string::npos;
         end = events_text_.find("\n\n", begin)) {
        take_event(std::string_view(events_text_).substr(begin, end - begin));
        begin = end + 2;
    }
    events_text_.erase(0, begin);
    parser_->is_done() ? broken() : read();
}

void Listener::take_event(std::string_view event) {
    if (event.starts_with("event: stream.failed")) return refuse(event);
    constexpr std::string_view name = "id: ";
    if (!event.starts_with(name)) return;  // a comment
    std::uint64_t position = 0;
    std::from_chars(event.data() + name.size(), event.data() + event.size(), position);
    ++events_;
    if (position <= after_ || !heard_.add(position - after_)) {
        ++repeated_;
    } else if (position < last_) {
        ++disordered_;
    }
    last_ = std::max(last_, position);
}

void Listener::refuse(std::string_view why) {
    ++refused_;
    if (first_refusal_.empty()) first_refusal_ = why;
}

void Listener::broken() {
    streaming_ = false;
    error_code ignored;
    socket_.close(ignored);
    pause_.expires_after(pause_before_return);
    pause_.async_wait([this](error_code fault) {
        if (!fault && !closed_) connect();
    });
}

}  // namespace jejak::load
