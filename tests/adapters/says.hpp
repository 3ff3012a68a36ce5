#pragma once

#include <gtest/gtest.h>

#include <string>

namespace jejak {

// Whether the message names what is wrong in these words.
[[nodiscard]] inline testing::AssertionResult says(const std::string& message,
                                                   const std::string& words) {
    if (message.find(words) != std::string::npos) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "\"" << words << "\" is not said in:\n" << message;
}

}  // namespace jejak
