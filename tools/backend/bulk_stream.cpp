#include "tools/backend/bulk_stream.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/json/serialize.hpp>
#include <deque>
#include <mutex>

#include "adapters/json/answer.hpp"
#include "tools/backend/admission.hpp"
#include "tools/backend/sight.hpp"

namespace jejak::tools::backend {
namespace {

constexpr std::size_t line_bytes_max = 256 * 1024;
// Commands in the writer's queue for one stream: enough for large groups, a part of the queue.
constexpr std::size_t commands_waiting_max = 1'024;
constexpr std::size_t chunk_bytes = 32 * 1024;

std::string line_of(std::uint64_t number, boost::json::object answer) {
    boost::json::object line{{"line", number}};
    for (auto& [name, value] : answer)
        line.emplace(name, std::move(value));
    return boost::json::serialize(line) + "\n";
}

boost::json::object refusal_of(const Refused& refused) {
    if (!refused.problems.empty()) {
        return json::error_answer(
            error(ErrorCode::invalid_input, "the line is not as it should be"), refused.problems);
    }
    return {{"ok", false},
            {"error", boost::json::object{{"code", refused.problem.code},
                                          {"message", refused.problem.detail}}}};
}

// Reads lines, sends commands, and gives their answers in order. Shared by the connection, which
// asks for answers, and by whatever answers them; the lock covers the little state they share.
class CommandLines : public std::enable_shared_from_this<CommandLines> {
  public:
    explicit CommandLines(ExchangePointer exchange) : exchange_(std::move(exchange)) {}

    void begin() { read_on(); }
    // The next chunk of answers, as soon as there is one.
    void next(http::BodySource::Give give) {
        std::unique_lock lock(mutex_);
        give_ = std::move(give);
        settle(lock);
    }

  private:
    struct Answered {
        std::uint64_t line = 0;
        std::optional<std::string> text;  // none: the writer has it
    };

    void read_on() {
        {
            const std::lock_guard lock(mutex_);
            if (reading_ || ended_ || answers_.size() >= commands_waiting_max) return;
            reading_ = true;
        }
        exchange_->request.body_source->read(
            [self = shared_from_this()](Result<std::optional<std::string>> piece) {
                self->take(std::move(piece));
            });
    }

    void take(Result<std::optional<std::string>> piece) {
        bool ends = !piece || !*piece;
        if (!ends) {
            rest_ += **piece;
            std::size_t begin = 0;
            for (auto end = rest_.find('\n'); end != std::string::npos;
                 end = rest_.find('\n', begin)) {
                send_line(std::string_view(rest_).substr(begin, end - begin));
                begin = end + 1;
            }
            rest_.erase(0, begin);
            if (rest_.size() > line_bytes_max) {
                ++lines_;
                put(lines_, line_of(lines_, json::error_answer(error(
                                                ErrorCode::invalid_input,
                                                "a line has at most 256 KiB; what follows was "
                                                "not read"))));
                ends = true;
            }
        } else if (piece) {
            send_line(rest_);  // the last one needs no line end
        } else {
            ++lines_;
            put(lines_, line_of(lines_, json::error_answer(piece.error())));
        }
        {
            std::unique_lock lock(mutex_);
            reading_ = false;
            ended_ = ends;
            settle(lock);
        }
        if (!ends) read_on();
    }

    void send_line(std::string_view text) {
        if (text.ends_with('\r')) text.remove_suffix(1);
        if (text.find_first_not_of(" \t") == std::string_view::npos) return;
        const auto number = ++lines_;
        auto admitted = admit(*exchange_, text);
        if (const auto* no = std::get_if<Refused>(&admitted)) {
            return put(number, line_of(number, refusal_of(*no)));
        }
        {
            const std::lock_guard lock(mutex_);
            answers_.push_back({number, {}});
        }
        auto& request = std::get<runtime::CommandRequest>(admitted);
        const CommandId id = request.command_id;
        const auto token = appraisal_of(request);
        exchange_->workspace().writer().submit(
            std::move(request),
            [self = shared_from_this(), id, token, number](Result<runtime::Receipt> receipt) {
                self->exchange_->context.commands.with({outcome_of(receipt)}).add();
                self->answered(number, line_of(number, self->answer_of(id, token, receipt)));
            });
    }

    [[nodiscard]] boost::json::object answer_of(const CommandId& id, const std::string& token,
                                                const Result<runtime::Receipt>& receipt) {
        const auto too_much =
            tells_too_much(exchange_->workspace(), exchange_->caller, token, receipt);
        if (!too_much) return json::answer(id, too_much.error());
        if (!*too_much && receipt) return json::answer(id, receipt);
        if (!*too_much) {  // what is wrong inside is for the operator's log
            return json::answer(id,
                                error(receipt.error().code, problem_of(receipt.error()).detail));
        }
        return json::answer(
            id, error(ErrorCode::not_found,
                      "there is no such appraisal, or nothing of it is for the caller"));
    }

    void put(std::uint64_t number, std::string text) {
        std::unique_lock lock(mutex_);
        answers_.push_back({number, std::move(text)});
        settle(lock);
    }

    void answered(std::uint64_t number, std::string text) {
        {
            std::unique_lock lock(mutex_);
            answers_.at(number - answers_.front().line).text = std::move(text);
            settle(lock);
        }
        read_on();
    }

    // Gives what is answered, from the first line on, to whoever waits for it.
    void settle(std::unique_lock<std::mutex>& lock) {
        if (!give_) return;
        std::string chunk;
        while (!answers_.empty() && answers_.front().text && chunk.size() < chunk_bytes) {
            chunk += *answers_.front().text;
            answers_.pop_front();
        }
        const bool is_all = ended_ && answers_.empty();
        if (chunk.empty() && !is_all) return;
        const auto give = std::move(give_);
        give_ = nullptr;
        lock.unlock();
        give(chunk.empty() ? std::nullopt : std::optional(std::move(chunk)));
        read_on();
        lock.lock();
    }

    const ExchangePointer exchange_;
    std::string rest_;         // of a line; touched by the reading side only
    std::uint64_t lines_ = 0;  // that is too

    std::mutex mutex_;
    std::deque<Answered> answers_;  // in the order of the lines, numbered without gaps
    bool reading_ = false, ended_ = false;
    http::BodySource::Give give_;
};

class CommandAnswers : public http::BodySource {
  public:
    explicit CommandAnswers(std::shared_ptr<CommandLines> lines) : lines_(std::move(lines)) {}
    void next(Give give) override { lines_->next(std::move(give)); }
    [[nodiscard]] bool is_endless() const override { return false; }

  private:
    const std::shared_ptr<CommandLines> lines_;
};

}  // namespace

bool is_json_lines(std::string_view content_type) {
    content_type = content_type.substr(0, content_type.find(';'));
    while (content_type.ends_with(' '))
        content_type.remove_suffix(1);
    return boost::beast::iequals(content_type, "application/jsonl") ||
           boost::beast::iequals(content_type, "application/x-ndjson");
}

void stream_commands(const ExchangePointer& exchange) {
    auto lines = std::make_shared<CommandLines>(exchange);
    http::Response response{200, "application/x-ndjson", "", {}};
    response.source = std::make_shared<CommandAnswers>(lines);
    exchange->answer(std::move(response));
    lines->begin();
}

}  // namespace jejak::tools::backend
