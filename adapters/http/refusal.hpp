#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <utility>

namespace jejak::http {

// Why a request is not handed to the handler. `code` is stable; `detail` repeats nothing of the
// request.
struct Refusal {
    unsigned status = 500;
    std::string code;
    std::string detail;

    Refusal() = default;
    // Not an aggregate: C++20 would make one from any number, and a result<bool> of that ambiguous.
    Refusal(unsigned its_status, std::string its_code, std::string its_detail)
        : status(its_status), code(std::move(its_code)), detail(std::move(its_detail)) {}

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

// Called by boost::system::result when value() is asked of a refusal: a fault of the program.
[[noreturn]] void throw_exception_from_error(const Refusal& refusal,
                                             const boost::source_location& where);

template <class T>
using Accepted = boost::system::result<T, Refusal>;

}  // namespace jejak::http
