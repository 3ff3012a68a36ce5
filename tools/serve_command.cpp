#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>

#include "adapters/http/server.hpp"
#include "tools/commands.hpp"
#include "tools/host.hpp"
#include "tools/json_log.hpp"

// The HTTP backend as a process: what it listens on, whom it believes, how it ends.
namespace jejak::tools {
namespace {

constexpr std::size_t io_threads = 2;

struct ServeFlags {
    std::string listen = "127.0.0.1:8080";
    Callers::Tokens tokens;
    std::string api_keys_file;
    std::vector<std::string> proxies;
    std::uint32_t rate = access::request_rate.tokens;
    http::TlsFiles tls;
    WebhookService::Files webhooks;
    std::vector<std::string> origins;
    bool json_log = false;
    std::size_t connections = http::Limits{}.connections_max;
};

// As many more at once as the usual rate has.
access::Rate rate_of(std::uint32_t tokens) {
    return {tokens, access::request_rate.per, tokens + tokens / 5};
}

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

Result<http::ServerSettings> settings_of(const ServeFlags& flags) {
    http::ServerSettings settings;
    settings.streams_body = backend::Backend::streams_body;
    settings.words_of = backend::Backend::words_of;
    settings.allowed_origins = flags.origins;
    if (!flags.tls.certificate_chain.empty()) {
        const auto tls = http::TlsContext::load(flags.tls);
        if (!tls) return tls.error();
        settings.tls = *tls;
    }
    return settings;
}

// Who connects from now on gets the certificate that the files hold now; a wrong one changes
// nothing.
void renew_certificate(const ServeFlags& flags, http::Server& server) {
    if (flags.tls.certificate_chain.empty()) return;
    const auto renewed = http::TlsContext::load(flags.tls);
    const auto done = renewed ? server.reload(*renewed) : Result<void>(renewed.error());
    if (!done) return spdlog::error("the certificate stays as it was: {}", done.error().message);
    spdlog::info("the certificate was read anew");
}

void run_serve(Session& session, const ServeFlags& flags) {
    if (flags.json_log) log_as_json();
    const auto place = place_to_listen(flags.listen);
    if (!place) return session.fail(place.error());
    const auto callers = callers_of(flags, *place);
    if (!callers) return session.fail(callers.error());
    const auto settings = settings_of(flags);
    if (!settings) return session.fail(settings.error());
    const auto host = Host::open(session.directory, {*callers,
                                                     {flags.api_keys_file,
                                                      {flags.proxies.begin(), flags.proxies.end()},
                                                      rate_of(flags.rate)},
                                                     flags.webhooks,
                                                     flags.json_log});
    if (!host) return session.fail(host.error());
    auto& io = (*host)->io();
    http::Limits limits;
    limits.connections_max = flags.connections;
    const auto server = http::Server::start(
        io.get_executor(), place->address.to_string(), place->port, limits,
        [&host](http::Request request, http::Answer answer) {
            (*host)->handle(std::move(request), std::move(answer));
        },
        *settings);
    if (!server) return session.fail(server.error());
    if (callers->is_development()) {
        spdlog::warn(
            "DEVELOPMENT MODE: everybody is whom he says he is (X-Jejak-Person). For real "
            "people give --jwks, --issuer and --audience.");
    }
    boost::asio::signal_set hangup(io, SIGHUP);
    std::function<void()> await_hangup = [&] {
        hangup.async_wait([&](const boost::system::error_code& fault, int) {
            if (fault) return;
            renew_certificate(flags, **server);
            (*host)->reload_keys();
            await_hangup();
        });
    };
    await_hangup();
    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code& fault, int) {
        if (fault) return;
        notify("STOPPING=1");
        spdlog::info("stopping: what was accepted is finished first");
        (*server)->stop([&] { (*host)->stop(); });
    });
    std::cout << "listening on http" << (settings->tls ? "s://" : "://")
              << flags.listen.substr(0, flags.listen.rfind(':')) << ':' << (*server)->port()
              << std::endl;
    notify("READY=1");
    (*host)->run(io_threads);
    (void)session.check((*host)->finish());
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
    command->add_option("--api-keys", flags->api_keys_file, "Keys of services (mode 600)");
    command->add_option("--trusted-proxy", flags->proxies,
                        "Addresses of our proxies, whose X-Forwarded-For is believed");
    auto* certificate = command->add_option("--tls-certificate", flags->tls.certificate_chain,
                                            "HTTPS: the certificate chain (PEM)");
    auto* key = command->add_option("--tls-key", flags->tls.private_key, "Its private key (PEM)");
    certificate->needs(key);
    key->needs(certificate);
    command->add_option("--allow-origin", flags->origins,
                        "Origins whose pages may call it (CORS): https://penilaian.example.go.id");
    command->add_option("--webhooks", flags->webhooks.endpoints,
                        "Whom to tell what happens: a file of endpoints (mode 600)");
    command->add_option("--webhooks-ca", flags->webhooks.extra_ca,
                        "An authority (PEM) for endpoints of one's own house");
    command->add_flag("--log-json", flags->json_log,
                      "Log lines as JSON, with one for each request (without personal data)");
    command
        ->add_option("--connections", flags->connections,
                     "Open at a time, streams of events included (default 1024)")
        ->check(CLI::Range(1U, 100'000U));
    command->add_option("--rate", flags->rate, "Requests a second of one caller (default 100)")
        ->check(CLI::Range(1U, 1'000'000U));
    command->callback([flags, &session] { run_serve(session, *flags); });
}

}  // namespace jejak::tools
