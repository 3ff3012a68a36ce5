#include "tools/caller.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "adapters/intake/identifier.hpp"
#include "tools/publish.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::tools {
namespace {

constexpr std::string_view known_offices[] = {roles::administrator, roles::registrar, "auditor"};

void keep_office(std::set<std::string>& offices, std::string_view word) {
    if (std::find(std::begin(known_offices), std::end(known_offices), word) !=
        std::end(known_offices)) {
        offices.emplace(word);
    }
}

Error not_authenticated(std::string what) {
    return error(ErrorCode::invalid_input, std::move(what));
}

Result<std::shared_ptr<const auth::KeySet>> read_keys(const std::string& file) {
    const auto text = read_file(file);
    if (!text) return text.error();
    auto keys = auth::read_jwks(*text);
    if (!keys) return error(keys.error().code, file + ": " + keys.error().message);
    return std::make_shared<const auth::KeySet>(std::move(*keys));
}

}  // namespace

Callers Callers::development() {
    return {};
}

Result<Callers> Callers::by_tokens(const Tokens& tokens) {
    Callers callers;
    callers.tokens_ = tokens;
    callers.pinned_ = std::make_shared<Pinned>();
    if (auto read = callers.reload(); !read) return read.error();
    auto expectation =
        auth::Expectation::make(tokens.issuer, tokens.audience,
                                tokens.accept_jwt_type ? auth::TokenTypes::access_token_or_jwt
                                                       : auth::TokenTypes::access_token,
                                std::chrono::seconds(30));
    if (!expectation) return expectation.error();
    callers.expectation_ = std::move(*expectation);
    return callers;
}

Result<void> Callers::reload() const {
    if (!pinned_) return {};
    auto keys = read_keys(tokens_.jwks_file);
    if (!keys) return keys.error();
    const std::lock_guard lock(pinned_->mutex);
    pinned_->keys = std::move(*keys);
    return {};
}

std::shared_ptr<const auth::KeySet> Callers::keys() const {
    const std::lock_guard lock(pinned_->mutex);
    return pinned_->keys;
}

Result<Caller> Callers::identify(std::string_view authorization, std::string_view person,
                                 std::string_view offices, Instant now) const {
    if (pinned_) {
        constexpr std::string_view scheme = "Bearer ";
        if (!authorization.starts_with(scheme)) {
            return not_authenticated("send an access token: Authorization: Bearer …");
        }
        return of_token(authorization.substr(scheme.size()), now);
    }
    if (person.empty()) {
        return not_authenticated(
            "development mode: say who you are, X-Jejak-Person: nip:198501012010011001, and your "
            "offices, X-Jejak-Offices: administrator");
    }
    if (const auto known = intake::parse_identifier(person); !known) {
        return not_authenticated("X-Jejak-Person: " + known.error().message);
    }
    Caller caller{std::string(person), {}};
    while (!offices.empty()) {
        const auto comma = offices.find(',');
        keep_office(caller.offices, offices.substr(0, comma));
        offices.remove_prefix(comma == std::string_view::npos ? offices.size() : comma + 1);
    }
    return caller;
}

Result<Caller> Callers::of_token(std::string_view token, Instant now) const {
    const auto claims = auth::verify_token(token, *keys(), *expectation_, now);
    if (!claims) {
        spdlog::info("a token was refused: {}", name_of(claims.error().fault));
        return not_authenticated("the access token is not accepted");
    }
    const auto person = claims->text(tokens_.person_claim);
    if (!person || person->empty()) {
        return not_authenticated("the access token does not say whose it is");
    }
    Caller caller{tokens_.name_space + ":" + std::string(*person), {}};
    if (const auto known = intake::parse_identifier(caller.id); !known) {
        spdlog::info("a token names nobody: {}", known.error().message);
        return not_authenticated("the access token does not say whose it is");
    }
    if (const auto offices = claims->texts(tokens_.offices_claim)) {
        for (const auto word : *offices)
            keep_office(caller.offices, word);
    }
    return caller;
}

}  // namespace jejak::tools
