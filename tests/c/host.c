// The host of host.wat: sends values of every type through the component and gets them back, twice. Built
// with the address sanitizer where there is one: what is freed twice or never fails the test.
#include "host.h"

#include <stdio.h>

static int checks;

#define CHECK(test)                                                  \
  do {                                                               \
    checks++;                                                        \
    if (!(test)) {                                                   \
      fprintf(stderr, "host.c:%d: %s\n", __LINE__, #test);           \
      exit(1);                                                       \
    }                                                                \
  } while (0)

// ---- Copies: what an import returns comes from malloc. ----

static void *copied(const void *from, size_t size) {
  void *copy = malloc(size ? size : 1);
  if (size) memcpy(copy, from, size);
  return copy;
}

static host_string_t copy_string(const host_string_t *from) {
  host_string_t copy = {copied(from->ptr, from->len), from->len};
  return copy;
}

#define PLAIN_LIST(name, list)                                                     \
  static list copy_##name(const list *from) {                                      \
    list copy = {copied(from->ptr, from->len * sizeof *from->ptr), from->len}; \
    return copy;                                                                   \
  }

#define DEEP_LIST(name, list, copy_element)                                 \
  static list copy_##name(const list *from) {                               \
    list copy = {malloc(from->len * sizeof *from->ptr + 1), from->len};     \
    for (size_t i = 0; i < copy.len; i++) copy.ptr[i] = copy_element(&from->ptr[i]); \
    return copy;                                                            \
  }

PLAIN_LIST(points, host_list_types_point_t)
PLAIN_LIST(options, host_list_option_option_u32_t)
PLAIN_LIST(scalars, host_list_types_numbers_t)
PLAIN_LIST(bytes, host_list_u8_t)
PLAIN_LIST(u16s, host_list_u16_t)
DEEP_LIST(u16_lists, host_list_list_u16_t, copy_u16s)
DEEP_LIST(nested, host_list_list_list_u16_t, copy_u16_lists)
DEEP_LIST(strings, host_list_string_t, copy_string)

static host_types_person_t copy_person(const host_types_person_t *from) {
  host_types_person_t copy = *from;
  copy.name = copy_string(&from->name);
  if (from->email.is_some) copy.email.value = copy_string(&from->email.value);
  copy.tags = copy_strings(&from->tags);
  return copy;
}
DEEP_LIST(people, host_list_types_person_t, copy_person)

static host_types_shape_t copy_shape(const host_types_shape_t *from) {
  host_types_shape_t copy = *from;
  if (from->tag == HOST_TYPES_SHAPE_POLYGON) copy.val.polygon = copy_points(&from->val.polygon);
  if (from->tag == HOST_TYPES_SHAPE_NAMED) copy.val.named = copy_string(&from->val.named);
  return copy;
}
DEEP_LIST(shapes, host_list_types_shape_t, copy_shape)

static host_result_u32_string_t copy_result(const host_result_u32_string_t *from) {
  host_result_u32_string_t copy = *from;
  if (from->is_err) copy.val.err = copy_string(&from->val.err);
  return copy;
}
DEEP_LIST(results, host_list_result_u32_string_t, copy_result)

static host_tuple3_u8_string_u64_t copy_tuple(const host_tuple3_u8_string_u64_t *from) {
  host_tuple3_u8_string_u64_t copy = *from;
  copy.f1 = copy_string(&from->f1);
  return copy;
}
DEEP_LIST(tuples, host_list_tuple3_u8_string_u64_t, copy_tuple)

// ---- Imports: each gives back a copy of what it gets. ----

#define ECHO(name, type)                                                               \
  host_status_t host_import_echo_##name(void *host, const type *x, type *result) {     \
    ++*(int *)host;                                                                    \
    *result = copy_##name(x);                                                          \
    return HOST_OK;                                                                    \
  }

#define copy_text copy_string
#define copy_shape_of copy_shape

ECHO(points, host_list_types_point_t)
ECHO(shapes, host_list_types_shape_t)
ECHO(people, host_list_types_person_t)
ECHO(results, host_list_result_u32_string_t)
ECHO(options, host_list_option_option_u32_t)
ECHO(tuples, host_list_tuple3_u8_string_u64_t)
ECHO(nested, host_list_list_list_u16_t)
ECHO(scalars, host_list_types_numbers_t)
ECHO(text, host_string_t)
ECHO(bytes, host_list_u8_t)
ECHO(shape_of, host_types_shape_t)

host_status_t host_import_echo_color_of(void *host, host_types_color_t x,
                                        host_types_color_t *result) {
  ++*(int *)host;
  *result = x;
  return HOST_OK;
}

host_status_t host_import_echo_many(void *host, uint8_t a, int8_t b, uint16_t c, int16_t d,
                                    uint32_t e, int32_t f, uint64_t g, int64_t h, float i,
                                    double j, uint32_t k, bool l, const host_string_t *m,
                                    host_types_perms_t n, const host_option_string_t *o,
                                    host_string_t *result) {
  char text[256];
  ++*(int *)host;
  snprintf(text, sizeof text, "%u %d %u %d %u %d %llu %lld %g %g %x %d %.*s %x %.*s", a, b, c, d, e,
           f, (unsigned long long)g, (long long)h, (double)i, j, k, l, (int)m->len, (char *)m->ptr, n,
           o->is_some ? (int)o->value.len : 4, o->is_some ? (char *)o->value.ptr : "none");
  *result = host_string_dup(text);
  return HOST_OK;
}

/// A thing is the address of its name, which has 64 bits.
host_status_t host_import_echo_make(void *host, const host_string_t *name, host_thing_t *result) {
  ++*(int *)host;
  host_string_t *thing = malloc(sizeof *thing);
  *thing = copy_string(name);
  *result = (uintptr_t)thing;
  return HOST_OK;
}

host_status_t host_import_echo_name(void *host, host_thing_t x, host_string_t *result) {
  ++*(int *)host;
  *result = copy_string((host_string_t *)(uintptr_t)x);
  return HOST_OK;
}

void host_import_types_thing_drop(void *host, host_thing_t rep) {
  host_string_t *thing = (host_string_t *)(uintptr_t)rep;
  ++*(int *)host;
  host_string_free(thing);
  free(thing);
}

host_status_t host_import_echo_fail(void *host) {
  ++*(int *)host;
  return HOST_HOST_FAILED;
}

// ---- Values there and back. ----

static bool same(const host_string_t *a, const char *b) {
  return a->len == strlen(b) && (a->len == 0 || !memcmp(a->ptr, b, a->len));
}

static void lists(host_t *instance) {
  host_types_point_t corners[] = {{1, -2}, {INT32_MAX, INT32_MIN}};
  host_list_types_point_t points = {corners, 2}, points_back;
  CHECK(host_points(instance, &points, &points_back) == HOST_OK);
  CHECK(points_back.len == 2 && !memcmp(points_back.ptr, corners, sizeof corners));
  host_list_types_point_free(&points_back);
  points.len = 0;
  points.ptr = NULL;
  CHECK(host_points(instance, &points, &points_back) == HOST_OK && points_back.len == 0);
  host_list_types_point_free(&points_back);

  host_option_option_u32_t maybe[3] = {{1, {1, 3}}, {1, {0, 0}}, {0, {0, 0}}};
  host_list_option_option_u32_t options = {maybe, 3}, options_back;
  CHECK(host_options(instance, &options, &options_back) == HOST_OK && options_back.len == 3);
  CHECK(options_back.ptr[0].is_some && options_back.ptr[0].value.is_some);
  CHECK(options_back.ptr[0].value.value == 3);
  CHECK(options_back.ptr[1].is_some && !options_back.ptr[1].value.is_some);
  CHECK(!options_back.ptr[2].is_some);
  host_list_option_option_u32_free(&options_back);

  uint16_t numbers[] = {1, 2, 65535};
  host_list_u16_t inner[] = {{numbers, 3}, {NULL, 0}};
  host_list_list_u16_t middle[] = {{inner, 2}, {NULL, 0}, {inner, 1}};
  host_list_list_list_u16_t nested = {middle, 3}, nested_back;
  CHECK(host_nested(instance, &nested, &nested_back) == HOST_OK && nested_back.len == 3);
  CHECK(nested_back.ptr[0].len == 2 && nested_back.ptr[1].len == 0 && nested_back.ptr[2].len == 1);
  CHECK(nested_back.ptr[0].ptr[0].len == 3 && nested_back.ptr[0].ptr[1].len == 0);
  CHECK(!memcmp(nested_back.ptr[2].ptr[0].ptr, numbers, sizeof numbers));
  host_list_list_list_u16_free(&nested_back);

  uint8_t data[70000];
  for (size_t i = 0; i < sizeof data; i++) data[i] = (uint8_t)(i * 7);
  host_list_u8_t bytes = {data, sizeof data}, bytes_back;
  CHECK(host_bytes(instance, &bytes, &bytes_back) == HOST_OK);
  CHECK(bytes_back.len == sizeof data && !memcmp(bytes_back.ptr, data, sizeof data));
  host_list_u8_free(&bytes_back);
}

static void sums(host_t *instance) {
  host_types_point_t corners[] = {{0, 1}, {2, 3}, {4, 5}};
  host_types_shape_t all[5] = {0};
  all[0].tag = HOST_TYPES_SHAPE_CIRCLE;
  all[0].val.circle = 1.5;
  all[1].tag = HOST_TYPES_SHAPE_RECT;
  all[1].val.rect.f0 = 2;
  all[1].val.rect.f1 = -3.25;
  all[2].tag = HOST_TYPES_SHAPE_POLYGON;
  all[2].val.polygon.ptr = corners;
  all[2].val.polygon.len = 3;
  all[3].tag = HOST_TYPES_SHAPE_NAMED;
  all[3].val.named = host_string_from("größer");
  all[4].tag = HOST_TYPES_SHAPE_EMPTY;
  host_list_types_shape_t shapes = {all, 5}, back;
  CHECK(host_shapes(instance, &shapes, &back) == HOST_OK && back.len == 5);
  for (size_t i = 0; i < 5; i++) CHECK(back.ptr[i].tag == i);
  CHECK(back.ptr[0].val.circle == 1.5 && back.ptr[1].val.rect.f1 == -3.25);
  CHECK(back.ptr[2].val.polygon.len == 3 && back.ptr[2].val.polygon.ptr[2].y == 5);
  CHECK(same(&back.ptr[3].val.named, "größer"));
  host_list_types_shape_free(&back);
  for (size_t i = 0; i < 5; i++) {
    host_types_shape_t one;
    CHECK(host_shape_of(instance, &all[i], &one) == HOST_OK && one.tag == i);
    if (i == 1) CHECK(one.val.rect.f0 == 2 && one.val.rect.f1 == -3.25);
    if (i == 2) CHECK(one.val.polygon.len == 3 && one.val.polygon.ptr[1].x == 2);
    if (i == 3) CHECK(same(&one.val.named, "größer"));
    host_types_shape_free(&one);
  }

  host_result_u32_string_t outcomes[2] = {0};
  outcomes[0].val.ok = 7;
  outcomes[1].is_err = 1;
  outcomes[1].val.err = host_string_from("no");
  host_list_result_u32_string_t results = {outcomes, 2}, results_back;
  CHECK(host_results(instance, &results, &results_back) == HOST_OK && results_back.len == 2);
  CHECK(!results_back.ptr[0].is_err && results_back.ptr[0].val.ok == 7);
  CHECK(results_back.ptr[1].is_err && same(&results_back.ptr[1].val.err, "no"));
  host_list_result_u32_string_free(&results_back);

  for (host_types_color_t color = HOST_TYPES_COLOR_RED; color <= HOST_TYPES_COLOR_BLUE; color++) {
    host_types_color_t color_back;
    CHECK(host_color_of(instance, color, &color_back) == HOST_OK && color_back == color);
  }
}

static void products(host_t *instance) {
  host_string_t tags[] = {host_string_from("a"), host_string_from(""), host_string_from("日本")};
  host_types_person_t both[2] = {0};
  both[0].name = host_string_from("Ann");
  both[0].age = 41;
  both[0].tags.ptr = tags;
  both[0].tags.len = 3;
  both[0].may = HOST_TYPES_PERMS_READ | HOST_TYPES_PERMS_OWN;
  both[1].name = host_string_from("Bob");
  both[1].age = 255;
  both[1].email.is_some = 1;
  both[1].email.value = host_string_from("b@x");
  host_list_types_person_t people = {both, 2}, back;
  CHECK(host_people(instance, &people, &back) == HOST_OK && back.len == 2);
  CHECK(same(&back.ptr[0].name, "Ann") && back.ptr[0].age == 41 && !back.ptr[0].email.is_some);
  CHECK(back.ptr[0].tags.len == 3 && same(&back.ptr[0].tags.ptr[2], "日本"));
  CHECK(back.ptr[0].may == (HOST_TYPES_PERMS_READ | HOST_TYPES_PERMS_OWN));
  CHECK(back.ptr[1].email.is_some && same(&back.ptr[1].email.value, "b@x"));
  CHECK(back.ptr[1].tags.len == 0 && back.ptr[1].may == 0 && back.ptr[1].age == 255);
  host_list_types_person_free(&back);

  host_types_numbers_t extremes[2] = {
      {255, -128, 65535, -32768, UINT32_MAX, INT32_MIN, UINT64_MAX, INT64_MIN, 1.5f, -0.1, 0x1f980, 1},
      {0, 127, 0, 32767, 0, INT32_MAX, 0, INT64_MAX, -0.0f, 1e300, 'a', 0}};
  host_list_types_numbers_t scalars = {extremes, 2}, scalars_back;
  CHECK(host_scalars(instance, &scalars, &scalars_back) == HOST_OK && scalars_back.len == 2);
  for (size_t i = 0; i < 2; i++) {
    const host_types_numbers_t *a = &extremes[i], *b = &scalars_back.ptr[i];
    CHECK(a->a == b->a && a->b == b->b && a->c == b->c && a->d == b->d && a->e == b->e);
    CHECK(a->f == b->f && a->g == b->g && a->h == b->h && a->i == b->i && a->j == b->j);
    CHECK(a->k == b->k && a->l == b->l);
  }
  host_list_types_numbers_free(&scalars_back);

  host_tuple3_u8_string_u64_t three[] = {{1, host_string_from("x"), 2}, {3, host_string_from(""), 4}};
  host_list_tuple3_u8_string_u64_t tuples = {three, 2}, tuples_back;
  CHECK(host_tuples(instance, &tuples, &tuples_back) == HOST_OK && tuples_back.len == 2);
  CHECK(tuples_back.ptr[0].f0 == 1 && same(&tuples_back.ptr[0].f1, "x"));
  CHECK(tuples_back.ptr[1].f2 == 4 && tuples_back.ptr[1].f1.len == 0);
  host_list_tuple3_u8_string_u64_free(&tuples_back);
}

static void flat(host_t *instance) {
  host_string_t word = host_string_from("wörd"), back;
  CHECK(host_text(instance, &word, &back) == HOST_OK && same(&back, "wörd"));
  host_string_free(&back);
  host_option_string_t more = {1, host_string_from("more")};
  CHECK(host_many(instance, 255, -128, 65535, -32768, UINT32_MAX, INT32_MIN, UINT64_MAX, INT64_MIN,
                  0.5f, -2.5, 0x1f980, true, &word, 0x1f, &more, &back) == HOST_OK);
  CHECK(same(&back,
             "255 -128 65535 -32768 4294967295 -2147483648 18446744073709551615 "
             "-9223372036854775808 0.5 -2.5 1f980 1 wörd 1f more"));
  host_string_free(&back);
  more.is_some = 0;
  CHECK(host_many(instance, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'k', false, &word, 0, &more, &back) ==
        HOST_OK);
  CHECK(same(&back, "0 0 0 0 0 0 0 0 0 0 6b 0 wörd 0 none"));
  host_string_free(&back);
}

static void things(host_t *instance, const int *calls) {
  host_string_t name = host_string_from("a thing"), back;
  int before = *calls;
  CHECK(host_through_thing(instance, &name, &back) == HOST_OK && same(&back, "a thing"));
  CHECK(*calls == before + 3);
  host_string_free(&back);
  host_thing_t thing = 0;
  CHECK(host_give(instance, &name, &thing) == HOST_OK);
  CHECK(same((host_string_t *)(uintptr_t)thing, "a thing"));
  before = *calls;
  CHECK(host_take(instance, thing) == HOST_OK && *calls == before + 1);
}

/// Parameters that no valid program passes end the instance, with a status.
static void wrong(void) {
  int calls = 0;
  host_t *instance = NULL;
  host_types_color_t color;
  CHECK(host_new(NULL, &calls, &instance) == HOST_OK);
  CHECK(host_fail(instance) == HOST_HOST_FAILED);
  CHECK(host_message(instance)[0] && calls == 1);
  CHECK(host_color_of(instance, 0, &color) != HOST_OK && calls == 1);
  host_delete(instance);
  host_delete(NULL);
}

int main(void) {
  int calls = 0;
  host_t *instance = NULL;
  CHECK(host_new(NULL, &calls, &instance) == HOST_OK);
  for (int round = 0; round < 2; round++) {
    lists(instance);
    sums(instance);
    products(instance);
    flat(instance);
    things(instance, &calls);
  }
  CHECK(host_message(instance)[0] == '\0');
  host_delete(instance);
  wrong();
  printf("%d checks\n", checks);
  return 0;
}
