#include "workflows/scoring/heard.hpp"

#include <algorithm>

#include "engine/record/digest.hpp"
#include "workflows/scoring/questions.hpp"

namespace jejak::scoring {

namespace {

std::string hash_of(const std::vector<std::uint32_t>& versions) {
    std::string bytes;
    bytes.reserve(versions.size() * 4);
    for (const auto version : versions) {
        for (const auto shift : {24U, 16U, 8U, 0U}) {
            bytes += static_cast<char>(static_cast<unsigned char>((version >> shift) & 255U));
        }
    }
    return to_hex(record::sha256(bytes));
}

void list_versions(SourceInputs& record) {
    auto& versions = record.versions;
    std::sort(versions.begin(), versions.end());
    versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
    record.events = static_cast<std::uint32_t>(versions.size());
    if (versions.size() <= listed_versions_max) return;
    record.versions_sha256 = hash_of(versions);
    versions.clear();
}

}  // namespace

std::vector<SourceInputs> heard_sources(const Policy& policy, const Inputs& inputs) {
    std::vector<SourceInputs> heard;
    heard.reserve(policy.sources.size());
    for (std::uint32_t s = 0; s < policy.sources.size(); ++s) {
        std::uint32_t raters = 0;
        std::size_t events = 0;
        for (const auto& given : inputs.sources) {
            if (given.source != s) continue;
            raters += given.raters;
            events += given.versions.size();
        }
        if (raters == 0 && events == 0) continue;
        SourceInputs record{policy.sources[s].id, raters, 0, {}, {}};
        record.versions.reserve(events);
        for (const auto& given : inputs.sources) {
            if (given.source != s) continue;
            record.versions.insert(record.versions.end(), given.versions.begin(),
                                   given.versions.end());
        }
        list_versions(record);
        heard.push_back(std::move(record));
    }
    return heard;
}

SurveyNode heard_survey(const Survey& rule, const SurveyResult& given, const Rational& index) {
    SurveyNode node;
    node.version = given.version;
    node.respondents = given.respondents;
    node.element_means.reserve(given.element_means.size());
    for (const auto& mean : given.element_means)
        node.element_means.push_back(mean.compact());
    node.element_weight = rule.element_weight.compact();
    node.factor = rule.factor.compact();
    node.index = index.compact();
    return node;
}

Text missing_sources(const Policy& policy, const std::vector<MissingStep>& missing,
                     const std::string& criterion) {
    Text out;
    for (const auto& step : missing) {
        if (step.level != "source" || step.criterion != criterion) continue;
        const auto& source = policy.sources[*find_source(policy, step.source)];
        const auto count = std::to_string(step.count), minimum = std::to_string(step.minimum);
        const bool measured = source.by == SourceKind::measured;
        const std::string comma = out.en.empty() ? "" : ", ";
        out.id += comma + step.source + ": " +
                  (measured ? "tidak ada realisasi terhadap target" : count + " dari " + minimum);
        out.en += comma + step.source + ": " +
                  (measured ? "no realisation against a target" : count + " of " + minimum);
    }
    return out;
}

}  // namespace jejak::scoring
