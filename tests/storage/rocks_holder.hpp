#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "storage/rocks_event_store.hpp"
#include "tests/storage/sample_log.hpp"
#include "tests/storage/store_calls.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace jejak::storage {

inline std::unique_ptr<RocksEventStore> open_store(const std::string& directory,
                                                   RocksEventStore::Access access,
                                                   const StoreOptions& options = {}) {
    auto opened = RocksEventStore::open(directory, access, options);
    EXPECT_TRUE(opened.has_value()) << opened.error().message;
    return opened ? std::move(*opened) : nullptr;
}

// A log on the disk that is gone with the holder.
struct RocksHolder {
    RocksHolder() { reopen(); }
    EventStore& store() { return *opened; }
    void reopen() {
        opened.reset();
        opened = open_store(directory.path().string(), RocksEventStore::Access::create);
    }

    TemporaryDirectory directory;
    std::unique_ptr<RocksEventStore> opened;
};

// A log of `batches` batches of `batch_size` in `directory`, closed.
inline SampleLog make_log(const std::string& directory, std::size_t batches, std::size_t batch_size,
                          const StoreOptions& options = {}) {
    SampleLog log;
    const auto store = open_store(directory, RocksEventStore::Access::create, options);
    const auto epoch = store->acquire_writer_epoch().value();
    for (std::size_t i = 0; i < batches; ++i) {
        const auto head = log.head();
        EXPECT_TRUE(append_to(*store, log.batch(batch_size), head, epoch).has_value());
    }
    return log;
}

}  // namespace jejak::storage
