// A host that gives values to a component and reads those that it exports.
#include "guest.h"

#include <stdio.h>

static int host;
static guest_t *zone;
static int failures;

// What was asked for, in order, and which of it fails or is malformed.
static char asked[16];
static char broken;
static int drops;

#define CHECK(condition)                                                               \
  do {                                                                                 \
    if (!(condition)) {                                                                \
      printf("line %d: %s\n  %s\n", __LINE__, #condition, guest_message(zone));        \
      failures++;                                                                      \
    }                                                                                  \
  } while (0)

static guest_status_t ask(void *self, char what) {
  CHECK(self == &host);
  asked[strlen(asked)] = what;
  return broken == what ? 1000 : GUEST_OK;
}

guest_status_t guest_import_name(void *self, guest_string_t *result) {
  guest_status_t status = ask(self, 'n');
  if (status == GUEST_OK) *result = guest_string_dup("xerxes");
  return status;
}

guest_status_t guest_import_scale(void *self, uint32_t *result) {
  *result = 3;
  return ask(self, 's');
}

guest_status_t guest_import_settings_tags(void *self, guest_list_string_t *result) {
  guest_status_t status = ask(self, 't');
  if (status != GUEST_OK) return status;
  result->len = 2;
  result->ptr = malloc(2 * sizeof *result->ptr);
  if (!result->ptr) abort();
  result->ptr[0] = guest_string_dup("");
  result->ptr[1] = guest_string_dup("second");
  return GUEST_OK;
}

guest_status_t guest_import_settings_letter(void *self, uint32_t *result) {
  *result = broken == 'L' ? 0xdfff : 0x1f600;
  return ask(self, 'l');
}

guest_status_t guest_import_handle(void *self, guest_file_t *result) {
  *result = 0xabcdef0000000005ull;
  return ask(self, 'h');
}

guest_status_t guest_import_again(void *self, guest_tuple2_u8_option_string_t *result) {
  guest_status_t status = ask(self, 'a');
  if (status != GUEST_OK) return status;
  result->f0 = 200;
  result->f1.is_some = true;
  result->f1.value = guest_string_dup("once more");
  return GUEST_OK;
}

guest_status_t guest_import_look(void *self, guest_file_t f, uint32_t *result) {
  CHECK(self == &host && f == 0xabcdef0000000005ull);
  *result = (uint32_t)f;
  return GUEST_OK;
}

void guest_import_file_drop(void *self, guest_file_t rep) {
  CHECK(self == &host && rep == 0xabcdef0000000005ull);
  drops++;
}

#ifdef TABLE
static const guest_imports_t imports = {
    .name = guest_import_name,
    .scale = guest_import_scale,
    .settings_tags = guest_import_settings_tags,
    .settings_letter = guest_import_settings_letter,
    .handle = guest_import_handle,
    .again = guest_import_again,
    .look = guest_import_look,
    .file_drop = guest_import_file_drop,
};
#define IMPORTS &imports
#else
#define IMPORTS NULL
#endif

static guest_status_t fresh(void) {
  guest_delete(zone);
  zone = NULL;
  memset(asked, 0, sizeof asked);
  return guest_new(IMPORTS, &host, &zone);
}

static int is(guest_string_t string, const char *wanted) {
  return string.len == strlen(wanted) && memcmp(string.ptr, wanted, string.len) == 0;
}

static void values_are_read_once_and_in_order(void) {
  CHECK(fresh() == GUEST_OK);
  CHECK(strcmp(asked, "nstlha") == 0);
  guest_string_t rest, second;
  CHECK(guest_rest(zone, &rest) == GUEST_OK && is(rest, "erxes"));
  // Reading does not use a value up, and calls in between do not take it away.
  guest_string_t called;
  CHECK(guest_text(zone, &called) == GUEST_OK && is(called, "abc"));
  guest_string_free(&called);
  CHECK(guest_rest(zone, &second) == GUEST_OK && second.ptr != rest.ptr && is(second, "erxes"));
  guest_string_free(&rest);
  guest_string_free(&second);
  guest_tuple2_u8_option_string_t again;
  CHECK(guest_again(zone, &again) == GUEST_OK);
  CHECK(again.f0 == 200 && again.f1.is_some && is(again.f1.value, "once more"));
  guest_tuple2_u8_option_string_free(&again);
  CHECK(strcmp(asked, "nstlha") == 0);
}

static void a_handle_can_be_a_value(void) {
  uint32_t low = 0;
  CHECK(fresh() == GUEST_OK);
  // The zone before had one, too.
  drops = 0;
  CHECK(guest_look_again(zone, &low) == GUEST_OK && low == 5 && drops == 0);
  CHECK(guest_finish(zone) == GUEST_OK && drops == 1);
  CHECK(guest_look_again(zone, &low) == GUEST_UNKNOWN_HANDLE);
}

static void a_handle_is_given_away_by_reading_it(void) {
  guest_items_item_t item = 0;
  uint32_t number = 0;
  CHECK(fresh() == GUEST_OK);
  CHECK(guest_items_made(zone, &item) == GUEST_OK);
  CHECK(guest_items_item_number(zone, item, &number) == GUEST_OK && number == 9);
  CHECK(guest_items_item_drop(zone, item) == GUEST_OK);
  CHECK(guest_items_made(zone, &item) == GUEST_UNKNOWN_HANDLE);
}

static void a_zone_that_ended_has_no_values(void) {
  guest_string_t rest = {0};
  CHECK(fresh() == GUEST_OK);
  CHECK(guest_trap(zone) == GUEST_UNREACHABLE);
  CHECK(guest_rest(zone, &rest) != GUEST_OK && rest.ptr == NULL);
}

// Instantiation ends there, and frees what it had.
static void values_can_be_missing_or_malformed(void) {
  const char *order = "nstlha";
  for (size_t i = 0; i < strlen(order); i++) {
    broken = order[i];
    CHECK(fresh() == GUEST_HOST_FAILED);
    CHECK(strlen(asked) == i + 1);
  }
  broken = 'L';
  CHECK(fresh() == GUEST_INVALID_CHAR);
  broken = 0;
}

int main(void) {
  values_are_read_once_and_in_order();
  a_handle_can_be_a_value();
  a_handle_is_given_away_by_reading_it();
  a_zone_that_ended_has_no_values();
  values_can_be_missing_or_malformed();
  guest_delete(zone);
  return failures;
}
