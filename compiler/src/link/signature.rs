//! Component function types as text.

use super::Program;
use crate::index::{FuncTypeId, ResourceId, TypeId};
use crate::types::{QualifiedName, Type};
use std::fmt::Write;

/// A component function type as structural text, for comparing an import with what a host provides:
/// `(borrow<wasi:io/streams/output-stream>, list<u8>) -> result<_, variant{...}>`.
///
/// Named types are expanded; resources are written `interface/name` with the interface's version
/// removed; parameter names are left out; fields, cases and labels are kept: `record{a: u8, b: u8}`,
/// `variant{a, b(string)}`, `enum{a, b}`, `flags{a, b}`. Lists of fixed length are `list<u8, 4>`. There
/// is no arrow without a result, and `async ` stands before the type of an asynchronous function.
pub fn signature_text(program: &Program, ty: FuncTypeId) -> String {
    let mut text = Text { program, out: String::new() };
    text.func(ty);
    text.out
}

/// `interface/name`, the interface without its version.
pub fn unversioned(name: &QualifiedName) -> String {
    match &name.interface {
        Some(interface) => format!("{}/{}", without_versions(interface), name.name),
        None => name.name.clone(),
    }
}

/// The name of an instance, or the way to a nested one, without versions: `a:b/c@1.0.0/inner` → `a:b/c/inner`.
pub fn without_versions(interface: &str) -> String {
    let parts =
        interface.split('/').map(|part| part.split_once('@').map_or(part, |(name, _)| name));
    parts.collect::<Vec<_>>().join("/")
}

struct Text<'p> {
    program: &'p Program,
    out: String,
}

impl Text<'_> {
    fn func(&mut self, ty: FuncTypeId) {
        let ty = self.program.types.func(ty);
        if ty.async_ {
            self.out.push_str("async ");
        }
        self.list("(", &ty.params, ")", |this, param| this.ty(param.ty));
        if let Some(result) = ty.result {
            self.out.push_str(" -> ");
            self.ty(result);
        }
    }

    fn list<T>(&mut self, open: &str, items: &[T], close: &str, each: impl Fn(&mut Self, &T)) {
        self.out.push_str(open);
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            each(self, item);
        }
        self.out.push_str(close);
    }

    fn types(&mut self, open: &str, types: &[TypeId]) {
        self.list(open, types, ">", |this, &ty| this.ty(ty));
    }

    fn names(&mut self, open: &str, names: &[String]) {
        self.list(open, names, "}", |this, name| this.out.push_str(name));
    }

    fn resource(&mut self, handle: &str, id: ResourceId) {
        let QualifiedName { interface, name } = &self.program.resources[id].name;
        let implemented = interface.as_ref().and_then(|name| self.program.implements.get(name));
        let interface = implemented.or(interface.as_ref()).cloned();
        let name = unversioned(&QualifiedName { interface, name: name.clone() });
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{handle}<{name}>");
    }

    fn element(&mut self, constructor: &str, ty: Option<TypeId>) {
        match ty {
            Some(ty) => self.types(&format!("{constructor}<"), &[ty]),
            None => self.out.push_str(constructor),
        }
    }

    /// Recursion is bounded: the validator limits the depth of types.
    fn ty(&mut self, id: TypeId) {
        match self.program.types.get(id) {
            Type::List(t) => self.types("list<", &[*t]),
            Type::FixedList(t, length) => {
                self.out.push_str("list<");
                self.ty(*t);
                let _ = write!(self.out, ", {length}>");
            }
            Type::Map(k, v) => self.types("map<", &[*k, *v]),
            Type::Record(fields) => self.list("record{", fields, "}", |this, field| {
                let _ = write!(this.out, "{}: ", field.name);
                this.ty(field.ty);
            }),
            Type::Tuple(types) => self.types("tuple<", types),
            Type::Variant(cases) => self.list("variant{", cases, "}", |this, case| {
                this.out.push_str(&case.name);
                if let Some(ty) = case.ty {
                    this.list("(", &[ty], ")", |this, &ty| this.ty(ty));
                }
            }),
            Type::Enum(names) => self.names("enum{", names),
            Type::Flags(names) => self.names("flags{", names),
            Type::Option(t) => self.types("option<", &[*t]),
            Type::Result { ok, err } => self.result(*ok, *err),
            Type::Own(resource) => self.resource("own", *resource),
            Type::Borrow(resource) => self.resource("borrow", *resource),
            Type::Stream(t) => self.element("stream", *t),
            Type::Future(t) => self.element("future", *t),
            primitive => self.out.push_str(primitive.keyword().unwrap_or_default()),
        }
    }

    fn result(&mut self, ok: Option<TypeId>, err: Option<TypeId>) {
        match (ok, err) {
            (None, None) => self.out.push_str("result"),
            (Some(ok), None) => self.types("result<", &[ok]),
            (None, Some(err)) => self.types("result<_, ", &[err]),
            (Some(ok), Some(err)) => self.types("result<", &[ok, err]),
        }
    }
}
