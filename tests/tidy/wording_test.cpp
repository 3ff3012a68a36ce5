// Whatever the program says no with has words in English and in Indonesian. Read from the sources
// as they lie on the disk: a new rule without words fails here, before anybody meets it.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tools/backend/wording.hpp"

namespace jejak::tidy {
namespace {

constexpr std::size_t sentence_size_max = 160;

// ---- codes, where they are said

bool is_code(std::string_view text) {
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

// The literal whose opening quote stands at `at`, which is left behind the closing one.
std::string take_literal(std::string_view text, std::size_t& at) {
    std::string literal;
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
        if (at < text.size()) literal += text[at];
    }
    ++at;
    return literal;
}

// The literals of the first of several arguments, that begins at `at`; none of an only argument.
std::vector<std::string> literals_of_first_argument(std::string_view text, std::size_t at) {
    std::vector<std::string> literals;
    for (int depth = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"') {
            literals.push_back(take_literal(text, at));
            continue;
        }
        if (c == '(' || c == '{') ++depth;
        if (c == ')' || c == '}') --depth;
        if (depth < 0 || c == ';') return {};
        if (depth == 0 && c == ',') return literals;
        ++at;
    }
    return {};
}

constexpr std::string_view word_letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

// Where `word` stands and is not the end of a longer word.
std::vector<std::size_t> places_of(std::string_view word, std::string_view text) {
    std::vector<std::size_t> places;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const bool is_whole = at == 0 || word_letters.find(text[at - 1]) == std::string::npos;
        if (is_whole) places.push_back(at);
    }
    return places;
}

// "rule" of `no("rule", …)`, `Rejection{"rule", …}`, `Rejection its_name{"rule", …}`; both of
// `no(here ? "one" : "other", …)`.
std::set<std::string> rules_in(const std::string& text) {
    std::set<std::string> rules;
    for (const std::string_view word : {"no", "Rejection"}) {
        for (const auto place : places_of(word, text)) {
            auto at = place + word.size();
            if (word == "Rejection" && text[at] == ' ')
                at = text.find_first_not_of(word_letters, at + 1);
            if (at >= text.size() || (text[at] != '(' && text[at] != '{')) continue;
            for (auto& literal : literals_of_first_argument(text, at + 1)) {
                if (is_code(literal)) rules.insert(std::move(literal));
            }
        }
    }
    return rules;
}

// "code" of `{404, "code", …}`: what follows a status of 400 to 599.
std::set<std::string> refusals_in(const std::string& text) {
    std::set<std::string> codes;
    for (const std::string_view hundreds : {"4", "5"}) {
        for (const auto place : places_of(hundreds, text)) {
            auto at = text.find_first_not_of("0123456789", place);
            if (at != place + 3) continue;
            if (text[at] == 'U') ++at;
            if (text[at] != ',') continue;
            at = text.find_first_not_of(" \n", at + 1);
            if (at == std::string::npos || text[at] != '"') continue;
            const auto literal = take_literal(text, at);
            at = text.find_first_not_of(" \n", at);
            if (is_code(literal) && text[std::min(at, text.size())] == ',') codes.insert(literal);
        }
    }
    return codes;
}

// "code" of `case ErrorCode::some: return "code";`
std::set<std::string> error_names_in(const std::string& text) {
    std::set<std::string> codes;
    for (const auto place : places_of("ErrorCode::", text)) {
        auto at = text.find('"', place);
        if (at != std::string::npos) codes.insert(take_literal(text, at));
    }
    return codes;
}

// Path from the root -> contents, of the .cpp and .hpp below `folder`.
std::map<std::string, std::string> sources_below(const std::string& folder) {
    const std::filesystem::path top = JEJAK_SOURCE_DIR;
    std::map<std::string, std::string> sources;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top / folder)) {
        const auto extension = entry.path().extension();
        if (extension != ".cpp" && extension != ".hpp") continue;
        std::ifstream file(entry.path(), std::ios::binary);
        sources[entry.path().lexically_relative(top).generic_string()] =
            std::string(std::istreambuf_iterator<char>(file), {});
    }
    return sources;
}

// Code -> a file that says it.
std::map<std::string, std::string> codes_below(
    const std::string& folder, const std::function<std::set<std::string>(std::string)>& find) {
    std::map<std::string, std::string> codes;
    for (const auto& [path, text] : sources_below(folder)) {
        for (const auto& code : find(text))
            codes.emplace(code, path);
    }
    return codes;
}

// ---- words, as they are written

struct Entry {
    std::string file, code, en, id;
};

// {"code", "words", "more " "words"}: what stands in braces and begins with a literal.
std::vector<Entry> entries_in(const std::string& file, const std::string& text) {
    std::vector<Entry> entries;
    std::vector<std::string> fields;
    for (std::size_t at = 0; at < text.size();) {
        if (text.compare(at, 2, "//") == 0 || text[at] == '#') {
            at = std::min(text.find('\n', at), text.size());
        } else if (text[at] == '"') {
            auto literal = take_literal(text, at);
            if (!fields.empty()) fields.back() += literal;
        } else {
            const char c = text[at++];
            if (c == '{') fields.assign(1, "");
            if (c == ',' && !fields.empty()) fields.emplace_back();
            if (c != '}') continue;
            fields.resize(std::max<std::size_t>(fields.size(), 3));
            if (!fields[0].empty()) entries.push_back({file, fields[0], fields[1], fields[2]});
            fields.clear();
        }
    }
    return entries;
}

std::vector<Entry> all_entries() {
    std::vector<Entry> all;
    for (const auto& [path, text] : sources_below("tools/backend")) {
        if (!path.starts_with("tools/backend/wording") || !path.ends_with(".cpp")) continue;
        const auto entries = entries_in(path, text);
        all.insert(all.end(), entries.begin(), entries.end());
    }
    return all;
}

void expect_words_for(const std::map<std::string, std::string>& codes, const std::string& table) {
    std::set<std::string> worded;
    for (const auto& entry : all_entries())
        worded.insert(entry.code);
    for (const auto& [code, path] : codes) {
        EXPECT_TRUE(worded.contains(code))
            << path << " says no with \"" << code << "\", which has no words; add {\"" << code
            << "\", \"English.\", \"Indonesian.\"} in its alphabetical place to " << table;
    }
}

void expect_a_sentence(const Entry& entry, const std::string& words) {
    const std::string where = entry.file + ", \"" + entry.code + "\": \"" + words + "\" ";
    ASSERT_FALSE(words.empty()) << where << "write what is wrong and what to do next";
    const bool begins_well = words.front() >= 'A' && words.front() <= 'Z';
    EXPECT_TRUE(begins_well && words.ends_with('.')) << where << "make it a sentence";
    EXPECT_LE(words.size(), sentence_size_max) << where << "make it shorter";
    EXPECT_EQ(words.find_first_of("_\"{}"), std::string::npos)
        << where << "say it without a word of the program";
}

// ---- tests

TEST(WordingChecker, finds_every_way_of_saying_no) {
    EXPECT_EQ(rules_in("return now.no(\n    \"plan_not_valid\",\n \"a, b\");"),
              std::set<std::string>{"plan_not_valid"});
    EXPECT_EQ(rules_in("return Rejection{\"a_rule\", phase, \"m\"}; const Rejection other{\n"
                       "\"an_other\", \"\", \"m\"};"),
              (std::set<std::string>{"a_rule", "an_other"}));
    EXPECT_EQ(rules_in("no(is_late(x, y) ? \"late\" : \"early\", \"words\")"),
              (std::set<std::string>{"late", "early"}));
    EXPECT_TRUE(
        rules_in("no(\"count at least one\"); no(why); to_no(\"x\", y); no(\"x\" + y)").empty());
}

TEST(WordingChecker, finds_the_codes_of_http_and_of_errors) {
    EXPECT_EQ(refusals_in("f(404, \"not_here\", x); {n == 0 ? 400U : 409U,\n  \"later_on\", x}; "
                          "{200, \"fine\", x}; {1404, \"no_status\", x}; "
                          "\"maximum\":500,\"default\":1; {400, \"some words\", x}; x400"),
              (std::set<std::string>{"later_on", "not_here"}));
    EXPECT_EQ(error_names_in("case ErrorCode::one: return \"one\";\ncase ErrorCode::two:\n"
                             "return \"two\";"),
              (std::set<std::string>{"one", "two"}));
}

TEST(WordingChecker, reads_a_table_as_it_is_written) {
    const auto entries =
        entries_in("f",
                   "#include \"x\"\nnamespace a {\n// {\"no\"\nconstexpr Wording t[] = {\n"
                   "{\"one\", \"A, \\\"b\\\" \"\n\"c.\", \"D.\"},\n{\"two\", \"E.\"}};\n}  // a\n");
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].code + "|" + entries[0].en + "|" + entries[0].id, "one|A, \"b\" c.|D.");
    EXPECT_EQ(entries[1].code + "|" + entries[1].en + "|" + entries[1].id, "two|E.|");
}

TEST(Wording, has_words_for_every_rule_of_the_workflows_and_of_the_engine) {
    const auto appraisal = codes_below("workflows/appraisal", rules_in);
    const auto all = codes_below("workflows", rules_in);
    const auto engine = codes_below("engine", rules_in);
    ASSERT_TRUE(all.contains("objection_late") && all.contains("outside_scope"))
        << "the checker finds no rules any more: rules_in in tests/tidy/wording_test.cpp";
    ASSERT_TRUE(engine.contains("history_needs_ground"));
    expect_words_for(appraisal, "tools/backend/wording_appraisal.cpp");
    auto others = engine;
    for (const auto& [code, path] : all) {
        if (!appraisal.contains(code)) others.emplace(code, path);
    }
    expect_words_for(others, "tools/backend/wording_record.cpp");
}

TEST(Wording, has_words_for_every_error_of_the_machine_and_of_http) {
    const std::string names = "engine/result.cpp";
    std::map<std::string, std::string> errors;
    for (const auto& code : error_names_in(sources_below("engine").at(names)))
        errors.emplace(code, names);
    const auto refused = codes_below("adapters/http", refusals_in);
    ASSERT_TRUE(errors.contains("version_conflict") && refused.contains("malformed_request"))
        << "the checker finds nothing any more: tests/tidy/wording_test.cpp";
    for (const auto& codes : {errors, refused, codes_below("tools", refusals_in)}) {
        expect_words_for(codes, "tools/backend/wording_transport.cpp");
    }
}

TEST(Wording, is_sorted_says_each_code_once_and_speaks_in_short_sentences) {
    std::map<std::string, std::string> seen, last;  // code -> file, file -> code
    for (const auto& entry : all_entries()) {
        const auto [first, is_new] = seen.emplace(entry.code, entry.file);
        EXPECT_TRUE(is_new) << "\"" << entry.code << "\" stands in " << first->second
                            << " already; take it out of " << entry.file;
        EXPECT_LE(last[entry.file], entry.code) << entry.file << ": sort it";
        last[entry.file] = entry.code;
        EXPECT_TRUE(is_code(entry.code)) << entry.file << ": " << entry.code;
        expect_a_sentence(entry, entry.en);
        expect_a_sentence(entry, entry.id);
        EXPECT_NE(entry.en, entry.id) << entry.file << ", \"" << entry.code << "\": translate it";
    }
    EXPECT_EQ(last.size(), 3U) << "read were: tools/backend/wording_*.cpp";
}

TEST(Wording, is_found_by_its_code_and_in_a_language) {
    static constexpr tools::backend::Wording table[] = {
        {"early", "Wait.", "Tunggu."}, {"late", "Ask.", "Tanyakan."}, {"lost", "Look.", "Cari."}};
    for (const auto& wording : table) {
        EXPECT_EQ(tools::backend::find_wording(table, wording.code), &wording);
    }
    for (const std::string_view unknown : {"", "a", "lat", "later", "z"}) {
        EXPECT_EQ(tools::backend::find_wording(table, unknown), nullptr) << unknown;
    }
    EXPECT_EQ(tools::backend::find_wording({}, "late"), nullptr);
    EXPECT_EQ(table[1].in(tools::backend::Language::en), "Ask.");
    EXPECT_EQ(table[1].in(tools::backend::Language::id), "Tanyakan.");
    EXPECT_EQ(tools::backend::language_tag(tools::backend::Language::id), "id");
    EXPECT_EQ(tools::backend::language_tag(tools::backend::Language::en), "en");
}

struct Asked {
    std::string_view value;
    tools::backend::Language answered;
};

TEST(PreferredLanguage, is_the_one_that_the_caller_likes_best) {
    using enum tools::backend::Language;
    constexpr Asked asked[] = {{"id", id},
                               {"en", en},
                               {"ID-id", id},
                               {"in", id},
                               {"in-ID", id},
                               {"en-US,en;q=0.9,id;q=0.8", en},
                               {"id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7", id},
                               {"en;q=0.5, id;q=0.501", id},
                               {"en;q=1.000, id;q=1", en},
                               {"id, en", id},
                               {"fr, id;q=0.1", id},
                               {"jv, su", en},
                               {"*", en},
                               {"*, id", id},
                               {"id;q=0.5, *;q=0.8", en},
                               {"en;q=0, *", id},
                               {"en;q=0.2, *;q=0.3", id},
                               {"en-GB;q=0, *", en},
                               {"id;q=0, en;q=0", en},
                               {"en;q=0", en},
                               {"id;q=0, in;q=0.4, en;q=0.3", id},
                               {"id \t; \tQ=0.7 ,, en;q=0.", id},
                               {" , id", id}};
    for (const auto& each : asked) {
        EXPECT_EQ(tools::backend::preferred_language(each.value), each.answered) << each.value;
    }
}

TEST(PreferredLanguage, is_english_where_the_value_is_empty_or_malformed) {
    for (const std::string_view value : {"",
                                         " ",
                                         ",",
                                         "id;",
                                         "id;q",
                                         "id;q=",
                                         "id;q=2",
                                         "id;q=1.001",
                                         "id;q=0.1234",
                                         "id;q=.5",
                                         "id;q=-1",
                                         "id;q=0,5;",
                                         "id;q = 1",
                                         "id;level=1",
                                         "id;q=1;q=1",
                                         "id-",
                                         "-id",
                                         "id--ID",
                                         "id ID",
                                         "id_ID",
                                         "1d, id",
                                         "id, indonesian",
                                         "id-abcdefghi",
                                         "**, id",
                                         "*-ID, id",
                                         "id, \xff"}) {
        EXPECT_EQ(tools::backend::preferred_language(value), tools::backend::Language::en) << value;
    }
    static_assert(tools::backend::preferred_language("id") == tools::backend::Language::id);
}

}  // namespace
}  // namespace jejak::tidy
