#include "tools/backend/sight.hpp"

#include <any>
#include <variant>

#include "workflows/appraisal/commands.hpp"

namespace jejak::tools::backend {

Result<ReaderFlags> reader_of(Workspace& workspace, const Caller& caller) {
    ReaderFlags reader{caller.id, "", false, {}};
    for (const char* office : {"auditor", "administrator", "registrar"}) {
        if (reader.office.empty() && caller.offices.contains(office)) reader.office = office;
    }
    const auto person = workspace.people().find(caller.id);
    if (!person) return person.error();
    // An officer whom the log does not know yet reads by the office alone.
    if (!*person) reader.person.clear();
    reader.pseudonym = *person;
    return reader;
}

Result<bool> sees(Workspace& workspace, const Caller& caller, const std::string& token) {
    const auto reader = reader_of(workspace, caller);
    if (!reader) return reader.error();
    // Without person and office it would be the keeper of the data directory who reads.
    if (reader->person.empty() && reader->office.empty()) return false;
    const auto reading = Reading::of(workspace, *reader, token);
    if (reading) return true;
    if (reading.error().code == ErrorCode::not_found) return false;
    return reading.error();
}

std::string appraisal_of(const runtime::CommandRequest& request) {
    const auto* command = std::any_cast<appraisal::Command>(&request.command);
    if (command == nullptr || std::holds_alternative<appraisal::OpenAppraisal>(*command)) return "";
    return std::string(request.stream.key());
}

Result<bool> tells_too_much(Workspace& workspace, const Caller& caller, const std::string& token,
                            const Result<runtime::Receipt>& receipt) {
    const bool is_about_it = receipt ? receipt->rejection.has_value()
                                     : receipt.error().code == ErrorCode::version_conflict;
    if (token.empty() || !is_about_it) return false;
    const auto seen = sees(workspace, caller, token);
    if (!seen) return seen.error();
    return !*seen;
}

}  // namespace jejak::tools::backend
