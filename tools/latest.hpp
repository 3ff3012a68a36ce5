#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "engine/event_store.hpp"
#include "engine/runtime/workflow.hpp"
#include "workflows/appraisal/appraisal.hpp"

namespace jejak::tools {

// Appraisals as they are now, for readers. A fold that was made before is kept, and what the stream
// has got since is folded onto a copy of it: what is given out never changes. Thread-safe; store
// and workflows are borrowed.
class Latest {
  public:
    Latest(const EventStore& events, const runtime::Workflows& workflows)
        : events_(events), workflow_(*runtime::find_workflow(workflows, "appraisal")) {}

    // The fold of "appraisal/<token>", never null, at least as new as the log at the call. Errors:
    // not_found when it does not exist; invalid_input for no name; those of the store.
    [[nodiscard]] Result<std::shared_ptr<const appraisal::Appraisal>> of(const std::string& token);

  private:
    using State = std::shared_ptr<const appraisal::Appraisal>;
    struct Kept {
        std::string token;
        State state;
        Position as_of;  // so far the log was looked through for its events
    };
    [[nodiscard]] Kept kept(const std::string& token);
    void keep(Kept kept);

    // Those asked for last. One with a hundred raters takes some 30 KB.
    static constexpr std::size_t appraisals_max = 4'096;

    const EventStore& events_;
    const runtime::Workflow& workflow_;
    std::mutex mutex_;
    std::list<Kept> by_use_;  // the last one first
    std::unordered_map<std::string, std::list<Kept>::iterator> by_token_;
};

}  // namespace jejak::tools
