#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/json/command_line.hpp"
#include "tools/bulk.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

// Answers as JSON Lines, in the order of the commands although those that never became requests
// are answered at once. Any thread.
class AnswerLines {
  public:
    explicit AnswerLines(std::ostream* out) : out_(out) {}

    // The place of the next command's answer.
    [[nodiscard]] std::uint64_t reserve();
    void put(std::uint64_t place, std::string line);

  private:
    std::ostream* out_;  // null: nobody wants them
    std::mutex mutex_;
    std::uint64_t reserved_ = 0;
    std::uint64_t written_ = 0;
    std::map<std::uint64_t, std::string> waiting_;
};

struct LineImport {
    bool history = false;  // lines may say that something happened earlier
    std::string name;      // of the file, for messages
};

struct LineFault {
    std::uint64_t line = 0;
    std::string message;
};
inline constexpr std::size_t line_faults_max = 100;

// Visits every line that is not blank, with its number; an error for one that is too long. Stops
// when the visitor says false.
void for_each_command_line(
    std::istream& in,
    const std::function<bool(std::uint64_t line, const Result<std::string_view>& text)>& visit);
// One line as a request. Errors: those of json::parse_command; invalid_input for a claim of history
// that the options do not allow.
[[nodiscard]] Result<runtime::CommandRequest> read_command_line(std::string_view text,
                                                                const json::Intake& intake,
                                                                const LineImport& options);

struct LineOutcome {
    Tally tally;
    std::vector<LineFault> faults;  // at most line_faults_max of the refused or unreadable lines
};

// Sends one command a line; refused lines are counted and the rest goes on.
[[nodiscard]] LineOutcome import_lines(Workspace& workspace, std::istream& in,
                                       const LineImport& options, AnswerLines& answers,
                                       const std::function<void(std::uint64_t lines)>& progress);

}  // namespace jejak::tools
