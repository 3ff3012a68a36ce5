#include "tools/objection_form.hpp"

#include "engine/instant.hpp"

namespace jejak::tools {
namespace {

std::string text_at(const boost::json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

std::string member_list(const boost::json::object& data, const char* name) {
    const auto* values = data.if_contains(name);
    if (values == nullptr || !values->is_array()) return "";
    std::string all;
    for (const auto& value : values->as_array()) {
        std::string each = value.is_string() ? std::string(value.as_string()) : "";
        if (const auto* rating = value.if_object()) {
            each = text_at(*rating, "criterion") + " = " + text_at(*rating, "value");
        }
        all += (all.empty() ? "" : ", ") + each;
    }
    return all;
}

// What a decision says; "" for what is none.
std::string decision_text(const std::string& event, const boost::json::object& data) {
    const auto because = [&](std::string words) {
        const auto reasons = text_at(data, "reasons");
        return reasons.empty() ? words : words + ". " + reasons;
    };
    if (event == "appraisal.objection_upheld") return because("Hasil penilaian tetap");
    if (event == "appraisal.objection_lapsed") {
        return "Tidak ada keputusan dalam tenggat; hasil penilaian tetap";
    }
    if (event == "appraisal.objection_withdrawn") {
        const auto reason = text_at(data, "reason");
        return "Keberatan dicabut" + (reason.empty() ? "" : ". " + reason);
    }
    if (event != "appraisal.result_changed") return "";
    return because("Hasil penilaian diubah dari " + text_at(data, "previous_score") + " (" +
                   text_at(data, "previous_predicate") + ") menjadi " + text_at(data, "score") +
                   " (" + text_at(data, "predicate") + "): " + member_list(data, "ratings"));
}

class Form {
  public:
    explicit Form(organisation::Zone zone) : zone_(zone) {}

    void read(const boost::json::object& record) {
        const std::string event = text_at(record, "event");
        const auto* given = record.if_contains("data");
        static const boost::json::object none;
        const auto& data = given != nullptr && given->is_object() ? given->as_object() : none;
        if (event == "appraisal.objection_filed") {
            boxes_ = {
                {"keberatan", "5. KEBERATAN DARI PEGAWAI YANG DINILAI", "", "", ""},
                {"tanggapan", "6. TANGGAPAN PEJABAT PENILAI ATAS KEBERATAN", "", "", ""},
                {"keputusan", "7. KEPUTUSAN ATASAN PEJABAT PENILAI ATAS KEBERATAN", "", "", ""}};
            const auto contested = member_list(data, "contested");
            fill(0, record,
                 (contested.empty() ? "Seluruh hasil" : "Terhadap: " + contested) + ". " +
                     text_at(data, "reasons"));
        } else if (boxes_.empty()) {
            return;
        } else if (event == "appraisal.objection_answered") {
            fill(1, record, text_at(data, "reply"));
        } else if (event == "appraisal.deadline_passed" && text_at(data, "deadline") == "reply") {
            fill(1, record, "Tidak ada tanggapan sampai dengan " + day(text_at(data, "due_at")));
        } else if (const auto decided = decision_text(event, data); !decided.empty()) {
            fill(2, record, decided);
        }
    }
    [[nodiscard]] std::vector<FormBox> take() { return std::move(boxes_); }

  private:
    [[nodiscard]] std::string day(const std::string& moment) const {
        const auto parsed = parse_instant(moment);
        return parsed ? to_text(organisation::day_of(*parsed, zone_)) : "";
    }
    void fill(std::size_t box, const boost::json::object& record, std::string text) {
        // What happened earlier and was recorded later has its own day.
        const auto occurred = text_at(record, "occurred_at");
        boxes_[box].day = day(occurred.empty() ? text_at(record, "recorded_at") : occurred);
        const auto& actor = record.at("actor").as_object();
        boxes_[box].by = text_at(actor, "role") + " " + text_at(actor, "id");
        boxes_[box].text = std::move(text);
    }

    organisation::Zone zone_;
    std::vector<FormBox> boxes_;
};

}  // namespace

std::vector<FormBox> objection_form(const std::vector<boost::json::object>& records,
                                    organisation::Zone zone) {
    Form form(zone);
    for (const auto& record : records)
        form.read(record);
    return form.take();
}

}  // namespace jejak::tools
