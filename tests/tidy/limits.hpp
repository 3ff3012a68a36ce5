#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace jejak::tidy {

// The hard limits; the aim is lower (400 lines a source, 150 a header).
inline constexpr std::size_t source_lines_max = 500;
inline constexpr std::size_t header_lines_max = 250;
inline constexpr std::size_t columns_max = 100;

bool is_header(std::string_view path);

// True for a file that is C++ by its name, also by a name that we do not use (.h, .cc).
bool is_cpp(std::string_view path);

// What `text`, the contents of the file `path`, breaks of the limits of size and form: one message
// a finding, with file and line and the remedy. Reads no file.
std::vector<std::string> broken_limits(std::string_view path, std::string_view text);

// Names at the top of the project that are not agreed on. Dot-files are free.
std::vector<std::string> stray_names(const std::vector<std::string>& top_level);

// Each cycle among the headers of `files` (path -> contents) once, as "a.hpp -> b.hpp -> a.hpp".
std::vector<std::string> include_cycles(const std::map<std::string, std::string>& files);

}  // namespace jejak::tidy
