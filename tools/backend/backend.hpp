#pragma once

#include "adapters/http/message.hpp"
#include "adapters/http/refusal.hpp"
#include "tools/backend/context.hpp"

namespace jejak::tools::backend {

// The resources of the backend (adapters/README.md, "Over HTTP"). Verbs are commands; reads go
// through appraisal::disclosed, for the caller. Thread-safe; what the context borrows must outlive
// every request that is under way.
class Backend {
  public:
    explicit Backend(Context context) : context_(std::move(context)) {}

    // As http::Handler.
    void handle(http::Request request, http::Answer answer);
    // The same for a caller who is known already: the gate is not asked.
    void handle_as(Caller caller, http::Request request, http::Answer answer);
    // Which bodies are read as they come in: many commands. As http::ServerSettings::streams_body.
    [[nodiscard]] static bool streams_body(const http::Request& head);
    // What the transport refuses, in the caller's language. As http::ServerSettings::words_of.
    [[nodiscard]] static http::Response words_of(const http::Refusal& refusal,
                                                 std::string_view accept_language);

  private:
    Context context_;
};

}  // namespace jejak::tools::backend
