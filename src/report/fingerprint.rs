//! The fingerprint of a finding: the same as long as the finding stands at the same place in the tree.
//!
//! It is made of names only, never of lines, figures or wording, so that a finding is known again after the file has
//! been edited elsewhere. The hash is FNV-1a with 64 bits (Fowler, Noll and Vo; Eastlake, Hansen, Fowler, Vo and Noll,
//! The FNV Non-Cryptographic Hash Algorithm, RFC 9923, 2025).

use std::collections::HashMap;

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Ends a name; no byte of UTF-8 is equal to it.
const END: u8 = 0xFF;
/// Stands for a name that is not there; no byte of UTF-8 is equal to it either.
const ABSENT: u8 = 0xFE;

/// What a finding is known by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place<'a> {
    /// The path of the file, as `crate::report::path::relative` gives it.
    pub file: &'a str,
    /// What the tree is called.
    pub tree: Option<&'a str>,
    /// The rule that speaks.
    pub rule: &'a str,
    /// The step.
    pub step: Option<&'a str>,
    /// The keys or words of the option.
    pub option: Option<&'a str>,
}

/// Gives fingerprints to the findings of one report, in their order.
#[derive(Debug, Default)]
pub struct Fingerprints {
    /// How often each place was met.
    met: HashMap<u64, u32>,
}

impl Fingerprints {
    /// The fingerprint of the next finding, as 16 hexadecimal digits; findings of one rule at one place are told apart by
    /// their order.
    pub fn next(&mut self, place: &Place<'_>) -> String {
        let names = [Some(place.file), place.tree, Some(place.rule), place.step, place.option];
        let place = names.into_iter().fold(OFFSET, name);
        let met = self.met.entry(place).or_default();
        let whole = met.to_le_bytes().into_iter().fold(place, byte);
        *met = met.saturating_add(1);
        format!("{whole:016x}")
    }
}

fn name(hash: u64, name: Option<&str>) -> u64 {
    let hash = match name {
        Some(name) => name.bytes().fold(hash, byte),
        None => byte(hash, ABSENT),
    };
    byte(hash, END)
}

const fn byte(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(PRIME)
}

#[cfg(test)]
mod tests {
    use super::{Fingerprints, OFFSET, Place, byte};

    #[test]
    fn the_hash_is_that_of_its_authors() {
        let hash = |text: &str| text.bytes().fold(OFFSET, byte);
        // Test vectors of RFC 9923.
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn every_part_of_a_place_counts_and_so_does_the_order_of_equal_ones() {
        let place = Place {
            file: "a.yaml",
            tree: Some("b"),
            rule: "c",
            step: Some("d"),
            option: None,
        };
        let others = [
            place,
            place,
            Place {
                file: "a.yamlb",
                ..place
            },
            Place { tree: None, ..place },
            Place {
                tree: Some("bc"),
                rule: "",
                ..place
            },
            Place {
                step: None,
                option: Some("d"),
                ..place
            },
            Place {
                option: Some(""),
                ..place
            },
        ];
        let mut fingerprints = Fingerprints::default();
        let mut found: Vec<String> = others.iter().map(|place| fingerprints.next(place)).collect();
        assert_eq!(found[0], Fingerprints::default().next(&place));
        found.sort();
        found.dedup();
        assert_eq!(found.len(), others.len());
    }
}
