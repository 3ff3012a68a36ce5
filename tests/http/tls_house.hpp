#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "adapters/http/settings.hpp"
#include "tests/http/house.hpp"

struct ssl_st;

namespace jejak::http {

// A certificate of its own making for 127.0.0.1, in two files that go away with it.
class Certificate {
  public:
    // `serial` tells one from another; it holds from yesterday on for `days`, from now.
    explicit Certificate(long serial, int days = 1);
    ~Certificate();
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;

    [[nodiscard]] const TlsFiles& files() const { return files_; }
    [[nodiscard]] std::shared_ptr<TlsContext> load() const;
    [[nodiscard]] ServerSettings settings() const;

  private:
    TlsFiles files_;
};

// In the place of both versions.
struct TlsTerms {
    int version = 0;          // the only one, as OpenSSL numbers them; 0: any
    std::string ciphers;      // of TLS 1.2; empty: any
    std::string application;  // of ALPN; empty: none is said
};

// A client that speaks TLS, and takes any certificate.
class TlsClient : public Client {
  public:
    explicit TlsClient(std::uint16_t port, const TlsTerms& terms = {});
    ~TlsClient() override;

    // False: the server did not agree; nothing else may be called then.
    [[nodiscard]] bool is_secure() const { return secure_; }
    [[nodiscard]] std::string version() const;
    [[nodiscard]] std::string cipher() const;
    [[nodiscard]] std::string application() const;
    [[nodiscard]] long serial() const;
    // Says close_notify and nothing more.
    void say_goodbye();

  protected:
    long write_bytes(const char* bytes, std::size_t size) override;
    long read_bytes(char* bytes, std::size_t size) override;

  private:
    std::shared_ptr<ssl_st> ssl_;
    bool secure_ = false;
};

}  // namespace jejak::http
