#include "tools/backend/wording.hpp"

namespace jejak::tools::backend {
namespace {

constexpr Wording appraisal_words[] = {
    {"achievement_not_valid",
     "A realisation does not fit the plan (SKP); name each plan item once and give its realisation "
     "as a number.",
     "Realisasi tidak sesuai dengan SKP; sebutkan tiap butir rencana satu kali dengan realisasi "
     "berupa angka."},
    {"already_acknowledged",
     "The result has been acknowledged already; nothing more needs to be done.",
     "Hasil penilaian sudah dinyatakan diterima; tidak ada yang perlu dilakukan lagi."},
    {"already_answered",
     "The supervisor has answered this objection already; wait for the decision.",
     "Pejabat penilai kinerja sudah menanggapi keberatan ini; tunggu putusannya."},
    {"already_appraised",
     "This employee already has an appraisal of this kind for the period; continue with that one.",
     "Pegawai ini sudah memiliki penilaian sejenis untuk periode tersebut; lanjutkan penilaian "
     "itu."},
    {"already_assigned",
     "This person already decides about the objection; name someone else, or leave it as it is.",
     "Orang ini sudah ditunjuk memutus keberatan; tunjuk orang lain atau biarkan penunjukan itu."},
    {"already_invited", "This rater has been invited already; wait for the feedback.",
     "Pemberi umpan balik ini sudah diundang; tunggu umpan baliknya."},
    {"already_received",
     "The result counts as received and the time for an objection is running; no delivery has to "
     "be recorded.",
     "Hasil sudah dianggap diterima dan masa keberatan sedang berjalan; penyampaian tidak perlu "
     "dicatat lagi."},
    {"appraisal_not_final",
     "The other appraisal has no final result yet; have it finalised before its score is taken "
     "over.",
     "Penilaian lain itu belum memiliki hasil akhir; tetapkan hasilnya sebelum nilainya diambil "
     "alih."},
    {"attestation_missing",
     "A training or briefing that the policy asks for is not on record; ask the administrator to "
     "record it.",
     "Pelatihan atau penjelasan yang disyaratkan kebijakan belum tercatat; minta pengelola "
     "kepegawaian mencatatnya."},
    {"carry_not_valid",
     "Name either one appraisal or one unit as the origin of the score, not both.",
     "Sebutkan satu penilaian atau satu unit kerja sebagai asal nilai, jangan keduanya."},
    {"correction_is_empty",
     "The correction is empty; name the ratings or realisations that are wrong.",
     "Usul pembetulan masih kosong; sebutkan nilai atau realisasi yang keliru."},
    {"correction_not_valid",
     "There is no review by the supervisor to correct here; ask for the result to be annulled "
     "instead.",
     "Tidak ada penilaian pejabat penilai kinerja yang dapat dibetulkan di sini; mintalah "
     "pembatalan hasil."},
    {"criterion_unknown",
     "The objection names a criterion that this appraisal does not have; choose one from the "
     "appraisal.",
     "Keberatan menyebut kriteria yang tidak ada dalam penilaian ini; pilih kriteria yang "
     "tercantum."},
    {"deadline_not_passed", "The deadline has not passed yet; wait until it has.",
     "Tenggat belum lewat; tunggu sampai tenggat itu berakhir."},
    {"declared_relation",
     "A declared relation between the two people excludes this; have another supervisor or decider "
     "named.",
     "Ada hubungan yang dinyatakan antara kedua orang ini; mintalah penunjukan pejabat penilai "
     "kinerja atau pemutus lain."},
    {"delivery_not_valid",
     "Say how the result was delivered (paper, post or portal) and on which day, not later than "
     "today.",
     "Isi cara penyampaian hasil (kertas, pos, atau portal) dan tanggalnya, paling lambat hari "
     "ini."},
    {"document_missing",
     "The document that this rests on is not named; give its SHA-256 fingerprint of 64 characters.",
     "Dokumen dasarnya belum disebut; isi sidik digital SHA-256 dokumen itu, yaitu 64 karakter."},
    {"evidence_not_valid",
     "Evidence needs the SHA-256 fingerprint of its file and a criterion or plan item that it is "
     "about.",
     "Isi sidik digital SHA-256 berkas bukti dukung serta kriteria atau butir rencana yang "
     "dibuktikan."},
    {"explanation_missing",
     "Both sides are heard first; wait for the supervisor's answer or until its deadline has "
     "passed on record.",
     "Kedua pihak didengar dahulu; tunggu tanggapan pejabat penilai kinerja atau sampai tenggatnya "
     "tercatat lewat."},
    {"feedback_is_open", "The feedback window is open already; raters can answer now.",
     "Masa umpan balik sudah dibuka; pemberi umpan balik dapat mengisinya sekarang."},
    {"feedback_not_open",
     "The feedback window is not open; the supervisor or the administrator opens it first.",
     "Masa umpan balik belum dibuka; pejabat penilai kinerja atau pengelola kepegawaian perlu "
     "membukanya."},
    {"feedback_not_weighed",
     "Confirm or change the review in the light of the feedback before the result is set.",
     "Kukuhkan atau ubah penilaian setelah menimbang umpan balik sebelum hasil ditetapkan."},
    {"feedback_was_given",
     "Feedback has been given and cannot be skipped; close the feedback, so that it counts.",
     "Umpan balik sudah diberikan dan tidak dapat dilewati; tutup masa umpan balik agar "
     "diperhitungkan."},
    {"feedback_was_heard",
     "The feedback from before the result was annulled still counts; close the feedback and go on.",
     "Umpan balik sebelum hasil dibatalkan tetap berlaku; tutup masa umpan balik lalu lanjutkan."},
    {"feedback_window_closed",
     "The time for feedback has passed; ask the administrator for an extension by letter.",
     "Masa umpan balik sudah lewat; mintalah perpanjangan dengan surat kepada pengelola "
     "kepegawaian."},
    {"flag_unknown", "The policy knows no such mark in a review; choose one that the policy names.",
     "Kebijakan tidak mengenal tanda itu dalam penilaian; pilih tanda yang tercantum dalam "
     "kebijakan."},
    {"ground_unknown",
     "This ground is not one of those that are allowed here; choose one that the detail names.",
     "Dasar ini tidak termasuk yang diperbolehkan di sini; pilih salah satu yang disebut dalam "
     "rincian."},
    {"handle_missing",
     "Feedback is given under a pseudonym only; open it again through your invitation.",
     "Umpan balik hanya diberikan dengan nama samaran; buka kembali melalui undangan Anda."},
    {"judged_by_the_old_policy",
     "Others have rated under the present policy; cancel this appraisal and open one under the "
     "other policy.",
     "Pihak lain sudah menilai dengan kebijakan ini; batalkan penilaian ini dan buka yang baru "
     "dengan kebijakan lain itu."},
    {"letter_missing", "Name the letter or the ground that this rests on.",
     "Sebutkan surat atau dasar tindakan ini."},
    {"needs_another_person",
     "Whoever proposed the correction cannot confirm it; ask another administrator to do so.",
     "Pengusul pembetulan tidak boleh mengukuhkannya; minta pengelola kepegawaian lain "
     "melakukannya."},
    {"no_decider",
     "By the policy a panel decides about this objection; ask the administrator to appoint its "
     "members.",
     "Menurut kebijakan, keberatan ini diputus majelis; minta pengelola kepegawaian menunjuk "
     "anggotanya."},
    {"no_mandate",
     "The supervisor on record no longer holds that post or team; ask the administrator to name a "
     "new one.",
     "Pejabat penilai kinerja tidak lagi memangku jabatan atau memimpin tim itu; minta pengelola "
     "kepegawaian menggantinya."},
    {"no_panel",
     "The policy has no panel; ask for one person to be named who decides about the objection.",
     "Kebijakan tidak mengatur majelis; mintalah penunjukan satu pejabat yang berwenang memutus "
     "keberatan."},
    {"no_review",
     "There is no review by the supervisor to confirm or change; go on to setting the result.",
     "Tidak ada penilaian pejabat penilai kinerja untuk dikukuhkan atau diubah; lanjutkan ke "
     "penetapan hasil."},
    {"no_such_clock", "No such deadline is running in this appraisal; look up those that are.",
     "Tenggat itu tidak sedang berjalan pada penilaian ini; periksa tenggat yang berjalan."},
    {"no_such_correction",
     "No such correction is waiting to be confirmed; look at the one on record or propose a new "
     "one.",
     "Tidak ada usul pembetulan itu yang menunggu pengukuhan; periksa yang tercatat atau ajukan "
     "usul baru."},
    {"not_a_member",
     "Only a member of the panel steps back from it; if the panel on record is wrong, tell the "
     "administrator.",
     "Hanya anggota majelis yang dapat mengundurkan diri; bila catatannya keliru, hubungi "
     "pengelola kepegawaian."},
    {"not_in_this_phase",
     "This is not possible in the present stage of the appraisal; see which actions are open now.",
     "Tindakan ini tidak dapat dilakukan pada tahap penilaian saat ini; lihat tindakan yang "
     "tersedia."},
    {"not_invited",
     "Only invited raters give feedback here; ask the supervisor or the administrator for an "
     "invitation.",
     "Hanya yang diundang memberi umpan balik; minta undangan dari pejabat penilai kinerja atau "
     "pengelola kepegawaian."},
    {"not_permitted",
     "You may not do this; see which actions are open to you, or ask the administrator.",
     "Anda tidak berwenang melakukan ini; lihat tindakan yang tersedia atau hubungi pengelola "
     "kepegawaian."},
    {"not_the_decider",
     "You do not decide about this objection; if nobody does yet, ask the administrator to name "
     "who does.",
     "Anda tidak berwenang memutus keberatan ini; bila belum ada pemutus, minta pengelola "
     "kepegawaian menunjuknya."},
    {"not_the_employee", "Only the appraised employee may do this; leave it to that employee.",
     "Hanya pegawai yang dinilai dapat melakukan ini; serahkan kepada yang bersangkutan."},
    {"not_the_head",
     "On record this post does not lead the unit; ask the administrator to check the "
     "organisation's records.",
     "Jabatan ini tercatat tidak memimpin unit kerja itu; minta pengelola kepegawaian memeriksa "
     "data organisasi."},
    {"not_the_superior",
     "Only the superior of the supervisor may do this; if the record is wrong, tell the "
     "administrator.",
     "Hanya atasan pejabat penilai kinerja dapat melakukan ini; bila data keliru, hubungi "
     "pengelola kepegawaian."},
    {"not_the_supervisor",
     "Only the supervisor on record may do this; if the record is wrong, have the supervisor "
     "reassigned.",
     "Hanya pejabat penilai kinerja dapat melakukan ini; bila data keliru, minta pengelola "
     "kepegawaian menggantinya."},
    {"note_missing", "The note of the performance dialogue is empty; write down what was said.",
     "Catatan dialog kinerja masih kosong; tuliskan hal yang dibicarakan."},
    {"objection_is_final",
     "The objection has been decided and the decision is final; nobody can object here again.",
     "Keberatan sudah diputus dan putusannya bersifat final; keberatan tidak dapat diajukan lagi."},
    {"objection_late",
     "The time for objections has passed; ask the administrator whether a letter extends it.",
     "Masa keberatan sudah lewat; tanyakan kepada pengelola kepegawaian apakah ada perpanjangan "
     "dengan surat."},
    {"on_behalf_needs_an_office",
     "Only an administrator or a registrar acts on behalf of someone; act in your own name.",
     "Hanya pengelola kepegawaian atau pencatat bertindak mewakili orang lain; bertindaklah atas "
     "nama sendiri."},
    {"one_source_a_rater",
     "You have given feedback in another role already; change what you gave there.",
     "Anda sudah memberi umpan balik dalam peran lain; ubah umpan balik yang sudah Anda berikan "
     "itu."},
    {"opening_incomplete",
     "Something is missing; name the employee, post, unit, period and kind, the supervisor and the "
     "superior.",
     "Data belum lengkap; isi pegawai, jabatan, unit kerja, periode, jenis, pejabat penilai "
     "kinerja, dan atasannya."},
    {"organisation_predicate_missing",
     "The unit has no predicate for this period yet; the leader above the unit sets it first.",
     "Predikat kinerja unit kerja untuk periode ini belum ada; pimpinan di atasnya menetapkannya "
     "dahulu."},
    {"outcome_not_valid", "Uphold the result, or change it and give the corrected ratings.",
     "Kuatkan hasil, atau ubah hasil dengan menyebut nilai yang sudah dibetulkan."},
    {"own_appraisal", "Nobody does this in an appraisal of their own; leave it to someone else.",
     "Tidak seorang pun boleh melakukan ini dalam penilaiannya sendiri; serahkan kepada orang "
     "lain."},
    {"own_record", "Nobody records this about themselves; ask someone else who holds the office.",
     "Tidak seorang pun boleh mencatat hal ini bagi dirinya sendiri; minta pejabat lain yang "
     "berwenang."},
    {"panel_incomplete",
     "The panel is not complete; name as many members as the policy asks for, each of them once.",
     "Susunan majelis belum lengkap; sebutkan anggota sebanyak yang diatur kebijakan, "
     "masing-masing satu kali."},
    {"part_outside_period",
     "The other appraisal lies outside the period of this one; choose one that lies within.",
     "Penilaian lain itu di luar periode penilaian ini; pilih penilaian yang berada di dalamnya."},
    {"parts_overlap",
     "Two appraisals that are taken over share days; choose periods that do not overlap.",
     "Dua penilaian yang diambil alih mencakup hari yang sama; pilih periode yang tidak tumpang "
     "tindih."},
    {"person_missing", "A person is missing or named twice; say who is meant.",
     "Orangnya belum disebut atau disebut dua kali; sebutkan siapa yang dimaksud."},
    {"plan_not_agreed",
     "No plan (SKP) has been agreed yet; agree on one with the supervisor first.",
     "SKP belum disepakati; sepakati dahulu dengan pejabat penilai kinerja."},
    {"plan_not_valid", "The plan (SKP) does not follow the policy; correct what the detail names.",
     "SKP belum sesuai dengan kebijakan; perbaiki bagian yang disebut dalam rincian."},
    {"policy_not_in_force",
     "This policy does not apply to the period, unit or kind of appraisal; choose the one that "
     "does.",
     "Kebijakan ini tidak berlaku bagi periode, unit kerja, atau jenis penilaian itu; pilih yang "
     "berlaku."},
    {"policy_unknown",
     "No such policy is published; choose one that is, or ask the administrator to publish it.",
     "Kebijakan itu belum diterbitkan; pilih yang sudah terbit atau minta pengelola kepegawaian "
     "menerbitkannya."},
    {"policy_unreadable",
     "The policy of this appraisal cannot be read; tell the operator of the service.",
     "Kebijakan penilaian ini tidak dapat dibaca; laporkan kepada pengelola sistem."},
    {"rater_missing", "Name the person who is to be invited to give feedback.",
     "Sebutkan orang yang akan diundang memberi umpan balik."},
    {"rating_not_valid",
     "A rating is missing or not allowed; rate each criterion once, with a value of its scale.",
     "Ada nilai yang kosong atau tidak diperbolehkan; nilai tiap kriteria satu kali sesuai "
     "skalanya."},
    {"reason_missing", "A reason is needed here; write it down.",
     "Tindakan ini memerlukan alasan; tuliskan alasannya."},
    {"review_incomplete", "The review leaves criteria out; rate those that the detail names.",
     "Penilaian belum lengkap; nilai kriteria yang disebut dalam rincian."},
    {"same_policy", "The appraisal is under this policy already; nothing needs to be changed.",
     "Penilaian ini sudah memakai kebijakan tersebut; tidak ada yang perlu diubah."},
    {"score_incomplete",
     "Something that the score needs is missing; complete what the detail names.",
     "Bahan penghitungan nilai belum lengkap; lengkapi yang disebut dalam rincian."},
    {"self_supervision",
     "Employee, supervisor and superior are three different people; correct the names.",
     "Pegawai yang dinilai, pejabat penilai kinerja, dan atasannya harus tiga orang berbeda; "
     "perbaiki namanya."},
    {"source_unknown",
     "The policy takes no ratings from this source; choose one that the policy names.",
     "Kebijakan tidak menerima nilai dari sumber ini; pilih sumber yang tercantum dalam "
     "kebijakan."},
    {"stage_is_required", "The policy requires this stage; complete it instead of leaving it out.",
     "Tahap ini diwajibkan oleh kebijakan; selesaikan tahap itu, jangan dilewati."},
    {"stage_unknown", "There is no such stage; choose one that the detail names.",
     "Tahap itu tidak dikenal; pilih salah satu yang disebut dalam rincian."},
    {"status_not_covered",
     "The policy is not for someone with this status of employment; choose one that is.",
     "Kebijakan ini tidak berlaku bagi status kepegawaian tersebut; pilih kebijakan yang "
     "mencakupnya."},
    {"supervisor_reviews", "The supervisor gives no feedback here; say it in the review instead.",
     "Pejabat penilai kinerja tidak mengisi umpan balik; tuangkan dalam penilaiannya."},
    {"survey_not_valid",
     "The survey is incomplete or off its scale; check the elements, the respondents and the "
     "report.",
     "Hasil survei belum lengkap atau di luar skala; periksa nilai unsur, jumlah responden, dan "
     "laporannya."},
    {"witness_missing", "Name who witnessed that the result was handed over.",
     "Sebutkan saksi penyerahan hasil kepada pegawai yang dinilai."},
    {"wrong_person", "That appraisal is of someone else; choose one of this employee.",
     "Penilaian itu milik pegawai lain; pilih penilaian pegawai ini."},
};
static_assert(std::ranges::is_sorted(appraisal_words, {}, &Wording::code));

}  // namespace

std::span<const Wording> appraisal_wordings() {
    return appraisal_words;
}

}  // namespace jejak::tools::backend
