#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/storage/sample_log.hpp"
#include "tests/storage/store_calls.hpp"

namespace jejak::storage {

// An empty store with a writer's epoch; the holder is described in event_store_contract.hpp.
template <class Holder>
class EventStoreFixture : public testing::Test {
  protected:
    EventStoreFixture() { epoch_ = holder_.store().acquire_writer_epoch().value(); }

    EventStore& store() { return holder_.store(); }
    void reopen() {
        holder_.reopen();
        epoch_ = store().acquire_writer_epoch().value();
    }
    Result<Head> append(AppendBatch batch) {
        const auto head = store().head().value().position;
        return append_to(store(), std::move(batch), head, epoch_);
    }
    void fill(std::size_t records, std::size_t batch_size) {
        for (std::size_t done = 0; done < records; done += batch_size) {
            ASSERT_TRUE(append(log_.batch(std::min(batch_size, records - done))).has_value());
        }
    }

    Holder holder_;
    SampleLog log_;
    std::uint64_t epoch_ = 0;
};

}  // namespace jejak::storage
