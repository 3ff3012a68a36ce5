#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "workflows/organisation/day.hpp"

namespace jejak::tools {

// A box of the official form (PP 46/2011 and its form, boxes 5 to 7; PP 30/2019 Pasal 59): what was
// said and on which day, where the unit is.
struct FormBox {
    std::string box;      // keberatan, tanggapan, keputusan
    std::string heading;  // as the form has it
    std::string day;      // "2026-01-24"; "" while it is empty
    std::string by;       // role and person; "" while it is empty
    std::string text;
};

// The three boxes of the last objection, in the order of the form, from the records as
// json::view_record shows them. Nothing where there was no objection.
[[nodiscard]] std::vector<FormBox> objection_form(const std::vector<boost::json::object>& records,
                                                  organisation::Zone zone);

}  // namespace jejak::tools
