//! Amazon Connect: what flows become, and that every place points into the original.

use presszero::document::quantity::Share;
use presszero::document::tree::{Attempts, Choice, Content, PhoneTree, Step, StepKind, Target};
use presszero::error::ProblemKind;
use presszero::import::{self, Import};
use presszero::source::{Source, Span};
use std::path::{Path, PathBuf};

fn source(text: &str) -> Source {
    Source::new("flow", text)
}

fn import_text(text: &str) -> Import {
    import::read(&source(text)).expect("a flow")
}

fn one(text: &str) -> PhoneTree {
    let mut import = import_text(text);
    assert_eq!(import.refused, []);
    import.trees.pop().expect("a tree")
}

fn step<'t>(tree: &'t PhoneTree, name: &str) -> &'t Step {
    tree.step(name).unwrap_or_else(|| panic!("no step {name}"))
}

fn to(target: Option<&Target>) -> &str {
    target.map_or("-", |target| target.name.value.as_str())
}

fn options(choices: &[Choice]) -> Vec<(&str, &str)> {
    choices
        .iter()
        .map(|c| {
            (
                c.keys
                    .as_ref()
                    .map_or_else(|| c.says[0].value.as_str(), |keys| keys.value.as_str()),
                c.to.name.value.as_str(),
            )
        })
        .collect()
}

fn sets(step: &Step) -> Vec<(&str, &str)> {
    step.sets
        .iter()
        .map(|(name, value)| (name.value.as_str(), value.value.as_str()))
        .collect()
}

fn unknowns<'t>(tree: &'t PhoneTree, name: &str) -> Vec<&'t str> {
    tree.unknowns
        .iter()
        .filter(|u| u.step.as_deref() == Some(name))
        .map(|u| u.what.as_str())
        .collect()
}

const CLINIC: &str = include_str!("fixtures/connect/clinic.json");
const SHOP: &str = include_str!("fixtures/connect/shop.json");
const STACK: &str = include_str!("fixtures/connect/stack.yaml");

#[test]
fn the_flow_itself() {
    let tree = one(CLINIC);
    assert_eq!(tree.name.as_ref().map(|n| n.value.as_str()), Some("Harbour Clinic"));
    assert_eq!(tree.language.as_ref().map(|n| n.value.as_str()), Some("en-GB"));
    assert_eq!(to(tree.entry.as_ref()), "voice");
    let by_channel = &step(&tree, "by-channel").kind;
    assert!(
        matches!(by_channel, StepKind::Message { .. }),
        "calls are no chats: {by_channel:?}"
    );
    assert_eq!(
        step(&tree, "Main menu").label.as_ref().map(|l| l.value.as_str()),
        Some("Main menu")
    );
    assert_eq!(
        step(&tree, "welcome").label.as_ref().map(|l| l.value.as_str()),
        Some("Play prompt welcome")
    );
}

#[test]
fn mark_up_becomes_words_pauses_and_values() {
    let tree = one(CLINIC);
    let prompt = step(&tree, "welcome").prompt.as_ref().expect("a prompt");
    let parts: Vec<Content> = prompt.segments.iter().map(|s| s.content.clone()).collect();
    assert_eq!(
        parts,
        [
            Content::Text("Welcome to Harbour Clinic.".into()),
            Content::Pause,
            Content::Text("Tom & Ann are in,".into()),
            Content::Value("$.Attributes.firstName".into()),
        ]
    );
    assert_eq!(prompt.segments[1].lasts, Some(700));
    assert_eq!(
        unknowns(&tree, "welcome"),
        ["words that are put in while the flow runs"]
    );
    let recording = step(&tree, "closed").prompt.as_ref().expect("a prompt");
    assert_eq!(
        recording.segments[0].content,
        Content::Audio {
            file: "arn:aws:connect:prompt/closed".into(),
            text: None
        }
    );
    assert_eq!(unknowns(&tree, "closed"), ["the wording of a recording"]);
}

#[test]
fn a_menu() {
    let tree = one(CLINIC);
    let StepKind::Menu(menu) = &step(&tree, "Main menu").kind else {
        panic!("no menu")
    };
    assert_eq!(
        options(&menu.keys),
        [("1", "set-queue"), ("2", "patient-number"), ("*", "Main menu")]
    );
    assert_eq!(menu.timeout.map(|t| t.value), Some(6000));
    assert_eq!(menu.attempts.map(|a| a.value), Some(Attempts::Together(1)));
    assert_eq!(
        (to(menu.no_input.as_ref()), to(menu.no_match.as_ref())),
        ("again", "wrong")
    );
    assert_eq!(to(step(&tree, "Main menu").error.as_ref()), "bye");
    let StepKind::Loop { times, again, done, .. } = &step(&tree, "again").kind else {
        panic!("no loop")
    };
    assert_eq!(
        (times.map(|t| t.value), to(again.as_ref()), to(done.as_ref())),
        (Some(2), "Main menu", "bye")
    );
}

#[test]
fn an_entry_that_is_compared_with_keys_at_once_is_a_menu() {
    let tree = one(CLINIC);
    let StepKind::Menu(menu) = &step(&tree, "confirm").kind else {
        panic!("no menu")
    };
    assert_eq!(options(&menu.keys), [("1", "stage"), ("2", "Main menu")]);
    assert_eq!(
        (to(menu.no_input.as_ref()), to(menu.no_match.as_ref())),
        ("bye", "wrong")
    );
    assert!(tree.step("which").is_none(), "the comparison belongs to the menu");
    // Once something else leads to the comparison, it is a step of its own beside the menu.
    let shared = CLINIC.replace(
        r#""NextAction": "wrong", "ErrorType""#,
        r#""NextAction": "which", "ErrorType""#,
    );
    let tree = one(&shared);
    assert!(matches!(step(&tree, "confirm").kind, StepKind::Menu(_)));
    assert!(matches!(step(&tree, "which").kind, StepKind::Decision { .. }));
}

#[test]
fn data_that_is_entered() {
    let tree = one(CLINIC);
    let StepKind::Collect(collect) = &step(&tree, "patient-number").kind else {
        panic!("no collect")
    };
    assert_eq!(
        collect.collects.as_ref().map(|c| c.value.as_str()),
        Some("patient-number")
    );
    assert_eq!(collect.digits.map(|d| (d.value.min, d.value.max)), Some((1, 7)));
    assert_eq!(collect.terminator.as_ref().map(|t| t.value.as_str()), Some("#"));
    assert_eq!(collect.inter_digit.map(|t| t.value), Some(4000));
    assert!(collect.secret);
    // Silence is no error: the flow goes on.
    assert_eq!(
        (
            to(collect.then.as_ref()),
            to(collect.no_input.as_ref()),
            to(collect.otherwise.as_ref())
        ),
        ("keep", "keep", "bye")
    );
    assert_eq!(sets(step(&tree, "keep")), [("$.Attributes.stage", "results")]);
}

#[test]
fn decisions() {
    let tree = one(CLINIC);
    let StepKind::Decision { on, cases, otherwise } = &step(&tree, "is-known").kind else {
        panic!("no decision")
    };
    assert_eq!(on.as_ref().map(|o| o.value.as_str()), Some("$.External.known"));
    let cases: Vec<_> = cases
        .iter()
        .map(|c| (c.value.value.as_str(), c.to.name.value.as_str()))
        .collect();
    assert_eq!(cases, [("yes", "Main menu"), ("true", "Main menu"), ("> 9", "bye")]);
    assert_eq!(to(otherwise.as_ref()), "hours");
    // What the function answers is open again each time it is called.
    assert_eq!(sets(step(&tree, "look-up")), [("$.External.known", "unknown")]);
    assert_eq!(to(step(&tree, "look-up").error.as_ref()), "hours");

    let StepKind::Decision { cases, otherwise, .. } = &step(&tree, "split").kind else {
        panic!("no decision")
    };
    let shares: Vec<_> = cases.iter().map(|c| c.share.map(|s| s.value)).collect();
    assert_eq!(shares, [Some(Share::Percent(20.0)), Some(Share::Percent(40.0))]);
    assert_eq!(to(otherwise.as_ref()), "bot");

    let StepKind::Decision { on, .. } = &step(&tree, "staffed").kind else {
        panic!("no decision")
    };
    assert_eq!(on.as_ref().map(|o| o.value.as_str()), Some("agents-available"));
    assert_eq!(sets(step(&tree, "staffed")), [("agents-available", "unknown")]);

    let StepKind::Hours {
        schedule, open, closed, ..
    } = &step(&tree, "hours").kind
    else {
        panic!("no hours")
    };
    assert_eq!(
        (schedule, to(open.as_ref()), to(closed.as_ref())),
        (&None, "Main menu", "closed")
    );
}

#[test]
fn ways_out() {
    let tree = one(CLINIC);
    let StepKind::Transfer(outside) = &step(&tree, "outside").kind else {
        panic!("no transfer")
    };
    assert_eq!(outside.number.as_ref().map(|n| n.value.as_str()), Some("+15550100"));
    assert_eq!(
        (
            to(outside.unanswered.as_ref()),
            to(outside.busy.as_ref()),
            to(outside.then.as_ref())
        ),
        ("call-back", "split", "bye")
    );
    assert_eq!(outside.rings.map(|r| r.value), Some(25_000));

    let StepKind::Queue(queue) = &step(&tree, "queue").kind else {
        panic!("no queue")
    };
    assert_eq!((to(queue.full.as_ref()), &queue.wait), ("call-back", &None));
    assert_eq!(
        step(&tree, "queue").label.as_ref().map(|l| l.value.as_str()),
        Some("Transfer to queue: Nurses")
    );
    assert_eq!(
        unknowns(&tree, "queue"),
        ["how long callers wait in the queue `Nurses`"]
    );

    let StepKind::Transfer(flow) = &step(&tree, "elsewhere").kind else {
        panic!("no transfer")
    };
    assert_eq!(
        flow.tree.as_ref().map(|t| t.value.as_str()),
        Some("arn:aws:connect:flow/booking")
    );
    assert_eq!(
        (&flow.reaches, unknowns(&tree, "elsewhere")),
        (&None, vec!["what `arn:aws:connect:flow/booking` leads to"])
    );

    let StepKind::Transfer(end) = &step(&tree, "end").kind else {
        panic!("no transfer")
    };
    assert_eq!((&end.reaches, &end.then), (&None, &None));
    assert!(
        matches!(&step(&tree, "call-back").kind, StepKind::Callback { then: Some(then), .. } if then.name.value == "end")
    );
    assert!(matches!(step(&tree, "bye").kind, StepKind::HangUp { reason: None }));
}

#[test]
fn a_bot_is_a_menu_of_intents() {
    let tree = one(CLINIC);
    let StepKind::Menu(menu) = &step(&tree, "bot").kind else {
        panic!("no menu")
    };
    assert_eq!(options(&menu.keys), [("BookVisit", "elsewhere")]);
    assert_eq!(
        (to(menu.no_match.as_ref()), to(menu.no_input.as_ref())),
        ("wrong", "wrong")
    );
}

#[test]
fn what_is_not_understood_is_said_once_and_passed_through() {
    let import = import_text(&CLINIC.replace(r#""Type": "CreateCallbackContact""#, r#""Type": "SummonGenie""#));
    let strangers: Vec<_> = import
        .problems
        .iter()
        .filter(|p| p.kind == ProblemKind::NotUnderstood)
        .collect();
    assert_eq!(strangers.len(), 1, "{strangers:?}");
    assert!(strangers[0].message.contains("2 times"), "{}", strangers[0].message);
    let StepKind::Message { then, .. } = &step(&import.trees[0], "novel").kind else {
        panic!("no message")
    };
    assert_eq!(to(then.as_ref()), "queue");
}

#[test]
fn the_older_notation() {
    let tree = one(SHOP);
    assert_eq!(tree.language.as_ref().map(|n| n.value.as_str()), Some("fr-CA"));
    let StepKind::Menu(menu) = &step(&tree, "m2").kind else {
        panic!("no menu")
    };
    assert_eq!(options(&menu.keys), [("1", "m3"), ("2", "m6")]);
    assert_eq!(
        (
            to(menu.no_input.as_ref()),
            to(menu.no_match.as_ref()),
            menu.timeout.map(|t| t.value)
        ),
        ("m9", "m8", Some(4000))
    );
    let prompt = step(&tree, "m2").prompt.as_ref().expect("a prompt");
    assert_eq!(prompt.segments[0].content, Content::Value("$.External.MENU".into()));
    let StepKind::Collect(collect) = &step(&tree, "m6").kind else {
        panic!("no collect")
    };
    assert_eq!(collect.collects.as_ref().map(|c| c.value.as_str()), Some("post-code"));
    assert_eq!(sets(step(&tree, "m7")), [("$.Attributes.asked", "1")]);
    let StepKind::Decision { on, cases, .. } = &step(&tree, "m10").kind else {
        panic!("no decision")
    };
    assert_eq!(
        (on.as_ref().map(|o| o.value.as_str()), cases.len()),
        (Some("$.Attributes.asked"), 1)
    );
    let StepKind::Decision { on, cases, .. } = &step(&tree, "m4").kind else {
        panic!("no decision")
    };
    assert_eq!(
        (on.as_ref().map(|o| o.value.as_str()), cases.len()),
        (Some("agents-staffed"), 2)
    );
    let StepKind::Queue(queue) = &step(&tree, "m5").kind else {
        panic!("no queue")
    };
    assert_eq!(to(queue.full.as_ref()), "m8");
    assert_eq!(
        step(&tree, "m5").label.as_ref().map(|l| l.value.as_str()),
        Some("Transfer to queue: Orders")
    );
    assert_eq!(
        step(&tree, "m11").label.as_ref().map(|l| l.value.as_str()),
        Some("Transfer to flow: Deliveries")
    );
}

#[test]
fn flows_inside_of_a_template() {
    let import = import_text(STACK);
    let names: Vec<_> = import
        .trees
        .iter()
        .map(|t| t.name.as_ref().map_or("-", |n| n.value.as_str()))
        .collect();
    assert_eq!(names, ["In a block", "In quotes", "By a function", "Folded"]);
    let slice = |span: Span| STACK.get(span.range()).expect("a place in the file");
    let block = &import.trees[0];
    assert_eq!(slice(step(block, "hello").name.span), "\"hello\"");
    assert_eq!(
        slice(step(block, "hello").prompt.as_ref().expect("a prompt").span),
        r#""It's \"open\".""#
    );
    assert_eq!(
        slice(step(block, "bye").span),
        r#"{"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}"#
    );
    let quoted = &import.trees[1];
    let hello = step(quoted, "grüß");
    assert_eq!(slice(hello.name.span), r#"\"gr\u00fc\u00df\""#);
    assert_eq!(unknowns(quoted, "grüß"), ["words that are put in while the flow runs"]);
    let StepKind::Message { then: Some(then), .. } = &hello.kind else {
        panic!("no message")
    };
    assert_eq!(slice(then.name.span), r#"\"bye\""#);
    assert_eq!(slice(step(&import.trees[2], "it's here").name.span), r#""it''s here""#);
    assert_eq!(slice(step(&import.trees[3], "a").name.span), "\"a\"");
    let refused: Vec<_> = import
        .refused
        .iter()
        .map(|(span, why)| (slice(*span), why.as_str()))
        .collect();
    assert_eq!(
        refused[0],
        (
            "AGENT_WHISPER",
            "an agent whisper flow: the agent hears it, no caller does"
        )
    );
    assert_eq!(refused[1].1, "a template: render it first");
}

#[test]
fn what_is_refused_and_what_is_not_ours() {
    let whisper = SHOP.replace(r#""type":"contactFlow","start""#, r#""type":"customerHold","start""#);
    assert!(import_text(&whisper).refused[0].1.starts_with("a customer hold flow"));
    let terraform =
        "resource \"aws_connect_contact_flow\" \"x\" { content = jsonencode({ StartAction = \"a\", Actions = [] }) }";
    assert_eq!(import_text(terraform).refused[0].1, "a template: render it first");
    let broken = CLINIC.replace("\"Transitions\": {}}", "\"Transitions\": {{transitions}} }");
    assert_eq!(import_text(&broken).refused[0].1, "a template: render it first");
    let silent = r#"{"Version":"2019-10-30","StartAction":"a","Actions":[{"Identifier":"a","Type":"EndFlowExecution","Parameters":{},"Transitions":{}}]}"#;
    assert!(import_text(silent).refused[0].1.starts_with("nothing in this flow"));
    for text in [
        "",
        "{}",
        "[1]",
        "phone-tree: 1",
        "{\"StartAction\": 1, \"Actions\": 2}",
        "{\"modules\": [\"branches\"]}",
    ] {
        assert!(import::read(&source(text)).is_none(), "{text}");
    }
}

#[test]
fn a_description_can_say_that_no_caller_dials_in() {
    let described = |words: &str| {
        let metadata = format!(r#""StartAction":"a","Metadata":{{"description":"{words}"}}"#);
        import_text(&rated(&[("1", "thanks")]).replace(r#""StartAction":"a""#, &metadata)).refused
    };
    assert!(
        described("Sample task flow for messages.")[0]
            .1
            .starts_with("a task flow")
    );
    assert!(described("A test flow")[0].1.starts_with("a test flow"));
    assert_eq!(described("Replaces the test flow"), []);
    assert_eq!(described("Main line of the flow test team"), []);
}

/// A flow that asks for a key and says what each leads to: `thanks` and `again`, and `other` that differs.
fn rated(answers: &[(&str, &str)]) -> String {
    let conditions: Vec<String> = answers
        .iter()
        .map(|(key, to)| format!(r#"{{"NextAction":"{to}","Condition":{{"Operator":"Equals","Operands":["{key}"]}}}}"#))
        .collect();
    let say = |id: &str, to: &str| {
        format!(
            r#"{{"Identifier":"{id}","Type":"MessageParticipant","Parameters":{{"Text":"Words of {id}"}},"Transitions":{{"NextAction":"{to}"}}}}"#
        )
    };
    format!(
        r#"{{"Version":"2019-10-30","StartAction":"a","Actions":[
{{"Identifier":"a","Type":"GetParticipantInput","Parameters":{{"Text":"How was it? Press 1 to 3.","StoreInput":"False","InputTimeLimitSeconds":"5"}},"Transitions":{{"NextAction":"bye","Conditions":[{}],"Errors":[{{"NextAction":"again","ErrorType":"NoMatchingCondition"}},{{"NextAction":"bye","ErrorType":"InputTimeLimitExceeded"}}]}}}},
{},{},{},
{{"Identifier":"bye","Type":"DisconnectParticipant","Parameters":{{}},"Transitions":{{}}}}]}}"#,
        conditions.join(","),
        say("thanks", "bye"),
        say("again", "a"),
        say("other", "bye"),
    )
}

#[test]
fn a_flow_that_only_takes_answers_down_need_offer_nobody() {
    let excused = |text: &str| !one(text).allow.is_empty();
    let survey = rated(&[("1", "thanks"), ("2", "thanks"), ("3", "thanks")]);
    assert!(excused(&survey));
    // What is told depends on the key, so that callers choose.
    assert!(!excused(&rated(&[("1", "thanks"), ("2", "other")])));
    // One thing to choose, or to hear the question again, is a choice too.
    assert!(!excused(&rated(&[("1", "thanks"), ("9", "again")])));
    assert!(!excused(&rated(&[("1", "thanks")])));
    // Something looked up is told.
    assert!(!excused(&survey.replace("Words of thanks", "$.External.balance")));
    let entry = |digits: u8| {
        survey.replace(
            r#""StoreInput":"False""#,
            &format!(r#""StoreInput":"True","InputValidation":{{"CustomValidation":{{"MaximumLength":"{digits}"}}}}"#),
        )
    };
    assert!(excused(&entry(1)));
    assert!(!excused(&entry(8)));
}

#[test]
fn mistakes_of_notation_do_not_stop_the_reading() {
    let import = import_text(&CLINIC.replace("\"Transitions\": {}}", "\"Transitions\": {},}"));
    assert!(import.problems.iter().any(|p| p.kind == ProblemKind::Syntax));
    assert!(import.trees[0].step("bye").is_some());
}

#[test]
fn places_are_exact() {
    for text in [CLINIC, SHOP, STACK] {
        check(&source(text), &import_text(text));
    }
}

/// Every place lies in the file and says what the tree says.
fn check(source: &Source, import: &Import) {
    let slice = |span: Span| {
        source
            .text
            .get(span.range())
            .unwrap_or_else(|| panic!("{span:?} in {}", source.name))
    };
    let says = |span: Span, value: &str| {
        let bare = |text: &str| text.replace(['\\', '"', '\''], "");
        let escaped = slice(span).contains("\\u");
        assert!(
            escaped || bare(slice(span)) == bare(value),
            "{}: {:?} is not {value:?}",
            source.name,
            slice(span)
        );
    };
    let target = |to: &Target| says(to.name.span, &to.name.value);
    for problem in &import.problems {
        slice(problem.span);
    }
    for (span, _) in &import.refused {
        slice(*span);
    }
    for tree in &import.trees {
        slice(tree.span);
        tree.entry.iter().for_each(target);
        tree.name.iter().for_each(|name| says(name.span, &name.value));
        tree.unknowns.iter().for_each(|unknown| {
            slice(unknown.span);
            assert!(unknown.step.as_ref().is_none_or(|name| tree.step(name).is_some()));
        });
        for step in &tree.steps {
            says(step.name.span, &step.name.value);
            slice(step.span);
            step.clone().targets_mut(&mut |to| target(to));
            for choice in step.choices() {
                choice.keys.iter().for_each(|keys| says(keys.span, keys.value.as_str()));
                slice(choice.span);
            }
            for segment in step.prompt.iter().flat_map(|prompt| &prompt.segments) {
                let said = slice(segment.span);
                if let Content::Text(text) = &segment.content {
                    let first = text
                        .split(|c: char| !c.is_ascii_alphabetic())
                        .next()
                        .unwrap_or_default();
                    assert!(said.contains(first), "{said:?} does not say {first:?}");
                }
            }
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut todo = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                todo.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn real_flows_are_read() {
    let folder = Path::new("../shared/corpus/amazon-connect");
    if !folder.is_dir() {
        // The collection of published flows is not part of the package.
        return;
    }
    let mut trees = 0;
    for path in files(folder) {
        let bytes = std::fs::read(&path).expect("a file");
        let source = Source::from_bytes(path.display().to_string(), bytes);
        let import = import::read(&source).unwrap_or_else(|| panic!("{} is not recognised", source.name));
        assert!(!import.trees.is_empty() || !import.refused.is_empty());
        assert_eq!(import.problems, [], "{}", source.name);
        trees += import.trees.len();
        check(&source, &import);
    }
    assert!(trees > 0);
}

#[test]
fn damaged_flows_are_read_without_harm() {
    for text in [CLINIC, SHOP, STACK] {
        for at in (0..text.len()).step_by(97) {
            let cut = source(text.get(..at).unwrap_or_default());
            if let Some(import) = import::read(&cut) {
                for step in import.trees.iter().flat_map(|tree| &tree.steps) {
                    assert!(cut.text.get(step.name.span.range()).is_some());
                }
            }
        }
    }
}

#[test]
fn large_and_hostile_flows_are_read_in_time() {
    let hub: Vec<String> = (0..20_000)
        .map(|n| format!(r#"{{"NextAction":"q{n}","Condition":{{"Operator":"Equals","Operands":["{n}"]}}}}"#))
        .collect();
    let queues: Vec<String> = (0..20_000)
        .map(|n| format!(r#"{{"Identifier":"q{n}","Type":"UpdateContactTargetQueue","Parameters":{{"QueueId":"q"}},"Transitions":{{"NextAction":"hub"}}}}"#))
        .collect();
    let text = format!(
        r#"{{"Version":"2019-10-30","StartAction":"hub","Actions":[{{"Identifier":"hub","Type":"Compare","Parameters":{{"ComparisonValue":"$.External.x"}},"Transitions":{{"Conditions":[{}]}}}},{{"Identifier":"say","Type":"MessageParticipant","Parameters":{{"SSML":"{}"}},"Transitions":{{}}}},{}]}}"#,
        hub.join(","),
        "<a{{".repeat(50_000),
        queues.join(","),
    );
    let begun = std::time::Instant::now();
    assert_eq!(one(&text).steps.len(), 20_002);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn flows_can_be_written_in_our_own_format() {
    for text in [CLINIC, SHOP] {
        let tree = one(text);
        let own = presszero::document::write::write(&tree);
        let reading = presszero::document::read(&Source::new("own.yaml", own.as_str()));
        assert_eq!(reading.problems, [], "{own}");
        let kinds = |tree: &PhoneTree| {
            tree.steps
                .iter()
                .map(|s| std::mem::discriminant(&s.kind))
                .collect::<Vec<_>>()
        };
        assert_eq!(kinds(&reading.trees[0])[..tree.steps.len()], kinds(&tree)[..]);
        assert!(reading.trees[0].steps.iter().all(|step| {
            let mut defined = true;
            step.clone().targets_mut(&mut |to| defined &= to.step.is_some());
            defined
        }));
    }
}
