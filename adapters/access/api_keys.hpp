#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/clock.hpp"
#include "engine/ids.hpp"
#include "engine/instant.hpp"
#include "engine/result.hpp"

// Keys of programs that speak to us as themselves, or for people whom they have authenticated.
//
// The file holds SHA-256 of each secret, not the secret, so that who reads it can not use it. A
// slow hash made for passwords would add nothing: those slow down guessing of what people can
// remember, and nobody guesses 256 random bits. For that reason every secret must be such 32 bytes
// in base64url, which make_api_key() makes; others are refused.
//
//   {"keys": [{"id": "simpeg-2026",              1..64 letters, digits, _ and -; stands in logs
//              "sha256": "9f86…",                of the text of the secret: printf %s … | sha256sum
//              "account": "service:simpeg",      who it is; always of the namespace `service`
//              "offices": ["administrator"],     of the account itself; may be left out
//              "may_act_for": ["nip", "student:17"],  namespaces and single people; may be left out
//              "expires_at": "2027-01-01T00:00:00Z"}]}
namespace jejak::access {

inline constexpr std::string_view service_name_space = "service";

// Who a key speaks for.
struct ServiceAccount {
    std::string key_id;             // for logs
    std::string account;            // "service:simpeg"
    std::set<std::string> offices;  // of the account; whom it acts for does not get them
    std::set<std::string> name_spaces, people;  // that it may act for: "nip"; "student:17"

    // Whether `identifier` ("nip:…") is one whom it may act for. Never another service.
    [[nodiscard]] bool may_act_for(std::string_view identifier) const;
};

struct ApiKey {
    Sha256 sha256{};
    Instant expires_at;  // from this moment on it is refused
    ServiceAccount account;
};

using ApiKeyTable = std::map<std::string, ApiKey, std::less<>>;  // by id

// Reads the text of the file. `known_offices` are those that exist; another one is a fault. So are
// members that are unknown, missing or there twice, an id or a secret that stands twice, and a
// secret that is written down. Errors: invalid_input with all faults, one a line, each with its
// place as a JSON pointer (RFC 6901) and the remedy; no secret is quoted.
[[nodiscard]] Result<ApiKeyTable> read_api_keys(std::string_view text,
                                                const std::set<std::string>& known_offices);

struct NewApiKey {
    std::string presented;      // "<id>.<secret>", to be handed over; it cannot be had again
    boost::json::object entry;  // for the list `keys` of the file
};

// `offices` and `may_act_for` are as in the file. Errors: as read_api_keys().
[[nodiscard]] Result<NewApiKey> make_api_key(const std::string& id, const std::string& account,
                                             const std::vector<std::string>& offices,
                                             const std::vector<std::string>& may_act_for,
                                             Instant expires_at,
                                             const std::set<std::string>& known_offices);

// The keys of one file. Thread-safe.
class ApiKeys {
  public:
    // Errors: as read_private_file() and read_api_keys(), naming the file. `clock` is borrowed.
    [[nodiscard]] static Result<std::unique_ptr<ApiKeys>> open(std::filesystem::path path,
                                                               std::set<std::string> known_offices,
                                                               const Clock& clock);

    // `presented` is what follows "ApiKey " in the header Authorization: "<id>.<secret>". It takes
    // as long for an id that is not known as for a secret that is wrong, and compares in constant
    // time. Errors: invalid_input; the message is for the operator's log and repeats nothing of
    // what was presented but the id of a key whose secret was right. The client learns no more than
    // 401.
    [[nodiscard]] Result<ServiceAccount> check(std::string_view presented) const;

    // Reads the file again. True: its text has changed, and from now on its keys hold and no
    // others. Errors: as open(); then the keys are as before.
    [[nodiscard]] Result<bool> reload();

    [[nodiscard]] std::size_t key_count() const;

  private:
    struct Loaded {
        Sha256 of_text{};
        ApiKeyTable keys;
    };
    ApiKeys(std::filesystem::path path, std::set<std::string> known_offices, const Clock& clock)
        : path_(std::move(path)), known_offices_(std::move(known_offices)), clock_(clock) {}
    [[nodiscard]] Result<std::shared_ptr<const Loaded>> load() const;
    [[nodiscard]] std::shared_ptr<const Loaded> loaded() const;

    const std::filesystem::path path_;
    const std::set<std::string> known_offices_;
    const Clock& clock_;
    std::mutex reload_mutex_;   // one reload at a time; before mutex_
    mutable std::mutex mutex_;  // over the pointer
    std::shared_ptr<const Loaded> loaded_;
};

}  // namespace jejak::access
