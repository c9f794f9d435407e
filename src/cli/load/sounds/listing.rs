//! The names in a folder, as recordings are looked for among them.

use super::TABLE;
use crate::cli::load::folder::Folder;
use presszero::import::sounds::Coding;
use std::collections::{HashMap, HashSet};
use std::fs::{self, DirEntry};
use std::path::Path;

/// The folders, transcripts and recordings in one folder.
#[derive(Default)]
pub struct Listing {
    folders: HashSet<String>,
    /// By their names without their endings, transcripts and recordings, those to be preferred first.
    files: HashMap<String, Vec<String>>,
    /// Whether there is a table of transcripts.
    pub has_table: bool,
}

impl Listing {
    /// Lists a folder that lies in `folder`, or none. O(n log n) in its entries.
    pub fn of(path: &Path, folder: &Folder) -> Option<Self> {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        if !folder.holds(path) {
            return None;
        }
        let mut out = Self::default();
        for entry in fs::read_dir(path).ok()?.flatten() {
            out.add(&entry, folder);
        }
        let rank = |file: &String| (Coding::rank(ending(file)), file.clone());
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for files in out.files.values_mut() {
            files.sort_by_cached_key(rank);
        }
        Some(out)
    }

    /// Whether there is a folder of this name.
    pub fn has_folder(&self, name: &str) -> bool {
        self.folders.contains(name)
    }

    /// Transcripts of this recording.
    pub fn transcripts(&self, stem: &str) -> impl Iterator<Item = &str> {
        self.named(stem).filter(|file| is_transcript(file))
    }

    /// Files of this recording, first those with the ending that is asked for.
    pub fn recordings(&self, stem: &str, wanted: Option<&str>) -> impl Iterator<Item = &str> {
        let is_wanted = move |file: &&str| wanted.is_some_and(|wanted| wanted.eq_ignore_ascii_case(ending(file)));
        let all = move || self.named(stem).filter(|file| !is_transcript(file));
        all()
            .filter(is_wanted)
            .chain(all().filter(move |file| !is_wanted(file)))
    }

    fn named(&self, stem: &str) -> impl Iterator<Item = &str> {
        self.files.get(stem).into_iter().flatten().map(String::as_str)
    }

    fn add(&mut self, entry: &DirEntry, folder: &Folder) {
        let (Ok(kind), Ok(name)) = (entry.file_type(), entry.file_name().into_string()) else {
            return;
        };
        let is_link = kind.is_symlink();
        if is_link && !folder.holds(&entry.path()) {
            return;
        }
        if kind.is_dir() || (is_link && entry.path().is_dir()) {
            self.folders.insert(name);
        } else if !(kind.is_file() || is_link && entry.path().is_file()) {
            // A pipe would be waited for without end.
        } else if name == TABLE {
            self.has_table = true;
        } else if let Some((stem, _)) = name
            .rsplit_once('.')
            .filter(|_| is_transcript(&name) || is_recording(&name))
        {
            self.files.entry(stem.to_owned()).or_default().push(name);
        }
    }
}

fn is_transcript(file: &str) -> bool {
    ending(file).eq_ignore_ascii_case("txt")
}

fn is_recording(file: &str) -> bool {
    Coding::of(ending(file)).is_some()
}

fn ending(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, ending)| ending)
}
