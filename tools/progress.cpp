#include "tools/progress.hpp"

#include <unistd.h>

#include <cstdio>

namespace jejak::tools {
namespace {

std::string duration_text(double seconds) {
    const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
    if (whole < 60) return std::to_string(whole) + " s";
    return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

std::string bar_text(std::uint64_t done, std::uint64_t total) {
    constexpr std::uint64_t cells = 24;
    const std::uint64_t filled = done * cells / total;
    std::string bar = " [";
    for (std::uint64_t i = 0; i < cells; ++i)
        bar += i < filled ? '#' : '.';
    return bar + "] " + std::to_string(done * 100 / total) + "%";
}

}  // namespace

Progress::Progress(std::string label) : label_(std::move(label)), terminal_(isatty(2) == 1) {}

Progress::~Progress() {
    if (terminal_ && anything_shown_) std::fputs("\r\033[K", stderr);
}

void Progress::show(std::uint64_t done, std::uint64_t total) {
    const auto now = Clock::now();
    const auto pause = terminal_ ? std::chrono::milliseconds(200) : std::chrono::seconds(10);
    if (now - started_ < std::chrono::seconds(1) || now - shown_ < pause) return;
    shown_ = now;
    anything_shown_ = true;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const double rate = static_cast<double>(done) / seconds;
    std::string line = label_;
    if (total != 0 && done <= total) line += bar_text(done, total);
    line += "  " + std::to_string(done) + "  " + std::to_string(static_cast<std::uint64_t>(rate)) +
            "/s";
    if (total > done && rate > 0) {
        line += "  " + duration_text(static_cast<double>(total - done) / rate) + " left";
    }
    std::fputs(terminal_ ? ("\r\033[K" + line).c_str() : (line + '\n').c_str(), stderr);
}

}  // namespace jejak::tools
