#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/keyring.hpp"
#include "storage/segment_keys.hpp"

namespace jejak::storage {

// The key ring of one log in one small file (grammar: file_keyring.cpp), readable by its owner
// only. Without it nothing sealed can be read again: back it up, apart from the log, after each
// creation and replacement, and let the older backups go, for an erased person's key is still in
// them. One process changes it, the one that writes the log; others may open it. Thread-safe.
//
// Erasing a person replaces the key of her segment, in an order that loses nobody else:
//   1. with no append under way and nothing staged, read the wrapped keys of all others of the
//      segment from the log: the survivors;
//   2. begin_replacement(segment, survivors): the file now holds the former key AND a new one, and
//      whatever is wrapped from now on is wrapped under the new one;
//   3. append the returned replacement.survivors to the log and await its completion;
//   4. finish_replacement(replacement): the file holds the new key only. Now she is erased.
// After a crash between any two of these, every key in the log still opens (the erased one's too),
// and the erasure starts again at 1; unfinished() names the segments where it has to.
class FileKeyring final : public Keyring {
  public:
    // Makes a ring of fresh random keys, mode 0600, durable when this returns. Errors: environment
    // when the file exists (it is left as it is) or cannot be written.
    [[nodiscard]] static Result<std::unique_ptr<FileKeyring>> create(
        const std::filesystem::path& path, LogId log_id);

    // Errors: not_found; environment when it cannot be read or belongs to another log than
    // `expected`; corruption when a single byte is not as it was written; unsupported when a newer
    // program wrote it.
    [[nodiscard]] static Result<std::unique_ptr<FileKeyring>> open(
        const std::filesystem::path& path, std::optional<LogId> expected = std::nullopt);

    ~FileKeyring() override;
    FileKeyring(const FileKeyring&) = delete;
    FileKeyring& operator=(const FileKeyring&) = delete;

    [[nodiscard]] LogId log_id() const override { return log_id_; }
    [[nodiscard]] const KeyBytes& log_secret() const override { return log_secret_; }
    [[nodiscard]] std::string wrap(PersonId owner, const KeyBytes& key) const override;
    [[nodiscard]] std::uint64_t generation() const override { return generation_; }
    [[nodiscard]] Result<KeyBytes> unwrap(PersonId owner, std::string_view wrapped) const override;

    // Steps 2 and 4 above. On an error the ring in memory is as before, and so is the file, except
    // for outcome_unknown: then open the ring anew. Besides the errors of SegmentKeys: environment
    // when the file cannot be written; version_conflict when another process has changed it.
    [[nodiscard]] Result<Replacement> begin_replacement(Segment segment,
                                                        const std::vector<WrappedKey>& survivors);
    [[nodiscard]] Result<void> finish_replacement(const Replacement& replacement);
    // Segments whose replacement has begun and not been finished, ascending.
    [[nodiscard]] std::vector<Segment> unfinished() const;

    // What an operator should be told about the file, such as that others may read it; or nothing.
    [[nodiscard]] std::optional<std::string> warning() const;

  private:
    FileKeyring(std::filesystem::path path, LogId log_id, const KeyBytes& log_secret,
                SegmentKeys keys);
    [[nodiscard]] SegmentKeys copy_of_keys() const;
    // The file, then the ring in memory, holds `keys`. `replacing_` must be held.
    [[nodiscard]] Result<void> persist(SegmentKeys keys);

    const std::filesystem::path path_;
    const LogId log_id_;
    KeyBytes log_secret_;
    std::mutex replacing_;             // held through a change of the file
    Sha256 checksum_{};                // of the file as last read or written here; by replacing_
    mutable std::shared_mutex mutex_;  // guards keys_; never held while a file is written
    SegmentKeys keys_;
    std::atomic<std::uint64_t> generation_ = 0;

    // What was unwrapped with keys_, by owner and wrapped bytes: a front end reads the same few
    // people again and again, and to unwrap takes microseconds. Gone whenever keys_ change, so that
    // an erasure holds from then on.
    static constexpr std::size_t unwrapped_max = 16'384;
    mutable std::mutex unwrapped_mutex_;  // taken while mutex_ is held, never before it
    mutable std::unordered_map<std::string, KeyBytes> unwrapped_;
    void forget_unwrapped() const;  // unwrapped_mutex_ must be held
};

}  // namespace jejak::storage
