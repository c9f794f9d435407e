//! Conditions in ECMAScript, as far as they compare one variable with literals.

/// What a condition asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It is always so, or never.
    Always(bool),
    /// A variable has one of these values, or none of them.
    Is {
        /// The variable.
        name: String,
        /// The values.
        values: Vec<String>,
        /// Whether it must have none of them.
        negated: bool,
    },
    /// A variable is beside a whole number.
    Beside {
        /// The variable.
        name: String,
        /// How: `<`, `<=`, `>`, `>=`.
        operator: &'static str,
        /// The number.
        number: i64,
    },
    /// Something else.
    Open,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Name(String),
    Literal(String),
    Sign(&'static str),
}

const SIGNS: &[&str] = &[
    "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "++", "+=", "<", ">", "!", "(", ")", "+", "=",
];

/// The parts of an expression; `None` where it has others than these. Linear.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let length;
        if matches!(first, '\'' | '"') {
            let body = rest.get(1..)?;
            let end = body.find(first)?;
            out.push(Token::Literal(body.get(..end)?.to_owned()));
            length = end + 2;
        } else if first.is_alphabetic() || matches!(first, '_' | '$') {
            length = rest
                .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.'))
                .unwrap_or(rest.len());
            let name = rest.get(..length)?;
            out.push(match name {
                "true" | "false" => Token::Literal(name.to_owned()),
                _ => Token::Name(bare(name).to_owned()),
            });
        } else if first.is_ascii_digit() {
            length = rest
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(rest.len());
            out.push(Token::Literal(rest.get(..length)?.to_owned()));
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
            out.push(Token::Sign(sign));
            length = sign.len();
        }
        rest = rest.get(length..)?.trim_start();
    }
    Some(out)
}

/// A variable's name without the scope that it may be written with.
#[must_use]
pub fn bare(name: &str) -> &str {
    ["application.", "document.", "dialog."]
        .iter()
        .find_map(|scope| name.strip_prefix(scope))
        .unwrap_or(name)
}

/// Reads a condition. Linear in its length.
#[must_use]
pub fn read(text: &str) -> Condition {
    let Some(all) = tokens(text) else {
        return Condition::Open;
    };
    let mut tokens = all.as_slice();
    while let [Token::Sign("("), inner @ .., Token::Sign(")")] = tokens {
        if inner.contains(&Token::Sign("(")) {
            break;
        }
        tokens = inner;
    }
    match tokens {
        [Token::Literal(value)] => Condition::Always(!matches!(value.as_str(), "false" | "0" | "")),
        [
            Token::Name(name),
            Token::Sign(operator @ ("<" | "<=" | ">" | ">=")),
            Token::Literal(number),
        ] => match number.trim().parse() {
            Ok(number) => Condition::Beside {
                name: name.clone(),
                operator,
                number,
            },
            Err(_) => Condition::Open,
        },
        _ => alternatives(tokens),
    }
}

/// `a == 'x' || a == 'y'`, or `a != 'x' && a != 'y'`.
fn alternatives(tokens: &[Token]) -> Condition {
    let mut out: Option<(String, bool)> = None;
    let mut values = Vec::new();
    let splits = |token: &Token| matches!(token, Token::Sign("||" | "&&"));
    let negates = |part: &[Token]| {
        part.iter()
            .any(|token| matches!(token, Token::Sign("!=" | "!==" | "!")))
    };
    let joined = tokens.iter().find(|token| splits(token));
    for part in tokens.split(splits) {
        let part = match part {
            [Token::Sign("("), inner @ .., Token::Sign(")")] => inner,
            part => part,
        };
        let (name, value) = match part {
            [Token::Name(name)] | [Token::Sign("!"), Token::Name(name)] => (name, "true"),
            [
                Token::Name(name),
                Token::Sign("==" | "===" | "!=" | "!=="),
                Token::Literal(value),
            ]
            | [
                Token::Literal(value),
                Token::Sign("==" | "===" | "!=" | "!=="),
                Token::Name(name),
            ] => (name, value.as_str()),
            _ => return Condition::Open,
        };
        let without = negates(part);
        let fits = match &out {
            None => true,
            Some((known, sort)) => known == name && *sort == without,
        };
        let sign_fits = match joined {
            Some(Token::Sign("&&")) => without,
            Some(_) => !without,
            None => true,
        };
        if !fits || !sign_fits {
            return Condition::Open;
        }
        out = Some((name.clone(), without));
        values.push(value.trim().to_owned());
    }
    let one_sort = tokens
        .iter()
        .filter(|token| splits(token))
        .all(|token| Some(token) == joined);
    match out {
        // A part of a value, such as its length, changes with the whole.
        Some((name, without))
            if one_sort && name != "undefined" && (!name.contains('.') || name.starts_with("session.")) =>
        {
            Condition::Is {
                name,
                values,
                negated: without,
            }
        }
        _ => Condition::Open,
    }
}

impl Condition {
    /// The variable that it asks about.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Is { name, .. } | Self::Beside { name, .. } => Some(name),
            Self::Always(_) | Self::Open => None,
        }
    }

    /// Whether it holds where a variable has a value; `None` where that does not decide it.
    #[must_use]
    pub fn holds(&self, variable: &str, value: &str) -> Option<bool> {
        match self {
            Self::Always(holds) => Some(*holds),
            Self::Is { name, values, negated } if name == variable => {
                Some(values.iter().any(|one| one == value) != *negated)
            }
            _ => None,
        }
    }
}

/// What an expression puts into a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// This.
    Literal(String),
    /// One more than it held.
    More,
    /// Something that only the running call knows.
    Open,
}

/// Reads what `expr` puts into the variable `name`.
#[must_use]
pub fn value(name: &str, expr: &str) -> Value {
    let own = |other: &String| bare(name) == other;
    match tokens(expr).as_deref() {
        Some([Token::Literal(value)]) => Value::Literal(value.trim().to_owned()),
        Some([Token::Name(other), Token::Sign("+"), Token::Literal(one)]) if own(other) && one == "1" => Value::More,
        Some([Token::Literal(one), Token::Sign("+"), Token::Name(other)]) if own(other) && one == "1" => Value::More,
        Some([Token::Sign("++"), Token::Name(other)] | [Token::Name(other), Token::Sign("++")]) if own(other) => {
            Value::More
        }
        _ => Value::Open,
    }
}

/// A part of a text that an expression puts together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// These letters.
    Text(String),
    /// What a variable holds.
    Variable(String),
}

/// The parts of a text that an expression puts together; `None` where it does something else.
#[must_use]
pub fn pieces(expr: &str) -> Option<Vec<Piece>> {
    let tokens = tokens(expr)?;
    let pieces = tokens.split(|token| *token == Token::Sign("+")).map(|part| match part {
        [Token::Literal(text)] => Some(Piece::Text(text.clone())),
        [Token::Name(name)] => Some(Piece::Variable(name.clone())),
        _ => None,
    });
    pieces.collect()
}

/// The text that an expression is, where one variable's value is known; numbers are not added up.
#[must_use]
pub fn evaluate(expr: &str, known: Option<(&str, &str)>) -> Option<String> {
    let pieces = pieces(expr)?;
    let texts = pieces.iter().map(|piece| match (piece, known) {
        (Piece::Text(text), _) => Some(text.as_str()),
        (Piece::Variable(name), Some((own, value))) if name == own => Some(value),
        (Piece::Variable(_), _) => None,
    });
    let texts: Vec<&str> = texts.collect::<Option<_>>()?;
    let is_text = |text: &&str| text.parse::<f64>().is_err();
    (texts.len() == 1 || texts.iter().take(2).any(is_text)).then(|| texts.concat().trim().to_owned())
}

/// Whether an expression says that a variable holds nothing.
#[must_use]
pub fn is_nothing(expr: &str) -> bool {
    matches!(expr.trim(), "" | "undefined" | "null" | "void 0")
}

/// Every variable that a text of script names. Linear.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.');
    text.split(part)
        .filter(|word| word.starts_with(|c: char| c.is_alphabetic() || c == '_'))
        .map(|name| bare(name).split('.').next().unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_variable_beside_literals() {
        let is = |values: &[&str], negated| Condition::Is {
            name: "f".to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            negated,
        };
        for text in ["f=='1'", " f == 1 ", "(f === \"1\")", "'1'==f", "dialog.f == '1'"] {
            assert_eq!(read(text), is(&["1"], false), "{text}");
        }
        assert_eq!(read("f=='1' || f=='2'"), is(&["1", "2"], false));
        assert_eq!(read("f != '1' && f != '2'"), is(&["1", "2"], true));
        assert_eq!(read("!f"), is(&["true"], true));
        assert_eq!(read("true"), Condition::Always(true));
        for text in [
            "f=='1' && g=='2'",
            "f=='1' && f=='2'",
            "f != 1 || f != 2",
            "f(1)",
            "f.length",
            "a+b",
            "'",
            "(",
        ] {
            assert!(
                !matches!(read(text), Condition::Is { values, .. } if values.len() != 1),
                "{text}"
            );
        }
        assert!(matches!(
            read("n < 3"),
            Condition::Beside {
                operator: "<",
                number: 3,
                ..
            }
        ));
        assert_eq!(value("n", "n + 1"), Value::More);
        assert_eq!(value("n", "n++"), Value::More);
        assert_eq!(value("n", "'x'"), Value::Literal("x".to_owned()));
        assert_eq!(value("n", "m + 1"), Value::Open);
        let known = Some(("m", "3"));
        assert_eq!(evaluate("'item' + m", known).as_deref(), Some("item3"));
        assert_eq!(evaluate("m", known).as_deref(), Some("3"));
        for text in ["m + 1", "1 + m", "n", "'a' + n", "f(m)", "'a' +"] {
            assert_eq!(evaluate(text, known), None, "{text}");
        }
    }
}
