//! How long a recording lasts, from its size and its header alone.
//!
//! The sizes of telephony's codings are those of RFC 3551 (Schulzrinne and Casner 2003), section 4.5; the endings are
//! those of Asterisk's file formats. The header is that of "Multimedia Programming Interface and Data Specifications
//! 1.0" (IBM and Microsoft 1991), chapter 3, with the format tags of RFC 2361 (Fleischman 1998).

use crate::document::quantity::Millis;
use std::io::{Read, Seek, SeekFrom};

/// How a recording is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// With a header that says how long it lasts.
    Wave,
    /// So many bytes a second, and nothing else.
    Bare(u32),
    /// In a way that does not tell its length without reading all of it.
    Compressed,
}

/// The endings of recordings; of several files of one recording the length of the first is taken.
const ENDINGS: &[(&str, Coding)] = &[
    ("wav", Coding::Wave),
    ("wav16", Coding::Wave),
    ("wave", Coding::Wave),
    ("ulaw", Coding::Bare(8000)),
    ("ul", Coding::Bare(8000)),
    ("ulw", Coding::Bare(8000)),
    ("mu", Coding::Bare(8000)),
    ("pcm", Coding::Bare(8000)),
    ("alaw", Coding::Bare(8000)),
    ("al", Coding::Bare(8000)),
    ("alw", Coding::Bare(8000)),
    ("sln", Coding::Bare(16_000)),
    ("sln12", Coding::Bare(24_000)),
    ("sln16", Coding::Bare(32_000)),
    ("sln24", Coding::Bare(48_000)),
    ("sln32", Coding::Bare(64_000)),
    ("sln44", Coding::Bare(88_200)),
    ("sln48", Coding::Bare(96_000)),
    ("g722", Coding::Bare(8000)),
    ("gsm", Coding::Bare(1650)),
    ("g729", Coding::Bare(1000)),
    ("mp3", Coding::Compressed),
    ("ogg", Coding::Compressed),
    ("opus", Coding::Compressed),
    ("flac", Coding::Compressed),
    ("m4a", Coding::Compressed),
    ("aac", Coding::Compressed),
    ("wma", Coding::Compressed),
    ("aif", Coding::Compressed),
    ("aiff", Coding::Compressed),
    ("au", Coding::Compressed),
    ("vox", Coding::Compressed),
];

impl Coding {
    /// The coding of files with this ending, in any case; `None` where it is not that of a recording.
    #[must_use]
    pub fn of(ending: &str) -> Option<Self> {
        let mut endings = ENDINGS.iter();
        let found = endings.find(|(known, _)| known.eq_ignore_ascii_case(ending));
        found.map(|(_, coding)| *coding)
    }

    /// Where an ending stands among those of recordings, the one to be preferred first.
    #[must_use]
    pub fn rank(ending: &str) -> Option<usize> {
        ENDINGS.iter().position(|(known, _)| known.eq_ignore_ascii_case(ending))
    }
}

/// How long a recording of `length` bytes lasts; `None` where neither its size nor its header tells it.
///
/// Only headers are read, a bounded number of them.
#[must_use]
pub fn lasts(coding: Coding, from: &mut (impl Read + Seek), length: u64) -> Option<Millis> {
    match coding {
        Coding::Wave => wave(from, length),
        Coding::Bare(rate) => millis(length, u64::from(rate)),
        Coding::Compressed => None,
    }
}

/// Parts of a file that are looked at before its sound.
const CHUNKS_MAX: usize = 64;
/// The bytes of a format that matter.
const FORMAT: usize = 26;
/// Formats in which each sample takes the same number of bytes: linear, floating point, A-law, mu-law.
const EVEN: [u16; 4] = [1, 3, 6, 7];
/// Formats of a constant rate whose samples come in blocks: ADPCM, IMA ADPCM, GSM 6.10.
const BLOCKS: [u16; 3] = [2, 0x11, 0x31];
/// The format that is named further on.
const EXTENSIBLE: u16 = 0xFFFE;

fn wave(from: &mut (impl Read + Seek), length: u64) -> Option<Millis> {
    let head: [u8; 12] = bytes(from, 0)?;
    if !head.starts_with(b"RIFF") || !head.ends_with(b"WAVE") {
        return None;
    }
    let mut at = 12;
    let mut rate = None;
    for _ in 0..CHUNKS_MAX {
        let name: [u8; 4] = bytes(from, at)?;
        let size = u64::from(u32::from_le_bytes(bytes(from, at + 4)?));
        let begins = at + 8;
        match &name {
            b"fmt " => rate = Some(bytes_a_second(from, begins, size)?),
            // What is broken off, or was never finished, tells nothing.
            b"data" if begins + size > length => return None,
            b"data" => return millis(size, rate?),
            _ => {}
        }
        // Parts begin at even places.
        at = begins + size + size % 2;
    }
    None
}

/// The bytes of a second of sound, where the format is known and agrees with itself.
fn bytes_a_second(from: &mut (impl Read + Seek), at: u64, size: u64) -> Option<u64> {
    let mut format = [0; FORMAT];
    let told = FORMAT.min(usize::try_from(size).ok()?);
    from.seek(SeekFrom::Start(at)).ok()?;
    from.read_exact(format.get_mut(..told)?).ok()?;
    let two = |at: usize| {
        let bytes = format.get(at..).and_then(|rest| rest.first_chunk());
        bytes.map_or(0, |bytes| u16::from_le_bytes(*bytes))
    };
    let four = |at: usize| u64::from(two(at)) | u64::from(two(at + 2)) << 16;
    let (channels, samples, rate, block) = (two(2), four(4), four(8), u64::from(two(12)));
    let tag = match two(0) {
        EXTENSIBLE => two(24),
        tag => tag,
    };
    let is_even = EVEN.contains(&tag) && rate == samples * block;
    let is_known = is_even || BLOCKS.contains(&tag);
    (told >= 14 && channels > 0 && samples > 0 && block > 0 && is_known).then_some(rate)
}

/// So many bytes from a place of a file; `None` where it has fewer.
fn bytes<const N: usize>(from: &mut (impl Read + Seek), at: u64) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    from.seek(SeekFrom::Start(at)).ok()?;
    from.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

/// Milliseconds, to the nearest; nothing at all is no recording.
fn millis(bytes: u64, rate: u64) -> Option<Millis> {
    let doubled = bytes.checked_mul(2000)?.checked_add(rate)?;
    doubled.checked_div(rate.checked_mul(2)?).filter(|_| bytes > 0)
}
