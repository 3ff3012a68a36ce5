#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/ids.hpp"
#include "engine/personal.hpp"

// Pieces that commands and events share. Numbers are exact decimals as text ("7.35"); names of
// criteria, sources and plan items are those of the policy or the plan.
namespace jejak::appraisal {

// One result that the employee is to achieve (rencana hasil kerja, PermenPANRB 6/2022).
struct PlanItem {
    std::string item;       // its name in this appraisal: "imunisasi"
    std::string result;     // rencana hasil kerja
    std::string indicator;  // indikator kinerja individu
    std::string aspect;     // kuantitas, kualitas, waktu, biaya
    std::string unit_of_measure;
    std::optional<std::string> target;
    std::optional<std::string> target_upper;  // for a range
    std::optional<std::string> weight;        // where the policy's plan weighs by "own"
    std::optional<std::string> formula;       // normal, inverse; none: the policy's
    std::string section;                      // utama, tambahan; "": the policy's first
    bool target_is_maximum = false;           // nobody can exceed the target
    // The superior's result that this one serves (rencana hasil kerja pimpinan yang diintervensi):
    // "<appraisal>/<item>", or "".
    std::string supports{};
    std::string unit_indicator{};  // the series of the unit that it claims to move, or ""
    friend bool operator==(const PlanItem&, const PlanItem&) = default;
};
BOOST_DESCRIBE_STRUCT(PlanItem, (),
                      (item, result, indicator, aspect, unit_of_measure, target, target_upper,
                       weight, formula, section, target_is_maximum, supports, unit_indicator))

// As it was recorded before results were linked (PlanAgreed, version 2).
struct PlanItemV2 {
    std::string item, result, indicator, aspect, unit_of_measure;
    std::optional<std::string> target, target_upper, weight, formula;
    std::string section;
    bool target_is_maximum = false;
};
BOOST_DESCRIBE_STRUCT(PlanItemV2, (),
                      (item, result, indicator, aspect, unit_of_measure, target, target_upper,
                       weight, formula, section, target_is_maximum))

// As it was recorded before plans had sections (PlanAgreed, version 1).
struct PlanItemV1 {
    std::string item, result, indicator, aspect, unit_of_measure;
    std::optional<std::string> target, target_upper, weight, formula;
};
BOOST_DESCRIBE_STRUCT(PlanItemV1, (),
                      (item, result, indicator, aspect, unit_of_measure, target, target_upper,
                       weight, formula))

// What the leader expects of one behaviour or competency (ekspektasi khusus pimpinan).
struct Expectation {
    std::string criterion;
    std::optional<std::string> level;
    Personal text;
    friend bool operator==(const Expectation&, const Expectation&) = default;
};
BOOST_DESCRIBE_STRUCT(Expectation, (), (criterion, level, text))

struct Rating {
    std::string criterion;
    std::string value;
    Personal justification;
    friend bool operator==(const Rating&, const Rating&) = default;
};
BOOST_DESCRIBE_STRUCT(Rating, (), (criterion, value, justification))

struct Score {
    std::string criterion;
    std::string value;
    friend bool operator==(const Score&, const Score&) = default;
};
BOOST_DESCRIBE_STRUCT(Score, (), (criterion, value))

// Realisation of one plan item.
struct Achievement {
    std::string item;
    std::string realisation;
    Personal note;
    friend bool operator==(const Achievement&, const Achievement&) = default;
};
BOOST_DESCRIBE_STRUCT(Achievement, (), (item, realisation, note))

// Count and exact sum of the ratings of one source for one criterion.
struct SourceSum {
    std::string source;
    std::string criterion;
    std::uint32_t count = 0;
    std::string sum;
    friend bool operator==(const SourceSum&, const SourceSum&) = default;
};
BOOST_DESCRIBE_STRUCT(SourceSum, (), (source, criterion, count, sum))

}  // namespace jejak::appraisal
