//! A line → words, as a shell with nothing but quotes splits it.

/// Quotes of either kind keep blanks and each other; there are no escapes.
pub fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match quote {
            Some(end) if c == end => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[test]
fn quotes_join_words() {
    assert_eq!(split(r#"--invoke 'f("a b")' x"#), ["--invoke", r#"f("a b")"#, "x"]);
    assert_eq!(split(r#"'k: '"'"'é'"'"''"#), ["k: 'é'"]);
    assert_eq!(split(r#"  "" a  "#), ["", "a"]);
}
