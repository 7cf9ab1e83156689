//! Labels of the component model → C identifiers.
//!
//! A label is kebab-case ASCII (`get-x`, `HTTP-status`); validation has seen to that. Anything else is
//! still turned into an identifier, so that no name of an input can spoil a header.

/// `get-x` → `get_x`.
pub fn snake(label: &str) -> String {
    let lower = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    label.chars().map(lower).collect()
}

/// `get-x` → `GET_X`.
pub fn screaming(label: &str) -> String {
    snake(label).to_ascii_uppercase()
}

/// The name of a trap as its variant is written: `IntegerOverflow` → `INTEGER_OVERFLOW`.
pub fn screaming_camel(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}

/// The name of a parameter, of a field or of a union's member.
///
/// Reserved words get an underscore behind. So does what looks like a type's name, lest a parameter
/// hide a type that a later parameter has.
pub fn member(label: &str) -> String {
    let mut name = snake(label);
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    if is_reserved(&name) || name.ends_with("_t") {
        name.push('_');
    }
    name
}

/// Any text as an identifier that can begin a symbol: a world's name, the stem of a file's name.
pub fn prefix(text: &str) -> String {
    let mut name = snake(text.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    if name.is_empty() {
        name.push_str("component");
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, 'c');
    }
    name
}

/// Whether C11 or C++23 keeps this word for itself, or a usual C environment defines it as a macro.
fn is_reserved(name: &str) -> bool {
    RESERVED.binary_search(&name).is_ok()
}

/// Sorted. Keywords that are not plain lower-case words cannot come out of [`snake`] and are not here.
const RESERVED: &[&str] = &[
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "errno",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "if",
    "inline",
    "int",
    "linux",
    "long",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "offsetof",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "reinterpret_cast",
    "requires",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "struct",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "typeof",
    "typeof_unqual",
    "union",
    "unix",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_sorted() {
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn labels_become_identifiers() {
        assert_eq!(snake("get-HTTP-x2"), "get_http_x2");
        assert_eq!(screaming("get-x"), "GET_X");
        assert_eq!(screaming_camel("IntegerDivideByZero"), "INTEGER_DIVIDE_BY_ZERO");
        assert_eq!(member("int"), "int_");
        assert_eq!(member("size-t"), "size_t_");
        assert_eq!(member("value"), "value");
    }

    #[test]
    fn any_text_becomes_a_prefix() {
        assert_eq!(prefix("my app"), "my_app");
        assert_eq!(prefix("3d"), "c3d");
        assert_eq!(prefix("--"), "component");
        assert_eq!(prefix("wörld"), "w_rld");
    }
}
