#include "tools/backend/routes.hpp"

#include <algorithm>

namespace jejak::tools::backend {
namespace {

constexpr QueryParameter parameters[] = {
    {"as_of", R"({"type":"string","format":"date-time"})", "As it stood at this moment",
     "Keadaan pada saat ini"},
    {"at_position", R"({"type":"integer","minimum":1})", "As it stood at this position of the log",
     "Keadaan pada posisi log ini"},
    {"at_version", R"({"type":"integer","minimum":1})", "As it stood at this version",
     "Keadaan pada versi ini"},
    {"min_position", R"({"type":"integer","minimum":1})",
     "Refuse to answer from before this position", "Tolak jawaban sebelum posisi ini"},
    {"limit", R"({"type":"integer","minimum":1,"maximum":500,"default":100})",
     "At most so many on a page", "Paling banyak sekian per halaman"},
    {"cursor", R"({"type":"string"})", "Where the page before ended; opaque",
     "Akhir halaman sebelumnya; jangan diubah"},
    {"unit", R"({"type":"string"})", "Only this unit", "Hanya unit ini"},
    {"agency", R"({"type":"string"})", "Only this unit and what is below it",
     "Hanya unit ini dan di bawahnya"},
    {"period", R"({"type":"string"})", "Only this period", "Hanya periode ini"},
    {"phase", R"({"type":"string"})", "Only this phase", "Hanya tahap ini"},
    {"overdue", R"({"type":"boolean"})", "Only those whose time is over", "Hanya yang lewat waktu"},
    {"policy", R"({"type":"string"})", "Under these rules instead", "Dengan aturan ini"},
    {"without", R"({"type":"string"})", "Without this source, or this rater's handle",
     "Tanpa sumber atau penilai ini", true},
    {"set", R"({"type":"string"})", "CRITERION=VALUE instead", "KRITERIA=NILAI", true},
    {"leave_one_out", R"({"type":"boolean"})", "The score without each rater in turn",
     "Skor tanpa tiap penilai"},
    {"appraisal", R"({"type":"string"})", "Only this appraisal", "Hanya penilaian ini"},
    {"after", R"({"type":"integer","minimum":0})", "From behind this position (or Last-Event-ID)",
     "Sesudah posisi ini"},
    {"ticket", R"({"type":"string"})", "Of POST /v1/tickets, instead of credentials; once",
     "Tiket sekali pakai"},
};

const std::vector<Route>& table() {
    static const std::vector<Route> routes = {
        {"GET",
         "/healthz",
         "Is the process there",
         "Apakah proses hidup",
         {},
         "",
         "Health",
         true,
         handle::health},
        {"GET",
         "/readyz",
         "Can it answer",
         "Apakah siap menjawab",
         {},
         "",
         "Readiness",
         true,
         handle::readiness},
        {"GET",
         "/metrics",
         "What is counted and measured, for Prometheus",
         "Hitungan dan ukuran, untuk Prometheus",
         {},
         "",
         "",
         true,
         handle::metrics},
        {"GET",
         "/openapi.json",
         "This description",
         "Uraian ini",
         {},
         "",
         "",
         true,
         handle::openapi},
        {"GET",
         "/v1/me",
         "Who the caller is",
         "Siapa pemanggil",
         {},
         "",
         "Caller",
         false,
         handle::caller},

        {"POST",
         "/v1/appraisals",
         "Open an appraisal",
         "Membuka penilaian",
         {},
         "OpenAppraisalNamed",
         "Accepted",
         false,
         handle::open_appraisal},
        {"GET",
         "/v1/appraisals",
         "Appraisals that the caller may see, by unit and period",
         "Penilaian yang boleh dilihat pemanggil",
         {"unit", "agency", "period", "phase", "limit", "cursor", "min_position"},
         "",
         "AppraisalPage",
         false,
         handle::appraisals},
        {"POST",
         "/v1/appraisals/search",
         "The same, of one person",
         "Sama, untuk satu orang",
         {"period", "phase"},
         "PersonQuery",
         "AppraisalPage",
         false,
         handle::find_appraisals},
        {"GET",
         "/v1/appraisals/{id}",
         "An appraisal",
         "Sebuah penilaian",
         {"as_of", "at_position", "at_version", "min_position"},
         "",
         "Appraisal",
         false,
         handle::appraisal},
        {"POST",
         "/v1/appraisals/{id}/feedback-links",
         "A link by which a citizen gives feedback once, without an account",
         "Tautan sekali pakai bagi warga untuk memberi umpan balik tanpa akun",
         {},
         "FeedbackLinkRequest",
         "FeedbackLink",
         false,
         handle::make_feedback_link},
        {"POST",
         "/v1/feedback/form",
         "What a link asks: unit, post and the policy's criteria; not who is appraised",
         "Isi formulir sebuah tautan: unit, jabatan, kriteria; bukan siapa yang dinilai",
         {},
         "FeedbackLinkText",
         "FeedbackForm",
         true,
         handle::feedback_form},
        {"POST",
         "/v1/feedback",
         "Feedback of a citizen, by a link; the same again gets the first answer",
         "Umpan balik warga melalui tautan; pengulangan mendapat jawaban pertama",
         {},
         "FeedbackByLink",
         "Accepted",
         true,
         handle::give_feedback_by_link},
        {"GET",
         "/v1/appraisals/{id}/history",
         "What happened, record by record",
         "Riwayat, catatan demi catatan",
         {"as_of", "at_position", "at_version", "min_position"},
         "",
         "History",
         false,
         handle::history},
        {"GET",
         "/v1/appraisals/{id}/explanation",
         "How the score came about",
         "Asal usul skor",
         {"as_of", "at_position", "at_version", "min_position"},
         "",
         "Explanation",
         false,
         handle::explanation},
        {"GET",
         "/v1/appraisals/{id}/actions",
         "What the caller may do now, until when, and why not what not",
         "Apa yang boleh dilakukan pemanggil, sampai kapan, dan mengapa tidak",
         {},
         "",
         "Actions",
         false,
         handle::actions},
        {"GET",
         "/v1/appraisals/{id}/what-if",
         "What the score would be with other inputs or rules; nothing is recorded",
         "Skor seandainya; tidak ada yang dicatat",
         {"as_of", "at_position", "at_version", "policy", "without", "set", "leave_one_out"},
         "",
         "WhatIf",
         false,
         handle::what_if},
        {"GET",
         "/v1/appraisals/{id}/dispute",
         "The case file of the objection",
         "Berkas perkara keberatan",
         {"as_of", "at_position", "at_version"},
         "",
         "Dispute",
         false,
         handle::dispute},
        {"GET",
         "/v1/appraisals/{id}/reads",
         "Who else read it, and how often, hour by hour; for the employee, auditors and "
         "administrators",
         "Siapa lagi yang membacanya, per jam",
         {},
         "",
         "Reads",
         false,
         handle::reads},
        {"POST",
         "/v1/appraisals/{id}/{verb}",
         "A command about the appraisal",
         "Perintah atas penilaian",
         {},
         "",
         "Accepted",
         false,
         handle::verb},

        {"GET",
         "/v1/commands",
         "Every command: its schema and an example",
         "Semua perintah: skema dan contoh",
         {},
         "",
         "Commands",
         false,
         handle::commands},
        {"POST",
         "/v1/commands",
         "A command of any workflow; many as JSON Lines",
         "Perintah apa pun; banyak sebagai JSON Lines",
         {},
         "Command",
         "Accepted",
         false,
         handle::command},

        {"GET",
         "/v1/scoreboard",
         "A period, unit by unit",
         "Satu periode, per unit",
         {"period", "unit", "agency", "as_of", "at_position", "limit", "cursor"},
         "",
         "ScoreboardPage",
         false,
         handle::scoreboard},
        {"GET",
         "/v1/tasks",
         "What waits for the caller, and until when",
         "Apa yang menunggu pemanggil",
         {"as_of", "at_position", "agency"},
         "",
         "Tasks",
         false,
         handle::tasks},
        {"POST",
         "/v1/tasks/search",
         "What waits for a person; for an office",
         "Apa yang menunggu seseorang; untuk pejabat",
         {"agency"},
         "PersonQuery",
         "Tasks",
         false,
         handle::find_tasks},
        {"GET",
         "/v1/deadlines",
         "Which clocks run; for an office",
         "Tenggat yang berjalan",
         {"unit", "agency", "period", "overdue", "as_of", "limit"},
         "",
         "Deadlines",
         false,
         handle::deadlines},
        {"GET",
         "/v1/events",
         "What happens, as Server-Sent Events",
         "Peristiwa langsung (Server-Sent Events)",
         {"appraisal", "unit", "after", "ticket"},
         "",
         "",
         false,
         handle::events,
         true},
        {"POST",
         "/v1/tickets",
         "A ticket for one stream of events, for browsers that can send no header",
         "Tiket untuk satu aliran peristiwa",
         {},
         "",
         "Ticket",
         false,
         handle::ticket},
        {"GET",
         "/v1/policies",
         "Published rules",
         "Aturan yang terbit",
         {},
         "",
         "Policies",
         false,
         handle::policies},
        {"GET",
         "/v1/policies/{policy}",
         "A policy's canonical document",
         "Naskah aturan",
         {},
         "",
         "Policy",
         false,
         handle::policy},
    };
    return routes;
}

bool is_part(std::string_view segment) {
    return segment.starts_with('{');
}

// Matches segment by segment; a word goes before a part, so that /search is none.
bool matches(std::string_view pattern, std::string_view path, std::vector<std::string>& parts) {
    parts.clear();
    while (!pattern.empty() && !path.empty()) {
        pattern.remove_prefix(1);
        if (!path.starts_with('/')) return false;
        path.remove_prefix(1);
        const auto wanted = pattern.substr(0, pattern.find('/'));
        const auto given = path.substr(0, path.find('/'));
        if (is_part(wanted)) {
            if (given.empty()) return false;
            parts.emplace_back(given);
        } else if (wanted != given) {
            return false;
        }
        pattern.remove_prefix(wanted.size());
        path.remove_prefix(given.size());
    }
    return pattern.empty() && path.empty();
}

std::size_t count_of_parts(const Route& route) {
    return static_cast<std::size_t>(std::count(route.path.begin(), route.path.end(), '{'));
}

}  // namespace

std::span<const QueryParameter> query_parameters() {
    return parameters;
}

std::span<const Route> routes() {
    return table();
}

Routed route_of(std::string_view method, std::string_view path) {
    Routed found;
    if (method == "HEAD") method = "GET";
    std::vector<std::string> parts;
    std::size_t fewest = 99;
    for (const Route& route : routes()) {
        if (!matches(route.path, path, parts)) continue;
        const bool is_nearer = count_of_parts(route) < fewest;
        if (is_nearer) {
            found = {};
            fewest = count_of_parts(route);
        } else if (count_of_parts(route) > fewest) {
            continue;
        }
        found.allowed += (found.allowed.empty() ? "" : ", ") + std::string(route.method);
        if (route.method == "GET") found.allowed += ", HEAD";
        if (route.method != method) continue;
        found.route = &route;
        found.parts = parts;
    }
    return found;
}

std::optional<Problem> check_query(const Route& route, const http::Pairs& query) {
    for (auto at = query.begin(); at != query.end(); ++at) {
        const auto& name = at->first;
        const auto known = std::find(route.query.begin(), route.query.end(), name);
        if (known == route.query.end()) {
            std::string takes;
            for (const auto each : route.query)
                takes += (takes.empty() ? "" : ", ") + std::string(each);
            return Problem{
                400, "parameter_unknown",
                "?" + name + ": this resource takes " + (takes.empty() ? "no parameters" : takes)};
        }
        const auto* parameter =
            std::find_if(std::begin(parameters), std::end(parameters),
                         [&](const QueryParameter& each) { return each.name == name; });
        const bool is_again =
            std::any_of(query.begin(), at, [&](const auto& each) { return each.first == name; });
        if (is_again && !parameter->many) {
            return Problem{400, "parameter_not_valid", "?" + name + " stands twice"};
        }
        const bool is_flag = parameter->schema.find("boolean") != std::string_view::npos;
        if (is_flag && at->second != "true" && at->second != "false") {
            return Problem{400, "parameter_not_valid", "?" + name + " is true or false"};
        }
    }
    return std::nullopt;
}

}  // namespace jejak::tools::backend
