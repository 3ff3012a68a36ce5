#include <iostream>
#include <set>

#include "adapters/evidence/page.hpp"
#include "adapters/evidence/verification.hpp"
#include "adapters/json/appraisal_view.hpp"
#include "engine/record/envelope.hpp"
#include "storage/durable_file.hpp"
#include "tools/commands.hpp"
#include "tools/publish.hpp"
#include "tools/reader.hpp"
#include "tools/shown_record.hpp"

// Evidence that leaves the house, and its check where there is no log.
namespace jejak::tools {
namespace {

using evidence::Bundle;
using evidence::Exhibit;

struct EvidenceFlags {
    std::string token, output;
    ReaderFlags reader;
};

class Collector {
  public:
    Collector(Workspace& workspace, const Reading& reading, const std::string& token)
        : workspace_(workspace), reading_(reading), token_(token) {}

    [[nodiscard]] Result<Bundle> collect() {
        const auto head = workspace_.events().head();
        if (!head) return head.error();
        bundle_.appraisal = token_;
        bundle_.log_id = to_hex(workspace_.data().log_id());
        bundle_.made_at = workspace_.clock().now();
        bundle_.relation = reading_.to().relation;
        bundle_.tree_size = head->position.value;
        bundle_.root = head->root;
        // As it is at the head that the proofs are for, whatever is appended meanwhile.
        until_.position = head->position;
        if (auto added = add_records(); !added) return added.error();
        if (auto added = add_policies(); !added) return added.error();
        if (auto made = make_derivation_and_page(); !made) return made.error();
        return std::move(bundle_);
    }

  private:
    [[nodiscard]] Result<Exhibit> exhibit(Position position, std::string_view bytes,
                                          std::uint32_t version, bool is_shown) {
        Exhibit made{position, version, {}, record::leaf_hash(bytes), {}};
        if (is_shown) made.bytes = bytes;
        const auto proof = workspace_.events().inclusion_proof(position, bundle_.tree_size);
        if (!proof) return proof.error();
        for (const auto& hash : *proof) {
            Sha256 step{};
            std::copy(hash.begin(), hash.end(), step.begin());
            made.proof.push_back(step);
        }
        return made;
    }

    [[nodiscard]] Result<void> add_records() {
        Result<void> outcome;
        const auto visit = [&](const ShownRecord& shown) {
            const auto decoded = record::decode_record(shown.bytes);
            if (!decoded) return (outcome = decoded.error(), false);
            auto made = exhibit(shown.position, shown.bytes, decoded->envelope.version.value,
                                shown.is_whole);
            if (!made) return (outcome = made.error(), false);
            bundle_.records.push_back(std::move(*made));
            if (shown.view) content_.timeline.push_back(*shown.view);
            if (decoded->envelope.policy.value != 0) pinned_.insert(decoded->envelope.policy);
            return true;
        };
        const auto read = for_each_shown(workspace_, token_, until_, reading_, visit);
        return read ? outcome : read;
    }

    [[nodiscard]] Result<void> add_policies() {
        for (const Position position : pinned_) {
            const auto bytes = workspace_.events().read(position);
            if (!bytes) return bytes.error();
            if (!*bytes)
                return error(ErrorCode::corruption, "a policy is missing; run jejak verify");
            const auto decoded = record::decode_record(**bytes);
            if (!decoded) return decoded.error();
            auto made = exhibit(position, **bytes, decoded->envelope.version.value, true);
            if (!made) return made.error();
            bundle_.policies.push_back(std::move(*made));
        }
        return {};
    }

    [[nodiscard]] Result<void> make_derivation_and_page() {
        const auto seen = reading_.state(workspace_, until_);
        if (!seen) return seen.error();
        const auto derived = reading_.derived(workspace_, until_);
        if (derived) {
            bundle_.derivation = evidence::derivation_text(*derived, reading_.policy());
            content_.derivation = evidence::derivation_lines(*derived, reading_.policy());
        } else {
            content_.withheld_reason = derived.error().message;
            bundle_.derivation =
                boost::json::serialize(boost::json::object{{"withheld", derived.error().message}}) +
                "\n";
        }
        auto heading = json::view_appraisal(token_, *seen, workspace_.identifiers());
        if (!heading) return heading.error();
        content_.heading = std::move(*heading);
        bundle_.page = evidence::page_of(bundle_, content_);
        return {};
    }

    Workspace& workspace_;
    const Reading& reading_;
    const std::string& token_;
    Until until_;
    Bundle bundle_;
    evidence::PageContent content_;
    std::set<Position> pinned_;
};

void run_evidence(Session& session, const EvidenceFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index"))) return;
    const auto reading = Reading::of(*workspace, flags.reader, flags.token);
    if (!reading) return session.fail(reading.error());
    if (!reading->to().self) {
        return session.fail(error(ErrorCode::not_found,
                                  "evidence is for the employee, the supervisor, the superior, "
                                  "whoever decides an objection, and auditors"));
    }
    if (reading->to().relation == appraisal::Relation::subject && !reading->now().result) {
        return session.fail(error(ErrorCode::invalid_input,
                                  "there is no result yet; evidence for the employee is made once "
                                  "there is one, since the review is hers to see from then on"));
    }
    const auto bundle = Collector(*workspace, *reading, flags.token).collect();
    if (!bundle) return session.fail(bundle.error());
    const auto archive = evidence::pack(evidence::files_of(*bundle));
    if (!archive) return session.fail(archive.error());
    if (!session.check(
            storage::write_file_durably(flags.output, *archive, storage::Existing::replace)))
        return;
    if (session.json) {
        return print_json(boost::json::object{{"file", flags.output},
                                              {"records", bundle->records.size()},
                                              {"withheld", bundle->withheld()},
                                              {"tree_size", bundle->tree_size},
                                              {"root", to_hex(bundle->root)}});
    }
    std::cout << flags.output << ": " << bundle->records.size() << " records, "
              << bundle->withheld() << " of them withheld, proven against root "
              << to_hex(bundle->root) << " of " << bundle->tree_size
              << " records\n`jejak verify-evidence " << flags.output
              << "` checks it anywhere, without the log\n";
}

void print_verification(const evidence::Verification& found) {
    std::cout << "appraisal    " << found.appraisal << (found.phase.empty() ? "" : ", ")
              << found.phase << ", made for " << found.made_for << '\n'
              << "result       " << (found.score.empty() ? "-" : found.score) << ' '
              << found.predicate << '\n'
              << "records      " << found.records << " read, " << found.withheld
              << " withheld; each is in the log\n"
              << "results      " << found.results << " computed again\n"
              << "derivation   "
              << (found.has_derivation ? "as computed again" : "withheld from this reader") << '\n'
              << "log          " << found.log_id << ", " << found.tree_size << " records, root "
              << to_hex(found.root) << '\n';
}

void run_verify_evidence(Session& session, const std::string& file, const std::string& root_text) {
    const auto archive = read_file(file);
    if (!archive) return session.fail(archive.error());
    std::optional<Sha256> root;
    if (!root_text.empty()) {
        root.emplace();
        if (!from_hex(root_text, root->data(), root->size())) {
            return session.fail(
                error(ErrorCode::invalid_input, "--root is 64 hex digits, as `jejak verify` says"));
        }
    }
    const auto found = evidence::verify_bundle(*archive, root);
    if (!found) {
        return session.fail(
            error(found.error().code, "the bundle is refused: " + found.error().message));
    }
    const bool is_good = found->findings.empty();
    if (session.json) {
        boost::json::array findings;
        for (const auto& each : found->findings)
            findings.emplace_back(each);
        print_json(boost::json::object{{"ok", is_good},
                                       {"appraisal", found->appraisal},
                                       {"phase", found->phase},
                                       {"score", found->score},
                                       {"predicate", found->predicate},
                                       {"made_for", found->made_for},
                                       {"records", found->records},
                                       {"withheld", found->withheld},
                                       {"results_recomputed", found->results},
                                       {"has_derivation", found->has_derivation},
                                       {"version", found->version},
                                       {"position", found->last.value},
                                       {"log_id", found->log_id},
                                       {"tree_size", found->tree_size},
                                       {"root", to_hex(found->root)},
                                       {"findings", std::move(findings)}});
    } else if (is_good) {
        print_verification(*found);
        std::cout << "ok: nothing was altered up to version " << found->version << " (position "
                  << found->last.value
                  << "); of later ones it says nothing, and names and words on "
                  << "page.html are no part of the proof"
                  << (root ? "" : "; compare the root with the one that the log's keeper publishes")
                  << '\n';
    }
    if (is_good) return;
    std::string all;
    for (const auto& each : found->findings)
        all += "\n  " + each;
    session.fail(error(ErrorCode::corruption, "the bundle is refused:" + all));
}

}  // namespace

void add_evidence(CLI::App& app, Session& session) {
    auto flags = std::make_shared<EvidenceFlags>();
    auto* command = app.add_subcommand(
        "evidence", "Everything about one appraisal in a file that can be checked anywhere");
    command->footer(
        "Example: jejak evidence sofifi-2025-001 -o bukti.zip --for nip:198501012010011001\n"
        "What single raters said stays out of it, except for whoever decides an objection and for "
        "auditors.");
    command->add_option("id", flags->token, "The appraisal")->required();
    command->add_option("-o,--output", flags->output, "The file to write")->required();
    add_reader(*command, flags->reader);
    add_name_raters(*command, flags->reader);
    command->callback([flags, &session] { run_evidence(session, *flags); });
}

void add_verify_evidence(CLI::App& app, Session& session) {
    auto file = std::make_shared<std::string>();
    auto root = std::make_shared<std::string>();
    auto* command = app.add_subcommand(
        "verify-evidence", "Check such a file without the log, and compute its score again");
    command->footer("Example: jejak verify-evidence bukti.zip");
    command->add_option("file", *file, "The bundle")->required();
    command->add_option("--root", *root, "The log's root as known from elsewhere");
    command->callback([file, root, &session] { run_verify_evidence(session, *file, *root); });
}

}  // namespace jejak::tools
