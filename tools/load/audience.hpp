#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <vector>

#include "tools/load/commanding.hpp"
#include "tools/load/listening.hpp"

namespace jejak::load {

struct AudienceFigures {
    std::uint64_t lost = 0;  // acknowledged, or heard by another one, and not heard by a listener
    std::uint64_t repeated = 0, disordered = 0;
    std::uint64_t records = 0;  // different ones, heard by anybody
    std::uint64_t events = 0;   // told in all
    std::uint64_t connected = 0, refused = 0, behind = 0;
    std::string first_refusal;
    double seconds = 0;  // from the first command until all had heard the last
    CommandFigures commands;
};

// So many listeners, while commands flow at `rate` a second. Each listener has to hear every
// command that was acknowledged and whatever any of them hears, once and in order; they are waited
// for until they hear nothing new for a while.
[[nodiscard]] AudienceFigures tell_audience(const Target& target, const Stage& stage,
                                            std::size_t listeners, std::size_t connections,
                                            std::uint64_t rate, std::chrono::seconds span);

}  // namespace jejak::load
