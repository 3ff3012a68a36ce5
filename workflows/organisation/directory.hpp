#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "workflows/organisation/day.hpp"
#include "workflows/organisation/events.hpp"

// Who is whose superior, resolved from the facts of the log: as of any day (valid when), with what
// was known at any position (known when).
namespace jejak::organisation {

struct AsOf {
    Day on;
    Position known{std::numeric_limits<std::uint64_t>::max()};  // records up to here
};

// Who holds a post, and by which fact.
struct Holder {
    PersonId person;
    std::string post;
    std::string kind;   // definitive, plt, plh, delegate
    Position position;  // of the fact
    friend bool operator==(const Holder&, const Holder&) = default;
};

// Every fact of an organisation in memory, indexed for questions. Holds for all of them:
//  - of several facts of a kind that hold on a day, the one that begins last counts, and of those
//    that begin on the same day the one that became known last;
//  - whoever has left holds nothing from that day on;
//  - a delegate goes before a Plh, a Plh before a Plt, a Plt before the definitive holder; a
//    definitive holder who has taken another definitive post since holds this one no longer.
// Not thread-safe while facts are added; questions alone are.
class Directory {
  public:
    // Facts come in the order of the log. `version`: of the event in its stream `stream`.
    void add(std::string_view stream, std::uint32_t version, Position position, const Event& event);

    // The definitive post of a person, "" for none.
    [[nodiscard]] std::string post_of(PersonId person, const AsOf& as_of) const;
    // Every post that she has now, whether it is hers or she acts in it: those whose holder_of is
    // she.
    [[nodiscard]] std::vector<std::string> posts_of(PersonId person, const AsOf& as_of) const;
    // The unit of her definitive post, "" for none.
    [[nodiscard]] std::string unit_of(PersonId person, const AsOf& as_of) const;
    [[nodiscard]] std::optional<Holder> holder_of(std::string_view post, const AsOf& as_of) const;
    // Who leads a unit; none where no post leads it, or nobody holds that post.
    [[nodiscard]] std::optional<Holder> head_of(std::string_view unit, const AsOf& as_of) const;
    // The head of her unit or, for whoever leads it herself, of the first unit above that has
    // another head. None at the top. Nobody is delegated to appraise himself: for a delegate it is
    // whoever else holds that post.
    [[nodiscard]] std::optional<Holder> superior_of(PersonId person, const AsOf& as_of) const;
    // The same for whoever acts by a post, whatever post of her own she has: above a Plt stands the
    // superior of the post that he looks after.
    [[nodiscard]] std::optional<Holder> superior_of(const Holder& holder, const AsOf& as_of) const;
    // The others in her unit who do not lead it.
    [[nodiscard]] std::vector<PersonId> peers_of(PersonId person, const AsOf& as_of) const;
    // Of a head: whoever else is in the unit, and the heads of the units directly below it.
    [[nodiscard]] std::vector<PersonId> subordinates_of(PersonId person, const AsOf& as_of) const;

    // From the unit itself to the top; stops where a unit would come again.
    [[nodiscard]] std::vector<std::string> chain_of(std::string_view unit, const AsOf& as_of) const;
    [[nodiscard]] std::vector<std::string> units_below(std::string_view unit,
                                                       const AsOf& as_of) const;
    [[nodiscard]] std::vector<std::string> units() const;  // in the order in which they came
    [[nodiscard]] std::vector<std::string> posts_in(std::string_view unit, const AsOf& as_of) const;
    [[nodiscard]] std::vector<Holder> holders_in(std::string_view post, const AsOf& as_of) const;
    // "leave", "study", or the way in which she left; "" for someone who is there.
    [[nodiscard]] std::string away(PersonId person, const AsOf& as_of) const;

    struct Size {
        std::size_t people = 0, units = 0, posts = 0, facts = 0;
        std::size_t bytes = 0;  // of memory, without what the allocator adds
    };
    [[nodiscard]] Size size() const;

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    enum class Kind : std::uint8_t {
        definitive,
        plt,
        plh,
        delegate,
        leave,
        study,
        retirement,
        exit,
        death
    };

    // What all facts have. `next` is the fact before it of the same subject.
    struct Fact {
        Day from, until;
        std::uint64_t known_from = 0;
        std::uint64_t retracted_at = 0;  // 0: it stands
        [[nodiscard]] bool holds(const AsOf& as_of) const {
            return from <= as_of.on && as_of.on <= until && known_from <= as_of.known.value &&
                   (retracted_at == 0 || as_of.known.value < retracted_at);
        }
        [[nodiscard]] bool counts_before(const Fact& other) const {
            return from != other.from ? from > other.from : known_from > other.known_from;
        }
    };
    struct UnitFact : Fact {
        std::uint32_t unit = none, parent = none;
        std::uint32_t next_of_unit = none, next_of_parent = none;
    };
    struct PostFact : Fact {
        std::uint32_t post = none, unit = none;
        bool is_head = false;
        std::uint32_t next_of_post = none, next_of_unit = none;
    };
    struct Holding : Fact {
        std::uint32_t post = none, person = none;
        Kind kind = Kind::definitive;
        std::uint32_t next_of_post = none, next_of_person = none;
    };
    struct Absence : Fact {
        Kind kind = Kind::leave;
        std::uint32_t next_of_person = none;
    };
    // Names of a kind, as numbers, and where the chains of their facts begin.
    struct Subject {
        std::string name;
        std::uint32_t facts = none;                 // unit: its places; post: its places
        std::uint32_t below = none;                 // unit: places of units directly below it
        std::uint32_t heads = none, others = none;  // unit: places of posts in it
        std::uint32_t held = none;                  // post: who held it
    };
    struct Person {
        PersonId id;
        std::uint32_t held = none, away = none;
    };
    struct Names {
        std::vector<Subject> all;
        std::unordered_map<std::string, std::uint32_t> by_name;
        [[nodiscard]] std::uint32_t find(std::string_view name) const;
        std::uint32_t number(const std::string& name);
    };
    struct PersonHash {
        std::size_t operator()(const PersonId& id) const;
    };
    // Where a fact lies, to be found again when it is retracted.
    struct Place {
        enum class Table : std::uint8_t { unit, post, holding, absence };
        Table table = Table::unit;
        std::uint32_t index = none;  // none: nothing that is indexed here
    };

    void add_fact(const UnitPlaced&, Fact fact);
    void add_fact(const PostPlaced&, Fact fact);
    void add_fact(const PostHeld&, Fact fact);
    void add_fact(const PersonAway&, Fact fact);
    void add_fact(const PersonLeft&, Fact fact);
    void add_absence(PersonId person, Kind kind, Fact fact);
    void retract(std::string_view stream, std::uint32_t version, Position position);
    [[nodiscard]] Fact& fact_at(const Place& place);
    std::uint32_t person_number(PersonId id);
    [[nodiscard]] std::uint32_t find_person(PersonId id) const;

    [[nodiscard]] const UnitFact* place_of_unit(std::uint32_t unit, const AsOf& as_of) const;
    [[nodiscard]] const PostFact* place_of_post(std::uint32_t post, const AsOf& as_of) const;
    [[nodiscard]] const Holding* definitive(std::uint32_t person, const AsOf& as_of) const;
    [[nodiscard]] const Absence* absence(std::uint32_t person, const AsOf& as_of) const;
    [[nodiscard]] bool has_left(std::uint32_t person, const AsOf& as_of) const;
    [[nodiscard]] bool still_holds(const Holding& holding, const AsOf& as_of) const;
    // `except`: who does not count as a delegate.
    [[nodiscard]] const Holding* best_holding(std::uint32_t post, const AsOf& as_of,
                                              std::uint32_t except = none) const;
    [[nodiscard]] const Holding* head(std::uint32_t unit, const AsOf& as_of,
                                      std::uint32_t except = none) const;
    // The first head from there upwards who is not this person.
    [[nodiscard]] std::optional<Holder> climb(const PostFact* place, std::uint32_t person,
                                              const AsOf& as_of) const;
    [[nodiscard]] std::uint32_t unit_above(std::uint32_t unit, const AsOf& as_of) const;
    [[nodiscard]] Holder as_holder(const Holding& holding) const;
    // Calls visit(person) for everybody in the unit who does not lead it.
    template <class Visit>
    void visit_members(std::uint32_t unit, const AsOf& as_of, const Visit& visit) const;

    Names units_, posts_;
    std::vector<Person> people_;
    std::unordered_map<PersonId, std::uint32_t, PersonHash> people_by_id_;
    std::vector<UnitFact> unit_facts_;
    std::vector<PostFact> post_facts_;
    std::vector<Holding> holdings_;
    std::vector<Absence> absences_;
    std::unordered_map<std::string, std::vector<Place>> places_;  // by stream, then version - 1
};

}  // namespace jejak::organisation
