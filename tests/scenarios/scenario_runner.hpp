#pragma once

#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/intake/people.hpp"
#include "engine/runtime/workflow.hpp"
#include "engine/runtime/writer.hpp"
#include "storage/manual_clock.hpp"
#include "storage/memory_event_store.hpp"
#include "storage/memory_keyring.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/appraisal/events.hpp"

// Runs the bundled samples (tools/samples/*.jsonl) as an import does, in this process.
namespace jejak::scenarios {

struct Answer {
    std::string line;  // as it stands in the file
    Result<runtime::Receipt> receipt;
};

// An event of an appraisal and the fold right after it.
struct Step {
    appraisal::Event event;
    appraisal::Appraisal after;
};

// A log in memory with its writer. A minute passes before each command. One thread.
class ScenarioRunner {
  public:
    ScenarioRunner();

    // Sends every line of tools/samples/<name>.jsonl, one after the other.
    [[nodiscard]] std::vector<Answer> run(std::string_view name);
    [[nodiscard]] Answer send(std::string_view line);
    // A new writer over the same log, as after a restart: nothing is cached any more.
    void restart();

    [[nodiscard]] Position head() const;
    [[nodiscard]] std::string root() const;  // of the tree over the whole log, hex

    // Appraisals as they were folded while the log grew, by token.
    [[nodiscard]] const std::map<std::string, appraisal::Appraisal>& appraisals() const {
        return appraisals_;
    }
    // Reads the stream of one appraisal again and folds it from nothing.
    [[nodiscard]] std::vector<Step> replay(const std::string& token) const;
    // From the published document, as the log keeps it; null when there is none of that id.
    [[nodiscard]] std::shared_ptr<const scoring::Policy> policy(const std::string& id) const;

  private:
    void start();
    void fold_from(Position first);

    runtime::Workflows workflows_;
    storage::MemoryEventStore store_;
    storage::MemoryKeyring keyring_;
    storage::ManualClock clock_;
    boost::asio::io_context context_;
    std::shared_ptr<runtime::Writer> writer_;
    std::unique_ptr<intake::People> people_;
    std::map<std::string, appraisal::Appraisal> appraisals_;
};

// The lines of tools/samples/<name>.jsonl.
[[nodiscard]] std::vector<std::string> sample_lines(std::string_view name);

}  // namespace jejak::scenarios
