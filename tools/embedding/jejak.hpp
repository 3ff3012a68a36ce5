#pragma once

// jejak for C++17 and later: jejak.h with owners, texts and exceptions. That page says what can be
// asked, and what is thread-safe. Nothing is compiled into the library for it, so that any compiler
// and standard library will do.
//
//   auto engine = jejak::Engine::open("penilaian");
//   const jejak::Caller budi{"nip:198501012010011001"};
//   const auto answer = engine.query(budi, "/v1/tasks");

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "jejak.h"

namespace jejak {

// What was answered to a request.
class Answer {
  public:
    explicit Answer(jejak_answer* answer) : answer_(answer, jejak_answer_free) {}

    [[nodiscard]] int status() const { return jejak_answer_status(answer_.get()); }
    [[nodiscard]] bool is_ok() const { return status() < 400; }
    // JSON.
    [[nodiscard]] std::string body() const { return jejak_answer_body(answer_.get()); }
    // "" where there is none.
    [[nodiscard]] std::string header(const std::string& name) const {
        const char* value = jejak_answer_header(answer_.get(), name.c_str());
        return value == nullptr ? "" : value;
    }

  private:
    std::unique_ptr<jejak_answer, void (*)(jejak_answer*)> answer_;
};

// What cannot be opened, subscribed to or closed; what() is the problem as JSON.
class Failure : public std::runtime_error {
  public:
    explicit Failure(const Answer& problem)
        : std::runtime_error(problem.body()), status_(problem.status()) {}
    [[nodiscard]] int status() const { return status_; }

  private:
    int status_;
};

// For whom something is asked, as the program around has identified her.
struct Caller {
    std::string person;                // "nip:198501012010011001"
    std::vector<std::string> offices;  // administrator, auditor, registrar

    // As jejak.h takes it.
    [[nodiscard]] std::string to_json() const {
        std::string list;
        for (const auto& office : offices)
            list += (list.empty() ? "" : ",") + quoted(office);
        return "{\"person\":" + quoted(person) + ",\"offices\":[" + list + "]}";
    }

  private:
    // Of what no identifier has, quotes and backslashes are what could break out of the text.
    static std::string quoted(const std::string& text) {
        std::string result = "\"";
        for (const char letter : text) {
            if (letter == '"' || letter == '\\') result += '\\';
            result += letter;
        }
        return result + "\"";
    }
};

// What happens, one event after the other. Ends with its destructor; before its engine does.
class Subscription {
  public:
    explicit Subscription(jejak_subscription* subscription)
        : subscription_(subscription, jejak_unsubscribe) {}

    // The next event as JSON; none where there was none in that time.
    [[nodiscard]] std::optional<std::string> next(std::chrono::milliseconds timeout) {
        const char* event = jejak_next(subscription_.get(), static_cast<int>(timeout.count()));
        return event == nullptr ? std::nullopt : std::optional<std::string>(event);
    }

  private:
    std::unique_ptr<jejak_subscription, void (*)(jejak_subscription*)> subscription_;
};

// An open data directory. Movable; closes itself.
class Engine {
  public:
    // Throws Failure.
    [[nodiscard]] static Engine open(const std::string& directory,
                                     const std::string& options = {}) {
        jejak_answer* problem = nullptr;
        auto* engine =
            jejak_open(directory.c_str(), options.empty() ? nullptr : options.c_str(), &problem);
        if (engine == nullptr) throw Failure(Answer(problem));
        return Engine(engine);
    }

    [[nodiscard]] Answer execute(const Caller& caller, const std::string& command) {
        return Answer(jejak_execute(engine_.get(), caller.to_json().c_str(), command.c_str()));
    }
    [[nodiscard]] Answer query(const Caller& caller, const std::string& path) {
        return Answer(jejak_query(engine_.get(), caller.to_json().c_str(), path.c_str()));
    }
    // `headers` is a JSON object, `body` a JSON text; "" for none.
    [[nodiscard]] Answer request(const Caller& caller, const std::string& method,
                                 const std::string& path, const std::string& body = {},
                                 const std::string& headers = {}) {
        return Answer(jejak_request(engine_.get(), caller.to_json().c_str(), method.c_str(),
                                    path.c_str(), headers.empty() ? nullptr : headers.c_str(),
                                    body.empty() ? nullptr : body.c_str()));
    }
    // Throws Failure.
    [[nodiscard]] Subscription subscribe(const Caller& caller, const std::string& path) {
        jejak_answer* problem = nullptr;
        auto* subscription =
            jejak_subscribe(engine_.get(), caller.to_json().c_str(), path.c_str(), &problem);
        if (subscription == nullptr) throw Failure(Answer(problem));
        return Subscription(subscription);
    }
    // Throws Failure where not all could be brought to disk. A closed engine answers nothing more.
    void close() {
        if (auto* problem = jejak_close(engine_.release())) throw Failure(Answer(problem));
    }

  private:
    struct Closer {
        void operator()(jejak_engine* engine) const { jejak_answer_free(jejak_close(engine)); }
    };
    explicit Engine(jejak_engine* engine) : engine_(engine) {}

    std::unique_ptr<jejak_engine, Closer> engine_;
};

}  // namespace jejak
