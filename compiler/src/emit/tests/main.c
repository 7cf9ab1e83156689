#include <execinfo.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { uint32_t return_address, handler, frame_size, context_slot; } entry_t;
extern const struct {
    int32_t text, image, image_size;
    entry_t entry;
} test_artefact;

int test_entry(void *context, int x);
double test_floor(double x);

static const char *at(const int32_t *rel) { return (const char *)rel + *rel; }

/* What the runtime does on a trap: find the entry's frame, restore its registers, go to its handler. */
static void raise_trap(long status, void *context) {
    uintptr_t text = (uintptr_t)at(&test_artefact.text);
    const entry_t *e = &test_artefact.entry;
    uintptr_t *fp = __builtin_frame_address(0);
    while (fp[1] != text + e->return_address) fp = (uintptr_t *)fp[0];
    uintptr_t *entry_fp = (uintptr_t *)fp[0];
    uintptr_t sp = (uintptr_t)entry_fp - e->frame_size;
    if (*(void **)(sp + e->context_slot) != context) {
        puts("wrong context slot");
        exit(1);
    }
    uintptr_t handler = text + e->handler;
#if defined(__x86_64__)
    __asm__ volatile("mov %0, %%rsp\n mov %1, %%rbp\n jmp *%2"
                     : : "r"(sp), "r"(entry_fp), "r"(handler), "a"(status) : "memory");
#elif defined(__aarch64__)
    register long x0 __asm__("x0") = status;
    __asm__ volatile("mov sp, %0\n mov x29, %1\n br %2"
                     : : "r"(sp), "r"(entry_fp), "r"(handler), "r"(x0) : "memory");
#endif
    __builtin_unreachable();
}

static int frames;

int host_step(void *context, int x) {
    void *addresses[64];
    frames = backtrace(addresses, 64);
    if (x == 99) raise_trap(42, context);
    return x + 1;
}

static int check(const char *what, long got, long expected) {
    if (got != expected) printf("%s: %ld, not %ld\n", what, got, expected);
    return got != expected;
}

int main(void) {
    int context, bad = 0;
    bad += check("entry", test_entry(&context, 8), (8 + 2 + 1000) / 1);
    bad += check("landing", test_entry(&context, 99), -42);
    bad += check("floor", (long)test_floor(2.5), 2);
    /* main, entry, body, helper, host_step and what started main */
    bad += check("unwinding", frames >= 6, 1);
    bad += check("image", test_artefact.image_size, 65536);
    bad += check("image page", (uintptr_t)at(&test_artefact.image) % 4096, 0);
    bad += check("image contents", memcmp(at(&test_artefact.image), "image", 6), 0);
    if (!bad) puts("ok");
    return bad;
}
