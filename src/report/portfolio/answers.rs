//! What a reader wants to know first of a portfolio, in four answers.

use super::{frustrated, offered};
use crate::audit::count;
use crate::report::chart::look::percent;
use crate::report::package::{Brief, Person};
use crate::report::text::words::plain;
use serde::Serialize;

/// An answer to one question; of the same form as in the page of a tree.
#[derive(Serialize)]
pub struct Answer {
    question: &'static str,
    tone: &'static str,
    mark: &'static str,
    short: String,
    long: Vec<String>,
}

const GOOD: (&str, &str) = ("good", "in order");
const BAD: (&str, &str) = ("bad", "to be mended");
const UNKNOWN: (&str, &str) = ("unknown", "not known");

/// Seconds from which on a person is offered too late; as `human-too-late` judges it where nobody says otherwise.
const LATE: f64 = 45.0;
/// The share of callers from which on so many are frustrated that it has to be mended: a judgement.
const FRUSTRATED: f64 = 0.1;
/// Trees that are named in an answer.
const NAMED: usize = 3;

/// The answers; the trees are ranked, the worst first.
pub fn answers(trees: &[Brief]) -> Vec<Answer> {
    vec![trapped(trees), person(trees), frustration(trees), first(trees)]
}

fn answer(
    question: &'static str,
    (tone, mark): (&'static str, &'static str),
    short: String,
    long: Vec<String>,
) -> Answer {
    Answer {
        question,
        tone,
        mark,
        short,
        long,
    }
}

fn trapped(trees: &[Brief]) -> Answer {
    const QUESTION: &str = "Is anyone trapped?";
    let with: Vec<&Brief> = trees.iter().filter(|tree| tree.traps > 0).collect();
    if with.is_empty() {
        let long =
            "From every step, calls can come to a person, a promise, an end that serves, or what the file leaves open.";
        return answer(QUESTION, GOOD, "No".to_owned(), vec![long.to_owned()]);
    }
    let short = format!("Yes, in {} of {}", with.len(), count(trees.len(), "tree"));
    answer(QUESTION, BAD, short, vec![format!("{}.", named(&with))])
}

fn person(trees: &[Brief]) -> Answer {
    const QUESTION: &str = "How long to a person?";
    let mut seconds: Vec<(f64, &Brief)> = trees
        .iter()
        .filter_map(|tree| Some((tree.offered_seconds?, tree)))
        .collect();
    seconds.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let mut long = Vec::new();
    if let Some((_, latest)) = seconds.last() {
        long.push(format!("Latest at {}: {}.", plain(&latest.name), offered(latest)));
    }
    let mut tell = |what: Person, words: &str| {
        let some: Vec<&Brief> = trees.iter().filter(|tree| tree.person == what).collect();
        if !some.is_empty() {
            long.push(format!("{words}: {}.", named(&some)));
        }
        some.len()
    };
    let hidden = tell(Person::Unannounced, "There is one, and nobody says so");
    let none = tell(Person::None, "There is none");
    tell(Person::PerhapsAnnounced, "Whether she is announced is not known");
    tell(Person::Unknown, "Not known");
    let ends = seconds.first().zip(seconds.last()).zip(seconds.get(seconds.len() / 2));
    let Some((((soonest, _), (latest, _)), (middle, _))) = ends else {
        let (tone, short) = if hidden + none > 0 {
            (BAD, "Nowhere announced")
        } else {
            (UNKNOWN, "Not known")
        };
        return answer(QUESTION, tone, short.to_owned(), long);
    };
    let tone = if *latest >= LATE || hidden + none > 0 {
        BAD
    } else {
        GOOD
    };
    let short = if seconds.len() == 1 {
        format!("{middle:.0} s until one is offered")
    } else {
        long.insert(0, format!("The middle tree offers one after {middle:.0} s."));
        format!("{soonest:.0} s to {latest:.0} s")
    };
    answer(QUESTION, tone, short, long)
}

fn frustration(trees: &[Brief]) -> Answer {
    const QUESTION: &str = "How many callers are frustrated?";
    let mut known: Vec<(f64, &Brief)> = trees.iter().filter_map(|tree| Some((tree.frustrated?, tree))).collect();
    known.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let (Some((least, best)), Some((most, worst))) = (known.first(), known.last()) else {
        return answer(QUESTION, UNKNOWN, "Not known".to_owned(), Vec::new());
    };
    let tone = if *most < FRUSTRATED { GOOD } else { BAD };
    let short = match percent(*least) {
        same if known.len() == 1 || same == percent(*most) => frustrated(worst),
        least => format!("{least} to {}", percent(*most)),
    };
    let mut long = vec![format!("Most at {}, {}.", plain(&worst.name), frustrated(worst))];
    if known.len() > 1 {
        long.push(format!("Fewest at {}, {}.", plain(&best.name), frustrated(best)));
    }
    if known.len() < trees.len() {
        long.push(format!("Not known of {}.", count(trees.len() - known.len(), "tree")));
    }
    answer(QUESTION, tone, short, long)
}

fn first(trees: &[Brief]) -> Answer {
    const QUESTION: &str = "What to do first?";
    let found = trees.iter().find_map(|tree| Some((tree, tree.first.as_ref()?)));
    let Some((tree, first)) = found else {
        return answer(
            QUESTION,
            GOOD,
            "Nothing".to_owned(),
            vec!["No rule found anything to mend.".to_owned()],
        );
    };
    let long = match trees.len() {
        1 => vec![plain(&first.why)],
        _ => vec![
            format!("At {}, the worst of them.", plain(&tree.name)),
            plain(&first.why),
        ],
    };
    answer(QUESTION, BAD, plain(&first.what), long)
}

/// The names of the first few trees.
fn named(trees: &[&Brief]) -> String {
    let names: Vec<String> = trees.iter().take(NAMED).map(|tree| plain(&tree.name)).collect();
    match trees.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
