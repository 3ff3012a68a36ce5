#include <algorithm>

#include "adapters/evidence/page.hpp"

namespace jejak::evidence {
namespace {

struct Title {
    std::string_view event, id, en;
};
// clang-format off
constexpr Title titles[] = {
    {"opened", "Penilaian dibuka", "Appraisal opened"},
    {"plan_agreed", "SKP ditetapkan", "Plan agreed"},
    {"progress_recorded", "Realisasi dicatat", "Progress recorded"},
    {"evidence_attached", "Bukti dukung dilampirkan", "Evidence attached"},
    {"dialogue_noted", "Dialog kinerja", "Performance dialogue"},
    {"self_assessment_submitted", "Penilaian diri diserahkan", "Self-assessment submitted"},
    {"self_assessment_waived", "Penilaian diri dilewati", "Self-assessment waived"},
    {"returned_for_revision", "Dikembalikan untuk perbaikan", "Returned for revision"},
    {"review_submitted", "Penilaian pejabat penilai", "Review submitted"},
    {"review_waived", "Penilaian pejabat penilai dilewati", "Review waived"},
    {"review_returned", "Penilaian dikembalikan oleh atasan", "Review returned by the superior"},
    {"feedback_opened", "Masa umpan balik dibuka", "Feedback opened"},
    {"rater_invited", "Pemberi umpan balik diundang", "Rater invited"},
    {"feedback_given", "Umpan balik diberikan", "Feedback given"},
    {"feedback_revised", "Umpan balik diubah", "Feedback revised"},
    {"source_recorded", "Agregat umpan balik dicatat", "Aggregate of feedback recorded"},
    {"survey_recorded", "Survei kepuasan dicatat", "Survey recorded"},
    {"score_carried_in", "Nilai penilaian lain diambil alih", "Score carried in"},
    {"feedback_closed", "Umpan balik ditutup", "Feedback closed"},
    {"feedback_waived", "Umpan balik dilewati", "Feedback waived"},
    {"review_confirmed", "Penilaian dikukuhkan", "Review confirmed"},
    {"review_revised", "Penilaian diubah", "Review revised"},
    {"finalised", "Hasil ditetapkan", "Result finalised"},
    {"result_acknowledged", "Hasil diterima", "Result acknowledged"},
    {"result_delivered", "Hasil disampaikan", "Result delivered"},
    {"supervisor_reassigned", "Pejabat penilai diganti", "Supervisor reassigned"},
    {"cancelled", "Penilaian dibatalkan", "Appraisal cancelled"},
    {"objection_filed", "Keberatan diajukan", "Objection filed"},
    {"objection_answered", "Tanggapan pejabat penilai", "Objection answered"},
    {"deadline_passed", "Tenggat terlewati", "Deadline passed"},
    {"objection_assigned", "Pemutus keberatan ditunjuk", "Decider assigned"},
    {"panel_assigned", "Majelis ditunjuk", "Panel assigned"},
    {"vote_cast", "Suara anggota majelis", "Vote cast"},
    {"member_recused", "Anggota majelis mengundurkan diri", "Member stepped back"},
    {"objection_withdrawn", "Keberatan dicabut", "Objection withdrawn"},
    {"objection_upheld", "Keberatan ditolak, hasil tetap", "Objection heard, the result stands"},
    {"objection_lapsed", "Keberatan gugur, hasil tetap", "Objection lapsed, the result stands"},
    {"result_changed", "Keputusan keberatan: hasil diubah", "Objection decided: result changed"},
    {"correction_proposed", "Pembetulan diusulkan", "Correction proposed"},
    {"result_corrected", "Hasil dibetulkan", "Result corrected"},
    {"review_annulled", "Hasil dibatalkan, penilaian diulang", "Result annulled, review anew"},
    {"assessment_annulled", "Hasil dibatalkan, diulang dari draf", "Result annulled, draft anew"},
    {"policy_changed", "Kebijakan diganti", "Policy changed"},
};
// clang-format on

}  // namespace

scoring::Text event_title(std::string_view event_name) {
    if (event_name == "command.rejected") return {"Permintaan ditolak", "Request refused"};
    constexpr std::string_view prefix = "appraisal.";
    const auto name =
        event_name.starts_with(prefix) ? event_name.substr(prefix.size()) : event_name;
    const auto found = std::find_if(std::begin(titles), std::end(titles),
                                    [&](const Title& title) { return title.event == name; });
    if (found == std::end(titles)) return {std::string(event_name), std::string(event_name)};
    return {std::string(found->id), std::string(found->en)};
}

}  // namespace jejak::evidence
