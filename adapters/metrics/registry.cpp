#include "adapters/metrics/registry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

namespace jejak::metrics {
namespace {

// Asked for when it is told: by the values of its labels, in their order.
class AskedGauges final : public FamilyBase {
  public:
    using Series = std::map<std::vector<std::string>, std::function<double()>>;
    AskedGauges(FamilyName name, Series series)
        : FamilyBase(std::move(name)), series_(std::move(series)) {}

    void write(std::string& text) const override {
        write_head(text, name_.name, name_.help, "gauge");
        for (const auto& [values, read] : series_) {
            Gauge now;
            try {
                now.set(read());
            } catch (...) {
                now.set(std::numeric_limits<double>::quiet_NaN());
            }
            write_series(text, name_.name, labels_text(name_.label_names, values), now);
        }
    }

  private:
    const Series series_;
};

Error not_registered(const std::string& name, const std::string& what) {
    return error(ErrorCode::invalid_input, "metric \"" + name + "\" is not registered: " + what);
}

bool is_metric_word(std::string_view text, bool with_colon) {
    const auto is_letter = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               (with_colon && c == ':');
    };
    return !text.empty() && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

Result<void> check_family(const FamilyName& family, bool is_histogram) {
    if (!is_metric_word(family.name, true)) {
        return not_registered(family.name,
                              "a name is letters, digits, _ and :, and begins with no digit");
    }
    std::set<std::string> seen;
    for (const auto& label : family.label_names) {
        if (!is_metric_word(label, false) || label.starts_with("__")) {
            return not_registered(family.name, "the label \"" + label +
                                                   "\" is not letters, digits and _, or begins "
                                                   "with a digit or __");
        }
        if (is_histogram && label == "le") {
            return not_registered(family.name, "`le` is the label of its own buckets");
        }
        if (!seen.insert(label).second) {
            return not_registered(family.name, "the label \"" + label + "\" stands twice");
        }
    }
    return {};
}

Result<void> check_bounds(const std::string& name, const std::vector<double>& bounds) {
    const bool rises = std::adjacent_find(bounds.begin(), bounds.end(), [](double a, double b) {
                           return !(a < b);
                       }) == bounds.end();
    const bool is_finite = std::all_of(bounds.begin(), bounds.end(),
                                       [](double bound) { return std::isfinite(bound); });
    if (!bounds.empty() && rises && is_finite) return {};
    return not_registered(name, "its bounds need at least one number, all finite and rising");
}

}  // namespace

Result<void> Registry::add(const std::string& name, bool is_histogram,
                           std::unique_ptr<FamilyBase> family) {
    std::vector<std::string> names = {name};
    if (is_histogram) {
        for (const char* suffix : {"_bucket", "_sum", "_count"})
            names.push_back(name + suffix);
    }
    const std::lock_guard lock(mutex_);
    for (const auto& each : names) {
        if (const auto found = taken_.find(each); found != taken_.end()) {
            return not_registered(name, "\"" + found->second + "\" has the name " + each +
                                            " already; register once and keep what you get");
        }
    }
    for (const auto& each : names)
        taken_.emplace(each, name);
    families_.emplace(name, std::move(family));
    return {};
}

Result<LabelledFamily<Counter>*> Registry::add_counters(FamilyName name) {
    if (auto fit = check_family(name, false); !fit) return fit.error();
    if (!name.name.ends_with("_total")) {
        return not_registered(name.name, "the name of a counter ends in _total");
    }
    const std::string key = name.name;
    auto family = std::make_unique<LabelledFamily<Counter>>(
        std::move(name), [] { return std::make_unique<Counter>(); });
    auto* kept = family.get();
    if (auto added = add(key, false, std::move(family)); !added) return added.error();
    return kept;
}

Result<LabelledFamily<Gauge>*> Registry::add_gauges(FamilyName name) {
    if (auto fit = check_family(name, false); !fit) return fit.error();
    const std::string key = name.name;
    auto family = std::make_unique<LabelledFamily<Gauge>>(std::move(name),
                                                          [] { return std::make_unique<Gauge>(); });
    auto* kept = family.get();
    if (auto added = add(key, false, std::move(family)); !added) return added.error();
    return kept;
}

Result<LabelledFamily<Histogram>*> Registry::add_histograms(FamilyName name,
                                                            std::vector<double> bounds) {
    if (auto fit = check_family(name, true); !fit) return fit.error();
    if (auto fit = check_bounds(name.name, bounds); !fit) return fit.error();
    const std::string key = name.name;
    auto family = std::make_unique<LabelledFamily<Histogram>>(
        std::move(name),
        [bounds = std::move(bounds)] { return std::make_unique<Histogram>(bounds); });
    auto* kept = family.get();
    if (auto added = add(key, true, std::move(family)); !added) return added.error();
    return kept;
}

Result<Counter*> Registry::counter(std::string_view name, std::string_view help) {
    const auto family = add_counters({std::string(name), std::string(help), {}});
    if (!family) return family.error();
    return &(*family)->with({});
}

Result<Gauge*> Registry::gauge(std::string_view name, std::string_view help) {
    const auto family = add_gauges({std::string(name), std::string(help), {}});
    if (!family) return family.error();
    return &(*family)->with({});
}

Result<Histogram*> Registry::histogram(std::string_view name, std::string_view help,
                                       std::vector<double> bounds) {
    const auto family =
        add_histograms({std::string(name), std::string(help), {}}, std::move(bounds));
    if (!family) return family.error();
    return &(*family)->with({});
}

Result<void> Registry::gauge_from(std::string_view name, std::string_view help,
                                  std::function<double()> read) {
    FamilyName family{std::string(name), std::string(help), {}};
    if (auto fit = check_family(family, false); !fit) return fit;
    const std::string key = family.name;
    AskedGauges::Series series;
    series.emplace(std::vector<std::string>(), std::move(read));
    return add(key, false, std::make_unique<AskedGauges>(std::move(family), std::move(series)));
}

Result<void> Registry::gauges_from(std::string_view name, std::string_view help,
                                   std::string_view label, std::vector<Asked> series) {
    FamilyName family{std::string(name), std::string(help), {std::string(label)}};
    if (auto fit = check_family(family, false); !fit) return fit;
    const std::string key = family.name;
    AskedGauges::Series kept;
    for (auto& [value, read] : series) {
        if (!kept.emplace(std::vector{value}, std::move(read)).second) {
            return not_registered(key, "the value \"" + value + "\" of its label stands twice");
        }
    }
    return add(key, false, std::make_unique<AskedGauges>(std::move(family), std::move(kept)));
}

std::string Registry::expose() const {
    std::vector<std::shared_ptr<const FamilyBase>> families;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [name, family] : families_)
            families.push_back(family);
    }
    std::string text;
    for (const auto& family : families)
        family->write(text);
    return text;
}

}  // namespace jejak::metrics
