#include <algorithm>
#include <set>

#include "workflows/scoring/reader.hpp"
#include "workflows/scoring/spelling.hpp"

namespace jejak::scoring {

namespace {

std::string begin_of(const Band& band) {
    return (band.exclusive ? "above " : "from ") + band.from.compact();
}

// Does `a` begin higher than `b`? On the same number, "above" is higher than "from".
bool higher(const Band& a, const Band& b) {
    return a.from != b.from ? a.from > b.from : a.exclusive && !b.exclusive;
}

Band read_band(const Node& node, const Ladder& ladder) {
    Band band;
    if (ladder.titled && !ladder.flagged) {
        node.only({"code", "from", "above", "to", "below", "title", "source"});
        band.title = node["title"].text();
        (void)node.source();
    } else if (ladder.titled) {
        node.only({"code", "from", "above", "to", "below", "title", "requires", "source"});
        band.title = node["title"].text();
        (void)node.source();
        if (const auto flags = node["requires"]; flags.present()) {
            for (const auto& flag : flags.elements())
                band.flags.push_back(flag.identifier());
        }
    } else {
        node.only({"code", "from", "above", "to", "below"});
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
        node.problem("'" + band.code + "' begins " + begin_of(band) + ", but no score exceeds " +
                         greatest->compact(),
                     "lower it, or correct the scale, a factor or the cap");
    }
    if (!ladder.rounding) return;
    const auto decimals = ladder.rounding->decimals;
    if (band.from.round(decimals, RoundingMode::down) != band.from) {
        node.problem("'" + band.code + "' begins " + begin_of(band) +
                         ", finer than the rounding to " + std::to_string(decimals) + " decimals",
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
            places[i].problem("'" + bands[i].code + "' begins " + begin_of(bands[i]) +
                                  ", which overlaps or is out of order after '" +
                                  bands[i - 1].code + "' (" + begin_of(bands[i - 1]) + ")",
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
    if (!least) {
        node.problem("scores reach down without limit, so none of the bands is the lowest",
                     "give the step a \"min\"");
    } else if (lowest.from > *least || (lowest.exclusive && lowest.from == *least)) {
        node.problem("the lowest, '" + lowest.code + "', begins " + begin_of(lowest) +
                         ", but scores reach down to " + least->compact(),
                     "let the lowest begin from " + least->compact() + " or less");
    }
    if (!lowest.flags.empty()) {
        node.problem(
            "the lowest, '" + lowest.code + "', requires a flag, so a score may have no band",
            "remove its \"requires\"");
    }
}

// A band that says where it ends meets the one above it, whatever is compared.
void check_upper_end(const Node& place, const Band& band, const Band* above, const Ladder& ladder) {
    const bool inclusive = place["to"].present();
    if (!inclusive && !place["below"].present()) return;
    const auto end = place[inclusive ? "to" : "below"];
    if (inclusive && place["below"].present()) {
        return end.problem("stands beside \"below\"", "write one of the two ends");
    }
    const auto number = end.number();
    if (number < band.from) return end.problem("lies below the band's beginning", "correct one");
    if (above == nullptr) {
        const auto& greatest = ladder.limits.greatest;
        if (greatest && number >= *greatest) return;
        return end.problem("scores above " + number.compact() + " have no band",
                           "add a band for them, or leave out the upper end");
    }
    Rational next = number;  // where the band above has to begin
    if (inclusive && !above->exclusive) {
        if (!ladder.rounding) {
            return end.problem("decimals between " + number.compact() + " and the next band, " +
                                   begin_of(*above) + ", have no band",
                               "add to \"rounding\": " + ladder.rounded_at);
        }
        Rational unit(1);
        for (std::uint32_t i = 0; i < ladder.rounding->decimals; ++i)
            unit /= 10;
        next += unit;
    }
    if (above->from == next && (inclusive || !above->exclusive)) return;
    end.problem(
        "'" + above->code + "' begins " + begin_of(*above) +
            ", which leaves a gap or an overlap after " + number.compact(),
        "let '" + above->code + "' begin from " + next.compact() + ", or leave out the upper end");
}

}  // namespace

std::vector<Band> read_ladder(const Node& node, const Ladder& ladder) {
    std::vector<Band> bands;
    const auto places = node.elements();
    for (const auto& place : places) {
        bands.push_back(read_band(place, ladder));
        check_threshold(place, bands.back(), ladder);
    }
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const Band* above = nullptr;
        for (const auto& other : bands) {
            if (higher(other, bands[i]) && (above == nullptr || higher(*above, other)))
                above = &other;
        }
        check_upper_end(places[i], bands[i], above, ladder);
    }
    if (bands.empty()) {
        node.problem("is empty", "write at least one, or remove it");
        return bands;
    }
    if (!ladder.rounding && !ladder.whole_levels) {
        node.problem("a number with endless decimals would be compared",
                     "add to \"rounding\": " + ladder.rounded_at);
    }
    check_order(node, places, bands, ladder);
    return bands;
}

namespace {

// What to write where a rounding is missing.
std::string rounding_at(const std::string& place) {
    return R"({"at": ")" + place + R"(", "decimals": 2, "mode": "half_up"})";
}

Ladder ladder_of(const Policy& policy, std::uint32_t value) {
    Ladder ladder{limits_of_value(policy, value), policy.round_group, false, rounding_at("group"),
                  false};
    if (value < policy.groups.size()) {
        ladder.whole_levels = policy.groups[value].measure == GroupMeasure::ordinal;
    } else {
        const auto& step = policy.steps[value - policy.groups.size()];
        ladder.rounding = step.rounding;
        ladder.rounded_at = R"({"decimals": 2, "mode": "half_up"} in the step ')" + step.id + "'";
    }
    return ladder;
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

void add_label(const Node& node, Matrix& matrix, std::string word, const std::string& code) {
    for (const auto& [known, meaning] : matrix.words) {
        if (known != word) continue;
        if (meaning != code) {
            node.problem("'" + word + "' means " + meaning + " already",
                         "let each word stand for one code");
        }
        return;
    }
    matrix.words.emplace_back(std::move(word), code);
}

// Codes, Indonesian titles and further spellings: what people may write for a rating or predicate.
void read_words(const Node& node, Matrix& matrix) {
    for (const auto& [code, title] : matrix.titles) {
        add_label(node["titles"][code], matrix, normal_form(code), code);
        add_label(node["titles"][code], matrix, normal_form(title.id), code);
    }
    const auto spellings = node["spellings"];
    if (!spellings.present()) return;
    if (!spellings.is_object()) spellings.problem("is not an object", "write {\"code\": […]}");
    for (const auto code : spellings.member_names()) {
        const auto place = spellings[code];
        const auto& titles = matrix.titles;
        if (std::none_of(titles.begin(), titles.end(),
                         [&](const auto& title) { return title.first == code; })) {
            place.problem("is the code of no cell and no rating", "remove it, or use it");
        }
        for (auto& word : place.words())
            add_label(place, matrix, std::move(word), std::string(code));
    }
}

void read_matrix(const Node& node, Policy& policy) {
    node.only({"row", "column", "ratings", "cells", "titles", "spellings", "source"});
    Matrix matrix;
    matrix.row = read_value_name(node["row"], policy);
    matrix.column = read_value_name(node["column"], policy);
    matrix.source = node.source();
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
    read_words(node, matrix);
    policy.matrix = std::move(matrix);
}

Ladder ladder_of_total(const Policy& policy) {
    return {limits_of_total(policy), policy.round_total, false, rounding_at("total"), true};
}

Classification read_classification(const Node& node, const Policy& policy) {
    node.only({"id", "title", "of", "bands", "source"});
    Classification out;
    out.id = node["id"].identifier();
    want_new_id(node["id"], policy.classifications, out.id);
    out.title = node["title"].text();
    out.source = node.source();
    const auto of = node["of"];
    auto ladder = ladder_of_total(policy);
    if (!of.is_string() || of.string() != "total") {
        out.value = read_value_name(of, policy);
        ladder = ladder_of(policy, *out.value);
        ladder.titled = true;
    } else if (policy.total == Total::none) {
        of.problem("is no number in this policy", "name a group or a step");
    }
    out.bands = read_ladder(node["bands"], ladder);
    return out;
}

}  // namespace

void read_predicates(const Node& root, Policy& policy) {
    const auto bands = root["bands"];
    const auto matrix = root["matrix"];
    if (bands.present()) {
        auto ladder = ladder_of_total(policy);
        ladder.flagged = true;
        policy.bands = read_ladder(bands, ladder);
    }
    if (matrix.present()) read_matrix(matrix, policy);
    if (bands.present() && matrix.present()) {
        bands.problem("are never used, since the matrix gives the predicate",
                      "remove one of the two");
    }
    if (policy.total == Total::none && (bands.present() || !matrix.present())) {
        root["total"].problem("is none, so only a matrix can give a predicate",
                              "name the value that is the score, or write a matrix");
    }
    if (const auto node = root["classifications"]; node.present()) {
        for (const auto& place : node.elements())
            policy.classifications.push_back(read_classification(place, policy));
    }
}

}  // namespace jejak::scoring
