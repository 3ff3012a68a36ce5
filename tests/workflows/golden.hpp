#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

// Pages that the program itself writes, kept beside the tests that compare them byte for byte.
namespace jejak::golden {

[[nodiscard]] inline std::string file_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

[[nodiscard]] inline bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && std::string(value) == "1";
}

inline void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

// `page` is the path below tests/.
inline void expect_golden(const std::string& page, const std::string& text) {
    const std::string path = std::string(JEJAK_SOURCE_DIR "/tests/") + page;
    if (is_set("JEJAK_UPDATE_GOLDEN")) write_file(path, text);
    EXPECT_EQ(text, file_text(path))
        << "tests/" << page << " is not what the program writes now. If the change is meant, run"
        << " this test with JEJAK_UPDATE_GOLDEN=1, read the difference, and commit the page.";
}

}  // namespace jejak::golden
