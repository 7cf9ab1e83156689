;;! header
;;! clif trampoline 1
;;! clif trampoline 2
(component
  (import "table" (instance $things
    (export "thing" (type $thing (sub resource)))
    (export "make" (func (result (own $thing))))
    (export "add" (func (param "a" u32) (param "b" u32) (result u32)))))
  (alias export $things "thing" (type $thing))
  (core func $make (canon lower (func $things "make")))
  (core func $add (canon lower (func $things "add")))
  (core func $drop (canon resource.drop $thing))
  (core module $m
    (import "things" "make" (func $make (result i32)))
    (import "things" "add" (func $add (param i32 i32) (result i32)))
    (import "things" "drop" (func $drop (param i32)))
    (func (export "f") (param i32) (result i32)
      (call $drop (call $make))
      (call $add (local.get 0) (local.get 0))))
  (core instance $m (instantiate $m (with "things" (instance
    (export "make" (func $make)) (export "add" (func $add)) (export "drop" (func $drop))))))
  (func (export "f") (param "x" u32) (result u32) (canon lift (core func $m "f"))))
;;= -- header
;;= /**
;;=  * test.h: made by weldc from a WebAssembly component. Do not edit.
;;=  *
;;=  * A function of the component returns a status: TEST_OK, or the trap that ended the instance. After
;;=  * a trap every call to that instance fails; test_message() says what happened, test_delete() frees
;;=  * it, and other instances go on.
;;=  *
;;=  * Parameters are only read, and only during the call. Strings and lists in a result are yours:
;;=  * release them with the _free function of the result's type.
;;=  */
;;= #ifndef TEST_H
;;= #define TEST_H
;;=
;;= #include <stdbool.h>
;;= #include <stddef.h>
;;= #include <stdint.h>
;;= #include <stdlib.h>
;;= #include <string.h>
;;=
;;= #ifdef __cplusplus
;;= extern "C" {
;;= #endif
;;=
;;= /* ---- Status ---------------------------------------------------------------------------------- */
;;=
;;= /** What a call returns. */
;;= typedef int32_t test_status_t;
;;=
;;= enum {
;;=   TEST_OK = 0,
;;=   TEST_UNREACHABLE = 1, /* wasm `unreachable` instruction executed */
;;=   TEST_INTEGER_DIVIDE_BY_ZERO = 2, /* integer divide by zero */
;;=   TEST_INTEGER_OVERFLOW = 3, /* integer overflow */
;;=   TEST_BAD_CONVERSION_TO_INTEGER = 4, /* invalid conversion to integer */
;;=   TEST_MEMORY_OUT_OF_BOUNDS = 5, /* out of bounds memory access */
;;=   TEST_TABLE_OUT_OF_BOUNDS = 6, /* out of bounds table access */
;;=   TEST_UNDEFINED_ELEMENT = 7, /* undefined element */
;;=   TEST_UNINITIALIZED_ELEMENT = 8, /* uninitialized element */
;;=   TEST_INDIRECT_CALL_TYPE_MISMATCH = 9, /* indirect call type mismatch */
;;=   TEST_STACK_OVERFLOW = 10, /* call stack exhausted */
;;=   TEST_NULL_REFERENCE = 11, /* null reference */
;;=   TEST_UNCAUGHT_EXCEPTION = 12, /* uncaught exception */
;;=   TEST_UNALIGNED_ATOMIC = 13, /* unaligned atomic */
;;=   TEST_EXPECTED_SHARED_MEMORY = 14, /* expected shared memory */
;;=   TEST_CAST_FAILURE = 15, /* cast failure */
;;=   TEST_ARRAY_OUT_OF_BOUNDS = 16, /* out of bounds array access */
;;=   TEST_CANNOT_LEAVE = 20, /* cannot leave component instance */
;;=   TEST_CANNOT_ENTER = 21, /* cannot enter component instance */
;;=   TEST_POINTER_OUT_OF_BOUNDS = 22, /* pointer out of bounds of memory */
;;=   TEST_POINTER_UNALIGNED = 23, /* unaligned pointer */
;;=   TEST_REALLOC_OUT_OF_BOUNDS = 24, /* pointer out of bounds of memory: realloc return: beyond end of memory */
;;=   TEST_REALLOC_UNALIGNED = 25, /* unaligned pointer: realloc return: result not aligned */
;;=   TEST_STRING_OUT_OF_BOUNDS = 26, /* string content out-of-bounds: string pointer/length out of bounds of memory */
;;=   TEST_LIST_OUT_OF_BOUNDS = 27, /* list content out-of-bounds */
;;=   TEST_STRING_TOO_LONG = 28, /* string byte size exceeds maximum */
;;=   TEST_LIST_TOO_LONG = 29, /* list byte size exceeds maximum */
;;=   TEST_INVALID_UTF8 = 30, /* invalid utf-8: a malformed or incomplete utf-8 byte sequence */
;;=   TEST_INVALID_UTF16 = 31, /* unpaired surrogate in utf-16 string */
;;=   TEST_INVALID_CHAR = 32, /* invalid `char` bit pattern */
;;=   TEST_INVALID_DISCRIMINANT = 33, /* invalid variant discriminant */
;;=   TEST_UNKNOWN_HANDLE = 34, /* unknown handle index */
;;=   TEST_HANDLE_WRONG_TYPE = 35, /* handle index used with the wrong type */
;;=   TEST_HANDLE_NOT_OWNED = 36, /* cannot lift own resource from a borrow */
;;=   TEST_HANDLE_LENT = 37, /* cannot remove owned resource while borrowed */
;;=   TEST_HANDLE_TABLE_FULL = 38, /* handle table is full */
;;=   TEST_BORROWS_REMAIN = 39, /* borrow handles still remain at the end of the call */
;;=   TEST_OUT_OF_MEMORY = 40, /* out of memory on the host's side */
;;=   TEST_HOST_FAILED = 41, /* the host's function failed */
;;=   TEST_UNKNOWN_IMPORT = 42, /* called an import that was not linked */
;;=   TEST_EXIT = 43, /* the guest exited */
;;=   TEST_BAD_ARTEFACT = 44, /* artefact does not fit this runtime */
;;=   TEST_CANNOT_RESERVE = 45, /* cannot reserve memory for the zone */
;;=   TEST_REALLOC_LIST_OUT_OF_BOUNDS = 46, /* list content out-of-bounds: realloc return: beyond end of memory */
;;=   TEST_HANDLE_OTHER_RESOURCE = 47, /* handle index used with the wrong type, expected guest-defined resource but found a different guest-defined resource */
;;=   TEST_REALLOC_STRING_OUT_OF_BOUNDS = 48, /* string content out-of-bounds: realloc return: beyond end of memory */
;;=   TEST_UNLINKABLE = 49, /* the imports cannot be linked */
;;=   TEST_BACKPRESSURE_OVERFLOW = 50, /* backpressure counter overflow */
;;=   TEST_NOT_COMPILED = 51, /* called a built-in that is not compiled yet */
;;=   TEST_DEADLOCK = 52, /* deadlock detected: event loop cannot make further progress */
;;=   TEST_CANNOT_BLOCK = 53, /* cannot block a synchronous task before returning */
;;=   TEST_UNSUPPORTED_CALLBACK = 54, /* unsupported callback code */
;;=   TEST_NO_RESULT = 55, /* async-lifted export failed to produce a result */
;;=   TEST_ALREADY_RETURNED = 56, /* `task.return` or `task.cancel` called more than once for current task */
;;=   TEST_INVALID_RETURN = 57, /* invalid `task.return` signature and/or options for current task */
;;=   TEST_NOT_CANCELLED = 58, /* `task.cancel` called by task which has not been cancelled */
;;=   TEST_SUBTASK_UNRESOLVED = 59, /* cannot drop a subtask which has not yet resolved */
;;=   TEST_SUBTASK_DONE = 60, /* `subtask.cancel` called after terminal status delivered */
;;=   TEST_SUBTASK_CANCELLED_TWICE = 61, /* `subtask.cancel` called more than once for current subtask */
;;=   TEST_SET_HAS_WAITERS = 62, /* cannot drop waitable set with waiters */
;;=   TEST_SET_NOT_EMPTY = 63, /* cannot drop waitable set with waitables in it */
;;=   TEST_SYNC_IN_SET = 64, /* waitable cannot be used synchronously while added to a waitable set */
;;=   TEST_DROP_BUSY_STREAM = 66, /* cannot drop busy stream */
;;=   TEST_DROP_BUSY_FUTURE = 67, /* cannot drop busy future */
;;=   TEST_FUTURE_NOT_WRITTEN = 68, /* cannot drop future write end without first writing a value */
;;=   TEST_FORWARD_BUSY_STREAM = 69, /* cannot forward busy stream */
;;=   TEST_FORWARD_BUSY_FUTURE = 70, /* cannot forward busy future */
;;=   TEST_FORWARD_STREAM_READABLE_DROPPED = 71, /* cannot forward stream after being notified that the readable end dropped */
;;=   TEST_FORWARD_STREAM_WRITABLE_DROPPED = 72, /* cannot forward stream after being notified that the writable end dropped */
;;=   TEST_FORWARD_IN_SET = 73, /* cannot forward stream while it's in a waitable set */
;;=   TEST_FORWARD_FUTURE_IN_SET = 78, /* cannot forward future while it's in a waitable set */
;;=   TEST_FORWARD_FUTURE_READ = 95, /* cannot forward future after previous read succeeded */
;;=   TEST_FORWARD_FUTURE_WRITTEN = 96, /* cannot forward future after previous write succeeded or readable end dropped */
;;=   TEST_LIFT_FUTURE_READ = 74, /* cannot lift future after previous read succeeded */
;;=   TEST_LIFT_FUTURE_IN_SET = 75, /* cannot lift future while it's in a waitable set */
;;=   TEST_LIFT_STREAM_DROPPED = 76, /* cannot lift stream after being notified that the writable end dropped */
;;=   TEST_LIFT_STREAM_IN_SET = 77, /* cannot lift stream while it's in a waitable set */
;;=   TEST_INTRA_COMPONENT_COPY = 79, /* cannot read from and write to intra-component future/stream with non-numeric payload */
;;=   TEST_READ_FUTURE_TWICE = 80, /* cannot read from future after previous read succeeded */
;;=   TEST_READ_STREAM_DROPPED = 81, /* cannot read from stream after being notified that the writable end dropped */
;;=   TEST_REMOVE_BUSY_STREAM = 82, /* cannot remove busy stream */
;;=   TEST_REMOVE_BUSY_FUTURE = 83, /* cannot remove busy future */
;;=   TEST_WRITE_FUTURE_TWICE = 84, /* cannot write to future after previous write succeeded or readable end dropped */
;;=   TEST_WRITE_STREAM_DROPPED = 85, /* cannot write to stream after being notified that the readable end dropped */
;;=   TEST_THREAD_NOT_SUSPENDED = 86, /* cannot resume thread which is not suspended */
;;=   TEST_COPY_TOO_LONG = 87, /* count of elements exceeds maximum */
;;=   TEST_COPY_BUSY_STREAM = 88, /* cannot have concurrent operations active on a future/stream */
;;=   TEST_COPY_NOT_ACTIVE = 89, /* no operation in progress to cancel on this future/stream */
;;=   TEST_UNKNOWN_THREAD = 90, /* unknown thread index */
;;=   TEST_TOO_MANY_TASKS = 91, /* too many tasks at once */
;;=   TEST_TOO_MANY_THREADS = 92, /* too many threads at once */
;;=   TEST_TOO_MANY_STREAMS = 93, /* too many streams and futures at once */
;;=   TEST_NO_STACK = 94, /* cannot reserve a stack for a thread */
;;= };
;;=
;;= /* ---- Instances ------------------------------------------------------------------------------- */
;;=
;;= /** An instance of the component, with memories of its own. One thread may use it at a time. */
;;= typedef struct test_t test_t;
;;=
;;= /* ---- Strings --------------------------------------------------------------------------------- */
;;=
;;= /** UTF-8, not terminated. A string of length 0 may have a null address. */
;;= typedef struct test_string_t {
;;=   const uint8_t *ptr;
;;=   size_t len;
;;= } test_string_t;
;;=
;;= /** A view of a C string, for parameters. Nothing is copied. */
;;= static inline test_string_t test_string_from(const char *text) {
;;=   test_string_t string;
;;=   string.ptr = (const uint8_t *)text;
;;=   string.len = strlen(text);
;;=   return string;
;;= }
;;=
;;= /** A copy of a C string, for the result of an import. The component takes it and frees it. */
;;= static inline test_string_t test_string_dup(const char *text) {
;;=   test_string_t string;
;;=   void *copy;
;;=   string.len = strlen(text);
;;=   copy = malloc(string.len + 1);
;;=   if (copy == NULL) abort();
;;=   memcpy(copy, text, string.len + 1);
;;=   string.ptr = (const uint8_t *)copy;
;;=   return string;
;;= }
;;=
;;= /** Frees a string of a result. */
;;= static inline void test_string_free(test_string_t *string) {
;;=   free((void *)string->ptr);
;;=   string->ptr = NULL;
;;=   string->len = 0;
;;= }
;;=
;;= /* ---- Types ----------------------------------------------------------------------------------- */
;;=
;;= /**
;;=  * resource thing: 64 bits of your choosing, owned or borrowed. When the component drops an owned
;;=  * one, you are told.
;;=  */
;;= typedef uint64_t test_table_thing_t;
;;=
;;= /* ---- Imports: what you provide --------------------------------------------------------------- */
;;=
;;= /**
;;=  * The functions that the component calls, for _new. `host` is what you gave to _new. They return
;;=  * TEST_OK. TEST_HOST_FAILED ends the instance; so does what a call to another instance returned.
;;=  * Parameters are valid during the call; strings and lists in a result come from malloc and are
;;=  * freed for you.
;;=  */
;;= typedef struct test_imports_t {
;;=   /* table: the component drops a thing that it owned */
;;=   void (*table_thing_drop)(void *host, test_table_thing_t rep);
;;=   /* table: make: func() -> thing */
;;=   test_status_t (*table_make)(void *host, test_table_thing_t *result);
;;=   /* table: add: func(a: u32, b: u32) -> u32 */
;;=   test_status_t (*table_add)(void *host, uint32_t a, uint32_t b, uint32_t *result);
;;= } test_imports_t;
;;=
;;= /* ---- Making and ending instances ------------------------------------------------------------- */
;;=
;;= /**
;;=  * Makes an instance. `imports` is the table above, or null if there is none; `host` is handed to
;;=  * every import. If the component traps while it starts, the status says so and the instance, when
;;=  * it is not null, still gives the message and must be deleted.
;;=  */
;;= test_status_t test_new(const test_imports_t *imports, void *host, test_t **instance);
;;=
;;= /** Frees an instance and all it has; null is ignored. */
;;= void test_delete(test_t *instance);
;;=
;;= /**
;;=  * The message and the backtrace of the trap that ended the instance, as long as the instance lives;
;;=  * an empty string if it has not trapped.
;;=  */
;;= const char *test_message(const test_t *instance);
;;=
;;= /**
;;=  * An instance of another component made by weldc, this one's or another library's, that serves
;;=  * imports.
;;=  *
;;=  * `import` is the name of an imported instance, or of a function or resource type that the world
;;=  * itself imports; null for whatever the instance exports under the name of an import. `export_name`
;;=  * is the export that serves it, null for one of the same name. An empty name stands for the
;;=  * component itself, if the import is an instance; otherwise "INTERFACE#NAME" names something in an
;;=  * exported instance.
;;=  */
;;= typedef struct test_provider_t {
;;=   const char *import;
;;=   void *instance;
;;=   const char *export_name;
;;= } test_provider_t;
;;=
;;= /**
;;=  * As _new, with other instances for imports; the first that serves one counts. The others are
;;=  * functions of `imports`, if that is not null. If an import is left, or what serves it has another
;;=  * type, the status is TEST_UNLINKABLE and the message names it. Instances that use each other
;;=  * belong to one thread at a time. One that serves another lives until both are deleted.
;;=  */
;;= test_status_t test_new_linked(
;;=     const test_imports_t *imports,
;;=     void *host,
;;=     const test_provider_t *providers,
;;=     size_t provider_count,
;;=     test_t **instance);
;;=
;;= /* ---- The world's own exports ----------------------------------------------------------------- */
;;=
;;= /** f: func(x: u32) -> u32 */
;;= test_status_t test_f(test_t *instance, uint32_t x, uint32_t *result);
;;=
;;= /* ---- The layouts that the library was compiled for ------------------------------------------- */
;;=
;;= #ifdef __cplusplus
;;= static_assert(sizeof(void *) == 8, "void *");
;;= #else
;;= _Static_assert(sizeof(void *) == 8, "void *");
;;= _Static_assert(sizeof(test_table_thing_t) == 8, "test_table_thing_t");
;;= #endif
;;=
;;= #ifdef __cplusplus
;;= }
;;= #endif
;;=
;;= #endif /* TEST_H */
;;= -- clif trampoline 1
;;= function %root->host::table#add(i64 vmctx, i32, i32) -> i32 tail {
;;=     ss0 = explicit_slot 4, align = 4
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i32, i64) -> i32 system_v
;;=     sig1 = (i32) system_v
;;=     fn0 = colocated %trap sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32, v2: i32):
;;=     v3 = stack_addr.i64 ss0
;;=     v4 = load.i64 notrap aligned readonly can_move v0+192
;;=     v5 = load.i64 notrap aligned readonly can_move v0+184
;;=     v6 = call_indirect sig0, v5(v4, v1, v2, v3)
;;=     v7 = load.i32 notrap aligned v0+48
;;=     brif v7, block1, block2
;;=
;;= block1 cold:
;;=     call fn0(v7)
;;=     trap user1
;;=
;;= block2:
;;=     brif.i32 v6, block3, block4
;;=
;;= block3 cold:
;;=     call fn0(v6)
;;=     trap user1
;;=
;;= block4:
;;=     v8 = load.i32 notrap aligned v3
;;=     return v8
;;= }
;;= -- clif trampoline 2
;;= function %root::resource.drop[table#thing](i64 vmctx, i32) tail {
;;=     gv0 = vmctx
;;=     gv1 = load.i64 notrap aligned gv0
;;=     sig0 = (i64, i32, i32, i32) -> i32 system_v
;;=     sig1 = (i32) system_v
;;=     sig2 = (i64, i64) system_v
;;=     fn0 = colocated %weldc_rt_handle_trap sig0
;;=     fn1 = colocated %trap sig1
;;=     stack_limit = gv1
;;=
;;= block0(v0: i64, v1: i32):
;;=     v2 = load.i32 notrap aligned v0+144
;;=     v3 = icmp ult v1, v2
;;=     brif v3, block2, block1
;;=
;;= block2:
;;=     v4 = load.i64 notrap aligned v0+136
;;=     v5 = uextend.i64 v1
;;=     v6 = iconst.i64 24
;;=     v7 = imul v5, v6  ; v6 = 24
;;=     v8 = iadd v4, v7
;;=     v9 = load.i64 notrap aligned v8+8
;;=     v10 = iconst.i64 1
;;=     v11 = icmp eq v9, v10  ; v10 = 1
;;=     brif v11, block3, block4
;;=
;;= block4:
;;=     v12 = iconst.i64 2
;;=     v13 = icmp.i64 eq v9, v12  ; v12 = 2
;;=     brif v13, block6, block1
;;=
;;= block1 cold:
;;=     v14 = iconst.i32 136
;;=     v15 = iconst.i32 0
;;=     v16 = call fn0(v0, v14, v1, v15)  ; v14 = 136, v15 = 0
;;=     call fn1(v16)
;;=     trap user1
;;=
;;= block6:
;;=     v17 = load.i64 notrap aligned v8+16
;;=     v18 = load.i32 notrap aligned v17
;;=     v19 = iconst.i32 -1
;;=     v20 = iadd v18, v19  ; v19 = -1
;;=     store notrap aligned v20, v17
;;=     v21 = load.i64 notrap aligned v8
;;=     v22 = load.i32 notrap aligned v0+148
;;=     v23 = uextend.i64 v22
;;=     v24 = iconst.i64 0
;;=     store notrap aligned v23, v8
;;=     store notrap aligned v24, v8+8  ; v24 = 0
;;=     store.i32 notrap aligned v1, v0+148
;;=     jump block5
;;=
;;= block3:
;;=     v25 = load.i64 notrap aligned v8
;;=     v26 = load.i32 notrap aligned v0+148
;;=     v27 = uextend.i64 v26
;;=     v28 = iconst.i64 0
;;=     store notrap aligned v27, v8
;;=     store notrap aligned v28, v8+8  ; v28 = 0
;;=     store.i32 notrap aligned v1, v0+148
;;=     v29 = load.i64 notrap aligned readonly can_move v0+160
;;=     v30 = load.i64 notrap aligned readonly can_move v0+152
;;=     call_indirect sig2, v30(v29, v25)
;;=     v31 = load.i32 notrap aligned v0+48
;;=     brif v31, block7, block8
;;=
;;= block7 cold:
;;=     call fn1(v31)
;;=     trap user1
;;=
;;= block8:
;;=     jump block5
;;=
;;= block5:
;;=     return
;;= }
