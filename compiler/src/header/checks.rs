//! The layouts that generated code uses, for the embedder's compiler to confirm.

use super::model::{CType, Model, Shape};
use super::text::Text;
use crate::names::ident;

/// Size and offsets of every struct.
pub fn print(out: &mut Text, model: &Model) {
    out.section("The layouts that the library was compiled for");
    out.line("#ifdef __cplusplus");
    assert_size(out, "static_assert", "void *", 8);
    out.line("#else");
    assert_size(out, "_Static_assert", "void *", 8);
    for ty in model.types.values() {
        check(out, ty);
    }
    out.line("#endif");
}

fn check(out: &mut Text, ty: &CType) {
    if matches!(ty.shape, Shape::Scalar(..)) {
        return;
    }
    let name = format!("{}_t", ty.name);
    assert_size(out, "_Static_assert", &name, ty.layout.size);
    for (member, offset) in members(ty) {
        out.line(&format!(
            "_Static_assert(offsetof({name}, {member}) == {offset}, \"{name}.{member}\");"
        ));
    }
}

fn assert_size(out: &mut Text, keyword: &str, ty: &str, size: u32) {
    out.line(&format!("{keyword}(sizeof({ty}) == {size}, \"{ty}\");"));
}

/// The members whose offsets are stated.
fn members(ty: &CType) -> Vec<(String, u32)> {
    let offsets = ty.offsets.iter().copied();
    match &ty.shape {
        Shape::Record(fields) => {
            fields.iter().map(|(label, _)| ident::member(label)).zip(offsets).collect()
        }
        Shape::Tuple(types) => (0..types.len()).map(|i| format!("f{i}")).zip(offsets).collect(),
        Shape::Option(_) => ["value".to_string()].into_iter().zip(offsets).collect(),
        Shape::Variant(cases) if cases.iter().any(|(_, ty)| ty.is_some()) => {
            ["val".to_string()].into_iter().zip(offsets).collect()
        }
        Shape::Result(ok, err) if ok.is_some() || err.is_some() => {
            ["val".to_string()].into_iter().zip(offsets).collect()
        }
        _ => Vec::new(),
    }
}
