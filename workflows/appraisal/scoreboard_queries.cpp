#include "workflows/appraisal/model_rows.hpp"
#include "workflows/appraisal/scoreboard_rows.hpp"

namespace jejak::appraisal {
namespace {

std::string token_key(char kind, std::string_view token) {
    std::string key(1, kind);
    key += token;
    return key;
}

// The rows under a prefix, each as a T; `visit` gets key and row.
template <class T, class Visit>
Result<void> scan_rows(const ReadStore& store, const std::string& prefix, std::string_view after,
                       Visit visit) {
    Result<void> outcome;
    const auto scanned = store.scan(scoreboard_model, prefix, after,
                                    [&](std::string_view key, std::string_view bytes) {
                                        const auto row = record::from_bytes<T>(bytes);
                                        if (!row) {
                                            outcome = row.error();
                                            return false;
                                        }
                                        const Result<bool> more = visit(key, *row);
                                        if (!more) outcome = more.error();
                                        return more && *more;
                                    });
    return scanned ? outcome : scanned;
}

struct ListPlace {
    std::string unit, period, token;
};

Result<ListPlace> place_of(std::string_view key) {
    std::string_view rest = key.substr(1);
    auto unit = take_text(rest);
    if (!unit) return unit.error();
    auto period = take_text(rest);
    if (!period) return period.error();
    return ListPlace{std::move(*unit), std::move(*period), std::string(rest)};
}

}  // namespace

std::string line_key(std::string_view token) {
    return token_key('a', token);
}
std::string moved_key(std::string_view token) {
    return token_key('v', token);
}

std::string scores_prefix(std::string_view token) {
    std::string key = "s";
    append_text(key, token);
    return key;
}

std::string scores_key(std::string_view token, ScoreOrigin origin, std::string_view source) {
    std::string key = scores_prefix(token);
    key += static_cast<char>(origin);
    key += source;
    return key;
}

std::string list_prefix(std::string_view unit, std::string_view period) {
    std::string key = "l";
    if (unit.empty()) return key;
    append_text(key, unit);
    if (!period.empty()) append_text(key, period);
    return key;
}

std::string list_key(std::string_view unit, std::string_view period, std::string_view token) {
    std::string key = "l";
    append_text(key, unit);
    append_text(key, period);
    key += token;
    return key;
}

std::string boards_prefix(std::string_view period) {
    std::string key = "b";
    if (!period.empty()) append_text(key, period);
    return key;
}

std::string board_key(std::string_view period, std::string_view unit) {
    std::string key = "b";
    append_text(key, period);
    append_text(key, unit);
    return key;
}

Result<std::optional<BoardLine>> find_line(const ReadStore& store, std::string_view token) {
    auto line = row_of<BoardLine>(store.get(scoreboard_model, line_key(token)));
    if (!line || !*line) return line;
    const auto moved = row_of<Moved>(store.get(scoreboard_model, moved_key(token)));
    if (!moved) return moved.error();
    (*line)->token = token;
    if (*moved) {
        (*line)->version = (*moved)->version;
        (*line)->last_changed_at = (*moved)->at;
    }
    return line;
}

Result<std::optional<BoardEntry>> find_entry(const ReadStore& store, std::string_view token) {
    auto line = find_line(store, token);
    if (!line) return line.error();
    if (!*line) return std::optional<BoardEntry>();
    BoardEntry entry{std::move(**line), {}};
    const std::string prefix = scores_prefix(token);
    const auto scanned = scan_rows<Scores>(
        store, prefix, "", [&](std::string_view key, const Scores& scores) -> Result<bool> {
            key.remove_prefix(prefix.size());
            if (key.empty()) return error(ErrorCode::corruption, "a row of scores has no origin");
            entry.sources.push_back({static_cast<ScoreOrigin>(key.front()),
                                     std::string(key.substr(1)), scores.raters, scores.criteria});
            return true;
        });
    if (!scanned) return scanned.error();
    return std::optional<BoardEntry>(std::move(entry));
}

Result<void> list_lines(const ReadStore& store, const BoardFilter& filter,
                        const LineVisitor& visit) {
    std::string after;
    if (!filter.after.empty()) {
        const auto last = find_line(store, filter.after);
        if (!last) return last.error();
        if (!*last) {
            return error(ErrorCode::not_found, "no appraisal \"" + filter.after +
                                                   "\" to go on after; take the token of the last "
                                                   "line of the page before");
        }
        after = list_key((*last)->unit, (*last)->period, filter.after);
    }
    const auto step = [&](std::string_view key, Phase phase) -> Result<bool> {
        if (filter.phase && *filter.phase != phase) return true;
        const auto place = place_of(key);
        if (!place) return place.error();
        if (!filter.period.empty() && filter.period != place->period) return true;
        const auto line = find_line(store, place->token);
        if (!line) return line.error();
        // The index row was read a moment before; the line says what holds now.
        if (!*line || (filter.phase && (*line)->phase != *filter.phase)) return true;
        return visit(**line);
    };
    return scan_rows<Phase>(store, list_prefix(filter.unit, filter.period), after, step);
}

Result<std::optional<UnitBoard>> unit_board(const ReadStore& store, std::string_view period,
                                            std::string_view unit) {
    return row_of<UnitBoard>(store.get(scoreboard_model, board_key(period, unit)));
}

Result<void> list_unit_boards(const ReadStore& store, std::string_view period,
                              const std::function<bool(const UnitBoard&)>& visit) {
    return scan_rows<UnitBoard>(
        store, boards_prefix(period), "",
        [&](std::string_view, const UnitBoard& board) -> Result<bool> { return visit(board); });
}

}  // namespace jejak::appraisal
