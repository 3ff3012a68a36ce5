#include "adapters/access/links.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "adapters/auth/base64url.hpp"
#include "adapters/intake/identifier.hpp"
#include "storage/manual_clock.hpp"
#include "tests/adapters/says.hpp"

namespace jejak::access {
namespace {

const std::string secret(32, '\x5a');
const Instant now = *parse_instant("2026-11-22T08:00:00Z");
const Instant expiry = *parse_instant("2026-12-22T08:00:00Z");

std::string hmac(const std::string& key, const std::string& message) {
    std::string tag(32, '\0');
    unsigned size = 0;
    ::HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(message.data()), message.size(),
           reinterpret_cast<unsigned char*>(tag.data()), &size);
    return tag;
}

// A token of this payload, made by OpenSSL as the header's grammar says.
std::string token_by_hand(const std::string& payload, const std::string& its_secret = secret) {
    const std::string text = auth::to_base64url(payload);
    return text + "." +
           auth::to_base64url(hmac(hmac(its_secret, "jejak feedback link v1"), "v1." + text));
}

class LinksTest : public testing::Test {
  protected:
    FeedbackLinks links(FeedbackLinks::IsRevoked is_revoked = {}) const {
        return FeedbackLinks::make(secret, clock_, std::move(is_revoked)).value();
    }
    FeedbackLinks::Made made() const {
        return links().make_link("lampung-2026-0017", "community", expiry).value();
    }
    LinkFault fault_of(const std::string& token) const {
        const auto link = links().verify(token);
        EXPECT_FALSE(link) << token;
        return link ? LinkFault{-1} : link.error().fault;
    }
    storage::ManualClock clock_{now};
};

TEST_F(LinksTest, say_what_they_are_good_for_after_a_restart_too) {
    const auto made_link = made();
    const auto link = links().verify(made_link.token);
    ASSERT_TRUE(link) << link.error().message;
    EXPECT_EQ(*link, made_link.link);
    EXPECT_EQ(link->appraisal, "lampung-2026-0017");
    EXPECT_EQ(link->source, "community");
    EXPECT_EQ(link->expires_at, expiry);
    EXPECT_TRUE(intake::parse_identifier(link->rater)) << link->rater;
    EXPECT_TRUE(link->rater.starts_with("link:"));
}

TEST_F(LinksTest, are_of_another_rater_each) {
    std::set<std::string> raters, ids;
    for (int i = 0; i < 1'000; ++i) {
        const auto link = made().link;
        raters.insert(link.rater);
        ids.insert(link.id);
    }
    EXPECT_EQ(raters.size(), 1'000u);
    EXPECT_EQ(ids.size(), 1'000u);
}

TEST_F(LinksTest, can_be_made_and_read_by_the_grammar_of_the_header_alone) {
    const auto made_link = made();
    const auto dot = made_link.token.find('.');
    const auto payload = auth::from_base64url(made_link.token.substr(0, dot));
    EXPECT_EQ(token_by_hand(*payload), made_link.token);
    const auto members = boost::json::parse(*payload).as_object();
    EXPECT_EQ(members.size(), 5u);
    EXPECT_EQ(members.at("expires_at").as_string(), "2026-12-22T08:00:00Z");
}

TEST_F(LinksTest, are_refused_with_any_letter_changed_left_out_or_added) {
    const std::string token = made().token;
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'Q' : 'A';
        EXPECT_FALSE(links().verify(changed)) << "changed at " << i;
        changed = token;
        changed.erase(i, 1);
        EXPECT_FALSE(links().verify(changed)) << "left out at " << i;
        changed = token;
        changed.insert(i, 1, 'A');
        EXPECT_FALSE(links().verify(changed)) << "added at " << i;
    }
}

TEST_F(LinksTest, have_one_text_only) {
    const std::string token = made().token;
    EXPECT_EQ(fault_of(token + "="), LinkFault::malformed);
    EXPECT_EQ(fault_of(token + "\n"), LinkFault::malformed);
    EXPECT_EQ(fault_of(" " + token), LinkFault::malformed);
    EXPECT_EQ(fault_of(token + "." + token), LinkFault::malformed);
    // 43 letters stand for 258 bits, of which the last two must be zero.
    std::string other = token;
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    other.back() = alphabet[alphabet.find(other.back()) + 1];
    EXPECT_EQ(fault_of(other), LinkFault::malformed);
}

TEST_F(LinksTest, are_refused_with_another_payload_secret_or_label) {
    const std::string token = made().token;
    const auto dot = token.find('.');
    auto members = boost::json::parse(*auth::from_base64url(token.substr(0, dot))).as_object();
    members["appraisal"] = "lampung-2026-0018";
    EXPECT_EQ(fault_of(auth::to_base64url(boost::json::serialize(members)) + token.substr(dot)),
              LinkFault::altered);
    EXPECT_EQ(fault_of(token_by_hand(boost::json::serialize(members), std::string(32, 'x'))),
              LinkFault::altered);
    const std::string text = token.substr(0, dot);
    EXPECT_EQ(fault_of(text + "." + auth::to_base64url(hmac(secret, "v1." + text))),
              LinkFault::altered);
    EXPECT_EQ(fault_of(text + "."), LinkFault::altered);
    EXPECT_EQ(fault_of("." + token.substr(dot + 1)), LinkFault::altered);
}

TEST_F(LinksTest, are_refused_when_they_are_none) {
    for (const std::string& text :
         {std::string(), std::string("."), std::string("abc"), std::string(10'000'000, 'A')}) {
        EXPECT_FALSE(links().verify(text));
    }
    for (const char* payload : {"", "1", "{}", "{\"id\": 1}", "{\"appraisal\":\"a\"}"}) {
        EXPECT_EQ(fault_of(token_by_hand(payload)), LinkFault::malformed) << payload;
    }
}

TEST_F(LinksTest, are_refused_from_the_moment_at_which_they_expire) {
    const std::string token = made().token;
    clock_.set({expiry.micros_since_epoch - 1});
    EXPECT_TRUE(links().verify(token));
    clock_.set(expiry);
    EXPECT_EQ(fault_of(token), LinkFault::expired);
}

TEST_F(LinksTest, are_refused_once_they_were_withdrawn) {
    const auto one = made(), other = made();
    const auto with_list = links([&](const FeedbackLink& link) { return link.id == one.link.id; });
    const auto refused = with_list.verify(one.token);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, LinkFault::revoked);
    EXPECT_TRUE(says(refused.error().message, "withdrawn"));
    EXPECT_TRUE(with_list.verify(other.token));
}

TEST_F(LinksTest, do_not_say_what_was_wrong_with_a_forgery) {
    const std::string token = made().token;
    EXPECT_EQ(links().verify(token + "=").error().message,
              links().verify(token.substr(0, token.size() - 4)).error().message);
}

TEST_F(LinksTest, are_not_made_of_what_can_not_be_read_back) {
    const auto refusal = [&](const std::string& appraisal, const std::string& source,
                             Instant expires_at, const std::string& name_space) {
        const auto link = links().make_link(appraisal, source, expires_at, name_space);
        return link ? std::string() : link.error().message;
    };
    EXPECT_TRUE(says(refusal("", "community", expiry, "link"), "the appraisal needs"));
    EXPECT_TRUE(says(refusal("a/b", "community", expiry, "link"), "the appraisal needs"));
    EXPECT_TRUE(says(refusal("198501012010011001", "community", expiry, "link"), "no NIP"));
    EXPECT_TRUE(says(refusal("a", "Community", expiry, "link"), "the source needs"));
    EXPECT_TRUE(says(refusal("a", "community", expiry, "a:b"), "the rater's namespace needs"));
    EXPECT_TRUE(says(refusal("a", "community", now, "link"), "give a later moment"));
    EXPECT_EQ(refusal(std::string(64, 'a'), std::string(32, 'b'), instant_max, "guest_2"), "");
    const auto longest = links().make_link(std::string(64, 'a'), std::string(32, 'b'), instant_max,
                                           std::string(32, 'c'));
    EXPECT_TRUE(links().verify(longest->token)) << "the longest is not too long";
    for (const std::size_t size : {0u, 31u, 33u}) {
        EXPECT_TRUE(says(FeedbackLinks::make(std::string(size, 'x'), clock_, {}).error().message,
                         "head -c 32 /dev/urandom"));
    }
}

}  // namespace
}  // namespace jejak::access
