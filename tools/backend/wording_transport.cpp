#include "tools/backend/wording.hpp"

namespace jejak::tools::backend {
namespace {

constexpr Wording transport_words[] = {
    {"body_too_large", "What was sent is too large; send less at once.",
     "Data yang dikirim terlalu besar; kirim lebih sedikit sekaligus."},
    {"coding_not_supported",
     "The application sent data in a coding that is not taken here; report this to its developers.",
     "Aplikasi mengirim data dengan pengodean yang tidak diterima; laporkan kepada pengembangnya."},
    {"corruption",
     "Stored data are not what was once written; stop and tell the operator of the service.",
     "Data tersimpan tidak sama dengan yang pernah ditulis; berhenti dan laporkan kepada pengelola "
     "sistem."},
    {"cursor_not_valid", "The place in the list is not valid; begin again with the first page.",
     "Penanda halaman tidak berlaku; mulai lagi dari halaman pertama."},
    {"defect",
     "A fault of the program stopped this and nothing was saved; tell the operator of the service.",
     "Kesalahan program menghentikan tindakan ini dan tidak ada yang tersimpan; laporkan kepada "
     "pengelola sistem."},
    {"duplicate_command",
     "The same number came before with other content; send the new content under a number of its "
     "own.",
     "Nomor permintaan ini pernah dipakai untuk isi lain; kirim isi baru dengan nomor tersendiri."},
    {"duplicate_header", "The application sent a header twice; report this to its developers.",
     "Aplikasi mengirim tajuk yang sama dua kali; laporkan kepada pengembangnya."},
    {"environment",
     "The service cannot get at its data at the moment; tell the operator of the service.",
     "Layanan tidak dapat menjangkau datanya saat ini; laporkan kepada pengelola sistem."},
    {"expectation_failed",
     "The application expects something that the service does not do; report this to its "
     "developers.",
     "Aplikasi mengharapkan hal yang tidak dilayani; laporkan kepada pengembangnya."},
    {"header_too_large",
     "The header of the request is too large; sign in again, and if it persists tell the "
     "developers.",
     "Tajuk permintaan terlalu besar; masuk kembali, dan bila berulang laporkan kepada pengembang "
     "aplikasi."},
    {"internal",
     "The service failed at this; try again later, and if it persists tell its operator.",
     "Layanan gagal memproses permintaan ini; coba lagi nanti, dan bila berulang laporkan kepada "
     "pengelola sistem."},
    {"invalid_framing",
     "The application sent a request of unclear length; report this to its developers.",
     "Aplikasi mengirim permintaan yang panjangnya tidak jelas; laporkan kepada pengembangnya."},
    {"invalid_host",
     "The request does not name the service rightly; check the address that you opened.",
     "Permintaan tidak menyebut alamat layanan dengan benar; periksa alamat yang dibuka."},
    {"invalid_input",
     "Something in the request is missing or not as it should be; correct what the detail names.",
     "Ada isian yang kosong atau tidak sesuai; perbaiki yang disebut dalam rincian."},
    {"invalid_target", "The address is not written rightly; check the link that you followed.",
     "Alamat tidak ditulis dengan benar; periksa tautan yang dibuka."},
    {"key_not_valid",
     "The key is not valid, or not any more; ask the operator of the service for a new one.",
     "Kunci tidak berlaku atau sudah tidak berlaku; minta kunci baru kepada pengelola sistem."},
    {"link_expired", "The link does not hold any more; ask for a new one.",
     "Tautan sudah tidak berlaku; mintalah yang baru."},
    {"link_not_valid", "The link is not valid, or not any more; ask whoever sent it for a new one.",
     "Tautan tidak berlaku atau sudah kedaluwarsa; minta tautan baru kepada pengirimnya."},
    {"malformed_chunk",
     "The application sent data that cannot be read; report this to its developers.",
     "Aplikasi mengirim data yang tidak dapat dibaca; laporkan kepada pengembangnya."},
    {"malformed_request",
     "The application sent a request that cannot be read; report this to its developers.",
     "Aplikasi mengirim permintaan yang tidak dapat dibaca; laporkan kepada pengembangnya."},
    {"method_not_allowed",
     "This cannot be done at this address; use one of the methods that the header Allow names.",
     "Tindakan ini tidak tersedia pada alamat ini; gunakan metode yang disebut dalam tajuk Allow."},
    {"method_not_supported",
     "The service does not know this kind of request; report this to the developers of the "
     "application.",
     "Layanan tidak mengenal jenis permintaan ini; laporkan kepada pengembang aplikasi."},
    {"no_answer", "The service took too long to answer; look whether it was done, then try again.",
     "Layanan terlalu lama menjawab; periksa apakah sudah terlaksana, lalu coba lagi."},
    {"no_such_resource",
     "There is nothing at this address; check the link or begin at the start page.",
     "Tidak ada apa pun pada alamat ini; periksa tautan atau mulai dari halaman awal."},
    {"not_a_stream", "There are no events here; subscribe to /v1/events.",
     "Tidak ada peristiwa di sini; berlanggananlah pada /v1/events."},
    {"not_acceptable",
     "The service cannot answer in the form that was asked for; ask for one that the detail names.",
     "Layanan tidak dapat menjawab dalam bentuk yang diminta; minta bentuk yang disebut dalam "
     "rincian."},
    {"not_authenticated", "You are not signed in, or not any more; sign in and try again.",
     "Anda belum masuk atau sesi Anda sudah berakhir; masuk lalu coba lagi."},
    {"not_found", "There is no such record, or it is not for you; check what you asked for.",
     "Data itu tidak ada atau tidak terbuka bagi Anda; periksa kembali yang Anda minta."},
    {"outcome_unknown",
     "It is not certain that this was saved; send the same once more, it will count only once.",
     "Belum pasti apakah ini tersimpan; kirim sekali lagi, permintaan yang sama hanya dihitung "
     "satu kali."},
    {"overloaded", "The service is busy at the moment; try again in a few seconds.",
     "Layanan sedang sibuk; coba lagi beberapa detik lagi."},
    {"parameter_not_valid",
     "A parameter of the address has a value that is not allowed; correct the one that the detail "
     "names.",
     "Nilai parameter pada alamat tidak diperbolehkan; perbaiki yang disebut dalam rincian."},
    {"parameter_unknown",
     "The address has a parameter that is not known here; leave it out or correct its name.",
     "Alamat memuat parameter yang tidak dikenal; hapus atau perbaiki namanya."},
    {"position_not_reached",
     "The service has not yet come so far as you ask; try again in a moment.",
     "Layanan belum mencapai posisi yang diminta; coba lagi sebentar lagi."},
    {"rate_limited", "Too many requests came at once; wait a moment and try again.",
     "Terlalu banyak permintaan sekaligus; tunggu sebentar lalu coba lagi."},
    {"request_timeout", "The request came in too slowly; check your connection and try again.",
     "Permintaan masuk terlalu lambat; periksa sambungan Anda lalu coba lagi."},
    {"stopped", "The service is being stopped; try again in a few minutes.",
     "Layanan sedang dihentikan; coba lagi beberapa menit lagi."},
    {"stream_needs_a_subscription", "This is a stream of events; subscribe to it instead.",
     "Ini aliran peristiwa; berlanggananlah, jangan diminta sekali."},
    {"target_too_long", "The address is too long; ask for less at once.",
     "Alamat terlalu panjang; kurangi yang diminta sekaligus."},
    {"ticket_not_valid", "The ticket is not valid, or not any more; get a new one and try again.",
     "Tiket tidak berlaku atau sudah terpakai; ambil tiket baru lalu coba lagi."},
    {"too_large", "The answer or what was sent is too large; ask for less or send less at once.",
     "Jawaban atau data yang dikirim terlalu besar; kurangi yang diminta atau dikirim sekaligus."},
    {"too_many_connections",
     "Too many users are connected at the moment; try again in a few minutes.",
     "Terlalu banyak pengguna yang tersambung; coba lagi beberapa menit lagi."},
    {"unsupported",
     "The record was written by a newer program; ask the operator to update the service.",
     "Data ditulis oleh program yang lebih baru; minta pengelola sistem memperbarui layanan."},
    {"unsupported_media_type",
     "The application sent another kind of data than is taken here; send what the detail names.",
     "Aplikasi mengirim jenis data yang tidak diterima di sini; kirim jenis yang disebut dalam "
     "rincian."},
    {"version_conflict",
     "The record has changed since you read it; read it again and repeat your change.",
     "Data sudah berubah sejak Anda membukanya; muat ulang lalu ulangi perubahan Anda."},
    {"version_not_supported",
     "The application speaks a version of HTTP that is not spoken here; report this to its "
     "developers.",
     "Aplikasi memakai versi HTTP yang tidak dilayani; laporkan kepada pengembangnya."},
};
static_assert(std::ranges::is_sorted(transport_words, {}, &Wording::code));

}  // namespace

std::span<const Wording> transport_wordings() {
    return transport_words;
}

}  // namespace jejak::tools::backend
