#include <iostream>

#include "tools/commands.hpp"
#include "tools/dossiers.hpp"
#include "tools/history.hpp"
#include "tools/terminal_request.hpp"
#include "workflows/scoring/roles.hpp"

// What stands beside a person's scores and follows her from one period into the next.
namespace jejak::tools {
namespace {

struct DossierFlags {
    std::string token, as_of, actor;
    std::string action, title, criterion, due, state, note;
    std::string kind, way, document, programme;
    std::uint32_t count = 0;
};

// Whoever acts does it as what she is in the appraisal, and otherwise as an administrator.
std::string_view role_in(const appraisal::Appraisal& state, PersonId person) {
    if (person == state.subject) return roles::employee;
    return person == state.supervisor ? roles::supervisor : roles::administrator;
}

// Executes what `make` makes of the appraisal.
template <class Make>
void run_command(Session& session, const DossierFlags& flags, const Make& make) {
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    const auto state = read_appraisal(*workspace, flags.token, {});
    if (!state) return session.fail(state.error());
    const auto person = workspace->people().identify(flags.actor, "cli");
    if (!person) return session.fail(person.error());
    auto request =
        terminal_request(dossier::stream_of(state->subject), dossier::Command(make(*state)),
                         "dossier-", *person, role_in(*state, *person));
    const auto receipt = workspace->writer().execute(std::move(request));
    if (session.accepted(receipt) == nullptr || !session.check(workspace->finish())) return;
    if (session.json) {
        return print_json(
            boost::json::object{{"appraisal", flags.token}, {"position", receipt->first.value}});
    }
    std::cout << "recorded at position " << receipt->first.value << '\n';
}

void run_agree(Session& session, const DossierFlags& flags) {
    run_command(session, flags, [&](const appraisal::Appraisal& state) {
        return dossier::AgreeDevelopment{state.subject, flags.token,     flags.action,
                                         flags.title,   flags.criterion, flags.due};
    });
}

void run_report(Session& session, const DossierFlags& flags) {
    run_command(session, flags, [&](const appraisal::Appraisal& state) {
        return dossier::ReportDevelopment{state.subject, flags.token, flags.action, flags.state,
                                          Personal::of(state.subject, flags.note)};
    });
}

void run_services(Session& session, const DossierFlags& flags) {
    run_command(session, flags, [&](const appraisal::Appraisal& state) {
        return dossier::RecordServices{state.subject, flags.token, state.policy,  flags.kind,
                                       flags.way,     flags.count, flags.document};
    });
}

void run_programme(Session& session, const DossierFlags& flags) {
    run_command(session, flags, [&](const appraisal::Appraisal& state) {
        return dossier::JoinProgramme{state.subject, flags.token, flags.programme};
    });
}

boost::json::object view_of(const dossier::Dossier& dossier) {
    boost::json::array actions, services, programmes;
    for (const auto& each : dossier.actions) {
        actions.push_back(boost::json::object{{"action", each.action},
                                              {"title", each.title},
                                              {"criterion", each.criterion},
                                              {"agreed_in", each.period},
                                              {"appraisal", each.appraisal},
                                              {"due_on", each.due_on},
                                              {"state", each.state},
                                              {"reported_in", each.reported_in}});
    }
    for (const auto& each : dossier.services) {
        services.push_back(boost::json::object{{"period", each.period},
                                               {"kind", each.kind},
                                               {"way", each.way},
                                               {"count", each.count}});
    }
    for (const auto& each : dossier.programmes) {
        programmes.push_back(
            boost::json::object{{"period", each.period}, {"programme", each.programme}});
    }
    return {{"development", std::move(actions)},
            {"services", std::move(services)},
            {"programmes", std::move(programmes)}};
}

void print_dossier(const dossier::Dossier& dossier) {
    const auto dash = [](const std::string& text) { return text.empty() ? "-" : text; };
    std::vector<std::vector<std::string>> actions = {
        {"DEVELOPMENT", "AGREED IN", "DUE", "STATE", "REPORTED IN", "TITLE"}};
    for (const auto& each : dossier.actions) {
        actions.push_back({each.action, each.period, dash(each.due_on), each.state,
                           dash(each.reported_in), each.title});
    }
    std::vector<std::vector<std::string>> services = {{"SERVICES", "WAY", "PERIOD", "COUNT"}};
    for (const auto& each : dossier.services)
        services.push_back({each.kind, each.way, each.period, std::to_string(each.count)});
    std::vector<std::vector<std::string>> programmes = {{"PROGRAMME", "PERIOD"}};
    for (const auto& each : dossier.programmes)
        programmes.push_back({each.programme, each.period});
    for (const auto* table : {&actions, &services, &programmes}) {
        if (table->size() > 1) print_table(*table);
    }
    if (actions.size() + services.size() + programmes.size() == 3) {
        std::cout << "nothing stands in this dossier yet; `jejak dossier agree --help` shows how "
                     "an action is agreed\n";
    }
}

void run_dossier_show(Session& session, const DossierFlags& flags) {
    std::optional<Instant> until;
    if (!flags.as_of.empty()) {
        const auto moment = parse_instant(flags.as_of);
        if (!moment) return session.fail(moment.error());
        until = *moment;
    }
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return;
    const auto state = read_appraisal(*workspace, flags.token, {});
    if (!state) return session.fail(state.error());
    const auto dossier = read_dossier(*workspace, state->subject, until);
    if (!dossier) return session.fail(dossier.error());
    session.json ? print_json(view_of(*dossier)) : print_dossier(*dossier);
}

}  // namespace

void add_dossier(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "dossier", "What follows a person into the next period: development, services, programmes");
    command->require_subcommand(1);
    auto flags = std::make_shared<DossierFlags>();
    const auto add = [&](const char* name, const char* words, const char* example,
                         void (*run)(Session&, const DossierFlags&)) {
        auto* sub = command->add_subcommand(name, words);
        sub->footer(std::string("Example: jejak dossier ") + name + " " + example);
        sub->add_option("id", flags->token, "An appraisal of the person")->required();
        sub->callback([flags, run, &session] { run(session, *flags); });
        return sub;
    };
    const auto acting = [&](CLI::App* sub) {
        sub->add_option("--as", flags->actor,
                        "Who acts: the employee or the supervisor of that appraisal, otherwise an "
                        "administrator")
            ->required();
        return sub;
    };
    add("show", "All of it", "sofifi-2025-001", run_dossier_show)
        ->add_option("--as-of", flags->as_of, "As it stood then: 2026-03-01T08:00:00+07:00");
    auto* agree = acting(add("agree", "Agree on an action of development",
                             "sofifi-2025-001 --action pelatihan_komunikasi --title \"Pelatihan "
                             "komunikasi publik\" --due 2026-06-30 --as nip:198001012005011001",
                             run_agree));
    agree->add_option("--action", flags->action, "Its name in the dossier")->required();
    agree->add_option("--title", flags->title, "What is to be done")->required();
    agree->add_option("--criterion", flags->criterion, "Whose gap it is to close");
    agree->add_option("--due", flags->due, "By when: 2026-06-30");
    auto* report = acting(add("report", "Say how far an action is, in this or a later period",
                              "sofifi-2026-001 --action pelatihan_komunikasi --state done --as "
                              "nip:198001012005011001",
                              run_report));
    report->add_option("--action", flags->action, "Its name in the dossier")->required();
    report->add_option("--state", flags->state, "ongoing, done or dropped")->required();
    report->add_option("--note", flags->note, "Words, sealed under the person's key");
    auto* services = acting(add("services", "Count services and how they ended",
                                "sofifi-2025-001 --kind pengaduan --way selesai --count 12 --as "
                                "nip:198501012010011001",
                                run_services));
    services->add_option("--kind", flags->kind, "A kind that the policy counts")->required();
    services->add_option("--way", flags->way, "How they ended, as the policy calls it")->required();
    services->add_option("--count", flags->count, "How many")->required();
    services->add_option("--document", flags->document, "SHA-256 of what proves it");
    acting(add("programme", "The person worked in a programme in that appraisal's period",
               "bukitintan-2025-001 --name kesehatan_masyarakat --as nip:198811112012122005",
               run_programme))
        ->add_option("--name", flags->programme, "Tag of the programme")
        ->required();
}

}  // namespace jejak::tools
