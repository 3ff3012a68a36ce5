#include "tools/waiting.hpp"

#include <algorithm>

#include "adapters/json/described.hpp"
#include "adapters/timers/due_dates.hpp"
#include "engine/record/sealing.hpp"
#include "engine/runtime/state_cache.hpp"
#include "storage/memory_read_store.hpp"
#include "tools/organisation.hpp"
#include "tools/past.hpp"
#include "workflows/organisation/facts.hpp"

namespace jejak::tools {
namespace {

using appraisal::Task;
using appraisal::TaskKind;

bool is_for_a_supervisor(TaskKind kind) {
    return kind == TaskKind::agree_plan || kind == TaskKind::submit_review ||
           kind == TaskKind::close_feedback || kind == TaskKind::weigh_feedback ||
           kind == TaskKind::finalise;
}

// Up to where the log is read, and the work list of then.
struct Then {
    const ReadStore& reads;
    const Reach& reach;
    Until until;
    Position known;
    organisation::Day on;
};

class WorkOf {
  public:
    WorkOf(Workspace& workspace, const organisation::Directory& directory, PersonId person,
           const Then& then)
        : workspace_(workspace),
          directory_(directory),
          then_(then),
          now_{then.on, then.known},
          dates_(workspace.events(), workspace.workflows(), workspace.clock(), then.known),
          person_(person) {}

    [[nodiscard]] Result<std::vector<Waiting>> all() {
        std::vector<Waiting> found;
        if (auto added = add_tasks_of(person_, "", found); !added) return added.error();
        for (const auto& post : directory_.posts_of(person_, now_)) {
            const auto before = earlier_holders(post);
            if (!before) return before.error();
            for (const auto other : *before) {
                if (auto added = add_tasks_of(other, post, found); !added) return added.error();
            }
        }
        std::stable_sort(found.begin(), found.end(), [](const Waiting& a, const Waiting& b) {
            const auto rank = [](const Waiting& each) {
                return std::pair(each.task.due_at == Instant{}, each.task.due_at);
            };
            return rank(a) < rank(b);
        });
        return found;
    }

  private:
    [[nodiscard]] Result<std::vector<PersonId>> earlier_holders(const std::string& post) const {
        const auto* workflow = runtime::find_workflow(workspace_.workflows(), "organisation");
        const auto state = runtime::read_state(workspace_.events(), *workflow,
                                               organisation::stream_of_post(post), then_.known);
        if (!state) return state.error();
        std::vector<PersonId> others;
        const auto& facts = *static_cast<const organisation::Facts*>((*state)->value());
        facts.for_each<organisation::PostHeld>([&](const organisation::PostHeld& held) {
            if (held.person == person_) return;
            if (std::find(others.begin(), others.end(), held.person) == others.end()) {
                others.push_back(held.person);
            }
        });
        return others;
    }

    // The tasks of somebody; with `post`, only those that she has by that post.
    [[nodiscard]] Result<void> add_tasks_of(PersonId whose, const std::string& post,
                                            std::vector<Waiting>& found) {
        const KeyBytes& secret = workspace_.people().keyring().log_secret();
        const auto tasks =
            appraisal::tasks_of(then_.reads, whose, [&](const StreamId& stream, PersonId who) {
                return record::handle_of(secret, stream, who);
            });
        if (!tasks) return tasks.error();
        for (const Task& task : *tasks) {
            if (!post.empty() && !is_for_a_supervisor(task.kind)) continue;
            const auto state = read_appraisal(workspace_, task.token, then_.until);
            if (!state) return state.error();
            if (!post.empty() && state->supervisor_post != post) continue;
            if (!then_.reach.holds(state->unit)) continue;
            Waiting waiting{task, "", ""};
            const auto due = dates_.of(*state, timers::deadline_of(task.kind), task.due_at);
            if (!due) return due.error();
            waiting.task.due_at = due->at;
            if (auto said = say_who_is_on_record(*state, whose, waiting); !said) return said;
            found.push_back(std::move(waiting));
        }
        return {};
    }

    [[nodiscard]] Result<void> say_who_is_on_record(const appraisal::Appraisal& state,
                                                    PersonId whose, Waiting& waiting) {
        if (whose != person_) {
            const auto name = workspace_.identifiers().identifier_of(whose);
            if (!name) return name.error();
            waiting.on_record = *name;
            waiting.note = "have it reassigned first (jejak org reassign)";
            return {};
        }
        const auto& post = state.supervisor_post;
        if (post.empty() || post.starts_with("team:") || !is_for_a_supervisor(waiting.task.kind)) {
            return {};
        }
        const auto holder = directory_.holder_of(post, now_);
        if (!holder || holder->person != person_) waiting.note = "the mandate has ended";
        return {};
    }

    Workspace& workspace_;
    const organisation::Directory& directory_;
    const Then& then_;
    const organisation::AsOf now_;
    timers::DueDates dates_;
    const PersonId person_;
};

}  // namespace

Result<std::vector<Waiting>> waiting_for(Workspace& workspace, PersonId person, const Until& until,
                                         const Reach& reach) {
    const auto directory = read_organisation(workspace);
    if (!directory) return directory.error();
    const auto known = position_of(workspace, until);
    if (!known) return known.error();
    storage::MemoryReadStore past;
    if (!until.is_the_end()) {
        const auto list = appraisal::make_work_list();
        auto made = runtime::catch_up_one(workspace.events(), past, *list, *known);
        if (!made) return made.error();
    }
    const ReadStore& reads = until.is_the_end() ? workspace.reads() : past;
    const Instant moment = until.moment.value_or(workspace.clock().now());
    const Then then{reads, reach, until, *known, organisation::day_in_wib(moment)};
    return WorkOf(workspace, *directory, person, then).all();
}

boost::json::object waiting_json(const Waiting& waiting) {
    auto view = json::to_json(waiting.task, json::Names{}).as_object();
    if (!waiting.on_record.empty()) view["on_record"] = waiting.on_record;
    if (!waiting.note.empty()) view["note"] = waiting.note;
    return view;
}

}  // namespace jejak::tools
