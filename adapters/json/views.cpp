#include "adapters/json/views.hpp"

#include <boost/mp11.hpp>
#include <optional>

#include "adapters/json/described.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/sealing.hpp"
#include "engine/record/system_events.hpp"
#include "workflows/appraisal/events.hpp"
#include "workflows/dossier/dossier.hpp"
#include "workflows/organisation/events.hpp"
#include "workflows/person/person_decider.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak::json {
namespace {

using AnyEvent =
    boost::mp11::mp_append<appraisal::Event, person::PersonDecider::Event,
                           policy::PolicyDecider::Event, unit_result::UnitResultDecider::Event,
                           dossier::Event, organisation::Event,
                           std::variant<record::LogCreated, record::CommandRejected,
                                        record::ClaimTaken, record::ClaimReleased>>;

constexpr std::string_view sealed_text = "[sealed]";

// Writes one record; remembers the first thing that went wrong while names and words were opened.
class RecordView {
  public:
    RecordView(const record::DecodedRecord& record, const intake::Opener& opener,
               intake::Identifiers& identifiers, const ViewOptions& options)
        : record_(record),
          opener_(opener),
          identifiers_(identifiers),
          options_(options),
          names_{
              [this](PersonId person) { return person_text(person); },
              [this](const Personal& field, std::string_view path) { return words(field, path); }} {
    }

    [[nodiscard]] Result<boost::json::object> view();

  private:
    [[nodiscard]] boost::json::object actor();
    [[nodiscard]] std::string person_text(PersonId person);
    [[nodiscard]] std::string words(const Personal& field, std::string_view path);
    [[nodiscard]] std::string kept(Result<std::string> text);

    const record::DecodedRecord& record_;
    const intake::Opener& opener_;
    intake::Identifiers& identifiers_;
    const ViewOptions& options_;
    const Names names_;
    std::optional<Error> error_;
};

Result<boost::json::object> RecordView::view() {
    const Envelope& envelope = record_.envelope;
    const auto event =
        record::decode_any<AnyEvent>(envelope.event_name, envelope.schema_version, record_.payload);
    if (!event) return event.error();
    boost::json::object view{{"position", envelope.position.value},
                             {"stream", envelope.stream.text()}};
    if (envelope.version.value != 0) view["version"] = envelope.version.value;
    view["event"] = envelope.event_name;
    view["recorded_at"] = to_text(envelope.recorded_at);
    if (envelope.occurred_at != envelope.recorded_at) {
        view["occurred_at"] = to_text(envelope.occurred_at);
    }
    if (envelope.claim) {
        view["ground"] = envelope.claim->ground;
        view["document_sha256"] = to_hex(envelope.claim->document);
    }
    view["actor"] = actor();
    if (!envelope.actor.channel.empty()) view["channel"] = envelope.actor.channel;
    view["command_id"] = envelope.command_id.text();
    if (envelope.policy.value != 0) view["policy_position"] = envelope.policy.value;
    view["data"] = std::visit([&](const auto& e) { return to_json(e, names_); }, *event);
    if (error_) return std::move(*error_);
    return view;
}

boost::json::object RecordView::actor() {
    const Actor& actor = record_.envelope.actor;
    boost::json::object view{{"role", actor.role}};
    if (actor.kind == Actor::Kind::person) view["id"] = person_text(actor.person);
    if (actor.kind == Actor::Kind::handle) view["rater"] = to_hex(actor.handle);
    if (!actor.on_behalf_of.is_nil()) view["on_behalf_of"] = person_text(actor.on_behalf_of);
    return view;
}

std::string RecordView::person_text(PersonId person) {
    return kept(identifiers_.identifier_of(person));
}

std::string RecordView::words(const Personal& field, std::string_view path) {
    const bool is_rater =
        record_.envelope.event_name == appraisal::FeedbackGiven::event_name && path == "identity";
    if (is_rater ? !options_.raters : !options_.words) return std::string(sealed_text);
    std::string text = kept(opener_.open(field, record_.envelope_bytes, path));
    PersonId rater;
    if (is_rater && from_hex(text, rater.bytes.data(), rater.bytes.size())) {
        return person_text(rater);
    }
    return text;
}

std::string RecordView::kept(Result<std::string> text) {
    if (text) return std::move(*text);
    if (!error_) error_ = text.error();
    return {};
}

}  // namespace

Result<boost::json::object> view_record(std::string_view record_bytes, const intake::Opener& opener,
                                        intake::Identifiers& identifiers,
                                        const ViewOptions& options) {
    const auto decoded = record::decode_record(record_bytes);
    if (!decoded) return decoded.error();
    return RecordView(*decoded, opener, identifiers, options).view();
}

}  // namespace jejak::json
