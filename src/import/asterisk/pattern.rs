//! Extension patterns, matched and ordered as Asterisk does.

/// Whether a name is a pattern.
pub fn is_pattern(name: &str) -> bool {
    name.starts_with('_')
}

/// One position of a pattern: the letters that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Any of these letters.
    Any(Vec<u8>),
    /// One letter or more, whatever they are (`.`).
    More,
    /// No letter or more, at once (`!`).
    Rest,
}

/// The positions of a pattern without its underline; linear.
///
/// Source: Asterisk documentation, "Pattern Matching", 2024. Blanks and hyphens between digits count for nothing.
pub fn places(pattern: &str) -> Vec<Place> {
    let text = pattern.strip_prefix('_').unwrap_or(pattern).as_bytes();
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        let place = match byte {
            b'X' | b'x' => Place::Any((b'0'..=b'9').collect()),
            b'Z' | b'z' => Place::Any((b'1'..=b'9').collect()),
            b'N' | b'n' => Place::Any((b'2'..=b'9').collect()),
            b'.' => Place::More,
            b'!' => Place::Rest,
            b'[' => {
                let end = text
                    .iter()
                    .skip(at)
                    .position(|b| *b == b']')
                    .map_or(text.len(), |n| at + n);
                let inner = text.get(at..end).unwrap_or_default();
                at = end + 1;
                Place::Any(class(inner))
            }
            b'-' | b' ' => continue,
            _ => Place::Any(vec![byte]),
        };
        places.push(place);
    }
    places
}

fn class(inner: &[u8]) -> Vec<u8> {
    let mut letters = Vec::new();
    let mut at = 0;
    while let Some(&first) = inner.get(at) {
        match (inner.get(at + 1), inner.get(at + 2)) {
            (Some(b'-'), Some(&last)) if first <= last => {
                letters.extend(first..=last);
                at += 3;
            }
            _ => {
                letters.push(first);
                at += 1;
            }
        }
    }
    letters.sort_unstable();
    letters.dedup();
    letters
}

/// Whether what is dialled fits.
pub fn matches(places: &[Place], dialled: &str) -> bool {
    let mut digits = dialled.bytes();
    for place in places {
        match place {
            Place::More => return digits.next().is_some(),
            Place::Rest => return true,
            Place::Any(letters) => match digits.next() {
                Some(digit) if letters.contains(&digit) => {}
                _ => return false,
            },
        }
    }
    digits.next().is_none()
}

/// What orders patterns that fit alike: from the left, the position that takes fewer letters goes first; `.` and `!`
/// come after every other, `!` last.
///
/// Source: Asterisk documentation, "Pattern Matching", section on the order of matching, 2024.
pub fn rank(places: &[Place]) -> Vec<(usize, u8)> {
    places
        .iter()
        .map(|place| match place {
            Place::Any(letters) => (letters.len(), letters.first().copied().unwrap_or(0)),
            Place::More => (1000, 0),
            Place::Rest => (1001, 0),
        })
        .collect()
}
