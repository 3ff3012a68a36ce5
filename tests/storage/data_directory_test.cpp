#include "storage/data_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/file_keyring.hpp"
#include "storage/inspect.hpp"
#include "tests/storage/image.hpp"
#include "tests/storage/read_store_rows.hpp"
#include "tests/storage/sample_log.hpp"
#include "tests/storage/store_calls.hpp"

namespace jejak::storage {
namespace {

using Mode = DataDirectory::Mode;
using testing::HasSubstr;

class DataDirectoryTest : public testing::Test {
  protected:
    std::unique_ptr<DataDirectory> open(Mode mode) {
        auto opened = DataDirectory::open(path_, mode);
        EXPECT_TRUE(opened.has_value()) << opened.error().message;
        return opened ? std::move(*opened) : nullptr;
    }
    // A directory with a log of three records and a read model.
    void make() {
        const auto directory = open(Mode::create);
        ASSERT_NE(directory, nullptr);
        SampleLog log(directory->log_id());
        const auto epoch = directory->events().acquire_writer_epoch().value();
        ASSERT_TRUE(append_to(directory->events(), log.batch(3), Position{0}, epoch).has_value());
        ASSERT_TRUE(directory->reads().write("list", {{"a", "1"}}, Position{3}).has_value());
    }
    Error refusal(Mode mode) {
        const auto opened = DataDirectory::open(path_, mode);
        if (opened) {
            ADD_FAILURE() << "the directory was opened";
            return {};
        }
        EXPECT_THAT(opened.error().message, HasSubstr(path_)) << "the message must name the path";
        return opened.error();
    }

    TemporaryDirectory parent_;
    std::string path_ = (parent_ / "data").string();
};

TEST_F(DataDirectoryTest, is_made_once_and_then_opened_for_writing_and_reading) {
    make();
    const auto log_id = open(Mode::read)->log_id();
    for (const Mode mode : {Mode::create, Mode::write, Mode::read}) {
        const auto directory = open(mode);
        ASSERT_NE(directory, nullptr);
        EXPECT_EQ(directory->log_id(), log_id);
        EXPECT_EQ(directory->keyring().log_id(), log_id);
        EXPECT_EQ(directory->events().head().value().position, Position{3});
        EXPECT_EQ(directory->reads().checkpoint("list").value(), Position{3});
        EXPECT_EQ(value_of(directory->reads(), "list", "a"), "1");
        EXPECT_EQ(inspect(directory->events(), log_id).value().findings_count, 0U);
    }
}

TEST_F(DataDirectoryTest, gives_every_log_an_id_of_its_own) {
    const auto first = open(Mode::create)->log_id();
    path_ += "-2";
    EXPECT_NE(open(Mode::create)->log_id(), first);
    EXPECT_FALSE(first.is_nil());
}

TEST_F(DataDirectoryTest, says_in_plain_text_what_it_is) {
    const auto log_id = open(Mode::create)->log_id();
    EXPECT_EQ(bytes_of_file(fs::path(path_) / "jejak.format"),
              "jejak data directory\nformat 1\nlog " + to_hex(log_id) + "\n");
}

TEST_F(DataDirectoryTest, that_does_not_exist_is_not_made_by_reading_or_writing) {
    for (const Mode mode : {Mode::read, Mode::write}) {
        const auto error = refusal(mode);
        EXPECT_EQ(error.code, ErrorCode::not_found);
        EXPECT_THAT(error.message, HasSubstr("jejak import"));
        EXPECT_FALSE(fs::exists(path_));
    }
}

TEST_F(DataDirectoryTest, that_is_empty_is_used_by_a_maker_only) {
    fs::create_directory(path_);
    EXPECT_EQ(refusal(Mode::read).code, ErrorCode::not_found);
    EXPECT_EQ(refusal(Mode::write).code, ErrorCode::not_found);
    make();
}

TEST_F(DataDirectoryTest, of_somebody_else_is_left_alone) {
    fs::create_directory(path_);
    write_bytes(fs::path(path_) / "letters.txt", "dear");
    for (const Mode mode : {Mode::read, Mode::write, Mode::create}) {
        const auto error = refusal(mode);
        EXPECT_EQ(error.code, ErrorCode::environment);
        EXPECT_THAT(error.message, HasSubstr("choose an empty"));
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(path_), fs::directory_iterator()), 1);
}

TEST_F(DataDirectoryTest, that_is_a_file_is_named_as_one) {
    write_bytes(path_, "a file");
    for (const Mode mode : {Mode::read, Mode::write, Mode::create}) {
        EXPECT_THAT(refusal(mode).message, HasSubstr("is a file"));
    }
}

TEST_F(DataDirectoryTest, that_another_writer_holds_names_its_process) {
    make();
    const auto writer = open(Mode::write);
    for (const Mode mode : {Mode::write, Mode::create}) {
        const auto error = refusal(mode);
        EXPECT_EQ(error.code, ErrorCode::environment);
        EXPECT_THAT(error.message, HasSubstr("process " + std::to_string(::getpid())));
    }
    EXPECT_NE(open(Mode::read), nullptr) << "readers need no lock";
}

TEST_F(DataDirectoryTest, may_be_written_again_when_the_writer_has_closed_it) {
    make();
    open(Mode::write).reset();
    EXPECT_NE(open(Mode::write), nullptr);
}

TEST_F(DataDirectoryTest, of_a_newer_format_asks_for_a_newer_program) {
    make();
    write_bytes(fs::path(path_) / "jejak.format", "jejak data directory\nformat 2\nlog x\n");
    for (const Mode mode : {Mode::read, Mode::write, Mode::create}) {
        EXPECT_EQ(refusal(mode).code, ErrorCode::unsupported);
    }
}

TEST_F(DataDirectoryTest, with_a_damaged_or_missing_format_file_is_not_written) {
    make();
    const auto file = fs::path(path_) / "jejak.format";
    const auto whole = bytes_of_file(file);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        write_bytes(file, whole.substr(0, size));
        EXPECT_EQ(refusal(Mode::write).code, ErrorCode::corruption) << size << " bytes";
    }
    fs::remove(file);
    for (const Mode mode : {Mode::read, Mode::write, Mode::create}) {
        const auto error = refusal(mode);
        EXPECT_EQ(error.code, ErrorCode::corruption);
        EXPECT_THAT(error.message, HasSubstr("jejak.format is missing"));
    }
}

TEST_F(DataDirectoryTest, without_its_key_ring_is_not_opened_and_gets_no_new_one) {
    make();
    fs::rename(fs::path(path_) / "keyring", parent_ / "keyring");
    for (const Mode mode : {Mode::read, Mode::write, Mode::create}) {
        EXPECT_THAT(refusal(mode).message, HasSubstr("restore it from its own backup"));
    }
    EXPECT_FALSE(fs::exists(fs::path(path_) / "keyring"));
    fs::rename(parent_ / "keyring", fs::path(path_) / "keyring");
    EXPECT_NE(open(Mode::write), nullptr);
}

TEST_F(DataDirectoryTest, of_parts_of_two_logs_is_refused) {
    make();
    const std::string first = path_;
    path_ = (parent_ / "other").string();
    make();
    fs::copy_file(fs::path(first) / "keyring", fs::path(path_) / "keyring",
                  fs::copy_options::overwrite_existing);
    EXPECT_EQ(refusal(Mode::write).code, ErrorCode::environment);
    fs::copy_file(fs::path(first) / "jejak.format", fs::path(path_) / "jejak.format",
                  fs::copy_options::overwrite_existing);
    const auto error = refusal(Mode::write);
    EXPECT_EQ(error.code, ErrorCode::corruption);
    EXPECT_THAT(error.message, HasSubstr("two directories were mixed"));
}

TEST_F(DataDirectoryTest, whose_making_was_cut_off_is_finished_by_the_next_maker) {
    make();
    const Image whole(path_);
    // In the order in which they are made, the last ones missing.
    for (const std::string missing : {"head", "db", "keyring"}) {
        if (missing != "head") fs::remove_all(whole / missing);
        if (missing == "head") {
            fs::remove_all(whole / "db");
            fs::remove(whole / "head");
        }
        path_ = (parent_ / ("cut-off-" + missing)).string();
        fs::copy(whole.path(), path_, fs::copy_options::recursive);
        EXPECT_EQ(refusal(Mode::read).code, ErrorCode::environment) << missing;
        EXPECT_EQ(refusal(Mode::write).code, ErrorCode::environment) << missing;
        make();
        EXPECT_EQ(open(Mode::read)->events().head().value().position, Position{3});
    }
}

TEST_F(DataDirectoryTest, that_this_user_may_not_enter_says_so) {
    if (::geteuid() == 0) GTEST_SKIP() << "the superuser may enter anything; run as another user";
    make();
    fs::permissions(path_, fs::perms::none);
    const auto unreadable = refusal(Mode::read);
    fs::permissions(path_, fs::perms::owner_read | fs::perms::owner_exec);
    const auto unwritable = refusal(Mode::write);
    EXPECT_NE(open(Mode::read), nullptr) << "reading needs no right to write";
    fs::permissions(path_, fs::perms::owner_all);
    EXPECT_EQ(unreadable.code, ErrorCode::environment);
    EXPECT_THAT(unwritable.message, HasSubstr("cannot be written by this user"));
}

TEST_F(DataDirectoryTest, a_reader_sees_models_standing_still_beside_a_log_that_grows) {
    make();
    const auto writer = open(Mode::write);
    const auto reader = open(Mode::read);
    SampleLog log(writer->log_id());
    log.batch(3);
    const auto epoch = writer->events().acquire_writer_epoch().value();
    ASSERT_TRUE(append_to(writer->events(), log.batch(2), Position{3}, epoch).has_value());
    ASSERT_TRUE(writer->reads().write("list", {{"a", "2"}}, Position{5}).has_value());
    EXPECT_EQ(reader->events().head().value().position, Position{5});
    EXPECT_EQ(reader->reads().checkpoint("list").value(), Position{3});
    EXPECT_EQ(value_of(reader->reads(), "list", "a"), "1");
}

}  // namespace
}  // namespace jejak::storage
