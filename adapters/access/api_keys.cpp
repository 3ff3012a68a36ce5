#include "adapters/access/api_keys.hpp"

#include "adapters/access/private_file.hpp"
#include "adapters/access/secret_text.hpp"
#include "engine/record/digest.hpp"

namespace jejak::access {
namespace {

constexpr std::size_t api_key_file_bytes_max = 1'048'576;

Error api_key_refused(const std::string& why) {
    return error(ErrorCode::invalid_input, "API key refused: " + why);
}

}  // namespace

bool ServiceAccount::may_act_for(std::string_view identifier) const {
    const auto colon = identifier.find(':');
    if (colon == std::string_view::npos || colon + 1 == identifier.size()) return false;
    const std::string name_space(identifier.substr(0, colon));
    if (name_space == service_name_space) return false;
    return name_spaces.contains(name_space) || people.contains(std::string(identifier));
}

Result<std::unique_ptr<ApiKeys>> ApiKeys::open(std::filesystem::path path,
                                               std::set<std::string> known_offices,
                                               const Clock& clock) {
    std::unique_ptr<ApiKeys> keys(new ApiKeys(std::move(path), std::move(known_offices), clock));
    auto loaded = keys->load();
    if (!loaded) return loaded.error();
    keys->loaded_ = std::move(*loaded);
    return keys;
}

Result<std::shared_ptr<const ApiKeys::Loaded>> ApiKeys::load() const {
    const auto text = read_private_file(path_, api_key_file_bytes_max);
    if (!text) return text.error();
    auto keys = read_api_keys(*text, known_offices_);
    if (!keys) return error(keys.error().code, path_.string() + ": " + keys.error().message);
    return std::make_shared<const Loaded>(Loaded{record::sha256(*text), std::move(*keys)});
}

std::shared_ptr<const ApiKeys::Loaded> ApiKeys::loaded() const {
    const std::lock_guard lock(mutex_);
    return loaded_;
}

Result<bool> ApiKeys::reload() {
    const std::lock_guard one_at_a_time(reload_mutex_);
    auto fresh = load();
    if (!fresh) return fresh.error();
    if ((*fresh)->of_text == loaded()->of_text) return false;
    const std::lock_guard lock(mutex_);
    loaded_ = std::move(*fresh);
    return true;
}

std::size_t ApiKeys::key_count() const {
    return loaded()->keys.size();
}

Result<ServiceAccount> ApiKeys::check(std::string_view presented) const {
    const auto dot = presented.find('.');
    const bool is_whole =
        dot != std::string_view::npos && is_secret_text(presented.substr(dot + 1));
    if (!is_whole) return api_key_refused("it is not of the form id.secret");
    const auto now_loaded = loaded();
    const auto found = now_loaded->keys.find(presented.substr(0, dot));
    const bool is_known = found != now_loaded->keys.end();
    // For an unknown id the same work is done, against bytes that no text is known to hash to.
    const Sha256 expected = is_known ? found->second.sha256 : Sha256{};
    const Sha256 actual = record::sha256(presented.substr(dot + 1));
    const bool is_equal =
        record::equal_in_constant_time(record::bytes_of(actual), record::bytes_of(expected));
    if (!is_known || !is_equal)
        return api_key_refused("its id is not known or its secret is wrong");
    const ApiKey& key = found->second;
    if (clock_.now() >= key.expires_at) {
        return api_key_refused("\"" + key.account.key_id + "\" has expired at " +
                               to_text(key.expires_at) + "; have another one made");
    }
    return key.account;
}

}  // namespace jejak::access
