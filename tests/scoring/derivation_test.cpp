#include "workflows/scoring/derivation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/mp11.hpp>
#include <type_traits>

#include "engine/record/digest.hpp"
#include "tests/scoring/documents.hpp"
#include "workflows/scoring/lines.hpp"

namespace jejak::scoring {
namespace {

using testing::bundled_text;
using testing::item;
using testing::policy_of;
using testing::Ratings;
using testing::small_policy;

// Bytes that a plain binary encoding takes: 8 for each length and optional, 4 for each integer.
template <class T>
std::size_t size_of(const T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
        return 8 + value.size();
    } else if constexpr (std::is_integral_v<T>) {
        return sizeof(T);
    } else if constexpr (requires { value.has_value(); }) {
        return 1 + (value ? size_of(*value) : 0);
    } else if constexpr (requires { value.begin(); }) {
        std::size_t size = 8;
        for (const auto& element : value)
            size += size_of(element);
        return size;
    } else {
        std::size_t size = 0;
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto member) { size += size_of(value.*member.pointer); });
        return size;
    }
}

TEST(Derivation, stays_small_for_a_large_appraisal) {
    std::string criteria, sources;
    for (int i = 0; i < 30; ++i) {
        criteria += (i > 0 ? "," : "") + std::string(R"({"id": "kriteria_nomor_)") +
                    std::to_string(i) + R"(", "title": {"id": "K", "en": "K"}})";
    }
    for (int s = 0; s < 5; ++s) {
        sources += (s > 0 ? "," : "") + std::string(R"({"id": "sumber_)") + std::to_string(s) +
                   R"(", "by": "community", "weight": "20", "factor": "20",
                 "title": {"id": "S", "en": "S"}})";
    }
    const auto policy =
        policy_of(R"({"policy": "besar", "title": {"id": "B", "en": "B"}, "criteria": [)" +
                  criteria + R"(], "sources": [)" + sources +
                  R"(], "scale": {"min": "1", "max": "5", "decimals": 2},
        "rounding": [{"at": "criterion", "decimals": 2, "mode": "half_up"},
                     {"at": "total", "decimals": 2, "mode": "half_up"}]})");
    Inputs inputs;
    for (std::uint32_t s = 0; s < 5; ++s) {
        SourceRatings source{s, 300 - s, {}, {}};
        for (std::uint32_t v = 0; v < 300 - s; ++v)
            source.versions.push_back(2 + s * 300 + v);
        for (std::uint32_t c = 0; c < 30; ++c) {
            source.ratings.push_back({c, 300 - s, Rational(90'000 + 7 * c + s, 100)});
        }
        inputs.sources.push_back(std::move(source));
    }
    const auto out = std::get<Outcome>(evaluate(*policy, inputs));
    EXPECT_LT(size_of(out.derivation), 20'000U);
}

TEST(Derivation, lists_versions_once_and_above_256_only_their_digest) {
    const auto policy = policy_of(small_policy);
    Inputs inputs;
    SourceRatings supervisor{0, 1, {5, 3, 5}, {{0, 1, 4}, {1, 1, 4}, {2, 1, 4}}};
    SourceRatings peers{1, 257, {}, {{1, 257, 900}, {2, 257, 900}}};
    std::string bytes;
    for (std::uint32_t v = 300; v > 300 - 257; --v)
        peers.versions.push_back(v);
    for (std::uint32_t v = 44; v <= 300; ++v) {
        bytes += std::string{'\0', '\0', static_cast<char>(v >> 8U), static_cast<char>(v & 255U)};
    }
    inputs.sources = {peers, supervisor};
    const auto out = std::get<Outcome>(evaluate(*policy, inputs));
    EXPECT_EQ(out.derivation.sources[0], (SourceInputs{"supervisor", 1, 2, {3, 5}, ""}));
    EXPECT_EQ(out.derivation.sources[1],
              (SourceInputs{"peer", 257, 257, {}, to_hex(record::sha256(bytes))}));
    inputs.sources[0].versions.pop_back();
    const auto listed = std::get<Outcome>(evaluate(*policy, inputs));
    EXPECT_EQ(listed.derivation.sources[1].versions.size(), 256U);
    EXPECT_EQ(listed.derivation.sources[1].versions_sha256, "");
}

Ratings full_appraisal(const Policy& policy) {
    Ratings ratings(policy,
                    {item("cakupan", "70", "1200", "1500"), item("laporan", "30", "12", "12")});
    ratings.by("supervisor", {{"cakupan", "5"},
                              {"laporan", "4"},
                              {"orientasi_pelayanan", "4"},
                              {"komitmen", "4"},
                              {"inisiatif_kerja", "4"},
                              {"kerja_sama", "4"}});
    for (int i = 0; i < 3; ++i)
        ratings.by("community", {{"komitmen", "4"}});
    ratings.survey({"3.1", "3.0", "3.2", "3.1", "3.0", "3.1", "3.2", "3.0", "3.0"}, 150);
    return ratings;
}

std::string joined(const std::vector<Line>& lines) {
    std::string out;
    for (const auto& line : lines)
        out += std::string(line.depth * 2, ' ') + line.text + "\n";
    return out;
}

TEST(Derivation, is_the_same_when_it_is_computed_again_and_differs_with_any_input) {
    const auto policy = policy_of(bundled_text("lampung-capaian"));
    const auto first = full_appraisal(*policy).outcome().derivation;
    EXPECT_EQ(first, full_appraisal(*policy).outcome().derivation);
    auto other = full_appraisal(*policy);
    other.by("community", {});
    EXPECT_NE(first, other.outcome().derivation);
    EXPECT_EQ(first.policy, "lampung-capaian");
    EXPECT_EQ(first.policy_sha256, to_hex(policy->hash));
}

// 0.7*(0.7*120 + 0.3*100) + 0.3*(0.7*100 + 0.3*80) = 0.7*114 + 0.3*94 = 108;
// 0.6*108 + 0.25*80 + 0.15*76.18 = 96.227
TEST(Derivation, reads_as_a_tree_in_indonesian) {
    const auto policy = policy_of(bundled_text("lampung-capaian"));
    const auto text =
        joined(to_lines(full_appraisal(*policy).outcome().derivation, *policy, Language::id));
    for (const auto* line :
         {"Nilai 96,23: Baik\n", "  Predikat dari rentang: Baik, nilai ≥ 90\n",
          "  Dibulatkan 96,227 → 96,23 (2 desimal, setengah ke atas)\n",
          "  Capaian target: 108 (bobot 60)\n", "    cakupan: 114 (bobot 70)\n",
          "      Target 1.200, realisasi 1.500, capaian 125 %, dibatasi 120 %\n",
          "      Data kinerja: 120 (bobot 70)\n",
          "      Atasan langsung: jumlah 5, penilaian 1, rata-rata 5 × 20 (bobot 30)\n",
          "      Masyarakat: 3 dari paling sedikit 5; bobotnya dibagikan kepada yang lain\n",
          "  Indeks survei: 76,18 (150 responden, unsur × 0,11 × 25)\n",
          "    Dibulatkan 76,175 → 76,18 (2 desimal, setengah ke atas)\n",
          "  Masyarakat: penilai 3, peristiwa 3 (versi 3, 4, 5)\n"}) {
        EXPECT_THAT(text, ::testing::HasSubstr(line));
    }
}

TEST(Derivation, reads_as_a_tree_in_english) {
    const auto policy = policy_of(bundled_text("lampung-capaian"));
    const auto text =
        joined(to_lines(full_appraisal(*policy).outcome().derivation, *policy, Language::en));
    for (const auto* line :
         {"Score 96.23: Good\n",
          "      Target 1,200, realisation 1,500, achievement 125 %, limited to 120 %\n",
          "      Direct superior: sum 5, ratings 1, mean 5 × 20 (weight 30)\n",
          "      The public: 3 of at least 5; its weight goes to the others\n",
          "  Survey index: 76.18 (150 respondents, elements × 0.11 × 25)\n"}) {
        EXPECT_THAT(text, ::testing::HasSubstr(line));
    }
}

TEST(Derivation, explains_matrix_and_gaps) {
    const auto policy = policy_of(bundled_text("sofifi"));
    Ratings ratings(*policy);
    ratings.by("supervisor", {{"teknis_hasil", "5"},
                              {"komunikasi_hasil", "4"},
                              {"kolaborasi_hasil", "4"},
                              {"teknis_proses", "3"},
                              {"komunikasi_proses", "2"},
                              {"kolaborasi_proses", "3"}});
    const auto derivation = ratings.outcome().derivation;
    const auto text = joined(to_lines(derivation, *policy, Language::id));
    EXPECT_THAT(text, ::testing::HasSubstr("Predikat dari matriks: Hasil kerja di atas ekspektasi, "
                                           "Perilaku kerja sesuai ekspektasi → Baik"));
    EXPECT_THAT(text, ::testing::HasSubstr("diharapkan 3, selisih -1"));
    EXPECT_THAT(text, ::testing::HasSubstr("Dibulatkan ≈ 4,3333 → 4,33"));
}

}  // namespace
}  // namespace jejak::scoring
