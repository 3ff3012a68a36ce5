#pragma once

#include <map>
#include <string>

#include "tools/reader.hpp"

namespace jejak::tools::backend {

// Of which units an officer sees something: an office may be limited to a unit and what is below.
// What was asked is remembered, so it is for one request, or for as long as an answer may be old.
// One thread; the workspace is borrowed.
class OfficeReach {
  public:
    OfficeReach(Workspace& workspace, ReaderFlags reader)
        : workspace_(workspace), reader_(std::move(reader)) {}

    // Errors: those of the store.
    [[nodiscard]] Result<bool> holds(const std::string& unit);

  private:
    Workspace& workspace_;
    const ReaderFlags reader_;
    std::map<std::string, bool> known_;
};

}  // namespace jejak::tools::backend
