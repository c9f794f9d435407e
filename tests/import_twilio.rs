//! Twilio Studio: what flows become, and that every place points into the original.

#[path = "common/files.rs"]
mod files;
#[path = "common/round_trip.rs"]
mod round_trip;

use presszero::audit::Portfolio;
use presszero::document::tree::{
    Attempts, Choice, Collect, Content, DataSource, Digits, Menu, PhoneTree, Step, StepKind, Target,
};
use presszero::error::ProblemKind;
use presszero::graph::pace::Pace;
use presszero::import::{Import, twilio};
use presszero::source::{Source, Span};
use proptest::prelude::*;

const GARAGE: &str = include_str!("fixtures/twilio/garage.json");
const STALE: &str = include_str!("fixtures/twilio/stale.json");
const LATER: &str = include_str!("fixtures/twilio/later.json");
const OLDER: &str = include_str!("fixtures/twilio/older.json");
const ACCOUNT: &str = include_str!("fixtures/twilio/account.json");
const BAKERY: &str = include_str!("fixtures/twilio/bakery.tf");
const ENCODED: &str = include_str!("fixtures/twilio/encoded.tftpl");

fn import_text(text: &str) -> Import {
    twilio::read(&Source::new("flow.json", text)).expect("a flow")
}

fn one(text: &str) -> PhoneTree {
    let mut import = import_text(text);
    assert_eq!(import.refused, []);
    import.trees.pop().expect("a tree")
}

/// A flow of these widgets, whose incoming calls lead to `first`.
fn flow(widgets: &str) -> String {
    format!(
        r#"{{"description": "Line", "initial_state": "Trigger", "flags": {{"allow_concurrent_calls": true}}, "states": [
        {{"name": "Trigger", "type": "trigger", "properties": {{}}, "transitions": [{{"event": "incomingCall", "next": "first"}}]}},
        {widgets}]}}"#
    )
}

fn step<'t>(tree: &'t PhoneTree, name: &str) -> &'t Step {
    tree.step(name).unwrap_or_else(|| panic!("no step {name}"))
}

fn menu<'t>(tree: &'t PhoneTree, name: &str) -> &'t Menu {
    match &step(tree, name).kind {
        StepKind::Menu(menu) => menu,
        other => panic!("{name} is no menu: {other:?}"),
    }
}

fn collect<'t>(tree: &'t PhoneTree, name: &str) -> &'t Collect {
    match &step(tree, name).kind {
        StepKind::Collect(collect) => collect,
        other => panic!("{name} collects nothing: {other:?}"),
    }
}

fn to(target: Option<&Target>) -> &str {
    target.map_or("-", |target| target.name.value.as_str())
}

fn options(choices: &[Choice]) -> Vec<String> {
    let shown = choices.iter().map(|choice| {
        let keys = choice.keys.as_ref().map_or("", |keys| keys.value.as_str());
        let says: Vec<&str> = choice.says.iter().map(|word| word.value.as_str()).collect();
        format!("{keys}[{}]>{}", says.join(","), choice.to.name.value)
    });
    shown.collect()
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
        .filter(|unknown| unknown.step.as_deref() == Some(name))
        .map(|unknown| unknown.what.as_str())
        .collect()
}

fn spoken(step: &Step) -> Vec<Content> {
    let prompt = step.prompt.as_ref().expect("a prompt");
    prompt.segments.iter().map(|segment| segment.content.clone()).collect()
}

#[test]
fn the_flow_itself() {
    let tree = one(GARAGE);
    assert_eq!(tree.name.as_ref().map(|n| n.value.as_str()), Some("Bellows Garage"));
    assert_eq!(tree.language.as_ref().map(|n| n.value.as_str()), Some("en-GB"));
    // What decisions look at is not set when a call comes in.
    assert_eq!(to(tree.entry.as_ref()), "Trigger");
    assert_eq!(sets(step(&tree, "Trigger")), [("flow.variables.reason", "not set")]);
    let names: Vec<&str> = tree.steps.iter().map(|step| step.name.value.as_str()).collect();
    assert_eq!(
        names,
        [
            "Trigger",
            "check_hours",
            "is_open",
            "closed_note",
            "holiday_note",
            "greeting",
            "main_menu",
            "wrong_key",
            "count_silence",
            "silent_too_often",
            "booking",
            "lookup",
            "found",
            "ready",
            "note_reason",
            "which_desk",
            "parts",
            "message",
            "thanks",
            "pay",
            "desk",
            "beep_test",
            "end of the flow"
        ],
        "neither what only messages come to nor splits that are options"
    );
}

#[test]
fn a_menu_with_keys_and_words() {
    let tree = one(GARAGE);
    let main = menu(&tree, "main_menu");
    assert_eq!(
        options(&main.keys),
        [
            "1[repair]>booking",
            "2[]>parts",
            "4[]>parts",
            "3[]>pay",
            "*[]>main_menu",
            "5[]>desk",
            "0[]>desk",
            "9[]>end of the flow",
            "[parts]>parts",
            "[spares]>parts"
        ]
    );
    assert_eq!(main.keys[0].label.as_ref().map(|l| l.value.as_str()), Some("repairs"));
    let place = main.keys[0].place();
    assert_eq!(&GARAGE[place.range()], "\"1\"");
    assert_eq!(main.timeout.map(|t| t.value), Some(6000));
    assert_eq!(
        main.attempts.map(|a| a.value),
        Some(Attempts::Apart {
            no_input: 2,
            no_match: 1
        })
    );
    assert_eq!(
        (to(main.no_input.as_ref()), to(main.no_match.as_ref())),
        ("count_silence", "wrong_key")
    );
}

#[test]
fn a_counter_is_a_loop() {
    let tree = one(GARAGE);
    let StepKind::Loop {
        counter,
        times,
        again,
        done,
    } = &step(&tree, "silent_too_often").kind
    else {
        panic!("no loop")
    };
    assert_eq!(
        counter.as_ref().map(|c| c.value.as_str()),
        Some("flow.variables.silent")
    );
    assert_eq!(
        (times.map(|t| t.value), to(again.as_ref()), to(done.as_ref())),
        (Some(2), "main_menu", "desk"),
        "one and two are less than three"
    );
}

#[test]
fn a_counter_that_begins_at_zero() {
    let text = flow(
        r#"{"name": "ask", "type": "say-play", "properties": {"say": "Hello?"}, "transitions": [{"event": "audioComplete", "next": "count"}]},
        {"name": "count", "type": "set-variables", "properties": {"variables": [{"key": "silent", "value":
            "{%- if flow.variables.silent -%}{{flow.variables.silent | plus: 1}}\n{%- else -%}\n0\n{%- endif -%}"}]},
            "transitions": [{"event": "next", "next": "enough"}]},
        {"name": "enough", "type": "split-based-on", "properties": {"input": "{{flow.variables.silent}}"}, "transitions": [
            {"event": "noMatch", "next": "ask"},
            {"event": "match", "next": "bye", "conditions": [{"type": "greater_than", "arguments": ["{{flow.variables.silent}}"], "value": "0"}]}]},
        {"name": "bye", "type": "say-play", "properties": {"say": "Goodbye."}, "transitions": [{"event": "audioComplete"}]}"#,
    );
    let tree = one(&text);
    let StepKind::Loop { times, again, done, .. } = &step(&tree, "enough").kind else {
        panic!("no loop")
    };
    assert_eq!(
        (times.map(|t| t.value), to(again.as_ref()), to(done.as_ref())),
        (Some(1), "ask", "bye"),
        "the first silence counts nought, the second one"
    );
}

#[test]
fn a_menu_that_does_not_say_how_many_keys_it_awaits_waits_after_each() {
    let text = flow(
        r#"{"name": "ask", "type": "gather-input-on-call", "properties": {"say": "For sales, press 1.", "timeout": 4}, "transitions": [
            {"event": "keypress", "next": "which"}, {"event": "timeout", "next": "ask"}]},
        {"name": "which", "type": "split-based-on", "properties": {"input": "{{widgets.ask.Digits}}"}, "transitions": [
            {"event": "noMatch", "next": "ask"},
            {"event": "match", "next": "desk", "conditions": [{"type": "equal_to", "arguments": ["{{widgets.ask.Digits}}"], "value": "1"}]}]},
        {"name": "desk", "type": "enqueue-call", "properties": {}, "transitions": []}"#,
    );
    let awaits = |text: &str| {
        let tree = one(text);
        let menu = menu(&tree, "ask");
        (
            menu.digits.map(|digits| digits.value.max),
            menu.inter_digit.map(|pause| pause.value),
        )
    };
    assert_eq!(awaits(&text), (Some(100), Some(4000)));
    let two = text.replace(r#""timeout": 4"#, r#""number_of_digits": 2"#);
    assert_eq!(awaits(&two), (Some(2), Some(5000)), "the platform's own time");
    assert_eq!(
        awaits(&text.replace(r#""timeout": 4"#, r#""number_of_digits": 1"#)),
        (None, None)
    );
}

#[test]
fn later_splits_decide_for_the_key_that_was_pressed() {
    let split = |name: &str, sort: &str, to: &str, other: &str| {
        format!(
            r#"{{"name": "{name}", "type": "split-based-on", "properties": {{"input": "{{{{widgets.ask.Digits}}}}"}}, "transitions": [
            {{"event": "noMatch", "next": "{other}"}},
            {{"event": "match", "next": "{to}", "conditions": [{{"type": "{sort}", "arguments": ["{{{{widgets.ask.Digits}}}}"], "value": "1"}}]}}]}}"#
        )
    };
    let widgets = [
        r#"{"name": "ask", "type": "gather-input-on-call", "properties": {"say": "Press 1 or 2.", "number_of_digits": 1}, "transitions": [
            {"event": "keypress", "next": "first"}, {"event": "speech", "next": "later"}, {"event": "timeout", "next": "ask"}]}"#.to_owned(),
        split("first", "equal_to", "later", "later"),
        split("later", "not_equal_to", "two", "one"),
        r#"{"name": "one", "type": "send-to-flex", "properties": {}, "transitions": []}"#.to_owned(),
        r#"{"name": "two", "type": "send-to-flex", "properties": {}, "transitions": []}"#.to_owned(),
    ];
    let tree = one(&flow(&widgets.join(",")));
    let StepKind::Decision { cases, .. } = &step(&tree, "later").kind else {
        panic!("no decision")
    };
    let to = |value: &str| {
        cases
            .iter()
            .find(|case| case.value.value == value)
            .map(|case| case.to.name.value.as_str())
    };
    assert_eq!((to("1"), to("2"), to("#")), (None, Some("two"), Some("two")));
}

#[test]
fn a_counter_that_several_menus_share() {
    let counts = |name: &str, next: &str| {
        format!(
            r#"{{"name": "{name}", "type": "set-variables", "properties": {{"variables": [{{"key": "tries", "value": "{{{{flow.variables.tries | plus: 1}}}}"}}]}},
            "transitions": [{{"event": "next", "next": "{next}"}}]}}"#
        )
    };
    let looks = |name: &str, next: &str| {
        format!(
            r#"{{"name": "{name}", "type": "split-based-on", "properties": {{"input": "{{{{flow.variables.tries}}}}"}}, "transitions": [
            {{"event": "noMatch", "next": "bye"}},
            {{"event": "match", "next": "{next}", "conditions": [{{"type": "less_than", "arguments": ["{{{{flow.variables.tries}}}}"], "value": "3"}}]}}]}}"#
        )
    };
    let asks = |name: &str, key: &str, silence: &str| {
        format!(
            r#"{{"name": "{name}", "type": "gather-input-on-call", "properties": {{"say": "Press 1.", "number_of_digits": 1}}, "transitions": [
            {{"event": "keypress", "next": "{key}"}}, {{"event": "timeout", "next": "{silence}"}}]}}"#
        )
    };
    let widgets = [
        asks("first", "unheard", "silent"),
        counts("unheard", "enough"),
        counts("silent", "enough"),
        looks("enough", "second"),
        asks("second", "bye", "again"),
        counts("again", "last"),
        looks("last", "second"),
        r#"{"name": "bye", "type": "say-play", "properties": {"say": "Goodbye."}, "transitions": [{"event": "audioComplete"}]}"#.to_owned(),
    ];
    let tree = one(&flow(&widgets.join(",")));
    assert_eq!(menu(&tree, "first").digits, None, "one key is awaited");
    for name in ["enough", "last"] {
        let StepKind::Loop { counter, times, .. } = &step(&tree, name).kind else {
            panic!("no loop at {name}")
        };
        let counter = counter.as_ref().map(|counter| counter.value.as_str());
        assert_eq!(
            (counter, times.map(|t| t.value)),
            (Some("flow.variables.tries"), Some(2))
        );
    }
}

#[test]
fn a_counter_that_is_looked_at_first() {
    let text = flow(
        r#"{"name": "first", "type": "split-based-on", "properties": {"input": "{{flow.variables.tries}}"}, "transitions": [
            {"event": "noMatch", "next": "count"},
            {"event": "match", "next": "bye", "conditions": [{"type": "equal_to", "arguments": ["{{flow.variables.tries}}"], "value": "3"}]}]},
        {"name": "count", "type": "set-variables", "properties": {"variables": [{"key": "tries", "value":
            "{% if flow.variables.tries %}{{flow.variables.tries | plus: 1}}{% else %}1{% endif %}"}]},
            "transitions": [{"event": "next", "next": "ask"}]},
        {"name": "ask", "type": "say-play", "properties": {"say": "Hello?"}, "transitions": [{"event": "audioComplete", "next": "first"}]},
        {"name": "bye", "type": "say-play", "properties": {"say": "Goodbye."}, "transitions": [{"event": "audioComplete"}]}"#,
    );
    let tree = one(&text);
    let StepKind::Loop { times, again, done, .. } = &step(&tree, "first").kind else {
        panic!("no loop")
    };
    assert_eq!(
        (times.map(|t| t.value), to(again.as_ref()), to(done.as_ref())),
        (Some(3), "count", "bye")
    );
}

#[test]
fn decisions() {
    let tree = one(GARAGE);
    let StepKind::Decision { on, cases, otherwise } = &step(&tree, "is_open").kind else {
        panic!("no decision")
    };
    assert_eq!(
        on.as_ref().map(|on| on.value.as_str()),
        Some("widgets.check_hours.parsed.state")
    );
    let cases: Vec<(&str, &str)> = cases
        .iter()
        .map(|case| (case.value.value.as_str(), case.to.name.value.as_str()))
        .collect();
    assert_eq!(
        cases,
        [
            ("open", "greeting"),
            ("holiday", "holiday_note"),
            ("strike", "holiday_note")
        ]
    );
    assert_eq!(to(otherwise.as_ref()), "closed_note");
    assert_eq!(
        unknowns(&tree, "is_open"),
        ["what `widgets.check_hours.parsed.state` is"]
    );
    assert_eq!(
        sets(step(&tree, "lookup")),
        [("widgets.lookup.parsed.found", "unknown")],
        "it is looked up anew"
    );
    assert_eq!(sets(step(&tree, "note_reason")), [("flow.variables.reason", "repair")]);
    assert_eq!(to(step(&tree, "check_hours").error.as_ref()), "greeting");
    let StepKind::Decision { otherwise, .. } = &step(&tree, "beep_test").kind else {
        panic!("no decision")
    };
    assert_eq!(to(otherwise.as_ref()), "-", "one of the events happens");
}

#[test]
fn prompts() {
    let tree = one(GARAGE);
    assert_eq!(
        spoken(step(&tree, "greeting")),
        [
            Content::Text("Hello".into()),
            Content::Value("widgets.check_hours.parsed.name | default: 'there'".into()),
            Content::Text(", this is Bellows Garage.".into()),
            Content::Value("if flow.variables.vip".into()),
        ]
    );
    let recording = Content::Audio {
        file: "https://garage.example/holiday.mp3".into(),
        text: None,
    };
    assert_eq!(spoken(step(&tree, "holiday_note")), [recording.clone(), recording]);
    assert_eq!(unknowns(&tree, "holiday_note"), ["the wording of a recording"]);
    assert!(matches!(
        step(&tree, "closed_note").kind,
        StepKind::HangUp { reason: None }
    ));
}

#[test]
fn data() {
    let tree = one(GARAGE);
    let booking = collect(&tree, "booking");
    assert_eq!(
        booking.collects.as_ref().map(|c| c.value.as_str()),
        Some("booking-number")
    );
    assert_eq!(booking.digits.map(|d| d.value), Some(Digits { min: 1, max: 6 }));
    assert_eq!(booking.terminator.as_ref().map(|t| t.value.as_str()), Some("#"));
    assert_eq!(
        (booking.timeout.map(|t| t.value), booking.inter_digit.map(|t| t.value)),
        (Some(8000), Some(8000))
    );
    assert_eq!(
        (to(booking.then.as_ref()), to(booking.no_input.as_ref())),
        ("lookup", "desk")
    );
    let StepKind::Queue(queue) = &step(&tree, "desk").kind else {
        panic!("no queue")
    };
    let receives: Vec<&str> = queue.receives.iter().map(|name| name.value.as_str()).collect();
    assert_eq!(receives, ["booking-number"], "what was looked up by it goes along");
    assert_eq!(to(step(&tree, "desk").error.as_ref()), "message");
    assert!(unknowns(&tree, "desk").contains(&"what follows the talk with the agent"));
    let pay = collect(&tree, "pay");
    assert!(pay.secret);
    assert_eq!(pay.source.map(|s| s.value), Some(DataSource::Card));
    assert_eq!((to(pay.then.as_ref()), to(pay.otherwise.as_ref())), ("thanks", "desk"));
}

#[test]
fn a_call_that_is_put_through() {
    let tree = one(GARAGE);
    let StepKind::Transfer(transfer) = &step(&tree, "parts").kind else {
        panic!("no transfer")
    };
    assert_eq!(
        transfer.number.as_ref().map(|n| n.value.as_str()),
        Some("+442079460123")
    );
    assert_eq!(transfer.rings.map(|r| r.value), Some(25_000));
    assert_eq!(
        (
            to(transfer.then.as_ref()),
            to(transfer.busy.as_ref()),
            to(transfer.unanswered.as_ref())
        ),
        ("-", "desk", "message")
    );
    assert_eq!(unknowns(&tree, "parts"), ["what `+442079460123` leads to"]);
}

#[test]
fn strange_widgets_are_reported_once() {
    let import = import_text(GARAGE);
    let told: Vec<(&str, ProblemKind)> = import.problems.iter().map(|p| (p.message.as_str(), p.kind)).collect();
    assert_eq!(
        told,
        [(
            "the widget type `magic-widget` is not understood; it is met once",
            ProblemKind::NotUnderstood
        )]
    );
}

#[test]
fn strange_events_and_conditions_are_told_and_nothing_is_guessed() {
    let text = flow(
        r#"{"name": "first", "type": "gather-input-on-call", "properties": {"say": "For sales, press 1."}, "transitions": [
            {"event": "keypress", "next": "month"}, {"event": "keypress", "next": "desk"}, {"event": "noInput", "next": "desk"}]},
        {"name": "month", "type": "split-based-on", "properties": {"input": "{{flow.data.level}}"}, "transitions": [
            {"event": "noMatch", "next": "first"},
            {"event": "match", "next": "desk", "conditions": ["gold"]},
            {"event": "match", "next": "first", "conditions": [{"type": "equal_to", "arguments": ["{{flow.data.level}}"], "value": "tin"}]}]},
        {"name": "desk", "type": "enqueue-call", "properties": {}, "transitions": []}"#,
    );
    let import = import_text(&text);
    let told: Vec<&str> = import.problems.iter().map(|p| p.message.as_str()).collect();
    let expected = [
        "`keypress` of `first` stands here a second time",
        "the event `noInput` of `gather-input-on-call` is not understood; it is met once",
        "this condition does not say how it compares",
    ];
    assert_eq!(told, expected);
    let tree = one(&text);
    let StepKind::Decision { cases, .. } = &step(&tree, "month").kind else {
        panic!("no decision")
    };
    let cases: Vec<(&str, &str)> = cases
        .iter()
        .map(|case| (case.value.value.as_str(), case.to.name.value.as_str()))
        .collect();
    assert_eq!(cases, [("gold", "desk"), ("tin", "first")]);
}

#[test]
fn answers_of_another_widget() {
    let import = import_text(STALE);
    let told: Vec<(&str, &str)> = import
        .problems
        .iter()
        .map(|p| (p.message.as_str(), &STALE[p.span.range()]))
        .collect();
    assert_eq!(
        told,
        [
            (
                "what was answered at `sport_menu` leads here, and what is looked at is the answer at `first`",
                "\"{{widgets.first.Digits}}\""
            ),
            (
                "`#` ends the entry and is never among the keys, so that this option cannot be chosen",
                "\"#\""
            ),
            (
                "there is no widget called `frist`, so that nothing is ever found there",
                "\"{{widgets.frist.Digits}}\""
            )
        ]
    );
    let tree = one(STALE);
    assert_eq!(options(&menu(&tree, "first").keys), ["2[]>sport_menu", "1[]>news"]);
    assert_eq!(
        options(&menu(&tree, "sport_menu").keys),
        ["1[]>first_split", "2[]>first_split"],
        "every key goes the same way"
    );
    let two = &menu(&tree, "first").keys[0].sets;
    assert_eq!(two[0].0.value, "widgets.first.Digits");
    assert!(matches!(step(&tree, "first_split").kind, StepKind::Decision { .. }));
    let StepKind::Message { then, .. } = &step(&tree, "renamed").kind else {
        panic!("nothing is ever found there")
    };
    assert_eq!(to(then.as_ref()), "news_end");
}

#[test]
fn keys_that_are_looked_at_further_on() {
    let tree = one(LATER);
    let which = menu(&tree, "which");
    assert_eq!(options(&which.keys), ["1[]>keep", "2[]>keep"]);
    assert_eq!(which.keys[1].sets[0].0.value, "widgets.which.Digits");
    assert_eq!(which.keys[1].sets[0].1.value, "2");
    let StepKind::Decision { on, .. } = &step(&tree, "route").kind else {
        panic!("no decision")
    };
    assert_eq!(on.as_ref().map(|on| on.value.as_str()), Some("widgets.which.Digits"));
    assert_eq!(
        sets(step(&tree, "which")),
        [("widgets.which.Digits", "none of the options")]
    );
    assert_eq!(options(&menu(&tree, "leeds").keys), ["X[]>agents"]);
    assert_eq!(menu(&tree, "leeds").keys[0].announced, Some(true), "any key");
    assert!(
        matches!(step(&tree, "york").kind, StepKind::Message { .. }),
        "keys do what waiting does"
    );
    assert_eq!(spoken(step(&tree, "york")).last(), Some(&Content::Pause));
    assert!(collect(&tree, "listen").speech_only);
    let StepKind::Message { then, .. } = &step(&tree, "forever").kind else {
        panic!("no message")
    };
    assert_eq!(to(then.as_ref()), "forever");
}

#[test]
fn speech_that_only_keys_are_looked_at_for() {
    let text = flow(
        r#"{"name": "first", "type": "gather-input-on-call", "properties": {"say": "Press or say 1."}, "transitions": [
            {"event": "keypress", "next": "keys"}, {"event": "speech", "next": "keys"}, {"event": "timeout", "next": "odd"}]},
        {"name": "keys", "type": "split-based-on", "properties": {"input": "{{widgets.first.Digits}}"}, "transitions": [
            {"event": "noMatch", "next": "first"},
            {"event": "match", "next": "desk", "conditions": [{"type": "equal_to", "arguments": ["{{widgets.first.Digits}}"], "value": " 1 "}]}]},
        {"name": "odd", "type": "split-based-on", "properties": {"input": "{{become}}"}, "transitions": [
            {"event": "noMatch", "next": "first"},
            {"event": "match", "next": "desk", "conditions": [{"type": "equal_to", "arguments": ["{{become}}"], "value": "1"}]}]},
        {"name": "desk", "type": "enqueue-call", "properties": {}, "transitions": []}"#,
    );
    let import = import_text(&text);
    let told: Vec<&str> = import.problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "what is said leads here, and only keys are looked at",
            "`become` is nothing that a flow knows, so that nothing is ever found there"
        ]
    );
    let tree = one(&text);
    assert_eq!(options(&menu(&tree, "first").keys), ["1[]>desk"]);
    assert!(tree.step("keys").is_none(), "nothing else leads there");
    let StepKind::Message { then, .. } = &step(&tree, "odd").kind else {
        panic!("nothing is ever found there")
    };
    assert_eq!(to(then.as_ref()), "first");
}

#[test]
fn codes_are_data_and_transitions_without_events_are_told() {
    let text = flow(
        r#"{"name": "first", "type": "gather-input-on-call", "properties": {"say": "Enter the month.", "number_of_digits": 2},
            "transitions": [{"event": "keypress", "next": "month"}, {"event": "timeout", "next": "odd"}]},
        {"name": "month", "type": "split-based-on", "properties": {"input": "{{widgets.first.Digits}}"}, "transitions": [
            {"event": "noMatch", "next": "first"},
            {"event": "match", "next": "desk", "conditions": [{"type": "equal_to", "arguments": ["{{widgets.first.Digits}}"], "value": "11"}]}]},
        {"name": "odd", "type": "split-based-on", "properties": {"input": "{{flow.data.level}}"}, "transitions": [
            {"next": "desk", "condition": "level == urgent"}, {"next": "first"}]},
        {"name": "desk", "type": "enqueue-call", "properties": {}, "transitions": []}"#,
    );
    let import = import_text(&text);
    let told: Vec<&str> = import.problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(told, ["this transition names no event"; 2]);
    let tree = one(&text);
    assert_eq!(to(collect(&tree, "first").then.as_ref()), "month");
    let StepKind::Decision { cases, .. } = &step(&tree, "odd").kind else {
        panic!("no decision")
    };
    let cases: Vec<(&str, &str)> = cases
        .iter()
        .map(|case| (case.value.value.as_str(), case.to.name.value.as_str()))
        .collect();
    assert_eq!(cases, [("level == urgent", "desk"), ("no event", "first")]);
}

#[test]
fn the_older_notation() {
    let tree = one(OLDER);
    assert_eq!(tree.name, None);
    assert_eq!(to(tree.entry.as_ref()), "menu");
    assert_eq!(options(&menu(&tree, "menu").keys), ["1[]>plumbers"]);
    assert!(matches!(step(&tree, "plumbers").kind, StepKind::Queue(_)));
}

#[test]
fn several_flows_of_an_account() {
    let import = import_text(ACCOUNT);
    let names: Vec<_> = import
        .trees
        .iter()
        .map(|tree| tree.name.as_ref().map_or("-", |name| name.value.as_str()))
        .collect();
    assert_eq!(names, ["Postcode", "Plumbers"]);
    let refused: Vec<&str> = import.refused.iter().map(|(_, reason)| reason.as_str()).collect();
    assert_eq!(
        refused,
        [
            "messaging only: its incoming call leads nowhere",
            "an outgoing call: a request begins it and it calls somebody, no caller dials in"
        ]
    );
    // A flow that others lead to gives the call back.
    let part = &import.trees[0];
    assert_eq!(to(part.entry.as_ref()), "ask");
    assert_eq!(to(collect(part, "ask").no_input.as_ref()), "end of the flow");
    assert!(matches!(step(part, "end of the flow").kind, StepKind::Transfer(_)));
    // Text within text is pointed at as it stands there.
    let name = &step(&import.trees[1], "plumbers").name;
    assert_eq!(&ACCOUNT[name.span.range()], "\\\"plumbers\\\"");
}

#[test]
fn templates() {
    let tree = one(BAKERY);
    assert_eq!(
        spoken(step(&tree, "hello")),
        [
            Content::Text("Welcome to".into()),
            Content::Value("${shop_name}".into()),
            Content::Text(", the bakery.".into())
        ]
    );
    let import = import_text(ENCODED);
    assert!(import.trees.is_empty() && import.problems.is_empty());
    let (place, reason) = &import.refused[0];
    assert_eq!(reason, "a template: render it first");
    assert!(ENCODED[place.range()].starts_with("flow_name"), "{place:?}");
}

#[test]
fn programs_that_hold_a_flow() {
    let script = format!("module.exports = options = {OLDER};\n");
    let tree = one(&script);
    assert_eq!(&script[step(&tree, "menu").name.span.range()], "\"menu\"");
    let python = format!("flow = {}\nprint(flow)\n", OLDER.replace("true", "True"));
    let import = import_text(&python);
    assert!(import.trees.is_empty() && import.problems.is_empty());
    let (place, reason) = &import.refused[0];
    assert_eq!(reason, "a program that makes a flow: export the flow itself");
    assert_eq!(&python[place.range()], "True");
}

#[test]
fn broken_notation_is_told_with_its_place() {
    let broken = OLDER.replacen("\"type\": \"Gather\",", "\"type\": \"Gather\"", 1);
    let import = import_text(&broken);
    assert_eq!(import.problems.len(), 1);
    assert_eq!(import.problems[0].kind, ProblemKind::Syntax);
    assert_eq!(import.trees.len(), 1, "reading goes on");
}

#[test]
fn other_files_are_left_alone() {
    assert!(!twilio::may_be(include_str!("fixtures/connect/clinic.json")));
    for text in [
        r#"[{"action": "talk", "text": "Press 1"}, {"action": "input"}]"#,
        r#"{"incoming_leet_menu": {"menu_entries": [["for-voicemail", "voicemail_incoming"]]}}"#,
        r#"{"initial_state": "a", "states": [{"name": "a", "type": "node", "transitions": [{"event": "go", "next": "a"}]}]}"#,
        r#"{"id": "light", "initial": "green", "states": {"green": {"on": {"TIMER": "yellow"}}}, "transitions": []}"#,
        include_str!("fixtures/connect/clinic.json"),
    ] {
        assert!(twilio::read(&Source::new("other", text)).is_none());
    }
}

#[test]
fn a_written_tree_keeps_its_figures_and_findings() {
    let open = flow(
        r#"{"name": "first", "type": "gather-input-on-call",
            "properties": {"say": "Press 1 or say yes.", "timeout": "{{flow.variables.wait}}", "finish_on_key": ""},
            "transitions": [{"event": "keypress", "next": "keys"}, {"event": "speech", "next": "words"}, {"event": "timeout"}]},
        {"name": "keys", "type": "split-based-on", "properties": {"input": "{{widgets.first.Digits}}"}, "transitions": [
            {"event": "noMatch", "next": "first"},
            {"event": "match", "next": "desk", "conditions": [{"type": "starts_with", "arguments": ["{{widgets.first.Digits}}"], "value": "1"}]}]},
        {"name": "words", "type": "split-based-on", "properties": {"input": "{{widgets.first.SpeechResult}}"}, "transitions": [
            {"event": "noMatch", "next": "desk"},
            {"event": "match", "next": "record", "conditions": [{"type": "contains", "arguments": ["{{widgets.first.SpeechResult}}"], "value": "message"}]}]},
        {"name": "record", "type": "record-voicemail", "properties": {}, "transitions": [{"event": "noAudio", "next": "first"}]},
        {"name": "desk", "type": "enqueue-call", "properties": {"queue_name": "all"}, "transitions": []}"#,
    );
    assert_eq!(
        unknowns(&one(&open), "first"),
        [
            "what time is given for a key",
            "what follows words that are not understood"
        ]
    );
    for text in [GARAGE, STALE, LATER, OLDER, ACCOUNT, BAKERY, &open] {
        let source = Source::new("flow.json", text);
        for tree in import_text(text).trees {
            round_trip::keeps_figures_and_findings("fixture", &source, tree);
        }
    }
}

/// Published flows of others lie beside the project on some machines only.
#[test]
fn published_flows() {
    let published = files::below("../shared/corpus/twilio-studio");
    let mut trees = 0;
    for path in &published {
        let text = std::fs::read_to_string(path).expect("a text");
        let import = twilio::read(&Source::new("flow.json", text.clone())).expect("a flow");
        check(&text, &import);
        trees += import.trees.len();
    }
    assert!(published.is_empty() || trees >= 3, "few flows are left of the corpus");
}

/// Every place lies within the text, and each tree can be audited.
fn check(text: &str, import: &Import) {
    let within = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?} of {}", text.len());
    for problem in &import.problems {
        within(problem.span);
    }
    for (place, _) in &import.refused {
        within(*place);
    }
    for tree in &import.trees {
        let mut names = std::collections::HashSet::new();
        for unknown in &tree.unknowns {
            within(unknown.span);
        }
        for step in &tree.steps {
            assert!(names.insert(&step.name.value), "{} twice", step.name.value);
            within(step.span);
            within(step.name.span);
            for segment in step.prompt.iter().flat_map(|prompt| &prompt.segments) {
                within(segment.span);
            }
            let mut step = step.clone();
            step.targets_mut(&mut |target| within(target.name.span));
        }
        let mut portfolio = Portfolio::default();
        portfolio.add(Source::new("flow", text), "either", vec![tree.clone()]);
        assert!(portfolio.audit_at(0, Pace::default(), None).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is cut out of a file or written into it, it is read to its end.
    #[test]
    fn damaged_files(which in 0..7usize, at in 0.0..1.0f64, cut in 0..60usize, put in "[{}\\[\\]\",:0-9a-z% \\\\]{0,12}") {
        let text = [GARAGE, STALE, LATER, OLDER, ACCOUNT, BAKERY, ENCODED][which];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a small text")]
        let at = (text.len() as f64 * at) as usize;
        let end = (at + cut).min(text.len());
        prop_assume!(text.is_char_boundary(at) && text.is_char_boundary(end));
        let damaged = format!("{}{put}{}", &text[..at], &text[end..]);
        if let Some(import) = twilio::read(&Source::new("flow", damaged.clone())) {
            check(&damaged, &import);
        }
        let cut_short = &text[..at];
        if let Some(import) = twilio::read(&Source::new("flow", cut_short)) {
            check(cut_short, &import);
        }
    }
}

/// A flow of these widgets, entered at `ask`.
fn asking(widgets: &str) -> PhoneTree {
    one(&format!(
        r#"{{"states": [{{"name": "Trigger", "type": "trigger", "properties": {{}}, "transitions": [{{"event": "incomingCall", "next": "ask"}}]}},
        {{"name": "agents", "type": "send-to-flex", "properties": {{}}, "transitions": []}},
        {{"name": "bye", "type": "say-play", "properties": {{"say": "Bye."}}, "transitions": []}},
        {widgets}], "initial_state": "Trigger"}}"#
    ))
}

#[test]
fn what_is_typed_and_what_is_said_go_on_each_in_its_way() {
    let tree = asking(
        r#"{"name": "ask", "type": "gather-input-on-call", "properties": {"say": "Who is calling?", "number_of_digits": 4},
        "transitions": [{"event": "keypress", "next": "bye"}, {"event": "speech", "next": "agents"}, {"event": "timeout", "next": "bye"}]}"#,
    );
    let behind = step(&tree, "ask (keys or words)");
    let StepKind::Decision { cases, .. } = &behind.kind else {
        panic!("{behind:?}")
    };
    let cases: Vec<(&str, &str)> = cases
        .iter()
        .map(|case| (case.value.value.as_str(), case.to.name.value.as_str()))
        .collect();
    assert_eq!(cases, [("keys", "bye"), ("words", "agents")]);
    assert_eq!(unknowns(&tree, "ask"), ["whether callers press keys or speak"]);
}

#[test]
fn a_key_that_only_a_function_is_handed_is_a_choice_where_the_prompt_offers_it() {
    let gather = |say: &str| {
        let tree = asking(&format!(
            r#"{{"name": "ask", "type": "gather-input-on-call", "properties": {{"say": "{say}"}},
            "transitions": [{{"event": "keypress", "next": "log"}}, {{"event": "timeout", "next": "agents"}}]}},
            {{"name": "log", "type": "run-function", "properties": {{"url": "https://example.com", "parameters": [{{"key": "digits", "value": "{{{{widgets.ask.Digits}}}}"}}]}},
            "transitions": [{{"event": "success", "next": "agents"}}, {{"event": "fail", "next": "agents"}}]}}"#
        ));
        match &step(&tree, "ask").kind {
            StepKind::Menu(menu) => options(&menu.keys),
            _ => Vec::new(),
        }
    };
    assert_eq!(
        gather("For a card, press 1. For a loan, press 2."),
        ["1[]>log", "2[]>log"]
    );
    assert!(gather("Enter your number. For a card, press 1. For a loan, press 2.").is_empty());
}

#[test]
fn keys_are_announced_by_the_words_before() {
    let tree = asking(
        r#"{"name": "ask", "type": "say-play", "properties": {"say": "For sales, press 1."}, "transitions": [{"event": "audioComplete", "next": "listen"}]},
        {"name": "listen", "type": "gather-input-on-call", "properties": {"number_of_digits": 1},
        "transitions": [{"event": "keypress", "next": "which"}, {"event": "timeout", "next": "agents"}]},
        {"name": "which", "type": "split-based-on", "properties": {"input": "{{widgets.listen.Digits}}"}, "transitions": [{"event": "noMatch", "next": "agents"},
        {"event": "match", "next": "bye", "conditions": [{"type": "equal_to", "arguments": ["{{widgets.listen.Digits}}"], "value": "1"}]},
        {"event": "match", "next": "agents", "conditions": [{"type": "equal_to", "arguments": ["{{widgets.listen.Digits}}"], "value": "2"}]}]}"#,
    );
    let StepKind::Menu(menu) = &step(&tree, "listen").kind else {
        panic!("no menu")
    };
    let announced: Vec<Option<bool>> = menu.keys.iter().map(|choice| choice.announced).collect();
    assert_eq!(announced, [Some(true), None]);
}
