#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "adapters/csv/sheet.hpp"
#include "adapters/intake/identifier.hpp"
#include "engine/record/archive.hpp"
#include "engine/record/sealing.hpp"
#include "tools/bulk.hpp"
#include "tools/commands.hpp"
#include "tools/organisation.hpp"
#include "tools/progress.hpp"
#include "tools/terminal_request.hpp"
#include "workflows/organisation/organisation_decider.hpp"
#include "workflows/scoring/roles.hpp"

// Units, posts and who holds them, out of an agency's own sheets.
namespace jejak::tools {
namespace {

using csv::Meaning;
using organisation::HoldPost;
using organisation::PlacePost;
using organisation::PlaceUnit;

struct SheetFlags {
    std::string units, posts, holders, from, actor;
    bool dry_run = false, valid_rows = false;
};

enum UnitColumn : std::size_t {
    unit_id,
    unit_name,
    unit_parent,
    unit_zone,
    unit_from,
    unit_letter
};
const std::vector<Meaning>& unit_sheet() {
    using enum Meaning::Kind;
    static const std::vector<Meaning> table = {
        {"Kode Unit", identifier, true, {"kodeunit", "kodeunor", "idunor", "unit", "unor"}},
        {"Nama Unit", text, true, {"namaunit", "namaunor", "nama"}},
        {"Unit Atasan", identifier, false, {"unitatasan", "unoratasan", "kodeunoratasan", "induk"}},
        {"Zona", text, false, {"zona", "zonawaktu"}},
        {"Mulai", day, false, {"mulai", "tmt", "sejak"}},
        {"Nomor SK", text, false, {"nomorsk", "nosk", "sk"}},
    };
    return table;
}

enum PostColumn : std::size_t {
    post_id,
    post_unit,
    post_title,
    post_head,
    post_family,
    post_grade,
    post_from,
    post_letter
};
const std::vector<Meaning>& post_sheet() {
    using enum Meaning::Kind;
    static const std::vector<Meaning> table = {
        {"Kode Jabatan", identifier, true, {"kodejabatan", "idjabatan", "jabatanid"}},
        {"Kode Unit", identifier, true, {"kodeunit", "kodeunor", "idunor", "unit", "unor"}},
        {"Nama Jabatan", text, true, {"namajabatan", "jabatan", "nama"}},
        {"Kepala", text, false, {"kepala", "pimpinan", "kepalaunit"}},
        {"Rumpun", text, false, {"rumpun", "jenisjabatan"}},
        {"Jenjang", text, false, {"jenjang", "eselon"}},
        {"Mulai", day, false, {"mulai", "tmt", "sejak"}},
        {"Nomor SK", text, false, {"nomorsk", "nosk", "sk"}},
    };
    return table;
}

enum HolderColumn : std::size_t {
    holder_nip,
    holder_post,
    holder_kind,
    holder_from,
    holder_until,
    holder_letter
};
const std::vector<Meaning>& holder_sheet() {
    using enum Meaning::Kind;
    static const std::vector<Meaning> table = {
        {"NIP", identifier, true, {"nip", "nippegawai", "nippns", "nipnrp"}},
        {"Kode Jabatan", identifier, true, {"kodejabatan", "idjabatan", "jabatanid", "jabatan"}},
        {"Jenis", text, false, {"jenis", "jenispenugasan", "status"}},
        {"Mulai", day, false, {"mulai", "tmt", "sejak"}},
        {"Selesai", day, false, {"selesai", "sampai", "berakhir"}},
        {"Nomor SK", text, false, {"nomorsk", "nosk", "sk"}},
    };
    return table;
}

std::string in_small_letters(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

// "" where it is no such kind.
std::string kind_of(const std::string& text) {
    const std::string word = in_small_letters(text);
    if (word.empty() || word == "definitif" || word == "definitive") return "definitive";
    if (word == "plt" || word == "plh") return word;
    if (word == "delegasi" || word == "delegate") return "delegate";
    return "";
}

bool is_yes(const std::string& text) {
    const std::string word = in_small_letters(text);
    return word == "ya" || word == "y" || word == "1" || word == "yes" || word == "true";
}

// Everything that the sheets say, checked against themselves and against what is on record.
class OrganisationSheets {
  public:
    OrganisationSheets(const organisation::Directory& directory,
                       const std::set<std::string>& known_posts, const SheetFlags& flags,
                       csv::Faults& faults)
        : directory_(directory), known_posts_(known_posts), flags_(flags), faults_(faults) {}

    [[nodiscard]] Result<void> read() {
        if (!flags_.units.empty()) {
            if (auto done = read_units(); !done) return done;
        }
        if (!flags_.posts.empty()) {
            if (auto done = read_posts(); !done) return done;
        }
        if (flags_.holders.empty()) return {};
        return read_holders();
    }

    std::vector<PlaceUnit> units;  // a unit behind the one that it stands below
    std::vector<PlacePost> posts;
    std::vector<std::pair<std::string, HoldPost>> holders;  // the NIP, and what she holds

  private:
    using Row = csv::SheetRow;

    void fault(const csv::Sheet& sheet, const Row& row, std::size_t column,
               const std::string& message) {
        const auto place = sheet.place_of(row, column);
        faults_.add(place, sheet.table().describe(place) + ": " + message);
    }
    // The day of a row, or the one of all rows; "" with a fault where there is none.
    std::string from_of(const csv::Sheet& sheet, const Row& row, std::size_t column) {
        if (!row[column].empty()) return row[column];
        if (flags_.from.empty()) {
            fault(sheet, row, column,
                  "since when is not said; add a column \"Mulai\", or give --from 2026-01-01");
        }
        return flags_.from;
    }
    [[nodiscard]] bool is_new(const csv::Sheet& sheet, const Row& row, std::size_t column,
                              const std::string& key, std::map<std::string, std::uint64_t>& seen) {
        const auto [first, fresh] = seen.try_emplace(key, row.line);
        if (!fresh) {
            fault(sheet, row, column,
                  "\"" + key + "\" stands on line " + std::to_string(first->second) +
                      " already; leave one of the rows out");
        }
        return fresh;
    }
    [[nodiscard]] bool is_on_record(const std::string& unit) const {
        const auto& all = recorded_units();
        return all.contains(unit);
    }
    [[nodiscard]] const std::set<std::string>& recorded_units() const {
        if (!recorded_units_) {
            const auto names = directory_.units();
            recorded_units_.emplace(names.begin(), names.end());
        }
        return *recorded_units_;
    }

    [[nodiscard]] Result<void> read_units();
    [[nodiscard]] Result<void> read_posts();
    [[nodiscard]] Result<void> read_holders();

    const organisation::Directory& directory_;
    const std::set<std::string>& known_posts_;
    const SheetFlags& flags_;
    csv::Faults& faults_;
    mutable std::optional<std::set<std::string>> recorded_units_;
    std::set<std::string> good_units_, good_posts_;
};

Result<void> OrganisationSheets::read_units() {
    auto sheet = csv::Sheet::open(flags_.units, unit_sheet());
    if (!sheet) return sheet.error();
    struct Waiting {
        Row row;
        PlaceUnit unit;
    };
    std::vector<Waiting> waiting;
    std::map<std::string, std::uint64_t> seen;
    for (;;) {
        const auto next = sheet->next(faults_);
        if (!next) return next.error();
        if (!*next) break;
        const Row& row = **next;
        if (!is_new(*sheet, row, unit_id, row[unit_id], seen)) continue;
        PlaceUnit unit{row[unit_id],
                       row[unit_name],
                       row[unit_parent],
                       row[unit_zone],
                       from_of(*sheet, row, unit_from),
                       row[unit_letter],
                       {}};
        if (unit.from.empty()) continue;
        if (organisation::stream_of_unit(unit.unit).empty()) {
            fault(*sheet, row, unit_id,
                  "\"" + unit.unit + "\" is no code; it has letters, digits and . _ - only");
        } else if (!unit.zone.empty() && !organisation::parse_zone(unit.zone)) {
            fault(*sheet, row, unit_zone,
                  "\"" + unit.zone + "\" is no zone; write WIB, WITA or WIT, or leave it empty");
        } else if (unit.parent == unit.unit) {
            fault(*sheet, row, unit_parent, "no unit stands below itself");
        } else {
            waiting.push_back({row, std::move(unit)});
        }
    }
    // Parents first. What is left over stands below a unit that nobody knows, or in a circle.
    for (bool moved = true; moved;) {
        moved = false;
        std::vector<Waiting> rest;
        for (auto& each : waiting) {
            const auto& parent = each.unit.parent;
            const bool in_sheet = seen.contains(parent);
            if (parent.empty() || good_units_.contains(parent) ||
                (!in_sheet && is_on_record(parent))) {
                good_units_.insert(each.unit.unit);
                units.push_back(std::move(each.unit));
                moved = true;
            } else {
                rest.push_back(std::move(each));
            }
        }
        waiting = std::move(rest);
    }
    for (const auto& each : waiting) {
        const bool in_sheet = seen.contains(each.unit.parent);
        fault(*sheet, each.row, unit_parent,
              in_sheet ? "the unit above, \"" + each.unit.parent +
                             "\", cannot be placed itself, or they stand in a circle; correct its "
                             "row first"
                       : "there is no unit \"" + each.unit.parent +
                             "\", neither in the sheet nor on record");
    }
    return {};
}

Result<void> OrganisationSheets::read_posts() {
    auto sheet = csv::Sheet::open(flags_.posts, post_sheet());
    if (!sheet) return sheet.error();
    std::map<std::string, std::uint64_t> seen;
    for (;;) {
        const auto next = sheet->next(faults_);
        if (!next) return next.error();
        if (!*next) return {};
        const Row& row = **next;
        if (!is_new(*sheet, row, post_id, row[post_id], seen)) continue;
        PlacePost post;
        post.post = row[post_id];
        post.unit = row[post_unit];
        post.title = row[post_title];
        post.family = row[post_family];
        post.grade = row[post_grade];
        post.is_head = is_yes(row[post_head]);
        post.from = from_of(*sheet, row, post_from);
        post.letter = row[post_letter];
        if (post.from.empty()) continue;
        if (organisation::stream_of_post(post.post).empty()) {
            fault(*sheet, row, post_id,
                  "\"" + post.post + "\" is no code; it has letters, digits and . _ - only");
        } else if (!good_units_.contains(post.unit) && !is_on_record(post.unit)) {
            fault(*sheet, row, post_unit,
                  "there is no unit \"" + post.unit + "\", neither in the sheets nor on record");
        } else {
            good_posts_.insert(post.post);
            posts.push_back(std::move(post));
        }
    }
}

Result<void> OrganisationSheets::read_holders() {
    auto sheet = csv::Sheet::open(flags_.holders, holder_sheet());
    if (!sheet) return sheet.error();
    std::map<std::string, std::uint64_t> seen;
    for (;;) {
        const auto next = sheet->next(faults_);
        if (!next) return next.error();
        if (!*next) return {};
        const Row& row = **next;
        HoldPost hold;
        hold.post = row[holder_post];
        hold.kind = kind_of(row[holder_kind]);
        hold.from = from_of(*sheet, row, holder_from);
        hold.until = row[holder_until];
        hold.letter = row[holder_letter];
        if (hold.from.empty()) continue;
        const auto person = intake::parse_identifier("nip:" + row[holder_nip]);
        if (!person) {
            fault(*sheet, row, holder_nip, person.error().message);
        } else if (!is_new(*sheet, row, holder_nip,
                           row[holder_nip] + ", " + hold.post + ", " + hold.from, seen)) {
            continue;
        } else if (!good_posts_.contains(hold.post) && !known_posts_.contains(hold.post)) {
            fault(*sheet, row, holder_post,
                  "there is no post \"" + hold.post + "\", neither in the sheets nor on record");
        } else if (hold.kind.empty()) {
            fault(*sheet, row, holder_kind,
                  "\"" + row[holder_kind] + "\" is none of: definitif, Plt, Plh, delegasi");
        } else if (hold.kind != "definitive" && hold.letter.empty()) {
            fault(*sheet, row, holder_letter,
                  "a Plt, a Plh or a delegate acts by a letter; name it (Nomor SK)");
        } else if (!hold.until.empty() && hold.until < hold.from) {
            fault(*sheet, row, holder_until, "ends before it begins (" + hold.from + ")");
        } else {
            holders.emplace_back(row[holder_nip], std::move(hold));
        }
    }
}

// A command id that follows from what is said: the same sheet again adds nothing.
template <class Command>
std::string id_of(Workspace& workspace, const Command& command) {
    const auto digest = record::keyed_digest(workspace.people().keyring().log_secret(),
                                             "organisation sheet", record::to_bytes(command));
    return "sheet-" + to_hex(digest.data(), 16);
}

class Recording {
  public:
    Recording(Workspace& workspace, PersonId actor) : workspace_(workspace), actor_(actor) {}

    [[nodiscard]] Result<Tally> record(OrganisationSheets& sheets) {
        Bulk bulk(workspace_.writer());
        Progress progress("recording");
        const auto total = sheets.units.size() + sheets.posts.size() + sheets.holders.size();
        Result<void> asked;
        std::uint64_t before = 0;
        const auto say = [&](const auto& command) {
            const auto id = id_after_refusals(workspace_.events(), id_of(workspace_, command));
            if (!id) return (asked = id.error(), false);
            const auto said = workspace_.events().find_receipt(*CommandId::make(*id));
            if (!said) return (asked = said.error(), false);
            if (*said) return ++before, true;  // maybe by somebody else
            progress.show(bulk.answered(), total);
            return bulk.submit(terminal_request(organisation::stream_of(command),
                                                organisation::Command(command), *id, actor_,
                                                roles::administrator));
        };
        const auto done = [&]() -> Result<Tally> {
            auto tally = bulk.wait();
            if (!asked) return asked.error();
            tally.repeated += before;
            return tally;
        };
        for (const auto& unit : sheets.units)
            if (!say(unit)) return done();
        for (const auto& post : sheets.posts)
            if (!say(post)) return done();
        for (auto& [nip, hold] : sheets.holders) {
            const auto person = workspace_.people().identify("nip:" + nip, "cli");
            if (!person) return person.error();
            hold.person = *person;
            if (!say(hold)) break;
        }
        return done();
    }

  private:
    Workspace& workspace_;
    PersonId actor_;
};

void run_org_import(Session& session, const SheetFlags& flags) {
    if (flags.units.empty() && flags.posts.empty() && flags.holders.empty()) {
        return session.fail(error(ErrorCode::invalid_input,
                                  "name at least one sheet: --units, --posts, --holders"));
    }
    if (!flags.from.empty() && !organisation::parse_day(flags.from)) {
        return session.fail(error(ErrorCode::invalid_input,
                                  "--from: \"" + flags.from + "\" is no day; write 2026-01-31"));
    }
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    const auto directory = read_organisation(*workspace);
    if (!directory) return session.fail(directory.error());
    const auto names = read_organisation_names(*workspace);
    if (!names) return session.fail(names.error());
    std::set<std::string> posts;
    for (const auto& [post, title] : names->posts)
        posts.insert(post);
    csv::Faults faults;
    OrganisationSheets sheets(*directory, posts, flags, faults);
    if (!session.check(sheets.read())) return;
    const auto total = sheets.units.size() + sheets.posts.size() + sheets.holders.size();
    if (!faults.empty()) {
        std::cerr << faults.text();
        session.exit_code = exit_usage;
        if (!flags.valid_rows) {
            std::cerr << "jejak: " << faults.count()
                      << " faults, so nothing was recorded; mend them, or record the other "
                      << total << " rows with --valid-rows\n";
            return;
        }
    }
    Tally tally;
    if (!flags.dry_run) {
        const auto actor = workspace->people().identify(flags.actor, "cli");
        if (!actor) return session.fail(actor.error());
        const auto recorded = Recording(*workspace, *actor).record(sheets);
        if (!recorded) return session.fail(recorded.error());
        tally = *recorded;
        if (tally.fatal) return session.fail(*tally.fatal);
        if (!session.check(workspace->finish())) return;
        if (tally.refused_count() != 0) session.exit_code = exit_refused;
    }
    if (session.json) {
        return print_json(boost::json::object{{"units", sheets.units.size()},
                                              {"posts", sheets.posts.size()},
                                              {"holders", sheets.holders.size()},
                                              {"faults", faults.count()},
                                              {"recorded", tally.accepted},
                                              {"recorded_before", tally.repeated},
                                              {"refused", tally.refused_count()},
                                              {"dry_run", flags.dry_run}});
    }
    std::cout << sheets.units.size() << " units, " << sheets.posts.size() << " posts, "
              << sheets.holders.size() << " holders: ";
    if (flags.dry_run) {
        std::cout << "can be recorded; nothing was changed\n";
        return;
    }
    std::cout << tally.accepted << " recorded, " << tally.repeated << " were before, "
              << tally.refused_count() << " refused\n";
    for (const auto& [rule, count] : tally.refused)
        std::cout << "  " << rule << ": " << count << '\n';
}

}  // namespace

void add_org_import(CLI::App& org, Session& session) {
    auto flags = std::make_shared<SheetFlags>();
    auto* command = org.add_subcommand("import", "Units, posts and who holds them, out of sheets");
    command->footer(
        "Example: jejak org import --units unor.csv --posts jabatan.csv --holders pegawai.csv "
        "--from 2026-01-01 --as nip:198811112012122005\n"
        "Columns, in any order: Kode Unit, Nama Unit, Unit Atasan, Zona; Kode Jabatan, Kode Unit, "
        "Nama Jabatan, Kepala, Rumpun, Jenjang; NIP, Kode Jabatan, Jenis, Mulai, Selesai, Nomor "
        "SK. The same sheets again add nothing.");
    command->add_option("--units", flags->units, "CSV file of units (unit kerja)");
    command->add_option("--posts", flags->posts, "CSV file of posts (jabatan)");
    command->add_option("--holders", flags->holders, "CSV file of who holds which post");
    command->add_option("--from", flags->from, "Since when, where a row does not say it");
    command->add_option("--as", flags->actor, "The administrator who records them")->required();
    command->add_flag("--dry-run", flags->dry_run, "Say what is wrong, record nothing");
    command->add_flag("--valid-rows", flags->valid_rows, "Record the rows without faults");
    command->callback([flags, &session] { run_org_import(session, *flags); });
}

}  // namespace jejak::tools
