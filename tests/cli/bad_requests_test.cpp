// Whatever is wrong with a request, its sender reads what, in her language, and nothing happens but
// that a refusal of the business is recorded.
#include "tests/cli/bad_requests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <set>

#include "tests/cli/backend.hpp"

namespace jejak::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

// "uji." and 43 times A: what the table calls a key.
constexpr const char* keys_of_services = R"({"keys": [{"id": "uji", "account": "service:uji",
  "sha256": "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a",
  "may_act_for": ["student:17"], "expires_at": "2099-01-01T00:00:00Z"}]})";
// RFC 7515, A.3.1.
constexpr const char* keys_of_issuer = R"({"keys": [{"kty": "EC", "crv": "P-256", "kid": "k1",
  "alg": "ES256", "use": "sig", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
  "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";

class BadRequests : public Http {
  protected:
    void SetUp() override {
        const auto keys = scratch_.file("keys.json", keys_of_services);
        std::filesystem::permissions(keys, std::filesystem::perms::owner_read);
        const Ran imported = run(scratch_.data(), {"import", sample("sofifi.jsonl")});
        ASSERT_EQ(imported.exit_code, 0) << imported.err;
        // Each request with an address of its own, so that failures are limited where one says so.
        serve({"--rate", "1000000", "--trusted-proxy", "127.0.0.1", "--api-keys", keys});
        for (const auto& request : bad_requests()) {
            if (!request.prepares) continue;
            const auto got = ask(request, "en");
            ASSERT_EQ(got.status, request.status) << request.name << "\n" << got.body;
        }
    }
    void serve(const std::vector<std::string>& flags) {
        backend_.reset();
        backend_ = std::make_unique<Backend>(scratch_.data().string(), flags);
    }
    Answered ask(const BadRequest& request, std::string_view language) {
        return ask_bytes(backend_->address(), request.bytes(language, ++asked_));
    }
    Answered ask_whole(const std::string& bytes) const {
        return ask_bytes(backend_->address(), bytes);
    }
    [[nodiscard]] std::uint64_t position() const {
        const auto got = ask_whole("GET /readyz HTTP/1.1\r\nHost: uji\r\n\r\n");
        EXPECT_EQ(got.status, 200U) << "the backend answers no more";
        if (got.status != 200) return 0;
        return boost::json::parse(got.body).at("position").to_number<std::uint64_t>();
    }
    void expect_refused(const BadRequest& request);

    unsigned asked_ = 0;
};

// The pointers of the errors of a problem.
std::set<std::string> pointers_of(const boost::json::object& problem) {
    std::set<std::string> pointers;
    const auto* errors = problem.if_contains("errors");
    if (errors == nullptr) return pointers;
    for (const auto& each : errors->as_array())
        pointers.emplace(each.at("pointer").as_string());
    return pointers;
}

// Words of the inside that no client has to read.
void expect_no_insides(const std::string& body) {
    for (const char* inside : {"/tmp", ".cpp", ".hpp", "rocksdb", "RocksDB", "boost",
                               "std::", "jejak list", "jejak verify", "exception", "errno"}) {
        EXPECT_THAT(body, Not(HasSubstr(inside)));
    }
}

// The title, in the language that was asked for, of an answer that is what the table says.
std::string title_of(const BadRequest& request, const std::string& language, const Answered& got) {
    EXPECT_EQ(got.status, request.status) << got.body;
    EXPECT_TRUE(got.has("Content-Type: application/problem+json")) << got.head;
    boost::system::error_code fault;
    const auto parsed = boost::json::parse(got.body, fault);
    if (fault || !parsed.is_object()) {
        ADD_FAILURE() << "no object of JSON in UTF-8: " << got.body;
        return "";
    }
    const auto& problem = parsed.as_object();
    EXPECT_EQ(problem.at("code").as_string(), request.code) << got.body;
    EXPECT_EQ(problem.at("type"), "about:blank");
    EXPECT_EQ(problem.at("status").to_number<unsigned>(), got.status);
    EXPECT_FALSE(problem.at("detail").as_string().empty());
    if (request.has_pointer) {
        EXPECT_THAT(pointers_of(problem), testing::Contains(request.pointer)) << got.body;
    }
    // Who sent bytes that are no header has said no language.
    const bool knows_language = request.line.contains("raw") ? language == "en" : true;
    if (knows_language) {
        EXPECT_TRUE(got.has("Content-Language: " + language)) << got.head;
    }
    expect_no_insides(got.body);
    return std::string(problem.at("title").as_string());
}

void BadRequests::expect_refused(const BadRequest& request) {
    SCOPED_TRACE(request.name);
    std::vector<std::string> titles;
    for (const std::string language : {"en", "id"}) {
        const auto before = position();
        Answered got;
        for (unsigned i = 0; i < request.times; ++i)
            got = ask(request, language);
        titles.push_back(title_of(request, language, got));
        EXPECT_EQ(position() - before, request.records) << "records of the log";
    }
    if (!request.line.contains("raw")) {
        EXPECT_NE(titles[0], titles[1]) << "one language only";
    }
}

TEST_F(BadRequests, are_each_answered_as_the_table_says) {
    std::set<std::string> names, requests;
    std::size_t refused = 0;
    for (const auto& request : bad_requests()) {
        EXPECT_TRUE(names.insert(request.name).second) << request.name << ": stands twice";
        EXPECT_TRUE(requests.insert(request.bytes("en", 0)).second || request.times > 1)
            << request.name << ": the same bytes as another one";
        if (request.prepares || request.to_tokens) continue;
        expect_refused(request);
        ++refused;
    }
    EXPECT_GE(refused, 220U);
    EXPECT_EQ(backend_->end(SIGTERM), 0);
    EXPECT_EQ(run(scratch_.data(), {"verify"}).exit_code, 0);
}

TEST_F(BadRequests, with_tokens_that_nobody_believes_are_told_so_and_no_more) {
    const auto keys = scratch_.file("issuer.json", keys_of_issuer);
    serve({"--jwks", keys, "--issuer", "https://sso.contoh.go.id", "--audience", "jejak",
           "--trusted-proxy", "127.0.0.1"});
    std::set<std::string> details;
    for (const auto& request : bad_requests()) {
        if (!request.to_tokens) continue;
        expect_refused(request);
        const auto got = ask(request, "en");
        details.emplace(boost::json::parse(got.body).at("detail").as_string());
        EXPECT_TRUE(got.has("WWW-Authenticate: Bearer")) << got.head;
    }
    // That none was sent, or that it is not accepted: never why.
    EXPECT_LE(details.size(), 2U) << testing::PrintToString(details);
}

// ---- every member of every command

struct Example {
    boost::json::object whole;  // as it may be sent
    std::string person;
    const boost::json::object* data_schema = nullptr;
};

std::string command_bytes(const Example& example, const boost::json::object& command) {
    const auto body = boost::json::serialize(command);
    return "POST /v1/commands HTTP/1.1\r\nHost: uji\r\nX-Jejak-Person: " + example.person +
           "\r\nX-Jejak-Offices: administrator,registrar\r\nContent-Type: application/json\r\n"
           "Content-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

Example example_of(const boost::json::object& entry) {
    Example example;
    example.whole = entry.at("example").as_object();
    auto& actor = example.whole.at("actor").as_object();
    example.person = std::string(actor.at("id").as_string());
    actor.erase("id");
    example.whole["data"].is_object() ? void() : void(example.whole["data"].emplace_object());
    example.data_schema = &entry.at("request").at("properties").at("data").as_object();
    return example;
}

// What no member of any command is: an object of this member, for an object a number.
boost::json::value wrong_for(const boost::json::object* data, const std::string& name) {
    const auto* given = data->if_contains(name);
    if (given != nullptr && given->is_object()) return 7;
    return boost::json::object{{"tidak", "ada"}};
}

TEST_F(BadRequests, that_lack_or_mistake_a_member_of_any_command_are_told_its_place) {
    const auto catalogue = ask_whole(
        "GET /v1/commands HTTP/1.1\r\nHost: uji\r\nX-Jejak-Person: nip:197601082003011752\r\n\r\n");
    const auto entries = boost::json::parse(catalogue.body).as_array();
    const auto before = position();
    std::size_t asked = 0;
    for (const auto& entry : entries) {
        const auto example = example_of(entry.as_object());
        const auto& data = example.whole.at("data").as_object();
        const auto expect_place = [&](const boost::json::object& command, const std::string& place,
                                      const char* what) {
            const auto got = ask_whole(command_bytes(example, command));
            SCOPED_TRACE(std::string(entry.at("command").as_string()) + " " + place + " " + what);
            EXPECT_EQ(got.status, 400U) << got.body;
            boost::system::error_code fault;
            const auto problem = boost::json::parse(got.body, fault);
            ASSERT_FALSE(fault) << got.body;
            EXPECT_THAT(pointers_of(problem.as_object()), testing::Contains(place)) << got.body;
            ++asked;
        };
        const auto with = [&](const std::string& name, boost::json::value value) {
            auto command = example.whole;
            command.at("data").as_object()[name] = std::move(value);
            return command;
        };
        if (const auto* members = example.data_schema->if_contains("properties")) {
            for (const auto& [key, schema] : members->as_object()) {
                const std::string name(key);
                expect_place(with(name, wrong_for(&data, name)), "/data/" + name, "is wrong");
            }
        }
        if (const auto* required = example.data_schema->if_contains("required")) {
            for (const auto& each : required->as_array()) {
                auto command = example.whole;
                command.at("data").as_object().erase(each.as_string());
                expect_place(command, "/data/" + std::string(each.as_string()), "is missing");
            }
        }
        expect_place(with("tidak_ada", 1), "/data/tidak_ada", "is not known");
        for (const char* name : {"command_id", "expected_version", "occurred_at", "ground",
                                 "document_sha256", "appraisal", "policy"}) {
            auto command = example.whole;
            command[name] = boost::json::object{};
            expect_place(command, std::string("/") + name, "is wrong");
        }
    }
    EXPECT_GT(asked, 500U);
    EXPECT_EQ(position(), before) << "what could not be read was recorded";
}

// A line of many that is about an appraisal of others says no more than one about none.
TEST_F(BadRequests, among_many_commands_do_not_tell_of_the_appraisal_of_another) {
    const auto line = [](const std::string& token) {
        return R"({"command": "file_objection", "appraisal": ")" + token +
               R"(", "actor": {"role": "employee"}, "data": {"reasons": "x"}})" + "\n";
    };
    const auto file = scratch_.file(
        "lines.jsonl", line("sofifi-2025-004") + line("tidak-ada") + line("sofifi-2025-001"));
    const auto got = curl({"-H", "Content-Type: Application/X-NDJSON", "-H",
                           std::string("X-Jejak-Person: ") + a_colleague, "--data-binary",
                           "@" + file, "/v1/commands"});
    const auto answers = lines_of(got.body);
    ASSERT_EQ(answers.size(), 3U) << got.body;
    const auto error_of = [](const std::string& answer) {
        return boost::json::serialize(boost::json::parse(answer).at("error"));
    };
    EXPECT_EQ(error_of(answers[0]), error_of(answers[1]));
    EXPECT_THAT(answers[0], HasSubstr("not_found"));
    EXPECT_THAT(answers[2], HasSubstr("not_the_employee")) << "she rates this one";
}

}  // namespace
}  // namespace jejak::cli
