#include "workflows/appraisal/allowed_actions.hpp"

#include <algorithm>
#include <boost/mp11.hpp>

#include "workflows/appraisal/permission.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::appraisal {
namespace {

bool is_office_word(std::string_view role) {
    return role == roles::administrator || role == roles::registrar;
}

// The role in which she would do it: one that her relation gives, else an office that she holds.
std::string_view role_for(const Permission& permission, const Appraisal& now, PersonId person,
                          const std::vector<std::string>& offices) {
    const auto holds = [&](std::string_view role) {
        if (role == roles::employee) return person == now.subject;
        if (role == roles::supervisor) return person == now.supervisor;
        if (role == roles::superior) {
            const auto& panel = now.panel;
            return person == now.superior || person == now.decider ||
                   std::find(panel.begin(), panel.end(), person) != panel.end();
        }
        if (is_office_word(role)) {
            return std::find(offices.begin(), offices.end(), role) != offices.end();
        }
        return std::any_of(now.invitations.begin(), now.invitations.end(), [&](const auto& each) {
            return each.rater == person && each.source == role;
        });
    };
    const auto found = std::find_if(permission.roles.begin(), permission.roles.end(), holds);
    return found == permission.roles.end() ? std::string_view() : *found;
}

}  // namespace

std::vector<AllowedAction> allowed_actions(const Appraisal& now, PersonId person,
                                           const std::vector<std::string>& offices) {
    std::vector<AllowedAction> actions;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Command>>(
        [&](auto identity) {
            using C = typename decltype(identity)::type;
            const auto& permission = permissions()[actions.size()];
            const auto role = role_for(permission, now, person, offices);
            AllowedAction action{permission.command, role, "", ""};
            Context context;
            context.actor.kind = Actor::Kind::person;
            context.actor.person = person;
            context.actor.role = role;
            if (const auto no = check_permission(now, C{}, context)) {
                action.reason = no->message;
                action.rule = no->rule;
            }
            actions.push_back(std::move(action));
        });
    return actions;
}

std::string_view role_of(const Appraisal& now, PersonId person,
                         const std::vector<std::string>& offices, std::string_view command) {
    const auto& all = permissions();
    const auto permission = std::find_if(
        all.begin(), all.end(), [&](const Permission& each) { return each.command == command; });
    return permission == all.end() ? "" : role_for(*permission, now, person, offices);
}

}  // namespace jejak::appraisal
