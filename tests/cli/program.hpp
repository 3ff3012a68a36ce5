#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

// The built binary, run as a person or a script would run it.
namespace jejak::cli {

struct Ran {
    int exit_code = 0;
    std::string out, err;
};

// Runs `jejak --data DIRECTORY ARGUMENTS…` to its end with this standard input.
[[nodiscard]] Ran run(const std::filesystem::path& directory, std::vector<std::string> arguments,
                      const std::string& input = {});

// Runs any program to its end, with these variables in its environment besides our own.
[[nodiscard]] Ran run_program(std::vector<std::string> words,
                              const std::vector<std::pair<std::string, std::string>>& variables);

// The first without waiting; output goes to /dev/null. The caller waits for the process.
[[nodiscard]] pid_t start(const std::filesystem::path& directory,
                          std::vector<std::string> arguments);

// A directory of its own for one test, removed at its end. `data` in it does not exist yet.
class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    [[nodiscard]] std::filesystem::path data() const { return path_ / "data"; }
    // Writes a file and gives its path.
    [[nodiscard]] std::string file(const std::string& name, const std::string& text) const;

  private:
    std::filesystem::path path_;
};

[[nodiscard]] std::string sample(const std::string& name);  // path in tools/samples
[[nodiscard]] std::vector<std::string> lines_of(const std::string& text);

}  // namespace jejak::cli
