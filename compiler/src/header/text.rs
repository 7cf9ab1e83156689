//! Lines of C.

/// Columns that comments and prototypes keep to where they can.
const WIDTH: usize = 100;

/// The text of a header while it is written.
#[derive(Debug, Default)]
pub struct Text {
    out: String,
}

impl Text {
    pub fn new() -> Text {
        Text::default()
    }

    pub fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// Several lines.
    pub fn block(&mut self, lines: &str) {
        self.line(lines);
    }

    pub fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A heading, with an empty line before and behind it.
    pub fn section(&mut self, title: &str) {
        self.blank();
        let title = harmless(title);
        let rule = "-".repeat(WIDTH.saturating_sub(title.len() + 12).max(3));
        self.line(&format!("/* ---- {title} {rule} */"));
        self.blank();
    }

    /// A comment, its words wrapped; `\n` separates paragraphs.
    pub fn comment(&mut self, text: &str) {
        let text = harmless(text);
        if !text.contains('\n') && text.len() + 7 <= WIDTH {
            self.line(&format!("/** {text} */"));
            return;
        }
        self.line("/**");
        for paragraph in text.split('\n') {
            for line in wrap(paragraph, WIDTH - 3) {
                self.line(format!(" * {line}").trim_end());
            }
        }
        self.line(" */");
    }

    /// A comment on a line of its own, however long.
    pub fn note(&mut self, indent: &str, text: &str) {
        self.line(&format!("{indent}/* {} */", harmless(text)));
    }

    /// `head(parameter, …)tail`, on one line if it fits.
    pub fn prototype(&mut self, head: &str, params: &[String], tail: &str) {
        let one = format!("{head}({}){tail}", params.join(", "));
        if one.len() <= WIDTH {
            self.line(&one);
            return;
        }
        let indent = " ".repeat(head.len() - head.trim_start().len() + 4);
        self.line(&format!("{head}("));
        for (i, param) in params.iter().enumerate() {
            let end = if i + 1 == params.len() { ")" } else { "," };
            let tail = if i + 1 == params.len() { tail } else { "" };
            self.line(&format!("{indent}{param}{end}{tail}"));
        }
    }

    pub fn finish(self) -> String {
        self.out
    }
}

/// Text that cannot end the comment it stands in, nor splice lines or form trigraphs.
fn harmless(text: &str) -> String {
    let visible = |c: char| if c == '\n' || (' '..='~').contains(&c) { c } else { '?' };
    let text: String = text.chars().map(visible).collect();
    text.replace("*/", "* /").replace("/*", "/ *").replace('\\', "/").replace("??", "? ?")
}

/// Breaks at spaces; a longer word stays whole.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("there is always a line");
        if last.is_empty() {
            last.push_str(word);
        } else if last.len() + 1 + word.len() <= width {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_string());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_cannot_be_ended_by_its_text() {
        let mut out = Text::new();
        out.comment("a */ b \\ ??/ ü");
        assert_eq!(out.finish(), "/** a * / b / ? ?/ ? */\n");
    }

    #[test]
    fn long_lines_are_wrapped() {
        let mut out = Text::new();
        out.comment(&"word ".repeat(40));
        out.prototype("int f", &vec!["const a_long_type_t *parameter".to_string(); 4], ";");
        let text = out.finish();
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(text.contains("    const a_long_type_t *parameter);\n"), "{text}");
    }
}
