// Many threads ask one writer, readers follow: nothing is lost, doubled or torn. Most useful under
// the thread sanitizer (preset tsan).

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <thread>

#include "engine/runtime/projector.hpp"
#include "storage/memory_read_store.hpp"
#include "tests/runtime/totals_projection.hpp"
#include "tests/runtime/troubled_event_store.hpp"
#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;

constexpr int asking_threads = 4;
constexpr int commands_each = 150;

struct Service {
    Service() {
        projections.push_back(std::make_unique<TotalsProjection>());
        store.answer_from_elsewhere();
        auto started = Writer::start(threads.get_executor(), store, keyring, clock, workflows,
                                     {.batch_commands_max = 16});
        EXPECT_TRUE(started.has_value());
        writer = *started;
        projector = std::make_shared<Projector>(threads.get_executor(), memory, rows, projections);
        writer->on_growth([this](Position head) { projector->wake(head); });
    }
    ~Service() { threads.join(); }

    storage::MemoryEventStore memory;
    TroubledEventStore store{memory};
    storage::MemoryKeyring keyring{LogId{{5}}};
    storage::ManualClock clock{start_of_2026};
    storage::MemoryReadStore rows;
    Workflows workflows = counter_workflows();
    Projections projections;
    boost::asio::thread_pool threads{3};
    std::shared_ptr<Writer> writer;
    std::shared_ptr<Projector> projector;
};

TEST(Threads, may_all_ask_one_writer) {
    Service service;
    ASSERT_TRUE(service.writer->execute(request_of("a", Open{person(1)}, "open")).has_value());
    std::atomic<int> repeated = 0;
    const auto ask = [&](int thread) {
        for (int i = 0; i < commands_each; ++i) {
            // Two threads use the same ids, so that each command comes twice, from two sides.
            const std::string id = std::to_string(thread / 2) + "-" + std::to_string(i);
            const auto answer = service.writer->execute(request_of("a", Add{1}, id));
            ASSERT_TRUE(answer.has_value()) << answer.error().message;
            if (answer->repeated) ++repeated;
            service.clock.advance(std::chrono::microseconds(1));
            if (i % 10 != 0) continue;
            ASSERT_TRUE(service.projector->wait_for(answer->last).has_value());
        }
    };
    std::vector<std::thread> asking;
    for (int thread = 0; thread < asking_threads; ++thread)
        asking.emplace_back(ask, thread);
    for (std::thread& thread : asking)
        thread.join();
    constexpr int distinct = asking_threads / 2 * commands_each;
    EXPECT_EQ(repeated, distinct);
    EXPECT_EQ(service.memory.head()->position.value, std::uint64_t{distinct} + 2);
    EXPECT_EQ(refolded(service.memory, "a").first.total, distinct);
    ASSERT_TRUE(service.projector->wait_for(service.memory.head()->position).has_value());
    EXPECT_EQ(service.rows.get("totals", "counter/a").value(), std::to_string(distinct));
}

TEST(Threads, are_each_answered_once_while_another_stops_the_writer) {
    Service service;
    ASSERT_TRUE(service.writer->execute(request_of("a", Open{person(1)}, "open")).has_value());
    std::atomic<int> accepted = 0;
    std::atomic<int> refused = 0;
    const auto ask = [&](int thread) {
        for (int i = 0; i < commands_each; ++i) {
            const std::string id = std::to_string(thread) + "-" + std::to_string(i);
            const auto answer = service.writer->execute(request_of("a", Add{1}, id));
            if (answer.has_value()) {
                ++accepted;
            } else {
                EXPECT_EQ(answer.error().code, ErrorCode::stopped) << answer.error().message;
                ++refused;
            }
            if (thread == 0 && i == commands_each / 2) service.writer->stop();
        }
    };
    std::vector<std::thread> asking;
    for (int thread = 0; thread < asking_threads; ++thread)
        asking.emplace_back(ask, thread);
    for (std::thread& thread : asking)
        thread.join();
    EXPECT_EQ(accepted + refused, asking_threads * commands_each);
    EXPECT_GT(refused, 0);
    EXPECT_EQ(refolded(service.memory, "a").first.total, accepted);
}

}  // namespace
}  // namespace jejak::runtime
