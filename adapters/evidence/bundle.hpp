#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/evidence/archive.hpp"
#include "engine/ids.hpp"
#include "engine/instant.hpp"
#include "engine/record/merkle.hpp"
#include "workflows/appraisal/disclosure.hpp"

// What is handed over of an appraisal, so that somebody without the log can check it.
//
//   manifest.json            what there is: each record with its leaf hash and its audit path
//                            (RFC 6962) to the root of the log; the SHA-256 of every other file
//   records/<position>.bin   a record, byte for byte; none for one that is withheld
//   policies/<position>.bin  the records that published the rules
//   derivation.json          how the score came about, as far as the reader may see it
//   page.html                the same for people, in Indonesian and English
namespace jejak::evidence {

inline constexpr std::string_view bundle_format = "jejak-evidence/1";

// A record of the log. What is withheld has no bytes, but its leaf stands in the log's tree.
struct Exhibit {
    Position position;
    std::uint32_t version = 0;         // in the stream; 0: a refused command
    std::optional<std::string> bytes;  // none: withheld
    Sha256 leaf{};
    record::Proof proof;
    friend bool operator==(const Exhibit&, const Exhibit&) = default;
};

struct Bundle {
    std::string appraisal;
    std::string log_id;  // hex
    Instant made_at;
    appraisal::Relation relation = appraisal::Relation::none;  // of whom it was made for
    std::uint64_t tree_size = 0;
    Sha256 root{};
    std::vector<Exhibit> records;   // of the appraisal's stream, in the log's order
    std::vector<Exhibit> policies;  // in the order in which they were pinned
    std::string derivation;         // JSON: derivation_text, or {"withheld": why}
    std::string page;
    [[nodiscard]] std::size_t withheld() const;
};

[[nodiscard]] std::vector<ArchiveFile> files_of(const Bundle& bundle);

// The bundle that the files are. Errors: corruption, naming the file: one that is missing, that the
// manifest does not name or whose bytes are not those that it names; a manifest that is none.
[[nodiscard]] Result<Bundle> bundle_of(const std::vector<ArchiveFile>& files);

// derivation.json of a state as a reader sees it; the same on every machine.
[[nodiscard]] std::string derivation_text(const appraisal::Appraisal& seen,
                                          const scoring::Policy& policy);

}  // namespace jejak::evidence
