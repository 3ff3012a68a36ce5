#pragma once

#include <string_view>

#include "engine/actor.hpp"

// The words that stand in Actor::role, the same in code, log and API.
namespace jejak::roles {

inline constexpr std::string_view employee = "employee";            // pegawai yang dinilai
inline constexpr std::string_view supervisor = "supervisor";        // pejabat penilai
inline constexpr std::string_view superior = "superior";            // atasan pejabat penilai
inline constexpr std::string_view peer = "peer";                    // rekan sejawat
inline constexpr std::string_view subordinate = "subordinate";      // bawahan
inline constexpr std::string_view community = "community";          // masyarakat
inline constexpr std::string_view administrator = "administrator";  // pengelola kepegawaian
inline constexpr std::string_view registrar = registrar_role;       // pencatat, imports history

}  // namespace jejak::roles
