#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <optional>

#include "engine/record/digest.hpp"
#include "storage/file_keyring.hpp"
#include "tests/storage/keyring_people.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace jejak::storage {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t key_offset = 8 + 2 + 16 + 32 + 0xabc * 36 + 4;

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
void put_bytes(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}
std::string with_checksum(std::string body) {
    return body + std::string(record::bytes_of(record::sha256(body)));
}

class FileKeyringTest : public testing::Test {
  protected:
    FileKeyringTest() { ring_ = FileKeyring::create(path_, this_log).value(); }

    [[nodiscard]] std::unique_ptr<FileKeyring> reopened() const {
        return FileKeyring::open(path_, this_log).value();
    }
    [[nodiscard]] Error error_of_opening(const std::filesystem::path& path) const {
        const auto opened = FileKeyring::open(path);
        if (opened) return {ErrorCode::defect, "it opened"};
        return opened.error();
    }
    [[nodiscard]] Error error_of_opening_bytes(std::string_view bytes) const {
        put_bytes(directory_ / "altered", bytes);
        return error_of_opening(directory_ / "altered");
    }

    TemporaryDirectory directory_;
    const std::filesystem::path path_ = directory_ / "keyring";
    std::unique_ptr<FileKeyring> ring_;
};

TEST_F(FileKeyringTest, holds_after_opening_what_was_created) {
    const WrappedKeys log = wrapped_people(*ring_, 2);
    const KeyBytes secret = ring_->log_secret();
    ring_.reset();
    const auto ring = reopened();
    EXPECT_EQ(ring->log_id(), this_log);
    EXPECT_EQ(ring->log_secret(), secret);
    expect_opens(*ring, log, 1);
    expect_opens(*ring, log, 2);
}

TEST_F(FileKeyringTest, has_the_layout_of_its_grammar) {
    const std::string bytes = bytes_of(path_);
    ASSERT_EQ(bytes.size(), 147'548u);
    EXPECT_EQ(bytes.substr(0, 8), "jejakkey");
    EXPECT_EQ(bytes.substr(8, 2), std::string("\0\1", 2));
    EXPECT_EQ(bytes.substr(10, 4), std::string("\x11\x22\x33\0", 4));
    EXPECT_EQ(bytes.substr(26, 32),
              std::string(ring_->log_secret().begin(), ring_->log_secret().end()));
    EXPECT_EQ(bytes.substr(bytes.size() - 34, 2), std::string(2, '\0'));
    const std::string body = bytes.substr(0, bytes.size() - 32);
    EXPECT_EQ(bytes, with_checksum(body));
    const auto key = record::SecretKey::from_bytes(bytes.substr(key_offset, 32));
    const auto opened = record::unwrap(*key, ring_->wrap(person(1), key_of(1)));
    ASSERT_TRUE(opened) << "the key of segment 0xabc does not stand where the grammar says";
    EXPECT_EQ(opened->bytes(), std::string(32, '\1'));
}

TEST_F(FileKeyringTest, can_be_read_by_its_owner_only) {
    struct stat status {};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0600u);
    EXPECT_EQ(ring_->warning(), std::nullopt);
}

TEST_F(FileKeyringTest, warns_when_others_may_read_it_and_opens_all_the_same) {
    ASSERT_EQ(::chmod(path_.c_str(), 0640), 0);
    const auto ring = reopened();
    ASSERT_TRUE(ring->warning());
    EXPECT_THAT(*ring->warning(), HasSubstr("chmod 600 "));
    ASSERT_EQ(::chmod(path_.c_str(), 0400), 0);
    EXPECT_EQ(ring->warning(), std::nullopt);
}

TEST_F(FileKeyringTest, is_not_created_over_a_file) {
    const std::string bytes = bytes_of(path_);
    const auto again = FileKeyring::create(path_, this_log);
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code, ErrorCode::environment);
    EXPECT_THAT(again.error().message, HasSubstr("exists and is left as it is"));
    EXPECT_EQ(bytes_of(path_), bytes);
    EXPECT_FALSE(std::filesystem::exists(directory_ / "keyring.new"))
        << "a copy of keys was left behind";
}

TEST_F(FileKeyringTest, is_not_created_in_a_directory_that_is_missing) {
    const auto created = FileKeyring::create(directory_ / "missing" / "keyring", this_log);
    ASSERT_FALSE(created.has_value());
    EXPECT_EQ(created.error().code, ErrorCode::environment);
    EXPECT_THAT(created.error().message, HasSubstr("directory exists"));
}

TEST_F(FileKeyringTest, is_named_with_its_remedy_when_it_is_missing) {
    const Error missing = error_of_opening(directory_ / "nothing");
    EXPECT_EQ(missing.code, ErrorCode::not_found);
    EXPECT_THAT(missing.message, HasSubstr("restore its backup"));
}

TEST_F(FileKeyringTest, is_corrupt_when_it_was_cut_short_or_grew) {
    const std::string bytes = bytes_of(path_);
    for (std::size_t size : {0, 1, 7, 8, 10, 41, 42, 43, 5'000, 147'515, 147'547}) {
        const Error cut = error_of_opening_bytes(bytes.substr(0, size));
        EXPECT_EQ(cut.code, ErrorCode::corruption) << size << " bytes: " << cut.message;
        EXPECT_THAT(cut.message, HasSubstr("restore the newest backup of the key ring"));
    }
    EXPECT_EQ(error_of_opening_bytes(bytes + "x").code, ErrorCode::corruption);
}

TEST_F(FileKeyringTest, is_corrupt_when_a_byte_was_altered) {
    const std::string bytes = bytes_of(path_);
    std::size_t altered_count = 0;
    for (std::size_t at = 0; at < bytes.size(); at += at < 64 || at > 147'500 ? 1 : 499) {
        std::string altered = bytes;
        altered[at] = static_cast<char>(altered[at] ^ (1 << (at % 8)));
        const Error error = error_of_opening_bytes(altered);
        ASSERT_EQ(error.code, ErrorCode::corruption) << "byte " << at << ": " << error.message;
        ASSERT_THAT(error.message, HasSubstr("restore the newest backup of the key ring"));
        ++altered_count;
    }
    EXPECT_GT(altered_count, 300u);
}

TEST_F(FileKeyringTest, of_a_newer_version_is_unsupported_rather_than_corrupt) {
    std::string body = bytes_of(path_).substr(0, 147'516);
    body[9] = 2;
    const Error newer = error_of_opening_bytes(with_checksum(body));
    EXPECT_EQ(newer.code, ErrorCode::unsupported);
    EXPECT_THAT(newer.message, HasSubstr("format version 2, this program reads version 1"));
}

TEST_F(FileKeyringTest, is_corrupt_when_length_and_content_differ_under_a_right_checksum) {
    const std::string body = bytes_of(path_).substr(0, 147'516);
    std::string counts_one = body;
    counts_one.back() = 1;
    std::string segment_4096 = counts_one + std::string("\x10\x00", 2) + std::string(36, 'k');
    for (const std::string& wrong :
         {body + "x", body.substr(0, 147'514), counts_one, segment_4096}) {
        EXPECT_EQ(error_of_opening_bytes(with_checksum(wrong)).code, ErrorCode::corruption);
    }
}

TEST_F(FileKeyringTest, that_cannot_be_read_is_a_matter_of_the_environment) {
    EXPECT_EQ(error_of_opening(directory_.path()).code, ErrorCode::environment);
    ASSERT_EQ(::chmod(path_.c_str(), 0), 0);
    const uid_t user = ::geteuid();
    // The superuser may read everything, so the test becomes somebody else for a moment.
    ASSERT_EQ(::seteuid(user == 0 ? 65'534 : user), 0);
    const Error unreadable = error_of_opening(path_);
    ASSERT_EQ(::seteuid(user), 0);
    EXPECT_EQ(unreadable.code, ErrorCode::environment);
    EXPECT_THAT(unreadable.message, HasSubstr("let the user of this process read the file"));
}

TEST_F(FileKeyringTest, of_another_log_is_refused) {
    const auto opened = FileKeyring::open(path_, LogId{{0x99}});
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, ErrorCode::environment);
    EXPECT_THAT(opened.error().message, HasSubstr("belongs to log 112233"));
}

TEST_F(FileKeyringTest, no_longer_contains_the_key_of_an_erased_person) {
    WrappedKeys log = wrapped_people(*ring_, 2);
    const std::string former = bytes_of(path_).substr(key_offset, 32);
    const auto replacement = ring_->begin_replacement(segment, all_but(log, 1)).value();
    append(log, replacement.survivors);
    EXPECT_NE(bytes_of(path_).find(former), std::string::npos);
    ASSERT_TRUE(ring_->finish_replacement(replacement).has_value());
    EXPECT_EQ(bytes_of(path_).find(former), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(directory_ / "keyring.new"));
    EXPECT_EQ(bytes_of(path_).size(), 147'548u);
    const auto ring = reopened();
    expect_erased(*ring, log, 1);
    expect_opens(*ring, log, 2);
}

TEST_F(FileKeyringTest, follows_a_link_to_the_file_that_it_replaces) {
    std::filesystem::create_symlink(path_, directory_ / "link");
    const auto ring = FileKeyring::open(directory_ / "link").value();
    WrappedKeys log = wrapped_people(*ring, 2);
    erase(*ring, log, 1);
    EXPECT_TRUE(std::filesystem::is_symlink(directory_ / "link"));
    expect_erased(*reopened(), log, 1);
}

TEST_F(FileKeyringTest, is_not_overwritten_when_another_process_has_changed_it) {
    WrappedKeys log = wrapped_people(*ring_, 3);
    const auto other = reopened();
    erase(*other, log, 1);
    const auto replacement = ring_->begin_replacement(segment, {});
    ASSERT_FALSE(replacement.has_value());
    EXPECT_EQ(replacement.error().code, ErrorCode::version_conflict);
    EXPECT_THAT(replacement.error().message, HasSubstr("open it again"));
    expect_opens(*reopened(), log, 3);
}

TEST_F(FileKeyringTest, stays_as_it_was_when_the_disk_has_no_room) {
    WrappedKeys log = wrapped_people(*ring_, 2);
    const std::string bytes = bytes_of(path_);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{10'000, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto replacement = ring_->begin_replacement(segment, all_but(log, 1));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    ::signal(SIGXFSZ, handler);

    ASSERT_FALSE(replacement.has_value());
    EXPECT_EQ(replacement.error().code, ErrorCode::environment);
    EXPECT_THAT(replacement.error().message, HasSubstr("has room"));
    EXPECT_EQ(bytes_of(path_), bytes);
    EXPECT_THAT(ring_->unfinished(), IsEmpty());
    EXPECT_FALSE(std::filesystem::exists(directory_ / "keyring.new"));
    erase(*ring_, log, 1);
    expect_opens(*reopened(), log, 2);
}

// One moment at which the machine may stop: what the files and the log then hold.
struct Moment {
    std::string name;
    std::string file;
    std::optional<std::string> left_over;  // keyring.new
    WrappedKeys log;
    bool finished = false;
};

// The moments of an erasure of person 1, with every state of the files on the way: the new file cut
// anywhere, or whole and not yet renamed.
std::vector<Moment> moments_of_an_erasure(FileKeyring& ring, const std::filesystem::path& path) {
    WrappedKeys log = wrapped_people(ring, 3);
    std::vector<Moment> moments;
    const auto rewritten = [&](const std::string& step, const std::string& before) {
        const std::string after = bytes_of(path);
        for (std::size_t size : {std::size_t{0}, std::size_t{1}, after.size() / 2, after.size()}) {
            moments.push_back({step + " with " + std::to_string(size) + " bytes written", before,
                               after.substr(0, size), log});
        }
    };
    const std::string at_rest = bytes_of(path);
    moments.push_back({"before it begins", at_rest, std::nullopt, log});
    const auto replacement = ring.begin_replacement(segment, all_but(log, 1)).value();
    const std::string both = bytes_of(path);
    rewritten("while beginning", at_rest);
    moments.push_back({"after beginning", both, std::nullopt, log});
    append(log, replacement.survivors);
    moments.push_back({"after appending the survivors", both, std::nullopt, log});
    EXPECT_TRUE(ring.finish_replacement(replacement).has_value());
    rewritten("while finishing", both);
    moments.push_back({"after finishing", bytes_of(path), std::nullopt, log, true});
    return moments;
}

TEST_F(FileKeyringTest, loses_nobody_when_the_machine_stops_at_any_moment_of_an_erasure) {
    for (Moment& moment : moments_of_an_erasure(*ring_, path_)) {
        SCOPED_TRACE("the machine stopped " + moment.name);
        const TemporaryDirectory directory;
        const std::filesystem::path path = directory / "keyring";
        put_bytes(path, moment.file);
        if (moment.left_over) put_bytes(directory / "keyring.new", *moment.left_over);

        const auto ring = FileKeyring::open(path, this_log).value();
        expect_opens(*ring, moment.log, 2);
        expect_opens(*ring, moment.log, 3);
        if (moment.finished) expect_erased(*ring, moment.log, 1);
        if (!moment.finished) expect_opens(*ring, moment.log, 1);

        // Begun anew, by one who does not know how far it came, it ends as it should.
        erase(*ring, moment.log, 1);
        EXPECT_THAT(ring->unfinished(), IsEmpty());
        EXPECT_FALSE(std::filesystem::exists(directory / "keyring.new"))
            << "a copy of keys was left behind";
        const auto again = FileKeyring::open(path, this_log).value();
        expect_erased(*again, moment.log, 1);
        expect_opens(*again, moment.log, 2);
        expect_opens(*again, moment.log, 3);
    }
}

TEST_F(FileKeyringTest, tells_after_opening_which_erasures_were_left_half_done) {
    const WrappedKeys log = wrapped_people(*ring_, 2);
    ASSERT_TRUE(ring_->begin_replacement(Segment{7}, {}).has_value());
    ASSERT_TRUE(ring_->begin_replacement(segment, all_but(log, 1)).has_value());
    ASSERT_TRUE(ring_->begin_replacement(segment, all_but(log, 1)).has_value());
    EXPECT_EQ(reopened()->unfinished(), (std::vector<Segment>{Segment{7}, segment}));
}

}  // namespace
}  // namespace jejak::storage
