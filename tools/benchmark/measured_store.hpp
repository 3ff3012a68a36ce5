#pragma once

#include <vector>

#include "engine/event_store.hpp"

namespace jejak::benchmark {

// An event store that hands everything on and notes how many records each append had.
class MeasuredStore final : public EventStore {
  public:
    explicit MeasuredStore(EventStore& store) : store_(store) {}

    [[nodiscard]] const std::vector<std::size_t>& group_sizes() const { return group_sizes_; }

    Result<std::uint64_t> acquire_writer_epoch() override { return store_.acquire_writer_epoch(); }
    void append(AppendBatch batch, Position expected_head, std::uint64_t writer_epoch,
                Completion completion) override {
        group_sizes_.push_back(batch.records.size());
        store_.append(std::move(batch), expected_head, writer_epoch, std::move(completion));
    }
    Result<Head> head() const override { return store_.head(); }
    Result<std::optional<std::string>> read(Position position) const override {
        return store_.read(position);
    }
    Result<void> scan(Position first, Position last, const RecordVisitor& visit) const override {
        return store_.scan(first, last, visit);
    }
    Result<void> read_stream(const StreamId& stream, Version from,
                             const RecordVisitor& visit) const override {
        return store_.read_stream(stream, from, visit);
    }
    Result<std::optional<Position>> find_receipt(const CommandId& id) const override {
        return store_.find_receipt(id);
    }
    Result<std::optional<std::string>> wrapped_key(PersonId owner) const override {
        return store_.wrapped_key(owner);
    }
    Result<std::vector<std::string>> inclusion_proof(Position position,
                                                     std::uint64_t size) const override {
        return store_.inclusion_proof(position, size);
    }
    Result<std::vector<std::string>> consistency_proof(std::uint64_t size1,
                                                       std::uint64_t size2) const override {
        return store_.consistency_proof(size1, size2);
    }

  private:
    EventStore& store_;
    std::vector<std::size_t> group_sizes_;
};

}  // namespace jejak::benchmark
