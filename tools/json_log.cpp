#include "tools/json_log.hpp"

#include <spdlog/formatter.h>
#include <spdlog/sinks/sink.h>
#include <spdlog/spdlog.h>

#include <boost/json/serialize.hpp>
#include <chrono>

#include "engine/instant.hpp"

namespace jejak::tools {
namespace {

constexpr std::string_view request_logger = "request";

std::string moment_text(spdlog::log_clock::time_point moment) {
    const auto since =
        std::chrono::duration_cast<std::chrono::microseconds>(moment.time_since_epoch());
    return to_text(Instant{since.count()});
}

class JsonFormatter : public spdlog::formatter {
  public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
        const std::string_view text(message.payload.data(), message.payload.size());
        const auto level = spdlog::level::to_string_view(message.level);
        std::string line;
        if (std::string_view(message.logger_name.data(), message.logger_name.size()) ==
            request_logger) {
            line = text;  // an object already
        } else {
            line = boost::json::serialize(
                boost::json::object{{"time", moment_text(message.time)},
                                    {"level", std::string_view(level.data(), level.size())},
                                    {"message", text}});
        }
        line += '\n';
        out.append(line.data(), line.data() + line.size());
    }
    [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override {
        return std::make_unique<JsonFormatter>();
    }
};

}  // namespace

void log_as_json() {
    auto program = spdlog::default_logger();
    auto requests = std::make_shared<spdlog::logger>(
        std::string(request_logger), program->sinks().begin(), program->sinks().end());
    spdlog::register_logger(requests);
    for (const auto& sink : program->sinks())
        sink->set_formatter(std::make_unique<JsonFormatter>());
}

void log_request(const boost::json::object& line) {
    const auto logger = spdlog::get(std::string(request_logger));
    if (!logger) return;
    boost::json::object timed{{"time", moment_text(spdlog::log_clock::now())}};
    for (const auto& [name, value] : line)
        timed.emplace(name, value);
    logger->info("{}", boost::json::serialize(timed));
}

}  // namespace jejak::tools
