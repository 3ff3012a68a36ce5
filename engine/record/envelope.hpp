#pragma once

#include <string>
#include <string_view>

#include "engine/envelope.hpp"
#include "engine/result.hpp"

namespace jejak::record {

// A record taken apart. `payload` and `envelope_bytes` point into the bytes that were decoded.
struct DecodedRecord {
    Envelope envelope;
    std::string_view envelope_bytes;  // what sealed fields of this record are bound to
    std::string_view payload;
};

// The bytes of format 1, from the format byte to the end of the envelope; a record is these bytes
// followed by the payload. Texts longer than 255 bytes are a fault of the caller (ENSURE).
[[nodiscard]] std::string encode_envelope(const Envelope& envelope);

// Errors: unsupported for a format number above 1; corruption for anything that encode_envelope
// cannot have written.
[[nodiscard]] Result<DecodedRecord> decode_record(std::string_view bytes);

}  // namespace jejak::record
