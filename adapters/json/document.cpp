#include "adapters/json/document.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <set>
#include <string>

namespace jejak::json {
namespace {

// Of what stands twice or is too long, so much is told. A pointer may be as long as the document,
// and there may be as many as it has members.
constexpr std::size_t document_problems_max = 100, problems_bytes_max = 64 * 1024;

// Hears the parser and builds the value; Boost.JSON alone keeps the last of two equal members
// without a word.
struct Builder {
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    using Code = boost::system::error_code;
    using Text = boost::json::string_view;

    struct Level {
        bool is_array = false;
        std::size_t index = 0;  // of the present element
        std::string key;        // of the present member
        std::set<std::string> keys;
    };

    boost::json::value_stack values;
    std::vector<Level> levels;
    std::string partial_key;
    std::vector<Problem> problems;
    std::size_t problems_bytes = 0;

    void problem(std::string message) {
        if (problems.size() == document_problems_max || problems_bytes > problems_bytes_max) return;
        problems.push_back({pointer(), std::move(message)});
        problems_bytes += problems.back().pointer.size();
    }
    std::string pointer() const {
        std::string text;
        for (const Level& level : levels) {
            append_step(text, level.is_array ? std::to_string(level.index) : level.key);
        }
        return text;
    }
    bool done() {
        if (!levels.empty() && levels.back().is_array) ++levels.back().index;
        return true;
    }
    bool begin(bool is_array) {
        levels.push_back({is_array, 0, {}, {}});
        return true;
    }

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_array_begin(Code&) { return begin(true); }
    bool on_array_end(std::size_t size, Code&) {
        values.push_array(size);
        levels.pop_back();
        if (size > document_elements_max) {
            problem("has " + std::to_string(size) +
                    " elements, a list has at most 1000; send it in parts");
        }
        return done();
    }
    bool on_object_begin(Code&) { return begin(false); }
    bool on_object_end(std::size_t size, Code&) {
        values.push_object(size);
        levels.pop_back();
        return done();
    }
    bool on_key_part(Text text, std::size_t, Code&) {
        partial_key.append(text.data(), text.size());
        values.push_chars(text);
        return true;
    }
    bool on_key(Text text, std::size_t, Code&) {
        values.push_key(text);
        Level& level = levels.back();
        level.key = std::exchange(partial_key, {}).append(text.data(), text.size());
        if (!level.keys.insert(level.key).second) {
            problem("stands twice; keep one");
        }
        return true;
    }
    bool on_string_part(Text text, std::size_t, Code&) {
        values.push_chars(text);
        return true;
    }
    bool on_string(Text text, std::size_t, Code&) {
        values.push_string(text);
        return done();
    }
    bool on_number_part(Text, Code&) { return true; }
    bool on_int64(std::int64_t number, Text, Code&) {
        values.push_int64(number);
        return done();
    }
    bool on_uint64(std::uint64_t number, Text, Code&) {
        values.push_uint64(number);
        return done();
    }
    bool on_double(double number, Text, Code&) {
        values.push_double(number);
        return done();
    }
    bool on_bool(bool truth, Code&) {
        values.push_bool(truth);
        return done();
    }
    bool on_null(Code&) {
        values.push_null();
        return done();
    }
    bool on_comment_part(Text, Code&) { return true; }
    bool on_comment(Text, Code&) { return true; }
};

Problem not_json(std::string_view text, std::size_t offset, const std::string& why) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto line_start = before.rfind('\n');
    const std::size_t column =
        before.size() - (line_start == std::string_view::npos ? 0 : line_start + 1) + 1;
    return {"", "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + why};
}

}  // namespace

boost::json::value parse_document(std::string_view text, std::vector<Problem>& problems) {
    if (text.size() > document_bytes_max) {
        problems.push_back({"", "the document has " + std::to_string(text.size()) +
                                    " bytes, at most 1048576 are taken; send it in parts"});
        return nullptr;
    }
    boost::json::parse_options options;
    options.max_depth = document_depth_max;
    boost::json::basic_parser<Builder> parser(options);
    Builder& builder = parser.handler();
    builder.values.reset();
    boost::system::error_code code;
    const std::size_t consumed = parser.write_some(false, text.data(), text.size(), code);
    if (code == boost::json::error::too_deep) {
        problems.push_back(not_json(text, consumed, "more than 32 levels; flatten the document"));
    } else if (code) {
        problems.push_back(not_json(text, consumed, "not JSON: " + code.message()));
    } else if (consumed != text.size()) {
        problems.push_back(not_json(text, consumed, "more after the document; keep one value"));
    }
    problems.insert(problems.end(), builder.problems.begin(), builder.problems.end());
    if (!problems.empty()) return nullptr;
    return builder.values.release();
}

}  // namespace jejak::json
