//! Where callers come into a flow, or why none does.

use super::flow::{Flow, Widget};
use super::vocabulary::Means;
use crate::document::tree::Target;
use crate::source::Span;
use std::collections::HashSet;

/// Where a tree begins.
#[derive(Debug)]
pub struct Entry {
    /// The first widget that callers come to.
    pub first: Target,
    /// The trigger, where there is one.
    pub trigger: Option<usize>,
    /// The widgets that callers come to.
    pub called: HashSet<usize>,
    /// The widgets that anything leads to.
    pub met: HashSet<usize>,
    /// Whether the call goes back to another flow where this one ends.
    pub returns: bool,
}

/// The entry of a flow, or the reason why no caller dials into it, with its place. Linear in the number of transitions.
pub fn entry(flow: &Flow<'_>) -> Result<Entry, (Span, String)> {
    let is_trigger = |widget: &Widget<'_>| widget.word.is_some_and(|word| word.means == Means::Trigger);
    let begin = flow.start.as_ref().and_then(|start| flow.number(&start.value));
    let begin = begin.or_else(|| flow.widgets.iter().position(is_trigger));
    let place = Span::new(flow.span.start, flow.span.start + 1);
    let Some((at, start)) = begin.and_then(|at| Some((at, flow.widgets.get(at)?))) else {
        return Err((
            place,
            "the flow does not say where it begins: export it again".to_owned(),
        ));
    };
    let everything = reach(
        flow,
        start.exits.iter().filter_map(|exit| number(flow, exit.to.as_ref()?)),
    );
    if !is_trigger(start) {
        let first = Target::to(start.name.value.clone(), start.name.span);
        let called = reach(flow, [at]);
        return Ok(Entry {
            first,
            trigger: None,
            met: called.clone(),
            called,
            returns: false,
        });
    }
    let enters = |event: &str| {
        let first = start.on(event)?;
        let called = reach(flow, number(flow, &first.name));
        Some((first, called))
    };
    let call = start.exits.iter().find(|exit| exit.event.value == "incomingCall");
    let place = call.map_or(start.name.span, |exit| exit.span);
    if let Some((first, called)) = enters("incomingCall") {
        if number(flow, &first.name).is_some() && !is_heard(flow, &called) {
            let reason = "nothing in this flow is met by a caller who dials in";
            return Err((first.name.span, reason.to_owned()));
        }
        return Ok(Entry {
            first,
            trigger: Some(at),
            called,
            met: everything,
            returns: false,
        });
    }
    if let Some((first, called)) = enters("incomingParent")
        && is_heard(flow, &called)
    {
        return Ok(Entry {
            first,
            trigger: Some(at),
            called,
            met: everything,
            returns: true,
        });
    }
    if let Some((_, called)) = enters("incomingRequest")
        && any(flow, &called, |means| means == Means::Dial)
    {
        let reason = "an outgoing call: a request begins it and it calls somebody, no caller dials in";
        return Err((place, reason.to_owned()));
    }
    let reason = if everything.is_empty() {
        "nothing follows the trigger of this flow"
    } else {
        "messaging only: its incoming call leads nowhere"
    };
    Err((place, reason.to_owned()))
}

fn number(flow: &Flow<'_>, name: &crate::document::tree::Text) -> Option<usize> {
    flow.number(&name.value)
}

/// Whether a caller hears anything, or comes to something that is not understood.
fn is_heard(flow: &Flow<'_>, called: &HashSet<usize>) -> bool {
    let strange = called
        .iter()
        .any(|at| flow.widgets.get(*at).is_some_and(|widget| widget.word.is_none()));
    strange || any(flow, called, Means::is_met)
}

fn any(flow: &Flow<'_>, called: &HashSet<usize>, is: impl Fn(Means) -> bool) -> bool {
    let words = called.iter().filter_map(|at| flow.widgets.get(*at)?.word);
    words.into_iter().any(|word| is(word.means))
}

/// The widgets that transitions lead to from these on.
fn reach(flow: &Flow<'_>, from: impl IntoIterator<Item = usize>) -> HashSet<usize> {
    let mut met: HashSet<usize> = from.into_iter().collect();
    let mut open: Vec<usize> = met.iter().copied().collect();
    while let Some(widget) = open.pop().and_then(|at| flow.widgets.get(at)) {
        for to in widget.exits.iter().filter_map(|exit| number(flow, exit.to.as_ref()?)) {
            if met.insert(to) {
                open.push(to);
            }
        }
    }
    met
}
