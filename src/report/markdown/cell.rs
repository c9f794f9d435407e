//! Texts of a file as Markdown shows them: as they are, with nothing in them that it would obey.
//!
//! The grammar is that of GitHub Flavored Markdown (GitHub, GitHub Flavored Markdown Spec 0.29, 2019).

use crate::report::text::words::plain;

/// Characters of one text that are shown at most.
const SHOWN: usize = 600;
/// A space of no width, which keeps a name from being a mention.
const APART: &str = "&#8203;";

/// A text on one line; what stands between backticks is shown as code.
#[must_use]
pub fn escaped(text: &str) -> String {
    let text = cut(text);
    let ticks = text.matches('`').count();
    if ticks % 2 == 1 {
        return literal(&text);
    }
    let mut out = String::with_capacity(text.len());
    for (number, part) in text.split('`').enumerate() {
        match number % 2 {
            0 => out.push_str(&literal(part)),
            _ if part.is_empty() => {}
            _ => out.push_str(&tagged(part)),
        }
    }
    out
}

/// A name as code.
#[must_use]
pub fn code(text: &str) -> String {
    tagged(&cut(text))
}

/// The tag takes what backticks cannot: backticks, and the bars of a table.
fn tagged(text: &str) -> String {
    format!("<code>{}</code>", literal(text))
}

fn cut(text: &str) -> String {
    let text = plain(text);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// A text in which every character stands for itself.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // GitHub takes what stands between two of them for a formula.
            '$' => out.push_str("<span>$</span>"),
            '@' => out.extend(["@", APART]),
            '#' | '!' if next.is_ascii_digit() => {
                out.push(c);
                out.push_str(APART);
            }
            // What would begin an address is broken: `https://`, `www.`.
            ':' if next == '/' => out.push_str("\\:"),
            '.' if matches!(before, 'w' | 'W') => out.push_str("\\."),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '!' | '|' | '~' | '^' => out.extend(['\\', c]),
            c => out.push(c),
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{SHOWN, code, escaped};

    #[test]
    fn what_markdown_obeys_stands_for_itself() {
        for (text, shown) in [
            ("a | b\nc", "a \\| b c"),
            ("<img src=x>&amp;", "&lt;img src=x&gt;&amp;amp;"),
            ("ask @octocat", "ask @&#8203;octocat"),
            ("see #12 or press #", "see #&#8203;12 or press \\#"),
            ("at `main` there", "at <code>main</code> there"),
            ("a ` alone", "a \\` alone"),
            ("`a|b@c`", "<code>a\\|b@&#8203;c</code>"),
            ("https://x.example www.x.example", "https\\://x.example www\\.x.example"),
            (
                "*a* _b_ [c](d) ~~e~~ $f$",
                "\\*a\\* \\_b\\_ \\[c\\](d) \\~\\~e\\~\\~ <span>$</span>f<span>$</span>",
            ),
        ] {
            assert_eq!(escaped(text), shown);
        }
        assert_eq!(code("a`b"), "<code>a\\`b</code>");
        assert_eq!(escaped(&"x".repeat(SHOWN + 1)), format!("{}...", "x".repeat(SHOWN)));
    }
}
