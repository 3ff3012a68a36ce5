// Any text as a policy document: read, or refused with the same problems that `check` names.
#include <cstdint>
#include <cstdlib>

#include "workflows/scoring/check.hpp"
#include "workflows/scoring/policy.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const bool is_good = jejak::scoring::check(text).empty();
    if (jejak::scoring::parse_policy(text).has_value() != is_good) std::abort();
    return 0;
}
