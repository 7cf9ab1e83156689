// The component of the examples: warehouses of things, in C without a C library.
//
// The functions at the end are what the canonical ABI wants of inventory.wit: parameters are flattened,
// results that do not fit one number are returned by the address of a struct.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// ---- Memory: a list of free blocks, first fit, each block with its size in front. ----

typedef struct block {
  size_t size;
  struct block *next;
} block;

enum { HEADER = 8, SMALLEST = 16, PAGE = 65536 };

extern char __heap_base;
static block *free_blocks;
static char *heap_end;

static void grow(size_t size) {
  if (!heap_end) heap_end = (char *)(((uintptr_t)&__heap_base + 15) & ~(uintptr_t)15);
  size_t have = (size_t)__builtin_wasm_memory_size(0) * PAGE - (uintptr_t)heap_end;
  if (have < size) {
    size_t pages = (size - have + PAGE - 1) / PAGE;
    if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) __builtin_trap();
    have += pages * PAGE;
  }
  block *new = (block *)heap_end;
  new->size = have;
  new->next = free_blocks;
  free_blocks = new;
  heap_end += have;
}

static void *allocate(size_t size) {
  size = (size + HEADER + SMALLEST - 1) & ~(size_t)(SMALLEST - 1);
  for (;;) {
    for (block **link = &free_blocks; *link; link = &(*link)->next) {
      block *found = *link;
      if (found->size < size) continue;
      if (found->size - size >= SMALLEST) {
        block *rest = (block *)((char *)found + size);
        rest->size = found->size - size;
        rest->next = found->next;
        *link = rest;
        found->size = size;
      } else {
        *link = found->next;
      }
      return (char *)found + HEADER;
    }
    grow(size);
  }
}

static void release(void *address) {
  if (!address) return;
  block *freed = (block *)((char *)address - HEADER);
  freed->next = free_blocks;
  free_blocks = freed;
}

// ---- Types, laid out as the canonical ABI has them. ----

typedef struct {
  char *ptr;
  size_t len;
} string;

typedef struct {
  string *ptr;
  size_t len;
} strings;

typedef struct {
  string name;
  uint8_t category;
  uint32_t price;
  uint8_t labels;
  strings tags;
  struct {
    uint8_t is_some;
    string value;
  } note;
} item;

typedef struct {
  item item;
  uint32_t count;
} entry;

typedef struct {
  string name;
  entry *entries;
  size_t length, capacity;
  int32_t journal;
} warehouse;

enum { EVERYTHING, NAMED, CHEAPER_THAN, OF_CATEGORY, LABELLED };
enum { UNKNOWN_ITEM, TOO_FEW, JOURNAL_FULL };
enum { CATEGORIES = 3 };

typedef struct {
  uint8_t is_err;
  union {
    uint64_t ok;
    struct {
      uint8_t tag;
      union {
        string name;
        struct {
          uint32_t have, wanted;
        } counts;
      } payload;
    } problem;
  } value;
} outcome;

// ---- Imports. ----

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define HOST "demo:inventory/host@0.1.0"
#define OWN "[export]demo:inventory/stock@0.1.0"

IMPORT(HOST, "[constructor]journal") extern int32_t journal_new(char *title, size_t length);
IMPORT(HOST, "[method]journal.append")
extern void journal_append(int32_t journal, char *line, size_t length, void *result);
IMPORT(HOST, "[resource-drop]journal") extern void journal_drop(int32_t journal);
IMPORT(HOST, "titles") extern void host_titles(strings *result);
IMPORT(HOST, "tax")
extern double host_tax(char *name, size_t name_length, int32_t category, uint32_t price,
                       int32_t labels, string *tags, size_t tags_length, int32_t has_note,
                       char *note, size_t note_length);
IMPORT(OWN, "[resource-new]warehouse") extern int32_t handle_new(warehouse *rep);
IMPORT(OWN, "[resource-rep]warehouse") extern warehouse *handle_rep(int32_t handle);
IMPORT(OWN, "[resource-drop]warehouse") extern void handle_drop(int32_t handle);

// ---- Strings. ----

static bool equal(string a, string b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (a.ptr[i] != b.ptr[i]) return false;
  return true;
}

/// The one line that is being written.
static struct {
  char text[256];
  size_t length;
} line;

static void put(const char *text, size_t length) {
  for (size_t i = 0; i < length && line.length < sizeof line.text; i++)
    line.text[line.length++] = text[i];
}

static void put_text(const char *text) {
  while (*text && line.length < sizeof line.text) line.text[line.length++] = *text++;
}

static void put_number(uint64_t number) {
  char digits[20];
  size_t i = sizeof digits;
  do digits[--i] = (char)('0' + number % 10);
  while (number /= 10);
  put(digits + i, sizeof digits - i);
}

static string copy_of_line(void) {
  string copy = {allocate(line.length), line.length};
  __builtin_memcpy(copy.ptr, line.text, line.length);
  return copy;
}

// ---- Warehouses. ----

static void free_item(item *it) {
  release(it->name.ptr);
  for (size_t i = 0; i < it->tags.len; i++) release(it->tags.ptr[i].ptr);
  release(it->tags.ptr);
  if (it->note.is_some) release(it->note.value.ptr);
}

static warehouse *new_warehouse(string name) {
  warehouse *w = allocate(sizeof *w);
  *w = (warehouse){.name = name, .journal = journal_new(name.ptr, name.len)};
  return w;
}

static entry *find_entry(warehouse *w, string name) {
  for (size_t i = 0; i < w->length; i++)
    if (equal(w->entries[i].item.name, name)) return &w->entries[i];
  return NULL;
}

static void push(warehouse *w, entry new) {
  if (w->length == w->capacity) {
    w->capacity = w->capacity ? 2 * w->capacity : 4;
    entry *entries = allocate(w->capacity * sizeof *entries);
    if (w->entries) __builtin_memcpy(entries, w->entries, w->length * sizeof *entries);
    release(w->entries);
    w->entries = entries;
  }
  w->entries[w->length++] = new;
}

static entry *add_to(warehouse *w, item it, uint32_t count) {
  entry *old = find_entry(w, it.name);
  if (old) {
    old->count += count;
    free_item(&it);
    return old;
  }
  push(w, (entry){it, count});
  return &w->entries[w->length - 1];
}

static bool matches(const item *it, uint32_t tag, uint32_t a, uint32_t b) {
  switch (tag) {
    case NAMED: return equal(it->name, (string){(char *)a, b});
    case CHEAPER_THAN: return it->price < a;
    case OF_CATEGORY: return it->category == a;
    case LABELLED: return (it->labels & a) == a;
    default: return true;
  }
}

/// Writes the line to the journal; false if that is full.
static bool note(warehouse *w) {
  struct {
    uint8_t is_some;
    uint64_t number;
  } written;
  journal_append(w->journal, line.text, line.length, &written);
  return written.is_some;
}

static bool note_change(warehouse *w, const char *sign, uint32_t count, string name) {
  line.length = 0;
  put_text(sign);
  put_number(count);
  put_text(" ");
  put(name.ptr, name.len);
  return note(w);
}

static outcome result;

static outcome *ok(uint64_t count) {
  result = (outcome){.is_err = 0, .value.ok = count};
  return &result;
}

static outcome *problem(uint8_t tag) {
  result.is_err = 1;
  result.value.problem.tag = tag;
  return &result;
}

/// Not optimised, so that the backtrace shows every step.
__attribute__((noinline, optnone)) static uint32_t fall(uint32_t depth) {
  if (depth == 0) __builtin_trap();
  return fall(depth - 1) + 1;
}

// ---- Exports. ----

#define EXPORT(name) __attribute__((export_name(name)))
#define STOCK "demo:inventory/stock@0.1.0#"
#define POST "cabi_post_" STOCK

EXPORT("cabi_realloc")
void *cabi_realloc(void *old, size_t old_size, size_t align, size_t new_size) {
  (void)align;
  void *new = allocate(new_size);
  if (old) __builtin_memcpy(new, old, old_size < new_size ? old_size : new_size);
  release(old);
  return new;
}

EXPORT(STOCK "[constructor]warehouse") int32_t constructor(char *name, size_t length) {
  return handle_new(new_warehouse((string){name, length}));
}

EXPORT(STOCK "[dtor]warehouse") void destructor(warehouse *w) {
  journal_drop(w->journal);
  for (size_t i = 0; i < w->length; i++) free_item(&w->entries[i].item);
  release(w->entries);
  release(w->name.ptr);
  release(w);
}

EXPORT(STOCK "[method]warehouse.name") string *name(warehouse *w) {
  return &w->name;
}

EXPORT(STOCK "[method]warehouse.add")
outcome *add(warehouse *w, char *name, size_t name_length, int32_t category, uint32_t price,
             int32_t labels, string *tags, size_t tags_length, int32_t has_note, char *note_text,
             size_t note_length, uint32_t count) {
  item it = {
      .name = {name, name_length},
      .category = (uint8_t)category,
      .price = price,
      .labels = (uint8_t)labels,
      .tags = {tags, tags_length},
      .note = {(uint8_t)has_note, {note_text, note_length}},
  };
  if (!note_change(w, "+", count, it.name)) {
    free_item(&it);
    return problem(JOURNAL_FULL);
  }
  return ok(add_to(w, it, count)->count);
}

EXPORT(STOCK "[method]warehouse.remove")
outcome *take(warehouse *w, char *name, size_t length, uint32_t count) {
  static string unknown;
  string wanted = {name, length};
  entry *found = find_entry(w, wanted);
  if (!found) {
    // The name lives until the next unknown one.
    release(unknown.ptr);
    unknown = wanted;
    problem(UNKNOWN_ITEM)->value.problem.payload.name = wanted;
    return &result;
  }
  release(name);
  if (found->count < count) {
    problem(TOO_FEW)->value.problem.payload.counts.have = found->count;
    result.value.problem.payload.counts.wanted = count;
    return &result;
  }
  if (!note_change(w, "-", count, found->item.name)) return problem(JOURNAL_FULL);
  found->count -= count;
  return ok(found->count);
}

typedef struct {
  entry *ptr;
  size_t len;
} entries;

EXPORT(STOCK "[method]warehouse.find")
entries *find(warehouse *w, uint32_t tag, uint32_t a, uint32_t b) {
  static entries found;
  found.ptr = allocate(w->length * sizeof(entry));
  found.len = 0;
  for (size_t i = 0; i < w->length; i++)
    if (matches(&w->entries[i].item, tag, a, b)) found.ptr[found.len++] = w->entries[i];
  if (tag == NAMED) release((char *)a);
  return &found;
}

EXPORT(POST "[method]warehouse.find") void find_post(entries *found) {
  release(found->ptr);
}

EXPORT(STOCK "[method]warehouse.value") double value(warehouse *w) {
  double all = 0;
  for (size_t i = 0; i < w->length; i++) {
    const item *it = &w->entries[i].item;
    double tax = host_tax(it->name.ptr, it->name.len, it->category, it->price, it->labels,
                          it->tags.ptr, it->tags.len, it->note.is_some, it->note.value.ptr,
                          it->note.value.len);
    all += it->price * (double)w->entries[i].count * (1 + tax / 100);
  }
  return all;
}

EXPORT(STOCK "[static]warehouse.merge")
int32_t merge(char *name, size_t length, int32_t a, int32_t b) {
  warehouse *both = new_warehouse((string){name, length});
  int32_t handles[] = {a, b};
  for (int i = 0; i < 2; i++) {
    warehouse *from = handle_rep(handles[i]);
    for (size_t j = 0; j < from->length; j++)
      add_to(both, from->entries[j].item, from->entries[j].count);
    from->length = 0;
    handle_drop(handles[i]);
  }
  return handle_new(both);
}

EXPORT(STOCK "audit") strings *audit(warehouse **all, size_t length) {
  static strings lines;
  strings titles;
  host_titles(&titles);
  lines.len = length + 1;
  lines.ptr = allocate(lines.len * sizeof *lines.ptr);
  for (size_t i = 0; i < length; i++) {
    line.length = 0;
    put(all[i]->name.ptr, all[i]->name.len);
    put_text(": ");
    put_number(all[i]->length);
    put_text(" kinds");
    lines.ptr[i] = copy_of_line();
  }
  line.length = 0;
  put_text("journals:");
  for (size_t i = 0; i < titles.len; i++) {
    put_text(" ");
    put(titles.ptr[i].ptr, titles.ptr[i].len);
    release(titles.ptr[i].ptr);
  }
  release(titles.ptr);
  lines.ptr[length] = copy_of_line();
  release(all);
  return &lines;
}

EXPORT(POST "audit") void audit_post(strings *lines) {
  for (size_t i = 0; i < lines->len; i++) release(lines->ptr[i].ptr);
  release(lines->ptr);
}

typedef struct {
  uint8_t category;
  uint64_t count;
} category_count;

typedef struct {
  category_count *ptr;
  size_t len;
} category_counts;

EXPORT(STOCK "count-by-category") category_counts *count_by_category(warehouse *w) {
  static category_count counts[CATEGORIES];
  static category_counts list = {counts, CATEGORIES};
  for (uint8_t i = 0; i < CATEGORIES; i++) counts[i] = (category_count){i, 0};
  for (size_t i = 0; i < w->length; i++)
    counts[w->entries[i].item.category].count += w->entries[i].count;
  return &list;
}

EXPORT(STOCK "crash") void crash(uint32_t depth) { fall(depth); }
