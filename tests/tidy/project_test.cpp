// The checker, turned on this project as it lies on the disk.

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/tidy/limits.hpp"
#include "tests/tidy/rooms.hpp"

namespace jejak::tidy {
namespace {

namespace fs = std::filesystem;

using Findings = std::vector<std::string>;

const fs::path root = JEJAK_SOURCE_DIR;
const std::vector<std::string> program_rooms = {"engine", "workflows", "storage", "adapters",
                                                "tools"};

// Every C++ file below `folders`: path from the root -> contents.
std::map<std::string, std::string> cpp_files(const std::vector<std::string>& folders) {
    std::map<std::string, std::string> files;
    for (const std::string& folder : folders) {
        for (auto entry = fs::recursive_directory_iterator(root / folder);
             entry != fs::recursive_directory_iterator(); ++entry) {
            const std::string name = entry->path().filename().string();
            if (entry->is_directory() && (name.starts_with('.') || name == "node_modules" ||
                                          name == "examples")) {  // programs of others
                entry.disable_recursion_pending();
            } else if (entry->is_regular_file() && is_cpp(name)) {
                std::ifstream file(entry->path(), std::ios::binary);
                files[entry->path().lexically_relative(root).generic_string()] =
                    std::string(std::istreambuf_iterator<char>(file), {});
            }
        }
    }
    return files;
}

std::map<std::string, std::string> all_cpp_files() {
    auto folders = program_rooms;
    folders.emplace_back("tests");
    return cpp_files(folders);
}

void expect_none(const Findings& findings, const std::string& why) {
    std::string text;
    for (const std::string& finding : findings)
        text += "  " + finding + "\n";
    EXPECT_TRUE(findings.empty()) << findings.size() << " findings; " << why << "\n" << text;
}

// First parts of the paths that git knows or would add; empty without git or outside a checkout.
std::set<std::string> names_from_git() {
    const std::string command =
        "git -C '" + root.string() + "' ls-files --cached --others --exclude-standard 2>/dev/null";
    std::string output;
    if (FILE* pipe = popen(command.c_str(), "r"); pipe != nullptr) {
        std::array<char, 4096> buffer{};
        while (const std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe)) {
            output.append(buffer.data(), size);
        }
        if (pclose(pipe) != 0) return {};
    }
    std::set<std::string> names;
    for (std::size_t at = 0; at < output.size();) {
        const std::size_t end = output.find('\n', at);
        const std::string path = output.substr(at, end - at);
        names.insert(path.substr(0, path.find('/')));
        at = end == std::string::npos ? output.size() : end + 1;
    }
    return names;
}

std::vector<std::string> top_level_names() {
    const std::set<std::string> made_here = {"build", "jejak-data", "node_modules", "__pycache__",
                                             "compile_commands.json"};
    auto names = names_from_git();
    if (names.empty()) {
        for (const auto& entry : fs::directory_iterator(root)) {
            const std::string name = entry.path().filename().string();
            if (!made_here.contains(name)) names.insert(name);
        }
    }
    return {names.begin(), names.end()};
}

TEST(Project, has_sources_where_the_checker_looks) {
    ASSERT_TRUE(fs::is_regular_file(root / "CMakePresets.json")) << root;
    EXPECT_TRUE(cpp_files({"engine"}).contains("engine/ids.hpp"));
    EXPECT_TRUE(cpp_files({"tests"}).contains("tests/tidy/project_test.cpp"));
}

TEST(Project, keeps_its_rooms_and_doors) {
    Findings findings;
    for (const auto& [path, text] : cpp_files(program_rooms)) {
        const auto found = broken_doors(path, text);
        findings.insert(findings.end(), found.begin(), found.end());
    }
    expect_none(findings, "the table is in tests/tidy/rooms.cpp:");
}

TEST(Project, keeps_its_limits) {
    Findings findings;
    for (const auto& [path, text] : all_cpp_files()) {
        const auto found = broken_limits(path, text);
        findings.insert(findings.end(), found.begin(), found.end());
    }
    expect_none(findings, "past a limit the design is asking for something:");
}

TEST(Project, has_no_headers_that_include_each_other) {
    expect_none(include_cycles(all_cpp_files()),
                "move what both need into a third header, or declare it forward:");
}

TEST(Project, has_only_agreed_names_at_its_top) {
    expect_none(stray_names(top_level_names()),
                "move these into a room, or, if they are made by a program, into .gitignore:");
}

TEST(Project, explains_every_folder_in_a_readme) {
    Findings missing;
    auto folders = program_rooms;
    folders.emplace_back("tests");
    folders.emplace_back(".");
    for (const std::string& folder : folders) {
        const fs::path readme = (fs::path(folder) / "README.md").lexically_normal();
        std::error_code none;
        if (fs::file_size(root / readme, none) == 0 || none) missing.push_back(readme.string());
    }
    expect_none(missing, "write what the folder holds and how to change it into:");
}

}  // namespace
}  // namespace jejak::tidy
