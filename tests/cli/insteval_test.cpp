// 73,421 real ratings of 1,128 lecturers (InstEval): imported, scored, verified, imported again.
#include <gtest/gtest.h>
#include <zlib.h>

#include <boost/json.hpp>
#include <map>
#include <sstream>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

std::string unzipped(const std::string& path) {
    std::string text;
    gzFile file = ::gzopen(path.c_str(), "rb");
    char buffer[1 << 16];
    for (int read = 0; file != nullptr && (read = ::gzread(file, buffer, sizeof buffer)) > 0;) {
        text.append(buffer, static_cast<std::size_t>(read));
    }
    if (file != nullptr) ::gzclose(file);
    return text;
}

struct Mean {
    std::int64_t sum = 0, count = 0;
    // Four decimals, half up: floor(10^4 · sum / count + 1/2), in integers.
    [[nodiscard]] std::string text() const {
        const std::int64_t scaled = (20'000 * sum + count) / (2 * count);
        const std::string digits = std::to_string(scaled);
        return digits.substr(0, digits.size() - 4) + "." + digits.substr(digits.size() - 4);
    }
};

// Straight from the file, without any code of the program. Columns:
// s,d,studage,lectage,service,dept,y.
std::map<std::string, Mean> means_of(const std::string& csv) {
    std::map<std::string, Mean> means;
    for (const std::string& line : lines_of(csv)) {
        std::istringstream in(line);
        std::vector<std::string> cells;
        for (std::string cell; std::getline(in, cell, ',');)
            cells.push_back(cell);
        if (cells.size() != 7 || cells[1] == "d") continue;
        Mean& mean = means["d:" + cells[1]];
        mean.sum += std::stoi(cells[6]);
        ++mean.count;
    }
    return means;
}

TEST(InstEval, scores_every_lecturer_by_the_exact_mean_and_imports_once) {
    const std::string path = std::string(JEJAK_SHARED_DATA) + "/insteval.csv.gz";
    if (!std::filesystem::exists(path)) {
        GTEST_SKIP() << path << " is not here; tools/export-insteval makes it from R's lme4";
    }
    const auto means = means_of(unzipped(path));
    ASSERT_EQ(means.size(), 1'128U);
    const Scratch scratch;
    const std::vector<std::string> import = {
        "import",   "--format", "ratings",  "--map",         "ratee=d,rater=s,unit=dept,score=y",
        "--scale",  "1:5",      "--policy", "feedback-mean", "--criterion",
        "mengajar", "--period", "2025",     "--json",        path};
    const Ran first = run(scratch.data(), import);
    ASSERT_EQ(first.exit_code, 0) << first.err;
    const auto tally = boost::json::parse(first.out);
    EXPECT_EQ(tally.at("refused").as_int64(), 0);

    const auto lines = lines_of(run(scratch.data(), {"list", "--json"}).out);
    ASSERT_EQ(lines.size(), means.size());
    for (const std::string& line : lines) {
        const auto shown = boost::json::parse(line);
        const std::string subject(shown.at("subject").as_string());
        EXPECT_EQ(shown.at("phase").as_string(), "finalised") << line;
        EXPECT_EQ(shown.at("final").at("score").as_string(), means.at(subject).text()) << line;
    }

    const Ran verified = run(scratch.data(), {"verify", "--json"});
    EXPECT_EQ(verified.exit_code, 0) << verified.err;
    EXPECT_EQ(boost::json::parse(lines_of(verified.out).at(0)).at("results_recomputed"), 1'128);

    // A replay with no change gives the recorded score bit for bit, and so does the past.
    const auto same = lines_of(run(scratch.data(), {"what-if", "--period", "2025", "--json"}).out);
    EXPECT_EQ(same.size(), means.size());
    std::map<std::string, std::string> scores;
    for (const std::string& line : lines) {
        const auto shown = boost::json::parse(line);
        scores[std::string(shown.at("appraisal").as_string())] =
            shown.at("final").at("score").as_string();
    }
    for (const std::string& line : same) {
        const auto view = boost::json::parse(line);
        EXPECT_EQ(view.at("after").at("score").as_string(),
                  scores.at(std::string(view.at("appraisal").as_string())));
    }
    const auto head = std::to_string(tally.at("head").as_int64());
    EXPECT_EQ(lines_of(run(scratch.data(), {"list", "--json", "--at-position", head}).out), lines);

    std::int64_t position = 0;
    const Ran exported = run(scratch.data(), {"export", "--format", "jsonl"});
    for (const std::string& line : lines_of(exported.out)) {
        ASSERT_EQ(boost::json::parse(line).at("position").as_int64(), ++position);
    }
    EXPECT_EQ(position, tally.at("head").as_int64());

    const Ran again = run(scratch.data(), import);
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(boost::json::parse(again.out).at("records_added").as_int64(), 0);
}

}  // namespace
}  // namespace jejak::cli
