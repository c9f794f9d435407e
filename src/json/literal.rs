//! Escapes of JSON strings, the form of JSON numbers.

/// The character that an escape stands for, and the length of the escape; the text begins with the backslash.
pub fn escape(text: &str) -> (Option<char>, usize) {
    let plain = match text.as_bytes().get(1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unit_escape(text),
        // The backslash alone is at fault; what follows is taken as it stands.
        _ => return (None, 1),
    };
    (Some(plain), 2)
}

fn unit_escape(text: &str) -> (Option<char>, usize) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 4)?;
        let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| hex)
    };
    let Some(first) = unit(2) else {
        return (None, 2);
    };
    if !(0xd800..0xe000).contains(&first) {
        return (char::from_u32(first), 6);
    }
    let second = match text.get(6..8) {
        Some("\\u") => unit(8).filter(|unit| (0xdc00..0xe000).contains(unit)),
        _ => None,
    };
    match second {
        Some(second) if first < 0xdc00 => (
            char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)),
            12,
        ),
        _ => (Some('\u{fffd}'), 6),
    }
}

/// Whether a word is a number as JSON writes them.
pub fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let body = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (body, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}
