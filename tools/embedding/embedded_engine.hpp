#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <variant>

#include "tools/embedding/event_queue.hpp"
#include "tools/host.hpp"

namespace jejak::tools::embedding {

// What stands behind a jejak_engine: a host with a thread that keeps its time. ask() and listen()
// are thread-safe.
class EmbeddedEngine {
  public:
    // Errors: as Host::open.
    [[nodiscard]] static Result<std::unique_ptr<EmbeddedEngine>> open(const std::string& directory);
    ~EmbeddedEngine();
    EmbeddedEngine(const EmbeddedEngine&) = delete;
    EmbeddedEngine& operator=(const EmbeddedEngine&) = delete;

    struct Question {
        std::optional<Caller> caller;  // none: nobody
        std::string method, target;
        http::Pairs headers;
        std::string body;
    };
    // Waits for the answer; one that is a stream comes as 406.
    [[nodiscard]] http::Response ask(Question question);
    // Events, or why there are none.
    [[nodiscard]] std::variant<std::unique_ptr<EventQueue>, http::Response> listen(
        Question question);
    // Errors: as Host::finish.
    [[nodiscard]] Result<void> finish() { return host_->finish(); }

  private:
    explicit EmbeddedEngine(std::unique_ptr<Host> host);
    [[nodiscard]] http::Response answer_to(Question question);

    std::unique_ptr<Host> host_;
    std::thread keeping_time_;
};

}  // namespace jejak::tools::embedding
