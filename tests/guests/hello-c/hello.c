// A command as a C programmer writes it: arguments, environment, standard streams, files, exit codes.
//
// RUN: -- hello 1 "two words"
// STDOUT: arg 1: hello
// STDOUT: arg 2: 1
// STDOUT: arg 3: two words
// STDOUT: NAME is unset
// STDOUT: 0 lines in
// RUN: --env NAME=value
// STDIN: first
// STDIN: second
// STDOUT: NAME is value
// STDOUT: 2 lines in, the longest has 6 bytes
// RUN: --dir $TMP::/data -- write
// STDOUT: arg 1: write
// STDOUT: NAME is unset
// STDOUT: 0 lines in
// STDOUT: wrote 5 bytes, read "hello"
// STDOUT: listed: note.txt
// STDOUT: outside: cannot be opened
// RUN: -- write
// STDOUT: arg 1: write
// STDOUT: NAME is unset
// STDOUT: 0 lines in
// STDERR: no directory
// EXIT: 1
// RUN: -- fail
// STDOUT: arg 1: fail
// STDOUT: NAME is unset
// STDOUT: 0 lines in
// STDERR: failing as asked
// EXIT: 1
// RUN: -- crash
// STDOUT: arg 1: crash
// STDOUT: NAME is unset
// STDOUT: 0 lines in
// STDERR: wasm `unreachable` instruction executed
// STDERR: crash_here
// EXIT: 134
// RUN: -- memory
// STDOUT: arg 1: memory
// STDOUT: NAME is unset
// STDOUT: 0 lines in
// STDOUT: 64 MiB: 1
// RUN: -- clocks
// STDOUT: arg 1: clocks
// STDOUT: NAME is unset
// STDOUT: 0 lines in
// STDOUT: time goes on, and it is after 2020; random numbers differ
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void count_lines(void) {
  char line[256];
  size_t lines = 0, longest = 0;
  while (fgets(line, sizeof line, stdin)) {
    size_t length = strcspn(line, "\n");
    if (length > longest) longest = length;
    lines++;
  }
  printf("%zu lines in", lines);
  if (lines) printf(", the longest has %zu bytes", longest);
  printf("\n");
}

static int write_file(void) {
  FILE *file = fopen("/data/note.txt", "w");
  if (!file) {
    fprintf(stderr, "no directory\n");
    return 1;
  }
  int written = fprintf(file, "hello");
  fclose(file);
  char text[16] = {0};
  file = fopen("/data/note.txt", "r");
  if (!file || fread(text, 1, sizeof text - 1, file) == 0) return 1;
  fclose(file);
  printf("wrote %d bytes, read \"%s\"\n", written, text);
  DIR *folder = opendir("/data");
  if (!folder) return 1;
  for (struct dirent *entry; (entry = readdir(folder));)
    if (entry->d_name[0] != '.') printf("listed: %s\n", entry->d_name);
  closedir(folder);
  remove("/data/note.txt");
  file = fopen("/data/../../etc/passwd", "r");
  printf("outside: %s\n", file ? "was opened" : "cannot be opened");
  return 0;
}

__attribute__((noinline)) static void crash_here(void) { __builtin_trap(); }

static int use_memory(void) {
  size_t size = 64u << 20;
  char *block = malloc(size);
  if (!block) return 1;
  memset(block, 1, size);
  printf("64 MiB: %d\n", block[size - 1]);
  free(block);
  return 0;
}

static int use_clocks(void) {
  struct timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  unsigned char a[16], b[16];
  if (getentropy(a, sizeof a) || getentropy(b, sizeof b)) return 1;
  clock_gettime(CLOCK_MONOTONIC, &after);
  if (after.tv_sec < before.tv_sec || time(NULL) < 1577836800) return 1;
  if (!memcmp(a, b, sizeof a)) return 1;
  printf("time goes on, and it is after 2020; random numbers differ\n");
  return 0;
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) printf("arg %d: %s\n", i, argv[i]);
  const char *name = getenv("NAME");
  printf("NAME is %s\n", name ? name : "unset");
  count_lines();
  fflush(stdout);
  const char *what = argc > 1 ? argv[1] : "";
  if (!strcmp(what, "write")) return write_file();
  if (!strcmp(what, "memory")) return use_memory();
  if (!strcmp(what, "clocks")) return use_clocks();
  if (!strcmp(what, "crash")) crash_here();
  if (!strcmp(what, "fail")) {
    fprintf(stderr, "failing as asked\n");
    return 3;
  }
  return 0;
}
