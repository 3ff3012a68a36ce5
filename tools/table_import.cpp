#include "tools/table_import.hpp"

#include <unordered_map>

#include "engine/record/sealing.hpp"
#include "engine/runtime/state_cache.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::tools {
namespace {

constexpr std::string_view channel = "import";
using appraisal::Command;

// The commands of one table, in the order in which they are sent.
class TableCommands {
  public:
    TableCommands(Workspace& workspace, const scoring::Policy& policy, const TableImport& table,
                  const scoring::Source& source, Bulk& bulk)
        : workspace_(workspace),
          policy_(policy),
          table_(table),
          source_(source),
          bulk_(bulk),
          log_secret_(workspace.people().keyring().log_secret()) {}

    // False when the writer has stopped.
    [[nodiscard]] Result<bool> send(const RateeRows& rows) {
        const auto registrar = workspace_.people().identify(table_.actor, channel);
        if (!registrar) return registrar.error();
        const auto subject =
            workspace_.people().identify(table_.ratee_namespace + ":" + rows.ratee, channel);
        if (!subject) return subject.error();
        actor_ = Actor{};
        actor_.kind = Actor::Kind::person;
        actor_.person = *registrar;
        actor_.role = roles::registrar;
        actor_.channel = channel;
        const auto stream = stream_of(*subject);
        if (!stream) return stream.error();
        stream_ = *stream;
        id_prefix_ = "imp-" + digest("commands", rows.ratee, 8) + "-";
        if (!open(rows, *subject) || !prepare(rows)) return false;
        if (auto sent = rows.ratings.empty() ? send_means(rows) : send_ratings(rows);
            !sent || !*sent) {
            return sent;
        }
        return send("close", appraisal::CloseFeedback{}) && send("finalise", appraisal::Finalise{});
    }

  private:
    // The appraisal that the person has for this period, or else the next free number of the
    // period: the same table into an empty log always gives the same names, and none reveals a
    // person.
    [[nodiscard]] Result<StreamId> stream_of(PersonId subject) {
        const StreamId slot = appraisal::slot_of(subject, table_.period, table_.kind);
        const auto* claims = runtime::find_workflow(workspace_.workflows(), slot.workflow());
        const auto claim = runtime::read_state(workspace_.events(), *claims, slot);
        if (!claim) return claim.error();
        const auto& holder = static_cast<const ClaimState*>((*claim)->value())->holder;
        if (!holder.empty()) return StreamId::parse(holder);
        for (;;) {
            const std::string digits = std::to_string(++number_);
            const auto stream = StreamId::make(
                "appraisal", table_.period + "-" +
                                 std::string(6 - std::min<std::size_t>(digits.size(), 6), '0') +
                                 digits);
            if (!stream) return stream;
            const auto taken = is_taken(*stream);
            if (!taken) return taken.error();
            if (!*taken) return stream;
        }
    }

    [[nodiscard]] Result<bool> is_taken(const StreamId& stream) const {
        bool found = false;
        const auto read =
            workspace_.events().read_stream(stream, Version{1}, [&](Position, std::string_view) {
                found = true;
                return false;
            });
        if (!read) return read.error();
        return found;
    }

    // What the table says of whom under which policy, as a name that reveals nobody.
    [[nodiscard]] std::string digest(std::string_view purpose, const std::string& of,
                                     std::size_t bytes) const {
        std::string text = policy_.id + '\n' + table_.period + '\n' + table_.kind + '\n' +
                           table_.criterion + '\n' + source_.id + '\n' + table_.ratee_namespace +
                           '\n' + table_.rater_namespace + '\n' + of;
        const auto made = record::keyed_digest(log_secret_, "import " + std::string(purpose), text);
        return to_hex(made.data(), bytes);
    }

    bool send(const std::string& step, Command command) {
        runtime::CommandRequest request;
        request.stream = stream_;
        request.command = std::move(command);
        request.command_id = *CommandId::make(id_prefix_ + step);
        request.actor = actor_;
        return bulk_.submit(std::move(request));
    }

    bool open(const RateeRows& rows, PersonId subject) {
        appraisal::OpenAppraisal open;
        open.subject = subject;
        open.post = table_.post;
        open.unit = rows.unit.empty() ? table_.unit : rows.unit;
        open.period = table_.period;
        open.kind = table_.kind;
        open.policy = policy_.id;
        return send("open", open);
    }

    bool prepare(const RateeRows& rows) {
        if (policy_.plan) {
            appraisal::AgreePlan plan;
            if (rows.ratings.empty()) {
                for (const auto& mean : rows.means)
                    add_item(plan, mean.criterion);
            } else {
                add_item(plan, table_.criterion);
            }
            if (!send("plan", plan)) return false;
        }
        constexpr auto unused = scoring::StageRule::unused;
        const auto waive = [&](const char* stage) {
            return send(std::string("waive-") + stage,
                        appraisal::WaiveStage{stage, "imported_history", {}});
        };
        if (!send("window", appraisal::OpenFeedback{})) return false;
        if (policy_.stages.self_assessment != unused && !waive("self_assessment")) return false;
        return policy_.stages.review == unused || waive("review");
    }

    static void add_item(appraisal::AgreePlan& plan, const std::string& criterion) {
        appraisal::PlanItem item;
        item.item = criterion;
        item.weight = "1";
        plan.results.push_back(std::move(item));
    }

    Result<bool> send_ratings(const RateeRows& rows) {
        for (const auto& [rater, score] : rows.ratings) {
            const auto person =
                workspace_.people().identify(table_.rater_namespace + ":" + rater, channel);
            if (!person) return person.error();
            appraisal::GiveFeedback give;
            give.source = source_.id;
            give.ratings.push_back({table_.criterion, score});
            give.rater_person = *person;
            give.rater = record::handle_of(log_secret_, stream_, *person);
            runtime::CommandRequest request;
            request.stream = stream_;
            request.actor.kind = Actor::Kind::handle;
            request.actor.handle = give.rater;
            request.actor.role = boost::describe::enum_to_string(source_.by, "");
            request.actor.channel = channel;
            request.command_id = *CommandId::make(id_prefix_ + to_hex(give.rater.bytes.data(), 8));
            request.command = Command(std::move(give));
            if (!bulk_.submit(std::move(request))) return false;
        }
        return true;
    }

    Result<bool> send_means(const RateeRows& rows) {
        return send("means", appraisal::RecordSource{source_.id, rows.respondents, rows.means});
    }

    Workspace& workspace_;
    const scoring::Policy& policy_;
    const TableImport& table_;
    const scoring::Source& source_;
    Bulk& bulk_;
    const KeyBytes& log_secret_;
    std::uint64_t number_ = 0;  // last number given
    Actor actor_;
    StreamId stream_;
    std::string id_prefix_;
};

}  // namespace

Result<std::vector<RateeRows>> group_ratings(csv::RatingReader& reader) {
    std::vector<RateeRows> ratees;
    std::unordered_map<std::string, std::size_t> index;
    for (;;) {
        auto row = reader.next();
        if (!row) return row.error();
        if (!*row) return ratees;
        const auto [place, is_new] = index.try_emplace((*row)->ratee, ratees.size());
        if (is_new) ratees.push_back({(*row)->ratee, (*row)->unit, {}, {}, 1});
        ratees[place->second].ratings.emplace_back(std::move((*row)->rater),
                                                   std::move((*row)->score));
    }
}

Result<std::vector<RateeRows>> group_scores(csv::ScoresReader& reader, csv::Faults& faults) {
    std::vector<RateeRows> ratees;
    for (;;) {
        auto row = reader.next();
        if (!row) return row.error();
        if (!*row) return ratees;
        RateeRows rows{(*row)->ratee, (*row)->unit, {}, {}, 1};
        for (auto& [criterion, score] : (*row)->scores) {
            rows.means.push_back({std::move(criterion), std::move(score)});
        }
        if ((*row)->respondents) {
            const std::string& text = *(*row)->respondents;
            const bool is_count = text.size() <= 9 && text != "0" &&
                                  text.find_first_not_of("0123456789") == std::string::npos;
            if (!is_count) {
                faults.add({(*row)->line, 0},
                           "line " + std::to_string((*row)->line) + ": \"" + text +
                               "\" is not a number of respondents; it is a whole number from 1 on");
                continue;
            }
            rows.respondents = static_cast<std::uint32_t>(std::stoul(text));
        }
        ratees.push_back(std::move(rows));
    }
}

Result<const scoring::Source*> source_of_table(const scoring::Policy& policy,
                                               const std::string& name) {
    std::string known;
    for (const auto index : policy.feedback.sources) {
        const scoring::Source& source = policy.sources[index];
        if (name.empty() || source.id == name) return &source;
        known += (known.empty() ? "" : ", ") + source.id;
    }
    return error(ErrorCode::invalid_input,
                 "policy " + policy.id + " takes no feedback" +
                     (name.empty() ? "" : " through \"" + name + "\"; it knows: " + known));
}

Result<Tally> import_ratees(Workspace& workspace, const scoring::Policy& policy,
                            const TableImport& table, const std::vector<RateeRows>& ratees,
                            const std::function<void(std::uint64_t done)>& progress) {
    const auto source = source_of_table(policy, table.source);
    if (!source) return source.error();
    Bulk bulk(workspace.writer());
    TableCommands commands(workspace, policy, table, **source, bulk);
    std::uint64_t done = 0;
    for (const RateeRows& rows : ratees) {
        const auto sent = commands.send(rows);
        if (!sent) {
            (void)bulk.wait();
            return sent.error();
        }
        if (!*sent) break;
        done += rows.ratings.size() + 1;
        if (progress) progress(done);
    }
    return bulk.wait();
}

}  // namespace jejak::tools
