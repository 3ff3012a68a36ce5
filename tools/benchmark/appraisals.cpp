#include "tools/benchmark/appraisals.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <future>
#include <mutex>

#include "engine/record/randomness.hpp"
#include "storage/file_keyring.hpp"
#include "tools/benchmark/measured_store.hpp"
#include "tools/workspace.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::benchmark {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::uint64_t steps = 4;

constexpr std::string_view policy_document = R"({
  "policy": "benchmark", "title": {"id": "Tolok ukur", "en": "Benchmark"},
  "scale": {"min": "1", "max": "5", "decimals": 0},
  "groups": [{"id": "perilaku", "title": {"id": "Perilaku", "en": "Behaviour"}, "weight": "100"}],
  "criteria": [
    {"id": "akuntabel", "title": {"id": "Akuntabel", "en": "Accountable"}, "group": "perilaku"},
    {"id": "kompeten", "title": {"id": "Kompeten", "en": "Competent"}, "group": "perilaku"},
    {"id": "adaptif", "title": {"id": "Adaptif", "en": "Adaptive"}, "group": "perilaku"}],
  "sources": [
    {"id": "self", "title": {"id": "Diri", "en": "Self"}, "by": "self", "weight": "20"},
    {"id": "supervisor", "title": {"id": "Atasan", "en": "Supervisor"}, "by": "supervisor",
     "weight": "80"}],
  "missing": "refuse", "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
  "stages": {"self_assessment": "required", "review": "required", "feedback": "unused"}
})";

double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

PersonId fresh_person() {
    return PersonId{record::random_bytes<16>()};
}

std::string numbered(std::string text, std::uint64_t number) {
    const std::string digits = std::to_string(number);
    text.append(10 - std::min<std::size_t>(digits.size(), 10), '0');
    return text + digits;
}

std::vector<appraisal::Rating> ratings(const char* value) {
    return {{"akuntabel", value, Personal::of({}, "Laporan lengkap dan tepat waktu.")},
            {"kompeten", value, {}},
            {"adaptif", "3", {}}};
}

// One command after the other of one appraisal after the other, until all are through.
class Load {
  public:
    Load(runtime::Writer& writer, std::uint64_t appraisals)
        : writer_(writer),
          appraisals_(appraisals),
          supervisor_(fresh_person()),
          superior_(fresh_person()),
          administrator_(fresh_person()) {
        waits_us_.reserve(appraisals * steps);
    }

    void start(std::uint64_t in_flight) {
        lanes_ = std::min(in_flight, appraisals_);
        for (std::uint64_t lane = 0; lane < lanes_; ++lane)
            begin_next();
        done_.get_future().wait();
    }
    [[nodiscard]] std::vector<double>& waits_us() { return waits_us_; }
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

  private:
    struct Lane {
        std::uint64_t number = 0;
        std::uint64_t step = 0;
        PersonId subject;
        Steady::time_point sent;
    };

    void begin_next() {
        const std::uint64_t number = next_.fetch_add(1);
        if (number < appraisals_) return send({number, 0, fresh_person(), {}});
        if (++finished_lanes_ == lanes_) done_.set_value();
    }

    void send(Lane lane) {
        using appraisal::Command;
        runtime::CommandRequest request;
        request.stream = *StreamId::make("appraisal", numbered("b-", lane.number));
        request.command_id =
            *CommandId::make(numbered("c-", lane.number) + "-" + std::to_string(lane.step));
        request.actor.kind = Actor::Kind::person;
        request.actor.channel = "bench";
        request.actor.role = roles::supervisor;
        request.actor.person = supervisor_;
        switch (lane.step) {
            case 0: {
                appraisal::OpenAppraisal open{lane.subject, "analis",    "dinas",   "2025",
                                              "annual",     supervisor_, superior_, "benchmark"};
                request.command = Command(open);
                request.actor.role = roles::administrator;
                request.actor.person = administrator_;
                break;
            }
            case 1:
                request.command = Command(appraisal::SubmitSelfAssessment{ratings("4"), {}, {}});
                request.actor.role = roles::employee;
                request.actor.person = lane.subject;
                break;
            case 2:
                request.command = Command(appraisal::SubmitReview{ratings("5"), {}, {}});
                break;
            default:
                request.command = Command(appraisal::Finalise{});
                break;
        }
        lane.sent = Steady::now();
        writer_.submit(std::move(request),
                       [this, lane](Result<runtime::Receipt> answer) { take(lane, answer); });
    }

    void take(Lane lane, const Result<runtime::Receipt>& answer) {
        waits_us_.push_back(
            std::chrono::duration<double, std::micro>(Steady::now() - lane.sent).count());
        if (!answer || answer->rejection) {
            if (!failure_) {
                failure_ =
                    answer ? error(ErrorCode::defect, answer->rejection->message) : answer.error();
            }
            return begin_next();
        }
        if (++lane.step < steps) return send(lane);
        begin_next();
    }

    runtime::Writer& writer_;
    const std::uint64_t appraisals_;
    const PersonId supervisor_, superior_, administrator_;
    std::uint64_t lanes_ = 0;
    std::atomic<std::uint64_t> next_ = 0;
    std::atomic<std::uint64_t> finished_lanes_ = 0;
    std::promise<void> done_;
    std::vector<double> waits_us_;  // written on the writer's strand
    std::optional<Error> failure_;
};

Result<void> publish_policy(runtime::Writer& writer) {
    runtime::CommandRequest request;
    request.stream = *StreamId::make("policy", "benchmark");
    request.command =
        policy::PolicyDecider::Command(policy::PublishPolicy{std::string(policy_document)});
    request.command_id = *CommandId::make("policy");
    request.actor.kind = Actor::Kind::person;
    request.actor.person = fresh_person();
    request.actor.role = roles::administrator;
    request.actor.channel = "bench";
    const auto receipt = writer.execute(std::move(request));
    if (!receipt) return receipt.error();
    if (receipt->rejection) return error(ErrorCode::invalid_input, receipt->rejection->message);
    return {};
}

}  // namespace

Result<Run> run_appraisals(const std::string& directory, std::uint64_t in_flight,
                           std::uint64_t appraisals) {
    auto data = storage::DataDirectory::open(directory, storage::DataDirectory::Mode::create);
    if (!data) return data.error();
    const auto workflows = tools::make_workflows();
    const storage::SystemClock clock;
    MeasuredStore store((*data)->events());
    boost::asio::thread_pool pool(1);
    const auto writer = runtime::Writer::start(pool.get_executor(), store, (*data)->keyring(),
                                               clock, workflows, runtime::Writer::Options{});
    if (!writer) return writer.error();
    if (auto published = publish_policy(**writer); !published) return published.error();
    Load load(**writer, appraisals);
    const double cpu_before = cpu_seconds();
    const auto started = Steady::now();
    load.start(in_flight);
    Run run;
    run.cpu_seconds = cpu_seconds() - cpu_before;
    run.seconds = std::chrono::duration<double>(Steady::now() - started).count();
    (*writer)->stop();
    pool.join();
    if (load.failure()) return *load.failure();
    run.commands = appraisals * steps;
    auto& waits = load.waits_us();
    std::sort(waits.begin(), waits.end());
    run.median_us = waits[waits.size() / 2];
    run.p99_us = waits[waits.size() * 99 / 100];
    run.group_sizes = store.group_sizes();
    return run;
}

}  // namespace jejak::benchmark
