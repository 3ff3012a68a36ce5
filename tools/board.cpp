#include "tools/board.hpp"

#include <boost/json/array.hpp>

namespace jejak::tools {

boost::json::object board_json(const appraisal::UnitBoard& board) {
    boost::json::object phases;
    for (const auto& [phase, count] : board.by_phase)
        phases[phase] = count;
    boost::json::array results;
    for (const auto& result : board.results) {
        boost::json::object by_predicate;
        for (const auto& [code, count] : result.by_predicate)
            by_predicate[code] = count;
        results.push_back(boost::json::object{{"policy", result.policy},
                                              {"count", result.count},
                                              {"sum", result.sum},
                                              {"by_predicate", std::move(by_predicate)}});
    }
    return {{"period", board.period},
            {"unit", board.unit},
            {"opened", board.opened},
            {"by_phase", std::move(phases)},
            {"results", std::move(results)}};
}

}  // namespace jejak::tools
