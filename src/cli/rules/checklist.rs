//! The requirements of profiles, tree by tree: what holds, what fails, what cannot be known.

use crate::cli::exit::Exit;
use crate::cli::gather::gather;
use crate::cli::load::load;
use crate::cli::output;
use crate::cli::reading::Reading;
use presszero::check::checklist::{Answer, Verdict, checklist};
use presszero::error::Error;
use presszero::finding::{Confidence, Finding};
use presszero::graph::pace::Pace;
use presszero::profiles::Profile;
use presszero::report::Texts;
use presszero::report::text::words::{plain, wrap};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use std::fmt::Write;
use std::path::PathBuf;

/// The name of this form; a change that breaks readers gives it another number.
const SCHEMA: &str = "presszero/checklist/1";
/// Characters to which reasons are broken.
const WIDTH: usize = 92;

/// What phone trees show of the requirements of profiles.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Checklist {
    /// The form of this document: `presszero/checklist/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// Each tree with each profile.
    trees: Vec<OfTree>,
}

/// One tree held against one profile.
#[derive(Debug, Serialize, JsonSchema)]
struct OfTree {
    /// The file as it was named.
    file: String,
    /// What the line is called.
    name: Option<String>,
    /// The profile's name.
    profile: &'static str,
    /// What it is.
    title: &'static str,
    /// `in force`, `adopted`, `repealed`, `bill`, `voluntary`, `not looked up`.
    status: Option<&'static str>,
    /// The day on which its sources were last looked at.
    as_of: Option<&'static str>,
    /// In the order of the instrument.
    requirements: Vec<OfRequirement>,
}

/// One requirement.
#[derive(Debug, Serialize, JsonSchema)]
struct OfRequirement {
    /// Where it stands.
    clause: &'static str,
    /// What it asks.
    asks: &'static str,
    verdict: VerdictJson,
    /// What speaks against it.
    against: Vec<Against>,
    /// Why it cannot be known, or what of it.
    not_known: Vec<String>,
}

/// Whether a requirement holds, as far as the file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Verdict")]
#[serde(rename_all = "lowercase")]
enum VerdictJson {
    /// Its rules find nothing, and all that they read is known.
    Holds,
    /// A rule finds something.
    Fails,
    /// The file does not show it.
    Unknown,
}

/// A finding against a requirement.
#[derive(Debug, Serialize, JsonSchema)]
struct Against {
    rule: &'static str,
    message: String,
    /// `certain`, `likely` or `heuristic`.
    confidence: &'static str,
    file: String,
    /// Counted from 1.
    line: usize,
    /// Counted from 1, in characters.
    column: usize,
}

/// The JSON Schema of the checklist.
pub fn schema() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Checklist>();
    schema.insert("$id".to_owned(), "urn:presszero:schema:checklist-1".into());
    schema
}

/// Holds the trees of files against profiles.
pub fn of(paths: &[PathBuf], profiles: &[&'static Profile]) -> (Checklist, Exit) {
    let loaded = load(&gather(paths), &Reading::default(), paths);
    let texts = Texts::of(&loaded.portfolio);
    let mut trees = Vec::new();
    for (id, entry) in (0..).zip(&loaded.portfolio.trees) {
        let Some(mut audit) = loaded.portfolio.audit(id, Pace::default()).filter(|_| !entry.linked) else {
            continue;
        };
        // A wait that can be computed is known.
        audit.follows_callers = true;
        for profile in profiles {
            let answers = checklist(&audit, &entry.problems, profile);
            let instrument = profile.instrument.as_ref();
            trees.push(OfTree {
                file: texts.of_tree(id).map_or("", |(file, _)| file).to_owned(),
                name: entry.tree.name.as_ref().map(|name| name.value.clone()),
                profile: &profile.name,
                title: &profile.title,
                status: instrument.map(|instrument| instrument.status.name()),
                as_of: instrument.map(|instrument| instrument.as_of.as_str()),
                requirements: answers.into_iter().map(|answer| told(&texts, answer)).collect(),
            });
        }
    }
    for refused in &loaded.refused {
        output::warn(&format!("{}: {}", refused.aside.file, refused.aside.why()));
    }
    let mut requirements = trees.iter().flat_map(|tree| &tree.requirements);
    let exit = if !loaded.refused.is_empty() {
        Exit::Refused
    } else if trees.is_empty() {
        output::warn("no phone tree was found");
        Exit::Nothing
    } else if requirements.any(|requirement| requirement.verdict == VerdictJson::Fails) {
        Exit::Findings
    } else {
        Exit::Clean
    };
    let schema = SCHEMA;
    (Checklist { schema, trees }, exit)
}

fn told(texts: &Texts<'_>, answer: Answer<'static>) -> OfRequirement {
    let against = |finding: Finding| {
        let place = texts.of_place(&finding.at);
        let position = place.map(|(_, lines)| lines.position(lines.trimmed(finding.at.span).start));
        Against {
            rule: finding.rule,
            message: finding.message,
            confidence: finding.confidence.name(),
            file: place.map_or("", |(file, _)| file).to_owned(),
            line: position.as_ref().map_or(1, |position| position.line),
            column: position.as_ref().map_or(1, |position| position.column),
        }
    };
    OfRequirement {
        clause: &answer.requirement.clause,
        asks: &answer.requirement.asks,
        verdict: match answer.verdict {
            Verdict::Holds => VerdictJson::Holds,
            Verdict::Fails => VerdictJson::Fails,
            Verdict::Unknown => VerdictJson::Unknown,
        },
        against: answer.findings.into_iter().map(against).collect(),
        not_known: answer.reasons,
    }
}

/// For people.
pub fn text(checklist: &Checklist) -> String {
    let bold = anstyle::Style::new().bold();
    let mut out = String::new();
    for tree in &checklist.trees {
        let about = [tree.status, tree.as_of].into_iter().flatten().collect::<Vec<_>>();
        let about = about.join(", as of ");
        let _ = writeln!(out, "{bold}{}: {}{bold:#} ({about})", plain(&tree.file), tree.title);
        for requirement in &tree.requirements {
            of_requirement(&mut out, requirement);
        }
        let count = |wanted| tree.requirements.iter().filter(|one| one.verdict == wanted).count();
        let _ = writeln!(
            out,
            "  of {}: {} hold, {} fail, {} cannot be known from the file\n",
            tree.requirements.len(),
            count(VerdictJson::Holds),
            count(VerdictJson::Fails),
            count(VerdictJson::Unknown)
        );
    }
    if !checklist.trees.is_empty() {
        out.push_str("This is what the files show; it is neither legal advice nor a finding of compliance.\n");
    }
    out
}

fn of_requirement(out: &mut String, requirement: &OfRequirement) {
    let (style, verdict) = match requirement.verdict {
        VerdictJson::Holds => (anstyle::AnsiColor::Green.on_default(), Verdict::Holds),
        VerdictJson::Fails => (anstyle::AnsiColor::BrightRed.on_default().bold(), Verdict::Fails),
        VerdictJson::Unknown => (anstyle::AnsiColor::Yellow.on_default(), Verdict::Unknown),
    };
    let _ = writeln!(
        out,
        "  {style}{:<15}{style:#}  {}: {}",
        verdict.name(),
        requirement.clause,
        requirement.asks
    );
    let mut add = |text: &str| {
        for line in wrap(&plain(text), WIDTH) {
            let _ = writeln!(out, "{:19}{line}", "");
        }
    };
    for one in &requirement.against {
        let sure = if one.confidence == Confidence::Certain.name() {
            String::new()
        } else {
            format!(" ({})", one.confidence)
        };
        add(&format!(
            "{}:{}:{} [{}] {}{sure}",
            one.file, one.line, one.column, one.rule, one.message
        ));
    }
    for reason in &requirement.not_known {
        add(&format!("not known: {reason}"));
    }
}

/// For programs.
pub fn json(checklist: &Checklist) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(checklist);
    text.map(|text| text + "\n")
        .map_err(|error| Error::Usage(format!("the checklist cannot be written: {error}")))
}
