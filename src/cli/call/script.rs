//! What a caller does, as it is typed on the command line and written in a test.

use super::Script;
use presszero::document::quantity::{Keys, duration, show_duration};
use presszero::document::tree::Act;
use std::fmt::Write;

/// Reads `2,1,wait,#,enter:1234`.
pub fn acts(text: &str) -> Result<Script, String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let acts: Script = parts.map(act).collect::<Result<_, _>>()?;
    if acts.is_empty() {
        return Err("say at least one thing that the caller does, such as `0` or `wait`".to_owned());
    }
    Ok(acts)
}

fn act(part: &str) -> Result<Act, String> {
    // A shell that knows no single quotes hands them on.
    let part = part.trim_matches(['\'', '"']);
    let (verb, rest) = part
        .split_once(':')
        .map_or((part, None), |(verb, rest)| (verb, Some(rest.trim())));
    match (verb, rest) {
        ("wait" | "w", None) => Ok(Act::Wait),
        ("hang-up" | "hangup", None) => Ok(Act::HangUp),
        ("enter", Some(digits)) if is_keys(digits) => Ok(Act::Enter(digits.to_owned())),
        ("enter", _) => Err(format!(
            "`{part}`: only digits, * and # can be entered, as in `enter:1234`"
        )),
        ("say", Some(words)) if !words.is_empty() => Ok(Act::Say(words.to_owned())),
        ("hold", Some(time)) => duration(time).map(Act::Hold),
        (keys, None) if is_keys(keys) => Keys::read(keys).map(Act::Press),
        _ => Err(format!(
            "`{part}` is no key of a telephone and none of `wait`, `enter:1234`, `say:billing`, `hold:2m`, `hang-up`"
        )),
    }
}

fn is_keys(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '#'))
}

/// Reads `account-number=rejected`.
pub fn given(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, answer)) if !name.trim().is_empty() && !answer.trim().is_empty() => {
            Ok((name.trim().to_owned(), answer.trim().to_owned()))
        }
        _ => Err("write a name and an answer, as in `account-number=rejected`".to_owned()),
    }
}

/// Writes acts as `--press` reads them, quoted for a shell.
pub fn script(acts: &[Act]) -> String {
    let parts: Vec<String> = acts.iter().map(typed).collect();
    quoted(&parts.join(","))
}

/// One act as `--press` reads it.
fn typed(act: &Act) -> String {
    match act {
        Act::Press(keys) => keys.as_str().to_owned(),
        Act::Enter(digits) => format!("enter:{digits}"),
        Act::Say(words) => format!("say:{words}"),
        Act::Wait => "wait".to_owned(),
        Act::Hold(ms) => format!("hold:{}", show_duration(*ms)),
        Act::HangUp => "hang-up".to_owned(),
    }
}

/// One act as a test call says it.
pub fn written(act: &Act) -> String {
    match act {
        Act::Press(keys) => format!("press {keys}"),
        Act::Enter(digits) => format!("enter {digits}"),
        Act::Say(words) => format!("say {words}"),
        Act::Wait => "wait".to_owned(),
        Act::Hold(ms) => format!("hold {}", show_duration(*ms)),
        Act::HangUp => "hang up".to_owned(),
    }
}

/// A word that a shell takes as it is.
pub fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | ':' | '-' | '=' | '.' | '/' | '_');
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// The call as an entry of `calls:`.
pub fn test(name: &str, at: Option<&str>, given: &[(&str, &str)], acts: &[Act], expect: &[(&str, String)]) -> String {
    let mut out = format!("calls:\n  - name: {}\n", yaml(name));
    if let Some(at) = at {
        let _ = writeln!(out, "    at: {at}");
    }
    let pair = |name: &str, value: &str| format!("{}: {}", yaml(name), yaml(value));
    if !given.is_empty() {
        let given: Vec<String> = given.iter().map(|(name, answer)| pair(name, answer)).collect();
        let _ = writeln!(out, "    given: {{{}}}", given.join(", "));
    }
    let does: Vec<String> = acts.iter().map(|act| yaml(&written(act))).collect();
    let _ = writeln!(out, "    does: [{}]", does.join(", "));
    let expect: Vec<String> = expect.iter().map(|(name, value)| pair(name, value)).collect();
    let _ = writeln!(out, "    expect: {{{}}}", expect.join(", "));
    out
}

/// A text that YAML reads as itself within braces.
fn yaml(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    if begins && !text.ends_with(' ') && text.chars().all(plain) {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::{acts, quoted, script, written};

    #[test]
    fn a_script_reads_back_as_it_was_written() {
        let text = "2,12,wait,#,*,enter:1234#,say:lost card,hold:2m,hang-up";
        let read = acts(text).expect("a script");
        assert_eq!(script(&read), format!("'{text}'"));
        assert_eq!(acts("2, '#' ,w").map(|acts| script(&acts)), Ok(quoted("2,#,wait")));
        let items: Vec<String> = read.iter().map(written).collect();
        assert_eq!(
            items.join("; "),
            "press 2; press 12; wait; press #; press *; enter 1234#; say lost card; hold 2m; hang up"
        );
    }

    #[test]
    fn what_no_telephone_has_is_refused() {
        for wrong in [
            "",
            ",",
            "A",
            "2,X",
            "enter:",
            "enter:12a",
            "hold:2",
            "say:",
            "wait:2",
            "press:1",
        ] {
            assert!(acts(wrong).is_err(), "{wrong}");
        }
    }
}
