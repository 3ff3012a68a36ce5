#pragma once

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/error_code.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/chunked_body.hpp"
#include "adapters/http/head.hpp"
#include "adapters/http/limits.hpp"
#include "adapters/http/message.hpp"
#include "adapters/http/reply.hpp"

namespace jejak::http {

// What all connections of a server share.
struct Service {
    Limits limits;
    Handler handler;
};

// One client's connection: reads a request, has it answered, writes the answer, and only then reads
// the next one, so that answers keep the order of requests (RFC 9112, section 9.3.2). A refused
// request ends the connection, since nobody knows where the next one would begin.
//
// The socket's executor must be a strand: all state is used there only. What is under way (a read,
// a write, a timer) keeps the connection alive; an Answer does not.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    // Called once, on the strand, when the connection is closed.
    using Gone = std::function<void(Connection&)>;

    Connection(boost::asio::ip::tcp::socket socket, std::shared_ptr<const Service> service,
               Gone gone);

    // From any thread, one of the two, once: serves requests, or says this to the client without
    // reading any, and closes.
    void serve();
    void turn_away(Response response);

    // From any thread: closes the connection, as soon as the request that has begun to come in, if
    // there is one, is answered.
    void finish();
    // From any thread: answers request number `turn`. Dropped if that is answered or given up.
    void answer(std::uint64_t turn, Response response);

  private:
    enum class State {
        head,        // of the next request is awaited
        proceeding,  // "100 Continue" is being written
        body,        // of the request is awaited
        handling,    // the handler has the request
        writing,     // the answer
        draining,    // the last answer is written; what the client still sends is dropped
        closed
    };

    void read();
    void on_read(boost::system::error_code fault, std::size_t size);
    // No request is complete yet: reads on, unless the client sends no more.
    void await_more();
    void advance();
    void advance_head();
    void begin_body(const Head& head);
    void advance_body();
    void handle();
    void await_next_request();
    // Between two requests: nothing of the next one is here.
    [[nodiscard]] bool is_idle();

    void refuse(const Refusal& refusal);
    void respond(Response response);
    void write();
    void on_written(boost::system::error_code fault, std::size_t body_bytes);
    void drain();
    void close();

    // Replaces the deadline that is set.
    void set_deadline(Limits::Duration duration);
    void on_deadline();

    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer timer_;
    std::shared_ptr<const Service> service_;
    Gone gone_;
    State state_ = State::head;
    std::uint64_t deadline_ = 0;  // number of the one that is set
    bool finishing_ = false;

    // What came in and is not used yet. A read may be under way in any state; at most one.
    std::array<char, 8 * 1024> chunk_;
    std::string input_;
    bool reading_ = false;
    bool at_end_ = false;  // the client sends no more; it may still read (half-closed)

    // The request.
    bool head_begun_ = false;
    bool line_skipped_ = false;
    std::size_t scanned_ = 0;
    Request request_;
    std::uint64_t body_left_ = 0;
    std::optional<ChunkedBody> chunked_;
    std::uint64_t turn_ = 0;
    bool keep_alive_ = false;
    Delivery delivery_;

    // The answer.
    Reply reply_;
    std::size_t body_sent_ = 0;
};

}  // namespace jejak::http
