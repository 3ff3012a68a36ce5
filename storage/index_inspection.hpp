#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/record/envelope.hpp"
#include "storage/database.hpp"
#include "storage/findings.hpp"

namespace jejak::storage {

// A digest of a set of rows that does not depend on their order: the sum of their keyed SHA-256
// in four lanes, and how many they are. Two sets with the same digest are the same set, up to a
// chance that nobody without the key, drawn anew for each inspection, can improve upon.
class RowSetDigest {
  public:
    explicit RowSetDigest(std::string key) : key_(std::move(key)) {}
    void add(std::string_view row_key, std::string_view value);
    // A digest of nothing, under the same key.
    [[nodiscard]] RowSetDigest emptied() const { return RowSetDigest(key_); }
    [[nodiscard]] std::uint64_t count() const { return count_; }
    friend bool operator==(const RowSetDigest& left, const RowSetDigest& right) {
        return left.count_ == right.count_ && left.lanes_ == right.lanes_;
    }

  private:
    std::string key_;
    std::uint64_t count_ = 0;
    std::array<std::uint64_t, 4> lanes_{};
};

// Holds stream index and receipts against the envelopes: in order and without lookups while they
// agree, row by row to name the place when they do not.
class IndexInspection {
  public:
    IndexInspection();
    // For each record up to the head, in any order.
    void expect(const Envelope& envelope);
    // After the last record. Counts streams, events and commits.
    void compare(const Database& database, const Head& head, Inspection& inspection,
                 Findings& findings) const;

  private:
    RowSetDigest streams_;
    RowSetDigest receipts_;
};

}  // namespace jejak::storage
