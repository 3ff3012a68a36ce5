// Any bytes as a record: refused, or the very bytes that its parts encode to.
#include <cstdint>
#include <cstdlib>

#include "engine/record/envelope.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto decoded = jejak::record::decode_record(bytes);
    if (!decoded) return 0;
    std::string again = jejak::record::encode_envelope(decoded->envelope);
    if (again.append(decoded->payload) != bytes) std::abort();
    return 0;
}
