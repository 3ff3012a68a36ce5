#include "adapters/json/reader.hpp"

#include <algorithm>
#include <numeric>

namespace jejak::json {
namespace {

constexpr std::size_t problems_max = 100;

// Steps from one word to the other by adding, dropping or changing a letter (Levenshtein 1965).
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

}  // namespace

std::string to_text(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        if (!text.empty()) text += '\n';
        text += problem.pointer.empty() ? "" : problem.pointer + ": ";
        text += problem.message;
    }
    return text;
}

bool Reader::is_full() const {
    return problems_.size() >= problems_max;
}

void Reader::problem(std::string message) {
    if (!is_full()) problems_.push_back({pointer_, std::move(message)});
}

void Reader::problem_at(std::string_view member, std::string message) {
    const Step step(*this, member);
    problem(std::move(message));
}

PersonId Reader::read_person(std::string_view outside_identifier) {
    const auto person = read_person_(outside_identifier);
    if (person) return *person;
    problem(person.error().message);
    return {};
}

Reader::Step::Step(Reader& reader, std::string_view member)
    : reader_(reader), size_before_(reader.pointer_.size()) {
    append_step(reader.pointer_, member);
}

void append_step(std::string& pointer, std::string_view member) {
    pointer += '/';
    for (const char c : member) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
}

std::string_view nearest_name(std::string_view wanted, const std::vector<std::string_view>& names) {
    constexpr std::size_t wanted_size_max = 100;
    if (wanted.size() > wanted_size_max) return {};
    std::string_view nearest;
    std::size_t least = wanted.size() / 3 + 2;
    for (const std::string_view name : names) {
        const std::size_t steps = distance(wanted, name);
        if (steps >= least) continue;
        least = steps;
        nearest = name;
    }
    return nearest;
}

std::string joined(const std::vector<std::string_view>& names) {
    std::string text;
    for (const std::string_view name : names) {
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

}  // namespace jejak::json
