#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/webhooks/checkpoints.hpp"
#include "storage/durable_file.hpp"
#include "tests/adapters/says.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace jejak::webhooks {
namespace {

const Instant march = *parse_instant("2026-03-02T01:00:00.000001Z");

Item record_item(std::uint64_t position) {
    return {"msg_r" + std::to_string(position), Position{position}, "{\"big\":1}", {}};
}
Item reminder_item(const std::string& id) {
    return {"msg_" + id, {}, "{\"due\":1}", plus_days(march, 3)};
}
DurableFiles durable_files() {
    return {[](const auto& path) { return storage::read_file(path, 1 << 24); },
            [](const auto& path, std::string_view bytes) {
                return storage::write_file_durably(path, bytes, storage::Existing::replace);
            }};
}

TEST(WebhookOutbox, moves_on_behind_what_is_delivered_or_dead) {
    Outbox outbox;
    outbox.head = Waiting{record_item(3), 2, march, "answered 500"};
    outbox.note_delivered(record_item(3));
    EXPECT_EQ(outbox.done, Position{3});
    EXPECT_FALSE(outbox.head);
    outbox.note_dead(record_item(5), "answered 500", march);
    EXPECT_EQ(outbox.done, Position{5});
    ASSERT_NE(outbox.dead_letter("msg_r5"), nullptr);
    EXPECT_EQ(outbox.dead_letter("msg_r5")->item.body, "") << "it is made again of the record";
    outbox.note_dead(record_item(5), "answered 404", march);
    EXPECT_EQ(outbox.dead_letters.size(), 1);
    EXPECT_EQ(outbox.dead_letters[0].reason, "answered 404");
    outbox.note_delivered(record_item(5));
    EXPECT_TRUE(outbox.dead_letters.empty());
    EXPECT_EQ(outbox.done, Position{5});
}

TEST(WebhookOutbox, remembers_reminders_until_a_week_after_their_deadline) {
    Outbox outbox;
    EXPECT_FALSE(outbox.knows_reminder("msg_a"));
    outbox.note_delivered(reminder_item("a"));
    outbox.note_dead(reminder_item("b"), "answered 500", march);
    outbox.head = Waiting{reminder_item("c"), 1, march, "answered 500"};
    for (const char* id : {"msg_a", "msg_b", "msg_c"})
        EXPECT_TRUE(outbox.knows_reminder(id)) << id;
    EXPECT_EQ(outbox.dead_letters[0].item.body, "{\"due\":1}") << "no record gives it again";
    EXPECT_FALSE(outbox.forget_reminders(plus_days(march, 3 + reminded_days)));
    EXPECT_TRUE(outbox.forget_reminders(Instant{plus_days(march, 10).micros_since_epoch + 1}));
    EXPECT_FALSE(outbox.knows_reminder("msg_a"));
}

TEST(WebhookOutbox, is_read_back_from_its_text) {
    Outbox outbox;
    EXPECT_EQ(*parse_outbox(to_text(outbox)), outbox);
    outbox.note_delivered(reminder_item("a"));
    outbox.note_dead(record_item(17), "\"quoted\"\n", march);
    outbox.note_dead(reminder_item("b"), "answered 500", march);
    outbox.gone = Gone{march, "00ff"};
    for (Item item : {record_item(18), reminder_item("c")}) {
        if (!item.is_reminder()) item.body.clear();
        outbox.head = Waiting{item, 4, plus_days(march, 1), "no answer in time"};
        const auto read = parse_outbox(to_text(outbox));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(*read, outbox) << to_text(outbox);
    }
    EXPECT_FALSE(parse_outbox("[]"));
    EXPECT_FALSE(parse_outbox(R"({"format":2,"done":1,"dead_letters":[],"reminded":{}})"));
    EXPECT_FALSE(parse_outbox(R"({"format":1,"done":-1,"dead_letters":[],"reminded":{}})"));
    EXPECT_FALSE(parse_outbox(R"({"format":1,"done":1,"dead_letters":[{}],"reminded":{}})"));
    EXPECT_FALSE(parse_outbox(to_text(outbox).substr(0, 60)));
}

TEST(WebhookCheckpoints, are_one_file_an_endpoint_for_its_owner_alone) {
    using std::filesystem::perms;
    const storage::TemporaryDirectory place;
    auto checkpoints = FileCheckpoints::open(place / "data/webhooks", durable_files());
    ASSERT_TRUE(checkpoints) << checkpoints.error().message;
    EXPECT_EQ(*(*checkpoints)->load("payroll"), std::nullopt);
    Outbox outbox;
    outbox.note_dead(record_item(3), "answered 500", march);
    ASSERT_TRUE((*checkpoints)->save("payroll", outbox));
    outbox.done = Position{9};
    ASSERT_TRUE((*checkpoints)->save("payroll", outbox));
    const auto again = FileCheckpoints::open(place / "data/webhooks", durable_files());
    EXPECT_EQ(*(*again)->load("payroll"), outbox);
    EXPECT_EQ(*(*again)->load("archive"), std::nullopt);
    const auto mode = [&](const std::filesystem::path& path) {
        return std::filesystem::status(path).permissions();
    };
    EXPECT_EQ(mode(place / "data/webhooks"), perms::owner_all);
    EXPECT_EQ(mode(place / "data/webhooks/payroll.json"), perms::owner_read | perms::owner_write);
}

TEST(WebhookCheckpoints, name_the_file_and_the_remedy_when_it_is_damaged) {
    const storage::TemporaryDirectory place;
    auto checkpoints = FileCheckpoints::open(place.path(), durable_files());
    std::ofstream(place / "payroll.json") << "{\"format\":1";
    const auto damaged = (*checkpoints)->load("payroll");
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().code, ErrorCode::corruption);
    EXPECT_TRUE(says(damaged.error().message, (place / "payroll.json").string()));
    EXPECT_TRUE(says(damaged.error().message, "take it from a backup, or move it away"));
    std::ofstream(place / "file") << "";
    EXPECT_FALSE(FileCheckpoints::open(place / "file", durable_files()));
    std::filesystem::remove_all(place.path());
    EXPECT_EQ((*checkpoints)->save("payroll", {}).error().code, ErrorCode::environment);
    std::filesystem::create_directory(place.path());
}

}  // namespace
}  // namespace jejak::webhooks
