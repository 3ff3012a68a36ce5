#include "workflows/appraisal/lifecycle.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/workflows/golden.hpp"
#include "tests/workflows/lives.hpp"
#include "tests/workflows/spec.hpp"

namespace jejak::appraisal {
namespace {

Phase phase_at(std::size_t index) {
    return static_cast<Phase>(index);
}
EventKind kind_at(std::size_t index) {
    return static_cast<EventKind>(index);
}

std::set<specs::PhaseAndKind> legal_pairs() {
    std::set<specs::PhaseAndKind> pairs;
    for (std::size_t p = 0; p < phase_count; ++p) {
        for (std::size_t k = 0; k < event_kind_count; ++k) {
            if (next_phase(phase_at(p), kind_at(k))) pairs.emplace(phase_at(p), kind_at(k));
        }
    }
    return pairs;
}

std::string page() {
    std::string text =
        "# Lifecycle of an appraisal\n\n"
        "Written by tests/workflows/lifecycle_test.cpp from workflows/appraisal/lifecycle.cpp;\n"
        "`JEJAK_UPDATE_GOLDEN=1` writes it anew. A cell is the phase after the event; \"stays\":\n"
        "the event is recorded and the phase is the same; \"·\": the event is not possible.\n\n"
        "| event |";
    for (std::size_t p = 0; p < phase_count; ++p) {
        text += " " + std::string(name_of(phase_at(p))) + " |";
    }
    text += "\n|---|";
    for (std::size_t p = 0; p < phase_count; ++p)
        text += "---|";
    for (std::size_t k = 0; k < event_kind_count; ++k) {
        text += "\n| " + std::string(name_of(kind_at(k))) + " |";
        for (std::size_t p = 0; p < phase_count; ++p) {
            const auto next = next_phase(phase_at(p), kind_at(k));
            const std::string cell = !next                  ? "·"
                                     : *next == phase_at(p) ? "stays"
                                                            : std::string(name_of(*next));
            text += " " + cell + " |";
        }
    }
    return text + "\n\n```mermaid\n" + mermaid_diagram() + "```\n";
}

TEST(Lifecycle, is_the_page_that_we_agreed_on) {
    jejak::golden::expect_golden("workflows/golden/lifecycle.md", page());
}

TEST(Lifecycle, has_twenty_three_moves_and_fifty_three_facts_that_stay) {
    std::size_t moves = 0;
    std::size_t stays = 0;
    for (const auto& [phase, kind] : legal_pairs()) {
        (*next_phase(phase, kind) == phase ? stays : moves) += 1;
    }
    EXPECT_EQ(moves, 23U);
    EXPECT_EQ(stays, 53U);
}

TEST(Lifecycle, lets_nothing_happen_before_opening_and_after_cancelling) {
    for (std::size_t k = 0; k < event_kind_count; ++k) {
        EXPECT_EQ(next_phase(Phase::unopened, kind_at(k)).has_value(),
                  kind_at(k) == EventKind::opened)
            << name_of(kind_at(k));
        EXPECT_FALSE(next_phase(Phase::cancelled, kind_at(k))) << name_of(kind_at(k));
    }
}

TEST(Lifecycle, answers_phases_and_kinds_that_do_not_exist_with_no) {
    for (int i = 0; i < 256; ++i) {
        const auto byte = static_cast<std::uint8_t>(i);
        if (byte >= phase_count) {
            for (std::size_t k = 0; k < event_kind_count; ++k) {
                EXPECT_FALSE(next_phase(static_cast<Phase>(byte), kind_at(k))) << i;
            }
        }
        if (byte >= event_kind_count) {
            EXPECT_FALSE(next_phase(Phase::draft, static_cast<EventKind>(byte))) << i;
        }
    }
}

TEST(Lifecycle, has_a_name_for_every_phase_and_every_kind) {
    for (std::size_t p = 0; p < phase_count; ++p) {
        EXPECT_EQ(phase_named(name_of(phase_at(p))), phase_at(p));
    }
    EXPECT_EQ(phase_named("draught"), std::nullopt);
    for (std::size_t k = 0; k < event_kind_count; ++k) {
        EXPECT_NE(name_of(kind_at(k)), "unknown") << k;
    }
    EXPECT_EQ(name_of(kind_at(event_kind_count)), "unknown");
}

// Every event's kind is its place in the variant, and its name is that of its kind.
TEST(Lifecycle, knows_every_event_by_its_kind) {
    std::set<EventKind> kinds;
    boost::mp11::mp_for_each<Event>([&](const auto& event) {
        kinds.insert(event.kind_of_event);
        EXPECT_EQ(event.event_name, "appraisal." + std::string(name_of(event.kind_of_event)));
    });
    EXPECT_EQ(kinds.size(), event_kind_count);
}

TEST(Lifecycle, is_lived_through_in_every_legal_pair) {
    std::set<specs::PhaseAndKind> lived;
    for (const auto& [name, events] : specs::whole_lives()) {
        SCOPED_TRACE(name);
        (void)specs::folded(events);
        lived.merge(specs::pairs_of(events));
    }
    std::string missing;
    for (const auto& [phase, kind] : legal_pairs()) {
        if (lived.contains({phase, kind})) continue;
        missing +=
            "  " + std::string(name_of(kind)) + " in phase " + std::string(name_of(phase)) + "\n";
    }
    EXPECT_TRUE(missing.empty()) << "no life in tests/workflows/lives.cpp meets:\n"
                                 << missing << "add it to one of whole_lives().";
}

}  // namespace
}  // namespace jejak::appraisal
