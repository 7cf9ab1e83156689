// A host that makes error contexts, is lent them, is given them and gives them. Built with the address sanitizer
// where there is one: a message that is freed twice or never fails the test.
#include "guest.h"

#include <stdio.h>

static guest_t *zone;
static int failures;
// The last message that was logged.
static char logged[64];
// What the next list of give-all has in it.
static bool lies;

#define CHECK(condition)                                                               \
  do {                                                                                 \
    if (!(condition)) {                                                                \
      printf("line %d: %s\n  %s\n", __LINE__, #condition, zone ? guest_message(zone) : ""); \
      failures++;                                                                      \
    }                                                                                  \
  } while (0)

static bool is(guest_error_context_t context, const char *text) {
  guest_string_t message = guest_error_context_debug_message(context);
  return message.len == strlen(text) && memcmp(message.ptr, text, message.len) == 0;
}

// ---- Imports ----

#ifdef TABLE
#define IMPORT(name) static guest_status_t import_##name
#else
#define IMPORT(name) guest_status_t guest_import_##name
#endif

IMPORT(log)(void *host, guest_error_context_t e) {
  (void)host;
  guest_string_t message = guest_error_context_debug_message(e);
  snprintf(logged, sizeof logged, "%.*s", (int)message.len, (const char *)message.ptr);
  // A copy is kept only beyond the call.
  guest_error_context_drop(guest_error_context_clone(e));
  return GUEST_OK;
}

IMPORT(give)(void *host, const guest_string_t *message, guest_error_context_t *result) {
  (void)host;
  *result = guest_error_context_new(message);
  return GUEST_OK;
}

IMPORT(give_all)(void *host, uint32_t count, guest_list_result_error_context_string_t *result) {
  (void)host;
  result->len = count;
  result->ptr = calloc(count + 1, sizeof *result->ptr);
  for (uint32_t i = 0; i < count; i++) {
    char text[16];
    snprintf(text, sizeof text, "no. %u", i);
    result->ptr[i].is_err = i % 2;
    if (i % 2) {
      result->ptr[i].val.err = guest_string_dup(text);
    } else {
      guest_string_t message = guest_string_from(text);
      result->ptr[i].val.ok = guest_error_context_new(&message);
    }
  }
  if (lies) guest_error_context_free(&result->ptr[0].val.ok);
  return GUEST_OK;
}

static void begin(void) {
#ifdef TABLE
  static const guest_imports_t imports = {
      .log = import_log, .give = import_give, .give_all = import_give_all};
  CHECK(guest_new(&imports, NULL, &zone) == GUEST_OK);
#else
  CHECK(guest_new(NULL, NULL, &zone) == GUEST_OK);
#endif
}

static void end(void) {
  guest_delete(zone);
  zone = NULL;
}

// ---- Tests ----

// Outlives the instance that made it.
static guest_error_context_t made(void) {
  guest_string_t text = guest_string_from("grüße, 日本");
  guest_error_context_t context;
  CHECK(guest_make(zone, &text, &context) == GUEST_OK);
  CHECK(is(context, "grüße, 日本"));
  return context;
}

static void messages_survive(guest_error_context_t context) {
  guest_string_t message;
  CHECK(guest_message_(zone, context, &message) == GUEST_OK);
  CHECK(message.len == strlen("grüße, 日本") && !memcmp(message.ptr, "grüße, 日本", message.len));
  guest_string_free(&message);
  guest_error_context_t relayed;
  for (int i = 0; i < 3; i++) {
    CHECK(guest_relay(zone, context, &relayed) == GUEST_OK);
    CHECK(strcmp(logged, "grüße, 日本") == 0);
    CHECK(is(relayed, "grüße, 日本"));
    guest_error_context_free(&relayed);
  }
}

static void indices_come_back(guest_error_context_t context) {
  uint32_t first, second;
  CHECK(guest_index(zone, context, &first) == GUEST_OK);
  CHECK(guest_index(zone, context, &second) == GUEST_OK);
  CHECK(first == second);
}

static void results_of_imports(void) {
  guest_string_t text = guest_string_from("through");
  guest_error_context_t context;
  CHECK(guest_through(zone, &text, &context) == GUEST_OK);
  CHECK(is(context, "through"));
  guest_error_context_free(&context);

  guest_list_result_error_context_string_t all;
  CHECK(guest_all(zone, 5, &all) == GUEST_OK);
  CHECK(all.len == 5 && is(all.ptr[4].val.ok, "no. 4"));
  CHECK(all.ptr[3].is_err && all.ptr[3].val.err.len == 5);
  guest_list_result_error_context_string_free(&all);
}

// The guest's realloc traps while it is given a list: what it has not got must go, too.
static void nothing_leaks_when_lowering_traps(void) {
  guest_list_result_error_context_string_t all;
  CHECK(guest_all(zone, 100, &all) == GUEST_UNREACHABLE);
  CHECK(guest_all(zone, 1, &all) == GUEST_CANNOT_ENTER);
}

static void null_is_no_error_context(void) {
  uint32_t index;
  CHECK(guest_index(zone, NULL, &index) == GUEST_UNKNOWN_HANDLE);
}

static void null_in_a_result_is_none(void) {
  guest_list_result_error_context_string_t all;
  lies = true;
  CHECK(guest_all(zone, 3, &all) == GUEST_UNKNOWN_HANDLE);
}

static void messages_are_utf8(void) {
  guest_string_t bad = {(const uint8_t *)"\xff", 1};
  CHECK(guest_error_context_new(&bad) == NULL);
  guest_error_context_drop(NULL);
}

int main(void) {
  begin();
  guest_error_context_t context = made();
  messages_survive(context);
  indices_come_back(context);
  results_of_imports();
  nothing_leaks_when_lowering_traps();
  end();
  begin();
  messages_survive(context);
  null_is_no_error_context();
  end();
  guest_error_context_free(&context);
  begin();
  null_in_a_result_is_none();
  end();
  messages_are_utf8();
  return failures;
}
