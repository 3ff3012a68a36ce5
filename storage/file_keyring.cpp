#include "storage/file_keyring.hpp"

#include <string.h>
#include <sys/stat.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "engine/record/bytes.hpp"
#include "engine/record/digest.hpp"
#include "engine/record/randomness.hpp"
#include "storage/durable_file.hpp"

// The file, version 1; integers big-endian:
//
//   file     = magic[8] "jejakkey" || version u16 || log_id[16] || log_secret[32]
//              || key × 4096 || count u16 || retiring × count || checksum[32]
//   key      = epoch u32 || bytes[32]           the n-th wraps for pseudonyms with first 12 bits n
//   retiring = segment u16 || key               former keys of segments whose replacement has
//                                               begun, the oldest of a segment first
//   checksum = SHA-256 of all bytes before it
//
// At rest `count` is 0 and the file has 147,548 bytes. Every later version MUST keep magic, version
// and checksum where they are, so that damage can be told from news.

namespace jejak::storage {
namespace {

constexpr std::string_view magic = "jejakkey";
constexpr std::uint16_t version = 1;
constexpr std::size_t checksum_size = 32;
constexpr std::size_t key_size = 4 + record::SecretKey::size;
constexpr std::size_t retiring_size = 2 + key_size;
constexpr std::size_t retiring_max = 65'535;
constexpr std::size_t size_at_rest =
    magic.size() + 2 + 16 + record::SecretKey::size + segment_count * key_size + 2 + checksum_size;
constexpr std::size_t size_max = size_at_rest + retiring_max * retiring_size;

// What a file says, as long as somebody needs it.
struct Content {
    LogId log_id;
    KeyBytes log_secret{};
    SegmentKeys keys;
    Sha256 checksum{};

    ~Content() { explicit_bzero(log_secret.data(), log_secret.size()); }
};

// Wipes the bytes of a file, which hold every key, at the end of the scope.
class Wiped {
  public:
    explicit Wiped(std::string& bytes) : bytes_(bytes) {}
    ~Wiped() { explicit_bzero(bytes_.data(), bytes_.size()); }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;

  private:
    std::string& bytes_;
};

Error damaged(const std::filesystem::path& path, std::string_view what) {
    return error(ErrorCode::corruption,
                 "the key ring " + path.string() + " is damaged (" + std::string(what) +
                     "); restore the newest backup of the key ring, and do not make a new one: "
                     "nothing sealed could be opened with it");
}

void put(record::ByteWriter& out, const SegmentKey& key) {
    out.u32(key.epoch);
    out.raw(key.key.data(), record::SecretKey::size);
}

std::optional<SegmentKey> take_key(record::ByteReader& in) {
    const std::uint32_t epoch = in.u32();
    auto key = record::SecretKey::from_bytes(in.raw(record::SecretKey::size));
    if (!key) return std::nullopt;
    return SegmentKey{epoch, *key};
}

std::string encode(LogId log_id, const KeyBytes& log_secret, const SegmentKeys& keys) {
    record::ByteWriter out;
    // Reserved whole, so that no growing leaves a copy of keys behind in memory.
    out.reserve(size_at_rest + keys.retiring().size() * retiring_size);
    out.raw(magic.data(), magic.size());
    out.u16(version);
    out.raw(log_id.bytes.data(), log_id.bytes.size());
    out.raw(log_secret.data(), log_secret.size());
    for (const SegmentKey& key : keys.current())
        put(out, key);
    out.u16(static_cast<std::uint16_t>(keys.retiring().size()));
    for (const RetiringKey& retiring : keys.retiring()) {
        out.u16(retiring.segment.value);
        put(out, retiring.former);
    }
    const Sha256 checksum = record::sha256(out.bytes());
    out.raw(checksum.data(), checksum.size());
    return std::move(out.bytes());
}

std::optional<SegmentKeys> take_keys(record::ByteReader& in) {
    std::vector<SegmentKey> current;
    current.reserve(segment_count);
    for (std::size_t i = 0; i < segment_count; ++i) {
        const auto key = take_key(in);
        if (!key) return std::nullopt;
        current.push_back(*key);
    }
    const std::uint16_t count = in.u16();
    std::vector<RetiringKey> retiring;
    retiring.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const Segment segment{in.u16()};
        const auto key = take_key(in);
        if (!key || segment.value >= segment_count) return std::nullopt;
        retiring.push_back({segment, *key});
    }
    return SegmentKeys(std::move(current), std::move(retiring));
}

Result<std::unique_ptr<Content>> decode(const std::filesystem::path& path, std::string_view bytes) {
    if (!bytes.starts_with(magic)) return damaged(path, "it does not begin as a key ring does");
    if (bytes.size() < magic.size() + 2 + checksum_size) return damaged(path, "it is cut short");
    const std::string_view body = bytes.substr(0, bytes.size() - checksum_size);
    const Sha256 checksum = record::sha256(body);
    if (bytes.substr(body.size()) != record::bytes_of(checksum)) {
        return damaged(path, "its checksum does not match; it was altered or cut short");
    }
    record::ByteReader in(body.substr(magic.size()));
    const std::uint16_t found = in.u16();
    if (found != version) {
        return error(ErrorCode::unsupported,
                     "the key ring " + path.string() + " has format version " +
                         std::to_string(found) + ", this program reads version " +
                         std::to_string(version) + "; use the program that wrote it");
    }
    LogId log_id;
    KeyBytes log_secret{};
    in.into(log_id.bytes);
    in.into(log_secret);
    auto keys = take_keys(in);
    auto content =
        keys && in.ok() && in.rest().empty()
            ? std::unique_ptr<Content>(new Content{log_id, log_secret, *std::move(keys), checksum})
            : nullptr;
    explicit_bzero(log_secret.data(), log_secret.size());
    if (!content) return damaged(path, "its length does not match its content");
    return content;
}

}  // namespace

FileKeyring::FileKeyring(std::filesystem::path path, LogId log_id, const KeyBytes& log_secret,
                         SegmentKeys keys)
    : path_(std::move(path)), log_id_(log_id), log_secret_(log_secret), keys_(std::move(keys)) {}

FileKeyring::~FileKeyring() {
    explicit_bzero(log_secret_.data(), log_secret_.size());
    forget_unwrapped();
}

void FileKeyring::forget_unwrapped() const {
    for (auto& [name, key] : unwrapped_)
        explicit_bzero(key.data(), key.size());
    unwrapped_.clear();
}

Result<std::unique_ptr<FileKeyring>> FileKeyring::create(const std::filesystem::path& path,
                                                         LogId log_id) {
    auto log_secret = record::random_bytes<32>();
    std::string bytes = encode(log_id, log_secret, SegmentKeys::random());
    const Wiped wiped(bytes);
    explicit_bzero(log_secret.data(), log_secret.size());
    const Result<void> written = write_file_durably(path, bytes, Existing::refuse);
    if (!written) return written.error();
    return open(path, log_id);
}

Result<std::unique_ptr<FileKeyring>> FileKeyring::open(const std::filesystem::path& path,
                                                       std::optional<LogId> expected) {
    // Through links to the file itself: a replacement must not leave the real one behind.
    std::error_code unresolved;
    auto real_path = std::filesystem::canonical(path, unresolved);
    if (unresolved) real_path = path;
    auto bytes = read_file(real_path, size_max);
    if (!bytes && bytes.error().code == ErrorCode::not_found) {
        return error(ErrorCode::not_found,
                     "there is no key ring at " + path.string() +
                         "; restore its backup, or name the right file: nothing sealed can be "
                         "opened without it");
    }
    if (!bytes) return bytes.error();
    const Wiped wiped(*bytes);
    const auto content = decode(real_path, *bytes);
    if (!content) return content.error();
    const LogId log_id = (*content)->log_id;
    if (expected && log_id != *expected) {
        return error(ErrorCode::environment, "the key ring " + path.string() + " belongs to log " +
                                                 to_hex(log_id) + ", the log here is " +
                                                 to_hex(*expected) +
                                                 "; give the key ring of this log");
    }
    std::unique_ptr<FileKeyring> keyring(new FileKeyring(
        std::move(real_path), log_id, (*content)->log_secret, std::move((*content)->keys)));
    keyring->checksum_ = (*content)->checksum;
    return keyring;
}

std::string FileKeyring::wrap(PersonId owner, const KeyBytes& key) const {
    const std::shared_lock lock(mutex_);
    return keys_.wrap(owner, key);
}

Result<KeyBytes> FileKeyring::unwrap(PersonId owner, std::string_view wrapped) const {
    const std::shared_lock lock(mutex_);
    std::string name(owner.bytes.begin(), owner.bytes.end());
    name += wrapped;
    {
        const std::lock_guard cached(unwrapped_mutex_);
        const auto found = unwrapped_.find(name);
        if (found != unwrapped_.end()) return found->second;
    }
    const auto key = keys_.unwrap(owner, wrapped);
    if (!key) return key;
    const std::lock_guard cached(unwrapped_mutex_);
    if (unwrapped_.size() >= unwrapped_max) forget_unwrapped();
    unwrapped_.emplace(std::move(name), *key);
    return key;
}

Result<Replacement> FileKeyring::begin_replacement(Segment segment,
                                                   const std::vector<WrappedKey>& survivors) {
    const std::scoped_lock replacing(replacing_);
    SegmentKeys keys = copy_of_keys();
    if (keys.retiring().size() == retiring_max) {
        return error(ErrorCode::environment, "too many replacements were begun in the key ring " +
                                                 path_.string() +
                                                 " and not finished; finish one first");
    }
    auto replacement = keys.begin_replacement(segment, survivors);
    if (!replacement) return replacement;
    const auto persisted = persist(std::move(keys));
    if (!persisted) return persisted.error();
    return replacement;
}

Result<void> FileKeyring::finish_replacement(const Replacement& replacement) {
    const std::scoped_lock replacing(replacing_);
    SegmentKeys keys = copy_of_keys();
    const auto finished = keys.finish_replacement(replacement);
    if (!finished) return finished;
    return persist(std::move(keys));
}

std::vector<Segment> FileKeyring::unfinished() const {
    const std::shared_lock lock(mutex_);
    return keys_.unfinished();
}

std::optional<std::string> FileKeyring::warning() const {
    struct stat status {};
    if (::stat(path_.c_str(), &status) != 0) {
        return "the key ring " + path_.string() + " can no longer be found; restore its backup";
    }
    if ((status.st_mode & 077) == 0) return std::nullopt;
    return "the key ring " + path_.string() +
           " is open to other users of this machine; run: chmod 600 " + path_.string();
}

SegmentKeys FileKeyring::copy_of_keys() const {
    const std::shared_lock lock(mutex_);
    return keys_;
}

Result<void> FileKeyring::persist(SegmentKeys keys) {
    auto on_disk = read_file(path_, size_max);
    if (!on_disk) return on_disk.error();
    const Wiped wiped_on_disk(*on_disk);
    if (!on_disk->ends_with(record::bytes_of(checksum_))) {
        return error(ErrorCode::version_conflict,
                     "the key ring " + path_.string() +
                         " is not the file that was opened; another process changed it, or an "
                         "earlier change was left uncertain: open it again and start over");
    }
    std::string bytes = encode(log_id_, log_secret_, keys);
    const Wiped wiped(bytes);
    const auto written = write_file_durably(path_, bytes, Existing::replace);
    if (!written) return written;
    std::copy_n(bytes.end() - checksum_size, checksum_size, checksum_.begin());
    const std::unique_lock lock(mutex_);
    keys_ = std::move(keys);
    ++generation_;
    const std::lock_guard cached(unwrapped_mutex_);
    forget_unwrapped();
    return {};
}

}  // namespace jejak::storage
