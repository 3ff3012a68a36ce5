#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "engine/record/event_codec.hpp"
#include "engine/record/sealing.hpp"
#include "tests/workflows/golden.hpp"
#include "tests/workflows/lives.hpp"
#include "tests/workflows/spec.hpp"

// Lives as they were recorded once, in bytes: histories/<name>.txt, one event a line, "event name,
// schema version, payload in hex". They stay for ever, since logs with such bytes exist.
//
// A life that is not on file yet is recorded by running this test with JEJAK_RECORD_HISTORY=1; a
// file is never written twice. What today's fold makes of it stands in histories/<name>.summary.txt
// (JEJAK_UPDATE_GOLDEN=1 writes it anew).
namespace jejak::appraisal {
namespace {

using namespace specs;
using jejak::golden::expect_golden;
using jejak::golden::file_text;
using jejak::golden::is_set;
using jejak::golden::write_file;

const std::string folder = "workflows/histories/";

std::string path_of(const std::string& name) {
    return JEJAK_SOURCE_DIR "/tests/" + folder + name + ".txt";
}

// As the writer stages them: nothing that is recorded is ever open.
std::string recorded(const std::vector<Event>& events) {
    std::string text;
    for (const Event& event : events) {
        text += std::visit(
            [](auto e) {
                record::for_each_personal(e, [](Personal& words, std::string_view) {
                    if (!words.is_empty()) words = {words.owner, Personal::State::sealed, "sealed"};
                });
                const std::string bytes = record::to_bytes(e);
                return std::string(e.event_name) + " " + std::to_string(e.schema_version) + " " +
                       to_hex(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()) +
                       "\n";
            },
            event);
    }
    return text;
}

struct Line {
    std::string name;
    std::uint16_t schema_version = 0;
    std::string payload;
};

std::vector<Line> lines_of_file(const std::string& name) {
    std::vector<Line> lines;
    std::istringstream file(file_text(path_of(name)));
    Line line;
    for (std::string hex; file >> line.name >> line.schema_version;) {
        // An event without fields has an empty payload, and its line ends after the version.
        std::getline(file, hex);
        hex.erase(0, hex.find_first_not_of(' '));
        line.payload.assign(hex.size() / 2, '\0');
        EXPECT_TRUE(from_hex(hex, reinterpret_cast<std::uint8_t*>(line.payload.data()),
                             line.payload.size()))
            << name;
        lines.push_back(line);
    }
    return lines;
}

std::vector<Event> decoded(const std::string& name) {
    std::vector<Event> events;
    for (const Line& line : lines_of_file(name)) {
        auto event = record::decode_any<Event>(line.name, line.schema_version, line.payload);
        if (!event) {
            ADD_FAILURE() << name << ": " << line.name << " version " << line.schema_version
                          << " cannot be read any more (" << event.error().message
                          << "). The shape of the event was changed: give it the next"
                          << " schema_version, keep the old struct as its Previous, and write"
                          << " upcast (engine/record/event_codec.hpp). Do not touch the history.";
            return events;
        }
        events.push_back(std::move(*event));
    }
    return events;
}

class History : public ::testing::TestWithParam<std::string> {};

TEST_P(History, recorded_once_folds_to_the_same_appraisal) {
    const std::string name = GetParam();
    const std::string path = path_of(name);
    if (is_set("JEJAK_RECORD_HISTORY") && !std::filesystem::exists(path)) {
        for (const auto& [life, events] : whole_lives()) {
            if (life == name) write_file(path, recorded(events));
        }
    }
    const auto events = decoded(name);
    ASSERT_FALSE(events.empty()) << path << " is missing; run this test with "
                                 << "JEJAK_RECORD_HISTORY=1 and commit it";
    Appraisal state;
    for (const Event& event : events)
        evolve(state, event);
    expect_golden(folder + name + ".summary.txt", summary_of(state));
}

// The bytes are exact: what is decoded and encoded again is what was recorded, as long as no
// upcaster stands in between.
TEST_P(History, is_written_today_in_the_same_bytes) {
    for (const Line& line : lines_of_file(GetParam())) {
        const auto event = record::decode_any<Event>(line.name, line.schema_version, line.payload);
        ASSERT_TRUE(event.has_value()) << line.name;
        std::visit(
            [&](const auto& e) {
                if (e.schema_version != line.schema_version) return;
                EXPECT_EQ(record::to_bytes(e), line.payload) << line.name;
            },
            *event);
    }
}

std::string name_of_parameter(const ::testing::TestParamInfo<std::string>& tested) {
    return tested.param;
}

INSTANTIATE_TEST_SUITE_P(Recorded, History,
                         ::testing::Values("in_full", "with_objections", "with_a_vacancy", "upheld",
                                           "brief", "cancelled_in_draft", "of_two_years",
                                           "by_a_post", "in_a_cascade", "lapsed", "by_a_panel",
                                           "begun_anew", "under_other_rules"),
                         name_of_parameter);

TEST(Histories, hold_every_event_in_its_present_shape) {
    std::set<std::string> on_file;
    for (const auto& entry :
         std::filesystem::directory_iterator(JEJAK_SOURCE_DIR "/tests/" + folder)) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(".txt") || name.ends_with(".summary.txt")) continue;
        for (const Line& line : lines_of_file(name.substr(0, name.size() - 4))) {
            on_file.insert(line.name + " " + std::to_string(line.schema_version));
        }
    }
    boost::mp11::mp_for_each<Event>([&](const auto& event) {
        EXPECT_TRUE(on_file.contains(std::string(event.event_name) + " " +
                                     std::to_string(event.schema_version)))
            << event.event_name << " version " << event.schema_version
            << " stands in no recorded history: add a life with it to tests/workflows/lives.cpp and"
            << " to the list above, and record it with JEJAK_RECORD_HISTORY=1";
    });
}

}  // namespace
}  // namespace jejak::appraisal
