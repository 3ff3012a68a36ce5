// jejak-bench: durable appraisals a second, beside what disk and RocksDB alone can do in this run.
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "tools/benchmark/appraisals.hpp"
#include "tools/benchmark/limits.hpp"
#include "tools/benchmark/organisation.hpp"
#include "tools/benchmark/replay.hpp"
#include "tools/benchmark/scoring.hpp"

namespace {

using namespace jejak;

constexpr int rounds = 5;

// Ours and raw RocksDB by turns, so that a neighbour of this machine disturbs both alike.
Result<void> measure(const std::string& scratch, std::uint64_t in_flight,
                     std::uint64_t appraisals) {
    double commands = 0, ours = 0, theirs = 0, cpu = 0, groups = 0, best = 0;
    std::vector<double> ratios, medians, slow;
    for (int round = 0; round < rounds; ++round) {
        const std::string log = scratch + "/log", raw = scratch + "/raw";
        std::filesystem::remove_all(log);
        std::filesystem::remove_all(raw);
        const auto run = benchmark::run_appraisals(log, in_flight, appraisals / rounds + 1);
        if (!run) return run.error();
        const auto raw_seconds = benchmark::measure_raw_seconds(log, raw, run->group_sizes);
        if (!raw_seconds) return raw_seconds.error();
        const double done = static_cast<double>(run->commands);
        commands += done;
        ours += run->seconds;
        theirs += *raw_seconds;
        cpu += run->cpu_seconds;
        groups += static_cast<double>(run->group_sizes.size());
        best = std::max(best, done / run->seconds);
        ratios.push_back(*raw_seconds / run->seconds);
        medians.push_back(run->median_us);
        slow.push_back(run->p99_us);
    }
    for (auto* figures : {&ratios, &medians, &slow})
        std::sort(figures->begin(), figures->end());
    std::printf("%9llu %11.0f %10.0f %13.0f %6.2f %10.0f %9.0f %7.1f %14.1f\n",
                static_cast<unsigned long long>(in_flight), commands / ours, best,
                commands / theirs, ratios[rounds / 2], medians[rounds / 2], slow[rounds / 2],
                1e6 * cpu / commands, commands / groups);
    return {};
}

// Results a second on one core, for each bundled policy.
int measure_scoring(double scale) {
    const auto measured = benchmark::measure_scoring(0.5 * scale);
    if (!measured) {
        std::fprintf(stderr, "jejak-bench: %s\n", measured.error().message.c_str());
        return 1;
    }
    std::printf("%-22s %8s %12s %18s\n", "policy", "ratings", "scores/s", "with derivation/s");
    for (const auto& each : *measured) {
        std::printf("%-22s %8zu %12.0f %18.0f\n", each.policy.c_str(), each.ratings, each.scores,
                    each.results);
    }
    return 0;
}

// Relations of an organisation of 500,000 people.
int measure_organisation(double scale) {
    const auto measured = benchmark::measure_resolving(static_cast<std::size_t>(500'000 * scale));
    std::printf(
        "%zu people in %zu units, %zu facts: loaded in %.1f s, %.0f MB (%.0f bytes a person)\n",
        measured.people, measured.units, measured.facts, measured.load_seconds,
        static_cast<double>(measured.bytes) / 1e6,
        static_cast<double>(measured.bytes) / static_cast<double>(measured.people));
    std::printf(
        "superior on a random day: %.2f us; subordinates of a head: %.2f us; %.0f %% right\n",
        measured.superior_us, measured.subordinates_us, 100 * measured.correct);
    return measured.correct == 1.0 ? 0 : 1;
}

// The past of a log that exists: as of a position, and without each rater.
int measure_replay(const std::string& directory) {
    const auto measured = benchmark::measure_replay(directory, rounds);
    if (!measured) {
        std::fprintf(stderr, "jejak-bench: %s\n", measured.error().message.c_str());
        return 1;
    }
    std::printf("%llu records, %zu appraisals; best of %d rounds\n",
                static_cast<unsigned long long>(measured->records), measured->appraisals, rounds);
    std::printf("the whole log as of its end: %.2f s; as of its middle: %.2f s\n",
                measured->end_seconds, measured->half_seconds);
    std::printf("%s without each of its %zu raters: %.1f ms, the first time %.1f ms\n",
                measured->token.c_str(), measured->raters, measured->median_ms, measured->first_ms);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"jejak-bench: durable four-step appraisals, beside the limits of this machine"};
    std::string scratch = "./jejak-bench-data";
    double scale = 1;
    std::uint64_t only = 0;
    app.add_option("--scratch", scratch,
                   "Directory on the disk to measure; emptied before and after");
    app.add_option("--scale", scale, "Length of the runs (default 1: about 15 s in all)");
    app.add_option("--in-flight", only, "Only this many commands in flight: 1, 16 or 256");
    bool scoring = false;
    app.add_flag("--scoring", scoring, "Only the evaluation of policies, on one core");
    bool organisation = false;
    app.add_flag("--organisation", organisation, "Only relations among 500,000 people");
    std::string replay;
    app.add_option("--replay", replay, "Only the past of this data directory, which is only read");
    CLI11_PARSE(app, argc, argv);
    if (!replay.empty()) return measure_replay(replay);
    if (organisation) return measure_organisation(scale);
    if (scoring) return measure_scoring(scale);
    std::filesystem::remove_all(scratch);
    std::filesystem::create_directories(scratch);
    const auto fsyncs = benchmark::measure_fsyncs_per_second(scratch);
    if (fsyncs) std::printf("fdatasync of 600 appended bytes: %.0f/s\n\n", *fsyncs);
    std::printf("%d rounds; ratio, median and p99 are those of the median round\n", rounds);
    std::printf(
        "in flight  commands/s best round raw RocksDB/s  ratio  median us    p99 us  cpu us"
        "  commands/sync\n");
    for (const auto& [in_flight, appraisals] :
         {std::pair{1u, 3'000u}, std::pair{16u, 20'000u}, std::pair{256u, 50'000u}}) {
        if (only != 0 && only != in_flight) continue;
        const auto done =
            measure(scratch, in_flight, static_cast<std::uint64_t>(appraisals * scale) + 1);
        if (!done) {
            std::fprintf(stderr, "jejak-bench: %s\n", done.error().message.c_str());
            return 1;
        }
    }
    std::filesystem::remove_all(scratch);
    return 0;
}
