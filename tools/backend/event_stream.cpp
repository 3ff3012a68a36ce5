#include <charconv>

#include "engine/record/sealing.hpp"
#include "tools/agency.hpp"
#include "tools/backend/feed.hpp"
#include "tools/backend/office_reach.hpp"
#include "tools/backend/routes.hpp"

// What happens, as Server-Sent Events (WHATWG HTML, section 9.2): thin events, which say that
// something happened and where to read it. Whether somebody is told goes through
// appraisal::shown, record by record, by what she is to the appraisal at that time.
namespace jejak::tools::backend {
namespace {

// Looked at without an answer before the stream says how far it is.
constexpr std::uint64_t records_a_turn_max = 2'048;
constexpr std::size_t stream_chunk_bytes = 32 * 1024;
// Then the stream ends, and the client comes back with credentials that hold.
constexpr std::int64_t stream_lifetime_us = 3'600'000'000;

struct Listening {
    std::string appraisal, unit;  // only this; "" for all
    Position done;                // told or passed by
};

class EventStream : public http::BodySource {
  public:
    EventStream(ExchangePointer exchange, ReaderFlags reader, PersonId person, Listening listening)
        : state_(std::make_shared<State>(std::move(exchange), std::move(reader), person,
                                         std::move(listening))) {}
    ~EventStream() override { state_->forget(); }
    void next(Give give) override { state_->next(std::move(give)); }

  private:
    class State : public std::enable_shared_from_this<State> {
      public:
        State(ExchangePointer exchange, ReaderFlags reader, PersonId person, Listening listening)
            : exchange_(std::move(exchange)),
              reader_(std::move(reader)),
              person_(person),
              listening_(std::move(listening)),
              office_(exchange_->workspace(), reader_),
              ends_at_{exchange_->workspace().clock().now().micros_since_epoch +
                       stream_lifetime_us} {}

        void next(Give give) {
            if (std::exchange(has_failed_, false)) return give(std::nullopt);
            auto chunk = read_on();
            if (!chunk) return has_failed_ = true, give(failed());
            if (!chunk->empty()) return give(std::move(*chunk));
            const std::lock_guard lock(mutex_);
            if (is_gone_) return;
            waiting_ = exchange_->context.feed.wait(
                listening_.done,
                [self = shared_from_this(), give](bool is_beat) { self->woken(is_beat, give); });
        }
        void forget() {
            const std::lock_guard lock(mutex_);
            is_gone_ = true;
            exchange_->context.feed.forget(waiting_);
        }

      private:
        void woken(bool is_beat, const Give& give) {
            {
                const std::lock_guard lock(mutex_);
                if (is_gone_) return;
            }
            if (!is_beat) return next(give);
            if (exchange_->workspace().clock().now() < ends_at_) return give(": alive\n\n");
            give(std::nullopt);
        }

        // What is told of the records behind `done`; "" where there is none yet.
        [[nodiscard]] Result<std::string> read_on() {
            std::string chunk;
            auto& feed = exchange_->context.feed;
            std::uint64_t looked_at = 0;
            while (listening_.done < feed.head() && chunk.size() < stream_chunk_bytes) {
                const Position position{listening_.done.value + 1};
                const auto heard = feed.hear(position);
                if (!heard) return heard.error();
                listening_.done = position;
                if (*heard) {
                    const auto told = is_told(**heard);
                    if (!told) return told.error();
                    if (*told) chunk += (*heard)->text;
                }
                if (++looked_at < records_a_turn_max) continue;
                if (chunk.empty()) chunk = ": position " + std::to_string(position.value) + "\n\n";
                break;
            }
            return chunk;
        }

        [[nodiscard]] Result<bool> is_told(const Heard& heard) {
            if (!listening_.appraisal.empty() && heard.token != listening_.appraisal) return false;
            if (!listening_.unit.empty() && heard.after->unit != listening_.unit) return false;
            auto& workspace = exchange_->workspace();
            const auto now = workspace.latest().of(heard.token);
            if (!now) return now.error();
            ::jejak::appraisal::Reader reader{person_, {}, reader_.office};
            if (!person_.is_nil()) {
                reader.as_rater =
                    record::handle_of(workspace.people().keyring().log_secret(),
                                      *StreamId::make("appraisal", heard.token), person_);
            }
            const auto to = ::jejak::appraisal::disclosure_for(**now, reader);
            if (!to.heading) return false;
            if (to.relation == ::jejak::appraisal::Relation::administration) {
                const auto holds = office_.holds((*now)->unit);
                if (!holds) return holds.error();
                if (!*holds) return false;
            }
            const auto policy = pinned_rules(workspace, *heard.after);
            if (!policy) return policy.error();
            return ::jejak::appraisal::shown(heard.event, *heard.after, **now, **policy, to) !=
                   ::jejak::appraisal::Shown::nothing;
        }

        // The last words of a stream that cannot be read on; the client comes back.
        [[nodiscard]] static std::string failed() {
            return "event: stream.failed\ndata: {\"reason\": \"the log cannot be read; its "
                   "operator finds why\"}\n\n";
        }

        const ExchangePointer exchange_;
        const ReaderFlags reader_;
        const PersonId person_;
        Listening listening_;      // touched by one turn at a time
        bool has_failed_ = false;  // that too
        OfficeReach office_;
        const Instant ends_at_;
        std::mutex mutex_;
        std::uint64_t waiting_ = 0;
        bool is_gone_ = false;
    };

    const std::shared_ptr<State> state_;
};

// Last-Event-ID, or ?after=, or the head: what happens from now on. Errors: invalid_input.
Result<Position> first_position(const Exchange& exchange) {
    const Position head = exchange.context.feed.head();
    auto text = exchange.header("Last-Event-ID");
    if (text.empty()) text = exchange.parameter("after");
    if (text.empty()) return head;
    std::uint64_t position = 0;
    const auto* end = text.data() + text.size();
    const auto [at, fault] = std::from_chars(text.data(), end, position);
    if (fault == std::errc() && at == end && position <= head.value) return Position{position};
    return error(ErrorCode::invalid_input, "events begin behind a position of the log, 0 to " +
                                               std::to_string(head.value) + ", not \"" + text +
                                               "\"");
}

}  // namespace

namespace handle {

void events(const ExchangePointer& exchange) {
    const auto reader = exchange->reader();
    if (!reader) return;
    const auto first = first_position(*exchange);
    if (!first) return exchange->fail(first.error());
    http::Response response{200, "text/event-stream", "", {}};
    response.headers = {{"X-Accel-Buffering", "no"},
                        {"Jejak-Position", std::to_string(first->value)}};
    response.source = std::make_shared<EventStream>(
        exchange, *reader, reader->pseudonym.value_or(PersonId{}),
        Listening{exchange->parameter("appraisal"), exchange->parameter("unit"), *first});
    exchange->answer(std::move(response));
}

void ticket(const ExchangePointer& exchange) {
    const auto issued = exchange->context.gate.tickets().issue(exchange->caller);
    if (!issued) return exchange->fail(issued.error());
    exchange->json(
        boost::json::object{
            {"ticket", *issued}, {"expires_in_s", 30}, {"href", "/v1/events?ticket=" + *issued}},
        201);
}

}  // namespace handle

}  // namespace jejak::tools::backend
