#include "tests/http/house.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <cctype>
#include <cerrno>
#include <future>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace jejak::http {

House::House(Handler handler, Limits limits, ServerSettings settings) {
    auto server = Server::start(pool_.get_executor(), "127.0.0.1", 0, limits, std::move(handler),
                                std::move(settings));
    if (!server) throw std::runtime_error(server.error().message);
    server_ = *server;
}

House::~House() {
    stop();
    pool_.join();
}

void House::stop() {
    std::promise<void> stopped;
    server_->stop([&] { stopped.set_value(); });
    stopped.get_future().wait();
}

void echo(Request request, Answer answer) {
    std::string query;
    for (const auto& [name, value] : request.query) {
        query += "[" + name + "=" + value + "]";
    }
    answer({200,
            "text/plain",
            request.method + " " + request.path + " " + request.body,
            {{"X-Query", query}}});
}

std::string Message::field(const std::string& name) const {
    return fields.count(name) == 1 ? fields.find(name)->second : "";
}

std::string Message::code() const {
    if (field("content-type") != "application/problem+json") return "";
    const auto problem = boost::json::parse(body).as_object();
    EXPECT_EQ(problem.at("type"), "about:blank");
    EXPECT_EQ(problem.at("status").to_number<unsigned>(), status);
    EXPECT_FALSE(problem.at("title").as_string().empty());
    EXPECT_FALSE(problem.at("detail").as_string().empty());
    return std::string(problem.at("code").as_string());
}

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{10, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
}

Client::Client(Client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), input_(std::move(other.input_)) {}

Client::~Client() {
    if (socket_ >= 0) close(socket_);
}

bool Client::send(const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto sent = write_bytes(bytes.data() + at, bytes.size() - at);
        if (sent <= 0) return false;
        at += static_cast<std::size_t>(sent);
    }
    return true;
}

long Client::write_bytes(const char* bytes, std::size_t size) {
    return ::send(socket_, bytes, size, MSG_NOSIGNAL);
}

long Client::read_bytes(char* bytes, std::size_t size) {
    return recv(socket_, bytes, size, 0);
}

bool Client::fetch() {
    std::array<char, 65536> chunk{};
    const auto size = read_bytes(chunk.data(), chunk.size());
    reset_ = size < 0 && errno == ECONNRESET;
    if (size > 0) input_.append(chunk.data(), static_cast<std::size_t>(size));
    return size > 0;
}

Message Client::receive(bool to_head) {
    Message message;
    while (input_.find("\r\n\r\n") == std::string::npos) {
        if (!fetch()) return message;
    }
    message.head = input_.substr(0, input_.find("\r\n\r\n") + 4);
    input_.erase(0, message.head.size());
    for (auto at = message.head.find("\r\n") + 2; at + 2 < message.head.size();) {
        const auto end = message.head.find("\r\n", at);
        const auto colon = message.head.find(": ", at);
        std::string name = message.head.substr(at, colon - at);
        for (char& letter : name) {
            letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        }
        message.fields.emplace(name, message.head.substr(colon + 2, end - colon - 2));
        at = end + 2;
    }
    const auto length = message.field("content-length");
    const std::size_t size = to_head || length.empty() ? 0 : std::stoul(length);
    while (input_.size() < size) {
        if (!fetch()) return message;
    }
    message.body = input_.substr(0, size);
    input_.erase(0, size);
    message.status = static_cast<unsigned>(std::stoul(message.head.substr(9, 3)));
    return message;
}

bool Client::ends() {
    char byte = 0;
    return input_.empty() && read_bytes(&byte, 1) == 0;
}

std::optional<std::string> Client::take_line() {
    while (input_.find("\r\n") == std::string::npos) {
        if (!fetch()) return std::nullopt;
    }
    std::string line = input_.substr(0, input_.find("\r\n"));
    input_.erase(0, line.size() + 2);
    return line;
}

std::optional<std::string> Client::receive_chunk() {
    whole_ = false;
    const auto line = take_line();
    if (!line) return std::nullopt;
    const std::size_t size = std::stoul(*line, nullptr, 16);
    while (input_.size() < size + 2) {
        if (!fetch()) return std::nullopt;
    }
    std::string chunk = input_.substr(0, size);
    EXPECT_EQ(input_.substr(size, 2), "\r\n");
    input_.erase(0, size + 2);
    whole_ = size == 0;
    return whole_ ? std::nullopt : std::optional(chunk);
}

std::size_t Client::send_until_full(const std::string& bytes) {
    constexpr int patience_ms = 300;
    std::size_t at = 0;
    pollfd writable{socket_, POLLOUT, 0};
    while (at < bytes.size() && poll(&writable, 1, patience_ms) == 1) {
        const auto sent =
            ::send(socket_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent <= 0) break;
        at += static_cast<std::size_t>(sent);
    }
    return at;
}

std::string Client::receive_rest() {
    while (fetch()) {
    }
    return std::exchange(input_, {});
}

void Client::end_sending() {
    shutdown(socket_, SHUT_WR);
}

void Client::vanish() {
    const linger at_once{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(std::exchange(socket_, -1));
}

struct Log::State {
    std::ostringstream text;
    std::shared_ptr<spdlog::logger> before = spdlog::default_logger();
};

Log::Log() : state_(std::make_unique<State>()) {
    spdlog::set_default_logger(std::make_shared<spdlog::logger>(
        "heard", std::make_shared<spdlog::sinks::ostream_sink_mt>(state_->text)));
}

Log::~Log() {
    spdlog::set_default_logger(state_->before);
}

bool Log::says(const std::string& words) const {
    return state_->text.str().find(words) != std::string::npos;
}

Message ask(std::uint16_t port, const std::string& bytes) {
    Client client(port);
    client.send(bytes);
    return client.receive();
}

}  // namespace jejak::http
