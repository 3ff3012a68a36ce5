#include "adapters/metrics/family.hpp"

#include <type_traits>

#include "adapters/csv/utf8.hpp"
#include "adapters/metrics/exposition.hpp"

namespace jejak::metrics {
namespace {

// As it is if it is UTF-8; else with "?" for all that is not ASCII.
std::string as_label_value(std::string value) {
    if (csv::is_utf8_text(value)) return value;
    for (char& c : value) {
        if (static_cast<unsigned char>(c) >= 0x80 || c == '\0') c = '?';
    }
    return value;
}

template <class Instrument>
constexpr std::string_view type_of_metric() {
    if constexpr (std::is_same_v<Instrument, Counter>) return "counter";
    if constexpr (std::is_same_v<Instrument, Gauge>) return "gauge";
    return "histogram";
}

}  // namespace

template <class Instrument>
Instrument& LabelledFamily<Instrument>::with(std::vector<std::string> values) {
    for (auto& value : values)
        value = as_label_value(std::move(value));
    const std::lock_guard lock(mutex_);
    const auto found = series_.find(values);
    if (found != series_.end()) return *found->second;
    if (series_.size() >= series_max) values.assign(values.size(), "other");
    auto& series = series_[std::move(values)];
    if (!series) series = make_();
    return *series;
}

template <class Instrument>
void LabelledFamily<Instrument>::write(std::string& text) const {
    write_head(text, name_.name, name_.help, type_of_metric<Instrument>());
    const std::lock_guard lock(mutex_);
    for (const auto& [values, series] : series_)
        write_series(text, name_.name, labels_text(name_.label_names, values), *series);
}

template class LabelledFamily<Counter>;
template class LabelledFamily<Gauge>;
template class LabelledFamily<Histogram>;

}  // namespace jejak::metrics
