// What one person may read, and what she is offered to do, by all that she is to an appraisal and
// by all offices that she holds: the closest tie decides, and no office adds to it.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/mp11.hpp>
#include <map>

#include "tests/workflows/duties.hpp"
#include "workflows/appraisal/allowed_actions.hpp"
#include "workflows/appraisal/disclosure.hpp"

namespace jejak::appraisal::duties {
namespace {

bool holds(std::string_view role, unsigned ties, const std::vector<std::string>& offices) {
    if (role == "supervisor") return ties & is_supervisor;
    if (role == "superior") return ties & (is_superior | is_decider | is_member);
    if (role == "administrator" || role == "registrar") {
        return std::find(offices.begin(), offices.end(), role) != offices.end();
    }
    return (role == "peer" || role == "subordinate" || role == "community") && (ties & is_invited);
}

TEST(Duties, are_offered_only_in_a_role_that_she_holds) {
    const std::vector<std::string> offices = {"administrator", "registrar", "auditor"};
    for (std::size_t p = 1; p < phase_count; ++p) {
        Appraisal state = state_in(static_cast<Phase>(p));
        for (const unsigned ties : standings()) {
            if (ties & spoke) continue;  // of no account to what is offered
            place(state, ties);
            for (unsigned held = 0; held < 8; ++held) {
                std::vector<std::string> hers;
                for (unsigned i = 0; i < 3; ++i)
                    if (held & (1U << i)) hers.push_back(offices[i]);
                for (const auto& action : allowed_actions(state, she, hers)) {
                    if (!action.reason.empty()) continue;
                    const bool may = ties & is_subject ? action.role == "employee"
                                                       : holds(action.role, ties, hers);
                    EXPECT_TRUE(may) << action.command << " is offered as " << action.role
                                     << " to ties " << ties << ", offices " << held;
                }
            }
        }
    }
}

// h heading, r result, s self, v review, w words, S sums, 1 single raters, i invitations, n names.
std::string letters_of(const Disclosure& to) {
    const bool shown[] = {to.heading, to.result,        to.self,        to.review,     to.words,
                          to.sums,    to.single_raters, to.invitations, to.rater_names};
    std::string letters = "hrsvwS1in";
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (!shown[i]) letters[i] = '-';
    return letters;
}

TEST(Duties, of_reading_follow_the_closest_tie_and_no_office_adds_to_it) {
    using R = Relation;
    const std::map<R, std::string> table = {
        {R::none, "---------"},           {R::subject, "hrsvwS---"}, {R::supervisor, "hrsvwS-i-"},
        {R::superior, "hrsvwS---"},       {R::decider, "hrsvwS1--"}, {R::rater, "h--------"},
        {R::administration, "hr-----i-"}, {R::auditor, "hrsvwS1i-"}, {R::keeper, "hrsvwS1in"}};
    EXPECT_EQ(boost::mp11::mp_size<boost::describe::describe_enumerators<R>>::value, table.size())
        << "a relation is new: add a row that says what it reads";
    std::size_t tried = 0;
    for (std::size_t p = 1; p < phase_count; ++p) {
        const auto phase = static_cast<Phase>(p);
        Appraisal state = state_in(phase);
        for (const unsigned ties : standings()) {
            place(state, ties);
            const bool decides = phase == Phase::disputed && (ties & (is_decider | is_member));
            const R party = ties & is_subject             ? R::subject
                            : ties & rated                ? R::supervisor
                            : decides                     ? R::decider
                            : ties & is_superior          ? R::superior
                            : ties & (is_invited | spoke) ? R::rater
                                                          : R::none;
            for (const std::string office :
                 {"", "administrator", "registrar", "auditor", "Auditor", "system"}) {
                ++tried;
                const R by_office = office == "auditor" ? R::auditor
                                    : office == "administrator" || office == "registrar"
                                        ? R::administration
                                        : R::none;
                const R expected = party != R::none ? party : by_office;
                std::string row = table.at(expected);
                if (ties & spoke) row[5] = row[6] = '-';  // she could take her own ratings off
                const auto to = disclosure_for(state, Reader{she, handle_of(she), office});
                EXPECT_EQ(to.relation, expected) << ties << " with office \"" << office << '"';
                EXPECT_EQ(letters_of(to), row) << ties << " with office \"" << office << '"';
            }
        }
    }
    EXPECT_EQ(tried, 7U * 384U * 6U);
    EXPECT_EQ(letters_of(disclosure_of(R::keeper)), table.at(R::keeper));
}

}  // namespace
}  // namespace jejak::appraisal::duties
