#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "engine/clock.hpp"
#include "engine/instant.hpp"
#include "engine/result.hpp"

// Who read the appraisal of another person, how often, hour by hour: so that she can be told
// (OWASP ASVS 5.0, 16.3; Law 27/2022 on personal data, article 5).
//
// `reads/2026-11.jsonl`, one line for what was read in an hour of that month (UTC) by one reader
// under one office, as long as it was not flushed in between: then there are several, which add up.
//
//   {"hour":"2026-11-22T19:00:00Z","reader":"nip:…","office":"auditor","appraisal":"sofifi-2026-1",
//    "counts":{"history":2,"view":5}}
//
// What it proves: nothing to somebody who does not trust this machine. The lines are neither
// chained nor signed; whoever may write the file may take lines out or put them in. It tells what
// this program noted. Lost are, when the process is killed, the reads of at most the present hour
// that were not flushed; after a disk that failed, reads may stand twice, never too few. Where more
// is wanted, have the files carried to another machine. Readers are persons: files are 0600, their
// directory 0700; when they are too old, delete the files of whole months.
namespace jejak::access {

// What one reader read of one appraisal in one hour.
struct ReadsOfAnHour {
    Instant hour;        // its beginning
    std::string reader;  // "nip:…"; empty: only the office is known
    std::string office;  // "auditor"; empty: as a party of the appraisal
    std::string appraisal;
    std::map<std::string, std::uint64_t> counts;  // by what was read: "view", "history"

    friend bool operator==(const ReadsOfAnHour&, const ReadsOfAnHour&) = default;
};

// What the files say of one appraisal: by hour, then reader, then office; one entry for each. Also
// beside a program that writes; every file is read, which takes about a second for a gigabyte.
// Errors: environment; corruption for a line that is none of ours, naming file and line.
[[nodiscard]] Result<std::vector<ReadsOfAnHour>> recorded_reads(
    const std::filesystem::path& directory, std::string_view appraisal);

// Thread-safe. One at a time for a directory.
class ReadLog {
  public:
    static constexpr std::size_t entries_max_by_default = 100'000;

    // Makes the directory if it is missing; its parent is not made. `clock` is borrowed.
    // Errors: as make_private_directory().
    [[nodiscard]] static Result<std::unique_ptr<ReadLog>> open(
        std::filesystem::path directory, const Clock& clock,
        std::size_t entries_max = entries_max_by_default);
    // Flushes; if that fails, the log of the program says how many entries were lost.
    ~ReadLog();
    ReadLog(const ReadLog&) = delete;
    ReadLog& operator=(const ReadLog&) = delete;

    // Notes one read, now, in memory. Entries of an hour that is over are flushed first, and all
    // when there are entries_max of them; otherwise no disk is waited for.
    // `reader` and `office` are printable ASCII of at most 200 bytes, one of them not empty; so is
    // `appraisal`; `what` is 1..32 lower-case letters and _, one of few words.
    // Errors: invalid_input, saying which is not; environment: memory is full and the disk does not
    // take it, so the read is not noted and should not happen. While there is room in memory a
    // failing disk is no error here but of the program's log; it is tried again after a minute.
    [[nodiscard]] Result<void> note(std::string_view reader, std::string_view office,
                                    std::string_view appraisal, std::string_view what);

    // When this returns, everything noted before survives a power cut. Errors: environment; then
    // all is still in memory.
    [[nodiscard]] Result<void> flush();

    // As recorded_reads(), with what is not flushed yet. Flushing waits until it is done.
    [[nodiscard]] Result<std::vector<ReadsOfAnHour>> of(std::string_view appraisal);

    // How many entries are not flushed.
    [[nodiscard]] std::size_t unflushed() const;

  private:
    // hour, reader, office, appraisal
    using Key = std::tuple<Instant, std::string, std::string, std::string>;
    using Counts = std::map<std::string, std::uint64_t, std::less<>>;
    using Entries = std::map<Key, Counts>;

    ReadLog(std::filesystem::path directory, const Clock& clock, std::size_t entries_max)
        : directory_(std::move(directory)), clock_(clock), entries_max_(entries_max) {}
    // False: memory is full.
    [[nodiscard]] bool remember(const Key& key, std::string_view what);
    [[nodiscard]] bool holds_an_hour_that_is_over(Instant hour, Instant now) const;
    [[nodiscard]] Result<void> write(const Entries& entries, std::size_t& written) const;

    const std::filesystem::path directory_;
    const Clock& clock_;
    const std::size_t entries_max_;
    std::mutex file_mutex_;     // over the files; before mutex_
    mutable std::mutex mutex_;  // over what follows
    Entries entries_;
    std::optional<Instant> failed_at_;  // when the disk refused last
};

}  // namespace jejak::access
