// Every regime in one log: each appraisal under the rules of its own period, whatever comes later.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

constexpr const char* administrator = "nip:198811112012122005";
constexpr const char* supervisor = "nip:197803152005012002";
constexpr const char* employee = "nip:198501012010011001";

// Commands about one appraisal, numbered as they come.
class Told {
  public:
    explicit Told(std::string appraisal) : appraisal_(std::move(appraisal)) {}
    Told& say(const char* command, const char* role, const char* who, const std::string& data) {
        text_ += R"({"command": ")" + std::string(command) + R"(", "command_id": ")" + appraisal_ +
                 "-" + std::to_string(++number_) + R"(", "appraisal": ")" + appraisal_ +
                 R"(", "actor": {"id": ")" + who + R"(", "role": ")" + role + R"("}, "data": )" +
                 data + "}\n";
        return *this;
    }
    Told& open(const std::string& policy, const std::string& period, const char* kind = "annual") {
        return say("open_appraisal", "administrator", administrator,
                   R"({"subject": ")" + std::string(employee) + R"(", "post": "Bidan", "unit": )" +
                       R"("dinkes", "kind": ")" + kind + R"(", "period": ")" + period +
                       R"(", "supervisor": ")" + supervisor +
                       R"(", "superior": "nip:197001011995031004", "policy": ")" + policy + "\"}");
    }
    Told& plan(const std::string& items) {
        return say("agree_plan", "supervisor", supervisor, R"({"results": [)" + items + "]}");
    }
    Told& finalise() { return say("finalise", "supervisor", supervisor, "{}"); }
    Told& waive(const char* stage) {
        return say(
            "waive_stage", "administrator", administrator,
            R"({"stage": ")" + std::string(stage) + R"(", "ground": "leave", "reason": "c"})");
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string appraisal_, text_;
    int number_ = 0;
};

std::string all_rated(std::initializer_list<const char*> criteria, const std::string& value) {
    std::string out;
    for (const char* criterion : criteria) {
        out += (out.empty() ? "" : ", ") + (R"({"criterion": ")" + std::string(criterion)) +
               R"(", "value": ")" + value + "\"}";
    }
    return R"({"ratings": [)" + out + "]}";
}

std::string achieved(const char* item, const char* number) {
    return R"({"achievements": [{"item": ")" + std::string(item) + R"(", "realisation": ")" +
           number + "\"}]}";
}

constexpr auto behaviour_of_2011 = {"orientasi_pelayanan", "integritas",  "komitmen", "disiplin",
                                    "kerja_sama",          "kepemimpinan"};
constexpr auto behaviour_of_2021 = {"orientasi_pelayanan", "komitmen", "inisiatif_kerja",
                                    "kerja_sama", "kepemimpinan"};

std::string with_plan(const char* name, const char* policy, const char* period,
                      const std::string& item, const char* realised, const std::string& review,
                      const char* kind = "annual") {
    Told told(name);
    told.open(policy, period, kind).plan(item);
    told.say("record_progress", "employee", employee, achieved("layanan", realised));
    told.waive("self_assessment");
    told.say("submit_review", "supervisor", supervisor, review);
    if (std::string(policy) == "permen6-2022") told.waive("feedback");
    return told.finalise().text();
}

class Regimes : public ::testing::Test {
  protected:
    void SetUp() override {
        for (const char* policy : {"dp3-1979", "pp46-2011", "permen8-2021-70-30", "2021-annual",
                                   "permen6-2022", "sofifi"}) {
            const Ran published = run(scratch.data(), {"policy", "publish", policy});
            ASSERT_EQ(published.exit_code, 0) << published.err;
        }
    }
    Ran import(const std::string& lines) {
        return run(scratch.data(), {"import", scratch.file("c.jsonl", lines)});
    }
    std::map<std::string, std::string> results() {
        std::map<std::string, std::string> out;
        const Ran listed = run(scratch.data(), {"list", "--json"});
        for (const auto& line : lines_of(listed.out)) {
            const auto view = boost::json::parse(line).as_object();
            const auto& last = view.at("final");
            if (last.is_null()) continue;
            out[std::string(view.at("appraisal").as_string())] =
                std::string(last.at("score").as_string()) + " " +
                std::string(last.at("predicate").as_string());
        }
        return out;
    }
    Scratch scratch;
};

constexpr const char* item_100 = R"({"item": "layanan", "target": "100", "weight": "100"})";

TEST_F(Regimes, score_and_replay_each_period_under_its_own_rules) {
    std::string lines;
    Told dp3("dp3");
    dp3.open("dp3-1979", "2012");
    dp3.say("submit_review", "supervisor", supervisor,
            all_rated({"kesetiaan", "prestasi_kerja", "tanggung_jawab", "ketaatan", "kejujuran",
                       "kerja_sama", "prakarsa", "kepemimpinan"},
                      "91"));
    lines += dp3.finalise().text();
    // Vector I4: 91 is Sangat baik under PP 46/2011, although it is Baik under PP 30/2019.
    lines +=
        with_plan("pp46", "pp46-2011", "2020", item_100, "91", all_rated(behaviour_of_2011, "91"));
    lines += with_plan("h1", "pp46-2011", "2021-H1", item_100, "80",
                       all_rated(behaviour_of_2011, "80"), "half-year");
    lines += with_plan("h2", "permen8-2021-70-30", "2021-H2", item_100, "100",
                       all_rated(behaviour_of_2021, "109"), "half-year");
    const Ran imported = import(lines);
    ASSERT_EQ(imported.exit_code, 0) << imported.out << imported.err;
    const auto before = results();
    EXPECT_EQ(before.at("dp3"), "91 amat_baik");
    EXPECT_EQ(before.at("pp46"), "91.00 sangat_baik");
    EXPECT_EQ(before.at("h2"), "109.00 baik");

    Told year("2021");
    year.open("2021-annual", "2021");
    year.say("carry_score", "administrator", administrator,
             R"({"criterion": "h1", "appraisal": "h1"})");
    year.say("carry_score", "administrator", administrator,
             R"({"criterion": "h2", "appraisal": "h2"})");
    year.waive("review").say("finalise", "administrator", administrator, "{}");
    const Ran carried = import(year.text());
    ASSERT_EQ(carried.exit_code, 0) << carried.out << carried.err;
    EXPECT_EQ(results().at("2021"), "94.50 baik") << "(80 + 109) / 2";

    // New rules for a later period change nothing that was scored before.
    auto document = boost::json::parse(run(scratch.data(), {"policy", "show", "pp46-2011"}).out);
    document.at("policy") = "pp46-baru";
    document.at("bands").at(0).at("from") = "99";
    document.at("bands").at(1).at("below") = "99";
    document.at("applies").as_object() = {{"from", "2030-01-01"}};
    const auto file = scratch.file("later.json", boost::json::serialize(document));
    ASSERT_EQ(run(scratch.data(), {"policy", "publish", file}).exit_code, 0);
    auto after = results();
    after.erase("2021");
    EXPECT_EQ(after, before);
    const Ran verified = run(scratch.data(), {"verify", "--json"});
    EXPECT_EQ(verified.exit_code, 0) << verified.out;
    EXPECT_EQ(boost::json::parse(verified.out).at("results_recomputed").as_int64(), 5);
}

TEST_F(Regimes, are_chosen_by_the_period_and_refused_for_another) {
    const auto chosen = [&](const char* period, const char* kind = "annual") {
        const Ran ran =
            run(scratch.data(), {"policy", "choose", "--period", period, "--kind", kind, "--json"});
        return ran.exit_code == 0
                   ? std::string(boost::json::parse(ran.out).at("policy").as_string())
                   : ran.err;
    };
    EXPECT_EQ(chosen("2013"), "dp3-1979");
    EXPECT_EQ(chosen("2020"), "pp46-2011");
    EXPECT_EQ(chosen("2021-07..2021-12", "half-year"), "permen8-2021-70-30");
    EXPECT_EQ(chosen("2021"), "2021-annual");
    EXPECT_EQ(chosen("2026-Q1"), "permen6-2022");
    const Ran refused = import(Told("x").open("pp46-2011", "2022").text());
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE((refused.out + refused.err).find("policy_not_in_force"), std::string::npos)
        << refused.out << refused.err;
}

TEST_F(Regimes, take_labels_and_check_the_distribution_of_a_unit) {
    std::string review = R"({"ratings": [{"criterion": "layanan", "value": "DI ATAS ESPEKTASI"})";
    for (const char* value :
         {"pelayanan", "akuntabel", "kompeten", "harmonis", "loyal", "adaptif", "kolaboratif"}) {
        for (const char* guide : {"_1", "_2", "_3"}) {
            review +=
                R"(, {"criterion": ")" + std::string(value) + guide + R"(", "value": "diatas"})";
        }
    }
    review += "]}";
    const Ran imported = import(with_plan(
        "skp", "permen6-2022", "2025", R"({"item": "layanan", "section": "utama"})", "1", review));
    ASSERT_EQ(imported.exit_code, 0) << imported.out << imported.err;
    EXPECT_EQ(results().at("skp"), " sangat_baik");
    const std::vector<std::string> unit = {"--unit", "dinkes", "--period", "2025"};
    const auto ask = [&](std::vector<std::string> words) {
        words.insert(words.begin(), "unit");
        words.insert(words.end(), unit.begin(), unit.end());
        return run(scratch.data(), words);
    };
    EXPECT_EQ(ask({"distribution"}).exit_code, 1) << "the unit has no predicate yet";
    const Ran set = ask({"predicate", "--policy", "permen6-2022", "--set", "ISTIMEWA", "--as",
                         "nip:196501011990011001"});
    EXPECT_EQ(set.exit_code, 0) << set.err;
    const Ran checked = ask({"distribution", "--json"});
    EXPECT_EQ(checked.exit_code, 1) << "one of one is more than 70 %";
    const auto view = boost::json::parse(checked.out);
    EXPECT_EQ(view.at("organisation").as_string(), "istimewa");
    EXPECT_FALSE(view.at("kept").as_bool());
    EXPECT_FALSE(view.at("attainable").as_bool()) << "one person is all or nothing";
    const Ran recommended =
        run(scratch.data(), {"recommend", "skp", "--level", "ahli_pertama", "--lang", "en"});
    EXPECT_EQ(recommended.exit_code, 0) << recommended.err;
    EXPECT_NE(recommended.out.find("18.75"), std::string::npos) << recommended.out;
    EXPECT_NE(recommended.out.find("recognition"), std::string::npos) << recommended.out;
    EXPECT_EQ(run(scratch.data(), {"verify"}).exit_code, 0);
}

}  // namespace
}  // namespace jejak::cli
