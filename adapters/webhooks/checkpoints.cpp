#include "adapters/webhooks/checkpoints.hpp"

#include <system_error>

namespace jejak::webhooks {

Result<std::optional<Outbox>> MemoryCheckpoints::load(const std::string& endpoint_id) {
    const std::lock_guard lock(mutex_);
    const auto found = texts_.find(endpoint_id);
    if (found == texts_.end()) return std::optional<Outbox>();
    auto outbox = parse_outbox(found->second);
    if (!outbox) return outbox.error();
    return std::optional(std::move(*outbox));
}

Result<void> MemoryCheckpoints::save(const std::string& endpoint_id, const Outbox& outbox) {
    const std::lock_guard lock(mutex_);
    texts_.insert_or_assign(endpoint_id, to_text(outbox));
    return {};
}

Result<std::unique_ptr<FileCheckpoints>> FileCheckpoints::open(
    const std::filesystem::path& directory, DurableFiles files) {
    using std::filesystem::perms;
    std::error_code fault;
    const bool made = std::filesystem::create_directories(directory, fault);
    if (made && !fault) std::filesystem::permissions(directory, perms::owner_all, fault);
    if (fault || !std::filesystem::is_directory(directory, fault)) {
        return error(ErrorCode::environment, "cannot make the directory " + directory.string() +
                                                 ": " + fault.message() +
                                                 "; let the user of this process write there");
    }
    return std::unique_ptr<FileCheckpoints>(new FileCheckpoints(directory, std::move(files)));
}

std::filesystem::path FileCheckpoints::file_of(const std::string& endpoint_id) const {
    return directory_ / (endpoint_id + ".json");
}

Result<std::optional<Outbox>> FileCheckpoints::load(const std::string& endpoint_id) {
    const auto file = file_of(endpoint_id);
    const auto text = files_.read(file);
    if (!text && text.error().code == ErrorCode::not_found) return std::optional<Outbox>();
    if (!text) return text.error();
    auto outbox = parse_outbox(*text);
    if (!outbox) {
        return error(outbox.error().code,
                     file.string() + ' ' + outbox.error().message +
                         "; take it from a backup, or move it away and give the endpoint a "
                         "from_position: what it is told twice has the same webhook-id");
    }
    return std::optional(std::move(*outbox));
}

Result<void> FileCheckpoints::save(const std::string& endpoint_id, const Outbox& outbox) {
    return files_.write(file_of(endpoint_id), to_text(outbox));
}

}  // namespace jejak::webhooks
