//! Whether the beginning of a file lets it be a phone tree, whatever the file is called.

use presszero::import::FORMATS;
use std::fs::File;
use std::io::Read;
use std::iter;
use std::path::Path;

/// So many bytes of a file are looked at.
const BYTES: u64 = 1 << 16;

/// Whether a file begins as JSON, or with words of a tree; a file that cannot be read is none.
pub fn may_be_tree(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BYTES).read_to_end(&mut bytes));
    read.is_ok() && is_text_of_a_tree(&bytes)
}

fn is_text_of_a_tree(bytes: &[u8]) -> bool {
    if bytes.contains(&0) {
        return false;
    }
    let bare = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if bare.starts_with(b"{") || bare.starts_with(b"[") {
        return true;
    }
    let text = String::from_utf8_lossy(bare);
    let foreign = FORMATS.iter().flat_map(|format| format.signs);
    iter::once(&"phone-tree:")
        .chain(foreign)
        .any(|sign| text.contains(sign))
}
