#include "adapters/metrics/registry.hpp"

#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "tests/adapters/says.hpp"

namespace jejak::metrics {
namespace {

// A reader of the text format, written from its description alone.
struct Sample {
    std::string name;
    std::map<std::string, std::string> labels;
    double value = 0;
};
struct Exposed {
    std::map<std::string, std::string> help, type;
    std::vector<Sample> samples;

    [[nodiscard]] std::optional<double> value(
        const std::string& name, const std::map<std::string, std::string>& labels = {}) const {
        for (const auto& sample : samples) {
            if (sample.name == name && sample.labels == labels) return sample.value;
        }
        return std::nullopt;
    }
};

// Goes along one line.
class Line {
  public:
    explicit Line(std::string text) : text_(std::move(text)) {}
    [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
    bool take(std::string_view words) {
        if (text_.compare(at_, words.size(), words) != 0) return false;
        at_ += words.size();
        return true;
    }
    // A name of a metric or a label.
    std::string name() {
        const auto begin = at_;
        while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 ||
                                      text_[at_] == '_' || text_[at_] == ':')) {
            ++at_;
        }
        EXPECT_TRUE(at_ > begin && std::isdigit(static_cast<unsigned char>(text_[begin])) == 0)
            << "no name at " << begin << ": " << text_;
        return text_.substr(begin, at_ - begin);
    }
    // Up to `end`, or the end of the line, with what is escaped in it.
    std::string escaped_until(char end) {
        std::string plain;
        for (; at_ < text_.size() && text_[at_] != end; ++at_) {
            if (text_[at_] != '\\') {
                plain += text_[at_];
                continue;
            }
            const char next = at_ + 1 < text_.size() ? text_[++at_] : '\0';
            EXPECT_TRUE(next == 'n' || next == '\\' || (next == '"' && end == '"')) << text_;
            plain += next == 'n' ? '\n' : next;
        }
        return plain;
    }
    std::string rest() { return text_.substr(std::exchange(at_, text_.size())); }

  private:
    const std::string text_;
    std::size_t at_ = 0;
};

Sample sample_of(const std::string& text) {
    Line line(text);
    Sample sample;
    sample.name = line.name();
    if (line.take("{")) {
        do {
            const std::string label = line.name();
            EXPECT_TRUE(line.take("=\"")) << text;
            EXPECT_TRUE(sample.labels.emplace(label, line.escaped_until('"')).second) << text;
            EXPECT_TRUE(line.take("\"")) << text;
        } while (line.take(","));
        EXPECT_TRUE(line.take("}")) << text;
    }
    EXPECT_TRUE(line.take(" ")) << text;
    const std::string value = line.rest();
    std::size_t read = 0;
    sample.value = std::stod(value, &read);
    EXPECT_EQ(read, value.size()) << text;
    return sample;
}

Exposed parsed(const std::string& text) {
    Exposed exposed;
    EXPECT_TRUE(text.empty() || text.back() == '\n') << "the last line ends with a line feed";
    std::string family;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        const std::string words = text.substr(at, end - at);
        at = end + 1;
        Line line(words);
        const bool is_help = line.take("# HELP ");
        if (is_help || line.take("# TYPE ")) {
            family = line.name();
            EXPECT_TRUE(line.take(" ")) << words;
            auto& kept = is_help ? exposed.help : exposed.type;
            EXPECT_TRUE(kept.emplace(family, line.escaped_until('\n')).second) << words;
            continue;
        }
        exposed.samples.push_back(sample_of(words));
        EXPECT_TRUE(exposed.type.contains(family)) << "no type before " << words;
        EXPECT_TRUE(exposed.samples.back().name.starts_with(family)) << words;
    }
    return exposed;
}

TEST(Registry, tells_counters_gauges_and_histograms) {
    Registry registry;
    auto& commands = *registry.counter("jejak_commands_total", "Commands handled.").value();
    auto& depth = *registry.gauge("jejak_queue_depth", "Commands that wait.").value();
    const auto requests =
        registry
            .counters<2>("jejak_http_requests_total", "Requests answered.", {"method", "status"})
            .value();
    commands.add();
    commands.add(41);
    depth.set(7);
    depth.add(-2.5);
    requests.with({"GET", "200"}).add(3);
    requests.with({"POST", "409"}).add();
    requests.with({"GET", "200"}).add();
    const auto exposed = parsed(registry.expose());
    EXPECT_EQ(exposed.value("jejak_commands_total"), 42);
    EXPECT_EQ(exposed.value("jejak_queue_depth"), 4.5);
    EXPECT_EQ(exposed.value("jejak_http_requests_total", {{"method", "GET"}, {"status", "200"}}),
              4);
    EXPECT_EQ(exposed.value("jejak_http_requests_total", {{"method", "POST"}, {"status", "409"}}),
              1);
    EXPECT_EQ(exposed.type.at("jejak_commands_total"), "counter");
    EXPECT_EQ(exposed.type.at("jejak_queue_depth"), "gauge");
    EXPECT_EQ(exposed.help.at("jejak_queue_depth"), "Commands that wait.");
}

TEST(Registry, counts_durations_into_buckets_that_add_up) {
    Registry registry;
    auto& seconds =
        *registry.histogram("jejak_append_seconds", "Appending.", {0.001, 0.01, 1}).value();
    for (const double each : {0.0, 0.001, 0.0011, 0.5, 1.0, 1.5, 1e9, -3.0, std::nan("")})
        seconds.observe(each);
    seconds.observe(std::numeric_limits<double>::infinity());
    const auto exposed = parsed(registry.expose());
    EXPECT_EQ(exposed.type.at("jejak_append_seconds"), "histogram");
    EXPECT_EQ(exposed.value("jejak_append_seconds_bucket", {{"le", "0.001"}}), 3);
    EXPECT_EQ(exposed.value("jejak_append_seconds_bucket", {{"le", "0.01"}}), 4);
    EXPECT_EQ(exposed.value("jejak_append_seconds_bucket", {{"le", "1"}}), 6);
    EXPECT_EQ(exposed.value("jejak_append_seconds_bucket", {{"le", "+Inf"}}), 9);
    EXPECT_EQ(exposed.value("jejak_append_seconds_count"), 9);
    EXPECT_TRUE(std::isinf(*exposed.value("jejak_append_seconds_sum")));
}

TEST(Registry, tells_histograms_with_labels) {
    Registry registry;
    const auto seconds = registry
                             .histograms<1>("jejak_http_request_seconds", "Answering.",
                                            request_bounds_seconds(), {"route"})
                             .value();
    seconds.with({"show"}).observe(0.25);
    seconds.with({"show"}).observe(0.5);
    const auto exposed = parsed(registry.expose());
    EXPECT_EQ(
        exposed.value("jejak_http_request_seconds_bucket", {{"route", "show"}, {"le", "0.25"}}), 1);
    EXPECT_EQ(exposed.value("jejak_http_request_seconds_sum", {{"route", "show"}}), 0.75);
    EXPECT_EQ(exposed.value("jejak_http_request_seconds_count", {{"route", "show"}}), 2);
}

TEST(Registry, writes_exactly_what_the_format_asks_for) {
    Registry registry;
    const auto odd =
        registry.gauges<1>("a_gauge", "back\\slash, \"quote\"\nline", {"label"}).value();
    odd.with({"back\\slash, \"quote\"\nline"}).set(0.1);
    odd.with({""}).set(-std::numeric_limits<double>::infinity());
    registry.counter("b_total", "").value()->add(std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(registry.expose(),
              "# HELP a_gauge back\\\\slash, \"quote\"\\nline\n"
              "# TYPE a_gauge gauge\n"
              "a_gauge{label=\"\"} -Inf\n"
              "a_gauge{label=\"back\\\\slash, \\\"quote\\\"\\nline\"} 0.1\n"
              "# HELP b_total \n"
              "# TYPE b_total counter\n"
              "b_total 18446744073709551615\n");
    EXPECT_EQ(Registry().expose(), "");
}

TEST(Registry, reads_back_what_was_escaped) {
    Registry registry;
    const auto gauges = registry.gauges<1>("g", "h", {"label"}).value();
    const std::vector<std::string> values = {"\\",   "\\n",       "\n", "\"",
                                             "\\\"", "a,b=\"c\"", "}",  "é"};
    for (std::size_t i = 0; i < values.size(); ++i)
        gauges.with({values[i]}).set(static_cast<double>(i));
    const auto exposed = parsed(registry.expose());
    for (std::size_t i = 0; i < values.size(); ++i)
        EXPECT_EQ(exposed.value("g", {{"label", values[i]}}), static_cast<double>(i)) << values[i];
}

TEST(Registry, tells_the_same_in_the_same_order_whatever_came_first) {
    const auto told = [](bool turned) {
        Registry registry;
        const std::vector<std::string> names = turned ? std::vector<std::string>{"z", "a", "m"}
                                                      : std::vector<std::string>{"m", "z", "a"};
        for (const auto& name : names) {
            const auto family = registry.gauges<1>(name, "h", {"l"}).value();
            for (const auto& value : names)
                family.with({value}).set(1);
        }
        return registry.expose();
    };
    EXPECT_EQ(told(true), told(false));
}

TEST(Registry, asks_a_gauge_when_it_is_told) {
    Registry registry;
    double now = 1;
    ASSERT_TRUE(registry.gauge_from("asked", "h", [&] { return now; }));
    ASSERT_TRUE(registry.gauge_from("failing", "h", []() -> double { throw 1; }));
    EXPECT_EQ(parsed(registry.expose()).value("asked"), 1);
    now = 2;
    const auto exposed = parsed(registry.expose());
    EXPECT_EQ(exposed.value("asked"), 2);
    EXPECT_TRUE(std::isnan(*exposed.value("failing")));
}

TEST(Registry, asks_each_of_a_labelled_gauge_when_it_is_told) {
    Registry registry;
    double lag = 7;
    ASSERT_TRUE(registry.gauges_from(
        "lag", "h", "model",
        {{"work\"list", [&] { return lag; }}, {"board", []() -> double { throw 1; }}}));
    const auto exposed = parsed(registry.expose());
    EXPECT_EQ(exposed.type.at("lag"), "gauge");
    EXPECT_EQ(exposed.value("lag", {{"model", "work\"list"}}), 7);
    EXPECT_TRUE(std::isnan(*exposed.value("lag", {{"model", "board"}})))
        << "one that fails takes the others not along";
    lag = 0;
    EXPECT_EQ(parsed(registry.expose()).value("lag", {{"model", "work\"list"}}), 0);
    const auto zero = [] { return 0.0; };
    EXPECT_TRUE(
        says(registry.gauges_from("x", "h", "l", {{"a", zero}, {"a", zero}}).error().message,
             "\"a\" of its label stands twice"));
    EXPECT_TRUE(says(registry.gauges_from("x", "h", "__l", {}).error().message, "the label"));
    EXPECT_TRUE(says(registry.gauges_from("lag", "h", "l", {}).error().message, "register once"));
}

TEST(Registry, stays_bounded_when_labels_come_from_outside) {
    Registry registry;
    const auto family = registry.counters<2>("x_total", "h", {"path", "method"}).value();
    for (int i = 0; i < 5'000; ++i)
        family.with({"/" + std::to_string(i), "GET"}).add();
    family.with({"/7", "GET"}).add();
    const auto exposed = parsed(registry.expose());
    EXPECT_EQ(exposed.samples.size(), series_max + 1);
    EXPECT_EQ(exposed.value("x_total", {{"path", "other"}, {"method", "other"}}), 4'000);
    EXPECT_EQ(exposed.value("x_total", {{"path", "/7"}, {"method", "GET"}}), 2);
}

TEST(Registry, keeps_its_text_utf8_whatever_a_label_is) {
    Registry registry;
    const auto family = registry.counters<1>("x_total", "h", {"l"}).value();
    family.with({"a\xC3(\xFF"}).add();
    EXPECT_EQ(parsed(registry.expose()).value("x_total", {{"l", "a?(?"}}), 1);
}

TEST(Registry, refuses_a_name_that_is_taken) {
    Registry registry;
    ASSERT_TRUE(registry.counter("x_total", "h"));
    EXPECT_TRUE(says(registry.counter("x_total", "h").error().message, "register once"));
    EXPECT_FALSE(registry.gauge("x_total", "h"));
    ASSERT_TRUE(registry.histogram("y_seconds", "h", {1}));
    EXPECT_TRUE(says(registry.gauge("y_seconds_count", "h").error().message,
                     "\"y_seconds\" has the name y_seconds_count already"));
    ASSERT_TRUE(registry.gauge("z_sum", "h"));
    EXPECT_FALSE(registry.histogram("z", "h", {1}));
    EXPECT_TRUE(registry.gauge("z", "h")) << "what was refused takes no name";
}

TEST(Registry, refuses_names_labels_and_bounds_that_would_break_the_text) {
    Registry registry;
    for (const char* name : {"", "1x", "x-y", "x y", "x\ny", "ä"})
        EXPECT_TRUE(says(registry.gauge(name, "h").error().message, "a name is letters")) << name;
    EXPECT_TRUE(says(registry.counter("x", "h").error().message, "ends in _total"));
    for (const char* label : {"", "1x", "x-y", "x:y", "__x"})
        EXPECT_TRUE(says(registry.gauges<1>("x", "h", {label}).error().message, "the label"));
    EXPECT_TRUE(says(registry.gauges<2>("x", "h", {"a", "a"}).error().message, "stands twice"));
    EXPECT_TRUE(says(registry.histograms<1>("x", "h", {1}, {"le"}).error().message, "`le`"));
    EXPECT_TRUE(registry.gauges<1>("x", "h", {"le"}));
    const double infinity = std::numeric_limits<double>::infinity();
    for (const auto& bounds : std::vector<std::vector<double>>{
             {}, {2, 1}, {1, 1}, {1, infinity}, {std::nan("")}, {1, std::nan("")}}) {
        EXPECT_TRUE(says(registry.histogram("h", "h", bounds).error().message, "rising"));
    }
}

TEST(Registry, loses_no_count_of_several_threads_while_it_is_told) {
    Registry registry;
    const auto family = registry.counters<1>("x_total", "h", {"l"}).value();
    auto& seconds = *registry.histogram("y_seconds", "h", {0.5}).value();
    auto& gauge = *registry.gauge("z", "h").value();
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            auto& own = family.with({std::to_string(t)});
            for (int i = 0; i < 10'000; ++i) {
                own.add();
                seconds.observe(i % 2);
                gauge.add(1);
            }
        });
    }
    for (int i = 0; i < 20; ++i) {
        const auto exposed = parsed(registry.expose());
        EXPECT_EQ(exposed.value("y_seconds_bucket", {{"le", "+Inf"}}),
                  exposed.value("y_seconds_count"));
    }
    for (auto& thread : threads)
        thread.join();
    const auto exposed = parsed(registry.expose());
    EXPECT_EQ(exposed.value("x_total", {{"l", "3"}}), 10'000);
    EXPECT_EQ(exposed.value("y_seconds_count"), 40'000);
    EXPECT_EQ(exposed.value("y_seconds_bucket", {{"le", "0.5"}}), 20'000);
    EXPECT_EQ(exposed.value("y_seconds_sum"), 20'000);
    EXPECT_EQ(exposed.value("z"), 40'000);
}

}  // namespace
}  // namespace jejak::metrics
