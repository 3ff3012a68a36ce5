#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <string>

#include "tests/http/tap.hpp"
#include "tests/http/tls_house.hpp"

namespace jejak::http {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

class HttpTls : public testing::Test {
  protected:
    const Certificate certificate_{7};
};

TEST_F(HttpTls, speaks_1_2_and_1_3_and_refuses_what_is_older) {
    House house(echo, {}, certificate_.settings());
    for (const auto& [version, name] :
         {std::pair(TLS1_2_VERSION, "TLSv1.2"), std::pair(TLS1_3_VERSION, "TLSv1.3")}) {
        TlsClient client(house.port(), {version, "", ""});
        ASSERT_TRUE(client.is_secure()) << name;
        EXPECT_EQ(client.version(), name);
        EXPECT_EQ(client.serial(), 7);
        for (int i = 0; i < 3; ++i) {
            client.send(get);
            const auto answer = client.receive();
            EXPECT_EQ(answer.body, "GET / ");
            EXPECT_EQ(answer.field("strict-transport-security"), "max-age=31536000");
        }
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        EXPECT_EQ(client.receive().status, 200u);
        EXPECT_TRUE(client.ends()) << "the end has to be announced (close_notify)";
    }
    EXPECT_FALSE(TlsClient(house.port(), {TLS1_1_VERSION, "", ""}).is_secure());
    EXPECT_FALSE(TlsClient(house.port(), {TLS1_VERSION, "", ""}).is_secure());
}

TEST_F(HttpTls, takes_only_ciphers_that_are_forward_secret_and_authenticated) {
    House house(echo, {}, certificate_.settings());
    for (const std::string good : {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
                                   "ECDHE-ECDSA-CHACHA20-POLY1305"}) {
        TlsClient client(house.port(), {TLS1_2_VERSION, good, ""});
        ASSERT_TRUE(client.is_secure()) << good;
        EXPECT_EQ(client.cipher(), good);
    }
    for (const std::string bad : {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA",
                                  "AES128-GCM-SHA256", "aNULL", "ECDHE-ECDSA-AES128-CCM"}) {
        EXPECT_FALSE(TlsClient(house.port(), {TLS1_2_VERSION, bad, ""}).is_secure()) << bad;
    }
}

TEST_F(HttpTls, agrees_on_http_1_1_where_the_client_asks) {
    House house(echo, {}, certificate_.settings());
    EXPECT_EQ(TlsClient(house.port(), {0, "", "http/1.1"}).application(), "http/1.1");
    EXPECT_EQ(TlsClient(house.port()).application(), "");
    EXPECT_FALSE(TlsClient(house.port(), {0, "", "h2"}).is_secure());
}

TEST_F(HttpTls, carries_large_bodies_both_ways) {
    Limits limits;
    limits.body_bytes_max = 4'000'000;
    House house(echo, limits, certificate_.settings());
    TlsClient client(house.port());
    const std::string large(3'000'001, 'x');
    const std::string request =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(large.size()) +
        "\r\n\r\n" + large;
    for (int i = 0; i < 2; ++i) {
        client.send(request + get);
        EXPECT_EQ(client.receive().body, "POST / " + large);
        EXPECT_EQ(client.receive().body, "GET / ");
    }
}

TEST_F(HttpTls, answers_pipelined_requests_of_one_record) {
    House house(echo, {}, certificate_.settings());
    TlsClient client(house.port());
    std::string all;
    for (int i = 0; i < 200; ++i) {
        all += get;
    }
    client.send(all);
    for (int i = 0; i < 200; ++i) {
        ASSERT_EQ(client.receive().body, "GET / ");
    }
}

TEST_F(HttpTls, streams_and_notices_who_goes_away) {
    Tap tap;
    House house(tap.handler(), {}, certificate_.settings());
    int gone = 0;
    for (const std::string how : {"goodbye", "reset", "closed"}) {
        TlsClient client(house.port());
        client.send(get);
        EXPECT_EQ(client.receive().field("transfer-encoding"), "chunked");
        tap.give("one");
        EXPECT_EQ(client.receive_chunk(), "one");
        tap.give(std::string(1'000'000, 'x'));
        EXPECT_EQ(client.receive_chunk(), std::string(1'000'000, 'x'));
        const auto give = tap.take();
        if (how == "goodbye") client.say_goodbye();
        if (how == "reset") client.vanish();
        if (how == "closed") client.end_sending();
        tap.wait_for_released(++gone);
    }
}

TEST_F(HttpTls, drops_a_slow_reader) {
    const Log log;
    {
        Limits limits;
        limits.write_timeout = 50ms;
        std::promise<void> asked;
        House house(
            [&](const Request&, const Answer& answer) {
                answer({200, "", std::string(64 * 1024 * 1024, 'x'), {}});
                asked.set_value();
            },
            limits, certificate_.settings());
        TlsClient client(house.port());
        client.send(get);
        asked.get_future().wait();
        house.stop();  // would wait for the answer to be written
    }
    EXPECT_TRUE(log.says("a slow reader was dropped"));
}

TEST_F(HttpTls, closes_on_who_speaks_plain_http_or_does_not_speak) {
    Limits limits;
    limits.header_timeout = 50ms;
    House house(echo, limits, certificate_.settings());
    for (const std::string& bytes :
         {std::string(), get, "\x16\x03\x01\x00\x05hello"s, std::string(100'000, '\0')}) {
        Client client(house.port());
        client.send(bytes);
        EXPECT_EQ(client.receive_rest().find("HTTP/"), std::string::npos);
    }
    // And goes on for all others.
    TlsClient client(house.port());
    client.send(get);
    EXPECT_EQ(client.receive().status, 200u);
}

TEST_F(HttpTls, turns_away_in_words_that_can_be_read) {
    Limits limits;
    limits.connections_max = 0;
    House house(echo, limits, certificate_.settings());
    TlsClient client(house.port());
    EXPECT_EQ(client.receive().code(), "too_many_connections");
    EXPECT_TRUE(client.ends());
}

TEST_F(HttpTls, shows_a_new_certificate_to_new_connections_and_keeps_the_old_ones) {
    const Certificate renewed(8);
    House house(echo, {}, certificate_.settings());
    TlsClient old(house.port());
    EXPECT_EQ(old.serial(), 7);
    ASSERT_TRUE(house.server().reload(renewed.load()));
    TlsClient fresh(house.port());
    EXPECT_EQ(fresh.serial(), 8);
    for (TlsClient* const client : {&old, &fresh}) {
        client->send(get);
        EXPECT_EQ(client->receive().status, 200u);
    }
    EXPECT_FALSE(house.server().reload(nullptr));
    House plain(echo);
    EXPECT_EQ(plain.server().reload(renewed.load()).error().code, ErrorCode::invalid_input);
}

std::string fault_of(const TlsFiles& files) {
    const auto context = TlsContext::load(files);
    return context ? "" : context.error().message;
}

std::string with_text(const std::string& text) {
    const auto path = std::filesystem::temp_directory_path() / "http_tests-broken.pem";
    std::ofstream(path) << text;
    return path.string();
}

std::string encrypted_key() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  &EVP_PKEY_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    EXPECT_EQ(PEM_write_bio_PKCS8PrivateKey(memory.get(), key.get(), EVP_aes_128_cbc(), "secret", 6,
                                            nullptr, nullptr),
              1);
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

TEST_F(HttpTls, says_which_file_is_wrong_and_what_to_do) {
    const TlsFiles good = certificate_.files();
    const Certificate other(9);
    const std::string folder = std::filesystem::temp_directory_path().string();
    EXPECT_EQ(fault_of(good), "");
    EXPECT_EQ(fault_of({"/nowhere/x.crt", good.private_key}),
              "cannot read the certificate chain /nowhere/x.crt: there is no such file; give the "
              "path of a PEM file");
    EXPECT_NE(fault_of({folder, good.private_key}).find(folder + ": that is a directory"),
              std::string::npos);
    EXPECT_NE(fault_of({good.certificate_chain, "/nowhere/x.key"}).find("private key /nowhere/"),
              std::string::npos);
    const std::string no_certificate = "has no certificate in PEM; if it is DER, convert it";
    EXPECT_NE(fault_of({with_text("\x30\x82"), good.private_key}).find(no_certificate),
              std::string::npos);
    EXPECT_NE(fault_of({good.private_key, good.private_key}).find(no_certificate),
              std::string::npos);
    EXPECT_NE(fault_of({good.certificate_chain, with_text("")}).find("has no key in PEM"),
              std::string::npos);
    EXPECT_EQ(fault_of({good.certificate_chain, other.files().private_key}),
              "the private key " + other.files().private_key +
                  " does not belong to the certificate " + good.certificate_chain +
                  "; give the key it was requested with");
    EXPECT_NE(
        fault_of({good.certificate_chain, with_text(encrypted_key())}).find("is encrypted; de"),
        std::string::npos);
    std::filesystem::remove(with_text(""));
}

TEST_F(HttpTls, takes_a_certificate_that_has_run_out_and_warns) {
    const Log log;
    const Certificate expired(10, -1);
    EXPECT_EQ(fault_of(expired.files()), "");
    EXPECT_TRUE(log.says(expired.files().certificate_chain + " has run out"));
}

}  // namespace
}  // namespace jejak::http
