#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace jejak::tools {

// Shows on standard error how far long work is: a bar with rate and time left on a terminal, a
// plain line every ten seconds elsewhere; nothing in the first second. One thread.
class Progress {
  public:
    explicit Progress(std::string label);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // `total` 0: not known.
    void show(std::uint64_t done, std::uint64_t total);

  private:
    using Clock = std::chrono::steady_clock;

    std::string label_;
    bool terminal_;
    Clock::time_point started_ = Clock::now();
    Clock::time_point shown_ = started_;
    bool anything_shown_ = false;
};

}  // namespace jejak::tools
