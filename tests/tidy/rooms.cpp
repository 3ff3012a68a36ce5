#include "tests/tidy/rooms.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "tests/tidy/text.hpp"

namespace jejak::tidy {

namespace {

using Names = std::vector<std::string_view>;

Names operator+(Names left, const Names& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

const Names threads = {"thread",  "mutex", "shared_mutex", "condition_variable", "future",
                       "barrier", "latch", "semaphore",    "stop_token"};
const Names files = {"fstream", "filesystem"};
const Names clocks = {"ctime"};  // <chrono> counts days too: its clocks are refused as words
const Names clock_calls = {"_clock::now", "std::time(", "clock_gettime", "gettimeofday"};
const Names random_calls = {"random_device", "std::rand("};
const Names posix = {"sys/",   "fcntl.h", "unistd.h", "errno.h", "signal.h",
                     "poll.h", "time.h",  "string.h", "stdio.h", "stdlib.h"};
const Names processor = {"immintrin.h", "cpuid.h"};  // the instructions for hashing
const Names small_boost = {"boost/system", "boost/mp11", "boost/describe"};
const Names boost_that_acts = {"boost/asio",       "boost/beast",  "boost/thread",
                               "boost/filesystem", "boost/chrono", "boost/random"};
const Names pure_ours = {"engine/*", "engine/record/**", "workflows/<name>/**",
                         "workflows/scoring/**"};
const Names impure = threads + files + clocks + Names{"random"} + boost_that_acts;

// What a room must not include and where the code that needs it should live.
struct Home {
    Names prefixes;
    std::string_view place;
};

const std::vector<Home>& homes() {
    static const std::vector<Home> table = {
        {{"rocksdb"}, "storage/, behind the EventStore or ReadStore port of engine/"},
        {{"boost/msm"},
         "engine/legality.hpp or workflows/appraisal/lifecycle.cpp; others ask next_phase()"},
        {{"boost/asio"}, "engine/runtime/ (what moves data) or adapters/<system>/"},
        {{"boost/beast", "boost/url"}, "adapters/http/"},
        {{"boost/json"}, "adapters/json/"},
        {{"spdlog"}, "engine/runtime/, storage/ or adapters/; a pure room returns what it knows"},
        {{"cereal"}, "engine/record/, the archive; others call that"},
        {{"openssl"},
         "engine/record/ (digest, sealing), adapters/auth/ or adapters/http/ (TLS); others call "
         "those"},
        {{"zlib.h", "zip.h"}, "adapters/<system>/, where the compressed bytes come in"},
        {{"CLI"}, "tools/; hand values down, not flags"},
        {clocks + Names{"time.h"},
         "the Clock port of engine/; a decider gets the time in its context"},
        {{"random"}, "tools/ or engine/runtime/; a decider gets fresh ids in its context"},
        {threads, "engine/runtime/, on the one strand, or adapters/"},
        {files, "storage/, adapters/ or tools/; a pure room gets the bytes"},
        {{"engine/runtime"}, "engine/runtime/ itself, adapters/ or tools/; it calls the decider"},
        {{"engine/record"}, "engine/record/: what is pure vocabulary knows no bytes"},
        {{"storage"}, "tools/, which composes the stores; others speak to the ports of engine/"},
        {{"workflows"},
         "workflows/scoring/ if two workflows need it, else adapters/ or tools/; for storage and "
         "runtime a payload is opaque bytes plus (type name, schema version)"},
        {{"adapters"}, "adapters/ or tools/; what is inside does not know who asks"},
        {{"tools"}, "tools/; nothing includes it"},
        {{"tests"}, "tests/; the program does not include its tests"},
        {posix, "storage/ or tools/"},
        {processor, "engine/record/, the digest"},
    };
    return table;
}

bool is_word(char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

bool has_prefix(std::string_view name, std::string_view prefix) {
    return name.starts_with(prefix) &&
           (name.size() == prefix.size() || prefix.ends_with('/') || !is_word(name[prefix.size()]));
}

bool has_any_prefix(std::string_view name, const Names& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](std::string_view prefix) { return has_prefix(name, prefix); });
}

// "workflows/<name>/**" seen from workflows/person/decide.cpp is "workflows/person/**".
std::string seen_from(std::string_view path, std::string_view pattern) {
    constexpr std::string_view name = "<name>";
    std::string result(pattern);
    const auto first = path.find('/');
    const auto at = result.find(name);
    if (at == std::string::npos || first == std::string_view::npos) return result;
    const auto rest = path.substr(first + 1);
    return result.replace(at, name.size(), rest.substr(0, rest.find('/')));
}

bool matches(std::string_view path, std::string_view pattern) {
    if (pattern.ends_with("/**")) return path.starts_with(pattern.substr(0, pattern.size() - 2));
    if (!pattern.ends_with("/*")) return path == pattern;
    const auto folder = pattern.substr(0, pattern.size() - 1);
    return path.starts_with(folder) && path.find('/', folder.size()) == std::string_view::npos;
}

bool is_ours(std::string_view target) {
    return has_any_prefix(target,
                          {"engine/", "workflows/", "storage/", "adapters/", "tools/", "tests/"});
}

bool is_standard(std::string_view target) {
    return target.find_first_of("/.") == std::string_view::npos;
}

bool may_include(const Room& room, std::string_view path, const Include& include) {
    if (is_ours(include.target)) {
        return std::any_of(room.ours.begin(), room.ours.end(), [&](std::string_view pattern) {
            return matches(include.target, seen_from(path, pattern));
        });
    }
    if (has_any_prefix(include.target, room.never)) return false;
    return is_standard(include.target) || has_any_prefix(include.target, room.third_party);
}

std::string remedy(std::string_view target) {
    for (const Home& home : homes()) {
        if (has_any_prefix(target, home.prefixes)) return std::string(home.place);
    }
    return "adapters/<system>/, if it is made for one outside system; a new library for another "
           "room is a new entry in its row (tests/tidy/rooms.cpp) and a reason in its README.md";
}

std::string row(const Room& room) {
    return "row `" + std::string(room.files) + "` (" + std::string(room.holds) + ")";
}

std::string refusal(const Room& room, const Include& include) {
    std::string message = "includes " + include.target + ", against " + row(room) + ".\n";
    message += "    may include of ours: " + joined(room.ours) + "; third party: std" +
               (room.third_party.empty() ? "" : ", ") + joined(room.third_party);
    if (!room.never.empty()) message += "; never: " + joined(room.never);
    return message + "\n    the code that needs it should live in: " + remedy(include.target);
}

std::string without_comment(std::string_view line) {
    return std::string(line.substr(0, line.find("//")));
}

}  // namespace

const std::vector<Room>& rooms() {
    static const std::vector<Room> table = {
        {"engine/legality.hpp",
         "the one template around Boost.MSM",
         {"engine/*"},
         small_boost + Names{"boost/msm", "boost/mpl", "boost/fusion", "boost/serialization"},
         threads + clocks,
         clock_calls},
        {"engine/*",
         "pure vocabulary and ports",
         {"engine/*"},
         small_boost,
         threads + clocks,
         clock_calls},
        {"engine/record/**",
         "the bytes: what an offline verifier needs",
         {"engine/*", "engine/record/**"},
         small_boost + processor + Names{"cereal", "openssl"},
         {},
         {}},
        {"engine/runtime/**",
         "what moves data: writer, projector, reactor, timers",
         {"engine/**"},
         small_boost + Names{"boost/asio", "spdlog"},
         {},
         {}},
        {"workflows/appraisal/lifecycle.cpp",
         "the table of moves of the appraisal",
         pure_ours,
         {"boost", "cereal"},
         impure,
         clock_calls + random_calls},
        {"workflows/appraisal/**",
         "one appraisal; who may act and what the unit achieved, the records of both say",
         pure_ours + Names{"workflows/organisation/**", "workflows/unit_result/**"},
         {"boost", "cereal"},
         Names{"boost/msm"} + impure,
         clock_calls + random_calls},
        {"workflows/dossier/**",
         "what follows a person; who may write it, the appraisal's state says",
         pure_ours + Names{"workflows/appraisal/**", "workflows/organisation/**"},
         {"boost", "cereal"},
         Names{"boost/msm"} + impure,
         clock_calls + random_calls},
        {"workflows/unit_result/**",
         "the results of a unit; how far an office reaches, the organisation's facts say",
         pure_ours + Names{"workflows/organisation/**"},
         {"boost", "cereal"},
         Names{"boost/msm"} + impure,
         clock_calls + random_calls},
        {"workflows/<name>/**",
         "one workflow: commands, events, decide, evolve, read models",
         pure_ours,
         {"boost", "cereal"},
         Names{"boost/msm"} + impure,
         clock_calls + random_calls},
        {"storage/**",
         "event stores, read stores, key ring on disk",
         {"engine/*", "engine/record/**", "storage/**"},
         posix + Names{"boost", "rocksdb", "spdlog"},
         {"boost/asio", "boost/beast", "boost/msm"},
         {}},
        {"adapters/auth/**",
         "who a bearer token speaks for",
         {"engine/**", "adapters/**"},
         small_boost + Names{"boost/json", "openssl"},
         {},
         {}},
        {"adapters/access/private_file.cpp",
         "files that nobody but their owner reads, appended and synced",
         {"engine/*", "adapters/access/**"},
         posix + small_boost + Names{"spdlog"},
         {},
         {}},
        {"adapters/http/**",
         "HTTP, in the clear and through TLS",
         {"engine/**", "workflows/**", "adapters/**"},
         small_boost + Names{"boost/asio", "boost/beast", "boost/json", "boost/url", "boost/core",
                             "spdlog", "openssl"},
         {},
         {}},
        {"adapters/webhooks/**",
         "whoever wants to be told: signed messages, and how far each was told",
         {"engine/**", "workflows/**", "adapters/**"},
         small_boost + Names{"boost/asio", "boost/beast", "boost/json", "spdlog", "openssl"},
         {},
         {}},
        {"adapters/<name>/**",
         "one outside system: parse into commands, format answers",
         {"engine/**", "workflows/**", "adapters/**"},
         small_boost + Names{"boost/asio", "boost/beast", "boost/json", "boost/url", "boost/core",
                             "spdlog", "zlib.h", "zip.h"},
         {},
         {}},
        {"tools/benchmark/**",
         "the program beside what RocksDB alone can do",
         {"engine/**", "workflows/**", "storage/**", "adapters/**", "tools/**"},
         posix + Names{"boost", "CLI", "spdlog", "rocksdb"},
         {"boost/msm"},
         {}},
        {"tools/**",
         "composition, flags, signals",
         {"engine/**", "workflows/**", "storage/**", "adapters/**", "tools/**"},
         posix + Names{"boost", "CLI", "spdlog"},
         {"boost/msm"},
         {}},
    };
    return table;
}

const Room* room_of(std::string_view path) {
    const auto& table = rooms();
    const auto found = std::find_if(table.begin(), table.end(), [&](const Room& room) {
        return matches(path, seen_from(path, room.files));
    });
    return found == table.end() ? nullptr : &*found;
}

std::vector<Include> includes_of(std::string_view text) {
    std::vector<Include> found;
    std::size_t number = 0;
    for (std::string_view line : lines_of(text)) {
        ++number;
        line = trimmed(line);
        if (!line.starts_with('#')) continue;
        line = trimmed(line.substr(1));
        if (!line.starts_with("include") || (line.size() > 7 && is_word(line[7]))) continue;
        line = trimmed(line.substr(7));
        const char closing = line.starts_with('"') ? '"' : '>';
        const auto end = line.size() > 1 ? line.find(closing, 1) : std::string_view::npos;
        const bool named = line.starts_with('"') || line.starts_with('<');
        Include include{number, "", closing == '"'};
        if (named && end != std::string_view::npos) include.target = line.substr(1, end - 1);
        found.push_back(include);
    }
    return found;
}

std::vector<std::string> broken_doors(std::string_view path, std::string_view text) {
    const Room* room = room_of(path);
    if (room == nullptr) {
        return {std::string(path) +
                ":1: lies in no room of the table; workflows and adapters "
                "have one folder each (workflows/<name>/, adapters/<system>/)"};
    }
    std::vector<std::string> findings;
    const auto find = [&](std::size_t line, const std::string& what) {
        findings.push_back(std::string(path) + ":" + std::to_string(line) + ": " + what);
    };
    for (const Include& include : includes_of(text)) {
        // The two that are installed side by side know no root.
        if (path == "tools/embedding/jejak.hpp" && include.target == "jejak.h") continue;
        if (include.target.empty()) {
            find(include.line,
                 "includes through a macro; name the file, so that it can be checked");
        } else if (include.quoted != is_ours(include.target)) {
            find(include.line, "includes " + include.target +
                                   "; ours are written from the root "
                                   "in quotes (\"engine/ids.hpp\"), all others in <>");
        } else if (!may_include(*room, path, include)) {
            find(include.line, refusal(*room, include));
        }
    }
    std::size_t number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++number;
        const std::string code = without_comment(line);
        for (const std::string_view word : room->never_words) {
            if (code.find(word) == std::string::npos) continue;
            find(number,
                 "says " + std::string(word) + ", against " + row(*room) +
                     ".\n    time, ids and chance arrive as data: in a decider's context, or "
                     "through the Clock port of engine/");
        }
    }
    return findings;
}

}  // namespace jejak::tidy
