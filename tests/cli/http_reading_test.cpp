// What may be read over HTTP besides one appraisal: lists, tasks, what-if, rules, the description.
#include <gmock/gmock.h>

#include <set>

#include "tests/cli/backend.hpp"

namespace jejak::cli {
namespace {

using testing::HasSubstr;

TEST_F(Http, lists_page_by_page_what_the_caller_may_see) {
    std::set<std::string> seen;
    std::string cursor;
    int pages = 0;
    do {
        const auto page =
            get("/v1/appraisals?limit=5" + (cursor.empty() ? "" : "&cursor=" + cursor),
                keeper_of_all, "auditor");
        ASSERT_EQ(page.status, 200) << page.body;
        const auto view = page.json();
        for (const auto& line : view.at("appraisals").as_array())
            EXPECT_TRUE(seen.emplace(line.at("appraisal").as_string()).second) << "repeated";
        const auto& next = view.at("next_cursor");
        cursor = next.is_null() ? "" : std::string(next.as_string());
        ++pages;
    } while (!cursor.empty());
    EXPECT_EQ(lines_of(run(scratch_.data(), {"list", "--json"}).out).size(), seen.size());
    EXPECT_GT(pages, 2);
    // An employee: her own, and those that she supervises.
    const auto own = get("/v1/appraisals", subject).json().at("appraisals").as_array();
    ASSERT_EQ(own.size(), 1U);
    EXPECT_EQ(own.at(0).at("appraisal"), "sofifi-2025-001");
    EXPECT_EQ(get("/v1/appraisals?phase=tidur", keeper_of_all, "auditor").status, 400);
    EXPECT_EQ(get("/v1/appraisals?limit=501", keeper_of_all, "auditor").status, 400);
    EXPECT_EQ(get("/v1/appraisals?cursor=%25", keeper_of_all, "auditor").status, 400);
}

TEST_F(Http, looks_people_up_in_a_body_and_never_in_a_path) {
    const auto whom = std::string(R"({"person": ")") + subject + R"("})";
    const auto found = post("/v1/appraisals/search", whom, keeper_of_all, "administrator").json();
    ASSERT_EQ(found.at("appraisals").as_array().size(), 1U);
    EXPECT_EQ(post("/v1/appraisals/search", whom, rater).json().at("appraisals").as_array().size(),
              0U)
        << "a colleague finds nothing of another's";
    EXPECT_EQ(post("/v1/tasks/search", whom, keeper_of_all, "administrator").status, 200);
    EXPECT_EQ(post("/v1/tasks/search", whom, rater).status, 403);
    EXPECT_EQ(post("/v1/tasks/search", R"({"nip": "1"})", keeper_of_all, "auditor").status, 400);
}

TEST_F(Http, gives_tasks_deadlines_the_scoreboard_and_published_rules) {
    EXPECT_EQ(get("/v1/tasks", subject).status, 200);
    EXPECT_EQ(get("/v1/deadlines", subject).status, 403);
    EXPECT_EQ(get("/v1/deadlines", keeper_of_all, "auditor").status, 200);
    EXPECT_EQ(get("/v1/scoreboard?period=2025", subject).status, 403);
    const auto board = get("/v1/scoreboard?period=2025", keeper_of_all, "auditor");
    EXPECT_EQ(board.status, 200) << board.body;
    EXPECT_FALSE(board.json().at("units").as_array().empty());
    EXPECT_EQ(get("/v1/scoreboard", keeper_of_all, "auditor").status, 400);
    const auto policies = get("/v1/policies", subject).json().at("policies").as_array();
    ASSERT_FALSE(policies.empty());
    const auto policy = get(std::string(policies.at(0).at("href").as_string()), subject);
    EXPECT_EQ(policy.status, 200);
    EXPECT_EQ(policy.json().at("policy"), policies.at(0).at("policy"));
    EXPECT_EQ(get("/v1/policies/tidak-ada", subject).status, 404);
    EXPECT_EQ(get("/v1/me", subject).json().at("person"), subject);
}

TEST_F(Http, computes_what_would_be_for_those_who_may_see_how_the_score_came_about) {
    const std::string what_if = std::string(one) + "/what-if";
    const auto same = get(what_if, subject);
    ASSERT_EQ(same.status, 200) << same.body;
    EXPECT_EQ(same.json().at("difference"), "0");
    const auto other = get(what_if + "?set=teknis_hasil%3D5&without=self", subject);
    EXPECT_EQ(other.status, 200) << other.body;
    EXPECT_EQ(get(what_if + "?set=tidak_ada%3D5", subject).status, 400);
    EXPECT_EQ(get(what_if + "?leave_one_out=true", subject).status, 403);
    const auto each = get(what_if + "?leave_one_out=true", keeper_of_all, "auditor");
    EXPECT_EQ(each.status, 200);
    EXPECT_GT(each.json().at("without_each").as_array().size(), 2U);
    EXPECT_EQ(get(what_if, rater).status, 404);
    EXPECT_EQ(get(what_if + "?policy=/etc/passwd", subject).status, 404);
}

TEST_F(Http, says_no_in_the_language_of_who_asks) {
    const auto in = [&](const char* language) {
        return curl({"-H", std::string("Accept-Language: ") + language, "-H",
                     std::string("X-Jejak-Person: ") + rater, std::string(one) + "/explanation"});
    };
    EXPECT_THAT(in("id-ID, en;q=0.5").head, HasSubstr("Content-Language: id"));
    EXPECT_THAT(in("en").head, HasSubstr("Content-Language: en"));
    EXPECT_NE(in("id").json().at("title"), in("en").json().at("title"));
    EXPECT_EQ(in("id").json().at("code"), in("en").json().at("code"));
}

TEST_F(Http, notes_who_else_reads_an_appraisal_and_shows_it_to_the_employee) {
    for (int twice = 0; twice < 2; ++twice)
        EXPECT_EQ(get(one, "nip:199901012024011001", "auditor").status, 200);
    EXPECT_EQ(get(one, subject).status, 200);
    const auto reads = get(std::string(one) + "/reads", subject).json().at("reads").as_array();
    ASSERT_EQ(reads.size(), 1U) << "her own reads are no news to her";
    EXPECT_EQ(reads.at(0).at("office"), "auditor");
    EXPECT_EQ(reads.at(0).at("counts").at("view"), 2);
    EXPECT_EQ(get(std::string(one) + "/reads", rater).status, 403);
}

TEST_F(Http, counts_what_it_does_for_prometheus) {
    EXPECT_EQ(get(one, subject).status, 200);
    const auto metrics = get("/metrics");
    EXPECT_EQ(metrics.status, 200);
    EXPECT_THAT(metrics.body, HasSubstr("jejak_http_request_seconds_count{method=\"GET\""));
    EXPECT_THAT(metrics.body, HasSubstr("jejak_log_position "));
}

TEST_F(Http, lets_one_caller_ask_so_often_and_then_says_when_to_come_back) {
    backend_ = std::make_unique<Backend>((scratch_.data().parent_path() / "slow").string(),
                                         std::vector<std::string>{"--rate", "1"});
    EXPECT_EQ(get("/v1/me", subject).status, 200);
    Got again;  // a slow machine may take the second that a token takes to come
    for (int ask = 0; again.status != 429 && ask < 20; ++ask)
        again = get("/v1/me", subject);
    EXPECT_EQ(again.status, 429);
    EXPECT_THAT(again.head, HasSubstr("Retry-After: 1"));
    EXPECT_EQ(again.json().at("code"), "rate_limited");
    EXPECT_EQ(get("/v1/me", rater).status, 200) << "others are not held up";
}

}  // namespace
}  // namespace jejak::cli
