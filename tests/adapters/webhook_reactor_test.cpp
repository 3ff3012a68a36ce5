#include <gtest/gtest.h>

#include "tests/adapters/says.hpp"
#include "tests/adapters/webhook_bench.hpp"

namespace jejak::webhooks {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Positions = std::vector<std::int64_t>;

TEST(WebhookReactor, tells_what_is_recorded_from_now_on_in_order_and_signed) {
    Bench bench;
    Desk desk(bench);
    bench.note(2);
    bench.start({bench.endpoint("desk", desk.receiver)});
    bench.note(2);
    AppendBatch refused;
    refused.records.push_back(bench.log.rejection("one"));
    bench.append(std::move(refused));
    bench.note(1);
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{3, 4, 6}));
    const Received& first = desk.receiver.received()[0];
    EXPECT_EQ(first.fields.at("webhook-id"), message_id_of(test_id_key, "desk", Position{3}));
    EXPECT_EQ(first.fields.at("webhook-timestamp"),
              std::to_string(bench.clock.now().micros_since_epoch / 1'000'000));
    EXPECT_TRUE(is_signed_with(*parse_secret(test_secret), first.fields.at("webhook-signature"),
                               first.fields.at("webhook-id"),
                               std::stoll(first.fields.at("webhook-timestamp")), first.body));
    const CourierStatus status = bench.status();
    EXPECT_EQ(status.delivered, 3);
    EXPECT_EQ(status.failed, 0);
    EXPECT_EQ(status.done, Position{6});
    EXPECT_EQ(status.lag, 0);
}

TEST(WebhookReactor, tells_the_whole_log_to_who_asks_for_it) {
    Bench bench;
    Desk desk(bench), late(bench);
    bench.note(300);
    Endpoint endpoint = bench.endpoint("desk", desk.receiver);
    endpoint.from_position = Position{1};
    endpoint.units = {"two"};
    Endpoint other = bench.endpoint("late", late.receiver);
    other.from_position = Position{301};
    bench.note(2, "two");
    bench.start({endpoint, other});
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{301, 302})) << "what is for others is passed by";
    EXPECT_EQ(late.told(), (Positions{301, 302}));
}

TEST(WebhookReactor, keeps_the_order_while_the_first_message_fails) {
    Bench bench;
    Desk desk(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    desk.reply->status = 500;
    bench.note(3);
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1}));
    EXPECT_EQ(bench.status().next_attempt_at,
              Instant{bench.clock.now().micros_since_epoch + 5'000'000});
    bench.pass(milliseconds(4'999));
    EXPECT_FALSE(bench.status().in_flight) << "an attempt before its time";
    bench.pass(milliseconds(1));
    EXPECT_TRUE(bench.status().in_flight);
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 1}));
    EXPECT_EQ(bench.status().lag, 3);
    desk.reply->status = 200;
    bench.pass(seconds(300));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 1, 1, 2, 3}));
    EXPECT_EQ(desk.receiver.ids()[0], desk.receiver.ids()[2]);
    const auto& attempts = desk.receiver.received();
    EXPECT_NE(attempts[0].fields.at("webhook-timestamp"),
              attempts[2].fields.at("webhook-timestamp"));
    EXPECT_EQ(bench.status().failed, 2);
}

TEST(WebhookReactor, lets_no_slow_endpoint_delay_another) {
    Bench bench;
    Desk slow(bench), quick(bench);
    slow.reply.reset();
    bench.start({bench.endpoint("slow", slow.receiver), bench.endpoint("quick", quick.receiver)});
    bench.note(3);
    ASSERT_TRUE(bench.run_until([&] { return bench.status(1).delivered == 3; }));
    EXPECT_EQ(quick.told(), (Positions{1, 2, 3}));
    EXPECT_TRUE(bench.run_until([&] { return slow.told() == Positions{1}; }));
    EXPECT_EQ(bench.status(0).delivered, 0);
    slow.reply = Receiver::Reply{};
    slow.receiver.release({});
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(slow.told(), (Positions{1, 2, 3}));
}

TEST(WebhookReactor, sends_again_under_the_same_id_what_a_crash_left_uncertain) {
    Bench bench;
    Desk desk(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    bench.checkpoints.full = true;
    bench.note(2);
    ASSERT_TRUE(bench.run_until([&] { return !bench.status().trouble.empty(); }));
    EXPECT_TRUE(says(bench.status().trouble, "the disk is full"));
    EXPECT_EQ(desk.told(), (Positions{1})) << "nothing goes on before the checkpoint is saved";
    bench.crash();
    bench.checkpoints.full = false;
    bench.start({bench.endpoint("desk", desk.receiver)});
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 1, 2}));
    EXPECT_EQ(desk.receiver.ids()[0], desk.receiver.ids()[1]);
}

TEST(WebhookReactor, goes_on_when_the_checkpoint_can_be_saved_again) {
    Bench bench;
    Desk desk(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    bench.checkpoints.full = true;
    bench.note(2);
    ASSERT_TRUE(bench.run_until([&] { return !bench.status().trouble.empty(); }));
    bench.checkpoints.full = false;
    bench.pass(seconds(1));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 2}));
    EXPECT_EQ(bench.status().trouble, "");
}

TEST(WebhookReactor, skips_nothing_when_it_crashes_with_a_message_in_flight) {
    Bench bench;
    Desk desk(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    desk.reply.reset();
    bench.note(2);
    ASSERT_TRUE(bench.run_until([&] { return !desk.receiver.received().empty(); }));
    bench.crash();
    desk.reply = Receiver::Reply{};
    bench.start({bench.endpoint("desk", desk.receiver)});
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 1, 2}));
}

TEST(WebhookReactor, resumes_with_the_attempts_that_were_made) {
    Bench bench;
    Desk desk(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    desk.reply->status = 500;
    bench.note(1);
    ASSERT_TRUE(bench.run_until_quiet());
    bench.pass(seconds(5));
    ASSERT_TRUE(bench.run_until_quiet());
    bench.crash();
    bench.start({bench.endpoint("desk", desk.receiver)});
    bench.settle();
    EXPECT_FALSE(bench.status().in_flight) << "the third attempt is due in five minutes";
    bench.pass(seconds(300));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 1, 1}));
    EXPECT_EQ(bench.status().next_attempt_at,
              Instant{bench.clock.now().micros_since_epoch + 1'800'000'000});
}

TEST(WebhookReactor, gives_a_message_up_after_ten_attempts_and_goes_on) {
    Bench bench;
    Desk desk(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    desk.reply->status = 500;
    bench.note(2);
    for (std::size_t attempts = 1; attempts < attempt_delays_s.size(); ++attempts) {
        ASSERT_TRUE(bench.run_until_quiet());
        EXPECT_EQ(desk.receiver.received().size(), attempts);
        if (attempts == 9) desk.reply->status = 400;
        bench.pass(hours(24));
    }
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2}));
    const auto letters = bench.reactor->dead_letters();
    ASSERT_EQ(letters.size(), 1);
    EXPECT_EQ(letters[0].endpoint_id, "desk");
    EXPECT_EQ(letters[0].letter.item.id, desk.receiver.ids()[0]);
    EXPECT_EQ(letters[0].letter.item.position, Position{1});
    EXPECT_EQ(letters[0].letter.reason, "answered 400");
    EXPECT_EQ(bench.status().dead, 1);
}

// A bench on which position 1 was given up and position 2 waits for its second attempt.
void bury_first(Bench& bench, Desk& desk) {
    bench.start({bench.endpoint("desk", desk.receiver)});
    desk.reply->status = 500;
    bench.note(2);
    ASSERT_TRUE(bench.run_until_quiet());
    while (bench.reactor->dead_letters().empty()) {
        bench.pass(hours(24));
        ASSERT_TRUE(bench.run_until_quiet());
    }
}

TEST(WebhookReactor, sends_a_dead_letter_again_before_all_else) {
    Bench bench;
    Desk desk(bench);
    bury_first(bench, desk);
    const std::string id = bench.reactor->dead_letters()[0].letter.item.id;
    const auto before = desk.told().size();
    ASSERT_TRUE(bench.reactor->retry("desk", id));
    ASSERT_TRUE(bench.run_until_quiet());
    ASSERT_EQ(desk.told().size(), before + 1) << "one attempt, then it is a dead letter again";
    EXPECT_EQ(desk.told().back(), 1);
    EXPECT_EQ(bench.reactor->dead_letters().size(), 1);
    desk.reply->status = 200;
    ASSERT_TRUE(bench.reactor->retry("desk", id));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.receiver.ids().back(), id);
    EXPECT_TRUE(bench.reactor->dead_letters().empty());
    const auto unknown = bench.reactor->retry("desk", id);
    EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
    EXPECT_EQ(bench.reactor->retry("nobody", id).error().code, ErrorCode::not_found);
    bench.pass(hours(24));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told().back(), 2);
    EXPECT_EQ(bench.status().done, Position{2});
}

TEST(WebhookReactor, keeps_dead_letters_over_a_restart) {
    Bench bench;
    Desk desk(bench);
    bury_first(bench, desk);
    bench.crash();
    bench.start({bench.endpoint("desk", desk.receiver)});
    desk.reply->status = 200;
    const auto letters = bench.reactor->dead_letters();
    ASSERT_EQ(letters.size(), 1);
    ASSERT_TRUE(bench.reactor->retry("desk", letters[0].letter.item.id));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told().back(), 1);
    EXPECT_TRUE(bench.reactor->dead_letters().empty());
}

TEST(WebhookReactor, tells_nothing_more_to_who_is_gone_until_he_is_enabled) {
    Bench bench;
    Desk desk(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    EXPECT_EQ(bench.reactor->enable("desk").error().code, ErrorCode::invalid_input);
    desk.reply->status = 410;
    bench.note(2);
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_TRUE(bench.status().gone);
    bench.crash();
    bench.start({bench.endpoint("desk", desk.receiver)});
    bench.note(1);
    bench.pass(hours(24));
    EXPECT_TRUE(bench.status().gone);
    EXPECT_FALSE(bench.status().in_flight);
    EXPECT_EQ(desk.told(), (Positions{1}));
    desk.reply->status = 200;
    ASSERT_TRUE(bench.reactor->enable("desk"));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 1, 2, 3})) << "what was missed is told";
    EXPECT_FALSE(bench.status().gone);
}

TEST(WebhookReactor, takes_another_url_for_a_new_beginning_with_who_was_gone) {
    Bench bench;
    Desk desk(bench), moved(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    desk.reply->status = 410;
    bench.note(1);
    ASSERT_TRUE(bench.run_until_quiet());
    bench.stop();
    bench.start({bench.endpoint("desk", moved.receiver)});
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(moved.told(), (Positions{1}));
}

TEST(WebhookReactor, waits_as_long_as_the_endpoint_asks) {
    Bench bench;
    Desk desk(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    desk.reply = Receiver::Reply{429, {{"Retry-After", "600"}}};
    bench.note(1);
    ASSERT_TRUE(bench.run_until_quiet());
    bench.pass(seconds(599));
    EXPECT_FALSE(bench.status().in_flight);
    desk.reply = Receiver::Reply{};
    bench.pass(seconds(1));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 1}));
}

TEST(WebhookReactor, is_not_held_up_for_ever_by_a_clock_that_is_set_back) {
    Bench bench;
    Desk desk(bench);
    bench.start({bench.endpoint("desk", desk.receiver)});
    desk.reply->status = 500;
    bench.note(1);
    ASSERT_TRUE(bench.run_until_quiet());
    bench.pass(-hours(24 * 365));
    EXPECT_TRUE(bench.status().in_flight);
    ASSERT_TRUE(bench.run_until_quiet());
}

TEST(WebhookReactor, never_skips_a_record_that_makes_trouble) {
    Bench bench;
    Desk desk(bench);
    bool troubled = true;
    bench.to_message = [&](std::string_view endpoint, Position position, std::string_view bytes) {
        if (troubled && position.value == 2) {
            return Result<std::optional<Message>>(
                error(ErrorCode::unsupported, "a newer program wrote it; install that"));
        }
        return message_of(endpoint, position, bytes);
    };
    bench.start({bench.endpoint("desk", desk.receiver)});
    bench.note(3);
    ASSERT_TRUE(bench.run_until_quiet());
    bench.pass(hours(1));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1}));
    EXPECT_TRUE(says(bench.status().trouble, "position 2: a newer program wrote it"));
    troubled = false;
    bench.pass(seconds(1));
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_EQ(desk.told(), (Positions{1, 2, 3}));
    EXPECT_EQ(bench.status().trouble, "");
}

TEST(WebhookReactor, holds_up_and_does_not_end_the_process_when_a_message_throws) {
    Bench bench;
    Desk desk(bench);
    bench.to_message = [](auto, auto, auto) -> Result<std::optional<Message>> {
        throw std::runtime_error("out of luck");
    };
    bench.start({bench.endpoint("desk", desk.receiver)});
    bench.note(1);
    ASSERT_TRUE(bench.run_until_quiet());
    EXPECT_TRUE(says(bench.status().trouble, "out of luck"));
}

TEST(WebhookReactor, refuses_checkpoints_of_another_log) {
    Bench bench;
    Desk desk(bench);
    Outbox told;
    told.done = Position{7};
    ASSERT_TRUE(bench.checkpoints.save("desk", told));
    const auto refused = Reactor::start(bench.house->get_executor(),
                                        {bench.endpoint("desk", desk.receiver)}, bench.parts());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::corruption);
    EXPECT_TRUE(says(refused.error().message, "was told up to position 7, but the log ends at 0"));
    const auto empty = Reactor::start(bench.house->get_executor(), {}, bench.parts());
    bool stopped = false;
    (*empty)->stop([&] { stopped = true; });
    EXPECT_TRUE(bench.run_until([&] { return stopped; }));
}

}  // namespace
}  // namespace jejak::webhooks
