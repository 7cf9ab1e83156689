// A host with resources of its own, which the component uses, and handles to the component's. It calls
// back from its imports, and hands over what it must not.
#include "guest.h"

#include <stdio.h>

// High bits show that all 64 of a representation pass.
#define BASE 0xabcdef0000000000ull

static int host;
static guest_t *zone;
static int failures;

static int drops;
static uint64_t last;
// What an import returned to the component.
static int32_t inner;

#define CHECK(condition)                                                               \
  do {                                                                                 \
    if (!(condition)) {                                                                \
      printf("line %d: %s\n  %s\n", __LINE__, #condition, guest_message(zone));        \
      failures++;                                                                      \
    }                                                                                  \
  } while (0)

void guest_import_file_drop(void *self, guest_file_t rep) {
  CHECK(self == &host);
  drops++;
  last = rep;
}

guest_status_t guest_import_open(void *self, uint32_t n, guest_file_t *result) {
  CHECK(self == &host);
  *result = BASE + n;
  return GUEST_OK;
}

guest_status_t guest_import_read(void *self, guest_file_t f, uint32_t what, uint32_t *result) {
  (void)self;
  CHECK(f == BASE + 5);
  *result = (uint32_t)f;
  // The file is lent: the component must not get rid of it now.
  if (what == 1) inner = guest_drop_it(zone);
  if (what == 2) inner = guest_close_it(zone);
  // A trap below ends the zone, whatever this function makes of it.
  if (what == 3 || what == 4) inner = guest_trap(zone);
  return what == 4 ? inner : GUEST_OK;
}

guest_status_t guest_import_close(void *self, guest_file_t f) {
  (void)self;
  last = f;
  return GUEST_OK;
}

guest_status_t guest_import_all(void *self, const guest_list_file_t *fs, uint64_t *result) {
  (void)self;
  *result = 0;
  for (size_t i = 0; i < fs->len; i++) *result += fs->ptr[i] - BASE;
  return GUEST_OK;
}

guest_status_t guest_import_fail(void *self, uint32_t status) {
  (void)self;
  return (guest_status_t)status;
}

static guest_string_t text;

guest_status_t guest_import_text(void *self, guest_string_t *result) {
  (void)self;
  *result = text;
  return GUEST_OK;
}

guest_status_t guest_import_letter(void *self, uint32_t *result) {
  (void)self;
  *result = 0xdfff;
  return GUEST_OK;
}

guest_status_t guest_import_maybe(void *self, guest_option_u32_t *result) {
  (void)self;
  result->is_some = 2;
  return GUEST_OK;
}

#ifdef TABLE
static const guest_imports_t imports = {
    guest_import_file_drop, guest_import_open,   guest_import_read,
    guest_import_close,     guest_import_all,    guest_import_fail,
    guest_import_text,      guest_import_letter, guest_import_maybe,
};
#define IMPORTS &imports
#else
#define IMPORTS NULL
#endif

static void fresh(void) {
  guest_delete(zone);
  zone = NULL;
  if (guest_new(IMPORTS, &host, &zone) != GUEST_OK) abort();
}

static void own_resources(void) {
  uint32_t r;
  uint64_t sum;
  fresh();
  CHECK(guest_use(zone, 0, &r) == GUEST_OK && r == 5 && drops == 0);
  CHECK(guest_drop_it(zone) == GUEST_OK && drops == 1 && last == BASE + 5);
  CHECK(guest_use(zone, 0, &r) == GUEST_OK);
  CHECK(guest_close_it(zone) == GUEST_OK && drops == 1 && last == BASE + 5);
  CHECK(guest_drop_it(zone) == GUEST_UNKNOWN_HANDLE && drops == 1);
  fresh();
  // What the guest still owns goes with the zone.
  CHECK(guest_use(zone, 0, &r) == GUEST_OK && drops == 1);
  last = 0;
  fresh();
  CHECK(drops == 2 && last == BASE + 5);
  CHECK(guest_all(zone, &sum) == GUEST_OK && sum == 6);
}

static void calls_back(void) {
  uint32_t r;
  fresh();
  CHECK(guest_use(zone, 1, &r) == GUEST_HANDLE_LENT && inner == GUEST_HANDLE_LENT);
  fresh();
  CHECK(guest_use(zone, 2, &r) == GUEST_HANDLE_LENT && inner == GUEST_HANDLE_LENT);
  fresh();
  CHECK(guest_use(zone, 3, &r) == GUEST_UNREACHABLE && inner == GUEST_UNREACHABLE);
  CHECK(guest_use(zone, 0, &r) == GUEST_CANNOT_ENTER);
  fresh();
  CHECK(guest_use(zone, 4, &r) == GUEST_UNREACHABLE && inner == GUEST_UNREACHABLE);
}

static void status(void) {
  fresh();
  CHECK(guest_fail(zone, GUEST_OK) == GUEST_OK);
  CHECK(guest_fail(zone, 1000) == GUEST_HOST_FAILED);
  fresh();
  CHECK(guest_fail(zone, GUEST_HOST_FAILED) == GUEST_HOST_FAILED);
  fresh();
  // What another instance returned is handed on.
  CHECK(guest_fail(zone, GUEST_UNREACHABLE) == GUEST_UNREACHABLE);
  CHECK(strstr(guest_message(zone), "wasm `unreachable` instruction executed") != NULL);
  fresh();
  CHECK(guest_fail(zone, GUEST_EXIT) == GUEST_EXIT);
}

static void bad_values(void) {
  static const uint8_t valid[] = "valid";
  fresh();
  text = guest_string_dup((const char *)valid);
  CHECK(guest_text(zone) == GUEST_OK);
  text.ptr = NULL;
  text.len = 0;
  CHECK(guest_text(zone) == GUEST_OK);
  text = guest_string_dup("in\xffvalid");
  CHECK(guest_text(zone) == GUEST_INVALID_UTF8);
  fresh();
  CHECK(guest_letter(zone) == GUEST_INVALID_CHAR);
  fresh();
  CHECK(guest_maybe(zone) == GUEST_INVALID_DISCRIMINANT);
}

// Run under the leak sanitizer: what of the result was made before the trap is freed with the zone.
static void half_a_result(void) {
  guest_list_string_t strings;
  fresh();
  CHECK(guest_half(zone, &strings) == GUEST_INVALID_UTF8);
}

static void the_component_s_resources(void) {
  guest_things_r_t a, b, c;
  uint32_t r;
  fresh();
  CHECK(guest_things_make(zone, 10, &a) == GUEST_OK);
  CHECK(guest_things_make(zone, 20, &b) == GUEST_OK && a != b);
  CHECK(guest_things_look(zone, a, &r) == GUEST_OK && r == 10);
  CHECK(guest_things_look(zone, b, &r) == GUEST_OK && r == 20);
  CHECK(guest_things_look(zone, a, &r) == GUEST_OK && r == 10);
  CHECK(guest_things_count(zone, &r) == GUEST_OK && r == 0);
  CHECK(guest_things_r_drop(zone, a) == GUEST_OK);
  CHECK(guest_things_count(zone, &r) == GUEST_OK && r == 10);
  CHECK(guest_things_take(zone, b, &r) == GUEST_OK && r == 20);
  CHECK(guest_things_count(zone, &r) == GUEST_OK && r == 30);
  CHECK(guest_things_r_drop(zone, b) == GUEST_UNKNOWN_HANDLE);
  CHECK(guest_things_make(zone, 1, &c) == GUEST_OK);
  CHECK(guest_things_two(zone, c, c, &r) == GUEST_HANDLE_LENT);
  fresh();
  CHECK(guest_things_look(zone, 77, &r) == GUEST_UNKNOWN_HANDLE);
  fresh();
  // Not the handle with those low bits.
  CHECK(guest_things_make(zone, 10, &a) == GUEST_OK);
  CHECK(guest_things_look(zone, a | 1ull << 32, &r) == GUEST_UNKNOWN_HANDLE);
}

int main(void) {
  own_resources();
  calls_back();
  status();
  bad_values();
  half_a_result();
  the_component_s_resources();
  guest_delete(zone);
  return failures;
}
