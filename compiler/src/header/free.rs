//! Functions that free what a value owns.
//!
//! They are `static inline`: the embedder's compiler sees through them, and a library has no symbols for
//! types. Handles within a value are not dropped, for that may call the component.

use super::model::{CType, CTypeId, Model, Shape};
use super::text::Text;
use crate::names::ident;

/// One function for each type that contains strings, lists or error contexts.
pub fn print(out: &mut Text, model: &Model) {
    let mut first = true;
    for (id, ty) in model.types.iter() {
        if ty.owns_memory && !matches!(ty.shape, Shape::String | Shape::ErrorContext) {
            if first {
                out.section("Freeing results");
                out.comment(
                    "Each frees the strings, lists and error contexts of a value, not the value itself. Handles in it are \
                     not dropped.",
                );
                first = false;
            }
            function(out, model, id, ty);
        }
    }
}

fn function(out: &mut Text, model: &Model, id: CTypeId, ty: &CType) {
    let spelled = model.spell_type(id);
    out.blank();
    out.line(&format!("static inline void {}_free({spelled} *value) {{", ty.name));
    body(out, model, ty);
    out.line("}");
}

fn body(out: &mut Text, model: &Model, ty: &CType) {
    match &ty.shape {
        Shape::List(element) => {
            if let Some(free) = model.free(*element) {
                out.line("  size_t i;");
                out.line(&format!("  for (i = 0; i < value->len; i++) {free}(&value->ptr[i]);"));
            }
            out.line("  free(value->ptr);");
            out.line("  value->ptr = NULL;");
            out.line("  value->len = 0;");
        }
        Shape::Array(element, length) => {
            if let Some(free) = model.free(*element) {
                out.line("  size_t i;");
                out.line(&format!("  for (i = 0; i < {length}; i++) {free}(&value->items[i]);"));
            }
        }
        Shape::Record(fields) => {
            for (label, field) in fields {
                member(out, model, "  ", *field, &ident::member(label));
            }
        }
        Shape::Tuple(types) => {
            for (i, ty) in types.iter().enumerate() {
                member(out, model, "  ", *ty, &format!("f{i}"));
            }
        }
        Shape::Option(value) => member(out, model, "  if (value->is_some) ", *value, "value"),
        Shape::Result(ok, err) => {
            for (test, payload, name) in [
                ("  if (!value->is_err) ", ok, "val.ok"),
                ("  if (value->is_err) ", err, "val.err"),
            ] {
                if let Some(payload) = payload {
                    member(out, model, test, *payload, name);
                }
            }
        }
        Shape::Variant(cases) => variant(out, model, cases),
        _ => {}
    }
}

fn member(out: &mut Text, model: &Model, before: &str, ty: CTypeId, name: &str) {
    if let Some(free) = model.free(ty) {
        out.line(&format!("{before}{free}(&value->{name});"));
    }
}

fn variant(out: &mut Text, model: &Model, cases: &[(String, Option<CTypeId>)]) {
    out.line("  switch (value->tag) {");
    for (tag, (label, payload)) in cases.iter().enumerate() {
        if let Some(free) = payload.and_then(|payload| model.free(payload)) {
            let label = ident::member(label);
            out.line(&format!("    case {tag}: {free}(&value->val.{label}); break;"));
        }
    }
    out.line("    default: break;");
    out.line("  }");
}
