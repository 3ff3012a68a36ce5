#include "adapters/access/trace_context.hpp"

#include <algorithm>

#include "engine/ids.hpp"
#include "engine/record/randomness.hpp"

namespace jejak::access {
namespace {

constexpr std::size_t traceparent_size = 55;
constexpr std::uint8_t sampled_flag = 0x01;

bool is_lower_case_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

template <std::size_t size>
bool read_trace_part(std::string_view text, std::array<std::uint8_t, size>& out) {
    return is_lower_case_hex(text) && from_hex(text, out.data(), size);
}

template <std::size_t size>
bool is_zero(const std::array<std::uint8_t, size>& bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

// Random, and not all zero.
template <std::size_t size>
std::array<std::uint8_t, size> fresh_trace_part() {
    auto bytes = record::random_bytes<size>();
    while (is_zero(bytes))
        bytes = record::random_bytes<size>();
    return bytes;
}

}  // namespace

std::optional<TraceContext> parse_traceparent(std::string_view text) {
    if (text.size() < traceparent_size) return std::nullopt;
    if (text[2] != '-' || text[35] != '-' || text[52] != '-') return std::nullopt;
    std::array<std::uint8_t, 1> version{}, flags{};
    TraceContext context;
    const bool is_hex = read_trace_part(text.substr(0, 2), version) &&
                        read_trace_part(text.substr(3, 32), context.trace_id) &&
                        read_trace_part(text.substr(36, 16), context.span_id) &&
                        read_trace_part(text.substr(53, 2), flags);
    if (!is_hex || version[0] == 0xFF) return std::nullopt;
    if (is_zero(context.trace_id) || is_zero(context.span_id)) return std::nullopt;
    const bool has_more = text.size() > traceparent_size;
    if (has_more && (version[0] == 0 || text[traceparent_size] != '-')) return std::nullopt;
    context.is_sampled = (flags[0] & sampled_flag) != 0;
    return context;
}

std::string to_text(const TraceContext& context) {
    return "00-" + trace_id_text(context) + "-" +
           to_hex(context.span_id.data(), context.span_id.size()) +
           (context.is_sampled ? "-01" : "-00");
}

std::string trace_id_text(const TraceContext& context) {
    return to_hex(context.trace_id.data(), context.trace_id.size());
}

TraceContext new_trace() {
    return {fresh_trace_part<16>(), fresh_trace_part<8>(), false};
}

TraceContext child_of(const TraceContext& parent) {
    return {parent.trace_id, fresh_trace_part<8>(), parent.is_sampled};
}

TraceContext continued(const std::vector<std::string_view>& traceparents) {
    if (traceparents.size() != 1) return new_trace();
    const auto parent = parse_traceparent(traceparents.front());
    return parent ? child_of(*parent) : new_trace();
}

}  // namespace jejak::access
