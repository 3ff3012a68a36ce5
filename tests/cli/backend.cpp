#include "tests/cli/backend.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

namespace jejak::cli {

Backend::Backend(const std::string& directory, const std::vector<std::string>& more) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    process_ = ::fork();
    if (process_ == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        ::close(ends[1]);
        std::vector<std::string> words = {JEJAK_BINARY, "--data",   directory,
                                          "serve",      "--listen", "127.0.0.1:0"};
        words.insert(words.end(), more.begin(), more.end());
        std::vector<char*> pointers;
        for (auto& word : words)
            pointers.push_back(word.data());
        pointers.push_back(nullptr);
        ::execv(JEJAK_BINARY, pointers.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    std::string line;
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';)
        line += c;
    ::close(ends[0]);
    const auto at = line.find("http");
    EXPECT_NE(at, std::string::npos) << "it did not listen: " << line;
    if (at != std::string::npos) address_ = line.substr(at);
}

int Backend::end(int signal) {
    if (process_ == 0) return 0;
    (void)::kill(process_, signal);
    int status = 0;
    (void)::waitpid(process_, &status, 0);
    process_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

boost::json::object Got::json() const {
    boost::system::error_code fault;
    auto value = boost::json::parse(body, fault);
    if (fault || !value.is_object()) return {{"text", body}};
    return value.as_object();
}

void Http::SetUp() {
    const Ran imported = run(scratch_.data(), {"import", sample("sofifi.jsonl")});
    ASSERT_EQ(imported.exit_code, 0) << imported.err;
    backend_ = std::make_unique<Backend>(scratch_.data().string());
}

Got Http::curl(std::vector<std::string> arguments) const {
    arguments.back() = backend_->address() + arguments.back();
    std::vector<std::string> words = {"/usr/bin/curl", "-sS", "-i", "--max-time", "20"};
    if (std::find(arguments.begin(), arguments.end(), "-d") != arguments.end()) {
        words.insert(words.end(), {"-H", "Content-Type: application/json"});
    }
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Ran ran = run_program(words, {});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    Got got;
    const auto gap = ran.out.find("\r\n\r\n");
    got.head = ran.out.substr(0, gap);
    if (gap != std::string::npos) got.body = ran.out.substr(gap + 4);
    got.status = got.head.size() > 12 ? std::stoi(got.head.substr(9, 3)) : 0;
    return got;
}

Got Http::get(const std::string& path, const std::string& person,
              const std::string& offices) const {
    std::vector<std::string> words;
    if (!person.empty()) words.insert(words.end(), {"-H", "X-Jejak-Person: " + person});
    if (!offices.empty()) words.insert(words.end(), {"-H", "X-Jejak-Offices: " + offices});
    words.push_back(path);
    return curl(words);
}

Got Http::post(const std::string& path, const std::string& body, const std::string& person,
               const std::string& offices) const {
    return curl(
        {"-H", "X-Jejak-Person: " + person, "-H", "X-Jejak-Offices: " + offices, "-d", body, path});
}

}  // namespace jejak::cli
