//! Whether the Rust types of every function have the layout that its signature demands.
//!
//! The layouts are computed here from the signature's text, by the rules of the Canonical ABI with 64-bit
//! pointers, and compared with what the Rust compiler made of the types.

use super::values::{Lower, Param};

/// How one function crosses, according to its Rust types.
pub(super) struct Shape {
    pub(super) symbol: &'static str,
    pub(super) params: Vec<Passed>,
    pub(super) result: Option<Passed>,
}

/// Size and alignment of a value that is passed, or of the pointer to it.
type Passed = (usize, usize);

pub(super) fn param<P: Param>() -> Passed {
    (size_of::<P::Raw>(), align_of::<P::Raw>())
}

pub(super) fn result<R: Lower>() -> Passed {
    (size_of::<R::Raw>(), align_of::<R::Raw>())
}

/// The text of a type, read from the left.
struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    fn eat(&mut self, token: &str) -> bool {
        let rest = self.0.strip_prefix(token);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn word(&mut self) -> &'a str {
        let end = self.0.find(|c: char| "(){}<>,: ".contains(c)).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        word
    }

    fn items<T>(&mut self, close: &str, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        while !self.eat(close) {
            items.push(item(self));
            self.eat(", ");
        }
        items
    }

    /// Size and alignment, and whether a parameter of the type is passed by value.
    fn ty(&mut self) -> (Passed, bool) {
        match self.word() {
            "bool" | "u8" => ((1, 1), true),
            "u16" => ((2, 2), true),
            "u32" | "s32" => ((4, 4), true),
            "u64" | "s64" => ((8, 8), true),
            "string" => ((16, 8), false),
            "own" | "borrow" => {
                let end = self.0.find('>').unwrap();
                self.0 = &self.0[end + 1..];
                ((8, 8), true)
            }
            "stream" | "future" => {
                self.eat("<");
                self.items(">", Self::ty);
                ((8, 8), true)
            }
            "list" => {
                self.eat("<");
                self.items(">", Self::ty);
                ((16, 8), false)
            }
            "enum" => {
                self.eat("{");
                assert!(self.items("}", |text| text.word().len()).len() <= 256);
                ((1, 1), true)
            }
            "flags" => {
                self.eat("{");
                assert!(self.items("}", |text| text.word().len()).len() <= 8);
                ((1, 1), true)
            }
            "tuple" => {
                self.eat("<");
                (product(&self.items(">", |text| text.ty().0)), false)
            }
            "record" => {
                self.eat("{");
                let fields = self.items("}", |text| {
                    text.word();
                    assert!(text.eat(": "));
                    text.ty().0
                });
                (product(&fields), false)
            }
            "option" => {
                self.eat("<");
                (sum(&self.items(">", |text| text.ty().0)), false)
            }
            "result" if !self.eat("<") => ((1, 1), false),
            "result" => {
                let payload = |text: &mut Self| if text.eat("_") { (0, 1) } else { text.ty().0 };
                (sum(&self.items(">", payload)), false)
            }
            "variant" => {
                self.eat("{");
                let cases = self.items("}", |text| {
                    text.word();
                    if text.eat("(") { text.items(")", |text| text.ty().0)[0] } else { (0, 1) }
                });
                (sum(&cases), false)
            }
            word => panic!("unknown type {word}"),
        }
    }
}

fn product(fields: &[Passed]) -> Passed {
    let end = fields.iter().fold(0usize, |end, (size, align)| end.next_multiple_of(*align) + size);
    let align = fields.iter().map(|field| field.1).max().unwrap_or(1);
    (end.next_multiple_of(align), align)
}

/// A discriminant of one byte, then the payloads.
fn sum(cases: &[Passed]) -> Passed {
    let size = cases.iter().map(|case| case.0).max().unwrap_or(0);
    let align = cases.iter().map(|case| case.1).max().unwrap_or(1);
    ((align + size).next_multiple_of(align), align)
}

/// What the signature demands: parameters and result.
fn demanded(signature: &str) -> (Vec<Passed>, Option<Passed>) {
    let mut text = Text(signature);
    // The completion comes behind everything else.
    text.eat("async ");
    assert!(text.eat("("));
    let params = text.items(")", |text| match text.ty() {
        (layout, true) => layout,
        (_, false) => (8, 8),
    });
    let result = text.eat(" -> ").then(|| text.ty().0);
    assert_eq!(text.0, "", "{signature}");
    (params, result)
}

#[test]
fn types_have_the_layout_of_the_signature() {
    let shapes = [
        super::cli::shapes(),
        super::clocks::shapes(),
        super::filesystem::shapes(),
        super::io::shapes(),
        super::random::shapes(),
        super::sockets::shapes(),
        super::v03::cli::shapes(),
        super::v03::clocks::shapes(),
        super::v03::filesystem::shapes(),
        super::v03::random::shapes(),
        super::v03::sockets::shapes(),
    ];
    for shape in shapes.into_iter().flatten() {
        let import = crate::IMPORTS.iter().find(|import| import.symbol == shape.symbol).unwrap();
        let (params, result) = demanded(import.signature);
        assert_eq!(shape.params, params, "{}", shape.symbol);
        assert_eq!(shape.result, result, "{}", shape.symbol);
    }
}

#[test]
fn all_signatures_can_be_read() {
    for import in crate::IMPORTS {
        demanded(import.signature);
    }
}

#[test]
fn layouts_follow_the_canonical_abi() {
    let layout = |text| Text(text).ty().0;
    assert_eq!(layout("record{a: u8, b: u64, c: u8}"), (24, 8));
    assert_eq!(layout("variant{a, b(u16), c(tuple<u8, u8, u8>)}"), (6, 2));
    assert_eq!(layout("result<_, enum{a, b}>"), (2, 1));
    assert_eq!(layout("option<record{seconds: u64, nanoseconds: u32}>"), (24, 8));
}
