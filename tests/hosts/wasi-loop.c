// A host with a loop around poll(2), and a component that waits for WASI: nothing blocks but poll.
#define _POSIX_C_SOURCE 200809L
#include "guest.h"

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

static guest_t *zone;
static int failures;

#define CHECK(condition)                                                               \
  do {                                                                                 \
    if (!(condition)) {                                                                \
      printf("line %d: %s\n  %s\n", __LINE__, #condition, guest_message(zone));        \
      failures++;                                                                      \
    }                                                                                  \
  } while (0)

static int ended;

static void done(guest_completion_t *completion, guest_status_t status) {
  CHECK(status == GUEST_OK);
  *(bool *)completion->caller = true;
  ended++;
}

// One turn: all that is ready, then poll. Returns how many entries WASI had; `timeout` is what was left to poll.
static size_t turn(int *timeout) {
  struct pollfd fds[4];
  guest_status_t status;
  while ((status = guest_tick(zone)) == 1) {}
  CHECK(status == 0);
  size_t count = guest_pollfds(zone, fds, 4, timeout);
  CHECK(count <= 4);
  // What does not fit is counted only.
  int same = *timeout;
  CHECK(guest_pollfds(zone, NULL, 0, &same) == count);
  CHECK(poll(fds, count, *timeout) >= 0);
  guest_idle(zone, 0);
  while (guest_tick(zone) == 1) {}
  return count;
}

int main(void) {
  int ends[2];
  if (pipe(ends) != 0 || dup2(ends[0], 0) != 0) return 100;
  close(ends[0]);
  if (guest_new(NULL, NULL, &zone) != GUEST_OK) return 101;

  // Nothing is waited for.
  int timeout = -1;
  CHECK(guest_pollfds(zone, NULL, 0, &timeout) == 0 && timeout == -1);
  CHECK(guest_idle(zone, 0) == 1);
  CHECK(guest_idle(zone, 1) == 1);

  bool nap_ended = false, byte_ended = false;
  uint8_t byte = 0;
  guest_completion_t nap = {.done = done, .caller = &nap_ended};
  guest_completion_t read = {.done = done, .caller = &byte_ended};
  CHECK(guest_nap_async(zone, 20, &nap) == GUEST_PENDING);
  CHECK(guest_first_byte_async(zone, &byte, &read) == GUEST_PENDING);

  // Standard input is watched, and the timer goes off.
  bool has_watched = false;
  for (int turns = 0; !nap_ended && turns < 100; turns++) {
    timeout = -1;
    has_watched |= turn(&timeout) == 1;
    CHECK(timeout >= 0 && timeout <= 20);
  }
  CHECK(nap_ended && !byte_ended && has_watched);

  // Then only standard input is left: poll waits for ever.
  CHECK(write(ends[1], "x", 1) == 1);
  for (int turns = 0; !byte_ended && turns < 100; turns++) {
    timeout = -1;
    turn(&timeout);
  }
  CHECK(byte_ended && byte == 'x' && ended == 2);

  // Calls that block wait by themselves.
  CHECK(guest_nap(zone, 1) == GUEST_OK);
  guest_delete(zone);
  return failures;
}
