#pragma once

#include <string>
#include <utility>

#include "storage/inspect.hpp"

namespace jejak::storage {

// Collects findings: counts all, keeps the first ones.
class Findings {
  public:
    Findings(Inspection& inspection, std::size_t kept_max)
        : inspection_(inspection), kept_max_(kept_max) {}

    void add(std::string what, std::string where, std::string remedy) {
        ++inspection_.findings_count;
        if (full()) return;
        inspection_.findings.push_back({std::move(what), std::move(where), std::move(remedy)});
    }
    [[nodiscard]] bool full() const { return inspection_.findings.size() >= kept_max_; }

  private:
    Inspection& inspection_;
    std::size_t kept_max_;
};

inline constexpr const char* restore_remedy =
    "keep the directory as it is and restore the log from a backup or another replica";

}  // namespace jejak::storage
