#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/organisation/directory.hpp"

namespace jejak::organisation {

// Teams across units: who leads them and who works in them, on any day, as known at any position.
// Not thread-safe while facts are added.
class Teams {
  public:
    // As Directory::add; takes the facts about teams and leaves the others.
    void add(std::string_view stream, std::uint32_t version, Position position, const Event& event);

    // None where there is no such team on that day.
    [[nodiscard]] std::optional<PersonId> lead_of(std::string_view team, const AsOf& as_of) const;
    // "" for a team that nobody has placed.
    [[nodiscard]] std::string name_of(std::string_view team, const AsOf& as_of) const;
    [[nodiscard]] std::vector<std::string> teams_of(PersonId person, const AsOf& as_of) const;
    [[nodiscard]] std::vector<PersonId> members_of(std::string_view team, const AsOf& as_of) const;

  private:
    template <class Stated>
    struct Known {
        std::string stream;
        std::uint32_t version = 0;
        std::uint64_t known_from = 0, retracted_at = 0;  // 0: it stands
        Stated stated;
        [[nodiscard]] bool holds(const AsOf& as_of) const;
    };
    [[nodiscard]] const Known<TeamPlaced>* place_of(std::string_view team, const AsOf& as_of) const;

    std::vector<Known<TeamPlaced>> placed_;
    std::vector<Known<TeamJoined>> joined_;
};

}  // namespace jejak::organisation
