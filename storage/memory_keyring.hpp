#pragma once

#include <atomic>
#include <shared_mutex>
#include <vector>

#include "engine/keyring.hpp"
#include "storage/segment_keys.hpp"

namespace jejak::storage {

// A key ring that is gone with the process: for a log in memory, for simulations and for tests.
// Erasing follows the same two steps as with FileKeyring, whose header is the contract.
class MemoryKeyring final : public Keyring {
  public:
    // Fresh random keys.
    explicit MemoryKeyring(LogId log_id);
    ~MemoryKeyring() override;
    MemoryKeyring(const MemoryKeyring&) = delete;
    MemoryKeyring& operator=(const MemoryKeyring&) = delete;

    [[nodiscard]] LogId log_id() const override { return log_id_; }
    [[nodiscard]] const KeyBytes& log_secret() const override { return log_secret_; }
    [[nodiscard]] std::string wrap(PersonId owner, const KeyBytes& key) const override;
    [[nodiscard]] std::uint64_t generation() const override { return generation_; }
    [[nodiscard]] Result<KeyBytes> unwrap(PersonId owner, std::string_view wrapped) const override;

    [[nodiscard]] Result<Replacement> begin_replacement(Segment segment,
                                                        const std::vector<WrappedKey>& survivors);
    [[nodiscard]] Result<void> finish_replacement(const Replacement& replacement);
    [[nodiscard]] std::vector<Segment> unfinished() const;

  private:
    const LogId log_id_;
    KeyBytes log_secret_;
    mutable std::shared_mutex mutex_;
    SegmentKeys keys_;
    std::atomic<std::uint64_t> generation_ = 0;
};

}  // namespace jejak::storage
