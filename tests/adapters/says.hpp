#pragma once

#include <gtest/gtest.h>

#include <string>

namespace jejak {

[[nodiscard]] inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// Whether the message names what is wrong in these words.
[[nodiscard]] inline testing::AssertionResult says(const std::string& message,
                                                   const std::string& words) {
    if (message.find(words) != std::string::npos) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "\"" << words << "\" is not said in:\n" << message;
}

}  // namespace jejak
