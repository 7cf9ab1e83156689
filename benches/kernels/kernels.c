// The kernels of `compute`: freestanding C, the same source for wasm32 and for native compilers.
//
// Every kernel is `uint64_t k_NAME(uint32_t n)`: it does `n` units of work from a fixed seed and returns a
// checksum, which does not depend on the compiler or the target. A kernel keeps nothing from call to call;
// what it needs lies in one static arena. There is no libc: `__builtin_memcpy` and its like are calls of
// the platform's functions natively, and `memory.copy` and its like in WebAssembly.
//
// Floating point is IEEE 754 without contraction (compile with -ffp-contract=off).

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __wasm__
#define KERNEL(name, export) __attribute__((export_name(export))) uint64_t k_##name(uint32_t n)
#else
#define KERNEL(name, export) __attribute__((visibility("default"))) uint64_t k_##name(uint32_t n)
#endif
#define NOINLINE __attribute__((noinline))

// ---------------------------------------------------------------- the arena, random numbers, checksums

#define ARENA_SIZE (4u << 20)
static _Alignas(64) uint8_t arena[ARENA_SIZE];
static uint32_t arena_used;

static void arena_reset(void) { arena_used = 0; }

/// `size` bytes, aligned to 64, contents arbitrary. The kernels ask for less than the arena has.
static void *arena_take(uint32_t size) {
  void *taken = arena + arena_used;
  arena_used += (size + 63) & ~63u;
  return taken;
}

typedef struct {
  uint64_t state;
} Random;

static Random random_from(uint64_t seed) { return (Random){seed * 0x9E3779B97F4A7C15u + 1}; }

/// xorshift64*
static uint32_t random_next(Random *random) {
  uint64_t x = random->state;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  random->state = x;
  return (uint32_t)((x * 0x2545F4914F6CDD1Du) >> 32);
}

static uint64_t mix(uint64_t sum, uint64_t value) {
  sum ^= value + 0x9E3779B97F4A7C15u + (sum << 6) + (sum >> 2);
  return sum * 0xFF51AFD7ED558CCDu;
}

static uint64_t bits_of(double value) {
  uint64_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

// ---------------------------------------------------------------- matrix multiply

#define MATRIX 96

/// i-k-j order, so that compilers can vectorise the inner loop.
static NOINLINE void multiply(double *restrict c, const double *restrict a, const double *restrict b) {
  for (int i = 0; i < MATRIX; i++) {
    for (int j = 0; j < MATRIX; j++) c[i * MATRIX + j] = 0;
    for (int k = 0; k < MATRIX; k++) {
      double factor = a[i * MATRIX + k];
      for (int j = 0; j < MATRIX; j++) c[i * MATRIX + j] += factor * b[k * MATRIX + j];
    }
  }
}

KERNEL(matmul, "k-matmul") {
  arena_reset();
  uint32_t size = MATRIX * MATRIX * sizeof(double);
  double *a = arena_take(size), *b = arena_take(size), *c = arena_take(size);
  Random random = random_from(1);
  for (int i = 0; i < MATRIX * MATRIX; i++) {
    a[i] = (double)(random_next(&random) & 0xFFFF) / 65536.0;
    b[i] = (double)(random_next(&random) & 0xFFFF) / 65536.0;
  }
  uint64_t sum = 0;
  for (uint32_t round = 0; round < n; round++) {
    multiply(c, a, b);
    sum = mix(sum, bits_of(c[round % (MATRIX * MATRIX)]));
    a[round % (MATRIX * MATRIX)] += 1.0;
  }
  return sum;
}

// ---------------------------------------------------------------- SHA-256

static const uint32_t SHA_K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate_right(uint32_t x, int by) { return (x >> by) | (x << (32 - by)); }

static NOINLINE void sha_block(uint32_t state[8], const uint8_t *block) {
  uint32_t w[64];
  for (int i = 0; i < 16; i++)
    w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
           (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
  for (int i = 16; i < 64; i++) {
    uint32_t x = w[i - 15], y = w[i - 2];
    uint32_t s0 = rotate_right(x, 7) ^ rotate_right(x, 18) ^ (x >> 3);
    uint32_t s1 = rotate_right(y, 17) ^ rotate_right(y, 19) ^ (y >> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 64; i++) {
    uint32_t s1 = rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25);
    uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + SHA_K[i] + w[i];
    uint32_t s0 = rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22);
    uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

/// `n` blocks of 64 bytes, out of a buffer of 4 KiB.
KERNEL(sha256, "k-sha256") {
  arena_reset();
  uint8_t *data = arena_take(4096);
  Random random = random_from(2);
  for (int i = 0; i < 4096; i++) data[i] = (uint8_t)random_next(&random);
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  for (uint32_t round = 0; round < n; round++) sha_block(state, data + (round % 64) * 64);
  uint64_t sum = 0;
  for (int i = 0; i < 8; i++) sum = mix(sum, state[i]);
  return sum;
}

// ---------------------------------------------------------------- base64

static const char BASE64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static NOINLINE uint32_t base64_encode(const uint8_t *in, uint32_t length, uint8_t *out) {
  uint8_t *start = out;
  for (; length >= 3; length -= 3, in += 3) {
    uint32_t three = (uint32_t)in[0] << 16 | (uint32_t)in[1] << 8 | in[2];
    *out++ = BASE64[three >> 18];
    *out++ = BASE64[three >> 12 & 63];
    *out++ = BASE64[three >> 6 & 63];
    *out++ = BASE64[three & 63];
  }
  if (length > 0) {
    uint32_t rest = (uint32_t)in[0] << 16 | (length == 2 ? (uint32_t)in[1] << 8 : 0);
    *out++ = BASE64[rest >> 18];
    *out++ = BASE64[rest >> 12 & 63];
    *out++ = length == 2 ? BASE64[rest >> 6 & 63] : '=';
    *out++ = '=';
  }
  return (uint32_t)(out - start);
}

/// The length of what `in` says, or -1 if it is not base64. `in` is a multiple of four long.
static NOINLINE int32_t base64_decode(const uint8_t *in, uint32_t length, const uint8_t *values,
                                      uint8_t *out) {
  uint8_t *start = out;
  for (; length > 0; length -= 4, in += 4) {
    uint8_t a = values[in[0]], b = values[in[1]], c = values[in[2]], d = values[in[3]];
    if ((a | b | c | d) & 0x80) {
      bool last = length == 4 && in[3] == '=' && !((a | b) & 0x80);
      if (!last || (in[2] != '=' && c & 0x80)) return -1;
      *out++ = (uint8_t)(a << 2 | b >> 4);
      if (in[2] != '=') *out++ = (uint8_t)(b << 4 | c >> 2);
      break;
    }
    *out++ = (uint8_t)(a << 2 | b >> 4);
    *out++ = (uint8_t)(b << 4 | c >> 2);
    *out++ = (uint8_t)(c << 6 | d);
  }
  return (int32_t)(out - start);
}

KERNEL(base64, "k-base64") {
  arena_reset();
  enum { LENGTH = 10000 };
  uint8_t *data = arena_take(LENGTH), *text = arena_take(LENGTH * 2), *back = arena_take(LENGTH + 8);
  uint8_t *values = arena_take(256);
  for (int i = 0; i < 256; i++) values[i] = 0x80;
  for (int i = 0; i < 64; i++) values[(uint8_t)BASE64[i]] = (uint8_t)i;
  Random random = random_from(3);
  for (int i = 0; i < LENGTH; i++) data[i] = (uint8_t)random_next(&random);
  uint64_t sum = 0;
  for (uint32_t round = 0; round < n; round++) {
    uint32_t encoded = base64_encode(data, LENGTH - round % 3, text);
    int32_t decoded = base64_decode(text, encoded, values, back);
    sum = mix(sum, (uint64_t)decoded << 32 | text[round % encoded] | (uint32_t)back[round % LENGTH] << 8);
    data[round % LENGTH] ^= 0x55;
  }
  return sum;
}

// ---------------------------------------------------------------- JSON: written, then scanned

typedef struct {
  uint8_t *at;
  Random random;
} Writer;

static void put(Writer *writer, const char *text) {
  while (*text) *writer->at++ = (uint8_t)*text++;
}

static void put_number(Writer *writer, uint32_t value) {
  uint8_t digits[10];
  int count = 0;
  do digits[count++] = (uint8_t)('0' + value % 10);
  while ((value /= 10) != 0);
  while (count > 0) *writer->at++ = digits[--count];
}

static void put_value(Writer *writer, int depth) {
  static const char *const WORDS[8] = {"id",       "name",    "a longer key of an object", "x",
                                       "with \\\"escapes\\\"\\n", "value", "\\u00e9t\\u00e9",  "children"};
  uint32_t choice = random_next(&writer->random) % (depth > 4 ? 5 : 9);
  switch (choice) {
  case 0: put(writer, "null"); break;
  case 1: put(writer, "true"); break;
  case 2:
    put_number(writer, random_next(&writer->random));
    put(writer, ".");
    put_number(writer, random_next(&writer->random) & 1023);
    break;
  case 3:
    if (random_next(&writer->random) & 1) put(writer, "-");
    put_number(writer, random_next(&writer->random) & 0xFFFFF);
    break;
  case 4:
    put(writer, "\"some text of a string, ");
    put(writer, WORDS[random_next(&writer->random) & 7]);
    put(writer, "\"");
    break;
  default: {
    bool object = choice & 1;
    uint32_t count = random_next(&writer->random) % 7;
    put(writer, object ? "{" : "[");
    for (uint32_t i = 0; i < count; i++) {
      if (i > 0) put(writer, ",\n  ");
      if (object) {
        put(writer, "\"");
        put(writer, WORDS[random_next(&writer->random) & 7]);
        put(writer, "\": ");
      }
      put_value(writer, depth + 1);
    }
    put(writer, object ? "}" : "]");
  }
  }
}

typedef struct {
  const uint8_t *at, *end;
  uint64_t sum;
  uint32_t values;
} Scanner;

static void skip_space(Scanner *scanner) {
  while (scanner->at < scanner->end &&
         (*scanner->at == ' ' || *scanner->at == '\n' || *scanner->at == '\t' || *scanner->at == '\r'))
    scanner->at++;
}

static bool take(Scanner *scanner, uint8_t wanted) {
  if (scanner->at == scanner->end || *scanner->at != wanted) return false;
  scanner->at++;
  return true;
}

static bool scan_word(Scanner *scanner, const char *word) {
  for (; *word; word++)
    if (!take(scanner, (uint8_t)*word)) return false;
  return true;
}

static int hex_digit(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// After the opening quote. The text goes into the sum.
static bool scan_string(Scanner *scanner) {
  uint32_t hash = 2166136261u;
  while (scanner->at < scanner->end) {
    uint8_t c = *scanner->at++;
    if (c == '"') {
      scanner->sum = mix(scanner->sum, hash);
      return true;
    }
    if (c < 0x20) return false;
    uint32_t character = c;
    if (c == '\\') {
      if (scanner->at == scanner->end) return false;
      switch (*scanner->at++) {
      case 'n': character = '\n'; break;
      case 't': character = '\t'; break;
      case 'r': character = '\r'; break;
      case 'b': character = '\b'; break;
      case 'f': character = '\f'; break;
      case '"': character = '"'; break;
      case '\\': character = '\\'; break;
      case '/': character = '/'; break;
      case 'u':
        character = 0;
        for (int i = 0; i < 4; i++) {
          int digit = scanner->at < scanner->end ? hex_digit(*scanner->at++) : -1;
          if (digit < 0) return false;
          character = character << 4 | (uint32_t)digit;
        }
        break;
      default: return false;
      }
    }
    hash = (hash ^ character) * 16777619u;
  }
  return false;
}

static bool scan_number(Scanner *scanner) {
  bool negative = take(scanner, '-');
  int64_t whole = 0;
  const uint8_t *digits = scanner->at;
  while (scanner->at < scanner->end && (uint8_t)(*scanner->at - '0') < 10)
    whole = whole * 10 + (*scanner->at++ - '0');
  if (scanner->at == digits) return false;
  double value = (double)whole;
  if (take(scanner, '.')) {
    double scale = 0.1;
    while (scanner->at < scanner->end && (uint8_t)(*scanner->at - '0') < 10) {
      value += scale * (*scanner->at++ - '0');
      scale *= 0.1;
    }
  }
  scanner->sum = mix(scanner->sum, bits_of(negative ? -value : value));
  return true;
}

static NOINLINE bool scan_value(Scanner *scanner) {
  skip_space(scanner);
  if (scanner->at == scanner->end) return false;
  scanner->values++;
  switch (*scanner->at) {
  case '{':
  case '[': {
    bool object = *scanner->at++ == '{';
    uint8_t close = object ? '}' : ']';
    skip_space(scanner);
    if (take(scanner, close)) return true;
    do {
      skip_space(scanner);
      if (object) {
        if (!take(scanner, '"') || !scan_string(scanner)) return false;
        skip_space(scanner);
        if (!take(scanner, ':')) return false;
      }
      if (!scan_value(scanner)) return false;
      skip_space(scanner);
    } while (take(scanner, ','));
    return take(scanner, close);
  }
  case '"': scanner->at++; return scan_string(scanner);
  case 't': return scan_word(scanner, "true");
  case 'f': return scan_word(scanner, "false");
  case 'n': return scan_word(scanner, "null");
  default: return scan_number(scanner);
  }
}

KERNEL(json, "k-json") {
  arena_reset();
  uint8_t *text = arena_take(1 << 20);
  Writer writer = {text, random_from(4)};
  put(&writer, "[");
  while (writer.at - text < 60000) {
    put_value(&writer, 0);
    put(&writer, ",");
  }
  put(&writer, "0]");
  Scanner scanner = {text, writer.at, 0, 0};
  for (uint32_t round = 0; round < n; round++) {
    scanner.at = text;
    if (!scan_value(&scanner)) return 0;
  }
  return mix(scanner.sum, scanner.values);
}

// ---------------------------------------------------------------- n-body

typedef struct {
  double x, y, z, vx, vy, vz, mass;
} Body;

static NOINLINE void advance(Body *bodies, int count, double dt) {
  for (int i = 0; i < count; i++) {
    Body *a = &bodies[i];
    for (int j = i + 1; j < count; j++) {
      Body *b = &bodies[j];
      double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
      double square = dx * dx + dy * dy + dz * dz;
      double pull = dt / (square * __builtin_sqrt(square));
      a->vx -= dx * b->mass * pull, a->vy -= dy * b->mass * pull, a->vz -= dz * b->mass * pull;
      b->vx += dx * a->mass * pull, b->vy += dy * a->mass * pull, b->vz += dz * a->mass * pull;
    }
  }
  for (int i = 0; i < count; i++) {
    Body *a = &bodies[i];
    a->x += dt * a->vx, a->y += dt * a->vy, a->z += dt * a->vz;
  }
}

KERNEL(nbody, "k-nbody") {
  enum { BODIES = 5 };
  Body bodies[BODIES];
  Random random = random_from(5);
  for (int i = 0; i < BODIES; i++) {
    double *fields = &bodies[i].x;
    for (int j = 0; j < 6; j++) {
      double unit = (double)random_next(&random) / 4294967296.0 - 0.5;
      fields[j] = j < 3 ? 20.0 * unit : unit;
    }
    bodies[i].mass = 0.01 + (double)random_next(&random) / 4294967296.0;
  }
  for (uint32_t round = 0; round < n; round++) advance(bodies, BODIES, 0.001);
  uint64_t sum = 0;
  for (int i = 0; i < BODIES; i++) sum = mix(mix(sum, bits_of(bodies[i].x)), bits_of(bodies[i].vz));
  return sum;
}

// ---------------------------------------------------------------- Mandelbrot, scalar and with vectors

#define MANDELBROT_WIDTH 64
#define MANDELBROT_LIMIT 64

/// `n` rows of 64 points.
KERNEL(mandelbrot, "k-mandelbrot") {
  uint64_t sum = 0;
  for (uint32_t row = 0; row < n; row++) {
    double ci = (double)(row % 64) * (2.0 / 64) - 1.0;
    for (int column = 0; column < MANDELBROT_WIDTH; column++) {
      double cr = column * (3.0 / MANDELBROT_WIDTH) - 2.0;
      double zr = 0, zi = 0;
      uint32_t steps = 0;
      while (steps < MANDELBROT_LIMIT) {
        double rr = zr * zr, ii = zi * zi;
        if (rr + ii > 4.0) break;
        zi = 2.0 * zr * zi + ci;
        zr = rr - ii + cr;
        steps++;
      }
      sum += (uint64_t)steps * (uint32_t)(column + 1);
    }
    sum = mix(sum, row);
  }
  return sum;
}

typedef double F64x2 __attribute__((vector_size(16)));
typedef int64_t I64x2 __attribute__((vector_size(16)));

/// The same, two points at a time.
KERNEL(mandelbrot_simd, "k-mandelbrot-simd") {
  uint64_t sum = 0;
  for (uint32_t row = 0; row < n; row++) {
    double imaginary = (double)(row % 64) * (2.0 / 64) - 1.0;
    F64x2 ci = {imaginary, imaginary};
    for (int column = 0; column < MANDELBROT_WIDTH; column += 2) {
      F64x2 cr = {column * (3.0 / MANDELBROT_WIDTH) - 2.0, (column + 1) * (3.0 / MANDELBROT_WIDTH) - 2.0};
      F64x2 zr = {0, 0}, zi = {0, 0};
      I64x2 steps = {0, 0};
      for (int step = 0; step < MANDELBROT_LIMIT; step++) {
        F64x2 rr = zr * zr, ii = zi * zi;
        I64x2 inside = rr + ii <= 4.0;
        if ((inside[0] | inside[1]) == 0) break;
        steps -= inside;
        zi = 2.0 * zr * zi + ci;
        zr = rr - ii + cr;
      }
      sum += (uint64_t)steps[0] * (uint32_t)(column + 1) + (uint64_t)steps[1] * (uint32_t)(column + 2);
    }
    sum = mix(sum, row);
  }
  return sum;
}

// ---------------------------------------------------------------- quicksort

static NOINLINE void quicksort(int32_t *values, int32_t low, int32_t high) {
  while (low < high) {
    int32_t pivot = values[low + (high - low) / 2], i = low, j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        int32_t value = values[i];
        values[i++] = values[j], values[j--] = value;
      }
    }
    // The smaller part by recursion, the larger one by the loop.
    if (j - low < high - i) {
      quicksort(values, low, j);
      low = i;
    } else {
      quicksort(values, i, high);
      high = j;
    }
  }
}

KERNEL(quicksort, "k-quicksort") {
  arena_reset();
  enum { COUNT = 10000 };
  int32_t *values = arena_take(COUNT * sizeof(int32_t));
  Random random = random_from(6);
  uint64_t sum = 0;
  for (uint32_t round = 0; round < n; round++) {
    for (int i = 0; i < COUNT; i++) values[i] = (int32_t)random_next(&random);
    quicksort(values, 0, COUNT - 1);
    for (int i = 0; i < COUNT; i += 97) sum = mix(sum, (uint32_t)values[i]);
  }
  return sum;
}

// ---------------------------------------------------------------- a hash map with open addressing

typedef struct {
  uint32_t key, value;
} Slot;

#define MAP_SLOTS 16384u

/// The slot of `key`, or the one where it belongs. Keys are not 0.
static NOINLINE Slot *map_find(Slot *slots, uint32_t key) {
  uint32_t hash = key * 0x85EBCA6Bu;
  hash ^= hash >> 15;
  for (uint32_t at = hash & (MAP_SLOTS - 1);; at = (at + 1) & (MAP_SLOTS - 1))
    if (slots[at].key == key || slots[at].key == 0) return &slots[at];
}

static void map_remove(Slot *slots, Slot *slot) {
  uint32_t hole = (uint32_t)(slot - slots);
  slots[hole].key = 0;
  // What follows without a gap may belong in front of the hole.
  for (uint32_t at = (hole + 1) & (MAP_SLOTS - 1); slots[at].key != 0; at = (at + 1) & (MAP_SLOTS - 1)) {
    Slot moved = slots[at];
    slots[at].key = 0;
    *map_find(slots, moved.key) = moved;
  }
}

/// `n` operations on a map of up to 8,000 entries: look up and change, insert, remove.
KERNEL(hashmap, "k-hashmap") {
  arena_reset();
  Slot *slots = arena_take(MAP_SLOTS * sizeof(Slot));
  __builtin_memset(slots, 0, MAP_SLOTS * sizeof(Slot));
  Random random = random_from(7);
  uint64_t sum = 0;
  uint32_t entries = 0;
  for (uint32_t round = 0; round < n; round++) {
    uint32_t number = random_next(&random), choice = number >> 30;
    Slot *slot = map_find(slots, (number & 0x3FFF) * 2654435761u | 1);
    if (slot->key == 0) {
      if (entries < 8000) {
        *slot = (Slot){(number & 0x3FFF) * 2654435761u | 1, number};
        entries++;
      }
    } else if (choice == 0) {
      map_remove(slots, slot);
      entries--;
    } else {
      sum += slot->value;
      slot->value ^= number;
    }
  }
  return mix(sum, entries);
}

// ---------------------------------------------------------------- a binary search tree

typedef struct Node {
  struct Node *left, *right;
  uint32_t key, count;
} Node;

static NOINLINE bool tree_contains(const Node *node, uint32_t key) {
  while (node != NULL && node->key != key) node = key < node->key ? node->left : node->right;
  return node != NULL;
}

static NOINLINE uint64_t tree_sum(const Node *node, uint32_t depth) {
  if (node == NULL) return depth;
  uint64_t left = tree_sum(node->left, depth + 1), right = tree_sum(node->right, depth + 1);
  return left + right * 3 + node->key * node->count;
}

KERNEL(bintree, "k-bintree") {
  enum { NODES = 2000 };
  uint64_t sum = 0;
  Random random = random_from(8);
  for (uint32_t round = 0; round < n; round++) {
    arena_reset();
    Node *nodes = arena_take(NODES * sizeof(Node)), *root = NULL;
    for (uint32_t used = 0; used < NODES; used++) {
      uint32_t key = random_next(&random) & 0xFFFF;
      Node **link = &root;
      while (*link != NULL && (*link)->key != key) link = key < (*link)->key ? &(*link)->left : &(*link)->right;
      if (*link == NULL) {
        nodes[used] = (Node){NULL, NULL, key, 1};
        *link = &nodes[used];
      } else {
        (*link)->count++;
      }
    }
    uint32_t found = 0;
    for (int i = 0; i < 4 * NODES; i++) found += tree_contains(root, random_next(&random) & 0xFFFF);
    sum = mix(sum, tree_sum(root, 0) + found);
  }
  return sum;
}

// ---------------------------------------------------------------- CRC-32 by table

KERNEL(crc32, "k-crc32") {
  arena_reset();
  enum { LENGTH = 16384 };
  uint32_t *table = arena_take(256 * sizeof(uint32_t));
  uint8_t *data = arena_take(LENGTH);
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    table[i] = crc;
  }
  Random random = random_from(9);
  for (int i = 0; i < LENGTH; i++) data[i] = (uint8_t)random_next(&random);
  uint32_t crc = ~0u;
  for (uint32_t round = 0; round < n; round++)
    for (int i = 0; i < LENGTH; i++) crc = crc >> 8 ^ table[(crc ^ data[i]) & 0xFF];
  return ~crc;
}

// ---------------------------------------------------------------- lists, small matrices, a state machine

typedef struct Item {
  struct Item *next;
  int16_t value, index;
} Item;

static uint16_t crc16(uint16_t value, uint16_t crc) {
  for (int bit = 0; bit < 16; bit++, value >>= 1)
    crc = (uint16_t)((value ^ crc) & 1 ? crc >> 1 ^ 0xA001 : crc >> 1);
  return crc;
}

static Item *list_reverse(Item *list) {
  Item *reversed = NULL;
  while (list != NULL) {
    Item *next = list->next;
    list->next = reversed, reversed = list, list = next;
  }
  return reversed;
}

static const Item *list_find(const Item *list, int16_t value) {
  while (list != NULL && list->value != value) list = list->next;
  return list;
}

typedef int (*Order)(const Item *, const Item *);
static NOINLINE int by_value(const Item *a, const Item *b) { return a->value - b->value; }
static NOINLINE int by_index(const Item *a, const Item *b) { return a->index - b->index; }

/// Merge sort, bottom-up: runs of 1, 2, 4, … items.
static NOINLINE Item *list_sort(Item *list, Order order) {
  for (uint32_t length = 1;; length *= 2) {
    Item *rest = list, *sorted = NULL, **tail = &sorted;
    uint32_t merges = 0;
    while (rest != NULL) {
      Item *a = rest;
      uint32_t in_a = 0, in_b = length;
      while (in_a < length && rest != NULL) rest = rest->next, in_a++;
      Item *b = rest;
      merges++;
      while (in_a > 0 || (in_b > 0 && b != NULL)) {
        bool first = in_a > 0 && (in_b == 0 || b == NULL || order(a, b) <= 0);
        Item **from = first ? &a : &b;
        *tail = *from, tail = &(*tail)->next, *from = (*from)->next;
        if (first) in_a--;
        else in_b--;
      }
      rest = b;
    }
    *tail = NULL;
    list = sorted;
    if (merges <= 1) return list;
  }
}

static NOINLINE uint16_t list_work(Item *items, int count, Random *random) {
  for (int i = 0; i < count; i++)
    items[i] = (Item){i + 1 < count ? &items[i + 1] : NULL, (int16_t)(random_next(random) & 0x3FF), (int16_t)i};
  Item *list = list_sort(items, by_value);
  uint16_t crc = 0;
  for (int i = 0; i < 16; i++) {
    const Item *found = list_find(list, (int16_t)(random_next(random) & 0x3FF));
    crc = crc16(found == NULL ? 0xFFFF : (uint16_t)found->index, crc);
    list = list_reverse(list);
  }
  list = list_sort(list, by_index);
  for (; list != NULL; list = list->next) crc = crc16((uint16_t)list->value, crc);
  return crc;
}

#define SMALL 10

static NOINLINE uint16_t matrix_work(int32_t *c, int16_t *a, const int16_t *b, int16_t add) {
  for (int i = 0; i < SMALL * SMALL; i++) a[i] = (int16_t)(a[i] + add);
  for (int i = 0; i < SMALL; i++)
    for (int j = 0; j < SMALL; j++) {
      int32_t product = 0, bits = 0;
      for (int k = 0; k < SMALL; k++) {
        int32_t term = a[i * SMALL + k] * b[k * SMALL + j];
        product += term;
        bits += (term >> 2 & 15) * (term >> 5 & 127);
      }
      c[i * SMALL + j] = product ^ bits;
    }
  uint16_t crc = 0;
  int32_t total = 0, previous = 0;
  for (int i = 0; i < SMALL * SMALL; i++) {
    total += c[i];
    crc = total > 4000 ? crc16((uint16_t)total, crc) : (uint16_t)(crc + (c[i] > previous));
    if (total > 4000) total = 0;
    previous = c[i];
  }
  return crc;
}

enum State { START, SIGN, INTEGER, FRACTION, EXPONENT, SCIENTIFIC, INVALID, STATES };

/// Counts by final state the words, separated by commas, that look like numbers.
static NOINLINE void state_work(const uint8_t *text, uint32_t *counts) {
  enum State state = START;
  for (;; text++) {
    uint8_t c = *text;
    if (c == ',' || c == 0) {
      counts[state]++;
      state = START;
      if (c == 0) return;
      continue;
    }
    bool digit = (uint8_t)(c - '0') < 10;
    switch (state) {
    case START:
      state = digit ? INTEGER : c == '+' || c == '-' ? SIGN : c == '.' ? FRACTION : INVALID;
      break;
    case SIGN: state = digit ? INTEGER : c == '.' ? FRACTION : INVALID; break;
    case INTEGER: state = digit ? INTEGER : c == '.' ? FRACTION : INVALID; break;
    case FRACTION: state = digit ? FRACTION : c == 'e' || c == 'E' ? EXPONENT : INVALID; break;
    case EXPONENT: state = digit || c == '+' || c == '-' ? SCIENTIFIC : INVALID; break;
    case SCIENTIFIC: state = digit ? SCIENTIFIC : INVALID; break;
    default: break;
    }
  }
}

KERNEL(coremark, "k-coremark") {
  arena_reset();
  enum { ITEMS = 200, TEXT = 1000 };
  static const char *const WORDS[8] = {"5012", "-874", "+122", "35.54400", ".1234500", "5.500e+3", "T0.3e-1F", "-.123e4"};
  Item *items = arena_take(ITEMS * sizeof(Item));
  int16_t *a = arena_take(SMALL * SMALL * 2), *b = arena_take(SMALL * SMALL * 2);
  int32_t *c = arena_take(SMALL * SMALL * 4);
  uint8_t *text = arena_take(TEXT + 16), *at = text;
  Random random = random_from(10);
  for (int i = 0; i < SMALL * SMALL; i++) {
    a[i] = (int16_t)(random_next(&random) & 0xFF);
    b[i] = (int16_t)(random_next(&random) & 0xFF);
  }
  while (at - text < TEXT) {
    for (const char *word = WORDS[random_next(&random) & 7]; *word; word++) *at++ = (uint8_t)*word;
    *at++ = ',';
  }
  *at = 0;
  uint16_t crc = 0;
  for (uint32_t round = 0; round < n; round++) {
    uint32_t counts[STATES] = {0};
    crc = crc16(list_work(items, ITEMS, &random), crc);
    crc = crc16(matrix_work(c, a, b, (int16_t)(round & 3)), crc);
    state_work(text, counts);
    for (int i = 0; i < STATES; i++) crc = crc16((uint16_t)counts[i], crc);
    text[round % TEXT] ^= text[round % TEXT] == ',' ? 0 : 1;
  }
  return crc;
}

// ---------------------------------------------------------------- memory operations

static NOINLINE uint32_t string_length(const char *text) {
  const char *at = text;
  while (*at) at++;
  return (uint32_t)(at - text);
}

static NOINLINE const uint8_t *find_byte(const uint8_t *at, uint8_t wanted, uint32_t length) {
  for (; length > 0; at++, length--)
    if (*at == wanted) return at;
  return NULL;
}

static NOINLINE int compare(const uint8_t *a, const uint8_t *b, uint32_t length) {
  for (; length > 0; a++, b++, length--)
    if (*a != *b) return *a - *b;
  return 0;
}

/// Strings of 0 to 255 bytes: measured, searched, compared, copied, moved and filled.
KERNEL(memops, "k-memops") {
  arena_reset();
  enum { STRINGS = 64, ROOM = 256 };
  uint8_t *strings = arena_take(STRINGS * ROOM), *copy = arena_take(2 * ROOM);
  Random random = random_from(11);
  for (int i = 0; i < STRINGS * ROOM; i++) strings[i] = (uint8_t)('a' + random_next(&random) % 26);
  for (int i = 0; i < STRINGS; i++) strings[i * ROOM + (random_next(&random) & 255)] = 0;
  for (int i = 0; i < STRINGS; i++) strings[i * ROOM + 255] = 0;
  uint64_t sum = 0;
  for (uint32_t round = 0; round < n; round++) {
    const uint8_t *string = strings + round % STRINGS * ROOM;
    uint32_t length = string_length((const char *)string);
    const uint8_t *found = find_byte(string, (uint8_t)('A' + round % 58), length);
    __builtin_memcpy(copy, string, length + 1);
    if (length > 0) copy[length - 1] ^= (uint8_t)(round >> 6 & 1);
    int order = compare(copy, string, length + 1);
    __builtin_memmove(copy + (round & 15), copy, length);
    __builtin_memset(copy, (int)round, round & 63);
    sum = mix(sum, length + (uint64_t)(found == NULL ? 0 : found - string) * 256 + (uint32_t)order + copy[round & 127]);
  }
  return sum;
}

/// `n` times, 1 MiB.
KERNEL(memcpy_1m, "k-memcpy-1m") {
  arena_reset();
  enum { SIZE = 1 << 20 };
  uint8_t *from = arena_take(SIZE), *to = arena_take(SIZE);
  for (uint32_t i = 0; i < SIZE; i += 61) from[i] = (uint8_t)i;
  uint64_t sum = 0;
  for (uint32_t round = 0; round < n; round++) {
    from[round % SIZE] += 1;
    __builtin_memcpy(to, from, SIZE);
    sum = mix(sum, to[round * 61 % SIZE]);
  }
  return sum;
}

// ---------------------------------------------------------------- calls through a table

typedef uint32_t (*Step)(uint32_t, uint32_t);
static NOINLINE uint32_t step_add(uint32_t x, uint32_t y) { return x + y; }
static NOINLINE uint32_t step_xor(uint32_t x, uint32_t y) { return x ^ y >> 3; }
static NOINLINE uint32_t step_multiply(uint32_t x, uint32_t y) { return x * (y | 1); }
static NOINLINE uint32_t step_rotate(uint32_t x, uint32_t y) { return rotate_right(x, (int)(y % 31) + 1); }
static NOINLINE uint32_t step_subtract(uint32_t x, uint32_t y) { return y - x; }
static NOINLINE uint32_t step_average(uint32_t x, uint32_t y) { return (x >> 1) + (y >> 1); }
static NOINLINE uint32_t step_not(uint32_t x, uint32_t y) { return ~x + y; }
static NOINLINE uint32_t step_or(uint32_t x, uint32_t y) { return (x | y) - 7; }

static const Step STEPS[8] = {step_add,      step_xor,     step_multiply, step_rotate,
                              step_subtract, step_average, step_not,      step_or};

/// `n` passes over a program of 256 steps.
KERNEL(indirect, "k-indirect") {
  arena_reset();
  uint8_t *program = arena_take(256);
  Random random = random_from(12);
  for (int i = 0; i < 256; i++) program[i] = (uint8_t)(random_next(&random) & 7);
  uint32_t x = 1, y = 0x12345678;
  for (uint32_t round = 0; round < n; round++)
    for (int i = 0; i < 256; i++) {
      x = STEPS[program[i]](x, y);
      y += x;
    }
  return (uint64_t)x << 32 | y;
}

// ---------------------------------------------------------------- recursion

static NOINLINE uint32_t fib(uint32_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

/// `n` times fib of about 20.
KERNEL(fib, "k-fib") {
  uint64_t sum = 0;
  for (uint32_t round = 0; round < n; round++) sum = mix(sum, fib(18 + (round & 3)));
  return sum;
}

// ---------------------------------------------------------------- the sieve of Eratosthenes

KERNEL(sieve, "k-sieve") {
  arena_reset();
  enum { SIZE = 1 << 16 };
  uint8_t *composite = arena_take(SIZE);
  uint64_t sum = 0;
  for (uint32_t round = 0; round < n; round++) {
    for (uint32_t i = 0; i < SIZE; i++) composite[i] = 0;
    uint32_t count = 0;
    for (uint32_t i = 2; i < SIZE; i++) {
      if (composite[i]) continue;
      count++;
      for (uint32_t j = i * 2; j < SIZE; j += i) composite[j] = 1;
    }
    sum = mix(sum, count + round);
  }
  return sum;
}

// ---------------------------------------------------------------- an interpreter: dispatch by switch

enum Op { OP_PUSH, OP_LOAD, OP_STORE, OP_ADD, OP_SUB, OP_MUL, OP_LESS, OP_JUMP_IF, OP_DUP, OP_XOR, OP_SHIFT, OP_END };

typedef struct {
  uint8_t op;
  uint8_t operand;
} Instruction;

static NOINLINE uint32_t interpret(const Instruction *code, uint32_t *locals) {
  uint32_t stack[16], *top = stack;
  for (const Instruction *at = code;; at++) {
    switch ((enum Op)at->op) {
    case OP_PUSH: *top++ = at->operand; break;
    case OP_LOAD: *top++ = locals[at->operand]; break;
    case OP_STORE: locals[at->operand] = *--top; break;
    case OP_ADD: top--, top[-1] += top[0]; break;
    case OP_SUB: top--, top[-1] -= top[0]; break;
    case OP_MUL: top--, top[-1] *= top[0]; break;
    case OP_XOR: top--, top[-1] ^= top[0]; break;
    case OP_SHIFT: top[-1] >>= at->operand; break;
    case OP_LESS: top--, top[-1] = top[-1] < top[0]; break;
    case OP_DUP: top[0] = top[-1], top++; break;
    case OP_JUMP_IF:
      if (*--top) at = code + at->operand - 1;
      break;
    case OP_END: return *--top;
    }
  }
}

/// `n` runs of a loop of 100 rounds.
KERNEL(interpreter, "k-interpreter") {
  // Locals: 0 the count, 1 the sum, 2 a seed.
  static const Instruction CODE[] = {
      {OP_PUSH, 0}, {OP_STORE, 0},
      // 2: seed = seed * 77 ^ seed >> 5
      {OP_LOAD, 2}, {OP_PUSH, 77}, {OP_MUL, 0}, {OP_LOAD, 2}, {OP_SHIFT, 5}, {OP_XOR, 0}, {OP_DUP, 0}, {OP_STORE, 2},
      // 10: sum = seed + sum - count
      {OP_LOAD, 1}, {OP_ADD, 0}, {OP_LOAD, 0}, {OP_SUB, 0}, {OP_STORE, 1},
      // 15: if the seed's top bit is not set, sum = sum ^ 3
      {OP_LOAD, 2}, {OP_SHIFT, 31}, {OP_JUMP_IF, 22}, {OP_LOAD, 1}, {OP_PUSH, 3}, {OP_XOR, 0}, {OP_STORE, 1},
      // 22: count = count + 1; again if it is less than 100
      {OP_LOAD, 0}, {OP_PUSH, 1}, {OP_ADD, 0}, {OP_DUP, 0}, {OP_STORE, 0}, {OP_PUSH, 100}, {OP_LESS, 0}, {OP_JUMP_IF, 2},
      {OP_LOAD, 1}, {OP_END, 0}};
  uint32_t locals[3] = {0, 0, 13};
  uint64_t sum = 0;
  for (uint32_t round = 0; round < n; round++) sum = mix(sum, interpret(CODE, locals));
  return sum;
}

// ---------------------------------------------------------------- LZ compression, there and back

static uint32_t read32(const uint8_t *at) {
  uint32_t value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}

/// Tokens: a byte < 128 stands for that many + 1 literal bytes, which follow; otherwise for a match of
/// (byte & 127) + 4 bytes at a distance of two bytes, which follow.
static NOINLINE uint32_t lz_compress(const uint8_t *in, uint32_t length, uint8_t *out, uint16_t *heads) {
  uint8_t *start = out;
  uint32_t at = 0, literals = 0;
  while (at < length) {
    uint32_t matched = 0, candidate = 0;
    if (at + 4 <= length) {
      uint32_t hash = read32(in + at) * 2654435761u >> 20;
      candidate = heads[hash];
      heads[hash] = (uint16_t)at;
      if (candidate < at && read32(in + candidate) == read32(in + at)) {
        matched = 4;
        while (matched < 131 && at + matched < length && in[candidate + matched] == in[at + matched]) matched++;
      }
    }
    if (matched == 0) literals++, at++;
    if (literals > 0 && (matched > 0 || literals == 128 || at == length)) {
      *out++ = (uint8_t)(literals - 1);
      for (uint32_t i = 0; i < literals; i++) *out++ = in[at - literals + i];
      literals = 0;
    }
    if (matched > 0) {
      uint32_t distance = at - candidate;
      *out++ = (uint8_t)(0x80 | (matched - 4));
      *out++ = (uint8_t)distance, *out++ = (uint8_t)(distance >> 8);
      at += matched;
    }
  }
  return (uint32_t)(out - start);
}

static NOINLINE uint32_t lz_expand(const uint8_t *in, uint32_t length, uint8_t *out) {
  const uint8_t *end = in + length;
  uint8_t *start = out;
  while (in < end) {
    uint32_t token = *in++;
    if (token < 128) {
      for (uint32_t i = 0; i <= token; i++) *out++ = *in++;
    } else {
      const uint8_t *from = out - (in[0] | (uint32_t)in[1] << 8);
      in += 2;
      for (uint32_t i = 0; i < (token & 127) + 4; i++) *out++ = *from++;
    }
  }
  return (uint32_t)(out - start);
}

KERNEL(lz, "k-lz") {
  arena_reset();
  enum { LENGTH = 32768 };
  static const char *const WORDS[16] = {"component", "memory ", "the ", "of ", "zone",  "adapter ", ", ",  "and ",
                                        "table",     "s ",      "in ",  "a ",  "is at ", "module",   ".\n", "call "};
  uint8_t *text = arena_take(LENGTH + 16), *packed = arena_take(2 * LENGTH), *back = arena_take(LENGTH + 16);
  uint16_t *heads = arena_take(4096 * sizeof(uint16_t));
  Random random = random_from(13);
  uint32_t length = 0;
  while (length < LENGTH)
    for (const char *word = WORDS[random_next(&random) & 15]; *word && length < LENGTH; word++)
      text[length++] = (uint8_t)*word;
  uint64_t sum = 0;
  for (uint32_t round = 0; round < n; round++) {
    __builtin_memset(heads, 0, 4096 * sizeof(uint16_t));
    uint32_t size = lz_compress(text, LENGTH, packed, heads);
    uint32_t expanded = lz_expand(packed, size, back);
    sum = mix(sum, (uint64_t)size << 32 | expanded | (uint32_t)back[round % LENGTH] << 24);
    text[round * 7 % LENGTH] ^= 1;
  }
  return sum;
}
