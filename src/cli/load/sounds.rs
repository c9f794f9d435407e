//! What lies beside the trees and tells of their recordings: transcripts, tables of them, the recordings themselves.
//!
//! Looked for in the folder of the tree and those above it up to what is audited, in `sounds/`, `prompts/` and `audio/`
//! below each, and in a folder of the language below any of these; what lies nearest counts.

mod listing;

use super::folder::Folder;
use super::{Loaded, read_file};
use listing::Listing;
use presszero::document::quantity::Millis;
use presszero::error::Problem;
use presszero::import::sounds::{self, Coding, Known, Name, Table, Wanted};
use presszero::report::{Aside, Refused};
use presszero::source::Source;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::iter;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What a table of transcripts is called.
pub const TABLE: &str = "prompts.csv";
/// Folders of recordings below that of a tree.
const FOLDERS: [&str; 3] = ["sounds", "prompts", "audio"];
/// Folders between that of a recording and its file, one for each rate, as in the sounds of `FreeSWITCH`.
const RATES: [&str; 4] = ["8000", "16000", "32000", "48000"];
/// The longest transcript, in bytes: an hour of speech and more.
const WORDS_MAX: u64 = 1 << 16;

/// Completes the recordings of all trees; what is wrong with what lies beside them is refused.
///
/// Each folder is listed once and each file read once; nothing outside of `folder` is.
pub fn complete(loaded: &mut Loaded, folder: &Folder) {
    let mut beside = Beside {
        folder,
        trees: loaded.paths.iter().flatten().cloned().collect(),
        listings: HashMap::new(),
        places: HashMap::new(),
        tables: HashMap::new(),
        transcripts: HashMap::new(),
        lengths: HashMap::new(),
        read: Vec::new(),
        refused: Vec::new(),
    };
    for entry in &mut loaded.portfolio.trees {
        let path = loaded.paths.get(entry.source).and_then(Option::as_deref);
        if let Some(here) = path.and_then(Path::parent)
            && sounds::wants(&entry.tree)
        {
            sounds::complete(&mut entry.tree, &mut |wanted| beside.find(here, wanted));
        }
    }
    loaded.beside.extend(beside.read);
    loaded.refused.extend(beside.refused);
}

/// All that was looked for, each thing once.
struct Beside<'f> {
    folder: &'f Folder,
    /// Files that hold trees, and are no transcripts.
    trees: HashSet<PathBuf>,
    listings: HashMap<PathBuf, Option<Rc<Listing>>>,
    /// For a tree's folder and a language, where recordings may lie.
    places: HashMap<(PathBuf, String), Rc<[PathBuf]>>,
    tables: HashMap<PathBuf, Rc<Table>>,
    transcripts: HashMap<PathBuf, Option<String>>,
    lengths: HashMap<PathBuf, Option<Millis>>,
    /// Files whose content counts.
    read: Vec<PathBuf>,
    refused: Vec<Refused>,
}

impl Beside<'_> {
    /// What is known of a recording of a tree in the folder `here`.
    fn find(&mut self, here: &Path, wanted: Wanted<'_>) -> Known {
        let name = Name::of(wanted.file);
        let (mut known, mut measured) = (Known::default(), None);
        for place in self.places(here, wanted.language).iter() {
            if let Some(row) = self.table(place).as_deref().and_then(|table| table.find(wanted)) {
                known.lasts = known.lasts.or(row.lasts);
                if known.words.is_none() {
                    known.words.clone_from(&row.words);
                    known.language.clone_from(&row.language);
                }
            }
            let Some(name) = &name else { continue };
            for holder in self.holders(place, name) {
                let Some(listing) = self.listing(&holder) else { continue };
                for file in listing.transcripts(&name.stem) {
                    known.words = known.words.or_else(|| self.transcript(&holder.join(file)));
                }
                for file in listing.recordings(&name.stem, name.ending.as_deref()) {
                    measured = measured.or_else(|| self.length(&holder.join(file)));
                }
            }
            if known.words.is_some() && measured.is_some() {
                break;
            }
        }
        // The recording itself knows best.
        known.lasts = measured.or(known.lasts);
        known
    }

    /// Where the recordings of a tree in the folder `here` may lie, the nearest first.
    fn places(&mut self, here: &Path, language: &str) -> Rc<[PathBuf]> {
        let key = (here.to_owned(), language.to_owned());
        if let Some(places) = self.places.get(&key) {
            return Rc::clone(places);
        }
        let languages = sounds::languages(language);
        let mut places = Vec::new();
        for above in here.ancestors() {
            if self.listing(above).is_none() {
                break;
            }
            for below in iter::once(None).chain(FOLDERS.map(Some)) {
                let Some(place) = self.below(above, below) else {
                    continue;
                };
                let of_language = languages.iter().filter_map(|name| self.below(&place, name.split('/')));
                places.extend(of_language.collect::<Vec<_>>());
                places.push(place);
            }
            // What stands before a `..` is not above it.
            if above.ends_with("..") {
                break;
            }
        }
        let places: Rc<[PathBuf]> = places.into();
        self.places.insert(key, Rc::clone(&places));
        places
    }

    /// The folders in which a recording may lie below a place.
    fn holders(&mut self, place: &Path, name: &Name) -> Vec<PathBuf> {
        let Some(holder) = self.below(place, name.folders.iter().map(String::as_str)) else {
            return Vec::new();
        };
        let rates = RATES.iter().filter_map(|rate| self.below(&holder, [*rate]));
        let mut holders: Vec<PathBuf> = rates.collect();
        holders.insert(0, holder);
        holders
    }

    /// The folder that these names lead to from another one, where it is there.
    fn below<'n>(&mut self, from: &Path, names: impl IntoIterator<Item = &'n str>) -> Option<PathBuf> {
        let mut path = from.to_owned();
        for name in names {
            if name != ".." && !self.listing(&path)?.has_folder(name) {
                return None;
            }
            path.push(name);
        }
        Some(path)
    }

    fn listing(&mut self, path: &Path) -> Option<Rc<Listing>> {
        if let Some(listing) = self.listings.get(path) {
            return listing.clone();
        }
        let listing = Listing::of(path, self.folder).map(Rc::new);
        self.listings.insert(path.to_owned(), listing.clone());
        listing
    }

    /// The table of transcripts in a folder.
    fn table(&mut self, place: &Path) -> Option<Rc<Table>> {
        if !self.listing(place)?.has_table {
            return None;
        }
        let path = place.join(TABLE);
        if let Some(table) = self.tables.get(&path) {
            return Some(Rc::clone(table));
        }
        let mut table = Table::default();
        if let Some(source) = self.source(&path) {
            let (read, problems) = Table::read(&source);
            table = read;
            if !problems.is_empty() {
                self.refuse(
                    &path,
                    "the transcripts have mistakes; the rest of them were taken",
                    Some((source, problems)),
                );
            }
        }
        let table = Rc::new(table);
        self.tables.insert(path, Rc::clone(&table));
        Some(table)
    }

    /// The words of a transcript.
    fn transcript(&mut self, path: &Path) -> Option<String> {
        if self.trees.contains(path) {
            return None;
        }
        if let Some(words) = self.transcripts.get(path) {
            return words.clone();
        }
        let words = if fs::metadata(path).is_ok_and(|known| known.len() > WORDS_MAX) {
            self.refuse(path, "is too long for the words of a recording", None);
            None
        } else {
            self.source(path).and_then(|source| match sounds::transcript(&source) {
                Ok(words) => Some(words),
                Err(problem) => {
                    self.refuse(path, "a transcript that cannot be taken", Some((source, vec![problem])));
                    None
                }
            })
        };
        self.transcripts.insert(path.to_owned(), words.clone());
        words
    }

    /// How long a recording lasts.
    fn length(&mut self, path: &Path) -> Option<Millis> {
        if let Some(length) = self.lengths.get(path) {
            return *length;
        }
        let coding = path.extension().and_then(|ending| Coding::of(ending.to_str()?));
        let length = coding.and_then(|coding| {
            let mut file = File::open(path).ok()?;
            let known = file.metadata().ok().filter(fs::Metadata::is_file)?;
            sounds::lasts(coding, &mut file, known.len())
        });
        self.read.extend(length.map(|_| path.to_owned()));
        self.lengths.insert(path.to_owned(), length);
        length
    }

    fn source(&mut self, path: &Path) -> Option<Source> {
        self.read.push(path.to_owned());
        match read_file(path) {
            Ok(bytes) => Some(Source::from_bytes(name(path), bytes)),
            Err(reason) => {
                self.refuse(path, &reason, None);
                None
            }
        }
    }

    fn refuse(&mut self, path: &Path, reason: &str, mistakes: Option<(Source, Vec<Problem>)>) {
        let aside = Aside::new(name(path), reason);
        self.refused.push(Refused { aside, mistakes });
    }
}

/// What reports call a file.
fn name(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
