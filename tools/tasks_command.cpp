#include <iostream>

#include "tools/commands.hpp"
#include "tools/point.hpp"
#include "tools/waiting.hpp"

namespace jejak::tools {
namespace {

struct TaskFlags {
    std::string person, agency;
    Point point;
};

void run_tasks(Session& session, const TaskFlags& flags) {
    const auto& identifier = flags.person;
    const auto until = until_of(flags.point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up(appraisal::work_list_model)) ||
        !session.check(workspace->catch_up("people_index"))) {
        return;
    }
    const auto person = workspace->people().find(identifier);
    if (!person) return session.fail(person.error());
    if (!*person) {
        return session.fail(
            error(ErrorCode::not_found, "nobody is known as \"" + identifier + "\" in this log"));
    }
    const auto reach = Reach::of(*workspace, flags.agency);
    if (!reach) return session.fail(reach.error());
    const auto work = waiting_for(*workspace, **person, *until, *reach);
    if (!work) return session.fail(work.error());
    std::vector<std::vector<std::string>> table = {
        {"TASK", "APPRAISAL", "SOURCE", "UNTIL", "SINCE", ""}};
    for (const auto& waiting : *work) {
        const auto& [task, on_record, note] = waiting;
        if (session.json) {
            print_json(waiting_json(waiting));
            continue;
        }
        table.push_back({boost::describe::enum_to_string(task.kind, ""), task.token,
                         task.source.empty() ? "-" : task.source,
                         task.due_at == Instant{} ? "-" : to_text(task.due_at), to_text(task.since),
                         on_record.empty() ? note : "on record: " + on_record + "; " + note});
    }
    if (session.json) return;
    if (table.size() == 1) {
        std::cout << "nothing waits for " << identifier << '\n';
    } else {
        print_table(table);
    }
}

}  // namespace

void add_tasks(CLI::App& app, Session& session) {
    auto flags = std::make_shared<TaskFlags>();
    auto* command = app.add_subcommand("tasks", "What waits for a person, and until when");
    command->footer("Example: jejak tasks nip:198501012010011001");
    command->add_option("person", flags->person, "namespace:identifier")->required();
    add_agency(*command, flags->agency);
    add_moment(*command, flags->point);
    command->callback([flags, &session] { run_tasks(session, *flags); });
}

}  // namespace jejak::tools
