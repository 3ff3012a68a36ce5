// Sample gunungkidul.jsonl: every result, computed by hand.
//
// Each criterion is the weighted mean of self 10, superior 60, peers 30 (from three on) and, for
// the last two, public 20 (from five on), ratings times 20. Competences 50: the sum over what the
// post expects (3 + 3 + 3 + 2 levels, 220 points), in percent, at most 100; performance 25
// (criteria 60, 40); community 25. Groups and total are rounded. Bands 90, 78.
#include <gtest/gtest.h>

#include "tests/scenarios/expectations.hpp"

namespace jejak::scenarios {
namespace {

using enum appraisal::Phase;

const std::vector<Expected>& expected() {
    // clang-format off
    static const std::vector<Expected> table = {
        // 2025-001
        //   pengetahuan_bidang: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   integritas: (10*3*20 + 60*3*20 + 30*10/3*20)/100 = 62
        //   komunikasi: (10*4*20 + 60*4*20 + 30*11/3*20)/100 = 78
        //   pengembangan_diri: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   hasil_tugas: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   inovasi: (10*4*20 + 60*5*20 + 30*14/3*20)/100 = 96
        //   komunikasi_masyarakat: (10*4*20 + 60*4*20 + 30*12/3*20 + 20*23/5*20)/120 = 82
        //   kolaborasi_masyarakat: (10*4*20 + 60*5*20 + 30*14/3*20 + 20*23/5*20)/120 = 286/3
        //   kompetensi: 100*280/220, at most 100, = 100
        //   kinerja: (60*80 + 40*96)/100 = 86.4
        //   masyarakat: (82 + 286/3)/2 = 266/3 -> 88.67
        //   total: (50*100 + 25*86.4 + 25*88.67)/100 = 93.7675 -> 93.77; optimal
        {"gunungkidul-2025-001", finalised, "93.77 optimal"},
        // 2025-002; returned for revision
        //   pengetahuan_bidang: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   integritas: (10*3*20 + 60*3*20 + 30*10/3*20)/100 = 62
        //   komunikasi: (10*4*20 + 60*3*20 + 30*10/3*20)/100 = 64
        //   pengembangan_diri: (10*2*20 + 60*2*20 + 30*6/3*20)/100 = 40
        //   hasil_tugas: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   inovasi: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi_masyarakat: (10*4*20 + 60*3*20 + 30*10/3*20 + 20*17/5*20)/120 = 194/3
        //   kolaborasi_masyarakat: (10*3*20 + 60*3*20 + 30*9/3*20 + 20*17/5*20)/120 = 184/3
        //   kompetensi: 100*226/220, at most 100, = 100
        //   kinerja: (60*60 + 40*60)/100 = 60
        //   masyarakat: (194/3 + 184/3)/2 = 63
        //   total: (50*100 + 25*60 + 25*63)/100 = 80.75; cukup_optimal
        {"gunungkidul-2025-002", finalised, "80.75 cukup_optimal"},
        // 2025-003; peer 2 of 3: missing, community 4 of 5: missing
        //   pengetahuan_bidang: (10*4*20 + 60*4*20)/70 = 80
        //   integritas: (10*2*20 + 60*2*20)/70 = 40
        //   komunikasi: (10*2*20 + 60*2*20)/70 = 40
        //   pengembangan_diri: (10*2*20 + 60*2*20)/70 = 40
        //   hasil_tugas: (10*4*20 + 60*4*20)/70 = 80
        //   inovasi: (10*2*20 + 60*2*20)/70 = 40
        //   komunikasi_masyarakat: (10*2*20 + 60*2*20)/70 = 40
        //   kolaborasi_masyarakat: (10*2*20 + 60*2*20)/70 = 40
        //   kompetensi: 100*200/220 = 1000/11 -> 90.91
        //   kinerja: (60*80 + 40*40)/100 = 64
        //   masyarakat: (40 + 40)/2 = 40
        //   total: (50*90.91 + 25*64 + 25*40)/100 = 71.455 -> 71.46; kurang_optimal
        {"gunungkidul-2025-003", finalised, "71.46 kurang_optimal"},
        // 2025-004; review revised after the feedback, one rater gave again
        //   pengetahuan_bidang: (10*4*20 + 60*3*20 + 30*10/3*20)/100 = 64
        //   integritas: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   pengembangan_diri: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   hasil_tugas: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   inovasi: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   komunikasi_masyarakat: (10*4*20 + 60*4*20 + 30*12/3*20 + 20*29/6*20)/120 = 745/9
        //   kolaborasi_masyarakat: (10*5*20 + 60*5*20 + 30*13/3*20 + 20*29/6*20)/120 = 865/9
        //   kompetensi: 100*264/220, at most 100, = 100
        //   kinerja: (60*60 + 40*80)/100 = 68
        //   masyarakat: (745/9 + 865/9)/2 = 805/9 -> 89.44
        //   total: (50*100 + 25*68 + 25*89.44)/100 = 89.36; cukup_optimal
        {"gunungkidul-2025-004", finalised, "89.36 cukup_optimal"},
        {"gunungkidul-2025-005", cancelled, ""},
        // 2025-006
        //   pengetahuan_bidang: (10*4*20 + 60*4*20 + 30*11/3*20)/100 = 78
        //   integritas: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi: (10*3*20 + 60*3*20 + 30*10/3*20)/100 = 62
        //   pengembangan_diri: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   hasil_tugas: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   inovasi: (10*3*20 + 60*4*20 + 30*11/3*20)/100 = 76
        //   komunikasi_masyarakat: (10*4*20 + 60*4*20 + 30*12/3*20 + 20*21/5*20)/120 = 242/3
        //   kolaborasi_masyarakat: (10*3*20 + 60*4*20 + 30*11/3*20 + 20*21/5*20)/120 = 232/3
        //   kompetensi: 100*260/220, at most 100, = 100
        //   kinerja: (60*80 + 40*76)/100 = 78.4
        //   masyarakat: (242/3 + 232/3)/2 = 79
        //   total: (50*100 + 25*78.4 + 25*79)/100 = 89.35; cukup_optimal
        {"gunungkidul-2025-006", finalised, "89.35 cukup_optimal"},
        // 2025-007; supervisor reassigned
        //   pengetahuan_bidang: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   integritas: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi: (10*3*20 + 60*2*20 + 30*7/3*20)/100 = 44
        //   pengembangan_diri: (10*2*20 + 60*2*20 + 30*6/3*20)/100 = 40
        //   hasil_tugas: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   inovasi: (10*3*20 + 60*2*20 + 30*7/3*20)/100 = 44
        //   komunikasi_masyarakat: (10*3*20 + 60*3*20 + 30*9/3*20 + 20*13/5*20)/120 = 176/3
        //   kolaborasi_masyarakat: (10*3*20 + 60*3*20 + 30*8/3*20 + 20*15/5*20)/120 = 175/3
        //   kompetensi: 100*204/220 = 1020/11 -> 92.73
        //   kinerja: (60*60 + 40*44)/100 = 53.6
        //   masyarakat: (176/3 + 175/3)/2 = 58.5
        //   total: (50*92.73 + 25*53.6 + 25*58.5)/100 = 74.39; kurang_optimal
        {"gunungkidul-2025-007", finalised, "74.39 kurang_optimal"},
        // 2025-008; review returned
        //   pengetahuan_bidang: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   integritas: (10*4*20 + 60*5*20 + 30*14/3*20)/100 = 96
        //   komunikasi: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   pengembangan_diri: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   hasil_tugas: (10*3*20 + 60*3*20 + 30*10/3*20)/100 = 62
        //   inovasi: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi_masyarakat: (10*3*20 + 60*3*20 + 30*10/3*20 + 20*16/5*20)/120 = 187/3
        //   kolaborasi_masyarakat: (10*3*20 + 60*3*20 + 30*9/3*20 + 20*16/5*20)/120 = 182/3
        //   kompetensi: 100*276/220, at most 100, = 100
        //   kinerja: (60*62 + 40*60)/100 = 61.2
        //   masyarakat: (187/3 + 182/3)/2 = 61.5
        //   total: (50*100 + 25*61.2 + 25*61.5)/100 = 80.675 -> 80.68; cukup_optimal
        {"gunungkidul-2025-008", finalised, "80.68 cukup_optimal"},
        // 2025-009
        //   pengetahuan_bidang: (10*4*20 + 60*3*20 + 30*9/3*20)/100 = 62
        //   integritas: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi: (10*2*20 + 60*2*20 + 30*6/3*20)/100 = 40
        //   pengembangan_diri: (10*3*20 + 60*2*20 + 30*7/3*20)/100 = 44
        //   hasil_tugas: (10*3*20 + 60*2*20 + 30*7/3*20)/100 = 44
        //   inovasi: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi_masyarakat: (10*3*20 + 60*2*20 + 30*7/3*20 + 20*12/5*20)/120 = 134/3
        //   kolaborasi_masyarakat: (10*3*20 + 60*2*20 + 30*8/3*20 + 20*13/5*20)/120 = 47
        //   kompetensi: 100*206/220 = 1030/11 -> 93.64
        //   kinerja: (60*44 + 40*60)/100 = 50.4
        //   masyarakat: (134/3 + 47)/2 = 275/6 -> 45.83
        //   total: (50*93.64 + 25*50.4 + 25*45.83)/100 = 70.8775 -> 70.88; kurang_optimal
        {"gunungkidul-2025-009", finalised, "70.88 kurang_optimal"},
        // 2025-010
        //   pengetahuan_bidang: (10*4*20 + 60*3*20 + 30*10/3*20)/100 = 64
        //   integritas: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi: (10*3*20 + 60*2*20 + 30*9/3*20)/100 = 48
        //   pengembangan_diri: (10*3*20 + 60*2*20 + 30*9/3*20)/100 = 48
        //   hasil_tugas: (10*4*20 + 60*3*20 + 30*11/3*20)/100 = 66
        //   inovasi: (10*4*20 + 60*3*20 + 30*11/3*20)/100 = 66
        //   komunikasi_masyarakat: (10*4*20 + 60*2*20 + 30*11/3*20 + 20*22/5*20)/120 = 179/3
        //   kolaborasi_masyarakat: (10*4*20 + 60*3*20 + 30*12/3*20 + 20*22/5*20)/120 = 214/3
        //   kompetensi: 100*220/220 = 100
        //   kinerja: (60*66 + 40*66)/100 = 66
        //   masyarakat: (179/3 + 214/3)/2 = 65.5
        //   total: (50*100 + 25*66 + 25*65.5)/100 = 82.875 -> 82.88; cukup_optimal
        // as decided upon the objection:
        //   komunikasi: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi_masyarakat: (10*4*20 + 60*4*20 + 30*11/3*20 + 20*22/5*20)/120 = 239/3
        //   kolaborasi_masyarakat: (10*4*20 + 60*4*20 + 30*12/3*20 + 20*22/5*20)/120 = 244/3
        //   kompetensi: 100*232/220, at most 100, = 100
        //   masyarakat: (239/3 + 244/3)/2 = 80.5
        //   total: (50*100 + 25*66 + 25*80.5)/100 = 86.625 -> 86.63; cukup_optimal
        {"gunungkidul-2025-010", finalised, "82.88 cukup_optimal", "86.63 cukup_optimal"},
        // 2025-011; peer 0 of 3: missing, community 0 of 5: missing
        //   pengetahuan_bidang: (10*3*20 + 60*3*20)/70 = 60
        //   integritas: (10*4*20 + 60*4*20)/70 = 80
        //   komunikasi: (10*3*20 + 60*3*20)/70 = 60
        //   pengembangan_diri: (10*2*20 + 60*3*20)/70 = 400/7
        //   hasil_tugas: (10*3*20 + 60*3*20)/70 = 60
        //   inovasi: (10*3*20 + 60*3*20)/70 = 60
        //   komunikasi_masyarakat: (10*4*20 + 60*4*20)/70 = 80
        //   kolaborasi_masyarakat: (10*4*20 + 60*4*20)/70 = 80
        //   kompetensi: 100*1800/7/220, at most 100, = 100
        //   kinerja: (60*60 + 40*60)/100 = 60
        //   masyarakat: (80 + 80)/2 = 80
        //   total: (50*100 + 25*60 + 25*80)/100 = 85; cukup_optimal
        {"gunungkidul-2025-011", finalised, "85.00 cukup_optimal"},
        // 2025-012
        //   pengetahuan_bidang: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   integritas: (10*3*20 + 60*3*20 + 30*10/3*20)/100 = 62
        //   komunikasi: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   pengembangan_diri: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   hasil_tugas: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   inovasi: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi_masyarakat: (10*4*20 + 60*5*20 + 30*13/3*20 + 20*29/6*20)/120 = 850/9
        //   kolaborasi_masyarakat: (10*4*20 + 60*5*20 + 30*14/3*20 + 20*29/6*20)/120 = 865/9
        //   kompetensi: 100*262/220, at most 100, = 100
        //   kinerja: (60*80 + 40*60)/100 = 72
        //   masyarakat: (850/9 + 865/9)/2 = 1715/18 -> 95.28
        //   total: (50*100 + 25*72 + 25*95.28)/100 = 91.82; optimal
        {"gunungkidul-2025-012", finalised, "91.82 optimal"},
        {"gunungkidul-2025-013", feedback, ""},
        // 2025-014
        //   pengetahuan_bidang: (10*3*20 + 60*3*20 + 30*12/4*20)/100 = 60
        //   integritas: (10*3*20 + 60*4*20 + 30*14/4*20)/100 = 75
        //   komunikasi: (10*4*20 + 60*4*20 + 30*16/4*20)/100 = 80
        //   pengembangan_diri: (10*3*20 + 60*2*20 + 30*11/4*20)/100 = 46.5
        //   hasil_tugas: (10*4*20 + 60*4*20 + 30*16/4*20)/100 = 80
        //   inovasi: (10*3*20 + 60*3*20 + 30*13/4*20)/100 = 61.5
        //   komunikasi_masyarakat: (10*4*20 + 60*4*20 + 30*17/4*20 + 20*22/5*20)/120 = 991/12
        //   kolaborasi_masyarakat: (10*4*20 + 60*4*20 + 30*15/4*20 + 20*22/5*20)/120 = 961/12
        //   kompetensi: 100*261.5/220, at most 100, = 100
        //   kinerja: (60*80 + 40*61.5)/100 = 72.6
        //   masyarakat: (991/12 + 961/12)/2 = 244/3 -> 81.33
        //   total: (50*100 + 25*72.6 + 25*81.33)/100 = 88.4825 -> 88.48; cukup_optimal
        {"gunungkidul-2025-014", finalised, "88.48 cukup_optimal"},
    };
    // clang-format on
    return table;
}

TEST(GunungkidulScenario, ends_with_the_results_computed_by_hand) {
    ScenarioRunner scenario;
    const auto answers = scenario.run("gunungkidul");
    expect_all_accepted(answers);
    expect_results(scenario, expected());
}

TEST(GunungkidulScenario, replays_to_the_same_states_and_derivations) {
    ScenarioRunner scenario;
    expect_all_accepted(scenario.run("gunungkidul"));
    expect_replay_agrees(scenario);
}

TEST(GunungkidulScenario, changes_nothing_when_it_is_imported_again) {
    ScenarioRunner scenario;
    const auto answers = scenario.run("gunungkidul");
    expect_all_accepted(answers);
    expect_importing_again_changes_nothing(scenario, "gunungkidul", answers);
}

TEST(GunungkidulScenario, shows_what_its_readme_promises) {
    ScenarioRunner scenario;
    expect_all_accepted(scenario.run("gunungkidul"));
    expect_bundled_policy(scenario, "gunungkidul");
    expect_shows(
        scenario,
        {"appraisal.cancelled", "appraisal.dialogue_noted", "appraisal.evidence_attached",
         "appraisal.feedback_revised", "appraisal.feedback_waived", "appraisal.objection_upheld",
         "appraisal.plan_agreed", "appraisal.rater_invited", "appraisal.result_acknowledged",
         "appraisal.result_changed", "appraisal.returned_for_revision",
         "appraisal.review_confirmed", "appraisal.review_returned", "appraisal.review_revised",
         "appraisal.supervisor_reassigned"});
}

}  // namespace
}  // namespace jejak::scenarios
