#include "tests/http/tls_house.hpp"

#include <gtest/gtest.h>
#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace jejak::http {
namespace {

constexpr long day_seconds = 24 * 60 * 60;

template <class Write>
void write_pem(const std::string& path, Write write) {
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (file == nullptr || write(file) != 1) throw std::runtime_error("cannot write " + path);
    std::fclose(file);
}

}  // namespace

Certificate::Certificate(long serial, int days) {
    const std::string stem =
        (std::filesystem::temp_directory_path() /
         ("http_tests-" + std::to_string(getpid()) + "-" + std::to_string(serial)))
            .string();
    files_ = {stem + ".crt", stem + ".key"};
    const std::shared_ptr<EVP_PKEY> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::shared_ptr<X509> certificate(X509_new(), &X509_free);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -10 * day_seconds);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * day_seconds);
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key.get());
    if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) {
        throw std::runtime_error("cannot sign a certificate");
    }
    write_pem(files_.certificate_chain,
              [&](std::FILE* file) { return PEM_write_X509(file, certificate.get()); });
    write_pem(files_.private_key, [&](std::FILE* file) {
        return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}

Certificate::~Certificate() {
    std::error_code ignored;
    std::filesystem::remove(files_.certificate_chain, ignored);
    std::filesystem::remove(files_.private_key, ignored);
}

std::shared_ptr<TlsContext> Certificate::load() const {
    auto context = TlsContext::load(files_);
    if (!context) throw std::runtime_error(context.error().message);
    return *context;
}

ServerSettings Certificate::settings() const {
    ServerSettings settings;
    settings.tls = load();
    return settings;
}

TlsClient::TlsClient(std::uint16_t port, const TlsTerms& terms) : Client(port) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    // Versions and ciphers that nobody should use are asked for, to be refused.
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), terms.version);
    SSL_CTX_set_max_proto_version(context.get(), terms.version);
    if (!terms.ciphers.empty()) SSL_CTX_set_cipher_list(context.get(), terms.ciphers.c_str());
    ssl_.reset(SSL_new(context.get()), &SSL_free);
    if (!terms.application.empty()) {
        const std::string said = static_cast<char>(terms.application.size()) + terms.application;
        SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(said.data()),
                            static_cast<unsigned>(said.size()));
    }
    SSL_set_fd(ssl_.get(), socket());
    secure_ = SSL_connect(ssl_.get()) == 1;
    ERR_clear_error();
}

TlsClient::~TlsClient() = default;

std::string TlsClient::version() const {
    return SSL_get_version(ssl_.get());
}

std::string TlsClient::cipher() const {
    return SSL_get_cipher_name(ssl_.get());
}

std::string TlsClient::application() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
}

long TlsClient::serial() const {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        SSL_get1_peer_certificate(ssl_.get()), &X509_free);
    return ASN1_INTEGER_get(X509_get_serialNumber(certificate.get()));
}

void TlsClient::say_goodbye() {
    SSL_shutdown(ssl_.get());
}

long TlsClient::write_bytes(const char* bytes, std::size_t size) {
    return SSL_write(ssl_.get(), bytes, static_cast<int>(size));
}

long TlsClient::read_bytes(char* bytes, std::size_t size) {
    ERR_clear_error();
    const int read = SSL_read(ssl_.get(), bytes, static_cast<int>(size));
    if (read > 0) return read;
    return SSL_get_error(ssl_.get(), read) == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

}  // namespace jejak::http
