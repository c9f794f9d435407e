//! A text whose lines all end in one way, whatever made it.

use std::io::{self, BufRead, Read};

/// Gives the bytes of a text with each `\r\n` and `\r` as `\n`, and a line end at its end.
pub struct Lines<R> {
    from: R,
    last: u8,
}

impl<R: BufRead> Lines<R> {
    pub fn of(from: R) -> Self {
        Self { from, last: b'\n' }
    }
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let bytes = self.from.fill_buf()?;
            if bytes.is_empty() {
                let ends = matches!(self.last, b'\n' | b'\r');
                self.last = b'\n';
                return Ok(match out.first_mut() {
                    Some(first) if !ends => {
                        *first = b'\n';
                        1
                    }
                    _ => 0,
                });
            }
            let (mut written, mut taken) = (0, 0);
            for byte in bytes.iter().copied().take(out.len()) {
                taken += 1;
                let half = byte == b'\n' && self.last == b'\r';
                self.last = byte;
                if let (false, Some(place)) = (half, out.get_mut(written)) {
                    *place = if byte == b'\r' { b'\n' } else { byte };
                    written += 1;
                }
            }
            self.from.consume(taken);
            // Nothing at all would say that the text is over.
            if written > 0 || out.is_empty() {
                return Ok(written);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_alike() {
        let cases = [
            ("a\r\nb\rc\n\r\nd", "a\nb\nc\n\nd\n"),
            ("", ""),
            ("a\r", "a\n"),
            ("\r\r\n", "\n\n"),
        ];
        for (text, wanted) in cases {
            for size in 1..5 {
                let from = io::BufReader::with_capacity(size, text.as_bytes());
                let mut found = String::new();
                let read = Lines::of(from).read_to_string(&mut found);
                assert!(read.is_ok() && found == wanted, "{text:?} gives {found:?}");
            }
        }
    }
}
