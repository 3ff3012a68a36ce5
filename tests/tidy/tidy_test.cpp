// The checker, tried on examples in memory: every row of the table lets its own in and keeps out
// what is not its own, and every limit is noticed when it is passed.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/tidy/limits.hpp"
#include "tests/tidy/rooms.hpp"

namespace jejak::tidy {
namespace {

struct Example {
    std::string path;
    std::string code;
    std::string remedy;  // what the message must say; empty: the line is allowed
};

const std::vector<Example>& examples() {
    static const std::vector<Example> table = {
        {"engine/ids.hpp", "#include <string_view>", ""},
        {"engine/ids.hpp", "#include <chrono>", ""},
        {"engine/ids.hpp", "#include \"engine/result.hpp\"", ""},
        {"engine/result.hpp", "#include <boost/system/result.hpp>", ""},
        {"engine/ids.hpp", "#include <boost/mp11.hpp>", ""},
        {"engine/ids.hpp", "#include <boost/msm/back/state_machine.hpp>", "engine/legality.hpp"},
        {"engine/ids.hpp", "#include <rocksdb/db.h>", "storage/"},
        {"engine/ids.hpp", "#include <thread>", "engine/runtime/"},
        {"engine/ids.hpp", "#include <spdlog/spdlog.h>", "engine/runtime/"},
        {"engine/ids.hpp", "#include <cereal/cereal.hpp>", "engine/record/"},
        {"engine/ids.hpp", "#include \"engine/record/digest.hpp\"", "engine/record/"},
        {"engine/ids.hpp", "#include \"engine/runtime/writer.hpp\"", "engine/runtime/"},
        {"engine/ids.cpp", "auto now = std::chrono::system_clock::now();", "Clock port"},
        {"engine/ids.cpp", "// a test never asks system_clock::now()", ""},

        {"engine/legality.hpp", "#include <boost/msm/back/state_machine.hpp>", ""},
        {"engine/legality.hpp", "#include <boost/asio/post.hpp>", "engine/runtime/"},

        {"engine/record/digest.cpp", "#include <openssl/evp.h>", ""},
        {"engine/record/digest.cpp", "#include <immintrin.h>", ""},
        {"engine/record/archive.hpp", "#include <cereal/cereal.hpp>", ""},
        {"engine/record/archive.hpp", "#include \"engine/result.hpp\"", ""},
        {"engine/record/archive.hpp", "#include \"workflows/person/events.hpp\"", "opaque bytes"},
        {"engine/record/archive.hpp", "#include <rocksdb/db.h>", "storage/"},
        {"engine/record/archive.hpp", "#include <boost/asio.hpp>", "engine/runtime/"},

        {"engine/runtime/writer.cpp", "#include <boost/asio/post.hpp>", ""},
        {"engine/runtime/writer.cpp", "#include \"engine/record/envelope.hpp\"", ""},
        {"engine/runtime/writer.cpp", "#include <thread>", ""},
        {"engine/runtime/writer.cpp", "#include <rocksdb/db.h>", "storage/"},
        {"engine/runtime/writer.cpp", "#include \"workflows/person/decide.hpp\"", "opaque bytes"},
        {"engine/runtime/writer.cpp", "#include \"storage/memory.hpp\"", "ports of engine/"},

        {"workflows/appraisal/lifecycle.cpp", "#include <boost/msm/back/state_machine.hpp>", ""},
        {"workflows/appraisal/lifecycle.cpp", "#include <boost/asio.hpp>", "engine/runtime/"},

        {"workflows/appraisal/decide.cpp", "#include \"workflows/organisation/day.hpp\"", ""},
        {"workflows/dossier/dossier.cpp", "#include \"workflows/appraisal/appraisal.hpp\"", ""},
        {"workflows/dossier/dossier.cpp", "#include \"workflows/person/decide.hpp\"",
         "workflows/scoring/"},
        {"workflows/appraisal/appraisal.cpp", "#include \"workflows/dossier/dossier.hpp\"",
         "workflows/scoring/"},
        {"workflows/unit_result/decide.cpp", "#include \"workflows/organisation/office.hpp\"", ""},
        {"workflows/unit_result/decide.cpp", "#include \"workflows/dossier/dossier.hpp\"",
         "workflows/scoring/"},
        {"workflows/person/decide.cpp", "#include \"workflows/person/events.hpp\"", ""},
        {"workflows/person/decide.cpp", "#include \"workflows/scoring/evaluate.hpp\"", ""},
        {"workflows/person/decide.cpp", "#include \"engine/record/archive.hpp\"", ""},
        {"workflows/person/decide.cpp", "#include <boost/json/value.hpp>", ""},
        {"workflows/person/decide.cpp", "#include \"workflows/appraisal/events.hpp\"",
         "workflows/scoring/"},
        {"workflows/person/decide.cpp", "#include \"engine/runtime/writer.hpp\"", "adapters/"},
        {"workflows/person/decide.cpp", "#include \"storage/memory.hpp\"", "tools/"},
        {"workflows/person/decide.cpp", "#include <boost/msm/back/state_machine.hpp>",
         "next_phase()"},
        {"workflows/person/decide.cpp", "#include <boost/asio/post.hpp>", "engine/runtime/"},
        {"workflows/person/decide.cpp", "#include <spdlog/spdlog.h>", "returns what it knows"},
        {"workflows/person/decide.cpp", "#include <rocksdb/db.h>", "storage/"},
        {"workflows/person/decide.cpp", "#include <random>", "fresh ids"},
        {"workflows/person/decide.cpp", "#include <fstream>", "storage/"},
        {"workflows/person/decide.cpp", "#include <filesystem>", "storage/"},
        {"workflows/person/decide.cpp", "#include <mutex>", "one strand"},
        {"workflows/person/decide.cpp", "#include <ctime>", "Clock port"},
        {"workflows/person/decide.cpp", "return std::chrono::steady_clock::now();", "Clock port"},
        {"workflows/decide.hpp", "#include <string>", "workflows/<name>/"},

        {"storage/rocks.cpp", "#include <rocksdb/db.h>", ""},
        {"storage/rocks.cpp", "#include \"engine/record/envelope.hpp\"", ""},
        {"storage/head_file.cpp", "#include <unistd.h>", ""},
        {"engine/ids.cpp", "#include <time.h>", "Clock port"},
        {"workflows/person/decide.cpp", "#include <unistd.h>", "storage/"},
        {"storage/head_file.cpp", "#include <boost/endian/conversion.hpp>", ""},
        {"storage/rocks.cpp", "#include \"workflows/appraisal/events.hpp\"", "opaque bytes"},
        {"storage/rocks.cpp", "#include \"engine/runtime/writer.hpp\"", "engine/runtime/"},
        {"storage/rocks.cpp", "#include \"adapters/json/read.hpp\"", "who asks"},
        {"storage/rocks.cpp", "#include <boost/asio.hpp>", "engine/runtime/"},

        {"adapters/json/read.cpp", "#include <boost/json/parse.hpp>", ""},
        {"adapters/http/server.cpp", "#include <boost/beast/http.hpp>", ""},
        {"adapters/http/server.cpp", "#include \"engine/runtime/writer.hpp\"", ""},
        {"adapters/http/server.cpp", "#include \"workflows/appraisal/commands.hpp\"", ""},
        {"adapters/access/private_file.cpp", "#include <unistd.h>", ""},
        {"adapters/access/private_file.cpp", "#include <boost/asio.hpp>", "adapters/<system>/"},
        {"adapters/access/read_log.cpp", "#include <unistd.h>", "storage/ or tools/"},
        {"adapters/http/tls_context.cpp", "#include <openssl/ssl.h>", ""},
        {"adapters/http/server.cpp", "#include <zlib.h>", "adapters/<system>/"},
        {"adapters/webhooks/signature.cpp", "#include <openssl/evp.h>", ""},
        {"adapters/webhooks/outbox.cpp", "#include <unistd.h>", "storage/ or tools/"},
        {"adapters/csv/read.cpp", "#include <zlib.h>", ""},
        {"adapters/auth/key.cpp", "#include <openssl/evp.h>", ""},
        {"adapters/auth/key.cpp", "#include <zlib.h>", "adapters/<system>/"},
        {"adapters/csv/read.cpp", "#include <openssl/evp.h>", "adapters/auth/"},
        {"adapters/csv/read.cpp", "#include \"storage/memory.hpp\"", "tools/"},
        {"adapters/csv/read.cpp", "#include <rocksdb/db.h>", "storage/"},
        {"adapters/csv/read.cpp", "#include <CLI/CLI.hpp>", "tools/"},
        {"adapters/read.cpp", "#include <string>", "adapters/<system>/"},

        {"tools/benchmark/limits.cpp", "#include <rocksdb/db.h>", ""},
        {"tools/benchmark/limits.cpp", "#include \"tests/tidy/rooms.hpp\"", "tests/"},
        {"tools/main.cpp", "#include <CLI/CLI.hpp>", ""},
        {"tools/main.cpp", "#include \"storage/rocks.hpp\"", ""},
        {"tools/main.cpp", "#include \"workflows/appraisal/commands.hpp\"", ""},
        {"tools/main.cpp", "#include <rocksdb/db.h>", "storage/"},
        {"tools/main.cpp", "#include \"tests/tidy/rooms.hpp\"", "tests/"},

        {"engine/ids.cpp", "#include \"ids.hpp\"", "from the root"},
        {"engine/ids.cpp", "#include <engine/ids.hpp>", "from the root"},
        {"engine/ids.cpp", "  #  include   <rocksdb/db.h>  // sneaked in", "storage/"},
        {"engine/ids.cpp", "#include HEADER", "macro"},
        {"engine/ids.cpp", "#include <nowhere/known.hpp>", "a reason in its README.md"},
    };
    return table;
}

TEST(RoomsAndDoors, let_in_what_the_row_allows_and_refuse_the_rest_with_a_remedy) {
    for (const Example& example : examples()) {
        SCOPED_TRACE(example.path + ": " + example.code);
        const auto findings = broken_doors(example.path, "\n" + example.code + "\n");
        if (example.remedy.empty()) {
            EXPECT_TRUE(findings.empty()) << findings.front();
        } else {
            ASSERT_EQ(findings.size(), 1U);
            EXPECT_NE(findings.front().find(example.remedy), std::string::npos) << findings.front();
        }
    }
}

TEST(RoomsAndDoors, name_the_file_the_line_the_row_and_the_right_place) {
    const auto findings = broken_doors("workflows/person/evolve.cpp",
                                       "#include <string>\n\n#include <rocksdb/db.h>\n");
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_TRUE(findings[0].starts_with("workflows/person/evolve.cpp:3: ")) << findings[0];
    EXPECT_NE(findings[0].find("row `workflows/<name>/**`"), std::string::npos) << findings[0];
    EXPECT_NE(findings[0].find("should live in: storage/"), std::string::npos) << findings[0];
}

TEST(RoomsAndDoors, have_an_example_of_both_kinds_for_every_row) {
    for (const Room& room : rooms()) {
        const auto has = [&](bool allowed) {
            return std::any_of(examples().begin(), examples().end(), [&](const Example& example) {
                return room_of(example.path) == &room && example.remedy.empty() == allowed;
            });
        };
        EXPECT_TRUE(has(true)) << room.files << ": add an allowed line to examples()";
        EXPECT_TRUE(has(false)) << room.files << ": add a refused line to examples()";
    }
}

// True if there is one finding and it starts with `start` and says `words`.
testing::AssertionResult only_finding(const std::vector<std::string>& findings,
                                      const std::string& start, const std::string& words) {
    if (findings.size() != 1) {
        return testing::AssertionFailure() << findings.size() << " findings instead of one";
    }
    const std::string& found = findings.front();
    if (found.starts_with(start) && found.find(words) != std::string::npos) {
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << found;
}

std::string lines(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += "int line;\n";
    return text;
}

TEST(Limits, accept_a_file_at_the_limit) {
    const std::string widest = std::string(columns_max - 1, 'x') + "→\n";
    EXPECT_TRUE(broken_limits("engine/a.cpp", lines(source_lines_max - 1) + widest).empty());
    EXPECT_TRUE(
        broken_limits("engine/a.hpp", "#pragma once\n" + lines(header_lines_max - 1)).empty());
}

TEST(Limits, refuse_a_file_past_the_limit_and_name_the_aim) {
    EXPECT_TRUE(only_finding(broken_limits("engine/a.cpp", lines(source_lines_max + 1)),
                             "engine/a.cpp:501", "the aim is 400"));
    EXPECT_TRUE(
        only_finding(broken_limits("engine/a.hpp", "#pragma once\n" + lines(header_lines_max)),
                     "engine/a.hpp:251", "the aim is 150"));
}

TEST(Limits, refuse_a_long_line_a_tab_an_unguarded_header_and_a_promise) {
    const std::string wide(columns_max + 1, 'x');
    EXPECT_TRUE(only_finding(broken_limits("engine/a.cpp", "\n" + wide), "engine/a.cpp:2", "101"));
    EXPECT_TRUE(only_finding(broken_limits("engine/a.cpp", "\tint a;"), "engine/a.cpp:1", "tab"));
    EXPECT_TRUE(only_finding(broken_limits("engine/a.hpp", "int a;"), "engine/a.hpp:1", "#pragma"));
    for (const std::string promise : {"// TO"
                                      "DO: later",
                                      "// FIX"
                                      "ME"}) {
        EXPECT_TRUE(only_finding(broken_limits("engine/a.cpp", promise), "engine/a.cpp:1", "now"));
    }
}

TEST(Limits, refuse_a_file_whose_name_would_hide_it) {
    EXPECT_TRUE(is_cpp("engine/a.cc"));
    EXPECT_FALSE(is_cpp("engine/README.md"));
    EXPECT_TRUE(only_finding(broken_limits("engine/a.cc", "int a;"), "engine/a.cc:1", "rename"));
}

TEST(TopLevel, holds_the_agreed_names_and_dot_files) {
    EXPECT_TRUE(stray_names({"engine", "README.md", ".clang-format", "CMakeLists.txt"}).empty());
    EXPECT_EQ(stray_names({"docs", "engine", "utils"}),
              (std::vector<std::string>{"docs", "utils"}));
}

TEST(IncludeCycles, are_found_and_told_as_a_path) {
    EXPECT_EQ(include_cycles({{"engine/a.hpp", "#include \"engine/b.hpp\"\n"},
                              {"engine/b.hpp", "#include \"engine/c.hpp\"\n"},
                              {"engine/c.hpp", "#include \"engine/b.hpp\"\n"}}),
              std::vector<std::string>{"engine/b.hpp -> engine/c.hpp -> engine/b.hpp"});
    EXPECT_EQ(include_cycles({{"engine/a.hpp", "#include \"engine/a.hpp\"\n"}}),
              std::vector<std::string>{"engine/a.hpp -> engine/a.hpp"});
}

TEST(IncludeCycles, are_not_seen_where_two_ways_lead_to_one_header) {
    EXPECT_TRUE(include_cycles({{"engine/a.cpp", "#include \"engine/a.hpp\"\n"},
                                {"engine/a.hpp",
                                 "#include \"engine/b.hpp\"\n"
                                 "#include \"engine/c.hpp\"\n"},
                                {"engine/b.hpp", "#include \"engine/c.hpp\"\n"},
                                {"engine/c.hpp", "#include <string>\n"}})
                    .empty());
}

}  // namespace
}  // namespace jejak::tidy
