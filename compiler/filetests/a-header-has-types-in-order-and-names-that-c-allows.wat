;;! header
(component
  (type $reading' (record (field "int" u8) (field "value" f64) (field "note" (option string))))
  (export $reading "reading" (type $reading'))
  (type $level' (enum "low" "high"))
  (export $level "level" (type $level'))
  (core module $m
    (memory (export "memory") 1)
    (func (export "f") (param i32 f64 i32 i32 i32 i32) (result i32) (i32.const 8))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
  (core instance $i (instantiate $m))
  (func (export "measure") (param "default" $reading) (param "result" $level)
    (result (result (list $reading) (error $level)))
    (canon lift (core func $i "f")
      (memory (core memory $i "memory")) (realloc (core func $i "realloc")))))
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
;;= /** option<string> */
;;= typedef struct test_option_string_t {
;;=   uint8_t is_some;
;;=   test_string_t value;
;;= } test_option_string_t;
;;=
;;= /** record reading { int: u8, value: f64, note: option<string> } */
;;= typedef struct test_reading_t {
;;=   uint8_t int_;
;;=   double value;
;;=   test_option_string_t note;
;;= } test_reading_t;
;;=
;;= /** enum level { low, high } */
;;= typedef uint8_t test_level_t;
;;= enum {
;;=   TEST_LEVEL_LOW = 0,
;;=   TEST_LEVEL_HIGH = 1,
;;= };
;;=
;;= /** list<reading> */
;;= typedef struct test_list_reading_t {
;;=   test_reading_t *ptr;
;;=   size_t len;
;;= } test_list_reading_t;
;;=
;;= /** result<list<reading>, level> */
;;= typedef struct test_result_list_reading_level_t {
;;=   uint8_t is_err;
;;=   union {
;;=     test_list_reading_t ok;
;;=     test_level_t err;
;;=   } val;
;;= } test_result_list_reading_level_t;
;;=
;;= /* ---- Imports: what you provide --------------------------------------------------------------- */
;;=
;;= /** This component takes no table of imports: pass null. */
;;= typedef struct test_imports_t test_imports_t;
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
;;= /* ---- The world's own exports ----------------------------------------------------------------- */
;;=
;;= /**
;;=  * measure: func(default: reading, result: level) -> result<list<reading>, level>
;;=  * Free the result with test_result_list_reading_level_free.
;;=  */
;;= test_status_t test_measure(
;;=     test_t *instance,
;;=     const test_reading_t *default_,
;;=     test_level_t result_,
;;=     test_result_list_reading_level_t *result);
;;=
;;= /* ---- Freeing results ------------------------------------------------------------------------- */
;;=
;;= /**
;;=  * Each frees the strings, lists and error contexts of a value, not the value itself. Handles in it
;;=  * are not dropped.
;;=  */
;;=
;;= static inline void test_option_string_free(test_option_string_t *value) {
;;=   if (value->is_some) test_string_free(&value->value);
;;= }
;;=
;;= static inline void test_reading_free(test_reading_t *value) {
;;=   test_option_string_free(&value->note);
;;= }
;;=
;;= static inline void test_list_reading_free(test_list_reading_t *value) {
;;=   size_t i;
;;=   for (i = 0; i < value->len; i++) test_reading_free(&value->ptr[i]);
;;=   free(value->ptr);
;;=   value->ptr = NULL;
;;=   value->len = 0;
;;= }
;;=
;;= static inline void test_result_list_reading_level_free(test_result_list_reading_level_t *value) {
;;=   if (!value->is_err) test_list_reading_free(&value->val.ok);
;;= }
;;=
;;= /* ---- The layouts that the library was compiled for ------------------------------------------- */
;;=
;;= #ifdef __cplusplus
;;= static_assert(sizeof(void *) == 8, "void *");
;;= #else
;;= _Static_assert(sizeof(void *) == 8, "void *");
;;= _Static_assert(sizeof(test_string_t) == 16, "test_string_t");
;;= _Static_assert(sizeof(test_option_string_t) == 24, "test_option_string_t");
;;= _Static_assert(offsetof(test_option_string_t, value) == 8, "test_option_string_t.value");
;;= _Static_assert(sizeof(test_reading_t) == 40, "test_reading_t");
;;= _Static_assert(offsetof(test_reading_t, int_) == 0, "test_reading_t.int_");
;;= _Static_assert(offsetof(test_reading_t, value) == 8, "test_reading_t.value");
;;= _Static_assert(offsetof(test_reading_t, note) == 16, "test_reading_t.note");
;;= _Static_assert(sizeof(test_level_t) == 1, "test_level_t");
;;= _Static_assert(sizeof(test_list_reading_t) == 16, "test_list_reading_t");
;;= _Static_assert(sizeof(test_result_list_reading_level_t) == 24, "test_result_list_reading_level_t");
;;= _Static_assert(offsetof(test_result_list_reading_level_t, val) == 8, "test_result_list_reading_level_t.val");
;;= #endif
;;=
;;= #ifdef __cplusplus
;;= }
;;= #endif
;;=
;;= #endif /* TEST_H */
