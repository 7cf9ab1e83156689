// A host that is shown strings of every small length, which end where the guest's memory does: ASCII, and with one
// byte at every place that no valid string has there.
#include "guest.h"

#include <stdio.h>

#define LONGEST 70

static int failures;

#define CHECK(condition)                                                               \
  do {                                                                                 \
    if (!(condition)) {                                                                \
      printf("line %d: %s, %u bytes, %#x at %u\n", __LINE__, #condition, length, byte, place); \
      failures++;                                                                      \
    }                                                                                  \
  } while (0)

guest_status_t guest_import_take(void *self, const guest_string_t *s, uint32_t *result) {
  (void)self;
  *result = 0;
  for (size_t i = 0; i < s->len; i++) *result += (uint8_t)s->ptr[i];
  return GUEST_OK;
}

#ifdef TABLE
static const guest_imports_t imports = {guest_import_take};
#define IMPORTS &imports
#else
#define IMPORTS NULL
#endif

// A string with a byte beyond ASCII ends the zone.
static void say(uint32_t length, uint32_t place, uint32_t byte) {
  guest_t *zone;
  uint32_t sum = 0;
  CHECK(guest_new(IMPORTS, NULL, &zone) == GUEST_OK);
  guest_status_t status = guest_say(zone, length, place, byte, &sum);
  CHECK(status == (byte < 0x80 ? GUEST_OK : GUEST_INVALID_UTF8));
  if (status == GUEST_OK) CHECK(sum == 'a' * length + (place < length ? byte - 'a' : 0));
  guest_delete(zone);
}

int main(void) {
  for (uint32_t length = 0; length <= LONGEST; length++) {
    say(length, length, 0);
    for (uint32_t place = 0; place < length; place++) {
      say(length, place, 0x7f);
      say(length, place, 0x80);
      say(length, place, 0xc3);
      say(length, place, 0xff);
    }
  }
  return failures > 100 ? 100 : failures;
}
