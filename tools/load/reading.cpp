#include "tools/load/reading.hpp"

#include <vector>

namespace jejak::load {

ReadFigures read_appraisal(const Target& target, const std::string& appraisal,
                           std::size_t connections, std::chrono::seconds span) {
    boost::asio::io_context io(1);
    const auto request = get_request(target, "/v1/appraisals/" + appraisal);
    ReadFigures figures;
    std::vector<std::unique_ptr<Client>> clients(connections);
    std::vector<Steady::time_point> asked_at(connections);
    const auto begun = Steady::now(), ends = begun + span;
    for (std::size_t i = 0; i < connections; ++i) {
        clients[i] = std::make_unique<Client>(io, target.endpoint, [&, i](const Reply& reply) {
            const auto now = Steady::now();
            reply.status == 200 ? figures.timings.add(now - asked_at[i]) : void(++figures.errors);
            if (now >= ends) return clients[i]->close();
            asked_at[i] = now;
            clients[i]->ask(request);
        });
        asked_at[i] = Steady::now();
        clients[i]->ask(request);
    }
    io.run();
    figures.seconds = std::chrono::duration<double>(Steady::now() - begun).count();
    return figures;
}

}  // namespace jejak::load
