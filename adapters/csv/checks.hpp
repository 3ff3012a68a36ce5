#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/csv/table.hpp"
#include "engine/result.hpp"

namespace jejak::csv {

// Smallest and largest score, canonical decimals; both are allowed scores.
struct Scale {
    std::string min;
    std::string max;
};

// "1:5", "0:10" or "0,5:5". Errors: invalid_input, also where the first is not below the second.
[[nodiscard]] Result<Scale> parse_scale(std::string_view text);

// What is wrong with one row; `message` names file, line, column and heading itself.
struct Fault {
    Place place;
    std::string message;
};

// The first `kept_max` faults of a table, and how many there are in all.
class Faults {
  public:
    static constexpr std::size_t kept_max = 1'000;

    void add(Place place, std::string message);
    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] const std::vector<Fault>& kept() const { return kept_; }
    [[nodiscard]] std::uint64_t not_kept() const { return count_ - kept_.size(); }
    // The messages, one a line, of at most `lines_max` faults, and the number of the rest.
    [[nodiscard]] std::string text(std::size_t lines_max = kept_max) const;

  private:
    std::vector<Fault> kept_;
    std::uint64_t count_ = 0;
};

// Reads fields of one row; what is wrong goes to `faults`, and the answer is then nothing. All
// three must outlive it.
class RowReader {
  public:
    RowReader(const Table& table, const Row& row, Faults& faults)
        : table_(table), row_(row), faults_(faults) {}

    // Without blanks around it, not empty, without control characters, not ruined by a spreadsheet.
    [[nodiscard]] std::optional<std::string> identifier(std::size_t index);
    // A canonical decimal inside of the scale.
    [[nodiscard]] std::optional<std::string> score(std::size_t index, const Scale& scale);
    // A canonical decimal that is not below 0.
    [[nodiscard]] std::optional<std::string> count(std::size_t index);
    void fault(std::size_t index, std::string_view message);

  private:
    const Table& table_;
    const Row& row_;
    Faults& faults_;
};

// Which unit each ratee was given first, and where.
class RateeUnits {
  public:
    // "" if the ratee has no other unit, else what is wrong.
    [[nodiscard]] std::string add(const std::string& ratee, const std::string& unit,
                                  std::uint64_t line);

  private:
    struct First {
        std::string unit;
        std::uint64_t line;
    };
    std::unordered_map<std::string, First> first_;
};

// Which (ratee, rater) were there, and where.
class RatingPairs {
  public:
    // 0 if the pair is new, else the line on which it was first.
    [[nodiscard]] std::uint64_t add(const std::string& ratee, const std::string& rater,
                                    std::uint64_t line);

  private:
    std::unordered_map<std::string, std::uint32_t> ratees_;
    std::unordered_map<std::string, std::uint32_t> raters_;
    std::unordered_map<std::uint64_t, std::uint64_t> lines_;  // numbers of both -> line
};

}  // namespace jejak::csv
