// Any bytes as the payload of each event of an appraisal: refused, or encoded to the same bytes.
// The first byte chooses the event.
#include <boost/mp11.hpp>
#include <cstdint>
#include <cstdlib>

#include "engine/record/event_codec.hpp"
#include "workflows/appraisal/events.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using Events = boost::mp11::mp_rename<jejak::appraisal::Event, boost::mp11::mp_list>;
    if (size == 0) return 0;
    const std::string_view payload(reinterpret_cast<const char*>(data + 1), size - 1);
    boost::mp11::mp_with_index<boost::mp11::mp_size<Events>::value>(
        data[0] % boost::mp11::mp_size<Events>::value, [&](auto index) {
            using Event = boost::mp11::mp_at<Events, decltype(index)>;
            const auto event = jejak::record::from_bytes<Event>(payload);
            if (event && jejak::record::to_bytes(*event) != payload) std::abort();
        });
    return 0;
}
