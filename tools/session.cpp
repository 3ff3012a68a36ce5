#include "tools/session.hpp"

#include <boost/json/serialize.hpp>
#include <cstdio>
#include <iostream>

namespace jejak::tools {
namespace {

int exit_code_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_input: return exit_usage;
        case ErrorCode::not_found:
        case ErrorCode::corruption:
        case ErrorCode::version_conflict:
        case ErrorCode::duplicate_command:
        case ErrorCode::defect: return exit_refused;
        case ErrorCode::environment:
        case ErrorCode::overloaded:
        case ErrorCode::outcome_unknown:
        case ErrorCode::unsupported:
        case ErrorCode::stopped: return exit_environment;
    }
    return exit_environment;
}

// Width on a terminal: code points, good enough for Latin texts.
std::size_t width_of(const std::string& text) {
    std::size_t width = 0;
    for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return width;
}

}  // namespace

std::unique_ptr<Workspace> Session::open(Workspace::Mode mode) {
    auto workspace = Workspace::open(directory, mode);
    if (workspace) return std::move(*workspace);
    fail(workspace.error());
    if (workspace.error().code == ErrorCode::not_found) exit_code = exit_environment;
    return nullptr;
}

const runtime::Receipt* Session::accepted(const Result<runtime::Receipt>& receipt) {
    if (!receipt) return fail(receipt.error()), nullptr;
    if (!receipt->rejection) return &*receipt;
    fail(error(ErrorCode::invalid_input, receipt->rejection->message));
    exit_code = exit_refused;
    return nullptr;
}

void Session::fail(const Error& error) {
    std::cout.flush();
    std::cerr << "jejak: " << error.message << '\n';
    exit_code = exit_code_of(error.code);
}

void print_json(const boost::json::value& value) {
    const std::string text = boost::json::serialize(value);
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fputc('\n', stdout);
}

void print_table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], width_of(row[i]));
        }
    }
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line.append(widths[i] - width_of(row[i]) + 2, ' ');
        }
        std::fputs((line + '\n').c_str(), stdout);
    }
}

}  // namespace jejak::tools
