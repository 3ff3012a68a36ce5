#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <vector>

// The table of requests that are refused: tests/cli/bad_requests.jsonl.
namespace jejak::cli {

// One line of the table. Its texts are bytes where all code points are below U+0100 (so that
// "\u00ff" is the byte 0xFF), and UTF-8 otherwise; a list of texts is put together, and {"repeat":
// "x", "times": 9} in it is that text so often.
struct BadRequest {
    std::string name;
    bool prepares = false;   // what the others need: it is accepted
    bool to_tokens = false;  // to the server that believes tokens only
    unsigned times = 1;      // sent so often before it is answered like that
    boost::json::object line;

    unsigned status = 0;
    std::string code, pointer;
    bool has_pointer = false;   // `pointer` is one of its errors
    std::uint64_t records = 0;  // how many the log gets: a refusal of the business is recorded

    // As it goes over the wire; `number` makes an address of its own for the limit of failures.
    [[nodiscard]] std::string bytes(std::string_view language, unsigned number) const;
};

// In their order. Throws std::runtime_error, naming the line, where one cannot be read.
[[nodiscard]] std::vector<BadRequest> bad_requests();

// What came back; status 0: the connection ended without an answer, or none came for 10 s.
struct Answered {
    unsigned status = 0;
    std::string head, body;
    [[nodiscard]] bool has(const std::string& field_line) const {
        return head.find("\r\n" + field_line + "\r\n") != std::string::npos;
    }
};
// Sends the bytes over a connection of its own to 127.0.0.1; "http://127.0.0.1:PORT".
[[nodiscard]] Answered ask_bytes(const std::string& address, const std::string& bytes);

}  // namespace jejak::cli
