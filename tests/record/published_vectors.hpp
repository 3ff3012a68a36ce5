#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ids.hpp"

namespace jejak::record {

// The folder of published vectors, or an empty path where this machine has none.
inline std::filesystem::path published_vectors(std::string_view folder) {
    const std::filesystem::path path = std::filesystem::path(JEJAK_SHARED_DATA) / folder;
    return std::filesystem::is_directory(path) ? path : std::filesystem::path();
}

#define SKIP_WITHOUT_VECTORS(path)                                                        \
    if ((path).empty()) {                                                                 \
        GTEST_SKIP() << "no published vectors: set JEJAK_SHARED_DATA to the folder that " \
                        "holds them (now " JEJAK_SHARED_DATA ")";                         \
    }

inline boost::json::object read_json_object(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    boost::json::error_code failed;
    const auto value = boost::json::parse(text, failed);
    EXPECT_FALSE(failed) << path << ": " << failed.message();
    return value.is_object() ? value.as_object() : boost::json::object();
}

inline std::string bytes_of_hex(std::string_view hex) {
    std::string bytes(hex.size() / 2, '\0');
    EXPECT_TRUE(from_hex(hex, reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size())) << hex;
    return bytes;
}

inline Sha256 hash_of_hex(std::string_view hex) {
    Sha256 hash{};
    EXPECT_TRUE(from_hex(hex, hash.data(), hash.size())) << hex;
    return hash;
}

inline std::string hex_of(std::string_view bytes) {
    return to_hex(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace jejak::record
