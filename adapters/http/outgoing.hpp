#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jejak::http {

// Bytes that wait to be sent, in their order. Not thread-safe.
class Outgoing {
  public:
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] std::size_t size() const { return size_; }

    // Large ones are not copied.
    void append(std::string bytes);
    // As one chunk (RFC 9112, section 7.1); nothing, if it is empty: that would end the body.
    void append_chunk(std::string bytes);
    // What ends a body of chunks.
    void append_last_chunk() { append("0\r\n\r\n"); }

    // The first of them, at most 64 KiB; valid until anything else is called.
    [[nodiscard]] std::array<boost::asio::const_buffer, 4> front() const;
    // As many from the front are sent.
    void remove(std::size_t size);

  private:
    std::vector<std::string> parts_;
    std::size_t first_ = 0;   // of the parts, that is not sent whole
    std::size_t offset_ = 0;  // in it
    std::size_t size_ = 0;
};

}  // namespace jejak::http
