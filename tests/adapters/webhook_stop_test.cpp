#include <gtest/gtest.h>

#include "tests/adapters/webhook_bench.hpp"

namespace jejak::webhooks {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Positions = std::vector<std::int64_t>;

TEST(WebhookStop, saves_seldom_what_passes_by_and_always_before_it_stops) {
    Bench bench;
    Desk desk(bench);
    Endpoint endpoint = bench.endpoint("desk", desk.receiver);
    endpoint.events = {"appraisal.finalised"};
    bench.start({endpoint});
    const int before = bench.checkpoints.saved;
    for (int i = 0; i < 5; ++i) {
        bench.note(1);
        bench.pass(seconds(1));
    }
    EXPECT_EQ(bench.checkpoints.saved, before);
    EXPECT_EQ(bench.status().lag, 0);
    bench.pass(seconds(10));
    EXPECT_EQ(bench.checkpoints.saved, before + 1);
    bench.note(1);
    bench.stop();
    EXPECT_EQ(bench.checkpoints.saved, before + 2);
    EXPECT_EQ((*bench.checkpoints.load("desk"))->done, Position{6});
}

TEST(WebhookStop, stops_when_what_is_in_flight_is_answered) {
    Bench bench;
    Desk desk(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    desk.reply.reset();
    bench.note(2);
    ASSERT_TRUE(bench.run_until([&] { return !desk.receiver.received().empty(); }));
    bool stopped = false;
    bench.reactor->stop([&] { stopped = true; });
    bench.settle();
    EXPECT_FALSE(stopped);
    desk.receiver.release({});
    ASSERT_TRUE(bench.run_until([&] { return stopped; }));
    EXPECT_EQ((*bench.checkpoints.load("desk"))->done, Position{1});
    EXPECT_EQ(bench.reactor->retry("desk", "msg_1").error().code, ErrorCode::stopped);
    bench.reactor->wake(Position{2});
    bench.reactor->tick();
    bench.settle();
    EXPECT_FALSE(bench.status().in_flight) << "nothing begins after stop";
    bench.reactor.reset();
}

TEST(WebhookStop, stops_without_who_does_not_answer) {
    Bench bench;
    Desk desk(bench);
    desk.reply.reset();
    auto parts = bench.parts();
    parts.patience_when_stopping = milliseconds(10);
    bench.reactor = *Reactor::start(bench.house->get_executor(),
                                    {bench.endpoint("desk", desk.receiver)}, std::move(parts));
    bench.note(1);
    ASSERT_TRUE(bench.run_until([&] { return !desk.receiver.received().empty(); }));
    bench.stop();
    EXPECT_EQ((*bench.checkpoints.load("desk"))->done, Position{0});
    EXPECT_FALSE((*bench.checkpoints.load("desk"))->head) << "no attempt of ours has failed";
    desk.reply = Receiver::Reply{};
    bench.start({bench.endpoint("desk", desk.receiver)});
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 1}));
}

}  // namespace
}  // namespace jejak::webhooks
