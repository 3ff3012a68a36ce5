#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "engine/result.hpp"

namespace jejak::csv {

// Bytes in order, from a file (plain, or gzip by its first two bytes) or from memory.
// Movable; not for use by several threads at once.
class ByteSource {
  public:
    // Errors: environment, naming the path: missing, a folder, not readable.
    [[nodiscard]] static Result<ByteSource> open(const std::string& path);
    [[nodiscard]] static ByteSource of_memory(std::string text);

    ByteSource(ByteSource&&) noexcept;
    ByteSource& operator=(ByteSource&&) noexcept;
    ~ByteSource();

    // Copies the next bytes, at most `size`, to `out`, and returns how many; 0: there are no more.
    // Errors: environment, without the path: reading fails, the compressed data is cut off or
    // damaged.
    [[nodiscard]] Result<std::size_t> read(char* out, std::size_t size);

  private:
    struct State;
    explicit ByteSource(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace jejak::csv
