#include "tests/scenarios/scenario_runner.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "adapters/json/command_line.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/runtime/claims.hpp"
#include "engine/runtime/workflow_of.hpp"
#include "workflows/appraisal/appraisal_decider.hpp"
#include "workflows/organisation/organisation_decider.hpp"
#include "workflows/person/person_decider.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/scoring/check.hpp"

namespace jejak::scenarios {
namespace {

runtime::Workflows make_workflows() {
    runtime::Workflows workflows;
    workflows.push_back(runtime::make_workflow<appraisal::AppraisalDecider>());
    workflows.push_back(runtime::make_workflow<policy::PolicyDecider>());
    workflows.push_back(runtime::make_workflow<person::PersonDecider>());
    workflows.push_back(runtime::make_workflow<organisation::OrganisationDecider>());
    workflows.push_back(runtime::make_claim_workflow());
    return workflows;
}

// Nothing, and a failed test, when the record is not what it must be.
template <class Variant>
std::optional<Variant> event_of(const record::DecodedRecord& record) {
    auto event = record::decode_any<Variant>(record.envelope.event_name,
                                             record.envelope.schema_version, record.payload);
    if (event) return std::move(*event);
    ADD_FAILURE() << event.error().message;
    return std::nullopt;
}

}  // namespace

std::vector<std::string> sample_lines(std::string_view name) {
    const std::string path =
        std::string(JEJAK_SOURCE_DIR) + "/tools/samples/" + std::string(name) + ".jsonl";
    std::ifstream file(path);
    EXPECT_TRUE(file.is_open()) << "cannot read " << path;
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    return lines;
}

ScenarioRunner::ScenarioRunner()
    : workflows_(make_workflows()),
      keyring_(LogId{{'s', 'a', 'm', 'p', 'l', 'e', 's'}}),
      clock_(*parse_instant("2025-12-01T01:00:00Z")) {
    start();
}

void ScenarioRunner::start() {
    auto writer = runtime::Writer::start(context_.get_executor(), store_, keyring_, clock_,
                                         workflows_, runtime::Writer::Options{});
    ASSERT_TRUE(writer.has_value()) << writer.error().message;
    writer_ = std::move(*writer);
    people_ = std::make_unique<intake::People>(store_, keyring_, writer_);
}

void ScenarioRunner::restart() {
    start();
}

std::vector<Answer> ScenarioRunner::run(std::string_view name) {
    std::vector<Answer> answers;
    for (const std::string& line : sample_lines(name))
        answers.push_back(send(line));
    return answers;
}

Answer ScenarioRunner::send(std::string_view line) {
    clock_.advance(std::chrono::minutes(1));
    const Position before = head();
    Result<runtime::Receipt> receipt = error(ErrorCode::defect, "the writer gave no answer");
    const json::Intake intake{*people_, clock_, "import", std::nullopt};
    auto request = json::parse_command(line, intake);
    if (!request) return {std::string(line), request.error()};
    writer_->submit(std::move(*request),
                    [&](Result<runtime::Receipt> answer) { receipt = std::move(answer); });
    context_.restart();
    context_.run();
    fold_from(Position{before.value + 1});
    return {std::string(line), std::move(receipt)};
}

Position ScenarioRunner::head() const {
    return store_.head()->position;
}

std::string ScenarioRunner::root() const {
    return to_hex(store_.head()->root);
}

void ScenarioRunner::fold_from(Position first) {
    const auto scanned = store_.scan(first, head(), [&](Position, std::string_view bytes) {
        const auto record = record::decode_record(bytes);
        EXPECT_TRUE(record.has_value()) << record.error().message;
        if (!record || record->envelope.stream.workflow() != "appraisal") return true;
        if (record->envelope.version.value == 0) return true;  // a rejection changes nothing
        if (const auto event = event_of<appraisal::Event>(*record)) {
            evolve(appraisals_[std::string(record->envelope.stream.key())], *event);
        }
        return true;
    });
    EXPECT_TRUE(scanned.has_value()) << scanned.error().message;
}

std::vector<Step> ScenarioRunner::replay(const std::string& token) const {
    std::vector<Step> steps;
    appraisal::Appraisal state;
    const auto read = store_.read_stream(
        *StreamId::make("appraisal", token), Version{1}, [&](Position, std::string_view bytes) {
            const auto record = record::decode_record(bytes);
            EXPECT_TRUE(record.has_value()) << record.error().message;
            if (!record) return false;
            auto event = event_of<appraisal::Event>(*record);
            if (!event) return false;
            evolve(state, *event);
            steps.push_back({std::move(*event), state});
            return true;
        });
    EXPECT_TRUE(read.has_value()) << read.error().message;
    return steps;
}

std::shared_ptr<const scoring::Policy> ScenarioRunner::policy(const std::string& id) const {
    std::shared_ptr<const scoring::Policy> policy;
    const auto read = store_.read_stream(
        *StreamId::make("policy", id), Version{1}, [&](Position, std::string_view bytes) {
            const auto record = record::decode_record(bytes);
            EXPECT_TRUE(record.has_value()) << record.error().message;
            if (!record) return false;
            const auto event = event_of<policy::PolicyDecider::Event>(*record);
            if (!event) return false;
            auto parsed = scoring::parse_policy(std::get<policy::PolicyPublished>(*event).document);
            EXPECT_TRUE(parsed.has_value()) << parsed.error().message;
            if (parsed) policy = std::move(*parsed);
            return true;
        });
    EXPECT_TRUE(read.has_value()) << read.error().message;
    return policy;
}

}  // namespace jejak::scenarios
