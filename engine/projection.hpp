#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/envelope.hpp"
#include "engine/result.hpp"

namespace jejak {

// The rows of one read model while a projection works on them: reads see its own writes.
class Rows {
  public:
    virtual ~Rows() = default;
    [[nodiscard]] virtual Result<std::optional<std::string>> get(const std::string& key) = 0;
    virtual void put(const std::string& key, std::string value) = 0;
    virtual void erase(const std::string& key) = 0;
};

// A fold of the log into rows. It MUST depend on the records alone, so that made from zero it is
// byte for byte the same: no clock, no key, no random, no other model.
class Projection {
  public:
    virtual ~Projection() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;
    // Errors: corruption or unsupported, when the payload cannot be decoded. Then nothing moves on.
    [[nodiscard]] virtual Result<void> apply(const Envelope& envelope, std::string_view payload,
                                             Rows& rows) const = 0;
};

}  // namespace jejak
