#include "adapters/http/outgoing.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace jejak::http {
namespace {

constexpr std::size_t copied_bytes_max = 4 * 1024;
constexpr std::size_t sent_at_once_bytes = 64 * 1024;

std::string line_of_chunk(std::size_t size) {
    std::array<char, 18> line{};  // 16 hexadecimal digits, CR LF
    char* end = std::to_chars(line.data(), line.data() + 16, size, 16).ptr;
    *end++ = '\r';
    *end++ = '\n';
    return {line.data(), end};
}

}  // namespace

void Outgoing::append(std::string bytes) {
    if (bytes.empty()) return;
    size_ += bytes.size();
    if (first_ < parts_.size() && bytes.size() + parts_.back().size() <= copied_bytes_max) {
        parts_.back() += bytes;
    } else {
        parts_.push_back(std::move(bytes));
    }
}

void Outgoing::append_chunk(std::string bytes) {
    if (bytes.empty()) return;
    append(line_of_chunk(bytes.size()));
    append(std::move(bytes));
    append("\r\n");
}

std::array<boost::asio::const_buffer, 4> Outgoing::front() const {
    std::array<boost::asio::const_buffer, 4> buffers;
    std::size_t room = sent_at_once_bytes;
    std::size_t offset = offset_;
    for (std::size_t i = 0; i < buffers.size() && first_ + i < parts_.size() && room > 0; ++i) {
        const auto part = std::string_view(parts_[first_ + i]).substr(std::exchange(offset, 0));
        buffers[i] = boost::asio::buffer(part.substr(0, room));
        room -= buffers[i].size();
    }
    return buffers;
}

void Outgoing::remove(std::size_t size) {
    size_ -= size;
    while (size > 0) {
        const std::size_t taken = std::min(size, parts_[first_].size() - offset_);
        size -= taken;
        offset_ += taken;
        if (offset_ < parts_[first_].size()) continue;
        std::string().swap(parts_[first_]);
        ++first_;
        offset_ = 0;
    }
    if (first_ < parts_.size()) return;
    parts_.clear();
    first_ = 0;
}

}  // namespace jejak::http
