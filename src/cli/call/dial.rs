//! A call by hand: a terminal as a telephone.

use super::script::{quoted, script, test};
use super::{Start, look, script as scripts, transcript};
use crate::cli::output;
use console::{Key, Term};
use presszero::document::quantity::{Keys, duration, show_duration};
use presszero::document::tree::Act;
use presszero::error::Error;
use presszero::graph::pace::Pace;
use presszero::report::text::words::plain;
use presszero::walk::{Ending, Given, Status, Typed, Walk, What};
use std::io;

const HELP: &str = "         0-9 * #  press a key; where more may follow, Enter ends them
         w        wait until the time is out; in a queue, until something happens
         o        hold the line for a time, such as 2m        s  say words
         g        say what the system answers: refill=fails   u  undo
         h        hang up                                     ?  show these keys
         q        end, and show the call as a script and as a test

";

/// Makes a call, key by key, until the caller has enough.
pub fn dial(start: &Start<'_, '_>, given: Given) -> Result<(), Error> {
    let mut call = Dialled {
        start,
        term: Term::stdout(),
        given,
        acts: Vec::new(),
    };
    call.show(&[transcript::heading(start, look()), HELP.to_owned()])?;
    // What is given is owned by the call, so that a change of it begins another round with the same acts.
    while call.round()? == Next::Again {}
    call.finish()
}

/// Whether the call is made again, because its answers or acts changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Again,
    Over,
}

/// What a key of the keyboard asks for.
enum Wish {
    Act(Act),
    Undo,
    Give(String, String),
    Quit,
}

struct Dialled<'a, 'g, 't> {
    start: &'a Start<'g, 't>,
    term: Term,
    given: Given,
    acts: Vec<Act>,
}

impl Dialled<'_, '_, '_> {
    /// Makes the call so far, and goes on until something has to be made again.
    fn round(&mut self) -> Result<Next, Error> {
        let given = self.given.clone();
        let mut walk = Walk::new(self.start.graph, self.start.pace, self.start.state.clone(), &given);
        for act in &self.acts {
            walk.act(act);
        }
        let mut shown = if self.acts.is_empty() { 0 } else { last_arrival(&walk) };
        loop {
            let new = walk.entries().get(shown..).unwrap_or_default();
            self.show(&[transcript::entries(self.start.graph, new, look())])?;
            shown = walk.entries().len();
            match self.wish(&walk)? {
                Wish::Act(act) => {
                    walk.act(&act);
                    self.acts.push(act);
                }
                Wish::Undo if self.acts.pop().is_some() => {
                    self.note("undone")?;
                    return Ok(Next::Again);
                }
                Wish::Undo => self.note("there is nothing to undo")?,
                Wish::Give(name, answer) => {
                    let before = self.given.iter();
                    let before = before.map(|(name, answer)| (name.to_owned(), answer.to_owned()));
                    // The first answer for a name counts.
                    let wanted = Given::of(std::iter::once((name, answer)).chain(before));
                    let wrong = wanted.misgiven(self.start.graph).into_iter().next();
                    if let Some((_, wrong)) = wrong {
                        let help = wrong.help.map_or(String::new(), |help| format!("; {help}"));
                        self.note(&format!("{}{help}", wrong.message))?;
                    } else {
                        self.given = wanted;
                        return Ok(Next::Again);
                    }
                }
                Wish::Quit => return Ok(Next::Over),
            }
        }
    }

    /// Asks the keyboard what to do next.
    fn wish(&self, walk: &Walk<'_, '_>) -> Result<Wish, Error> {
        let mut typed = String::new();
        loop {
            self.prompt(walk, &typed)?;
            let key = self.term.read_key().map_err(|error| lost(&error));
            let over = walk.status() == Status::Over;
            let wish = match key? {
                Key::Char(key @ ('0'..='9' | '*' | '#')) if !over => {
                    typed.push(key);
                    if walk.typed(&typed) == Typed::Waits {
                        continue;
                    }
                    pressed(walk, &typed)
                }
                Key::Enter | Key::Char('w' | ' ') if !typed.is_empty() => pressed(walk, &typed),
                Key::Backspace => {
                    typed.pop();
                    continue;
                }
                Key::Enter | Key::Char('w' | ' ') if !over => Some(Wish::Act(Act::Wait)),
                Key::Enter | Key::Char('q') | Key::Escape | Key::CtrlC => Some(Wish::Quit),
                Key::Char('u') => Some(Wish::Undo),
                Key::Char('h') if !over => Some(Wish::Act(Act::HangUp)),
                Key::Char('s') if !over => self.line("say: ")?.map(|words| Wish::Act(Act::Say(words))),
                Key::Char('o') if !over => match self.line("hold for: ")?.map(|time| duration(&time)) {
                    Some(Ok(ms)) => Some(Wish::Act(Act::Hold(ms))),
                    Some(Err(message)) => self.note(&message).map(|()| None)?,
                    None => None,
                },
                Key::Char('g') => match self.line("given: ")?.map(|text| scripts::given(&text)) {
                    Some(Ok((name, answer))) => Some(Wish::Give(name, answer)),
                    Some(Err(message)) => self.note(&message).map(|()| None)?,
                    None => None,
                },
                Key::Char('?') => self.show(&[HELP.to_owned()]).map(|()| None)?,
                _ => None,
            };
            if let Some(wish) = wish {
                self.clear()?;
                return Ok(wish);
            }
            typed.clear();
        }
    }

    /// The meters in one line, and what was typed so far.
    fn prompt(&self, walk: &Walk<'_, '_>, typed: &str) -> Result<(), Error> {
        let asks = match walk.status() {
            Status::Menu => "press",
            Status::Collect => "enter, then Enter",
            Status::Queue => "waiting; w to hold",
            Status::Over => "over; u to undo, Enter to end",
        };
        let meters = transcript::meters(&walk.meters());
        let width = usize::from(self.term.size().1).saturating_sub(1);
        let line: String = format!("[{meters}] {asks}: {typed}").chars().take(width).collect();
        self.clear()?;
        self.term.write_str(&line).map_err(|error| lost(&error))
    }

    fn clear(&self) -> Result<(), Error> {
        self.term.clear_line().map_err(|error| lost(&error))
    }

    /// Asks for a line; `None` where nothing is typed.
    fn line(&self, question: &str) -> Result<Option<String>, Error> {
        self.clear()?;
        self.term.write_str(question).map_err(|error| lost(&error))?;
        let text = self.term.read_line().map_err(|error| lost(&error))?;
        Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    }

    fn note(&self, message: &str) -> Result<(), Error> {
        self.show(&[format!("         ({})\n", plain(message))])
    }

    fn show(&self, parts: &[String]) -> Result<(), Error> {
        self.clear()?;
        output::print(parts)
    }

    /// What the call cost, how to make it again, and the same as a test.
    fn finish(&self) -> Result<(), Error> {
        let mut walk = self.start.call(&self.given);
        for act in &self.acts {
            walk.act(act);
        }
        let at = self.start.moment().map(|(at, _)| at.to_string());
        let mut again = vec!["presszero call".to_owned(), quoted(&self.start.file)];
        again.extend(self.start.options.iter().cloned());
        again.extend(at.iter().map(|at| format!("--at {at}")));
        let given = self.given.iter();
        again.extend(given.map(|(name, answer)| format!("--given {}", quoted(&format!("{name}={answer}")))));
        again.push(format!("--press {}", script(&self.acts)));
        let mut parts = vec![transcript::summary(&walk, look())];
        if !self.acts.is_empty() {
            let given: Vec<(&str, &str)> = self.given.iter().collect();
            let name = "a call made by hand";
            parts.push(format!(
                "\nThe same again:\n\n{}\n\nAs a test, in the tree's file or in one beside it:\n\n",
                plain(&again.join(" "))
            ));
            parts.push(test(name, at.as_deref(), &given, &self.acts, &self.expectations(&walk)));
        }
        output::print(parts)
    }

    /// What a test would expect of this call: where it came to, how soon, with how many presses.
    fn expectations(&self, walk: &Walk<'_, '_>) -> Vec<(&'static str, String)> {
        let mut out = Vec::new();
        let Some(arrival) = walk
            .entries()
            .iter()
            .rev()
            .find(|entry| matches!(entry.what, What::Comes))
        else {
            return out;
        };
        if let Some(step) = walk.step() {
            out.push(("reaches", step.name.value.clone()));
        }
        // Tests are made at the usual pace.
        let usual = self.start.pace == Pace::default();
        if usual && arrival.at.unknown == 0 && walk.ending() != Some(Ending::Left) {
            out.push(("within", show_duration(arrival.at.ms.div_ceil(1000).max(1) * 1000)));
        }
        out.push(("at-most-presses", arrival.presses.to_string()));
        out
    }
}

/// What the keys that were typed do here.
fn pressed(walk: &Walk<'_, '_>, typed: &str) -> Option<Wish> {
    let act = match walk.status() {
        Status::Collect if typed.len() > 1 => Act::Enter(typed.to_owned()),
        _ => Act::Press(Keys::read(typed).ok()?),
    };
    Some(Wish::Act(act))
}

/// What happened from the last step on that the call came to.
fn last_arrival(walk: &Walk<'_, '_>) -> usize {
    let last = walk
        .entries()
        .iter()
        .rposition(|entry| matches!(entry.what, What::Comes));
    last.unwrap_or(0)
}

fn lost(error: &io::Error) -> Error {
    Error::File {
        path: "the terminal".to_owned(),
        action: "read",
        reason: error.to_string(),
    }
}
