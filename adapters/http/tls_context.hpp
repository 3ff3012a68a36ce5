#pragma once

#include <memory>
#include <string>

#include "engine/result.hpp"

struct ssl_ctx_st;

namespace jejak::http {

// Paths of PEM files.
struct TlsFiles {
    std::string certificate_chain;  // the server's own first, then those that vouch for it
    std::string private_key;        // of the first certificate, not encrypted
};

// What a server proves itself with, and on which terms: TLS 1.2 and 1.3, ephemeral keys and
// authenticated ciphers only, the server's order of them, no compression, no renegotiation; ALPN
// knows "http/1.1". Immutable, so it may be shared by threads and servers.
class TlsContext {
  public:
    // Reads the files; later changes of them are not seen. Errors: environment if one is missing
    // or can not be read; invalid_input if one is no PEM, the key is encrypted or does not belong
    // to the certificate, or OpenSSL takes one of them for too weak. All name file and remedy. A
    // certificate that has run out, or does not hold yet, is logged: clients refuse it, and tell
    // so better than a server that is down.
    [[nodiscard]] static Result<std::shared_ptr<TlsContext>> load(const TlsFiles& files);

    [[nodiscard]] ssl_ctx_st* native() const { return context_.get(); }

  private:
    explicit TlsContext(std::shared_ptr<ssl_ctx_st> context) : context_(std::move(context)) {}

    std::shared_ptr<ssl_ctx_st> context_;
};

}  // namespace jejak::http
