#include "adapters/webhooks/delivery.hpp"

#include <openssl/ssl.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <utility>
#include <vector>

namespace jejak::webhooks {

struct DeliveryTerms::Tls {
    boost::asio::ssl::context context{boost::asio::ssl::context::tls_client};
};

namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using TlsStream = boost::asio::ssl::stream<tcp::socket&>;
using AnswerParser = boost::beast::http::response_parser<boost::beast::http::string_body>;

constexpr std::size_t dropped_body_bytes_max = 16 * 1024;
constexpr std::uint32_t answer_head_bytes_max = 16 * 1024;

bool may_be_reached(const Endpoint& endpoint, const boost::asio::ip::address& address) {
    if (!endpoint.url.secure && !address.is_loopback()) return false;
    return endpoint.allow_private || is_public(address);
}

// RFC 9112. Nothing in it is anybody else's: the URL was checked letter by letter.
std::string request_of(const Url& url, const Letter& letter, const std::string& program) {
    std::string text =
        "POST " + url.target + " HTTP/1.1\r\nHost: " + authority_of(url) +
        "\r\nUser-Agent: " + program +
        "\r\nContent-Type: application/json\r\nConnection: close\r\nwebhook-id: " + letter.id;
    text += "\r\nwebhook-timestamp: " + std::to_string(letter.timestamp_s);
    text += "\r\nwebhook-signature: " + letter.signatures;
    text += "\r\nContent-Length: " + std::to_string(letter.body.size());
    return text + "\r\n\r\n" + letter.body;
}

// One attempt; keeps itself alive until it is done. All on the strand.
class Attempt : public std::enable_shared_from_this<Attempt> {
  public:
    Attempt(const DeliveryStrand& strand, std::shared_ptr<const DeliveryTerms> terms,
            const Endpoint& endpoint, const Letter& letter, std::function<void(Answer)> completion)
        : strand_(strand),
          terms_(std::move(terms)),
          endpoint_(endpoint),
          completion_(std::move(completion)),
          request_(request_of(endpoint.url, letter, terms_->options().program)),
          resolver_(strand),
          timer_(strand),
          socket_(strand) {}

    void begin() {
        timer_.expires_after(terms_->options().time_limit);
        timer_.async_wait([self = shared_from_this()](error_code fault) {
            if (!fault) self->fail("no answer in time");
        });
        error_code not_literal;
        const auto literal = boost::asio::ip::make_address(endpoint_.url.host, not_literal);
        if (!not_literal) return connect({{literal, endpoint_.url.port}});
        resolver_.async_resolve(
            endpoint_.url.host, std::to_string(endpoint_.url.port),
            [self = shared_from_this()](error_code fault, const tcp::resolver::results_type& all) {
                if (self->done_) return;
                if (fault) return self->fail("the host can not be found: " + fault.message());
                self->connect({all.begin(), all.end()});
            });
    }

    void cancel() {
        completion_ = nullptr;
        close();
    }

  private:
    void connect(std::vector<tcp::endpoint> places) {
        std::erase_if(places, [&](const tcp::endpoint& place) {
            return !may_be_reached(endpoint_, place.address());
        });
        if (places.empty()) {
            return fail(endpoint_.url.secure
                            ? "the host has no address of the public Internet; if messages are to "
                              "stay in the house, write \"allow_private\": true"
                            : "the host is not this machine; write an https URL");
        }
        places_ = std::move(places);
        boost::asio::async_connect(
            socket_, places_, [self = shared_from_this()](error_code fault, const tcp::endpoint&) {
                if (self->done_) return;
                if (fault) return self->fail("cannot connect: " + fault.message());
                self->endpoint_.url.secure ? self->shake_hands() : self->write(self->socket_);
            });
    }

    void shake_hands() {
        const std::string& host = endpoint_.url.host;
        tls_.emplace(socket_, terms_->tls().context);
        error_code not_literal;
        (void)boost::asio::ip::make_address(host, not_literal);
        if (not_literal) SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str());
        tls_->set_verify_mode(boost::asio::ssl::verify_peer);
        tls_->set_verify_callback([this, right = boost::asio::ssl::host_name_verification(host)](
                                      bool verified, boost::asio::ssl::verify_context& context) {
            const bool accepted = right(verified, context);
            wrong_host_ = verified && !accepted;
            return accepted;
        });
        tls_->async_handshake(TlsStream::client, [self = shared_from_this()](error_code fault) {
            if (self->done_) return;
            if (fault) return self->fail(self->why_no_tls(fault));
            self->write(*self->tls_);
        });
    }

    std::string why_no_tls(const error_code& fault) {
        if (wrong_host_) return "the certificate is not for the host " + endpoint_.url.host;
        const long verdict = SSL_get_verify_result(tls_->native_handle());
        if (verdict == X509_V_OK) return "no TLS: " + fault.message();
        return std::string("the certificate is not trusted: ") +
               X509_verify_cert_error_string(verdict);
    }

    template <class Stream>
    void write(Stream& stream) {
        boost::asio::async_write(
            stream, boost::asio::buffer(request_),
            [self = shared_from_this(), &stream](error_code fault, std::size_t) {
                if (self->done_) return;
                if (fault) return self->fail("cannot send: " + fault.message());
                self->begin_answer();
                self->read(stream);
            });
    }

    void begin_answer() {
        parser_.emplace();
        parser_->eager(true);
        parser_->header_limit(answer_head_bytes_max);
        parser_->body_limit(boost::none);
    }

    template <class Stream>
    void read(Stream& stream) {
        stream.async_read_some(
            boost::asio::buffer(chunk_),
            [self = shared_from_this(), &stream](error_code fault, std::size_t size) {
                if (self->done_) return;
                if (fault) return self->fail("no answer of HTTP: " + fault.message());
                self->unread_.append(self->chunk_.data(), size);
                self->bytes_read_ += size;
                if (!self->look_at_answer()) self->read(stream);
            });
    }

    // True: all that has to be known is, or nothing can be.
    bool look_at_answer() {
        std::size_t used = 0;
        do {
            error_code fault;
            used = parser_->put(boost::asio::buffer(unread_), fault);
            unread_.erase(0, used);
            const bool more = fault == boost::beast::http::error::need_more;
            if (fault && !more) {
                fail("no answer of HTTP: " + fault.message());
                return true;
            }
            // RFC 9110, section 15.2: the answer itself is still to come.
            if (parser_->is_done() && is_interim()) begin_answer();
        } while (!parser_->is_done() && used > 0 && !unread_.empty());
        const bool known = parser_->is_header_done();
        const bool enough = bytes_read_ > answer_head_bytes_max + dropped_body_bytes_max;
        if (!known && enough) fail("no answer of HTTP: its head is too long");
        if (known && (enough || parser_->is_done())) finish(answer());
        return done_;
    }

    bool is_interim() const { return parser_->get().result_int() / 100 == 1; }

    Answer answer() const {
        const auto& head = parser_->get();
        const auto retry_after = head[boost::beast::http::field::retry_after];
        return {head.result_int(), "", {retry_after.data(), retry_after.size()}};
    }

    void fail(std::string why) {
        const bool answered =
            parser_ && parser_->is_header_done() && parser_->get().result_int() / 100 != 1;
        finish(answered ? answer() : Answer{0, std::move(why), ""});
    }

    void finish(Answer answer) {
        if (done_) return;
        close();
        boost::asio::post(strand_, [self = shared_from_this(), answer = std::move(answer)] {
            if (self->completion_) std::exchange(self->completion_, nullptr)(answer);
        });
    }

    void close() {
        done_ = true;
        timer_.cancel();
        resolver_.cancel();
        error_code gone_already;
        socket_.close(gone_already);
    }

    DeliveryStrand strand_;
    std::shared_ptr<const DeliveryTerms> terms_;
    Endpoint endpoint_;
    std::function<void(Answer)> completion_;
    std::string request_;
    tcp::resolver resolver_;
    boost::asio::steady_timer timer_;
    std::vector<tcp::endpoint> places_;
    tcp::socket socket_;
    std::optional<TlsStream> tls_;
    bool wrong_host_ = false;
    bool done_ = false;
    std::optional<AnswerParser> parser_;
    std::array<char, 8'192> chunk_{};
    std::string unread_;  // came, and the parser wants more of it
    std::size_t bytes_read_ = 0;
};

}  // namespace

Result<std::shared_ptr<const DeliveryTerms>> DeliveryTerms::make(Options options) {
    using boost::asio::ssl::context;
    const auto failed = [](const std::string& doing, const std::string& why,
                           const std::string& remedy) {
        return error(ErrorCode::environment, "cannot " + doing + ": " + why + "; " + remedy);
    };
    try {
        auto tls = std::make_shared<Tls>();
        tls->context.set_options(context::default_workarounds | context::no_tlsv1 |
                                 context::no_tlsv1_1 | context::no_compression);
        error_code fault;
        tls->context.set_default_verify_paths(fault);
        if (fault) {
            return failed("load the system's certificates", fault.message(),
                          "install the package ca-certificates");
        }
        if (!options.extra_ca_file.empty()) {
            tls->context.load_verify_file(options.extra_ca_file, fault);
        }
        if (fault) {
            return failed("load the certificates of " + options.extra_ca_file, fault.message(),
                          "give a file of certificates in PEM that this user may read");
        }
        return std::shared_ptr<const DeliveryTerms>(
            new DeliveryTerms(std::move(options), std::move(tls)));
    } catch (const std::exception& fault) {
        return failed("begin TLS", fault.what(), "look at the configuration of OpenSSL");
    }
}

std::function<void()> deliver(const DeliveryStrand& strand,
                              std::shared_ptr<const DeliveryTerms> terms, const Endpoint& endpoint,
                              const Letter& letter, std::function<void(Answer)> completion) {
    auto attempt = std::make_shared<Attempt>(strand, std::move(terms), endpoint, letter,
                                             std::move(completion));
    attempt->begin();
    return [weak = std::weak_ptr(attempt)] {
        if (const auto under_way = weak.lock()) under_way->cancel();
    };
}

}  // namespace jejak::webhooks
