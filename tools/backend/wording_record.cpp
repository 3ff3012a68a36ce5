#include "tools/backend/wording.hpp"

namespace jejak::tools::backend {
namespace {

constexpr Wording record_words[] = {
    {"action_exists",
     "The dossier has an action of this name already; give the new one another name.",
     "Berkas pegawai sudah memuat tindakan pengembangan bernama itu; beri nama lain."},
    {"action_is_closed",
     "This action of development has ended already; agree on a new one if it is to go on.",
     "Tindakan pengembangan ini sudah berakhir; sepakati yang baru bila hendak dilanjutkan."},
    {"action_not_valid",
     "The action needs a name of small letters and digits, a title, and a due date such as "
     "2026-06-30.",
     "Isi nama tindakan dengan huruf kecil dan angka, judulnya, dan tanggal selesai seperti "
     "2026-06-30."},
    {"action_unknown", "The dossier has no such action of development; choose one that is in it.",
     "Berkas pegawai tidak memuat tindakan pengembangan itu; pilih yang tercantum."},
    {"appraisal_unknown", "There is no such appraisal, or it was cancelled; check its name.",
     "Penilaian itu tidak ada atau sudah dibatalkan; periksa kembali namanya."},
    {"claims_take_no_commands",
     "This record changes by itself with the appraisal it belongs to; change the appraisal "
     "instead.",
     "Catatan ini berubah sendiri mengikuti penilaiannya; ubahlah penilaian yang bersangkutan."},
    {"competency_not_valid",
     "A required competency needs a name and a level in digits, such as 3; complete both.",
     "Kompetensi yang disyaratkan memerlukan nama dan tingkat berupa angka, misalnya 3; lengkapi "
     "keduanya."},
    {"day_not_valid",
     "The date is not valid; write it as 2026-01-31, with the end not before the beginning.",
     "Tanggal tidak tepat; tulis seperti 2026-01-31, dengan akhir tidak mendahului awal."},
    {"document_not_valid",
     "The document is not as it should be; correct what the detail names and send it again.",
     "Dokumen belum memenuhi ketentuan; perbaiki yang disebut dalam rincian lalu kirim ulang."},
    {"fact_unknown", "There is no such entry that still stands; look up the entries on record.",
     "Catatan yang masih berlaku dengan nomor itu tidak ada; periksa catatan yang tersimpan."},
    {"history_is_the_registrars",
     "Only a registrar records what happened at an earlier time; ask the registrar to do so.",
     "Hanya pencatat yang mencatat kejadian pada waktu lampau; minta pencatat melakukannya."},
    {"history_lies_in_the_future",
     "The time that was given lies in the future; give the time at which it really happened.",
     "Waktu yang diisi masih akan datang; isi waktu kejadian yang sebenarnya."},
    {"history_needs_ground",
     "What happened earlier is recorded with a ground and a document; give both.",
     "Kejadian pada waktu lampau dicatat dengan dasar dan dokumen; isi keduanya."},
    {"identifier_missing",
     "A person is registered by a number such as the NIP; give the kind of number and the number.",
     "Orang didaftarkan dengan nomor seperti NIP; isi jenis nomor dan nomornya."},
    {"indicator_not_valid",
     "The indicator needs a period such as 2026-03 or 2026, and a number as its value.",
     "Isi periode indikator, misalnya 2026-03 atau 2026, dan nilainya berupa angka."},
    {"kind_unknown", "This kind is not known here; choose one that the detail names.",
     "Jenis ini tidak dikenal di sini; pilih salah satu yang disebut dalam rincian."},
    {"name_missing", "A name or title is missing; fill it in.",
     "Nama atau sebutannya belum ada; isilah."},
    {"not_the_leader_above",
     "Only the leader of the unit above sets this predicate; name your post, or give the letter to "
     "the administrator.",
     "Hanya pimpinan unit di atasnya menetapkan predikat ini; sebut jabatan Anda atau serahkan "
     "surat ke pengelola kepegawaian."},
    {"outside_scope",
     "This lies outside the units of your office, or the office has ended; ask the administrator "
     "in charge.",
     "Hal ini di luar unit kerja kewenangan Anda atau kewenangan itu sudah berakhir; hubungi "
     "pejabat yang berwenang."},
    {"own_dossier", "Nobody administers their own dossier; ask another administrator or registrar.",
     "Tidak seorang pun mengelola berkasnya sendiri; minta pengelola kepegawaian atau pencatat "
     "lain."},
    {"own_parent", "A unit cannot stand below itself; choose another unit above it.",
     "Unit kerja tidak dapat berada di bawah dirinya sendiri; pilih unit atasan yang lain."},
    {"period_missing", "Name the period as its appraisals do, for example 2026.",
     "Sebutkan periode seperti pada penilaiannya, misalnya 2026."},
    {"policy_is_published",
     "A published policy cannot be changed; publish the new rules under a name of their own.",
     "Kebijakan yang sudah terbit tidak dapat diubah; terbitkan aturan baru dengan nama "
     "tersendiri."},
    {"post_unknown", "There is no such post; record the post first.",
     "Jabatan itu belum tercatat; catat jabatannya dahulu."},
    {"predicate_is_set", "The unit has this predicate already; nothing needs to be changed.",
     "Unit kerja sudah memiliki predikat kinerja ini; tidak ada yang perlu diubah."},
    {"predicate_unknown",
     "The policy has no such predicate for a unit; choose one that the detail names.",
     "Kebijakan tidak mengenal predikat kinerja unit itu; pilih salah satu yang disebut dalam "
     "rincian."},
    {"programme_joined",
     "The dossier names this programme for the period already; nothing needs to be added.",
     "Berkas pegawai sudah memuat program ini untuk periode itu; tidak ada yang perlu "
     "ditambahkan."},
    {"programme_not_valid",
     "Name the programme by small letters, digits, hyphens and underscores only.",
     "Tulis nama program hanya dengan huruf kecil, angka, tanda hubung, dan garis bawah."},
    {"services_not_valid",
     "The count of services does not follow the policy; correct what the detail names.",
     "Jumlah layanan belum sesuai dengan kebijakan; perbaiki yang disebut dalam rincian."},
    {"state_not_valid",
     "An action of development is ongoing, done or dropped; choose one of these.",
     "Tindakan pengembangan berstatus berjalan, selesai, atau dihentikan; pilih salah satu."},
    {"team_unknown", "There is no such team; record the team first.",
     "Tim itu belum tercatat; catat timnya dahulu."},
    {"unit_unknown", "There is no such unit; record the unit first.",
     "Unit kerja itu belum tercatat; catat unit kerjanya dahulu."},
    {"until_missing", "The last day is missing; write it as 2026-01-31.",
     "Tanggal berakhirnya belum ada; tulis seperti 2026-01-31."},
    {"wrong_stream",
     "The record that was addressed does not belong to what is to be recorded; address the right "
     "one.",
     "Catatan yang dituju tidak sesuai dengan isi yang akan dicatat; tujukan ke catatan yang "
     "benar."},
    {"zone_unknown",
     "The time zone is not known; write WIB, WITA or WIT, or leave it out to take that of the unit "
     "above.",
     "Zona waktu tidak dikenal; tulis WIB, WITA, atau WIT, atau kosongkan agar mengikuti unit di "
     "atasnya."},
};
static_assert(std::ranges::is_sorted(record_words, {}, &Wording::code));

}  // namespace

std::span<const Wording> record_wordings() {
    return record_words;
}

}  // namespace jejak::tools::backend
