#pragma once

#include <functional>
#include <vector>

#include "tools/load/client.hpp"
#include "tools/load/timings.hpp"

namespace jejak::load {

// Appraisals that take commands.
struct Stage {
    std::string run;  // part of all names and command ids of this run
    std::vector<std::string> appraisals;
    std::uint64_t head = 0;  // position of the last record that was acknowledged
};

// Publishes a policy and opens `count` appraisals under it, on so many connections. Errors:
// environment, with what the backend said.
[[nodiscard]] Result<Stage> open_appraisals(const Target& target, std::size_t count,
                                            std::size_t connections);

struct CommandFigures {
    Timings timings;  // of the accepted ones; with a rate from when each was due
    std::vector<std::uint64_t> positions;  // of the accepted ones
    std::uint64_t errors = 0;              // refused: neither accepted nor to be sent again
    std::uint64_t sent_again = 0;          // after a broken connection or 503, with the same id
    std::uint64_t unsent = 0;              // due within the time, and not sent for want of it
    std::string first_error;
    double seconds = 0;
};

// Commands, each a new one: notes of dialogues, appraisal by appraisal.
class Commands {
  public:
    // `rate` a second in all; 0 for as many as the connections carry. `ended` is called once, when
    // the last one is answered.
    Commands(boost::asio::io_context& io, const Target& target, const Stage& stage,
             std::size_t connections, std::uint64_t rate);

    void begin(std::chrono::seconds span, std::function<void()> ended);
    [[nodiscard]] const CommandFigures& figures() const { return figures_; }

  private:
    struct Line {
        std::unique_ptr<Client> client;
        std::unique_ptr<boost::asio::steady_timer> timer;
        Steady::time_point due;
        std::string request;
        bool is_first_try = true;
    };

    void take_next(Line& line);
    void send(Line& line);
    void answered(Line& line, const Reply& reply);
    void end(Line& line);

    boost::asio::io_context& io_;
    const Target& target_;
    const Stage& stage_;
    const std::uint64_t rate_;
    Steady::time_point begun_, ends_, gives_up_;
    std::uint64_t taken_ = 0;
    std::size_t at_work_ = 0;
    std::vector<Line> lines_;
    std::function<void()> ended_;
    CommandFigures figures_;
};

}  // namespace jejak::load
