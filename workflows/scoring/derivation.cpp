#include "workflows/scoring/derivation.hpp"

#include <algorithm>

#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/reader.hpp"

namespace jejak::scoring {

namespace {

constexpr std::uint32_t shown_decimals = 4;

// "1234.5" as 1.234,5 (Indonesian) or 1,234.5 (English).
std::string styled(std::string digits, Language language) {
    const char point = language == Language::id ? ',' : '.';
    const char thousands = language == Language::id ? '.' : ',';
    const auto dot = digits.find('.');
    if (dot != std::string::npos) digits[dot] = point;
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    for (auto i = dot == std::string::npos ? digits.size() : dot; i > first + 3;) {
        i -= 3;
        digits.insert(i, 1, thousands);
    }
    return digits;
}

// Exact where four decimals suffice, otherwise after ≈. What is no number stays as it is.
std::string shown(const std::string& number, Language language) {
    const auto value = Rational::parse(number);
    if (!value) return number;
    if (value->round(shown_decimals, RoundingMode::down) != *value) {
        return "≈ " + styled(value->decimal(shown_decimals), language);
    }
    return styled(number.find('/') == std::string::npos ? number : value->compact(), language);
}

// Writes lines in one language; `say` takes the Indonesian and the English words.
class LineWriter {
  public:
    LineWriter(const Policy& policy, Language language) : policy_(policy), language_(language) {}

    std::vector<Line> write(const Derivation& derivation);

  private:
    [[nodiscard]] const char* say(const char* id, const char* en) const {
        return language_ == Language::id ? id : en;
    }
    [[nodiscard]] std::string number(const std::string& text) const {
        return shown(text, language_);
    }
    [[nodiscard]] std::string number(std::uint32_t value) const {
        return styled(std::to_string(value), language_);
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

    void write_rounding(std::uint32_t depth, const Derivation& d, const std::string& at,
                        const std::string& subject);
    void write_criterion(const Derivation& d, const CriterionNode& node);
    void write_measured(const MeasuredLine& measured);
    void write_source(const SourceLine& source);
    void write_missing(const Derivation& d, const std::string& criterion);
    void write_survey(const Derivation& d);
    void write_sources(const Derivation& d);
    void write_predicate(const Derivation& d);

    const Policy& policy_;
    Language language_;
    std::vector<Line> lines_;
};

std::vector<Line> LineWriter::write(const Derivation& d) {
    const auto predicate = d.predicate.code.empty() ? "" : ": " + code_title(d.predicate.code);
    line(0, std::string(say("Nilai ", "Score ")) + number(d.total) + predicate);
    line(1, std::string(say("Menurut kebijakan: ", "Under the policy: ")) +
                policy_.title.in(language_) + " (" + d.policy_sha256.substr(0, 12) + ")");
    write_predicate(d);
    if (d.capped_from) {
        line(1, std::string(say("Jumlah ", "Total ")) + number(*d.capped_from) +
                    say(" melebihi batas kebijakan dan dibatasi",
                        " exceeds the policy's cap and is limited"));
    }
    write_rounding(1, d, "total", "");
    for (const auto& group : d.groups) {
        line(1, title(policy_.groups, group.group) + ": " +
                    (group.score ? number(*group.score) : say("tidak dinilai", "not scored")) +
                    say(" (bobot ", " (weight ") + number(group.weight) + ")");
        write_rounding(2, d, "group", group.group);
        for (const auto& criterion : group.criteria)
            write_criterion(d, criterion);
    }
    write_survey(d);
    write_sources(d);
    return std::move(lines_);
}

void LineWriter::write_predicate(const Derivation& d) {
    const auto& step = d.predicate;
    for (const auto& passed : step.passed_over) {
        line(1, code_title(passed.code) +
                    say(" tidak diberikan: syarat '", " was not given: it requires '") +
                    passed.missing_flag + say("' tidak terpenuhi", "'"));
    }
    if (step.by == "matrix") {
        line(1, std::string(say("Predikat dari matriks: ", "Predicate from the matrix: ")) +
                    policy_.groups[policy_.matrix->row].title.in(language_) + " " +
                    code_title(step.row) + ", " +
                    policy_.groups[policy_.matrix->column].title.in(language_) + " " +
                    code_title(step.column) + " → " + code_title(step.code));
    } else if (step.by == "bands") {
        const auto space = step.threshold.find(' ');
        const std::string sign = step.threshold.starts_with(">=") ? "≥ " : "> ";
        line(1, std::string(say("Predikat dari rentang: ", "Predicate from the band: ")) +
                    code_title(step.code) + ", " + say("nilai ", "score ") + sign +
                    number(step.threshold.substr(space + 1)));
    }
}

void LineWriter::write_rounding(std::uint32_t depth, const Derivation& d, const std::string& at,
                                const std::string& subject) {
    for (const auto& step : d.rounding) {
        if (step.at != at || step.subject != subject) continue;
        line(depth, std::string(say("Dibulatkan ", "Rounded ")) + number(step.before) + " → " +
                        number(step.after) + " (" + number(step.decimals) +
                        say(" desimal, ", " decimals, ") + mode_words(step.mode) + ")");
    }
}

void LineWriter::write_criterion(const Derivation& d, const CriterionNode& node) {
    auto text = title(policy_.criteria, node.criterion) + ": " +
                (node.score ? number(*node.score) : say("tidak dinilai", "not scored")) +
                say(" (bobot ", " (weight ") + number(node.weight) + ")";
    if (node.expected) {
        text += std::string(say("; diharapkan ", "; expected ")) + number(*node.expected) +
                say(", selisih ", ", gap ") + number(*node.gap);
    }
    line(2, std::move(text));
    if (node.measured) write_measured(*node.measured);
    for (const auto& source : node.sources)
        write_source(source);
    write_missing(d, node.criterion);
    write_rounding(3, d, "criterion", node.criterion);
}

void LineWriter::write_measured(const MeasuredLine& measured) {
    auto target = number(measured.target);
    if (measured.target_upper) target += " – " + number(*measured.target_upper);
    auto text = std::string(say("Target ", "Target ")) + target +
                say(", realisasi ", ", realisation ") + number(measured.realisation) +
                say(", capaian ", ", achievement ") + number(measured.achievement) + " %";
    if (measured.formula == "inverse") {
        text += say(" (makin kecil makin baik)", " (the smaller the better)");
    }
    if (measured.limited_to) {
        text +=
            std::string(say(", dibatasi ", ", limited to ")) + number(*measured.limited_to) + " %";
    }
    line(3, std::move(text));
}

void LineWriter::write_source(const SourceLine& source) {
    auto text = title(policy_.sources, source.source) + ": " + say("jumlah ", "sum ") +
                number(source.sum) + say(", penilaian ", ", ratings ") + number(source.count) +
                say(", rata-rata ", ", mean ") + number(source.mean);
    const auto found = index_of(policy_.sources, source.source);
    const auto kind = found ? policy_.sources[*found].by : SourceKind::supervisor;
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
            line(3, std::string(say("Tidak ada sumber yang cukup; ", "No source suffices; ")) +
                        rule_words(step.rule));
        }
    }
}

void LineWriter::write_survey(const Derivation& d) {
    if (!d.survey) return;
    line(1, std::string(say("Indeks survei: ", "Survey index: ")) + number(d.survey->index) + " (" +
                number(d.survey->respondents) + say(" responden, ", " respondents, ") +
                say("unsur × ", "elements × ") + number(d.survey->element_weight) + " × " +
                number(d.survey->factor) + ")");
    std::string means;
    for (const auto& mean : d.survey->element_means) {
        means += (means.empty() ? "" : "; ") + number(mean);
    }
    line(2, std::string(say("Rata-rata unsur: ", "Means of the elements: ")) + means);
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
    }
}

}  // namespace

std::vector<Line> to_lines(const Derivation& derivation, const Policy& policy, Language language) {
    return LineWriter(policy, language).write(derivation);
}

}  // namespace jejak::scoring
