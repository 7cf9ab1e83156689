// What the programs of this folder count: conditions that do not hold, with what the instances say.
#pragma once

#include <stdio.h>

static int failures;

#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      printf("line %d: %s\n  %s\n  %s\n", __LINE__, #condition, consumer_message(consumer),        \
             provider_message(provider));                                                          \
      failures++;                                                                                  \
    }                                                                                              \
  } while (0)
