#include <fstream>
#include <iostream>
#include <iterator>

#include "tools/commands.hpp"
#include "tools/embedding/jejak.hpp"

// A request of the backend without a server, through the library that other programs embed.
namespace jejak::tools {
namespace {

struct CallFlags {
    std::string method, path, person, body_file, headers;
    std::vector<std::string> offices;
};

// Errors: environment.
Result<std::string> body_of_call(const std::string& file) {
    if (file.empty()) return std::string();
    const auto whole = [](std::istream& from) {
        return std::string(std::istreambuf_iterator<char>(from), {});
    };
    if (file == "-") return whole(std::cin);
    std::ifstream from(file, std::ios::binary);
    if (from) return whole(from);
    return error(ErrorCode::environment, file + " cannot be read");
}

void run_call(Session& session, const CallFlags& flags) {
    const auto body = body_of_call(flags.body_file);
    if (!body) return session.fail(body.error());
    try {
        auto engine = jejak::Engine::open(session.directory, R"({"log_level": "warn"})");
        const auto answer = engine.request({flags.person, flags.offices}, flags.method, flags.path,
                                           *body, flags.headers);
        std::cout << answer.body();
        if (!answer.is_ok()) session.exit_code = exit_refused;
        engine.close();
    } catch (const jejak::Failure& failure) {
        std::cerr << failure.what();
        session.exit_code = failure.status() < 500 ? exit_usage : exit_environment;
    }
}

}  // namespace

void add_call(CLI::App& app, Session& session) {
    auto flags = std::make_shared<CallFlags>();
    auto* command = app.add_subcommand("call", "One request of the HTTP backend, without a server");
    command->footer(
        "Example: jejak --data data call GET /v1/tasks --for nip:198501012010011001\n"
        "  jejak --data data call POST /v1/appraisals/sofifi-2025-001/acknowledge-result \\\n"
        "      --for nip:198501012010011001 --body -\n"
        "All requests: jejak call GET /openapi.json --for nip:0");
    command->add_option("method", flags->method, "GET or POST")->required();
    command->add_option("path", flags->path, "Such as /v1/appraisals?period=2025")->required();
    command->add_option("--for", flags->person, "Who calls: nip:198501012010011001")->required();
    command->add_option("--role", flags->offices, "Her offices, where she has any")
        ->check(CLI::IsMember({"administrator", "auditor", "registrar"}));
    command->add_option("--body", flags->body_file, "A file with JSON; - is standard input");
    command->add_option("--headers", flags->headers, R"(As JSON: {"If-Match": "\"7\""})");
    command->callback([flags, &session] { run_call(session, *flags); });
}

}  // namespace jejak::tools
