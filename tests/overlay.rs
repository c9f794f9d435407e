//! The overlay: what is unknown is supplied, what is known is left alone, places stay in one file.

use presszero::document::overlay;
use presszero::document::tree::{Content, DataSource, PhoneTree, Reaches, Reason, StepKind};
use presszero::document::write::write;
use presszero::error::{Problem, ProblemKind};
use presszero::import;
use presszero::source::{Source, Span};

const CLINIC: &str = include_str!("fixtures/connect/clinic.json");
const SHOP: &str = include_str!("fixtures/connect/shop.json");
const STACK: &str = include_str!("fixtures/connect/stack.yaml");

fn trees(text: &str) -> Vec<PhoneTree> {
    import::read(&Source::new("flow", text)).expect("a flow").trees
}

/// The tree of `text` with an overlay, and the overlay's problems with the words at their places.
fn laid(text: &str, over: &str) -> (PhoneTree, Vec<(ProblemKind, String, String)>) {
    let mut tree = trees(text).remove(0);
    let (overlay, mut problems) = overlay::read(&Source::new("overlay", over));
    problems.extend(overlay::apply(&overlay, &mut tree));
    let shown = |p: Problem| {
        (
            p.kind,
            over.get(p.span.range()).unwrap_or("outside").to_owned(),
            p.message,
        )
    };
    (tree, problems.into_iter().map(shown).collect())
}

const FULL: &str = r#"
phone-tree-overlay: 1
voice: {words-per-minute: 170}
schedules:
  day: {time-zone: Europe/London, open: {mon-fri: "08:00-18:00"}}
callers:
  results: {share: 70, served-by: [outsi]}
  nurse: {share: 30, served-by: [queue]}
pools:
  nurses: {agents: {mon-fri: {"08:00-18:00": 4}}, handle-time: 5m}
calls:
  - {name: a nurse, does: [press 1], expect: {reaches: queue}}
budgets: {menus-to-human: 2}
allow: {no-hold: it is short}
steps:
  closed: {prompt: {text: "We are closed. Press 9 for the emergency line."}}
  hours: {schedule: day}
  queue: {pool: nurses, receives: [patient-number], announces: [position], label: Nurses}
  outside: {reaches: person, wait: 30s, allow: {long-ring: nobody else is there}}
  bye: {reason: served}
  patient-number: {digits: 7, source: card, accepted: 90%}
  call-back: {owner: The nurses, within: 1 business day}
"#;

#[test]
fn what_is_unknown_is_supplied() {
    let (tree, problems) = laid(CLINIC, FULL);
    assert_eq!(problems, []);
    let kind = |name: &str| &tree.step(name).expect("a step").kind;
    let closed = tree.step("closed").expect("a step");
    let prompt = closed.prompt.as_ref().expect("a prompt");
    assert_eq!(
        prompt.segments[0].content,
        Content::Text("We are closed. Press 9 for the emergency line.".into())
    );
    assert!(prompt.segments[0].words.is_some(), "the new words are read");
    assert!(matches!(kind("hours"), StepKind::Hours { schedule: Some(name), .. } if name.value == "day"));
    let StepKind::Queue(queue) = kind("queue") else {
        panic!("no queue")
    };
    assert_eq!(queue.pool.as_ref().map(|p| p.value.as_str()), Some("nurses"));
    assert_eq!((queue.receives.len(), queue.announces.len()), (1, 1));
    let StepKind::Transfer(outside) = kind("outside") else {
        panic!("no transfer")
    };
    assert_eq!(
        (outside.reaches.map(|r| r.value), outside.wait.map(|w| w.value)),
        (Some(Reaches::Person), Some(30_000))
    );
    assert!(matches!(kind("bye"), StepKind::HangUp { reason: Some(reason) } if reason.value == Reason::Served));
    let StepKind::Collect(collect) = kind("patient-number") else {
        panic!("no collect")
    };
    assert_eq!(collect.digits.map(|d| (d.value.min, d.value.max)), Some((7, 7)));
    assert_eq!(collect.source.map(|s| s.value), Some(DataSource::Card));
    // The beginning of an identifier stands for all of it, and the target is found.
    let served = &tree.callers[0].served_by[0];
    assert_eq!((served.name.value.as_str(), served.step.is_some()), ("outside", true));
    assert_eq!(
        (
            tree.pools.len(),
            tree.calls.len(),
            tree.allow.len(),
            tree.schedules.len()
        ),
        (1, 1, 1, 1)
    );
    // What was supplied is unknown no more.
    for name in ["closed", "hours", "queue", "outside"] {
        assert!(
            tree.unknowns.iter().all(|u| u.step.as_deref() != Some(name)),
            "{:?}",
            tree.unknowns
        );
    }
    assert!(tree.unknowns.iter().any(|u| u.step.as_deref() == Some("bot")));
}

#[test]
fn supplied_values_stand_where_the_original_does() {
    let (tree, _) = laid(CLINIC, FULL);
    let slice = |span: Span| &CLINIC[span.range()];
    let closed = tree.step("closed").expect("a step");
    assert_eq!(
        slice(closed.prompt.as_ref().expect("a prompt").span),
        "\"arn:aws:connect:prompt/closed\""
    );
    let outside = tree.step("outside").expect("a step");
    assert_eq!(slice(outside.allow[0].rule.span), "\"outside\"");
    let StepKind::Transfer(transfer) = &outside.kind else {
        panic!("no transfer")
    };
    assert_eq!(transfer.wait.map(|wait| slice(wait.span)), Some("\"outside\""));
    for span in [
        tree.schedules[0].name.span,
        tree.callers[0].served_by[0].name.span,
        tree.calls[0].span,
    ] {
        assert_eq!(slice(span), "{");
    }
    // What the file says keeps its own place.
    assert_eq!(slice(outside.name.span), "\"outside\"");
    assert_eq!(transfer.number.as_ref().map(|n| slice(n.span)), Some("\"+15550100\""));
}

#[test]
fn what_the_file_says_is_never_changed() {
    let over = r"
phone-tree-overlay: 1
name: Another clinic
language: fr
steps:
  welcome: {prompt: Hello., label: Greeting}
  wrong: {prompt: Hello.}
  patient-number: {digits: 1-9, collects: account}
  outside: {schedule: day}
  queue: {wait: 1m}
  m: {label: none}
  voi: {label: Voice}
  sta: {label: two begin so}
  bei: {label: near}
";
    let before = trees(CLINIC).remove(0);
    let (tree, problems) = laid(CLINIC, over);
    let expected = [
        (ProblemKind::BadValue, "Another clinic", "says `name`"),
        (ProblemKind::BadValue, "fr", "says `language`"),
        (ProblemKind::BadValue, "Hello.", "says `prompt`"),
        (ProblemKind::BadValue, "1-9", "says `digits`"),
        (ProblemKind::BadValue, "account", "says `collects`"),
        (ProblemKind::UndefinedReference, "day", "no schedule called `day`"),
        (ProblemKind::UnknownField, "day", "has no `schedule`"),
        (ProblemKind::UndefinedReference, "m", "no step called `m`"),
        (ProblemKind::BadValue, "sta", "several steps"),
        (ProblemKind::UndefinedReference, "bei", "no step called `bei`"),
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for ((kind, place, message), (wanted_kind, wanted_place, words)) in problems.iter().zip(expected) {
        assert_eq!((*kind, place.as_str()), (wanted_kind, wanted_place), "{message}");
        assert!(message.contains(words), "{message}");
    }
    // The welcome has a value put in while the flow runs, so its words may be supplied; the other prompt is known.
    assert_eq!(tree.name, before.name);
    assert_eq!(tree.step("wrong"), before.step("wrong"));
    assert_eq!(
        tree.step("voice")
            .and_then(|s| s.label.as_ref())
            .map(|l| l.value.as_str()),
        Some("Voice")
    );
}

#[test]
fn an_empty_overlay_changes_nothing() {
    for text in [CLINIC, SHOP] {
        let (tree, problems) = laid(text, "phone-tree-overlay: 1\n");
        assert_eq!(problems, []);
        assert_eq!(write(&tree), write(&trees(text)[0]));
    }
}

#[test]
fn mistakes_of_an_overlay_are_reported_at_their_places() {
    let (_, problems) = laid(
        SHOP,
        "phone-tree-overlay: 2\nstep: {}\nsteps:\n  m5: {waits: 3m, reaches: 5}\n",
    );
    let places: Vec<_> = problems
        .iter()
        .map(|(kind, place, _)| (*kind, place.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            (ProblemKind::BadValue, "2"),
            (ProblemKind::UnknownField, "step"),
            (ProblemKind::UnknownField, "waits"),
            (ProblemKind::BadValue, "5"),
        ]
    );
    assert_eq!(
        overlay::read(&Source::new("x", "phone-tree: 1")).1[0].kind,
        ProblemKind::MissingField
    );
}

#[test]
fn one_overlay_serves_every_flow_of_a_file() {
    let mut all = trees(STACK);
    let (over, problems) = overlay::read(&Source::new(
        "overlay",
        "phone-tree-overlay: 1\nsteps:\n  hello: {label: Hello}\n  it's: {reaches: person}\n  bye: {label: twice}\n",
    ));
    assert_eq!(problems, []);
    let problems = overlay::apply_all(&over, &mut all);
    // Two flows have a step of this name, so it is not known which is meant.
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].message.contains("several"));
    assert!(matches!(&all[2].steps[0].kind, StepKind::Transfer(t) if t.reaches.is_some()));
}
