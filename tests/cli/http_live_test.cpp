// Many commands in one request, and what happens as it happens.
#include <gmock/gmock.h>

#include "tests/cli/backend.hpp"

namespace jejak::cli {
namespace {

using testing::HasSubstr;

// The positions that a stream of events told.
std::vector<std::string> ids_in(const std::string& stream) {
    std::vector<std::string> ids;
    for (const auto& line : lines_of(stream))
        if (line.starts_with("id: ")) ids.push_back(line.substr(4));
    return ids;
}

TEST_F(Http, takes_many_commands_as_lines_and_answers_each_in_their_order) {
    std::string lines;
    constexpr std::size_t count = 300;
    for (std::size_t i = 1; i <= count; ++i) {
        const auto unit = "unit-" + std::to_string(i);
        lines += R"({"command": "place_unit", "command_id": ")" + unit +
                 R"(", "actor": {"role": "administrator"}, "data": {"unit": ")" + unit +
                 R"(", "name": "Unit", "from": "2026-01-01"}})" + "\n";
    }
    lines += "\n{not json}\n" + lines.substr(0, lines.find('\n'));  // and one again, no line end
    const auto file = scratch_.file("many.jsonl", lines);
    const auto got =
        curl({"-H", "Content-Type: application/x-ndjson", "-H",
              std::string("X-Jejak-Person: ") + keeper_of_all, "-H",
              "X-Jejak-Offices: administrator", "--data-binary", "@" + file, "/v1/commands"});
    ASSERT_EQ(got.status, 200) << got.body;
    const auto answers = lines_of(got.body);
    ASSERT_EQ(answers.size(), count + 2);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const auto answer = boost::json::parse(answers[i]).as_object();
        EXPECT_EQ(answer.at("line").as_int64(), static_cast<std::int64_t>(i + 1));
        EXPECT_EQ(answer.at("ok").as_bool(), i != count) << answers[i];
    }
}

TEST_F(Http, tells_what_happens_from_any_position_on_and_to_each_what_he_may_know) {
    const auto listen = [&](const std::string& query, const std::string& person,
                            const std::string& offices) {
        return run_program({"/usr/bin/curl", "-sS", "-N", "--max-time", "3", "-H",
                            "X-Jejak-Person: " + person, "-H", "X-Jejak-Offices: " + offices,
                            backend_->address() + "/v1/events" + query},
                           {})
            .out;
    };
    const auto all = listen("?after=0&appraisal=sofifi-2025-001", keeper_of_all, "auditor");
    const auto ids = ids_in(all);
    EXPECT_EQ(ids.size(), 18U);
    EXPECT_THAT(all, HasSubstr("event: appraisal.feedback_given"));
    // Resumed behind the fifth: the rest, without gap or repeat.
    const auto rest =
        ids_in(listen("?appraisal=sofifi-2025-001&after=" + ids.at(4), keeper_of_all, "auditor"));
    EXPECT_EQ(rest, std::vector<std::string>(ids.begin() + 5, ids.end()));
    const auto own = listen("?after=0&appraisal=sofifi-2025-001", subject, "");
    EXPECT_EQ(own.find("feedback_given"), std::string::npos);
    EXPECT_THAT(own, HasSubstr("event: appraisal.finalised"));
    const auto another = listen("?after=0&appraisal=sofifi-2025-004", a_colleague, "");
    EXPECT_TRUE(ids_in(another).empty()) << another;
    EXPECT_EQ(get("/v1/events?after=99999999", keeper_of_all, "auditor").status, 400);
}

TEST_F(Http, opens_one_stream_to_whoever_brings_a_ticket_and_no_second) {
    const auto ticket = post("/v1/tickets", "{}", keeper_of_all, "auditor");
    ASSERT_EQ(ticket.status, 201) << ticket.body;
    const std::string path(ticket.json().at("href").as_string());
    const auto listen = [&] {
        return run_program({"/usr/bin/curl", "-sS", "-N", "-i", "--max-time", "3",
                            backend_->address() + path + "&after=0&appraisal=sofifi-2025-001"},
                           {})
            .out;
    };
    EXPECT_THAT(listen(), HasSubstr("event: appraisal.opened"));
    EXPECT_THAT(listen(), HasSubstr("ticket_not_valid"));
}

TEST_F(Http, is_spoken_to_through_tls_where_it_has_a_certificate) {
    const auto key = scratch_.file("key.pem", ""), certificate = scratch_.file("cert.pem", "");
    const Ran made = run_program(
        {"/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate},
        {});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    backend_ = std::make_unique<Backend>(
        (scratch_.data().parent_path() / "tls").string(),
        std::vector<std::string>{"--tls-certificate", certificate, "--tls-key", key});
    EXPECT_TRUE(backend_->address().starts_with("https://")) << backend_->address();
    const auto got = curl({"--cacert", certificate, "/healthz"});
    EXPECT_EQ(got.status, 200);
    EXPECT_THAT(got.head, HasSubstr("Strict-Transport-Security"));
}

}  // namespace
}  // namespace jejak::cli
