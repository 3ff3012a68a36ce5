#pragma once

#include <boost/describe/enum.hpp>
#include <boost/system/result.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/clock.hpp"
#include "engine/ids.hpp"
#include "engine/instant.hpp"
#include "engine/result.hpp"

// Links by which a citizen gives feedback without an account.
//
//   token   = base64url( payload ) "." base64url( tag )
//   payload = {"appraisal": …, "expires_at": …, "id": …, "rater": …, "source": …}   JSON, UTF-8
//   tag     = HMAC-SHA-256( key, "v1." base64url( payload ) )
//   key     = HMAC-SHA-256( secret, "jejak feedback link v1" )
//
// A key of its own, so that the secret may serve other purposes under other labels (the expanding
// half of HKDF, RFC 5869, with one block and without the counter: the secret is uniform already).
// Nothing is kept of a link: it survives restarts as long as the secret does. What it opens it
// opens once, since feedback is given once by each rater of an appraisal, and the log is the truth
// for that; the rater is new with every link. Whoever has the link can read its payload, in which
// no person is named, and can use it: it is as secret as the message that brings it.
namespace jejak::access {

// What a link is good for.
struct FeedbackLink {
    std::string id;         // to revoke it by; random
    std::string appraisal;  // "lampung-2026-0017"
    std::string rater;      // "link:" and a random text; whose feedback it will be
    std::string source;     // of the policy: "community"
    Instant expires_at;     // from this moment on it is refused

    friend bool operator==(const FeedbackLink&, const FeedbackLink&) = default;
};

enum class LinkFault {
    malformed,  // not of the form above; base64url that is not canonical, too long
    altered,    // the tag is not ours
    expired,
    revoked
};
BOOST_DESCRIBE_ENUM(LinkFault, malformed, altered, expired, revoked)

[[nodiscard]] std::string_view name_of(LinkFault fault);

// `message` is for the person who opened the link, and repeats nothing of it. Whoever altered one
// must not be told which part was wrong: malformed and altered have the same message.
struct LinkRefusal {
    LinkFault fault{};
    std::string message;
    friend bool operator==(const LinkRefusal&, const LinkRefusal&) = default;
};

// Called by boost::system::result when value() is asked of a refusal: a fault of the program.
[[noreturn]] void throw_exception_from_error(const LinkRefusal& refusal,
                                             const boost::source_location& where);

template <class T>
using LinkResult = boost::system::result<T, LinkRefusal>;

// Makes and reads links. Thread-safe if `is_revoked` is.
class FeedbackLinks {
  public:
    using IsRevoked = std::function<bool(const FeedbackLink& link)>;

    // `secret` is 32 random bytes that stay the same as long as links are to hold; with another
    // one, all are worth nothing. `is_revoked` is asked of each link that is right otherwise, and
    // may be empty. `clock` is borrowed. Errors: invalid_input for a secret of another size.
    [[nodiscard]] static Result<FeedbackLinks> make(std::string_view secret, const Clock& clock,
                                                    IsRevoked is_revoked);

    struct Made {
        std::string token;
        FeedbackLink link;
    };
    // A link of a new rater, in the namespace `rater_name_space`. Errors: invalid_input, naming
    // what is wrong: an appraisal that is not 1..64 letters, digits and . _ -, or has a NIP; a
    // source or a namespace that is not 1..32 lower-case letters, digits and _; `expires_at` not
    // after now.
    [[nodiscard]] Result<Made> make_link(const std::string& appraisal, const std::string& source,
                                         Instant expires_at,
                                         const std::string& rater_name_space = "link") const;

    // What the token is good for, if we made it and it holds now. Whether it was used, the log
    // says. The tag is compared in constant time, before anything of the payload is read.
    [[nodiscard]] LinkResult<FeedbackLink> verify(std::string_view token) const;

  private:
    FeedbackLinks(const Sha256& key, const Clock& clock, IsRevoked is_revoked)
        : key_(key), clock_(&clock), is_revoked_(std::move(is_revoked)) {}
    [[nodiscard]] Sha256 tag_of(std::string_view payload_text) const;

    Sha256 key_;
    const Clock* clock_;
    IsRevoked is_revoked_;
};

}  // namespace jejak::access
