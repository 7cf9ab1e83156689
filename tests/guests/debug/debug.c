// A command and a library in C with debug information, for backtraces and debuggers. There is no libc, so that
// everything in them is here. Made by build.sh; the line numbers below are those of this file.
//
// RUN: --invoke 'divide(7, 2)'
// STDOUT: 3
// RUN: --invoke 'divide(7, 0)'
// EXIT: 134
// STDERR: - quotient
// STDERR:                     at /guest/debug.c:24:12
// STDERR:                 - root:module0::step
// STDERR:                     at /guest/debug.c:29:16
// (`divide` only calls `step`, so that is called in its place.)
// RUN: --invoke 'recurse(10000000)'
// EXIT: 134
// STDERR: call stack exhausted
// STDERR:  - root:module0::deep
// STDERR:                     at /guest/debug.c:37
// RUN:
typedef int s32;

static s32 calls;

static inline __attribute__((always_inline)) s32 quotient(s32 a, s32 b) {
  return a / b;
}

static __attribute__((noinline)) s32 step(s32 a, s32 b) {
  calls += 1;
  s32 result = quotient(a, b);
  return result + calls - 1;
}

__attribute__((export_name("divide"))) s32 divide(s32 a, s32 b) {
  return step(a, b);
}

static __attribute__((noinline)) s32 deep(s32 n) {
  if (n == 0) return calls;
  s32 below = deep(n - 1);
  calls += below;
  return below;
}

__attribute__((export_name("recurse"))) s32 recurse(s32 n) {
  return deep(n);
}

__attribute__((export_name("wasi:cli/run@0.2.0#run"))) s32 run(void) {
  s32 sum = 0;
  for (s32 i = 1; i < 4; i++) {
    sum += step(12, i);
  }
  return sum != 25;
}
