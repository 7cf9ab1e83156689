//! Program → a C header: the contract of docs/native-abi.md, for one component, in C.
//!
//! ```text
//!  Program ──model──▶ C types, named and in dependency order ──types, free, funcs, checks──▶ text
//! ```
//!
//! The header mentions what crosses the border to the embedder: exported functions, resources and types,
//! and those imports that are not served by WASI. It compiles as C11 and as C++11 without warnings, needs
//! nothing but the C library, and asserts sizes and offsets, so that a C compiler and this one cannot
//! disagree unnoticed.

mod checks;
mod free;
mod funcs;
mod model;
mod tasks;
mod text;
mod types;
pub mod wit;

use crate::index::TypeId;
use crate::link::Program;
use crate::names::Names;
use crate::names::ident;
use model::Model;
use text::Text;
use weldc_abi::Trap;

/// The header of a library with this prefix.
pub fn header(program: &Program, prefix: &str) -> String {
    let mut names = Names::new(program, prefix);
    let model = Model::new(program, &mut names);
    let mut out = Text::new();
    begin(&mut out, prefix);
    status(&mut out, prefix, &mut names);
    instance_type(&mut out, prefix);
    string(&mut out, prefix);
    if program.has_error_contexts() {
        error_context(&mut out, prefix);
    }
    if program.has_tasks() {
        tasks::calls(&mut out, prefix, &mut names);
    }
    if program.waits_for_wasi() {
        tasks::wasi(&mut out, prefix);
    }
    types::print(&mut out, program, &model, &mut names);
    tasks::ends(&mut out, &model, prefix, &mut names);
    funcs::imports(&mut out, program, &model, &names);
    life(&mut out, prefix);
    if program.import_slots() > 0 {
        linked(&mut out, prefix);
    }
    funcs::exports(&mut out, program, &model, &names);
    free::print(&mut out, &model);
    checks::print(&mut out, &model);
    end(&mut out, prefix);
    out.finish()
}

/// The C name of a type that the header mentions by name, without `_t`.
pub(crate) fn type_name(program: &Program, prefix: &str, id: TypeId) -> Option<String> {
    let mut names = Names::new(program, prefix);
    program.types.def(id).name.as_ref()?;
    Model::new(program, &mut names).name(id)
}

fn guard(prefix: &str) -> String {
    format!("{}_H", ident::screaming(prefix))
}

fn begin(out: &mut Text, prefix: &str) {
    let guard = guard(prefix);
    out.comment(&format!(
        "{prefix}.h: made by weldc from a WebAssembly component. Do not edit.\n\
         \n\
         A function of the component returns a status: {upper}_OK, or the trap that ended the instance. \
         After a trap every call to that instance fails; {prefix}_message() says what happened, \
         {prefix}_delete() frees it, and other instances go on.\n\
         \n\
         Parameters are only read, and only during the call. Strings and lists in a result are yours: \
         release them with the _free function of the result's type.",
        upper = ident::screaming(prefix),
    ));
    out.line(&format!("#ifndef {guard}"));
    out.line(&format!("#define {guard}"));
    out.blank();
    for name in ["stdbool", "stddef", "stdint", "stdlib", "string"] {
        out.line(&format!("#include <{name}.h>"));
    }
    out.blank();
    out.line("#ifdef __cplusplus");
    out.line("extern \"C\" {");
    out.line("#endif");
}

fn end(out: &mut Text, prefix: &str) {
    out.blank();
    out.line("#ifdef __cplusplus");
    out.line("}");
    out.line("#endif");
    out.blank();
    out.line(&format!("#endif /* {} */", guard(prefix)));
}

fn status(out: &mut Text, prefix: &str, names: &mut Names) {
    let upper = ident::screaming(prefix);
    out.section("Status");
    out.comment("What a call returns.");
    out.line(&format!("typedef int32_t {prefix}_status_t;"));
    out.blank();
    out.line("enum {");
    let ok = names.claim(format!("{upper}_OK"), &[""]);
    out.line(&format!("  {ok} = 0,"));
    for trap in Trap::ALL {
        let name = names.claim(format!("{upper}_{}", ident::screaming_camel(trap.name())), &[""]);
        out.line(&format!("  {name} = {}, /* {} */", *trap as u8, trap.text()));
    }
    out.line("};");
}

fn instance_type(out: &mut Text, prefix: &str) {
    out.section("Instances");
    out.comment(
        "An instance of the component, with memories of its own. One thread may use it at a time.",
    );
    out.line(&format!("typedef struct {prefix}_t {prefix}_t;"));
}

fn string(out: &mut Text, p: &str) {
    out.section("Strings");
    out.comment("UTF-8, not terminated. A string of length 0 may have a null address.");
    out.block(&format!(
        "typedef struct {p}_string_t {{\n  const uint8_t *ptr;\n  size_t len;\n}} {p}_string_t;"
    ));
    out.blank();
    out.comment("A view of a C string, for parameters. Nothing is copied.");
    out.block(&format!(
        "static inline {p}_string_t {p}_string_from(const char *text) {{\n  \
           {p}_string_t string;\n  \
           string.ptr = (const uint8_t *)text;\n  \
           string.len = strlen(text);\n  \
           return string;\n}}"
    ));
    out.blank();
    out.comment(
        "A copy of a C string, for the result of an import. The component takes it and frees it.",
    );
    out.block(&format!(
        "static inline {p}_string_t {p}_string_dup(const char *text) {{\n  \
           {p}_string_t string;\n  \
           void *copy;\n  \
           string.len = strlen(text);\n  \
           copy = malloc(string.len + 1);\n  \
           if (copy == NULL) abort();\n  \
           memcpy(copy, text, string.len + 1);\n  \
           string.ptr = (const uint8_t *)copy;\n  \
           return string;\n}}"
    ));
    out.blank();
    out.comment("Frees a string of a result.");
    out.block(&format!(
        "static inline void {p}_string_free({p}_string_t *string) {{\n  \
           free((void *)string->ptr);\n  \
           string->ptr = NULL;\n  \
           string->len = 0;\n}}"
    ));
}

fn error_context(out: &mut Text, p: &str) {
    out.section("Error contexts");
    out.comment(
        "A reference to a message, passed by value; it belongs to no instance. A parameter is lent during the \
         call. A reference in a result is the caller's, to pass on or to free.",
    );
    out.line(&format!("typedef struct {p}_error_context *{p}_error_context_t;"));
    out.blank();
    out.comment(
        "A new one, with a copy of the message; null if that is not UTF-8 or there is no memory.",
    );
    out.line(&format!("{p}_error_context_t {p}_error_context_new(const {p}_string_t *message);"));
    out.blank();
    out.comment("One more reference to the same message.");
    out.line(&format!("{p}_error_context_t {p}_error_context_clone({p}_error_context_t context);"));
    out.blank();
    out.comment("The message, valid as long as the reference is.");
    out.line(&format!(
        "{p}_string_t {p}_error_context_debug_message({p}_error_context_t context);"
    ));
    out.blank();
    out.comment("Gives a reference back; null is ignored.");
    out.line(&format!("void {p}_error_context_drop({p}_error_context_t context);"));
    out.blank();
    out.comment("The same for one in a result.");
    out.block(&format!(
        "static inline void {p}_error_context_free({p}_error_context_t *context) {{\n  \
           {p}_error_context_drop(*context);\n  \
           *context = NULL;\n}}"
    ));
}

/// The functions that make and end instances.
fn life(out: &mut Text, p: &str) {
    out.section("Making and ending instances");
    out.comment(
        "Makes an instance. `imports` is the table above, or null if there is none; `host` is handed to \
         every import. If the component traps while it starts, the status says so and the instance, \
         when it is not null, still gives the message and must be deleted.",
    );
    let params = [
        format!("const {p}_imports_t *imports"),
        "void *host".to_string(),
        format!("{p}_t **instance"),
    ];
    out.prototype(&format!("{p}_status_t {p}_new"), &params, ";");
    out.blank();
    out.comment("Frees an instance and all it has; null is ignored.");
    out.line(&format!("void {p}_delete({p}_t *instance);"));
    out.blank();
    out.comment(
        "The message and the backtrace of the trap that ended the instance, as long as the instance \
         lives; an empty string if it has not trapped.",
    );
    out.line(&format!("const char *{p}_message(const {p}_t *instance);"));
}

/// What makes an instance whose imports are other instances' exports.
fn linked(out: &mut Text, p: &str) {
    out.blank();
    out.comment(
        "An instance of another component made by weldc, this one's or another library's, that serves imports.\n\
         \n\
         `import` is the name of an imported instance, or of a function or resource type that the world \
         itself imports; null for whatever the instance exports under the name of an import. `export_name` \
         is the export that serves it, null for one of the same name. An empty name stands for the \
         component itself, if the import is an instance; otherwise \"INTERFACE#NAME\" names something in an \
         exported instance.",
    );
    out.block(&format!(
        "typedef struct {p}_provider_t {{\n  const char *import;\n  void *instance;\n  \
           const char *export_name;\n}} {p}_provider_t;"
    ));
    out.blank();
    out.comment(&format!(
        "As _new, with other instances for imports; the first that serves one counts. The others are functions \
         of `imports`, if that is not null. If an import is left, or what serves it has another type, the \
         status is {}_UNLINKABLE and the message names it. Instances that use each other belong to one \
         thread at a time. One that serves another lives until both are deleted.",
        ident::screaming(p)
    ));
    let params = [
        format!("const {p}_imports_t *imports"),
        "void *host".to_string(),
        format!("const {p}_provider_t *providers"),
        "size_t provider_count".to_string(),
        format!("{p}_t **instance"),
    ];
    out.prototype(&format!("{p}_status_t {p}_new_linked"), &params, ";");
}

#[cfg(test)]
mod tests;
