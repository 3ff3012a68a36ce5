#include <chrono>
#include <fstream>
#include <iostream>

#include "tools/commands.hpp"
#include "tools/line_check.hpp"
#include "tools/line_import.hpp"
#include "tools/progress.hpp"
#include "tools/publish.hpp"
#include "tools/table_import.hpp"

namespace jejak::tools {
namespace {

struct ImportFlags {
    std::vector<std::string> files;
    std::string format = "jsonl";
    std::string answers;
    bool history = false;
    bool dry_run = false;
    std::string map, criteria, scale, policy, respondents, name_spaces;
    TableImport table;
};

using Seconds = std::chrono::duration<double>;

void print_tally(const Session& session, const Tally& tally, std::uint64_t records_before,
                 std::uint64_t records_after, double seconds) {
    const std::uint64_t added = records_after - records_before;
    if (session.json) {
        boost::json::object refused;
        for (const auto& [rule, count] : tally.refused)
            refused[rule] = count;
        print_json(boost::json::object{{"commands", tally.commands},
                                       {"accepted", tally.accepted},
                                       {"repeated", tally.repeated},
                                       {"refused", tally.refused_count()},
                                       {"refused_by_rule", std::move(refused)},
                                       {"records_added", added},
                                       {"head", records_after}});
        return;
    }
    std::cout << tally.commands << " commands: " << tally.accepted << " accepted, "
              << tally.repeated << " repeated (nothing added), " << tally.refused_count()
              << " refused\n";
    for (const auto& [rule, count] : tally.refused) {
        std::cout << "  refused by " << rule << ": " << count << '\n';
    }
    std::cout << added << " records added, the log holds " << records_after << "; "
              << static_cast<std::uint64_t>(seconds * 1000) << " ms, "
              << static_cast<std::uint64_t>(static_cast<double>(tally.commands) /
                                            std::max(seconds, 1e-6))
              << " commands/s\nThe data lies in " << session.directory << '\n';
}

void finish(Session& session, Workspace& workspace, const Tally& tally,
            std::uint64_t records_before, std::chrono::steady_clock::time_point started) {
    if (tally.fatal) return session.fail(*tally.fatal);
    if (!session.check(workspace.finish())) return;
    const auto after = workspace.events().head();
    if (!after) return session.fail(after.error());
    const double seconds = Seconds(std::chrono::steady_clock::now() - started).count();
    print_tally(session, tally, records_before, after->position.value, seconds);
    if (tally.refused_count() != 0) session.exit_code = exit_refused;
}

void print_faults(const std::string& path, const std::vector<LineFault>& faults) {
    for (const LineFault& fault : faults) {
        std::cerr << path << ':' << fault.line << ": " << fault.message << '\n';
    }
}

// The stream of a path, "-" being standard input; null after saying that it cannot be read.
std::istream* open_lines(Session& session, const std::string& path, std::ifstream& file) {
    if (path == "-") return &std::cin;
    file.open(path);
    if (file) return &file;
    session.fail(error(ErrorCode::environment, path + " cannot be read; is the path right?"));
    return nullptr;
}

void run_dry_lines(Session& session, const ImportFlags& flags) {
    for (const std::string& path : flags.files) {
        std::ifstream file;
        std::istream* const in = open_lines(session, path, file);
        if (in == nullptr) return;
        const LineCheck check = check_lines(*in, {flags.history, path});
        print_faults(path, check.faults);
        std::cout << path << ": " << check.commands << " commands are in order, " << check.wrong
                  << " are not; nothing was written (--dry-run), and whether they are allowed is "
                     "decided when they are imported\n";
        if (check.wrong != 0) session.exit_code = exit_refused;
    }
}

void run_lines(Session& session, const ImportFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    const auto started = std::chrono::steady_clock::now();
    const auto before = workspace->events().head();
    std::ofstream answer_file;
    if (!flags.answers.empty()) {
        answer_file.open(flags.answers, std::ios::trunc);
        if (!answer_file) {
            return session.fail(error(ErrorCode::environment,
                                      flags.answers + " cannot be written; is the path right?"));
        }
    }
    AnswerLines answers(flags.answers.empty() ? nullptr : &answer_file);
    Tally total;
    for (const std::string& path : flags.files) {
        std::ifstream file;
        std::istream* const in = open_lines(session, path, file);
        if (in == nullptr) return;
        Progress progress("import " + path);
        const LineOutcome outcome =
            import_lines(*workspace, *in, {flags.history, path}, answers,
                         [&](std::uint64_t lines) { progress.show(lines, 0); });
        print_faults(path, outcome.faults);
        total.add(outcome.tally);
        if (total.fatal) break;
    }
    answer_file.flush();
    finish(session, *workspace, total, before ? before->position.value : 0, started);
}

Result<std::string> name_space_for(const std::string& given, const std::string& key,
                                   const std::string& column) {
    std::string name = column;
    for (std::size_t at = 0; at < given.size();) {
        const std::size_t end = std::min(given.find(',', at), given.size());
        const std::string part = given.substr(at, end - at);
        if (part.starts_with(key + "=")) name = part.substr(key.size() + 1);
        at = end + 1;
    }
    std::string word;
    for (const char c : name) {
        word += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    const bool is_word =
        !word.empty() && word.size() <= 32 &&
        word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    if (is_word) return word;
    return error(ErrorCode::invalid_input,
                 "\"" + name +
                     "\" cannot be the namespace of people (small letters, digits and _); "
                     "name one with --namespace " +
                     key + "=nip");
}

struct ReadTable {
    std::vector<RateeRows> ratees;
    csv::Faults faults;
    std::uint64_t rows = 0;
};

Result<ReadTable> read_ratings(ImportFlags& flags, const std::string& path, csv::Scale scale) {
    auto columns = csv::parse_rating_columns(flags.map);
    if (!columns) return columns.error();
    if (columns->rater.empty()) {
        return error(ErrorCode::invalid_input, "--map needs rater=COLUMN: feedback has a rater");
    }
    const auto ratee = name_space_for(flags.name_spaces, "ratee", columns->ratee);
    const auto rater = name_space_for(flags.name_spaces, "rater", columns->rater);
    if (!ratee || !rater) return ratee ? rater.error() : ratee.error();
    flags.table.ratee_namespace = *ratee;
    flags.table.rater_namespace = *rater;
    auto opened = csv::Table::open(path);
    if (!opened) return opened.error();
    auto reader = csv::RatingReader::make(std::move(*opened), *columns, std::move(scale));
    if (!reader) return reader.error();
    auto ratees = group_ratings(*reader);
    if (!ratees) return ratees.error();
    ReadTable read{std::move(*ratees), reader->faults(), 0};
    for (const RateeRows& rows : read.ratees)
        read.rows += rows.ratings.size();
    return read;
}

Result<ReadTable> read_scores(ImportFlags& flags, const std::string& path, csv::Scale scale) {
    auto columns = csv::parse_score_columns(flags.map, flags.criteria, flags.respondents);
    if (!columns) return columns.error();
    const auto ratee = name_space_for(flags.name_spaces, "ratee", columns->ratee);
    if (!ratee) return ratee.error();
    flags.table.ratee_namespace = *ratee;
    auto opened = csv::Table::open(path);
    if (!opened) return opened.error();
    auto reader = csv::ScoresReader::make(std::move(*opened), *columns, std::move(scale));
    if (!reader) return reader.error();
    csv::Faults respondents;
    auto ratees = group_scores(*reader, respondents);
    if (!ratees) return ratees.error();
    ReadTable read{std::move(*ratees), reader->faults(), 0};
    for (const csv::Fault& fault : respondents.kept())
        read.faults.add(fault.place, fault.message);
    read.rows = read.ratees.size();
    return read;
}

// The scale given, or that of the policy's source.
Result<csv::Scale> scale_for(const ImportFlags& flags, const scoring::Policy& policy) {
    if (!flags.scale.empty()) return csv::parse_scale(flags.scale);
    const auto source = source_of_table(policy, flags.table.source);
    if (!source) return source.error();
    const scoring::Scale& scale = (*source)->scale ? *(*source)->scale : policy.scale;
    return csv::Scale{scale.minimum.compact(), scale.maximum.compact()};
}

bool report_faults(Session& session, const csv::Faults& faults) {
    if (faults.empty()) return false;
    std::cerr << faults.text(100);
    std::cerr << faults.count() << " rows are not right; nothing was written\n";
    session.exit_code = exit_refused;
    return true;
}

// Reads and judges all tables before the directory is touched. Nothing when something is wrong.
std::optional<std::vector<ReadTable>> read_tables(Session& session, ImportFlags& flags) {
    std::vector<ReadTable> tables;
    const auto workspace = Workspace::open(session.directory, Workspace::Mode::read);
    const auto policy = policy_for_dry_run(workspace ? workspace->get() : nullptr, flags.policy);
    if (!session.check(policy)) return std::nullopt;
    for (const std::string& path : flags.files) {
        auto scale = scale_for(flags, **policy);
        if (!session.check(scale)) return std::nullopt;
        auto table = flags.format == "ratings" ? read_ratings(flags, path, *scale)
                                               : read_scores(flags, path, *scale);
        if (!session.check(table)) return std::nullopt;
        if (report_faults(session, table->faults)) return std::nullopt;
        tables.push_back(std::move(*table));
    }
    return tables;
}

void run_dry(const ImportFlags& flags, const std::vector<ReadTable>& tables) {
    for (std::size_t i = 0; i < tables.size(); ++i) {
        std::cout << flags.files[i] << ": " << tables[i].rows << " rows about "
                  << tables[i].ratees.size()
                  << " people are right; nothing was written (--dry-run)\n";
    }
}

void run_tables(Session& session, ImportFlags& flags) {
    if (flags.policy.empty() || flags.table.period.empty() || flags.map.empty()) {
        return session.fail(
            error(ErrorCode::invalid_input,
                  "--format " + flags.format + " needs --map, --policy and --period"));
    }
    const auto started = std::chrono::steady_clock::now();
    const auto tables = read_tables(session, flags);
    if (!tables) return;
    if (flags.dry_run) return run_dry(flags, *tables);
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    const auto before = workspace->events().head();
    const auto policy = policy_for_import(*workspace, flags.policy, flags.table.actor);
    if (!policy) return session.fail(policy.error());
    Tally total;
    for (std::size_t i = 0; i < tables->size() && !total.fatal; ++i) {
        const ReadTable& table = (*tables)[i];
        flags.table.path = flags.files[i];
        Progress progress("import " + flags.files[i]);
        const auto rows = table.rows + table.ratees.size();
        const auto tally = import_ratees(*workspace, **policy, flags.table, table.ratees,
                                         [&](std::uint64_t done) { progress.show(done, rows); });
        if (!tally) return session.fail(tally.error());
        total.add(*tally);
    }
    finish(session, *workspace, total, before ? before->position.value : 0, started);
}

}  // namespace

void add_import(CLI::App& app, Session& session) {
    auto flags = std::make_shared<ImportFlags>();
    auto* command = app.add_subcommand("import", "Take in commands or tables of ratings");
    command->footer(
        "Examples:\n"
        "  jejak import commands.jsonl                 one command a line; - is standard input\n"
        "  jejak import --format ratings --map ratee=d,rater=s,unit=dept,score=y --criterion "
        "mengajar\n"
        "        --scale 1:5 --policy feedback-mean --period 2025 ratings.csv.gz\n"
        "  jejak import --format scores --map ratee=ratee --criteria INTG,DMNR,… --policy\n"
        "        judge-ratings --period 1977 us_judge_ratings.csv\n"
        "Running the same file again adds nothing.");
    command->add_option("files", flags->files, "Files; - is standard input (jsonl)")->required();
    command
        ->add_option("--format", flags->format,
                     "jsonl, ratings (a rating a row) or scores (a ratee a row)")
        ->check(CLI::IsMember({"jsonl", "ratings", "scores"}));
    command->add_option("--answers", flags->answers, "Write the answers here, as JSON Lines");
    command->add_flag("--history", flags->history,
                      "Lines may carry occurred_at with ground and document (a registrar's act)");
    command->add_flag("--dry-run", flags->dry_run,
                      "Report faults of form with their lines, write nothing");
    command->add_option("--map", flags->map, "Columns: ratee=…,rater=…,unit=…,score=…");
    command->add_option("--criterion", flags->table.criterion, "What the score of a row is about");
    command->add_option("--criteria", flags->criteria, "Columns that are criteria: A,B,C");
    command->add_option("--scale", flags->scale,
                        "Smallest and largest score, 1:5 (default: the policy's)");
    command->add_option("--policy", flags->policy,
                        "Published or bundled policy, or a document's path");
    command->add_option("--period", flags->table.period, "Period of the appraisals: 2025");
    command->add_option("--kind", flags->table.kind, "Kind of the appraisals (default annual)");
    command->add_option("--source", flags->table.source, "Source of the policy that the table is");
    command->add_option("--respondents", flags->respondents,
                        "Column with the number of respondents");
    command->add_option("--unit", flags->table.unit, "Unit, where the table has no column for it");
    command->add_option("--namespace", flags->name_spaces,
                        "Namespaces of people: ratee=nip,rater=nip (default: the columns' names)");
    command->add_option("--as", flags->table.actor,
                        "Registrar who imports (default operator:import)");
    command->callback([flags, &session] {
        if (flags->format == "jsonl") {
            return flags->dry_run ? run_dry_lines(session, *flags) : run_lines(session, *flags);
        }
        if (flags->format == "ratings" && flags->table.criterion.empty()) {
            return session.fail(
                error(ErrorCode::invalid_input, "--format ratings needs --criterion"));
        }
        run_tables(session, *flags);
    });
}

}  // namespace jejak::tools
