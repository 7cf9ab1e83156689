// SQLite in memory as a kernel: the amalgamation (sqlite3.c, found through -I), a heap in a static arena,
// a system that has no files, and a workload of inserts, look-ups, joins and aggregates.
//
// In WebAssembly there is no libc: the headers of `include`, and the functions at the end of this file.

#define SQLITE_API static
#define SQLITE_THREADSAFE 0
#define SQLITE_OS_OTHER 1
#define SQLITE_TEMP_STORE 3
#define SQLITE_ENABLE_MEMSYS5 1
#define SQLITE_ZERO_MALLOC 1
#define SQLITE_DEFAULT_MEMSTATUS 0
#define SQLITE_OMIT_LOAD_EXTENSION 1
#define SQLITE_OMIT_LOCALTIME 1
#define SQLITE_OMIT_WAL 1
#define SQLITE_OMIT_DEPRECATED 1
#include <stddef.h>
#include <stdint.h>
#include "sqlite3.c"

#ifdef __wasm__
#define KERNEL(name, export) __attribute__((export_name(export))) uint64_t k_##name(uint32_t n)
#else
#define KERNEL(name, export) __attribute__((visibility("default"))) uint64_t k_##name(uint32_t n)
#endif

// ---------------------------------------------------------------- a system without files

static int no_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  (void)vfs, (void)name, (void)flags, (void)out;
  file->pMethods = NULL;
  return SQLITE_CANTOPEN;
}

static int full_name(sqlite3_vfs *vfs, const char *name, int size, char *out) {
  (void)vfs;
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

static int same_randomness(sqlite3_vfs *vfs, int size, char *out) {
  (void)vfs;
  for (int i = 0; i < size; i++) out[i] = (char)(i * 37 + 11);
  return size;
}

static int same_time(sqlite3_vfs *vfs, sqlite3_int64 *out) {
  (void)vfs;
  *out = 212000000000000;
  return SQLITE_OK;
}

static sqlite3_vfs NO_FILES = {
    .iVersion = 2,
    .szOsFile = sizeof(sqlite3_file),
    .mxPathname = 64,
    .zName = "none",
    .xOpen = no_file,
    .xFullPathname = full_name,
    .xRandomness = same_randomness,
    .xCurrentTimeInt64 = same_time,
};

int sqlite3_os_init(void) { return sqlite3_vfs_register(&NO_FILES, 1); }
int sqlite3_os_end(void) { return SQLITE_OK; }

// ---------------------------------------------------------------- the workload

#define HEAP_SIZE (24 << 20)
static _Alignas(64) uint8_t heap[HEAP_SIZE];

typedef struct {
  sqlite3 *database;
  uint64_t sum;
  uint64_t random;
  int failed;
} Work;

static uint32_t work_random(Work *work) {
  work->random = work->random * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(work->random >> 33);
}

static void work_mix(Work *work, uint64_t value) {
  work->sum = (work->sum ^ (value + 0x9E3779B97F4A7C15u)) * 0xFF51AFD7ED558CCDu;
  work->sum ^= work->sum >> 29;
}

static void work_do(Work *work, const char *sql) {
  work->failed |= sqlite3_exec(work->database, sql, NULL, NULL, NULL) != SQLITE_OK;
}

static sqlite3_stmt *work_prepare(Work *work, const char *sql) {
  sqlite3_stmt *statement = NULL;
  work->failed |= sqlite3_prepare_v2(work->database, sql, -1, &statement, NULL) != SQLITE_OK;
  return statement;
}

/// All rows go into the sum.
static void work_rows(Work *work, sqlite3_stmt *statement) {
  int result;
  while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int column = 0; column < sqlite3_column_count(statement); column++) {
      const unsigned char *text;
      double real;
      uint64_t bits;
      switch (sqlite3_column_type(statement, column)) {
      case SQLITE_INTEGER: work_mix(work, (uint64_t)sqlite3_column_int64(statement, column)); break;
      case SQLITE_FLOAT:
        real = sqlite3_column_double(statement, column);
        __builtin_memcpy(&bits, &real, sizeof bits);
        work_mix(work, bits);
        break;
      case SQLITE_TEXT:
        for (text = sqlite3_column_text(statement, column); *text; text++) work_mix(work, *text);
        break;
      default: work_mix(work, 5);
      }
    }
  }
  work->failed |= result != SQLITE_DONE;
}

static void work_query(Work *work, const char *sql) {
  sqlite3_stmt *statement = work_prepare(work, sql);
  work_rows(work, statement);
  sqlite3_finalize(statement);
}

enum { CUSTOMERS = 200, ORDERS = 2000 };

static void work_insert(Work *work) {
  static const char *const TOWNS[8] = {"Aachen", "Bergen", "Cádiz", "Delft", "Espoo", "Faro", "Graz", "Hull"};
  work_do(work, "create table customers(id integer primary key, name text not null, town text);"
                "create table orders(id integer primary key, customer integer references customers(id),"
                " day integer, price real, note text);"
                "begin");
  sqlite3_stmt *customer = work_prepare(work, "insert into customers values(?, 'name-' || ?, ?)");
  for (int i = 0; i < CUSTOMERS; i++) {
    sqlite3_bind_int(customer, 1, i);
    sqlite3_bind_int(customer, 2, (int)(work_random(work) % 1000));
    sqlite3_bind_text(customer, 3, TOWNS[work_random(work) & 7], -1, SQLITE_STATIC);
    work->failed |= sqlite3_step(customer) != SQLITE_DONE;
    sqlite3_reset(customer);
  }
  sqlite3_finalize(customer);
  sqlite3_stmt *order = work_prepare(work, "insert into orders values(?, ?, ?, ?, printf('%d of %s', ?, ?))");
  for (int i = 0; i < ORDERS; i++) {
    sqlite3_bind_int(order, 1, i);
    sqlite3_bind_int(order, 2, (int)(work_random(work) % CUSTOMERS));
    sqlite3_bind_int(order, 3, (int)(work_random(work) % 365));
    sqlite3_bind_double(order, 4, (work_random(work) & 0xFFFF) / 64.0);
    sqlite3_bind_int(order, 5, (int)(work_random(work) & 15));
    sqlite3_bind_text(order, 6, TOWNS[work_random(work) & 7], -1, SQLITE_STATIC);
    work->failed |= sqlite3_step(order) != SQLITE_DONE;
    sqlite3_reset(order);
  }
  sqlite3_finalize(order);
  work_do(work, "commit; create index by_customer on orders(customer); create index by_name on customers(name)");
}

static void work_read(Work *work) {
  sqlite3_stmt *find = work_prepare(work, "select price, note from orders where id = ?");
  for (int i = 0; i < 500; i++) {
    sqlite3_bind_int(find, 1, (int)(work_random(work) % ORDERS));
    work_rows(work, find);
    sqlite3_reset(find);
  }
  sqlite3_finalize(find);
  work_query(work, "select town, count(*), sum(price), min(day), max(note) from customers join orders"
                   " on orders.customer = customers.id group by town order by 2 desc, 1");
  work_query(work, "select name, (select count(*) from orders where customer = c.id and day between 90 and 180) as k"
                   " from customers c where name like 'name-_2%' order by k desc, name limit 20");
  work_query(work, "with recursive p(n) as (select 2 union all select n + 1 from p where n < 60)"
                   " select n from p where not exists(select 1 from p q where q.n < p.n and p.n % q.n = 0)");
  work_query(work, "select day / 30 as month, avg(price), count(distinct customer), sum(length(replace(note, 'of', '--')))"
                   " from orders where note not like '%Graz' group by month having count(*) > 3 order by month");
  work_query(work, "select a.id, b.id from orders a join orders b on a.customer = b.customer and a.day < b.day"
                   " where a.price > 900 order by a.price + b.price, a.id, b.id limit 50");
}

static void work_change(Work *work) {
  work_do(work, "update orders set price = price * 1.25 where day % 7 = 0;"
                "delete from orders where customer in (select id from customers where town = 'Faro')");
  work_query(work, "select count(*), total(price), group_concat(note, '/') from orders where id % 3 > 0");
  work_query(work, "pragma integrity_check");
}

/// `n` times: a database in memory, filled, read, changed. 0 if anything fails.
KERNEL(sqlite, "k-sqlite") {
  Work work = {NULL, 0, 1, 0};
  // What was set before stays if SQLite runs already; the two calls undo it.
  sqlite3_shutdown();
  sqlite3_config(SQLITE_CONFIG_HEAP, heap, HEAP_SIZE, 64);
  sqlite3_initialize();
  for (uint32_t round = 0; round < n && !work.failed; round++) {
    if (sqlite3_open_v2(":memory:", &work.database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "none") != SQLITE_OK)
      return 0;
    work_insert(&work);
    work_read(&work);
    work_change(&work);
    sqlite3_close(work.database);
  }
  return work.failed ? 0 : work.sum;
}

// ---------------------------------------------------------------- what SQLite needs of a libc

#ifdef __wasm__
size_t strlen(const char *text) {
  const char *at = text;
  while (*at) at++;
  return (size_t)(at - text);
}

int strcmp(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return *(const unsigned char *)a - *(const unsigned char *)b;
}

int strncmp(const char *a, const char *b, size_t length) {
  for (; length > 0 && *a && *a == *b; length--) a++, b++;
  return length == 0 ? 0 : *(const unsigned char *)a - *(const unsigned char *)b;
}

char *strchr(const char *text, int wanted) {
  for (; *text != (char)wanted; text++)
    if (!*text) return NULL;
  return (char *)text;
}

char *strrchr(const char *text, int wanted) {
  const char *found = NULL;
  do
    if (*text == (char)wanted) found = text;
  while (*text++);
  return (char *)found;
}

size_t strspn(const char *text, const char *set) {
  size_t length = 0;
  while (text[length] && strchr(set, text[length])) length++;
  return length;
}

size_t strcspn(const char *text, const char *set) {
  size_t length = 0;
  while (text[length] && !strchr(set, text[length])) length++;
  return length;
}

int memcmp(const void *a, const void *b, size_t length) {
  const unsigned char *x = a, *y = b;
  for (; length > 0; x++, y++, length--)
    if (*x != *y) return *x - *y;
  return 0;
}

void *memchr(const void *from, int wanted, size_t length) {
  const unsigned char *at = from;
  for (; length > 0; at++, length--)
    if (*at == (unsigned char)wanted) return (void *)at;
  return NULL;
}

void *memcpy(void *restrict to, const void *restrict from, size_t length) {
  return __builtin_memcpy(to, from, length);
}

void *memmove(void *to, const void *from, size_t length) { return __builtin_memmove(to, from, length); }

void *memset(void *to, int value, size_t length) { return __builtin_memset(to, value, length); }
#endif
