// A host whose import calls the zone that calls it, twice each time, while both have objects: what each call of
// `work` gives is known.
#include "guest.h"

#include <stdio.h>

#define COUNT 100

static guest_t *zone;
static int failures;
static int calls;

#define CHECK(condition)                                                               \
  do {                                                                                 \
    if (!(condition)) {                                                                \
      printf("line %d: %s\n  %s\n", __LINE__, #condition, guest_message(zone));        \
      failures++;                                                                      \
    }                                                                                  \
  } while (0)

// The sum of the list seed, seed + 1, … in reverse, which begins with what is given.
static uint32_t sum(uint32_t sum, uint32_t count, uint32_t seed) {
  while (count--) sum = sum * 31 + (seed + count);
  return sum;
}

// What the calls leave in the zone: the seed of the innermost, last call; those in the table.
static uint32_t latest, table[4];

static uint32_t expected(uint32_t depth, uint32_t seed) {
  latest = table[depth & 3] = seed;
  uint32_t result = 0;
  if (depth) {
    result = expected(depth - 1, seed * 7);
    result ^= expected(depth - 1, seed * 7 + 1);
  }
  result += sum(depth, COUNT, seed);
  result += sum(0, COUNT, seed);
  result ^= sum(0, 50, depth);
  return result + sum(0, COUNT, latest);
}

guest_status_t guest_import_back(void *self, uint32_t depth, uint32_t seed, uint32_t *result) {
  (void)self;
  calls++;
  uint32_t one = 0, other = 0;
  CHECK(guest_work(zone, depth, seed, &one) == GUEST_OK);
  CHECK(guest_work(zone, depth, seed + 1, &other) == GUEST_OK);
  *result = one ^ other;
  return GUEST_OK;
}

#ifdef TABLE
static const guest_imports_t imports = {guest_import_back};
#define IMPORTS &imports
#else
#define IMPORTS NULL
#endif

int main(void) {
  for (int round = 0; round < 3; round++) {
    CHECK(guest_new(IMPORTS, NULL, &zone) == GUEST_OK);
    for (uint32_t depth = 0; depth < 8; depth++) {
      uint32_t result = 0, known = expected(depth, depth + 17);
      CHECK(guest_work(zone, depth, depth + 17, &result) == GUEST_OK);
      CHECK(result == known);
    }
    for (uint32_t index = 0; index < 4; index++) {
      uint32_t result = 0;
      CHECK(guest_table(zone, index, &result) == GUEST_OK);
      CHECK(result == sum(0, COUNT, table[index]));
    }
    guest_delete(zone);
  }
  CHECK(calls == 3 * (0 + 1 + 3 + 7 + 15 + 31 + 63 + 127));
  return failures;
}
