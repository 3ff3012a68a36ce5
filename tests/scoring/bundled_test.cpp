// The policies that come with the program: all pass, and each is computed once by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/scoring/documents.hpp"

namespace jejak::scoring {
namespace {

using testing::bundled_text;
using testing::item;
using testing::policy_of;
using testing::Ratings;

TEST(BundledPolicies, all_pass_the_check) {
    int found = 0;
    const std::string folder = std::string(JEJAK_SOURCE_DIR) + "/workflows/appraisal/policies";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        ++found;
        const auto id = entry.path().stem().string();
        for (const auto& problem : check(bundled_text(id))) {
            ADD_FAILURE() << id << " " << problem.pointer << ": " << problem.message << "; "
                          << problem.remedy;
        }
        EXPECT_EQ(policy_of(bundled_text(id))->id, id) << "name the file after the policy";
    }
    EXPECT_GE(found, 7);
}

TEST(BundledPolicies, feedback_mean_is_the_mean_of_means) {
    const auto policy = policy_of(bundled_text("feedback-mean"));
    Ratings ratings(*policy,
                    {item("a", "1", "", ""), item("b", "1", "", ""), item("c", "1", "", "")});
    ratings.by("community", {{"a", "5"}, {"b", "4"}, {"c", "2"}})
        .by("community", {{"a", "4"}, {"b", "4"}, {"c", "3"}})
        .by("community", {{"a", "4"}});
    // a 13/3, b 4, c 5/2; (13/3 + 4 + 5/2) / 3 = 65/18 = 3.61111…
    EXPECT_EQ(ratings.shown(), "3.6111");
}

TEST(BundledPolicies, judge_ratings_are_the_mean_of_ten_traits) {
    const auto policy = policy_of(bundled_text("judge-ratings"));
    Ratings ratings(*policy);
    ratings.by("community", {{"INTG", "7.9"},
                             {"DMNR", "7.7"},
                             {"DILG", "7.3"},
                             {"CFMG", "7.1"},
                             {"DECI", "7.4"},
                             {"PREP", "7.1"},
                             {"FAMI", "7.1"},
                             {"ORAL", "7.1"},
                             {"WRIT", "7"},
                             {"PHYS", "8.3"}});
    // 7.9+7.7+7.3+7.1+7.4+7.1+7.1+7.1+7+8.3 = 74; 74 / 10 = 7.4, which is from 6.5 and below 7.5
    EXPECT_EQ(ratings.shown(), "7.40 cukup");
}

TEST(BundledPolicies, lampung_kompetensi_weighs_self_superior_and_peers) {
    const auto policy = policy_of(bundled_text("lampung-kompetensi"));
    Ratings ratings(*policy);
    const Ratings::Values fives{{"keterampilan_teknis", "5"}, {"komunikasi", "5"},
                                {"manajerial", "5"},          {"pengetahuan_bidang", "5"},
                                {"pengetahuan_aturan", "5"},  {"pelayanan", "5"},
                                {"integritas", "5"},          {"inisiatif", "5"}};
    const Ratings::Values mixed{{"keterampilan_teknis", "4"}, {"komunikasi", "3"},
                                {"manajerial", "3"},          {"pengetahuan_bidang", "4"},
                                {"pengetahuan_aturan", "4"},  {"pelayanan", "5"},
                                {"integritas", "4"},          {"inisiatif", "3"}};
    ratings.by("self", fives).by("supervisor", mixed);
    for (int i = 0; i < 3; ++i)
        ratings.by("peer", mixed);
    // On the common scale mixed is 20 times the rating; each criterion 0.1*100 + 0.9*20*mixed:
    // 4 -> 82, 3 -> 64, 5 -> 100.
    // keterampilan 0.4*82 + 0.4*64 + 0.2*64 = 71.2; pengetahuan 82; sikap (100 + 82 + 64)/3 = 82
    // 0.4*71.2 + 0.3*82 + 0.3*82 = 28.48 + 49.2 = 77.68
    EXPECT_EQ(ratings.shown(), "77.68 baik");
}

TEST(BundledPolicies, bukitintan_joins_document_observation_peers_and_public) {
    const auto policy = policy_of(bundled_text("bukitintan"));
    Ratings ratings(*policy,
                    {item("imunisasi", "60", "80", "92"), item("penyuluhan", "40", "10", "9")});
    ratings.by("supervisor", {{"imunisasi", "5"},
                              {"penyuluhan", "4"},
                              {"mutu_pelaksanaan", "5"},
                              {"ketepatan_prosedur", "4"},
                              {"pelayanan", "5"},
                              {"kerja_sama", "4"},
                              {"komitmen", "4"}});
    for (int i = 0; i < 3; ++i) {
        ratings.by("peer", {{"pelayanan", "4"}, {"kerja_sama", "5"}, {"komitmen", "4"}});
    }
    for (int i = 0; i < 4; ++i)
        ratings.by("community", {{"pelayanan", "1"}});  // 4 of 5: missing
    // imunisasi 0.75*115 + 0.25*100 = 111.25; penyuluhan 0.75*90 + 0.25*80 = 87.5
    // document 0.6*111.25 + 0.4*87.5 = 101.75; observation (100 + 80)/2 = 90
    // behaviour, superior 25 and peers 15: pelayanan (2500 + 1200)/40 = 92.5,
    // kerja_sama (2000 + 1500)/40 = 87.5, komitmen 80; 0.4*92.5 + 0.3*87.5 + 0.3*80 = 87.25
    // 0.6*101.75 + 0.2*90 + 0.2*87.25 = 61.05 + 18 + 17.45 = 96.5
    EXPECT_EQ(ratings.shown(), "96.50 baik");
}

TEST(BundledPolicies, lampung_capaian_takes_the_survey_as_an_indicator) {
    const auto policy = policy_of(bundled_text("lampung-capaian"));
    Ratings ratings(*policy,
                    {item("cakupan", "70", "90", "99"), item("laporan", "30", "12", "12")});
    ratings.by("supervisor", {{"cakupan", "5"},
                              {"laporan", "4"},
                              {"orientasi_pelayanan", "4"},
                              {"komitmen", "4"},
                              {"inisiatif_kerja", "4"},
                              {"kerja_sama", "4"}});
    for (int i = 0; i < 5; ++i) {
        ratings.by("community", {{"orientasi_pelayanan", i < 2 ? "5" : "4"},
                                 {"komitmen", "4"},
                                 {"inisiatif_kerja", "4"},
                                 {"kerja_sama", "4"}});
    }
    ratings.survey({"3.1", "3.0", "3.2", "3.1", "3.0", "3.1", "3.2", "3.0", "3.0"}, 150);
    // cakupan 0.7*110 + 0.3*100 = 107; laporan 0.7*100 + 0.3*80 = 94; 0.7*107 + 0.3*94 = 103.1
    // orientasi (30*80 + 20*88)/50 = 83.2, the others 80; mean (83.2 + 240)/4 = 80.8
    // survey: sum 27.7; 27.7*0.11*25 = 76.175 -> 76.18
    // 0.6*103.1 + 0.25*80.8 + 0.15*76.18 = 61.86 + 20.2 + 11.427 = 93.487
    EXPECT_EQ(ratings.shown(), "93.49 baik");
}

TEST(BundledPolicies, sofifi_reads_the_predicate_from_the_matrix_of_permenpanrb_6_2022) {
    const auto policy = policy_of(bundled_text("sofifi"));
    // Rows: results above, as expected, below; columns likewise: the nine cells.
    const char* ratings_of_axis[] = {"5", "3", "1"};
    const char* expected[3][3] = {{"sangat_baik", "baik", "kurang"},
                                  {"baik", "baik", "kurang"},
                                  {"butuh_perbaikan", "butuh_perbaikan", "sangat_kurang"}};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            const std::string r = ratings_of_axis[row], c = ratings_of_axis[column];
            Ratings ratings(*policy);
            ratings.by("supervisor", {{"teknis_hasil", r},
                                      {"komunikasi_hasil", r},
                                      {"kolaborasi_hasil", r},
                                      {"teknis_proses", c},
                                      {"komunikasi_proses", c},
                                      {"kolaborasi_proses", c}});
            EXPECT_EQ(ratings.outcome().predicate, expected[row][column]) << row << "," << column;
        }
    }
}

TEST(BundledPolicies, sofifi_computed_by_hand) {
    const auto policy = policy_of(bundled_text("sofifi"));
    Ratings ratings(*policy);
    ratings.by("supervisor", {{"teknis_hasil", "4"},
                              {"komunikasi_hasil", "4"},
                              {"kolaborasi_hasil", "4"},
                              {"teknis_proses", "4"},
                              {"komunikasi_proses", "3"},
                              {"kolaborasi_proses", "4"}});
    for (const auto* v : {"4", "4", "5"}) {
        ratings.by("peer", {{"teknis_hasil", v},
                            {"komunikasi_hasil", v},
                            {"kolaborasi_hasil", v},
                            {"teknis_proses", "4"},
                            {"komunikasi_proses", "4"},
                            {"kolaborasi_proses", "4"}});
    }
    // hasil: 0.7*4 + 0.3*13/3 = 4.1 -> diatas; perilaku: 4, 0.7*3 + 0.3*4 = 3.3, 4; mean 3.7666… ->
    // 3.77, sesuai; 0.6*4.1 + 0.4*3.77 = 2.46 + 1.508 = 3.968 -> 3.97; (diatas, sesuai) is baik
    EXPECT_EQ(ratings.shown(), "3.97 baik");
}

TEST(BundledPolicies, gunungkidul_measures_fit_performance_and_community) {
    const auto policy = policy_of(bundled_text("gunungkidul"));
    Ratings ratings(*policy);
    const Ratings::Values given{
        {"pengetahuan_bidang", "3"},    {"integritas", "3"},           {"komunikasi", "2"},
        {"pengembangan_diri", "2"},     {"hasil_tugas", "5"},          {"inovasi", "4"},
        {"komunikasi_masyarakat", "4"}, {"kolaborasi_masyarakat", "4"}};
    ratings.by("self", given).by("supervisor", given);
    for (int i = 0; i < 3; ++i)
        ratings.by("peer", given);
    for (int i = 0; i < 5; ++i) {
        ratings.by("community", {{"komunikasi_masyarakat", "5"}, {"kolaborasi_masyarakat", "4"}});
    }
    // fit: (3+3+2+2)/(3+3+3+2) = 10/11 -> 90.91; kinerja 0.6*100 + 0.4*80 = 92
    // masyarakat: komunikasi (100*80 + 20*100)/120 = 83.333…, kolaborasi 80; mean 81.67
    // 0.5*90.91 + 0.25*92 + 0.25*81.67 = 45.455 + 23 + 20.4175 = 88.8725
    EXPECT_EQ(ratings.shown(), "88.87 cukup_optimal");
    const auto out = ratings.outcome();
    EXPECT_EQ(out.derivation.groups[0].criteria[2].gap, "-20")
        << "one level below what the post needs";
}

}  // namespace
}  // namespace jejak::scoring
