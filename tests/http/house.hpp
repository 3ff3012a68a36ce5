#pragma once

#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/server.hpp"

namespace jejak::http {

// A server on a free port of 127.0.0.1 with two threads, and its end.
class House {
  public:
    explicit House(Handler handler, Limits limits = {}, ServerSettings settings = {});
    ~House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] Server& server() { return *server_; }
    // Stops the server and waits until it has stopped.
    void stop();

  private:
    boost::asio::thread_pool pool_{2};
    std::shared_ptr<Server> server_;
};

// Answers at once with "GET /path body", and with the query in X-Query: "[a=1][b=]".
void echo(Request request, Answer answer);

// What came over the wire.
struct Message {
    unsigned status = 0;  // 0: the connection ended or gave nothing for ten seconds
    std::string head;
    std::multimap<std::string, std::string> fields;  // names in small letters
    std::string body;

    // The only value of the field, else "".
    [[nodiscard]] std::string field(const std::string& name) const;
    // The member "code" of a problem, else "".
    [[nodiscard]] std::string code() const;
};

// A client that writes the bytes it is given.
class Client {
  public:
    explicit Client(std::uint16_t port);
    virtual ~Client();
    Client(Client&& other) noexcept;
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // False: the connection is gone.
    bool send(const std::string& bytes);
    // The next answer; of one to HEAD there is no body. An interim answer (1xx) is one as well.
    [[nodiscard]] Message receive(bool to_head = false);
    // The next chunk of a body of which the head was received; none: that was the last one, or the
    // connection ended before it (`is_whole`).
    [[nodiscard]] std::optional<std::string> receive_chunk();
    [[nodiscard]] bool is_whole() const { return whole_; }
    // Sends as much of it as the server takes without being read, and says how much that was.
    [[nodiscard]] std::size_t send_until_full(const std::string& bytes);
    // All that comes until the server ends the connection.
    [[nodiscard]] std::string receive_rest();
    // Whether what was received last ended with a reset (RST).
    [[nodiscard]] bool was_reset() const { return reset_; }
    // Whether the server ends the connection and sends nothing more before.
    [[nodiscard]] bool ends();
    // No more is sent, but still received.
    void end_sending();
    // Goes away without a word (RST).
    void vanish();

  protected:
    // As send() and recv(); through TLS something else.
    virtual long write_bytes(const char* bytes, std::size_t size);
    virtual long read_bytes(char* bytes, std::size_t size);
    [[nodiscard]] int socket() const { return socket_; }

  private:
    bool fetch();
    [[nodiscard]] std::optional<std::string> take_line();

    int socket_ = -1;
    std::string input_;
    bool whole_ = false;
    bool reset_ = false;
};

// What the program logs while this lives, instead of where it went before.
class Log {
  public:
    Log();
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    // After the server has stopped.
    [[nodiscard]] bool says(const std::string& words) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// One request on a connection of its own.
[[nodiscard]] Message ask(std::uint16_t port, const std::string& bytes);

}  // namespace jejak::http
