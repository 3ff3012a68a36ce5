#include "tools/backend/wording.hpp"

namespace jejak::tools::backend {

const Wording* wording_of(std::string_view code) {
    for (const auto table : {appraisal_wordings(), record_wordings(), transport_wordings()}) {
        if (const auto* found = find_wording(table, code)) return found;
    }
    return nullptr;
}

}  // namespace jejak::tools::backend
