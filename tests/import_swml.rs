//! `SignalWire` Markup Language: what scripts become, and that every place points into the original.

use presszero::audit::Portfolio;
use presszero::document::tree::{Attempts, Choice, Content, PhoneTree, Step, StepKind, Target};
use presszero::error::ProblemKind;
use presszero::graph::pace::Pace;
use presszero::import::{Import, genesys, swml};
use presszero::source::{Source, Span};
use proptest::prelude::*;

const BAKERY: &str = include_str!("fixtures/swml/bakery.yaml");
const CLINIC: &str = include_str!("fixtures/swml/clinic.json");

fn import_text(text: &str) -> Import {
    swml::read(&Source::new("script", text)).expect("a script")
}

fn one(text: &str) -> PhoneTree {
    let mut import = import_text(text);
    assert_eq!(import.refused, []);
    import.trees.pop().expect("a tree")
}

fn main_of(methods: &str) -> PhoneTree {
    one(&format!("version: 1.0.0\nsections:\n  main:\n{methods}"))
}

fn step<'t>(tree: &'t PhoneTree, name: &str) -> &'t Step {
    tree.step(name).unwrap_or_else(|| {
        panic!(
            "no step {name} among {:?}",
            tree.steps.iter().map(|s| &s.name.value).collect::<Vec<_>>()
        )
    })
}

fn to(target: Option<&Target>) -> &str {
    target.map_or("-", |target| target.name.value.as_str())
}

fn options(choices: &[Choice]) -> Vec<(&str, &str)> {
    choices
        .iter()
        .map(|c| {
            let key = c
                .keys
                .as_ref()
                .map_or_else(|| c.says[0].value.as_str(), |keys| keys.value.as_str());
            (key, c.to.name.value.as_str())
        })
        .collect()
}

fn unknowns<'t>(tree: &'t PhoneTree, name: &str) -> Vec<&'t str> {
    let of = tree
        .unknowns
        .iter()
        .filter(|unknown| unknown.step.as_deref() == Some(name));
    of.map(|unknown| unknown.what.as_str()).collect()
}

#[test]
fn a_menu_is_a_prompt_that_is_compared() {
    let tree = one(BAKERY);
    assert_eq!(to(tree.entry.as_ref()), "main");
    let welcome = step(&tree, "main").prompt.as_ref().expect("words");
    let parts: Vec<Content> = welcome.segments.iter().map(|s| s.content.clone()).collect();
    assert_eq!(
        parts,
        [
            Content::Pause,
            Content::Text("Welcome to the bakery.".into()),
            Content::Audio {
                file: "https://example.com/jingle.mp3".into(),
                text: None
            }
        ]
    );
    assert_eq!(welcome.segments[0].lasts, Some(1500));
    assert_eq!(unknowns(&tree, "main"), ["the wording of a recording"]);
    let StepKind::Menu(menu) = &step(&tree, "menu").kind else {
        panic!("no menu")
    };
    assert_eq!(
        options(&menu.keys),
        [("1", "main / execute"), ("2", "hours"), ("0", "main / connect")]
    );
    let says: Vec<&str> = menu.keys[0].says.iter().map(|says| says.value.as_str()).collect();
    assert_eq!(says, ["one"], "the same is done for the word");
    assert!(tree.step("main / execute 2").is_none());
    assert_eq!(menu.timeout.map(|t| t.value), Some(6500));
    assert_eq!(menu.attempts.map(|a| a.value), Some(Attempts::Together(1)));
    assert_eq!(
        (to(menu.no_input.as_ref()), to(menu.no_match.as_ref())),
        ("main / play 2", "main / play 2")
    );
    let StepKind::Loop { times, again, done, .. } = &step(&tree, "main / goto").kind else {
        panic!("no loop")
    };
    assert_eq!(
        (times.map(|t| t.value), to(again.as_ref()), to(done.as_ref())),
        (Some(3), "menu", "main / play")
    );
}

#[test]
fn calls_that_come_back_and_calls_that_do_not() {
    let tree = one(BAKERY);
    let StepKind::Subtree { entry, exits, .. } = &step(&tree, "main / execute").kind else {
        panic!("no subtree")
    };
    assert_eq!(
        entry.as_ref().map(|entry| entry.value.as_str()),
        Some("orders (executed)")
    );
    assert_eq!(
        (exits[0].0.value.as_str(), to(Some(&exits[0].1))),
        ("done", "main / play")
    );
    assert!(
        matches!(&step(&tree, "orders / return").kind, StepKind::Return { exit: Some(exit) } if exit.value == "done")
    );
    let StepKind::Transfer(elsewhere) = &step(&tree, "orders / execute").kind else {
        panic!("no transfer")
    };
    assert_eq!(to(elsewhere.then.as_ref()), "orders / play 2");
    assert_eq!(
        unknowns(&tree, "orders / execute"),
        ["what `https://example.com/order.yaml` leads to"]
    );
    let StepKind::Transfer(call) = &step(&tree, "main / connect").kind else {
        panic!("no transfer")
    };
    assert_eq!(call.reaches, None);
    assert_eq!(call.rings.map(|r| r.value), Some(20_000));
    assert_eq!(to(call.unanswered.as_ref()), "main / record");
    assert!(matches!(step(&tree, "main / record").kind, StepKind::Voicemail { .. }));
    assert!(tree.step("orders").is_none(), "it is only executed");
}

#[test]
fn an_execution_that_nothing_follows_is_a_jump() {
    let tree = one(
        "sections:\n  main:\n    - prompt: {play: 'say:Press 1 for news.'}\n    - switch:\n        variable: prompt_value\n        case: {'1': [{play: 'say:No news.'}]}\n        default: [{execute: {dest: again}}]\n  again:\n    - play: 'say:Sorry.'\n    - execute: {dest: main}\n",
    );
    let StepKind::Message { then, .. } = &step(&tree, "again").kind else {
        panic!("no message")
    };
    assert_eq!(to(then.as_ref()), "main");
    assert!(
        !tree
            .steps
            .iter()
            .any(|step| matches!(step.kind, StepKind::Subtree { .. }))
    );
    assert!(matches!(step(&tree, "main / end").kind, StepKind::HangUp { .. }));
}

#[test]
fn an_entry_whose_end_is_compared() {
    let tree = one(BAKERY);
    let StepKind::Collect(collect) = &step(&tree, "orders (executed)").kind else {
        panic!("no entry")
    };
    assert_eq!(collect.digits.map(|d| (d.value.min, d.value.max)), Some((1, 6)));
    assert_eq!(collect.terminator.as_ref().map(|t| t.value.as_str()), Some("#"));
    assert_eq!(collect.inter_digit.map(|t| t.value), Some(4000));
    assert_eq!(collect.timeout.map(|t| t.value), Some(5000), "the engine's own");
    assert_eq!(
        (to(collect.then.as_ref()), to(collect.no_input.as_ref())),
        ("orders / execute", "orders / play")
    );
}

#[test]
fn conditions() {
    let import = import_text(CLINIC);
    let strange: Vec<&str> = import
        .problems
        .iter()
        .filter(|problem| problem.kind == ProblemKind::NotUnderstood)
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(strange, ["the method `dance` is not understood; it is met once"]);
    let tree = &import.trees[0];
    let StepKind::Menu(menu) = &step(tree, "main / prompt").kind else {
        panic!("no menu")
    };
    assert_eq!(options(&menu.keys), [("1", "main / enter_queue"), ("2", "main / ai")]);
    assert_eq!(to(menu.no_match.as_ref()), "main / cond 2");
    let other = step(tree, "main / cond 2");
    let StepKind::Decision { on, cases, otherwise } = &other.kind else {
        panic!("no decision")
    };
    assert!(on.as_ref().is_some_and(|on| on.value.contains("call.type == 'sip'")));
    assert_eq!(
        (to(Some(&cases[0].to)), to(otherwise.as_ref())),
        ("main / join_room", "main / dance")
    );
    assert_eq!(other.sets[0].1.value, "unknown", "it is decided afresh");
    let StepKind::Queue(queue) = &step(tree, "main / enter_queue").kind else {
        panic!("no queue")
    };
    let overflow = queue.overflow.as_ref().expect("a longest wait");
    assert_eq!(
        (overflow.after.map(|a| a.value), to(overflow.to.as_ref())),
        (Some(600_000), "main / play")
    );
    let StepKind::Transfer(agent) = &step(tree, "main / ai").kind else {
        panic!("no transfer")
    };
    assert_eq!(agent.reaches, None, "an artificial agent is no person");
    assert_eq!(to(agent.then.as_ref()), "main / hangup");
    assert_eq!(step(tree, "main").sets[0].0.value, "open");
    let StepKind::Decision { on, cases, .. } = &step(tree, "main / goto").kind else {
        panic!("no decision")
    };
    assert_eq!(
        (on.as_ref().map(|on| on.value.as_str()), to(Some(&cases[0].to))),
        (Some("open"), "main / goto / again")
    );
}

#[test]
fn a_call_whose_end_is_compared() {
    let result = "    - connect:\n        serial: [{to: '+15550101'}, {to: 'sip:desk@example.com'}]\n        result: {case: {connected: [hangup], failed: [{record: {}}]}}\n";
    let tree = main_of(result);
    let StepKind::Transfer(call) = &step(&tree, "main").kind else {
        panic!("no transfer")
    };
    assert_eq!(
        call.number.as_ref().map(|n| n.value.as_str()),
        Some("+15550101, sip:desk@example.com")
    );
    assert_eq!(call.rings.map(|r| r.value), Some(60_000), "the engine's own");
    assert_eq!(
        (
            to(call.unanswered.as_ref()),
            to(call.busy.as_ref()),
            to(call.then.as_ref())
        ),
        ("main / record", "main / record", "main / hangup")
    );
    assert!(tree.step("main / result").is_none());
    let later = main_of(
        "    - connect: {to: '+15550101'}\n    - cond: [{when: \"connect_result == 'failed'\", then: [{play: 'say:Nobody is here.'}]}]\n",
    );
    let StepKind::Transfer(call) = &step(&later, "main").kind else {
        panic!("no transfer")
    };
    assert_eq!(
        (to(call.unanswered.as_ref()), to(call.then.as_ref())),
        ("main / play", "main / end")
    );
}

#[test]
fn labels_that_stand_in_a_row_and_twice() {
    let tree = main_of(
        "    - play: 'say:Welcome.'\n    - label: a\n    - label: b\n    - play: 'say:Hello.'\n    - goto: {label: a}\n    - label: a\n    - goto: {label: nowhere}\n",
    );
    let leads = |name: &str| match &step(&tree, name).kind {
        StepKind::Loop { again, times, .. } => (to(again.as_ref()).to_owned(), times.map(|times| times.value)),
        kind => panic!("{kind:?}"),
    };
    assert_eq!(leads("main / goto"), ("a".into(), Some(100)));
    assert_eq!(leads("main / goto 2"), ("nowhere".into(), Some(100)));
    assert!(tree.step("nowhere").is_none(), "the file has no such label");
    let StepKind::Message { then, .. } = &step(&tree, "a").kind else {
        panic!("no message")
    };
    assert_eq!(to(then.as_ref()), "b");
}

#[test]
fn speech_without_keys() {
    let tree = main_of(
        "    - prompt: {play: 'say:Sales or service?', speech_hints: [sales, service]}\n    - switch:\n        variable: prompt_value\n        case: {sales: [{connect: {to: 'queue:sales'}}], '1': [hangup]}\n",
    );
    let StepKind::Menu(menu) = &step(&tree, "main").kind else {
        panic!("no menu")
    };
    assert_eq!(
        options(&menu.keys),
        [("sales", "main / connect"), ("1", "main / hangup")]
    );
    assert!(
        menu.keys.iter().all(|choice| choice.keys.is_none()),
        "keys are off where speech is on"
    );
    assert!(matches!(step(&tree, "main / connect").kind, StepKind::Queue(_)));
    assert_eq!(
        to(menu.no_match.as_ref()),
        "main / end",
        "without a default the script goes on"
    );
}

#[test]
fn scripts_of_one_source_lead_to_one_another() {
    let main = "sections:\n  main:\n    - transfer: {dest: 'https://example.com/scripts/order.yaml'}\n";
    assert_eq!(swml::refers(main), ["order.yaml"]);
    let order = "sections:\n  main:\n    - play: 'say:Your order.'\n";
    let source = Source::joined([Source::new("a/main.yaml", main), Source::new("a/order.yaml", order)]);
    let import = swml::read(&source).expect("scripts");
    assert_eq!(import.trees.len(), 2);
    let StepKind::Transfer(transfer) = &step(&import.trees[0], "main").kind else {
        panic!("no transfer")
    };
    assert_eq!(transfer.tree.as_ref().map(|tree| tree.value.as_str()), Some("order"));
    assert!(import.trees[0].unknowns.is_empty());
    let place = step(&import.trees[1], "main").name.span;
    assert_eq!(&source.text[place.range()], "play");
    let mut portfolio = Portfolio::default();
    portfolio.add(source, swml::NAME, import.trees);
    assert_eq!(portfolio.link(0, "order"), Some(1));
}

#[test]
fn what_is_no_script() {
    for other in [
        "phone-tree: 1\nsections: {main: [play]}\n",
        "inboundCall:\n  name: x\n",
        "{\"sections\": [1, 2], \"main\": \"play\"}",
        "sections:\n  other:\n    - play: x\n",
        "",
    ] {
        assert!(swml::read(&Source::new("x", other)).is_none(), "{other}");
        assert!(!genesys::may_be(other) || other.starts_with("inboundCall"), "{other}");
    }
    let template = import_text("sections:\n  main:\n    - play: 'say:x\n    {% if a %}\n    - hangup\n");
    assert_eq!(template.refused.len(), 1);
    let filled_later = main_of("    - play: 'say:Welcome to {{brand}}, ${caller.name}.'\n");
    let prompt = step(&filled_later, "main").prompt.as_ref().expect("words");
    assert_eq!(prompt.segments[1].content, Content::Value("brand".into()));
    assert_eq!(
        unknowns(&filled_later, "main"),
        ["words that are put in while the script runs"]
    );
}

fn spans(tree: &PhoneTree) -> Vec<Span> {
    let mut all: Vec<Span> = tree.unknowns.iter().map(|unknown| unknown.span).collect();
    for step in &tree.steps {
        all.extend([step.span, step.name.span]);
        all.extend(step.targets().map(|target| target.name.span));
        all.extend(
            step.prompt
                .iter()
                .flat_map(|prompt| &prompt.segments)
                .map(|segment| segment.span),
        );
        all.extend(step.sets.iter().flat_map(|(name, value)| [name.span, value.span]));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever a file has become: no panic, every place within it, every tree can be audited.
    #[test]
    fn mutated_scripts_are_read(which in 0..2_usize, cut in any::<prop::sample::Index>(), length in 0..300_usize, with in "[ -~\n]{0,6}", moved in any::<bool>()) {
        let text = [BAKERY, CLINIC][which];
        let at = cut.index(text.len());
        let end = (at + length).min(text.len());
        prop_assume!(text.is_char_boundary(at) && text.is_char_boundary(end));
        let taken = &text[at..end];
        let mutated = if moved {
            format!("{}{with}{}", &text[..at], &text[end..])
        } else {
            format!("{}{taken}{with}{taken}{}", &text[..at], &text[end..])
        };
        let source = Source::new("script", mutated);
        if let Some(import) = swml::read(&source) {
            let places = import.problems.iter().map(|problem| problem.span);
            for span in places.chain(import.refused.iter().map(|(span, _)| *span)).chain(import.trees.iter().flat_map(spans)) {
                prop_assert!(span.start <= span.end && source.text.get(span.range()).is_some(), "{span:?}");
            }
            let mut portfolio = Portfolio::default();
            let count = import.trees.len();
            portfolio.add(source, swml::NAME, import.trees);
            for id in 0..u32::try_from(count).expect("few") {
                prop_assert!(portfolio.audit(id, Pace::default()).is_some());
            }
        }
    }
}
