#include "adapters/metrics/exposition.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace jejak::metrics {
namespace {

std::string escaped_metric_text(std::string_view text, bool with_quotes) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        if (c == '\\') {
            escaped += "\\\\";
        } else if (c == '\n') {
            escaped += "\\n";
        } else if (c == '"' && with_quotes) {
            escaped += "\\\"";
        } else {
            escaped += c;
        }
    }
    return escaped;
}

void write_sample(std::string& text, std::string_view name, std::string_view suffix,
                  std::string_view labels, const std::string& value) {
    text.append(name).append(suffix).append(labels).append(" ").append(value).append("\n");
}

}  // namespace

void write_head(std::string& text, std::string_view name, std::string_view help,
                std::string_view type) {
    text.append("# HELP ").append(name).append(" ");
    text.append(escaped_metric_text(help, false)).append("\n");
    text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

std::string labels_text(const std::vector<std::string>& names,
                        const std::vector<std::string>& values) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < values.size(); ++i) {
        text += text.empty() ? "{" : ",";
        text += names[i] + "=\"" + escaped_metric_text(values[i], true) + "\"";
    }
    return text.empty() ? text : text + "}";
}

std::string number_text(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "+Inf" : "-Inf";
    std::array<char, 32> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), written.ptr};
}

void write_series(std::string& text, std::string_view name, const std::string& labels,
                  const Counter& counter) {
    write_sample(text, name, "", labels, std::to_string(counter.value()));
}

void write_series(std::string& text, std::string_view name, const std::string& labels,
                  const Gauge& gauge) {
    write_sample(text, name, "", labels, number_text(gauge.value()));
}

void write_series(std::string& text, std::string_view name, const std::string& labels,
                  const Histogram& histogram) {
    const auto reading = histogram.read();
    const auto& bounds = histogram.bounds();
    const std::string before = labels.empty() ? "{" : labels.substr(0, labels.size() - 1) + ",";
    for (std::size_t i = 0; i < reading.up_to.size(); ++i) {
        const std::string end = i < bounds.size() ? number_text(bounds[i]) : "+Inf";
        write_sample(text, name, "_bucket", before + "le=\"" + end + "\"}",
                     std::to_string(reading.up_to[i]));
    }
    write_sample(text, name, "_sum", labels, number_text(reading.sum));
    // As the last bucket has it, so that the two never differ in one answer.
    write_sample(text, name, "_count", labels, std::to_string(reading.up_to.back()));
}

}  // namespace jejak::metrics
