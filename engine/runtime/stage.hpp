#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/clock.hpp"
#include "engine/event_store.hpp"
#include "engine/keyring.hpp"
#include "engine/runtime/command.hpp"
#include "engine/runtime/owner_keys.hpp"
#include "engine/runtime/state_cache.hpp"
#include "engine/runtime/workflow.hpp"

namespace jejak::runtime {

// The batch that is being built: commands are handled one after the other, each sees what those
// before it staged, and nothing is durable until the writer has appended it. One thread.
class Stage {
  public:
    struct Options {
        std::size_t cached_streams_max = 65'536;
    };

    Stage(const EventStore& store, const Keyring& keyring, const Clock& clock,
          const Workflows& workflows, Options options);

    // Where the log ends; staging goes on from there. Drops whatever was staged and cached.
    void restart(Position head, Instant last_recorded_at);

    // Handles one command: repeated, refused or accepted (design §6, steps 1 to 5). The receipt
    // holds only once the batch is appended. An error stages nothing.
    [[nodiscard]] Result<Receipt> handle(const CommandRequest& request);
    // The engine's own record, position 1 of a new log.
    void create_log(std::string program);

    [[nodiscard]] bool empty() const { return records_.empty(); }
    // What is staged: the bytes of its records, and how many commands they answer.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t commands() const { return staged_receipts_.size(); }
    [[nodiscard]] Position head() const { return head_; }
    [[nodiscard]] Instant last_recorded_at() const { return last_recorded_at_; }
    // Hands the batch over and begins the next one behind it, as if it were durable already. Until
    // settled() the store lacks it; what must be read from there waits for `await` first.
    [[nodiscard]] AppendBatch take();
    // The batch last taken is durable. Nothing may be under way when the next is taken.
    void settled();
    // Waits until the batch last taken is durable, then calls settled(). Set before the first take.
    void on_await(std::function<Result<void>()> await) { await_ = std::move(await); }

  private:
    // The records of one command while they are made; they join the batch together or not at all.
    struct Commit {
        Envelope envelope;  // of the next record
        std::vector<Record> records;
        bool folded = false;  // states may already hold what it would add
    };

    [[nodiscard]] Result<Receipt> handle(const CommandRequest& request, const Workflow& workflow,
                                         Commit& commit);
    [[nodiscard]] Result<std::optional<Receipt>> find_first_answer(const CommandRequest& request,
                                                                   const Workflow& workflow,
                                                                   const State& state);
    [[nodiscard]] Result<Workflow::Answer> decide(const CommandRequest& request,
                                                  const Workflow& workflow, const State& state,
                                                  Instant now);
    [[nodiscard]] Result<Receipt> accept(const CommandRequest& request, const Workflow& workflow,
                                         Proposal& proposal, State& state, Commit& commit);
    [[nodiscard]] Result<Receipt> refuse(const CommandRequest& request, const Workflow& workflow,
                                         const Rejection& rejection, Commit& commit);
    [[nodiscard]] Result<void> add_events(const CommandRequest& request, Proposal& proposal,
                                          State& state, Commit& commit);
    [[nodiscard]] Result<void> add_claims(const Proposal& proposal, Commit& commit);
    [[nodiscard]] Result<void> add(Commit& commit, std::string envelope_bytes,
                                   std::string_view payload) const;
    void begin(const CommandRequest& request, Instant now, Commit& commit) const;
    void keep(Commit commit);
    // Forgets the folds that a commit touched which is not kept, and folds them anew from the
    // store and from what is staged.
    void restore(const StreamId& stream, const Commit& abandoned);
    void restore_stream(const StreamId& stream);

    const EventStore& store_;
    const Keyring& keyring_;
    const Clock& clock_;
    const Workflows& workflows_;
    Options options_;
    StateCache states_;
    OwnerKeys keys_;

    Position head_;
    Instant last_recorded_at_;
    std::vector<Record> records_;
    std::size_t bytes_ = 0;
    // Command id → first position, of the commits staged and of those handed over but not settled.
    std::unordered_map<std::string, Position> staged_receipts_;
    std::unordered_map<std::string, Position> unsettled_receipts_;
    std::function<Result<void>()> await_;
};

}  // namespace jejak::runtime
