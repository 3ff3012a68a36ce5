#include "tools/line_import.hpp"

#include <boost/json/serialize.hpp>
#include <deque>
#include <istream>
#include <ostream>

#include "adapters/json/answer.hpp"

namespace jejak::tools {
namespace {

constexpr std::size_t line_size_max = 1024 * 1024;

std::string fault_text(const Result<runtime::Receipt>& answer) {
    if (!answer) return answer.error().message;
    return answer->rejection->rule + ": " + answer->rejection->message;
}

}  // namespace

std::uint64_t AnswerLines::reserve() {
    const std::lock_guard lock(mutex_);
    return reserved_++;
}

void AnswerLines::put(std::uint64_t place, std::string line) {
    if (out_ == nullptr) return;
    const std::lock_guard lock(mutex_);
    waiting_.emplace(place, std::move(line));
    while (!waiting_.empty() && waiting_.begin()->first == written_) {
        *out_ << waiting_.begin()->second << '\n';
        waiting_.erase(waiting_.begin());
        ++written_;
    }
}

void for_each_command_line(
    std::istream& in,
    const std::function<bool(std::uint64_t line, const Result<std::string_view>& text)>& visit) {
    std::string text;
    for (std::uint64_t line = 1; std::getline(in, text); ++line) {
        if (text.ends_with('\r')) text.pop_back();
        if (text.find_first_not_of(" \t") == std::string::npos) continue;
        const bool too_long = text.size() > line_size_max;
        const Result<std::string_view> visited =
            too_long ? Result<std::string_view>(
                           error(ErrorCode::invalid_input, "the line is longer than 1 MiB"))
                     : Result<std::string_view>(text);
        if (!visit(line, visited)) return;
    }
}

Result<runtime::CommandRequest> read_command_line(std::string_view text, const json::Intake& intake,
                                                  const LineImport& options) {
    auto request = json::parse_command(text, intake);
    if (request && request->occurred_at && !options.history) {
        return error(ErrorCode::invalid_input,
                     "occurred_at is taken with `jejak import --history` only");
    }
    return request;
}

LineOutcome import_lines(Workspace& workspace, std::istream& in, const LineImport& options,
                         AnswerLines& answers,
                         const std::function<void(std::uint64_t lines)>& progress) {
    LineOutcome outcome;
    std::mutex mutex;                                            // guards the two below
    std::deque<std::pair<std::uint64_t, std::uint64_t>> places;  // line and place of the answer
    const auto add_fault = [&](std::uint64_t line, std::string message) {
        if (outcome.faults.size() < line_faults_max)
            outcome.faults.push_back({line, std::move(message)});
    };
    Bulk bulk(workspace.writer(), [&](const CommandId& id, const Result<runtime::Receipt>& answer) {
        std::pair<std::uint64_t, std::uint64_t> place;
        {
            const std::lock_guard lock(mutex);
            place = places.front();
            places.pop_front();
            if (!answer || answer->rejection) add_fault(place.first, fault_text(answer));
        }
        answers.put(place.second, boost::json::serialize(json::answer(id, answer)));
    });
    const json::Intake intake{workspace.people(), workspace.clock(), "import", std::nullopt};
    const auto refuse = [&](std::uint64_t line, const Error& error) {
        bulk.refuse(error);
        {
            const std::lock_guard lock(mutex);
            add_fault(line, error.message);
        }
        answers.put(answers.reserve(), boost::json::serialize(json::error_answer(error)));
    };
    for_each_command_line(in, [&](std::uint64_t line, const Result<std::string_view>& text) {
        auto request = text ? read_command_line(*text, intake, options)
                            : Result<runtime::CommandRequest>(text.error());
        if (!request) {
            refuse(line, request.error());
            return true;
        }
        {
            const std::lock_guard lock(mutex);
            places.emplace_back(line, answers.reserve());
        }
        const bool goes_on = bulk.submit(std::move(*request));
        if (goes_on && progress) progress(line);
        return goes_on;
    });
    outcome.tally = bulk.wait();
    return outcome;
}

}  // namespace jejak::tools
