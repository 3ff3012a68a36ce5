#include "adapters/json/story_parts.hpp"

namespace jejak::json {
namespace {

// 196905…, 197112… and 196801… sit on the panel, 197903… is another administrator; the others are
// those of the story so far.
constexpr Told told[] = {
    {"2026-06-12T08:00:00+07:00", R"({"command": "publish_policy", "command_id": "story-57",
  "policy": "contoh-majelis",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"document": {
    "policy": "contoh-majelis", "title": {"id": "Dengan majelis", "en": "With a panel"},
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
    "panel": {"size": 3, "quorum": 2}}}})"},

    {"2026-06-12T08:10:00+07:00", R"({"command": "open_appraisal", "command_id": "story-58",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"subject": "nip:199208082018011009", "post": "Perawat Terampil",
           "unit": "Puskesmas Contoh", "period": "2026-05", "kind": "monthly",
           "supervisor": "nip:198002202006041003", "superior": "nip:197001011995031004",
           "policy": "contoh"}})"},

    {"2026-06-12T08:20:00+07:00", R"({"command": "change_policy", "command_id": "story-59",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"policy": "contoh-majelis", "letter": "SE 11/2026"}})"},

    {"2026-06-12T09:00:00+07:00", R"({"command": "submit_review", "command_id": "story-60",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"ratings": [{"criterion": "pelayanan", "value": "3"}]}})"},

    {"2026-06-12T10:00:00+07:00", R"({"command": "finalise", "command_id": "story-61",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {}})"},

    {"2026-06-15T08:00:00+07:00", R"({"command": "file_objection", "command_id": "story-62",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:199208082018011009", "role": "employee"},
  "data": {"contested": ["pelayanan"], "reasons": "Kunjungan rumah tidak dihitung"}})"},

    {"2026-06-15T09:00:00+07:00", R"({"command": "answer_objection", "command_id": "story-63",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"reply": "Catatan kunjungan belum saya terima"}})"},

    {"2026-06-16T08:00:00+07:00", R"({"command": "assign_panel", "command_id": "story-64",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"members": ["nip:196905051992032003", "nip:197112121996031005",
                       "nip:196801011993011001"], "letter": "SK 5/2026"}})"},

    {"2026-06-16T09:00:00+07:00", R"({"command": "recuse_member", "command_id": "story-65",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:196801011993011001", "role": "superior"},
  "data": {"reason": "Pernah menjadi atasan langsung pegawai"}})"},

    {"2026-06-17T08:00:00+07:00", R"({"command": "decide_objection", "command_id": "story-66",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:196905051992032003", "role": "superior"},
  "data": {"outcome": "changed", "ratings": [{"criterion": "pelayanan", "value": "4"}],
           "reasons": "Buku kunjungan membuktikannya"}})"},

    {"2026-06-17T09:00:00+07:00", R"({"command": "decide_objection", "command_id": "story-67",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:197112121996031005", "role": "superior"},
  "data": {"outcome": "changed", "ratings": [{"criterion": "pelayanan", "value": "4"}],
           "reasons": "Buku kunjungan membuktikannya"}})"},

    {"2026-06-18T08:00:00+07:00", R"({"command": "propose_correction", "command_id": "story-68",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"ground": "clerical_error",
           "document_sha256":
           "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           "ratings": [{"criterion": "pelayanan", "value": "5"}],
           "reason": "Angka pada berita acara majelis adalah 5"}})"},

    {"2026-06-18T09:00:00+07:00", R"({"command": "correct_result", "command_id": "story-69",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:197903032004122001", "role": "administrator"},
  "data": {"proposal": 14}})"},

    {"2026-06-19T08:00:00+07:00", R"({"command": "annul_result", "command_id": "story-70",
  "appraisal": "contoh-2026-004",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"reopens": "self_assessed", "ground": "wrong_rater",
           "document_sha256":
           "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           "reason": "Pejabat penilai bukan atasan langsung pada bulan itu"}})"}};

}  // namespace

std::span<const Told> story_of_panel_and_correction() {
    return told;
}

}  // namespace jejak::json
