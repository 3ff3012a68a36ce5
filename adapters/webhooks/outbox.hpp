#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ids.hpp"
#include "engine/instant.hpp"
#include "engine/result.hpp"

namespace jejak::webhooks {

// One message on its way to one endpoint.
struct Item {
    std::string id;     // webhook-id
    Position position;  // of the record it follows from; 0: a reminder
    std::string body;
    Instant due;  // of a reminder

    [[nodiscard]] bool is_reminder() const { return position.value == 0; }
    friend bool operator==(const Item&, const Item&) = default;
};

// The message in front, after an attempt that failed.
struct Waiting {
    Item item;
    std::uint32_t attempts = 0;  // made
    Instant next_attempt_at;
    std::string reason;
    friend bool operator==(const Waiting&, const Waiting&) = default;
};

// A message that was given up.
struct DeadLetter {
    Item item;
    std::string reason;
    Instant when;
    friend bool operator==(const DeadLetter&, const DeadLetter&) = default;
};

// The endpoint answered 410 and is told nothing until somebody enables it, or it has another URL.
struct Gone {
    Instant when;
    std::string url_sha256;  // hexadecimal
    friend bool operator==(const Gone&, const Gone&) = default;
};

inline constexpr int reminded_days = 7;  // a reminder is remembered for, after its deadline

// How far one endpoint has been told: what can not be derived from the log. One thread.
struct Outbox {
    Position done;  // all up to here is delivered, a dead letter, or not for this endpoint
    std::optional<Waiting> head;
    std::vector<DeadLetter> dead_letters;     // the oldest first
    std::map<std::string, Instant> reminded;  // ids that were delivered -> until when they are kept
    std::optional<Gone> gone;

    [[nodiscard]] const DeadLetter* dead_letter(std::string_view id) const;
    // Whether a reminder was delivered, given up, or is being tried.
    [[nodiscard]] bool knows_reminder(const std::string& id) const;

    // It was delivered, whether in its turn or from the dead letters.
    void note_delivered(const Item& item);
    // It is given up. What is a dead letter already stays one, with the new reason.
    void note_dead(const Item& item, std::string reason, Instant now);
    // Forgets reminders whose time is over. True: there were some.
    bool forget_reminders(Instant now);

    friend bool operator==(const Outbox&, const Outbox&) = default;

  private:
    void pass(const Item& item);
};

// As JSON of one line, and back. The body of a message that follows from a record is left out: it
// is made again. Errors: corruption, for anything that to_text can not have written.
[[nodiscard]] std::string to_text(const Outbox& outbox);
[[nodiscard]] Result<Outbox> parse_outbox(std::string_view text);

}  // namespace jejak::webhooks
