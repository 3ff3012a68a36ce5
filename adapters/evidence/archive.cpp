#include "adapters/evidence/archive.hpp"

#include <zip.h>

#include <memory>
#include <set>

#include "engine/ids.hpp"
#include "engine/record/digest.hpp"

namespace jejak::evidence {
namespace {

constexpr std::string_view seal_words = "jejak-evidence/1 sha256=";
constexpr std::size_t digest_digits = 64;
constexpr zip_int64_t files_max = 200'000;

// 1 January 2020: an archive says nothing of when it was packed, its manifest does.
constexpr zip_uint16_t packed_date = ((2020 - 1980) << 9U) | (1U << 5U) | 1U;

struct Closing {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_source_t* source) const { zip_source_free(source); }
    void operator()(zip_file_t* file) const { (void)zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Closing>;
using Source = std::unique_ptr<zip_source_t, Closing>;
using OpenFile = std::unique_ptr<zip_file_t, Closing>;

Error not_packed(zip_t* archive) {
    return error(ErrorCode::environment,
                 std::string("the archive could not be made: ") + zip_strerror(archive));
}

Error broken(std::string what) {
    return error(ErrorCode::corruption, std::move(what));
}

Result<std::string> bytes_of(zip_source_t* source) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) {
        return error(ErrorCode::environment, "the archive could not be read back");
    }
    std::string bytes(stat.size, '\0');
    const auto read = zip_source_read(source, bytes.data(), bytes.size());
    (void)zip_source_close(source);
    if (read < 0 || static_cast<std::size_t>(read) != bytes.size()) {
        return error(ErrorCode::environment, "the archive could not be read back");
    }
    return bytes;
}

std::string digest_of(std::string_view archive) {
    return to_hex(record::sha256(archive.substr(0, archive.size() - digest_digits)));
}

// Errors: corruption.
Result<void> check_seal(std::string_view archive) {
    const auto seal = seal_words.size() + digest_digits;
    if (archive.size() < seal ||
        archive.substr(archive.size() - seal, seal_words.size()) != seal_words) {
        return broken("this is no evidence bundle, or its end is missing: it has no seal");
    }
    const auto said = archive.substr(archive.size() - digest_digits);
    const auto found = digest_of(archive);
    if (said == found) return {};
    return broken("the file is not as it was made: its seal says SHA-256 " + std::string(said) +
                  ", its bytes have " + found);
}

Result<ArchiveFile> file_at(zip_t* archive, zip_uint64_t index) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(archive, index, 0, &stat) != 0) {
        return broken("file " + std::to_string(index) + " of the archive cannot be read");
    }
    ArchiveFile file{stat.name, std::string(stat.size, '\0')};
    const OpenFile open(zip_fopen_index(archive, index, 0));
    if (!open) return broken(file.name + " cannot be read");
    const auto read = zip_fread(open.get(), file.bytes.data(), file.bytes.size());
    if (read < 0 || static_cast<std::size_t>(read) != file.bytes.size()) {
        return broken(file.name + " cannot be read whole");
    }
    return file;
}

}  // namespace

Result<std::string> pack(const std::vector<ArchiveFile>& files) {
    zip_error_t fault;
    zip_error_init(&fault);
    const Source target(zip_source_buffer_create(nullptr, 0, 0, &fault));
    if (!target) return error(ErrorCode::environment, "no memory for an archive");
    zip_source_keep(target.get());  // one hold is ours, one the archive's
    Archive archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, &fault));
    if (!archive) {
        zip_source_free(target.get());
        return error(ErrorCode::environment, "no memory for an archive");
    }
    for (const auto& file : files) {
        auto* source = zip_source_buffer(archive.get(), file.bytes.data(), file.bytes.size(), 0);
        const auto index = zip_file_add(archive.get(), file.name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            return not_packed(archive.get());
        }
        (void)zip_file_set_dostime(archive.get(), static_cast<zip_uint64_t>(index), 0, packed_date,
                                   0);
    }
    const std::string seal = std::string(seal_words) + std::string(digest_digits, '0');
    (void)zip_set_archive_comment(archive.get(), seal.data(),
                                  static_cast<zip_uint16_t>(seal.size()));
    if (zip_close(archive.get()) != 0) return not_packed(archive.get());
    (void)archive.release();  // closed
    auto bytes = bytes_of(target.get());
    if (!bytes) return bytes;
    const std::string digest = digest_of(*bytes);
    bytes->replace(bytes->size() - digest_digits, digest_digits, digest);
    return bytes;
}

Result<std::vector<ArchiveFile>> unpack(std::string_view archive) {
    if (auto sealed = check_seal(archive); !sealed) return sealed.error();
    zip_error_t fault;
    zip_error_init(&fault);
    auto* source = zip_source_buffer_create(archive.data(), archive.size(), 0, &fault);
    if (source == nullptr) return error(ErrorCode::environment, "no memory for the archive");
    const Archive open(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &fault));
    if (!open) {
        zip_source_free(source);
        return broken(std::string("this is no archive: ") + zip_error_strerror(&fault));
    }
    std::vector<ArchiveFile> files;
    std::set<std::string> names;
    std::size_t unpacked = 0;
    const auto count = zip_get_num_entries(open.get(), 0);
    if (count > files_max) {
        return error(ErrorCode::invalid_input,
                     "the archive has more than " + std::to_string(files_max) + " files");
    }
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        if (zip_stat_index(open.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0) {
            return broken("file " + std::to_string(i) + " of the archive cannot be read");
        }
        if (stat.size > unpacked_bytes_max - unpacked) {
            return error(ErrorCode::invalid_input, "the archive unpacks to more than 256 MiB");
        }
        unpacked += static_cast<std::size_t>(stat.size);
        auto file = file_at(open.get(), static_cast<zip_uint64_t>(i));
        if (!file) return file.error();
        if (!names.insert(file->name).second)
            return broken(file->name + " stands twice in the archive");
        files.push_back(std::move(*file));
    }
    return files;
}

}  // namespace jejak::evidence
