#include "adapters/webhooks/endpoints.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "adapters/json/document.hpp"
#include "adapters/json/reader.hpp"
#include "adapters/webhooks/signature.hpp"

namespace jejak::webhooks {
namespace {

constexpr std::size_t endpoint_id_size_max = 48;
constexpr std::size_t secrets_max = 3;
constexpr std::size_t texts_max = 1'000;
constexpr std::size_t text_size_max = 100;

const std::vector<std::string_view> endpoint_members = {
    "id", "url", "secrets", "events", "units", "reminders", "allow_private", "from_position"};

bool is_endpoint_id(std::string_view id) {
    return !id.empty() && id.size() <= endpoint_id_size_max && id.front() != '-' &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string_view::npos;
}

// "appraisal.finalised": small letters, digits and _, in parts between full stops.
bool is_event_type(std::string_view type) {
    return !type.empty() && type.front() != '.' && type.back() != '.' &&
           type.find("..") == std::string_view::npos &&
           type.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") ==
               std::string_view::npos;
}

// Reads one entry and notes all that is wrong with it.
class EndpointReader {
  public:
    EndpointReader(const boost::json::object& entry, std::string place,
                   std::vector<json::Problem>& problems)
        : entry_(entry), place_(std::move(place)), problems_(problems) {}

    Endpoint read() {
        refuse_unknown();
        read_id();
        read_url();
        read_secrets();
        read_events();
        if (entry_.contains("units")) endpoint_.units = texts("units", "name units by their ids");
        endpoint_.reminders = flag("reminders");
        endpoint_.allow_private = flag("allow_private");
        read_from_position();
        refuse_private();
        return std::move(endpoint_);
    }

  private:
    void problem(const std::string& member, const std::string& message) {
        problems_.push_back({place_ + "/" + member, message});
    }

    void refuse_unknown() {
        for (const auto& member : entry_) {
            const std::string_view name = member.key();
            if (std::find(endpoint_members.begin(), endpoint_members.end(), name) !=
                endpoint_members.end()) {
                continue;
            }
            const auto near = json::nearest_name(name, endpoint_members);
            std::string pointer = place_;
            json::append_step(pointer, name);
            problems_.push_back(
                {pointer,
                 "is not known; " + (near.empty() ? "an entry has " + json::joined(endpoint_members)
                                                  : "write " + std::string(near))});
        }
    }

    // Null, with a problem, where it is left out or no text.
    const boost::json::string* text(const std::string& member, const std::string& remedy) {
        const auto* value = entry_.if_contains(member);
        const auto* found = value == nullptr ? nullptr : value->if_string();
        if (found == nullptr) {
            problem(member, (value == nullptr ? "is left out; " : "is no text; ") + remedy);
        }
        return found;
    }

    void read_id() {
        const std::string remedy = "write 1 to 48 small letters, digits, - and _ (not - in front)";
        const auto* found = text("id", remedy);
        if (found == nullptr) return;
        endpoint_.id = *found;
        if (!is_endpoint_id(endpoint_.id)) problem("id", "can not name a file; " + remedy);
    }

    void read_url() {
        const auto* found = text("url", "write where messages go: https://…");
        if (found == nullptr) return;
        auto url = parse_url(*found);
        if (!url) return problem("url", url.error().message);
        endpoint_.url = std::move(*url);
    }

    // Null, with a problem, where it is left out, no list or empty.
    const boost::json::array* list(const std::string& member, const std::string& remedy) {
        const auto* value = entry_.if_contains(member);
        const auto* found = value == nullptr ? nullptr : value->if_array();
        if (found != nullptr && !found->empty() && found->size() <= texts_max) return found;
        problem(member,
                (value == nullptr ? "is left out; " : "is no list of 1 to 1000 texts; ") + remedy);
        return nullptr;
    }

    std::vector<std::string> texts(const std::string& member, const std::string& remedy) {
        std::vector<std::string> found;
        const auto* values = list(member, remedy);
        for (std::size_t i = 0; values != nullptr && i < values->size(); ++i) {
            const auto* text = (*values)[i].if_string();
            if (text == nullptr || text->empty() || text->size() > text_size_max) {
                problem(member + "/" + std::to_string(i),
                        "is no text of 1 to 100 bytes; " + remedy);
            } else {
                found.emplace_back(*text);
            }
        }
        return found;
    }

    void read_secrets() {
        const auto secrets = texts("secrets", "write what receivers verify with: [\"whsec_…\"]");
        if (secrets.size() > secrets_max) {
            problem("secrets", "are more than 3; keep the new one and the one it replaces");
        }
        for (std::size_t i = 0; i < secrets.size(); ++i) {
            auto key = parse_secret(secrets[i]);
            const std::string member = "secrets/" + std::to_string(i);
            if (!key) {
                problem(member, key.error().message);
            } else if (std::find(endpoint_.keys.begin(), endpoint_.keys.end(), *key) !=
                       endpoint_.keys.end()) {
                problem(member, "stands before; keep it once");
            } else {
                endpoint_.keys.push_back(std::move(*key));
            }
        }
    }

    void read_events() {
        endpoint_.events =
            texts("events", "name types such as \"appraisal.finalised\", or \"*\" for all");
        for (std::size_t i = 0; i < endpoint_.events.size(); ++i) {
            const std::string& type = endpoint_.events[i];
            const std::string member = "events/" + std::to_string(i);
            if (type == "*" && endpoint_.events.size() > 1) {
                problem(member, "is all there is; leave the others out, or this one");
            } else if (type != "*" && !is_event_type(type)) {
                problem(member,
                        "is no type; write small letters, digits and _ in parts between full "
                        "stops, such as appraisal.finalised");
            }
        }
    }

    bool flag(const std::string& member) {
        const auto* value = entry_.if_contains(member);
        if (value == nullptr) return false;
        if (!value->is_bool()) problem(member, "is neither true nor false; write one of them");
        return value->is_bool() && value->get_bool();
    }

    void read_from_position() {
        const auto* value = entry_.if_contains("from_position");
        if (value == nullptr) return;
        if (!value->is_int64() || value->get_int64() < 1) {
            return problem("from_position", "is no whole number from 1 on; 1 is the whole log");
        }
        endpoint_.from_position = Position{static_cast<std::uint64_t>(value->get_int64())};
    }

    void refuse_private() {
        if (endpoint_.allow_private || endpoint_.url.host.empty()) return;
        if (!names_private_host(endpoint_.url)) return;
        problem("url",
                "is no address of the public Internet; if messages are to stay in the house, "
                "write \"allow_private\": true beside it");
    }

    const boost::json::object& entry_;
    std::string place_;
    std::vector<json::Problem>& problems_;
    Endpoint endpoint_;
};

Error endpoints_refusal(const std::vector<json::Problem>& problems) {
    return error(ErrorCode::invalid_input, json::to_text(problems));
}

bool speaks_of(const Endpoint& endpoint, const std::vector<std::string>& units) {
    return endpoint.units.empty() ||
           std::any_of(units.begin(), units.end(), [&](const std::string& unit) {
               return std::find(endpoint.units.begin(), endpoint.units.end(), unit) !=
                      endpoint.units.end();
           });
}

}  // namespace

Result<Endpoints> read_endpoints(std::string_view text) {
    std::vector<json::Problem> problems;
    const boost::json::value document = json::parse_document(text, problems);
    if (!problems.empty()) return endpoints_refusal(problems);
    const boost::json::array* entries = document.if_array();
    if (entries == nullptr) {
        return endpoints_refusal({{"", "is no list; write [{\"id\": …, \"url\": …}], or []"}});
    }
    Endpoints endpoints;
    for (std::size_t i = 0; i < entries->size(); ++i) {
        const std::string place = "/" + std::to_string(i);
        const boost::json::object* entry = (*entries)[i].if_object();
        if (entry == nullptr) {
            problems.push_back({place, "is no object; write {\"id\": …, \"url\": …}"});
            continue;
        }
        Endpoint endpoint = EndpointReader(*entry, place, problems).read();
        const bool again =
            std::any_of(endpoints.begin(), endpoints.end(), [&](const Endpoint& earlier) {
                return !endpoint.id.empty() && earlier.id == endpoint.id;
            });
        if (again) problems.push_back({place + "/id", "stands before; give each its own"});
        endpoints.push_back(std::move(endpoint));
    }
    if (!problems.empty()) return endpoints_refusal(problems);
    return endpoints;
}

Result<Endpoints> load_endpoints(const std::filesystem::path& path) {
    using std::filesystem::perms;
    std::error_code fault;
    const auto status = std::filesystem::status(path, fault);
    if (!std::filesystem::is_regular_file(status)) {
        return error(ErrorCode::environment,
                     path.string() +
                         " is no file that can be read; write the list of endpoints "
                         "there, or leave the option out");
    }
    if ((status.permissions() & (perms::group_all | perms::others_all)) != perms::none) {
        return error(ErrorCode::environment,
                     path.string() +
                         " holds secrets and is open to others than its owner; run: "
                         "chmod 600 " +
                         path.string());
    }
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) {
        return error(ErrorCode::environment,
                     "cannot read " + path.string() + "; let the user of this process own it");
    }
    auto endpoints = read_endpoints(text);
    if (!endpoints) {
        return error(endpoints.error().code, path.string() + ":\n" + endpoints.error().message);
    }
    return endpoints;
}

bool wants(const Endpoint& endpoint, std::string_view type, const std::vector<std::string>& units) {
    const auto named = [&](const std::string& each) { return each == "*" || each == type; };
    return std::any_of(endpoint.events.begin(), endpoint.events.end(), named) &&
           speaks_of(endpoint, units);
}

bool wants_reminder(const Endpoint& endpoint, const std::vector<std::string>& units) {
    return endpoint.reminders && speaks_of(endpoint, units);
}

}  // namespace jejak::webhooks
