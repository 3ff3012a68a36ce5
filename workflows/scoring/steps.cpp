#include "workflows/scoring/steps.hpp"

#include <algorithm>

#include "workflows/scoring/made.hpp"
#include "workflows/scoring/rounded.hpp"

namespace jejak::scoring {

namespace {

class StepRun {
  public:
    StepRun(const Policy& policy, const Step& step, bool explains, Derivation& derivation,
            const std::vector<std::optional<Rational>>& values)
        : policy_(policy),
          step_(step),
          explains_(explains),
          derivation_(derivation),
          values_(values) {
        if (!explains) return;
        node_.step = step.id;
        node_.how = name_of(step.how);
        node_.terms.reserve(std::max<std::size_t>(step.of.size(), 2));
    }

    // None: a value is missing, whose id stands in lacks().
    std::optional<Rational> run() {
        auto exact = computed();
        if (!exact) return std::nullopt;
        const auto after = rounded(limited(*exact), step_.rounding, "step", step_.id,
                                   explains_ ? &derivation_ : nullptr);
        if (!explains_) return after;
        node_.result = after.compact();
        derivation_.steps.push_back(std::move(node_));
        return after;
    }
    [[nodiscard]] const std::string& lacks() const { return lacks_; }

  private:
    template <class Number>
    const Rational* value(std::uint32_t index, const Number& factor) {
        if (!values_[index]) {
            lacks_ = value_id(policy_, index);
            return nullptr;
        }
        if (explains_) {
            append(node_.terms, [&] {
                return Term{value_id(policy_, index), values_[index]->compact(), factor.compact()};
            });
        }
        return &*values_[index];
    }

    std::optional<Rational> computed() {
        if (step_.how == StepRule::flagged) {
            const auto factor = flagged_factor();
            const auto* number = value(step_.value, factor);
            return number ? std::optional(*number * factor) : std::nullopt;
        }
        if (step_.how == StepRule::blend) return blended();
        Rational sum, weights;
        for (const auto& term : step_.of) {
            const auto* number = value(term.value, term.factor);
            if (number == nullptr && step_.how == StepRule::sum) return std::nullopt;
            if (number == nullptr) continue;
            sum += *number * term.factor;
            weights += term.factor;
        }
        if (step_.how == StepRule::sum) return sum;
        if (weights.is_zero()) return std::nullopt;
        return sum / weights;
    }

    std::optional<Rational> blended() {
        if (!values_[step_.with] || !values_[step_.value]) {
            lacks_ = value_id(policy_, values_[step_.with] ? step_.value : step_.with);
            return std::nullopt;
        }
        const bool reaches = *values_[step_.value] >= *values_[step_.with];
        const auto weight = reaches ? flagged_factor() : step_.otherwise;
        const auto rest = Rational(1) - weight;
        const auto* with = value(step_.with, weight);
        const auto* own = value(step_.value, rest);
        return *with * weight + *own * rest;
    }

    Rational flagged_factor() {
        const Step::Flagged* best = nullptr;
        for (const auto& flagged : step_.flags) {
            const auto& set = derivation_.flags;
            if (std::find(set.begin(), set.end(), flagged.flag) == set.end()) continue;
            if (best == nullptr || flagged.factor > best->factor) best = &flagged;
        }
        if (best == nullptr) return step_.otherwise;
        node_.flag = best->flag;
        return best->factor;
    }

    Rational limited(Rational number) {
        const auto before = number;
        if (step_.minimum && number < *step_.minimum) number = *step_.minimum;
        if (step_.maximum && number > *step_.maximum) number = *step_.maximum;
        if (explains_ && number != before) {
            derivation_.limits.push_back({step_.id, before.compact(), number.compact()});
        }
        return number;
    }

    const Policy& policy_;
    const Step& step_;
    bool explains_;
    Derivation& derivation_;
    const std::vector<std::optional<Rational>>& values_;
    StepNode node_;
    std::string lacks_;
};

}  // namespace

const std::string& value_id(const Policy& policy, std::uint32_t value) {
    const auto groups = policy.groups.size();
    return value < groups ? policy.groups[value].id : policy.steps[value - groups].id;
}

const Text& value_title(const Policy& policy, std::uint32_t value) {
    const auto groups = policy.groups.size();
    return value < groups ? policy.groups[value].title : policy.steps[value - groups].title;
}

void run_steps(const Policy& policy, bool explains, Derivation& derivation,
               std::vector<std::optional<Rational>>& values, std::vector<MissingPart>& missing) {
    if (explains) derivation.steps.reserve(policy.steps.size());
    for (const auto& step : policy.steps) {
        StepRun run(policy, step, explains, derivation, values);
        auto result = run.run();
        if (!result && step.how != StepRule::mean) {
            missing.push_back(
                {{"langkah " + step.id, "step " + step.id},
                 {"memerlukan nilai " + run.lacks(), "needs the value of " + run.lacks()}});
        }
        values.push_back(std::move(result));
    }
}

}  // namespace jejak::scoring
