#include "adapters/http/tls_context.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

namespace jejak::http {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

constexpr std::string_view application_protocol = "\x08http/1.1";

// RFC 9325, section 4.2: of TLS 1.2 what has forward secrecy and authenticated encryption. What
// TLS 1.3 has, is.
constexpr const char* ciphers_of_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char* key_exchanges = "X25519:P-256:P-384";

std::string why_openssl_refused() {
    std::string text(256, '\0');
    ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
    return text.substr(0, text.find('\0'));
}

Result<std::string> content_of(const std::string& path, const std::string& what) {
    const auto cannot = [&](const std::string& why) {
        return error(ErrorCode::environment, "cannot read the " + what + ' ' + path + ": " + why);
    };
    std::error_code fault;
    const auto status = std::filesystem::status(path, fault);
    if (!std::filesystem::exists(status)) {
        return cannot("there is no such file; give the path of a PEM file");
    }
    if (std::filesystem::is_directory(status)) {
        return cannot("that is a directory; give the path of a PEM file in it");
    }
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) return cannot("this user may not; let it read the file (chown, chmod)");
    return text;
}

Bio memory_of(const std::string& text) {
    return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

void warn_of_validity(const X509* certificate, const std::string& path) {
    if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0) {
        spdlog::warn("http: the certificate {} has run out, clients will refuse it; renew it",
                     path);
    }
    if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0) {
        spdlog::warn(
            "http: the certificate {} does not hold yet, clients will refuse it; compare "
            "its dates with this machine's clock",
            path);
    }
}

std::optional<Error> use_certificates(SSL_CTX* context, const std::string& path) {
    const auto text = content_of(path, "certificate chain");
    if (!text) return text.error();
    const Bio memory = memory_of(*text);
    const Certificate own(PEM_read_bio_X509_AUX(memory.get(), nullptr, nullptr, nullptr),
                          &X509_free);
    if (!own) {
        return error(ErrorCode::invalid_input,
                     "the certificate chain " + path +
                         " has no certificate in PEM; if it is DER, convert it with openssl x509 "
                         "-inform der");
    }
    if (SSL_CTX_use_certificate(context, own.get()) != 1) {
        return error(ErrorCode::invalid_input, "the certificate " + path +
                                                   " is refused by OpenSSL (" +
                                                   why_openssl_refused() + "); get a stronger one");
    }
    warn_of_validity(own.get(), path);
    while (X509* const next = PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr)) {
        if (SSL_CTX_add0_chain_cert(context, next) != 1) X509_free(next);
    }
    if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) {
        return error(ErrorCode::invalid_input, "a later certificate of the chain " + path +
                                                   " is no PEM (" + why_openssl_refused() +
                                                   "); get the file anew");
    }
    return std::nullopt;
}

// In the place of OpenSSL's, which would ask at the terminal.
int refuse_to_tell_a_password(char*, int, int, void* asked) {
    *static_cast<bool*>(asked) = true;
    return -1;
}

std::optional<Error> use_private_key(SSL_CTX* context, const TlsFiles& files) {
    const std::string& path = files.private_key;
    const auto text = content_of(path, "private key");
    if (!text) return text.error();
    const Bio memory = memory_of(*text);
    bool encrypted = false;
    const PrivateKey key(
        PEM_read_bio_PrivateKey(memory.get(), nullptr, &refuse_to_tell_a_password, &encrypted),
        &EVP_PKEY_free);
    if (!key && encrypted) {
        return error(ErrorCode::invalid_input,
                     "the private key " + path +
                         " is encrypted; decrypt it with openssl pkey and guard the file");
    }
    if (!key) {
        return error(ErrorCode::invalid_input,
                     "the private key " + path +
                         " has no key in PEM; if it is DER, convert it with openssl pkey -inform "
                         "der");
    }
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 ||
        SSL_CTX_check_private_key(context) != 1) {
        return error(ErrorCode::invalid_input,
                     "the private key " + path + " does not belong to the certificate " +
                         files.certificate_chain + "; give the key it was requested with");
    }
    return std::nullopt;
}

// RFC 7301, section 3.2: who speaks only what is not spoken here is told so.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_bytes,
                    const unsigned char* offered, unsigned offered_bytes, void*) {
    unsigned char* choice = nullptr;
    const int outcome = SSL_select_next_proto(
        &choice, chosen_bytes, reinterpret_cast<const unsigned char*>(application_protocol.data()),
        static_cast<unsigned>(application_protocol.size()), offered, offered_bytes);
    *chosen = choice;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool set_terms(SSL_CTX* context) {
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);  // bodies say their length
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context,
                                   SSL_SESS_CACHE_OFF);  // tickets are resumed all the same
    SSL_CTX_set_read_ahead(context, 1);                  // a record and its length with one call
    SSL_CTX_set_alpn_select_cb(context, &choose_protocol, nullptr);
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_num_tickets(context, 1) == 1 &&
           SSL_CTX_set_cipher_list(context, ciphers_of_1_2) == 1 &&
           SSL_CTX_set1_groups_list(context, key_exchanges) == 1;
}

}  // namespace

Result<std::shared_ptr<TlsContext>> TlsContext::load(const TlsFiles& files) {
    ERR_clear_error();
    const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    if (!context || !set_terms(context.get())) {
        return error(ErrorCode::environment,
                     "OpenSSL can not serve TLS here: " + why_openssl_refused() +
                         "; look at its configuration (openssl.cnf)");
    }
    auto refused = use_certificates(context.get(), files.certificate_chain);
    if (!refused) refused = use_private_key(context.get(), files);
    ERR_clear_error();
    if (refused) return *refused;
    return std::shared_ptr<TlsContext>(new TlsContext(context));
}

}  // namespace jejak::http
