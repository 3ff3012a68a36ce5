#include "workflows/scoring/derivation.hpp"

namespace jejak::scoring {

Derivation upcast(const DerivationV1& old) {
    Derivation out;
    out.policy = old.policy;
    out.policy_sha256 = old.policy_sha256;
    out.flags = old.flags;
    out.sources = old.sources;
    out.survey = old.survey;
    out.groups = old.groups;
    out.missing = old.missing;
    out.rounding = old.rounding;
    out.capped_from = old.capped_from;
    out.total = old.total;
    out.predicate = old.predicate;
    return out;
}

}  // namespace jejak::scoring
