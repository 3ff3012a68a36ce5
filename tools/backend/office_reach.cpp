#include "tools/backend/office_reach.hpp"

namespace jejak::tools::backend {

Result<bool> OfficeReach::holds(const std::string& unit) {
    if (reader_.office == "auditor" || reader_.person.empty()) return true;
    if (const auto known = known_.find(unit); known != known_.end()) return known->second;
    const auto person = workspace_.people().find(reader_.person);
    if (!person) return person.error();
    if (!*person) return false;
    const auto reaches = office_reaches(workspace_, **person, reader_.office, unit);
    if (reaches) known_[unit] = *reaches;
    return reaches;
}

}  // namespace jejak::tools::backend
