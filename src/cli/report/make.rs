//! Makes the pages and charts of all trees, several at once; of each only what the tables need is kept.

use super::asked::Charts;
use super::folder::{CHARTS, Folder};
use super::{Arguments, output};
use crate::cli::progress::Progress;
use presszero::callers::behaviour;
use presszero::callers::profile::TYPICAL;
use presszero::error::Error;
use presszero::graph::TreeId;
use presszero::graph::pace::Pace;
use presszero::improve::{Ask, improve};
use presszero::report::chart::{self, Chart};
use presszero::report::facts::Facts;
use presszero::report::package::names::names;
use presszero::report::package::{Brief, First, first};
use presszero::report::page::page;
use presszero::report::{Texts, TreeReport};
use presszero::settings::Settings;
use rayon::prelude::*;

/// Trees that are made before the next are begun: enough to keep every thread busy, few enough to hold in memory.
const CHUNK: usize = 32;
/// In a portfolio of more steps edits are not tried: they would take longer than all else.
const STEPS_TRIED: usize = 1000;

/// What is kept of the trees, in their order.
pub struct Made {
    /// What was found.
    pub trees: Vec<TreeReport>,
    /// The key figures.
    pub briefs: Vec<Brief>,
}

/// Makes them.
///
/// # Errors
/// Where a file cannot be written; the first in the order of the trees.
pub fn trees<'s>(
    arguments: &Arguments,
    folder: &Folder,
    texts: &Texts<'_>,
    settings: impl Fn(usize) -> Option<&'s Settings> + Sync,
) -> Result<Made, Error> {
    let entries = (0..).zip(&texts.portfolio.trees).filter(|(_, entry)| !entry.linked);
    let ids: Vec<TreeId> = entries.map(|(id, _)| id).collect();
    let files: Vec<(&str, Option<&str>)> = ids.iter().map(|id| file_of(texts, *id)).collect();
    let work: Vec<(TreeId, String)> = ids.iter().copied().zip(names(&files)).collect();
    let progress = Progress::start("reporting", work.len());
    let steps = ids.iter().filter_map(|id| texts.portfolio.trees.get(*id as usize));
    let steps: usize = steps.map(|entry| entry.tree.steps.len()).sum();
    // Edits are measured at the usual moment.
    let try_edits = steps <= STEPS_TRIED && arguments.at.is_none();
    let one = |(id, name): &(TreeId, String)| {
        let settings = settings(*id as usize);
        let made = settings.map(|settings| tree(arguments, folder, texts, (*id, name), settings, try_edits));
        progress.step();
        made.transpose().map(Option::flatten)
    };
    let mut made = Made {
        trees: Vec::with_capacity(work.len()),
        briefs: Vec::with_capacity(work.len()),
    };
    for chunk in work.chunks(CHUNK) {
        let parts: Vec<Result<Option<(TreeReport, Brief)>, Error>> =
            chunk.par_iter().with_max_len(1).map(one).collect();
        for part in parts {
            if let Some((found, brief)) = part? {
                made.trees.push(found);
                made.briefs.push(brief);
            }
        }
    }
    Ok(made)
}

/// The file of a tree, with its name where the file holds several.
fn file_of<'p>(texts: &Texts<'p>, id: TreeId) -> (&'p str, Option<&'p str>) {
    let file = texts.of_tree(id).map_or("", |(file, _)| file);
    let is_shared = texts.title(id) != file;
    (file, texts.name(id).filter(|_| is_shared))
}

/// Makes one tree; `None` where it cannot be built.
fn tree(
    arguments: &Arguments,
    folder: &Folder,
    texts: &Texts<'_>,
    (id, name): (TreeId, &str),
    settings: &Settings,
    try_edits: bool,
) -> Result<Option<(TreeReport, Brief)>, Error> {
    let Some(entry) = texts.portfolio.trees.get(id as usize) else {
        return Ok(None);
    };
    let Some(mut audit) = texts.portfolio.audit_at(id, Pace::default(), arguments.at) else {
        return Ok(None);
    };
    audit.follows_callers = true;
    audit.caller = behaviour::on(&entry.tree, settings, &TYPICAL);
    let found = TreeReport::of(&audit, &entry.problems, settings).with_callers(&audit);
    let best = if try_edits {
        best_edit(texts, id, settings, &audit.caller)
    } else {
        None
    };
    let (file, _) = file_of(texts, id);
    let facts = Facts::of(file, &audit, &found).with_best(best);
    let charts = chart::of_tree(&facts, &arguments.only);
    let text = page(&facts, texts, &charts).map_err(Error::Usage)?;
    let page_file = format!("{name}.html");
    folder.write(&page_file, text.as_bytes())?;
    drop(text);
    let mut files = Vec::new();
    for chart in &charts {
        files.extend(picture(arguments, folder, &format!("{name}.{}", chart.name), chart)?);
    }
    let brief = Brief::of(&facts, &page_file, files);
    drop(facts);
    Ok(Some((found, brief)))
}

/// The edit that saves callers most; `None` where none does, or calls are too entangled for an exact answer.
fn best_edit(
    texts: &Texts<'_>,
    id: TreeId,
    settings: &Settings,
    profile: &presszero::callers::profile::Profile,
) -> Option<First> {
    let ask = Ask {
        profile,
        settings,
        calls_per_day: None,
    };
    let found = improve(texts.portfolio, id, &ask).ok().flatten()?;
    first::of_edits(&found)
}

/// Writes a chart in the formats that are asked for; gives back its files.
///
/// # Errors
/// Where one cannot be written.
pub fn picture(arguments: &Arguments, folder: &Folder, name: &str, chart: &Chart) -> Result<Vec<String>, Error> {
    let mut files = Vec::new();
    if arguments.charts.contains(&Charts::Svg) {
        let file = format!("{CHARTS}/{name}.svg");
        folder.write(&file, chart.file().as_bytes())?;
        files.push(file);
    }
    if arguments.charts.contains(&Charts::Png) {
        match chart::png::png(&chart.svg) {
            Ok(pixels) => {
                let file = format!("{CHARTS}/{name}.png");
                folder.write(&file, &pixels)?;
                files.push(file);
            }
            Err(reason) => output::warn(&format!("{name} cannot be drawn as PNG: {reason}")),
        }
    }
    Ok(files)
}
