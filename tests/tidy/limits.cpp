#include "tests/tidy/limits.hpp"

#include <algorithm>
#include <set>

#include "tests/tidy/rooms.hpp"
#include "tests/tidy/text.hpp"

namespace jejak::tidy {

namespace {

// In two halves: this file is read by the test as well.
const std::vector<std::string> promises = {
    "TO"
    "DO",
    "FIX"
    "ME"};

std::size_t columns(std::string_view line) {
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;  // not within a UTF-8 character
    }));
}

enum class Mark { open, done };

// Depth first; what is open when it is met again closes a cycle.
struct CycleSearch {
    const std::map<std::string, std::string>& files;
    std::map<std::string, Mark> marks = {};
    std::vector<std::string> path = {};
    std::vector<std::string> cycles = {};

    void visit(const std::string& header) {
        marks[header] = Mark::open;
        path.push_back(header);
        for (const Include& include : includes_of(files.at(header))) {
            if (!is_header(include.target) || !files.contains(include.target)) continue;
            const auto mark = marks.find(include.target);
            if (mark == marks.end()) {
                visit(include.target);
            } else if (mark->second == Mark::open) {
                record(include.target);
            }
        }
        path.pop_back();
        marks[header] = Mark::done;
    }

    void record(const std::string& again) {
        std::string cycle;
        for (auto step = std::find(path.begin(), path.end(), again); step != path.end(); ++step) {
            cycle += *step + " -> ";
        }
        cycles.push_back(cycle + again);
    }
};

}  // namespace

bool is_header(std::string_view path) {
    return path.ends_with(".hpp") || path.ends_with(".h") || path.ends_with(".hh") ||
           path.ends_with(".hxx") || path.ends_with(".ipp");
}

bool is_cpp(std::string_view path) {
    return is_header(path) || path.ends_with(".cpp") || path.ends_with(".cc") ||
           path.ends_with(".cxx");
}

std::vector<std::string> broken_limits(std::string_view path, std::string_view text) {
    std::vector<std::string> findings;
    const auto find = [&](std::size_t line, const std::string& what) {
        findings.push_back(std::string(path) + ":" + std::to_string(line) + ": " + what);
    };
    const bool is_for_c = path == "tools/embedding/jejak.h";
    if (!path.ends_with(".hpp") && !path.ends_with(".cpp") && !is_for_c) {
        find(1, "is named neither .hpp nor .cpp; rename it");
    }
    const auto lines = lines_of(text);
    const bool header = is_header(path);
    const std::size_t lines_max = header ? header_lines_max : source_lines_max;
    if (lines.size() > lines_max) {
        find(lines.size(), std::to_string(lines.size()) + " lines; at most " +
                               std::to_string(lines_max) + ", and the aim is " +
                               (header ? "150" : "400") + ": one file, one noun; move one out");
    }
    bool once = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = lines[i];
        once = once || trimmed(line) == "#pragma once";
        if (columns(line) > columns_max) {
            find(i + 1, std::to_string(columns(line)) + " columns; at most " +
                            std::to_string(columns_max) + ": break the line or shorten a name");
        }
        if (line.find('\t') != std::string_view::npos) {
            find(i + 1, "a tab; indent with four spaces, write \\t in a literal");
        }
        for (const std::string& promise : promises) {
            if (line.find(promise) == std::string_view::npos) continue;
            find(i + 1, promise + "; do it now, or write it down in the README.md of the folder");
        }
    }
    if (header && !once) find(1, "a header without #pragma once; add it as the first directive");
    return findings;
}

std::vector<std::string> stray_names(const std::vector<std::string>& top_level) {
    static const std::set<std::string> agreed = {
        "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md",
        "package.json",   "package-lock.json", "engine",  "workflows",
        "storage",        "adapters",          "tools",   "tests"};
    std::vector<std::string> strays;
    for (const std::string& name : top_level) {
        if (!name.starts_with('.') && !agreed.contains(name)) strays.push_back(name);
    }
    return strays;
}

std::vector<std::string> include_cycles(const std::map<std::string, std::string>& files) {
    CycleSearch search{files};
    for (const auto& [path, text] : files) {
        if (is_header(path) && !search.marks.contains(path)) search.visit(path);
    }
    return search.cycles;
}

}  // namespace jejak::tidy
