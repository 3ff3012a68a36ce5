#include "tools/shown_record.hpp"

#include <map>

#include "adapters/json/command_line.hpp"
#include "adapters/json/views.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/system_events.hpp"

namespace jejak::tools {
namespace {

using appraisal::Shown;

// Of a result that a reader may know without knowing how it came about: the result.
boost::json::object outcome_of(const boost::json::value& data) {
    boost::json::object outcome;
    for (const char* name : {"previous_score", "previous_predicate", "score", "predicate"}) {
        if (const auto* value = data.as_object().if_contains(name)) outcome[name] = *value;
    }
    return outcome;
}

// Folds the stream beside the visit, since what is shown depends on the state after each event.
class Showing {
  public:
    Showing(Workspace& workspace, const Reading& reading)
        : workspace_(workspace), reading_(reading) {}

    [[nodiscard]] Result<ShownRecord> show(Position position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return decoded.error();
        ShownRecord record{position, bytes, {}, false};
        const auto how = shown_of(decoded->envelope, decoded->payload);
        if (!how) return how.error();
        if (*how == Shown::nothing) return record;
        const auto& to = reading_.to();
        auto view = json::view_record(bytes, workspace_.opener(), workspace_.identifiers(),
                                      {to.words, to.rater_names});
        if (!view) return view.error();
        if (*how == Shown::without_derivation) view->at("data") = outcome_of(view->at("data"));
        // Whoever invites knows whom; everybody else reads that somebody was.
        const bool names_the_invited = to.rater_names ||
                                       to.relation == appraisal::Relation::supervisor ||
                                       to.relation == appraisal::Relation::administration;
        if (decoded->envelope.event_name == appraisal::RaterInvited::event_name &&
            !names_the_invited) {
            view->at("data").as_object()["rater"] = "[sealed]";
        }
        record.is_whole = *how == Shown::all;
        record.view = std::move(*view);
        return record;
    }

  private:
    [[nodiscard]] Result<Shown> shown_of(const Envelope& envelope, std::string_view payload) {
        if (envelope.event_name == record::CommandRejected::event_name) {
            const bool by_a_rater = envelope.actor.kind == Actor::Kind::handle;
            const bool may = by_a_rater ? reading_.to().single_raters : reading_.to().words;
            return may ? Shown::all : Shown::nothing;
        }
        const auto event = record::decode_any<appraisal::Event>(envelope.event_name,
                                                                envelope.schema_version, payload);
        if (!event) return event.error();
        appraisal::evolve(state_, *event);
        const auto policy = rules();
        if (!policy) return policy.error();
        return appraisal::shown(*event, state_, reading_.now(), **policy, reading_.to());
    }

    [[nodiscard]] Result<std::shared_ptr<const scoring::Policy>> rules() {
        auto& known = policies_[state_.policy];
        if (known) return known;
        auto policy = pinned_rules(workspace_, state_);
        if (policy) known = *policy;
        return policy;
    }

    Workspace& workspace_;
    const Reading& reading_;
    appraisal::Appraisal state_;
    std::map<std::string, std::shared_ptr<const scoring::Policy>> policies_;
};

}  // namespace

Result<void> for_each_shown(Workspace& workspace, const std::string& token, const Until& until,
                            const Reading& reading,
                            const std::function<bool(const ShownRecord&)>& visit) {
    const auto stream = json::appraisal_stream(token);
    if (!stream) return stream.error();
    Showing showing(workspace, reading);
    Result<void> outcome;
    const auto step = [&](Position position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return (outcome = decoded.error(), false);
        if (until.cuts(decoded->envelope)) return false;
        const auto record = showing.show(position, bytes);
        if (!record) return (outcome = record.error(), false);
        return visit(*record);
    };
    const auto read = workspace.events().read_stream(*stream, Version{1}, step);
    return read ? outcome : Result<void>(read.error());
}

}  // namespace jejak::tools
