#include "tools/benchmark/organisation.hpp"

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "workflows/organisation/directory.hpp"

namespace jejak::benchmark {
namespace {

using namespace organisation;
using Steady = std::chrono::steady_clock;

constexpr std::size_t seats = 20;

double passed_since(Steady::time_point started) {
    return std::chrono::duration<double>(Steady::now() - started).count();
}

PersonId numbered(std::size_t number) {
    PersonId id;
    std::uint64_t mixed = number + 1;
    for (auto& byte : id.bytes) {
        mixed = mixed * 6364136223846793005U + 1442695040888963407U;
        byte = static_cast<std::uint8_t>(mixed >> 56);
    }
    return id;
}

// Tells the facts; the positions count up.
class Builder {
  public:
    explicit Builder(Directory& directory) : directory_(directory) {}
    void say(const std::string& stream, std::uint32_t version, const Event& event) {
        directory_.add(stream, version, Position{++position_}, event);
    }

  private:
    Directory& directory_;
    std::uint64_t position_ = 0;
};

void build(Directory& directory, std::size_t units) {
    Builder log(directory);
    for (std::size_t unit = 0; unit < units; ++unit) {
        const auto number = std::to_string(unit);
        const auto parent = unit == 0 ? "" : "u" + std::to_string((unit - 1) / 10);
        log.say("unit:u" + number, 1,
                UnitPlaced{"u" + number, "Unit", parent, "", "2015-01-01", ""});
        for (const char* post : {"h", "s"}) {
            log.say("post:" + (post + number), 1,
                    PostPlaced{post + number, "u" + number, "Jabatan", "", "", *post == 'h',
                               "2015-01-01", ""});
        }
    }
    // Until 2020 everybody sat one unit further on.
    for (std::size_t unit = 0; unit < units; ++unit) {
        for (std::size_t seat = 0; seat < seats; ++seat) {
            const auto person = numbered(unit * seats + seat);
            const std::string kind = seat == 0 ? "h" : "s";
            const auto version = static_cast<std::uint32_t>(2 + 2 * seat);
            const auto old = kind + std::to_string((unit + 1) % units);
            const auto now = kind + std::to_string(unit);
            log.say("post:" + old, version,
                    PostHeld{old, person, "definitive", "2015-01-01", "", ""});
            log.say("post:" + now, version + 1,
                    PostHeld{now, person, "definitive", "2020-01-01", "", ""});
        }
    }
}

}  // namespace

Resolving measure_resolving(std::size_t people) {
    Resolving out;
    Directory directory;
    const auto units = people / seats;
    const auto started = Steady::now();
    build(directory, units);
    out.load_seconds = passed_since(started);
    const auto size = directory.size();
    out.people = size.people;
    out.units = size.units;
    out.facts = size.facts;
    out.bytes = size.bytes;

    std::mt19937 random(1);
    const auto first = parse_day("2020-01-01")->value;
    constexpr std::size_t questions = 200'000;
    std::size_t right = 0;
    auto asking = Steady::now();
    for (std::size_t i = 0; i < questions; ++i) {
        const auto unit = 1 + random() % (units - 1);
        const auto seat = random() % seats;
        const AsOf as_of{Day{first + static_cast<std::int32_t>(random() % 2'000)}};
        const auto leader = seat == 0 ? (unit - 1) / 10 : unit;
        const auto found = directory.superior_of(numbered(unit * seats + seat), as_of);
        right += found && found->person == numbered(leader * seats) ? 1 : 0;
    }
    out.superior_us = 1e6 * passed_since(asking) / questions;
    asking = Steady::now();
    constexpr std::size_t lists = 20'000;
    for (std::size_t i = 0; i < lists; ++i) {
        const auto unit = units / 2 + random() % (units / 2);  // a leaf of the tree
        const auto found =
            directory.subordinates_of(numbered(unit * seats), AsOf{Day{first + 100}});
        right += found.size() == seats - 1 ? 1 : 0;
    }
    out.subordinates_us = 1e6 * passed_since(asking) / lists;
    out.correct = static_cast<double>(right) / (questions + lists);
    return out;
}

}  // namespace jejak::benchmark
