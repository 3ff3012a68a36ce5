#pragma once

#include <cstdio>
#include <cstdlib>

// Stops the process where going on could write nonsense (design: "the programmer erred").
// It stays on in every build; it is for broken memory of our own, never for bad input.
#define ENSURE(condition)                                                                   \
    do {                                                                                    \
        if (!(condition)) {                                                                 \
            std::fprintf(stderr, "%s:%d: ENSURE(%s) failed\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                                   \
        }                                                                                   \
    } while (false)
