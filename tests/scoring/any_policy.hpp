#pragma once

#include <array>
#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "workflows/scoring/policy.hpp"

// Random policies that check() takes, to state laws about.
namespace jejak::scoring::testing {

// The whole part, towards zero.
inline std::int64_t whole(const Rational& number) {
    return std::stoll(number.round(0, RoundingMode::down).text());
}

// The same numbers from the same seed on any machine, which the standard's distributions do not
// promise.
class Dice {
  public:
    explicit Dice(std::uint32_t seed) : random_(seed) {}
    // 0 .. sides - 1; `sides` > 0.
    std::int64_t below(std::int64_t sides) {
        return static_cast<std::int64_t>(random_() % static_cast<std::uint32_t>(sides));
    }
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least + below(most - least + 1);
    }
    bool one_in(std::int64_t sides) { return below(sides) == 0; }
    const char* word(std::initializer_list<const char*> words) {
        return words.begin()[below(static_cast<std::int64_t>(words.size()))];
    }
    // One of them; they are not empty.
    template <class Things>
    decltype(auto) of(Things& things) {
        return things[static_cast<std::size_t>(below(static_cast<std::int64_t>(things.size())))];
    }
    template <class Things>
    void shuffle(Things& things) {
        for (std::size_t i = things.size(); i > 1; --i)
            std::swap(things[i - 1], things[static_cast<std::size_t>(random_() % i)]);
    }

    // As text, or, where it is whole, sometimes as an integer.
    boost::json::value number(const Rational& number) {
        if (number == whole(number) && one_in(3)) return whole(number);
        return boost::json::value(number.compact());
    }
    boost::json::value whole_number(std::int64_t least, std::int64_t most) {
        return number(between(least, most));
    }
    boost::json::value tenths(std::int64_t least, std::int64_t most) {
        return number(Rational(between(least * 10, most * 10), 10));
    }
    boost::json::object rounding() {
        return {{"decimals", one_in(8) ? 9 : below(4)},
                {"mode", word({"half_up", "half_even", "down", "up"})}};
    }
    // `parts` positive weights that sum to 100.
    std::vector<Rational> shares(std::int64_t parts) {
        std::vector<Rational> out;
        Rational sum;
        for (std::int64_t i = 0; i < parts; ++i)
            sum += out.emplace_back(between(1, 9));
        for (auto& share : out)
            share *= Rational(100) / sum;
        return out;
    }

  private:
    std::mt19937 random_;
};

// The flags that random policies ask for.
inline constexpr std::array<const char*, 3> any_flags = {"ide_baru", "hukuman", "inovasi"};

// A document that check() takes. Throws std::logic_error, with document and problems, where it does
// not: then this generator, or check(), is wrong.
//
// It stays away from what the grammar leaves open or the evaluator reads otherwise than it; look
// for "Open:" in the source.
[[nodiscard]] boost::json::object any_policy(Dice& dice);

}  // namespace jejak::scoring::testing
