//! The path of a file as other programs compare it, and as an address.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::MAIN_SEPARATOR;

/// A path with `/` between its parts, without `.` and with `..` only at its beginning; linear.
#[must_use]
pub fn relative(path: &str) -> Cow<'_, str> {
    let path = if MAIN_SEPARATOR == '\\' && path.contains('\\') {
        Cow::Owned(path.replace('\\', "/"))
    } else {
        Cow::Borrowed(path)
    };
    if path.split('/').skip(1).all(|part| !matches!(part, "" | "." | "..")) && !path.starts_with("./") {
        return path;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            "" if !parts.is_empty() => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, "" | "..")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Cow::Owned(parts.join("/"))
}

/// Whether a path begins at the root of a file system, rather than where the program was started.
#[must_use]
pub fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || has_drive(path)
}

/// A path as the reference of a URI (Berners-Lee, Fielding and Masinter, Uniform Resource Identifier, RFC 3986, 2005):
/// relative, or of the scheme `file` where the path is absolute.
#[must_use]
pub fn uri(path: &str) -> String {
    let path = relative(path);
    let mut out = String::with_capacity(path.len());
    if has_drive(&path) {
        out.push_str("file:///");
    } else if is_absolute(&path) {
        out.push_str("file://");
    }
    let drive = if has_drive(&path) { 2 } else { 0 };
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            b':' if at < drive => out.push(':'),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Whether a path begins with the letter of a drive: `C:/`.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{relative, uri};

    #[test]
    fn one_file_has_one_path() {
        for path in ["lines/a.yaml", "./lines/a.yaml", "lines//a.yaml", "x/../lines/./a.yaml"] {
            assert_eq!(relative(path), "lines/a.yaml");
        }
        assert_eq!(relative("../../a/../b.yaml"), "../../b.yaml");
        assert_eq!(relative("/a/../b.yaml"), "/b.yaml");
        assert_eq!(relative("-"), "-");
    }

    #[test]
    fn addresses_hold_no_character_that_means_something_else() {
        assert_eq!(
            uri("./größe 100%/a:b#c?.yaml"),
            "gr%C3%B6%C3%9Fe%20100%25/a%3Ab%23c%3F.yaml"
        );
        assert_eq!(uri("/var/a b.yaml"), "file:///var/a%20b.yaml");
        assert_eq!(uri("C:/lines/a.yaml"), "file:///C:/lines/a.yaml");
    }
}
