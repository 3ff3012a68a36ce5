#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "engine/runtime/writer.hpp"

namespace jejak::tools {

// What became of many commands.
struct Tally {
    std::uint64_t commands = 0;
    std::uint64_t accepted = 0;
    std::uint64_t repeated = 0;                     // answered before, nothing added
    std::map<std::string, std::uint64_t> refused;   // by rule, or by error code
    std::optional<Error> fatal;                     // the writer stopped

    [[nodiscard]] std::uint64_t refused_count() const;
    void add(const Tally& other);
};

// Keeps many commands in flight at once and counts their answers. submit() and wait() from one
// thread; answers are handed on in the order of submission, from the writer's strand.
class Bulk {
  public:
    using OnAnswer = std::function<void(const CommandId&, const Result<runtime::Receipt>&)>;

    explicit Bulk(runtime::Writer& writer, OnAnswer on_answer = {})
        : writer_(writer), on_answer_(std::move(on_answer)) {}

    // Waits while too many are in flight. False once the writer has stopped: nothing more is taken.
    bool submit(runtime::CommandRequest request);
    // Counts a command that never became a request.
    void refuse(const Error& error);
    // Waits for all answers.
    [[nodiscard]] Tally wait();
    [[nodiscard]] std::uint64_t answered();

  private:
    void take(const CommandId& id, const Result<runtime::Receipt>& answer);

    static constexpr std::uint64_t in_flight_max = 2'048;
    runtime::Writer& writer_;
    OnAnswer on_answer_;
    std::mutex mutex_;
    std::condition_variable answered_;
    std::uint64_t in_flight_ = 0;
    Tally tally_;
};

}  // namespace jejak::tools
