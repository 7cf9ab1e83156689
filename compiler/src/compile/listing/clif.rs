//! CLIF with labels in place of the numbers of external names.

use super::Names;
use cranelift_codegen::ir;

/// The function's text, `u0:12` replaced by `%label`.
pub fn text(func: &ir::Function, names: Names<'_>) -> String {
    label(&func.display().to_string(), names)
}

fn label(text: &str, names: Names<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('u') {
        let (before, name) = rest.split_at(at);
        out.push_str(before);
        let begins_word = !out.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        match external(name).filter(|_| begins_word) {
            Some((space, index, after)) => {
                match names(space, index) {
                    Some(label) => out.extend(["%", &label]),
                    None => out.push_str(&name[..name.len() - after.len()]),
                }
                rest = after;
            }
            None => {
                out.push('u');
                rest = &name[1..];
            }
        }
    }
    out + rest
}

/// Reads `u<number>:<number>`; what follows is returned, too.
fn external(text: &str) -> Option<(u32, u32, &str)> {
    let (space, rest) = number(text.strip_prefix('u')?)?;
    let (index, rest) = number(rest.strip_prefix(':')?)?;
    Some((space, index, rest))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn external_names_become_labels() {
        let names = |space, index| (space == 0).then(|| format!("f{index}"));
        let text = "function u0:1() {\n  fn0 = colocated u0:12 sig0\n  gv0 = symbol u1:3\n  u: xu0:1 1u0:1 u0 uu0:7}";
        assert_eq!(
            label(text, &names),
            "function %f1() {\n  fn0 = colocated %f12 sig0\n  gv0 = symbol u1:3\n  u: xu0:1 1u0:1 u0 uu0:7}"
        );
    }
}
