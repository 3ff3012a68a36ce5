#include "adapters/json/answer.hpp"

namespace jejak::json {
namespace {

boost::json::object error_object(const Error& error) {
    return {{"code", name_of(error.code)}, {"message", error.message}};
}

// Streams of the appraisal and policy workflows go by the name that requests use.
void add_stream(boost::json::object& answer, const StreamId& stream) {
    const std::string_view workflow = stream.workflow();
    if (workflow == "appraisal" || workflow == "policy") {
        answer[workflow] = stream.key();
    } else {
        answer["stream"] = stream.text();
    }
}

}  // namespace

boost::json::object answer(const CommandId& command_id, const Result<runtime::Receipt>& receipt) {
    boost::json::object answer;
    answer["ok"] = receipt && !receipt->rejection;
    answer["command_id"] = command_id.text();
    if (!receipt) {
        answer["error"] = error_object(receipt.error());
        return answer;
    }
    add_stream(answer, receipt->stream);
    if (receipt->rejection) {
        const Rejection& no = *receipt->rejection;
        answer["rejection"] = {{"rule", no.rule}, {"phase", no.phase}, {"message", no.message}};
    } else {
        answer["version"] = receipt->version.value;
    }
    answer["position"] = receipt->last.value;
    answer["recorded_at"] = to_text(receipt->recorded_at);
    if (!receipt->rejection) {
        boost::json::array events;
        for (const std::string& event : receipt->events)
            events.emplace_back(event);
        answer["events"] = std::move(events);
    }
    answer["repeated"] = receipt->repeated;
    return answer;
}

boost::json::object error_answer(const Error& error, const std::vector<Problem>& problems) {
    boost::json::object answer{{"ok", false}, {"error", error_object(error)}};
    if (problems.empty()) return answer;
    boost::json::array list;
    for (const Problem& problem : problems) {
        list.push_back({{"pointer", problem.pointer}, {"message", problem.message}});
    }
    answer["problems"] = std::move(list);
    return answer;
}

}  // namespace jejak::json
