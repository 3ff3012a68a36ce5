#pragma once

// Copies of a log's directory as it lies on the disk while a writer has it open: what a killed
// process leaves. And ways of damaging them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "tests/storage/temporary_directory.hpp"

namespace jejak::storage {

namespace fs = std::filesystem;

inline std::string bytes_of_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void write_bytes(const fs::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

inline void flip(const fs::path& path, std::size_t offset, unsigned bit = 3) {
    std::string bytes = bytes_of_file(path);
    ASSERT_LT(offset, bytes.size());
    bytes[offset] = static_cast<char>(bytes[offset] ^ (1 << bit));
    write_bytes(path, bytes);
}

// A directory that is a copy of another and is gone with the object.
class Image {
  public:
    explicit Image(const fs::path& original) {
        fs::copy(original, directory_.path(), fs::copy_options::recursive);
    }
    [[nodiscard]] std::string path() const { return directory_.path().string(); }
    [[nodiscard]] fs::path operator/(std::string_view name) const { return directory_ / name; }

    // Files in db/ whose names end like this, sorted; empty ones are left out.
    [[nodiscard]] std::vector<fs::path> files(std::string_view ending) const {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(directory_ / "db")) {
            const auto name = entry.path().filename().string();
            if (name.ends_with(ending) && entry.file_size() > 0) found.push_back(entry.path());
        }
        std::sort(found.begin(), found.end());
        return found;
    }
    // Content of every file but RocksDB's text log and locks.
    [[nodiscard]] std::map<std::string, std::string> content() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(directory_.path())) {
            const auto name = entry.path().filename().string();
            if (!entry.is_regular_file() || name.starts_with("LO")) continue;
            files[entry.path().string()] = bytes_of_file(entry.path());
        }
        return files;
    }

  private:
    TemporaryDirectory directory_;
};

}  // namespace jejak::storage
