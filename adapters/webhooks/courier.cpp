#include "adapters/webhooks/courier.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "adapters/webhooks/signature.hpp"
#include "engine/record/digest.hpp"

namespace jejak::webhooks {
namespace {

constexpr std::size_t records_per_step = 256;
constexpr std::size_t bytes_per_step = 1'048'576;
constexpr std::uint64_t unsaved_records_max = 16'384;
constexpr std::int64_t save_interval_micros = 10'000'000;

std::string digest_of(const Url& url) {
    return to_hex(
        record::sha256({url.secure ? "https://" : "http://", authority_of(url), url.target}));
}

}  // namespace

Result<std::shared_ptr<Courier>> Courier::make(boost::asio::any_io_executor executor,
                                               Endpoint endpoint,
                                               std::shared_ptr<const CourierParts> parts,
                                               Position head) {
    auto loaded = parts->checkpoints.load(endpoint.id);
    if (!loaded) return loaded.error();
    Outbox outbox = loaded->value_or(Outbox{});
    if (outbox.done > head) {
        return error(ErrorCode::corruption,
                     "endpoint " + endpoint.id + " was told up to position " +
                         std::to_string(outbox.done.value) + ", but the log ends at " +
                         std::to_string(head.value) +
                         "; use the checkpoints that belong to this log, or move that of the "
                         "endpoint away and give it a from_position");
    }
    if (!*loaded) {
        outbox.done = head;
        if (endpoint.from_position) {
            outbox.done = std::min(head, Position{endpoint.from_position->value - 1});
        }
    }
    const bool moved = outbox.gone && outbox.gone->url_sha256 != digest_of(endpoint.url);
    if (moved) outbox.gone.reset();
    if (!*loaded || moved) {
        if (auto saved = parts->checkpoints.save(endpoint.id, outbox); !saved) {
            return saved.error();
        }
    }
    return std::shared_ptr<Courier>(new Courier(std::move(executor), std::move(endpoint),
                                                std::move(parts), std::move(outbox), head));
}

Courier::Courier(boost::asio::any_io_executor executor, Endpoint endpoint,
                 std::shared_ptr<const CourierParts> parts, Outbox outbox, Position head)
    : strand_(std::move(executor)),
      endpoint_(std::move(endpoint)),
      parts_(std::move(parts)),
      outbox_(std::move(outbox)),
      saved_at_(parts_->clock.now()),
      patience_(strand_),
      target_(head) {
    if (outbox_.head && outbox_.head->item.is_reminder()) {
        if (endpoint_.reminders) head_ = outbox_.head->item;
        if (!head_) outbox_.head.reset();
    }
    publish();
}

void Courier::wake(Position head) {
    {
        const std::lock_guard lock(mutex_);
        if (head > target_) target_ = head;
    }
    schedule_step();
}

void Courier::schedule_step() {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_ || std::exchange(scheduled_, true)) return;
    }
    boost::asio::post(strand_, [self = shared_from_this()] { self->step(); });
}

void Courier::step() {
    Position target;
    {
        const std::lock_guard lock(mutex_);
        scheduled_ = false;
        target = target_;
    }
    bool more = false;
    try {
        more = advance(target);
    } catch (const std::exception& fault) {
        hold_up(std::string("a fault of the program: ") + fault.what());
    }
    publish();
    if (more) schedule_step();
}

void Courier::tick() {
    boost::asio::post(strand_, [self = shared_from_this()] {
        if (self->ended_) return;
        const Instant now = self->parts_->clock.now();
        const auto since_micros = now.micros_since_epoch - self->saved_at_.micros_since_epoch;
        const bool late = since_micros >= save_interval_micros || since_micros < 0;
        if (self->outbox_.forget_reminders(now)) self->must_save_ = true;
        if (late && self->unsaved_records_ > 0) self->must_save_ = true;
        self->schedule_step();
    });
}

bool Courier::advance(Position target) {
    if (ended_ || !stopping_.empty() || cancel_) return false;
    if (must_save_ && !save()) return false;
    if (outbox_.gone) return false;
    if (auto item = take_retried()) {
        send(*item, true);
        return false;
    }
    const Instant now = parts_->clock.now();
    if (!head_) head_ = take_reminder(now);
    const bool more = !head_ && look_through_records(target);
    if (head_ && is_due(now)) send(*head_, false);
    return more;
}

// A dead letter that somebody asked for again, with its body.
std::optional<Item> Courier::take_retried() {
    while (!retried_.empty()) {
        const std::string id = std::move(retried_.front());
        retried_.pop_front();
        const DeadLetter* letter = outbox_.dead_letter(id);
        if (letter == nullptr) continue;
        if (letter->item.is_reminder()) return letter->item;
        const Position position = letter->item.position;
        const auto bytes = parts_->log.read(position);
        Result<std::optional<Item>> item = std::optional<Item>();
        if (!bytes) {
            item = bytes.error();
        } else if (*bytes) {
            item = item_of(position, **bytes);
        }
        if (item && *item) return *item;
        outbox_.note_dead(letter->item,
                          item ? "is not for this endpoint any more" : item.error().message,
                          parts_->clock.now());
        must_save_ = true;
    }
    return std::nullopt;
}

// The one whose deadline is nearest.
std::optional<Item> Courier::take_reminder(Instant now) {
    while (!reminders_.empty()) {
        Item item = std::move(reminders_.extract(reminders_.begin()).mapped());
        if (item.due >= now && !outbox_.knows_reminder(item.id)) return item;
    }
    return std::nullopt;
}

Result<std::optional<Item>> Courier::item_of(Position position, std::string_view bytes) {
    const auto message = parts_->to_message(endpoint_.id, position, bytes);
    if (!message) return message.error();
    if (!*message || !wants(endpoint_, (*message)->type, (*message)->units)) {
        return std::optional<Item>();
    }
    return std::optional(Item{
        message_id_of(parts_->id_key, endpoint_.id, position), position, body_of(**message), {}});
}

// True: there are more records to look through.
bool Courier::look_through_records(Position target) {
    if (target <= outbox_.done) return false;
    // Copied first: what makes a message of a record may read the log itself.
    std::vector<std::string> records;
    std::size_t bytes_read = 0;
    const auto scanned = parts_->log.scan(
        Position{outbox_.done.value + 1}, target, [&](Position, std::string_view bytes) {
            records.emplace_back(bytes);
            bytes_read += bytes.size();
            return records.size() < records_per_step && bytes_read < bytes_per_step;
        });
    if (!scanned) {
        hold_up(scanned.error().message);
        return false;
    }
    for (const std::string& bytes : records) {
        const Position position{outbox_.done.value + 1};
        auto item = item_of(position, bytes);
        if (!item) {
            hold_up("position " + std::to_string(position.value) + ": " + item.error().message);
            return false;
        }
        head_ = std::move(*item);
        if (head_) return false;
        outbox_.done = position;
        if (outbox_.head && outbox_.head->item.position == position) outbox_.head.reset();
        if (++unsaved_records_ >= unsaved_records_max) must_save_ = true;
    }
    clear_trouble();
    return !records.empty() && outbox_.done < target;
}

bool Courier::is_due(Instant now) const {
    if (!outbox_.head || outbox_.head->item.id != head_->id) return true;
    const auto ahead_micros =
        outbox_.head->next_attempt_at.micros_since_epoch - now.micros_since_epoch;
    // Further ahead than any delay: the clock was set back since.
    return ahead_micros <= 0 || ahead_micros > attempt_delay_s_max * 1'000'000;
}

void Courier::send(const Item& item, bool by_hand) {
    Letter letter;
    letter.id = item.id;
    letter.timestamp_s = parts_->clock.now().micros_since_epoch / 1'000'000;
    letter.body = item.body;
    letter.signatures = sign(endpoint_.keys, letter.id, letter.timestamp_s, letter.body);
    cancel_ = deliver(strand_, parts_->terms, endpoint_, letter,
                      [self = shared_from_this(), item, by_hand](const Answer& answer) {
                          self->on_answer(item, by_hand, answer);
                      });
}

void Courier::on_answer(const Item& item, bool by_hand, const Answer& answer) {
    cancel_ = nullptr;
    const bool tried_before = !by_hand && outbox_.head && outbox_.head->item.id == item.id;
    const std::uint32_t attempt = tried_before ? outbox_.head->attempts + 1 : 1;
    const auto decision = decide(attempt, answer, parts_->clock.now(), parts_->chance());
    if (by_hand) {
        settle_by_hand(item, decision);
    } else {
        settle(item, decision, attempt);
    }
    must_save_ = true;
    if (!stopping_.empty()) return end();
    step();
}

void Courier::settle(const Item& item, const Decision& decision, std::uint32_t attempt) {
    using Kind = Decision::Kind;
    const Instant now = parts_->clock.now();
    const std::lock_guard lock(mutex_);
    if (decision.kind == Kind::delivered) {
        ++status_.delivered;
        outbox_.note_delivered(item);
        head_.reset();
        return;
    }
    ++status_.failed;
    if (decision.kind == Kind::dead) {
        ++status_.dead;
        spdlog::error("webhooks: {} did not take {} in {} attempts ({}); it is a dead letter now",
                      endpoint_.id, item.id, attempt, decision.reason);
        outbox_.note_dead(item, decision.reason, now);
        head_.reset();
        return;
    }
    const bool gone = decision.kind == Kind::gone;
    spdlog::warn("webhooks: {} did not take {} ({}); {}", endpoint_.id, item.id, decision.reason,
                 gone ? "no further attempt"
                      : "the next attempt is at " + to_text(decision.next_attempt_at));
    outbox_.head = Waiting{item, attempt, gone ? now : decision.next_attempt_at, decision.reason};
    if (!item.is_reminder()) outbox_.head->item.body.clear();
    if (gone) on_gone(now);
}

// One attempt, then it is a dead letter again: nothing else waits for it.
void Courier::settle_by_hand(const Item& item, const Decision& decision) {
    const Instant now = parts_->clock.now();
    const std::lock_guard lock(mutex_);
    if (decision.kind == Decision::Kind::delivered) {
        ++status_.delivered;
        outbox_.note_delivered(item);
        return;
    }
    ++status_.failed;
    outbox_.note_dead(item, decision.reason, now);
    if (decision.kind == Decision::Kind::gone) on_gone(now);
}

void Courier::on_gone(Instant now) {
    spdlog::error(
        "webhooks: {} answered 410 and is told nothing any more; what it misses is kept for it. "
        "Enable it, give it another url, or take it out of the list",
        endpoint_.id);
    outbox_.gone = Gone{now, digest_of(endpoint_.url)};
}

bool Courier::save() {
    const auto saved = parts_->checkpoints.save(endpoint_.id, outbox_);
    if (!saved) {
        hold_up("the checkpoint can not be saved: " + saved.error().message);
        return false;
    }
    must_save_ = false;
    unsaved_records_ = 0;
    saved_at_ = parts_->clock.now();
    clear_trouble();
    return true;
}

// Says so once; whatever it is is tried again with the next tick.
void Courier::hold_up(const std::string& trouble) {
    const std::lock_guard lock(mutex_);
    if (status_.trouble == trouble) return;
    status_.trouble = trouble;
    spdlog::error("webhooks: {} is held up: {}", endpoint_.id, trouble);
}

void Courier::clear_trouble() {
    const std::lock_guard lock(mutex_);
    status_.trouble.clear();
}

void Courier::publish() {
    const std::lock_guard lock(mutex_);
    status_.endpoint_id = endpoint_.id;
    status_.done = outbox_.done;
    status_.lag = target_ > outbox_.done ? target_.value - outbox_.done.value : 0;
    status_.reminders_waiting = reminders_.size() + (head_ && head_->is_reminder() ? 1 : 0);
    status_.in_flight = cancel_ != nullptr;
    status_.gone = outbox_.gone.has_value();
    status_.next_attempt_at.reset();
    if (outbox_.head) status_.next_attempt_at = outbox_.head->next_attempt_at;
    status_.dead_letters = outbox_.dead_letters;
}

}  // namespace jejak::webhooks
