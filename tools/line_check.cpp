#include "tools/line_check.hpp"

#include <boost/asio/thread_pool.hpp>

#include "adapters/json/command_line.hpp"
#include "engine/record/randomness.hpp"
#include "storage/memory_event_store.hpp"
#include "storage/memory_keyring.hpp"
#include "storage/system_clock.hpp"

namespace jejak::tools {
namespace {

// Who is named has to be somebody: a log in memory that is forgotten again takes the people in.
struct ForgottenLog {
    storage::MemoryEventStore events;
    storage::MemoryKeyring keyring{LogId{record::random_bytes<16>()}};
    storage::SystemClock clock;
    runtime::Workflows workflows = make_workflows();
    boost::asio::thread_pool pool{1};

    ~ForgottenLog() { pool.join(); }
};

}  // namespace

LineCheck check_lines(std::istream& in, const LineImport& options) {
    LineCheck check;
    ForgottenLog log;
    const auto writer = runtime::Writer::start(log.pool.get_executor(), log.events, log.keyring,
                                               log.clock, log.workflows, {});
    if (!writer) {
        check.wrong = 1;
        check.faults.push_back({0, writer.error().message});
        return check;
    }
    intake::People people(log.events, log.keyring, *writer);
    const json::Intake intake{people, log.clock, "import", std::nullopt};
    for_each_command_line(in, [&](std::uint64_t line, const Result<std::string_view>& text) {
        const auto request = text ? read_command_line(*text, intake, options)
                                  : Result<runtime::CommandRequest>(text.error());
        if (request) {
            ++check.commands;
            return true;
        }
        ++check.wrong;
        if (check.faults.size() < line_faults_max) {
            check.faults.push_back({line, request.error().message});
        }
        return true;
    });
    return check;
}

}  // namespace jejak::tools
