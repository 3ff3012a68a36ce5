#include "engine/runtime/stage.hpp"

#include <algorithm>

#include "engine/record/envelope.hpp"
#include "engine/record/randomness.hpp"
#include "engine/record/sealing.hpp"
#include "engine/record/system_events.hpp"
#include "engine/runtime/receipt.hpp"
#include "engine/runtime/request_check.hpp"

namespace jejak::runtime {
namespace {

constexpr int reference_rounds_max = 64;            // a chain of units is not longer
constexpr std::size_t commit_records_max = 65'535;  // the envelope counts them in 16 bits

}  // namespace

Stage::Stage(const EventStore& store, const Keyring& keyring, const Clock& clock,
             const Workflows& workflows, Options options)
    : store_(store),
      keyring_(keyring),
      clock_(clock),
      workflows_(workflows),
      options_(options),
      states_(store, workflows, options.cached_streams_max),
      keys_(store, keyring) {}

void Stage::restart(Position head, Instant last_recorded_at) {
    head_ = head;
    last_recorded_at_ = last_recorded_at;
    records_.clear();
    bytes_ = 0;
    staged_receipts_.clear();
    unsettled_receipts_.clear();
    states_.drop_all();
    keys_.drop_all();
}

Result<Receipt> Stage::handle(const CommandRequest& request) {
    if (auto checked = check_request(request); !checked) return checked.error();
    const Workflow* workflow = find_workflow(workflows_, request.stream.workflow());
    if (workflow == nullptr || !workflow->accepts(request.command)) {
        return error(ErrorCode::invalid_input,
                     "no workflow takes this command for stream \"" + request.stream.text() + "\"");
    }
    const std::size_t keys_before = keys_.staged();
    Commit commit;
    Result<Receipt> receipt = Receipt{};
    try {
        receipt = handle(request, *workflow, commit);
    } catch (const std::exception& fault) {
        // A workflow must not throw; one that does may not kill the process that embeds us.
        receipt = error(ErrorCode::defect, "a command for " + request.stream.text() +
                                               " ended in an exception: " + fault.what() +
                                               "; nothing was written");
    }
    if (!receipt) {
        if (commit.folded) restore(request.stream, commit);
        keys_.drop_staged_after(keys_before);
        return receipt;
    }
    keep(std::move(commit));
    return receipt;
}

Result<Receipt> Stage::handle(const CommandRequest& request, const Workflow& workflow,
                              Commit& commit) {
    const auto fetched = states_.fetch(request.stream);
    if (!fetched) return fetched.error();
    State& state = **fetched;
    auto first_answer = find_first_answer(request, workflow, state);
    if (!first_answer) return first_answer.error();
    if (*first_answer) return std::move(**first_answer);
    if (request.expected_version && *request.expected_version != state.version) {
        return error(ErrorCode::version_conflict,
                     request.stream.text() + " is at version " +
                         std::to_string(state.version.value) + ", not at " +
                         std::to_string(request.expected_version->value) +
                         "; read it again and decide anew");
    }
    const Instant now = std::max(clock_.now(), last_recorded_at_);
    auto answer = decide(request, workflow, state, now);
    if (!answer) return answer.error();
    begin(request, now, commit);
    auto receipt = std::holds_alternative<Rejection>(*answer)
                       ? refuse(request, workflow, std::get<Rejection>(*answer), commit)
                       : accept(request, workflow, *std::get<std::unique_ptr<Proposal>>(*answer),
                                state, commit);
    if (!receipt) return receipt;
    receipt->recorded_at = now;
    receipt->first = Position{head_.value + (commit.records.empty() ? 0 : 1)};
    receipt->last = Position{head_.value + commit.records.size()};
    return receipt;
}

Result<std::optional<Receipt>> Stage::find_first_answer(const CommandRequest& request,
                                                        const Workflow& workflow,
                                                        const State& state) {
    Position first;
    const auto staged = staged_receipts_.find(request.command_id.text());
    if (staged != staged_receipts_.end()) {
        first = staged->second;
    } else {
        if (unsettled_receipts_.contains(request.command_id.text())) {
            if (auto durable = await_(); !durable) return durable.error();
        }
        const auto stored = store_.find_receipt(request.command_id);
        if (!stored) return stored.error();
        if (!*stored) return std::optional<Receipt>();
        first = **stored;
    }
    std::string bytes;
    const std::uint64_t staged_from = head_.value + 1 - records_.size();
    const auto read = [&](Position position) -> Result<std::string_view> {
        if (position.value >= staged_from) {
            return std::string_view(records_[position.value - staged_from].bytes);
        }
        auto stored = store_.read(position);
        if (!stored) return stored.error();
        bytes = std::move(*stored).value_or(std::string());
        return std::string_view(bytes);
    };
    auto receipt = read_receipt(first, read);
    if (!receipt) return receipt.error();
    // A refusal is compared under the log's secret: who the subject was may not have been known.
    const PersonId subject =
        receipt->rejection ? PersonId{} : workflow.subject(state, request.command);
    Result<const KeyBytes*> key = &keyring_.log_secret();
    if (!subject.is_nil()) key = keys_.find(subject);
    if (!key && key.error().code != ErrorCode::not_found) return key.error();
    const auto first_bytes = read(first);
    if (!first_bytes) return first_bytes.error();
    const auto decoded = record::decode_record(*first_bytes);
    if (!decoded) return decoded.error();
    // Once the subject's key is destroyed, all that is left to compare is the stream. A subject who
    // never had a key has not been answered before.
    const bool same =
        key ? *key != nullptr && mac_of(**key, request, workflow) == decoded->envelope.command_mac
            : receipt->stream == request.stream;
    if (!same) {
        return error(ErrorCode::duplicate_command,
                     "command id \"" + request.command_id.text() + "\" was used at position " +
                         std::to_string(first.value) +
                         " for something else; give this command an id of its own");
    }
    return std::optional<Receipt>(std::move(*receipt));
}

Result<Workflow::Answer> Stage::decide(const CommandRequest& request, const Workflow& workflow,
                                       const State& state, Instant now) {
    if (auto no = check_history(request, now)) return Workflow::Answer(std::move(*no));
    Context context;
    context.stream = request.stream;
    context.position = Position{head_.value + 1};
    context.now = now;
    context.occurred_at = request.occurred_at.value_or(now);
    context.history = request.claim.has_value();
    context.actor = request.actor;
    auto wanted = workflow.references(state, request.command);
    std::vector<std::string> asked;
    for (int rounds = 0; rounds < reference_rounds_max; ++rounds) {
        const auto asked_before = asked.size();
        for (const StreamId& stream : wanted) {
            if (std::find(asked.begin(), asked.end(), stream.text()) != asked.end()) continue;
            asked.push_back(stream.text());
            const auto referred = states_.fetch(stream);
            if (!referred) return referred.error();
            if ((*referred)->version.value == 0) continue;
            context.references.add(stream, (*referred)->type(), (*referred)->value());
        }
        if (rounds > 0 && asked.size() == asked_before) break;
        wanted = workflow.further_references(state, request.command, context);
        if (wanted.empty()) break;
    }
    return workflow.decide(state, request.command, context);
}

void Stage::begin(const CommandRequest& request, Instant now, Commit& commit) const {
    Envelope& envelope = commit.envelope;
    envelope.log_id = keyring_.log_id();
    envelope.position = Position{head_.value + 1};
    envelope.recorded_at = now;
    envelope.occurred_at = request.occurred_at.value_or(now);
    envelope.stream = request.stream;
    envelope.actor = request.actor;
    envelope.command_id = request.command_id;
    envelope.causation = request.causation;
    envelope.claim = request.claim;
}

Result<Receipt> Stage::refuse(const CommandRequest& request, const Workflow& workflow,
                              const Rejection& rejection, Commit& commit) {
    Envelope& envelope = commit.envelope;
    // The refusal is a fact of now, whatever the command claimed.
    envelope.occurred_at = envelope.recorded_at;
    envelope.claim.reset();
    envelope.event_name = record::CommandRejected::event_name;
    envelope.schema_version = record::CommandRejected::schema_version;
    envelope.command_mac = mac_of(keyring_.log_secret(), request, workflow);
    envelope.salt.bytes = record::random_bytes<16>();
    const record::CommandRejected refused{std::string(workflow.command_name(request.command)),
                                          rejection.rule, rejection.phase, rejection.message};
    const auto added = add(commit, record::encode_envelope(envelope), record::to_bytes(refused));
    if (!added) return added.error();
    Receipt receipt;
    receipt.stream = request.stream;
    receipt.rejection = rejection;
    return receipt;
}

Result<Receipt> Stage::accept(const CommandRequest& request, const Workflow& workflow,
                              Proposal& proposal, State& state, Commit& commit) {
    const std::size_t records = proposal.count() + proposal.claims.size();
    if (records > commit_records_max) {
        return error(ErrorCode::invalid_input,
                     "the command would add " + std::to_string(records) + " records, " +
                         std::to_string(commit_records_max) + " are allowed; divide it");
    }
    const PersonId subject = workflow.subject(state, request.command);
    const KeyBytes* key = &keyring_.log_secret();
    if (!subject.is_nil()) {
        const auto owned = keys_.fetch(subject);
        if (!owned) return owned.error();
        key = *owned;
    }
    commit.envelope.command_mac = mac_of(*key, request, workflow);
    commit.envelope.policy = proposal.policy;
    commit.envelope.count = static_cast<std::uint16_t>(records);
    commit.folded = true;
    commit.records.reserve(records);
    if (auto added = add_events(request, proposal, state, commit); !added) return added.error();
    if (auto added = add_claims(proposal, commit); !added) return added.error();
    Receipt receipt;
    receipt.stream = request.stream;
    receipt.version = state.version;
    for (std::size_t i = 0; i < proposal.count(); ++i) {
        receipt.events.emplace_back(proposal.event_name(i));
    }
    return receipt;
}

Result<void> Stage::add_events(const CommandRequest& request, Proposal& proposal, State& state,
                               Commit& commit) {
    for (std::size_t i = 0; i < proposal.count(); ++i) {
        Envelope& envelope = commit.envelope;
        envelope.version = Version{state.version.value + 1};
        envelope.event_name = proposal.event_name(i);
        envelope.schema_version = proposal.schema_version(i);
        envelope.salt.bytes = record::random_bytes<16>();
        std::string envelope_bytes = record::encode_envelope(envelope);
        Result<void> sealed;
        proposal.seal(i, [&](Personal& field, std::string_view path) {
            if (field.state != Personal::State::open || !sealed) return;
            if (field.owner.is_nil()) {
                sealed = error(ErrorCode::defect, envelope.event_name + ": the personal field \"" +
                                                      std::string(path) +
                                                      "\" has no owner; decide must name one");
                return;
            }
            const auto key = keys_.fetch(field.owner);
            if (!key) {
                sealed = key.error();
                return;
            }
            record::seal(field, **key, envelope_bytes, path);
        });
        if (!sealed) return sealed;
        if (!proposal.apply(i, state)) {
            return error(ErrorCode::defect, "kernel and fold disagree about " +
                                                envelope.event_name + " in " +
                                                request.stream.text() + "; nothing was written");
        }
        state.version = envelope.version;
        if (auto added = add(commit, std::move(envelope_bytes), proposal.encode(i)); !added) {
            return added;
        }
    }
    return {};
}

Result<void> Stage::add_claims(const Proposal& proposal, Commit& commit) {
    const std::string holder = commit.envelope.stream.text();
    for (const ClaimChange& change : proposal.claims) {
        const auto fetched = states_.fetch(change.claim);
        if (!fetched) return fetched.error();
        State& state = **fetched;
        if (state.type() != typeid(ClaimState)) {
            return error(ErrorCode::defect, holder + " claims " + change.claim.text() +
                                                ", which is no claim; nothing was written");
        }
        const bool takes = change.kind != ClaimChange::Kind::release;
        const std::string& held_by = static_cast<const ClaimState*>(state.value())->holder;
        const bool is_held = takes ? !held_by.empty() : held_by != holder;
        if (is_held && change.kind != ClaimChange::Kind::take_over) {
            return error(ErrorCode::defect, holder + " " + (takes ? "takes" : "releases") +
                                                " the claim " + change.claim.text() + " that \"" +
                                                held_by + "\" holds");
        }
        Envelope& envelope = commit.envelope;
        envelope.stream = change.claim;
        envelope.version = Version{state.version.value + 1};
        envelope.event_name =
            takes ? record::ClaimTaken::event_name : record::ClaimReleased::event_name;
        envelope.schema_version = 1;
        envelope.salt.bytes = record::random_bytes<16>();
        const std::string payload = takes ? record::to_bytes(record::ClaimTaken{holder})
                                          : record::to_bytes(record::ClaimReleased{holder});
        const Workflow* claims = find_workflow(workflows_, change.claim.workflow());
        const auto folded = claims->replay(state, envelope.event_name, 1, payload);
        if (!folded) return folded;
        state.version = envelope.version;
        if (auto added = add(commit, record::encode_envelope(envelope), payload); !added) {
            return added;
        }
    }
    return {};
}

Result<void> Stage::add(Commit& commit, std::string envelope_bytes,
                        std::string_view payload) const {
    Envelope& envelope = commit.envelope;
    if (envelope_bytes.size() + payload.size() > record_size_max) {
        return error(ErrorCode::invalid_input,
                     envelope.event_name + " would be a record of " +
                         std::to_string(envelope_bytes.size() + payload.size()) +
                         " bytes, 65535 are allowed; attach long texts as files by hash and URI");
    }
    Record record{envelope, std::move(envelope_bytes)};
    record.bytes.append(payload);
    commit.records.push_back(std::move(record));
    ++envelope.position.value;
    ++envelope.index;
    return {};
}

void Stage::keep(Commit commit) {
    if (commit.records.empty()) return;
    staged_receipts_.emplace(commit.records.front().envelope.command_id.text(),
                             Position{head_.value + 1});
    last_recorded_at_ = commit.envelope.recorded_at;
    head_.value += commit.records.size();
    for (Record& record : commit.records) {
        bytes_ += record.bytes.size();
        records_.push_back(std::move(record));
    }
}

void Stage::restore(const StreamId& stream, const Commit& abandoned) {
    restore_stream(stream);
    for (const Record& record : abandoned.records) {
        if (record.envelope.stream != stream) restore_stream(record.envelope.stream);
    }
}

void Stage::restore_stream(const StreamId& stream) {
    states_.drop(stream);
    if (!unsettled_receipts_.empty() && !await_()) return;
    const auto fetched = states_.fetch(stream);
    if (!fetched) return;  // the next command for this stream meets the same error and reports it
    const Workflow* workflow = find_workflow(workflows_, stream.workflow());
    for (const Record& record : records_) {
        if (record.envelope.stream != stream || record.envelope.version.value == 0) continue;
        const auto decoded = record::decode_record(record.bytes);
        if (!decoded) continue;
        const auto folded = workflow->replay(**fetched, record.envelope.event_name,
                                             record.envelope.schema_version, decoded->payload);
        if (folded) (*fetched)->version = record.envelope.version;
    }
}

void Stage::create_log(std::string program) {
    Commit commit;
    Envelope& envelope = commit.envelope;
    envelope.log_id = keyring_.log_id();
    envelope.position = Position{head_.value + 1};
    envelope.recorded_at = envelope.occurred_at = std::max(clock_.now(), last_recorded_at_);
    envelope.stream = *StreamId::make("log", "main");
    envelope.version = Version{1};
    envelope.event_name = record::LogCreated::event_name;
    envelope.actor.role = system_role;
    envelope.command_id = *CommandId::make("log.created");
    envelope.salt.bytes = record::random_bytes<16>();
    const auto payload = record::to_bytes(record::LogCreated{std::move(program)});
    const auto added = add(commit, record::encode_envelope(envelope), payload);
    if (added) keep(std::move(commit));
}

AppendBatch Stage::take() {
    // What is forgotten is read from the store again, and the store has all but this batch.
    states_.trim(records_);
    keys_.trim(options_.cached_streams_max);
    AppendBatch batch;
    batch.records = std::exchange(records_, {});
    batch.keys = keys_.take_staged();
    bytes_ = 0;
    unsettled_receipts_ = std::exchange(staged_receipts_, {});
    return batch;
}

void Stage::settled() {
    unsettled_receipts_.clear();
}

}  // namespace jejak::runtime
