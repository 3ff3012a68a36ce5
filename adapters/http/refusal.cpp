#include "adapters/http/refusal.hpp"

#include <stdexcept>

namespace jejak::http {

void throw_exception_from_error(const Refusal& refusal, const boost::source_location&) {
    throw std::logic_error("value() of a refused request: " + refusal.code);
}

}  // namespace jejak::http
