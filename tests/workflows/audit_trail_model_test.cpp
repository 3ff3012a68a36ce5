#include "workflows/appraisal/audit_trail.hpp"

#include <gmock/gmock.h>

#include "tests/workflows/model_log.hpp"

namespace jejak::appraisal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AuditTrailModel : public testing::Test {
  protected:
    using Numbers = std::vector<std::uint64_t>;

    void fold() { log.fold_well(*make_audit_trail(), store); }
    static Numbers numbers(const Result<std::vector<Position>>& positions) {
        EXPECT_TRUE(positions) << positions.error().message;
        Numbers all;
        if (!positions) return all;
        for (const Position position : *positions)
            all.push_back(position.value);
        return all;
    }
    static Instant at(std::uint64_t position) { return ModelLog::time_of(Position{position}); }

    ModelLog log;
    storage::MemoryReadStore store;
};

TEST_F(AuditTrailModel, finds_what_a_person_did_or_had_done_on_her_behalf) {
    log.acts(budi);
    log.appraisal("a-1", opened());
    log.acts(sari);
    log.appraisal("a-1", DialogueNoted{});
    log.acts(Actor{Actor::Kind::person, rina, {}, "administrator", sari, "cli"});
    log.appraisal("a-1", DialogueNoted{});
    fold();
    EXPECT_EQ(numbers(records_by_actor(store, sari, {})), (Numbers{2, 3}));
    EXPECT_EQ(numbers(records_by_actor(store, rina, {})), (Numbers{3}));
    EXPECT_EQ(numbers(records_by_actor(store, wati, {})), (Numbers{}));
}

TEST_F(AuditTrailModel, finds_a_rater_by_handle_and_not_by_a_pseudonym_of_the_same_bytes) {
    log.appraisal("a-1", opened());
    log.acts(handle_of(9));
    log.appraisal("a-1", feedback(handle_of(9), "peer", {}));
    log.appraisal("a-1", FeedbackRevised{handle_of(9), "peer", {}, {}, {}});
    log.acts(handle_of(8));
    for (int i = 0; i < 300; ++i)
        log.appraisal("a-1", feedback(handle_of(8), "peer", {}));
    log.acts(handle_of(9));
    log.reject("appraisal", "a-1");
    fold();
    EXPECT_EQ(numbers(records_by_actor(store, handle_of(9), {})), (Numbers{2, 3, 304}));
    EXPECT_EQ(numbers(records_by_actor(store, handle_of(9), {at(3), at(304), {}, 9})),
              (Numbers{3}));
    EXPECT_EQ(numbers(records_by_actor(store, handle_of(9), {instant_min, instant_max, {3}, 9})),
              (Numbers{304}));
    EXPECT_THAT(numbers(records_by_actor(store, person_of(9), {})), IsEmpty());
}

TEST_F(AuditTrailModel, finds_a_units_records_with_rejections_and_without_other_workflows) {
    log.reject("appraisal", "a-1");  // refused before it was opened: it has no unit yet
    log.appraisal("a-1", opened("puskesmas"));
    log.appraisal("a-2", opened("puskesmas-2"));
    log.reject("appraisal", "a-1");
    log.record("claim", "slot-1", record::ClaimTaken{"appraisal/a-1"});
    log.appraisal("a-1", DialogueNoted{});
    fold();
    EXPECT_EQ(numbers(records_by_unit(store, "puskesmas", {})), (Numbers{2, 4, 6}));
    EXPECT_EQ(numbers(records_by_unit(store, "puskesmas-2", {})), (Numbers{3}));
    EXPECT_THAT(numbers(records_by_unit(store, "puske", {})), IsEmpty());
    EXPECT_EQ(numbers(records_by_time(store, {})), (Numbers{1, 2, 3, 4, 5, 6}));
}

TEST_F(AuditTrailModel, takes_from_and_leaves_out_until) {
    log.acts(sari);
    log.appraisal("a-1", opened());
    for (int i = 0; i < 4; ++i)
        log.appraisal("a-1", DialogueNoted{});
    fold();
    EXPECT_EQ(numbers(records_by_actor(store, sari, {at(2), at(4), {}, 100})), (Numbers{2, 3}));
    EXPECT_EQ(numbers(records_by_unit(store, "puskesmas", {at(2), at(4), {}, 100})),
              (Numbers{2, 3}));
    EXPECT_EQ(numbers(records_by_time(store, {at(2), at(4), {}, 100})), (Numbers{2, 3}));
    const Instant between{at(2).micros_since_epoch + 1};
    EXPECT_EQ(numbers(records_by_time(store, {between, instant_max, {}, 100})), (Numbers{3, 4, 5}));
    EXPECT_THAT(numbers(records_by_time(store, {at(4), at(2), {}, 100})), IsEmpty());
    EXPECT_THAT(numbers(records_by_actor(store, sari, {at(6), instant_max, {}, 100})), IsEmpty());
    EXPECT_THAT(numbers(records_by_actor(store, sari, {instant_min, at(1), {}, 100})), IsEmpty());
    EXPECT_EQ(numbers(records_by_time(
                  store, {Instant{std::numeric_limits<std::int64_t>::min()}, at(2), {}, 100})),
              (Numbers{1}));
}

TEST_F(AuditTrailModel, keeps_records_of_one_moment_together) {
    log.acts(sari);
    log.appraisal("a-1", opened());
    log.stand_still();
    for (int i = 0; i < 3; ++i)
        log.appraisal("a-1", DialogueNoted{});
    log.set_time(at(3));
    log.appraisal("a-1", DialogueNoted{});
    fold();
    const auto same = positions_between(store, at(2), {at(2).micros_since_epoch + 1});
    ASSERT_TRUE(same);
    EXPECT_EQ(*same, (PositionRange{Position{2}, Position{4}}));
    EXPECT_EQ(numbers(records_by_actor(store, sari, {at(3), instant_max, {}, 9})), (Numbers{5}));
}

TEST_F(AuditTrailModel, pages_without_gap_and_without_repetition) {
    log.acts(sari);
    log.appraisal("a-1", opened());
    for (int i = 0; i < 6; ++i)
        log.appraisal("a-1", DialogueNoted{});
    fold();
    for (const auto& query :
         {+[](const ReadStore&s, const AuditRange&r) { return records_by_actor(s, sari, r); },
          +[](const ReadStore&s, const AuditRange&r) { return records_by_unit(s, "puskesmas", r); },
          +[](const ReadStore&s, const AuditRange&r) { return records_by_time(s, r); }}) {
        AuditRange range{at(2), at(7), {}, 2};
        Numbers seen;
        while (true) {
            const Numbers page = numbers(query(store, range));
            seen.insert(seen.end(), page.begin(), page.end());
            if (page.size() < range.count_max) break;
            range.after = Position{page.back()};
        }
        EXPECT_THAT(seen, ElementsAre(2, 3, 4, 5, 6));
        range.count_max = 0;
        EXPECT_THAT(numbers(query(store, range)), IsEmpty());
    }
}

TEST_F(AuditTrailModel, finds_the_same_across_many_blocks_as_a_walk_over_the_log) {
    log.acts(budi);
    log.appraisal("a-1", opened("puskesmas"));
    log.appraisal("a-2", opened("dinas"));
    Numbers saris{}, units{1};
    for (std::uint64_t position = 3; position <= 1'030; ++position) {
        const bool is_sari = position % 7 == 0;
        const bool is_puskesmas = position % 300 < 5;
        log.acts(is_sari ? sari : budi);
        log.appraisal(is_puskesmas ? "a-1" : "a-2", DialogueNoted{});
        if (is_sari) saris.push_back(position);
        if (is_puskesmas) units.push_back(position);
    }
    fold();
    EXPECT_EQ(numbers(records_by_actor(store, sari, {})), saris);
    EXPECT_EQ(numbers(records_by_unit(store, "puskesmas", {})), units);
    for (const std::uint64_t from : {1u, 2u, 256u, 257u, 258u, 512u, 513u, 1'029u}) {
        for (const std::uint64_t until : {2u, 257u, 258u, 513u, 1'000u, 1'031u, 2'000u}) {
            Numbers expected;
            for (const auto position : saris) {
                if (position >= from && position < until) expected.push_back(position);
            }
            EXPECT_EQ(numbers(records_by_actor(store, sari, {at(from), at(until), {}, 9'999})),
                      expected)
                << "from " << from << " until " << until;
            const auto stretch = positions_between(store, at(from), at(until));
            ASSERT_TRUE(stretch);
            if (from >= until) {
                EXPECT_TRUE(stretch->is_empty());
            } else {
                EXPECT_EQ(*stretch, (PositionRange{Position{from}, Position{std::min<std::uint64_t>(
                                                                       until - 1, 1'030)}}));
            }
        }
    }
    EXPECT_LT(rows_of(store, audit_trail_model).size(), 40u) << "a row a block, not a row a record";
}

TEST_F(AuditTrailModel, of_an_empty_log_is_empty) {
    fold();
    const auto all = positions_between(store, instant_min, instant_max);
    ASSERT_TRUE(all);
    EXPECT_TRUE(all->is_empty());
    EXPECT_THAT(numbers(records_by_unit(store, "puskesmas", {})), IsEmpty());
}

TEST_F(AuditTrailModel, keeps_a_unit_whose_name_holds_a_zero_byte_apart) {
    using std::string_literals::operator""s;
    log.appraisal("a-1", opened("unit"));
    log.appraisal("a-2", opened("unit\0x"s));
    fold();
    EXPECT_EQ(numbers(records_by_unit(store, "unit", {})), (Numbers{1}));
    EXPECT_EQ(numbers(records_by_unit(store, "unit\0x"s, {})), (Numbers{2}));
}

}  // namespace
}  // namespace jejak::appraisal
