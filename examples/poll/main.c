// Many calls of a component at once, on one thread, with poll(2).
//
// A call that is started with the _async form of an export returns at once, and its completion is called when it has
// ended. What the component waits for is this program's: timers and a pipe. So the loop at the end is all there is:
// run what is ready (watch_tick), then poll.

#define _GNU_SOURCE

#include "watch.h"

#include <poll.h>
#include <stdio.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static void check(const watch_t *watch, watch_status_t status) {
  if (status == WATCH_OK || status == WATCH_PENDING) return;
  fprintf(stderr, "status %d: %s\n", (int)status, watch ? watch_message(watch) : "");
  exit(1);
}

// ---- What the component imports: a function that returns before it is done. ----

typedef struct alarm_t {
  uint32_t due;  // In milliseconds since the start.
  watch_completion_t *completion;
  struct host_t *host;
  struct alarm_t *next;
} alarm_t;

typedef struct host_t {
  int clock;  // A timerfd, set to the first timer that is due.
  struct timespec start;
  uint32_t now;
  alarm_t *timers;  // Those that are due first come first.
} host_t;

static void set_clock(host_t *host) {
  struct itimerspec when = {0};
  if (host->timers) {
    long nanoseconds = host->start.tv_nsec + host->timers->due % 1000 * 1000000L;
    when.it_value.tv_sec = host->start.tv_sec + host->timers->due / 1000 + nanoseconds / 1000000000;
    when.it_value.tv_nsec = nanoseconds % 1000000000;
  }
  timerfd_settime(host->clock, TFD_TIMER_ABSTIME, &when, NULL);
}

static alarm_t *take_timer(host_t *host, alarm_t **at) {
  alarm_t *timer = *at;
  *at = timer->next;
  set_clock(host);
  return timer;
}

// The component does not want to know any more. Whoever cancels is told at once here; it could be later.
static void cancel_sleep(watch_completion_t *completion) {
  alarm_t *timer = completion->callee, **at = &timer->host->timers;
  while (*at != timer) at = &(*at)->next;
  free(take_timer(timer->host, at));
  completion->done(completion, WATCH_CANCELLED);
}

watch_status_t watch_import_sleep(void *host, uint32_t ms, watch_completion_t *completion) {
  host_t *me = host;
  alarm_t **at = &me->timers, *timer = malloc(sizeof *timer);
  if (!timer) return WATCH_HOST_FAILED;
  *timer = (alarm_t){.due = me->now + ms, .completion = completion, .host = me};
  while (*at && (*at)->due <= timer->due) at = &(*at)->next;
  timer->next = *at;
  *at = timer;
  set_clock(me);
  completion->cancel = cancel_sleep;
  completion->callee = timer;
  return WATCH_PENDING;
}

static void timer_is_due(host_t *host) {
  uint64_t count;
  if (read(host->clock, &count, sizeof count) != sizeof count || !host->timers) return;
  alarm_t *timer = take_timer(host, &host->timers);
  host->now = timer->due;
  timer->completion->done(timer->completion, WATCH_OK);
  free(timer);
}

// ---- Calls: what belongs to one is behind its completion. ----

typedef struct {
  watch_completion_t completion;
  watch_t *watch;
  const char *name;
  uint32_t result;
  bool ended;
} call_t;

static void call_ended(watch_completion_t *completion, watch_status_t status) {
  call_t *call = (call_t *)completion;
  call->ended = true;
  if (status == WATCH_CANCELLED) {
    printf("%s: cancelled\n", call->name);
    return;
  }
  check(call->watch, status);
  printf("%s: %d\n", call->name, (int)call->result);
}

static call_t new_call(watch_t *watch, const char *name) {
  return (call_t){.completion = {.done = call_ended}, .watch = watch, .name = name};
}

// `done` is for calls that go on. A call that has ended when it returns says so by its status.
static void started(call_t *call, watch_status_t status) {
  if (status != WATCH_PENDING) call_ended(&call->completion, status);
}

// ---- A stream from the component: read into memory of this program, which the component writes to. ----

typedef struct {
  watch_copy_t copy;
  watch_completion_t completion;
  watch_t *watch;
  watch_stream_u32_t stream;
  uint32_t numbers[4];
  bool ended;
} beats_t;

static void read_beats(beats_t *beats);

// Returns whether there is more to come.
static bool show_beats(beats_t *beats, int32_t result) {
  for (size_t i = 0; i < watch_copy_count(result); i++)
    printf("beat %d\n", (int)beats->numbers[i]);
  if (watch_copy_ended(result) == WATCH_COPY_COMPLETED) return true;
  printf("no more beats\n");
  watch_stream_u32_drop(beats->stream);
  beats->ended = true;
  return false;
}

static void beats_read(watch_copy_t *copy, int32_t result) {
  beats_t *beats = copy->caller;
  if (show_beats(beats, result)) read_beats(beats);
}

static void read_beats(beats_t *beats) {
  int32_t result;
  do {
    result = watch_stream_u32_read(beats->stream, beats->numbers, 4, &beats->copy);
  } while (result != WATCH_PENDING && show_beats(beats, result));
}

static void beats_returned(watch_completion_t *completion, watch_status_t status) {
  beats_t *beats = completion->caller;
  check(beats->watch, status);
  read_beats(beats);
}

static void start_beats(beats_t *beats, watch_t *watch) {
  *beats = (beats_t){.copy = {.done = beats_read, .caller = beats},
                     .completion = {.done = beats_returned, .caller = beats},
                     .watch = watch};
  watch_status_t status = watch_beats_async(watch, 3, 20, &beats->stream, &beats->completion);
  if (status != WATCH_PENDING) beats_returned(&beats->completion, status);
}

// ---- A stream to the component: from a pipe, through one buffer, which the component reads from. ----

typedef struct {
  watch_copy_t copy;
  watch_stream_u8_t stream;
  int pipe;
  uint8_t bytes[16];
  size_t used, length;
  bool busy;  // The component has not read everything yet: nothing is asked of the pipe.
} text_t;

static void write_text(text_t *text);

static void text_written(watch_copy_t *copy, int32_t result) {
  text_t *text = copy->caller;
  text->busy = false;
  text->used += watch_copy_count(result);
  if (watch_copy_ended(result) == WATCH_COPY_COMPLETED) write_text(text);
}

static void write_text(text_t *text) {
  while (!text->busy && text->used < text->length) {
    text->busy = true;
    int32_t result = watch_stream_u8_write(text->stream, text->bytes + text->used,
                                           text->length - text->used, &text->copy);
    if (result == WATCH_PENDING) return;
    text->busy = false;
    text->used += watch_copy_count(result);
    if (watch_copy_ended(result) != WATCH_COPY_COMPLETED) return;
  }
}

static void pipe_is_ready(text_t *text) {
  ssize_t length = read(text->pipe, text->bytes, sizeof text->bytes);
  text->used = 0;
  text->length = length > 0 ? (size_t)length : 0;
  if (length > 0) {
    write_text(text);
  } else {
    watch_stream_u8_drop(text->stream);
    close(text->pipe);
    text->pipe = -1;
  }
}

// Both ends are this program's; the readable one becomes the component's with the call.
static void start_lines(call_t *lines, text_t *text) {
  static const char poem[] = "Tick, says the clock,\ntick, tick.\nWhat you have to do,\ndo quick.\n";
  int ends[2];
  watch_stream_u8_t stream[2];
  if (pipe(ends) != 0 || write(ends[1], poem, sizeof poem - 1) != (ssize_t)sizeof poem - 1) exit(1);
  close(ends[1]);
  check(lines->watch, watch_stream_u8_new(stream));
  *text = (text_t){.copy = {.done = text_written, .caller = text},
                   .stream = stream[1],
                   .pipe = ends[0]};
  started(lines, watch_lines_async(lines->watch, stream[0], &lines->result, &lines->completion));
}

// ---- The loop. ----

static void run(watch_t *watch) {
  watch_status_t status;
  while ((status = watch_tick(watch)) == 1) {}
  if (status != 0) check(watch, status - WATCH_TICK_ENDED);
}

// Without this a call in the other form, which blocks, would be a deadlock as soon as the component waits.
static int32_t wait_for_timer(void *host, int32_t may_wait) {
  if (may_wait) timer_is_due(host);
  return 0;
}

int main(void) {
  host_t host = {.clock = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)};
  clock_gettime(CLOCK_MONOTONIC, &host.start);
  watch_t *watch = NULL;
  check(watch, watch_new(NULL, &host, &watch));

  call_t brief = new_call(watch, "brief nap"), nap = new_call(watch, "nap"),
         longest = new_call(watch, "longest nap"), lines = new_call(watch, "lines");
  beats_t beats;
  text_t text;
  started(&longest, watch_nap_async(watch, 1000000, &longest.result, &longest.completion));
  started(&nap, watch_nap_async(watch, 70, &nap.result, &nap.completion));
  started(&brief, watch_nap_async(watch, 30, &brief.result, &brief.completion));
  start_beats(&beats, watch);
  start_lines(&lines, &text);

  for (;;) {
    run(watch);
    if (brief.ended && !longest.ended) {
      // A request: the component gives up what it waits for, and then the call ends.
      longest.completion.cancel(&longest.completion);
      run(watch);
    }
    if (brief.ended && nap.ended && longest.ended && lines.ended && beats.ended) break;
    struct pollfd wanted[] = {{.fd = host.clock, .events = POLLIN},
                              {.fd = text.busy ? -1 : text.pipe, .events = POLLIN}};
    if (poll(wanted, 2, -1) < 0) return 1;
    if (wanted[1].revents) {
      pipe_is_ready(&text);
    } else if (wanted[0].revents) {
      timer_is_due(&host);
    }
  }

  uint32_t result;
  watch_set_idle(watch, wait_for_timer, &host);
  check(watch, watch_nap(watch, 10, &result));
  printf("a call that blocks: %d\n", (int)result);
  watch_delete(watch);
  close(host.clock);
  return 0;
}
