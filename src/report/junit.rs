//! Test results as `JUnit` XML, which build servers show.
//!
//! The form is what the servers have in common: suites, cases, failures with a message and a text. Characters that XML 1.0
//! does not allow (Bray, Paoli, Sperberg-McQueen, Maler and Yergeau, Extensible Markup Language 1.0, fifth edition, 2008,
//! 2.2) are replaced by U+FFFD.

pub mod audit;

use std::fmt::Write;

/// The cases of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suite {
    /// What it is called.
    pub name: String,
    /// Its cases, in order.
    pub cases: Vec<Case>,
}

/// One test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// What it is called.
    pub name: String,
    /// The file that it stands in.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// How long it takes, in milliseconds of the call.
    pub ms: u64,
    /// What failed: a message and a text each.
    pub failures: Vec<(String, String)>,
    /// What could not be run at all.
    pub errors: Vec<(String, String)>,
    /// What happened.
    pub output: String,
}

/// The document; linear in what it says.
#[must_use]
pub fn write(suites: &[Suite]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let all = || suites.iter().flat_map(|suite| &suite.cases);
    let _ = writeln!(out, "<testsuites name=\"presszero\"{}>", counts(all()));
    for suite in suites {
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\"{}>",
            escape(&suite.name),
            counts(suite.cases.iter())
        );
        for case in &suite.cases {
            one(&mut out, suite, case);
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn one(out: &mut String, suite: &Suite, case: &Case) {
    let _ = write!(
        out,
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{}\" time=\"{}\"",
        escape(&case.name),
        escape(&suite.name),
        escape(&case.file),
        case.line,
        seconds(case.ms)
    );
    if case.failures.is_empty() && case.errors.is_empty() && case.output.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    for (tag, found) in [("failure", &case.failures), ("error", &case.errors)] {
        for (message, text) in found {
            let _ = writeln!(
                out,
                "      <{tag} message=\"{}\">{}</{tag}>",
                escape(message),
                escape(text)
            );
        }
    }
    if !case.output.is_empty() {
        let _ = writeln!(out, "      <system-out>{}</system-out>", escape(&case.output));
    }
    out.push_str("    </testcase>\n");
}

/// The attributes that count cases.
fn counts<'c>(cases: impl Iterator<Item = &'c Case>) -> String {
    let (mut tests, mut failures, mut errors, mut ms) = (0_usize, 0_usize, 0_usize, 0_u64);
    for case in cases {
        tests += 1;
        errors += usize::from(!case.errors.is_empty());
        failures += usize::from(case.errors.is_empty() && !case.failures.is_empty());
        ms = ms.saturating_add(case.ms);
    }
    format!(
        " tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" time=\"{}\"",
        seconds(ms)
    )
}

fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

/// A text as XML holds it, within quotes or between tags.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            c if c.is_ascii_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Case, Suite, write};

    #[test]
    fn what_means_something_to_xml_is_escaped() {
        let case = Case {
            name: "a \"b\" & <c>\u{1b}[0m".to_owned(),
            failures: vec![("]]>".to_owned(), "'x'\n\u{0}".to_owned())],
            ms: 61_005,
            ..Case::default()
        };
        let suite = Suite {
            name: "lines/a&b.yaml".to_owned(),
            cases: vec![case],
        };
        let text = write(&[suite]);
        assert!(
            text.contains("name=\"a &quot;b&quot; &amp; &lt;c&gt;\u{FFFD}[0m\""),
            "{text}"
        );
        assert!(
            text.contains("<failure message=\"]]&gt;\">&apos;x&apos;&#10;\u{FFFD}</failure>"),
            "{text}"
        );
        assert!(text.contains("time=\"61.005\""), "{text}");
    }
}
