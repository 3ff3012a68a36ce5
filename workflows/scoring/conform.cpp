#include "workflows/scoring/conform.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "workflows/scoring/distribution.hpp"
#include "workflows/scoring/evaluate.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/predicate.hpp"
#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/recommend.hpp"

namespace jejak::scoring {

namespace json = boost::json;

namespace {

std::string text_of(const json::value& value) {
    if (value.is_string()) return {value.get_string().data(), value.get_string().size()};
    return json::serialize(value);
}

const json::value* member(const json::object& object, std::string_view name) {
    return object.if_contains({name.data(), name.size()});
}

std::string text(const json::object& object, std::string_view name) {
    const auto* value = member(object, name);
    return value == nullptr ? "" : text_of(*value);
}

std::string name_of_vector(const json::object& vector) {
    return text(vector, "name");
}

template <class T>
std::optional<Error> refusal(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error());
}

// One vector: fills inputs, compares what comes out. A fault ends no vector early.
class VectorRun {
  public:
    VectorRun(const Policy& policy, const json::object& vector) : policy_(policy), vector_(vector) {
        result_.name = name_of_vector(vector);
    }

    VectorResult run() {
        const auto* expected = member(vector_, "expect");
        if (expected == nullptr || !expected->is_object()) {
            fault("has no \"expect\"");
            return std::move(result_);
        }
        expect_ = &expected->get_object();
        only(vector_, {"name", "tag", "note", "plan", "ratings", "survey", "flags", "organisation",
                       "counts", "credit", "cell", "period", "unit", "kind", "expect"});
        only(*expect_,
             {"score", "predicate", "values", "gaps", "classifications", "recommendations",
              "missing", "refused", "broken", "attainable", "credit", "applies"});
        if (expect_->empty()) fault("expects nothing");
        if (member(vector_, "counts") != nullptr) {
            run_distribution();
        } else if (const auto* credit = member(vector_, "credit")) {
            run_credit(credit->as_object());
        } else if (const auto* cell = member(vector_, "cell")) {
            run_cell(cell->as_object());
        } else if (member(vector_, "period") != nullptr) {
            run_period();
        } else {
            run_evaluation();
        }
        return std::move(result_);
    }

  private:
    void fault(std::string words) { result_.faults.push_back(std::move(words)); }
    // A member of another name would be passed over in silence.
    void only(const json::object& object, std::initializer_list<std::string_view> names) {
        for (const auto& member : object) {
            const std::string_view name(member.key().data(), member.key().size());
            if (std::find(names.begin(), names.end(), name) == names.end())
                fault("\"" + std::string(name) + "\" is not known here");
        }
    }
    // A member of "expect" beside what came out; one that is not expected is not compared.
    void compare(std::string_view name, const std::string& actual) {
        const auto* wanted = member(*expect_, name);
        if (wanted == nullptr || text_of(*wanted) == actual) return;
        fault(std::string(name) + " is " + actual + ", not " + text_of(*wanted));
    }
    void compare_list(std::string_view name, const std::vector<std::string>& actual) {
        const auto* wanted = member(*expect_, name);
        if (wanted == nullptr) return;
        std::vector<std::string> words;
        for (const auto& value : wanted->as_array())
            words.push_back(text_of(value));
        auto sorted = actual;
        std::sort(words.begin(), words.end());
        std::sort(sorted.begin(), sorted.end());
        if (words == sorted) return;
        std::string shown;
        for (const auto& each : sorted)
            shown += (shown.empty() ? "" : ", ") + each;
        fault(std::string(name) + " are [" + shown + "], not " + json::serialize(*wanted));
    }
    // Did something that should be refused get refused, and the other way round?
    void compare_refusal(const std::optional<Error>& refused) {
        const auto* wanted = member(*expect_, "refused");
        if (!refused && wanted != nullptr) fault("was not refused");
        if (refused && wanted == nullptr) fault("was refused: " + refused->message);
        if (refused && wanted != nullptr &&
            refused->message.find(text_of(*wanted)) == std::string::npos) {
            fault("was refused in other words: " + refused->message);
        }
    }

    void run_evaluation();
    void compare_outcome(const Outcome& outcome);
    void compare_values(const Derivation& derivation);
    bool read_plan();
    bool read_ratings();
    void run_distribution();
    void run_credit(const json::object& credit);
    void run_cell(const json::object& cell);
    void run_period();

    const Policy& policy_;
    const json::object& vector_;
    const json::object* expect_ = nullptr;
    Inputs inputs_;
    VectorResult result_;
};

bool VectorRun::read_plan() {
    const auto* plan = member(vector_, "plan");
    if (plan == nullptr) return true;
    for (const auto& value : plan->as_array()) {
        const auto& object = value.as_object();
        only(object, {"item", "section", "weight", "target", "target_upper", "realisation",
                      "formula", "target_is_maximum", "note"});
        PlanItem item;
        item.id = text(object, "item");
        const auto section = find_section(policy_, text(object, "section"));
        if (!section) return fault("section of " + item.id + " is unknown"), false;
        item.section = *section;
        const auto read = [&](const char* name, auto& into) {
            const auto words = text(object, name);
            if (words.empty()) return;
            const auto parsed = Rational::parse(words);
            parsed ? void(into = *parsed) : fault(item.id + ": " + parsed.error().message);
        };
        read("weight", item.weight);
        read("target", item.target);
        read("target_upper", item.target_upper);
        read("realisation", item.realisation);
        if (text(object, "formula") == "normal") item.formula = Formula::normal;
        if (text(object, "formula") == "inverse") item.formula = Formula::inverse;
        const auto* maximum = member(object, "target_is_maximum");
        item.target_is_maximum = maximum != nullptr && maximum->as_bool();
        inputs_.plan.push_back(std::move(item));
    }
    return true;
}

// False: a rating was refused, which has been compared.
bool VectorRun::read_ratings() {
    const auto* ratings = member(vector_, "ratings");
    std::uint32_t version = 2;
    for (const auto& [id, raters] : ratings == nullptr ? json::object{} : ratings->as_object()) {
        const auto source = find_source(policy_, {id.data(), id.size()});
        if (!source) return fault("source " + std::string(id) + " is unknown"), false;
        for (const auto& rater : raters.as_array()) {
            SourceRatings given{*source, 1, {version++}, {}};
            for (const auto& [name, value] : rater.as_object()) {
                const auto criterion =
                    find_criterion(policy_, inputs_.plan, {name.data(), name.size()});
                if (!criterion)
                    return fault("criterion " + std::string(name) + " is unknown"), false;
                const auto& scale = scale_of(policy_, *source, *criterion);
                const auto rating =
                    policy_.sources[*source].by == SourceKind::carried
                        ? read_rating(scale, text_of(value))
                        : check_rating(policy_, inputs_.plan, *source, *criterion, text_of(value));
                if (!rating) return compare_refusal(rating.error()), false;
                given.ratings.push_back({*criterion, 1, *rating});
            }
            inputs_.sources.push_back(std::move(given));
        }
    }
    return true;
}

void VectorRun::run_evaluation() {
    if (!read_plan() || !read_ratings()) return;
    if (const auto* flags = member(vector_, "flags")) {
        for (const auto& flag : flags->as_array()) {
            inputs_.flags.push_back(text_of(flag));
            if (known_flags(policy_, {inputs_.flags.back()}).empty())
                fault("no rule of the policy asks for the flag " + inputs_.flags.back());
        }
    }
    if (const auto* survey = member(vector_, "survey")) {
        SurveyResult given;
        given.version = 1;
        given.respondents = survey->at("respondents").to_number<std::uint32_t>();
        for (const auto& mean : survey->at("element_means").as_array()) {
            const auto parsed = Rational::parse(text_of(mean));
            if (!parsed) return fault(parsed.error().message);
            given.element_means.push_back(*parsed);
        }
        inputs_.survey = std::move(given);
    }
    compare_refusal(std::nullopt);
    const auto answer = evaluate(policy_, inputs_);
    if (const auto* missing = std::get_if<Missing>(&answer)) {
        const auto* wanted = member(*expect_, "missing");
        if (wanted == nullptr) return fault("has no score: " + missing->text());
        std::vector<std::string> parts;
        for (const auto& part : missing->parts)
            parts.push_back(part.what.en);
        if (!wanted->as_array().empty()) compare_list("missing", parts);
        return;
    }
    if (member(*expect_, "missing") != nullptr) return fault("has a score, although it should not");
    compare_outcome(std::get<Outcome>(answer));
}

void VectorRun::compare_outcome(const Outcome& outcome) {
    compare("score", outcome.score_text);
    compare("predicate", outcome.predicate);
    compare_values(outcome.derivation);
    if (const auto* classes = member(*expect_, "classifications")) {
        for (const auto& [id, code] : classes->as_object()) {
            std::string actual = "none";
            for (const auto& node : outcome.derivation.classes) {
                if (node.classification == std::string_view(id.data(), id.size()))
                    actual = node.code;
            }
            if (actual != text_of(code)) {
                fault("classification " + std::string(id) + " is " + actual + ", not " +
                      text_of(code));
            }
        }
    }
    std::vector<std::string> recommended;
    for (const auto& each : recommend(policy_, outcome.derivation))
        recommended.push_back(each.rule->id);
    compare_list("recommendations", recommended);
}

void VectorRun::compare_values(const Derivation& derivation) {
    std::map<std::string, std::string> values, gaps;
    for (const auto& group : derivation.groups) {
        if (group.score) values[group.group] = *group.score;
        for (const auto& node : group.criteria) {
            if (node.score) values.emplace(node.criterion, *node.score);
            if (node.gap) gaps[node.criterion] = *node.gap;
        }
    }
    for (const auto& node : derivation.steps)
        values[node.step] = node.result;
    for (const auto& [name, known] : {std::pair{"values", &values}, std::pair{"gaps", &gaps}}) {
        const auto* wanted = member(*expect_, name);
        if (wanted == nullptr) continue;
        for (const auto& [id, value] : wanted->as_object()) {
            const auto found = known->find(id);
            const auto number = Rational::parse(text_of(value));
            const auto actual = found == known->end() ? Result<Rational>(Rational())
                                                      : Rational::parse(found->second);
            if (found == known->end()) {
                fault(std::string(name) + " have no " + std::string(id));
            } else if (!number || *actual != *number) {
                fault(std::string(id) + " is " + found->second + ", not " + text_of(value));
            }
        }
    }
}

void VectorRun::run_distribution() {
    const auto rule = find_rule(policy_, text(vector_, "organisation"));
    compare_refusal(refusal(rule));
    if (!rule) return;
    std::vector<PredicateCount> counts;
    for (const auto& [label, employees] : vector_.at("counts").as_object()) {
        const auto code = code_of_label(policy_, {label.data(), label.size()});
        if (!code) return compare_refusal(code.error());
        counts.push_back({*code, employees.to_number<std::uint32_t>()});
    }
    const auto checked = check_distribution(**rule, counts);
    std::vector<std::string> broken;
    for (const auto& limit : checked.limits) {
        if (!limit.kept) broken.push_back(limit_name(*limit.limit));
    }
    compare_list("broken", broken);
    compare("attainable", checked.attainable ? "true" : "false");
}

void VectorRun::run_credit(const json::object& credit) {
    const auto points = credit_of(policy_, text(credit, "coefficient"), text(credit, "predicate"),
                                  credit.at("months").to_number<std::uint32_t>());
    compare_refusal(refusal(points));
    if (points) compare("credit", points->compact());
}

void VectorRun::run_cell(const json::object& cell) {
    if (!policy_.matrix) return fault("the policy has no matrix");
    const auto& matrix = *policy_.matrix;
    std::size_t at[2] = {0, 0};
    for (const bool column : {false, true}) {
        const auto code = code_of_label(policy_, text(cell, column ? "column" : "row"));
        if (!code) return compare_refusal(code.error());
        const auto& ratings = column ? matrix.columns : matrix.rows;
        const auto found = std::find_if(ratings.begin(), ratings.end(),
                                        [&](const Band& b) { return b.code == *code; });
        if (found == ratings.end()) {
            return compare_refusal(
                error(ErrorCode::invalid_input, *code + " is no rating of that axis"));
        }
        at[column ? 1 : 0] = static_cast<std::size_t>(found - ratings.begin());
    }
    compare_refusal(std::nullopt);
    compare("predicate", matrix.cells[at[0] * matrix.columns.size() + at[1]]);
}

void VectorRun::run_period() {
    const bool applies =
        applies_to(policy_, text(vector_, "period"), text(vector_, "unit"), text(vector_, "kind"));
    compare("applies", applies ? "true" : "false");
}

Result<json::object> read_file_of_vectors(std::string_view text) {
    boost::system::error_code code;
    auto document = json::parse({text.data(), text.size()}, code);
    const auto* object = code ? nullptr : document.if_object();
    const auto* vectors = object == nullptr ? nullptr : object->if_contains("vectors");
    if (vectors == nullptr || !vectors->is_array() || object->if_contains("policy") == nullptr) {
        return error(ErrorCode::invalid_input,
                     "is no file of vectors; write {\"policy\": \"id\", \"vectors\": [ … ]}");
    }
    return std::move(document.get_object());
}

}  // namespace

Result<std::string> policy_of_vectors(std::string_view text) {
    const auto file = read_file_of_vectors(text);
    if (!file) return file.error();
    return text_of(file->at("policy"));
}

Result<std::vector<VectorResult>> run_vectors(const Policy& policy, std::string_view text) {
    const auto file = read_file_of_vectors(text);
    if (!file) return file.error();
    std::vector<VectorResult> results;
    for (const auto& vector : file->at("vectors").as_array()) {
        if (!vector.is_object()) {
            return error(ErrorCode::invalid_input,
                         "a vector is no object: " + json::serialize(vector));
        }
        try {
            results.push_back(VectorRun(policy, vector.get_object()).run());
        } catch (const std::exception& fault) {  // a member of another type than the format's
            results.push_back({name_of_vector(vector.get_object()),
                               {std::string("is not in the format: ") + fault.what()}});
        }
    }
    return results;
}

}  // namespace jejak::scoring
