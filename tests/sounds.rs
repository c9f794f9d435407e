//! Recordings completed with what lies beside their tree: tables, transcripts, names, lengths.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use presszero::document;
use presszero::document::tree::{PhoneTree, Unknown};
use presszero::error::ProblemKind;
use presszero::import::sounds::{
    Coding, Known, Name, Table, WORDING, Wanted, complete, languages, lasts, transcript, wants,
};
use presszero::source::Source;
use proptest::prelude::*;
use std::io::Cursor;

const TREE: &str = "\
phone-tree: 1
entry: main
steps:
  main:
    kind: menu
    prompt: [{audio: custom/main}, {audio: tail.wav, seconds: 2}]
    reprompts: [{audio: custom/again}]
    keys: {1: desk, 0: desk}
  desk: {kind: agent, prompt: {audio: desk, text: Please hold.}}
";

fn tree(text: &str) -> PhoneTree {
    let mut read = document::read(&Source::new("tree.yaml", text));
    assert_eq!(read.problems, []);
    read.trees.remove(0)
}

fn table(text: &str) -> (Table, Vec<(ProblemKind, String, String)>) {
    let source = Source::new("prompts.csv", text);
    let (table, problems) = Table::read(&source);
    let told = problems.into_iter().map(|problem| {
        let place = source.text.get(problem.span.range()).unwrap().to_owned();
        (problem.kind, place, problem.message)
    });
    (table, told.collect())
}

fn english(file: &str) -> Wanted<'_> {
    Wanted {
        file,
        language: "en-US",
    }
}

/// A file with a header for sound of a format: its tag, samples a second, bytes a block, bytes a second.
fn wave((tag, samples, block, rate): (u16, u32, u16, u32), data: u32) -> Vec<u8> {
    let mut format = Vec::new();
    format.extend(tag.to_le_bytes());
    format.extend(1_u16.to_le_bytes());
    format.extend(samples.to_le_bytes());
    format.extend(rate.to_le_bytes());
    format.extend(block.to_le_bytes());
    format.extend(16_u16.to_le_bytes());
    let mut out = b"RIFF\0\0\0\0WAVE".to_vec();
    // An odd part, after which one byte is left empty.
    for (name, bytes) in [(b"LIST", &b"abc"[..]), (b"fmt ", &format)] {
        out.extend(name);
        out.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
        out.extend(bytes);
        out.resize(out.len() + bytes.len() % 2, 0);
    }
    out.extend(b"data");
    out.extend(data.to_le_bytes());
    out.resize(out.len() + data as usize, 0);
    out
}

fn length(bytes: &[u8]) -> Option<u64> {
    lasts(Coding::Wave, &mut Cursor::new(bytes), bytes.len() as u64)
}

#[test]
fn words_that_are_found_are_read_and_what_was_unknown_is_struck_out() {
    let mut tree = tree(TREE);
    for step in ["main", "desk"] {
        tree.unknowns.push(Unknown {
            span: tree.span,
            step: Some(step.to_owned()),
            what: WORDING.to_owned(),
        });
    }
    assert!(wants(&tree));
    let mut asked = Vec::new();
    let mut partly = tree.clone();
    complete(&mut partly, &mut |wanted| {
        asked.push(wanted.file.to_owned());
        Known {
            words: (wanted.file == "custom/main").then(|| "For sales press 1.".to_owned()),
            lasts: Some(4200),
            ..Known::default()
        }
    });
    asked.sort();
    asked.dedup();
    assert_eq!(asked, ["custom/again", "custom/main", "desk", "tail.wav"]);
    assert_eq!(partly.unknowns.len(), 2, "a part of the step is still without words");
    let segments = &partly.step("main").unwrap().prompt.as_ref().unwrap().segments;
    assert_eq!(segments[0].words, Some(4));
    assert_eq!(segments[0].spoken.as_ref().unwrap()[0].key.unwrap().as_str(), "1");
    assert_eq!((segments[0].lasts, segments[1].lasts), (Some(4200), Some(2000)));
    let desk = &partly.step("desk").unwrap().prompt.as_ref().unwrap().segments[0];
    assert_eq!((desk.text(), desk.lasts), (Some("Please hold."), Some(4200)));

    complete(&mut tree, &mut |wanted| Known {
        words: Some(format!("This is {}.", wanted.file)),
        ..Known::default()
    });
    let open: Vec<_> = tree.unknowns.iter().map(|unknown| unknown.step.as_deref()).collect();
    assert_eq!(open, [Some("desk")], "nothing was found for the other step");
}

#[test]
fn the_language_of_a_table_is_that_of_the_words() {
    let known = |words: &str, language: &str| Known {
        words: Some(words.to_owned()),
        language: Some(language.to_owned()),
        lasts: None,
    };
    let mut all = tree(
        "phone-tree: 1\nentry: a\nsteps:\n  a: {kind: menu, prompt: {audio: x}, keys: {1: b}}\n  b: {kind: agent}\n",
    );
    complete(&mut all, &mut |_| known("Pour les ventes, appuyez sur le 1.", "fr-CA"));
    assert_eq!(all.language(), "fr-CA");
    let segment = &all.step("a").unwrap().prompt.as_ref().unwrap().segments[0];
    assert_eq!(
        (segment.language.as_deref(), segment.spoken.as_ref().unwrap().len()),
        (None, 1)
    );
    let mut one = tree(
        "phone-tree: 1\nlanguage: en\nentry: a\nsteps:\n  a: {kind: menu, prompt: [{audio: x}, {audio: y}], keys: {1: b}}\n  b: {kind: agent}\n",
    );
    complete(&mut one, &mut |wanted| match wanted.file {
        "x" => known("For sales, press 1.", "en-GB"),
        _ => known("Para ventas, oprima 1.", "es"),
    });
    let segments = &one.step("a").unwrap().prompt.as_ref().unwrap().segments;
    let languages: Vec<_> = segments.iter().map(|segment| segment.language.as_deref()).collect();
    assert_eq!((one.language(), languages), ("en", vec![None, Some("es")]));
}

#[test]
fn a_table_is_read_whatever_its_order_and_marks() {
    for text in [
        "file,text,seconds\ncustom/main.wav,\"Hello, press 1.\",2.5\n",
        "\u{FEFF}Duration;Transcript;NAME\r\n2500ms;\"Hello, press 1.\";./custom/main\r\n",
        "\n\nwording\tseconds\taudio\n\nHello, press 1.\t2.5s\tcustom\\main.ULAW\n",
    ] {
        let (table, problems) = table(text);
        assert_eq!(problems, [], "{text}");
        for file in ["custom/main", "custom/main.gsm"] {
            let known = table.find(english(file)).unwrap();
            assert_eq!(
                (known.words.as_deref(), known.lasts),
                (Some("Hello, press 1."), Some(2500))
            );
        }
        assert_eq!(table.find(english("main")), None, "another folder is another recording");
    }
}

#[test]
fn the_row_of_the_language_is_taken() {
    let (table, _) =
        table("name,language,text\na,fr,un\na,en-GB,one\na,,1\nb,de,zwei\nc,fr,trois\nc,de,drei\n${x},,no\n");
    let words = |file: &'static str, language| {
        table
            .find(Wanted { file, language })
            .and_then(|row| row.words.as_deref())
    };
    assert_eq!(words("a", "fr_CA"), Some("un"));
    assert_eq!(words("a", "en-US"), Some("one"));
    assert_eq!(words("a", "pt"), Some("1"));
    assert_eq!(words("b", "en"), Some("zwei"));
    assert_eq!(words("c", "en"), None, "which of two is heard is not known");
    assert_eq!(words("${x}", "en"), None, "the words differ from call to call");
    let by_address = self::table("name,text\nhttps://example.org/a.mp3,Hello\n").0;
    assert!(by_address.find(english("https://example.org/a.mp3")).is_some());
}

#[test]
fn mistakes_of_a_table_are_told_at_their_rows() {
    use ProblemKind::{BadValue, DuplicateName, MissingField, Syntax, UnknownField};
    let one = |text: &str| {
        let (_, problems) = table(text);
        assert_eq!(problems.len(), 1, "{text}: {problems:?}");
        problems
            .into_iter()
            .next()
            .map(|(kind, place, _)| (kind, place))
            .unwrap()
    };
    assert_eq!(one(""), (MissingField, String::new()));
    assert_eq!(
        one("welcome.wav,Hello\nb,Bye\n"),
        (MissingField, "welcome.wav,Hello".to_owned())
    );
    assert_eq!(
        one("file,text,notes\na,Hello,x\n"),
        (UnknownField, "file,text,notes".to_owned())
    );
    assert_eq!(
        one("file,text,text\na,Hello,\n"),
        (DuplicateName, "file,text,text".to_owned())
    );
    assert_eq!(one("file,text\r\n\r\na,\r\nb,Bye\r\n"), (MissingField, "a,".to_owned()));
    assert_eq!(one("file,text\n,Hello\n"), (MissingField, ",Hello".to_owned()));
    assert_eq!(
        one("file,text\na,For sales, press 1\n"),
        (BadValue, "a,For sales, press 1".to_owned())
    );
    assert_eq!(
        one("file,text,seconds\na,Hello,soon\n"),
        (BadValue, "a,Hello,soon".to_owned())
    );
    assert_eq!(
        one("file,text\na,Hello\na.wav,Bye\n"),
        (DuplicateName, "a.wav,Bye".to_owned())
    );
    assert_eq!(one("file,text\na,Hello\nb,\"Bye\nc,d\n").0, Syntax);
    let (read, problems) = table(&format!("file,text\n{}a,Hello\n", "b,\n".repeat(1000)));
    assert!(problems.len() < 100 && read.find(english("a")).is_some());
}

#[test]
fn the_table_of_the_readme_is_one() {
    let readme = include_str!("../README.md");
    let block = readme
        .split("```csv\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let (table, problems) = table(block);
    assert_eq!(problems, []);
    assert_eq!(table.find(english("ivr/welcome")).unwrap().lasts, Some(4500));
}

#[test]
fn a_transcript_keeps_its_lines() {
    let read = |bytes: &[u8]| transcript(&Source::from_bytes("a.txt", bytes.to_vec()));
    let words = read(b"\xef\xbb\xbf\n  For sales, press 1 \r\nFor help, press 2\n\n").unwrap();
    assert_eq!(words, "For sales, press 1\nFor help, press 2");
    assert_eq!(read(b" \n").unwrap_err().kind, ProblemKind::MissingField);
    assert_eq!(read(b"F\xfcr").unwrap_err().kind, ProblemKind::Syntax);
    assert_eq!(read(b"\xff\xfeH\0i\0").unwrap_err().kind, ProblemKind::Syntax);
}

#[test]
fn only_plain_names_are_looked_for() {
    let of =
        |file: &str| Name::of(file).map(|name| (name.folders.join("/"), name.stem, name.ending.unwrap_or_default()));
    let told = |folders: &str, stem: &str, ending: &str| Some((folders.to_owned(), stem.to_owned(), ending.to_owned()));
    assert_eq!(of("vm/goodbye"), told("vm", "goodbye", ""));
    assert_eq!(of("./ivr//a/../welcome.v2.WAV"), told("ivr", "welcome.v2", "wav"));
    assert_eq!(of("../sounds\\x.y"), told("../sounds", "x.y", ""));
    assert_eq!(of(" Main menu.wav "), told("", "Main menu", "wav"));
    for other in [
        "",
        "..",
        "/etc/passwd",
        "C:\\a.wav",
        "https://x/a.wav",
        "a/${B}",
        "tone_stream://%(1,2)",
        "~/a",
        "a\0b",
    ] {
        assert_eq!(of(other), None, "{other}");
    }
    assert_eq!(of(&"a/".repeat(1000)), None);
    assert_eq!(languages("en-GB"), ["en-GB", "en_GB", "en/GB", "en/gb", "en"]);
    assert_eq!(languages("fr"), ["fr"]);
    assert!(languages("../x").is_empty());
}

#[test]
fn a_header_tells_how_long_its_sound_lasts() {
    assert_eq!(length(&wave((1, 8000, 2, 16_000), 16_000)), Some(1000));
    assert_eq!(length(&wave((6, 8000, 1, 8000), 20_001)), Some(2500));
    assert_eq!(length(&wave((7, 8000, 1, 8000), 4000)), Some(500));
    assert_eq!(length(&wave((0x31, 8000, 65, 1625), 3250)), Some(2000));
    let cut = wave((1, 8000, 2, 16_000), 16_000);
    assert_eq!(length(&cut[..cut.len() - 1]), None, "broken off");
    assert_eq!(length(&wave((1, 8000, 2, 16_000), 0)), None);
    assert_eq!(length(&wave((1, 0, 2, 0), 100)), None);
    assert_eq!(
        length(&wave((1, 8000, 2, 8000), 100)),
        None,
        "a rate that is not that of its samples"
    );
    assert_eq!(length(&wave((0x55, 8000, 1, 8000), 100)), None, "MP3 in a wave file");
    let bare = |ending: &str, bytes| lasts(Coding::of(ending).unwrap(), &mut Cursor::new([]), bytes);
    assert_eq!(bare("ULAW", 12_000), Some(1500));
    assert_eq!(bare("gsm", 3300), Some(2000));
    assert_eq!(bare("sln16", 32_000), Some(1000));
    assert_eq!(bare("g729", 10), Some(10));
    assert_eq!(bare("mp3", 10_000), None);
    assert_eq!(bare("al", 0), None);
    assert_eq!(bare("al", u64::MAX), None);
}

proptest! {
    #[test]
    fn no_header_breaks_the_reader(
        noise in prop::collection::vec((0_usize..80, any::<u8>()), 0..12),
        cut in 0_usize..200,
        claimed in any::<u64>(),
    ) {
        let mut bytes = wave((1, 8000, 2, 16_000), 100);
        for (at, byte) in noise {
            bytes[at] = byte;
        }
        bytes.truncate(cut);
        let _ = lasts(Coding::Wave, &mut Cursor::new(&bytes), claimed);
        if let Some(ms) = length(&bytes) {
            prop_assert!(ms <= bytes.len() as u64 * 1000, "at most a byte a second");
        }
    }

    #[test]
    fn no_table_breaks_the_reader(text in "(file|text|[,;\t\"\n\r a\u{FEFF}é0-9.]){0,60}") {
        let source = Source::new("prompts.csv", text);
        for problem in Table::read(&source).1 {
            prop_assert!(source.text.get(problem.span.range()).is_some());
        }
    }
}
