// jejak-load: what `jejak serve` carries, measured by a client on the same machine.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tools/benchmark/limits.hpp"
#include "tools/load/audience.hpp"
#include "tools/load/commanding.hpp"
#include "tools/load/reading.hpp"

namespace {

using namespace jejak;

struct LoadFlags {
    std::string at, scratch = std::filesystem::temp_directory_path();
    unsigned reads_s = 0, commands_s = 0, listening_s = 10;
    std::size_t connections = 64, listeners = 0, appraisals = 1'024;
    std::uint64_t rate = 0;
};

// Of a listening without --rate, commands a second.
constexpr std::uint64_t listening_rate = 100;

int fail(const Error& error) {
    std::fprintf(stderr, "jejak-load: %s\n", error.message.c_str());
    return 1;
}

unsigned long long shown(std::uint64_t count) {
    return count;
}

void show_timings(const char* what, const load::Timings& timings, double seconds) {
    std::printf("%-9s %10.0f a second   p50 %.2f ms   p99 %.2f ms   worst %.2f ms\n", what,
                static_cast<double>(timings.count()) / seconds, timings.quantile_ms(0.5),
                timings.quantile_ms(0.99), timings.quantile_ms(1));
}

// True: there was nothing wrong.
bool show_commands(const load::CommandFigures& figures) {
    show_timings("commands", figures.timings, figures.seconds);
    std::printf("          %zu durable, %llu errors, %llu sent again, %llu due and unsent\n",
                figures.timings.count(), shown(figures.errors), shown(figures.sent_again),
                shown(figures.unsent));
    if (!figures.first_error.empty()) std::printf("          %s\n", figures.first_error.c_str());
    return figures.errors == 0 && figures.timings.count() != 0;
}

bool measure_reads(const LoadFlags& flags, const load::Target& target, const load::Stage& stage) {
    const auto figures = load::read_appraisal(target, stage.appraisals.front(), flags.connections,
                                              std::chrono::seconds(flags.reads_s));
    show_timings("reads", figures.timings, figures.seconds);
    std::printf("          %zu answered, %llu errors\n", figures.timings.count(),
                shown(figures.errors));
    return figures.errors == 0 && figures.timings.count() != 0;
}

bool measure_commands(const LoadFlags& flags, const load::Target& target,
                      const load::Stage& stage) {
    boost::asio::io_context io(1);
    load::Commands commands(io, target, stage, flags.connections, flags.rate);
    commands.begin(std::chrono::seconds(flags.commands_s), {});
    io.run();
    return show_commands(commands.figures());
}

bool measure_listeners(const LoadFlags& flags, const load::Target& target,
                       const load::Stage& stage) {
    const auto figures = load::tell_audience(target, stage, flags.listeners, flags.connections,
                                             flags.rate == 0 ? listening_rate : flags.rate,
                                             std::chrono::seconds(flags.listening_s));
    const bool all_accepted = show_commands(figures.commands);
    std::printf("listeners %10.0f events a second to %zu: %llu events of %llu records, %.1f s\n",
                static_cast<double>(figures.events) / std::max(figures.seconds, 0.001),
                flags.listeners, shown(figures.events), shown(figures.records), figures.seconds);
    std::printf("          %llu lost, %llu repeated, %llu out of order; %llu listeners behind\n",
                shown(figures.lost), shown(figures.repeated), shown(figures.disordered),
                shown(figures.behind));
    std::printf("          %llu streams begun, %llu refused or failed %s\n",
                shown(figures.connected), shown(figures.refused), figures.first_refusal.c_str());
    return all_accepted && figures.lost + figures.repeated + figures.disordered == 0;
}

// What disturbs the figures, and what the disk alone can do now.
Result<void> show_machine(const std::string& scratch) {
    std::string load;
    std::getline(std::ifstream("/proc/loadavg"), load);
    std::printf("load      %s\n", load.c_str());
    const auto fsyncs = benchmark::measure_fsyncs_per_second(scratch);
    if (!fsyncs) return fsyncs.error();
    std::printf("disk      %10.0f fsyncs a second\n", *fsyncs);
    return {};
}

int run(const LoadFlags& flags) {
    const auto target = load::target_of(flags.at);
    if (!target) return fail(target.error());
    if (const auto shown = show_machine(flags.scratch); !shown) return fail(shown.error());
    const auto stage = load::open_appraisals(*target, flags.appraisals, flags.connections);
    if (!stage) return fail(stage.error());
    bool is_well = true;
    if (flags.reads_s != 0) is_well = measure_reads(flags, *target, *stage) && is_well;
    if (flags.commands_s != 0) is_well = measure_commands(flags, *target, *stage) && is_well;
    if (flags.listeners != 0) {
        // What was commanded before is not listened to.
        const auto fresh = load::open_appraisals(*target, flags.appraisals, flags.connections);
        if (!fresh) return fail(fresh.error());
        is_well = measure_listeners(flags, *target, *fresh) && is_well;
    }
    if (const auto shown = show_machine(flags.scratch); !shown) return fail(shown.error());
    return is_well ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    CLI::App app(
        "Load for `jejak serve --rate 1000000` in development mode, from this machine. It "
        "publishes a policy and opens appraisals: give it a data directory of its own.\n"
        "Ends with 1 if anything was refused, lost, repeated or out of order.",
        "jejak-load");
    LoadFlags flags;
    app.add_option("--at", flags.at, "Where it listens: 127.0.0.1:8080")->required();
    app.add_option("--reads", flags.reads_s, "Seconds of reading one appraisal");
    app.add_option("--commands", flags.commands_s, "Seconds of durable commands");
    app.add_option("--listeners", flags.listeners, "Readers of /v1/events while commands flow");
    app.add_option("--seconds", flags.listening_s, "of listening (default 10)");
    app.add_option("--connections", flags.connections, "of readers and commands (default 64)")
        ->check(CLI::Range(1U, 10'000U));
    app.add_option("--rate", flags.rate,
                   "Commands a second in all, timed from when each is due (default: as many as "
                   "go; 100 with --listeners)");
    app.add_option("--appraisals", flags.appraisals, "that take the commands (default 1024)")
        ->check(CLI::Range(1U, 1'000'000U));
    app.add_option("--scratch", flags.scratch, "Where the disk is measured (default: temporary)");
    CLI11_PARSE(app, count, words);
    // Each figure is seen when it is known, also through a pipe.
    (void)std::setvbuf(stdout, nullptr, _IOLBF, 0);
    return run(flags);
}
