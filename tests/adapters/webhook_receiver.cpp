#include "tests/adapters/webhook_receiver.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <stdexcept>

namespace jejak::webhooks {
namespace {

namespace beast_http = boost::beast::http;
using boost::asio::ip::tcp;
using boost::system::error_code;

std::string pem_of(const std::function<int(BIO*)>& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    if (write(memory.get()) != 1) throw std::runtime_error("no PEM");
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

std::string bytes_of(const Receiver::Reply& reply) {
    if (!reply.raw.empty()) return reply.raw;
    std::string bytes = "HTTP/1.1 " + std::to_string(reply.status) + " Word\r\n";
    for (const auto& [name, value] : reply.fields)
        bytes += name + ": " + value + "\r\n";
    return bytes + "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body;
}

}  // namespace

TlsIdentity make_identity(const std::string& host) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), &X509_free);
    X509* const certificate = made.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key.get());
    X509_NAME* const name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("receiver"), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    for (const auto& [kind, value] : {std::pair<int, std::string>{NID_basic_constraints, "CA:TRUE"},
                                      {NID_subject_alt_name, "DNS:" + host}}) {
        X509_EXTENSION* const extension =
            X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }
    if (X509_sign(certificate, key.get(), EVP_sha256()) == 0) throw std::runtime_error("unsigned");
    return {pem_of([&](BIO* memory) { return PEM_write_bio_X509(memory, certificate); }),
            pem_of([&](BIO* memory) {
                return PEM_write_bio_PrivateKey(memory, key.get(), nullptr, nullptr, 0, nullptr,
                                                nullptr);
            })};
}

struct Receiver::Shared : std::enable_shared_from_this<Shared> {
    Shared(boost::asio::io_context& io, Answering answer)
        : answering(std::move(answer)),
          acceptor(io, {boost::asio::ip::address_v4::loopback(), 0}),
          context(boost::asio::ssl::context::tls_server) {}

    void accept();

    Answering answering;
    tcp::acceptor acceptor;
    boost::asio::ssl::context context;
    bool secure = false;
    std::vector<Received> received;
    std::vector<std::function<void(const Reply&)>> waiting;
};

namespace {

// One connection, one request.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(tcp::socket socket, std::shared_ptr<Receiver::Shared> shared)
        : shared_(std::move(shared)), stream_(std::move(socket), shared_->context) {}

    void begin() {
        if (!shared_->secure) return read(stream_.next_layer());
        stream_.async_handshake(Stream::server, [self = shared_from_this()](error_code fault) {
            if (!fault) self->read(self->stream_);
        });
    }

  private:
    using Stream = boost::asio::ssl::stream<tcp::socket>;

    template <class Through>
    void read(Through& through) {
        beast_http::async_read(
            through, buffer_, request_,
            [self = shared_from_this(), &through](error_code fault, std::size_t) {
                if (fault) return;
                Received received{std::string(self->request_.target()), {}, self->request_.body()};
                for (const auto& field : self->request_) {
                    std::string name(field.name_string());
                    for (char& letter : name)
                        letter = static_cast<char>(std::tolower(letter));
                    received.fields[name] = std::string(field.value());
                }
                self->shared_->received.push_back(received);
                const auto reply = self->shared_->answering(received);
                if (reply) return self->write(through, *reply);
                self->shared_->waiting.push_back(
                    [self, &through](const Receiver::Reply& late) { self->write(through, late); });
            });
    }

    template <class Through>
    void write(Through& through, const Receiver::Reply& reply) {
        bytes_ = bytes_of(reply);
        boost::asio::async_write(through, boost::asio::buffer(bytes_),
                                 [self = shared_from_this()](error_code, std::size_t) {
                                     error_code ignored;
                                     self->stream_.next_layer().close(ignored);
                                 });
    }

    std::shared_ptr<Receiver::Shared> shared_;
    Stream stream_;
    boost::beast::flat_buffer buffer_;
    beast_http::request<beast_http::string_body> request_;
    std::string bytes_;
};

}  // namespace

void Receiver::Shared::accept() {
    acceptor.async_accept([self = shared_from_this()](error_code fault, tcp::socket socket) {
        if (fault) return;
        std::make_shared<Session>(std::move(socket), self)->begin();
        self->accept();
    });
}

Receiver::Receiver(boost::asio::io_context& io, Answering answering,
                   std::optional<TlsIdentity> identity)
    : shared_(std::make_shared<Shared>(io, std::move(answering))) {
    if (identity) {
        shared_->secure = true;
        const auto& pem = *identity;
        shared_->context.use_certificate_chain(boost::asio::buffer(pem.certificate));
        shared_->context.use_private_key(boost::asio::buffer(pem.private_key),
                                         boost::asio::ssl::context::pem);
    }
    shared_->accept();
}

Receiver::~Receiver() {
    error_code ignored;
    shared_->acceptor.close(ignored);
    shared_->waiting.clear();
}

std::uint16_t Receiver::port() const {
    return shared_->acceptor.local_endpoint().port();
}

const std::vector<Received>& Receiver::received() const {
    return shared_->received;
}

std::vector<std::string> Receiver::ids() const {
    std::vector<std::string> all;
    for (const Received& each : shared_->received)
        all.push_back(each.fields.contains("webhook-id") ? each.fields.at("webhook-id") : "");
    return all;
}

std::vector<std::string> Receiver::bodies() const {
    std::vector<std::string> all;
    for (const Received& each : shared_->received)
        all.push_back(each.body);
    return all;
}

void Receiver::release(const Reply& reply) {
    for (const auto& answer : std::exchange(shared_->waiting, {}))
        answer(reply);
}

}  // namespace jejak::webhooks
