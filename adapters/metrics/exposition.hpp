#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/metrics/instruments.hpp"

// Lines of Prometheus' text format 0.0.4
// (https://prometheus.io/docs/instrumenting/exposition_formats/).
namespace jejak::metrics {

// To be sent as Content-Type with Registry::expose().
inline constexpr std::string_view exposition_type = "text/plain; version=0.0.4; charset=utf-8";

// "# HELP …" and "# TYPE …". In the help, \ and line feed are escaped.
void write_head(std::string& text, std::string_view name, std::string_view help,
                std::string_view type);

// `{method="GET",status="200"}`, empty without labels; \, " and line feed are escaped in values.
[[nodiscard]] std::string labels_text(const std::vector<std::string>& names,
                                      const std::vector<std::string>& values);

// "0.005", "1", "+Inf", "NaN": the shortest text that reads back as this number.
[[nodiscard]] std::string number_text(double number);

// `labels` is of labels_text().
void write_series(std::string& text, std::string_view name, const std::string& labels,
                  const Counter& counter);
void write_series(std::string& text, std::string_view name, const std::string& labels,
                  const Gauge& gauge);
void write_series(std::string& text, std::string_view name, const std::string& labels,
                  const Histogram& histogram);

}  // namespace jejak::metrics
