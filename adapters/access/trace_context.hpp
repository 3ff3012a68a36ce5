#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What ties together the log lines that several programs write about one request: the header
// `traceparent` of https://www.w3.org/TR/trace-context/, level 1.
namespace jejak::access {

struct TraceContext {
    std::array<std::uint8_t, 16> trace_id{};  // of the whole; never all zero
    std::array<std::uint8_t, 8> span_id{};    // of our part, "parent-id" in the header; never zero
    bool is_sampled = false;                  // the caller may have recorded it

    friend bool operator==(const TraceContext&, const TraceContext&) = default;
};

// Reads the value of `traceparent`, without blanks around it (section 3.2). Version 00 is exactly
// 55 characters; of a later one, these are read and what follows after another "-" is not (section
// 4.3). None, for: version ff, digits that are not lower-case hexadecimal, ids of zeros only.
[[nodiscard]] std::optional<TraceContext> parse_traceparent(std::string_view text);

// "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", always version 00; of the flags only
// "sampled" is passed on, as version 00 asks.
[[nodiscard]] std::string to_text(const TraceContext& context);

// For logs: the 32 digits of the trace.
[[nodiscard]] std::string trace_id_text(const TraceContext& context);

// A new trace with random ids, not sampled. Any thread.
[[nodiscard]] TraceContext new_trace();

// The part of ours in the trace of `parent`: a new random span.
[[nodiscard]] TraceContext child_of(const TraceContext& parent);

// What a request goes on with, given all its `traceparent` headers: a child if there is exactly one
// and it is right, else a new trace (section 4.2).
[[nodiscard]] TraceContext continued(const std::vector<std::string_view>& traceparents);

}  // namespace jejak::access
