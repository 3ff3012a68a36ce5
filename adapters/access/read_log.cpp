#include "adapters/access/read_log.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>

#include "adapters/access/private_file.hpp"
#include "adapters/access/read_log_lines.hpp"

namespace jejak::access {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t read_log_text_size_max = 200;
constexpr std::size_t read_log_word_size_max = 32;
constexpr std::int64_t micros_of_an_hour = 3'600'000'000;
constexpr std::int64_t micros_until_another_try = 60'000'000;

Instant hour_of(Instant moment) {
    const std::int64_t into = moment.micros_since_epoch % micros_of_an_hour;
    return {moment.micros_since_epoch - into - (into < 0 ? micros_of_an_hour : 0)};
}

// "2026-11.jsonl"
std::string file_of_reads(Instant hour) {
    return to_text(hour).substr(0, 7) + ".jsonl";
}

bool is_file_of_reads(const std::string& name) {
    constexpr std::string_view form = "0000-00.jsonl";
    return name.size() == form.size() &&
           std::equal(name.begin(), name.end(), form.begin(),
                      [](char c, char f) { return f == '0' ? c >= '0' && c <= '9' : c == f; });
}

bool is_text_of_reads(std::string_view text) {
    return text.size() <= read_log_text_size_max &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool is_what_was_read(std::string_view text) {
    return !text.empty() && text.size() <= read_log_word_size_max &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

// In the order of the answer.
using ReadsInOrder = std::map<std::tuple<Instant, std::string, std::string>, ReadsOfAnHour>;

void add_reads(ReadsInOrder& all, const ReadsOfAnHour& more) {
    auto& reads = all[{more.hour, more.reader, more.office}];
    if (reads.appraisal.empty()) {
        reads = more;
        return;
    }
    for (const auto& [what, count] : more.counts)
        reads.counts[what] += count;
}

std::vector<ReadsOfAnHour> list_of(ReadsInOrder all) {
    std::vector<ReadsOfAnHour> list;
    list.reserve(all.size());
    for (auto& [key, reads] : all)
        list.push_back(std::move(reads));
    return list;
}

Result<std::set<fs::path>> files_of_reads(const fs::path& directory) {
    std::set<fs::path> files;
    std::error_code fault;
    for (fs::directory_iterator entry(directory, fault), end; !fault && entry != end;
         entry.increment(fault)) {
        if (is_file_of_reads(entry->path().filename().string())) files.insert(entry->path());
    }
    if (fault) {
        return error(ErrorCode::environment, "cannot read " + directory.string() + ": " +
                                                 fault.message() + "; check the path");
    }
    return files;
}

Result<void> add_recorded(const fs::path& directory, std::string_view appraisal,
                          ReadsInOrder& all) {
    const auto files = files_of_reads(directory);
    if (!files) return files.error();
    for (const auto& file : *files) {
        const auto visit = [&](std::string_view line, std::uint64_t number) -> Result<void> {
            if (!may_be_about(line, appraisal)) return {};
            const auto reads = reads_of_line(line);
            if (!reads) {
                return error(ErrorCode::corruption,
                             file.string() + ":" + std::to_string(number) +
                                 ": is no line of the log of reads; compare the file with its "
                                 "copies, then take the line out");
            }
            if (reads->appraisal == appraisal) add_reads(all, *reads);
            return {};
        };
        if (auto read = for_each_line(file, visit); !read) return read;
    }
    return {};
}

}  // namespace

Result<std::vector<ReadsOfAnHour>> recorded_reads(const fs::path& directory,
                                                  std::string_view appraisal) {
    ReadsInOrder all;
    if (auto read = add_recorded(directory, appraisal, all); !read) return read.error();
    return list_of(std::move(all));
}

Result<std::unique_ptr<ReadLog>> ReadLog::open(fs::path directory, const Clock& clock,
                                               std::size_t entries_max) {
    if (auto made = make_private_directory(directory); !made) return made.error();
    return std::unique_ptr<ReadLog>(new ReadLog(std::move(directory), clock, entries_max));
}

ReadLog::~ReadLog() {
    const auto flushed = flush();
    if (flushed) return;
    spdlog::error("{} entries of the log of reads are lost: {}", unflushed(),
                  flushed.error().message);
}

std::size_t ReadLog::unflushed() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

bool ReadLog::remember(const Key& key, std::string_view what) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end() && entries_.size() >= entries_max_) return false;
    auto& counts = found == entries_.end() ? entries_[key] : found->second;
    const auto count = counts.find(what);
    count == counts.end() ? counts.emplace(what, 1).first->second : ++count->second;
    return true;
}

bool ReadLog::holds_an_hour_that_is_over(Instant hour, Instant now) const {
    const std::lock_guard lock(mutex_);
    if (entries_.empty() || std::get<Instant>(entries_.begin()->first) >= hour) return false;
    if (!failed_at_) return true;
    const auto since = now.micros_since_epoch - failed_at_->micros_since_epoch;
    return since < 0 || since >= micros_until_another_try;
}

Result<void> ReadLog::note(std::string_view reader, std::string_view office,
                           std::string_view appraisal, std::string_view what) {
    const bool names_who =
        is_text_of_reads(reader) && is_text_of_reads(office) && !(reader.empty() && office.empty());
    if (!names_who || !is_text_of_reads(appraisal) || appraisal.empty() ||
        !is_what_was_read(what)) {
        return error(ErrorCode::invalid_input,
                     !names_who ? "a read is noted with a reader or an office, in printable ASCII "
                                  "of at most 200 bytes"
                                : "a read is noted with an appraisal, in printable ASCII of at "
                                  "most 200 bytes, and with what was read, in lower-case letters");
    }
    const Instant now = clock_.now();
    const Instant hour = hour_of(now);
    if (holds_an_hour_that_is_over(hour, now)) {
        const auto flushed = flush();
        if (!flushed) spdlog::error("reads stay in memory: {}", flushed.error().message);
    }
    const Key key{hour, std::string(reader), std::string(office), std::string(appraisal)};
    // Others may fill the room that a flush made; then there is something to flush again.
    while (!remember(key, what)) {
        if (auto flushed = flush(); !flushed) return flushed;
    }
    return {};
}

Result<void> ReadLog::write(const Entries& entries, std::size_t& written) const {
    for (auto entry = entries.begin(); entry != entries.end();) {
        const std::string file = file_of_reads(std::get<Instant>(entry->first));
        std::string lines;
        std::size_t count = 0;
        for (; entry != entries.end() && file_of_reads(std::get<Instant>(entry->first)) == file;
             ++entry, ++count) {
            const auto& [hour, reader, office, appraisal] = entry->first;
            lines += line_of_reads(
                {hour, reader, office, appraisal, {entry->second.begin(), entry->second.end()}});
        }
        if (auto appended = append_privately(directory_ / file, lines); !appended) return appended;
        written += count;
    }
    return {};
}

Result<void> ReadLog::flush() {
    const std::lock_guard files(file_mutex_);
    Entries taken;
    {
        const std::lock_guard lock(mutex_);
        taken.swap(entries_);
    }
    if (taken.empty()) return {};
    std::size_t written = 0;
    const auto done = write(taken, written);
    const std::lock_guard lock(mutex_);
    failed_at_.reset();
    if (done) return {};
    failed_at_ = clock_.now();
    // What did not reach the disk goes back, beside what was noted meanwhile.
    taken.erase(taken.begin(), std::next(taken.begin(), static_cast<std::ptrdiff_t>(written)));
    for (const auto& [key, counts] : taken) {
        auto& kept = entries_[key];
        for (const auto& [what, count] : counts)
            kept[what] += count;
    }
    return done;
}

Result<std::vector<ReadsOfAnHour>> ReadLog::of(std::string_view appraisal) {
    const std::lock_guard files(file_mutex_);  // so that nothing is between memory and file
    ReadsInOrder all;
    if (auto read = add_recorded(directory_, appraisal, all); !read) return read.error();
    const std::lock_guard lock(mutex_);
    for (const auto& [key, counts] : entries_) {
        const auto& [hour, reader, office, of_appraisal] = key;
        if (of_appraisal != appraisal) continue;
        add_reads(all, {hour, reader, office, of_appraisal, {counts.begin(), counts.end()}});
    }
    return list_of(std::move(all));
}

}  // namespace jejak::access
