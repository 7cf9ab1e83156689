// A C program with a WebAssembly component linked into it.
//
// ../inventory/inventory.wasm is the component, inventory.wit beside it says what it exports and imports.
// `weldc build` makes libinventory.a and inventory.h of it; see the Makefile.
#include "inventory.h"

#include <stdio.h>

// ---- What the component imports: journals, and taxes. ----

enum { JOURNALS = 8, LINES = 6 };

/// The `host` that every import gets.
typedef struct {
  struct {
    char title[32];
    uint64_t lines;
    bool open;
  } journals[JOURNALS];
} host_t;

/// A resource of the host's is 64 bits of its choosing: here, an index.
inventory_status_t inventory_import_host_journal_new(void *host, const inventory_string_t *title,
                                                     inventory_host_journal_t *result) {
  host_t *me = host;
  for (size_t i = 0; i < JOURNALS; i++) {
    if (me->journals[i].open) continue;
    me->journals[i].open = true;
    me->journals[i].lines = 0;
    snprintf(me->journals[i].title, sizeof me->journals[i].title, "%.*s", (int)title->len,
             (const char *)title->ptr);
    *result = i;
    return INVENTORY_OK;
  }
  return 1;  // Any other status ends the instance.
}

inventory_status_t inventory_import_host_journal_append(void *host, inventory_host_journal_t self,
                                                        const inventory_string_t *line,
                                                        inventory_option_u64_t *result) {
  host_t *me = host;
  result->is_some = me->journals[self].lines < LINES;
  if (result->is_some) {
    result->value = ++me->journals[self].lines;
    printf("  [%s %d] %.*s\n", me->journals[self].title, (int)result->value, (int)line->len,
           (const char *)line->ptr);
  }
  return INVENTORY_OK;
}

void inventory_import_host_journal_drop(void *host, inventory_host_journal_t self) {
  host_t *me = host;
  printf("  [%s closed]\n", me->journals[self].title);
  me->journals[self].open = false;
}

/// Strings and lists in a result come from malloc; the component's side frees them.
inventory_status_t inventory_import_host_titles(void *host, inventory_list_string_t *result) {
  host_t *me = host;
  result->len = 0;
  result->ptr = malloc(JOURNALS * sizeof *result->ptr);
  if (!result->ptr) return 1;
  for (size_t i = 0; i < JOURNALS; i++)
    if (me->journals[i].open)
      result->ptr[result->len++] = inventory_string_dup(me->journals[i].title);
  return INVENTORY_OK;
}

inventory_status_t inventory_import_host_tax(void *host, const inventory_types_item_t *item,
                                             double *result) {
  (void)host;
  *result = item->category == INVENTORY_TYPES_CATEGORY_FOOD ? 5 : 20;
  return INVENTORY_OK;
}

// ---- What the program does. ----

static void check(const inventory_t *instance, inventory_status_t status) {
  if (status == INVENTORY_OK) return;
  fprintf(stderr, "status %d: %s\n", (int)status, instance ? inventory_message(instance) : "");
  exit(1);
}

static inventory_types_item_t item(const char *name, inventory_types_category_t category,
                                   uint32_t price, inventory_types_labels_t labels) {
  inventory_types_item_t item = {0};
  item.name = inventory_string_from(name);
  item.category = category;
  item.price = price;
  item.labels = labels;
  return item;
}

static void show_outcome(const char *what, inventory_result_u64_types_problem_t *outcome) {
  const inventory_types_problem_t *problem = &outcome->val.err;
  printf("%s: ", what);
  if (!outcome->is_err) {
    printf("%d now\n", (int)outcome->val.ok);
  } else if (problem->tag == INVENTORY_TYPES_PROBLEM_UNKNOWN_ITEM) {
    printf("there is no \"%.*s\"\n", (int)problem->val.unknown_item.len,
           (const char *)problem->val.unknown_item.ptr);
  } else if (problem->tag == INVENTORY_TYPES_PROBLEM_TOO_FEW) {
    printf("only %d of %d\n", (int)problem->val.too_few.f0, (int)problem->val.too_few.f1);
  } else {
    printf("the journal is full\n");
  }
  inventory_result_u64_types_problem_free(outcome);
}

static void show_found(inventory_t *instance, inventory_stock_warehouse_t warehouse,
                       const char *what, const inventory_types_query_t *query) {
  inventory_list_tuple2_types_item_u32_t found;
  check(instance, inventory_stock_warehouse_find(instance, warehouse, query, &found));
  printf("%s:", what);
  for (size_t i = 0; i < found.len; i++) {
    const inventory_types_item_t *it = &found.ptr[i].f0;
    printf(" %d %.*s", (int)found.ptr[i].f1, (int)it->name.len, (const char *)it->name.ptr);
    if (it->labels & INVENTORY_TYPES_LABELS_FRAGILE) printf(" (fragile)");
    for (size_t j = 0; j < it->tags.len; j++)
      printf(" #%.*s", (int)it->tags.ptr[j].len, (const char *)it->tags.ptr[j].ptr);
    if (it->note.is_some)
      printf(" \"%.*s\"", (int)it->note.value.len, (const char *)it->note.value.ptr);
    printf("%s", i + 1 < found.len ? "," : "");
  }
  printf("\n");
  inventory_list_tuple2_types_item_u32_free(&found);
}

/// Fills a warehouse. Parameters are only read: they can be literals and locals.
static inventory_stock_warehouse_t fill(inventory_t *instance) {
  inventory_stock_warehouse_t north;
  inventory_string_t name = inventory_string_from("north");
  check(instance, inventory_stock_warehouse_new(instance, &name, &north));

  inventory_types_item_t hammer = item("hammer", INVENTORY_TYPES_CATEGORY_TOOL, 1250,
                                       INVENTORY_TYPES_LABELS_HEAVY);
  inventory_types_item_t eggs =
      item("eggs", INVENTORY_TYPES_CATEGORY_FOOD, 30,
           INVENTORY_TYPES_LABELS_FRAGILE | INVENTORY_TYPES_LABELS_PERISHABLE);
  inventory_string_t tags[] = {inventory_string_from("fresh"), inventory_string_from("größe M")};
  eggs.tags.ptr = tags;
  eggs.tags.len = 2;
  eggs.note.is_some = 1;
  eggs.note.value = inventory_string_from("from the farm");

  inventory_result_u64_types_problem_t outcome;
  check(instance, inventory_stock_warehouse_add(instance, north, &hammer, 3, &outcome));
  show_outcome("3 hammers", &outcome);
  check(instance, inventory_stock_warehouse_add(instance, north, &eggs, 100, &outcome));
  show_outcome("100 eggs", &outcome);
  check(instance, inventory_stock_warehouse_add(instance, north, &hammer, 2, &outcome));
  show_outcome("2 hammers", &outcome);
  return north;
}

static void take_away(inventory_t *instance, inventory_stock_warehouse_t north) {
  inventory_result_u64_types_problem_t outcome;
  inventory_string_t name = inventory_string_from("eggs");
  check(instance, inventory_stock_warehouse_remove(instance, north, &name, 40, &outcome));
  show_outcome("40 eggs less", &outcome);
  check(instance, inventory_stock_warehouse_remove(instance, north, &name, 70, &outcome));
  show_outcome("70 eggs less", &outcome);
  name = inventory_string_from("saw");
  check(instance, inventory_stock_warehouse_remove(instance, north, &name, 1, &outcome));
  show_outcome("a saw less", &outcome);
}

static void ask(inventory_t *instance, inventory_stock_warehouse_t north) {
  inventory_types_query_t query = {0};
  query.tag = INVENTORY_TYPES_QUERY_EVERYTHING;
  show_found(instance, north, "everything", &query);
  query.tag = INVENTORY_TYPES_QUERY_CHEAPER_THAN;
  query.val.cheaper_than = 100;
  show_found(instance, north, "cheap", &query);
  query.tag = INVENTORY_TYPES_QUERY_NAMED;
  query.val.named = inventory_string_from("hammer");
  show_found(instance, north, "hammers", &query);
  query.tag = INVENTORY_TYPES_QUERY_OF_CATEGORY;
  query.val.of_category = INVENTORY_TYPES_CATEGORY_TOY;
  show_found(instance, north, "toys", &query);
  double value;
  check(instance, inventory_stock_warehouse_value(instance, north, &value));
  printf("worth %.2f with tax\n", value / 100);
}

static void show_lines(inventory_t *instance, const inventory_stock_warehouse_t *warehouses,
                       size_t count) {
  inventory_list_stock_warehouse_t all = {(inventory_stock_warehouse_t *)warehouses, count};
  inventory_list_string_t lines;
  check(instance, inventory_stock_audit(instance, &all, &lines));
  for (size_t i = 0; i < lines.len; i++)
    printf("audit: %.*s\n", (int)lines.ptr[i].len, (const char *)lines.ptr[i].ptr);
  inventory_list_string_free(&lines);
}

/// Borrows in a list, handles that are given away, a handle that is dropped.
static void merge(inventory_t *instance, inventory_stock_warehouse_t north) {
  inventory_stock_warehouse_t both[2] = {north, 0};
  inventory_string_t name = inventory_string_from("south");
  check(instance, inventory_stock_warehouse_new(instance, &name, &both[1]));
  show_lines(instance, both, 2);

  inventory_stock_warehouse_t all;
  name = inventory_string_from("all");
  check(instance, inventory_stock_warehouse_merge(instance, &name, both[0], both[1], &all));
  inventory_list_tuple2_types_category_u64_t counts;
  check(instance, inventory_stock_count_by_category(instance, all, &counts));
  static const char *const categories[] = {"tools", "food", "toys"};
  for (size_t i = 0; i < counts.len; i++)
    printf("%s: %d\n", categories[counts.ptr[i].f0], (int)counts.ptr[i].f1);
  inventory_list_tuple2_types_category_u64_free(&counts);
  check(instance, inventory_stock_warehouse_drop(instance, all));
}

/// A trap ends the instance and nothing else.
static void crash(inventory_t *instance) {
  inventory_status_t status = inventory_stock_crash(instance, 2);
  printf("crash: status %d%s\n", (int)status,
         status == INVENTORY_UNREACHABLE ? " (unreachable)" : "");
  printf("%s\n", inventory_message(instance));
  double value;
  status = inventory_stock_warehouse_value(instance, 1, &value);
  printf("another call: status %d\n", (int)status);
}

/// No table of imports: the functions above are linked by their names.
static inventory_t *start(host_t *host) {
  inventory_t *instance = NULL;
  inventory_status_t status = inventory_new(NULL, host, &instance);
  check(instance, status);
  return instance;
}

int main(void) {
  host_t host = {0};
  inventory_t *instance = start(&host);
  inventory_stock_warehouse_t north = fill(instance);
  take_away(instance, north);
  ask(instance, north);
  merge(instance, north);
  crash(instance);
  inventory_delete(instance);

  printf("a second instance:\n");
  instance = start(&host);
  fill(instance);
  inventory_delete(instance);
  return 0;
}
