#include "engine/runtime/writer.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <future>
#include <utility>

#include "engine/record/envelope.hpp"

namespace jejak::runtime {
namespace {

// Batches in a row before others on the executor get their turn.
constexpr int batches_in_a_row_max = 16;

}  // namespace

Writer::Writer(boost::asio::any_io_executor executor, EventStore& store, const Keyring& keyring,
               const Clock& clock, const Workflows& workflows, Options options)
    : strand_(std::move(executor)),
      store_(store),
      options_(std::move(options)),
      stage_(store, keyring, clock, workflows, options_.stage),
      lane_(store) {
    stage_.on_await([this] { return await(); });
}

Result<std::shared_ptr<Writer>> Writer::start(boost::asio::any_io_executor executor,
                                              EventStore& store, const Keyring& keyring,
                                              const Clock& clock, const Workflows& workflows,
                                              Options options) {
    std::shared_ptr<Writer> writer(
        new Writer(std::move(executor), store, keyring, clock, workflows, std::move(options)));
    if (auto begun = writer->begin(keyring.log_id()); !begun) return begun.error();
    return writer;
}

Result<void> Writer::begin(LogId log_id) {
    const auto epoch = store_.acquire_writer_epoch();
    if (!epoch) return epoch.error();
    epoch_ = *epoch;
    const auto head = store_.head();
    if (!head) return head.error();
    if (head->position.value == 0) {
        stage_.restart(Position{}, Instant{});
        stage_.create_log(options_.program);
        const auto appended = append_and_wait(store_, stage_.take(), Position{}, epoch_);
        stage_.settled();
        return appended ? Result<void>() : Result<void>(appended.error());
    }
    const auto last = store_.read(head->position);
    if (!last) return last.error();
    const auto decoded = record::decode_record(last->value_or(std::string()));
    if (!decoded) return decoded.error();
    if (decoded->envelope.log_id != log_id) {
        return error(ErrorCode::environment, "the log " + to_hex(decoded->envelope.log_id) +
                                                 " does not belong to the key ring of log " +
                                                 to_hex(log_id) + "; open it with its own");
    }
    stage_.restart(head->position, decoded->envelope.recorded_at);
    return {};
}

void Writer::submit(CommandRequest request, Completion completion) {
    std::unique_lock lock(mutex_);
    if (!open_ || queue_.size() >= options_.queue_depth_max) {
        const Error no = !open_ ? open_.error()
                                : error(ErrorCode::overloaded,
                                        std::to_string(queue_.size()) +
                                            " commands are waiting; try again in a moment");
        lock.unlock();
        completion(no);
        return;
    }
    queue_.push_back({std::move(request), std::move(completion)});
    if (std::exchange(draining_, true)) return;
    lock.unlock();
    boost::asio::post(strand_, [self = shared_from_this()] { self->drain(); });
}

Result<Receipt> Writer::execute(CommandRequest request) {
    std::promise<Result<Receipt>> promise;
    auto future = promise.get_future();
    submit(std::move(request),
           [&](Result<Receipt> answer) { promise.set_value(std::move(answer)); });
    return future.get();
}

std::size_t Writer::queue_depth() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void Writer::stop() {
    const std::lock_guard lock(mutex_);
    if (open_) open_ = error(ErrorCode::stopped, "the writer has been stopped; start jejak again");
}

std::deque<Writer::Queued> Writer::take_queued() {
    const std::lock_guard lock(mutex_);
    if (queue_.empty()) draining_ = false;
    if (queue_.size() <= options_.batch_commands_max) return std::exchange(queue_, {});
    std::deque<Queued> taken;
    for (std::size_t i = 0; i < options_.batch_commands_max; ++i) {
        taken.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return taken;
}

bool Writer::nobody_waits() {
    const std::lock_guard lock(mutex_);
    return queue_.empty();
}

void Writer::drain() {
    for (int batch = 0; batch < batches_in_a_row_max; ++batch) {
        if (!drain_batch()) return;
    }
    boost::asio::post(strand_, [self = shared_from_this()] { self->drain(); });
}

bool Writer::drain_batch() {
    std::deque<Queued> taken = take_queued();
    if (taken.empty()) {
        settle();
        return false;
    }
    std::vector<Answered> answered;
    answered.reserve(taken.size());
    for (Queued& queued : taken) {
        // What the log holds is not known any more, so nobody is answered from it.
        auto answer = failure_ ? Result<Receipt>(*failure_) : stage_.handle(queued.request);
        if (!answer && answer.error().code == ErrorCode::defect) {
            spdlog::critical("defect: {}", answer.error().message);
        }
        answered.push_back({std::move(queued.completion), std::move(answer)});
        if (stage_.bytes() >= options_.batch_bytes_max) append(std::exchange(answered, {}));
    }
    append(std::move(answered));
    return true;
}

void Writer::append(std::vector<Answered> answered) {
    settle();
    if (failure_ || stage_.empty()) return answer(answered);
    const Position head = stage_.head();
    const Batch about{stage_.commands(), stage_.bytes(), {}};
    AppendBatch batch = stage_.take();
    const Position expected{head.value - batch.records.size()};
    under_way_ = UnderWay{std::move(answered), head, about};
    if (!nobody_waits()) return lane_.start(std::move(batch), expected, epoch_);
    // Nobody would use the time: another thread would only cost two hand-overs.
    const auto appended = append_and_wait(store_, std::move(batch), expected, epoch_);
    if (appended) {
        under_way_->durable = true;
        under_way_->batch.took = appended->took;
        stage_.settled();
    } else {
        fail(appended.error());
    }
    settle();
}

Result<void> Writer::await() {
    if (failure_) return *failure_;
    if (!under_way_ || under_way_->durable) return {};
    const auto appended = lane_.wait();
    if (!appended) {
        fail(appended.error());
        return *failure_;
    }
    under_way_->durable = true;
    under_way_->batch.took = appended->took;
    stage_.settled();
    return {};
}

void Writer::settle() {
    if (!under_way_) return;
    const auto durable = await();
    UnderWay done = *std::exchange(under_way_, std::nullopt);
    if (!done.durable) return answer(done.answered);
    if (observer_) observer_(done.batch);
    for (Answered& one : done.answered)
        one.completion(std::move(one.answer));
    if (growth_) growth_(done.head);
}

void Writer::answer(std::vector<Answered>& answered) {
    for (Answered& one : answered) {
        // Also those with an error: they may have been judged by what was staged and is lost.
        if (failure_) one.answer = *failure_;
        one.completion(std::move(one.answer));
    }
}

void Writer::fail(const Error& cause) {
    spdlog::critical("the log cannot be written, the writer stops: {}", cause.message);
    const auto head = store_.head();
    stage_.restart(head ? head->position : Position{}, stage_.last_recorded_at());
    failure_ =
        error(cause.code == ErrorCode::version_conflict ? cause.code : ErrorCode::outcome_unknown,
              cause.message +
                  " (no more commands are taken; open the directory anew and "
                  "ask again with the same command ids)");
    const std::lock_guard lock(mutex_);
    open_ = *failure_;
}

}  // namespace jejak::runtime
