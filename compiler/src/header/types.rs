//! Definitions of C types.

use super::model::{CType, CTypeId, Item, Model, Shape};
use super::text::Text;
use super::wit;
use crate::link::{Program, ResourceOrigin};
use crate::names::{Names, ident};
use crate::types::layout::{discriminant_size, flags_size};

/// Prints every type in the order of the model, and claims the names of constants.
pub fn print(out: &mut Text, program: &Program, model: &Model, names: &mut Names) {
    if model.items.is_empty() {
        return;
    }
    out.section("Types");
    for (i, item) in model.items.iter().enumerate() {
        if i > 0 {
            out.blank();
        }
        match *item {
            Item::Type(id) => define(out, program, model, names, id),
            Item::Alias(index) => {
                let alias = &model.aliases[index];
                match alias.source {
                    Some(id) => out.comment(&wit::definition(program, id)),
                    None => out.comment("The same type under another name."),
                }
                out.line(&format!("typedef {} {}_t;", model.spell_type(alias.target), alias.name));
            }
        }
    }
}

fn define(out: &mut Text, program: &Program, model: &Model, names: &mut Names, id: CTypeId) {
    let ty = &model.types[id];
    describe(out, program, ty);
    match &ty.shape {
        Shape::List(element) => product(
            out,
            ty,
            &[(format!("{} *", model.spell_type(*element)), "ptr".into()), field("size_t", "len")],
        ),
        Shape::Array(element, length) => {
            product(out, ty, &[field(&model.spell_type(*element), &format!("items[{length}]"))]);
        }
        Shape::Record(fields) => {
            let fields =
                fields.iter().map(|(l, t)| field(&model.spell_type(*t), &ident::member(l)));
            product(out, ty, &fields.collect::<Vec<_>>());
        }
        Shape::Tuple(types) => {
            let fields = types
                .iter()
                .enumerate()
                .map(|(i, t)| field(&model.spell_type(*t), &tuple_member(i)));
            product(out, ty, &fields.collect::<Vec<_>>());
        }
        Shape::Option(value) => product(
            out,
            ty,
            &[field("uint8_t", "is_some"), field(&model.spell_type(*value), "value")],
        ),
        Shape::Result(ok, err) => {
            let members = [("ok", *ok), ("err", *err)];
            sum(out, model, ty, field("uint8_t", "is_err"), &members);
        }
        Shape::Variant(cases) => {
            let labels: Vec<&str> = cases.iter().map(|(label, _)| label.as_str()).collect();
            constants(out, ty, names, &labels);
            let members: Vec<_> = cases.iter().map(|(l, t)| (l.as_str(), *t)).collect();
            let tag = field(unsigned(discriminant_size(cases.len())), "tag");
            sum(out, model, ty, tag, &members);
        }
        Shape::Enum(labels) => {
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            out.line(&format!(
                "typedef {} {}_t;",
                unsigned(discriminant_size(labels.len())),
                ty.name
            ));
            constants(out, ty, names, &labels);
        }
        Shape::Flags(labels) => flags(out, ty, names, labels),
        Shape::Handle(_) | Shape::Stream(_) | Shape::Future(_) => {
            out.line(&format!("typedef uint64_t {}_t;", ty.name))
        }
        Shape::Scalar(..) | Shape::String | Shape::ErrorContext => {}
    }
}

/// The comment above a definition.
fn describe(out: &mut Text, program: &Program, ty: &CType) {
    match (&ty.shape, ty.source) {
        (Shape::Handle(resource), _) => {
            let resource = &program.resources[*resource];
            let name = &resource.name.name;
            out.comment(&match resource.origin {
                ResourceOrigin::Guest { .. } => format!(
                    "resource {name}: a handle, owned or borrowed. An owned one is yours until you pass \
                     it on as an owned parameter or drop it with {}_drop.",
                    ty.name
                ),
                ResourceOrigin::Host { .. } => format!(
                    "resource {name}: 64 bits of your choosing, owned or borrowed. When the component \
                     drops an owned one, you are told."
                ),
            });
        }
        (_, Some(id)) => out.comment(&wit::definition(program, id)),
        (_, None) => out.comment("An entry of a map."),
    }
}

/// A type and a name.
type Member = (String, String);

fn field(ty: &str, name: &str) -> Member {
    (format!("{ty} "), name.to_string())
}

fn tuple_member(index: usize) -> String {
    format!("f{index}")
}

fn product(out: &mut Text, ty: &CType, fields: &[Member]) {
    out.line(&format!("typedef struct {}_t {{", ty.name));
    for (ty, name) in fields {
        out.line(&format!("  {ty}{name};"));
    }
    out.line(&format!("}} {}_t;", ty.name));
}

/// A tag and a union of the payloads, if there are any.
fn sum(
    out: &mut Text,
    model: &Model,
    ty: &CType,
    tag: Member,
    members: &[(&str, Option<CTypeId>)],
) {
    out.line(&format!("typedef struct {}_t {{", ty.name));
    out.line(&format!("  {}{};", tag.0, tag.1));
    if has_payload(members) {
        out.line("  union {");
        for (label, payload) in members {
            if let Some(payload) = payload {
                out.line(&format!("    {} {};", model.spell_type(*payload), ident::member(label)));
            }
        }
        out.line("  } val;");
    }
    out.line(&format!("}} {}_t;", ty.name));
}

fn has_payload(members: &[(&str, Option<CTypeId>)]) -> bool {
    members.iter().any(|(_, payload)| payload.is_some())
}

/// The values of an enum or of a variant's tag.
fn constants(out: &mut Text, ty: &CType, names: &mut Names, labels: &[&str]) {
    out.line("enum {");
    for (value, label) in labels.iter().enumerate() {
        out.line(&format!("  {} = {value},", constant(ty, names, label)));
    }
    out.line("};");
}

fn flags(out: &mut Text, ty: &CType, names: &mut Names, labels: &[String]) {
    out.line(&format!("typedef {} {}_t;", unsigned(flags_size(labels.len())), ty.name));
    for (bit, label) in labels.iter().enumerate() {
        let value = 1u64.checked_shl(bit as u32).unwrap_or(0);
        out.line(&format!("#define {} UINT32_C({value:#x})", constant(ty, names, label)));
    }
}

fn constant(ty: &CType, names: &mut Names, label: &str) -> String {
    let base = format!("{}_{}", ident::screaming(&ty.name), ident::screaming(label));
    names.claim(base, &[""])
}

fn unsigned(bytes: u32) -> &'static str {
    match bytes {
        1 => "uint8_t",
        2 => "uint16_t",
        _ => "uint32_t",
    }
}
