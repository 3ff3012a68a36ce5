#include "tests/workflows/policies.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>

#include "workflows/scoring/check.hpp"

namespace jejak::appraisal::specs {
namespace {

constexpr std::string_view lenient_document = R"({
  "policy": "uji", "title": {"id": "Uji", "en": "Test"},
  "scale": {"min": "1", "max": "5", "decimals": 0},
  "groups": [
    {"id": "hasil", "title": {"id": "Hasil", "en": "Results"}, "weight": "60"},
    {"id": "perilaku", "title": {"id": "Perilaku", "en": "Behaviour"}, "weight": "30"},
    {"id": "kepuasan", "title": {"id": "Kepuasan", "en": "Satisfaction"}, "weight": "10"}],
  "criteria": [
    {"id": "kerja_sama", "group": "perilaku", "title": {"id": "Kerja sama", "en": "Cooperation"}},
    {"id": "komunikasi", "group": "perilaku", "title": {"id": "Komunikasi", "en": "Communication"}},
    {"id": "ikm", "group": "kepuasan", "title": {"id": "Indeks kepuasan", "en": "Index"}},
    {"id": "lalu", "group": "kepuasan", "title": {"id": "Tahun lalu", "en": "Last year"}}],
  "plan": {"group": "hasil", "weights": "own", "minimum_items": 1},
  "sources": [
    {"id": "capaian", "title": {"id": "Capaian", "en": "Achievement"}, "by": "measured",
     "weight": "75", "groups": ["hasil"]},
    {"id": "self", "title": {"id": "Diri", "en": "Self"}, "by": "self", "weight": "0",
     "factor": "20", "groups": ["hasil", "perilaku"]},
    {"id": "supervisor", "title": {"id": "Atasan", "en": "Superior"}, "by": "supervisor",
     "weight": "25", "factor": "20", "groups": ["hasil", "perilaku"]},
    {"id": "peer", "title": {"id": "Rekan", "en": "Peers"}, "by": "peer", "weight": "15",
     "minimum": 2, "factor": "20", "groups": ["perilaku"]},
    {"id": "subordinate", "title": {"id": "Bawahan", "en": "Staff"}, "by": "subordinate",
     "weight": "10", "minimum": 2, "factor": "20", "groups": ["perilaku"]},
    {"id": "community", "title": {"id": "Masyarakat", "en": "Public"}, "by": "community",
     "weight": "10", "minimum": 3, "factor": "20", "groups": ["perilaku"]},
    {"id": "survei", "title": {"id": "Survei", "en": "Survey"}, "by": "survey", "weight": "100",
     "minimum": 30, "groups": ["kepuasan"]},
    {"id": "carried", "title": {"id": "Tahun lalu", "en": "Last year"}, "by": "carried",
     "weight": "1", "groups": ["kepuasan"], "scale": {"min": "0", "max": "120", "decimals": 2}}],
  "measured": {"formula": "normal", "cap": "120"},
  "survey": {"elements": 3, "element_weight": "1/3", "factor": "25", "decimals": 2,
             "mode": "half_up", "criterion": "ikm"},
  "missing": "renormalise",
  "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
  "cap": {"total": "120"},
  "bands": [
    {"code": "sangat_baik", "from": "90", "requires": ["ide_baru"],
     "title": {"id": "Sangat Baik", "en": "Very good"}},
    {"code": "baik", "from": "80", "title": {"id": "Baik", "en": "Good"}},
    {"code": "cukup", "from": "0", "title": {"id": "Cukup", "en": "Fair"}}],
  "stages": {"self_assessment": "waivable", "review": "waivable", "feedback": "waivable"},
  "feedback": {"window_days": 14, "invited_only": false},
  "deadlines": {"self_assessment_days": 30, "review_days": 10, "gate_days": 7,
                "acknowledge_days": 14, "objection_days": 14}
})";

constexpr std::string_view brief_document = R"({
  "policy": "uji-ringkas", "title": {"id": "Uji ringkas", "en": "Brief test"},
  "scale": {"min": "1", "max": "5", "decimals": 0},
  "groups": [{"id": "perilaku", "title": {"id": "Perilaku", "en": "Behaviour"}, "weight": "100"}],
  "criteria": [
    {"id": "kerja_sama", "group": "perilaku", "title": {"id": "Kerja sama", "en": "Cooperation"}}],
  "sources": [
    {"id": "supervisor", "title": {"id": "Atasan", "en": "Superior"}, "by": "supervisor",
     "weight": "100", "factor": "20"}],
  "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
  "stages": {"self_assessment": "unused", "review": "required", "feedback": "unused"}
})";

void replace_all(std::string& text, std::string_view old, std::string_view fresh) {
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at)) {
        text.replace(at, old.size(), fresh);
        at += fresh.size();
    }
}

std::string bundled(std::string_view id) {
    const std::string path =
        std::string(JEJAK_SOURCE_DIR "/workflows/appraisal/policies/") + std::string(id) + ".json";
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::string policy_document(std::string_view id) {
    std::string text;
    if (id == lenient) {
        text = lenient_document;
    } else if (id == strict) {
        text = lenient_document;
        replace_all(text, "\"uji\"", "\"uji-ketat\"");
        replace_all(text, "\"waivable\"", "\"required\"");
        replace_all(text, "\"invited_only\": false", "\"invited_only\": true");
    } else if (id == clocked || id == escalating || id == granting || id == panelled ||
               id == working) {
        text = lenient_document;
        replace_all(text, "\"uji\"", "\"" + std::string(id) + "\"");
        const std::string rule = id == escalating ? ", \"no_decision\": \"escalates\""
                                 : id == granting ? ", \"no_decision\": \"granted\""
                                                  : "";
        replace_all(text, "\"objection_days\": 14",
                    "\"objection_days\": 14, \"reply_days\": 14, \"decision_days\": 21, "
                    "\"deemed_receipt_days\": 7" +
                        rule);
        if (id == working) {
            replace_all(text, "\"objection_days\"",
                        "\"working_days_of\": \"nasional\", \"objection_days\"");
        }
        if (id == panelled) {
            replace_all(text, "\"measured\": {",
                        "\"panel\": {\"size\": 3, \"quorum\": 2}, \"measured\": {");
        }
    } else if (id == demanding) {
        text = lenient_document;
        replace_all(text, "\"uji\"", "\"uji-syarat\"");
        replace_all(text, "\"objection_days\": 14",
                    "\"objection_days\": 14, \"working_days_of\": \"nasional\"");
        replace_all(text, "\"measured\": {",
                    R"("requires": {"organisation_predicate": true, "unrelated": true,
                       "of_employee": ["staff_briefed"], "of_supervisor": ["rater_trained"]},
                       "applies": {"from": "2020-01-01", "statuses": ["pns"]},
                       "measured": {)");
    } else if (id == brief) {
        text = brief_document;
    } else if (id == silent) {
        text = brief_document;
        replace_all(text, "uji-ringkas", "uji-diam");
        replace_all(text, ",\n  \"stages\"", "");
        replace_all(text,
                    ": {\"self_assessment\": \"unused\", \"review\": \"required\", "
                    "\"feedback\": \"unused\"}",
                    "");
    } else {
        text = bundled(id);
    }
    EXPECT_FALSE(text.empty()) << "there is no policy " << id;
    return text;
}

const scoring::PublishedPolicy* published_policy(std::string_view id) {
    static std::map<std::string, scoring::PublishedPolicy, std::less<>> published;
    const bool known = id == lenient || id == strict || id == demanding || id == clocked ||
                       id == escalating || id == granting || id == panelled || id == working ||
                       id == brief || id == silent || !bundled(id).empty();
    if (!known) return nullptr;
    if (const auto found = published.find(id); found != published.end()) return &found->second;
    auto parsed = scoring::parse_policy(policy_document(id));
    if (!parsed) {
        ADD_FAILURE() << "policy " << id << " does not parse:\n" << parsed.error().message;
        return nullptr;
    }
    const auto added = published.emplace(id, scoring::PublishedPolicy{*parsed, Position{7}});
    return &added.first->second;
}

}  // namespace jejak::appraisal::specs
