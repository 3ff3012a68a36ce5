#include "tools/backend/feed.hpp"

#include <boost/asio/post.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/system_events.hpp"
#include "tools/history.hpp"

namespace jejak::tools::backend {
namespace {

std::string text_of(const Heard& heard) {
    const boost::json::object data{{"position", heard.position.value},
                                   {"appraisal", heard.token},
                                   {"event", heard.event_name},
                                   {"version", heard.version},
                                   {"recorded_at", to_text(heard.recorded_at)},
                                   {"unit", heard.after->unit},
                                   {"href", "/v1/appraisals/" + heard.token}};
    return "id: " + std::to_string(heard.position.value) + "\nevent: " + heard.event_name +
           "\ndata: " + boost::json::serialize(data) + "\n\n";
}

}  // namespace

Feed::Feed(Workspace& workspace, boost::asio::any_io_executor executor)
    : workspace_(workspace), executor_(std::move(executor)) {
    if (const auto head = workspace.events().head()) head_ = head->position;
}

void Feed::grown(Position head) {
    std::unordered_map<std::uint64_t, std::function<void(bool)>> woken;
    {
        const std::lock_guard lock(mutex_);
        if (head <= head_) return;
        head_ = head;
        woken.swap(waiting_);
    }
    for (auto& [number, wake] : woken)
        boost::asio::post(executor_, [wake = std::move(wake)] { wake(false); });
}

void Feed::beat() {
    std::unordered_map<std::uint64_t, std::function<void(bool)>> woken;
    {
        const std::lock_guard lock(mutex_);
        woken.swap(waiting_);
    }
    for (auto& [number, wake] : woken)
        boost::asio::post(executor_, [wake = std::move(wake)] { wake(true); });
}

Position Feed::head() const {
    const std::lock_guard lock(mutex_);
    return head_;
}

std::uint64_t Feed::wait(Position done, std::function<void(bool)> woken) {
    const std::lock_guard lock(mutex_);
    const auto number = ++last_waiting_;
    if (head_ > done) {
        boost::asio::post(executor_, [woken = std::move(woken)] { woken(false); });
    } else {
        waiting_[number] = std::move(woken);
    }
    return number;
}

void Feed::forget(std::uint64_t waiting) {
    const std::lock_guard lock(mutex_);
    waiting_.erase(waiting);
}

Result<std::shared_ptr<const Heard>> Feed::hear(Position position) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = heard_.find(position.value);
        if (found != heard_.end()) return found->second;
    }
    auto heard = read(position);
    if (!heard) return heard;
    const std::lock_guard lock(mutex_);
    if (heard_.emplace(position.value, *heard).second) in_order_.push_back(position.value);
    if (in_order_.size() > heard_max) {
        heard_.erase(in_order_.front());
        in_order_.pop_front();
    }
    return heard;
}

Result<std::shared_ptr<const Heard>> Feed::read(Position position) {
    const std::shared_ptr<const Heard> none;
    const auto bytes = workspace_.events().read(position);
    if (!bytes) return bytes.error();
    if (!*bytes) return none;
    const auto decoded = record::decode_record(**bytes);
    if (!decoded) return decoded.error();
    const auto& envelope = decoded->envelope;
    if (envelope.stream.workflow() != "appraisal" ||
        envelope.event_name == record::CommandRejected::event_name) {
        return none;
    }
    auto event = record::decode_any<appraisal::Event>(envelope.event_name, envelope.schema_version,
                                                      decoded->payload);
    if (!event) return event.error();
    const std::string token(envelope.stream.key());
    auto latest = workspace_.latest().of(token);
    if (!latest) return latest.error();
    auto after = *latest;
    if (after->version != envelope.version.value) {
        Until until;
        until.version = envelope.version.value;
        auto then = read_appraisal(workspace_, token, until);
        if (!then) return then.error();
        after = std::make_shared<const appraisal::Appraisal>(std::move(*then));
    }
    Heard heard{position,
                token,
                envelope.event_name,
                envelope.version.value,
                envelope.recorded_at,
                std::move(*event),
                std::move(after),
                {}};
    heard.text = text_of(heard);
    return std::make_shared<const Heard>(std::move(heard));
}

}  // namespace jejak::tools::backend
