// Words about people are sealed before they are recorded, each under its owner's key.

#include "engine/record/sealing.hpp"
#include "tests/runtime/troubled_event_store.hpp"
#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;
using storage::MemoryEventStore;

constexpr std::string_view secret = "Rahasia: sering terlambat karena anaknya sakit";

KeyBytes key_of(const EventStore& store, const Keyring& keyring, PersonId owner) {
    const auto wrapped = store.wrapped_key(owner);
    EXPECT_TRUE(wrapped.has_value() && wrapped->has_value()) << "the owner has no key in the log";
    const auto key = keyring.unwrap(owner, wrapped->value_or(std::string()));
    EXPECT_TRUE(key.has_value()) << key.error().message;
    return key ? *key : KeyBytes{};
}

Noted noted_in(const Kept& kept) {
    const auto noted = record::from_bytes<Noted>(kept.payload);
    EXPECT_TRUE(noted.has_value()) << noted.error().message;
    return noted ? *noted : Noted{};
}

void expect_nowhere_in(const EventStore& store, std::string_view plaintext) {
    for (const Kept& kept : all_records(store)) {
        EXPECT_EQ(kept.bytes.find(plaintext), std::string::npos)
            << plaintext << " is open at position " << kept.envelope.position.value;
    }
}

TEST(PersonalWords, are_never_open_in_the_bytes_of_a_record) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    Personal of_another = Personal::of(person(2), "milik orang lain");
    bench.answer("a", Note{words(std::string(secret)), {words("kedua kali"), of_another}}, "note");
    EXPECT_TRUE(bench.answer("b", Note{words("kalimat yang ditolak"), {}}, "refused").rejection);
    bench.ask("a", Note{words("kalimat tanpa pemilik"), {}, true}, "ownerless");
    for (const std::string_view text :
         {secret, std::string_view("kedua kali"), std::string_view("milik orang lain"),
          std::string_view("kalimat yang ditolak"), std::string_view("kalimat tanpa pemilik")}) {
        expect_nowhere_in(store, text);
    }
}

TEST(PersonalWords, open_with_their_owners_key_bound_to_envelope_and_place) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    Personal of_another = Personal::of(person(2), "milik orang lain");
    bench.answer("a", Note{words(std::string(secret)), {words("kedua"), of_another}}, "note");
    const Kept kept = bench.records().back();
    const Noted noted = noted_in(kept);
    const KeyBytes key = key_of(store, bench.keyring, person(1));
    EXPECT_EQ(noted.words.owner, person(1));
    EXPECT_EQ(record::open(noted.words, key, kept.envelope_bytes, "words").value(), secret);
    EXPECT_EQ(record::open(noted.remarks[0], key, kept.envelope_bytes, "remarks.0").value(),
              "kedua");
    const KeyBytes others_key = key_of(store, bench.keyring, person(2));
    EXPECT_EQ(record::open(noted.remarks[1], others_key, kept.envelope_bytes, "remarks.1").value(),
              "milik orang lain");
    EXPECT_FALSE(record::open(noted.words, key, kept.envelope_bytes, "remarks.0").has_value())
        << "a sealed field must not open in another place";
    EXPECT_FALSE(record::open(noted.words, others_key, kept.envelope_bytes, "words").has_value());
    bench.answer("a", Note{words(std::string(secret)), {}}, "again");
    const Kept later = bench.records().back();
    EXPECT_FALSE(record::open(noted.words, key, later.envelope_bytes, "words").has_value())
        << "a sealed field must not open in another record";
    EXPECT_NE(noted_in(later).words.bytes, noted.words.bytes) << "the same words look different";
}

TEST(PersonalWords, are_sealed_in_the_live_state_before_the_next_decision) {
    MemoryEventStore store;
    Workbench bench(store);
    const auto answers = bench.ask_together({request_of("a", Open{person(1)}, "open"),
                                             request_of("a", Note{words("satu"), {}}, "1"),
                                             request_of("a", Note{words("dua"), {}}, "2")});
    ASSERT_TRUE(answers[2].has_value()) << answers[2].error().message;
    EXPECT_FALSE(answers[2]->rejection) << answers[2]->rejection->message;
}

TEST(PersonalWords, that_are_empty_stay_empty) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    bench.answer("a", Note{}, "note");
    EXPECT_TRUE(noted_in(bench.records().back()).words.is_empty());
}

TEST(PersonalWords, without_an_owner_are_a_defect_of_the_workflow) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    EXPECT_ERROR(bench.ask("a", Note{words("siapa?"), {}, true}, "note"), ErrorCode::defect,
                 "no owner");
    EXPECT_EQ(bench.head(), 2u);
    EXPECT_FALSE(store.wrapped_key(PersonId{})->has_value()) << "nobody has no key";
}

TEST(OwnerKeys, come_once_with_the_batch_that_first_needs_them) {
    MemoryEventStore memory;
    TroubledEventStore store(memory);
    Workbench bench(store);
    EXPECT_FALSE(store.wrapped_key(person(1))->has_value());
    bench.ask_together({request_of("a", Open{person(1)}, "1"),
                        request_of("b", Open{person(1)}, "2"),
                        request_of("a", Note{words("satu"), {}}, "3")});
    EXPECT_EQ(store.appends(), 2u) << "log.created, and the one batch";
    const auto made = store.wrapped_key(person(1)).value();
    ASSERT_TRUE(made.has_value());
    bench.answer("b", Note{words("dua"), {}}, "4");
    bench.restart();
    bench.answer("b", Note{words("tiga"), {}}, "5");
    EXPECT_EQ(store.wrapped_key(person(1)).value(), made) << "a key is made once per owner";
    const KeyBytes key = key_of(store, bench.keyring, person(1));
    std::size_t opened = 0;
    for (const Kept& kept : bench.records()) {
        if (kept.envelope.event_name != Noted::event_name) continue;
        const auto text = record::open(noted_in(kept).words, key, kept.envelope_bytes, "words");
        EXPECT_TRUE(text.has_value());
        ++opened;
    }
    EXPECT_EQ(opened, 3u);
}

TEST(OwnerKeys, are_not_kept_for_a_command_that_leaves_no_record) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    Note too_long{words(std::string(70'000, 'x')), {Personal::of(person(7), "singkat")}};
    EXPECT_ERROR(bench.ask("a", too_long, "long"), ErrorCode::invalid_input, "65535");
    bench.answer("a", Add{1}, "add");
    EXPECT_FALSE(store.wrapped_key(person(7))->has_value())
        << "a refused command leaves no trace, not even a key";
    Note short_enough{words("pendek"), {Personal::of(person(7), "singkat")}};
    bench.answer("a", short_enough, "short");
    const Kept kept = bench.records().back();
    EXPECT_EQ(record::open(noted_in(kept).remarks[0], key_of(store, bench.keyring, person(7)),
                           kept.envelope_bytes, "remarks.0")
                  .value(),
              "singkat");
}

TEST(OwnerKeys, of_the_same_batch_survive_a_command_that_fails_behind_them) {
    MemoryEventStore store;
    Workbench bench(store);
    const auto answers = bench.ask_together(
        {request_of("a", Open{person(1)}, "1"),
         request_of("a", Note{words("satu"), {Personal::of(person(5), "lima")}}, "2"),
         request_of("a", Note{words(std::string(70'000, 'x')), {Personal::of(person(6), "enam")}},
                    "3"),
         request_of("a", Note{words("dua"), {Personal::of(person(5), "lima lagi")}}, "4")});
    EXPECT_FALSE(answers[2].has_value());
    EXPECT_FALSE(store.wrapped_key(person(6))->has_value());
    const Kept kept = bench.records().back();
    EXPECT_EQ(record::open(noted_in(kept).remarks[0], key_of(store, bench.keyring, person(5)),
                           kept.envelope_bytes, "remarks.0")
                  .value(),
              "lima lagi");
}

}  // namespace
}  // namespace jejak::runtime
