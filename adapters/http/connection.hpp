#pragma once

#include <atomic>
#include <boost/asio/post.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "adapters/http/channel.hpp"
#include "adapters/http/deadlines.hpp"
#include "adapters/http/framed_body.hpp"
#include "adapters/http/head.hpp"
#include "adapters/http/limits.hpp"
#include "adapters/http/message.hpp"
#include "adapters/http/outgoing.hpp"
#include "adapters/http/reply.hpp"
#include "adapters/http/settings.hpp"

namespace jejak::http {

// What all connections of a server share.
struct Service {
    Limits limits;
    ServerSettings settings;  // but tls, which changes
    Handler handler;

    // What a client is told that is refused (ServerSettings::words_of).
    [[nodiscard]] Response response_to(const Refusal& refusal,
                                       std::string_view accept_language = {}) const;
};

// One client's connection: reads a request, has it answered, writes the answer, and only then reads
// the next one, so that answers keep the order of requests (RFC 9112, section 9.3.2). A refused
// request ends the connection, since nobody knows where the next one would begin.
//
// All that happens leads to advance(), which takes step after step until none can be taken, and
// then waits for the socket; what the handler, a source or a reader says meanwhile on the same
// thread is noted for the next step. So nothing is called out of a call of theirs.
//
// The socket's executor is a strand: all state is used there only. What is under way (a wait for
// the socket, a timer) keeps the connection alive; an Answer, a source's Give and a BodyReader do
// not.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    // Called once, on the strand, when the connection is closed.
    using Gone = std::function<void(Connection&)>;

    Connection(Socket socket, std::shared_ptr<const TlsContext> tls,
               std::shared_ptr<const Service> service, Gone gone);

    // From any thread, one of the two, once: serves requests, or says this to the client without
    // reading any, and closes.
    void serve();
    void turn_away(Response response);

    // From any thread: closes the connection, as soon as the request that has begun to come in, if
    // there is one, is answered; a body that is streamed is cut off for that, and a source that is
    // endless.
    void finish();

    // From any thread, dropped if it is too late: the answer to request number `turn`; the piece of
    // its body that was asked for with this number, or that there will be none; a read of the body
    // of request number `turn`, which is told if it is too late.
    void answer(std::uint64_t turn, Response response);
    void give_chunk(std::uint64_t number, std::optional<std::string> chunk);
    void break_off(std::uint64_t number);
    void read_body(std::uint64_t turn, BodyReader::Take take);

    // On the strand.
    void on_deadline(Deadlines::Side side);

  private:
    enum class Phase {
        handshake,  // of TLS
        head,       // of the next request is awaited
        body,       // of the request is awaited
        answering,  // the handler has the request, or its answer is being written
        draining,   // the last answer is written; what the client still sends is dropped
        closed
    };

    // connection.cpp: the life of the connection.
    void start();
    // On the strand: now, if it is this thread that is in advance(), else later.
    template <class Note>
    void note(Note&& what);
    [[nodiscard]] bool runs_here() const;
    void advance();
    // One step; false: none can be taken until something happens.
    [[nodiscard]] bool step();
    [[nodiscard]] bool shake_hands();
    [[nodiscard]] bool receive();
    [[nodiscard]] bool wants_input() const;
    [[nodiscard]] bool send();
    void await(Socket::wait_type what);
    // Between two requests: nothing of the next one is here.
    [[nodiscard]] bool is_idle() const;
    void drain();
    void close();

    // connection_request.cpp: what comes in.
    [[nodiscard]] bool take_head();
    void begin_body(Head& head);
    [[nodiscard]] bool is_body_streamed() const;
    [[nodiscard]] bool take_body();
    void handle();
    // Hands the next piece of a streamed body to who reads it.
    [[nodiscard]] bool feed_reader();
    // Whoever waits for a piece; an exception of his is logged.
    void tell_reader(Result<std::optional<std::string>> what);
    void refuse(const Refusal& refusal, std::string_view accept_language = {});
    void await_next_request();

    // connection_answer.cpp: what goes out.
    void respond(Response response);
    [[nodiscard]] bool continue_answer();
    void ask_source();
    // Once all is sent that it gave, a source has the time it needs, unless the server stops.
    void limit_source();
    void end_source();
    void end_answer();

    Channel channel_;
    std::shared_ptr<const Service> service_;
    Gone gone_;
    Phase phase_ = Phase::head;
    bool finishing_ = false;
    Deadlines deadlines_;
    std::atomic<std::thread::id> runner_;  // in advance()

    // What came in and is not used yet, and what is to go out.
    std::string input_;
    Outgoing output_;
    bool output_blocked_ = false;
    std::size_t sent_since_deadline_ = 0;
    bool awaiting_input_ = false;
    bool awaiting_output_ = false;
    bool at_end_ = false;  // the client sends no more; it may still read (half-closed)

    // The request.
    std::string remote_;
    bool head_begun_ = true;  // who connects has something to say
    bool line_skipped_ = false;
    bool keep_alive_ = false;
    bool proceed_owed_ = false;  // "100 Continue", as soon as the streamed body is read
    std::size_t scanned_ = 0;
    Request request_;
    FramedBody body_;
    BodyReader::Take reader_;            // waits for a piece; empty: nobody does
    std::optional<Error> body_failure_;  // there is no more of it than came
    std::uint64_t turn_ = 0;

    // The answer.
    Delivery delivery_;
    bool answered_ = false;
    bool closes_ = false;  // after it
    bool chunked_ = false;
    std::shared_ptr<BodySource> source_;  // until it has ended
    bool source_asked_ = false;
    std::uint64_t asked_ = 0;  // number of the piece that the source was asked for
};

template <class Note>
void Connection::note(Note&& what) {
    if (runs_here()) return what();
    boost::asio::post(channel_.executor(),
                      [self = shared_from_this(), what = std::forward<Note>(what)]() mutable {
                          what();
                          self->advance();
                      });
}

}  // namespace jejak::http
