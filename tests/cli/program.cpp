#include "tests/cli/program.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace jejak::cli {
namespace {

std::string read_all(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

void redirect(const char* path, int flags, int to) {
    const int file = ::open(path, flags, 0600);
    if (file < 0 || ::dup2(file, to) < 0) ::_exit(127);
    ::close(file);
}

pid_t spawn(const std::filesystem::path& directory, std::vector<std::string> arguments,
            const char* in, const char* out, const char* err) {
    arguments.insert(arguments.begin(), {JEJAK_BINARY, "--data", directory.string()});
    std::vector<char*> words;
    for (std::string& argument : arguments)
        words.push_back(argument.data());
    words.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        redirect(in, O_RDONLY, 0);
        redirect(out, O_WRONLY | O_CREAT | O_TRUNC, 1);
        redirect(err, O_WRONLY | O_CREAT | O_TRUNC, 2);
        ::execv(words[0], words.data());
        ::_exit(127);
    }
    return child;
}

}  // namespace

Ran run(const std::filesystem::path& directory, std::vector<std::string> arguments,
        const std::string& input) {
    const Scratch scratch;
    const std::string in = scratch.file("in", input);
    const std::string out = scratch.file("out", "");
    const std::string err = scratch.file("err", "");
    const pid_t child =
        spawn(directory, std::move(arguments), in.c_str(), out.c_str(), err.c_str());
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) throw std::runtime_error("no process");
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, read_all(out), read_all(err)};
}

pid_t start(const std::filesystem::path& directory, std::vector<std::string> arguments) {
    return spawn(directory, std::move(arguments), "/dev/null", "/dev/null", "/dev/null");
}

Scratch::Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "jejak-cli-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string Scratch::file(const std::string& name, const std::string& text) const {
    const std::string path = (path_ / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

std::string sample(const std::string& name) {
    return std::string(JEJAK_SOURCE_DIR) + "/tools/samples/" + name;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

}  // namespace jejak::cli
