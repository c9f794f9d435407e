//! The profiles that the program brings along, each a file that a lawyer can read.

use super::{Profile, read};
use crate::source::Source;
use std::sync::OnceLock;

/// Name and text of every profile, in the order in which they are listed.
pub const SOURCES: &[(&str, &str)] = &[
    ("recommended", include_str!("data/recommended.yaml")),
    ("all", include_str!("data/all.yaml")),
    ("gethuman-1.0", include_str!("data/gethuman-1.0.yaml")),
    ("w3c-coga", include_str!("data/w3c-coga.yaml")),
    ("nda-ireland", include_str!("data/nda-ireland.yaml")),
    ("es-ley-10-2025", include_str!("data/es-ley-10-2025.yaml")),
    ("br-11034-2022", include_str!("data/br-11034-2022.yaml")),
    ("br-6523-2008", include_str!("data/br-6523-2008.yaml")),
    ("pt-134-2009", include_str!("data/pt-134-2009.yaml")),
    ("it-agcom-255-24", include_str!("data/it-agcom-255-24.yaml")),
    ("tr-epdk", include_str!("data/tr-epdk.yaml")),
    ("tr-btk", include_str!("data/tr-btk.yaml")),
    ("tr-bddk", include_str!("data/tr-bddk.yaml")),
    ("il-6-minutes", include_str!("data/il-6-minutes.yaml")),
    ("in-trai", include_str!("data/in-trai.yaml")),
    ("us-cable-76.309", include_str!("data/us-cable-76.309.yaml")),
    ("us-dc-3106.4", include_str!("data/us-dc-3106.4.yaml")),
    ("us-ny-s7146", include_str!("data/us-ny-s7146.yaml")),
];

static PROFILES: OnceLock<Vec<Profile>> = OnceLock::new();

/// Every profile, in the order in which they are listed; read once.
///
/// That their files have no mistakes is held by a test.
#[must_use]
pub fn all() -> &'static [Profile] {
    PROFILES.get_or_init(|| {
        let profile = |(name, text): &(&str, &str)| read(&Source::new(*name, *text)).0;
        SOURCES.iter().map(profile).collect()
    })
}

/// The profile of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Profile> {
    all().iter().find(|profile| profile.name == name)
}
