// Three components in three shared libraries, each with a runtime of its own: a provider, one in the middle that
// uses it, and a consumer of both and of this program. Exits with the number of failures.
#include "check.h"
#include "consumer.h"
#include "middle.h"
#include "provider.h"

static provider_t *provider;
static middle_t *middle;
static consumer_t *consumer;

static bool says(const char *message, const char *part) { return strstr(message, part) != NULL; }

// What the provider gets when it calls back.
enum { NOTHING, LOSE, GIVE, TRAP_CONSUMER, AGAIN };
static int what;
static int32_t inner;

static provider_status_t back(void *host, uint32_t n, uint32_t *result) {
  uint32_t deeper;
  CHECK(host == &provider);
  *result = 1;
  switch (what) {
  case LOSE: inner = consumer_lose(consumer); break;
  case GIVE: inner = consumer_give(consumer, &deeper); break;
  case TRAP_CONSUMER: inner = consumer_trap(consumer); break;
  case AGAIN:
    if (n == 0) break;
    inner = consumer_call_back(consumer, n - 1, &deeper);
    *result = deeper + 1;
    break;
  default: break;
  }
  return PROVIDER_OK;
}

static consumer_status_t base(void *host, uint32_t *result) {
  *result = *(uint32_t *)host;
  return CONSUMER_OK;
}

static const provider_imports_t provider_imports = {back};
static consumer_imports_t consumer_imports;
static uint32_t hundred = 100;

static void delete_all(void) {
  consumer_delete(consumer);
  middle_delete(middle);
  provider_delete(provider);
  consumer = NULL;
  middle = NULL;
  provider = NULL;
}

static consumer_status_t link_consumer(provider_t *things, middle_t *with) {
  consumer_provider_t providers[] = {
      {"meet:test/things@1.0.0", things, NULL},
      // The component itself is the instance that is imported.
      {"middle", with, ""},
  };
  consumer_delete(consumer);
  consumer = NULL;
  return consumer_new_linked(&consumer_imports, &hundred, providers, 2, &consumer);
}

static void fresh(void) {
  delete_all();
  what = NOTHING;
  CHECK(provider_new(&provider_imports, &provider, &provider) == PROVIDER_OK);
  // Whatever the provider exports under the name of an import.
  middle_provider_t all = {NULL, provider, NULL};
  CHECK(middle_new_linked(NULL, NULL, &all, 1, &middle) == MIDDLE_OK);
  CHECK(link_consumer(provider, middle) == CONSUMER_OK);
}

static uint32_t dropped(void) {
  uint32_t sum = 0;
  CHECK(provider_things_dropped(provider, &sum) == PROVIDER_OK);
  return sum;
}

static void values(void) {
  uint32_t r;
  consumer_string_t in = consumer_string_from("voilà"), out;
  fresh();
  CHECK(consumer_add(consumer, 20, 22, &r) == CONSUMER_OK && r == 142);
  CHECK(consumer_echo(consumer, &in, &out) == CONSUMER_OK);
  CHECK(out.len == in.len && memcmp(out.ptr, in.ptr, in.len) == 0);
  consumer_string_free(&out);
}

static void resources(void) {
  uint32_t r;
  fresh();
  CHECK(consumer_get(consumer, 5) == CONSUMER_OK);
  CHECK(consumer_see(consumer, &r) == CONSUMER_OK && r == 5);
  CHECK(consumer_give(consumer, &r) == CONSUMER_OK && r == 5 && dropped() == 5);
  CHECK(consumer_see(consumer, &r) == CONSUMER_UNKNOWN_HANDLE);
  fresh();
  CHECK(consumer_get(consumer, 6) == CONSUMER_OK && dropped() == 0);
  CHECK(consumer_lose(consumer) == CONSUMER_OK && dropped() == 6);
  CHECK(consumer_lose(consumer) == CONSUMER_UNKNOWN_HANDLE);
  // What an instance owns goes with it.
  fresh();
  CHECK(consumer_get(consumer, 7) == CONSUMER_OK);
  consumer_delete(consumer);
  consumer = NULL;
  CHECK(dropped() == 7);
  // Also if it was given to it by another.
  fresh();
  CHECK(consumer_get(consumer, 8) == CONSUMER_OK && consumer_give_middle(consumer) == CONSUMER_OK);
  consumer_delete(consumer);
  consumer = NULL;
  CHECK(dropped() == 0);
  middle_delete(middle);
  middle = NULL;
  CHECK(dropped() == 8);
}

static void one_resource_by_two_ways(void) {
  uint32_t r;
  fresh();
  CHECK(consumer_get_twice(consumer, 5) == CONSUMER_OK);
  CHECK(consumer_see(consumer, &r) == CONSUMER_OK && r == 10);
  CHECK(consumer_see_twice(consumer, &r) == CONSUMER_OK && r == 20);
  CHECK(consumer_lose(consumer) == CONSUMER_OK && dropped() == 10);
}

static void lent(void) {
  uint32_t r;
  fresh();
  CHECK(consumer_get(consumer, 5) == CONSUMER_OK);
  CHECK(consumer_see_back(consumer, &r) == CONSUMER_OK && r == 6);
  for (what = LOSE; what <= GIVE; what++) {
    int now = what;
    fresh();
    CHECK(consumer_get(consumer, 5) == CONSUMER_OK);
    what = now;
    CHECK(consumer_see_back(consumer, &r) == CONSUMER_HANDLE_LENT && inner == CONSUMER_HANDLE_LENT);
    CHECK(dropped() == 0);
  }
}

static void traps(void) {
  uint32_t r;
  consumer_t *other = NULL;
  fresh();
  consumer_provider_t providers[] = {{"meet:test/things@1.0.0", provider, NULL}, {"middle", middle, ""}};
  CHECK(consumer_new_linked(&consumer_imports, &hundred, providers, 2, &other) == CONSUMER_OK);
  CHECK(consumer_trap(consumer) == CONSUMER_UNREACHABLE);
  CHECK(says(consumer_message(consumer), "wasm `unreachable` instruction executed"));
  CHECK(says(provider_message(provider), "wasm `unreachable` instruction executed\n    0:"));
  CHECK(provider_things_add(provider, 1, 2, &r) == PROVIDER_CANNOT_ENTER);
  CHECK(consumer_add(other, 1, 2, &r) == CONSUMER_CANNOT_ENTER);
  CHECK(says(consumer_message(other), "cannot enter component instance"));
  consumer_delete(other);
  // A fault: the signal handlers of three runtimes are asked, one after the other.
  fresh();
  CHECK(consumer_divide(consumer, 84, 2, &r) == CONSUMER_OK && r == 42);
  CHECK(consumer_divide(consumer, 1, 0, &r) == CONSUMER_INTEGER_DIVIDE_BY_ZERO);
  CHECK(says(provider_message(provider), "integer divide by zero\n    0:"));
  CHECK(says(consumer_message(consumer), "integer divide by zero"));
  // A destructor's trap.
  fresh();
  CHECK(consumer_get(consumer, 13) == CONSUMER_OK);
  CHECK(consumer_lose(consumer) == CONSUMER_UNREACHABLE);
  CHECK(says(consumer_message(consumer), "wasm `unreachable` instruction executed\n    0:"));
  CHECK(provider_things_add(provider, 1, 2, &r) == PROVIDER_CANNOT_ENTER);
  // A trap of its own leaves the others alone.
  fresh();
  CHECK(consumer_see(consumer, &r) == CONSUMER_UNKNOWN_HANDLE);
  CHECK(provider_things_add(provider, 1, 2, &r) == PROVIDER_OK && r == 3);
}

static void calls_within_calls(void) {
  uint32_t r;
  fresh();
  what = AGAIN;
  CHECK(consumer_call_back(consumer, 10, &r) == CONSUMER_OK && r == 11);
  what = TRAP_CONSUMER;
  CHECK(consumer_call_back(consumer, 0, &r) == CONSUMER_UNREACHABLE && inner == CONSUMER_UNREACHABLE);
}

static void instances_go_in_any_order(void) {
  uint32_t r;
  fresh();
  CHECK(consumer_get(consumer, 5) == CONSUMER_OK);
  provider_delete(provider);
  middle_delete(middle);
  provider = NULL;
  middle = NULL;
  CHECK(consumer_see_twice(consumer, &r) == CONSUMER_OK && r == 10);
  // The provider's state of WASI is still there, too.
  CHECK(consumer_dice(consumer, &r) == CONSUMER_OK && r < 6);
}

static void what_does_not_fit(void) {
  provider_t *second = NULL;
  fresh();
  CHECK(link_consumer(provider, NULL) == CONSUMER_UNLINKABLE);
  CHECK(says(consumer_message(consumer), "provider 1 is no instance"));
  CHECK(says(consumer_message(consumer), "\n    `middle#make-twice`: nothing serves it"));
  CHECK(!says(consumer_message(consumer), "things"));
  // A thing of one instance is none of another's.
  CHECK(provider_new(&provider_imports, &provider, &second) == PROVIDER_OK);
  CHECK(link_consumer(second, middle) == CONSUMER_UNLINKABLE);
  CHECK(says(consumer_message(consumer), "\n    `middle#make-twice`: what serves it has another type"));
  CHECK(link_consumer(provider, middle) == CONSUMER_OK);
  provider_delete(second);
  // The component itself is not what is imported here.
  consumer_provider_t providers[] = {{"meet:test/things@1.0.0", provider, ""}};
  consumer_delete(consumer);
  CHECK(consumer_new_linked(NULL, NULL, providers, 1, &consumer) == CONSUMER_UNLINKABLE);
  CHECK(says(consumer_message(consumer), "`meet:test/things@1.0.0#add`: the instance for it does not export `add`"));
  CHECK(says(consumer_message(consumer), "`base`: nothing serves it"));
  CHECK(says(consumer_message(consumer), "imports cannot be linked"));
  // A single function, from inside an instance; its type differs.
  consumer_provider_t other[] = {{"base", provider, "meet:test/things@1.0.0#add"}, {NULL, middle, NULL}};
  consumer_delete(consumer);
  CHECK(consumer_new_linked(&consumer_imports, NULL, other, 2, &consumer) == CONSUMER_UNLINKABLE);
  CHECK(says(consumer_message(consumer), "\n    `base`: what serves it has another type"));
}

static void a_function_alone(void) {
  uint32_t r;
  fresh();
  consumer_provider_t providers[] = {
      {"base", provider, "meet:test/things@1.0.0#dropped"},
      {"meet:test/things@1.0.0", provider, NULL},
      {"middle", middle, ""},
  };
  consumer_delete(consumer);
  CHECK(consumer_new_linked(NULL, NULL, providers, 3, &consumer) == CONSUMER_OK);
  CHECK(consumer_get(consumer, 5) == CONSUMER_OK && consumer_lose(consumer) == CONSUMER_OK);
  CHECK(consumer_add(consumer, 1, 2, &r) == CONSUMER_OK && r == 8);
}

static void nobody_at_all(void) {
  uint32_t r;
  consumer_delete(consumer);
  CHECK(consumer_new(NULL, NULL, &consumer) == CONSUMER_OK);
  CHECK(consumer_add(consumer, 1, 2, &r) == CONSUMER_UNKNOWN_IMPORT);
}

int main(void) {
  consumer_imports.base = base;
  values();
  resources();
  one_resource_by_two_ways();
  lent();
  traps();
  calls_within_calls();
  instances_go_in_any_order();
  what_does_not_fit();
  a_function_alone();
  nobody_at_all();
  delete_all();
  return failures;
}
