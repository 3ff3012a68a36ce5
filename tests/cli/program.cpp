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

using Variables = std::vector<std::pair<std::string, std::string>>;

pid_t spawn(std::vector<std::string> words, const Variables& variables, const char* in,
            const char* out, const char* err) {
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        for (const auto& [name, value] : variables)
            ::setenv(name.c_str(), value.c_str(), 1);
        redirect(in, O_RDONLY, 0);
        redirect(out, O_WRONLY | O_CREAT | O_TRUNC, 1);
        redirect(err, O_WRONLY | O_CREAT | O_TRUNC, 2);
        ::execv(pointers[0], pointers.data());
        ::_exit(127);
    }
    return child;
}

Ran run_to_end(std::vector<std::string> words, const Variables& variables,
               const std::string& input) {
    const Scratch scratch;
    const std::string in = scratch.file("in", input);
    const std::string out = scratch.file("out", "");
    const std::string err = scratch.file("err", "");
    const pid_t child = spawn(std::move(words), variables, in.c_str(), out.c_str(), err.c_str());
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) throw std::runtime_error("no process");
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, read_all(out), read_all(err)};
}

std::vector<std::string> jejak_words(const std::filesystem::path& directory,
                                     std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {JEJAK_BINARY, "--data", directory.string()});
    return arguments;
}

}  // namespace

Ran run(const std::filesystem::path& directory, std::vector<std::string> arguments,
        const std::string& input) {
    return run_to_end(jejak_words(directory, std::move(arguments)), {}, input);
}

Ran run_program(std::vector<std::string> words, const Variables& variables) {
    return run_to_end(std::move(words), variables, {});
}

pid_t start(const std::filesystem::path& directory, std::vector<std::string> arguments) {
    return spawn(jejak_words(directory, std::move(arguments)), {}, "/dev/null", "/dev/null",
                 "/dev/null");
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
