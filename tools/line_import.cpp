#include "tools/line_import.hpp"

#include <boost/json/serialize.hpp>
#include <deque>
#include <istream>
#include <ostream>

#include "adapters/json/answer.hpp"
#include "adapters/json/command_line.hpp"

namespace jejak::tools {
namespace {

constexpr std::size_t faults_max = 100;
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

LineOutcome import_lines(Workspace& workspace, std::istream& in, const LineImport& options,
                         AnswerLines& answers,
                         const std::function<void(std::uint64_t lines)>& progress) {
    LineOutcome outcome;
    std::mutex mutex;                                            // guards the two below
    std::deque<std::pair<std::uint64_t, std::uint64_t>> places;  // line and place of the answer
    const auto add_fault = [&](std::uint64_t line, std::string message) {
        if (outcome.faults.size() < faults_max)
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
    std::string text;
    for (std::uint64_t line = 1; std::getline(in, text); ++line) {
        if (text.ends_with('\r')) text.pop_back();
        if (text.find_first_not_of(" \t") == std::string::npos) continue;
        if (text.size() > line_size_max) {
            refuse(line, error(ErrorCode::invalid_input, "the line is longer than 1 MiB"));
            continue;
        }
        auto request = json::parse_command(text, intake);
        if (request && request->occurred_at && !options.history) {
            request = error(ErrorCode::invalid_input,
                            "occurred_at is taken with `jejak import --history` only");
        }
        if (!request) {
            refuse(line, request.error());
            continue;
        }
        {
            const std::lock_guard lock(mutex);
            places.emplace_back(line, answers.reserve());
        }
        if (!bulk.submit(std::move(*request))) break;
        if (progress) progress(line);
    }
    outcome.tally = bulk.wait();
    return outcome;
}

}  // namespace jejak::tools
