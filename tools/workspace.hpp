#pragma once

#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/intake/identifiers.hpp"
#include "adapters/intake/opener.hpp"
#include "adapters/intake/people.hpp"
#include "engine/runtime/projector.hpp"
#include "engine/runtime/workflow.hpp"
#include "engine/runtime/writer.hpp"
#include "storage/data_directory.hpp"
#include "storage/file_keyring.hpp"
#include "storage/system_clock.hpp"
#include "tools/latest.hpp"
#include "workflows/scoring/policy.hpp"

namespace jejak::tools {

// Every workflow that this program runs, the engine's claims included.
[[nodiscard]] runtime::Workflows make_workflows();
// Every read model that this program keeps.
[[nodiscard]] runtime::Projections make_projections();

// One data directory, opened, with everything around it put together. The place where all parts of
// the program meet; no rule of the business stands here.
class Workspace {
  public:
    // read: beside a writer or without; nothing is changed, read models that lag are caught up in
    // memory. write: the directory is made if need be, the writer and the projector run.
    enum class Mode { read, write };

    [[nodiscard]] static Result<std::unique_ptr<Workspace>> open(const std::string& directory,
                                                                 Mode mode);
    ~Workspace();
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    [[nodiscard]] storage::DataDirectory& data() { return *data_; }
    [[nodiscard]] const EventStore& events() const { return data_->events(); }
    [[nodiscard]] ReadStore& reads();
    [[nodiscard]] const runtime::Workflows& workflows() const { return workflows_; }
    [[nodiscard]] const runtime::Projections& projections() const { return projections_; }
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] runtime::Writer& writer() { return *writer_; }
    [[nodiscard]] intake::People& people() { return *people_; }
    [[nodiscard]] intake::Opener& opener() { return *opener_; }
    [[nodiscard]] intake::Identifiers& identifiers() { return *identifiers_; }

    // Appraisals as they are now.
    [[nodiscard]] Latest& latest() const { return *latest_; }

    // Published rules that were read before: they never change, and to read them takes longer than
    // to use them. Null where they were not. Thread-safe, as is keeping them.
    [[nodiscard]] std::shared_ptr<const scoring::Policy> known_policy(const std::string& id) const;
    void keep_policy(const std::string& id, std::shared_ptr<const scoring::Policy> policy) const;

    // Brings the read model up to the head of this moment: in the background projector of a
    // writing process, in memory for a reading one. "" is all of them.
    [[nodiscard]] Result<void> catch_up(std::string_view model = {});
    // Calls `told` with the head whenever the log has grown, on the writer's strand: it must not
    // block. Before the first command only.
    void on_growth(std::function<void(Position)> told) { when_grown_.push_back(std::move(told)); }
    // Before "it is done" is said: read models at the head, the head file synced.
    [[nodiscard]] Result<void> finish();

  private:
    Workspace() = default;
    [[nodiscard]] Result<void> start_writing();

    storage::SystemClock clock_;
    runtime::Workflows workflows_ = make_workflows();
    runtime::Projections projections_ = make_projections();
    std::unique_ptr<storage::DataDirectory> data_;
    std::unique_ptr<ReadStore> overlay_;  // of a reading process
    std::unique_ptr<boost::asio::thread_pool> pool_;
    std::shared_ptr<runtime::Writer> writer_;
    std::shared_ptr<runtime::Projector> projector_;
    std::unique_ptr<intake::People> people_;
    std::unique_ptr<intake::Opener> opener_;
    std::unique_ptr<intake::Identifiers> identifiers_;
    std::unique_ptr<Latest> latest_;
    std::vector<std::function<void(Position)>> when_grown_;
    mutable std::mutex policies_mutex_;
    mutable std::map<std::string, std::shared_ptr<const scoring::Policy>> policies_;
};

}  // namespace jejak::tools
