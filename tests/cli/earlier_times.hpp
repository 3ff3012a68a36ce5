#pragma once

#include <filesystem>
#include <string_view>

namespace jejak::cli {

// Writes a new data directory as it would have been written at the times of the example story, up
// to its first request that holds `until`, which is not sent: deadlines that are over by now, in
// whichever year this runs.
void tell_the_example_story(const std::filesystem::path& directory, std::string_view until);

}  // namespace jejak::cli
