// Sample sofifi.jsonl: every result, computed by hand.
//
// Each criterion is the weighted mean of superior 70 and peers 30 (from three on); the employee's
// own report never counts. Results 60, behaviour 40, each the plain mean of three, rounded, as is
// the total. From 4: diatas, from 2.5: sesuai, below: dibawah; the matrix of results (row) and
// behaviour (column) names the predicate.
#include <gtest/gtest.h>

#include "tests/scenarios/expectations.hpp"

namespace jejak::scenarios {
namespace {

using enum appraisal::Phase;

const std::vector<Expected>& expected() {
    // clang-format off
    static const std::vector<Expected> table = {
        // 2025-001
        //   teknis_hasil: (70*4 + 30*13/3)/100 = 4.1
        //   komunikasi_hasil: (70*4 + 30*13/3)/100 = 4.1
        //   kolaborasi_hasil: (70*4 + 30*13/3)/100 = 4.1
        //   teknis_proses: (70*4 + 30*12/3)/100 = 4
        //   komunikasi_proses: (70*3 + 30*12/3)/100 = 3.3
        //   kolaborasi_proses: (70*4 + 30*12/3)/100 = 4
        //   hasil_kerja: (4.1 + 4.1 + 4.1)/3 = 4.1
        //   perilaku: (4 + 3.3 + 4)/3 = 113/30 -> 3.77
        //   total: (60*4.1 + 40*3.77)/100 = 3.968 -> 3.97; (diatas, sesuai) is baik
        {"sofifi-2025-001", finalised, "3.97 baik"},
        // 2025-002; returned for revision
        //   teknis_hasil: (70*3 + 30*14/4)/100 = 3.15
        //   komunikasi_hasil: (70*4 + 30*17/4)/100 = 4.075
        //   kolaborasi_hasil: (70*3 + 30*12/4)/100 = 3
        //   teknis_proses: (70*3 + 30*12/4)/100 = 3
        //   komunikasi_proses: (70*4 + 30*16/4)/100 = 4
        //   kolaborasi_proses: (70*3 + 30*14/4)/100 = 3.15
        //   hasil_kerja: (3.15 + 4.075 + 3)/3 = 409/120 -> 3.41
        //   perilaku: (3 + 4 + 3.15)/3 = 203/60 -> 3.38
        //   total: (60*3.41 + 40*3.38)/100 = 3.398 -> 3.4; (sesuai, sesuai) is baik
        {"sofifi-2025-002", finalised, "3.40 baik"},
        // 2025-003; peer 2 of 3: missing
        //   teknis_hasil: 4
        //   komunikasi_hasil: 3
        //   kolaborasi_hasil: 4
        //   teknis_proses: 5
        //   komunikasi_proses: 3
        //   kolaborasi_proses: 3
        //   hasil_kerja: (4 + 3 + 4)/3 = 11/3 -> 3.67
        //   perilaku: (5 + 3 + 3)/3 = 11/3 -> 3.67
        //   total: (60*3.67 + 40*3.67)/100 = 3.67; (sesuai, sesuai) is baik
        {"sofifi-2025-003", finalised, "3.67 baik"},
        // 2025-004; supervisor reassigned
        //   teknis_hasil: (70*4 + 30*17/4)/100 = 4.075
        //   komunikasi_hasil: (70*4 + 30*17/4)/100 = 4.075
        //   kolaborasi_hasil: (70*5 + 30*20/4)/100 = 5
        //   teknis_proses: (70*4 + 30*18/4)/100 = 4.15
        //   komunikasi_proses: (70*4 + 30*18/4)/100 = 4.15
        //   kolaborasi_proses: (70*5 + 30*19/4)/100 = 4.925
        //   hasil_kerja: (4.075 + 4.075 + 5)/3 = 263/60 -> 4.38
        //   perilaku: (4.15 + 4.15 + 4.925)/3 = 529/120 -> 4.41
        //   total: (60*4.38 + 40*4.41)/100 = 4.392 -> 4.39; (diatas, diatas) is sangat_baik
        {"sofifi-2025-004", finalised, "4.39 sangat_baik"},
        {"sofifi-2025-005", cancelled, ""},
        // 2025-006; review revised after the feedback
        //   teknis_hasil: (70*4 + 30*12/3)/100 = 4
        //   komunikasi_hasil: (70*3 + 30*10/3)/100 = 3.1
        //   kolaborasi_hasil: (70*4 + 30*10/3)/100 = 3.8
        //   teknis_proses: (70*3 + 30*10/3)/100 = 3.1
        //   komunikasi_proses: (70*4 + 30*12/3)/100 = 4
        //   kolaborasi_proses: (70*3 + 30*11/3)/100 = 3.2
        //   hasil_kerja: (4 + 3.1 + 3.8)/3 = 109/30 -> 3.63
        //   perilaku: (3.1 + 4 + 3.2)/3 = 103/30 -> 3.43
        //   total: (60*3.63 + 40*3.43)/100 = 3.55; (sesuai, sesuai) is baik
        {"sofifi-2025-006", finalised, "3.55 baik"},
        // 2025-007; review returned
        //   teknis_hasil: (70*5 + 30*14/3)/100 = 4.9
        //   komunikasi_hasil: (70*5 + 30*15/3)/100 = 5
        //   kolaborasi_hasil: (70*4 + 30*13/3)/100 = 4.1
        //   teknis_proses: (70*5 + 30*15/3)/100 = 5
        //   komunikasi_proses: (70*5 + 30*15/3)/100 = 5
        //   kolaborasi_proses: (70*4 + 30*13/3)/100 = 4.1
        //   hasil_kerja: (4.9 + 5 + 4.1)/3 = 14/3 -> 4.67
        //   perilaku: (5 + 5 + 4.1)/3 = 4.7
        //   total: (60*4.67 + 40*4.7)/100 = 4.682 -> 4.68; (diatas, diatas) is sangat_baik
        {"sofifi-2025-007", finalised, "4.68 sangat_baik"},
        // 2025-008
        //   teknis_hasil: (70*2 + 30*7/3)/100 = 2.1
        //   komunikasi_hasil: (70*2 + 30*7/3)/100 = 2.1
        //   kolaborasi_hasil: (70*2 + 30*6/3)/100 = 2
        //   teknis_proses: (70*2 + 30*6/3)/100 = 2
        //   komunikasi_proses: (70*2 + 30*7/3)/100 = 2.1
        //   kolaborasi_proses: (70*2 + 30*6/3)/100 = 2
        //   hasil_kerja: (2.1 + 2.1 + 2)/3 = 31/15 -> 2.07
        //   perilaku: (2 + 2.1 + 2)/3 = 61/30 -> 2.03
        //   total: (60*2.07 + 40*2.03)/100 = 2.054 -> 2.05; (dibawah, dibawah) is sangat_kurang
        {"sofifi-2025-008", finalised, "2.05 sangat_kurang"},
        // 2025-009
        //   teknis_hasil: (70*3 + 30*9/3)/100 = 3
        //   komunikasi_hasil: (70*3 + 30*11/3)/100 = 3.2
        //   kolaborasi_hasil: (70*2 + 30*9/3)/100 = 2.3
        //   teknis_proses: (70*2 + 30*9/3)/100 = 2.3
        //   komunikasi_proses: (70*2 + 30*9/3)/100 = 2.3
        //   kolaborasi_proses: (70*2 + 30*10/3)/100 = 2.4
        //   hasil_kerja: (3 + 3.2 + 2.3)/3 = 17/6 -> 2.83
        //   perilaku: (2.3 + 2.3 + 2.4)/3 = 7/3 -> 2.33
        //   total: (60*2.83 + 40*2.33)/100 = 2.63; (sesuai, dibawah) is kurang
        // as decided upon the objection:
        //   teknis_proses: (70*3 + 30*9/3)/100 = 3
        //   komunikasi_proses: (70*3 + 30*9/3)/100 = 3
        //   kolaborasi_proses: (70*3 + 30*10/3)/100 = 3.1
        //   perilaku: (3 + 3 + 3.1)/3 = 91/30 -> 3.03
        //   total: (60*2.83 + 40*3.03)/100 = 2.91; (sesuai, sesuai) is baik
        {"sofifi-2025-009", finalised, "2.63 kurang", "2.91 baik"},
        // 2025-010
        //   teknis_hasil: (70*4 + 30*13/3)/100 = 4.1
        //   komunikasi_hasil: (70*4 + 30*12/3)/100 = 4
        //   kolaborasi_hasil: (70*4 + 30*12/3)/100 = 4
        //   teknis_proses: (70*3 + 30*8/3)/100 = 2.9
        //   komunikasi_proses: (70*2 + 30*6/3)/100 = 2
        //   kolaborasi_proses: (70*2 + 30*7/3)/100 = 2.1
        //   hasil_kerja: (4.1 + 4 + 4)/3 = 121/30 -> 4.03
        //   perilaku: (2.9 + 2 + 2.1)/3 = 7/3 -> 2.33
        //   total: (60*4.03 + 40*2.33)/100 = 3.35; (diatas, dibawah) is kurang
        {"sofifi-2025-010", finalised, "3.35 kurang"},
        // 2025-011
        //   teknis_hasil: (70*2 + 30*6/3)/100 = 2
        //   komunikasi_hasil: (70*2 + 30*7/3)/100 = 2.1
        //   kolaborasi_hasil: (70*2 + 30*6/3)/100 = 2
        //   teknis_proses: (70*4 + 30*11/3)/100 = 3.9
        //   komunikasi_proses: (70*3 + 30*11/3)/100 = 3.2
        //   kolaborasi_proses: (70*4 + 30*12/3)/100 = 4
        //   hasil_kerja: (2 + 2.1 + 2)/3 = 61/30 -> 2.03
        //   perilaku: (3.9 + 3.2 + 4)/3 = 3.7
        //   total: (60*2.03 + 40*3.7)/100 = 2.698 -> 2.7; (dibawah, sesuai) is butuh_perbaikan
        {"sofifi-2025-011", finalised, "2.70 butuh_perbaikan"},
        // 2025-012; peer 0 of 3: missing
        //   teknis_hasil: 3
        //   komunikasi_hasil: 4
        //   kolaborasi_hasil: 3
        //   teknis_proses: 3
        //   komunikasi_proses: 3
        //   kolaborasi_proses: 3
        //   hasil_kerja: (3 + 4 + 3)/3 = 10/3 -> 3.33
        //   perilaku: (3 + 3 + 3)/3 = 3
        //   total: (60*3.33 + 40*3)/100 = 3.198 -> 3.2; (sesuai, sesuai) is baik
        {"sofifi-2025-012", finalised, "3.20 baik"},
        // 2025-013; one rater gave again
        //   teknis_hasil: (70*3 + 30*9/3)/100 = 3
        //   komunikasi_hasil: (70*3 + 30*10/3)/100 = 3.1
        //   kolaborasi_hasil: (70*3 + 30*9/3)/100 = 3
        //   teknis_proses: (70*3 + 30*9/3)/100 = 3
        //   komunikasi_proses: (70*4 + 30*11/3)/100 = 3.9
        //   kolaborasi_proses: (70*3 + 30*10/3)/100 = 3.1
        //   hasil_kerja: (3 + 3.1 + 3)/3 = 91/30 -> 3.03
        //   perilaku: (3 + 3.9 + 3.1)/3 = 10/3 -> 3.33
        //   total: (60*3.03 + 40*3.33)/100 = 3.15; (sesuai, sesuai) is baik
        {"sofifi-2025-013", finalised, "3.15 baik"},
        // 2025-014
        //   teknis_hasil: (70*3 + 30*10/3)/100 = 3.1
        //   komunikasi_hasil: (70*3 + 30*9/3)/100 = 3
        //   kolaborasi_hasil: (70*3 + 30*10/3)/100 = 3.1
        //   teknis_proses: (70*3 + 30*10/3)/100 = 3.1
        //   komunikasi_proses: (70*3 + 30*9/3)/100 = 3
        //   kolaborasi_proses: (70*3 + 30*9/3)/100 = 3
        //   hasil_kerja: (3.1 + 3 + 3.1)/3 = 46/15 -> 3.07
        //   perilaku: (3.1 + 3 + 3)/3 = 91/30 -> 3.03
        //   total: (60*3.07 + 40*3.03)/100 = 3.054 -> 3.05; (sesuai, sesuai) is baik
        {"sofifi-2025-014", disputed, "3.05 baik"},
    };
    // clang-format on
    return table;
}

TEST(SofifiScenario, ends_with_the_results_computed_by_hand) {
    ScenarioRunner scenario;
    const auto answers = scenario.run("sofifi");
    expect_all_accepted(answers);
    expect_results(scenario, expected());
}

TEST(SofifiScenario, replays_to_the_same_states_and_derivations) {
    ScenarioRunner scenario;
    expect_all_accepted(scenario.run("sofifi"));
    expect_replay_agrees(scenario);
}

TEST(SofifiScenario, changes_nothing_when_it_is_imported_again) {
    ScenarioRunner scenario;
    const auto answers = scenario.run("sofifi");
    expect_all_accepted(answers);
    expect_importing_again_changes_nothing(scenario, "sofifi", answers);
}

TEST(SofifiScenario, shows_what_its_readme_promises) {
    ScenarioRunner scenario;
    expect_all_accepted(scenario.run("sofifi"));
    expect_bundled_policy(scenario, "sofifi");
    expect_shows(scenario, {"appraisal.cancelled", "appraisal.dialogue_noted",
                            "appraisal.evidence_attached", "appraisal.feedback_revised",
                            "appraisal.feedback_waived", "appraisal.objection_upheld",
                            "appraisal.plan_agreed", "appraisal.result_acknowledged",
                            "appraisal.result_changed", "appraisal.returned_for_revision",
                            "appraisal.review_confirmed", "appraisal.review_returned",
                            "appraisal.review_revised", "appraisal.supervisor_reassigned"});
}

}  // namespace
}  // namespace jejak::scenarios
