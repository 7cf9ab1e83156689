//! Types and signatures as WIT, for the comments of a header and for people who look into a component.

use crate::index::{FuncTypeId, TypeId};
use crate::link::Program;
use crate::types::{Field, Type};

/// Longest text in a comment; what is longer ends in `...`.
pub const LIMIT: usize = 600;

/// `name: func(x: u32) -> string`
pub fn signature(program: &Program, name: &str, id: FuncTypeId) -> String {
    signature_within(LIMIT, program, name, id)
}

/// As [`signature`]; text longer than `limit` ends in `...`.
pub fn signature_within(limit: usize, program: &Program, name: &str, id: FuncTypeId) -> String {
    let ty = program.types.func(id);
    let mut wit = Wit { program, limit, out: String::new() };
    wit.push(name);
    wit.push(if ty.async_ { ": async func(" } else { ": func(" });
    wit.fields(&ty.params);
    wit.push(")");
    if let Some(result) = ty.result {
        wit.push(" -> ");
        wit.mention(result);
    }
    wit.finish()
}

/// A value, by the type of the function that gives it: `name: value string`
pub fn value(program: &Program, name: &str, getter: FuncTypeId) -> String {
    value_within(LIMIT, program, name, getter)
}

/// As [`value`]; text longer than `limit` ends in `...`.
pub fn value_within(limit: usize, program: &Program, name: &str, getter: FuncTypeId) -> String {
    let mut wit = Wit { program, limit, out: String::new() };
    wit.push(name);
    wit.push(": value ");
    if let Some(ty) = program.types.func(getter).result {
        wit.mention(ty);
    }
    wit.finish()
}

/// The definition of a type: `record point { x: s32, y: s32 }`, `type id = u32`.
pub fn definition(program: &Program, id: TypeId) -> String {
    definition_within(LIMIT, program, id)
}

/// As [`definition`]; text longer than `limit` ends in `...`.
pub fn definition_within(limit: usize, program: &Program, id: TypeId) -> String {
    let mut wit = Wit { program, limit, out: String::new() };
    let name = program.types.def(id).name.as_ref().map_or("", |name| &name.name);
    match program.types.get(id) {
        Type::Record(_) | Type::Variant(_) | Type::Enum(_) | Type::Flags(_) => {
            wit.body(id, &format!(" {name} "));
        }
        _ => {
            if !name.is_empty() {
                wit.push(&format!("type {name} = "));
            }
            wit.body(id, " ");
        }
    }
    wit.finish()
}

struct Wit<'a> {
    program: &'a Program,
    limit: usize,
    out: String,
}

impl Wit<'_> {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn full(&self) -> bool {
        self.out.len() > self.limit
    }

    fn finish(mut self) -> String {
        if self.full() {
            let end = (0..=self.limit).rev().find(|&i| self.out.is_char_boundary(i)).unwrap_or(0);
            self.out.truncate(end);
            self.out.push_str("...");
        }
        self.out
    }

    /// A type where it is used: by its name, if it has one.
    fn mention(&mut self, id: TypeId) {
        match &self.program.types.def(id).name {
            Some(name) => self.out.push_str(&name.name),
            None => self.body(id, " "),
        }
    }

    /// A type by its structure; `name` stands between a keyword and its braces.
    fn body(&mut self, id: TypeId, name: &str) {
        if self.full() {
            return;
        }
        let program = self.program;
        match program.types.get(id) {
            Type::List(t) => self.generic("list", &[Some(*t)]),
            Type::Option(t) => self.generic("option", &[Some(*t)]),
            Type::Map(k, v) => self.generic("map", &[Some(*k), Some(*v)]),
            Type::Tuple(types) => {
                let types: Vec<_> = types.iter().map(|t| Some(*t)).collect();
                self.generic("tuple", &types);
            }
            Type::Result { ok: None, err: None } => self.push("result"),
            Type::Result { ok, err: None } => self.generic("result", &[*ok]),
            Type::Result { ok, err } => self.generic("result", &[*ok, *err]),
            Type::Stream(t) => self.optional("stream", *t),
            Type::Future(t) => self.optional("future", *t),
            Type::FixedList(t, length) => {
                self.push("list<");
                self.mention(*t);
                self.push(&format!(", {length}>"));
            }
            Type::Record(fields) => {
                self.push(&format!("record{name}{{ "));
                self.fields(fields);
                self.push(" }");
            }
            Type::Variant(cases) => {
                self.push(&format!("variant{name}{{ "));
                self.separated(cases, |this, case| {
                    this.push(&case.name);
                    if let Some(ty) = case.ty {
                        this.push("(");
                        this.mention(ty);
                        this.push(")");
                    }
                });
                self.push(" }");
            }
            Type::Enum(labels) => self.labels("enum", name, labels),
            Type::Flags(labels) => self.labels("flags", name, labels),
            Type::Own(resource) => self.push(&program.resources[*resource].name.name),
            Type::Borrow(resource) => {
                self.push(&format!("borrow<{}>", program.resources[*resource].name.name));
            }
            other => self.push(other.keyword().unwrap_or("...")),
        }
    }

    fn generic(&mut self, name: &str, types: &[Option<TypeId>]) {
        self.push(name);
        self.push("<");
        self.separated(types, |this, ty| match ty {
            Some(ty) => this.mention(*ty),
            None => this.push("_"),
        });
        self.push(">");
    }

    fn optional(&mut self, name: &str, ty: Option<TypeId>) {
        match ty {
            Some(_) => self.generic(name, &[ty]),
            None => self.push(name),
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        self.separated(fields, |this, field| {
            this.push(&field.name);
            this.push(": ");
            this.mention(field.ty);
        });
    }

    fn labels(&mut self, keyword: &str, name: &str, labels: &[String]) {
        self.push(&format!("{keyword}{name}{{ "));
        self.separated(labels, |this, label| this.push(label));
        self.push(" }");
    }

    fn separated<T>(&mut self, items: &[T], mut print: impl FnMut(&mut Self, &T)) {
        for (i, item) in items.iter().enumerate() {
            if self.full() {
                return;
            }
            if i > 0 {
                self.push(", ");
            }
            print(self, item);
        }
    }
}
