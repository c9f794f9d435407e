//! Variables and functions in arguments, put in where they are known.

use super::args::{Piece, arguments, branches};
use super::expression::{self, ENTERED, OTHER, POSITIVE, UNKNOWN, is_known, truth};

/// Functions inside of functions deeper than this are not looked into.
const DEPTH_MAX: usize = 12;
/// A longer text is not known.
const LENGTH_MAX: usize = 4096;

/// What a name stands for, where that is known.
pub trait Names {
    /// The value of a variable, or of a function as it is written: `CALLERID(num)`.
    fn value(&self, name: &str) -> Option<String>;
}

/// The text with its variables put in; linear in its length and that of the values.
pub fn expand(text: &str, names: &dyn Names) -> String {
    deep(text, names, 0)
}

fn deep(text: &str, names: &dyn Names, depth: usize) -> String {
    if depth > DEPTH_MAX {
        return UNKNOWN.to_string();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let from = rest.get(at..).unwrap_or_default();
        let (open, close) = match from.as_bytes().get(1) {
            Some(b'{') => (b'{', b'}'),
            Some(b'[') => (b'[', b']'),
            _ => {
                out.push('$');
                rest = from.get(1..).unwrap_or_default();
                continue;
            }
        };
        let inner = enclosed(from.get(2..).unwrap_or_default(), open, close);
        rest = from.get((2 + inner.len() + 1).min(from.len())..).unwrap_or_default();
        if open == b'{' {
            out.push_str(&variable(inner, names, depth + 1));
        } else {
            out.push_str(&expression::evaluate(&deep(inner, names, depth + 1)));
        }
        if out.len() > LENGTH_MAX {
            return UNKNOWN.to_string();
        }
    }
    out.push_str(rest);
    out
}

/// What stands before the sign that closes.
fn enclosed(text: &str, open: u8, close: u8) -> &str {
    let mut depth = 0u32;
    for (at, byte) in text.bytes().enumerate() {
        if byte == open {
            depth += 1;
        } else if byte == close {
            if depth == 0 {
                return text.get(..at).unwrap_or_default();
            }
            depth -= 1;
        }
    }
    text
}

fn variable(inner: &str, names: &dyn Names, depth: usize) -> String {
    let colon = super::args::place(inner, b':');
    let (name, part) = match colon {
        Some(at) => (inner.get(..at).unwrap_or_default(), inner.get(at + 1..)),
        None => (inner, None),
    };
    let value = match name.find('(') {
        Some(at) if name.ends_with(')') => {
            let function = name.get(..at).unwrap_or_default().trim();
            let args = name.get(at + 1..name.len() - 1).unwrap_or_default();
            call(function, args, names, depth)
        }
        _ => named(&deep(name, names, depth), names),
    };
    match part {
        None => value,
        Some(part) => substring(&value, &deep(part, names, depth)),
    }
}

fn named(name: &str, names: &dyn Names) -> String {
    if !is_known(name) {
        return UNKNOWN.to_string();
    }
    names.value(name.trim()).unwrap_or_else(|| UNKNOWN.to_string())
}

/// A part of a value by offset and length, from the end where they are negative.
fn substring(value: &str, part: &str) -> String {
    if !is_known(value) || !is_known(part) {
        return UNKNOWN.to_string();
    }
    let mut numbers = part.split(':').map(|number| number.trim().parse::<i64>().unwrap_or(0));
    let letters: Vec<char> = value.chars().collect();
    let length = i64::try_from(letters.len()).unwrap_or(0);
    let from = numbers.next().unwrap_or(0);
    let from = if from < 0 {
        (length + from).max(0)
    } else {
        from.min(length)
    };
    let to = match numbers.next() {
        None => length,
        Some(count) if count < 0 => (length + count).max(from),
        Some(count) => (from + count).min(length),
    };
    let range = usize::try_from(from).unwrap_or(0)..usize::try_from(to).unwrap_or(0);
    letters.get(range).unwrap_or_default().iter().collect()
}

fn call(function: &str, args: &str, names: &dyn Names, depth: usize) -> String {
    let unknown = || UNKNOWN.to_string();
    let given = |text: &str| deep(text, names, depth + 1);
    let flag = |holds: Option<bool>| match holds {
        Some(true) => "1".to_owned(),
        Some(false) => "0".to_owned(),
        None => unknown(),
    };
    match function.to_ascii_uppercase().as_str() {
        "LEN" => {
            let value = given(args);
            if is_known(&value) {
                value.chars().count().to_string()
            } else if value.contains([ENTERED, OTHER]) {
                POSITIVE.to_string()
            } else {
                unknown()
            }
        }
        "ISNULL" => flag(is_empty(&given(args))),
        "EXISTS" => flag(is_empty(&given(args)).map(|empty| !empty)),
        "IF" => {
            let (condition, yes, no) = branches(Piece::new(args, 0));
            match truth(&given(condition.text)) {
                Some(true) => given(yes.bare().text),
                Some(false) => given(no.bare().text),
                None => unknown(),
            }
        }
        "GLOBAL" | "LOCAL" => named(&given(args), names),
        "TOUPPER" => given(args).to_ascii_uppercase(),
        "TOLOWER" => given(args).to_ascii_lowercase(),
        "QUOTE" => format!("\"{}\"", given(args)),
        "INC" | "DEC" => {
            let sign = if function.eq_ignore_ascii_case("INC") { "+" } else { "-" };
            let value = named(&given(args), names);
            if is_known(&value) {
                expression::evaluate(&format!("{value} {sign} 1"))
            } else {
                unknown()
            }
        }
        "MATH" => {
            let parts = arguments(Piece::new(args, 0));
            let value = expression::evaluate(&given(parts.first().map_or("", |part| part.text)));
            let whole = parts.get(1).is_some_and(|kind| kind.text.starts_with('i'));
            match value.parse::<f64>() {
                Ok(number) if whole => format!("{}", number.trunc()),
                _ => value,
            }
        }
        "CUT" => cut(args, names, depth),
        _ => names.value(&format!("{function}({args})")).unwrap_or_else(unknown),
    }
}

fn is_empty(value: &str) -> Option<bool> {
    if value.contains([ENTERED, OTHER, POSITIVE]) || value.chars().any(|c| c != UNKNOWN) {
        Some(false)
    } else {
        is_known(value).then_some(true)
    }
}

fn cut(args: &str, names: &dyn Names, depth: usize) -> String {
    let parts = arguments(Piece::new(args, 0));
    let [variable, sign, field] = parts.as_slice() else {
        return UNKNOWN.to_string();
    };
    let value = named(&deep(variable.text, names, depth + 1), names);
    let Ok(field) = field.text.parse::<usize>() else {
        return UNKNOWN.to_string();
    };
    if !is_known(&value) {
        return UNKNOWN.to_string();
    }
    let sign = sign.text.trim_start_matches('\\').chars().next().unwrap_or('-');
    value
        .split(sign)
        .nth(field.wrapping_sub(1))
        .unwrap_or_default()
        .to_owned()
}
