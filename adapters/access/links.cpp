#include "adapters/access/links.hpp"

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <stdexcept>

#include "adapters/auth/base64url.hpp"
#include "adapters/intake/identifier.hpp"
#include "adapters/json/document.hpp"
#include "engine/record/digest.hpp"
#include "engine/record/randomness.hpp"

namespace jejak::access {
namespace {

constexpr std::size_t link_token_bytes_max = 2048;
constexpr std::size_t link_random_bytes = 16;
constexpr std::size_t link_secret_bytes = 32;

bool is_word_of_link(std::string_view text, std::size_t size_max, std::string_view marks,
                     bool with_capitals) {
    return !text.empty() && text.size() <= size_max &&
           std::all_of(text.begin(), text.end(), [&](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      (with_capitals && c >= 'A' && c <= 'Z') ||
                      marks.find(c) != std::string_view::npos;
           });
}

std::string random_text_of_link() {
    const auto bytes = record::random_bytes<link_random_bytes>();
    return auth::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

LinkRefusal link_refused(LinkFault fault) {
    switch (fault) {
        case LinkFault::malformed:
        case LinkFault::altered:
            return {fault, "the link is not complete; open it again from the message it came in"};
        case LinkFault::expired:
            return {fault, "the time for which the link was valid is over"};
        case LinkFault::revoked:
            break;
    }
    return {fault, "the link was withdrawn by the office that sent it"};
}

std::string payload_of(const FeedbackLink& link) {
    return boost::json::serialize(boost::json::object{{"appraisal", link.appraisal},
                                                      {"expires_at", to_text(link.expires_at)},
                                                      {"id", link.id},
                                                      {"rater", link.rater},
                                                      {"source", link.source}});
}

// None: not what payload_of() writes.
std::optional<FeedbackLink> read_payload(std::string_view text) {
    std::vector<json::Problem> problems;
    const auto document = json::parse_document(text, problems);
    const auto* object = document.if_object();
    if (!problems.empty() || object == nullptr) return std::nullopt;
    bool is_whole = true;
    const auto member = [&](std::string_view name) -> std::string {
        const auto* value = object->if_contains(name);
        is_whole = is_whole && value != nullptr && value->is_string();
        return is_whole ? std::string(value->get_string()) : std::string();
    };
    FeedbackLink link{member("id"), member("appraisal"), member("rater"), member("source"), {}};
    const auto expires_at = parse_instant(member("expires_at"));
    if (!is_whole || !expires_at) return std::nullopt;
    link.expires_at = *expires_at;
    return link;
}

}  // namespace

std::string_view name_of(LinkFault fault) {
    return boost::describe::enum_to_string(fault, "unknown");
}

void throw_exception_from_error(const LinkRefusal& refusal, const boost::source_location&) {
    throw std::logic_error("value() of a refused link (" + std::string(name_of(refusal.fault)) +
                           "): " + refusal.message);
}

Result<FeedbackLinks> FeedbackLinks::make(std::string_view secret, const Clock& clock,
                                          IsRevoked is_revoked) {
    if (secret.size() != link_secret_bytes) {
        return error(ErrorCode::invalid_input,
                     "the secret of feedback links has " + std::to_string(secret.size()) +
                         " bytes; it needs 32 random ones: head -c 32 /dev/urandom");
    }
    return FeedbackLinks(record::hmac_sha256(secret, "jejak feedback link v1"), clock,
                         std::move(is_revoked));
}

Sha256 FeedbackLinks::tag_of(std::string_view payload_text) const {
    return record::hmac_sha256(record::bytes_of(key_), "v1." + std::string(payload_text));
}

Result<FeedbackLinks::Made> FeedbackLinks::make_link(const std::string& appraisal,
                                                     const std::string& source, Instant expires_at,
                                                     const std::string& rater_name_space) const {
    const auto wrong = [](const std::string& what) {
        return error(ErrorCode::invalid_input, "no link was made: " + what);
    };
    if (!is_word_of_link(appraisal, 64, "._-", true) || intake::holds_nip(appraisal)) {
        return wrong("the appraisal needs 1 to 64 letters, digits and . _ -, and no NIP in it");
    }
    if (!is_word_of_link(source, 32, "_", false)) {
        return wrong("the source needs 1 to 32 lower-case letters, digits and _");
    }
    if (!is_word_of_link(rater_name_space, 32, "_", false)) {
        return wrong("the rater's namespace needs 1 to 32 lower-case letters, digits and _");
    }
    if (expires_at <= clock_->now()) {
        return wrong("it would have expired at " + to_text(expires_at) + "; give a later moment");
    }
    const FeedbackLink link{random_text_of_link(), appraisal,
                            rater_name_space + ":" + random_text_of_link(), source, expires_at};
    const std::string text = auth::to_base64url(payload_of(link));
    return Made{text + "." + auth::to_base64url(record::bytes_of(tag_of(text))), link};
}

LinkResult<FeedbackLink> FeedbackLinks::verify(std::string_view token) const {
    if (token.size() > link_token_bytes_max) return link_refused(LinkFault::malformed);
    const auto dot = token.find('.');
    if (dot == std::string_view::npos) return link_refused(LinkFault::malformed);
    const auto payload = auth::from_base64url(token.substr(0, dot));
    const auto tag = auth::from_base64url(token.substr(dot + 1));
    if (!payload || !tag) return link_refused(LinkFault::malformed);
    const Sha256 expected = tag_of(token.substr(0, dot));
    if (!record::equal_in_constant_time(*tag, record::bytes_of(expected))) {
        return link_refused(LinkFault::altered);
    }
    auto link = read_payload(*payload);
    if (!link) return link_refused(LinkFault::malformed);  // of another program with our key
    if (clock_->now() >= link->expires_at) return link_refused(LinkFault::expired);
    if (is_revoked_ && is_revoked_(*link)) return link_refused(LinkFault::revoked);
    return std::move(*link);
}

}  // namespace jejak::access
