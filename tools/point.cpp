#include "tools/point.hpp"

namespace jejak::tools {

void add_point(CLI::App& command, Point& point, bool needs_token) {
    auto* id = command.add_option("id", point.token, "The appraisal, as it was opened");
    if (needs_token) id->required();
    add_moment(command, point);
    command.add_option("--at-version", point.version, "As it stood after that many events")
        ->check(CLI::PositiveNumber)
        ->excludes("--as-of")
        ->excludes("--at-position");
}

void add_moment(CLI::App& command, Point& point) {
    auto* as_of = command.add_option("--as-of", point.as_of,
                                     "As it stood at that moment: 2026-03-01T08:00:00+07:00");
    command.add_option("--at-position", point.position, "As it stood at that position of the log")
        ->check(CLI::PositiveNumber)
        ->excludes(as_of);
}

Result<Until> until_of(const Point& point) {
    Until until;
    if (point.version != 0) until.version = point.version;
    if (point.position != 0) until.position = Position{point.position};
    if (!point.as_of.empty()) {
        const auto moment = parse_instant(point.as_of);
        if (!moment) return moment.error();
        until.moment = *moment;
    }
    return until;
}

}  // namespace jejak::tools
