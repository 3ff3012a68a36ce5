// What the registry tells, read by Prometheus' own client for Python (python3-prometheus-client).
#include <gtest/gtest.h>
#include <stdlib.h>

#include <limits>

#include "adapters/metrics/registry.hpp"
#include "tests/adapters/access_scratch.hpp"

namespace jejak::metrics {
namespace {

constexpr const char* program = R"(
import sys
from prometheus_client.parser import text_string_to_metric_families as read
for family in read(open(sys.argv[1], newline='\n').read()):
    print(family.name, family.type, repr(family.documentation))
    for sample in family.samples:
        print(' ', sample.name, sorted(sample.labels.items()), sample.value)
)";

TEST(RegistryOracle, agrees_on_what_was_told) {
    if (std::system("/usr/bin/python3 -c 'import prometheus_client' 2>/dev/null") != 0) {
        GTEST_SKIP() << "apt install python3-prometheus-client";
    }
    Registry registry;
    const auto family = registry.counters<2>("jejak_x_total", "a\\b\nc", {"method", "l"}).value();
    family.with({"GET", "\\ \" \n , } é"}).add(3);
    registry.gauge("jejak_z", "z").value()->set(-std::numeric_limits<double>::infinity());
    auto& seconds = *registry.histogram("jejak_y_seconds", "y", {0.0025, 1}).value();
    seconds.observe(0.5);
    seconds.observe(7);
    const access::ScratchDirectory directory;
    const auto path = [&](const char* name) { return (directory.path() / name).string(); };
    access::put(path("told"), registry.expose());
    access::put(path("read.py"), program);
    ASSERT_EQ(std::system(("PYTHONIOENCODING=utf-8 /usr/bin/python3 " + path("read.py") + " " +
                           path("told") + " > " + path("heard"))
                              .c_str()),
              0);
    EXPECT_EQ(access::text_of(path("heard")),
              "jejak_x counter 'a\\\\b\\nc'\n"
              "  jejak_x_total [('l', '\\\\ \" \\n , } é'), ('method', 'GET')] 3.0\n"
              "jejak_y_seconds histogram 'y'\n"
              "  jejak_y_seconds_bucket [('le', '0.0025')] 0.0\n"
              "  jejak_y_seconds_bucket [('le', '1')] 1.0\n"
              "  jejak_y_seconds_bucket [('le', '+Inf')] 2.0\n"
              "  jejak_y_seconds_sum [] 7.5\n"
              "  jejak_y_seconds_count [] 2.0\n"
              "jejak_z gauge 'z'\n"
              "  jejak_z [] -inf\n");
}

}  // namespace
}  // namespace jejak::metrics
