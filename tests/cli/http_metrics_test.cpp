// What the backend measures of itself, as Prometheus would read it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/cli/backend.hpp"
#include "tests/cli/earlier_times.hpp"

namespace jejak::cli {
namespace {

using testing::Each;
using testing::Pair;

// Samples by name and labels, as they stand: `jejak_log_position`, `x_bucket{le="1"}`.
using Samples = std::map<std::string, double>;

Samples samples_of(const std::string& text) {
    Samples samples;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.front() == '#') continue;
        const auto space = line.rfind(' ');
        samples[line.substr(0, space)] = std::stod(line.substr(space + 1));
    }
    return samples;
}

// Those of one family with the values of its label.
std::map<std::string, double> labelled(const Samples& samples, const std::string& family,
                                       const std::string& label) {
    std::map<std::string, double> found;
    const std::string before = family + "{" + label + "=\"";
    for (const auto& [name, value] : samples) {
        if (!name.starts_with(before)) continue;
        found[name.substr(before.size(), name.size() - before.size() - 2)] = value;
    }
    return found;
}

class HttpMetrics : public Http {
  protected:
    [[nodiscard]] Samples metrics() const {
        const auto got = get("/metrics");
        EXPECT_EQ(got.status, 200);
        return samples_of(got.body);
    }
    // Asks until the backend has counted what is open, which it does when it starts.
    [[nodiscard]] Samples counted_metrics() const {
        Samples now = metrics();
        for (int ask = 0; std::isnan(now.at("jejak_open_disputes")) && ask < 1'000; ++ask)
            now = metrics();
        return now;
    }
    // As many commands about units, each of one record, in one request.
    [[nodiscard]] Got place_units(std::size_t count, const std::string& run) const {
        std::string lines;
        for (std::size_t i = 0; i < count; ++i) {
            const std::string unit = run + "-" + std::to_string(i);
            lines += R"({"command": "place_unit", "command_id": ")" + unit +
                     R"(", "actor": {"role": "administrator"}, "data": {"unit": ")" + unit +
                     R"(", "name": "Unit", "from": "2026-01-01"}})" + "\n";
        }
        return curl({"-H", "Content-Type: application/x-ndjson", "-H",
                     std::string("X-Jejak-Person: ") + keeper_of_all, "-H",
                     "X-Jejak-Offices: administrator", "--data-binary",
                     "@" + scratch_.file(run + ".jsonl", lines), "/v1/commands"});
    }
    void serve_the_story_until(const std::string& words) {
        const auto directory = scratch_.data().parent_path() / "story";
        tell_the_example_story(directory, words);
        backend_ = std::make_unique<Backend>(directory.string());
    }
};

TEST_F(HttpMetrics, count_each_command_and_each_append_with_its_sync) {
    ASSERT_EQ(place_units(1, "first").status, 200);  // whoever asks is registered with it
    const auto before = metrics();
    constexpr std::size_t count = 300;
    ASSERT_EQ(place_units(count, "many").status, 200);
    const auto again = place_units(count, "many");
    EXPECT_THAT(again.body, testing::HasSubstr("\"repeated\":true"));
    const auto after = metrics();
    const auto grown = [&](const std::string& name) { return after.at(name) - before.at(name); };
    EXPECT_EQ(grown("jejak_log_position"), count);
    EXPECT_EQ(grown("jejak_log_append_commands_sum"), count) << "a repetition adds nothing";
    const double appends = grown("jejak_log_append_commands_count");
    EXPECT_GE(appends, std::ceil(count / 128.0)) << "a batch has 128 commands at most";
    EXPECT_LE(appends, count);
    EXPECT_EQ(grown("jejak_log_append_commands_bucket{le=\"128\"}"), appends);
    EXPECT_EQ(grown("jejak_log_append_bytes_count"), appends);
    EXPECT_GT(grown("jejak_log_append_bytes_sum"), 100.0 * count) << "an envelope has more";
    EXPECT_EQ(grown("jejak_log_append_seconds_count"), appends);
    EXPECT_EQ(grown("jejak_log_sync_seconds_count"), appends);
    EXPECT_GT(grown("jejak_log_sync_seconds_sum"), 0);
    EXPECT_LT(grown("jejak_log_sync_seconds_sum"), grown("jejak_log_append_seconds_sum"));
    EXPECT_EQ(after.at("jejak_writer_queue_commands"), 0);
    EXPECT_EQ(after.at("jejak_writer_queue_commands_max"), 8'192);
}

TEST_F(HttpMetrics, tell_no_lag_of_any_read_model_when_a_reader_has_seen_the_last_command) {
    ASSERT_EQ(place_units(20, "lag").status, 200);
    ASSERT_EQ(get(one, subject).status, 200);  // waits for the read models
    const auto lags = labelled(metrics(), "jejak_projection_lag_records", "model");
    EXPECT_EQ(lags.size(), 6U) << "one for each of make_projections()";
    EXPECT_TRUE(lags.contains("scoreboard"));
    EXPECT_THAT(lags, Each(Pair(testing::_, 0)));
}

TEST_F(HttpMetrics, count_the_one_dispute_of_the_sample_and_nobody_late) {
    const auto now = counted_metrics();
    EXPECT_EQ(now.at("jejak_open_disputes"), 1) << "sofifi-2025-014";
    const auto overdue = labelled(now, "jejak_overdue_tasks", "kind");
    EXPECT_EQ(overdue.size(), 7U);
    EXPECT_THAT(overdue, Each(Pair(testing::_, 0)));
    EXPECT_GT(now.at("jejak_backlog_counted_timestamp_seconds"), 1.7e9);
}

TEST_F(HttpMetrics, count_a_task_that_was_not_done_in_time) {
    serve_the_story_until("\"submit_self_assessment\"");
    const auto now = counted_metrics();
    EXPECT_EQ(now.at("jejak_open_disputes"), 0);
    EXPECT_EQ(now.at("jejak_overdue_tasks{kind=\"submit_self_assessment\"}"), 1);
}

TEST_F(HttpMetrics, count_a_dispute_until_it_is_decided) {
    serve_the_story_until("story-67");  // of two members of the panel one has voted
    EXPECT_EQ(counted_metrics().at("jejak_open_disputes"), 1);
    const auto voted = post("/v1/appraisals/contoh-2026-004/decide-objection",
                            R"({"outcome": "changed", "ratings": [{"criterion": "pelayanan",
                                "value": "4"}], "reasons": "Kunjungan terbukti"})",
                            "nip:197112121996031005");
    ASSERT_EQ(voted.status, 200) << voted.body;
    backend_.reset();
    backend_ = std::make_unique<Backend>((scratch_.data().parent_path() / "story").string());
    EXPECT_EQ(counted_metrics().at("jejak_open_disputes"), 0);
}

TEST_F(HttpMetrics, stand_all_of_them_and_no_other_in_the_table_of_the_readme) {
    ASSERT_EQ(get("/v1/me").status, 401);  // so that each family has been asked for once
    std::set<std::string> told, written;
    std::istringstream lines(get("/metrics").body);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("# TYPE ")) continue;
        told.insert(line.substr(7, line.find(' ', 7) - 7));
    }
    std::ifstream readme(JEJAK_SOURCE_DIR "/adapters/README.md");
    for (std::string line; std::getline(readme, line);) {
        if (!line.starts_with("| `jejak_")) continue;
        written.insert(line.substr(3, line.find_first_of("`{", 3) - 3));
    }
    EXPECT_EQ(written, told) << "each metric has a row in adapters/README.md, under Metrics";
}

}  // namespace
}  // namespace jejak::cli
