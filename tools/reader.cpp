#include "tools/reader.hpp"

#include <map>

#include "engine/record/sealing.hpp"
#include "engine/runtime/state_cache.hpp"
#include "tools/publish.hpp"
#include "workflows/organisation/office.hpp"

namespace jejak::tools {
Result<bool> office_reaches(const Workspace& workspace, PersonId person, const std::string& office,
                            const std::string& unit) {
    Context context;
    context.now = context.occurred_at = workspace.clock().now();
    context.actor.kind = Actor::Kind::person;
    context.actor.person = person;
    context.actor.role = office;
    const auto* workflow = runtime::find_workflow(workspace.workflows(), "organisation");
    std::map<std::string, std::unique_ptr<runtime::State>> states;
    for (bool asked = true; asked;) {
        asked = false;
        for (const auto& stream : organisation::office_references(context, unit)) {
            if (states.contains(stream.text())) continue;
            auto state = runtime::read_state(workspace.events(), *workflow, stream);
            if (!state) return state.error();
            asked = true;
            if ((*state)->version.value != 0) {
                context.references.add(stream, (*state)->type(), (*state)->value());
            }
            states.emplace(stream.text(), std::move(*state));
        }
    }
    return !organisation::check_office(context, unit);
}

Result<std::shared_ptr<const scoring::Policy>> pinned_rules(const Workspace& workspace,
                                                            const appraisal::Appraisal& state) {
    auto policy = published_policy(workspace, state.policy);
    if (policy && !*policy) {
        return error(ErrorCode::corruption,
                     "policy \"" + state.policy + "\" cannot be read; run jejak verify");
    }
    return policy;
}

void add_reader(CLI::App& command, ReaderFlags& flags) {
    command.add_option("--for", flags.person,
                       "Only what this person may see: namespace:identifier");
    command
        .add_option("--role", flags.office,
                    "Only what this office may see: auditor, administrator or registrar")
        ->check(CLI::IsMember({"auditor", "administrator", "registrar"}));
}

void add_name_raters(CLI::App& command, ReaderFlags& flags) {
    command
        .add_flag("--name-raters", flags.name_raters,
                  "Also who the raters are; only for whoever keeps the directory")
        ->excludes("--for")
        ->excludes("--role");
}

Result<Reading> Reading::of(Workspace& workspace, const ReaderFlags& flags,
                            const std::string& token) {
    Reading reading;
    reading.token_ = token;
    auto now = workspace.latest().of(token);
    if (!now) return now.error();
    reading.now_ = std::move(*now);
    auto policy = pinned_rules(workspace, (*reading.now_));
    if (!policy) return policy.error();
    reading.policy_ = std::move(*policy);
    appraisal::Reader reader{{}, {}, flags.office};
    if (flags.person.empty() && flags.office.empty()) reader.office = "keeper";
    if (!flags.person.empty()) {
        const auto person = flags.pseudonym ? Result<std::optional<PersonId>>(flags.pseudonym)
                                            : workspace.people().find(flags.person);
        if (!person) return person.error();
        if (!*person) {
            return error(ErrorCode::not_found,
                         "nobody is known as \"" + flags.person + "\" in this log");
        }
        reader.person = **person;
        reader.as_rater = record::handle_of(workspace.people().keyring().log_secret(),
                                            *StreamId::make("appraisal", token), reader.person);
    }
    reading.to_ = appraisal::disclosure_for((*reading.now_), reader);
    if (reading.to_.relation == appraisal::Relation::administration && !reader.person.is_nil()) {
        const auto reaches =
            office_reaches(workspace, reader.person, flags.office, (*reading.now_).unit);
        if (!reaches) return reaches.error();
        if (!*reaches) reading.to_ = appraisal::disclosure_of(appraisal::Relation::none);
    }
    reading.to_.rater_names = reading.to_.rater_names && flags.name_raters;
    if (!reading.to_.heading) {
        return error(ErrorCode::not_found,
                     "nothing of appraisal \"" + token +
                         "\" is for this reader; it is for the employee, her supervisor and his "
                         "superior, raters, whoever decides an objection, and the offices");
    }
    return reading;
}

Result<appraisal::Appraisal> Reading::state(const Workspace& workspace, const Until& until) const {
    if (until.is_the_end()) return appraisal::disclosed(*now_, *policy_, to_);
    const auto then = read_appraisal(workspace, token_, until);
    if (!then) return then.error();
    const auto policy = pinned_rules(workspace, *then);
    if (!policy) return policy.error();
    return appraisal::disclosed(*then, **policy, to_);
}

Result<appraisal::Appraisal> Reading::derived(const Workspace& workspace,
                                              const Until& until) const {
    if (auto may = appraisal::check_derivation(to_); !may) return may.error();
    return state(workspace, until);
}

}  // namespace jejak::tools
