#pragma once

#include "engine/runtime/command.hpp"
#include "engine/runtime/writer.hpp"
#include "tools/caller.hpp"
#include "tools/reader.hpp"
#include "tools/workspace.hpp"

// What a caller sees at all. What she does not see does not exist for her: neither a read nor the
// refusal of a command may tell her that it is there.
namespace jejak::tools::backend {

// The caller as reader, by what the log knows of her. Neither person nor office: nothing is hers.
// Errors: those of the store.
[[nodiscard]] Result<ReaderFlags> reader_of(Workspace& workspace, const Caller& caller);

// Whether anything of the appraisal is for the caller; never of one that is not there. Errors:
// invalid_input for what names no appraisal; those of the store.
[[nodiscard]] Result<bool> sees(Workspace& workspace, const Caller& caller,
                                const std::string& token);

// The appraisal that a command is about and that has to be there for it; "" for any other command.
[[nodiscard]] std::string appraisal_of(const runtime::CommandRequest& request);

// Whether the writer's "no" would tell of an appraisal that is not for the caller: it is recorded
// as it is, and she is told that there is no such appraisal. `token` as appraisal_of() has it.
// Errors: those of the store.
[[nodiscard]] Result<bool> tells_too_much(Workspace& workspace, const Caller& caller,
                                          const std::string& token,
                                          const Result<runtime::Receipt>& receipt);

}  // namespace jejak::tools::backend
