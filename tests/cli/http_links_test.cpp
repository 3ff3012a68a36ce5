// Feedback of citizens by links that work once; who acted through which door; the description.
#include <gmock/gmock.h>

#include <filesystem>

#include "tests/cli/backend.hpp"
#include "tests/workflows/golden.hpp"

namespace jejak::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* a_supervisor = "nip:198002202006041003";
constexpr const char* with_citizens = R"({"command": "publish_policy", "policy": "warga",
    "actor": {"role": "administrator"}, "data": {"document": {"policy": "warga",
    "title": {"id": "Warga", "en": "Citizens"}, "scale": {"min": "1", "max": "5", "decimals": 0},
    "groups": [{"id": "perilaku", "weight": "100", "title": {"id": "Perilaku", "en": "Behaviour"}}],
    "criteria": [{"id": "pelayanan", "group": "perilaku",
                  "title": {"id": "Pelayanan", "en": "Service"}}],
    "sources": [{"id": "supervisor", "by": "supervisor", "weight": "50",
                 "title": {"id": "Pejabat penilai", "en": "Supervisor"}},
                {"id": "warga", "by": "community", "weight": "50",
                 "title": {"id": "Warga", "en": "Citizens"}}],
    "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
    "stages": {"self_assessment": "unused", "review": "required", "feedback": "waivable"}}}})";
constexpr const char* an_appraisal = R"({"subject": "nip:197601082003011752", "post": "Bidan",
    "unit": "puskesmas", "period": "2027", "kind": "annual",
    "supervisor": "nip:198002202006041003", "superior": "nip:197001011995031004",
    "policy": "warga"})";

class Links : public Http {
  protected:
    void SetUp() override {
        Http::SetUp();
        const auto published = post("/v1/commands", with_citizens, keeper_of_all, "administrator");
        ASSERT_EQ(published.status, 200) << published.body;
        const auto opened = post("/v1/appraisals/berwarga/open-appraisal", an_appraisal,
                                 keeper_of_all, "administrator");
        ASSERT_EQ(opened.status, 200) << opened.body;
        const auto begun = post("/v1/appraisals/berwarga/open-feedback", "{}", a_supervisor);
        ASSERT_EQ(begun.status, 200) << begun.body;
    }
    [[nodiscard]] std::string link() const {
        const auto made = post("/v1/appraisals/berwarga/feedback-links",
                               R"({"source": "warga", "hours": 24})", a_supervisor);
        EXPECT_EQ(made.status, 201) << made.body;
        return std::string(made.json().at("link").as_string());
    }
    // As a citizen: without any credentials.
    [[nodiscard]] Got send(const std::string& path, const std::string& link,
                           const std::string& more = "") const {
        return curl({"-d", R"({"link": ")" + link + "\"" + more + "}", path});
    }
    [[nodiscard]] Got give(const std::string& link, const std::string& value) const {
        return send("/v1/feedback", link,
                    R"(, "ratings": [{"criterion": "pelayanan", "value": ")" + value + "\"}]");
    }
};

TEST_F(Links, let_a_citizen_give_feedback_once_and_name_nobody) {
    const auto one_link = link();
    const auto form = send("/v1/feedback/form", one_link);
    EXPECT_EQ(form.status, 200) << form.body;
    EXPECT_THAT(form.body, HasSubstr("pelayanan"));
    EXPECT_THAT(form.body, Not(HasSubstr("197601082003011752")));
    const auto given = give(one_link, "5");
    ASSERT_EQ(given.status, 200) << given.body;
    const auto again = give(one_link, "5");
    EXPECT_TRUE(again.json().at("repeated").as_bool()) << again.body;
    const auto other = give(one_link, "1");
    EXPECT_EQ(other.status, 422) << other.body;
    EXPECT_EQ(other.json().at("code"), "duplicate_command");
    EXPECT_EQ(give(link(), "4").status, 200) << "another link is another citizen";
    const auto history = get("/v1/appraisals/berwarga/history", subject);
    EXPECT_THAT(history.body, Not(HasSubstr("link:"))) << history.body;
}

TEST_F(Links, that_were_altered_or_are_made_by_somebody_else_are_refused) {
    auto altered = link();
    altered.back() = altered.back() == 'A' ? 'Q' : 'A';
    const auto refused = give(altered, "5");
    EXPECT_EQ(refused.status, 403) << refused.body;
    EXPECT_EQ(refused.json().at("code"), "link_not_valid");
    const auto path = "/v1/appraisals/berwarga/feedback-links";
    EXPECT_EQ(post(path, R"({"source": "warga"})", subject).status, 403);
    EXPECT_EQ(post(path, R"({"source": "warga"})", a_colleague).status, 404);
    const auto no_citizens = post(path, R"({"source": "supervisor"})", a_supervisor);
    EXPECT_EQ(no_citizens.status, 400);
    EXPECT_THAT(no_citizens.body, HasSubstr("it has warga"));
}

TEST_F(Links, leave_headers_of_a_command_to_whoever_has_an_account) {
    const auto with = [&](const std::string& header, const std::string& more) {
        return curl({"-H", std::string("X-Jejak-Person: ") + a_supervisor, "-H", header, "-d",
                     R"({"command": "submit_review", "appraisal": "berwarga",
                         "actor": {"role": "supervisor"})" +
                         more +
                         R"(, "data": {"ratings": [{"criterion": "pelayanan", "value": "4"}]}})",
                     "/v1/commands"});
    };
    EXPECT_EQ(with("If-Match: \"77\"", "").status, 412);
    EXPECT_EQ(with("Idempotency-Key: a-1", R"(, "command_id": "a-2")").status, 400);
    EXPECT_EQ(with("Idempotency-Key: a-1", "").status, 200);
    EXPECT_TRUE(with("Idempotency-Key: a-1", "").json().at("repeated").as_bool());
}

// "uji." and 43 times A.
constexpr const char* key_of_service = R"({"keys": [{"id": "uji", "account": "service:uji",
    "sha256": "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a",
    "may_act_for": ["nip:198002202006041003"], "expires_at": "2099-01-01T00:00:00Z"}]})";

TEST_F(Links, are_one_door_and_a_service_another_which_the_record_names_beside_the_person) {
    const auto keys = scratch_.file("keys.json", key_of_service);
    std::filesystem::permissions(keys, std::filesystem::perms::owner_read);
    backend_.reset();
    backend_ = std::make_unique<Backend>(scratch_.data().string(),
                                         std::vector<std::string>{"--api-keys", keys});
    const auto sent = curl({"-H", "Authorization: ApiKey uji." + std::string(43, 'A'), "-H",
                            std::string("X-Jejak-Person: ") + a_supervisor, "-d",
                            R"({"ratings": [{"criterion": "pelayanan", "value": "4"}]})",
                            "/v1/appraisals/berwarga/submit-review"});
    ASSERT_EQ(sent.status, 200) << sent.body;
    const auto history = get("/v1/appraisals/berwarga/history", keeper_of_all, "auditor").json();
    const auto& last = history.at("records").as_array().back().as_object();
    EXPECT_EQ(last.at("event"), "appraisal.review_submitted");
    EXPECT_EQ(last.at("channel"), "service:uji");
    EXPECT_EQ(last.at("actor").at("id"), a_supervisor);
}

TEST_F(Http, describes_itself_as_the_page_that_was_read_and_kept) {
    const auto got = get("/openapi.json");
    // A member a line, so that a difference can be read.
    std::string page;
    for (const char letter : got.body) {
        page += letter;
        if (letter == ',' || letter == '{') page += '\n';
    }
    golden::expect_golden("cli/golden/openapi.json", page);
}

}  // namespace
}  // namespace jejak::cli
