#include "adapters/access/tickets.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "storage/manual_clock.hpp"

namespace jejak::access {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct Someone {
    std::string id;
    std::set<std::string> offices;
};

class TicketsTest : public testing::Test {
  protected:
    storage::ManualClock clock_{*parse_instant("2026-11-22T08:00:00Z")};
};

TEST_F(TicketsTest, stand_for_their_subject_once) {
    Tickets<Someone> tickets(clock_);
    const auto ticket = tickets.issue({"nip:1", {"auditor"}});
    ASSERT_TRUE(ticket);
    EXPECT_EQ(ticket->size(), 43u);
    const auto someone = tickets.redeem(*ticket);
    ASSERT_TRUE(someone);
    EXPECT_EQ(someone->id, "nip:1");
    EXPECT_TRUE(someone->offices.contains("auditor"));
    const auto again = tickets.redeem(*ticket);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::not_found);
}

TEST_F(TicketsTest, run_out_after_thirty_seconds) {
    Tickets<std::string> tickets(clock_);
    const auto ticket = tickets.issue("nip:1");
    const auto other = tickets.issue("nip:2");
    clock_.advance(milliseconds(29'999));
    EXPECT_EQ(tickets.redeem(*ticket).value(), "nip:1");
    clock_.advance(milliseconds(1));
    EXPECT_FALSE(tickets.redeem(*other));
    EXPECT_EQ(tickets.count(), 0u) << "what is kept of whom is not kept longer";
}

TEST_F(TicketsTest, are_not_taken_when_they_are_not_ours) {
    Tickets<std::string> tickets(clock_);
    const auto ticket = tickets.issue("nip:1");
    for (const std::string& text :
         {std::string(), std::string("x"), std::string(43, 'A'), *ticket + "=", *ticket + "A",
          ticket->substr(1), std::string(1'000'000, 'A')}) {
        EXPECT_EQ(tickets.redeem(text).error(), ticket_not_taken());
    }
    for (std::size_t i = 0; i < ticket->size(); ++i) {
        std::string changed = *ticket;
        changed[i] = changed[i] == 'A' ? 'Q' : 'A';
        EXPECT_FALSE(tickets.redeem(changed));
    }
    EXPECT_TRUE(tickets.redeem(*ticket));
}

TEST_F(TicketsTest, are_refused_while_too_many_are_out) {
    Tickets<std::string> tickets(clock_, seconds(30), 3);
    const auto first = tickets.issue("1");
    clock_.advance(seconds(10));
    ASSERT_TRUE(tickets.issue("2") && tickets.issue("3"));
    const auto refused = tickets.issue("4");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::overloaded);
    ASSERT_TRUE(tickets.redeem(*first));
    EXPECT_TRUE(tickets.issue("4")) << "a ticket that was used makes room";
    EXPECT_FALSE(tickets.issue("5"));
    clock_.advance(seconds(30));
    EXPECT_TRUE(tickets.issue("5")) << "so does one that has run out";
    EXPECT_EQ(tickets.count(), 1u);
}

TEST_F(TicketsTest, stay_bounded_when_they_are_issued_and_used_for_ever) {
    Tickets<std::string> tickets(clock_, seconds(30), 10);
    const auto kept = tickets.issue("kept");
    for (int i = 0; i < 10'000; ++i)
        ASSERT_TRUE(tickets.redeem(*tickets.issue("x")));
    EXPECT_EQ(tickets.count(), 1u);
    EXPECT_EQ(tickets.redeem(*kept).value(), "kept");
}

TEST_F(TicketsTest, do_not_live_longer_because_the_clock_was_set_back) {
    Tickets<std::string> tickets(clock_);
    const auto ticket = tickets.issue("nip:1");
    clock_.set(*parse_instant("2026-11-22T07:00:00Z"));
    EXPECT_FALSE(tickets.redeem(*ticket));
    const auto fresh = tickets.issue("nip:1");
    EXPECT_TRUE(tickets.redeem(*fresh));
}

TEST_F(TicketsTest, are_redeemed_by_one_of_many_threads) {
    Tickets<std::string> tickets(clock_);
    for (int round = 0; round < 100; ++round) {
        const auto ticket = tickets.issue("nip:1");
        std::atomic<int> redeemed = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 3; ++t)
            threads.emplace_back([&] { redeemed += tickets.redeem(*ticket) ? 1 : 0; });
        for (auto& thread : threads)
            thread.join();
        ASSERT_EQ(redeemed, 1);
    }
}

}  // namespace
}  // namespace jejak::access
