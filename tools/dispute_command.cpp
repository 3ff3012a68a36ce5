#include <iostream>

#include "tools/case_file.hpp"
#include "tools/commands.hpp"
#include "tools/objection_form.hpp"
#include "tools/point.hpp"

namespace jejak::tools {
namespace {

std::string text_in(const boost::json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || value->is_null()) return "";
    return value->is_string() ? std::string(value->as_string()) : boost::json::serialize(*value);
}

void print_case(const std::string& token, const CaseFile& file) {
    std::cout << token << ": " << file.phase << ", " << file.score << " " << file.predicate
              << "\n\n";
    std::vector<std::vector<std::string>> table = {
        {"CONTESTED (diperselisihkan)", "SUPERVISOR", "SELF", "SCORE WITH OWN", "DIFFERENCE", ""}};
    for (const auto& each : file.contested) {
        table.push_back({each.criterion, each.supervisor, each.self, each.score_with_own,
                         each.difference, each.predicate_changes ? "predicate changes" : ""});
    }
    print_table(table);
    std::cout << '\n';
    for (const auto& each : file.statements) {
        const auto& actor = each.at("actor").as_object();
        std::cout << text_in(each, "recorded_at") << "  " << text_in(each, "event") << "  by "
                  << text_in(actor, "role") << " " << text_in(actor, "id") << '\n';
        const auto data = text_in(each, "data");
        if (data != "{}" && !data.empty()) std::cout << "    " << data << '\n';
    }
    std::cout << '\n';
    for (const auto& due : file.clocks) {
        std::cout << due.deadline << " until " << to_text(due.at)
                  << (due.letter.empty() ? "" : " (extended by " + due.letter + ")") << '\n';
    }
    for (const auto& act : file.next)
        std::cout << "next: " << act.may << ", by " << act.role << " " << act.name
                  << (act.suggested.empty()
                          ? ""
                          : "; jejak tick names the next in the chain, " + act.suggested)
                  << '\n';
    if (file.next.empty()) std::cout << "the decision is final (PP 30/2019 Pasal 59(4))\n";
}

// The boxes of the official form, for a letter or a file of personnel.
void print_form(const Session& session, const CaseFile& file) {
    const auto boxes = objection_form(file.statements, file.zone);
    if (boxes.empty()) std::cout << (session.json ? "" : "there was no objection\n");
    for (const auto& box : boxes) {
        if (session.json) {
            print_json(boost::json::object{{"box", box.box},
                                           {"heading", box.heading},
                                           {"day", box.day},
                                           {"by", box.by},
                                           {"text", box.text}});
            continue;
        }
        std::cout << box.heading << "\n   Tanggal: " << (box.day.empty() ? "-" : box.day)
                  << (box.by.empty() ? "" : "   Oleh: " + box.by) << "\n   "
                  << (box.text.empty() ? "-" : box.text) << "\n\n";
    }
}

void run_dispute(Session& session, const Point& point, const ReaderFlags& reader, bool form) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index"))) return;
    const auto file = case_file(*workspace, point.token, *until, reader);
    if (!file) return session.fail(file.error());
    if (form) return print_form(session, *file);
    session.json ? print_json(case_json(point.token, *file)) : print_case(point.token, *file);
}

}  // namespace

void add_dispute(CLI::App& app, Session& session) {
    auto point = std::make_shared<Point>();
    auto* command = app.add_subcommand(
        "dispute", "The case file of an objection: what is contested, said, due, and next");
    command->footer("Example: jejak dispute sofifi-2025-001");
    auto reader = std::make_shared<ReaderFlags>();
    add_point(*command, *point);
    add_reader(*command, *reader);
    auto form = std::make_shared<bool>(false);
    command->add_flag("--form", *form,
                      "The boxes of the official form: keberatan, tanggapan, keputusan");
    command->callback(
        [point, reader, form, &session] { run_dispute(session, *point, *reader, *form); });
}

}  // namespace jejak::tools
