#include "adapters/csv/byte_source.hpp"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace jejak::csv {
namespace {

constexpr unsigned compressed_buffer_bytes = 128 * 1024;
constexpr std::size_t read_bytes_max = std::size_t{1} << 30;  // gzread counts in an int

Error unreadable(const std::string& path, std::string_view reason) {
    return error(ErrorCode::environment, path + ": " + std::string(reason));
}

}  // namespace

struct ByteSource::State {
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (file != nullptr) gzclose_r(file);
    }

    gzFile file = nullptr;  // null: from memory
    std::string memory;
    std::size_t memory_read = 0;
};

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(const std::string& path) {
    std::error_code failure;
    const auto status = std::filesystem::status(path, failure);
    if (status.type() == std::filesystem::file_type::not_found) {
        return unreadable(path, "there is no such file; check the path");
    }
    if (std::filesystem::is_directory(status)) {
        return unreadable(path, "is a folder; name a file in it");
    }
    auto state = std::make_unique<State>();
    errno = 0;
    state->file = gzopen(path.c_str(), "rb");
    if (state->file == nullptr) {
        const int reason = errno;
        return unreadable(path, "cannot be opened: " + std::generic_category().message(reason) +
                                    "; check its permissions");
    }
    gzbuffer(state->file, compressed_buffer_bytes);
    return ByteSource(std::move(state));
}

ByteSource ByteSource::of_memory(std::string text) {
    auto state = std::make_unique<State>();
    state->memory = std::move(text);
    return ByteSource(std::move(state));
}

Result<std::size_t> ByteSource::read(char* out, std::size_t size) {
    if (state_->file == nullptr) {
        const std::size_t count = std::min(size, state_->memory.size() - state_->memory_read);
        std::memcpy(out, state_->memory.data() + state_->memory_read, count);
        state_->memory_read += count;
        return count;
    }
    const auto wanted = static_cast<unsigned>(std::min(size, read_bytes_max));
    const int count = gzread(state_->file, out, wanted);
    int code = Z_OK;
    const char* reason = gzerror(state_->file, &code);
    // At a cut-off end gzread hands over what there is, and says so here only.
    if (code == Z_BUF_ERROR) {
        return error(ErrorCode::environment,
                     "the file ends in the middle of its compressed data; copy it again");
    }
    if (code == Z_DATA_ERROR) {
        return error(ErrorCode::environment, "the compressed data is damaged (" +
                                                 std::string(reason) + "); copy the file again");
    }
    if (count < 0) {
        return error(ErrorCode::environment, "reading fails: " + std::string(reason));
    }
    return static_cast<std::size_t>(count);
}

}  // namespace jejak::csv
