#include "tests/cli/bad_requests.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <stdexcept>

namespace jejak::cli {
namespace {

// Who asks in the table, and which offices he holds.
const std::map<std::string, std::pair<std::string, std::string>, std::less<>>& people_of_table() {
    static const std::map<std::string, std::pair<std::string, std::string>, std::less<>> people = {
        {"employee", {"nip:197601082003011752", ""}},  // of sofifi-2025-001
        {"supervisor", {"nip:197412102005122867", ""}},
        {"superior", {"nip:198006272004041758", ""}},
        {"colleague", {"nip:198901122016121945", ""}},  // of sofifi-2025-004 she sees nothing
        {"rater", {"nip:198510042009042756", ""}},
        {"objector", {"nip:197111222000122960", ""}},  // of sofifi-2025-014
        {"administrator", {"nip:198209232013011895", "administrator"}},
        {"registrar", {"nip:198206152008011003", "registrar"}},
        {"auditor", {"nip:199901012024011001", "auditor"}},
        {"stranger", {"nip:199912312025011999", ""}}};
    return people;
}

// Code points below U+0100 as bytes, if there is no other one.
std::string bytes_of_text(const std::string& utf8) {
    std::string bytes;
    for (std::size_t at = 0; at < utf8.size(); ++at) {
        const auto byte = static_cast<unsigned char>(utf8[at]);
        if (byte >= 0xC4) return utf8;
        if (byte < 0x80) {
            bytes += utf8[at];
        } else {
            const auto next = static_cast<unsigned char>(utf8.at(++at));
            bytes += static_cast<char>((byte & 0x03U) << 6U | (next & 0x3FU));
        }
    }
    return bytes;
}

std::string text_of_parts(const boost::json::value& value) {
    if (value.is_string()) return bytes_of_text(std::string(value.as_string()));
    std::string text;
    for (const auto& part : value.as_array()) {
        if (part.is_string()) {
            text += text_of_parts(part);
            continue;
        }
        const auto& repeated = part.as_object();
        const auto times = repeated.at("times").to_number<std::size_t>();
        for (std::size_t i = 0; i < times; ++i)
            text += text_of_parts(repeated.at("repeat"));
    }
    return text;
}

std::string member_text(const boost::json::object& line, const char* name) {
    const auto* value = line.if_contains(name);
    return value == nullptr ? "" : std::string(value->as_string());
}

template <class Number>
Number member_number(const boost::json::object& line, const char* name, Number otherwise) {
    const auto* value = line.if_contains(name);
    return value == nullptr ? otherwise : value->to_number<Number>();
}

BadRequest request_of(const boost::json::object& line) {
    BadRequest request;
    request.name = std::string(line.at("name").as_string());
    request.prepares = line.contains("prepares");
    request.to_tokens = line.contains("tokens");
    request.times = member_number(line, "times", 1U);
    request.status = line.at("status").to_number<unsigned>();
    request.code = member_text(line, "code");
    request.pointer = member_text(line, "pointer");
    request.has_pointer = line.contains("pointer");
    request.records = member_number(line, "records", std::uint64_t{0});
    request.line = line;
    return request;
}

using Fields = std::vector<std::pair<std::string, std::string>>;

// The line's headers go in the place of ours; null leaves ours out.
void put_fields(Fields& fields, const boost::json::object& line) {
    const auto* headers = line.if_contains("headers");
    if (headers == nullptr) return;
    for (const auto& [name, value] : headers->as_object()) {
        const std::string wanted(name);
        std::erase_if(fields, [&](const auto& each) { return each.first == wanted; });
        if (!value.is_null()) fields.emplace_back(wanted, text_of_parts(value));
    }
}

std::string body_of_line(const boost::json::object& line) {
    if (const auto* json = line.if_contains("json")) return boost::json::serialize(*json);
    const auto* body = line.if_contains("body");
    return body == nullptr ? "" : text_of_parts(*body);
}

}  // namespace

std::string BadRequest::bytes(std::string_view language, unsigned number) const {
    if (const auto* raw = line.if_contains("raw")) return text_of_parts(*raw);
    const auto body = body_of_line(line);
    Fields fields{{"Host", "uji"},
                  {"Accept-Language", std::string(language)},
                  {"X-Forwarded-For", "10." + std::to_string(number >> 8U & 255U) + "." +
                                          std::to_string(number & 255U) + ".1"}};
    if (const auto who = member_text(line, "as"); !who.empty()) {
        const auto& [person, offices] = people_of_table().at(who);
        fields.emplace_back("X-Jejak-Person", person);
        const auto given = member_text(line, "offices");
        if (!given.empty() || !offices.empty()) {
            fields.emplace_back("X-Jejak-Offices", given.empty() ? offices : given);
        }
    }
    if (!body.empty()) {
        fields.emplace_back("Content-Type", "application/json");
        fields.emplace_back("Content-Length", std::to_string(body.size()));
    }
    put_fields(fields, line);
    std::string text =
        member_text(line, "method") + " " + text_of_parts(line.at("path")) + " HTTP/1.1\r\n";
    for (const auto& [field, value] : fields)
        text += field + ": " + value + "\r\n";
    return text + "\r\n" + body;
}

std::vector<BadRequest> bad_requests() {
    const std::string path = JEJAK_SOURCE_DIR "/tests/cli/bad_requests.jsonl";
    std::ifstream file(path);
    std::vector<BadRequest> all;
    for (std::string line; std::getline(file, line);) {
        try {
            all.push_back(request_of(boost::json::parse(line).as_object()));
        } catch (const std::exception& fault) {
            throw std::runtime_error(path + ":" + std::to_string(all.size() + 1) + ": " +
                                     fault.what());
        }
    }
    return all;
}

Answered ask_bytes(const std::string& address, const std::string& bytes) {
    const int client = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port =
        htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{10, 0};
    ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    Answered answered;
    std::string input;
    if (::connect(client, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0) {
        // A request that is refused early is not taken to its end.
        for (std::size_t at = 0; at < bytes.size();) {
            const auto sent = ::send(client, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
            if (sent <= 0) break;
            at += static_cast<std::size_t>(sent);
        }
        std::array<char, 65536> piece{};
        const auto is_whole = [&] {
            const auto gap = input.find("\r\n\r\n");
            const auto length = input.find("\r\nContent-Length: ");
            if (gap == std::string::npos || length > gap) return false;
            return input.size() >= gap + 4 + std::stoul(input.substr(length + 18));
        };
        while (!is_whole()) {
            const auto got = ::recv(client, piece.data(), piece.size(), 0);
            if (got <= 0) break;
            input.append(piece.data(), static_cast<std::size_t>(got));
        }
    }
    ::close(client);
    const auto gap = input.find("\r\n\r\n");
    if (gap == std::string::npos) return answered;
    answered.head = input.substr(0, gap + 2);
    answered.body = input.substr(gap + 4);
    answered.status = static_cast<unsigned>(std::stoul(answered.head.substr(9, 3)));
    return answered;
}

}  // namespace jejak::cli
