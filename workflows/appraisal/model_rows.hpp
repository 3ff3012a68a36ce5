#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/envelope.hpp"
#include "engine/projection.hpp"
#include "engine/read_store.hpp"
#include "engine/record/event_codec.hpp"
#include "workflows/appraisal/lifecycle.hpp"

// What the read models of appraisals share: which record is which fact, and how rows are keyed.
namespace jejak::appraisal {

// The kind of an appraisal's event by its recorded name; nothing for the records of other workflows
// and of the engine (rejections, claims). Errors: unsupported, for an "appraisal." that this
// program does not know: it is never skipped.
[[nodiscard]] Result<std::optional<EventKind>> recorded_kind(const Envelope& envelope);

// The phase that a fact leads to wherever it stands, or nothing where it leaves the phase as it is.
// A read model folds with it and judges nothing.
[[nodiscard]] std::optional<Phase> phase_after(EventKind kind);

// Decodes the event and hands it on. Errors: those of decode_event and of `take`.
template <record::EventType E, class Take>
[[nodiscard]] Result<void> with_event(const Envelope& envelope, std::string_view payload,
                                      Take take) {
    const auto event = record::decode_event<E>(envelope.schema_version, payload);
    if (!event) return event.error();
    return take(*event);
}

// A text inside a key, so that keys sort as the texts do and none is the beginning of another:
// a zero byte becomes 00 FF, the end is 00 01.
void append_text(std::string& key, std::string_view text);
// Big-endian, so that keys sort as the numbers do; an instant before 1970 comes before 1970.
void append_number(std::string& key, std::uint64_t number);
void append_instant(std::string& key, Instant instant);
template <class Tag>
void append_id(std::string& key, const Id16<Tag>& id) {
    key.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
}

// Take what append_text or append_number wrote off the front of `rest`. Errors: corruption.
[[nodiscard]] Result<std::string> take_text(std::string_view& rest);
[[nodiscard]] Result<std::uint64_t> take_number(std::string_view& rest);

// The row under `key` as a T; nothing where there is no row. Errors: corruption, and the store's.
template <class T>
[[nodiscard]] Result<std::optional<T>> row_of(const Result<std::optional<std::string>>& bytes) {
    if (!bytes) return bytes.error();
    if (!*bytes) return std::optional<T>();
    auto row = record::from_bytes<T>(**bytes);
    if (!row) return row.error();
    return std::optional<T>(std::move(*row));
}

}  // namespace jejak::appraisal
