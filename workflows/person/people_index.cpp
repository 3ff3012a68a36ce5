#include "workflows/person/people_index.hpp"

#include "engine/record/event_codec.hpp"
#include "workflows/person/person_decider.hpp"

// row = pseudonym[16] -> position:u64, by the archive
namespace jejak::person {
namespace {

std::string key_of(PersonId person) {
    return {reinterpret_cast<const char*>(person.bytes.data()), person.bytes.size()};
}

class PeopleIndex final : public Projection {
  public:
    [[nodiscard]] std::string_view name() const override { return people_index_model; }

    [[nodiscard]] Result<void> apply(const Envelope& envelope, std::string_view payload,
                                     Rows& rows) const override {
        if (!envelope.event_name.starts_with("person.")) return {};
        const auto event = record::decode_any<PersonDecider::Event>(
            envelope.event_name, envelope.schema_version, payload);
        if (!event) return event.error();
        rows.put(key_of(std::get<PersonRegistered>(*event).pseudonym),
                 record::to_bytes(envelope.position));
        return {};
    }
};

}  // namespace

std::unique_ptr<Projection> make_people_index() {
    return std::make_unique<PeopleIndex>();
}

Result<std::optional<Position>> find_person(const ReadStore& store, PersonId person) {
    const auto bytes = store.get(people_index_model, key_of(person));
    if (!bytes) return bytes.error();
    if (!*bytes) return std::optional<Position>();
    const auto position = record::from_bytes<Position>(**bytes);
    if (!position) return position.error();
    return std::optional<Position>(*position);
}

}  // namespace jejak::person
