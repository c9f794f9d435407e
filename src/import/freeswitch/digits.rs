//! Keys that a regular expression stands for.

/// The keys of a telephone, as bits: 0 to 9, then star, then hash.
const KEYS: &[u8; 12] = b"0123456789*#";
/// An expression that stands for more rows of keys than these is not taken apart.
const ROWS_MAX: usize = 64;
/// Numbers that are looked up one by one.
const NUMBERS_MAX: usize = 1_000;

/// One place of a row of keys: which may stand there, as bits of `KEYS`.
type Place = u16;

/// What an expression that must fit from its beginning to its end stands for, each row at most `longest` keys long.
///
/// `None` where it cannot be said. Bounded by `ROWS_MAX` rows.
pub fn rows(expression: &str, longest: usize) -> Option<Vec<Vec<Place>>> {
    let body = match expression.strip_prefix('/') {
        Some(rest) => rest.rsplit_once('/')?.0,
        None => expression,
    };
    let body = body.strip_prefix('^')?;
    let body = body.strip_suffix('$').filter(|body| !body.ends_with('\\'))?;
    let mut parser = Parser {
        rest: body,
        longest,
        depth: 0,
    };
    let rows = parser.choice()?;
    parser.rest.is_empty().then_some(rows)
}

/// The rows as patterns of keys: `10XX`, `2`, `*9`. `None` where they are too many.
pub fn patterns(rows: &[Vec<Place>]) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| !row.is_empty()) {
        let mut begun = vec![String::new()];
        for place in row {
            let signs = signs(*place);
            if signs.len() * begun.len() + out.len() > ROWS_MAX {
                return None;
            }
            begun = begun
                .iter()
                .flat_map(|text| signs.iter().map(move |sign| format!("{text}{sign}")))
                .collect();
        }
        out.extend(begun);
    }
    out.sort();
    out.dedup();
    Some(out)
}

/// Every number that the rows stand for; `None` where there are more than are looked up one by one.
pub fn numbers(rows: &[Vec<Place>]) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| !row.is_empty()) {
        let mut begun = vec![String::new()];
        for place in row {
            let keys: Vec<char> = keys(*place).collect();
            if keys.len() * begun.len() + out.len() > NUMBERS_MAX {
                return None;
            }
            begun = begun
                .iter()
                .flat_map(|text| keys.iter().map(move |key| format!("{text}{key}")))
                .collect();
        }
        out.extend(begun);
    }
    out.sort();
    out.dedup();
    Some(out)
}

fn keys(place: Place) -> impl Iterator<Item = char> {
    (0..)
        .zip(KEYS)
        .filter(move |(bit, _)| place & (1 << bit) != 0)
        .map(|(_, key)| char::from(*key))
}

fn signs(place: Place) -> Vec<char> {
    const DIGITS: Place = 0x3ff;
    match place & DIGITS {
        DIGITS => std::iter::once('X').chain(keys(place & !DIGITS)).collect(),
        0x3fe => std::iter::once('Z').chain(keys(place & !DIGITS)).collect(),
        0x3fc => std::iter::once('N').chain(keys(place & !DIGITS)).collect(),
        _ => keys(place).collect(),
    }
}

fn bit(key: char) -> Option<Place> {
    let at = KEYS.iter().position(|known| char::from(*known) == key)?;
    Some(1 << at)
}

struct Parser<'t> {
    rest: &'t str,
    longest: usize,
    depth: usize,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    fn take(&mut self, sign: char) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Alternatives between bars.
    fn choice(&mut self) -> Option<Vec<Vec<Place>>> {
        let mut all = self.row()?;
        while self.take('|') {
            all.extend(self.row()?);
            if all.len() > ROWS_MAX {
                return None;
            }
        }
        Some(all)
    }

    fn row(&mut self) -> Option<Vec<Vec<Place>>> {
        let mut rows = vec![Vec::new()];
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let one = self.atom()?;
            let (least, most) = self.times()?;
            let mut repeated: Vec<Vec<Place>> = vec![Vec::new()];
            let mut taken = Vec::new();
            for count in 0..=most {
                if count >= least {
                    taken.extend(repeated.iter().cloned());
                }
                if count == most {
                    break;
                }
                repeated = self.join(&repeated, &one)?;
                if repeated.is_empty() || taken.len() > ROWS_MAX {
                    break;
                }
            }
            rows = self.join(&rows, &taken)?;
        }
        Some(rows)
    }

    /// Each of the first followed by each of the second, without what is too long to be pressed.
    fn join(&self, first: &[Vec<Place>], second: &[Vec<Place>]) -> Option<Vec<Vec<Place>>> {
        if first.len().saturating_mul(second.len()) > ROWS_MAX * 4 {
            return None;
        }
        let all = first
            .iter()
            .flat_map(|one| second.iter().map(move |other| [one.as_slice(), other].concat()));
        Some(all.filter(|row| row.len() <= self.longest).collect())
    }

    fn atom(&mut self) -> Option<Vec<Vec<Place>>> {
        let place = match self.next()? {
            '(' => {
                self.depth += 1;
                if self.depth > 8 {
                    return None;
                }
                if self.take('?') && !self.take(':') {
                    return None;
                }
                let inner = self.choice()?;
                self.depth -= 1;
                return self.take(')').then_some(inner);
            }
            '[' => self.class()?,
            '.' => 0x7ff,
            '\\' => match self.next()? {
                'd' => 0x3ff,
                key => bit(key)?,
            },
            key => bit(key).filter(|_| key != '*')?,
        };
        Some(vec![vec![place]])
    }

    fn class(&mut self) -> Option<Place> {
        let negated = self.take('^');
        let mut place: Place = 0;
        loop {
            let from = match self.next()? {
                ']' => break,
                '\\' => match self.next()? {
                    'd' => {
                        place |= 0x3ff;
                        continue;
                    }
                    key => key,
                },
                key => key,
            };
            let range = self.rest.strip_prefix('-').filter(|rest| !rest.starts_with(']'));
            if let Some(rest) = range {
                self.rest = rest;
                let to = self.next()?;
                if !from.is_ascii_digit() || !to.is_ascii_digit() {
                    return None;
                }
                for digit in from..=to {
                    place |= bit(digit)?;
                }
            } else {
                // Letters in a class are of no use on a telephone.
                place |= bit(from).unwrap_or(0);
            }
        }
        Some(if negated { 0x7ff & !place } else { place })
    }

    /// How often what stands before is repeated, at least and at most.
    fn times(&mut self) -> Option<(usize, usize)> {
        let times = if self.take('*') {
            (0, self.longest)
        } else if self.take('+') {
            (1, self.longest)
        } else if self.take('?') {
            (0, 1)
        } else if self.take('{') {
            let (inner, rest) = self.rest.split_once('}')?;
            self.rest = rest;
            match inner.split_once(',') {
                Some((least, "")) => (least.trim().parse().ok()?, self.longest),
                Some((least, most)) => (least.trim().parse().ok()?, most.trim().parse().ok()?),
                None => {
                    let times = inner.trim().parse().ok()?;
                    (times, times)
                }
            }
        } else {
            return Some((1, 1));
        };
        // A lazy sign changes nothing here.
        self.take('?');
        Some((times.0, times.1.min(self.longest)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(expression: &str) -> Option<Vec<String>> {
        patterns(&rows(expression, 4)?)
    }

    #[test]
    fn expressions_become_patterns_of_keys() {
        let all = |keys: &[&str]| Some(keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>());
        assert_eq!(pressed("/^(10[01][0-9])$/"), all(&["100X", "101X"]));
        assert_eq!(pressed(r"/^\d{1,2}$/"), all(&["X", "XX"]));
        assert_eq!(pressed("/^(1|2[1-9])$/"), all(&["1", "2Z"]));
        assert_eq!(pressed(r"/^\*9$/"), all(&["*9"]));
        assert_eq!(pressed("/^[2-9]+$/"), all(&["N", "NN", "NNN", "NNNN"]));
        assert_eq!(pressed("/1/"), None);
        assert_eq!(pressed("/^a$/"), None);
        assert_eq!(pressed("/^12345$/"), all(&[]));
        assert_eq!(pressed("/^(?=1)$/"), None);
        assert_eq!(pressed("/^((((((((((1))))))))))$/"), None);
    }

    #[test]
    fn few_numbers_are_named_one_by_one() {
        assert_eq!(
            numbers(&rows("^10[0-1]$", 4).unwrap_or_default()).map(|all| all.len()),
            Some(2)
        );
        assert_eq!(numbers(&rows(r"^\d{4}$", 4).unwrap_or_default()), None);
    }
}
