#include "adapters/evidence/page.hpp"

#include <boost/json/serialize.hpp>

#include "workflows/appraisal/recorded_result.hpp"

namespace jejak::evidence {
namespace {

constexpr std::string_view style = R"(
body { font: 16px/1.5 system-ui, sans-serif; color: #1c1c1c; background: #fff; margin: 2rem auto;
       max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
.en { color: #555; font-weight: normal; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem;
         border-bottom: 1px solid #ddd; }
th { background: #f4f4f2; }
code, .data { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.data { color: #444; }
pre { white-space: pre-wrap; background: #f7f7f5; padding: .8rem; overflow-wrap: anywhere; }
)";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string plain(const boost::json::value& value) {
    if (value.is_null()) return "–";
    return value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
}

std::string member(const boost::json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value == nullptr ? "–" : plain(*value);
}

std::string both(std::string_view id, std::string_view en) {
    return escaped(id) + " <span class=\"en\" lang=\"en\">/ " + escaped(en) + "</span>";
}

std::string row(const std::string& label, const std::string& value) {
    return "<tr><th scope=\"row\">" + label + "</th><td>" + value + "</td></tr>\n";
}

std::string heading_table(const boost::json::object& heading) {
    const auto of = [&](const char* name) { return escaped(member(heading, name)); };
    std::string html = "<table>\n";
    html += row(both("Pegawai yang dinilai", "Employee"), of("subject"));
    html += row(both("Unit kerja", "Unit"), of("unit"));
    html += row(both("Jabatan", "Post"), of("post"));
    html += row(both("Periode", "Period"), of("period"));
    html += row(both("Pejabat penilai", "Supervisor"), of("supervisor"));
    html += row(both("Tahap", "Phase"), of("phase"));
    html += row(both("Kebijakan", "Policy"), of("policy"));
    const auto* result = heading.if_contains("final");
    const bool has_result = result != nullptr && result->is_object();
    html += has_result ? result_rows(member(result->as_object(), "score"),
                                     member(result->as_object(), "predicate"))
                       : result_rows("", "");
    return html + "</table>\n";
}

std::string tree(const std::vector<scoring::Line>& lines) {
    std::string text;
    for (const auto& line : lines)
        text += std::string(std::size_t{line.depth} * 2, ' ') + line.text + "\n";
    return "<pre>" + escaped(text) + "</pre>\n";
}

std::string timeline_table(const std::vector<boost::json::object>& timeline) {
    std::string html = "<table>\n<tr><th>" + both("Waktu", "Time") + "</th><th>" +
                       both("Peristiwa", "Event") + "</th><th>" + both("Oleh", "By") +
                       "</th></tr>\n";
    for (const auto& record : timeline) {
        const auto title = event_title(member(record, "event"));
        const auto& actor = record.at("actor").as_object();
        std::string who = member(actor, "role");
        if (actor.contains("id")) who += " " + member(actor, "id");
        boost::json::object data;
        if (const auto* given = record.if_contains("data"); given != nullptr && given->is_object())
            data = given->as_object();
        data.erase("derivation");  // it stands above, written out
        html += "<tr><td>" + escaped(member(record, "recorded_at")) + "</td><td>" +
                both(title.id, title.en);
        if (!data.empty()) {
            html += "<div class=\"data\">" + escaped(boost::json::serialize(data)) + "</div>";
        }
        html += "</td><td>" + escaped(who) + "</td></tr>\n";
    }
    return html + "</table>\n";
}

std::string section(std::string_view id, std::string_view en) {
    return "<h2>" + both(id, en) + "</h2>\n";
}

}  // namespace

std::string result_rows(const std::string& score, const std::string& predicate) {
    const auto shown = [](const std::string& text) { return text.empty() ? "–" : escaped(text); };
    return row(both("Nilai", "Score"), shown(score)) +
           row(both("Predikat kinerja", "Predicate"), shown(predicate));
}

std::string derivation_section(const std::vector<scoring::Line>& id,
                               const std::vector<scoring::Line>& en) {
    return tree(id) + "<details lang=\"en\"><summary>English</summary>" + tree(en) + "</details>\n";
}

DerivationLines derivation_lines(const appraisal::Appraisal& seen, const scoring::Policy& policy) {
    const auto explanation = appraisal::explain(seen, policy);
    const scoring::NameEvent name = [](std::uint32_t version) {
        return "v" + std::to_string(version);
    };
    const auto in = [&](scoring::Language language) {
        const auto* missing = std::get_if<scoring::Missing>(&explanation.answer);
        if (missing != nullptr) return scoring::to_lines(*missing, policy, language, name);
        return scoring::to_lines(std::get<scoring::Outcome>(explanation.answer).derivation, policy,
                                 language, name);
    };
    return {in(scoring::Language::id), in(scoring::Language::en)};
}

std::string page_of(const Bundle& bundle, const PageContent& content) {
    std::string html = "<!DOCTYPE html>\n<html lang=\"id\">\n<head>\n<meta charset=\"utf-8\">\n";
    html +=
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta "
        "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n";
    html += "<title>" + escaped(bundle.appraisal) + "</title>\n<style>" + std::string(style) +
            "</style>\n</head>\n<body>\n";
    html += "<h1>" + both("Berkas bukti penilaian", "Evidence of appraisal") + ": " +
            escaped(bundle.appraisal) + "</h1>\n";
    html += heading_table(content.heading);
    html += section("Asal nilai", "How the score came about");
    if (content.withheld_reason.empty()) {
        html += derivation_section(content.derivation.id, content.derivation.en);
    } else {
        html += "<p>" + escaped(content.withheld_reason) + "</p>\n";
    }
    html += section("Riwayat", "Timeline");
    html += timeline_table(content.timeline);
    if (bundle.withheld() != 0) {
        const auto count = std::to_string(bundle.withheld());
        html += "<p>" +
                both(count +
                         " catatan tidak diperlihatkan (UU 27/2022 Pasal 33); sidik jarinya "
                         "tetap terbukti ada dalam log.",
                     count + " records are withheld; their hashes are proven to be in the log.") +
                "</p>\n";
    }
    html += section("Pemeriksaan", "How to check");
    html += "<p>" + both("Jalankan", "Run") + " <code>jejak verify-evidence FILE.zip</code>. " +
            both("Log", "Log") + " <code>" + escaped(bundle.log_id) + "</code>, " +
            std::to_string(bundle.tree_size) + " " + both("catatan", "records") + ", root <code>" +
            to_hex(bundle.root) + "</code>.</p>\n";
    html += "<p>" + both("Dibuat", "Made") + " " + to_text(bundle.made_at) + ", " +
            both("untuk", "for") + " " +
            std::string(boost::describe::enum_to_string(bundle.relation, "")) + ".</p>\n";
    return html + "</body>\n</html>\n";
}

}  // namespace jejak::evidence
