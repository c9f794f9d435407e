//! The arithmetic of `$[...]`, with values that are not known.

/// Stands in a text for what is not known at all.
pub const UNKNOWN: char = '\u{1}';
/// Stands for something that was entered, whatever it is.
pub const ENTERED: char = '\u{2}';
/// Stands for something that was entered and is none of the values that the file names.
pub const OTHER: char = '\u{3}';
/// Stands for a number above zero.
pub const POSITIVE: char = '\u{4}';

/// Parentheses deeper than this are not looked into.
const DEPTH_MAX: usize = 24;

/// Whether a text is known to the letter.
pub fn is_known(text: &str) -> bool {
    !text.contains([UNKNOWN, ENTERED, OTHER, POSITIVE])
}

/// Whether a condition holds, as `GotoIf` sees it: a number other than zero, or any other word.
///
/// Source: Asterisk, `main/pbx.c`, the function that checks conditions.
pub fn truth(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.contains(POSITIVE) {
        return Some(true);
    }
    if !is_known(text) {
        return None;
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    Some(match digits.get(..count).unwrap_or_default() {
        "" => !text.is_empty(),
        number => number.bytes().any(|digit| digit != b'0'),
    })
}

/// The value of an expression whose variables are put in already.
///
/// One that cannot be read is `0`, as in Asterisk. Linear in its length.
pub fn evaluate(text: &str) -> String {
    let tokens = tokens(text);
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        broken: false,
    };
    let value = parser.binary(0, 0);
    if parser.broken || parser.at < tokens.len() {
        return if is_known(text) {
            "0".to_owned()
        } else {
            UNKNOWN.to_string()
        };
    }
    value
}

const OPERATORS: &[(&str, u8)] = &[
    ("::", 1),
    ("?", 1),
    ("||", 2),
    ("|", 2),
    ("&&", 3),
    ("&", 3),
    ("==", 4),
    ("=~", 7),
    ("!=", 4),
    (">=", 4),
    ("<=", 4),
    ("=", 4),
    (">", 4),
    ("<", 4),
    ("+", 5),
    ("-", 5),
    ("*", 6),
    ("/", 6),
    ("%", 6),
    ("~~", 8),
    (":", 7),
    ("!", 0),
    ("(", 0),
    (")", 0),
];

#[derive(Debug, PartialEq)]
enum Token<'t> {
    Sign(&'static str, u8),
    Word(&'t str),
}

/// Brackets that stand alone are no letters of the notation, and its reader lets them fall.
///
/// Source: Asterisk, `main/ast_expr2.fl`.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_whitespace() || matches!(first, '[' | ']' | ',' | '{' | '}') {
            first.len_utf8()
        } else if let Some(end) = rest.strip_prefix('"').and_then(|inner| inner.find('"')) {
            tokens.push(Token::Word(rest.get(..end + 2).unwrap_or_default()));
            end + 2
        } else if let Some((sign, level)) = OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            tokens.push(Token::Sign(sign, *level));
            sign.len()
        } else {
            let ends = |c: char| c.is_whitespace() || "|&=<>!+,-*/%?:()[]\"{}".contains(c);
            let end = rest
                .find(ends)
                .filter(|end| *end > 0)
                .unwrap_or(if first == '"' { 1 } else { rest.len() });
            tokens.push(Token::Word(rest.get(..end).unwrap_or_default()));
            end
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    tokens
}

struct Parser<'t> {
    tokens: &'t [Token<'t>],
    at: usize,
    broken: bool,
}

impl Parser<'_> {
    fn sign(&self) -> Option<(&'static str, u8)> {
        match self.tokens.get(self.at) {
            Some(Token::Sign(sign, level)) => Some((sign, *level)),
            _ => None,
        }
    }

    fn binary(&mut self, level: u8, depth: usize) -> String {
        let mut left = self.unary(depth);
        while let Some((sign, own)) = self.sign() {
            if own == 0 || own <= level || self.broken || sign == "::" {
                break;
            }
            self.at += 1;
            if sign == "?" {
                let yes = self.binary(1, depth + 1);
                let colon = self.sign().is_some_and(|(sign, _)| sign == "::");
                self.at += usize::from(colon);
                let no = if colon {
                    self.binary(0, depth + 1)
                } else {
                    String::new()
                };
                left = match truth(&bare(&left)) {
                    Some(true) => yes,
                    Some(false) => no,
                    None => UNKNOWN.to_string(),
                };
                continue;
            }
            let right = self.binary(own, depth + 1);
            left = apply(sign, &left, &right);
        }
        left
    }

    fn unary(&mut self, depth: usize) -> String {
        if depth > DEPTH_MAX {
            self.broken = true;
            return UNKNOWN.to_string();
        }
        match self.tokens.get(self.at) {
            Some(Token::Word(word)) => {
                self.at += 1;
                (*word).to_owned()
            }
            Some(Token::Sign("(", _)) => {
                self.at += 1;
                let value = self.binary(0, depth + 1);
                let closed = self.sign().is_some_and(|(sign, _)| sign == ")");
                self.at += usize::from(closed);
                self.broken |= !closed;
                value
            }
            Some(Token::Sign("!", _)) => {
                self.at += 1;
                let value = self.unary(depth + 1);
                told(truth(&bare(&value)).map(|holds| !holds))
            }
            Some(Token::Sign("-", _)) => {
                self.at += 1;
                let value = self.unary(depth + 1);
                number(&value).map_or(UNKNOWN.to_string(), |value| show(-value))
            }
            _ => {
                self.broken = true;
                String::new()
            }
        }
    }
}

/// A word without its quotation marks.
fn bare(word: &str) -> String {
    let inner = word.strip_prefix('"').and_then(|word| word.strip_suffix('"'));
    inner.unwrap_or(word).to_owned()
}

fn number(word: &str) -> Option<f64> {
    bare(word).trim().parse().ok().filter(|value: &f64| value.is_finite())
}

fn show(value: f64) -> String {
    format!("{value}")
}

fn told(holds: Option<bool>) -> String {
    match holds {
        Some(true) => "1".to_owned(),
        Some(false) => "0".to_owned(),
        None => UNKNOWN.to_string(),
    }
}

fn apply(sign: &str, left: &str, right: &str) -> String {
    let (a, b) = (bare(left), bare(right));
    match sign {
        "&" | "&&" => told(match (truth(&a), truth(&b)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }),
        "|" | "||" => told(match (truth(&a), truth(&b)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }),
        "=" | "==" => told(equal(&a, &b)),
        "!=" => told(equal(&a, &b).map(|equal| !equal)),
        "<" | ">" | "<=" | ">=" => told(ordered(sign, &a, &b)),
        "~~" if is_known(&a) && is_known(&b) => a + &b,
        "+" | "-" | "*" | "/" | "%" => match (number(&a), number(&b)) {
            (Some(a), Some(b)) => sum(sign, a, b),
            _ if is_known(&a) && is_known(&b) => "0".to_owned(),
            _ => UNKNOWN.to_string(),
        },
        _ => UNKNOWN.to_string(),
    }
}

fn sum(sign: &str, a: f64, b: f64) -> String {
    match sign {
        "+" => show(a + b),
        "-" => show(a - b),
        "*" => show(a * b),
        _ if b == 0.0 => "0".to_owned(),
        "/" => show(a / b),
        _ => show(a % b),
    }
}

fn equal(a: &str, b: &str) -> Option<bool> {
    if is_known(a) && is_known(b) {
        return Some(match (number(a), number(b)) {
            #[expect(clippy::float_cmp, reason = "numbers as they are written, as Asterisk compares them")]
            (Some(a), Some(b)) => a == b,
            _ => a == b,
        });
    }
    let (open, known) = if is_known(b) { (a, b) } else { (b, a) };
    if !is_known(known) || open.contains(UNKNOWN) {
        return None;
    }
    if open.contains(POSITIVE) {
        return number(known).is_none_or(|known| known < 1.0).then_some(false);
    }
    // Something was entered: never what is left when it is taken away.
    if open.contains(OTHER) || open.replace(ENTERED, "") == known {
        return Some(false);
    }
    None
}

fn ordered(sign: &str, a: &str, b: &str) -> Option<bool> {
    if a == POSITIVE.to_string() || b == POSITIVE.to_string() {
        let bound = number(if a == POSITIVE.to_string() { b } else { a })?;
        let above = (a == POSITIVE.to_string()) == sign.starts_with('>');
        let or_equal = sign.ends_with('=');
        // A whole number from one on, compared with a bound.
        return match (above, or_equal) {
            (true, true) if bound <= 1.0 => Some(true),
            (true, false) if bound < 1.0 => Some(true),
            (false, true) if bound < 1.0 => Some(false),
            (false, false) if bound <= 1.0 => Some(false),
            _ => None,
        };
    }
    if !is_known(a) || !is_known(b) {
        return None;
    }
    let order = match (number(a), number(b)) {
        (Some(a), Some(b)) => a.partial_cmp(&b)?,
        _ => a.cmp(b),
    };
    Some(match sign {
        "<" => order.is_lt(),
        ">" => order.is_gt(),
        "<=" => order.is_le(),
        _ => order.is_ge(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_evaluated_as_asterisk_does() {
        for (text, value) in [
            ("1 + 2 * 3", "7"),
            ("\"a\"=\"a\"", "1"),
            ("\"x\u{3}\"=\"x\"", "0"),
            ("[0+1] < 3", "1"),
            ("[[[0+1]+1]+1] < 3", "0"),
            ("=1", "0"),
            ("5 > 3 & 2 > 1", "1"),
            ("\u{1} = 1 & 0", "0"),
            ("\u{4} = 0", "0"),
            ("\u{4} > 0", "1"),
            ("\u{3} = 7", "0"),
            ("!(1 = 2)", "1"),
            ("1 ? \"a\" :: \"b\"", "\"a\""),
        ] {
            assert_eq!(evaluate(text), value, "{text}");
        }
        assert!(!is_known(&evaluate("\u{1} = 1")));
        assert_eq!(truth("0"), Some(false));
        assert_eq!(truth("no"), Some(true));
    }
}
