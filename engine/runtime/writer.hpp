#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/clock.hpp"
#include "engine/event_store.hpp"
#include "engine/keyring.hpp"
#include "engine/runtime/append_lane.hpp"
#include "engine/runtime/command.hpp"
#include "engine/runtime/stage.hpp"
#include "engine/runtime/workflow.hpp"

namespace jejak::runtime {

// The one that appends. Commands queue up, are handled in order on one strand, and up to
// `batch_commands_max` of them share one synced append (group commit). While one batch is being
// appended the next is staged, so that both cores have work; answers keep the order.
//
// An answer is given when the batch is durable, never before. If the append fails or its outcome is
// uncertain, every command of the batch and all that wait behind it are answered `outcome_unknown`
// and the writer stops: what was staged is dropped, and the owner opens the store anew and asks
// again by command id. A writer that another has replaced answers `version_conflict` instead:
// nothing of its batch was written.
//
// submit() may be called from any thread; completions run on the strand and should be short.
// Store, key ring, clock and workflows are borrowed and must outlive the writer.
class Writer : public std::enable_shared_from_this<Writer> {
  public:
    struct Options {
        std::size_t batch_commands_max = 128;
        std::size_t batch_bytes_max = 8 * 1024 * 1024;
        std::size_t queue_depth_max = 8'192;
        Stage::Options stage = {};
        std::string program = "jejak";
    };
    using Completion = std::function<void(Result<Receipt>)>;
    using Growth = std::function<void(Position)>;
    // What became durable together: the commands that added something, accepted or refused, the
    // bytes of their records, and how long the store's append took.
    struct Batch {
        std::size_t commands = 0;
        std::size_t bytes = 0;
        std::chrono::nanoseconds took{};
    };
    using Observer = std::function<void(const Batch&)>;

    // Takes the pen (the store's writer epoch), reads where the log ends and creates the log in an
    // empty store. Errors: what the store answers; corruption if the last record cannot be read;
    // environment if the log belongs to another key ring.
    [[nodiscard]] static Result<std::shared_ptr<Writer>> start(
        boost::asio::any_io_executor executor, EventStore& store, const Keyring& keyring,
        const Clock& clock, const Workflows& workflows, Options options);

    // Errors through the completion: overloaded (queue full), stopped, and those of Stage::handle.
    void submit(CommandRequest request, Completion completion);
    // submit() and wait. Not from the strand.
    [[nodiscard]] Result<Receipt> execute(CommandRequest request);

    // Called on the strand after each append with the new head. Set it before the first command.
    void on_growth(Growth growth) { growth_ = std::move(growth); }
    // Called on the strand for each durable batch, before its commands are answered: so it must be
    // quick. Set it before the first command. The making of the log is not told.
    void on_append(Observer observer) { observer_ = std::move(observer); }
    // Commands that wait, those apart that are being handled. From any thread.
    [[nodiscard]] std::size_t queue_depth() const;
    [[nodiscard]] std::size_t queue_depth_max() const { return options_.queue_depth_max; }
    // Refuses further commands with `stopped`; those already queued are still answered.
    void stop();

  private:
    struct Queued {
        CommandRequest request;
        Completion completion;
    };
    struct Answered {
        Completion completion;
        Result<Receipt> answer;
    };

    Writer(boost::asio::any_io_executor executor, EventStore& store, const Keyring& keyring,
           const Clock& clock, const Workflows& workflows, Options options);
    [[nodiscard]] Result<void> begin(LogId log_id);
    // A batch that the lane is appending while the next is staged.
    struct UnderWay {
        std::vector<Answered> answered;
        Position head;
        Batch batch;
        bool durable = false;
    };

    // Handles what is queued, batch after batch; posts itself again now and then, so that others on
    // the executor get their turn.
    void drain();
    // False when nothing was queued and the strand may rest.
    [[nodiscard]] bool drain_batch();
    [[nodiscard]] std::deque<Queued> take_queued();
    [[nodiscard]] bool nobody_waits();
    void append(std::vector<Answered> answered);
    // Waits for the batch under way, if there is one. An error: it has failed, and so has all that
    // was staged behind it.
    [[nodiscard]] Result<void> await();
    // await(), then answers its commands.
    void settle();
    void answer(std::vector<Answered>& answered);
    void fail(const Error& cause);

    boost::asio::strand<boost::asio::any_io_executor> strand_;
    EventStore& store_;
    Options options_;
    Stage stage_;
    std::uint64_t epoch_ = 0;
    Growth growth_;
    Observer observer_;
    std::optional<Error> failure_;  // of an append; on the strand
    AppendLane lane_;
    std::optional<UnderWay> under_way_;

    mutable std::mutex mutex_;  // guards the three below
    std::deque<Queued> queue_;
    bool draining_ = false;
    Result<void> open_;  // an error: why no command is taken any more
};

}  // namespace jejak::runtime
