#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/metrics/instruments.hpp"

namespace jejak::metrics {

// Sets of values of one family that are told apart; further ones are counted under "other" in every
// label, so that what comes from outside (a path, a method) cannot fill memory.
inline constexpr std::size_t series_max = 1'000;

struct FamilyName {
    std::string name;
    std::string help;
    std::vector<std::string> label_names;
};

// All that one name stands for, as the registry keeps it.
class FamilyBase {
  public:
    explicit FamilyBase(FamilyName name) : name_(std::move(name)) {}
    virtual ~FamilyBase() = default;
    FamilyBase(const FamilyBase&) = delete;
    FamilyBase& operator=(const FamilyBase&) = delete;

    // Appends the lines of all series, in the order of their label values. Thread-safe.
    virtual void write(std::string& text) const = 0;

  protected:
    const FamilyName name_;
};

// `Instrument` is Counter, Gauge or Histogram.
template <class Instrument>
class LabelledFamily final : public FamilyBase {
  public:
    using Make = std::function<std::unique_ptr<Instrument>()>;
    LabelledFamily(FamilyName name, Make make)
        : FamilyBase(std::move(name)), make_(std::move(make)) {}

    // One value for each label name. What is returned lives as long as the family. Takes a lock.
    [[nodiscard]] Instrument& with(std::vector<std::string> values);
    void write(std::string& text) const override;

  private:
    const Make make_;
    mutable std::mutex mutex_;
    std::map<std::vector<std::string>, std::unique_ptr<Instrument>> series_;
};

// What the program holds of a family with `count` labels: a handle, to be copied at will.
template <class Instrument, std::size_t count>
class Family {
  public:
    explicit Family(LabelledFamily<Instrument>& family) : family_(&family) {}

    // The one with these label values, in the order of the label names; made when it is first asked
    // for. Bytes that are no UTF-8 become "?". It lives as long as the registry: keep the reference
    // where the values are known beforehand, since asking takes a lock. Thread-safe.
    [[nodiscard]] Instrument& with(const std::array<std::string_view, count>& values) const {
        return family_->with(std::vector<std::string>(values.begin(), values.end()));
    }

  private:
    LabelledFamily<Instrument>* family_;
};

extern template class LabelledFamily<Counter>;
extern template class LabelledFamily<Gauge>;
extern template class LabelledFamily<Histogram>;

}  // namespace jejak::metrics
