#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/metrics/exposition.hpp"
#include "adapters/metrics/family.hpp"
#include "adapters/metrics/instruments.hpp"
#include "engine/result.hpp"

namespace jejak::metrics {

// All that this process counts and measures, told in the way in which Prometheus asks for it.
// Everything is registered once, when the program is put together; what is given out lives as long
// as the registry. Thread-safe.
//
// Errors of every registration: invalid_input, naming the metric and what is wrong: a name that
// exists, or that is one of the names of a histogram that exists (…_bucket, …_sum, …_count); a name
// that is not letters, digits, _ and :, or begins with a digit; a counter whose name does not end
// in _total; a label that is not letters, digits and _, begins with a digit or __, stands twice, or
// is `le` of a histogram; a value of a label that stands twice; bounds that are none, not finite or
// do not rise.
class Registry {
  public:
    template <std::size_t count>
    using LabelNames = std::array<std::string_view, count>;

    [[nodiscard]] Result<Counter*> counter(std::string_view name, std::string_view help);
    [[nodiscard]] Result<Gauge*> gauge(std::string_view name, std::string_view help);
    [[nodiscard]] Result<Histogram*> histogram(std::string_view name, std::string_view help,
                                               std::vector<double> bounds);

    // `read` is called by each expose(), on its thread, and must not call this registry. An
    // exception out of it is told as NaN.
    [[nodiscard]] Result<void> gauge_from(std::string_view name, std::string_view help,
                                          std::function<double()> read);

    // One series for each value of `label`, asked for like gauge_from()'s.
    struct Asked {
        std::string value;
        std::function<double()> read;
    };
    [[nodiscard]] Result<void> gauges_from(std::string_view name, std::string_view help,
                                           std::string_view label, std::vector<Asked> series);

    // registry.counters<2>("jejak_http_requests_total", "…", {"method", "status"})
    template <std::size_t count>
    [[nodiscard]] Result<Family<Counter, count>> counters(std::string_view name,
                                                          std::string_view help,
                                                          const LabelNames<count>& labels) {
        const auto family = add_counters({std::string(name), std::string(help), list(labels)});
        if (!family) return family.error();
        return Family<Counter, count>(**family);
    }
    template <std::size_t count>
    [[nodiscard]] Result<Family<Gauge, count>> gauges(std::string_view name, std::string_view help,
                                                      const LabelNames<count>& labels) {
        const auto family = add_gauges({std::string(name), std::string(help), list(labels)});
        if (!family) return family.error();
        return Family<Gauge, count>(**family);
    }
    template <std::size_t count>
    [[nodiscard]] Result<Family<Histogram, count>> histograms(std::string_view name,
                                                              std::string_view help,
                                                              std::vector<double> bounds,
                                                              const LabelNames<count>& labels) {
        const auto family =
            add_histograms({std::string(name), std::string(help), list(labels)}, std::move(bounds));
        if (!family) return family.error();
        return Family<Histogram, count>(**family);
    }

    // All of it, in the order of the names; to be sent as exposition_type.
    [[nodiscard]] std::string expose() const;

  private:
    template <std::size_t count>
    [[nodiscard]] static std::vector<std::string> list(const LabelNames<count>& labels) {
        return {labels.begin(), labels.end()};
    }
    [[nodiscard]] Result<LabelledFamily<Counter>*> add_counters(FamilyName name);
    [[nodiscard]] Result<LabelledFamily<Gauge>*> add_gauges(FamilyName name);
    [[nodiscard]] Result<LabelledFamily<Histogram>*> add_histograms(FamilyName name,
                                                                    std::vector<double> bounds);
    [[nodiscard]] Result<void> add(const std::string& name, bool is_histogram,
                                   std::unique_ptr<FamilyBase> family);

    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const FamilyBase>> families_;
    std::map<std::string, std::string> taken_;  // name of a series -> its family
};

}  // namespace jejak::metrics
