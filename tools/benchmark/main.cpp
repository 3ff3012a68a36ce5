// jejak-bench: durable appraisals a second, beside what disk and RocksDB alone can do in this run.
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "tools/benchmark/appraisals.hpp"
#include "tools/benchmark/limits.hpp"

namespace {

using namespace jejak;

Result<void> measure(const std::string& scratch, std::uint64_t in_flight,
                     std::uint64_t appraisals) {
    const std::string log = scratch + "/log-" + std::to_string(in_flight);
    const std::string raw = scratch + "/raw-" + std::to_string(in_flight);
    const auto run = benchmark::run_appraisals(log, in_flight, appraisals);
    if (!run) return run.error();
    const auto raw_seconds = benchmark::measure_raw_seconds(log, raw, run->group_sizes);
    if (!raw_seconds) return raw_seconds.error();
    const double ours = static_cast<double>(run->commands) / run->seconds;
    const double theirs = static_cast<double>(run->commands) / *raw_seconds;
    std::printf("%9llu  %10.0f  %12.0f  %6.2f  %10.0f  %8.0f  %6.1f  %13.1f\n",
                static_cast<unsigned long long>(in_flight), ours, theirs, ours / theirs,
                run->median_us, run->p99_us,
                1e6 * run->cpu_seconds / static_cast<double>(run->commands),
                static_cast<double>(run->commands) / static_cast<double>(run->group_sizes.size()));
    return {};
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
    CLI11_PARSE(app, argc, argv);
    std::filesystem::remove_all(scratch);
    std::filesystem::create_directories(scratch);
    const auto fsyncs = benchmark::measure_fsyncs_per_second(scratch);
    if (fsyncs) std::printf("fdatasync of 600 appended bytes: %.0f/s\n\n", *fsyncs);
    std::printf(
        "in flight  commands/s  raw RocksDB/s   ratio  median us    p99 us  cpu us  "
        "commands/sync\n");
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
