#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <fstream>
#include <optional>

#include "adapters/webhooks/delivery.hpp"
#include "tests/adapters/says.hpp"
#include "tests/adapters/webhook_receiver.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace jejak::webhooks {
namespace {

// Delivers once to a receiver on the same thread.
struct Wire {
    Answer post(const std::string& url, bool allow_private = true,
                DeliveryTerms::Options options = {}) {
        Endpoint endpoint;
        endpoint.url = *parse_url(url);
        endpoint.allow_private = allow_private;
        const auto terms = DeliveryTerms::make(std::move(options));
        EXPECT_TRUE(terms) << terms.error().message;
        const DeliveryStrand strand(io.get_executor());
        std::optional<Answer> answer;
        const auto cancel = deliver(strand, *terms, endpoint,
                                    {"msg_1", 1'700'000'000, "v1,signature", "{\"type\":\"x\"}"},
                                    [&](const Answer& got) { answer = got; });
        EXPECT_FALSE(answer) << "completion was called within the call";
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!answer && std::chrono::steady_clock::now() < patience) {
            io.restart();
            (void)io.run_one_for(std::chrono::milliseconds(100));
        }
        return answer.value_or(Answer{0, "the test waited in vain", ""});
    }
    std::string at(const Receiver& receiver, const std::string& host = "127.0.0.1",
                   const std::string& scheme = "http") const {
        return scheme + "://" + host + ':' + std::to_string(receiver.port()) + "/hooks?a=%20";
    }

    boost::asio::io_context io;
};

Receiver::Answering always(const Receiver::Reply& reply) {
    return [reply](const Received&) { return reply; };
}

TEST(WebhookDelivery, posts_json_with_id_time_and_signature) {
    Wire wire;
    const Receiver receiver(wire.io, always({202, {}, "thanks"}));
    EXPECT_EQ(wire.post(wire.at(receiver)).status, 202);
    ASSERT_EQ(receiver.received().size(), 1);
    const Received& received = receiver.received()[0];
    EXPECT_EQ(received.target, "/hooks?a=%20");
    EXPECT_EQ(received.body, "{\"type\":\"x\"}");
    EXPECT_EQ(received.fields.at("host"), "127.0.0.1:" + std::to_string(receiver.port()));
    EXPECT_EQ(received.fields.at("content-type"), "application/json");
    EXPECT_EQ(received.fields.at("webhook-id"), "msg_1");
    EXPECT_EQ(received.fields.at("webhook-timestamp"), "1700000000");
    EXPECT_EQ(received.fields.at("webhook-signature"), "v1,signature");
}

TEST(WebhookDelivery, follows_no_redirect) {
    Wire wire;
    const Receiver elsewhere(wire.io, always({200}));
    const Receiver receiver(wire.io, always({307, {{"Location", wire.at(elsewhere)}}}));
    EXPECT_EQ(wire.post(wire.at(receiver)).status, 307);
    EXPECT_TRUE(elsewhere.received().empty());
}

TEST(WebhookDelivery, tells_when_it_was_asked_to_come_back) {
    Wire wire;
    const Receiver receiver(wire.io, always({503, {{"Retry-After", "120"}}}));
    const Answer answer = wire.post(wire.at(receiver));
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.retry_after, "120");
}

TEST(WebhookDelivery, drops_the_body_and_reads_no_more_than_16_KiB_of_it) {
    Wire wire;
    const Receiver large(wire.io, always({200, {}, std::string(8 << 20, 'x')}));
    EXPECT_EQ(wire.post(wire.at(large)).status, 200);
    const Receiver short_one(wire.io,
                             always({.raw = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"}));
    EXPECT_EQ(wire.post(wire.at(short_one)).status, 200) << "the status has come; that is all";
}

TEST(WebhookDelivery, waits_for_the_answer_behind_an_interim_one) {
    Wire wire;
    const Receiver receiver(wire.io,
                            always({.raw = "HTTP/1.1 103 Early Hints\r\n\r\n"
                                           "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"}));
    EXPECT_EQ(wire.post(wire.at(receiver)).status, 500);
}

TEST(WebhookDelivery, says_why_there_was_no_answer) {
    Wire wire;
    const Receiver mumbling(wire.io, always({.raw = "who is there?\r\n\r\n"}));
    EXPECT_TRUE(says(wire.post(wire.at(mumbling)).trouble, "no answer of HTTP"));
    const Receiver endless(wire.io,
                           always({.raw = "HTTP/1.1 200 OK\r\nA: " + std::string(64'000, 'x')}));
    EXPECT_TRUE(says(wire.post(wire.at(endless)).trouble, "no answer of HTTP"));
    std::string closed;
    {
        const Receiver receiver(wire.io, always({}));
        closed = wire.at(receiver);
    }
    EXPECT_TRUE(says(wire.post(closed).trouble, "cannot connect"));
    EXPECT_TRUE(says(wire.post("https://receiver.invalid/").trouble, "the host can not be found"));
}

TEST(WebhookDelivery, reads_an_answer_however_it_is_framed) {
    Wire wire;
    for (const std::string raw :
         {"HTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
          "HTTP/1.0 201 Made\r\n\r\nuntil the end", "HTTP/1.1 201 Made\r\n\r\n",
          "HTTP/1.1 201 Made\r\nContent-Length: 2\r\n\r\nok and more than that",
          "HTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n"}) {
        const Receiver receiver(wire.io, always({.raw = raw}));
        EXPECT_EQ(wire.post(wire.at(receiver)).status, 201) << raw;
    }
}

TEST(WebhookDelivery, waits_no_longer_than_its_limit) {
    Wire wire;
    DeliveryTerms::Options options;
    options.time_limit = std::chrono::milliseconds(50);
    const Receiver silent(wire.io, [](const Received&) { return std::nullopt; });
    const Answer none = wire.post(wire.at(silent), true, options);
    EXPECT_EQ(none.status, 0);
    EXPECT_EQ(none.trouble, "no answer in time");
    EXPECT_EQ(silent.received().size(), 1);
}

TEST(WebhookDelivery, goes_to_no_private_address_unless_it_is_allowed_to) {
    Wire wire;
    const Receiver receiver(wire.io, always({200}), make_identity("localhost"));
    // localhost is resolved when it is connected to; the address that it stands for counts.
    for (const std::string host : {"localhost", "127.0.0.1", "[::ffff:127.0.0.1]"}) {
        const Answer answer = wire.post(wire.at(receiver, host, "https"), false);
        EXPECT_EQ(answer.status, 0);
        EXPECT_TRUE(says(answer.trouble, "no address of the public Internet")) << host;
    }
    EXPECT_TRUE(receiver.received().empty());
}

TEST(WebhookTls, trusts_a_certificate_that_is_for_the_host) {
    Wire wire;
    const storage::TemporaryDirectory place;
    const TlsIdentity identity = make_identity("localhost");
    std::ofstream(place / "ca.pem") << identity.certificate;
    DeliveryTerms::Options options;
    options.extra_ca_file = (place / "ca.pem").string();
    const Receiver receiver(wire.io, always({204}), identity);
    const Answer answer = wire.post(wire.at(receiver, "localhost", "https"), true, options);
    EXPECT_EQ(answer.status, 204) << answer.trouble;
    ASSERT_EQ(receiver.received().size(), 1);
    EXPECT_EQ(receiver.received()[0].body, "{\"type\":\"x\"}");
}

TEST(WebhookTls, refuses_a_certificate_for_another_host) {
    Wire wire;
    const storage::TemporaryDirectory place;
    const TlsIdentity identity = make_identity("other.example");
    std::ofstream(place / "ca.pem") << identity.certificate;
    DeliveryTerms::Options options;
    options.extra_ca_file = (place / "ca.pem").string();
    const Receiver receiver(wire.io, always({204}), identity);
    const Answer answer = wire.post(wire.at(receiver, "localhost", "https"), true, options);
    EXPECT_EQ(answer.status, 0);
    EXPECT_EQ(answer.trouble, "the certificate is not for the host localhost");
    EXPECT_TRUE(receiver.received().empty());
}

TEST(WebhookTls, refuses_a_certificate_that_nobody_vouches_for) {
    Wire wire;
    const Receiver receiver(wire.io, always({204}), make_identity("localhost"));
    const Answer answer = wire.post(wire.at(receiver, "localhost", "https"));
    EXPECT_EQ(answer.status, 0);
    EXPECT_TRUE(says(answer.trouble, "the certificate is not trusted: self-signed certificate"));
    const Receiver plain(wire.io, always({204}));
    EXPECT_TRUE(says(wire.post(wire.at(plain, "localhost", "https")).trouble, "no TLS"));
    EXPECT_TRUE(receiver.received().empty() && plain.received().empty());
}

TEST(WebhookTls, says_which_file_of_certificates_can_not_be_loaded) {
    DeliveryTerms::Options options;
    options.extra_ca_file = "/nowhere/ca.pem";
    const auto terms = DeliveryTerms::make(options);
    ASSERT_FALSE(terms);
    EXPECT_EQ(terms.error().code, ErrorCode::environment);
    EXPECT_TRUE(says(terms.error().message, "/nowhere/ca.pem"));
}

}  // namespace
}  // namespace jejak::webhooks
