#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/projection.hpp"
#include "engine/read_store.hpp"

// What waits for whom, and until when.
namespace jejak::appraisal {

// The number rises with the shape of its rows, so that one of an older program is made anew.
inline constexpr std::string_view work_list_model = "work_list_3";
[[nodiscard]] std::unique_ptr<Projection> make_work_list();

enum class TaskKind : std::uint8_t {
    agree_plan,              // supervisor, in draft, until a plan is agreed
    submit_self_assessment,  // employee, in draft
    submit_review,           // supervisor, when the self-assessment is in or waived
    give_feedback,           // an invited rater, while the window is open and he has not answered
    close_feedback,          // supervisor, when the review is in or waived
    weigh_feedback,          // supervisor confirms or revises her review, if she gave one
    finalise,                // supervisor, when the feedback is weighed or waived
    acknowledge_result,      // employee
    answer_objection,        // supervisor
    decide_objection,        // superior, when the objection is answered
};

struct Task {
    TaskKind kind = TaskKind::agree_plan;
    std::string token;   // of the appraisal
    std::string source;  // give_feedback: for which source of the policy; otherwise empty
    Instant due_at;      // 0: no clock runs. A task past its time stays until it is done or moot
    Instant since;       // recorded_at of the event that brought it to this person
    friend bool operator==(const Task&, const Task&) = default;
};

BOOST_DESCRIBE_ENUM(TaskKind, agree_plan, submit_self_assessment, submit_review, give_feedback,
                    close_feedback, weigh_feedback, finalise, acknowledge_result, answer_objection,
                    decide_objection)
BOOST_DESCRIBE_STRUCT(Task, (), (kind, token, source, due_at, since))

// The handle of a person in a stream (record::handle_of under the log's secret). The log does not
// tell which invitation a feedback answers; who knows the secret does.
using HandleOf = std::function<Handle(const StreamId&, PersonId)>;

// Tasks of one person: first those with a due time, the earliest first; then the others, by since.
[[nodiscard]] Result<std::vector<Task>> tasks_of(const ReadStore& store, PersonId person,
                                                 const HandleOf& handle_of);

// The tasks of everybody, the invitations of raters apart; runs over all that is open, person by
// person. Return false to stop.
[[nodiscard]] Result<void> list_duties(const ReadStore& store,
                                       const std::function<bool(const Task&)>& visit);

}  // namespace jejak::appraisal
