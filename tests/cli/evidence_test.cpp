// A bundle is checked where there is no log; whatever is altered in it is found, also by somebody
// who makes seal and manifest fit again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <functional>

#include "adapters/evidence/verification.hpp"
#include "engine/record/digest.hpp"
#include "engine/record/merkle.hpp"
#include "tests/cli/program.hpp"

namespace jejak::cli {
namespace {

using evidence::ArchiveFile;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Files = std::vector<ArchiveFile>;

std::string bytes_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

ArchiveFile& file_named(Files& files, const std::string& name) {
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&](const auto& each) { return each.name == name; });
    if (found == files.end()) throw std::runtime_error("no file " + name);
    return *found;
}

// What a forger does last: the digests of the manifest and the seal fit what is there.
std::string sealed_anew(Files files, const std::function<void(boost::json::object&)>& change) {
    auto& manifest_file = file_named(files, "manifest.json");
    auto manifest = boost::json::parse(manifest_file.bytes).as_object();
    boost::json::object digests;
    for (const auto& file : files) {
        if (file.name != "manifest.json") digests[file.name] = to_hex(record::sha256(file.bytes));
    }
    manifest["files"] = std::move(digests);
    change(manifest);
    manifest_file.bytes = boost::json::serialize(manifest);
    return *evidence::pack(files);
}
void nothing(boost::json::object&) {}

// Why it is refused; "" where it is not.
std::string refusal(const std::string& archive) {
    const auto found = evidence::verify_bundle(archive, {});
    if (!found) return found.error().message;
    std::string all;
    for (const auto& each : found->findings)
        all += each + "\n";
    return all;
}

class Evidence : public testing::Test {
  protected:
    void SetUp() override {
        const Ran imported = run(scratch_.data(), {"import", sample("sofifi.jsonl")});
        ASSERT_EQ(imported.exit_code, 0) << imported.err;
        const auto shown =
            boost::json::parse(lines_of(run(scratch_.data(), {"show", token, "--json"}).out).at(0));
        subject_ = shown.at("subject").as_string();
        supervisor_ = shown.at("supervisor").as_string();
    }
    // A bundle's bytes; --for or --role follow.
    [[nodiscard]] std::string bundle(const std::vector<std::string>& reader = {}) const {
        std::vector<std::string> words = {"evidence", token, "-o", path()};
        words.insert(words.end(), reader.begin(), reader.end());
        const Ran made = run(scratch_.data(), words);
        EXPECT_EQ(made.exit_code, 0) << made.err;
        return bytes_of_file(path());
    }
    [[nodiscard]] std::string path() const { return scratch_.data().string() + "-bukti.zip"; }
    // Verified by the program, far from any log.
    [[nodiscard]] boost::json::object verified(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words = {"verify-evidence", path(), "--json"};
        words.insert(words.end(), more.begin(), more.end());
        const Ran ran = run("/nonexistent", words);
        if (ran.out.empty()) return {{"error", ran.err}};
        auto view = boost::json::parse(lines_of(ran.out).at(0)).as_object();
        EXPECT_EQ(ran.exit_code == 0, view.at("ok").as_bool()) << ran.err;
        return view;
    }
    [[nodiscard]] Files files(const std::vector<std::string>& reader = {}) const {
        return *evidence::unpack(bundle(reader));
    }

    static constexpr const char* token = "sofifi-2025-001";
    Scratch scratch_;
    std::string subject_, supervisor_;
};

TEST_F(Evidence, holds_all_records_for_an_auditor_and_gives_the_recorded_score_without_the_log) {
    (void)bundle({"--role", "auditor"});
    const auto found = verified();
    EXPECT_TRUE(found.at("ok").as_bool()) << boost::json::serialize(found);
    EXPECT_EQ(found.at("withheld").as_int64(), 0);
    EXPECT_EQ(found.at("score").as_string(), "3.97");
    EXPECT_GE(found.at("results_recomputed").as_int64(), 1);
    EXPECT_TRUE(found.at("has_derivation").as_bool());
}

TEST_F(Evidence, of_the_employee_withholds_single_raters_and_gives_the_same_score_from_the_sums) {
    const auto made = files({"--for", subject_});
    const auto found = verified();
    EXPECT_TRUE(found.at("ok").as_bool()) << boost::json::serialize(found);
    EXPECT_GE(found.at("withheld").as_int64(), 3);
    EXPECT_EQ(found.at("score").as_string(), "3.97");
    EXPECT_GE(found.at("results_recomputed").as_int64(), 1);
    for (const auto& file : made) {
        EXPECT_THAT(file.bytes, Not(HasSubstr("feedback_given"))) << file.name;
        for (const char* rater : {"198510042009042756", "198901122016121945"})
            EXPECT_THAT(file.bytes, Not(HasSubstr(rater))) << file.name;
    }
}

TEST_F(Evidence, has_a_page_in_two_languages_that_asks_nothing_of_the_network) {
    auto made = files({"--for", supervisor_});
    const auto& page = file_named(made, "page.html").bytes;
    EXPECT_THAT(page, HasSubstr("Hasil ditetapkan"));
    EXPECT_THAT(page, HasSubstr("Result finalised"));
    EXPECT_THAT(page, HasSubstr("3.97"));
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    // An address may be cited as text; nothing is loaded or linked.
    for (const char* loads : {"src=", "href=", "url(", "@import", "<link", "<iframe", "<img"})
        EXPECT_THAT(page, Not(HasSubstr(loads)));
}

TEST_F(Evidence, names_raters_only_where_the_keeper_of_the_log_asks_for_it) {
    const auto shows = [&](const std::vector<std::string>& reader) {
        auto made = files(reader);
        return file_named(made, "page.html").bytes.find("198510042009042756") != std::string::npos;
    };
    EXPECT_FALSE(shows({}));
    EXPECT_FALSE(shows({"--role", "auditor"}));
    EXPECT_TRUE(shows({"--name-raters"}));
    EXPECT_EQ(run(scratch_.data(),
                  {"evidence", token, "-o", path(), "--role", "auditor", "--name-raters"})
                  .exit_code,
              2);
}

TEST_F(Evidence, is_for_nobody_whom_the_appraisal_is_nothing) {
    const auto refused = [&](const std::vector<std::string>& reader) {
        std::vector<std::string> words = {"evidence", token, "-o", path()};
        words.insert(words.end(), reader.begin(), reader.end());
        return run(scratch_.data(), words).exit_code;
    };
    EXPECT_NE(refused({"--role", "administrator"}), 0);
    EXPECT_NE(refused({"--for", "nip:198510042009042756"}), 0);  // a rater
    EXPECT_NE(refused({"--for", "nip:197012021999042942"}), 0);  // a rater of others
}

TEST_F(Evidence, with_any_byte_changed_is_refused) {
    const std::string whole = bundle({"--for", subject_});
    ASSERT_EQ(refusal(whole), "");
    std::string altered = whole;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        altered[i] = static_cast<char>(altered[i] ^ 0x10);
        ASSERT_NE(refusal(altered), "") << "byte " << i;
        altered[i] = whole[i];
    }
    EXPECT_NE(refusal(whole.substr(0, whole.size() - 1)), "");
    EXPECT_NE(refusal(whole + " "), "");
    EXPECT_NE(refusal(""), "");
}

TEST_F(Evidence, with_a_record_removed_is_refused_also_when_all_else_fits) {
    auto made = files({"--role", "auditor"});
    const auto manifest = boost::json::parse(file_named(made, "manifest.json").bytes);
    const auto& records = manifest.at("records").as_array();
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto name = std::string(records[i].at("file").as_string());
        Files fewer;
        for (const auto& file : made) {
            if (file.name != name) fewer.push_back(file);
        }
        EXPECT_THAT(refusal(*evidence::pack(fewer)), HasSubstr("missing")) << name;
        const auto forged = sealed_anew(fewer, [&](boost::json::object& changed) {
            auto& list = changed["records"].as_array();
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
        });
        EXPECT_NE(refusal(forged), "") << "without " << name;
    }
}

TEST_F(Evidence, with_a_record_listed_twice_is_refused_before_it_is_copied_once_more) {
    const auto forged = sealed_anew(files({"--role", "auditor"}), [](boost::json::object& changed) {
        auto& list = changed["records"].as_array();
        list.insert(list.begin(), list.front());
    });
    EXPECT_THAT(refusal(forged), HasSubstr("manifest.json: \"records/"));
}

TEST_F(Evidence, with_two_records_swapped_is_refused_also_when_all_else_fits) {
    auto made = files({"--role", "auditor"});
    const auto forged = [&](bool with_leaves) {
        auto swapped = made;
        const auto manifest = boost::json::parse(file_named(made, "manifest.json").bytes);
        const auto name = [&](std::size_t i) {
            return std::string(manifest.at("records").at(i).at("file").as_string());
        };
        std::swap(file_named(swapped, name(3)).bytes, file_named(swapped, name(4)).bytes);
        return sealed_anew(swapped, [&](boost::json::object& changed) {
            auto& list = changed["records"].as_array();
            if (with_leaves) std::swap(list[3].at("leaf"), list[4].at("leaf"));
        });
    };
    EXPECT_THAT(refusal(forged(false)), HasSubstr("leaf hash"));
    EXPECT_THAT(refusal(forged(true)), HasSubstr("not proven to be in the log"));
}

TEST_F(Evidence, with_other_contents_is_refused_also_when_digests_and_seal_fit) {
    const auto forged = [&](const std::string& name, const auto& change) {
        auto changed = files({"--for", subject_});
        change(file_named(changed, name).bytes);
        return refusal(sealed_anew(changed, nothing));
    };
    EXPECT_THAT(forged("derivation.json",
                       [](std::string& text) { text.replace(text.find("3.97"), 4, "4.97"); }),
                HasSubstr("derivation.json"));
    auto made = files({"--for", subject_});
    for (auto& file : made) {
        if (!file.name.starts_with("records/") && !file.name.starts_with("policies/")) continue;
        auto changed = made;
        auto& bytes = file_named(changed, file.name).bytes;
        bytes.back() = static_cast<char>(bytes.back() ^ 1);
        EXPECT_THAT(refusal(sealed_anew(changed, nothing)), HasSubstr("leaf hash")) << file.name;
        // With the leaf hash of the changed record, the proof leads to another root.
        const auto with_leaf = sealed_anew(changed, [&](boost::json::object& manifest) {
            for (const char* list : {"records", "policies"}) {
                for (auto& entry : manifest[list].as_array()) {
                    const auto* named = entry.at("file").if_string();
                    if (named == nullptr || *named != file.name) continue;
                    entry.as_object()["leaf"] = to_hex(record::leaf_hash(bytes));
                }
            }
        });
        EXPECT_THAT(refusal(with_leaf), HasSubstr("not proven")) << file.name;
    }
    auto more = files({"--for", subject_});
    more.push_back({"records/999999.bin", "x"});
    EXPECT_THAT(refusal(sealed_anew(more, nothing)), HasSubstr("belongs to no record"));
}

// Facts that change nothing while raters may speak (this plan has no items): one of them, withheld,
// looks like a rater's.
bool changes_nothing(const std::string& record) {
    for (const char* name :
         {"feedback_opened", "evidence_attached", "dialogue_noted", "plan_agreed"}) {
        if (record.find(name) != std::string::npos) return true;
    }
    return false;
}

// What a forger who hides the decisive record would write: no bytes, and all else fits.
TEST_F(Evidence, with_a_record_declared_withheld_that_cannot_be_is_refused) {
    const std::vector<std::vector<std::string>> readers = {{"--for", subject_},
                                                           {"--role", "auditor"}};
    for (const auto& reader : readers) {
        const auto made = files(reader);
        for (const auto& file : made) {
            if (!file.name.starts_with("records/")) continue;
            if (reader.front() == "--for" && changes_nothing(file.bytes)) continue;
            Files fewer;
            for (const auto& each : made) {
                if (each.name != file.name) fewer.push_back(each);
            }
            for (const bool with_derivation : {true, false}) {
                auto hidden = fewer;
                if (!with_derivation) {
                    file_named(hidden, "derivation.json").bytes = "{\"withheld\":\"x\"}\n";
                }
                const auto forged = sealed_anew(hidden, [&](boost::json::object& manifest) {
                    manifest["withheld"] = manifest.at("withheld").as_int64() + 1;
                    for (auto& entry : manifest["records"].as_array()) {
                        const auto* named = entry.at("file").if_string();
                        if (named != nullptr && *named == file.name) {
                            entry.as_object()["file"] = nullptr;
                        }
                    }
                });
                EXPECT_NE(refusal(forged), "") << file.name << " for " << reader.back();
            }
        }
    }
}

TEST_F(Evidence, made_for_one_reader_does_not_pass_for_that_of_another) {
    const auto relabelled = [&](const std::vector<std::string>& reader, const char* as) {
        return refusal(sealed_anew(
            files(reader), [&](boost::json::object& manifest) { manifest["made_for"] = as; }));
    };
    EXPECT_NE(relabelled({"--for", subject_}, "auditor"), "");
    EXPECT_NE(relabelled({"--for", subject_}, "keeper"), "");
}

TEST_F(Evidence, whose_page_shows_another_result_is_refused) {
    auto made = files({"--for", subject_});
    auto& page = file_named(made, "page.html").bytes;
    page.replace(page.find("3.97"), 4, "5.00");
    EXPECT_THAT(refusal(sealed_anew(made, nothing)), HasSubstr("page.html"));
}

TEST_F(Evidence, of_hostile_making_is_refused_and_breaks_nothing) {
    EXPECT_NE(refusal(*evidence::pack({{"readme.txt", "x"}})), "");
    EXPECT_NE(refusal(*evidence::pack({{"manifest.json", "[]"}})), "");
    EXPECT_NE(refusal(*evidence::pack({{"manifest.json", std::string(100'000, '[')}})), "");
    auto made = files({"--role", "auditor"});
    const auto with = [&](const auto& change) { return refusal(sealed_anew(made, change)); };
    EXPECT_NE(with([](boost::json::object& m) { m["tree"].as_object()["size"] = 0; }), "");
    EXPECT_NE(with([](boost::json::object& m) { m["tree"].as_object()["size"] = -1; }), "");
    EXPECT_NE(with([](boost::json::object& m) { m["records"] = "none"; }), "");
    EXPECT_NE(with([](boost::json::object& m) { m["records"].as_array().clear(); }), "");
    EXPECT_NE(with([](boost::json::object& m) {
                  m["records"].as_array()[0].as_object()["position"] = 0;
              }),
              "");
    EXPECT_NE(with([](boost::json::object& m) {
                  m["records"].as_array()[0].as_object()["version"] = 4'294'967'297;
              }),
              "");
}

TEST_F(Evidence, says_whether_the_root_is_the_one_that_is_known_from_elsewhere) {
    (void)bundle({"--role", "auditor"});
    const auto verify = run(scratch_.data(), {"verify", "--json"});
    const auto root =
        std::string(boost::json::parse(lines_of(verify.out).at(0)).at("root").as_string());
    EXPECT_TRUE(verified({"--root", root}).at("ok").as_bool());
    const auto other = verified({"--root", std::string(64, '0')});
    EXPECT_FALSE(other.at("ok").as_bool());
    EXPECT_THAT(boost::json::serialize(other.at("findings")), HasSubstr("root"));
}

TEST_F(Evidence, is_the_same_for_the_records_whatever_was_added_to_the_log_since) {
    (void)bundle({"--role", "auditor"});
    const auto before = verified();
    ASSERT_EQ(run(scratch_.data(), {"import", sample("bukitintan.jsonl")}).exit_code, 0);
    const std::string old = bytes_of_file(path());
    EXPECT_EQ(refusal(old), "");
    (void)bundle({"--role", "auditor"});
    const auto after = verified();
    EXPECT_GT(after.at("tree_size").as_int64(), before.at("tree_size").as_int64());
    EXPECT_EQ(after.at("score"), before.at("score"));
}

}  // namespace
}  // namespace jejak::cli
