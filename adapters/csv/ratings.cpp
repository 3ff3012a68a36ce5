#include "adapters/csv/ratings.hpp"

#include <algorithm>
#include <span>

#include "adapters/csv/number.hpp"

namespace jejak::csv {
namespace {

// A key of --map and where its heading goes.
struct Key {
    std::string_view name;
    bool is_required;
    std::string* heading;
};

Error bad_map(std::string_view map, const std::string& reason) {
    return error(ErrorCode::invalid_input, "the map \"" + std::string(map) + "\" " + reason);
}

std::string list_of(std::span<const Key> keys) {
    std::string list;
    for (const Key& key : keys) {
        list += (list.empty() ? "" : ", ") + std::string(key.name);
        list += key.is_required ? " (required)" : "";
    }
    return list;
}

std::vector<std::string_view> parts_of(std::string_view list) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= list.size();) {
        const std::size_t to = std::min(list.find(',', from), list.size());
        parts.push_back(trim(list.substr(from, to - from)));
        from = to + 1;
    }
    return parts;
}

Result<void> parse_map(std::string_view map, std::span<const Key> keys) {
    for (const std::string_view part : parts_of(map)) {
        const auto equals = part.find('=');
        const std::string name(trim(part.substr(0, equals)));
        const auto key =
            std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.name == name; });
        if (key == keys.end()) {
            return bad_map(map,
                           "has the unknown key \"" + name + "\"; the keys are " + list_of(keys));
        }
        const std::string_view heading =
            equals == std::string_view::npos ? "" : trim(part.substr(equals + 1));
        if (heading.empty()) {
            return bad_map(map, "names no column for " + name + "; write " + name + "=HEADING");
        }
        if (!key->heading->empty()) return bad_map(map, "names " + name + " twice");
        const auto same = std::find_if(keys.begin(), keys.end(),
                                       [&](const Key& k) { return *k.heading == heading; });
        if (same != keys.end()) {
            return bad_map(map, "uses the column \"" + std::string(heading) + "\" for both " +
                                    std::string(same->name) + " and " + name);
        }
        *key->heading = heading;
    }
    for (const Key& key : keys) {
        if (key.is_required && key.heading->empty()) {
            return bad_map(map, "does not name the column of " + std::string(key.name) + "; add " +
                                    std::string(key.name) + "=HEADING");
        }
    }
    return {};
}

// The index of a mapped column; nothing if it is not mapped.
Result<std::optional<std::size_t>> index_of(const Table& table, const std::string& heading) {
    if (heading.empty()) return std::optional<std::size_t>();
    const auto index = table.column_of(heading);
    if (!index) return index.error();
    return std::optional<std::size_t>(*index);
}

// The next row of the right width; those of a wrong one become faults.
Result<std::optional<Row>> next_row(Table& table, Faults& faults) {
    while (true) {
        auto row = table.next();
        if (row || !table.can_continue()) return row;
        faults.add(table.place(), row.error().message);
    }
}

// ratee and, where mapped, unit: present, and the unit not another than before.
bool read_ratee(RowReader& reader, std::size_t ratee_index, std::optional<std::size_t> unit_index,
                RateeUnits& units, std::uint64_t line, std::string& ratee_out,
                std::string& unit_out) {
    auto ratee = reader.identifier(ratee_index);
    auto unit = unit_index ? reader.identifier(*unit_index) : std::optional<std::string>("");
    if (!ratee || !unit) return false;
    if (unit_index) {
        const std::string conflict = units.add(*ratee, *unit, line);
        if (!conflict.empty()) {
            reader.fault(*unit_index, conflict);
            return false;
        }
    }
    ratee_out = std::move(*ratee);
    unit_out = std::move(*unit);
    return true;
}

}  // namespace

Result<RatingColumns> parse_rating_columns(std::string_view map) {
    RatingColumns columns;
    const Key keys[] = {{"ratee", true, &columns.ratee},
                        {"rater", false, &columns.rater},
                        {"unit", false, &columns.unit},
                        {"score", true, &columns.score}};
    if (auto done = parse_map(map, keys); !done) return done.error();
    return columns;
}

Result<ScoreColumns> parse_score_columns(std::string_view map, std::string_view criteria,
                                         std::string_view respondents) {
    ScoreColumns columns;
    const Key keys[] = {{"ratee", true, &columns.ratee}, {"unit", false, &columns.unit}};
    if (auto done = parse_map(map, keys); !done) return done.error();
    columns.respondents = trim(respondents);
    const auto refuse = [&](const std::string& reason) {
        return error(ErrorCode::invalid_input, "the criteria \"" + std::string(criteria) + "\" " +
                                                   reason + "; write headings as A,B,C");
    };
    for (const std::string_view part : parts_of(criteria)) {
        if (part.empty()) return refuse("name an empty heading");
        const auto& given = columns.criteria;
        if (part == columns.ratee || part == columns.unit || part == columns.respondents ||
            std::find(given.begin(), given.end(), part) != given.end()) {
            return refuse("use the column \"" + std::string(part) + "\" a second time");
        }
        columns.criteria.emplace_back(part);
    }
    if (!columns.respondents.empty() &&
        (columns.respondents == columns.ratee || columns.respondents == columns.unit)) {
        return bad_map(map,
                       "uses the column of the respondents, \"" + columns.respondents + "\", too");
    }
    return columns;
}

Result<RatingReader> RatingReader::make(Table table, const RatingColumns& columns, Scale scale) {
    const auto ratee = table.column_of(columns.ratee);
    if (!ratee) return ratee.error();
    const auto rater = index_of(table, columns.rater);
    if (!rater) return rater.error();
    const auto unit = index_of(table, columns.unit);
    if (!unit) return unit.error();
    const auto score = table.column_of(columns.score);
    if (!score) return score.error();
    return RatingReader(std::move(table), {*ratee, *rater, *unit, *score}, std::move(scale));
}

Result<std::optional<Rating>> RatingReader::next() {
    while (true) {
        const auto row = next_row(table_, faults_);
        if (!row) return row.error();
        if (!*row) return std::optional<Rating>();
        RowReader reader(table_, **row, faults_);
        Rating rating;
        rating.line = (*row)->line;
        const bool has_ratee = read_ratee(reader, indexes_.ratee, indexes_.unit, units_,
                                          rating.line, rating.ratee, rating.unit);
        auto rater =
            indexes_.rater ? reader.identifier(*indexes_.rater) : std::optional<std::string>("");
        auto score = reader.score(indexes_.score, scale_);
        if (!has_ratee || !rater || !score) continue;
        rating.rater = std::move(*rater);
        rating.score = std::move(*score);
        const std::uint64_t earlier =
            indexes_.rater ? pairs_.add(rating.ratee, rating.rater, rating.line) : 0;
        if (earlier == 0) return std::optional<Rating>(std::move(rating));
        reader.fault(*indexes_.rater, "\"" + rating.rater + "\" has rated \"" + rating.ratee +
                                          "\" already, on line " + std::to_string(earlier) +
                                          "; remove one of the two");
    }
}

Result<ScoresReader> ScoresReader::make(Table table, const ScoreColumns& columns, Scale scale) {
    const auto ratee = table.column_of(columns.ratee);
    if (!ratee) return ratee.error();
    const auto unit = index_of(table, columns.unit);
    if (!unit) return unit.error();
    const auto respondents = index_of(table, columns.respondents);
    if (!respondents) return respondents.error();
    Indexes indexes{*ratee, *unit, {}, *respondents};
    for (const std::string& criterion : columns.criteria) {
        const auto index = table.column_of(criterion);
        if (!index) return index.error();
        indexes.criteria.push_back(*index);
    }
    return ScoresReader(std::move(table), std::move(indexes), std::move(scale));
}

Result<std::optional<Scores>> ScoresReader::next() {
    while (true) {
        const auto row = next_row(table_, faults_);
        if (!row) return row.error();
        if (!*row) return std::optional<Scores>();
        RowReader reader(table_, **row, faults_);
        Scores scores;
        scores.line = (*row)->line;
        bool is_right = read_ratee(reader, indexes_.ratee, indexes_.unit, units_, scores.line,
                                   scores.ratee, scores.unit);
        for (const std::size_t index : indexes_.criteria) {
            auto score = reader.score(index, scale_);
            is_right = is_right && score;
            if (score) scores.scores.emplace_back(table_.headings()[index], std::move(*score));
        }
        if (indexes_.respondents) {
            scores.respondents = reader.count(*indexes_.respondents);
            is_right = is_right && scores.respondents;
        }
        if (!is_right) continue;
        const std::uint64_t earlier = pairs_.add(scores.ratee, "", scores.line);
        if (earlier == 0) return std::optional<Scores>(std::move(scores));
        reader.fault(indexes_.ratee, "\"" + scores.ratee + "\" is there already, on line " +
                                         std::to_string(earlier) + "; remove one of the two");
    }
}

}  // namespace jejak::csv
