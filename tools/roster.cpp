#include "tools/roster.hpp"

#include <unordered_map>

#include "adapters/intake/identifier.hpp"
#include "engine/record/sealing.hpp"
#include "workflows/organisation/segments.hpp"
#include "workflows/scoring/period.hpp"

namespace jejak::tools {
namespace {

using organisation::AsOf;
using organisation::Directory;
using organisation::Holder;

// Named by person, period and kind under the log's secret.
RosterOpening opening_of(Workspace& workspace, appraisal::OpenAppraisal command) {
    const auto digest =
        record::keyed_digest(workspace.people().keyring().log_secret(), "open roster",
                             command.period + '\n' + command.kind + '\n' + to_hex(command.subject));
    const std::string name = to_hex(digest.data(), 8);
    return {command.period + "-" + name, *CommandId::make("roster-" + name), std::move(command)};
}

class Roster {
  public:
    Roster(Workspace& workspace, const Directory& directory, const RosterFlags& flags,
           csv::RosterReader& reader, csv::Faults& faults)
        : workspace_(workspace),
          directory_(directory),
          flags_(flags),
          as_of_{flags.on},
          reader_(reader),
          faults_(faults) {}

    // Nothing, with a fault, for a row that cannot be opened.
    [[nodiscard]] Result<std::vector<RosterOpening>> open(const csv::RosterRow& row) {
        const auto subject = known(row.nip, reader_.place_of(row));
        if (!subject) return subject.error();
        if (!*subject) return std::vector<RosterOpening>();
        const auto [first, is_new] = lines_.try_emplace(row.nip, row.line);
        if (!is_new) {
            fault(reader_.place_of(row), "the employee stands on line " +
                                             std::to_string(first->second) +
                                             " already; leave one of the rows out");
            return std::vector<RosterOpening>();
        }
        return flags_.by_segments ? open_segments(row, **subject) : open_period(row, **subject);
    }

  private:
    [[nodiscard]] Result<std::vector<RosterOpening>> open_period(const csv::RosterRow& row,
                                                                 PersonId subject) {
        const auto before = faults_.count();
        appraisal::OpenAppraisal command;
        command.subject = subject;
        command.period = flags_.period;
        command.kind = flags_.kind;
        command.policy = flags_.policy;
        if (!place(row, command)) return std::vector<RosterOpening>();
        const auto resolved = directory_.superior_of(command.subject, as_of_);
        const auto supervisor =
            rater(resolved, row.supervisor, reader_.place_of_supervisor(row), "NIP Atasan");
        if (!supervisor) return supervisor.error();
        command.supervisor = *supervisor;
        if (resolved) command.supervisor_post = resolved->post;
        if (!command.supervisor.is_nil()) {
            const auto above = resolved ? directory_.superior_of(*resolved, as_of_)
                                        : directory_.superior_of(command.supervisor, as_of_);
            const auto superior = rater(above, row.superior, reader_.place_of_superior(row),
                                        "NIP Atasan Pejabat Penilai");
            if (!superior) return superior.error();
            command.superior = *superior;
        }
        if (faults_.count() != before) return std::vector<RosterOpening>();
        if (!are_three(row, command)) return std::vector<RosterOpening>();
        return std::vector{named(std::move(command))};
    }

    // One opening for each stretch that is long enough; superiors come from the records alone, as
    // they are at its end.
    [[nodiscard]] Result<std::vector<RosterOpening>> open_segments(const csv::RosterRow& row,
                                                                   PersonId subject) {
        const auto before = faults_.count();
        if (!row.supervisor.empty() || !row.superior.empty()) {
            fault(reader_.place_of_supervisor(row),
                  "by segments there is more than one superior, and the records name them; leave "
                  "the column out");
        }
        const auto period = scoring::parse_period(flags_.period);
        std::vector<RosterOpening> openings;
        if (!period) return openings;
        for (const auto& segment :
             organisation::segments_of(directory_, subject, *organisation::parse_day(period->from),
                                       *organisation::parse_day(period->until), as_of_.known)) {
            const scoring::Period days{to_text(segment.from), to_text(segment.until)};
            if (!segment.away.empty() || segment.post.empty() ||
                scoring::full_months_of(days) < flags_.minimum_months) {
                continue;
            }
            appraisal::OpenAppraisal command;
            command.subject = subject;
            command.period = days.from + ".." + days.until;
            command.kind = flags_.kind;
            command.policy = flags_.policy;
            command.post = segment.post;
            command.unit = segment.unit;
            const auto above =
                segment.superior
                    ? directory_.superior_of(*segment.superior, {segment.until, as_of_.known})
                    : std::nullopt;
            if (!above) {
                fault(reader_.place_of(row),
                      "the records name no superior, or none above him, on " + days.until +
                          "; record who leads the units above");
                continue;
            }
            command.supervisor = segment.superior->person;
            command.supervisor_post = segment.superior->post;
            command.superior = above->person;
            if (are_three(row, command)) openings.push_back(named(std::move(command)));
        }
        if (faults_.count() != before) return std::vector<RosterOpening>();
        if (openings.empty()) {
            fault(reader_.place_of(row),
                  "in no stretch of " + std::to_string(flags_.minimum_months) +
                      " months was she there under one post and one superior; `jejak org segments` "
                      "shows why");
        }
        return openings;
    }

    [[nodiscard]] bool are_three(const csv::RosterRow& row,
                                 const appraisal::OpenAppraisal& command) {
        if (command.supervisor != command.subject && command.superior != command.subject &&
            command.superior != command.supervisor) {
            return true;
        }
        fault(reader_.place_of_supervisor(row),
              "employee, pejabat penilai and her superior must be three people");
        return false;
    }

    void fault(csv::Place place, const std::string& message) {
        faults_.add(place, reader_.table().describe(place) + ": " + message);
    }

    // The pseudonym behind a NIP; nothing, with a fault, where it is none or unknown.
    [[nodiscard]] Result<std::optional<PersonId>> known(const std::string& nip, csv::Place place) {
        const auto outside = intake::parse_identifier("nip:" + nip);
        if (!outside) {
            fault(place, outside.error().message);
            return std::optional<PersonId>();
        }
        auto person = workspace_.people().find("nip:" + nip);
        if (person && !*person) {
            fault(place,
                  "nobody with this NIP is in the organisation's records; "
                  "record whose post it is first (hold_post)");
        }
        return person;
    }

    // Post and unit; false, with a fault, where she has none.
    [[nodiscard]] bool place(const csv::RosterRow& row, appraisal::OpenAppraisal& command) {
        const std::string day = to_text(flags_.on);
        const std::string gone = directory_.away(command.subject, as_of_);
        if (gone == "retirement" || gone == "exit" || gone == "death") {
            fault(reader_.place_of(row),
                  "she had left (" + gone + ") on " + day + "; take the row out of the roster");
            return false;
        }
        command.post = directory_.post_of(command.subject, as_of_);
        command.unit = directory_.unit_of(command.subject, as_of_);
        if (!command.post.empty() && !command.unit.empty()) return true;
        fault(reader_.place_of(row), "she holds no post on " + day +
                                         "; record it (hold_post), or choose another day (--on)");
        return false;
    }

    // Who rates her: what the records say (`resolved`), with which the roster must agree; nil with
    // a fault where they disagree or neither says anybody.
    [[nodiscard]] Result<PersonId> rater(const std::optional<Holder>& resolved,
                                         const std::string& said, csv::Place place,
                                         const std::string& column) {
        if (said.empty()) {
            if (!resolved) {
                fault(place, "the records name no superior on " + to_text(flags_.on) +
                                 "; record who leads the unit above, or name one in a column \"" +
                                 column + "\"");
            }
            return resolved ? resolved->person : PersonId{};
        }
        const auto named = known(said, place);
        if (!named) return named.error();
        if (!*named) return PersonId{};
        if (resolved && resolved->person != **named) {
            fault(place, "this person has no mandate over her on " + to_text(flags_.on) +
                             "; the records name the holder (" + resolved->kind + ") of \"" +
                             resolved->post + "\", recorded at position " +
                             std::to_string(resolved->position.value) +
                             ". Correct the roster, or the record if that is wrong");
            return PersonId{};
        }
        return **named;
    }

    [[nodiscard]] RosterOpening named(appraisal::OpenAppraisal command) const {
        return opening_of(workspace_, std::move(command));
    }

    Workspace& workspace_;
    const Directory& directory_;
    const RosterFlags& flags_;
    const AsOf as_of_;
    csv::RosterReader& reader_;
    csv::Faults& faults_;
    std::unordered_map<std::string, std::uint64_t> lines_;
};

}  // namespace

Result<std::vector<RosterOpening>> read_roster(Workspace& workspace,
                                               const organisation::Directory& directory,
                                               const RosterFlags& flags, csv::Faults& faults) {
    auto table = csv::Table::open(flags.path);
    if (!table) return table.error();
    auto reader = csv::RosterReader::of(std::move(*table));
    if (!reader) return reader.error();
    Roster roster(workspace, directory, flags, *reader, faults);
    std::vector<RosterOpening> openings;
    for (;;) {
        const auto row = reader->next(faults);
        if (!row) return row.error();
        if (!*row) return openings;
        auto opened = roster.open(**row);
        if (!opened) return opened.error();
        for (auto& opening : *opened)
            openings.push_back(std::move(opening));
    }
}

Result<std::vector<RosterOpening>> read_team(Workspace& workspace,
                                             const organisation::Directory& directory,
                                             const std::string& team, const RosterFlags& flags,
                                             csv::Faults& faults) {
    const auto teams = read_teams(workspace);
    if (!teams) return teams.error();
    const AsOf as_of{flags.on};
    const auto lead = teams->lead_of(team, as_of);
    if (!lead) {
        return error(ErrorCode::not_found, "there is no team \"" + team + "\" on " +
                                               to_text(flags.on) + "; place it (place_team)");
    }
    const auto above = directory.superior_of(*lead, as_of);
    std::vector<RosterOpening> openings;
    for (const auto member : teams->members_of(team, as_of)) {
        if (member == *lead) continue;
        appraisal::OpenAppraisal command;
        command.subject = member;
        command.period = flags.period;
        command.kind = flags.kind;
        command.policy = flags.policy;
        command.post = directory.post_of(member, as_of);
        command.unit = directory.unit_of(member, as_of);
        command.supervisor = *lead;
        command.supervisor_post = "team:" + team;
        command.superior = above ? above->person : PersonId{};
        if (!command.post.empty() && above && above->person != member) {
            openings.push_back(opening_of(workspace, std::move(command)));
            continue;
        }
        const auto name = workspace.identifiers().identifier_of(member);
        if (!name) return name.error();
        faults.add({}, *name + ": " +
                           (command.post.empty()
                                ? "holds no post on " + to_text(flags.on)
                                : "the superior of the team's lead is missing, or is this person"));
    }
    return openings;
}

}  // namespace jejak::tools
