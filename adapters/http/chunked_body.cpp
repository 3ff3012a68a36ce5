#include "adapters/http/chunked_body.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "adapters/http/header_text.hpp"

namespace jejak::http {
namespace {

constexpr std::size_t size_line_bytes_max = 256;

Refusal malformed_chunk(std::string detail) {
    return {400, "malformed_chunk", std::move(detail)};
}

// Takes a line from the front of `input`, and its CR LF, which is not returned; none: it is not
// all there. `bytes_max` counts the CR LF; longer is refused with `too_long`.
Accepted<std::optional<std::string_view>> take_line(std::string_view& input, std::size_t bytes_max,
                                                    const Refusal& too_long) {
    const auto feed = input.substr(0, bytes_max).find('\n');
    if (feed == std::string_view::npos) {
        if (input.size() >= bytes_max) return too_long;
        return std::optional<std::string_view>();
    }
    if (feed == 0 || input[feed - 1] != '\r') {
        return malformed_chunk("a line of the body's coding does not end with CR LF");
    }
    const auto line = input.substr(0, feed - 1);
    if (!is_field_text(line)) {
        return malformed_chunk("a line of the body's coding has a control character");
    }
    input.remove_prefix(feed + 1);
    return std::optional(line);
}

}  // namespace

Accepted<bool> ChunkedBody::take(std::string& input, std::string& body) {
    std::string_view rest = input;
    while (part_ != Part::done) {
        const auto whole = take_part(rest, body);
        if (!whole) return whole.error();
        if (!*whole) break;
    }
    input.erase(0, input.size() - rest.size());
    return part_ == Part::done;
}

Accepted<bool> ChunkedBody::take_part(std::string_view& input, std::string& body) {
    if (part_ == Part::size) return take_size(input, body.size());
    if (part_ == Part::trailer) return take_trailer(input);
    if (part_ == Part::data) {
        const auto data = input.substr(0, data_left_);
        body += data;
        input.remove_prefix(data.size());
        data_left_ -= data.size();
        if (data_left_ > 0) return false;
        part_ = Part::data_end;
    }
    if (input.size() < 2 && std::string_view("\r\n").starts_with(input)) return false;
    if (!input.starts_with("\r\n")) {
        return malformed_chunk("a chunk is longer or shorter than its size says");
    }
    input.remove_prefix(2);
    part_ = Part::size;
    return true;
}

Accepted<bool> ChunkedBody::take_size(std::string_view& input, std::size_t body_size) {
    const auto line =
        take_line(input, size_line_bytes_max,
                  malformed_chunk("the line with a chunk's size is longer than 256 bytes"));
    if (!line) return line.error();
    if (!*line) return false;
    const char* const begin = (*line)->data();
    const char* const end = begin + (*line)->size();
    const auto [stop, fault] = std::from_chars(begin, end, data_left_, 16);
    if (fault == std::errc::result_out_of_range) {
        return Refusal{413, "body_too_large", "the body is longer than is taken"};
    }
    // An extension is dropped unread.
    if (fault != std::errc() || (stop != end && *stop != ';')) {
        return malformed_chunk("the size of a chunk is not hexadecimal digits");
    }
    if (data_left_ > body_bytes_max_ - std::min(body_size, body_bytes_max_)) {
        return Refusal{413, "body_too_large", "the body is longer than is taken"};
    }
    part_ = data_left_ == 0 ? Part::trailer : Part::data;
    return true;
}

Accepted<bool> ChunkedBody::take_trailer(std::string_view& input) {
    const std::size_t before = input.size();
    const auto line = take_line(
        input, trailer_bytes_left_,
        Refusal{431, "header_too_large", "the trailers of the body are longer than is taken"});
    if (!line) return line.error();
    if (!*line) return false;
    trailer_bytes_left_ -= before - input.size();
    if ((*line)->empty()) {
        part_ = Part::done;
        return true;
    }
    if (!is_token((*line)->substr(0, (*line)->find(':'))) ||
        (*line)->find(':') == std::string_view::npos) {
        return malformed_chunk("a trailer of the body is no header field");
    }
    return true;
}

}  // namespace jejak::http
