#include "tools/embedding/jejak.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/beast/core/string.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <exception>

#include "adapters/json/document.hpp"
#include "tools/backend/exchange.hpp"
#include "tools/embedding/embedded_engine.hpp"

// The functions of jejak.h: texts in, answers out, and nothing thrown through them.

using jejak::tools::embedding::EmbeddedEngine;
using jejak::tools::embedding::EventQueue;

struct jejak_engine {
    std::unique_ptr<EmbeddedEngine> inside;
};
struct jejak_answer {
    jejak::http::Response response;
};
struct jejak_subscription {
    std::unique_ptr<EventQueue> events;
};

namespace {

using jejak::http::Response;
using jejak::tools::Caller;

Response bad_argument(const std::string& detail) {
    return jejak::http::problem(400, "invalid_input", detail);
}

Response failed(const jejak::Error& error) {
    const auto problem = jejak::tools::backend::problem_of(error);
    // Who opens a directory is its operator: he is told what is wrong with it.
    return jejak::http::problem(problem.status, problem.code, error.message);
}

// A JSON object that was handed in, or the answer to one that is none.
std::variant<boost::json::object, Response> object_of(const char* text, const std::string& what) {
    if (text == nullptr) return boost::json::object();
    std::vector<jejak::json::Problem> problems;
    auto value = jejak::json::parse_document(text, problems);
    if (!problems.empty()) return bad_argument(what + ": " + problems.front().message);
    if (auto* object = value.if_object()) return std::move(*object);
    return bad_argument(what + " is a JSON object, or NULL");
}

std::variant<std::optional<Caller>, Response> caller_of(const char* text) {
    if (text == nullptr) return std::nullopt;
    auto parsed = object_of(text, "caller");
    if (auto* wrong = std::get_if<Response>(&parsed)) return std::move(*wrong);
    const auto wrong = bad_argument(
        "caller is {\"person\": \"nip:…\", \"offices\": [\"registrar\"]}; offices are "
        "administrator, auditor and registrar");
    Caller caller;
    for (const auto& [name, value] : std::get<0>(parsed)) {
        if (name == "person" && value.is_string()) {
            caller.id = value.as_string();
        } else if (name == "offices" && value.is_array()) {
            for (const auto& office : value.as_array()) {
                if (!office.is_string()) return wrong;
                if (office.as_string() != "administrator" && office.as_string() != "auditor" &&
                    office.as_string() != "registrar") {
                    return wrong;
                }
                caller.offices.insert(std::string(office.as_string()));
            }
        } else {
            return wrong;
        }
    }
    if (caller.id.empty()) return wrong;
    caller.channel = "library";
    return std::optional(std::move(caller));
}

std::variant<EmbeddedEngine::Question, Response> question_of(const char* caller, const char* method,
                                                             const char* path, const char* headers,
                                                             const char* body) {
    EmbeddedEngine::Question question;
    auto known = caller_of(caller);
    if (auto* wrong = std::get_if<Response>(&known)) return std::move(*wrong);
    if (method == nullptr || path == nullptr) return bad_argument("method and path are not NULL");
    auto parsed = object_of(headers, "headers");
    if (auto* wrong = std::get_if<Response>(&parsed)) return std::move(*wrong);
    for (const auto& [name, value] : std::get<0>(parsed)) {
        if (!value.is_string()) return bad_argument("headers: a value is a text");
        question.headers.emplace_back(name, value.as_string());
    }
    question.caller = std::move(std::get<0>(known));
    question.method = method;
    question.target = path;
    question.body = body == nullptr ? "" : body;
    return question;
}

jejak_answer* given(Response response) {
    return new jejak_answer{std::move(response)};
}

// No exception leaves the library.
template <class Work>
jejak_answer* guarded(Work&& work) {
    try {
        return given(work());
    } catch (const std::exception& fault) {
        return given(jejak::http::problem(500, "defect", fault.what()));
    }
}

// Without it spdlog writes to standard output, which is the program's. Who has a logger of his own
// keeps it.
void log_to_standard_error(const std::string& level) {
    if (!spdlog::default_logger()->name().empty()) return;
    spdlog::set_default_logger(std::make_shared<spdlog::logger>(
        "jejak", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
    spdlog::default_logger()->set_level(spdlog::level::from_str(level));
}

std::variant<std::unique_ptr<EmbeddedEngine>, Response> opened(const char* directory,
                                                               const char* options) {
    if (directory == nullptr) return bad_argument("directory is not NULL");
    auto parsed = object_of(options, "options");
    if (auto* wrong = std::get_if<Response>(&parsed)) return std::move(*wrong);
    std::string level = "off";
    for (const auto& [name, value] : std::get<0>(parsed)) {
        if (name != "log_level" || !value.is_string()) {
            return bad_argument("options are {\"log_level\": \"warn\"}");
        }
        level = value.as_string();
        if (level != "off" && spdlog::level::from_str(level) == spdlog::level::off) {
            return bad_argument("log_level is trace, debug, info, warn, error or off");
        }
    }
    log_to_standard_error(level);
    auto engine = EmbeddedEngine::open(directory);
    if (!engine) return failed(engine.error());
    return std::move(*engine);
}

void tell(jejak_answer** problem, Response response) {
    if (problem != nullptr) *problem = given(std::move(response));
}

}  // namespace

const char* jejak_version(void) {
    return JEJAK_VERSION;
}

jejak_engine* jejak_open(const char* directory, const char* options, jejak_answer** problem) {
    if (problem != nullptr) *problem = nullptr;
    try {
        auto outcome = opened(directory, options);
        if (auto* engine = std::get_if<0>(&outcome)) return new jejak_engine{std::move(*engine)};
        tell(problem, std::move(std::get<1>(outcome)));
    } catch (const std::exception& fault) {
        tell(problem, jejak::http::problem(500, "defect", fault.what()));
    }
    return nullptr;
}

jejak_answer* jejak_request(jejak_engine* engine, const char* caller, const char* method,
                            const char* path, const char* headers, const char* body) {
    return guarded([&]() -> Response {
        if (engine == nullptr) return bad_argument("engine is not NULL");
        auto question = question_of(caller, method, path, headers, body);
        if (auto* wrong = std::get_if<Response>(&question)) return std::move(*wrong);
        return engine->inside->ask(std::move(std::get<0>(question)));
    });
}

jejak_answer* jejak_execute(jejak_engine* engine, const char* caller, const char* command) {
    return jejak_request(engine, caller, "POST", "/v1/commands", nullptr,
                         command == nullptr ? "null" : command);
}

jejak_answer* jejak_query(jejak_engine* engine, const char* caller, const char* path) {
    return jejak_request(engine, caller, "GET", path, nullptr, nullptr);
}

int jejak_answer_status(const jejak_answer* answer) {
    return static_cast<int>(answer->response.status);
}

const char* jejak_answer_body(const jejak_answer* answer) {
    return answer->response.body.c_str();
}

const char* jejak_answer_header(const jejak_answer* answer, const char* name) {
    for (const auto& [known, value] : answer->response.headers)
        if (boost::beast::iequals(known, name)) return value.c_str();
    return nullptr;
}

void jejak_answer_free(jejak_answer* answer) {
    delete answer;
}

jejak_subscription* jejak_subscribe(jejak_engine* engine, const char* caller, const char* path,
                                    jejak_answer** problem) {
    if (problem != nullptr) *problem = nullptr;
    try {
        auto question = question_of(caller, "GET", path, nullptr, nullptr);
        if (engine == nullptr) question = bad_argument("engine is not NULL");
        if (auto* wrong = std::get_if<Response>(&question)) {
            return tell(problem, std::move(*wrong)), nullptr;
        }
        auto events = engine->inside->listen(std::move(std::get<0>(question)));
        if (auto* queue = std::get_if<0>(&events)) {
            return new jejak_subscription{std::move(*queue)};
        }
        tell(problem, std::move(std::get<1>(events)));
    } catch (const std::exception& fault) {
        tell(problem, jejak::http::problem(500, "defect", fault.what()));
    }
    return nullptr;
}

const char* jejak_next(jejak_subscription* subscription, int timeout_ms) {
    try {
        const auto timeout = timeout_ms < 0 ? std::optional<std::chrono::milliseconds>()
                                            : std::optional(std::chrono::milliseconds(timeout_ms));
        const auto* event = subscription->events->next(timeout);
        return event == nullptr ? nullptr : event->c_str();
    } catch (const std::exception& fault) {
        spdlog::error("a subscription: {}", fault.what());
        return nullptr;
    }
}

void jejak_unsubscribe(jejak_subscription* subscription) {
    delete subscription;
}

jejak_answer* jejak_close(jejak_engine* engine) {
    if (engine == nullptr) return nullptr;
    const std::unique_ptr<jejak_engine> closed(engine);
    try {
        const auto done = engine->inside->finish();
        if (!done) return given(failed(done.error()));
        return nullptr;
    } catch (const std::exception& fault) {
        return given(jejak::http::problem(500, "defect", fault.what()));
    }
}
