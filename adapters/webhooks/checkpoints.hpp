#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/webhooks/outbox.hpp"
#include "engine/result.hpp"

namespace jejak::webhooks {

// Port: how far each endpoint has been told, across restarts. There is no reset: what was sent can
// not be unsent. Thread-safe for different endpoints.
class Checkpoints {
  public:
    virtual ~Checkpoints() = default;

    // None: this endpoint was never told anything.
    [[nodiscard]] virtual Result<std::optional<Outbox>> load(const std::string& endpoint_id) = 0;
    // When this returns without error, the outbox MUST survive a power cut; with an error the one
    // before is still there, or this one.
    [[nodiscard]] virtual Result<void> save(const std::string& endpoint_id,
                                            const Outbox& outbox) = 0;
};

// For a library in somebody's process that wants no files, and for tests: nothing outlives it.
class MemoryCheckpoints final : public Checkpoints {
  public:
    [[nodiscard]] Result<std::optional<Outbox>> load(const std::string& endpoint_id) override;
    [[nodiscard]] Result<void> save(const std::string& endpoint_id, const Outbox& outbox) override;

  private:
    std::mutex mutex_;
    std::map<std::string, std::string> texts_;
};

// How files are read and written so that they last: whoever composes the program gives what its
// storage has.
struct DurableFiles {
    // Errors: not_found where there is no such file.
    std::function<Result<std::string>(const std::filesystem::path&)> read;
    // Writes to another name, syncs, renames, syncs the directory; for the owner alone.
    std::function<Result<void>(const std::filesystem::path&, std::string_view)> write;
};

// One file an endpoint, <directory>/<endpoint id>.json, for the owner alone: bodies of reminders
// stand in it.
class FileCheckpoints final : public Checkpoints {
  public:
    // Makes the directory if need be. Errors: environment.
    [[nodiscard]] static Result<std::unique_ptr<FileCheckpoints>> open(
        const std::filesystem::path& directory, DurableFiles files);

    // Errors: environment; corruption, naming the file and the remedy.
    [[nodiscard]] Result<std::optional<Outbox>> load(const std::string& endpoint_id) override;
    [[nodiscard]] Result<void> save(const std::string& endpoint_id, const Outbox& outbox) override;

  private:
    FileCheckpoints(std::filesystem::path directory, DurableFiles files)
        : directory_(std::move(directory)), files_(std::move(files)) {}
    [[nodiscard]] std::filesystem::path file_of(const std::string& endpoint_id) const;

    std::filesystem::path directory_;
    DurableFiles files_;
};

}  // namespace jejak::webhooks
