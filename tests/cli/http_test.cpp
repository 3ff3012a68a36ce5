// The backend as a process, spoken to with curl as a front end would.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ctime>

#include <boost/json.hpp>
#include <fstream>

#include "tests/cli/backend.hpp"

namespace jejak::cli {
namespace {

using testing::HasSubstr;

TEST_F(Http, takes_an_appraisal_from_opening_to_a_decided_objection_as_the_readme_says) {
    std::ifstream file(JEJAK_SOURCE_DIR "/adapters/README.md");
    const std::string readme{std::istreambuf_iterator<char>(file), {}};
    const auto marked = readme.find("<!-- walkthrough -->");
    ASSERT_NE(marked, std::string::npos);
    const auto begin = readme.find("```sh\n", marked) + 6;
    const auto script =
        scratch_.file("walk.sh", readme.substr(begin, readme.find("```", begin) - begin));
    const Ran ran = run_program({"/bin/bash", "-e", script}, {{"AT", backend_->address()}});
    ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
    const auto last = boost::json::parse(lines_of(ran.out).back()).as_object();
    EXPECT_EQ(last.at("phase").as_string(), "finalised");
    EXPECT_EQ(last.at("final").at("score").as_string(), "80.00");
    const auto history = get("/v1/appraisals/contoh-1/history", "nip:198501012010011001").json();
    EXPECT_THAT(boost::json::serialize(history), HasSubstr("appraisal.result_changed"));
    EXPECT_THAT(boost::json::serialize(history), HasSubstr("\"previous_score\":\"60.00\""));
}

TEST_F(Http, shows_each_caller_what_is_hers_and_hides_the_rest_as_if_it_were_not_there) {
    EXPECT_EQ(get(one).status, 401);
    const auto own = get(one, subject);
    EXPECT_EQ(own.status, 200) << own.body;
    EXPECT_EQ(own.json().at("final").at("score").as_string(), "3.97");
    const auto history = get(std::string(one) + "/history", subject).json();
    EXPECT_GT(history.at("withheld").as_int64(), 2);
    EXPECT_EQ(boost::json::serialize(history).find("feedback_given"), std::string::npos);
    const auto all = get(std::string(one) + "/history", "nip:199901012024011001", "auditor").json();
    EXPECT_EQ(all.at("withheld").as_int64(), 0);
    // Of another's appraisal: the same answer as for one that does not exist.
    const auto hidden = get("/v1/appraisals/sofifi-2025-004", a_colleague);
    const auto absent = get("/v1/appraisals/tidak-ada", a_colleague);
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(hidden.body, absent.body);
    EXPECT_EQ(get(std::string(one) + "/explanation", rater).status, 404);
    EXPECT_EQ(get(std::string(one) + "/explanation", subject).status, 200);
}

TEST_F(Http, shows_an_appraisal_as_it_stood_and_whether_it_has_changed) {
    const auto now = get(one, subject);
    EXPECT_THAT(now.head, HasSubstr("ETag: \"18\""));
    EXPECT_EQ(
        curl({"-H", std::string("X-Jejak-Person: ") + subject, "-H", "If-None-Match: \"18\"", one})
            .status,
        304);
    const auto then = get(std::string(one) + "?at_version=1", subject).json();
    EXPECT_EQ(then.at("phase").as_string(), "draft");
    EXPECT_EQ(get(std::string(one) + "?at_version=0", subject).status, 400);
    EXPECT_EQ(get(std::string(one) + "?as_of=kemarin", subject).status, 400);
    EXPECT_EQ(get(std::string(one) + "?warna=merah", subject).status, 400);
}

TEST_F(Http, answers_the_same_key_once_and_a_version_that_has_moved_on_with_412) {
    const auto object_with = [&](const std::vector<std::string>& headers) {
        std::vector<std::string> words = {"-H", std::string("X-Jejak-Person: ") + subject};
        for (const auto& header : headers)
            words.insert(words.end(), {"-H", header});
        words.insert(words.end(), {"-d", R"({"contested": [], "reasons": "tidak dihitung"})",
                                   std::string(one) + "/file-objection"});
        return curl(words);
    };
    EXPECT_EQ(object_with({"If-Match: \"3\""}).status, 412);
    EXPECT_EQ(object_with({"If-Match: 3"}).status, 400);
    const auto first = object_with({"Idempotency-Key: keberatan-1", "If-Match: \"18\""});
    EXPECT_EQ(first.status, 200) << first.body;
    EXPECT_THAT(first.head, HasSubstr("ETag: \"19\""));
    const auto again = object_with({"Idempotency-Key: keberatan-1", "If-Match: \"18\""});
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_TRUE(again.json().at("repeated").as_bool());
    const auto other = object_with({});
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.json().at("code").as_string(), "not_in_this_phase");
    EXPECT_THAT(other.head, HasSubstr("application/problem+json"));
}

TEST_F(Http, lets_nobody_act_in_an_office_that_he_does_not_hold_or_for_another) {
    const auto sent = [&](const std::string& person, const std::string& offices,
                          const std::string& text, const std::string& path) {
        return curl({"-H", "X-Jejak-Person: " + person, "-H", "X-Jejak-Offices: " + offices, "-d",
                     text, path});
    };
    const std::string annul = R"({"reopens": "draft", "ground": "court", "reason": "x",
        "document_sha256": ")" +
                              std::string(64, 'a') + R"("})";
    EXPECT_EQ(sent(subject, "", annul, std::string(one) + "/annul-result").status, 403);
    EXPECT_EQ(
        sent("nip:198811112012122005", "auditor", annul, std::string(one) + "/annul-result").status,
        403);
    EXPECT_EQ(sent(rater, "", R"({"reply": "x"})", std::string(one) + "/answer-objection").status,
              403);
    const std::string whole = R"({"command": "cancel_appraisal", "appraisal": "sofifi-2025-001",
        "actor": {"role": "administrator"}, "data": {"reason": "x"}})";
    EXPECT_EQ(sent(subject, "", whole, "/v1/commands").status, 403);
    const std::string other = R"({"command": "file_objection", "appraisal": "sofifi-2025-001",
        "actor": {"role": "employee", "id": "nip:197601082003011752"}, "data": {"reasons": "x"}})";
    EXPECT_EQ(sent(rater, "", other, "/v1/commands").status, 403);
}

TEST_F(Http, says_what_the_caller_may_do_now_and_why_not_the_rest) {
    const auto actions = get(std::string(one) + "/actions", subject).json();
    const auto allowed = boost::json::serialize(actions.at("allowed"));
    EXPECT_THAT(allowed, HasSubstr("file-objection"));
    EXPECT_EQ(allowed.find("submit-review"), std::string::npos);
    for (const auto& action : actions.at("not_allowed").as_array())
        EXPECT_FALSE(action.at("reason").as_string().empty());
}

TEST_F(Http, names_what_is_wrong_with_a_request) {
    const auto sent = [&](const std::string& text, const std::string& path) {
        return curl({"-H", std::string("X-Jejak-Person: ") + subject, "-d", text, path});
    };
    EXPECT_EQ(sent("{", std::string(one) + "/file-objection").status, 400);
    const auto unknown = sent(R"({"resons": "x"})", std::string(one) + "/file-objection");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_THAT(unknown.body, HasSubstr("resons"));
    EXPECT_EQ(sent("{}", std::string(one) + "/terbang").status, 404);
    EXPECT_EQ(get("/v2/appraisals", subject).status, 404);
    EXPECT_EQ(get(std::string(one) + "/file-objection", subject).status, 405);
    EXPECT_EQ(curl({"-X", "DELETE", "-H", std::string("X-Jejak-Person: ") + subject, one}).status,
              405);
    EXPECT_EQ(get("/healthz").status, 200);
    EXPECT_EQ(get("/readyz").status, 200);
}

TEST_F(Http, keeps_what_it_acknowledged_when_it_is_killed) {
    const auto filed =
        curl({"-H", std::string("X-Jejak-Person: ") + subject, "-d",
              R"({"reasons": "tidak dihitung"})", std::string(one) + "/file-objection"});
    ASSERT_EQ(filed.status, 200) << filed.body;
    EXPECT_EQ(backend_->end(SIGKILL), -1);
    backend_ = std::make_unique<Backend>(scratch_.data().string());
    EXPECT_EQ(get(one, subject).json().at("phase").as_string(), "disputed");
    EXPECT_EQ(backend_->end(SIGTERM), 0);
    EXPECT_EQ(run(scratch_.data(), {"verify"}).exit_code, 0);
}

// Signed by a program that is not ours.
TEST_F(Http, believes_a_token_of_the_pinned_issuer_and_nobody_else) {
    if (::access("/usr/bin/jose", X_OK) != 0) {
        GTEST_SKIP() << "no jose: install the Debian package jose";
    }
    const auto jose = [](std::vector<std::string> words) {
        words.insert(words.begin(), "/usr/bin/jose");
        const Ran ran = run_program(words, {});
        EXPECT_EQ(ran.exit_code, 0) << ran.err;
        return ran.out;
    };
    const auto key = scratch_.file("key.jwk", ""), keys = scratch_.file("keys.json", "");
    jose({"jwk", "gen", "-i", R"({"alg": "ES256", "kid": "k1"})", "-o", key});
    jose({"jwk", "pub", "-s", "-i", key, "-o", keys});
    backend_->end(SIGTERM);
    backend_ = std::make_unique<Backend>(
        scratch_.data().string(),
        std::vector<std::string>{"--jwks", keys, "--issuer", "https://sso.contoh.go.id",
                                 "--audience", "jejak"});
    const auto token = [&](const std::string& audience, long valid, const std::string& roles) {
        const auto claims = scratch_.file(
            "claims.json", R"({"iss": "https://sso.contoh.go.id", "sub": "u1", "aud": ")" +
                               audience + R"(", "nip": "197601082003011752", "roles": [)" + roles +
                               R"(], "exp": )" + std::to_string(::time(nullptr) + valid) + "}");
        auto text = jose({"jws", "sig", "-I", claims, "-k", key, "-c", "-s",
                          R"({"protected": {"alg": "ES256", "typ": "at+jwt", "kid": "k1"}})"});
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        return text;
    };
    const auto with = [&](const std::string& text, const std::string& path) {
        return curl({"-H", "Authorization: Bearer " + text, "-H",
                     "X-Jejak-Person: nip:198811112012122005", path});
    };
    const auto good = with(token("jejak", 300, ""), one);
    EXPECT_EQ(good.status, 200) << good.body;
    EXPECT_EQ(good.json().at("subject").as_string(), subject);
    EXPECT_EQ(with(token("lain", 300, ""), one).status, 401);
    EXPECT_EQ(with(token("jejak", -300, ""), one).status, 401);
    EXPECT_EQ(with("eyJhbGciOiJub25lIn0.e30.", one).status, 401);
    EXPECT_EQ(get(one, subject).status, 401) << "headers of the development mode count for nothing";
    const auto history = std::string(one) + "/history";
    EXPECT_GT(with(token("jejak", 300, ""), history).json().at("withheld").as_int64(), 0);
    EXPECT_GT(with(token("jejak", 300, R"("auditor")"), history).json().at("withheld").as_int64(),
              0)
        << "a party stays one, whatever office she holds";
    // The issuer has another key from now on: whoever signs with the old one is not believed.
    const auto before = token("jejak", 300, "");
    const auto other = scratch_.file("other.jwk", "");
    jose({"jwk", "gen", "-i", R"({"alg": "ES256", "kid": "k2"})", "-o", other});
    jose({"jwk", "pub", "-s", "-i", other, "-o", keys});
    backend_->signal(SIGHUP);
    int status = 200;
    for (int ask = 0; status == 200 && ask < 200; ++ask)
        status = with(before, one).status;
    EXPECT_EQ(status, 401) << "the pinned keys were not read anew";
}

TEST_F(Http, logs_a_line_of_json_for_each_request_with_its_trace_and_without_names) {
    const auto log = scratch_.file("log", ""), pipe = scratch_.file("pipe", "");
    const Ran ran = run_program(
        {"/bin/bash", "-c",
         R"(rm -f "$PIPE"; mkfifo "$PIPE"; "$JEJAK" --data "$DATA" serve --listen 127.0.0.1:0 \
            --log-json > "$PIPE" 2> "$LOG" & read -r _ _ at < "$PIPE"
            curl -sS -o /dev/null -H "X-Jejak-Person: nip:197601082003011752" \
              -H "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" \
              "$at/v1/appraisals/sofifi-2025-001"; kill -TERM %1; wait %1; cat "$LOG")"},
        {{"PIPE", pipe},
         {"LOG", log},
         {"JEJAK", JEJAK_BINARY},
         {"DATA", (scratch_.data().parent_path() / "logged").string()}});
    boost::json::object request;
    for (const auto& line : lines_of(ran.out)) {
        const auto parsed = boost::json::parse(line).as_object();  // each line is one
        if (parsed.contains("route")) request = parsed;
    }
    ASSERT_FALSE(request.empty()) << ran.out << ran.err;
    EXPECT_EQ(request.at("route"), "/v1/appraisals/{id}");
    EXPECT_EQ(request.at("status"), 404);
    EXPECT_EQ(request.at("trace"), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(ran.out.find("197601082003011752"), std::string::npos) << ran.out;
}

TEST_F(Http, listens_to_others_only_where_it_knows_whom_to_believe) {
    const Ran open = run(scratch_.data(), {"serve", "--listen", "0.0.0.0:0"});
    EXPECT_EQ(open.exit_code, 2);
    EXPECT_THAT(open.err, HasSubstr("--jwks"));
    EXPECT_EQ(run(scratch_.data(), {"serve", "--listen", "rumah"}).exit_code, 2);
}

}  // namespace
}  // namespace jejak::cli
