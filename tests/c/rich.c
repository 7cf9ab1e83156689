// A C program with a "rich" library linked in: a component that wit-bindgen made from corpus:rich, in C or in
// Rust, with strings in UTF-8 or in UTF-16.
#include "rich.h"

#include <stdio.h>

static void check(rich_t *rich, rich_status_t status) {
  if (status == RICH_OK) return;
  printf("status %d: %s\n", (int)status, rich ? rich_message(rich) : "");
  exit(1);
}

static void show(const char *what, rich_string_t *string) {
  printf("%s%.*s\n", what, (int)string->len, (const char *)string->ptr);
  rich_string_free(string);
}

static void strings(rich_t *rich) {
  rich_string_t text = rich_string_from("wörld"), greeting;
  check(rich, rich_api_greet(rich, &text, &greeting));
  printf("%.*s\n", 15, (const char *)greeting.ptr);
  rich_string_free(&greeting);
  rich_list_string_t words;
  text = rich_string_from("  the quick  brown 🦊 ");
  check(rich, rich_api_words(rich, &text, &words));
  for (size_t i = 0; i < words.len; i++)
    printf("%.*s|", (int)words.ptr[i].len, (const char *)words.ptr[i].ptr);
  printf("\n");
  rich_list_string_free(&words);
  rich_list_tuple2_u32_string_t pairs;
  check(rich, rich_api_pairs(rich, 3, &pairs));
  for (size_t i = 0; i < pairs.len; i++)
    printf("%u %.*s|", pairs.ptr[i].f0, (int)pairs.ptr[i].f1.len, (const char *)pairs.ptr[i].f1.ptr);
  printf("\n");
  rich_list_tuple2_u32_string_free(&pairs);
}

static void records(rich_t *rich) {
  rich_string_t tags[] = {rich_string_from("a"), rich_string_from("ß")};
  rich_api_person_t ann = {0}, older;
  ann.name = rich_string_from("Ann");
  ann.age = 41;
  ann.tags.ptr = tags;
  ann.tags.len = 2;
  ann.p = RICH_TYPES_PERMS_READ | RICH_TYPES_PERMS_OWN;
  check(rich, rich_api_birthday(rich, &ann, &older));
  printf("%d %d %.*s %d:", older.age, (int)older.tags.len, (int)older.email.value.len,
         older.email.is_some ? (const char *)older.email.value.ptr : "", older.p);
  printf("%.*s\n", (int)older.tags.ptr[1].len, (const char *)older.tags.ptr[1].ptr);
  rich_types_person_free(&older);
  rich_types_point_t corners[] = {{1, 2}, {3, -4}}, sum;
  rich_list_types_point_t points = {corners, 2};
  check(rich, rich_api_sum_points(rich, &points, &sum));
  printf("%d %d\n", sum.x, sum.y);
}

static void variants(rich_t *rich) {
  rich_types_shape_t shape = {0};
  rich_result_f64_string_t area;
  shape.tag = RICH_TYPES_SHAPE_CIRCLE;
  shape.val.circle = 2;
  check(rich, rich_api_area(rich, &shape, &area));
  printf("%.4f\n", area.val.ok);
  rich_result_f64_string_free(&area);
  shape.tag = RICH_TYPES_SHAPE_NAMED;
  shape.val.named = rich_string_from("blob");
  check(rich, rich_api_area(rich, &shape, &area));
  printf("%d %d\n", area.is_err, area.val.err.len > 0);
  rich_result_f64_string_free(&area);
  rich_option_option_u32_t three = {1, {1, 3}}, four;
  check(rich, rich_api_maybe(rich, &three, &four));
  printf("%d %d %u\n", four.is_some, four.value.is_some, four.value.value);
  rich_types_color_t next;
  check(rich, rich_api_next_color(rich, RICH_TYPES_COLOR_BLUE, &next));
  printf("%d\n", next == RICH_TYPES_COLOR_RED);
}

static void resources(rich_t *rich) {
  rich_api_counter_t a, b, both;
  uint32_t value;
  uint64_t total;
  check(rich, rich_api_counter_new(rich, 20, &a));
  check(rich, rich_api_counter_new(rich, 20, &b));
  check(rich, rich_api_counter_inc(rich, a, 2, &value));
  rich_api_counter_t handles[] = {a, b};
  rich_list_api_counter_t list = {handles, 2};
  check(rich, rich_api_total(rich, &list, &total));
  printf("%u %llu\n", value, (unsigned long long)total);
  check(rich, rich_api_counter_merge(rich, a, b, &both));
  check(rich, rich_api_counter_get(rich, both, &value));
  rich_string_t name;
  check(rich, rich_api_counter_name(rich, both, &name));
  printf("%u\n", value);
  show("", &name);
  check(rich, rich_api_counter_drop(rich, both));
  check(rich, rich_api_make_many(rich, 3, &list));
  for (size_t i = 0; i < list.len; i++) check(rich, rich_api_counter_drop(rich, list.ptr[i]));
  rich_list_api_counter_free(&list);
  // `a` was given away: its handle is unknown, and using it ends the instance.
  printf("%d\n", rich_api_counter_get(rich, a, &value) == RICH_UNKNOWN_HANDLE);
  printf("%d\n", rich_api_counter_get(rich, a, &value) == RICH_CANNOT_ENTER);
}

int main(void) {
  for (int round = 0; round < 2; round++) {
    rich_t *rich = NULL;
    check(rich, rich_new(NULL, NULL, &rich));
    strings(rich);
    records(rich);
    variants(rich);
    resources(rich);
    rich_delete(rich);
  }
  return 0;
}
