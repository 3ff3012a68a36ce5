#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"
#include "adapters/json/reader.hpp"
#include "engine/runtime/command.hpp"
#include "tools/backend/context.hpp"
#include "tools/backend/wording.hpp"
#include "tools/caller.hpp"
#include "tools/history.hpp"
#include "tools/reader.hpp"

namespace jejak::tools::backend {

struct Problem {
    unsigned status = 500;
    std::string code, detail;
};
// What an error of the machine is answered with. What is wrong inside is for the operator's log.
[[nodiscard]] Problem problem_of(const Error& error);
// What a refusal is answered with: who may not is 403, what comes too early or too late 409, what
// was asked wrongly 422.
[[nodiscard]] Problem problem_of(const Rejection& rejection);

// accepted, refused, repeated, or the word of an error: for counting.
[[nodiscard]] std::string outcome_of(const Result<runtime::Receipt>& receipt);

// "\"7\"": the ETag of a version.
[[nodiscard]] std::string tag_of(std::uint64_t version);

// One request, from one caller, to its answer. Its members may be used by one thread at a time; an
// answer may be given on any.
class Exchange {
  public:
    Exchange(Context& shared, http::Request asked, http::Answer answer)
        : context(shared), request(std::move(asked)), answer_(std::move(answer)) {}

    Context& context;
    const http::Request request;
    Caller caller;
    bool is_known = false;           // who calls; the gate need not ask
    std::string_view route;          // its pattern: a path without what was put into it
    std::vector<std::string> parts;  // what stands for {…} in the route's path, in their order

    [[nodiscard]] Workspace& workspace() const { return context.workspace; }
    [[nodiscard]] std::string header(std::string_view name) const;

    // ---- of the query; the route names those that it takes, the others were refused before

    [[nodiscard]] std::string parameter(std::string_view name) const;  // "": not there
    [[nodiscard]] std::vector<std::string> parameters(std::string_view name) const;
    [[nodiscard]] bool flag(std::string_view name) const;  // "true"
    // as_of, at_position, at_version. Errors: invalid_input, naming the parameter.
    [[nodiscard]] Result<Until> until() const;
    // limit: 1..500, 100 where it is left out. Errors: invalid_input.
    [[nodiscard]] Result<std::size_t> limit() const;
    // cursor: where the page before ended. Errors: invalid_input.
    [[nodiscard]] Result<std::string> after() const;

    // ---- who reads

    // The caller as reader; read models are at the head then, so that what was acknowledged is
    // seen. None: it was answered that there is nothing for her, or why it cannot be read.
    [[nodiscard]] std::optional<ReaderFlags> reader();
    // The same for an office: auditor, administrator or registrar, else 403.
    [[nodiscard]] std::optional<ReaderFlags> officer();

    // ---- answers, each once

    void answer(http::Response response) const;
    void json(const boost::json::value& body, unsigned status = 200) const;
    void problem(const Problem& problem, const boost::json::object& more = {}) const;
    void fail(const Error& error) const { problem(problem_of(error)); }
    // There is no such appraisal, or nothing of it is for the caller: she cannot tell the two
    // apart.
    void hidden() const;
    void fail_or_hide(const Error& error) const {
        error.code == ErrorCode::not_found ? hidden() : fail(error);
    }
    void unreadable(const std::vector<json::Problem>& problems) const;
    void receipt(const CommandId& id, const Result<runtime::Receipt>& receipt,
                 unsigned accepted = 200, const std::string& location = {}) const;

  private:
    const http::Answer answer_;
    const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};
using ExchangePointer = std::shared_ptr<Exchange>;

// Where a page ended, as the next one's cursor: opaque to those who carry it.
[[nodiscard]] std::string cursor_of(std::string_view last);

// A response with a body of JSON.
[[nodiscard]] http::Response json_response(unsigned status, const boost::json::value& body);
// A problem in the language of the request.
[[nodiscard]] http::Response problem_response(const Problem& problem, Language language,
                                              const boost::json::object& more = {});

}  // namespace jejak::tools::backend
