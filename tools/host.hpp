#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tools/backend/backend.hpp"
#include "tools/operating_metrics.hpp"
#include "tools/webhook_service.hpp"

namespace jejak::tools {

// One data directory that answers: the backend with all that it stands on, without a socket. What
// `jejak serve` puts behind HTTP, and what embeds in another program (tools/embedding).
//
// It keeps time while it runs: clocks of objections that ran out are recorded each minute, streams
// of events say every 15 seconds that they are alive. handle() and handle_as() are thread-safe;
// open, run, stop and the destructor are for one thread. No request may be under way when it goes.
class Host {
  public:
    struct Settings {
        Callers callers = Callers::development();  // for handle()
        Gate::Flags gate;
        WebhookService::Files webhooks;
        bool logs_requests = false;  // a line of JSON for each
    };
    // Opens the directory for writing, makes it if need be. Errors: as Workspace::open, and those
    // of the files that the settings name.
    [[nodiscard]] static Result<std::unique_ptr<Host>> open(const std::string& directory,
                                                            Settings settings);
    ~Host();
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    // For a caller who has to show who he is; as http::Handler.
    void handle(http::Request request, http::Answer answer);
    // For a caller whom the program around it has identified.
    void handle_as(Caller caller, http::Request request, http::Answer answer);

    // Works until stop(), on this thread and as many others as make up `threads`.
    void run(std::size_t threads);
    void stop() { io_.stop(); }
    // Before "it is done" is said: read models at the head, all on disk. Errors: those of the
    // store.
    [[nodiscard]] Result<void> finish();
    // Reads keys of issuers and services anew, and says how that went in the log. Those that are
    // wrong change nothing.
    void reload_keys();

    [[nodiscard]] boost::asio::io_context& io() { return io_; }

  private:
    class Every;
    explicit Host(Settings settings);
    [[nodiscard]] Result<void> begin(const std::string& directory);
    // Looks at the clocks of objections.
    void look_at_clocks();

    const Settings settings_;
    boost::asio::io_context io_;
    std::unique_ptr<Workspace> workspace_;
    metrics::Registry registry_;
    std::unique_ptr<OperatingMetrics> operating_;
    std::unique_ptr<Gate> gate_;
    std::unique_ptr<access::ReadLog> reads_;
    std::unique_ptr<backend::Feed> feed_;
    std::unique_ptr<WebhookService> webhooks_;
    std::unique_ptr<backend::Backend> backend_;
    std::vector<std::unique_ptr<Every>> timers_;
};

}  // namespace jejak::tools
