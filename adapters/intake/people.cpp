#include "adapters/intake/people.hpp"

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/randomness.hpp"
#include "engine/record/sealing.hpp"
#include "workflows/person/person_decider.hpp"

namespace jejak::intake {

// The writer's strand tells how registrations ended while somebody may hold the cache's lock, and
// also after the People are gone: it has a lock of its own and is shared.
struct People::Outcomes {
    struct Outcome {
        std::string stream;
        std::optional<Error> error;
    };
    std::mutex mutex;
    std::vector<Outcome> arrived;

    void add(std::string stream, const Result<runtime::Receipt>& receipt) {
        std::optional<Error> error;
        if (!receipt) {
            error = receipt.error();
        } else if (receipt->rejection || receipt->events.empty()) {
            // Somebody else has registered her, under another pseudonym than ours.
            error = jejak::error(ErrorCode::version_conflict,
                                 "the person has been registered meanwhile; send it again");
        }
        const std::lock_guard lock(mutex);
        arrived.push_back({std::move(stream), std::move(error)});
    }
    [[nodiscard]] std::vector<Outcome> take() {
        const std::lock_guard lock(mutex);
        return std::exchange(arrived, {});
    }
};

People::People(const EventStore& store, const Keyring& keyring,
               std::shared_ptr<runtime::Writer> writer, Options options)
    : store_(store),
      keyring_(keyring),
      writer_(std::move(writer)),
      options_(options),
      outcomes_(std::make_shared<Outcomes>()) {}

People::~People() = default;

StreamId People::stream_of(const KeyBytes& log_secret, const OutsideIdentifier& outside) {
    const Sha256 digest = record::keyed_digest(log_secret, "person", outside.text());
    return *StreamId::make(person::PersonDecider::workflow, to_hex(digest.data(), 16));
}

Result<PersonId> People::identify(std::string_view outside_identifier, std::string_view channel) {
    const auto outside = parse_identifier(outside_identifier);
    if (!outside) return outside.error();
    const StreamId stream = stream_of(keyring_.log_secret(), *outside);
    const std::lock_guard lock(mutex_);
    const auto known = find_known(stream);
    if (!known) return known.error();
    if (*known) return **known;
    return enroll(stream, *outside, channel);
}

Result<std::optional<PersonId>> People::find(std::string_view outside_identifier) {
    const auto outside = parse_identifier(outside_identifier);
    if (!outside) return outside.error();
    const StreamId stream = stream_of(keyring_.log_secret(), *outside);
    const std::lock_guard lock(mutex_);
    return find_known(stream);
}

Result<std::optional<PersonId>> People::find_known(const StreamId& stream) {
    (void)take_outcomes(stream);
    const auto cached = cache_.find(stream.text());
    if (cached != cache_.end()) return std::optional(cached->second.person);
    auto registered = read_registered(stream);
    if (registered && *registered) remember(stream, {**registered, true});
    return registered;
}

Result<std::optional<PersonId>> People::read_registered(const StreamId& stream) const {
    Result<std::optional<PersonId>> found = std::optional<PersonId>();
    const auto visited =
        store_.read_stream(stream, Version{1}, [&](Position, std::string_view bytes) {
            const auto decoded = record::decode_record(bytes);
            if (!decoded) {
                found = decoded.error();
                return false;
            }
            const auto event = record::decode_any<person::PersonDecider::Event>(
                decoded->envelope.event_name, decoded->envelope.schema_version, decoded->payload);
            if (!event) {
                found = event.error();
            } else {
                found = std::optional(std::get<person::PersonRegistered>(*event).pseudonym);
            }
            return false;
        });
    if (!visited) return visited.error();
    return found;
}

Result<PersonId> People::enroll(const StreamId& stream, const OutsideIdentifier& outside,
                                std::string_view channel) {
    if (writer_ == nullptr) {
        return error(
            ErrorCode::not_found,
            "a person of namespace \"" + outside.name_space +
                "\" is not known to this log, and nobody is registered while only reading");
    }
    auto command_id = CommandId::make("person-" + std::string(stream.key()));
    if (!command_id) return command_id.error();
    const PersonId fresh{record::random_bytes<16>()};
    person::RegisterPerson registration{fresh, outside.name_space,
                                        Personal::of(fresh, outside.identifier)};
    runtime::CommandRequest request;
    request.stream = stream;
    request.command = person::PersonDecider::Command(std::move(registration));
    request.command_id = std::move(*command_id);
    request.actor.role = system_role;
    request.actor.channel = channel;
    remember(stream, {fresh, false});
    writer_->submit(std::move(request),
                    [outcomes = outcomes_, key = stream.text()](Result<runtime::Receipt> receipt) {
                        outcomes->add(key, receipt);
                    });
    // A full queue or a stopped writer has said so already.
    if (auto no = take_outcomes(stream)) return std::move(*no);
    return fresh;
}

void People::remember(const StreamId& stream, Entry entry) {
    if (cache_.size() >= options_.cached_people_max) {
        // Who is still on her way into the log must stay: the store does not know her yet.
        std::erase_if(cache_, [](const auto& known) { return known.second.durable; });
    }
    cache_.insert_or_assign(stream.text(), entry);
}

std::optional<Error> People::take_outcomes(const StreamId& asked) {
    std::optional<Error> answer;
    for (Outcomes::Outcome& outcome : outcomes_->take()) {
        const auto entry = cache_.find(outcome.stream);
        if (entry == cache_.end()) continue;
        if (!outcome.error) {
            entry->second.durable = true;
            continue;
        }
        cache_.erase(entry);
        if (outcome.stream == asked.text()) answer = std::move(outcome.error);
    }
    return answer;
}

}  // namespace jejak::intake
