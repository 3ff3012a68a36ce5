#pragma once

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/scoring/check.hpp"

namespace jejak::scoring {

// A place in a policy document, which may be empty. Reading never fails: what is not as asked for
// is noted in `problems` with its pointer, and a harmless value is given instead, so that one
// reading finds every problem.
class Node {
  public:
    // `value` may be null (nothing stands there); it and `problems` outlive the node.
    Node(const boost::json::value* value, std::string pointer, std::vector<Problem>& problems)
        : value_(value), pointer_(std::move(pointer)), problems_(&problems) {}

    [[nodiscard]] bool present() const { return value_ != nullptr; }
    [[nodiscard]] bool is_string() const { return value_ && value_->is_string(); }
    [[nodiscard]] bool is_object() const { return value_ && value_->is_object(); }
    [[nodiscard]] const std::string& pointer() const { return pointer_; }

    void problem(std::string message, std::string remedy) const {
        problems_->push_back({pointer_, std::move(message), std::move(remedy)});
    }
    // Is it an object with no other members than these (and "note")?
    bool only(std::initializer_list<std::string_view> members) const;
    // Empty where this is no object or has no such member.
    [[nodiscard]] Node operator[](std::string_view member) const;
    // The elements of an array; none, with a problem, where it is something else.
    [[nodiscard]] std::vector<Node> elements() const;
    [[nodiscard]] std::vector<std::string_view> member_names() const;

    // The following want something to stand there.
    [[nodiscard]] std::string string() const;
    [[nodiscard]] std::string identifier() const;  // [A-Za-z0-9_-]{1,48}
    [[nodiscard]] Text text() const;               // {"id": …, "en": …}
    [[nodiscard]] Rational number() const;         // "7.35", "1/9" or an integer
    [[nodiscard]] std::uint32_t whole(std::uint32_t minimum, std::uint32_t maximum) const;
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] Citation citation() const;                     // a text, or with its confidence
    [[nodiscard]] RoundingRule rounding() const;                 // {"decimals", "mode"}
    [[nodiscard]] std::vector<std::string> identifiers() const;  // a list of them
    [[nodiscard]] std::vector<std::string> words() const;        // a list of texts in normal form
    // The member "source", where there is one.
    [[nodiscard]] std::optional<Citation> source() const;

    template <class Enum>
    [[nodiscard]] Enum choice() const {
        Enum chosen{};
        bool found = false;
        std::string names;
        const auto word = is_string() ? string() : std::string();
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto described) {
            names += (names.empty() ? "" : ", ") + std::string(described.name);
            if (word == described.name) chosen = described.value, found = true;
        });
        if (!found) problem("is not one of the words known here", "write one of: " + names);
        return chosen;
    }

  private:
    const boost::json::value* value_;
    std::string pointer_;
    std::vector<Problem>* problems_;
};

}  // namespace jejak::scoring
