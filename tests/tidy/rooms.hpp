#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jejak::tidy {

// One row of the table of rooms and doors (README.md of the engine).
//
// A pattern ends in "/**" (everything below), "/*" (files directly there) or names one file;
// "<name>" stands for the second folder of the file under test. A prefix matches whole words:
// "boost/asio" is <boost/asio.hpp> and everything below boost/asio/.
struct Room {
    std::string_view files;                     // pattern of the files that live here
    std::string_view holds;                     // what they are for
    std::vector<std::string_view> ours;         // patterns of the project's files they may include
    std::vector<std::string_view> third_party;  // prefixes they may include from outside
    std::vector<std::string_view> never;        // prefixes refused even if a wider one is allowed
    std::vector<std::string_view> never_words;  // calls refused in the code itself
};

// The table; the first row that matches a file is its room.
const std::vector<Room>& rooms();

// The room of a root-relative path, or nullptr where nothing of ours should live.
const Room* room_of(std::string_view path);

struct Include {
    std::size_t line = 0;  // from 1
    std::string target;    // empty if the directive names a macro instead of a file
    bool quoted = false;
};

std::vector<Include> includes_of(std::string_view text);

// What `text`, the contents of the file `path`, breaks of the table: one message a finding, with
// file and line, the row, and where the code should live. Reads no file.
std::vector<std::string> broken_doors(std::string_view path, std::string_view text);

}  // namespace jejak::tidy
