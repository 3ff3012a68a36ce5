#pragma once

#include "tools/backend/feed.hpp"
#include "tools/gate.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools::backend {

// What all requests share. All is borrowed and thread-safe.
struct Context {
    Workspace& workspace;
    Gate& gate;
    Feed& feed;
    access::ReadLog& reads;
    const metrics::Registry& registry;
    metrics::Family<metrics::Histogram, 2> request_seconds;  // by method and status
    metrics::Family<metrics::Counter, 1> commands;           // by outcome
    bool logs_requests = false;
};

}  // namespace jejak::tools::backend
