#include "adapters/evidence/verification.hpp"

#include <map>
#include <memory>

#include "adapters/evidence/page.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/system_events.hpp"
#include "workflows/appraisal/recorded_result.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/scoring/check.hpp"

namespace jejak::evidence {
namespace {

using appraisal::Appraisal;
using PolicyPointer = std::shared_ptr<const scoring::Policy>;

class Verifier {
  public:
    Verifier(const Bundle& bundle, Verification& report)
        : bundle_(bundle),
          report_(report),
          to_(appraisal::disclosure_of(bundle.relation)),
          is_whole_(to_.single_raters) {}

    void run() {
        for (const auto& exhibit : bundle_.policies)
            read_policy(exhibit);
        Position before;
        for (const auto& exhibit : bundle_.records) {
            if (exhibit.position <= before) {
                find(exhibit, "does not come after position " + std::to_string(before.value));
            }
            before = exhibit.position;
            if (is_in_the_log(exhibit)) fold(exhibit);
        }
        if (state_.version == 0) report_.findings.emplace_back("there is no event in the bundle");
        check_derivation();
        report_.version = version_;
        report_.last = before;
        if (result_is_withheld_) return;
        report_.phase = appraisal::name_of(state_.phase);
        if (!state_.result) return;
        report_.score = state_.result->score;
        report_.predicate = state_.result->predicate;
    }

  private:
    void find(const Exhibit& exhibit, const std::string& what) {
        report_.findings.push_back("the record at position " +
                                   std::to_string(exhibit.position.value) + " " + what);
    }

    // Does the leaf stand at its place in the tree, and are the bytes those of the leaf?
    [[nodiscard]] bool is_in_the_log(const Exhibit& exhibit) {
        if (exhibit.bytes && record::leaf_hash(*exhibit.bytes) != exhibit.leaf) {
            find(exhibit, "is not the one whose leaf hash the manifest gives");
            return false;
        }
        const auto proven =
            exhibit.position.value == 0
                ? Result<void>(error(ErrorCode::invalid_input, "there is no position 0"))
                : record::verify_inclusion(exhibit.position.value - 1, bundle_.tree_size,
                                           exhibit.leaf, exhibit.proof, bundle_.root);
        if (!proven) find(exhibit, "is not proven to be in the log: " + proven.error().message);
        return proven.has_value();
    }

    // The record's envelope and payload, if it is a record of this log and stream at its place.
    [[nodiscard]] std::optional<record::DecodedRecord> decoded(const Exhibit& exhibit,
                                                               std::string_view workflow) {
        auto record = record::decode_record(*exhibit.bytes);
        if (!record) {
            find(exhibit, "cannot be read: " + record.error().message);
            return std::nullopt;
        }
        const Envelope& envelope = record->envelope;
        if (to_hex(envelope.log_id) != bundle_.log_id) {
            find(exhibit, "is of another log");
        } else if (envelope.position != exhibit.position) {
            find(exhibit, "says of itself that it stands at position " +
                              std::to_string(envelope.position.value));
        } else if (envelope.version.value != exhibit.version) {
            find(exhibit, "is version " + std::to_string(envelope.version.value) +
                              " of its stream, not " + std::to_string(exhibit.version));
        } else if (envelope.stream.workflow() != workflow ||
                   (workflow == "appraisal" && envelope.stream.key() != bundle_.appraisal)) {
            find(exhibit, "is of stream " + envelope.stream.text());
        } else {
            return std::move(*record);
        }
        return std::nullopt;
    }

    void read_policy(const Exhibit& exhibit) {
        if (!exhibit.bytes || !is_in_the_log(exhibit)) return;
        const auto record = decoded(exhibit, "policy");
        if (!record) return;
        const auto event = record::decode_any<policy::PolicyDecider::Event>(
            record->envelope.event_name, record->envelope.schema_version, record->payload);
        const auto* published = event ? std::get_if<policy::PolicyPublished>(&*event) : nullptr;
        if (published == nullptr) return find(exhibit, "publishes no policy");
        auto policy = scoring::parse_policy(published->document);
        if (!policy) return find(exhibit, "holds rules that cannot be read");
        policies_[exhibit.position] = std::move(*policy);
    }

    // The rules that are pinned, by place and hash; null after a finding.
    [[nodiscard]] const scoring::Policy* rules(const Exhibit& exhibit, const Appraisal& state) {
        const auto found = policies_.find(state.policy_position);
        const bool is_pinned = found != policies_.end() && found->second->id == state.policy &&
                               found->second->hash_text == state.policy_sha256;
        if (is_pinned) return found->second.get();
        find(exhibit, "was judged by policy \"" + state.policy + "\" with SHA-256 " +
                          state.policy_sha256 + ", which the bundle does not hold");
        return nullptr;
    }

    void fold(const Exhibit& exhibit) {
        if (exhibit.version != 0 && exhibit.version != ++version_) {
            find(exhibit, "is version " + std::to_string(exhibit.version) + ", but version " +
                              std::to_string(version_) + " is missing before it");
            version_ = exhibit.version;
        }
        if (!exhibit.bytes) return check_withheld(exhibit);
        ++report_.records;
        const auto record = decoded(exhibit, "appraisal");
        if (!record || exhibit.version == 0) return;
        const auto event = record::decode_any<appraisal::Event>(
            record->envelope.event_name, record->envelope.schema_version, record->payload);
        if (!event) return find(exhibit, "cannot be read: " + event.error().message);
        Appraisal before = state_;
        before.version = exhibit.version - 1;  // withheld events count
        Appraisal after = before;
        appraisal::evolve(after, *event);
        const auto next = appraisal::next_phase(before.phase, appraisal::kind_of(*event));
        if (!result_is_withheld_ && (!next || *next != after.phase)) {
            find(exhibit, "is not possible in phase " + std::string(name_of(before.phase)));
        }
        if (const auto* closed = std::get_if<appraisal::FeedbackClosed>(&*event)) {
            keep_sums(*closed, after);
        }
        check_result(exhibit, *event, before, after);
        state_ = std::move(after);
    }

    // Nothing but what raters said while they could, and how a panel votes, is withheld from
    // anybody to whom the score is explained; and nothing at all from an auditor.
    void check_withheld(const Exhibit& exhibit) {
        using appraisal::Phase, appraisal::Relation;
        const bool sees_all =
            bundle_.relation == Relation::auditor || bundle_.relation == Relation::keeper;
        const auto phase = state_.phase;
        const bool while_raters_speak = phase == Phase::draft || phase == Phase::self_assessed ||
                                        phase == Phase::supervisor_reviewed;
        const bool is_a_vote = phase == Phase::disputed && state_.is_for_a_panel && !is_whole_;
        const bool is_a_refusal = exhibit.version == 0;
        if (!sees_all && (result_is_withheld_ || while_raters_speak || is_a_vote || is_a_refusal)) {
            return;
        }
        find(exhibit, "is withheld, and nothing can be at this place for the " + report_.made_for);
    }

    // Where single raters are withheld, what they said stands in the event that closed the window.
    void keep_sums(const appraisal::FeedbackClosed& closed, Appraisal& state) const {
        if (is_whole_) return;
        for (const auto& sum : closed.sums)
            state.recorded_sources.erase(sum.source);
        for (const auto& sum : closed.sums) {
            auto& source = state.recorded_sources[sum.source];
            source.version = state.version;
            source.respondents = std::max(source.respondents, sum.count);
            source.sums.push_back(sum);
        }
    }

    template <class ResultEvent>
    void compare(const Exhibit& exhibit, const ResultEvent& recorded, const Appraisal& inputs,
                 const scoring::Policy& policy) {
        const auto seen = appraisal::disclosed(inputs, policy, to_);
        const auto again = scoring::evaluate(policy, appraisal::scoring_inputs(seen, policy));
        const auto* outcome = std::get_if<scoring::Outcome>(&again);
        if (outcome == nullptr) {
            find(exhibit, "has a result that its inputs do not give: " +
                              std::get<scoring::Missing>(again).text());
        } else if (outcome->score_text != recorded.score ||
                   outcome->predicate != recorded.predicate) {
            find(exhibit, "says " + recorded.score + " " + recorded.predicate +
                              "; computed again: " + outcome->score_text + " " +
                              outcome->predicate);
        } else if (is_whole_ && outcome->derivation != recorded.derivation) {
            find(exhibit, "holds another derivation than the one computed again");
        } else {
            ++report_.results;
        }
    }

    void check_result(const Exhibit& exhibit, const appraisal::Event& event,
                      const Appraisal& before, const Appraisal& after) {
        const auto check = [&](const auto& recorded, const Appraisal& inputs) {
            if (const auto* policy = rules(exhibit, inputs)) {
                compare(exhibit, recorded, inputs, *policy);
            }
        };
        if (const auto* finalised = std::get_if<appraisal::Finalised>(&event)) {
            check(*finalised, before);
        } else if (const auto* changed = std::get_if<appraisal::ResultChanged>(&event)) {
            check(*changed, after);
        } else if (const auto* corrected = std::get_if<appraisal::ResultCorrected>(&event)) {
            check(*corrected, after);
        }
    }

    void check_derivation() {
        if (result_is_withheld_) {
            if (appraisal::check_derivation(to_) && !may_have_rated()) {
                report_.findings.push_back("the derivation is withheld from the " +
                                           report_.made_for + ", who may see it");
            }
            return;
        }
        report_.has_derivation = true;
        if (bundle_.records.empty()) return;
        const auto* policy = rules(bundle_.records.back(), state_);
        if (policy == nullptr) return;
        state_.version = version_;
        const auto seen = appraisal::disclosed(state_, *policy, to_);
        check_page(seen, *policy);
        if (derivation_text(seen, *policy) != bundle_.derivation) {
            report_.findings.emplace_back(
                "derivation.json is not what follows from the records of the bundle");
        }
    }

    // A supervisor or superior who gave feedback before sees no sums.
    [[nodiscard]] bool may_have_rated() const {
        return bundle_.relation == appraisal::Relation::supervisor ||
               bundle_.relation == appraisal::Relation::superior ||
               bundle_.relation == appraisal::Relation::decider;
    }

    // The result and the derivation of the page are those of the records; what it shows of names
    // and words only the log's keeper can open, and is no part of the proof.
    void check_page(const Appraisal& seen, const scoring::Policy& policy) {
        const auto result = seen.result ? result_rows(seen.result->score, seen.result->predicate)
                                        : result_rows("", "");
        const auto [id, en] = derivation_lines(seen, policy);
        if (bundle_.page.find(result) == std::string::npos ||
            bundle_.page.find(derivation_section(id, en)) == std::string::npos) {
            report_.findings.emplace_back(
                "page.html shows another result or derivation than the records give");
        }
    }

    const Bundle& bundle_;
    Verification& report_;
    const appraisal::Disclosure to_;
    const bool is_whole_;
    // Then a phase may be left by an event that is not in the bundle.
    const bool result_is_withheld_ = bundle_.derivation.starts_with("{\"withheld\":");
    Appraisal state_;
    std::uint32_t version_ = 0;
    std::map<Position, PolicyPointer> policies_;
};

}  // namespace

Result<Verification> verify_bundle(std::string_view archive, const std::optional<Sha256>& root) {
    const auto files = unpack(archive);
    if (!files) return files.error();
    const auto bundle = bundle_of(*files);
    if (!bundle) return bundle.error();
    Verification report;
    report.appraisal = bundle->appraisal;
    report.log_id = bundle->log_id;
    report.made_for = boost::describe::enum_to_string(bundle->relation, "");
    report.tree_size = bundle->tree_size;
    report.root = bundle->root;
    report.withheld = bundle->withheld();
    if (root && *root != bundle->root) {
        report.findings.push_back("the log's root is said to be " + to_hex(*root) +
                                  ", that of the bundle is " + to_hex(bundle->root));
    }
    Verifier(*bundle, report).run();
    return report;
}

}  // namespace jejak::evidence
