#include "tools/embedding/embedded_engine.hpp"

#include <algorithm>
#include <cstdlib>
#include <future>

#include "adapters/http/target.hpp"

namespace jejak::tools::embedding {
namespace {

// The path of a stream that goes on behind a position.
std::string continued(std::string target, Position done) {
    const auto question_mark = target.find('?');
    std::string query = question_mark == std::string::npos ? "" : target.substr(question_mark + 1);
    std::string rest;
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.erase(0, end + 1);
        if (!pair.starts_with("after=")) rest += "&" + pair;
    }
    return target.substr(0, question_mark) + "?after=" + std::to_string(done.value) + rest;
}

}  // namespace

Result<std::unique_ptr<EmbeddedEngine>> EmbeddedEngine::open(const std::string& directory) {
    auto host = Host::open(directory, {});
    if (!host) return host.error();
    return std::unique_ptr<EmbeddedEngine>(new EmbeddedEngine(std::move(*host)));
}

EmbeddedEngine::EmbeddedEngine(std::unique_ptr<Host> host)
    : host_(std::move(host)), keeping_time_([this] { host_->run(1); }) {}

EmbeddedEngine::~EmbeddedEngine() {
    host_->stop();
    keeping_time_.join();
}

http::Response EmbeddedEngine::answer_to(Question question) {
    const auto target = http::parse_target(question.target);
    if (!target) {
        return http::problem(target.error().status, target.error().code, target.error().detail);
    }
    http::Request request;
    request.method = std::move(question.method);
    request.target = std::move(question.target);
    request.path = target->path;
    request.query = target->query;
    request.headers = std::move(question.headers);
    request.body = std::move(question.body);
    request.remote = "127.0.0.1";
    if (!request.body.empty() && !request.header("Content-Type")) {
        request.headers.emplace_back("Content-Type", "application/json");
    }
    auto answered = std::make_shared<std::promise<http::Response>>();
    auto answer = answered->get_future();
    const auto tell = [answered](http::Response response) {
        answered->set_value(std::move(response));
    };
    if (question.caller) {
        host_->handle_as(std::move(*question.caller), std::move(request), tell);
    } else {
        host_->handle(std::move(request), tell);
    }
    return answer.get();
}

http::Response EmbeddedEngine::ask(Question question) {
    auto response = answer_to(std::move(question));
    if (response.source == nullptr) return response;
    return http::problem(406, "stream_needs_a_subscription",
                         "this is a stream of events; subscribe to it instead of asking for it");
}

std::variant<std::unique_ptr<EventQueue>, http::Response> EmbeddedEngine::listen(
    Question question) {
    question.method = "GET";
    auto first = answer_to(question);
    if (first.status != 200) return first;
    if (first.source == nullptr) {
        return http::problem(406, "not_a_stream",
                             question.target + " is no stream of events; /v1/events is");
    }
    // A stream ends after an hour, so that a client shows anew who he is; the program around has
    // said it already.
    auto again = [this, question](Position done) {
        auto next = question;
        next.target = continued(question.target, done);
        return answer_to(std::move(next)).source;
    };
    Position begin;
    for (const auto& [name, value] : first.headers)
        if (name == "Jejak-Position") begin.value = std::strtoull(value.c_str(), nullptr, 10);
    return std::make_unique<EventQueue>(std::move(first.source), begin, std::move(again));
}

}  // namespace jejak::tools::embedding
