#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "adapters/auth/token.hpp"
#include "engine/result.hpp"

namespace jejak::tools {

// Who asks over HTTP, as authenticated.
struct Caller {
    std::string id;                 // "nip:198501012010011001"
    std::set<std::string> offices;  // administrator, registrar, auditor: as the issuer says
    // Through which door: "http", "library", or the service account that acts for the person,
    // "service:simpeg". It stands in the record of whatever she does.
    std::string channel = "http";
};

// Who a request speaks for. Roles that follow from the records (employee, supervisor, superior,
// rater) are no office: the decider asks the log.
class Callers {
  public:
    struct Tokens {
        std::string jwks_file, issuer, audience;
        std::string person_claim = "nip";  // its text is the identifier
        std::string offices_claim = "roles";
        std::string name_space = "nip";  // of the identifier
        bool accept_jwt_type = false;
    };
    // Anybody is whom the request says: for trying things out on one's own machine.
    [[nodiscard]] static Callers development();
    // Errors: invalid_input and environment, naming the file or the setting and the remedy.
    [[nodiscard]] static Result<Callers> by_tokens(const Tokens& tokens);

    [[nodiscard]] bool is_development() const { return !pinned_; }
    // `authorization` is that header; `person` and `offices` are those of the development mode
    // ("nip:…", "administrator,auditor"). Errors: invalid_input, for the 401; they say nothing that
    // helps a forger. Thread-safe.
    [[nodiscard]] Result<Caller> identify(std::string_view authorization, std::string_view person,
                                          std::string_view offices, Instant now) const;

    // Reads the pinned keys anew; where they cannot be read, those from before hold. Errors: those
    // of by_tokens. Thread-safe.
    [[nodiscard]] Result<void> reload() const;

  private:
    Callers() = default;
    [[nodiscard]] Result<Caller> of_token(std::string_view token, Instant now) const;

    // The keys that hold now; whoever verifies keeps those that held when she began.
    struct Pinned {
        std::mutex mutex;
        std::shared_ptr<const auth::KeySet> keys;
    };
    [[nodiscard]] std::shared_ptr<const auth::KeySet> keys() const;

    Tokens tokens_;
    std::shared_ptr<Pinned> pinned_;  // null: development
    std::optional<auth::Expectation> expectation_;
};

}  // namespace jejak::tools
