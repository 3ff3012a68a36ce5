#include "tools/reader.hpp"

#include "engine/record/sealing.hpp"
#include "tools/publish.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::tools {
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
    auto now = read_appraisal(workspace, token, {});
    if (!now) return now.error();
    reading.now_ = std::move(*now);
    auto policy = pinned_rules(workspace, reading.now_);
    if (!policy) return policy.error();
    reading.policy_ = std::move(*policy);
    appraisal::Reader reader{{}, {}, flags.office};
    if (flags.person.empty() && flags.office.empty()) reader.office = "keeper";
    if (!flags.person.empty()) {
        const auto person = workspace.people().find(flags.person);
        if (!person) return person.error();
        if (!*person) {
            return error(ErrorCode::not_found,
                         "nobody is known as \"" + flags.person + "\" in this log");
        }
        reader.person = **person;
        reader.as_rater = record::handle_of(workspace.people().keyring().log_secret(),
                                            *StreamId::make("appraisal", token), reader.person);
    }
    reading.to_ = appraisal::disclosure_for(reading.now_, reader);
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
