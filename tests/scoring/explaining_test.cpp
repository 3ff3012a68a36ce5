// Explanations as the appraised reads them, pinned as pages.
#include <gtest/gtest.h>

#include "tests/scoring/documents.hpp"
#include "tests/workflows/golden.hpp"
#include "workflows/scoring/lines.hpp"

namespace jejak::scoring {
namespace {

using testing::bundled_text;
using testing::item;
using testing::policy_of;

// Everything that the source rates gets this value, from as many raters as the policy wants.
void rate_all(const Policy& policy, Inputs& inputs, const std::string& source,
              const std::string& value) {
    const auto s = *find_source(policy, source);
    const auto criteria = static_cast<std::uint32_t>(policy.criteria.size() + inputs.plan.size());
    for (std::uint32_t rater = 0; rater < policy.sources[s].minimum; ++rater) {
        const auto version = static_cast<std::uint32_t>(inputs.sources.size() + 3);
        SourceRatings given{s, 1, {version}, {}};
        for (std::uint32_t c = 0; c < criteria; ++c) {
            if (!rates(policy, inputs.plan, s, c)) continue;
            given.ratings.push_back({c, 1, check_rating(policy, inputs.plan, s, c, value).value()});
        }
        inputs.sources.push_back(std::move(given));
    }
}

std::string page_of(const Policy& policy, const Inputs& inputs) {
    std::string page;
    for (const auto language : {Language::id, Language::en}) {
        const NameEvent name = [&](std::uint32_t version) {
            return (language == Language::id ? "peristiwa " : "event ") + std::to_string(version);
        };
        const auto answer = evaluate(policy, inputs);
        const auto* missing = std::get_if<Missing>(&answer);
        const auto lines =
            missing ? to_lines(*missing, policy, language, name)
                    : to_lines(std::get<Outcome>(answer).derivation, policy, language, name);
        for (const auto& line : lines)
            page += std::string(std::size_t{line.depth} * 2, ' ') + line.text + "\n";
        page += "\n";
    }
    return page;
}

void expect_page(const std::string& name, const Policy& policy, const Inputs& inputs) {
    golden::expect_golden("scoring/golden/" + name + ".txt", page_of(policy, inputs));
}

TEST(Explaining, the_numbers_of_2021_with_conversion_and_a_cap) {
    const auto policy = policy_of(bundled_text("permen8-2021-70-30"));
    Inputs inputs;
    inputs.plan = {item("layanan", "60", "95", "93"), item("laporan", "40", "100", "100")};
    inputs.plan[1].target_is_maximum = true;
    inputs.plan.push_back(item("tim", "20", "10", "10"));
    inputs.plan[2].section = 1;
    rate_all(*policy, inputs, "supervisor", "112");
    expect_page("permen8-2021", *policy, inputs);
}

TEST(Explaining, the_predicate_of_2022_without_a_number) {
    const auto policy = policy_of(bundled_text("permen6-2022"));
    Inputs inputs;
    inputs.plan = {item("layanan", "1", "", ""), item("laporan", "1", "", "")};
    rate_all(*policy, inputs, "supervisor", "DI ATAS ESPEKTASI");
    expect_page("permen6-2022", *policy, inputs);
}

TEST(Explaining, what_is_still_missing) {
    const auto policy = policy_of(bundled_text("permen6-2022"));
    Inputs inputs;
    inputs.plan = {item("layanan", "1", "", "")};
    expect_page("permen6-2022-missing", *policy, inputs);
}

TEST(Explaining, an_agencys_steps_before_the_matrix) {
    const auto policy = policy_of(bundled_text("kmk127-2026"));
    Inputs inputs;
    inputs.plan = {item("target", "100", "100", "118")};
    for (const auto& source : policy->sources) {
        if (source.by == SourceKind::supervisor) {
            const auto s = *find_source(*policy, source.id);
            SourceRatings given{s, 1, {4}, {}};
            for (std::uint32_t c = 0; c < policy->criteria.size(); ++c) {
                if (!rates(*policy, inputs.plan, s, c)) continue;
                const auto& id = policy->criteria[c].id;
                const bool small = id == "dampak" || id == "koreksi";
                given.ratings.push_back({c, 1, small ? Rational(2) : Rational(105)});
            }
            inputs.sources.push_back(std::move(given));
        }
    }
    inputs.flags = {"jenjang_2", "hukdis_2"};
    expect_page("kmk127-2026", *policy, inputs);
}

TEST(Explaining, gaps_and_classes_of_competences) {
    const auto policy = policy_of(bundled_text("kompetensi-jpm"));
    Inputs inputs;
    rate_all(*policy, inputs, "supervisor", "2");
    expect_page("kompetensi-jpm", *policy, inputs);
}

TEST(Explaining, a_survey) {
    const auto policy = policy_of(bundled_text("skm-2017-011"));
    Inputs inputs;
    inputs.survey = SurveyResult{std::vector<Rational>(9, Rational(277, 90)), 150, 2};
    expect_page("skm-2017-011", *policy, inputs);
}

}  // namespace
}  // namespace jejak::scoring
