#include "storage/durable_file.hpp"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

namespace jejak::storage {
namespace {

// A file descriptor that is closed at the end of its scope.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

Error failed(ErrorCode code, std::string_view doing, const std::filesystem::path& path,
             std::string_view remedy) {
    const std::string reason = std::generic_category().message(errno);
    return error(code, "cannot " + std::string(doing) + " " + path.string() + ": " + reason + "; " +
                           std::string(remedy));
}

Error cannot_read(const std::filesystem::path& path) {
    if (errno == ENOENT) {
        return error(ErrorCode::not_found, path.string() + " does not exist; check the path");
    }
    return failed(ErrorCode::environment, "read", path,
                  "let the user of this process read the file and enter its directory");
}

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool write_synced(const std::filesystem::path& path, std::string_view bytes) {
    // A left-over of a crash, or somebody's link, is not written through but replaced.
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return false;
    const Descriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    return file.is_open() && write_all(file.number(), bytes) && ::fsync(file.number()) == 0;
}

bool renamed(const std::filesystem::path& from, const std::filesystem::path& to,
             Existing existing) {
    if (existing == Existing::replace) return ::rename(from.c_str(), to.c_str()) == 0;
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
        return true;
    }
    // Some file systems cannot refuse by themselves; then a link does it.
    if (errno != EINVAL && errno != ENOSYS) return false;
    return ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

bool directory_synced(const std::filesystem::path& path) {
    const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const Descriptor directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return directory.is_open() && ::fsync(directory.number()) == 0;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t size_max) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!file.is_open() || ::fstat(file.number(), &status) != 0) return cannot_read(path);
    const auto size = static_cast<std::size_t>(status.st_size);
    if (!S_ISREG(status.st_mode) || size > size_max) {
        return error(ErrorCode::environment, path.string() + " is not a regular file of at most " +
                                                 std::to_string(size_max) +
                                                 " bytes; check the path");
    }
    std::string bytes(size, '\0');
    std::size_t filled = 0;
    while (filled < size) {
        const ssize_t got = ::read(file.number(), bytes.data() + filled, size - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return cannot_read(path);
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
}

Result<void> write_file_durably(const std::filesystem::path& path, std::string_view bytes,
                                Existing existing) {
    std::filesystem::path fresh = path;
    fresh += ".new";
    if (!write_synced(fresh, bytes) || !renamed(fresh, path, existing)) {
        const Error why =
            errno == EEXIST
                ? error(ErrorCode::environment, path.string() +
                                                    " exists and is left as it is; choose "
                                                    "another path, or open that one")
                : failed(ErrorCode::environment, "write", path,
                         "the file is as before; see that its directory exists, is "
                         "writable and has room, and try again");
        ::unlink(fresh.c_str());
        return why;
    }
    if (!directory_synced(path)) {
        return failed(ErrorCode::outcome_unknown, "sync the directory of", path,
                      "check the disk, then open the file again to see which bytes it holds");
    }
    return {};
}

}  // namespace jejak::storage
