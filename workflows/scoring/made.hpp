#pragma once

#include <type_traits>
#include <vector>

namespace jejak::scoring {

// What `make` returns comes to be where a container wants its element, and is not moved there: a
// line of a derivation is a handful of texts, and moving each costs as much as writing it.
template <class Make>
class Made {
  public:
    explicit Made(const Make& make) : make_(make) {}
    // Implicit on purpose: the element is constructed from it.
    operator std::invoke_result_t<const Make&>() const {  // NOLINT(google-explicit-constructor)
        return make_();
    }

  private:
    const Make& make_;
};

// Appends what `make` returns.
template <class Element, class Make>
Element& append(std::vector<Element>& to, const Make& make) {
    return to.emplace_back(Made<Make>(make));
}

}  // namespace jejak::scoring
