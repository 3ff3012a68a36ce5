#include "workflows/scoring/node.hpp"

#include <algorithm>

#include "workflows/scoring/spelling.hpp"

namespace jejak::scoring {

namespace {

constexpr std::size_t identifier_length_max = 48;
constexpr std::uint32_t rounding_decimals_max = 9;
constexpr std::size_t shown_length_max = 40;
constexpr std::string_view name_letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

std::string child(const std::string& pointer, std::string_view token) {
    std::string out = pointer + "/";
    for (const char c : token) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

std::string listed(std::initializer_list<std::string_view> words) {
    std::string out;
    for (const auto word : words)
        out += (out.empty() ? "" : ", ") + std::string(word);
    return out;
}

}  // namespace

bool Node::only(std::initializer_list<std::string_view> members) const {
    if (!is_object()) {
        problem(present() ? "is not an object" : "is missing",
                "write an object with: " + listed(members));
        return false;
    }
    for (const auto& member : value_->get_object()) {
        const std::string_view key(member.key().data(), member.key().size());
        if (key == "note" || std::find(members.begin(), members.end(), key) != members.end())
            continue;
        (*this)[key].problem("is not known here",
                             "remove it, or write one of: " + listed(members) + ", note");
    }
    return true;
}

Node Node::operator[](std::string_view member) const {
    const boost::json::value* found = nullptr;
    if (is_object()) found = value_->get_object().if_contains({member.data(), member.size()});
    return {found, child(pointer_, member), *problems_};
}

std::vector<Node> Node::elements() const {
    std::vector<Node> out;
    if (!present() || !value_->is_array()) {
        problem(present() ? "is not a list" : "is missing", "write a list: [ … ]");
        return out;
    }
    for (const auto& element : value_->get_array()) {
        out.emplace_back(&element, child(pointer_, std::to_string(out.size())), *problems_);
    }
    return out;
}

std::vector<std::string_view> Node::member_names() const {
    std::vector<std::string_view> out;
    if (!is_object()) return out;
    for (const auto& member : value_->get_object()) {
        if (member.key() != "note") out.emplace_back(member.key().data(), member.key().size());
    }
    return out;
}

std::string Node::string() const {
    if (!is_string() || value_->get_string().empty()) {
        problem(present() ? "is not a text, or an empty one" : "is missing", "write a text");
        return {};
    }
    const auto& text = value_->get_string();
    return {text.data(), text.size()};
}

std::string Node::identifier() const {
    if (!is_string()) {
        problem(present() ? "is not a name" : "is missing",
                "write a name of letters, digits, _ and -");
        return {};
    }
    const std::string_view word(value_->get_string().data(), value_->get_string().size());
    const bool good = word.find_first_not_of(name_letters) == std::string_view::npos;
    if (word.empty() || word.size() > identifier_length_max || !good) {
        problem("'" + std::string(word) + "' is not a name",
                "write 1 to 48 letters, digits, _ and -");
    }
    return std::string(word);
}

Text Node::text() const {
    if (!only({"id", "en"})) return {};
    return {(*this)["id"].string(), (*this)["en"].string()};
}

Rational Node::number() const {
    if (value_ && value_->is_int64()) return value_->get_int64();
    if (!is_string()) {
        problem(present() ? "is not a number" : "is missing",
                "write a number as a text, such as \"7.35\", \"60\" or \"1/9\"");
        return {};
    }
    const auto& text = value_->get_string();
    const auto parsed = Rational::parse({text.data(), text.size()});
    if (parsed) return *parsed;
    const bool comma = text.find(',') != boost::json::string::npos;
    problem("'" + std::string(text.data(), std::min<std::size_t>(text.size(), shown_length_max)) +
                "' is not a number",
            comma ? "write a point, not a comma: \"40.5\""
                  : "write digits with a decimal point or a fraction, such as \"7.35\" or \"1/9\"");
    return {};
}

std::uint32_t Node::whole(std::uint32_t minimum, std::uint32_t maximum) const {
    const auto number = value_ && value_->is_int64() ? value_->get_int64() : -1;
    if (number < minimum || number > maximum) {
        problem(present() ? "is not a whole number that is allowed here" : "is missing",
                "write a number from " + std::to_string(minimum) + " to " +
                    std::to_string(maximum) + ", without quotes");
        return minimum;
    }
    return static_cast<std::uint32_t>(number);
}

Citation Node::citation() const {
    if (is_string()) return {string(), "", ""};
    only({"citation", "confidence", "address"});
    Citation out{(*this)["citation"].string(), (*this)["confidence"].string(), ""};
    static constexpr std::string_view tags = "SDCM";
    if (out.confidence.size() != 1 || tags.find(out.confidence) == std::string_view::npos) {
        (*this)["confidence"].problem(
            "is not a confidence tag",
            "write S (read), D (derived), C (seen in code) or M (memory)");
    }
    if (const auto address = (*this)["address"]; address.present()) out.address = address.string();
    return out;
}

std::optional<Citation> Node::source() const {
    const auto place = (*this)["source"];
    if (!place.present()) return std::nullopt;
    return place.citation();
}

RoundingRule Node::rounding() const {
    only({"decimals", "mode"});
    return {(*this)["decimals"].whole(0, rounding_decimals_max),
            (*this)["mode"].choice<RoundingMode>()};
}

std::vector<std::string> Node::identifiers() const {
    std::vector<std::string> out;
    for (const auto& place : elements())
        out.push_back(place.identifier());
    if (present() && out.empty()) problem("is empty", "name at least one, or remove it");
    return out;
}

std::vector<std::string> Node::words() const {
    std::vector<std::string> out;
    for (const auto& place : elements()) {
        out.push_back(normal_form(place.string()));
        if (out.back().empty()) place.problem("has no letter or digit", "write a word");
    }
    return out;
}

bool Node::boolean() const {
    if (value_ && value_->is_bool()) return value_->get_bool();
    problem(present() ? "is neither true nor false" : "is missing", "write true or false");
    return false;
}

}  // namespace jejak::scoring
