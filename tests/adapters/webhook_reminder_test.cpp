#include <gtest/gtest.h>

#include <boost/asio/thread_pool.hpp>
#include <future>
#include <thread>

#include "tests/adapters/says.hpp"
#include "tests/adapters/webhook_bench.hpp"

namespace jejak::webhooks {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

struct Front {
    Front() : receiver(bench.outside, [this](const Received&) { return reply; }) {}
    // A reminder of a deadline some hours ahead.
    Reminder reminder(const std::string& id, int hours_ahead, const std::string& unit = "one") {
        const Instant due{bench.clock.now().micros_since_epoch + hours_ahead * 3'600'000'000LL};
        return {id, {"deadline.near", bench.clock.now(), {{"of", id}}, {unit}}, due};
    }
    std::vector<std::string> told() const {
        std::vector<std::string> all;
        for (const std::string& body : receiver.bodies()) {
            const auto at = body.find("\"of\":\"");
            all.push_back(at == std::string::npos
                              ? "record"
                              : body.substr(at + 6, body.find('"', at + 6) - at - 6));
        }
        return all;
    }

    Bench bench;
    std::optional<Receiver::Reply> reply = Receiver::Reply{};
    Receiver receiver;
};

using Words = std::vector<std::string>;

TEST(WebhookReminders, are_sent_once_however_often_they_are_asked_for) {
    Front front;
    Bench& bench = front.bench;
    bench.start({bench.endpoint("desk", front.receiver)});
    const Reminder reminder = front.reminder("review-17", 48);
    bench.reactor->remind(reminder);
    bench.reactor->remind(reminder);
    ASSERT_TRUE(bench.run_until_quiet());
    bench.reactor->remind(reminder);
    ASSERT_TRUE(bench.run_until_quiet());
    bench.crash();
    bench.start({bench.endpoint("desk", front.receiver)});
    bench.reactor->remind(reminder);
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(front.told(), (Words{"review-17"}));
    EXPECT_EQ(front.receiver.ids()[0], message_id_of(test_id_key, "desk", "review-17"));
}

TEST(WebhookReminders, are_for_who_wants_them_and_about_his_units) {
    Front front;
    Bench& bench = front.bench;
    Endpoint none = bench.endpoint("none", front.receiver);
    none.reminders = false;
    Endpoint two = bench.endpoint("two", front.receiver);
    two.units = {"two"};
    bench.start({none, two});
    bench.reactor->remind(front.reminder("a", 48, "one"));
    bench.reactor->remind(front.reminder("b", 48, "two"));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(front.told(), (Words{"b"}));
    EXPECT_EQ(front.receiver.received()[0].target, "/hooks/two");
}

TEST(WebhookReminders, go_by_their_deadlines_and_not_after_them) {
    Front front;
    Bench& bench = front.bench;
    bench.start({bench.endpoint("desk", front.receiver)});
    front.reply->status = 500;
    bench.note(1);
    ASSERT_TRUE(bench.run_until_quiet());
    bench.reactor->remind(front.reminder("late", -1));
    bench.reactor->remind(front.reminder("third", 72));
    bench.reactor->remind(front.reminder("first", 24));
    bench.reactor->remind(front.reminder("second", 48));
    bench.reactor->remind(front.reminder("soon over", 1));
    bench.settle();
    EXPECT_EQ(bench.status().reminders_waiting, 4) << "in turn, behind what is being tried";
    front.reply->status = 200;
    bench.pass(hours(2));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(front.told(), (Words{"record", "record", "first", "second", "third"}));
}

TEST(WebhookReminders, are_tried_again_after_a_restart_without_being_asked_for) {
    Front front;
    Bench& bench = front.bench;
    bench.start({bench.endpoint("desk", front.receiver)});
    front.reply->status = 500;
    const Reminder reminder = front.reminder("a", 48);
    bench.reactor->remind(reminder);
    ASSERT_TRUE(bench.run_until_quiet());
    bench.crash();
    bench.start({bench.endpoint("desk", front.receiver)});
    bench.reactor->remind(reminder);
    bench.settle();
    EXPECT_FALSE(bench.status().in_flight);
    front.reply->status = 200;
    bench.pass(seconds(5));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(front.told(), (Words{"a", "a"}));
    EXPECT_EQ(front.receiver.bodies()[0], front.receiver.bodies()[1]);
}

TEST(WebhookReminders, become_dead_letters_and_can_be_sent_again) {
    Front front;
    Bench& bench = front.bench;
    bench.start({bench.endpoint("desk", front.receiver)});
    front.reply->status = 500;
    bench.reactor->remind(front.reminder("a", 24 * 30));
    ASSERT_TRUE(bench.run_until_quiet());
    while (bench.reactor->dead_letters().empty()) {
        bench.pass(hours(24));
        ASSERT_TRUE(bench.run_until_quiet());
    }
    EXPECT_EQ(front.told().size(), attempt_delays_s.size());
    bench.reactor->remind(front.reminder("a", 24 * 20));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(front.told().size(), attempt_delays_s.size()) << "given up is given up";
    front.reply->status = 200;
    ASSERT_TRUE(bench.reactor->retry("desk", front.receiver.ids()[0]));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_TRUE(bench.reactor->dead_letters().empty());
    EXPECT_EQ(front.receiver.bodies().back(), front.receiver.bodies().front());
}

TEST(WebhookReminders, are_forgotten_a_week_after_their_deadline) {
    Front front;
    Bench& bench = front.bench;
    bench.start({bench.endpoint("desk", front.receiver)});
    bench.reactor->remind(front.reminder("a", 1));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ((*bench.checkpoints.load("desk"))->reminded.size(), 1);
    bench.pass(hours(24 * 7));
    EXPECT_EQ((*bench.checkpoints.load("desk"))->reminded.size(), 1);
    bench.pass(hours(2));
    EXPECT_EQ((*bench.checkpoints.load("desk"))->reminded.size(), 0);
}

// Everything at once, from several threads; run it with the thread sanitizer.
TEST(WebhookThreads, tell_each_endpoint_all_in_order) {
    constexpr int batches = 30;
    Front front;
    Bench& bench = front.bench;
    boost::asio::thread_pool pool(3);
    Endpoints endpoints;
    for (const char* id : {"a", "b", "c"})
        endpoints.push_back(bench.endpoint(id, front.receiver));
    auto parts = bench.parts();
    bench.reactor = *Reactor::start(pool.get_executor(), endpoints, std::move(parts));
    std::thread receiving([&] { bench.outside.run(); });
    std::thread asking([&] {
        for (int i = 0; i < 200; ++i) {
            bench.reactor->tick();
            bench.clock.advance(std::chrono::milliseconds(100));
            bench.reactor->remind(front.reminder("r" + std::to_string(i % 5), 48));
            (void)bench.reactor->retry("b", "msg_none");
            (void)bench.reactor->enable("c");
            (void)bench.reactor->dead_letters();
        }
    });
    for (int i = 0; i < batches; ++i)
        bench.note(2);
    asking.join();
    const auto delivered = [&] {
        std::uint64_t all = 0;
        for (const auto& each : bench.reactor->status())
            all += each.delivered;
        return all;
    };
    const auto patience = std::chrono::steady_clock::now() + seconds(60);
    while (delivered() < 3 * (2 * batches + 5) && std::chrono::steady_clock::now() < patience)
        std::this_thread::yield();
    std::promise<void> stopped;
    bench.reactor->stop([&] { stopped.set_value(); });
    stopped.get_future().wait();
    pool.join();
    bench.outside.stop();
    receiving.join();
    bench.reactor.reset();
    for (const char* id : {"/hooks/a", "/hooks/b", "/hooks/c"}) {
        std::vector<std::int64_t> positions, expected;
        int reminders = 0;
        for (const Received& each : front.receiver.received()) {
            if (each.target != id) continue;
            const auto position = positions_in({each.body})[0];
            position < 0 ? void(++reminders) : positions.push_back(position);
        }
        for (int i = 1; i <= 2 * batches; ++i)
            expected.push_back(i);
        EXPECT_EQ(positions, expected) << id;
        EXPECT_EQ(reminders, 5) << id;
    }
}

}  // namespace
}  // namespace jejak::webhooks
