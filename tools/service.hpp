#pragma once

#include "adapters/http/server.hpp"
#include "tools/caller.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

// The resources of the HTTP backend (adapters/README.md, "Over HTTP"). Verbs are commands; reads go
// through appraisal::disclosed, for the caller. Thread-safe; the workspace is borrowed, opened for
// writing, and must outlive it.
class Service {
  public:
    Service(Workspace& workspace, const Callers& callers)
        : workspace_(workspace), callers_(callers) {}

    void handle(http::Request request, http::Answer answer);

  private:
    Workspace& workspace_;
    const Callers& callers_;
};

}  // namespace jejak::tools
