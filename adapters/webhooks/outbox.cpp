#include "adapters/webhooks/outbox.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <stdexcept>

namespace jejak::webhooks {
namespace {

constexpr std::int64_t outbox_format = 1;

boost::json::object object_of(const Item& item) {
    boost::json::object object;
    object["id"] = item.id;
    if (item.is_reminder()) {
        object["body"] = item.body;
        object["due"] = to_text(item.due);
    } else {
        object["position"] = item.position.value;
    }
    return object;
}

// What follows reads members by at(), which throws; parse_outbox() catches.
std::string text_in(const boost::json::object& object, std::string_view member) {
    return std::string(object.at(member).as_string());
}

Instant instant_in(const boost::json::object& object, std::string_view member) {
    const auto instant = parse_instant(text_in(object, member));
    if (!instant) throw std::runtime_error(instant.error().message);
    return *instant;
}

Item item_in(const boost::json::object& object) {
    Item item;
    item.id = text_in(object, "id");
    if (object.contains("position")) {
        item.position = Position{object.at("position").to_number<std::uint64_t>()};
        if (item.is_reminder()) throw std::runtime_error("position 0");
    } else {
        item.body = text_in(object, "body");
        item.due = instant_in(object, "due");
    }
    return item;
}

Outbox outbox_in(const boost::json::object& object) {
    if (object.at("format").to_number<std::int64_t>() != outbox_format) {
        throw std::runtime_error("another format than 1: a newer program wrote it");
    }
    Outbox outbox;
    outbox.done = Position{object.at("done").to_number<std::uint64_t>()};
    if (const auto* head = object.if_contains("head")) {
        const auto& waiting = head->as_object();
        outbox.head = Waiting{item_in(waiting), waiting.at("attempts").to_number<std::uint32_t>(),
                              instant_in(waiting, "next_attempt_at"), text_in(waiting, "reason")};
    }
    for (const auto& each : object.at("dead_letters").as_array()) {
        const auto& letter = each.as_object();
        outbox.dead_letters.push_back(
            {item_in(letter), text_in(letter, "reason"), instant_in(letter, "when")});
    }
    const auto& reminded = object.at("reminded").as_object();
    for (const auto& each : reminded) {
        outbox.reminded.emplace(each.key(), instant_in(reminded, each.key()));
    }
    if (const auto* gone = object.if_contains("gone")) {
        outbox.gone =
            Gone{instant_in(gone->as_object(), "when"), text_in(gone->as_object(), "url_sha256")};
    }
    return outbox;
}

}  // namespace

const DeadLetter* Outbox::dead_letter(std::string_view id) const {
    const auto found = std::find_if(dead_letters.begin(), dead_letters.end(),
                                    [&](const DeadLetter& letter) { return letter.item.id == id; });
    return found == dead_letters.end() ? nullptr : &*found;
}

bool Outbox::knows_reminder(const std::string& id) const {
    return reminded.contains(id) || dead_letter(id) != nullptr || (head && head->item.id == id);
}

void Outbox::note_delivered(const Item& item) {
    std::erase_if(dead_letters,
                  [&](const DeadLetter& letter) { return letter.item.id == item.id; });
    if (item.is_reminder()) {
        reminded.insert_or_assign(item.id, plus_days(item.due, reminded_days));
    }
    pass(item);
}

void Outbox::note_dead(const Item& item, std::string reason, Instant now) {
    const auto known =
        std::find_if(dead_letters.begin(), dead_letters.end(),
                     [&](const DeadLetter& letter) { return letter.item.id == item.id; });
    if (known == dead_letters.end()) {
        dead_letters.push_back({item, std::move(reason), now});
        if (!item.is_reminder()) dead_letters.back().item.body.clear();
    } else {
        known->reason = std::move(reason);
        known->when = now;
    }
    pass(item);
}

void Outbox::pass(const Item& item) {
    if (item.position > done) done = item.position;
    if (head && head->item.id == item.id) head.reset();
}

bool Outbox::forget_reminders(Instant now) {
    return std::erase_if(reminded, [&](const auto& each) { return each.second < now; }) != 0;
}

std::string to_text(const Outbox& outbox) {
    boost::json::object object;
    object["format"] = outbox_format;
    object["done"] = outbox.done.value;
    if (outbox.head) {
        auto head = object_of(outbox.head->item);
        head["attempts"] = outbox.head->attempts;
        head["next_attempt_at"] = to_text(outbox.head->next_attempt_at);
        head["reason"] = outbox.head->reason;
        object["head"] = std::move(head);
    }
    auto& letters = object["dead_letters"].emplace_array();
    for (const DeadLetter& letter : outbox.dead_letters) {
        auto each = object_of(letter.item);
        each["reason"] = letter.reason;
        each["when"] = to_text(letter.when);
        letters.push_back(std::move(each));
    }
    auto& reminded = object["reminded"].emplace_object();
    for (const auto& [id, until] : outbox.reminded)
        reminded[id] = to_text(until);
    if (outbox.gone) {
        object["gone"] = {{"when", to_text(outbox.gone->when)},
                          {"url_sha256", outbox.gone->url_sha256}};
    }
    return boost::json::serialize(object) + '\n';
}

Result<Outbox> parse_outbox(std::string_view text) {
    try {
        return outbox_in(boost::json::parse({text.data(), text.size()}).as_object());
    } catch (const std::exception& fault) {
        return error(ErrorCode::corruption, std::string("is no outbox (") + fault.what() + ")");
    }
}

}  // namespace jejak::webhooks
