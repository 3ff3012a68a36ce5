// Separation of duties: the matrix of who may do what as a table, and every combination of what one
// person can be to an appraisal, of the role that she claims, of the command and of the phase held
// against it. The table is taken from the regulation (PP 30/2019 Pasal 59; UU 27/2022 Pasal 10),
// not from permission.cpp, and whatever it does not grant is to be refused. Decide sees an office
// only as the role that is claimed; who may claim it is asked at admission.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "tests/workflows/duties.hpp"
#include "tests/workflows/records.hpp"
#include "workflows/appraisal/permission.hpp"

namespace jejak::appraisal::duties {
namespace {

// E employee, S supervisor, C superior, D named to decide, M member of the panel, p peer,
// s subordinate, c community, A administrator, R registrar, T the clock, U auditor, N nobody.
// Phases: n not opened, d draft, s self-assessed, r reviewed, g feedback closed (the gate),
// f finalised, o objection, x cancelled.
struct Line {
    std::string_view command, who, phases;
};
constexpr std::string_view phase_letters = "ndsrgfox";
// clang-format off
constexpr Line matrix[] = {
    {"open_appraisal",         "--------AR---", "n"},
    {"agree_plan",             "-S-------R---", "d"},
    {"record_progress",        "E------------", "dsr"},
    {"attach_evidence",        "ES-----------", "dsrgo"},
    {"note_dialogue",          "ES-----------", "dsrg"},
    {"submit_self_assessment", "E------------", "d"},
    {"return_for_revision",    "-S-----------", "s"},
    {"submit_review",          "-S-----------", "s"},
    {"return_review",          "--C----------", "r"},
    {"waive_stage self",       "--------AR---", "d"},
    {"waive_stage review",     "--------AR---", "s"},
    {"waive_stage feedback",   "--------AR---", "r"},
    {"reassign_supervisor",    "--------A----", "dsrg"},
    {"cancel_appraisal",       "--------A----", "dsrg"},
    {"open_feedback",          "-S------AR---", "dsr"},
    {"invite_rater",           "-S------A----", "dsr"},
    {"give_feedback peer",        "-----p-------", "dsr"},
    {"give_feedback subordinate", "------s------", "dsr"},
    {"give_feedback community",   "-------c-----", "dsr"},
    {"record_source",          "--------AR---", "dsr"},
    {"record_survey",          "--------AR---", "dsr"},
    {"carry_score",            "--------AR---", "dsrg"},
    {"close_feedback",         "-S------AR---", "r"},
    {"confirm_review",         "-S-----------", "g"},
    {"revise_review",          "-S-----------", "g"},
    {"finalise",               "-S-----------", "g"},
    {"finalise unreviewed",    "-S------AR---", "g"},
    {"acknowledge_result",     "E------------", "f"},
    {"file_objection",         "E------------", "f"},
    {"answer_objection",       "-S-----------", "o"},
    {"withdraw_objection",     "E------------", "o"},
    {"decide_objection upheld",      "---D---------", "o"},
    {"decide_objection changed",     "---D---------", "o"},
    {"decide_objection panel",       "----M--------", "o"},
    {"decide_objection panel changed", "----M--------", "o"},
    {"deliver_result",         "--------AR---", "f"},
    {"assign_decider",         "--------A-T--", "o"},
    {"pass_deadline",          "--------ART--", "o"},
    {"assign_panel",           "--------A----", "o"},
    {"recuse_member",          "----M--------", "o"},
    {"propose_correction",     "--------AR---", "f"},
    {"correct_result",         "--------A----", "f"},
    {"annul_result",           "--------A----", "fo"},
    {"change_policy",          "--------A----", "ds"},
};
// clang-format on

bool is(const Line& line, std::string_view command) {
    return line.command.starts_with(command);
}

bool is_possible(const Line& line, Phase phase) {
    return line.phases.find(phase_letters[static_cast<std::size_t>(phase)]) != line.phases.npos;
}

// What no office and no other tie makes good again.
bool is_forbidden(const Line& line, unsigned ties, std::string_view claim, Phase phase) {
    const bool by_office = claim == "administrator" || claim == "registrar";
    if ((ties & is_subject) && claim != "employee") return true;
    if ((ties & is_supervisor) && (is(line, "return_review") || is(line, "give_feedback"))) {
        return true;
    }
    if ((ties & rated) && by_office && phase == Phase::disputed) return true;  // against herself
    if ((ties & (rated | spoke)) && is(line, "decide_objection")) return true;
    // The three of an appraisal are three people.
    const auto three = ties & (is_subject | is_supervisor | is_superior);
    if (is(line, "open_appraisal") && (three & (three - 1))) return true;
    // Once, through one source; and what somebody said is not thrown away.
    if (!(ties & spoke)) return false;
    const auto* through = ties & spoke_as_peer ? "peer" : "subordinate";
    if (is(line, "give_feedback")) return !line.command.ends_with(through);
    return is(line, "change_policy") || line.command == "waive_stage feedback";
}

bool is_granted(const Line& line, unsigned ties, std::string_view claim, Phase phase) {
    const auto marked = [&](char letter) { return line.who.find(letter) != line.who.npos; };
    if (!is_possible(line, phase) || is_forbidden(line, ties, claim, phase)) return false;
    if (claim == "employee") return marked('E') && (ties & is_subject);
    if (claim == "supervisor") return marked('S') && (ties & is_supervisor);
    if (claim == "superior") {
        return (marked('C') && (ties & is_superior)) || (marked('D') && (ties & is_decider)) ||
               (marked('M') && (ties & is_member));
    }
    if (claim == "peer") return marked('p') && (ties & is_invited);
    if (claim == "subordinate") return marked('s') && (ties & is_invited);
    if (claim == "community") return marked('c') && (ties & is_invited);
    if (claim == "administrator") return marked('A');
    return claim == "registrar" && marked('R');  // and whatever else is claimed: nothing
}

struct Probe {
    Line line;
    Command command;
    Prepare prepare;  // what the command needs to be accepted by the right person
};

std::vector<Probe> probes() {
    auto commands = all_commands();
    std::vector<Probe> all;
    for (std::size_t i = 0; i < commands.size() && i < std::size(matrix); ++i)
        all.push_back({matrix[i], std::move(commands[i].first), std::move(commands[i].second)});
    EXPECT_EQ(commands.size(), std::size(matrix)) << "give every line of the matrix its command";
    return all;
}

// What does not exist yet names its people in the command.
void name_people(Command& command, unsigned ties) {
    auto* open = std::get_if<OpenAppraisal>(&command);
    if (open == nullptr) return;
    open->subject = ties & is_subject ? she : subject;
    open->supervisor = ties & is_supervisor ? she : supervisor;
    open->superior = ties & is_superior ? she : superior;
}

Context a_context() {
    static const Appraisal last_year = [] {
        Appraisal state;
        state.phase = Phase::finalised;
        state.subject = subject;
        state.result = FinalResult{9, "88.5", "baik"};
        return state;
    }();
    Context context;
    context.stream = *StreamId::make("appraisal", "uji-1");
    context.position = Position{100};
    context.now = context.occurred_at = day(0);
    for (const auto id : {panelled, strict, clocked})
        context.references.add(*StreamId::make("policy", id), published_policy(id));
    context.references.add(*StreamId::make("appraisal", carry().appraisal), &last_year);
    return context;
}

// As the intake makes her: raters act under their handles, all others under their names.
Actor claiming(std::string_view role, PersonId who = she) {
    const bool as_rater_of = role == "peer" || role == "subordinate" || role == "community";
    return as_rater_of ? as_rater(role, who) : as(role, who);
}

// What the decider answered to one claim in one phase, for every standing: by its ties.
enum class Said : std::uint8_t {
    not_asked,
    yes,
    no_for_who_she_is,
    not_now,
    no_for_something_else
};
struct Answers {
    Line line;
    Phase phase;
    bool in_time;  // the matrix lets somebody do it in this phase
    std::string_view claim;
    std::array<Said, no_tie_beyond> by_ties{};

    void deny(bool it, unsigned ties, const char* why) const {
        if (!it) return;
        ADD_FAILURE() << line.command << " in phase " << name_of(phase) << " as \"" << claim
                      << "\" by somebody with ties " << ties << ": " << why;
    }
};

// Why somebody is refused: because of who she is, not because of what the command lacks.
const std::set<std::string> rules_about_people = {
    "not_permitted",     "not_the_employee",   "not_the_supervisor", "not_the_superior",
    "own_appraisal",     "not_the_decider",    "not_a_member",       "supervisor_reviews",
    "not_invited",       "one_source_a_rater", "self_supervision",   "judged_by_the_old_policy",
    "feedback_was_given"};

Said said(const Decision<Event>& decision) {
    const auto* no = std::get_if<Rejection>(&decision);
    if (no == nullptr) return Said::yes;
    if (no->rule == "not_in_this_phase") return Said::not_now;
    return rules_about_people.contains(no->rule) ? Said::no_for_who_she_is
                                                 : Said::no_for_something_else;
}

Appraisal state_for(const Probe& probe, Phase phase) {
    Appraisal state = state_in(phase);
    state.is_for_a_panel = false;
    if (probe.prepare && phase != Phase::unopened) probe.prepare(state);
    return state;
}

// What the decider says to every combination of probe, phase, claim and standing; asked once.
std::vector<Answers> ask_all() {
    std::vector<Answers> all;
    std::vector<Context> contexts(claims.size(), a_context());
    for (std::size_t i = 0; i < claims.size(); ++i)
        contexts[i].actor = claiming(claims[i]);
    for (Probe& probe : probes()) {
        for (std::size_t p = 0; p < phase_count; ++p) {
            const auto phase = static_cast<Phase>(p);
            Appraisal state = state_for(probe, phase);
            const auto first = all.size();
            for (const auto claim : claims)
                all.push_back({probe.line, phase, is_possible(probe.line, phase), claim});
            for (const unsigned ties : standings()) {
                place(state, ties);
                name_people(probe.command, ties);
                for (std::size_t i = 0; i < claims.size(); ++i)
                    all[first + i].by_ties[ties] =
                        said(AppraisalDecider::decide(state, probe.command, contexts[i]));
            }
        }
    }
    return all;
}
const std::vector<Answers>& all_answers() {
    static const auto all = ask_all();
    return all;
}

TEST(Duties, matrix_has_a_line_for_every_command_role_phase_and_relation) {
    std::set<std::string> written, known;
    for (const Probe& probe : probes()) {
        const std::string name(probe.line.command.substr(0, probe.line.command.find(' ')));
        std::visit([&](const auto& c) { EXPECT_EQ(c.command_name, name); }, probe.command);
        EXPECT_EQ(probe.line.who.size(), 13U) << name << ": one column for each party";
        EXPECT_EQ(probe.line.who.substr(11), "--") << name << ": auditors and nobody write nothing";
        written.insert(name);
    }
    for (const auto& permission : permissions()) {
        known.emplace(permission.command);
        for (const auto role : permission.roles)
            EXPECT_NE(std::find(claims.begin(), claims.end(), role), claims.end())
                << "role " << role << " is new: add a column to the matrix and a claim";
    }
    EXPECT_EQ(written, known)
        << "a command is new or gone: add a row to the matrix, or take it out";
    EXPECT_EQ(std::variant_size_v<Command>, written.size()) << "add a row to the matrix";
    EXPECT_EQ(phase_count, phase_letters.size()) << "a phase is new: give it a letter";
}

TEST(Duties, of_all_combinations_those_of_the_matrix_are_accepted_and_no_other) {
    std::size_t tried = 0, accepted = 0;
    for (const Answers& answers : all_answers()) {
        for (const unsigned ties : standings()) {
            const Said answer = answers.by_ties[ties];
            ++tried;
            accepted += answer == Said::yes ? 1U : 0U;
            if (!answers.in_time) {
                answers.deny(answer != Said::not_now, ties, "nobody may do this in this phase");
                continue;
            }
            const bool granted = is_granted(answers.line, ties, answers.claim, answers.phase);
            answers.deny(answer == Said::yes && !granted, ties, "no row of the matrix grants it");
            answers.deny(answer != Said::yes && granted, ties, "refused what the matrix grants");
            answers.deny(
                answer == Said::no_for_something_else, ties,
                "refused, but not for who she is: the command of this line lacks something");
        }
    }
    EXPECT_EQ(tried, std::size(matrix) * phase_count * standings().size() * claims.size());
    EXPECT_EQ(tried, 1'757'184U) << "what can be tried has changed: add a row to the matrix, say "
                                    "who may, and count again";
    EXPECT_GT(accepted, 10'000U) << "a test in which nobody may do anything proves nothing";
}

// The same answers, held against what the regulation says in words instead of against the table.
TEST(Duties, are_kept_apart_whatever_offices_and_ties_one_person_joins) {
    const std::set<std::string_view> rates = {"submit_review",       "return_review",
                                              "confirm_review",      "revise_review",
                                              "return_for_revision", "finalise"};
    const std::set<std::string_view> hers = {
        "record_progress",    "attach_evidence", "note_dialogue",     "submit_self_assessment",
        "acknowledge_result", "file_objection",  "withdraw_objection"};
    for (const Answers& answers : all_answers()) {
        if (!answers.in_time) continue;
        const auto& [line, phase, in_time, claim, by_ties] = answers;
        const bool office = claim == "administrator" || claim == "registrar";
        const bool decides = is(line, "decide_objection");
        const bool judges = decides || is(line, "give_feedback") || rates.contains(line.command);
        const bool on_appeal = office && phase == Phase::disputed;
        for (const unsigned ties : standings()) {
            if (by_ties[ties] != Said::yes) continue;
            const bool is_hers = hers.contains(line.command);
            answers.deny((ties & is_subject) && !is_hers, ties, "it is her own appraisal");
            answers.deny((ties & (rated | spoke)) && decides, ties, "she rated what is contested");
            answers.deny((ties & rated) && on_appeal, ties, "the objection is against her");
            answers.deny((ties & is_supervisor) && line.command == "return_review", ties,
                         "it is her own review");
            answers.deny(office && judges, ties, "an office judges nobody");
            answers.deny(claim == "system", ties, "from outside nobody is the clock");
            answers.deny(claim == "auditor" || claim == "keeper" || claim.empty(), ties,
                         "she only reads");
            answers.deny(claim == "employee" && !(ties & is_subject), ties, "she is somebody else");
        }
    }
}

// What one tie took from her, no further tie gives back to the same claim.
TEST(Duties, that_one_tie_forbids_no_other_tie_permits_again) {
    std::size_t taken = 0;
    for (const Answers& answers : all_answers()) {
        if (!answers.in_time) continue;
        std::array<bool, no_tie_beyond> lost{};
        for (const unsigned ties : standings()) {
            const bool yes = answers.by_ties[ties] == Said::yes;
            for (unsigned tie = 1; tie < no_tie_beyond; tie *= 2) {
                if (!(ties & tie)) continue;
                const unsigned without = ties & ~tie;
                answers.deny(lost[without] && yes, ties, "with fewer ties it was forbidden");
                const bool takes = !yes && answers.by_ties[without] == Said::yes;
                lost[ties] = lost[ties] || lost[without] || takes;
            }
            taken += lost[ties] ? 1U : 0U;
        }
    }
    EXPECT_GT(taken, 1'000U) << "a test in which no tie forbids anything proves nothing";
}

TEST(Duties, of_deciding_are_given_to_nobody_who_rated_reviewed_or_spoke) {
    Context context = a_context();
    context.actor = an_administrator;
    Appraisal state = state_in(Phase::disputed);
    const auto rule = [&](const Command& command) {
        return rule_of(AppraisalDecider::decide(state, command, context));
    };
    for (const unsigned ties : standings()) {
        place(state, ties);
        const bool is_fit = !(ties & (is_subject | rated | spoke));
        state.is_for_a_panel = false;
        const auto expected = !is_fit             ? "not_permitted"
                              : ties & is_decider ? "already_assigned"
                                                  : "";
        EXPECT_EQ(rule(AssignDecider{she, "conflict", "ST 1", handle_of(she)}), expected) << ties;
        state.is_for_a_panel = true;
        for (std::size_t seat = 0; seat < 3; ++seat) {
            AssignPanel panel{{person(10), person(11), person(12)}, "SK 5", std::vector<Handle>(3)};
            panel.members[seat] = she;
            panel.as_raters[seat] = handle_of(she);
            EXPECT_EQ(rule(panel), is_fit ? "" : "not_permitted") << ties << " on seat " << seat;
        }
    }
}

// The clock, nobody at all, and whoever proposed a correction.
TEST(Duties, of_the_clock_are_two_and_nobody_has_none_and_no_one_confirms_herself) {
    Context context = a_context();
    for (Probe& probe : probes()) {
        for (std::size_t p = 0; p < phase_count; ++p) {
            const bool in_time = is_possible(probe.line, static_cast<Phase>(p));
            Appraisal state = state_for(probe, static_cast<Phase>(p));
            const auto accepts = [&](Actor actor) {
                context.actor = std::move(actor);
                return rule_of(AppraisalDecider::decide(state, probe.command, context)).empty();
            };
            for (const auto role : claims) {
                Actor clock = as(role, PersonId{});
                clock.kind = Actor::Kind::system;
                const bool may = in_time && role == "system" && probe.line.who[10] == 'T';
                EXPECT_EQ(accepts(clock), may) << probe.line.command << " as " << role;
            }
            // Where posts are vacant, nobody is not taken for who is missing.
            state.supervisor = state.superior = state.decider = state.subject = {};
            state.panel = {PersonId{}};
            if (auto* give = std::get_if<GiveFeedback>(&probe.command)) give->rater_person = {};
            for (const auto role : claims)
                EXPECT_FALSE(accepts(claiming(role, PersonId{})))
                    << probe.line.command << ": nobody as " << role;
        }
    }
    Appraisal state = state_in(Phase::finalised);
    with_a_correction(state);
    state.correction->by = she;
    context.actor = claiming("administrator");
    EXPECT_EQ(rule_of(AppraisalDecider::decide(state, CorrectResult{13}, context)),
              "needs_another_person");
}

}  // namespace
}  // namespace jejak::appraisal::duties
