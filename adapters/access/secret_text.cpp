#include "adapters/access/secret_text.hpp"

#include "adapters/auth/base64url.hpp"
#include "engine/record/randomness.hpp"

namespace jejak::access {

std::string fresh_secret() {
    const auto bytes = record::random_bytes<secret_bytes>();
    return auth::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

bool is_secret_text(std::string_view text) {
    if (text.size() != secret_text_size) return false;
    const auto bytes = auth::from_base64url(text);
    return bytes && bytes->size() == secret_bytes;
}

}  // namespace jejak::access
