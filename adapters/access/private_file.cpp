#include "adapters/access/private_file.hpp"

#include <errno.h>
#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

namespace jejak::access {
namespace {

namespace fs = std::filesystem;

constexpr mode_t bits_of_others = 0077;

// Closed at the end of its scope.
class OpenPrivateFile {
  public:
    OpenPrivateFile(const fs::path& path, int flags) : number_(::open(path.c_str(), flags, 0600)) {}
    ~OpenPrivateFile() {
        if (number_ >= 0) (void)::close(number_);
    }
    OpenPrivateFile(const OpenPrivateFile&) = delete;
    OpenPrivateFile& operator=(const OpenPrivateFile&) = delete;

    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

// With the reason that the system gives in errno.
Error private_file_fault(std::string_view doing, const fs::path& path, std::string_view remedy) {
    const int reason = errno;
    if (reason == ENOENT) {
        return error(ErrorCode::not_found, path.string() + " does not exist; check the path");
    }
    return error(ErrorCode::environment, "cannot " + std::string(doing) + " " + path.string() +
                                             ": " + std::generic_category().message(reason) + "; " +
                                             std::string(remedy));
}

Result<struct stat> stat_of_private(int descriptor, const fs::path& path) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        return private_file_fault("look at", path, "check the disk");
    }
    if (!S_ISREG(status.st_mode)) {
        return error(ErrorCode::environment,
                     path.string() + " is not a regular file; check the path");
    }
    if ((status.st_mode & bits_of_others) != 0) {
        return error(ErrorCode::environment,
                     path.string() +
                         " may be read by others than its owner; if nobody has, take that right "
                         "away with: chmod 600 " +
                         path.string() + "; else replace what it holds");
    }
    return status;
}

// Reads up to `size` bytes from `offset` on; fewer at the end of the file. False: errno says why.
bool read_at(int descriptor, off_t offset, std::size_t size, std::string& bytes) {
    bytes.resize(size);
    std::size_t filled = 0;
    while (filled < size) {
        const ssize_t got = ::pread(descriptor, bytes.data() + filled, size - filled,
                                    offset + static_cast<off_t>(filled));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return true;
}

bool append_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// How long the file is up to and with its last line feed; -1: errno says why.
off_t size_of_whole_lines(int descriptor, off_t size) {
    constexpr off_t step = 4096;
    std::string bytes;
    for (off_t end = size; end > 0;) {
        const off_t begin = std::max<off_t>(0, end - step);
        if (!read_at(descriptor, begin, static_cast<std::size_t>(end - begin), bytes)) return -1;
        const auto at = bytes.rfind('\n');
        if (at != std::string::npos) return begin + static_cast<off_t>(at) + 1;
        end = begin;
    }
    return 0;
}

bool sync_directory(const fs::path& path) {
    const OpenPrivateFile directory(path.empty() ? fs::path(".") : path,
                                    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return directory.is_open() && ::fsync(directory.number()) == 0;
}

}  // namespace

Result<std::string> read_private_file(const fs::path& path, std::size_t size_max) {
    constexpr std::string_view remedy = "let the user of this process own and read it";
    const OpenPrivateFile file(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (!file.is_open()) return private_file_fault("read", path, remedy);
    const auto status = stat_of_private(file.number(), path);
    if (!status) return status.error();
    // One byte more than allowed tells a file that is too long from one that just fits.
    std::string bytes;
    if (!read_at(file.number(), 0, size_max + 1, bytes)) {
        return private_file_fault("read", path, remedy);
    }
    if (bytes.size() > size_max) {
        return error(ErrorCode::environment, path.string() + " has more than " +
                                                 std::to_string(size_max) +
                                                 " bytes; check the path");
    }
    return bytes;
}

Result<void> make_private_directory(const fs::path& path) {
    constexpr std::string_view remedy = "make it and let the user of this process own it";
    if (::mkdir(path.c_str(), 0700) == 0) {
        if (!sync_directory(path.parent_path())) {
            return private_file_fault("sync the directory of", path, "check the disk");
        }
        return {};
    }
    if (errno != EEXIST) return private_file_fault("make", path, remedy);
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return private_file_fault("look at", path, remedy);
    if (!S_ISDIR(status.st_mode)) {
        return error(ErrorCode::environment, path.string() + " is no directory; check the path");
    }
    if ((status.st_mode & bits_of_others) != 0) {
        return error(ErrorCode::environment, path.string() +
                                                 " may be entered by others than its owner; what "
                                                 "it holds is about persons: chmod 700 " +
                                                 path.string());
    }
    return {};
}

Result<void> append_privately(const fs::path& path, std::string_view lines) {
    constexpr std::string_view remedy =
        "see that its directory is writable and the disk has room, and try again";
    const OpenPrivateFile file(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
    if (!file.is_open()) return private_file_fault("write", path, remedy);
    const auto status = stat_of_private(file.number(), path);
    if (!status) return status.error();
    const off_t whole = size_of_whole_lines(file.number(), status->st_size);
    if (whole < 0) return private_file_fault("read", path, "check the disk");
    if (whole < status->st_size) {
        spdlog::warn("{}: {} bytes of a line that a crash left unfinished are cut off",
                     path.string(), status->st_size - whole);
        if (::ftruncate(file.number(), whole) != 0) {
            return private_file_fault("cut the unfinished line off", path, remedy);
        }
    }
    const bool is_written = append_all(file.number(), lines) && ::fsync(file.number()) == 0 &&
                            (whole > 0 || sync_directory(path.parent_path()));
    if (is_written) return {};
    const Error why = private_file_fault("write", path, remedy);
    if (::ftruncate(file.number(), whole) != 0) {
        spdlog::error("{}: could not be cut back after a failed write; some lines may stand twice",
                      path.string());
    }
    return why;
}

Result<void> for_each_line(
    const fs::path& path,
    const std::function<Result<void>(std::string_view line, std::uint64_t number)>& visit) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return private_file_fault("read", path, "let the user of this process read it");
    std::string line;
    for (std::uint64_t number = 1; std::getline(file, line); ++number) {
        if (file.eof()) break;  // no line feed: a crash left it
        if (auto visited = visit(line, number); !visited) return visited;
    }
    if (file.bad()) return private_file_fault("read", path, "check the disk");
    return {};
}

}  // namespace jejak::access
