#pragma once

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/system_events.hpp"
#include "engine/runtime/projector.hpp"
#include "storage/memory_event_store.hpp"
#include "storage/memory_read_store.hpp"
#include "workflows/appraisal/events.hpp"

namespace jejak {

template <class Id>
Id id_of(std::uint8_t number) {
    Id id;
    id.bytes[0] = number;
    id.bytes[15] = 1;
    return id;
}
inline PersonId person_of(std::uint8_t number) {
    return id_of<PersonId>(number);
}
inline Handle handle_of(std::uint8_t number) {
    return id_of<Handle>(number);
}

// A log in memory whose records a test writes by hand: no decider stands before it, so that a
// projection also meets what no decider of today would record. A record a minute unless told.
class ModelLog {
  public:
    static constexpr std::int64_t minute = 60'000'000;
    static constexpr Instant start{1'750'000'000'000'000};

    // Who acts from now on, and the time of the next record.
    void acts(Actor actor) { actor_ = std::move(actor); }
    void acts(PersonId person) { acts(Actor{Actor::Kind::person, person, {}, "employee", {}, ""}); }
    void acts(Handle handle) { acts(Actor{Actor::Kind::handle, {}, handle, "peer", {}, ""}); }
    void set_time(Instant now) { now_ = now; }
    void stand_still() { step_ = 0; }

    template <class E>
    Position record(std::string_view workflow, std::string_view key, const E& event) {
        return write(workflow, key, std::string(E::event_name), E::schema_version,
                     record::to_bytes(event), true);
    }
    template <class E>
    Position appraisal(std::string_view token, const E& event) {
        return record("appraisal", token, event);
    }
    Position reject(std::string_view workflow, std::string_view key) {
        return write(workflow, key, std::string(record::CommandRejected::event_name), 1,
                     record::to_bytes(
                         record::CommandRejected{"submit_review", "not_permitted", "draft", "no"}),
                     false);
    }
    Position write(std::string_view workflow, std::string_view key, std::string event_name,
                   std::uint16_t schema_version, const std::string& payload, bool is_event) {
        Envelope envelope;
        envelope.position = Position{++head_.value};
        envelope.recorded_at = envelope.occurred_at = now_;
        now_.micros_since_epoch += step_;
        envelope.stream = *StreamId::make(workflow, key);
        if (is_event) envelope.version = Version{++versions_[envelope.stream.text()]};
        envelope.event_name = std::move(event_name);
        envelope.schema_version = schema_version;
        envelope.actor = actor_;
        envelope.command_id = *CommandId::make("c-" + std::to_string(head_.value));
        std::string bytes = record::encode_envelope(envelope) + payload;
        if (epoch_ == 0) epoch_ = *log_.acquire_writer_epoch();
        AppendBatch batch;
        batch.records.push_back({std::move(envelope), std::move(bytes)});
        log_.append(std::move(batch), Position{head_.value - 1}, epoch_,
                    [](const Result<Head>& head) {
                        if (!head) ADD_FAILURE() << head.error().message;
                    });
        return head_;
    }

    // recorded_at of a record that was written a minute after the other, from position 1 on.
    static Instant time_of(Position position) {
        return {start.micros_since_epoch + static_cast<std::int64_t>(position.value - 1) * minute};
    }
    [[nodiscard]] Position head() const { return head_; }

    [[nodiscard]] Result<void> fold(const Projection& projection, ReadStore& store,
                                    std::size_t records_per_step = 4'096) const {
        return runtime::catch_up_one(log_, store, projection, head_, {}, records_per_step);
    }
    // The rows of one model, made from zero.
    void fold_well(const Projection& projection, ReadStore& store) const {
        const auto folded = fold(projection, store);
        ASSERT_TRUE(folded) << folded.error().message;
    }

  private:
    storage::MemoryEventStore log_;
    std::uint64_t epoch_ = 0;
    Position head_;
    Instant now_ = start;
    std::int64_t step_ = minute;
    Actor actor_{Actor::Kind::system, {}, {}, "system", {}, ""};
    std::map<std::string, std::uint32_t> versions_;
};

inline std::map<std::string, std::string> rows_of(const ReadStore& store, std::string_view model) {
    std::map<std::string, std::string> rows;
    const auto scanned =
        store.scan(model, "", "", [&](std::string_view key, std::string_view value) {
            rows.emplace(key, value);
            return true;
        });
    if (!scanned) ADD_FAILURE() << scanned.error().message;
    return rows;
}

// The people of the appraisals below.
inline const PersonId sari = person_of(1);  // appraised
inline const PersonId budi = person_of(2);  // supervisor
inline const PersonId wati = person_of(3);  // his superior
inline const PersonId agus = person_of(4);  // rater
inline const PersonId dewi = person_of(5);  // rater
inline const PersonId rina = person_of(6);  // supervisor later on

inline Instant due(std::int64_t days) {
    return {ModelLog::start.micros_since_epoch + days * 86'400'000'000};
}

inline appraisal::Opened opened(std::string unit = "puskesmas", std::string period = "2025",
                                std::string policy = "capaian") {
    return {sari, "perawat",         std::move(unit), std::move(period), "annual", budi,
            wati, std::move(policy), "ab12",          Position{2},       due(10)};
}
inline appraisal::Rating rating(std::string criterion, std::string value) {
    return {std::move(criterion), std::move(value), {}};
}
inline appraisal::FeedbackGiven feedback(Handle rater, std::string source,
                                         std::vector<appraisal::Score> ratings) {
    return {rater, std::move(source), std::move(ratings), {}, {}};
}
inline appraisal::ResultCorrected corrected(std::string score,
                                            std::vector<appraisal::Rating> ratings) {
    appraisal::ResultCorrected event;
    event.score = std::move(score);
    event.predicate = "cukup";
    event.ratings = std::move(ratings);
    return event;
}
inline appraisal::Finalised finalised(std::string score, std::string predicate) {
    return {std::move(score), std::move(predicate), {}, due(50)};
}

}  // namespace jejak
