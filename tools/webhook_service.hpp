#pragma once

#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <string>

#include "adapters/webhooks/checkpoints.hpp"
#include "adapters/webhooks/reactor.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

// Webhooks of a serving program: a reactor with a thread of its own, since it waits for disks and
// for other people's servers. What each endpoint was told is kept in `<directory>/webhooks`.
class WebhookService {
  public:
    struct Files {
        std::string endpoints, extra_ca;  // "" for no webhooks; "" for the system's authorities
    };
    // Null without a file of endpoints. Errors: those of the file, naming the place and the remedy;
    // environment. The workspace is borrowed, opened for writing, before its first command.
    [[nodiscard]] static Result<std::unique_ptr<WebhookService>> start(Workspace& workspace,
                                                                       const std::string& directory,
                                                                       const Files& files);
    ~WebhookService();
    WebhookService(const WebhookService&) = delete;
    WebhookService& operator=(const WebhookService&) = delete;

    // Every second or so.
    void tick() { reactor_->tick(); }
    // Every hour or so: reminds of the clocks that run out within three days.
    void remind();
    [[nodiscard]] const webhooks::Reactor& reactor() const { return *reactor_; }

  private:
    explicit WebhookService(Workspace& workspace) : workspace_(workspace), pool_(1) {}

    Workspace& workspace_;
    std::unique_ptr<webhooks::FileCheckpoints> checkpoints_;
    std::shared_ptr<webhooks::Reactor> reactor_;
    boost::asio::thread_pool pool_;
};

}  // namespace jejak::tools
