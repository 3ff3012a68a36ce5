// An objection whose superior rated before, at the terminal: it climbs by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

using testing::HasSubstr;

const std::string subject_of_it = "nip:198501012010011001", rater_of_it = "nip:197803152005012002",
                  deputy = "nip:198002202006041003", above_the_rater = "nip:197001011995031004",
                  keeper_of_it = "nip:198811112012122005";

// One command a line, as `jejak import` reads them.
class Requests {
  public:
    explicit Requests(std::string prefix) : prefix_(std::move(prefix)) {}
    void say(const std::string& by, const char* role, const std::string& head,
             const std::string& data) {
        text_ += "{" + head + R"(, "command_id": ")" + prefix_ + std::to_string(++number_) +
                 R"(", "actor": {"id": ")" + by + R"(", "role": ")" + role + R"("}, "data": {)" +
                 data + "}}\n";
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string prefix_, text_;
    int number_ = 0;
};

// A section below an office, each with its head. The head of the section rated; that was annulled,
// his deputy rated anew, and he stands above her, but whoever rated does not decide.
std::string an_objection_without_a_decider() {
    Requests told("d-");
    const auto fact = [&](const char* command, const std::string& data) {
        told.say(keeper_of_it, "administrator", R"("command": ")" + std::string(command) + '"',
                 data + R"(, "from": "2026-01-01")");
    };
    fact("place_unit", R"("unit": "dinas", "name": "Dinas", "zone": "WIB")");
    fact("place_unit", R"("unit": "seksi", "name": "Seksi", "parent": "dinas")");
    fact("place_post",
         R"("post": "kadis", "unit": "dinas", "title": "Kepala Dinas", "is_head": true)");
    fact("place_post",
         R"("post": "kasi", "unit": "seksi", "title": "Kepala Seksi", "is_head": true)");
    fact("place_post", R"("post": "staf", "unit": "seksi", "title": "Staf")");
    for (const auto& [post, person] :
         {std::pair{"kadis", above_the_rater}, std::pair{"kasi", rater_of_it},
          std::pair{"staf", subject_of_it}}) {
        fact("hold_post", R"("post": ")" + std::string(post) + R"(", "person": ")" + person +
                              R"(", "kind": "definitive", "letter": "SK 2")");
    }
    const auto act = [&](const std::string& by, const char* role, const char* command,
                         const std::string& data) {
        told.say(by, role, R"("command": ")" + std::string(command) + R"(", "appraisal": "a-1")",
                 data);
    };
    act(keeper_of_it, "administrator", "open_appraisal",
        R"("subject": ")" + subject_of_it + R"(", "supervisor": ")" + rater_of_it +
            R"(", "superior": ")" + above_the_rater +
            R"(", "post": "staf", "unit": "seksi", "period": "2026-01", "kind": "monthly")" +
            R"(, "policy": "naik")");
    const auto review = R"("ratings": [{"criterion": "pelayanan", "value": "3"}])";
    act(rater_of_it, "supervisor", "submit_review", review);
    act(rater_of_it, "supervisor", "finalise", "");
    act(keeper_of_it, "administrator", "annul_result",
        R"("reopens": "self_assessed", "ground": "wrong_rater", "reason": "Salah")" +
            std::string(R"(, "document_sha256": ")") + std::string(64, 'a') + '"');
    act(keeper_of_it, "administrator", "reassign_supervisor",
        R"("supervisor": ")" + deputy + R"(", "superior": ")" + rater_of_it +
            R"(", "reason": "Wakil menilai")");
    act(deputy, "supervisor", "submit_review", review);
    act(deputy, "supervisor", "finalise", "");
    act(subject_of_it, "employee", "file_objection",
        R"("contested": ["pelayanan"], "reasons": "Angka tidak benar")");
    act(deputy, "supervisor", "answer_objection", R"("reply": "Sudah sesuai")");
    return told.text();
}

constexpr const char* rules = R"({
    "policy": "naik", "title": {"id": "Naik", "en": "Climbing"},
    "scale": {"min": "1", "max": "5", "decimals": 0},
    "groups": [
      {"id": "perilaku", "title": {"id": "Perilaku", "en": "Behaviour"}, "weight": "100"}],
    "criteria": [
      {"id": "pelayanan", "group": "perilaku", "title": {"id": "Pelayanan", "en": "Service"}}],
    "sources": [
      {"id": "supervisor", "title": {"id": "Pejabat penilai", "en": "Supervisor"},
       "by": "supervisor", "weight": "100", "factor": "20"}],
    "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
    "stages": {"self_assessment": "unused", "review": "required", "feedback": "unused"},
    "deadlines": {"reply_days": 5, "decision_days": 10, "no_decision": "escalates"}})";

TEST(DisputeCommand, says_who_is_next_in_the_chain_and_tick_names_him_once) {
    const Scratch scratch;
    const auto published = run(scratch.data(), {"policy", "publish", "--as", keeper_of_it,
                                                scratch.file("naik.json", rules)});
    ASSERT_EQ(published.exit_code, 0) << published.err;
    const Ran told = run(scratch.data(), {"import", "-"}, an_objection_without_a_decider());
    ASSERT_EQ(told.exit_code, 0) << told.out << told.err;
    EXPECT_THAT(run(scratch.data(), {"dispute", "a-1"}).out,
                HasSubstr("jejak tick names the next in the chain, " + above_the_rater));

    const Ran first = run(scratch.data(), {"tick"});
    EXPECT_EQ(first.exit_code, 0) << first.err;
    EXPECT_THAT(first.out, HasSubstr("decided by the next in the chain, " + above_the_rater));
    const Ran again = run(scratch.data(), {"tick"});
    EXPECT_THAT(again.out, HasSubstr("each has somebody to decide it"));

    const auto file =
        boost::json::parse(lines_of(run(scratch.data(), {"dispute", "a-1", "--json"}).out).at(0));
    const auto& next = file.at("next").as_array();
    EXPECT_EQ(next.at(0).at("person"), above_the_rater.c_str());
    EXPECT_EQ(next.at(0).at("command"), "decide_objection");
    Requests decision("e-");
    decision.say(above_the_rater, "superior",
                 R"("command": "decide_objection", "appraisal": "a-1")",
                 R"("outcome": "upheld", "reasons": "Buktinya cukup")");
    const Ran decided = run(scratch.data(), {"import", "-"}, decision.text());
    EXPECT_EQ(decided.exit_code, 0) << decided.out << decided.err;
    EXPECT_THAT(run(scratch.data(), {"dispute", "a-1"}).out, HasSubstr("the decision is final"));
}

}  // namespace
}  // namespace jejak::cli
