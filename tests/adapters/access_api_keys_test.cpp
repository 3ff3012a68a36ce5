#include "adapters/access/api_keys.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <thread>

#include "adapters/access/secret_text.hpp"
#include "adapters/auth/base64url.hpp"
#include "engine/record/digest.hpp"
#include "storage/manual_clock.hpp"
#include "tests/adapters/access_scratch.hpp"
#include "tests/adapters/says.hpp"

namespace jejak::access {
namespace {

using boost::json::array;
using boost::json::object;

const std::set<std::string> offices = {"administrator", "auditor", "registrar"};
const Instant before = *parse_instant("2026-11-22T08:00:00Z");
const Instant expiry = *parse_instant("2027-01-01T00:00:00Z");

NewApiKey made(const std::string& id, const std::string& account = "service:simpeg") {
    return make_api_key(id, account, {"administrator"}, {"nip", "student:17"}, expiry, offices)
        .value();
}

std::string file_of(const std::vector<object>& entries) {
    array list(entries.begin(), entries.end());
    return boost::json::serialize(object{{"keys", list}});
}

template <class Value>
object with(object entry, std::string_view member, const Value& value) {
    entry[member] = value;
    return entry;
}

std::string faults_of(const std::string& text) {
    const auto read = read_api_keys(text, offices);
    if (read) return "";
    EXPECT_EQ(read.error().code, ErrorCode::invalid_input);
    return read.error().message;
}

std::string faults_of(const object& entry) {
    return faults_of(file_of({entry}));
}

TEST(ApiKey, made_is_32_random_bytes_of_which_the_file_has_the_hash_only) {
    const auto key = made("simpeg-2026");
    ASSERT_TRUE(key.presented.starts_with("simpeg-2026."));
    const std::string secret = key.presented.substr(12);
    EXPECT_EQ(auth::from_base64url(secret)->size(), 32u);
    EXPECT_EQ(key.entry.at("sha256").as_string(), to_hex(record::sha256(secret)));
    EXPECT_FALSE(contains(boost::json::serialize(key.entry), secret));
    EXPECT_NE(made("simpeg-2026").presented, key.presented);
}

TEST(ApiKey, is_not_made_of_what_the_file_would_refuse) {
    EXPECT_TRUE(says(make_api_key("a.b", "service:x", {}, {}, expiry, offices).error().message,
                     "/keys/0/id: needs 1 to 64 letters"));
    EXPECT_TRUE(
        says(make_api_key("a", "nip:198501012010011001", {}, {}, expiry, offices).error().message,
             "a program is not a person"));
}

class ApiKeysTest : public testing::Test {
  protected:
    void SetUp() override {
        path_ = directory_.path() / "keys.json";
        put(path_, file_of({simpeg_.entry, sso_.entry}));
    }
    std::unique_ptr<ApiKeys> open() { return ApiKeys::open(path_, offices, clock_).value(); }

    ScratchDirectory directory_;
    std::filesystem::path path_;
    storage::ManualClock clock_{before};
    NewApiKey simpeg_ = made("simpeg-2026");
    NewApiKey sso_ = made("sso", "service:sso");
};

TEST_F(ApiKeysTest, say_who_presents_a_key_and_for_whom_it_may_act) {
    const auto keys = open();
    EXPECT_EQ(keys->key_count(), 2u);
    const auto account = keys->check(simpeg_.presented);
    ASSERT_TRUE(account) << account.error().message;
    EXPECT_EQ(account->key_id, "simpeg-2026");
    EXPECT_EQ(account->account, "service:simpeg");
    EXPECT_EQ(account->offices, std::set<std::string>{"administrator"});
    EXPECT_TRUE(account->may_act_for("nip:198501012010011001"));
    EXPECT_TRUE(account->may_act_for("student:17"));
    EXPECT_FALSE(account->may_act_for("student:18"));
    EXPECT_FALSE(account->may_act_for("student"));
    EXPECT_FALSE(account->may_act_for("nip:"));
    EXPECT_FALSE(account->may_act_for("nip"));
    EXPECT_FALSE(account->may_act_for("service:sso"));
    EXPECT_FALSE(account->may_act_for(""));
    EXPECT_EQ(keys->check(sso_.presented)->account, "service:sso");
}

TEST_F(ApiKeysTest, refuse_a_key_with_any_letter_changed) {
    const auto keys = open();
    for (std::size_t i = 0; i < simpeg_.presented.size(); ++i) {
        std::string changed = simpeg_.presented;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        const auto account = keys->check(changed);
        ASSERT_FALSE(account) << "position " << i;
        EXPECT_EQ(account.error().code, ErrorCode::invalid_input);
        EXPECT_FALSE(contains(account.error().message, changed.substr(14)));
    }
}

TEST_F(ApiKeysTest, do_not_tell_an_unknown_id_from_a_wrong_secret) {
    const auto keys = open();
    const std::string secret = simpeg_.presented.substr(12);
    const auto unknown = keys->check("nobody." + secret);
    const auto wrong = keys->check("sso." + secret);
    ASSERT_FALSE(unknown);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(unknown.error(), wrong.error());
    for (const std::string& text : std::vector<std::string>{
             "", ".", "." + secret, secret, "simpeg-2026", "simpeg-2026.", simpeg_.presented + "=",
             "x." + simpeg_.presented, simpeg_.presented + "A"}) {
        EXPECT_FALSE(keys->check(text)) << text;
    }
}

TEST_F(ApiKeysTest, refuse_a_key_from_the_moment_at_which_it_expires) {
    const auto keys = open();
    clock_.set({expiry.micros_since_epoch - 1});
    EXPECT_TRUE(keys->check(simpeg_.presented));
    clock_.set(expiry);
    const auto expired = keys->check(simpeg_.presented);
    ASSERT_FALSE(expired);
    EXPECT_TRUE(says(expired.error().message,
                     "\"simpeg-2026\" has expired at 2027-01-01T00:00:00Z; have another one made"));
}

TEST_F(ApiKeysTest, refuse_a_file_that_others_may_read_and_say_what_to_do) {
    for (const unsigned mode : {0640U, 0604U, 0620U, 0601U}) {
        give_rights(path_, mode);
        const auto keys = ApiKeys::open(path_, offices, clock_);
        ASSERT_FALSE(keys) << std::oct << mode;
        EXPECT_EQ(keys.error().code, ErrorCode::environment);
        EXPECT_TRUE(says(keys.error().message, "chmod 600 " + path_.string()));
    }
    give_rights(path_, 0400);
    EXPECT_TRUE(ApiKeys::open(path_, offices, clock_));
}

TEST_F(ApiKeysTest, say_which_file_is_missing_or_wrong) {
    const auto missing = ApiKeys::open(directory_.path() / "none.json", offices, clock_);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    EXPECT_TRUE(says(missing.error().message, "none.json does not exist"));
    put(path_, "{\"keys\": 1}");
    EXPECT_TRUE(says(ApiKeys::open(path_, offices, clock_).error().message,
                     path_.string() + ": /keys: is no list"));
    EXPECT_TRUE(says(ApiKeys::open(directory_.path(), offices, clock_).error().message,
                     "is not a regular file"));
}

TEST_F(ApiKeysTest, take_over_a_changed_file_when_told) {
    const auto keys = open();
    EXPECT_FALSE(keys->reload().value()) << "nothing has changed";
    const auto fresh = made("simpeg-2027");
    put(path_, file_of({fresh.entry}));
    EXPECT_TRUE(keys->check(simpeg_.presented)) << "until it is told";
    EXPECT_TRUE(keys->reload().value());
    EXPECT_FALSE(keys->check(simpeg_.presented)) << "a key that was taken out holds no more";
    EXPECT_TRUE(keys->check(fresh.presented));
}

TEST_F(ApiKeysTest, stay_as_they_are_when_the_changed_file_is_faulty) {
    const auto keys = open();
    put(path_, file_of({with(simpeg_.entry, "account", "service:other"), sso_.entry}) + "}");
    const auto reloaded = keys->reload();
    ASSERT_FALSE(reloaded);
    EXPECT_TRUE(says(reloaded.error().message, path_.string() + ": line 1"));
    EXPECT_EQ(keys->check(simpeg_.presented)->account, "service:simpeg");
    std::filesystem::remove(path_);
    EXPECT_FALSE(keys->reload());
    EXPECT_TRUE(keys->check(sso_.presented));
}

TEST_F(ApiKeysTest, are_checked_by_some_threads_while_another_reloads_them) {
    const auto keys = open();
    const std::string one = file_of({simpeg_.entry});
    const std::string other = file_of({simpeg_.entry, sso_.entry});
    std::vector<std::thread> readers;
    for (int t = 0; t < 3; ++t) {
        readers.emplace_back([&] {
            for (int i = 0; i < 500; ++i)
                EXPECT_TRUE(keys->check(simpeg_.presented));
        });
    }
    for (int i = 0; i < 50; ++i) {
        put(path_, i % 2 == 0 ? one : other);
        EXPECT_TRUE(keys->reload().value());
    }
    for (auto& reader : readers)
        reader.join();
}

TEST(ApiKeyFile, names_every_fault_with_its_place) {
    const object good = made("good").entry;
    object bad{{"id", "a b"},
               {"sha256", "00"},
               {"account", "nip:198501012010011001"},
               {"offices", array{"auditor", "boss", "auditor", 1}},
               {"may_act_for", array{"service", "service:x", "nip:1", "NIP", "nip", "nip"}},
               {"expires_at", "tomorrow"},
               {"color", 1}};
    const std::string faults = faults_of(file_of({good, bad}));
    for (const char* words :
         {"/keys/1/color: is not known", "/keys/1/id: needs 1 to 64 letters",
          "/keys/1/sha256: needs the 64 lower-case hex digits",
          "/keys/1/account: is of the namespace nip; a program is not a person",
          "/keys/1/offices/1: is no office; known are administrator, auditor, registrar",
          "/keys/1/offices/2: stands twice", "/keys/1/offices/3: is not a text",
          "/keys/1/may_act_for/0: a service acts for people",
          "/keys/1/may_act_for/1: a service acts for people",
          "/keys/1/may_act_for/2: a NIP has 18 digits", "/keys/1/may_act_for/3: the namespace",
          "/keys/1/may_act_for/5: stands twice", "/keys/1/expires_at: "}) {
        EXPECT_TRUE(says(faults, words));
    }
    EXPECT_FALSE(contains(faults, "/keys/0"));
    EXPECT_FALSE(contains(faults, "/keys/1/may_act_for/4"));
}

TEST(ApiKeyFile, needs_the_members_without_which_a_key_says_nothing) {
    for (const char* member : {"id", "sha256", "account", "expires_at"}) {
        object entry = made("good").entry;
        entry.erase(member);
        EXPECT_EQ(faults_of(entry), std::string("/keys/0/") + member +
                                        ": is missing; a key needs id, sha256, account and "
                                        "expires_at");
        EXPECT_TRUE(says(faults_of(with(entry, member, 1)),
                         std::string("/keys/0/") + member + ": is not a text"));
    }
    for (const char* member : {"offices", "may_act_for"}) {
        object entry = made("good").entry;
        EXPECT_TRUE(says(faults_of(with(entry, member, "nip")), "is no list of texts"));
        entry.erase(member);
        EXPECT_EQ(faults_of(entry), "");
    }
}

TEST(ApiKeyFile, refuses_what_would_let_two_keys_be_taken_for_one) {
    const object one = made("one").entry;
    EXPECT_TRUE(says(faults_of(file_of({one, made("one").entry})), "/keys/1/id: stands twice"));
    EXPECT_TRUE(says(faults_of(file_of({one, with(one, "id", "two")})),
                     "/keys/1/sha256: is that of another key here"));
    EXPECT_TRUE(says(faults_of("{\"keys\": [], \"keys\": []}"), "/keys: stands twice"));
}

TEST(ApiKeyFile, refuses_a_secret_and_does_not_repeat_it) {
    const std::string secret = fresh_secret();
    const object entry = made("one").entry;
    for (const auto& faults :
         {faults_of(with(entry, "secret", secret)), faults_of(with(entry, "sha256", secret))}) {
        EXPECT_TRUE(says(faults, "have another key made"));
        EXPECT_FALSE(contains(faults, secret));
    }
}

TEST(ApiKeyFile, refuses_what_is_no_file_of_keys) {
    EXPECT_EQ(faults_of("{\"keys\": []}"), "");
    EXPECT_TRUE(says(faults_of(""), "not JSON"));
    EXPECT_TRUE(says(faults_of("[]"), "is no object; write {\"keys\""));
    EXPECT_TRUE(says(faults_of("{}"), "/keys: is no list"));
    EXPECT_TRUE(says(faults_of("{\"keys\": [1]}"), "/keys/0: is no object"));
    EXPECT_TRUE(says(faults_of("{\"keys\": [], \"a/b\": 1}"), "/a~1b: is not known here"));
}

TEST(SecretText, is_the_one_text_of_32_bytes) {
    EXPECT_TRUE(is_secret_text(fresh_secret()));
    EXPECT_NE(fresh_secret(), fresh_secret());
    EXPECT_FALSE(is_secret_text(std::string(42, 'A')));
    EXPECT_FALSE(is_secret_text(std::string(44, 'A')));
    EXPECT_FALSE(is_secret_text(std::string(42, 'A') + "B")) << "not canonical";
}

}  // namespace
}  // namespace jejak::access
