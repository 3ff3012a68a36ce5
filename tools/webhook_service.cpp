#include "tools/webhook_service.hpp"

#include <spdlog/spdlog.h>

#include <filesystem>
#include <future>

#include "adapters/webhooks/delivery.hpp"
#include "adapters/webhooks/endpoints.hpp"
#include "engine/record/randomness.hpp"
#include "storage/durable_file.hpp"
#include "tools/webhook_messages.hpp"

namespace jejak::tools {
namespace {

constexpr int reminder_days = 3;
constexpr std::size_t checkpoint_bytes_max = 64 << 20;

}  // namespace

Result<std::unique_ptr<WebhookService>> WebhookService::start(Workspace& workspace,
                                                              const std::string& directory,
                                                              const Files& files) {
    if (files.endpoints.empty()) return std::unique_ptr<WebhookService>();
    auto endpoints = webhooks::load_endpoints(files.endpoints);
    if (!endpoints) return endpoints.error();
    std::unique_ptr<WebhookService> service(new WebhookService(workspace));
    auto opened = webhooks::FileCheckpoints::open(
        std::filesystem::path(directory) / "webhooks",
        {[](const auto& path) { return storage::read_file(path, checkpoint_bytes_max); },
         [](const auto& path, std::string_view bytes) {
             return storage::write_file_durably(path, bytes, storage::Existing::replace);
         }});
    if (!opened) return opened.error();
    service->checkpoints_ = std::move(*opened);
    webhooks::DeliveryTerms::Options options;
    options.extra_ca_file = files.extra_ca;
    auto terms = webhooks::DeliveryTerms::make(options);
    if (!terms) return terms.error();
    auto started = webhooks::Reactor::start(
        service->pool_.get_executor(), std::move(*endpoints),
        {workspace.events(), workspace.clock(), *service->checkpoints_, *terms,
         webhook_messages(workspace), workspace.data().keyring().log_secret(),
         [] { return record::random_bytes<1>()[0] / 255.0; }});
    if (!started) return started.error();
    service->reactor_ = std::move(*started);
    workspace.on_growth([reactor = service->reactor_](Position head) { reactor->wake(head); });
    if (const auto head = workspace.events().head()) service->reactor_->wake(head->position);
    return service;
}

WebhookService::~WebhookService() {
    if (reactor_) {
        std::promise<void> stopped;
        reactor_->stop([&] { stopped.set_value(); });
        stopped.get_future().wait();
    }
    pool_.stop();
    pool_.join();
}

void WebhookService::remind() {
    const auto reminders = webhook_reminders(workspace_, reminder_days);
    if (!reminders) {
        return spdlog::error("nobody was reminded: {}", reminders.error().message);
    }
    for (const auto& each : *reminders)
        reactor_->remind(each);
}

}  // namespace jejak::tools
