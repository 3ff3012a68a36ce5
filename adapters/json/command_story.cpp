#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>

#include "adapters/json/command_catalogue.hpp"
#include "adapters/json/story_parts.hpp"

namespace jejak::json {
namespace {

// Who takes part (all of them invented): 198501… the employee, 197803… her supervisor until March,
// 198002… from then on, 197001… the superior of both, 196801… who decides in his place, 198811… the
// administrator, 198206… the registrar, 199005… and 199102… colleagues, 199208… an employee who
// moves away.
constexpr Told until_the_review[] = {
    {"2026-01-05T08:00:00+07:00", R"({"command": "publish_policy", "command_id": "story-01",
  "policy": "contoh", "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"document": {
    "policy": "contoh", "title": {"id": "Kebijakan contoh", "en": "Example policy"},
    "scale": {"min": "1", "max": "5", "decimals": 0},
    "groups": [
      {"id": "capaian", "title": {"id": "Capaian", "en": "Achievement"}, "weight": "60"},
      {"id": "perilaku", "title": {"id": "Perilaku", "en": "Behaviour"}, "weight": "25"},
      {"id": "kepuasan", "title": {"id": "Kepuasan", "en": "Satisfaction"}, "weight": "15"}],
    "criteria": [
      {"id": "pelayanan", "group": "perilaku", "title": {"id": "Pelayanan", "en": "Service"}},
      {"id": "kerja_sama", "group": "perilaku",
       "title": {"id": "Kerja sama", "en": "Cooperation"}},
      {"id": "ikm", "group": "kepuasan",
       "title": {"id": "Indeks kepuasan masyarakat", "en": "Public satisfaction index"}},
      {"id": "periode_lalu", "group": "kepuasan",
       "title": {"id": "Periode sebelumnya", "en": "Period before"}}],
    "plan": {"group": "capaian", "weights": "own", "minimum_items": 1},
    "sources": [
      {"id": "realisasi", "title": {"id": "Data kinerja", "en": "Performance data"},
       "by": "measured", "weight": "100", "groups": ["capaian"]},
      {"id": "self", "title": {"id": "Penilaian diri", "en": "Self-assessment"},
       "by": "self", "weight": "0", "factor": "20", "groups": ["perilaku"]},
      {"id": "supervisor", "title": {"id": "Pejabat penilai", "en": "Supervisor"},
       "by": "supervisor", "weight": "60", "factor": "20", "groups": ["perilaku"]},
      {"id": "peer", "title": {"id": "Rekan kerja", "en": "Colleagues"},
       "by": "peer", "weight": "20", "minimum": 2, "factor": "20", "groups": ["perilaku"]},
      {"id": "community", "title": {"id": "Masyarakat", "en": "The public"},
       "by": "community", "weight": "20", "minimum": 5, "factor": "20", "groups": ["perilaku"]},
      {"id": "survei", "title": {"id": "Survei", "en": "Survey"},
       "by": "survey", "weight": "100", "minimum": 30, "groups": ["kepuasan"]},
      {"id": "lalu", "title": {"id": "Penilaian lain", "en": "Another appraisal"},
       "by": "carried", "weight": "1", "groups": ["kepuasan"],
       "scale": {"min": "0", "max": "120", "decimals": 2}}],
    "measured": {"formula": "normal", "cap": "120"},
    "survey": {"elements": 9, "element_weight": "1/9", "factor": "25", "decimals": 2,
               "mode": "half_up", "criterion": "ikm"},
    "missing": "renormalise",
    "services": [
      {"id": "pengaduan", "title": {"id": "Pengaduan", "en": "Complaints"},
       "ways": [{"id": "selesai", "title": {"id": "Diselesaikan", "en": "Settled"}}]}],
    "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
    "bands": [
      {"code": "baik", "from": "90", "title": {"id": "Baik", "en": "Good"}},
      {"code": "cukup", "from": "70", "title": {"id": "Cukup", "en": "Fair"}},
      {"code": "kurang", "from": "0", "title": {"id": "Kurang", "en": "Poor"}}],
    "distribution": {"rules": [
      {"organisation": "baik", "title": {"id": "Baik", "en": "Good"},
       "limits": [{"predicates": ["baik"], "at_most": "70"}]}]},
    "stages": {"self_assessment": "waivable", "review": "required", "feedback": "waivable"},
    "feedback": {"window_days": 14, "sources": ["peer", "community"], "invited_only": true,
                 "minimum_disclosure": {"peer": 2, "community": 5}},
    "deadlines": {"self_assessment_days": 100, "review_days": 14, "gate_days": 7,
                  "acknowledge_days": 14, "objection_days": 14, "reply_days": 5,
                  "decision_days": 21}}}})"},

    {"2026-01-05T08:10:00+07:00", R"({"command": "open_appraisal", "command_id": "story-02",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"subject": "nip:198501012010011001", "post": "Bidan Ahli Pertama",
           "unit": "Puskesmas Contoh", "period": "2026-Q1", "kind": "quarterly",
           "supervisor": "nip:197803152005012002", "superior": "nip:197001011995031004",
           "policy": "contoh"}})"},

    {"2026-01-06T09:00:00+07:00", R"({"command": "agree_plan", "command_id": "story-03",
  "appraisal": "contoh-2026-001", "expected_version": 1,
  "actor": {"id": "nip:197803152005012002", "role": "supervisor"},
  "data": {"results": [
             {"item": "imunisasi", "result": "Imunisasi dasar lengkap", "aspect": "kuantitas",
              "indicator": "Cakupan imunisasi", "unit_of_measure": "persen", "target": "95",
              "weight": "60"},
             {"item": "kunjungan", "result": "Kunjungan rumah ibu hamil", "aspect": "kuantitas",
              "indicator": "Jumlah kunjungan", "unit_of_measure": "kunjungan", "target": 120,
              "weight": 40}],
           "expectations": [
             {"criterion": "pelayanan", "level": "4",
              "text": "Menjelaskan jadwal imunisasi kepada setiap keluarga"}]}})"},

    {"2026-02-10T10:00:00+07:00", R"({"command": "record_progress", "command_id": "story-04",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198501012010011001", "role": "employee"},
  "data": {"achievements": [{"item": "imunisasi", "realisation": "47.5",
                             "note": "Dua desa belum terjangkau"}]}})"},

    {"2026-02-11T10:00:00+07:00", R"({"command": "attach_evidence", "command_id": "story-05",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198501012010011001", "role": "employee"},
  "data": {"about": "imunisasi", "title": "Rekapitulasi imunisasi Februari",
           "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
           "uri": "https://arsip.example.go.id/rekap-februari.pdf"}})"},

    {"2026-02-20T13:00:00+07:00", R"({"command": "note_dialogue", "command_id": "story-06",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:197803152005012002", "role": "supervisor"},
  "data": {"note": "Disepakati jadwal tambahan untuk dua desa"}})"},

    {"2026-03-02T08:00:00+07:00", R"({"command": "reassign_supervisor", "command_id": "story-07",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"supervisor": "nip:198002202006041003", "superior": "nip:197001011995031004",
           "reason": "Kepala puskesmas berganti pada 1 Maret"}})"},

    {"2026-03-31T15:00:00+07:00", R"({"command": "submit_self_assessment",
  "command_id": "story-08", "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198501012010011001", "role": "employee"},
  "data": {"ratings": [{"criterion": "pelayanan", "value": "4"},
                       {"criterion": "kerja_sama", "value": "5"}],
           "achievements": [{"item": "imunisasi", "realisation": "93.1"}],
           "challenges": "Jalan ke dua desa terputus selama tiga minggu"}})"},

    {"2026-04-01T08:00:00+07:00", R"({"command": "return_for_revision", "command_id": "story-09",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"reason": "Realisasi kunjungan rumah belum diisi"}})"},

    {"2026-04-01T14:00:00+07:00", R"({"command": "submit_self_assessment",
  "command_id": "story-10", "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198501012010011001", "role": "employee"},
  "data": {"ratings": [{"criterion": "pelayanan", "value": "4",
                        "justification": "Semua keluarga menerima jadwal"},
                       {"criterion": "kerja_sama", "value": "4"}],
           "achievements": [{"item": "imunisasi", "realisation": "93.1"},
                            {"item": "kunjungan", "realisation": "126"}]}})"},

    {"2026-04-02T09:00:00+07:00", R"({"command": "submit_review", "command_id": "story-11",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"ratings": [{"criterion": "pelayanan", "value": "3"},
                       {"criterion": "kerja_sama", "value": "4"}],
           "observations": "Pelayanan posyandu diamati dua kali"}})"},

    {"2026-04-03T09:00:00+07:00", R"({"command": "return_review", "command_id": "story-12",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:197001011995031004", "role": "superior"},
  "data": {"reason": "Nilai pelayanan belum diberi alasan"}})"},

    {"2026-04-03T14:00:00+07:00", R"({"command": "submit_review", "command_id": "story-13",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"ratings": [{"criterion": "pelayanan", "value": "3",
                        "justification": "Antrean panjang pada hari imunisasi"},
                       {"criterion": "kerja_sama", "value": "4"}]}})"},
};

constexpr Told from_the_feedback[] = {
    {"2026-04-06T08:00:00+07:00", R"({"command": "open_feedback", "command_id": "story-14",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"}, "data": {}})"},

    {"2026-04-06T08:05:00+07:00", R"({"command": "invite_rater", "command_id": "story-15",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"rater": "nip:199005052015051006", "source": "peer"}})"},

    {"2026-04-06T08:06:00+07:00", R"({"command": "invite_rater", "command_id": "story-16",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"rater": "nip:199102022016022007", "source": "peer"}})"},

    {"2026-04-07T11:00:00+07:00", R"({"command": "give_feedback", "command_id": "story-17",
  "appraisal": "contoh-2026-001", "actor": {"id": "nip:199005052015051006", "role": "peer"},
  "data": {"source": "peer",
           "ratings": [{"criterion": "pelayanan", "value": "4"},
                       {"criterion": "kerja_sama", "value": "5"}],
           "comment": "Selalu membantu di luar jadwalnya sendiri"}})"},

    {"2026-04-08T11:00:00+07:00", R"({"command": "give_feedback", "command_id": "story-18",
  "appraisal": "contoh-2026-001", "actor": {"id": "nip:199102022016022007", "role": "peer"},
  "data": {"source": "peer",
           "ratings": [{"criterion": "pelayanan", "value": "4"},
                       {"criterion": "kerja_sama", "value": "4"}]}})"},

    {"2026-04-09T09:00:00+07:00", R"({"command": "record_source", "command_id": "story-19",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"source": "community", "respondents": 20,
           "means": [{"criterion": "pelayanan", "value": "4"}]}})"},

    {"2026-04-09T10:00:00+07:00", R"({"command": "record_survey", "command_id": "story-20",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198206062009032008", "role": "registrar"},
  "occurred_at": "2026-03-31T16:00:00+07:00", "ground": "Laporan SKM triwulan I nomor 17/2026",
  "document_sha256": "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "data": {"element_means": ["3.2", "3.1", "3", "4", "3.3", "3.4", "3.6", "2.9", "3.1"],
           "respondents": 150,
           "report_sha256":
             "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"}})"},

    {"2026-04-20T16:00:00+07:00", R"({"command": "close_feedback", "command_id": "story-21",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"}, "data": {}})"},

    {"2026-04-21T09:00:00+07:00", R"({"command": "confirm_review", "command_id": "story-22",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"note": "Umpan balik dibaca, nilai tetap"}})"},

    {"2026-04-22T09:00:00+07:00", R"({"command": "revise_review", "command_id": "story-23",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"ratings": [{"criterion": "kerja_sama", "value": "5"}],
           "reason": "Dua rekan kerja menilai kerja sama lebih tinggi"}})"},
};

constexpr Told from_the_result[] = {
    {"2026-04-23T09:00:00+07:00", R"({"command": "finalise", "command_id": "story-24",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"}, "data": {}})"},

    {"2026-04-23T09:00:00+07:00", R"({"command": "deliver_result", "command_id": "story-24b",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"way": "paper", "delivered_on": "2026-04-23",
           "document_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           "witness": "Kepala Subbagian Umum"}})"},

    {"2026-04-24T09:00:00+07:00", R"({"command": "acknowledge_result", "command_id": "story-25",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198501012010011001", "role": "employee"},
  "data": {"comment": "Hasil diterima dan dibaca"}})"},

    {"2026-04-27T09:00:00+07:00", R"({"command": "file_objection", "command_id": "story-26",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198501012010011001", "role": "employee"},
  "data": {"contested": ["pelayanan"],
           "reasons": "Antrean terjadi karena satu ruang ditutup"}})"},

    {"2026-04-27T15:00:00+07:00", R"({"command": "withdraw_objection", "command_id": "story-27",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198501012010011001", "role": "employee"},
  "data": {"reason": "Bukti penutupan ruang dilengkapi dahulu"}})"},

    {"2026-04-29T09:00:00+07:00", R"({"command": "file_objection", "command_id": "story-28",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198501012010011001", "role": "employee"},
  "data": {"contested": ["pelayanan"],
           "reasons": "Ruang kedua ditutup untuk perbaikan, surat terlampir"}})"},

    {"2026-05-05T08:00:00+07:00", R"({"command": "pass_deadline", "command_id": "story-28b",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"deadline": "reply"}})"},

    {"2026-05-06T08:00:00+07:00", R"({"command": "assign_decider", "command_id": "story-28c",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"decider": "nip:196801011993011001", "ground": "conflict", "letter": "ST 18/2026"}})"},

    {"2026-05-07T09:00:00+07:00", R"({"command": "answer_objection", "command_id": "story-29",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"reply": "Penutupan ruang benar dan tidak diperhitungkan"}})"},

    {"2026-05-11T09:00:00+07:00", R"({"command": "decide_objection", "command_id": "story-30",
  "appraisal": "contoh-2026-001",
  "actor": {"id": "nip:196801011993011001", "role": "superior"},
  "data": {"outcome": "changed", "ratings": [{"criterion": "pelayanan", "value": "4"}],
           "reasons": "Antrean disebabkan keadaan di luar kendali pegawai"}})"},

    {"2026-05-12T08:00:00+07:00", R"({"command": "open_appraisal", "command_id": "story-31",
  "appraisal": "contoh-2026-002",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"subject": "nip:199208082018011009", "post": "Perawat Terampil",
           "unit": "Puskesmas Contoh", "period": "2026-Q2", "kind": "quarterly",
           "supervisor": "nip:198002202006041003", "superior": "nip:197001011995031004",
           "policy": "contoh"}})"},

    {"2026-05-12T09:00:00+07:00", R"({"command": "agree_plan", "command_id": "story-32",
  "appraisal": "contoh-2026-002",
  "actor": {"id": "nip:198002202006041003", "role": "supervisor"},
  "data": {"results": [{"item": "posyandu", "target": "12", "weight": "100"}]}})"},

    {"2026-06-01T09:00:00+07:00", R"({"command": "waive_stage", "command_id": "story-33",
  "appraisal": "contoh-2026-002",
  "actor": {"id": "nip:198811112012122005", "role": "administrator",
            "on_behalf_of": "nip:199208082018011009"},
  "data": {"stage": "self_assessment", "ground": "leave",
           "reason": "Cuti melahirkan sampai akhir triwulan"}})"},

    {"2026-06-08T09:00:00+07:00", R"({"command": "cancel_appraisal", "command_id": "story-34",
  "appraisal": "contoh-2026-002",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"reason": "Pegawai pindah ke instansi lain"}})"},

    {"2026-06-09T08:00:00+07:00", R"({"command": "open_appraisal", "command_id": "story-35",
  "appraisal": "contoh-2026-003",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"subject": "nip:198501012010011001", "post": "Bidan Ahli Pertama",
           "unit": "Puskesmas Contoh", "period": "2026-Q2", "kind": "quarterly",
           "supervisor": "nip:198002202006041003", "superior": "nip:197001011995031004",
           "policy": "contoh"}})"},

    {"2026-06-09T08:10:00+07:00", R"({"command": "carry_score", "command_id": "story-36",
  "appraisal": "contoh-2026-003",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"criterion": "periode_lalu", "appraisal": "contoh-2026-001"}})"},
};

constexpr Told of_the_organisation[] = {
    {"2026-06-10T08:00:00+07:00", R"({"command": "place_unit", "command_id": "story-37",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"unit": "puskesmas", "name": "Puskesmas Contoh", "zone": "WIB",
           "from": "2026-01-01", "letter": "SK 061/2026"}})"},

    {"2026-06-10T08:05:00+07:00", R"({"command": "place_post", "command_id": "story-38",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"post": "kepala_puskesmas", "unit": "puskesmas", "title": "Kepala Puskesmas",
           "family": "struktural", "grade": "pengawas", "is_head": true, "from": "2026-01-01"}})"},

    {"2026-06-10T08:10:00+07:00", R"({"command": "hold_post", "command_id": "story-39",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"post": "kepala_puskesmas", "person": "nip:198002202006041003",
           "kind": "definitive", "from": "2026-03-16", "letter": "SK 821/2026"}})"},

    {"2026-06-10T08:15:00+07:00", R"({"command": "record_absence", "command_id": "story-40",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"person": "nip:198501012010011001", "kind": "leave", "from": "2026-07-01",
           "until": "2026-07-14", "letter": "SI 12/2026"}})"},

    {"2026-06-10T08:20:00+07:00", R"({"command": "retract_fact", "command_id": "story-41",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"person": "nip:198501012010011001", "fact": 1, "ground": "SI 13/2026: cuti batal"}})"},

    {"2026-06-10T08:25:00+07:00", R"({"command": "record_departure", "command_id": "story-42",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"person": "nip:199208082018011009", "kind": "exit", "from": "2026-06-30",
           "letter": "SK 882/2026"}})"},

    {"2026-06-10T09:00:00+07:00", R"({"command": "agree_development", "command_id": "story-43",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"subject": "nip:198501012010011001", "appraisal": "contoh-2026-001",
           "action": "pelatihan_komunikasi", "title": "Pelatihan komunikasi publik",
           "criterion": "pelayanan", "due_on": "2026-12-31"}})"},

    {"2026-06-10T09:05:00+07:00", R"({"command": "report_development", "command_id": "story-44",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"subject": "nip:198501012010011001", "appraisal": "contoh-2026-003",
           "action": "pelatihan_komunikasi", "state": "ongoing",
           "note": "Modul pertama selesai"}})"},

    {"2026-06-10T09:10:00+07:00", R"({"command": "record_services", "command_id": "story-45",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"subject": "nip:198501012010011001", "appraisal": "contoh-2026-001",
           "policy": "contoh", "kind": "pengaduan", "way": "selesai", "count": 12}})"},

    {"2026-06-10T09:15:00+07:00", R"({"command": "join_programme", "command_id": "story-46",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"subject": "nip:198501012010011001", "appraisal": "contoh-2026-001",
           "programme": "kesehatan_masyarakat"}})"},
};

constexpr Told of_its_rules[] = {
    {"2026-06-11T08:00:00+07:00", R"({"command": "record_employment", "command_id": "story-47",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"person": "nip:198501012010011001", "status": "pns", "from": "2010-01-01",
           "letter": "SK 813/2010"}})"},

    {"2026-06-11T08:05:00+07:00", R"({"command": "attest", "command_id": "story-48",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"person": "nip:198002202006041003", "attestation": "rater_trained",
           "from": "2026-02-10", "until": "2028-02-09"}})"},

    {"2026-06-11T08:10:00+07:00", R"({"command": "declare_relation", "command_id": "story-49",
  "actor": {"id": "nip:198501012010011001", "role": "employee"},
  "data": {"person": "nip:198501012010011001", "other": "nip:199005052015051006",
           "kind": "family", "from": "2018-05-01"}})"},

    {"2026-06-11T08:15:00+07:00", R"({"command": "grant_role", "command_id": "story-50",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"person": "nip:198206062009032008", "role": "registrar", "unit": "puskesmas",
           "from": "2026-01-01", "letter": "SK 800/2026"}})"},

    {"2026-06-11T08:20:00+07:00", R"({"command": "place_team", "command_id": "story-51",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"team": "imunisasi", "name": "Tim Imunisasi", "unit": "puskesmas",
           "lead": "nip:199005052015051006", "from": "2026-02-01", "until": "2026-11-30",
           "letter": "ST 44/2026"}})"},

    {"2026-06-11T08:25:00+07:00", R"({"command": "join_team", "command_id": "story-52",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"team": "imunisasi", "person": "nip:198501012010011001", "from": "2026-02-01",
           "letter": "ST 44/2026"}})"},

    {"2026-06-11T08:30:00+07:00", R"({"command": "declare_holiday", "command_id": "story-53",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"calendar": "nasional", "from": "2026-08-17", "name": "Hari Kemerdekaan",
           "letter": "SKB 3 Menteri"}})"},

    {"2026-06-11T08:35:00+07:00", R"({"command": "extend_deadline", "command_id": "story-54",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"period": "2026-Q2", "deadline": "self_assessment", "until": "2026-10-31",
           "letter": "SE 9/2026"}})"},

    {"2026-06-11T08:40:00+07:00", R"({"command": "set_unit_predicate", "command_id": "story-55",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"unit": "puskesmas", "period": "2026-Q2", "policy": "contoh", "predicate": "Baik",
           "document_sha256":
           "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}})"},

    {"2026-06-11T08:45:00+07:00", R"({"command": "record_indicator", "command_id": "story-56",
  "actor": {"id": "nip:198811112012122005", "role": "administrator"},
  "data": {"unit": "puskesmas", "indicator": "cakupan_imunisasi", "period": "2026-05",
           "value": "87.5"}})"},
};

// The requests above are spread over lines to be read; what is sent is one line.
std::vector<std::string> on_one_line() {
    std::vector<std::string> requests;
    const auto add = [&](const auto& part) {
        for (const Told& step : part) {
            requests.push_back(boost::json::serialize(boost::json::parse(step.request)));
        }
    };
    add(until_the_review);
    add(from_the_feedback);
    add(from_the_result);
    add(of_the_organisation);
    add(of_its_rules);
    add(story_of_panel_and_correction());
    return requests;
}

}  // namespace

const std::vector<StoryStep>& example_story() {
    static const std::vector<std::string> requests = on_one_line();
    static const std::vector<StoryStep> story = [] {
        std::vector<StoryStep> steps;
        const auto add = [&](const auto& part) {
            for (const Told& step : part)
                steps.push_back({step.at, requests[steps.size()]});
        };
        add(until_the_review);
        add(from_the_feedback);
        add(from_the_result);
        add(of_the_organisation);
        add(of_its_rules);
        add(story_of_panel_and_correction());
        return steps;
    }();
    return story;
}

}  // namespace jejak::json
