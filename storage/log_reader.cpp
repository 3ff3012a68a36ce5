#include "storage/log_reader.hpp"

#include <algorithm>

#include "storage/index_keys.hpp"

namespace jejak::storage {
namespace {

using std::to_string;

constexpr std::string_view restore_it =
    "; keep the directory as it is and restore the log from a backup or another replica";

Error missing_record(std::uint64_t position, const std::string& path) {
    return error(ErrorCode::corruption, path + " holds no record at position " +
                                            to_string(position) + std::string(restore_it));
}

Error unreadable_index(std::string_view what, const std::string& path) {
    return error(ErrorCode::corruption,
                 path + " holds a damaged entry in " + std::string(what) + std::string(restore_it));
}

std::vector<std::string> as_strings(const record::Proof& proof) {
    std::vector<std::string> hashes;
    hashes.reserve(proof.size());
    for (const Sha256& hash : proof) {
        hashes.emplace_back(reinterpret_cast<const char*>(hash.data()), hash.size());
    }
    return hashes;
}

}  // namespace

Result<std::optional<std::string>> LogReader::read(Position position, Position limit) const {
    if (position.value == 0 || position > limit) return std::optional<std::string>();
    auto bytes = database_.get(Family::log, position_key(position));
    if (bytes && !*bytes) return missing_record(position.value, database_.path());
    return bytes;
}

Result<void> LogReader::scan(Position first, Position last, Position limit,
                             const RecordVisitor& visit) const {
    std::uint64_t next = std::max<std::uint64_t>(first.value, 1);
    const std::uint64_t end = std::min(last.value, limit.value);
    if (next > end) return {};
    auto rows = database_.rows(Family::log, position_key(Position{next}),
                               end == UINT64_MAX ? "" : position_key(Position{end + 1}));
    for (; rows.valid(); rows.next(), ++next) {
        const auto position = parse_u64(rows.key());
        if (!position) return unreadable_index("the log", database_.path());
        if (*position != next) break;
        if (!visit(Position{next}, rows.value())) return {};
    }
    if (auto walked = rows.result(); !walked) return walked;
    if (next <= end) return missing_record(next, database_.path());
    return {};
}

Result<void> LogReader::read_stream(const StreamId& stream, Version from, Position limit,
                                    const RecordVisitor& visit) const {
    std::uint32_t version = std::max<std::uint32_t>(from.value, 1);
    auto rows = database_.rows(Family::streams, stream_key(stream.text(), Version{version}),
                               end_of_model(stream.text()), Database::Walk::one_stream);
    for (; rows.valid(); rows.next(), ++version) {
        const auto key = parse_stream_key(rows.key());
        const auto position = parse_u64(rows.value());
        if (!key || !position) return unreadable_index("the stream index", database_.path());
        if (*position > limit.value) return {};
        if (key->version.value != version) {
            return error(ErrorCode::corruption, database_.path() + " misses version " +
                                                    to_string(version) + " of stream " +
                                                    stream.text() + std::string(restore_it));
        }
        const auto bytes = read(Position{*position}, limit);
        if (!bytes) return bytes.error();
        if (!visit(Position{*position}, **bytes)) return {};
    }
    return rows.result();
}

Result<std::optional<Position>> LogReader::find_receipt(const CommandId& id, Position limit) const {
    const auto bytes = database_.get(Family::receipts, id.text());
    if (!bytes) return bytes.error();
    if (!*bytes) return std::optional<Position>();
    const auto position = parse_u64(**bytes);
    if (!position) return unreadable_index("the receipts", database_.path());
    if (*position > limit.value) return std::optional<Position>();
    return std::optional<Position>(Position{*position});
}

Result<std::optional<std::string>> LogReader::wrapped_key(PersonId owner) const {
    return database_.get(Family::keys, owner_key(owner));
}

Result<Position> LogReader::last_position() const {
    const std::unique_ptr<rocksdb::Iterator> iterator(
        database_.db().NewIterator(rocksdb::ReadOptions(), database_.family(Family::log)));
    iterator->SeekToLast();
    if (!iterator->status().ok()) return error_of(iterator->status(), database_.path());
    if (!iterator->Valid()) return Position{0};
    const auto position = parse_u64(iterator->key().ToStringView());
    if (!position) return unreadable_index("the log", database_.path());
    return Position{*position};
}

Result<std::optional<Head>> LogReader::head_before() const {
    const auto bytes = database_.get(Family::checkpoints, head_before_key);
    if (!bytes) return bytes.error();
    if (!*bytes) return std::optional<Head>();
    auto head = parse_head(**bytes);
    if (!head) return unreadable_index("the checkpoints", database_.path());
    return head;
}

record::TileReader LogReader::tile_reader() const {
    return [&database = database_](std::uint8_t level, std::uint64_t index) -> Result<std::string> {
        auto bytes = database.get(Family::tiles, tile_key(level, index));
        if (!bytes) return bytes.error();
        if (*bytes) return std::move(**bytes);
        return error(ErrorCode::corruption, database.path() + " misses tile " + to_string(level) +
                                                "/" + to_string(index) + " of the tree" +
                                                std::string(restore_it));
    };
}

Result<record::Tree> LogReader::tree(std::uint64_t size) const {
    std::vector<Sha256> tail;
    const std::uint64_t tail_begin = size - size % record::tile_width;
    auto scanned = scan(Position{tail_begin + 1}, Position{size}, Position{size},
                        [&tail](Position, std::string_view bytes) {
                            tail.push_back(record::leaf_hash(bytes));
                            return true;
                        });
    if (!scanned) return scanned.error();
    return record::Tree::restore(size, tile_reader(), tail);
}

namespace {

// Appends the records behind the tree, up to `last`, and holds the tiles that they complete
// against those in the database.
Result<void> extend(record::Tree& tree, Position last, const LogReader& reader) {
    const Position first{tree.size() + 1};
    auto scanned = reader.scan(first, last, last, [&tree](Position, std::string_view bytes) {
        tree.append(record::leaf_hash(bytes));
        return true;
    });
    if (!scanned) return scanned;
    const auto stored_tiles = reader.tile_reader();
    for (const record::Tile& tile : tree.take_full_tiles()) {
        const auto stored = stored_tiles(tile.level, tile.index);
        if (!stored) return stored.error();
        if (*stored == tile.hashes) continue;
        return error(ErrorCode::corruption,
                     "tile " + to_string(tile.level) + "/" + to_string(tile.index) +
                         " is not that of the records" + std::string(restore_it));
    }
    return {};
}

Error shorter_log(const std::string& path, Position last, Position promised) {
    return error(ErrorCode::corruption,
                 path + " ends at position " + to_string(last.value) + ", but position " +
                     to_string(promised.value) +
                     " was acknowledged: records are missing. Nothing was changed" +
                     std::string(restore_it));
}

Error other_records(const std::string& path, Position position) {
    return error(ErrorCode::corruption,
                 path + " holds other records up to position " + to_string(position.value) +
                     " than were acknowledged: the roots differ. Nothing was changed" +
                     std::string(restore_it));
}

}  // namespace

Result<CheckedLog> check_log(const Database& database, const Head& promised) {
    const LogReader reader(database);
    const auto last = reader.last_position();
    if (!last) return last.error();
    const auto before = reader.head_before();
    if (!before) return before.error();
    std::vector<Head> heads{promised};
    if (*before) heads.push_back(**before);
    std::sort(heads.begin(), heads.end(),
              [](const Head& left, const Head& right) { return left.position < right.position; });
    if (heads.back().position > *last) {
        return shorter_log(database.path(), *last, heads.back().position);
    }
    auto tree = reader.tree(heads.front().position.value);
    if (!tree) return tree.error();
    for (const Head& head : heads) {
        if (auto extended = extend(*tree, head.position, reader); !extended) {
            return extended.error();
        }
        if (tree->root() != head.root) return other_records(database.path(), head.position);
    }
    if (auto extended = extend(*tree, *last, reader); !extended) return extended.error();
    return CheckedLog{Head{*last, tree->root()}, std::move(*tree)};
}

Result<std::vector<std::string>> inclusion_proof_of(Position position, std::uint64_t size,
                                                    const record::Tree& tree,
                                                    const record::TileReader& tiles) {
    record::TreeNodes nodes(tree, tiles);
    // Position 0 becomes an index that no tree has, and is refused as such.
    const auto proof = record::inclusion_proof(position.value - 1, size, nodes);
    if (!proof) return proof.error();
    return as_strings(*proof);
}

Result<std::vector<std::string>> consistency_proof_of(std::uint64_t size1, std::uint64_t size2,
                                                      const record::Tree& tree,
                                                      const record::TileReader& tiles) {
    record::TreeNodes nodes(tree, tiles);
    const auto proof = record::consistency_proof(size1, size2, nodes);
    if (!proof) return proof.error();
    return as_strings(*proof);
}

}  // namespace jejak::storage
