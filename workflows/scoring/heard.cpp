#include "workflows/scoring/heard.hpp"

#include <algorithm>

#include "engine/record/digest.hpp"

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
    std::vector<SourceInputs> all(policy.sources.size());
    for (const auto& given : inputs.sources) {
        if (given.source >= all.size()) continue;
        auto& record = all[given.source];
        record.raters += given.raters;
        record.versions.insert(record.versions.end(), given.versions.begin(), given.versions.end());
    }
    std::vector<SourceInputs> heard;
    heard.reserve(all.size());
    for (std::size_t s = 0; s < all.size(); ++s) {
        auto& record = all[s];
        if (record.raters == 0 && record.versions.empty()) continue;
        record.source = policy.sources[s].id;
        list_versions(record);
        heard.push_back(std::move(record));
    }
    return heard;
}

SurveyNode heard_survey(const Survey& rule, const SurveyResult& given, const Rational& index) {
    SurveyNode node;
    node.version = given.version;
    node.respondents = given.respondents;
    for (const auto& mean : given.element_means)
        node.element_means.push_back(mean.compact());
    node.element_weight = rule.element_weight.compact();
    node.factor = rule.factor.compact();
    node.index = index.compact();
    return node;
}

}  // namespace jejak::scoring
