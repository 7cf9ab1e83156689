// Two components in two shared libraries, each with a runtime of its own: one waits for what the other does, which
// waits for timers of this program. Exits with the number of failures.
#include "../check.h"
#include "consumer.h"
#include "provider.h"

static provider_t *provider;
static consumer_t *consumer;

// ---- Time passes when nothing else can be done. ----

enum { TIMERS = 16 };
static struct {
  uint32_t due;
  provider_completion_t *completion;
} timers[TIMERS];
static uint32_t now, cancelled;

static void cancel_sleep(provider_completion_t *completion) {
  for (int i = 0; i < TIMERS; i++)
    if (timers[i].completion == completion) timers[i].completion = NULL;
  cancelled++;
  completion->done(completion, PROVIDER_CANCELLED);
}

static provider_status_t sleep_for(void *host, uint32_t ms, provider_completion_t *completion) {
  int i = 0;
  CHECK(host == &provider);
  while (timers[i].completion) i++;
  timers[i].due = now + ms;
  timers[i].completion = completion;
  completion->cancel = cancel_sleep;
  return PROVIDER_PENDING;
}

static bool pass_time(void) {
  int first = -1;
  for (int i = 0; i < TIMERS; i++)
    if (timers[i].completion && (first < 0 || timers[i].due < timers[first].due)) first = i;
  if (first < 0) return false;
  provider_completion_t *completion = timers[first].completion;
  now = timers[first].due;
  timers[first].completion = NULL;
  completion->done(completion, PROVIDER_OK);
  return true;
}

static int32_t idle(void *data, int32_t may_wait) {
  CHECK(data == &now);
  return may_wait && pass_time() ? 0 : 1;
}

// ---- Instances ----

static const provider_imports_t provider_imports = {sleep_for};

static void end(void) {
  consumer_delete(consumer);
  provider_delete(provider);
  consumer = NULL;
  provider = NULL;
  while (pass_time()) continue;
}

static void fresh(void) {
  end();
  now = 0;
  cancelled = 0;
  CHECK(provider_new(&provider_imports, &provider, &provider) == PROVIDER_OK);
  consumer_provider_t all = {NULL, provider, NULL};
  CHECK(consumer_new_linked(NULL, NULL, &all, 1, &consumer) == CONSUMER_OK);
  consumer_set_idle(consumer, idle, &now);
}

// ---- Calls that go on ----

typedef struct {
  consumer_completion_t completion;
  consumer_status_t status;
  uint32_t when, result;
} call_t;

static void call_ended(consumer_completion_t *completion, consumer_status_t status) {
  call_t *call = (call_t *)completion;
  call->status = status;
  call->when = now;
}

static call_t new_call(void) { return (call_t){.completion = {.done = call_ended}, .status = CONSUMER_PENDING}; }

// Until nothing is left to do, and time has come to an end. What ended the consumer, or 0.
static int32_t run(void) {
  for (;;) {
    int32_t ran = consumer_tick(consumer);
    if (ran >= CONSUMER_TICK_ENDED) return ran - CONSUMER_TICK_ENDED;
    if (!ran && !pass_time()) return 0;
  }
}

static void calls_that_wait(void) {
  uint32_t r;
  fresh();
  CHECK(consumer_nap(consumer, 20, &r) == CONSUMER_OK && r == 42 && now == 20);
  CHECK(consumer_naps(consumer, &r) == CONSUMER_OK && r == 32 && now == 40);
  // Several of the host's; one task at a time is in the consumer, which is lifted synchronously.
  call_t a = new_call(), b = new_call();
  CHECK(consumer_nap_async(consumer, 4, &a.result, &a.completion) == CONSUMER_PENDING);
  CHECK(consumer_nap_async(consumer, 3, &b.result, &b.completion) == CONSUMER_PENDING);
  CHECK(run() == 0);
  CHECK(a.status == CONSUMER_OK && a.result == 10 && a.when == 44);
  CHECK(b.status == CONSUMER_OK && b.result == 8 && b.when == 47);
  // Nobody waits outside: a deadlock, and only of the one who waits.
  consumer_set_idle(consumer, NULL, NULL);
  CHECK(consumer_nap(consumer, 5, &r) == CONSUMER_DEADLOCK);
  CHECK(strstr(consumer_message(consumer), "`nap`") || strstr(consumer_message(consumer), "nap waits for"));
  CHECK(provider_written(provider, &r) == PROVIDER_OK);
}

static void cancellation(void) {
  uint32_t r;
  fresh();
  CHECK(consumer_no_doze(consumer, &r) == CONSUMER_OK && r == 4 && now == 0 && cancelled == 1);
  // The host's own cancellation waits for who does not hear of it.
  call_t call = new_call();
  CHECK(consumer_nap_async(consumer, 9, &call.result, &call.completion) == CONSUMER_PENDING);
  call.completion.cancel(&call.completion);
  CHECK(run() == 0);
  CHECK(call.status == CONSUMER_OK && call.result == 20 && cancelled == 1);
}

static void streams_and_futures(void) {
  uint32_t r;
  consumer_string_t text;
  fresh();
  CHECK(consumer_sum(consumer, 10, 100, &r) == CONSUMER_OK && r == 55 && now == 10);
  CHECK(provider_written(provider, &r) == PROVIDER_OK && r == 10);
  CHECK(consumer_text(consumer, 7, &text) == CONSUMER_OK && now == 17);
  CHECK(text.len == 5 && memcmp(text.ptr, "spät", 5) == 0);
  consumer_string_free(&text);
  // The reader goes; the writer finds out.
  CHECK(consumer_sum(consumer, 10, 3, &r) == CONSUMER_OK && r == 6);
  CHECK(run() == 0);
  CHECK(provider_written(provider, &r) == PROVIDER_OK && r == 3);
  // The consumer goes while it reads: so does its end.
  call_t call = new_call();
  CHECK(consumer_sum_async(consumer, 10, 100, &call.result, &call.completion) == CONSUMER_PENDING);
  for (int i = 0; i < 4; i++) {
    while (consumer_tick(consumer) == 1) continue;
    CHECK(pass_time());
  }
  consumer_delete(consumer);
  consumer = NULL;
  do {
    while (provider_tick(provider) == 1) continue;
  } while (pass_time());
  CHECK(provider_written(provider, &r) == PROVIDER_OK && r >= 3 && r <= 5);
}

static void a_stream_that_is_handed_on(void) {
  consumer_stream_u8_t stream;
  consumer_copy_t copy = {0};
  uint8_t bytes[4];
  fresh();
  CHECK(consumer_hand_on(consumer, 2, &stream) == CONSUMER_OK);
  for (uint8_t expected = 1; expected <= 2; expected++) {
    int32_t result = consumer_stream_u8_read(stream, bytes, 4, &copy);
    CHECK(result == CONSUMER_PENDING);
    CHECK(consumer_stream_u8_cancel(stream) >= 0);
    while (consumer_tick(consumer) == 1 || pass_time()) continue;
    result = consumer_stream_u8_read(stream, bytes, 4, &copy);
    CHECK(result != CONSUMER_PENDING && consumer_copy_count(result) == 1 && bytes[0] == expected);
    while (consumer_tick(consumer) == 1) continue;
  }
  while (consumer_tick(consumer) == 1 || pass_time()) continue;
  CHECK(consumer_copy_ended(consumer_stream_u8_read(stream, bytes, 4, &copy)) == CONSUMER_COPY_DROPPED);
  consumer_stream_u8_drop(stream);
  // The provider goes before its stream is read.
  CHECK(consumer_hand_on(consumer, 2, &stream) == CONSUMER_OK);
  end();
  CHECK(consumer_copy_ended(consumer_stream_u8_read(stream, bytes, 4, &copy)) == CONSUMER_COPY_DROPPED);
  consumer_stream_u8_drop(stream);
}

static void traps(void) {
  uint32_t r;
  fresh();
  CHECK(consumer_fall(consumer, 5) == CONSUMER_UNREACHABLE && now == 5);
  CHECK(strstr(consumer_message(consumer), "wasm `unreachable` instruction executed"));
  CHECK(provider_written(provider, &r) == PROVIDER_CANNOT_ENTER);
  // The same of a call that was started; whoever waits for anything of the provider's is told.
  fresh();
  call_t fall = new_call(), nap = new_call();
  CHECK(consumer_fall_async(consumer, 5, &fall.completion) == CONSUMER_PENDING);
  CHECK(consumer_nap_async(consumer, 50, &nap.result, &nap.completion) == CONSUMER_PENDING);
  CHECK(run() == CONSUMER_UNREACHABLE);
  CHECK(fall.status == CONSUMER_UNREACHABLE && nap.status == CONSUMER_UNREACHABLE);
  // A trap of the provider's that nobody has to do with leaves the consumer alone, but for what it asks of it.
  fresh();
  call_t direct = new_call();
  CHECK(provider_fall_async(provider, 5, (provider_completion_t *)&direct.completion) == PROVIDER_PENDING);
  while (provider_tick(provider) == 1 || pass_time()) continue;
  CHECK(direct.status == PROVIDER_UNREACHABLE);
  CHECK(consumer_nap(consumer, 1, &r) == CONSUMER_CANNOT_ENTER);
}

// The provider writes, on a stack of its own; memory for what is written is the consumer's business.
static void a_stack_that_is_not_the_consumers(void) {
  uint32_t r;
  consumer_string_t text;
  fresh();
  CHECK(consumer_drown(consumer, 5) == CONSUMER_STACK_OVERFLOW && now == 5);
  CHECK(provider_written(provider, &r) == PROVIDER_OK);
  consumer_delete(consumer);
  consumer_provider_t all = {NULL, provider, NULL};
  CHECK(consumer_new_linked(NULL, NULL, &all, 1, &consumer) == CONSUMER_OK);
  consumer_set_idle(consumer, idle, &now);
  CHECK(consumer_text(consumer, 1, &text) == CONSUMER_OK && text.len == 5);
  consumer_string_free(&text);
}

int main(void) {
  setvbuf(stdout, NULL, _IONBF, 0);
  calls_that_wait();
  cancellation();
  streams_and_futures();
  a_stream_that_is_handed_on();
  traps();
  a_stack_that_is_not_the_consumers();
  end();
  return failures;
}
