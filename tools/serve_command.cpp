#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <thread>

#include "tools/climb.hpp"
#include "tools/commands.hpp"
#include "tools/service.hpp"
#include "tools/tick.hpp"

// The HTTP backend as a process: what it listens on, whom it believes, how it ends.
namespace jejak::tools {
namespace {

constexpr int io_threads = 2;

struct ServeFlags {
    std::string listen = "127.0.0.1:8080";
    Callers::Tokens tokens;
};

struct Place {
    boost::asio::ip::address address;
    std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:8080". Errors: invalid_input.
Result<Place> place_to_listen(const std::string& text) {
    const auto wrong = error(ErrorCode::invalid_input, "--listen " + text +
                                                           ": write an address and a port, such as "
                                                           "127.0.0.1:8080 or [::1]:8080");
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) return wrong;
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    Place place;
    boost::system::error_code fault;
    place.address = boost::asio::ip::make_address(host, fault);
    char* end = nullptr;
    const auto port = std::strtoul(text.c_str() + colon + 1, &end, 10);
    if (fault || *end != '\0' || text.size() == colon + 1 || port > 65'535) return wrong;
    place.port = static_cast<std::uint16_t>(port);
    return place;
}

// To the service manager that started us, if one did (sd_notify(3)).
void notify(std::string_view state) {
    const char* path = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    if (path == nullptr || std::strlen(path) >= sizeof address.sun_path) return;
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path, std::strlen(path));
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';  // an abstract name
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + std::strlen(path));
    (void)::sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL,
                   reinterpret_cast<const sockaddr*>(&address), size);
    (void)::close(descriptor);
}

Result<Callers> callers_of(const ServeFlags& flags, const Place& place) {
    if (!flags.tokens.jwks_file.empty()) return Callers::by_tokens(flags.tokens);
    if (place.address.is_loopback()) return Callers::development();
    return error(ErrorCode::invalid_input,
                 "without --jwks, --issuer and --audience everybody is whom he says he is; so it "
                 "listens on 127.0.0.1 only, not on " +
                     place.address.to_string());
}

// Looks at the clocks of objections now and every minute.
class Ticking {
  public:
    Ticking(boost::asio::io_context& io, Workspace& workspace)
        : timer_(io), workspace_(workspace) {}
    void begin() {
        const auto done = tick(workspace_, the_clock(), [](const auto& each, Position position) {
            spdlog::info("{}: the clock of the {} ran out, recorded at position {}", each.token,
                         each.due.deadline, position.value);
        });
        if (!done) spdlog::error("the clocks could not be looked at: {}", done.error().message);
        const auto climbed = climb(workspace_, [](const Climbed& each) {
            spdlog::info("{}: the objection goes to the next in the chain ({}), position {}",
                         each.token, each.post, each.position.value);
        });
        if (!climbed) spdlog::error("no objection could climb: {}", climbed.error().message);
        timer_.expires_after(std::chrono::minutes(1));
        timer_.async_wait([this](const boost::system::error_code& fault) {
            if (!fault) begin();
        });
    }

  private:
    boost::asio::steady_timer timer_;
    Workspace& workspace_;
};

void run_serve(Session& session, const ServeFlags& flags) {
    const auto place = place_to_listen(flags.listen);
    if (!place) return session.fail(place.error());
    const auto callers = callers_of(flags, *place);
    if (!callers) return session.fail(callers.error());
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace || !session.check(workspace->catch_up())) return;
    Service service(*workspace, *callers);
    boost::asio::io_context io;
    const auto server =
        http::Server::start(io.get_executor(), place->address.to_string(), place->port,
                            http::Limits{}, [&](http::Request request, http::Answer answer) {
                                service.handle(std::move(request), std::move(answer));
                            });
    if (!server) return session.fail(server.error());
    if (callers->is_development()) {
        spdlog::warn(
            "DEVELOPMENT MODE: everybody is whom he says he is (X-Jejak-Person). For real "
            "people give --jwks, --issuer and --audience.");
    }
    Ticking ticking(io, *workspace);
    ticking.begin();
    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code& fault, int) {
        if (fault) return;
        notify("STOPPING=1");
        spdlog::info("stopping: what was accepted is finished first");
        (*server)->stop([&] { io.stop(); });
    });
    std::cout << "listening on http://" << flags.listen.substr(0, flags.listen.rfind(':')) << ':'
              << (*server)->port() << std::endl;
    notify("READY=1");
    std::vector<std::thread> others;
    for (int i = 1; i < io_threads; ++i)
        others.emplace_back([&] { io.run(); });
    io.run();
    for (auto& thread : others)
        thread.join();
    (void)session.check(workspace->finish());
}

}  // namespace

void add_serve(CLI::App& app, Session& session) {
    auto flags = std::make_shared<ServeFlags>();
    auto* command = app.add_subcommand("serve", "The HTTP/JSON backend for front ends");
    command->footer(
        "Example: jejak --data data serve\n"
        "  curl -H 'X-Jejak-Person: nip:198501012010011001' "
        "http://127.0.0.1:8080/v1/appraisals/sofifi-2025-001\n"
        "With tokens: jejak serve --listen 0.0.0.0:8080 --jwks keys.json --issuer "
        "https://sso.example.go.id --audience jejak");
    command->add_option("--listen", flags->listen, "Address and port (default 127.0.0.1:8080)");
    auto* jwks = command->add_option("--jwks", flags->tokens.jwks_file,
                                     "The issuer's public keys: a JWKS file");
    auto* issuer = command->add_option("--issuer", flags->tokens.issuer, "Who issues tokens");
    auto* audience =
        command->add_option("--audience", flags->tokens.audience, "For whom: our name there");
    jwks->needs(issuer)->needs(audience);
    command->add_option("--person-claim", flags->tokens.person_claim,
                        "Where a token says whose it is (default nip)");
    command->add_option("--offices-claim", flags->tokens.offices_claim,
                        "Where it lists offices (default roles; /realm_access/roles)");
    command->add_option("--namespace", flags->tokens.name_space,
                        "Of the person's identifier (default nip)");
    command->add_flag("--accept-jwt", flags->tokens.accept_jwt_type,
                      "Also tokens of type JWT, for issuers older than RFC 9068");
    command->callback([flags, &session] { run_serve(session, *flags); });
}

}  // namespace jejak::tools
