#include "adapters/access/read_log_lines.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/json/document.hpp"

namespace jejak::access {
namespace {

std::string appraisal_member(std::string_view appraisal) {
    return "\"appraisal\":" + boost::json::serialize(boost::json::string(appraisal));
}

}  // namespace

std::string line_of_reads(const ReadsOfAnHour& reads) {
    boost::json::object counts;
    for (const auto& [what, count] : reads.counts)
        counts[what] = count;
    return boost::json::serialize(boost::json::object{{"hour", to_text(reads.hour)},
                                                      {"reader", reads.reader},
                                                      {"office", reads.office},
                                                      {"appraisal", reads.appraisal},
                                                      {"counts", std::move(counts)}}) +
           "\n";
}

std::optional<ReadsOfAnHour> reads_of_line(std::string_view line) {
    std::vector<json::Problem> problems;
    const auto document = json::parse_document(line, problems);
    const auto* object = document.if_object();
    if (!problems.empty() || object == nullptr) return std::nullopt;
    bool is_whole = true;
    const auto member = [&](std::string_view name) -> std::string {
        const auto* value = object->if_contains(name);
        const bool is_text = value != nullptr && value->is_string();
        is_whole = is_whole && is_text;
        return is_text ? std::string(value->get_string()) : std::string();
    };
    ReadsOfAnHour reads{{}, member("reader"), member("office"), member("appraisal"), {}};
    const auto hour = parse_instant(member("hour"));
    const auto* counts = object->if_contains("counts");
    if (!is_whole || !hour || counts == nullptr || !counts->is_object()) return std::nullopt;
    reads.hour = *hour;
    for (const auto& [what, count] : counts->get_object()) {
        if (!count.is_int64() || count.get_int64() <= 0) return std::nullopt;
        reads.counts[what] = static_cast<std::uint64_t>(count.get_int64());
    }
    return reads;
}

bool may_be_about(std::string_view line, std::string_view appraisal) {
    return line.find(appraisal_member(appraisal)) != std::string_view::npos;
}

}  // namespace jejak::access
