//! Extension patterns, matched and ordered as Asterisk does.

/// The keys of a telephone.
pub const KEYS: &str = "0123456789*#";
/// Numbers of lines have so many digits, and are no options of a menu.
pub const LINE_MIN: usize = 7;

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

/// No number is longer. Source: Asterisk, `AST_MAX_EXTENSION`.
const LENGTH_MAX: usize = 80;

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

/// The positions of a number that is no pattern.
pub fn literal(number: &str) -> Vec<Place> {
    number.bytes().map(|digit| Place::Any(vec![digit])).collect()
}

/// Whether some number fits both.
pub fn overlap(one: &[Place], other: &[Place]) -> bool {
    for at in 0.. {
        match (one.get(at), other.get(at)) {
            (Some(Place::Any(one)), Some(Place::Any(other))) if one.iter().any(|digit| other.contains(digit)) => {}
            (None, None | Some(Place::Rest)) | (Some(Place::Rest), None) => return true,
            (None, _) | (_, None) | (Some(Place::Any(_)), Some(Place::Any(_))) => return false,
            // An open end, and at least one letter for it.
            _ => return true,
        }
    }
    false
}

/// What fits one and not the other, as patterns of which no two have a number in common.
///
/// An open end of which a part is taken counts as a whole, because numbers of other lengths are left of it.
pub fn without(one: &[Place], other: &[Place]) -> Vec<Vec<Place>> {
    if !overlap(one, other) || one.len() > LENGTH_MAX {
        return vec![one.to_vec()];
    }
    let mut left = Vec::new();
    let mut before: Vec<Place> = Vec::new();
    for (at, place) in one.iter().enumerate() {
        let behind = one.get(at + 1..).unwrap_or_default();
        match (place, other.get(at)) {
            (Place::Any(own), Some(Place::Any(taken))) => {
                let (both, rest): (Vec<u8>, Vec<u8>) = own.iter().partition(|digit| taken.contains(digit));
                if !rest.is_empty() {
                    left.push([&before, &[Place::Any(rest)][..], behind].concat());
                }
                before.push(Place::Any(both));
            }
            (_, Some(Place::More | Place::Rest)) => break,
            _ => {
                left.push([&before, one.get(at..).unwrap_or_default()].concat());
                break;
            }
        }
    }
    left
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

/// The keys of an extension of several digits; none where it is something else, or the number of a line.
pub fn long_keys(name: &str, places: &[Place]) -> Option<String> {
    if !is_pattern(name) {
        let digits = name.bytes().all(|byte| KEYS.as_bytes().contains(&byte));
        return (digits && (2..LINE_MIN).contains(&name.len())).then(|| name.to_owned());
    }
    let mut keys = String::new();
    for place in places {
        match place {
            Place::Any(letters) => keys.push(letter(letters)?),
            Place::More => keys.push('.'),
            // As `.`, except that it takes nothing as well.
            Place::Rest => return None,
        }
    }
    let fixed = keys.trim_end_matches('.');
    let short = (2..LINE_MIN).contains(&keys.len()) && !fixed.is_empty();
    // Everything that begins so is a number beyond a trunk, or whatever was dialled to come here.
    (short && !keys.ends_with('.')).then_some(keys)
}

/// The letter of a place; one that takes digits of several sorts is taken for the next wider sort.
fn letter(letters: &[u8]) -> Option<char> {
    if let [one] = letters {
        return KEYS.contains(char::from(*one)).then_some(char::from(*one));
    }
    if !letters.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let least = letters.first()?;
    Some(match least {
        b'0' => 'X',
        b'1' => 'Z',
        _ => 'N',
    })
}
