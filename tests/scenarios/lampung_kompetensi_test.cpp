// Sample lampung-kompetensi.jsonl: every result, computed by hand.
//
// Each criterion is the weighted mean of self 10, superior 60 and peers 30 (from three on), ratings
// times 20; a source that is missing leaves its weight to the others. Groups: skills 40 (criteria
// 40, 40, 20), knowledge 30, attitude 30. Only the total is rounded. Bands 91, 76, 61, 51, 20.
#include <gtest/gtest.h>

#include "tests/scenarios/expectations.hpp"

namespace jejak::scenarios {
namespace {

using enum appraisal::Phase;

const std::vector<Expected>& expected() {
    // clang-format off
    static const std::vector<Expected> table = {
        // 2025-001
        //   keterampilan_teknis: (10*4*20 + 60*4*20 + 30*17/4*20)/100 = 81.5
        //   komunikasi: (10*4*20 + 60*4*20 + 30*15/4*20)/100 = 78.5
        //   manajerial: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   pengetahuan_bidang: (10*4*20 + 60*4*20 + 30*17/4*20)/100 = 81.5
        //   pengetahuan_aturan: (10*4*20 + 60*4*20 + 30*16/4*20)/100 = 80
        //   pelayanan: (10*5*20 + 60*5*20 + 30*20/4*20)/100 = 100
        //   integritas: (10*4*20 + 60*4*20 + 30*17/4*20)/100 = 81.5
        //   inisiatif: (10*4*20 + 60*4*20 + 30*16/4*20)/100 = 80
        //   keterampilan: (40*81.5 + 40*78.5 + 20*60)/100 = 76
        //   pengetahuan: (81.5 + 80)/2 = 80.75
        //   sikap: (100 + 81.5 + 80)/3 = 523/6
        //   total: (40*76 + 30*80.75 + 30*523/6)/100 = 80.775 -> 80.78; baik
        {"lampung-kompetensi-2025-001", finalised, "80.78 baik"},
        // 2025-002; returned for revision
        //   keterampilan_teknis: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   komunikasi: (10*3*20 + 60*3*20 + 30*10/3*20)/100 = 62
        //   manajerial: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   pengetahuan_bidang: (10*4*20 + 60*3*20 + 30*11/3*20)/100 = 66
        //   pengetahuan_aturan: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   pelayanan: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   integritas: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   inisiatif: (10*3*20 + 60*3*20 + 30*10/3*20)/100 = 62
        //   keterampilan: (40*80 + 40*62 + 20*60)/100 = 68.8
        //   pengetahuan: (66 + 80)/2 = 73
        //   sikap: (80 + 80 + 62)/3 = 74
        //   total: (40*68.8 + 30*73 + 30*74)/100 = 71.62; cukup
        {"lampung-kompetensi-2025-002", finalised, "71.62 cukup"},
        // 2025-003; peer 2 of 3: missing
        //   keterampilan_teknis: (10*3*20 + 60*3*20)/70 = 60
        //   komunikasi: (10*3*20 + 60*3*20)/70 = 60
        //   manajerial: (10*2*20 + 60*2*20)/70 = 40
        //   pengetahuan_bidang: (10*3*20 + 60*4*20)/70 = 540/7
        //   pengetahuan_aturan: (10*4*20 + 60*3*20)/70 = 440/7
        //   pelayanan: (10*4*20 + 60*4*20)/70 = 80
        //   integritas: (10*4*20 + 60*3*20)/70 = 440/7
        //   inisiatif: (10*3*20 + 60*3*20)/70 = 60
        //   keterampilan: (40*60 + 40*60 + 20*40)/100 = 56
        //   pengetahuan: (540/7 + 440/7)/2 = 70
        //   sikap: (80 + 440/7 + 60)/3 = 1420/21
        //   total: (40*56 + 30*70 + 30*1420/21)/100 = 2229/35 -> 63.69; cukup
        {"lampung-kompetensi-2025-003", finalised, "63.69 cukup"},
        // 2025-004; review revised after the feedback, one rater gave again
        //   keterampilan_teknis: (10*4*20 + 60*4*20 + 30*16/4*20)/100 = 80
        //   komunikasi: (10*3*20 + 60*3*20 + 30*14/4*20)/100 = 63
        //   manajerial: (10*4*20 + 60*4*20 + 30*13/4*20)/100 = 75.5
        //   pengetahuan_bidang: (10*4*20 + 60*4*20 + 30*16/4*20)/100 = 80
        //   pengetahuan_aturan: (10*4*20 + 60*4*20 + 30*16/4*20)/100 = 80
        //   pelayanan: (10*4*20 + 60*4*20 + 30*16/4*20)/100 = 80
        //   integritas: (10*5*20 + 60*4*20 + 30*17/4*20)/100 = 83.5
        //   inisiatif: (10*4*20 + 60*5*20 + 30*18/4*20)/100 = 95
        //   keterampilan: (40*80 + 40*63 + 20*75.5)/100 = 72.3
        //   pengetahuan: (80 + 80)/2 = 80
        //   sikap: (80 + 83.5 + 95)/3 = 517/6
        //   total: (40*72.3 + 30*80 + 30*517/6)/100 = 78.77; baik
        {"lampung-kompetensi-2025-004", finalised, "78.77 baik"},
        {"lampung-kompetensi-2025-005", cancelled, ""},
        // 2025-006
        //   keterampilan_teknis: (10*5*20 + 60*5*20 + 30*14/3*20)/100 = 98
        //   komunikasi: (10*3*20 + 60*4*20 + 30*12/3*20)/100 = 78
        //   manajerial: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   pengetahuan_bidang: (10*4*20 + 60*4*20 + 30*13/3*20)/100 = 82
        //   pengetahuan_aturan: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   pelayanan: (10*3*20 + 60*3*20 + 30*10/3*20)/100 = 62
        //   integritas: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   inisiatif: (10*5*20 + 60*5*20 + 30*14/3*20)/100 = 98
        //   keterampilan: (40*98 + 40*78 + 20*80)/100 = 86.4
        //   pengetahuan: (82 + 80)/2 = 81
        //   sikap: (62 + 80 + 98)/3 = 80
        //   total: (40*86.4 + 30*81 + 30*80)/100 = 82.86; baik
        {"lampung-kompetensi-2025-006", finalised, "82.86 baik"},
        // 2025-007; supervisor reassigned
        //   keterampilan_teknis: (10*4*20 + 60*4*20 + 30*11/3*20)/100 = 78
        //   komunikasi: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   manajerial: (10*3*20 + 60*2*20 + 30*8/3*20)/100 = 46
        //   pengetahuan_bidang: (10*3*20 + 60*3*20 + 30*10/3*20)/100 = 62
        //   pengetahuan_aturan: (10*4*20 + 60*3*20 + 30*12/3*20)/100 = 68
        //   pelayanan: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   integritas: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   inisiatif: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   keterampilan: (40*78 + 40*60 + 20*46)/100 = 64.4
        //   pengetahuan: (62 + 68)/2 = 65
        //   sikap: (80 + 80 + 60)/3 = 220/3
        //   total: (40*64.4 + 30*65 + 30*220/3)/100 = 67.26; cukup
        {"lampung-kompetensi-2025-007", finalised, "67.26 cukup"},
        // 2025-008; review returned
        //   keterampilan_teknis: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   komunikasi: (10*4*20 + 60*4*20 + 30*13/3*20)/100 = 82
        //   manajerial: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   pengetahuan_bidang: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   pengetahuan_aturan: (10*3*20 + 60*3*20 + 30*10/3*20)/100 = 62
        //   pelayanan: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   integritas: (10*3*20 + 60*3*20 + 30*11/3*20)/100 = 64
        //   inisiatif: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   keterampilan: (40*60 + 40*82 + 20*60)/100 = 68.8
        //   pengetahuan: (60 + 62)/2 = 61
        //   sikap: (80 + 64 + 80)/3 = 224/3
        //   total: (40*68.8 + 30*61 + 30*224/3)/100 = 68.22; cukup
        {"lampung-kompetensi-2025-008", finalised, "68.22 cukup"},
        // 2025-009
        //   keterampilan_teknis: (10*4*20 + 60*3*20 + 30*10/3*20)/100 = 64
        //   komunikasi: (10*4*20 + 60*3*20 + 30*9/3*20)/100 = 62
        //   manajerial: (10*3*20 + 60*2*20 + 30*7/3*20)/100 = 44
        //   pengetahuan_bidang: (10*4*20 + 60*3*20 + 30*10/3*20)/100 = 64
        //   pengetahuan_aturan: (10*4*20 + 60*3*20 + 30*9/3*20)/100 = 62
        //   pelayanan: (10*4*20 + 60*3*20 + 30*9/3*20)/100 = 62
        //   integritas: (10*4*20 + 60*3*20 + 30*10/3*20)/100 = 64
        //   inisiatif: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   keterampilan: (40*64 + 40*62 + 20*44)/100 = 59.2
        //   pengetahuan: (64 + 62)/2 = 63
        //   sikap: (62 + 64 + 60)/3 = 62
        //   total: (40*59.2 + 30*63 + 30*62)/100 = 61.18; cukup
        {"lampung-kompetensi-2025-009", finalised, "61.18 cukup"},
        // 2025-010
        //   keterampilan_teknis: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   komunikasi: (10*4*20 + 60*3*20 + 30*11/3*20)/100 = 66
        //   manajerial: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   pengetahuan_bidang: (10*4*20 + 60*3*20 + 30*12/3*20)/100 = 68
        //   pengetahuan_aturan: (10*5*20 + 60*5*20 + 30*15/3*20)/100 = 100
        //   pelayanan: (10*4*20 + 60*3*20 + 30*12/3*20)/100 = 68
        //   integritas: (10*4*20 + 60*3*20 + 30*11/3*20)/100 = 66
        //   inisiatif: (10*4*20 + 60*3*20 + 30*13/3*20)/100 = 70
        //   keterampilan: (40*80 + 40*66 + 20*60)/100 = 70.4
        //   pengetahuan: (68 + 100)/2 = 84
        //   sikap: (68 + 66 + 70)/3 = 68
        //   total: (40*70.4 + 30*84 + 30*68)/100 = 73.76; cukup
        // as decided upon the objection:
        //   pelayanan: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   inisiatif: (10*4*20 + 60*5*20 + 30*13/3*20)/100 = 94
        //   sikap: (80 + 66 + 94)/3 = 80
        //   total: (40*70.4 + 30*84 + 30*80)/100 = 77.36; baik
        {"lampung-kompetensi-2025-010", finalised, "73.76 cukup", "77.36 baik"},
        // 2025-011; peer 0 of 3: missing
        //   keterampilan_teknis: (10*4*20 + 60*4*20)/70 = 80
        //   komunikasi: (10*4*20 + 60*5*20)/70 = 680/7
        //   manajerial: (10*4*20 + 60*4*20)/70 = 80
        //   pengetahuan_bidang: (10*4*20 + 60*4*20)/70 = 80
        //   pengetahuan_aturan: (10*4*20 + 60*4*20)/70 = 80
        //   pelayanan: (10*4*20 + 60*5*20)/70 = 680/7
        //   integritas: (10*4*20 + 60*4*20)/70 = 80
        //   inisiatif: (10*4*20 + 60*4*20)/70 = 80
        //   keterampilan: (40*80 + 40*680/7 + 20*80)/100 = 608/7
        //   pengetahuan: (80 + 80)/2 = 80
        //   sikap: (680/7 + 80 + 80)/3 = 600/7
        //   total: (40*608/7 + 30*80 + 30*600/7)/100 = 2956/35 -> 84.46; baik
        {"lampung-kompetensi-2025-011", finalised, "84.46 baik"},
        // 2025-012
        //   keterampilan_teknis: (10*3*20 + 60*2*20 + 30*8/3*20)/100 = 46
        //   komunikasi: (10*4*20 + 60*3*20 + 30*9/3*20)/100 = 62
        //   manajerial: (10*2*20 + 60*2*20 + 30*6/3*20)/100 = 40
        //   pengetahuan_bidang: (10*4*20 + 60*3*20 + 30*10/3*20)/100 = 64
        //   pengetahuan_aturan: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   pelayanan: (10*3*20 + 60*2*20 + 30*7/3*20)/100 = 44
        //   integritas: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   inisiatif: (10*3*20 + 60*3*20 + 30*9/3*20)/100 = 60
        //   keterampilan: (40*46 + 40*62 + 20*40)/100 = 51.2
        //   pengetahuan: (64 + 60)/2 = 62
        //   sikap: (44 + 60 + 60)/3 = 164/3
        //   total: (40*51.2 + 30*62 + 30*164/3)/100 = 55.48; kurang
        {"lampung-kompetensi-2025-012", finalised, "55.48 kurang"},
        // 2025-013
        //   keterampilan_teknis: (10*5*20 + 60*5*20 + 30*15/3*20)/100 = 100
        //   komunikasi: (10*5*20 + 60*5*20 + 30*14/3*20)/100 = 98
        //   manajerial: (10*4*20 + 60*4*20 + 30*12/3*20)/100 = 80
        //   pengetahuan_bidang: (10*4*20 + 60*4*20 + 30*13/3*20)/100 = 82
        //   pengetahuan_aturan: (10*5*20 + 60*5*20 + 30*15/3*20)/100 = 100
        //   pelayanan: (10*5*20 + 60*5*20 + 30*15/3*20)/100 = 100
        //   integritas: (10*5*20 + 60*5*20 + 30*15/3*20)/100 = 100
        //   inisiatif: (10*5*20 + 60*5*20 + 30*15/3*20)/100 = 100
        //   keterampilan: (40*100 + 40*98 + 20*80)/100 = 95.2
        //   pengetahuan: (82 + 100)/2 = 91
        //   sikap: (100 + 100 + 100)/3 = 100
        //   total: (40*95.2 + 30*91 + 30*100)/100 = 95.38; sangat_baik
        {"lampung-kompetensi-2025-013", finalised, "95.38 sangat_baik"},
        {"lampung-kompetensi-2025-014", supervisor_reviewed, ""},
    };
    // clang-format on
    return table;
}

TEST(LampungKompetensiScenario, ends_with_the_results_computed_by_hand) {
    ScenarioRunner scenario;
    const auto answers = scenario.run("lampung-kompetensi");
    expect_all_accepted(answers);
    expect_results(scenario, expected());
}

TEST(LampungKompetensiScenario, replays_to_the_same_states_and_derivations) {
    ScenarioRunner scenario;
    expect_all_accepted(scenario.run("lampung-kompetensi"));
    expect_replay_agrees(scenario);
}

TEST(LampungKompetensiScenario, changes_nothing_when_it_is_imported_again) {
    ScenarioRunner scenario;
    const auto answers = scenario.run("lampung-kompetensi");
    expect_all_accepted(answers);
    expect_importing_again_changes_nothing(scenario, "lampung-kompetensi", answers);
}

TEST(LampungKompetensiScenario, shows_what_its_readme_promises) {
    ScenarioRunner scenario;
    expect_all_accepted(scenario.run("lampung-kompetensi"));
    expect_bundled_policy(scenario, "lampung-kompetensi");
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
