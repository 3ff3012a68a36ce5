#include "engine/runtime/projector.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <unordered_map>

#include "engine/runtime/subscription.hpp"

namespace jejak::runtime {
namespace {

// The rows of one model during one step: written back together with the checkpoint.
class StepRows final : public Rows {
  public:
    StepRows(const ReadStore& store, std::string_view model) : store_(store), model_(model) {}

    Result<std::optional<std::string>> get(const std::string& key) override {
        const auto found = changes_.find(key);
        if (found != changes_.end()) return found->second;
        return store_.get(model_, key);
    }
    void put(const std::string& key, std::string value) override {
        changes_.insert_or_assign(key, std::move(value));
    }
    void erase(const std::string& key) override { changes_.insert_or_assign(key, std::nullopt); }
    [[nodiscard]] const RowChanges& changes() const { return changes_; }

  private:
    const ReadStore& store_;
    std::string_view model_;
    RowChanges changes_;
};

}  // namespace

Result<void> catch_up_one(const EventStore& log, ReadStore& store, const Projection& projection,
                          Position target, const Progress& progress, std::size_t records_per_step) {
    const auto checkpoint = store.checkpoint(projection.name());
    if (!checkpoint) return checkpoint.error();
    Subscription subscription(log, *checkpoint);
    while (subscription.done() < target) {
        StepRows rows(store, projection.name());
        const Position before = subscription.done();
        const auto applied = subscription.advance(
            target, records_per_step, [&](const record::DecodedRecord& record) {
                return projection.apply(record.envelope, record.payload, rows);
            });
        if (!applied) return applied;
        if (subscription.done() == before) {
            return error(ErrorCode::corruption, "the log ends at position " +
                                                    std::to_string(before.value) +
                                                    ", before its head; run jejak verify");
        }
        const auto written = store.write(projection.name(), rows.changes(), subscription.done());
        if (!written) return written;
        if (progress) progress(subscription.done(), target);
    }
    return {};
}

Result<void> catch_up(const EventStore& log, ReadStore& rows, const Projections& projections,
                      Position target, const Progress& progress, std::size_t records_per_step) {
    for (const auto& projection : projections) {
        auto done = catch_up_one(log, rows, *projection, target, progress, records_per_step);
        if (!done) {
            return error(done.error().code, "read model " + std::string(projection->name()) + ": " +
                                                done.error().message);
        }
    }
    return {};
}

void Projector::wake(Position head) {
    {
        const std::lock_guard lock(mutex_);
        if (head > target_) target_ = head;
        if (std::exchange(running_, true)) return;
    }
    boost::asio::post(strand_, [self = shared_from_this()] { self->step(); });
}

void Projector::step() {
    Position target;
    {
        const std::lock_guard lock(mutex_);
        target = target_;
    }
    auto outcome = catch_up(log_, rows_, projections_, target);
    if (!outcome) spdlog::error("projector stopped: {}", outcome.error().message);
    bool more = false;
    {
        const std::lock_guard lock(mutex_);
        outcome_ = outcome;
        if (outcome) done_ = target;
        more = outcome.has_value() && done_ < target_;
        running_ = more;
    }
    reached_.notify_all();
    if (more) boost::asio::post(strand_, [self = shared_from_this()] { self->step(); });
}

Result<void> Projector::wait_for(Position position) {
    const auto head = log_.head();
    if (!head) return head.error();
    if (position > head->position) {
        return error(ErrorCode::invalid_input, "there is no position " +
                                                   std::to_string(position.value) +
                                                   " to wait for, the log ends at position " +
                                                   std::to_string(head->position.value));
    }
    {
        const std::lock_guard lock(mutex_);
        if (outcome_ && done_ >= position) return {};  // nobody is woken for what is there
    }
    wake(position);
    std::unique_lock lock(mutex_);
    reached_.wait(lock, [&] { return done_ >= position || !outcome_; });
    return outcome_;
}

}  // namespace jejak::runtime
