#include "tools/benchmark/limits.hpp"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <unistd.h>

#include <chrono>
#include <memory>

#include "engine/record/envelope.hpp"
#include "storage/database.hpp"

namespace jejak::benchmark {
namespace {

using Steady = std::chrono::steady_clock;
using storage::Family;

struct Put {
    Family family;
    std::string key, value;
};

double seconds_since(Steady::time_point start) {
    return std::chrono::duration<double>(Steady::now() - start).count();
}

std::uint64_t position_in(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes.substr(0, 8))
        value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
}

// All that the log's batches put, by the position of the record that brought it.
Result<std::vector<std::vector<Put>>> read_puts(const std::string& directory, std::size_t records) {
    auto database = storage::Database::open(directory + "/db", storage::Database::Mode::probe, {});
    if (!database) return database.error();
    std::vector<std::vector<Put>> puts(records + 1);
    std::uint64_t key_place = 1;
    for (const Family family :
         {Family::log, Family::streams, Family::receipts, Family::tiles, Family::keys}) {
        auto rows = (*database)->rows(family, "", "");
        for (; rows.valid(); rows.next()) {
            std::uint64_t place = 0;
            if (family == Family::log) place = position_in(rows.key());
            if (family == Family::streams || family == Family::receipts) {
                place = position_in(rows.value());
            }
            if (family == Family::tiles) {  // a full tile comes with its last leaf
                std::uint64_t span = 256;
                for (char level = rows.key()[0]; level > 0; --level)
                    span *= 256;
                place = (position_in(rows.key().substr(1)) + 1) * span;
            }
            if (family == Family::keys) place = (key_place += 5) % records;  // spread evenly
            if (place == 0 || place > records) continue;
            puts[place].push_back({family, std::string(rows.key()), std::string(rows.value())});
        }
        if (auto result = rows.result(); !result) return result.error();
    }
    return puts;
}

}  // namespace

Result<double> measure_fsyncs_per_second(const std::string& directory) {
    const std::string path = directory + "/fsync";
    const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    if (file < 0) return error(ErrorCode::environment, path + " cannot be written");
    const std::string bytes(600, 'x');
    constexpr int count = 2'000;
    const auto started = Steady::now();
    for (int i = 0; i < count; ++i) {
        if (::write(file, bytes.data(), bytes.size()) < 0 || ::fdatasync(file) != 0) {
            ::close(file);
            return error(ErrorCode::environment, path + " cannot be synced");
        }
    }
    const double seconds = seconds_since(started);
    ::close(file);
    ::unlink(path.c_str());
    return count / seconds;
}

Result<double> measure_raw_seconds(const std::string& log_directory,
                                   const std::string& scratch_directory,
                                   const std::vector<std::size_t>& group_sizes) {
    std::size_t records = 0;
    for (const std::size_t size : group_sizes)
        records += size;
    const auto puts = read_puts(log_directory, records);
    if (!puts) return puts.error();
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* opened = nullptr;
    auto status = rocksdb::DB::Open(options, scratch_directory, &opened);
    const std::unique_ptr<rocksdb::DB> db(opened);
    std::vector<rocksdb::ColumnFamilyHandle*> families(storage::family_count);
    for (std::size_t i = 0; i < families.size() && status.ok(); ++i) {
        status = db->CreateColumnFamily({}, "f" + std::to_string(i), &families[i]);
    }
    rocksdb::WriteOptions synced;
    synced.sync = true;
    std::size_t position = 1;
    const auto started = Steady::now();
    for (const std::size_t size : group_sizes) {
        rocksdb::WriteBatch batch;
        // Each batch of ours also says where the log ended before it.
        const std::string head_before(40, static_cast<char>(position));
        batch.Put(families[static_cast<std::size_t>(Family::checkpoints)], "head", head_before);
        for (std::size_t end = position + size; position < end; ++position) {
            for (const Put& put : (*puts)[position]) {
                batch.Put(families[static_cast<std::size_t>(put.family)], put.key, put.value);
            }
        }
        if (status.ok()) status = db->Write(synced, &batch);
    }
    const double seconds = seconds_since(started);
    for (auto* family : families) {
        if (family != nullptr) db->DestroyColumnFamilyHandle(family);
    }
    if (!status.ok()) return storage::error_of(status, scratch_directory);
    return seconds;
}

}  // namespace jejak::benchmark
