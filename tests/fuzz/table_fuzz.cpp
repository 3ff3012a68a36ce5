// Any bytes as a CSV file: rows as wide as the headings, or refused.
#include <cstdint>
#include <cstdlib>

#include "adapters/csv/table.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto table =
        jejak::csv::Table::from_memory({reinterpret_cast<const char*>(data), size}, "fuzz.csv");
    if (!table) return 0;
    for (;;) {
        const auto row = table->next();
        if (!row && !table->can_continue()) return 0;
        if (row && !*row) return 0;
        if (row && (*row)->fields.size() != table->headings().size()) std::abort();
    }
}
