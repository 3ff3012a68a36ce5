#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <vector>

#include "engine/result.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

// What a shell script can tell apart.
enum ExitCode : int {
    exit_ok = 0,
    exit_refused = 1,      // the business said no, or verification failed
    exit_usage = 2,        // the command line or the file handed in is not right
    exit_environment = 3,  // directory, disk, permissions
};

// What all commands of one invocation share.
struct Session {
    std::string directory = "./jejak-data";
    bool json = false;
    int exit_code = exit_ok;

    // Opens the directory; on an error says so and sets the exit code, and gives null.
    [[nodiscard]] std::unique_ptr<Workspace> open(Workspace::Mode mode);
    // Says the error on standard error and sets the exit code.
    void fail(const Error& error);
    // The value of a result, or null after fail().
    template <class T>
    [[nodiscard]] const T* check(const Result<T>& result) {
        if (result) return &*result;
        fail(result.error());
        return nullptr;
    }
    // What an accepted command was answered, or null after saying why it was not.
    [[nodiscard]] const runtime::Receipt* accepted(const Result<runtime::Receipt>& receipt);
    [[nodiscard]] bool check(const Result<void>& result) {
        if (!result) fail(result.error());
        return result.has_value();
    }
};

// One JSON value a line on standard output.
void print_json(const boost::json::value& value);

// A table for people: columns as wide as their widest cell, the first row is the heading.
void print_table(const std::vector<std::vector<std::string>>& rows);

}  // namespace jejak::tools
