#include <algorithm>

#include "workflows/scoring/period.hpp"
#include "workflows/scoring/reader.hpp"

namespace jejak::scoring {

namespace {

enum class RoundingPlace { criterion, group, total };
BOOST_DESCRIBE_ENUM(RoundingPlace, criterion, group, total)

constexpr std::uint32_t days_max = 3660;
constexpr std::uint32_t panel_size_max = 15;
constexpr std::uint32_t disclosed_raters_max = 1'000'000;

bool gives_feedback(SourceKind kind) {
    return kind == SourceKind::peer || kind == SourceKind::subordinate ||
           kind == SourceKind::community;
}

std::string read_date(const Node& node) {
    const auto text = node.string();
    if (!text.empty() && !is_date(text)) {
        node.problem("'" + text + "' is not a day of the calendar", "write it as 2021-07-01");
    }
    return text;
}

void read_missing(const Node& node, Policy& policy) {
    if (!node.present()) return;
    if (node.is_string()) {
        policy.missing_source = policy.missing_criterion = node.choice<MissingRule>();
        return;
    }
    node.only({"source", "criterion"});
    policy.missing_source = node["source"].choice<MissingRule>();
    policy.missing_criterion = node["criterion"].choice<MissingRule>();
}

void read_rounding(const Node& node, Policy& policy) {
    if (!node.present()) return;
    for (const auto& place : node.elements()) {
        place.only({"at", "decimals", "mode"});
        const RoundingRule rule{place["decimals"].whole(0, 9),
                                place["mode"].choice<RoundingMode>()};
        std::optional<RoundingRule>* slots[] = {&policy.round_criterion, &policy.round_group,
                                                &policy.round_total};
        auto& slot = *slots[static_cast<std::size_t>(place["at"].choice<RoundingPlace>())];
        if (slot) place["at"].problem("is rounded twice", "keep one rounding for each place");
        slot = rule;
    }
}

void read_cap(const Node& node, Policy& policy) {
    if (!node.present()) return;
    node.only({"total"});
    policy.cap_total = node["total"].number();
    if (policy.cap_total->sign() <= 0) {
        node["total"].problem("is not above 0", "write the greatest total, such as \"120\"");
    }
    const auto& rounding = policy.round_total;
    if (rounding &&
        policy.cap_total->round(rounding->decimals, RoundingMode::down) != policy.cap_total) {
        node["total"].problem("is finer than the rounding of the total", "write fewer decimals");
    }
}

// A source whose stage is unused can never be heard.
void check_stage(const Node& sources, const Policy& policy, StageRule rule, const char* stage,
                 bool (*belongs)(SourceKind)) {
    if (rule != StageRule::unused) return;
    for (std::uint32_t s = 0; s < policy.sources.size(); ++s) {
        if (!belongs(policy.sources[s].by)) continue;
        sources[std::to_string(s)].problem(
            std::string("its stage, ") + stage + ", is unused",
            "make the stage required or waivable, or remove the source");
    }
}

void read_stages(const Node& root, Policy& policy) {
    const auto node = root["stages"];
    if (!node.present()) return;
    node.only({"self_assessment", "review", "feedback"});
    const auto read = [&](const char* name, StageRule& rule) {
        if (node[name].present()) rule = node[name].choice<StageRule>();
    };
    read("self_assessment", policy.stages.self_assessment);
    read("review", policy.stages.review);
    read("feedback", policy.stages.feedback);
    const auto sources = root["sources"];
    check_stage(sources, policy, policy.stages.self_assessment, "self_assessment",
                [](SourceKind kind) { return kind == SourceKind::self; });
    check_stage(sources, policy, policy.stages.review, "review",
                [](SourceKind kind) { return kind == SourceKind::supervisor; });
    check_stage(sources, policy, policy.stages.feedback, "feedback", gives_feedback);
}

// The derivation shows the sums of every source that entered the score, so what is scored must
// have enough raters to be shown.
void read_disclosure(const Node& node, Policy& policy) {
    if (!node.present()) return;
    if (!node.is_object()) node.problem("is not an object", "write {\"peer\": 3}");
    for (const auto name : node.member_names()) {
        const auto place = node[name];
        const auto found = index_of(policy.sources, name);
        if (!found) {
            place.problem("is no source of this policy", "name a source, or remove it");
            continue;
        }
        auto& source = policy.sources[*found];
        source.minimum_disclosure = place.whole(1, disclosed_raters_max);
        if (source.minimum < source.minimum_disclosure) {
            place.problem("the source enters the score from " + std::to_string(source.minimum) +
                              " raters on, and the score shows its sums",
                          "give the source a \"minimum\" of at least " +
                              std::to_string(source.minimum_disclosure));
        }
    }
}

void read_feedback(const Node& node, Policy& policy) {
    auto& feedback = policy.feedback;
    const auto sources = static_cast<std::uint32_t>(policy.sources.size());
    for (auto& source : policy.sources)
        source.minimum_disclosure = source.minimum;
    if (node.present()) {
        node.only({"window_days", "sources", "invited_only", "minimum_disclosure", "source"});
        (void)node.source();
        if (const auto days = node["window_days"]; days.present()) {
            feedback.window_days = days.whole(1, days_max);
        }
        if (const auto invited = node["invited_only"]; invited.present()) {
            feedback.invited_only = invited.boolean();
        }
        read_disclosure(node["minimum_disclosure"], policy);
    }
    if (const auto names = node["sources"]; names.present()) {
        for (const auto& name : names.elements()) {
            const auto s = reference(name, policy.sources, "source");
            if (s < sources && !gives_feedback(policy.sources[s].by)) {
                name.problem("is not by peer, subordinate or community",
                             "name only sources that give feedback");
            }
            feedback.sources.push_back(s);
        }
        for (std::uint32_t s = 0; s < sources; ++s) {
            const auto& named = feedback.sources;
            if (!gives_feedback(policy.sources[s].by) ||
                std::find(named.begin(), named.end(), s) != named.end()) {
                continue;
            }
            names.problem("'" + policy.sources[s].id + "' gives feedback, but is not named",
                          "name it, or remove the source");
        }
        return;
    }
    for (std::uint32_t s = 0; s < sources; ++s) {
        if (gives_feedback(policy.sources[s].by)) feedback.sources.push_back(s);
    }
}

void read_deadlines(const Node& node, Policy& policy) {
    if (!node.present()) return;
    node.only({"self_assessment_days", "review_days", "gate_days", "acknowledge_days",
               "objection_days", "reply_days", "decision_days", "deemed_receipt_days",
               "no_decision", "working_days_of", "source"});
    (void)node.source();
    if (const auto calendar = node["working_days_of"]; calendar.present()) {
        policy.deadlines.calendar = calendar.identifier();
    }
    const auto read = [&](const char* name, std::optional<std::uint32_t>& days) {
        if (node[name].present()) days = node[name].whole(1, days_max);
    };
    read("self_assessment_days", policy.deadlines.self_assessment_days);
    read("review_days", policy.deadlines.review_days);
    read("gate_days", policy.deadlines.gate_days);
    read("acknowledge_days", policy.deadlines.acknowledge_days);
    read("objection_days", policy.deadlines.objection_days);
    read("reply_days", policy.deadlines.reply_days);
    read("decision_days", policy.deadlines.decision_days);
    read("deemed_receipt_days", policy.deadlines.deemed_receipt_days);
    if (const auto rule = node["no_decision"]; rule.present()) {
        policy.deadlines.no_decision = rule.choice<NoDecision>();
        if (!policy.deadlines.decision_days) {
            rule.problem("says what follows after a time that is not given",
                         "give \"decision_days\", or remove it");
        }
    }
}

void read_names(const Node& node, std::vector<std::string>& out) {
    if (!node.present()) return;
    for (const auto& name : node.elements())
        out.push_back(name.identifier());
}

void read_requires(const Node& node, Policy& policy) {
    if (!node.present()) return;
    node.only({"organisation_predicate", "of_employee", "of_supervisor", "unrelated", "source"});
    (void)node.source();
    auto& needs = policy.requirements;
    if (const auto asked = node["organisation_predicate"]; asked.present()) {
        needs.organisation_predicate = asked.boolean();
    }
    if (const auto asked = node["unrelated"]; asked.present()) needs.unrelated = asked.boolean();
    read_names(node["of_employee"], needs.of_employee);
    read_names(node["of_supervisor"], needs.of_supervisor);
}

void read_panel(const Node& node, Policy& policy) {
    if (!node.present()) return;
    node.only({"size", "quorum", "source"});
    (void)node.source();
    Panel panel;
    panel.size = node["size"].whole(2, panel_size_max);
    panel.quorum = node["quorum"].whole(1, panel_size_max);
    if (panel.quorum > panel.size) {
        node["quorum"].problem("is more than the panel has members",
                               "give at most " + std::to_string(panel.size));
    }
    policy.panel = panel;
}

}  // namespace

void read_arithmetic(const Node& root, Policy& policy) {
    read_missing(root["missing"], policy);
    read_rounding(root["rounding"], policy);
    const bool fits =
        std::any_of(policy.groups.begin(), policy.groups.end(),
                    [](const Group& group) { return group.measure == GroupMeasure::fit; });
    if (fits && policy.round_criterion) {
        root["rounding"].problem(
            "at criterion, rounded scores would be compared with expected ones that are not",
            "a group is measured by fit: round at group instead");
    }
    read_cap(root["cap"], policy);
}

void read_applies(const Node& root, Policy& policy) {
    const auto node = root["applies"];
    if (!node.present()) return;
    node.only({"from", "until", "units", "kinds", "statuses", "source"});
    Applies applies;
    applies.from = read_date(node["from"]);
    if (node["until"].present()) applies.until = read_date(node["until"]);
    if (!applies.until.empty() && applies.until < applies.from) {
        node["until"].problem("lies before \"from\"", "let the policy end after it begins");
    }
    const auto names = [&](const char* member, std::vector<std::string>& out) {
        if (!node[member].present()) return;
        for (const auto& name : node[member].elements())
            out.push_back(name.string());
    };
    names("units", applies.units);
    names("kinds", applies.kinds);
    names("statuses", applies.statuses);
    for (std::size_t i = 0; i < applies.statuses.size(); ++i) {
        const auto& status = applies.statuses[i];
        if (status == "pns" || status == "pppk" || status == "other") continue;
        node["statuses"][std::to_string(i)].problem("'" + status + "' is no kind of employment",
                                                    "write pns, pppk or other");
    }
    (void)node.source();
    policy.applies = std::move(applies);
}

void read_procedure(const Node& root, Policy& policy) {
    read_stages(root, policy);
    read_feedback(root["feedback"], policy);
    read_deadlines(root["deadlines"], policy);
    read_requires(root["requires"], policy);
    read_panel(root["panel"], policy);
}

}  // namespace jejak::scoring
