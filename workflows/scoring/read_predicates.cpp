#include <algorithm>
#include <set>

#include "workflows/scoring/reader.hpp"

namespace jejak::scoring {

namespace {

// What is put to a ladder of bands, and where its rounding is written.
struct Ladder {
    Limits limits;
    std::optional<RoundingRule> rounding;
    const char* rounded_at;
    bool titled;  // bands carry titles and flags; the ratings of a matrix do not
};

std::string shown(const Band& band) {
    return (band.exclusive ? "above " : "from ") + band.from.compact();
}

// Does `a` begin higher than `b`? On the same number, "above" is higher than "from".
bool higher(const Band& a, const Band& b) {
    return a.from != b.from ? a.from > b.from : a.exclusive && !b.exclusive;
}

Band read_band(const Node& node, const Ladder& ladder) {
    Band band;
    if (ladder.titled) {
        node.only({"code", "from", "above", "title", "requires"});
        band.title = node["title"].text();
        if (const auto flags = node["requires"]; flags.present()) {
            for (const auto& flag : flags.elements())
                band.flags.push_back(flag.identifier());
        }
    } else {
        node.only({"code", "from", "above"});
    }
    band.code = node["code"].identifier();
    band.exclusive = node["above"].present();
    if (band.exclusive == node["from"].present()) {
        node.problem("needs either \"from\" (inclusive) or \"above\" (exclusive)",
                     "write one of them");
    } else {
        band.from = node[band.exclusive ? "above" : "from"].number();
    }
    return band;
}

void check_threshold(const Node& node, const Band& band, const Ladder& ladder) {
    const auto& greatest = ladder.limits.greatest;
    if (greatest && (band.from > *greatest || (band.exclusive && band.from == *greatest))) {
        node.problem("'" + band.code + "' begins " + shown(band) + ", but no score exceeds " +
                         greatest->compact(),
                     "lower it, or correct the scale, a factor or the cap");
    }
    if (!ladder.rounding) return;
    const auto decimals = ladder.rounding->decimals;
    if (band.from.round(decimals, RoundingMode::down) != band.from) {
        node.problem("'" + band.code + "' begins " + shown(band) + ", finer than the rounding to " +
                         std::to_string(decimals) + " decimals",
                     "write no more decimals than the rounding leaves");
    }
}

// In order (rising or falling), each code once, and no score without a band.
void check_order(const Node& node, const std::vector<Node>& places, std::vector<Band>& bands,
                 const Ladder& ladder) {
    const bool falling = bands.size() < 2 || higher(bands[0], bands[1]);
    for (std::size_t i = 1; i < bands.size(); ++i) {
        const auto& [upper, lower] =
            falling ? std::tie(bands[i - 1], bands[i]) : std::tie(bands[i], bands[i - 1]);
        if (!higher(upper, lower)) {
            places[i].problem("'" + bands[i].code + "' begins " + shown(bands[i]) +
                                  ", which overlaps or is out of order after '" +
                                  bands[i - 1].code + "' (" + shown(bands[i - 1]) + ")",
                              "let the bands rise or fall throughout, each from its own number");
        }
        const auto same = [&](const Band& band) { return band.code == bands[i].code; };
        if (std::find_if(bands.begin(), bands.begin() + static_cast<std::ptrdiff_t>(i), same) !=
            bands.begin() + static_cast<std::ptrdiff_t>(i)) {
            places[i]["code"].problem("'" + bands[i].code + "' stands twice",
                                      "give each its own code");
        }
    }
    std::stable_sort(bands.begin(), bands.end(), higher);
    const auto& lowest = bands.back();
    const auto& least = ladder.limits.least;
    if (lowest.from > least || (lowest.exclusive && lowest.from == least)) {
        node.problem("the lowest, '" + lowest.code + "', begins " + shown(lowest) +
                         ", but scores reach down to " + least.compact(),
                     "let the lowest begin from " + least.compact() + " or less");
    }
    if (!lowest.flags.empty()) {
        node.problem(
            "the lowest, '" + lowest.code + "', requires a flag, so a score may have no band",
            "remove its \"requires\"");
    }
}

std::vector<Band> read_ladder(const Node& node, const Ladder& ladder) {
    std::vector<Band> bands;
    const auto places = node.elements();
    for (const auto& place : places) {
        bands.push_back(read_band(place, ladder));
        check_threshold(place, bands.back(), ladder);
    }
    if (bands.empty()) {
        node.problem("is empty", "write at least one, or remove it");
        return bands;
    }
    if (!ladder.rounding) {
        node.problem("a number with endless decimals would be compared",
                     std::string("add \"rounding\" at ") + ladder.rounded_at);
    }
    check_order(node, places, bands, ladder);
    return bands;
}

Ladder ladder_of(const Policy& policy, std::uint32_t group) {
    return {limits_of_group(policy, group), policy.round_group, "group", false};
}

std::optional<std::size_t> find_code(const std::vector<Band>& bands, const Node& node,
                                     const char* axis) {
    const auto code = node.identifier();
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (bands[i].code == code) return i;
    }
    node.problem("'" + code + "' is no rating of the " + axis + ", so the cell is never reached",
                 "write a code that stands in \"ratings\"");
    return std::nullopt;
}

void read_cells(const Node& node, Matrix& matrix) {
    matrix.cells.resize(matrix.rows.size() * matrix.columns.size());
    for (const auto& place : node.elements()) {
        place.only({"row", "column", "code"});
        const auto row = find_code(matrix.rows, place["row"], "row");
        const auto column = find_code(matrix.columns, place["column"], "column");
        const auto code = place["code"].identifier();
        if (!row || !column) continue;
        auto& cell = matrix.cells[*row * matrix.columns.size() + *column];
        if (!cell.empty()) place.problem("this cell stands twice", "keep one of the two");
        cell = code;
    }
    for (std::size_t i = 0; i < matrix.cells.size(); ++i) {
        if (!matrix.cells[i].empty()) continue;
        node.problem("the cell of row '" + matrix.rows[i / matrix.columns.size()].code +
                         "' and column '" + matrix.columns[i % matrix.columns.size()].code +
                         "' is missing",
                     "add {\"row\": …, \"column\": …, \"code\": …} for it");
    }
}

void read_titles(const Node& node, Matrix& matrix) {
    std::set<std::string> used(matrix.cells.begin(), matrix.cells.end());
    for (auto* bands : {&matrix.rows, &matrix.columns}) {
        for (auto& band : *bands)
            used.insert(band.code);
    }
    used.erase("");
    for (const auto& code : used)
        matrix.titles.emplace_back(code, node[code].text());
    for (const auto name : node.member_names()) {
        if (used.count(std::string(name)) == 0) {
            node[name].problem("is the code of no cell and no rating", "remove it, or use it");
        }
    }
    for (auto* bands : {&matrix.rows, &matrix.columns}) {
        for (auto& band : *bands) {
            for (const auto& [code, title] : matrix.titles) {
                if (code == band.code) band.title = title;
            }
        }
    }
}

void read_matrix(const Node& node, Policy& policy) {
    node.only({"row", "column", "ratings", "cells", "titles"});
    Matrix matrix;
    matrix.row = reference(node["row"], policy.groups, "group");
    matrix.column = reference(node["column"], policy.groups, "group");
    if (matrix.row == matrix.column) {
        node["column"].problem("row and column are the same group", "name two groups");
    }
    const auto ratings = node["ratings"];
    const bool apart = ratings.is_object();
    if (apart) ratings.only({"row", "column"});
    matrix.rows = read_ladder(apart ? ratings["row"] : ratings, ladder_of(policy, matrix.row));
    // The shared list is read again for the other axis, whose limits may be others.
    matrix.columns =
        read_ladder(apart ? ratings["column"] : ratings, ladder_of(policy, matrix.column));
    if (matrix.rows.empty() || matrix.columns.empty()) return;
    read_cells(node["cells"], matrix);
    read_titles(node["titles"], matrix);
    policy.matrix = std::move(matrix);
}

}  // namespace

void read_predicates(const Node& root, Policy& policy) {
    const auto bands = root["bands"];
    const auto matrix = root["matrix"];
    if (bands.present()) {
        policy.bands =
            read_ladder(bands, {limits_of_total(policy), policy.round_total, "total", true});
    }
    if (matrix.present()) read_matrix(matrix, policy);
    if (bands.present() && matrix.present()) {
        bands.problem("are never used, since the matrix gives the predicate",
                      "remove one of the two");
    }
}

}  // namespace jejak::scoring
