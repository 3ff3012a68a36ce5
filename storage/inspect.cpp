#include "storage/inspect.hpp"

#include <cstring>
#include <optional>

#include "engine/record/tree.hpp"
#include "storage/findings.hpp"
#include "storage/head_file.hpp"
#include "storage/index_inspection.hpp"
#include "storage/index_keys.hpp"
#include "storage/log_reader.hpp"
#include "storage/table_check.hpp"
#include "storage/wal_scan.hpp"

namespace jejak::storage {
namespace {

using std::to_string;

constexpr std::uint64_t progress_step = 65'536;
constexpr std::size_t wrapped_key_size = 40;

std::string at_position(std::uint64_t position) {
    return "position " + to_string(position);
}

// The one pass over the log: what must hold from record to record.
class LogPass {
  public:
    LogPass(const Database& database, const Head& head, LogId log_id, const InspectOptions& options,
            Inspection& inspection, Findings& findings)
        : database_(database),
          head_(head),
          log_id_(log_id),
          options_(options),
          inspection_(inspection),
          findings_(findings) {}

    void run() {
        auto rows = database_.rows(Family::log, "", "");
        for (; rows.valid(); rows.next()) {
            const auto position = parse_u64(rows.key());
            if (!position) {
                add("a damaged key in the log", at_position(next_));
                continue;
            }
            if (*position > head_.position.value) break;
            if (*position != next_) miss(*position);
            record(*position, rows.value());
            next_ = *position + 1;
            if (options_.progress && *position % progress_step == 0) {
                options_.progress(*position, head_.position.value);
            }
        }
        if (const auto walked = rows.result(); !walked) {
            add("the log cannot be read to its end: " + walked.error().message, at_position(next_));
        }
        if (next_ <= head_.position.value) miss(head_.position.value + 1);
        end_commit(head_.position.value + 1);
        if (!gap_ && tree_.root() != head_.root) {
            add("the tree of the records does not have the root that was acknowledged",
                at_position(head_.position.value));
        }
        if (options_.progress) options_.progress(head_.position.value, head_.position.value);
    }

    [[nodiscard]] const IndexInspection& indexes() const { return indexes_; }

  private:
    void add(std::string what, std::string where) {
        findings_.add(std::move(what), std::move(where), restore_remedy);
    }

    void miss(std::uint64_t next_found) {
        add("records are missing",
            "positions " + to_string(next_) + " to " + to_string(next_found - 1));
        gap_ = true;  // the tree cannot be made any further
        before_.reset();
    }

    void record(std::uint64_t position, std::string_view bytes) {
        ++inspection_.records;
        inspection_.record_bytes += bytes.size();
        if (bytes.size() > record_size_max) add("the record is too long", at_position(position));
        if (!gap_) {
            tree_.append(record::leaf_hash(bytes));
            for (const record::Tile& tile : tree_.take_full_tiles())
                compare_tile(tile);
        }
        const auto decoded = record::decode_record(bytes);
        if (!decoded) {
            add("the record cannot be decoded: " + decoded.error().message, at_position(position));
            before_.reset();
            return;
        }
        envelope(decoded->envelope, position);
        indexes_.expect(decoded->envelope);
        if (options_.visit) options_.visit(*decoded, bytes);
        before_ = Before{decoded->envelope.recorded_at, decoded->envelope.index,
                         decoded->envelope.count, decoded->envelope.command_id};
    }

    void envelope(const Envelope& envelope, std::uint64_t position) {
        if (envelope.position.value != position) {
            add("the record says that it belongs to position " + to_string(envelope.position.value),
                at_position(position));
        }
        if (envelope.log_id != log_id_) {
            add("the record belongs to log " + to_hex(envelope.log_id), at_position(position));
        }
        if (before_ && envelope.recorded_at < before_->recorded_at) {
            add("the record is older than the one before it", at_position(position));
        }
        const bool goes_on = before_ && before_->index + 1 < before_->count;
        if (goes_on ? envelope.index != before_->index + 1 || envelope.count != before_->count ||
                          envelope.command_id != before_->command_id
                    : before_ && envelope.index != 0) {
            add("the record does not follow in the commit before it", at_position(position));
        }
        if (envelope.index >= envelope.count) {
            add("the record has an index that its commit does not have", at_position(position));
        }
    }

    void end_commit(std::uint64_t position) {
        if (before_ && before_->index + 1 < before_->count) {
            add("the last commit is not whole", at_position(position - 1));
        }
    }

    void compare_tile(const record::Tile& tile) {
        ++inspection_.tiles;
        const std::string name = "tile " + to_string(tile.level) + "/" + to_string(tile.index);
        const auto stored = database_.get(Family::tiles, tile_key(tile.level, tile.index));
        if (!stored || !*stored || (*stored)->size() != tile.hashes.size()) {
            add("a tile of the tree is missing or cannot be read", name);
        } else if (**stored != tile.hashes) {
            std::size_t differing = 0;
            while (std::memcmp((*stored)->data() + differing * 32,
                               tile.hashes.data() + differing * 32, 32) == 0) {
                ++differing;
            }
            const std::uint64_t leaf = tile.index * record::tile_width + differing;
            add("the hashes of the tree are not those of the records",
                tile.level == 0 ? at_position(leaf + 1) + ", " + name : name);
        }
    }

    struct Before {
        Instant recorded_at;
        std::uint16_t index = 0;
        std::uint16_t count = 1;
        CommandId command_id;
    };

    const Database& database_;
    const Head head_;
    const LogId log_id_;
    const InspectOptions& options_;
    Inspection& inspection_;
    Findings& findings_;
    record::Tree tree_;
    IndexInspection indexes_;
    std::uint64_t next_ = 1;
    bool gap_ = false;
    std::optional<Before> before_;
};

// No tile of records that do not exist yet, and none with another key than its own.
void count_tiles(const Database& database, const Head& head, Findings& findings) {
    std::uint64_t expected = 0;
    for (std::uint64_t full = head.position.value >> 8; full != 0; full >>= 8)
        expected += full;
    std::uint64_t found = 0;
    auto rows = database.rows(Family::tiles, "", "");
    for (; rows.valid(); rows.next()) {
        if (rows.key().size() != 9) {
            findings.add("a damaged key among the tiles", "tiles", restore_remedy);
            continue;
        }
        const auto level = static_cast<std::uint8_t>(rows.key()[0]);
        const auto index = parse_u64(rows.key().substr(1));
        const unsigned height = 8 * (level + 1U);
        // Tiles behind the head of this inspection belong to batches that came after it.
        if (height < 64 && *index < head.position.value >> height) ++found;
    }
    if (const auto walked = rows.result(); !walked) {
        findings.add("the tiles cannot be read to their end", walked.error().message,
                     restore_remedy);
    }
    if (found != expected) {
        findings.add(
            "the tree has " + to_string(found) + " tiles, its records make " + to_string(expected),
            "tiles", restore_remedy);
    }
}

void count_keys(const Database& database, Inspection& inspection, Findings& findings) {
    auto rows = database.rows(Family::keys, "", "");
    for (; rows.valid(); rows.next()) {
        ++inspection.keys;
        if (rows.key().size() == 16 && rows.value().size() == wrapped_key_size) continue;
        const auto* key = reinterpret_cast<const std::uint8_t*>(rows.key().data());
        findings.add("a wrapped key is damaged", "owner " + to_hex(key, rows.key().size()),
                     restore_remedy);
    }
    if (const auto walked = rows.result(); !walked) {
        findings.add("the wrapped keys cannot be read to their end", walked.error().message,
                     restore_remedy);
    }
}

// A spoilt slot may have been the newest: then the last commits stand behind the head that is left,
// and a reader, who cannot know that they are durable, does not show them.
void check_head_file(const Database& database, const std::string& path, Findings& findings) {
    const auto spoilt = HeadFile::spoilt_slots(database.file_system(), path);
    if (!spoilt) {
        findings.add(spoilt.error().message, path, restore_remedy);
        return;
    }
    for (const std::uint64_t offset : *spoilt) {
        findings.add(
            "one of the three slots of the head file is not whole: a power cut tore it, "
            "or it was changed",
            path + ", byte " + to_string(offset),
            "keep a copy of the directory; then let a writer open it (such as `jejak "
            "import`), which holds the log against what is left and restores the slot");
    }
}

void check_files(const Database& database, Inspection& inspection, Findings& findings) {
    const auto scan = scan_write_ahead_log(database);
    if (!scan) {
        findings.add("the write-ahead log cannot be read", scan.error().message, restore_remedy);
    } else {
        inspection.wal_files = scan->files;
        if (scan->damage && scan->appended_behind) {
            findings.add(scan->damage->what, scan->damage->where, scan->damage->remedy);
        }
    }
    check_tables(database, inspection, findings);
}

}  // namespace

Result<Inspection> inspect(const RocksEventStore& store, LogId log_id,
                           const InspectOptions& options) {
    const auto head = store.head();
    if (!head) return head.error();
    const Database& database = *store.database();
    Inspection inspection;
    inspection.head = *head;
    Findings findings(inspection, options.findings_max);
    check_head_file(database, store.head_path(), findings);
    check_files(database, inspection, findings);
    LogPass pass(database, *head, log_id, options, inspection, findings);
    pass.run();
    pass.indexes().compare(database, *head, inspection, findings);
    count_tiles(database, *head, findings);
    count_keys(database, inspection, findings);
    return inspection;
}

}  // namespace jejak::storage
