// rows = 'a' token -> Work
//      | 't' person[16] text(token) kind:u8 -> Waiting  ; the tasks that Work implies
//      | 'i' rater[16] text(token) source -> since:i64  ; stays; it waits while feedback is open
//      | 'h' text(token) handle[16] -> ""               ; has answered
// text = append_text of model_rows.hpp; values by the archive
#include "workflows/appraisal/work_list.hpp"

#include <algorithm>
#include <tuple>

#include "workflows/appraisal/events.hpp"
#include "workflows/appraisal/model_rows.hpp"

namespace jejak::appraisal {

struct Work {
    Phase phase = Phase::unopened;
    PersonId subject, supervisor, superior, decider;
    bool plan_is_agreed = false;
    bool feedback_is_open = false;
    bool is_reviewed = false;          // by a supervisor; false: waived
    bool feedback_is_weighed = false;  // or waived
    bool is_acknowledged = false;
    bool objection_is_answered = false;
    std::vector<PersonId> panel;  // of its members those who have not voted
    Instant self_assessment_due_at, review_due_at, feedback_due_at, gate_due_at, acknowledge_due_at;
    Instant reply_due_at, decision_due_at;
};
BOOST_DESCRIBE_STRUCT(Work, (),
                      (phase, subject, supervisor, superior, decider, plan_is_agreed,
                       feedback_is_open, is_reviewed, feedback_is_weighed, is_acknowledged,
                       objection_is_answered, panel, self_assessment_due_at, review_due_at,
                       feedback_due_at, gate_due_at, acknowledge_due_at, reply_due_at,
                       decision_due_at))

struct Waiting {
    Instant due_at, since;
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (due_at, since))

namespace {

// Folds what an event says about who has to do what; the phase comes from its kind.
struct WorkFold {
    Work& work;

    void operator()(const Opened& e) const {
        work.subject = e.subject;
        work.supervisor = e.supervisor;
        work.superior = e.superior;
        work.self_assessment_due_at = e.self_assessment_due_at;
    }
    void operator()(const PlanAgreed&) const { work.plan_is_agreed = true; }
    void operator()(const SelfAssessmentSubmitted& e) const {
        work.review_due_at = e.review_due_at;
    }
    void operator()(const SelfAssessmentWaived& e) const { work.review_due_at = e.review_due_at; }
    void operator()(const ReturnedForRevision& e) const {
        work.self_assessment_due_at = e.self_assessment_due_at;
    }
    void operator()(const ReviewSubmitted&) const { work.is_reviewed = true; }
    void operator()(const ReviewReturned& e) const { work.review_due_at = e.review_due_at; }
    void operator()(const FeedbackOpened& e) const {
        work.feedback_is_open = true;
        work.feedback_due_at = e.due_at;
    }
    void operator()(const FeedbackClosed& e) const {
        work.feedback_is_open = false;
        work.gate_due_at = e.gate_due_at;
    }
    void operator()(const FeedbackWaived&) const {
        work.feedback_is_open = false;
        work.feedback_is_weighed = true;
    }
    void operator()(const ReviewConfirmed&) const { work.feedback_is_weighed = true; }
    void operator()(const ReviewRevised&) const { work.feedback_is_weighed = true; }
    void operator()(const Finalised& e) const {
        work.acknowledge_due_at = e.acknowledge_due_at;
        work.is_acknowledged = false;
    }
    // A new result is acknowledged anew; no clock runs for that.
    void operator()(const ResultChanged&) const { acknowledge_anew(); }
    void operator()(const ResultCorrected&) const { acknowledge_anew(); }
    void acknowledge_anew() const {
        work.is_acknowledged = false;
        work.acknowledge_due_at = {};
    }
    void operator()(const ReviewAnnulled& e) const {
        work.review_due_at = e.review_due_at;
        begin_anew();
    }
    void operator()(const AssessmentAnnulled& e) const {
        work.self_assessment_due_at = e.self_assessment_due_at;
        begin_anew();
    }
    void begin_anew() const {
        work.is_reviewed = work.feedback_is_open = work.feedback_is_weighed = false;
        work.feedback_due_at = work.gate_due_at = {};
        acknowledge_anew();
    }
    void operator()(const ResultAcknowledged&) const { work.is_acknowledged = true; }
    void operator()(const ObjectionFiled& e) const {
        work.objection_is_answered = false;
        work.decider = e.decided_by == "superior" ? work.superior : PersonId{};
        work.panel.clear();
        work.reply_due_at = e.reply_due_at;
        work.decision_due_at = {};
    }
    void operator()(const ObjectionAnswered& e) const {
        work.objection_is_answered = true;
        if (work.decision_due_at == Instant{}) work.decision_due_at = e.decision_due_at;
    }
    // A reply that did not come in time counts as heard.
    void operator()(const DeadlinePassed& e) const {
        work.objection_is_answered = true;
        work.decision_due_at = e.decision_due_at;
        if (e.consequence != "escalates") return;
        work.decider = {};
        work.panel.clear();
    }
    void operator()(const PanelAssigned& e) const {
        work.panel = e.members;
        work.decision_due_at = e.decision_due_at;
    }
    void operator()(const VoteCast& e) const { std::erase(work.panel, e.member); }
    void operator()(const MemberRecused& e) const { std::erase(work.panel, e.member); }
    void operator()(const ObjectionAssigned& e) const {
        work.decider = e.decider;
        work.decision_due_at = e.decision_due_at;
    }
    void operator()(const SupervisorReassigned& e) const {
        work.supervisor = e.supervisor;
        work.superior = e.superior;
    }
    // Of the others that get here the phase says everything: review_waived, cancelled,
    // objection_withdrawn, _upheld and _lapsed, result_delivered, correction_proposed,
    // policy_changed.
    template <class E>
    void operator()(const E&) const {}
};

struct Duty {
    PersonId person;
    TaskKind kind;
    Instant due_at;
};

// What the appraisal waits for, raters apart. Pure.
std::vector<Duty> duties_of(const Work& work) {
    std::vector<Duty> duties;
    const auto wait = [&](PersonId person, TaskKind kind, Instant due_at = {}) {
        if (!person.is_nil()) duties.push_back({person, kind, due_at});
    };
    switch (work.phase) {
        case Phase::unopened:
        case Phase::cancelled:
            break;
        case Phase::draft:
            wait(work.subject, TaskKind::submit_self_assessment, work.self_assessment_due_at);
            if (!work.plan_is_agreed) wait(work.supervisor, TaskKind::agree_plan);
            break;
        case Phase::self_assessed:
            wait(work.supervisor, TaskKind::submit_review, work.review_due_at);
            break;
        case Phase::supervisor_reviewed:
            wait(work.supervisor, TaskKind::close_feedback, work.feedback_due_at);
            break;
        case Phase::feedback:
            if (work.is_reviewed && !work.feedback_is_weighed) {
                wait(work.supervisor, TaskKind::weigh_feedback, work.gate_due_at);
            } else {
                wait(work.supervisor, TaskKind::finalise);
            }
            break;
        case Phase::finalised:
            if (!work.is_acknowledged) {
                wait(work.subject, TaskKind::acknowledge_result, work.acknowledge_due_at);
            }
            break;
        case Phase::disputed:
            if (work.objection_is_answered) {
                wait(work.decider, TaskKind::decide_objection, work.decision_due_at);
                for (const auto member : work.panel)
                    wait(member, TaskKind::decide_objection, work.decision_due_at);
            } else {
                wait(work.supervisor, TaskKind::answer_objection, work.reply_due_at);
            }
            break;
    }
    return duties;
}

std::string work_key(std::string_view token) {
    std::string key = "a";
    key += token;
    return key;
}

std::string person_prefix(char kind, PersonId person) {
    std::string key(1, kind);
    append_id(key, person);
    return key;
}

std::string task_key(std::string_view token, PersonId person, TaskKind kind) {
    std::string key = person_prefix('t', person);
    append_text(key, token);
    key += static_cast<char>(kind);
    return key;
}

std::string invitation_key(std::string_view token, const RaterInvited& invited) {
    std::string key = person_prefix('i', invited.rater);
    append_text(key, token);
    return key += invited.source;
}

std::string answer_key(std::string_view token, Handle rater) {
    std::string key = "h";
    append_text(key, token);
    append_id(key, rater);
    return key;
}

// Erases the tasks that are over, adds the new ones; one that goes on keeps its `since`.
Result<void> put_duties(const Envelope& envelope, const std::vector<Duty>& before,
                        const std::vector<Duty>& after, Rows& rows) {
    const std::string_view token = envelope.stream.key();
    const auto find = [](const std::vector<Duty>& duties, const Duty& duty) {
        return std::find_if(duties.begin(), duties.end(), [&](const Duty& d) {
            return d.person == duty.person && d.kind == duty.kind;
        });
    };
    for (const Duty& duty : before) {
        if (find(after, duty) == after.end()) rows.erase(task_key(token, duty.person, duty.kind));
    }
    for (const Duty& duty : after) {
        const auto old = find(before, duty);
        if (old != before.end() && old->due_at == duty.due_at) continue;
        const std::string key = task_key(token, duty.person, duty.kind);
        Waiting waiting{duty.due_at, envelope.recorded_at};
        if (old != before.end()) {
            const auto row = row_of<Waiting>(rows.get(key));
            if (!row) return row.error();
            if (*row) waiting.since = (*row)->since;
        }
        rows.put(key, record::to_bytes(waiting));
    }
    return {};
}

class WorkList final : public Projection {
  public:
    [[nodiscard]] std::string_view name() const override { return work_list_model; }

    [[nodiscard]] Result<void> apply(const Envelope& envelope, std::string_view payload,
                                     Rows& rows) const override {
        const auto kind = recorded_kind(envelope);
        if (!kind) return kind.error();
        if (!*kind) return {};
        switch (**kind) {
            case EventKind::rater_invited:
                return with_event<RaterInvited>(envelope, payload, [&](const RaterInvited& e) {
                    rows.put(invitation_key(envelope.stream.key(), e),
                             record::to_bytes(envelope.recorded_at));
                    return Result<void>();
                });
            case EventKind::feedback_given:
                return with_event<FeedbackGiven>(envelope, payload, [&](const FeedbackGiven& e) {
                    rows.put(answer_key(envelope.stream.key(), e.rater), {});
                    return Result<void>();
                });
            case EventKind::progress_recorded:
            case EventKind::evidence_attached:
            case EventKind::dialogue_noted:
            case EventKind::feedback_revised:
            case EventKind::source_recorded:
            case EventKind::survey_recorded:
            case EventKind::score_carried_in:
                return {};  // nobody has more or less to do
            default:
                return fold_work(envelope, **kind, payload, rows);
        }
    }

  private:
    static Result<void> fold_work(const Envelope& envelope, EventKind kind,
                                  std::string_view payload, Rows& rows) {
        const auto event =
            record::decode_any<Event>(envelope.event_name, envelope.schema_version, payload);
        if (!event) return event.error();
        const std::string key = work_key(envelope.stream.key());
        const auto row = row_of<Work>(rows.get(key));
        if (!row) return row.error();
        if (!*row && kind != EventKind::opened) {
            return error(ErrorCode::corruption, "the work list has no row for " +
                                                    envelope.stream.text() +
                                                    "; make the read model again from the log");
        }
        const Work before = row->value_or(Work{});
        Work after = before;
        std::visit(WorkFold{after}, *event);
        after.phase = phase_after(kind).value_or(before.phase);
        rows.put(key, record::to_bytes(after));
        return put_duties(envelope, duties_of(before), duties_of(after), rows);
    }
};

// Appends the invitations of a person that still wait for an answer.
Result<void> add_invitations(const ReadStore& store, PersonId person, const HandleOf& handle_of,
                             std::vector<Task>& tasks) {
    const std::string prefix = person_prefix('i', person);
    const auto step = [&](std::string_view key, std::string_view bytes) -> Result<void> {
        const auto since = record::from_bytes<Instant>(bytes);
        if (!since) return since.error();
        auto source = key.substr(prefix.size());
        const auto token = take_text(source);
        if (!token) return token.error();
        const auto work = row_of<Work>(store.get(work_list_model, work_key(*token)));
        if (!work) return work.error();
        if (!*work || !(*work)->feedback_is_open || (*work)->phase == Phase::cancelled) return {};
        const auto stream = StreamId::make("appraisal", *token);
        if (!stream) return stream.error();
        const auto answered =
            store.get(work_list_model, answer_key(*token, handle_of(*stream, person)));
        if (!answered) return answered.error();
        if (*answered) return {};
        tasks.push_back({TaskKind::give_feedback, *token, std::string(source),
                         (*work)->feedback_due_at, *since});
        return {};
    };
    Result<void> outcome;
    const auto scanned =
        store.scan(work_list_model, prefix, "", [&](std::string_view key, std::string_view bytes) {
            outcome = step(key, bytes);
            return outcome.has_value();
        });
    return scanned ? outcome : scanned;
}

// The duties under a prefix: of a person, or "t": of all.
Result<void> scan_duties(const ReadStore& store, const std::string& prefix,
                         const std::function<bool(const Task&)>& visit) {
    const std::size_t before_token = person_prefix('t', PersonId{}).size();
    const auto task_of = [&](std::string_view key, std::string_view bytes) -> Result<Task> {
        const auto waiting = record::from_bytes<Waiting>(bytes);
        if (!waiting) return waiting.error();
        if (key.size() < before_token) return error(ErrorCode::corruption, "a task has no person");
        auto rest = key.substr(before_token);
        auto token = take_text(rest);
        if (!token) return token.error();
        if (rest.size() != 1) return error(ErrorCode::corruption, "a task's key has no kind");
        return Task{static_cast<TaskKind>(rest.front()), std::move(*token), "", waiting->due_at,
                    waiting->since};
    };
    Result<void> outcome;
    const auto scanned =
        store.scan(work_list_model, prefix, "", [&](std::string_view key, std::string_view bytes) {
            const auto task = task_of(key, bytes);
            if (!task) outcome = task.error();
            return task && visit(*task);
        });
    return scanned ? outcome : scanned;
}

}  // namespace

std::unique_ptr<Projection> make_work_list() {
    return std::make_unique<WorkList>();
}

Result<std::vector<Task>> tasks_of(const ReadStore& store, PersonId person,
                                   const HandleOf& handle_of) {
    std::vector<Task> tasks;
    auto added = scan_duties(store, person_prefix('t', person), [&](const Task& task) {
        tasks.push_back(task);
        return true;
    });
    if (added) added = add_invitations(store, person, handle_of, tasks);
    if (!added) return added.error();
    std::stable_sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) {
        const auto rank = [](const Task& task) {
            return std::tuple(task.due_at == Instant{}, task.due_at, task.since,
                              std::string_view(task.token), task.kind);
        };
        return rank(a) < rank(b);
    });
    return tasks;
}

Result<void> list_duties(const ReadStore& store, const std::function<bool(const Task&)>& visit) {
    return scan_duties(store, "t", visit);
}

}  // namespace jejak::appraisal
