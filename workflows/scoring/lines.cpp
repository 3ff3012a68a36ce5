#include "workflows/scoring/lines.hpp"

#include <algorithm>

#include "workflows/scoring/numerals.hpp"
#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/reader.hpp"
#include "workflows/scoring/steps.hpp"

namespace jejak::scoring {

namespace {

constexpr std::uint32_t shown_decimals = 4;

// Exact where four decimals suffice, otherwise after ≈. What is no number stays as it is.
std::string shown(const std::string& number, Language language) {
    const auto value = Rational::parse(number);
    if (!value) return number;
    if (value->round(shown_decimals, RoundingMode::down) != *value) {
        return "≈ " + numeral(value->decimal(shown_decimals), language);
    }
    return numeral(number.find('/') == std::string::npos ? number : value->compact(), language);
}

// Writes lines in one language; `say` takes the Indonesian and the English words.
class LineWriter {
  public:
    LineWriter(const Policy& policy, Language language, const NameEvent& name_event)
        : policy_(policy), language_(language), name_event_(name_event) {}

    std::vector<Line> write(const Derivation& derivation);
    std::vector<Line> write(const Missing& missing);

  private:
    [[nodiscard]] std::string say(const char* id, const char* en) const {
        return language_ == Language::id ? id : en;
    }
    [[nodiscard]] std::string number(const std::string& text) const {
        return shown(text, language_);
    }
    [[nodiscard]] std::string number(std::uint32_t value) const {
        return numeral(std::to_string(value), language_);
    }
    void line(std::uint32_t depth, std::string text) { lines_.push_back({depth, std::move(text)}); }

    // The title of what carries this id; items of a plan are known by their ids alone.
    template <class Things>
    [[nodiscard]] std::string title(const Things& things, const std::string& id) const {
        const auto found = index_of(things, id);
        return found ? things[*found].title.in(language_) : id;
    }
    [[nodiscard]] std::string code_title(const std::string& code) const {
        const auto text = title_of_predicate(policy_, code);
        return text ? text->in(language_) : code;
    }
    [[nodiscard]] std::string rule_words(const std::string& rule) const {
        if (rule == "zero") return say("dihitung nol", "counted as zero");
        return say("bobotnya dibagikan kepada yang lain", "its weight goes to the others");
    }
    [[nodiscard]] std::string mode_words(const std::string& mode) const {
        if (mode == "half_up") return say("setengah ke atas", "half up");
        if (mode == "half_even") return say("setengah ke genap", "half to even");
        if (mode == "down") return say("ke bawah", "down");
        return say("ke atas", "up");
    }

    // " [PP 30/2019 Pasal 41]" where the rule names its source; what is not read there says so.
    [[nodiscard]] std::string cited(const std::optional<Citation>& source) const {
        if (!source) return "";
        std::string doubt;
        if (source->confidence == "C") doubt = say("; dari program lain", "; seen in a program");
        if (source->confidence == "M") doubt = say("; belum dipastikan", "; not confirmed");
        return " [" + source->text + doubt + "]";
    }

    // A level of an ordinal group with its label: "3 (di atas ekspektasi)".
    [[nodiscard]] std::string level(const std::optional<std::string>& score, bool ordinal) const {
        if (!score) return say("tidak dinilai", "not scored");
        const auto value = Rational::parse(*score);
        for (const auto& label : policy_.scale.labels) {
            if (!ordinal || !value || label.value != *value) continue;
            return number(*score) + " (" + label.text.in(language_) + ")";
        }
        return number(*score);
    }

    void write_policy(const Derivation& d);
    void write_tree(const Derivation& d);
    void write_group(const Derivation& d, const GroupNode& group);
    void write_steps(const Derivation& d);
    void write_limits(std::uint32_t depth, const Derivation& d, const std::string& value);
    void write_conversions(const Derivation& d, const std::string& criterion);
    void write_ordinal(const Derivation& d, const std::string& group);
    void write_classes(const Derivation& d);
    void write_events(std::uint32_t depth, const std::vector<std::uint32_t>& versions);
    void write_rounding(std::uint32_t depth, const Derivation& d, const std::string& at,
                        const std::string& subject);
    void write_criterion(const Derivation& d, const CriterionNode& node, bool ordinal);
    void write_measured(const MeasuredLine& measured);
    void write_source(const SourceLine& source);
    void write_missing(const Derivation& d, const std::string& criterion);
    void write_survey(const Derivation& d);
    void write_sources(const Derivation& d);
    void write_predicate(const Derivation& d);

    const Policy& policy_;
    Language language_;
    const NameEvent& name_event_;
    std::vector<Line> lines_;
};

std::vector<Line> LineWriter::write(const Derivation& d) {
    const auto predicate = d.predicate.code.empty() ? "" : code_title(d.predicate.code);
    if (policy_.total == Total::none) {
        line(0, say("Predikat: ", "Predicate: ") + predicate);
    } else {
        line(0, say("Nilai ", "Score ") + number(d.total) +
                    (predicate.empty() ? "" : ": " + predicate));
    }
    write_policy(d);
    write_predicate(d);
    write_classes(d);
    if (d.capped_from) {
        line(1, say("Jumlah ", "Total ") + number(*d.capped_from) +
                    say(" melebihi batas kebijakan dan dibatasi",
                        " exceeds the policy's cap and is limited"));
    }
    write_rounding(1, d, "total", "");
    write_tree(d);
    return std::move(lines_);
}

std::vector<Line> LineWriter::write(const Missing& missing) {
    line(0, say("Belum dapat dinilai", "No score yet"));
    write_policy(missing.so_far);
    line(1, say("Masih kurang:", "Still missing:"));
    for (const auto& part : missing.parts)
        line(2, part.what.in(language_) + " " + part.why.in(language_));
    write_tree(missing.so_far);
    return std::move(lines_);
}

void LineWriter::write_policy(const Derivation& d) {
    line(1, say("Menurut kebijakan: ", "Under the policy: ") + policy_.title.in(language_) + " (" +
                d.policy_sha256.substr(0, 12) + ")");
}

void LineWriter::write_tree(const Derivation& d) {
    write_steps(d);
    for (const auto& group : d.groups)
        write_group(d, group);
    write_survey(d);
    write_sources(d);
}

void LineWriter::write_group(const Derivation& d, const GroupNode& group) {
    const auto found = index_of(policy_.groups, group.group);
    const bool ordinal = group.measure == "ordinal";
    auto text = title(policy_.groups, group.group) + ": " + level(group.score, ordinal);
    if (policy_.total == Total::of_groups) {
        text += say(" (bobot ", " (weight ") + number(group.weight) + ")";
    }
    line(1, std::move(text) + (found ? cited(policy_.groups[*found].source) : ""));
    write_ordinal(d, group.group);
    write_limits(2, d, group.group);
    write_rounding(2, d, "group", group.group);
    for (const auto& criterion : group.criteria)
        write_criterion(d, criterion, ordinal);
}

void LineWriter::write_steps(const Derivation& d) {
    for (const auto& node : d.steps) {
        const auto found = index_of(policy_.steps, node.step);
        line(1, title(policy_.steps, node.step) + ": " + number(node.result) +
                    (found ? cited(policy_.steps[*found].source) : ""));
        std::string sum;
        for (const auto& term : node.terms) {
            const auto group = index_of(policy_.groups, term.value);
            const auto name = group ? policy_.groups[*group].title.in(language_)
                                    : title(policy_.steps, term.value);
            sum += (sum.empty() ? "" : " + ") + name + " " + number(term.number) + " × " +
                   number(term.factor);
        }
        if (node.how == "mean") sum = say("rata-rata tertimbang: ", "weighted mean: ") + sum;
        if (!node.flag.empty()) sum += say(" (karena '", " (because of '") + node.flag + "')";
        line(2, std::move(sum));
        write_limits(2, d, node.step);
        write_rounding(2, d, "step", node.step);
    }
}

void LineWriter::write_limits(std::uint32_t depth, const Derivation& d, const std::string& value) {
    for (const auto& step : d.limits) {
        if (step.value != value) continue;
        line(depth,
             say("Dibatasi ", "Limited ") + number(step.before) + " → " + number(step.after));
    }
}

void LineWriter::write_ordinal(const Derivation& d, const std::string& group) {
    for (const auto& step : d.ordinals) {
        if (step.group != group) continue;
        line(2, say("Di atas harapan ", "Above expectation ") + number(step.above) +
                    say(", tidak di bawah ", ", not below ") + number(step.not_below) +
                    say(" dari ", " of ") + number(step.criteria) +
                    say("; hasil utama di bawah ", "; main results below ") +
                    number(step.main_below) + say(" dari ", " of ") + number(step.main));
    }
}

void LineWriter::write_conversions(const Derivation& d, const std::string& criterion) {
    for (const auto& step : d.conversions) {
        if (step.criterion != criterion) continue;
        const auto found = index_of(policy_.conversions, step.conversion);
        auto text =
            say("Dikonversi ", "Converted ") + number(step.before) + " → " + number(step.after);
        if (!found) text += say(" (target maksimum)", " (the target is the maximum)");
        line(3, text + (found ? cited(policy_.conversions[*found].source) : ""));
    }
}

void LineWriter::write_classes(const Derivation& d) {
    for (const auto& node : d.classes) {
        const auto found = index_of(policy_.classifications, node.classification);
        if (!found) continue;
        const auto& classification = policy_.classifications[*found];
        std::string name = node.code;
        for (const auto& band : classification.bands) {
            if (band.code == node.code) name = band.title.in(language_);
        }
        line(1, classification.title.in(language_) + ": " + name + " (" + number(node.number) +
                    ")" + cited(classification.source));
    }
}

void LineWriter::write_events(std::uint32_t depth, const std::vector<std::uint32_t>& versions) {
    if (!name_event_) return;
    for (const auto version : versions) {
        if (auto words = name_event_(version); !words.empty()) line(depth, std::move(words));
    }
}

void LineWriter::write_predicate(const Derivation& d) {
    const auto& step = d.predicate;
    for (const auto& passed : step.passed_over) {
        line(1, code_title(passed.code) +
                    say(" tidak diberikan: syarat '", " was not given: it requires '") +
                    passed.missing_flag + say("' tidak terpenuhi", "'"));
    }
    if (step.by == "matrix") {
        line(1, say("Predikat dari matriks: ", "Predicate from the matrix: ") +
                    value_title(policy_, policy_.matrix->row).in(language_) + " " +
                    code_title(step.row) + ", " +
                    value_title(policy_, policy_.matrix->column).in(language_) + " " +
                    code_title(step.column) + " → " + code_title(step.code) +
                    cited(policy_.matrix->source));
    } else if (step.by == "bands") {
        const auto space = step.threshold.find(' ');
        const std::string sign = step.threshold.starts_with(">=") ? "≥ " : "> ";
        line(1, say("Predikat dari rentang: ", "Predicate from the band: ") +
                    code_title(step.code) + ", " + say("nilai ", "score ") + sign +
                    number(step.threshold.substr(space + 1)));
    }
}

void LineWriter::write_rounding(std::uint32_t depth, const Derivation& d, const std::string& at,
                                const std::string& subject) {
    for (const auto& step : d.rounding) {
        if (step.at != at || step.subject != subject) continue;
        line(depth, say("Dibulatkan ", "Rounded ") + number(step.before) + " → " +
                        number(step.after) + " (" + number(step.decimals) +
                        say(" desimal, ", " decimals, ") + mode_words(step.mode) + ")");
    }
}

void LineWriter::write_criterion(const Derivation& d, const CriterionNode& node, bool ordinal) {
    auto text = title(policy_.criteria, node.criterion) + ": " + level(node.score, ordinal) +
                say(" (bobot ", " (weight ") + number(node.weight) + ")";
    if (node.expected) {
        text += say("; diharapkan ", "; expected ") + number(*node.expected) +
                say(", selisih ", ", gap ") + number(*node.gap);
    }
    line(2, std::move(text));
    if (node.measured) {
        write_measured(*node.measured);
        write_rounding(3, d, "achievement", node.criterion);
        write_conversions(d, node.criterion);
    }
    for (const auto& source : node.sources)
        write_source(source);
    write_missing(d, node.criterion);
    write_rounding(3, d, "criterion", node.criterion);
}

void LineWriter::write_measured(const MeasuredLine& measured) {
    auto target = number(measured.target);
    if (measured.target_upper) target += " – " + number(*measured.target_upper);
    auto text = say("Target ", "Target ") + target + say(", realisasi ", ", realisation ") +
                number(measured.realisation) + say(", capaian ", ", achievement ") +
                number(measured.achievement) + " %";
    if (measured.formula == "inverse") {
        text += say(" (makin kecil makin baik)", " (the smaller the better)");
    }
    if (measured.limited_to) {
        text += say(", dibatasi ", ", limited to ") + number(*measured.limited_to) + " %";
    }
    line(3, std::move(text));
}

void LineWriter::write_source(const SourceLine& source) {
    const auto found = index_of(policy_.sources, source.source);
    const auto kind = found ? policy_.sources[*found].by : SourceKind::supervisor;
    auto counted = say(", penilaian ", ", ratings ");
    if (found && policy_.sources[*found].parts) {
        const auto how = policy_.sources[*found].parts->how;
        if (how == PartRule::months) counted = say(", bulan ", ", months ");
        if (how == PartRule::days) counted = say(", hari ", ", days ");
        if (how == PartRule::mean || how == PartRule::last) counted = say(", bagian ", ", parts ");
    }
    auto text = title(policy_.sources, source.source) + ": " + say("jumlah ", "sum ") +
                number(source.sum) + counted + number(source.count) +
                say(", rata-rata ", ", mean ") + number(source.mean);
    if (kind == SourceKind::measured || kind == SourceKind::survey) {
        text = title(policy_.sources, source.source) + ": " + number(source.mean);
    }
    if (source.factor != "1") text += " × " + number(source.factor);
    text += source.weight == "0" ? say(" (hanya informasi)", " (information only)")
                                 : say(" (bobot ", " (weight ") + number(source.weight) + ")";
    line(3, std::move(text));
}

void LineWriter::write_missing(const Derivation& d, const std::string& criterion) {
    for (const auto& step : d.missing) {
        if (step.criterion != criterion || step.level == "group") continue;
        if (step.level == "source") {
            line(3, title(policy_.sources, step.source) + ": " + number(step.count) +
                        say(" dari paling sedikit ", " of at least ") + number(step.minimum) +
                        "; " + rule_words(step.rule));
        } else {
            line(3, say("Tidak ada sumber yang cukup; ", "No source suffices; ") +
                        rule_words(step.rule));
        }
    }
}

void LineWriter::write_survey(const Derivation& d) {
    if (!d.survey) return;
    line(1, say("Indeks survei: ", "Survey index: ") + number(d.survey->index) + " (" +
                number(d.survey->respondents) + say(" responden, ", " respondents, ") +
                say("unsur × ", "elements × ") + number(d.survey->element_weight) + " × " +
                number(d.survey->factor) + ")");
    std::string means;
    for (const auto& mean : d.survey->element_means) {
        means += (means.empty() ? "" : "; ") + number(mean);
    }
    line(2, say("Rata-rata unsur: ", "Means of the elements: ") + means);
    write_rounding(2, d, "survey", "");
}

void LineWriter::write_sources(const Derivation& d) {
    for (const auto& source : d.sources) {
        auto text = title(policy_.sources, source.source) + ": " + say("penilai ", "raters ") +
                    number(source.raters) + say(", peristiwa ", ", events ") +
                    number(source.events);
        if (!source.versions_sha256.empty()) {
            text += " (SHA-256 " + source.versions_sha256.substr(0, 12) + "…)";
        } else {
            std::string versions;
            for (const auto version : source.versions) {
                versions += (versions.empty() ? "" : ", ") + std::to_string(version);
            }
            if (!versions.empty()) text += say(" (versi ", " (versions ") + versions + ")";
        }
        line(1, std::move(text));
        write_events(2, source.versions);
    }
}

}  // namespace

std::vector<Line> to_lines(const Derivation& derivation, const Policy& policy, Language language,
                           const NameEvent& name_event) {
    return LineWriter(policy, language, name_event).write(derivation);
}

std::vector<Line> to_lines(const Missing& missing, const Policy& policy, Language language,
                           const NameEvent& name_event) {
    return LineWriter(policy, language, name_event).write(missing);
}

}  // namespace jejak::scoring
