//! Calls that go on when they return, what runs them, and the host's ends of streams and futures
//! (docs/native-abi.md, "Asynchronous functions").

use super::model::{CType, CTypeId, Model, Shape};
use super::text::Text;
use crate::names::{Names, ident};
use weldc_abi::task;

/// Completions and what runs an instance. Before the imports, which mention them.
pub fn calls(out: &mut Text, p: &str, names: &mut Names) {
    let upper = ident::screaming(p);
    out.section("Asynchronous functions");
    out.comment(&format!(
        "An `async func` that the component exports has two forms. The one that blocks returns when the result is \
         there. The one with _async behind its name starts a call: it returns {upper}_OK (the result is there), a \
         trap, or {upper}_PENDING. Then {p}_tick() does the rest, and completion->done is called when the call has \
         ended. Many calls can be pending at once. Parameters, with what they point to, the room for the result and \
         the completion stay where they are until then.\n\
         \n\
         An `async func` that you provide has the second form, and its parameters are valid until it returns. What \
         returns {upper}_PENDING first stores completion->cancel, or null if it cannot be cancelled, and \
         completion->callee, and later writes the result and calls completion->done, once.\n\
         \n\
         An instance, with all ends of streams and futures that it has to do with, is used by one thread at a time, \
         and `done` is called by it: within {p}_tick(), a call, or an operation on a stream or future."
    ));
    out.line("enum {");
    let what = "the call goes on; the same of an operation on a stream or future";
    constant(out, names, format!("{upper}_PENDING"), task::PENDING, what);
    let what = "the call was cancelled and has no result";
    constant(out, names, format!("{upper}_CANCELLED"), task::CANCELLED, what);
    let what = "_tick: this and a trap: the instance has ended";
    constant(out, names, format!("{upper}_TICK_ENDED"), task::TICK_ENDED, what);
    out.line("};");
    out.blank();
    out.comment("How the caller of an asynchronous function learns of its end.");
    out.block(&format!(
        "typedef struct {p}_completion_t {{\n  \
           /* set by the caller: {upper}_OK (the result has been written), {upper}_CANCELLED, or a trap */\n  \
           void (*done)(struct {p}_completion_t *completion, {p}_status_t status);\n  \
           /* the caller's own */\n  \
           void *caller;\n  \
           /* set by who returns {upper}_PENDING; null: cannot be cancelled. A request: `done` follows, at once or\n     \
              later, with any status. Not called again, nor after `done`. */\n  \
           void (*cancel)(struct {p}_completion_t *completion);\n  \
           /* the callee's own */\n  \
           void *callee;\n\
         }} {p}_completion_t;"
    ));
    out.blank();
    out.comment(&format!(
        "Runs one piece of what is ready in the instance and those that it uses: 1. 0 if nothing is; call it again \
         when a completion or an operation has ended, or the waker was called. {upper}_TICK_ENDED and more: what \
         ended the instance."
    ));
    out.line(&format!("int32_t {p}_tick({p}_t *instance);"));
    out.blank();
    out.comment(&format!(
        "Has `wake(data)` called when something becomes ready while neither {p}_tick() nor a call runs; it must not \
         use the instance. Null: nothing is called."
    ));
    let params =
        |function: String| [format!("{p}_t *instance"), function, "void *data".to_string()];
    let wake = params("void (*wake)(void *data)".to_string());
    out.prototype(&format!("void {p}_set_waker"), &wake, ";");
    out.blank();
    out.comment(
        "Has `idle(data, may_wait)` called by calls that block: with 1 when nothing is ready. It waits for what the \
         instance waits for, ends completions or operations, and returns 0. With another result, and with null, the \
         call is a deadlock, which is a trap. With 0 it is called now and then while the instance is busy: it only \
         looks, and the result does not matter.",
    );
    let idle = params("int32_t (*idle)(void *data, int32_t may_wait)".to_string());
    out.prototype(&format!("void {p}_set_idle"), &idle, ";");
}

/// What a host with a loop of its own does for WASI.
pub fn wasi(out: &mut Text, p: &str) {
    out.blank();
    out.comment(&format!(
        "Timers and standard streams of WASI go on when {p}_idle() is called. Calls that block call it, unless \
         {p}_set_idle() has put something in its place. A loop around {p}_tick() calls it with 0 when nothing is \
         ready: it does what can be done without waiting. With 1 it waits first, if there is anything to wait for. \
         0: something has happened, call {p}_tick(). An instance that serves this one has a function of its own."
    ));
    out.line(&format!("int32_t {p}_idle({p}_t *instance, int32_t may_wait);"));
    out.blank();
    out.comment(&format!(
        "What a loop around poll(2) waits for before it calls {p}_idle(instance, 0), once {p}_tick() has returned 0. \
         Fills in the first `room` of the entries that there are, and returns how many that is (now at most 3). Makes \
         *timeout, in milliseconds, smaller if there is less time; a negative one stands for none. Ask anew before each \
         poll(). No entries and no timeout: nothing is waited for."
    ));
    out.line("struct pollfd; /* poll.h */");
    let params = [
        format!("{p}_t *instance"),
        "struct pollfd *fds".to_string(),
        "size_t room".to_string(),
        "int *timeout".to_string(),
    ];
    out.prototype(&format!("size_t {p}_pollfds"), &params, ";");
}

fn constant(out: &mut Text, names: &mut Names, name: String, value: i32, what: &str) {
    let name = names.claim(name, &[""]);
    out.line(&format!("  {name} = {value}, /* {what} */"));
}

/// What every operation on a stream or future has in common, if the header has any.
pub fn ends(out: &mut Text, model: &Model, p: &str, names: &mut Names) {
    if !model.types.values().any(|ty| element(ty).is_some()) {
        return;
    }
    let upper = ident::screaming(p);
    out.section("Streams and futures");
    out.comment(&format!(
        "A `stream<T>` or `future<T>` that is passed or returned is its readable end, and belongs to who has it: \
         to you, until you pass it on or drop it. _new makes one with both ends yours, the readable one first.\n\
         \n\
         _read and _write return a copy result, or {upper}_PENDING: then copy->done(copy, result) follows, and \
         buffer and copy stay where they are until then. _cancel ends a pending operation and returns its result; \
         `done` is not called then. An end has one operation at a time, and none when it is dropped or passed on. \
         An operation ends when the other side has taken or given anything, so `count` elements may need several.\n\
         \n\
         Nothing is kept in between: elements go straight from memory to memory. Strings and lists in elements \
         that you read are yours, as in results. In those that you write they come from malloc, and are no \
         longer yours once the element is copied."
    ));
    out.line("enum {");
    for (name, value, what) in [
        ("COMPLETED", task::copy_result::COMPLETED, "elements were copied"),
        ("DROPPED", task::copy_result::DROPPED, "the other end is gone"),
        ("CANCELLED", task::copy_result::CANCELLED, "by _cancel"),
    ] {
        constant(out, names, format!("{upper}_COPY_{name}"), value as i32, what);
    }
    out.line("};");
    out.blank();
    out.comment("An operation. Put it into a struct of yours to have more than `caller`.");
    out.block(&format!(
        "typedef struct {p}_copy_t {{\n  \
           void (*done)(struct {p}_copy_t *copy, int32_t result);\n  \
           void *caller;\n\
         }} {p}_copy_t;"
    ));
    out.blank();
    out.comment(
        "How an operation ended; how many elements of a stream were copied, however it ended.",
    );
    let low = (1 << task::copy_result::COUNT_SHIFT) - 1;
    out.line(&format!(
        "static inline int32_t {p}_copy_ended(int32_t result) {{ return result & {low}; }}"
    ));
    out.line(&format!(
        "static inline size_t {p}_copy_count(int32_t result) {{ return (uint32_t)result >> {}; }}",
        task::copy_result::COUNT_SHIFT
    ));
    out.blank();
    out.comment("What the functions below call, which know the type of elements.");
    out.line(&format!(
        "{p}_status_t {p}_end_new(int32_t is_future, size_t size, size_t alignment, uint64_t *ends);"
    ));
    for verb in ["read", "write"] {
        let buffer = if verb == "read" { "void *buffer" } else { "const void *buffer" };
        out.line(&format!(
            "int32_t {p}_end_{verb}(uint64_t end, {buffer}, size_t count, {p}_copy_t *copy);"
        ));
    }
    out.line(&format!("int32_t {p}_end_cancel(uint64_t end);"));
    out.line(&format!("void {p}_end_drop(uint64_t end);"));
    for (id, ty) in model.types.iter() {
        if let Some(element) = element(ty) {
            of_type(out, model, p, id, element);
        }
    }
}

/// The type of elements of a stream or future, if it is one.
fn element(ty: &CType) -> Option<Option<CTypeId>> {
    match ty.shape {
        Shape::Stream(element) | Shape::Future(element) => Some(element),
        _ => None,
    }
}

/// The functions of one type.
fn of_type(out: &mut Text, model: &Model, p: &str, id: CTypeId, element: Option<CTypeId>) {
    let CType { name, shape, .. } = &model.types[id];
    let future = matches!(shape, Shape::Future(_));
    let (size, align) = element.map_or((0, 1), |element| {
        let layout = model.types[element].layout;
        (layout.size, layout.align)
    });
    out.blank();
    let function = |out: &mut Text, head: String, params: &[String], body: String| {
        out.prototype(&format!("static inline {head}"), params, " {");
        out.line(&format!("  {body}\n}}"));
    };
    let flag = i32::from(future);
    let ends = [format!("{name}_t ends[2]")];
    let body = format!("return {p}_end_new({flag}, {size}, {align}, ends);");
    function(out, format!("{p}_status_t {name}_new"), &ends, body);
    for (verb, constant) in [("read", ""), ("write", "const ")] {
        let mut params = vec![format!("{name}_t end")];
        let what = if future { "value" } else { "buffer" };
        params.extend(element.map(|ty| format!("{constant}{} *{what}", model.spell_type(ty))));
        params.extend((!future).then(|| "size_t count".to_string()));
        params.push(format!("{p}_copy_t *copy"));
        let memory = if element.is_some() { what } else { "NULL" };
        let count = if future { "1" } else { "count" };
        let body = format!("return {p}_end_{verb}(end, {memory}, {count}, copy);");
        function(out, format!("int32_t {name}_{verb}"), &params, body);
    }
    let end = [format!("{name}_t end")];
    function(out, format!("int32_t {name}_cancel"), &end, format!("return {p}_end_cancel(end);"));
    function(out, format!("void {name}_drop"), &end, format!("{p}_end_drop(end);"));
}
