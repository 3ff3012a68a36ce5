#include "workflows/appraisal/model_rows.hpp"

#include <algorithm>
#include <array>
#include <boost/mp11.hpp>

#include "workflows/appraisal/events.hpp"

namespace jejak::appraisal {
namespace {

struct NamedKind {
    std::string_view name;
    EventKind kind;
};

// Sorted by name, made from the events themselves.
const std::array<NamedKind, event_kind_count>& named_kinds() {
    static const auto table = [] {
        std::array<NamedKind, event_kind_count> kinds{};
        static_assert(boost::mp11::mp_size<Event>::value == event_kind_count);
        std::size_t next = 0;
        boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Event>>(
            [&](auto identity) {
                using E = typename decltype(identity)::type;
                kinds[next++] = {E::event_name, E::kind_of_event};
            });
        std::sort(kinds.begin(), kinds.end(),
                  [](const NamedKind& a, const NamedKind& b) { return a.name < b.name; });
        return kinds;
    }();
    return table;
}

constexpr char zero = '\0';
constexpr char zero_inside = '\xff';
constexpr char text_end = '\x01';

Error damaged_key() {
    return error(ErrorCode::corruption,
                 "a row's key is damaged; make the read model again from the log");
}

}  // namespace

Result<std::optional<EventKind>> recorded_kind(const Envelope& envelope) {
    const std::string_view name = envelope.event_name;
    if (!name.starts_with("appraisal.")) return std::optional<EventKind>();
    const auto& kinds = named_kinds();
    const auto found =
        std::lower_bound(kinds.begin(), kinds.end(), name,
                         [](const NamedKind& kind, std::string_view n) { return kind.name < n; });
    if (found == kinds.end() || found->name != name) {
        return error(ErrorCode::unsupported, "event \"" + envelope.event_name +
                                                 "\" is not known to this program; use a newer "
                                                 "jejak");
    }
    return std::optional<EventKind>(found->kind);
}

std::optional<Phase> phase_after(EventKind kind) {
    switch (kind) {
        case EventKind::opened:
        case EventKind::returned_for_revision:
        case EventKind::assessment_annulled:
            return Phase::draft;
        case EventKind::self_assessment_submitted:
        case EventKind::self_assessment_waived:
        case EventKind::review_returned:
        case EventKind::review_annulled:
            return Phase::self_assessed;
        case EventKind::review_submitted:
        case EventKind::review_waived:
            return Phase::supervisor_reviewed;
        case EventKind::feedback_closed:
        case EventKind::feedback_waived:
            return Phase::feedback;
        case EventKind::finalised:
        case EventKind::objection_withdrawn:
        case EventKind::objection_upheld:
        case EventKind::objection_lapsed:
        case EventKind::result_changed:
            return Phase::finalised;
        case EventKind::objection_filed:
            return Phase::disputed;
        case EventKind::cancelled:
            return Phase::cancelled;
        case EventKind::plan_agreed:
        case EventKind::progress_recorded:
        case EventKind::evidence_attached:
        case EventKind::dialogue_noted:
        case EventKind::feedback_opened:
        case EventKind::rater_invited:
        case EventKind::feedback_given:
        case EventKind::feedback_revised:
        case EventKind::source_recorded:
        case EventKind::survey_recorded:
        case EventKind::score_carried_in:
        case EventKind::review_confirmed:
        case EventKind::review_revised:
        case EventKind::result_acknowledged:
        case EventKind::supervisor_reassigned:
        case EventKind::objection_answered:
        case EventKind::result_delivered:
        case EventKind::deadline_passed:
        case EventKind::objection_assigned:
        case EventKind::panel_assigned:
        case EventKind::vote_cast:
        case EventKind::member_recused:
        case EventKind::correction_proposed:
        case EventKind::result_corrected:
        case EventKind::policy_changed:
            return std::nullopt;
    }
    return std::nullopt;
}

void append_text(std::string& key, std::string_view text) {
    for (auto at = text.find(zero); at != std::string_view::npos; at = text.find(zero)) {
        key.append(text.substr(0, at + 1)) += zero_inside;
        text.remove_prefix(at + 1);
    }
    key.append(text) += zero;
    key += text_end;
}

void append_number(std::string& key, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        key += static_cast<char>(static_cast<unsigned char>(number >> shift));
    }
}

void append_instant(std::string& key, Instant instant) {
    append_number(key, static_cast<std::uint64_t>(instant.micros_since_epoch) ^ (1ULL << 63));
}

Result<std::string> take_text(std::string_view& rest) {
    std::string text;
    while (true) {
        const auto at = rest.find(zero);
        if (at == std::string_view::npos || at + 1 >= rest.size()) return damaged_key();
        const char mark = rest[at + 1];
        text.append(rest.substr(0, at));
        rest.remove_prefix(at + 2);
        if (mark == text_end) return text;
        if (mark != zero_inside) return damaged_key();
        text += zero;
    }
}

Result<std::uint64_t> take_number(std::string_view& rest) {
    if (rest.size() < 8) return damaged_key();
    std::uint64_t number = 0;
    for (const char byte : rest.substr(0, 8)) {
        number = number << 8 | static_cast<unsigned char>(byte);
    }
    rest.remove_prefix(8);
    return number;
}

}  // namespace jejak::appraisal
