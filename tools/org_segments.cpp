#include <iostream>

#include "tools/commands.hpp"
#include "tools/organisation.hpp"
#include "workflows/organisation/segments.hpp"
#include "workflows/scoring/period.hpp"

// The parts of which somebody's appraisal of a period is made.
namespace jejak::tools {
namespace {

struct SegmentFlags {
    std::string person, period;
};

Result<boost::json::object> view_of_segment(Workspace& workspace,
                                            const organisation::Segment& segment) {
    const auto from = to_text(segment.from), until = to_text(segment.until);
    boost::json::object view{{"period", from + ".." + until},
                             {"months", scoring::full_months_of({from, until})},
                             {"days", segment.days()},
                             {"post", segment.post},
                             {"unit", segment.unit},
                             {"superior", nullptr},
                             {"kind", nullptr},
                             {"exempt", segment.away}};
    if (segment.superior) {
        const auto person = workspace.identifiers().identifier_of(segment.superior->person);
        if (!person) return person.error();
        view["superior"] = *person;
        view["kind"] = segment.superior->kind;
    }
    return view;
}

void run_segments(Session& session, const SegmentFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index"))) return;
    const auto person = workspace->people().find(flags.person);
    if (!person) return session.fail(person.error());
    if (!*person) {
        return session.fail(
            error(ErrorCode::not_found, "nobody is known as \"" + flags.person + "\" in this log"));
    }
    const auto period = scoring::parse_period(flags.period);
    if (!period) {
        return session.fail(error(ErrorCode::invalid_input,
                                  "--period: \"" + flags.period +
                                      "\" says no time; write 2026, 2026-Q1 or 2026-01..2026-06"));
    }
    const auto directory = read_organisation(*workspace);
    if (!directory) return session.fail(directory.error());
    std::vector<std::vector<std::string>> table = {
        {"FROM", "UNTIL", "MONTHS", "POST", "UNIT", "SUPERIOR", ""}};
    const auto dash = [](const auto& value) {
        return value.is_string() && !value.as_string().empty() ? std::string(value.as_string())
                                                               : std::string("-");
    };
    for (const auto& segment : organisation::segments_of(
             *directory, **person, *organisation::parse_day(period->from),
             *organisation::parse_day(period->until), organisation::AsOf{}.known)) {
        const auto view = view_of_segment(*workspace, segment);
        if (!view) return session.fail(view.error());
        if (session.json) {
            print_json(*view);
            continue;
        }
        table.push_back({to_text(segment.from), to_text(segment.until),
                         std::to_string(view->at("months").to_number<int>()),
                         dash(view->at("post")), dash(view->at("unit")),
                         dash(view->at("superior")) +
                             (segment.superior ? " (" + segment.superior->kind + ")" : ""),
                         segment.away.empty() ? "" : "exempt: " + segment.away});
    }
    if (!session.json) print_table(table);
}

}  // namespace

void add_org_segments(CLI::App& org, Session& session) {
    auto flags = std::make_shared<SegmentFlags>();
    auto* command = org.add_subcommand(
        "segments", "The stretches of a period under one post and one superior, and exempt ones");
    command->footer("Example: jejak org segments nip:198501012010011001 --period 2026");
    command->add_option("person", flags->person, "namespace:identifier")->required();
    command->add_option("--period", flags->period, "2026, 2026-Q1, 2026-01..2026-06")->required();
    command->callback([flags, &session] { run_segments(session, *flags); });
}

}  // namespace jejak::tools
