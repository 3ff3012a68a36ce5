// What stands beside the scores, at the terminal: said once, followed into the next period.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* dukcapil_employee = "nip:197601082003011752";
constexpr const char* dukcapil_head = "nip:197412102005122867";
constexpr const char* sofifi_keeper = "nip:198209232013011895";

class DossierCommand : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(run(scratch_.data(), {"import", sample("sofifi.jsonl")}).exit_code, 0);
    }
    // The standard output; the test fails where the program does.
    std::string told(std::vector<std::string> arguments) {
        const Ran ran = run(scratch_.data(), std::move(arguments));
        EXPECT_EQ(ran.exit_code, 0) << ran.err;
        return ran.out;
    }
    Ran refused(std::vector<std::string> arguments) {
        Ran ran = run(scratch_.data(), std::move(arguments));
        EXPECT_EQ(ran.exit_code, 1) << ran.out;
        return ran;
    }
    void open_next_year() {
        const std::string line =
            R"({"command": "open_appraisal", "command_id": "next-1", )"
            R"("appraisal": "sofifi-2026-001", "actor": {"id": "nip:198209232013011895", )"
            R"("role": "administrator"}, "data": {"subject": "nip:197601082003011752", )"
            R"("post": "Administrator", "unit": "Dukcapil", "period": "2026", )"
            R"("kind": "annual", "supervisor": "nip:197412102005122867", )"
            R"("superior": "nip:198006272004041758", "policy": "sofifi"}})";
        told({"import", scratch_.file("2026.jsonl", line + "\n")});
    }

    Scratch scratch_;
};

TEST_F(DossierCommand, follows_development_into_the_next_period) {
    told({"dossier", "agree", "sofifi-2025-001", "--action", "pelatihan_komunikasi", "--title",
          "Pelatihan komunikasi publik", "--due", "2026-06-30", "--as", dukcapil_head});
    open_next_year();
    for (const char* appraisal : {"sofifi-2025-001", "sofifi-2026-001"}) {
        EXPECT_THAT(told({"recommend", appraisal}), HasSubstr("Pelatihan komunikasi publik"));
    }
    EXPECT_THAT(told({"unit", "development", "--period", "2026"}),
                HasSubstr("pelatihan_komunikasi  2025"));
    told({"dossier", "report", "sofifi-2026-001", "--action", "pelatihan_komunikasi", "--state",
          "done", "--note", "sertifikat ada", "--as", dukcapil_employee});
    EXPECT_THAT(told({"unit", "development", "--period", "2026"}), HasSubstr("no action"));
    EXPECT_THAT(told({"dossier", "show", "sofifi-2025-001"}), HasSubstr("done   2026"));
    EXPECT_THAT(refused({"dossier", "report", "sofifi-2026-001", "--action", "pelatihan_komunikasi",
                         "--state", "ongoing", "--as", dukcapil_employee})
                    .err,
                HasSubstr("done already"));
}

TEST_F(DossierCommand, counts_services_that_the_policy_asks_for) {
    const auto count = [&](const char* way, const char* number) {
        return std::vector<std::string>{"dossier", "services",       "sofifi-2025-001",
                                        "--kind",  "pengaduan",      "--way",
                                        way,       "--count",        number,
                                        "--as",    dukcapil_employee};
    };
    told(count("selesai", "7"));
    EXPECT_THAT(told({"recommend", "sofifi-2025-001"}), Not(HasSubstr("pengaduan 7")));
    told(count("selesai", "5"));
    EXPECT_THAT(told({"recommend", "sofifi-2025-001"}), HasSubstr("pengaduan 12"));
    EXPECT_THAT(refused(count("lenyap", "1")).err, HasSubstr("write one of: selesai"));
    const auto shown =
        boost::json::parse(told({"dossier", "show", "sofifi-2025-001", "--json"})).as_object();
    EXPECT_EQ(shown.at("services").at(0).at("count"), 12);
}

TEST_F(DossierCommand, finds_the_outstanding_people_of_a_programme) {
    const std::vector<std::string> ask = {"unit", "outstanding", "--period",
                                          "2025", "--programme", "loket_keliling"};
    EXPECT_THAT(told(ask), HasSubstr("nobody"));
    for (const char* appraisal : {"sofifi-2025-003", "sofifi-2025-004"}) {
        told({"dossier", "services", appraisal, "--kind", "pengaduan", "--way", "selesai",
              "--count", "10", "--as", sofifi_keeper});
    }
    EXPECT_THAT(told(ask), HasSubstr("nobody"));
    for (const char* appraisal : {"sofifi-2025-002", "sofifi-2025-004"}) {
        told(
            {"dossier", "programme", appraisal, "--name", "loket_keliling", "--as", sofifi_keeper});
    }
    EXPECT_THAT(told(ask), HasSubstr("sofifi-2025-004"));
    EXPECT_THAT(told(ask), Not(HasSubstr("sofifi-2025-002")));  // settled none
    EXPECT_THAT(told(ask), Not(HasSubstr("sofifi-2025-003")));  // was not in it
    EXPECT_THAT(told({"unit", "outstanding", "--period", "2025"}), HasSubstr("sofifi-2025-003"));
}

TEST_F(DossierCommand, is_for_those_whom_the_appraisal_names_and_verifies) {
    EXPECT_THAT(refused({"dossier", "programme", "sofifi-2025-001", "--name", "x", "--as",
                         dukcapil_employee})
                    .err,
                HasSubstr("this is for"));
    EXPECT_EQ(run(scratch_.data(), {"dossier", "show", "sofifi-2025-999"}).exit_code, 1);
    EXPECT_THAT(told({"dossier", "show", "sofifi-2025-002"}), HasSubstr("nothing stands"));
    told({"verify"});
}

}  // namespace
}  // namespace jejak::cli
