#include "adapters/evidence/bundle.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <limits>
#include <map>
#include <set>

#include "adapters/json/described.hpp"
#include "engine/record/digest.hpp"
#include "workflows/appraisal/recorded_result.hpp"

namespace jejak::evidence {
namespace {

namespace json = boost::json;

std::string digest_text(std::string_view bytes) {
    return to_hex(record::sha256(bytes));
}

std::string file_name(const char* folder, Position position) {
    return std::string(folder) + "/" + std::to_string(position.value) + ".bin";
}

json::array listed(const std::vector<Exhibit>& exhibits, const char* folder) {
    json::array all;
    for (const auto& exhibit : exhibits) {
        json::array proof;
        for (const auto& hash : exhibit.proof)
            proof.emplace_back(to_hex(hash));
        json::object entry{{"position", exhibit.position.value},
                           {"version", exhibit.version},
                           {"leaf", to_hex(exhibit.leaf)},
                           {"file", nullptr},
                           {"proof", std::move(proof)}};
        if (exhibit.bytes) entry["file"] = file_name(folder, exhibit.position);
        all.push_back(std::move(entry));
    }
    return all;
}

// Reads a manifest: what is not there or of another kind is remembered as the first fault.
class ManifestReader {
  public:
    explicit ManifestReader(const json::object& object) : object_(object) {}

    [[nodiscard]] std::string text(const json::object& object, const char* name) {
        const auto* value = object.if_contains(name);
        if (value != nullptr && value->is_string()) return std::string(value->as_string());
        return missing(name), "";
    }
    [[nodiscard]] std::uint64_t number(const json::object& object, const char* name) {
        const auto* value = object.if_contains(name);
        if (value != nullptr && value->is_int64() && value->as_int64() >= 0) {
            return static_cast<std::uint64_t>(value->as_int64());
        }
        return missing(name), 0;
    }
    [[nodiscard]] Sha256 hash(const std::string& hex, const char* name) {
        Sha256 hash{};
        if (!from_hex(hex, hash.data(), hash.size())) missing(name);
        return hash;
    }
    [[nodiscard]] const json::object& object(const char* name) {
        static const json::object none;
        const auto* value = object_.if_contains(name);
        if (value != nullptr && value->is_object()) return value->as_object();
        return missing(name), none;
    }
    [[nodiscard]] std::vector<Exhibit> exhibits(
        const char* name, const std::map<std::string, const std::string*>& files,
        std::set<std::string>& used) {
        std::vector<Exhibit> all;
        const auto* list = object_.if_contains(name);
        if (list == nullptr || !list->is_array()) return missing(name), all;
        for (const auto& value : list->as_array()) {
            if (!value.is_object()) return missing(name), all;
            all.push_back(exhibit(value.as_object(), name, files, used));
        }
        return all;
    }
    void missing(const std::string& name) {
        if (fault_.empty()) fault_ = "manifest.json: \"" + name + "\" is missing or not valid";
    }
    [[nodiscard]] const std::string& fault() const { return fault_; }

  private:
    [[nodiscard]] Exhibit exhibit(const json::object& entry, const char* folder,
                                  const std::map<std::string, const std::string*>& files,
                                  std::set<std::string>& used) {
        Exhibit found;
        found.position = Position{number(entry, "position")};
        const auto version = number(entry, "version");
        if (version > std::numeric_limits<std::uint32_t>::max()) missing("version");
        found.version = static_cast<std::uint32_t>(version);
        found.leaf = hash(text(entry, "leaf"), "leaf");
        const auto* proof = entry.if_contains("proof");
        if (proof == nullptr || !proof->is_array()) return missing("proof"), found;
        for (const auto& each : proof->as_array()) {
            if (!each.is_string()) return missing("proof"), found;
            found.proof.push_back(hash(std::string(each.as_string()), "proof"));
        }
        const auto* file = entry.if_contains("file");
        if (file == nullptr || file->is_null()) return found;
        const auto name = file_name(folder, found.position);
        const auto bytes = files.find(name);
        if (!file->is_string() || file->as_string() != name || bytes == files.end()) {
            return missing(name), found;
        }
        // Once: a list of one large record again and again would be copied again and again.
        if (!used.insert(name).second) return missing(name), found;
        found.bytes = *bytes->second;
        return found;
    }

    const json::object& object_;
    std::string fault_;
};

Error unfit(std::string what) {
    return error(ErrorCode::corruption, std::move(what));
}

}  // namespace

std::size_t Bundle::withheld() const {
    return static_cast<std::size_t>(std::count_if(
        records.begin(), records.end(), [](const Exhibit& exhibit) { return !exhibit.bytes; }));
}

std::vector<ArchiveFile> files_of(const Bundle& bundle) {
    std::vector<ArchiveFile> files(1);
    const auto add = [&](const std::vector<Exhibit>& exhibits, const char* folder) {
        for (const auto& exhibit : exhibits) {
            if (exhibit.bytes) {
                files.push_back({file_name(folder, exhibit.position), *exhibit.bytes});
            }
        }
    };
    add(bundle.records, "records");
    add(bundle.policies, "policies");
    files.push_back({"derivation.json", bundle.derivation});
    files.push_back({"page.html", bundle.page});
    json::object digests;
    for (std::size_t i = 1; i < files.size(); ++i)
        digests[files[i].name] = digest_text(files[i].bytes);
    const json::object manifest{
        {"format", bundle_format},
        {"appraisal", bundle.appraisal},
        {"log_id", bundle.log_id},
        {"made_at", to_text(bundle.made_at)},
        {"made_for", boost::describe::enum_to_string(bundle.relation, "")},
        {"tree", json::object{{"size", bundle.tree_size}, {"root", to_hex(bundle.root)}}},
        {"withheld", bundle.withheld()},
        {"records", listed(bundle.records, "records")},
        {"policies", listed(bundle.policies, "policies")},
        {"files", std::move(digests)}};
    files.front() = {"manifest.json", json::serialize(manifest) + "\n"};
    return files;
}

Result<Bundle> bundle_of(const std::vector<ArchiveFile>& files) {
    std::map<std::string, const std::string*> by_name;
    for (const auto& file : files)
        by_name[file.name] = &file.bytes;
    const auto found = by_name.find("manifest.json");
    if (found == by_name.end()) return unfit("manifest.json is missing");
    boost::system::error_code fault;
    const auto value = json::parse(*found->second, fault);
    if (fault || !value.is_object()) return unfit("manifest.json cannot be read");
    ManifestReader reader(value.as_object());
    const auto& manifest = value.as_object();
    if (reader.text(manifest, "format") != bundle_format) {
        return unfit("manifest.json: the format is not " + std::string(bundle_format) +
                     "; a newer jejak may read it");
    }
    std::set<std::string> used{"manifest.json", "derivation.json", "page.html"};
    const auto& digests = reader.object("files");
    for (const auto& [name, digest] : digests) {
        const auto file = by_name.find(std::string(name));
        if (file == by_name.end()) return unfit(std::string(name) + " is missing");
        if (!digest.is_string() || digest.as_string() != digest_text(*file->second)) {
            return unfit(std::string(name) + " is not the file that the manifest names");
        }
    }
    for (const auto& file : files) {
        if (file.name != "manifest.json" && !digests.contains(file.name)) {
            return unfit("the manifest does not name " + file.name);
        }
    }
    Bundle bundle;
    bundle.appraisal = reader.text(manifest, "appraisal");
    bundle.log_id = reader.text(manifest, "log_id");
    const auto made_at = parse_instant(reader.text(manifest, "made_at"));
    if (made_at) bundle.made_at = *made_at;
    if (!made_at) reader.missing("made_at");
    const auto relation = reader.text(manifest, "made_for");
    if (!boost::describe::enum_from_string(relation.c_str(), bundle.relation)) {
        reader.missing("made_for");
    }
    const auto& tree = reader.object("tree");
    bundle.tree_size = reader.number(tree, "size");
    bundle.root = reader.hash(reader.text(tree, "root"), "root");
    bundle.records = reader.exhibits("records", by_name, used);
    bundle.policies = reader.exhibits("policies", by_name, used);
    for (const char* name : {"derivation.json", "page.html"}) {
        if (!by_name.contains(name)) reader.missing(name);
    }
    if (!reader.fault().empty()) return unfit(reader.fault());
    for (const auto& file : files) {
        if (!used.contains(file.name)) return unfit(file.name + " belongs to no record");
    }
    if (bundle.withheld() != reader.number(manifest, "withheld")) {
        return unfit("manifest.json counts other records as withheld than it lists");
    }
    bundle.derivation = *by_name.at("derivation.json");
    bundle.page = *by_name.at("page.html");
    return bundle;
}

std::string derivation_text(const appraisal::Appraisal& seen, const scoring::Policy& policy) {
    const auto explanation = appraisal::explain(seen, policy);
    json::object view{{"policy", policy.id},
                      {"policy_sha256", policy.hash_text},
                      {"version", seen.version},
                      {"recorded", explanation.recorded}};
    if (const auto* missing = std::get_if<scoring::Missing>(&explanation.answer)) {
        view["missing"] = missing->text();
    } else {
        const auto& outcome = std::get<scoring::Outcome>(explanation.answer);
        view["score"] = outcome.score_text;
        view["predicate"] = outcome.predicate;
        view["derivation"] = jejak::json::to_json(outcome.derivation, jejak::json::Names{});
    }
    return json::serialize(view) + "\n";
}

}  // namespace jejak::evidence
