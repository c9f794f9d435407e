//! VoiceXML: what documents become, and that every place points into the original.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "common/round_trip.rs"]
mod round_trip;

use presszero::audit::Portfolio;
use presszero::check::check;
use presszero::document::tree::{
    Attempts, Choice, Collect, Content, Digits, Menu, PhoneTree, Prompt, Role, Step, StepKind, Target,
};
use presszero::error::ProblemKind;
use presszero::graph::pace::Pace;
use presszero::import::Import;
use presszero::import::voicexml::{may_be, read, refers, vocabulary};
use presszero::settings::Settings;
use presszero::source::{Source, Span, offset};
use proptest::prelude::*;

const HARBOUR: &str = include_str!("fixtures/voicexml/harbour.vxml");
const QUESTIONS: &str = include_str!("fixtures/voicexml/questions.vxml");
const LOOSE: &str = include_str!("fixtures/voicexml/loose.vxml");
const SERVED: &str = include_str!("fixtures/voicexml/served.vxml");
const SCRIPTED: &str = include_str!("fixtures/voicexml/scripted.vxml");
const DEPOT: [(&str, &str); 3] = [
    ("depot/orders.vxml", include_str!("fixtures/voicexml/depot/orders.vxml")),
    ("depot/root.vxml", include_str!("fixtures/voicexml/depot/root.vxml")),
    ("depot/start.vxml", include_str!("fixtures/voicexml/depot/start.vxml")),
];

fn import_text(text: &str) -> Import {
    read(&Source::new("flow.vxml", text)).expect("VoiceXML")
}

fn one(text: &str) -> PhoneTree {
    let mut import = import_text(text);
    assert_eq!((import.refused.as_slice(), import.trees.len()), (&[][..], 1));
    import.trees.pop().unwrap()
}

/// A document around some parts.
fn around(inner: &str) -> PhoneTree {
    one(&format!("<vxml version=\"2.1\">{inner}</vxml>"))
}

fn depot() -> Source {
    Source::joined(DEPOT.map(|(name, text)| Source::new(name, text)))
}

fn step<'t>(tree: &'t PhoneTree, name: &str) -> &'t Step {
    let names: Vec<&str> = tree.steps.iter().map(|step| step.name.value.as_str()).collect();
    tree.step(name)
        .unwrap_or_else(|| panic!("no step {name} among {names:?}"))
}

fn to(target: Option<&Target>) -> &str {
    target.map_or("-", |target| target.name.value.as_str())
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

fn then<'t>(tree: &'t PhoneTree, name: &str) -> &'t str {
    match &step(tree, name).kind {
        StepKind::Message { then, .. } | StepKind::Voicemail { then, .. } => to(then.as_ref()),
        other => panic!("{name} is no message: {other:?}"),
    }
}

/// The options as `key or words > target`.
fn options(choices: &[Choice]) -> Vec<String> {
    let tell = |choice: &Choice| {
        let words: Vec<&str> = choice.says.iter().map(|says| says.value.as_str()).collect();
        let key = choice.keys.as_ref().map_or("", |keys| keys.value.as_str());
        format!("{key} {}>{}", words.join("/"), choice.to.name.value)
    };
    choices.iter().map(tell).collect()
}

fn words(prompt: &Prompt) -> String {
    let tell = |content: &Content| match content {
        Content::Text(text) => text.clone(),
        Content::Audio { file, text } => format!("[{file}: {}]", text.as_deref().unwrap_or("?")),
        Content::Value(name) => format!("{{{name}}}"),
        Content::Pause => "_".to_owned(),
    };
    prompt
        .segments
        .iter()
        .map(|segment| tell(&segment.content))
        .collect::<Vec<_>>()
        .join(" ")
}

fn said(tree: &PhoneTree, name: &str) -> String {
    step(tree, name).prompt.as_ref().map_or_else(String::new, words)
}

fn unknowns(tree: &PhoneTree) -> Vec<String> {
    tree.unknowns
        .iter()
        .map(|unknown| format!("{}: {}", unknown.step.as_deref().unwrap_or("-"), unknown.what))
        .collect()
}

#[test]
fn prompts_and_properties_of_a_document() {
    let tree = one(HARBOUR);
    assert_eq!(tree.name.as_ref().unwrap().value, "Harbour Ferries");
    assert_eq!(tree.language(), "en-GB");
    assert_eq!(to(tree.entry.as_ref()), "call");
    assert_eq!(then(&tree, "call"), "welcome/block-1");
    assert_eq!(
        said(&tree, "welcome/block-1"),
        "[sounds/hello.wav: Welcome to Harbour Ferries.] [sounds/news.wav: ?]"
    );
    assert_eq!(then(&tree, "welcome/block-1"), "main");
    assert_eq!(
        said(&tree, "main"),
        "For timetables, press 1. For fares, press 2. _ For your booking, press 3."
    );
    assert_eq!(menu(&tree, "main").timeout.unwrap().value, 6000);
    assert_eq!(
        said(&tree, "fares/again"),
        "A single costs {fare} pounds. To hear this again, press 1. To end, press 2."
    );
    let place = step(&tree, "main").name.span;
    assert_eq!(&HARBOUR[place.range()], "menu");
}

#[test]
fn choices_are_numbered_and_links_work_everywhere() {
    let tree = one(HARBOUR);
    let staff = "0 >staff/call";
    assert_eq!(
        options(&menu(&tree, "main").keys),
        [
            "1 timetables>times/island",
            "2 fares>fares/again",
            "3 my booking>booking/number",
            staff
        ]
    );
    assert!(options(&collect(&tree, "booking/number").keys).contains(&staff.to_owned()));
    let seventh = r##"<menu dtmf="true"><choice dtmf="0" next="#a">z</choice><choice next="#a">a</choice><choice next="#a">b</choice></menu><form id="a"/>"##;
    assert_eq!(
        options(&menu(&around(seventh), "menu-1").keys),
        ["0 z>a/end", "1 a>a/end", "2 b>a/end"]
    );
}

#[test]
fn silence_and_wrong_keys_are_counted_as_the_handlers_say() {
    let tree = one(HARBOUR);
    let main = menu(&tree, "main");
    let attempts = Attempts::Apart {
        no_input: 3,
        no_match: 3,
    };
    assert_eq!(main.attempts.unwrap().value, attempts);
    let heard: Vec<String> = main.reprompts.no_input.iter().map(words).collect();
    assert_eq!(heard.len(), 2);
    assert!(
        heard[0].starts_with("Sorry, I heard nothing. For timetables"),
        "{heard:?}"
    );
    // A handler without `reprompt` leaves the prompts unplayed.
    let wrong: Vec<String> = main.reprompts.no_match.iter().map(words).collect();
    assert_eq!(wrong, ["That is not an option.", "That is not an option."]);
    assert_eq!(
        (to(main.no_input.as_ref()), to(main.no_match.as_ref())),
        ("main/noinput", "main/nomatch")
    );
    assert_eq!(
        (said(&tree, "main/noinput"), then(&tree, "main/noinput")),
        ("We did not get that.".into(), "staff/call")
    );
    // Prompts are tapered; a platform has words of its own for what it does not understand.
    let island = menu(&tree, "times/island");
    assert_eq!(
        island.reprompts.no_input.iter().map(words).collect::<Vec<_>>(),
        ["North is 1, south is 2."; 2]
    );
    assert_eq!(
        words(&island.reprompts.no_match[0]),
        "[the platform's own message: ?] North is 1, south is 2."
    );
}

#[test]
fn without_handlers_the_platform_asks_for_ever() {
    let tree = around(r##"<menu id="m"><prompt>Press 1.</prompt><choice dtmf="1" next="#m">x</choice></menu>"##);
    let m = menu(&tree, "m");
    assert_eq!(m.attempts.unwrap().value, Attempts::Together(1));
    assert_eq!((to(m.no_input.as_ref()), to(m.no_match.as_ref())), ("m", "m/nomatch"));
    assert_eq!(
        (said(&tree, "m/nomatch").as_str(), then(&tree, "m/nomatch")),
        ("[the platform's own message: ?]", "m")
    );
}

#[test]
fn a_handler_that_only_speaks_leaves_the_question_silent() {
    let tree = around(
        r##"<menu id="m"><prompt>Press 1.</prompt><choice dtmf="1" next="#m">x</choice>
        <noinput>Hm.</noinput><nomatch><reprompt/></nomatch></menu>"##,
    );
    assert_eq!(then(&tree, "m/noinput"), "m/listen");
    let listen = menu(&tree, "m/listen");
    assert_eq!(said(&tree, "m/listen"), "");
    assert_eq!(
        (to(listen.no_input.as_ref()), to(listen.no_match.as_ref())),
        ("m/noinput", "m")
    );
}

#[test]
fn handlers_with_counts_and_no_end_go_on_with_the_last() {
    let tree = around(
        r##"<menu id="m"><prompt>Press 1.</prompt><choice dtmf="1" next="#m">x</choice>
        <noinput>First.<reprompt/></noinput><noinput count="2">Second.<reprompt/></noinput>
        <nomatch count="2"><exit/></nomatch></menu>"##,
    );
    let m = menu(&tree, "m");
    assert_eq!(
        m.attempts.unwrap().value,
        Attempts::Apart {
            no_input: 2,
            no_match: 2
        }
    );
    assert_eq!(words(&m.reprompts.no_input[0]), "First. Press 1.");
    assert_eq!(
        (to(m.no_input.as_ref()), to(m.no_match.as_ref())),
        ("m/noinput", "m/nomatch/exit")
    );
    assert_eq!(
        (said(&tree, "m/noinput").as_str(), then(&tree, "m/noinput")),
        ("Second.", "m/again")
    );
    assert_eq!(to(menu(&tree, "m/again").no_input.as_ref()), "m/noinput");
}

#[test]
fn answers_are_followed_through_what_is_filled() {
    let tree = one(HARBOUR);
    let island = menu(&tree, "times/island");
    assert_eq!(
        options(&island.keys),
        [
            "1 north>times/island/filled",
            "2 south>times/island/filled-2",
            "0 >staff/call"
        ]
    );
    assert_eq!(
        said(&tree, "times/island/filled"),
        "Ferries to the north leave at nine."
    );
    assert_eq!(then(&tree, "times/island/filled"), then(&tree, "times/island/filled-2"));
    let again = menu(&tree, "fares/again");
    assert_eq!(
        options(&again.keys)[..2],
        ["1 yes>fares/again", "2 no>fares/again/filled"]
    );
}

#[test]
fn counters_are_loops() {
    let tree = one(HARBOUR);
    let number = collect(&tree, "booking/number");
    assert_eq!(number.digits.unwrap().value, Digits { min: 6, max: 6 });
    assert_eq!(number.inter_digit.unwrap().value, 2500);
    assert_eq!(number.terminator.as_ref().unwrap().value, "#");
    assert_eq!(to(number.no_input.as_ref()), "booking/number/noinput/if");
    let StepKind::Loop {
        counter,
        times,
        again,
        done,
    } = &step(&tree, "booking/number/noinput/if").kind
    else {
        panic!("no loop")
    };
    assert_eq!(
        (counter.as_ref().unwrap().value.as_str(), times.unwrap().value),
        ("tries", 2)
    );
    assert_eq!(
        (to(again.as_ref()), to(done.as_ref())),
        ("booking/number/noinput", "staff/call")
    );
    let sets = &step(&tree, "call").sets;
    assert_eq!((sets[0].0.value.as_str(), sets[0].1.value.as_str()), ("tries", "0"));
    for (test, expected) in [
        (
            r#"<assign name="n" expr="n+1"/><if cond="n &gt;= 3"><exit/><else/><reprompt/></if>"#,
            Some(2),
        ),
        (
            r#"<assign name="n" expr="n+1"/><if cond="n == 3"><exit/></if><reprompt/>"#,
            Some(2),
        ),
        (
            r#"<if cond="n &lt; 3"><assign name="n" expr="n+1"/><reprompt/><else/><exit/></if>"#,
            Some(3),
        ),
        (
            r#"<assign name="n" expr="n+2"/><if cond="n &gt;= 3"><exit/><else/><reprompt/></if>"#,
            None,
        ),
    ] {
        let tree = around(&format!(
            r#"<form id="f"><var name="n" expr="0"/><field name="a" type="digits"><noinput>{test}</noinput></field></form>"#
        ));
        let rounds = tree.steps.iter().find_map(|step| match &step.kind {
            StepKind::Loop { times, .. } => times.map(|times| times.value),
            _ => None,
        });
        assert_eq!(rounds, expected, "{test}");
    }
}

#[test]
fn ways_out_of_the_document() {
    let tree = one(HARBOUR);
    assert!(matches!(&step(&tree, "booking/block-2/submit").kind, StepKind::Transfer(t) if t.reaches.is_none()));
    let StepKind::Transfer(call) = &step(&tree, "staff/call").kind else {
        panic!("no transfer")
    };
    assert_eq!(call.number.as_ref().unwrap().value, "tel:+441632960000");
    assert_eq!(call.rings.unwrap().value, 20_000);
    assert_eq!(
        (
            to(call.busy.as_ref()),
            to(call.unanswered.as_ref()),
            to(call.then.as_ref())
        ),
        ("staff/call/filled", "staff/call/filled", "staff/end")
    );
    assert_eq!(then(&tree, "staff/call/filled"), "message/words");
    assert_eq!(then(&tree, "message/words"), "message/words/filled");
    // A form that has nothing more to do ends the call.
    assert_eq!(then(&tree, "message/words/filled"), "message/end");
    assert!(matches!(step(&tree, "message/end").kind, StepKind::HangUp { .. }));
    let open = unknowns(&tree);
    for what in [
        "booking/block-2/submit: what the server answers at `http://www.example.com/booking`",
        "staff/call: what `tel:+441632960000` leads to",
        "welcome/block-1: the wording of a recording",
        "fares/again: words that are put in while the call runs",
    ] {
        assert!(open.contains(&what.to_owned()), "{what} not in {open:?}");
    }
}

#[test]
fn grammars_of_every_notation() {
    let import = import_text(QUESTIONS);
    assert_eq!(import.problems, []);
    let tree = &import.trees[0];
    assert_eq!(
        options(&menu(tree, "all/jsgf").keys),
        ["1 tiny little>all/gsl", "2 large>all/gsl"]
    );
    assert_eq!(menu(tree, "all/jsgf").barge_in, Some(false));
    assert_eq!(menu(tree, "all/gsl").barge_in, Some(true));
    assert_eq!(
        options(&menu(tree, "all/gsl").keys),
        ["1 new orders/sales>all/srgs", "2 help>all/gsl/help", "* >all/gsl/help"]
    );
    assert_eq!(said(tree, "all/gsl/help"), "There is no help.");
    assert_eq!(
        options(&menu(tree, "all/srgs").keys),
        ["3 >all/four", "4 >all/four", "*9 >all/four"]
    );
    let values: Vec<&str> = menu(tree, "all/srgs")
        .keys
        .iter()
        .filter_map(|c| c.sets.first())
        .map(|(_, v)| v.value.as_str())
        .collect();
    assert_eq!(values, [""; 0], "nothing asks for them");
    assert_eq!(
        collect(tree, "all/four").digits.unwrap().value,
        Digits { min: 4, max: 6 }
    );
    assert_eq!(
        options(&menu(tree, "all/regex").keys),
        ["1 >all/one", "2 >all/one", "3 >all/one", "# >all/one"]
    );
    let one = menu(tree, "all/one");
    assert_eq!(
        options(&one.keys),
        ["1 >all/one/filled", "2 >all/one/filled", "3 >all/one/filled-2"]
    );
    assert_eq!(said(tree, to(one.no_match.as_ref())), "Wrong.");
    assert_eq!(then(tree, to(one.no_match.as_ref())), "all/one");
    assert_eq!(
        options(&menu(tree, "all/sure").keys),
        ["7 yes>all/town", "9 no>all/town"]
    );
    assert!(collect(tree, "all/town").speech_only);
    assert!(unknowns(tree).contains(&"all/town: what the grammar `towns.grxml` takes".to_owned()));
    assert_eq!(said(tree, "all/list"), "Choose: For red, press 1. For blue, press 2.");
    assert_eq!(
        options(&menu(tree, "all/list").keys),
        ["1 red>all/end", "2 blue>all/end"]
    );
}

#[test]
fn documents_that_lead_to_one_another_are_one_tree() {
    let source = depot();
    let import = read(&source).unwrap();
    assert_eq!(import.problems, []);
    assert_eq!((import.trees.len(), import.refused.len()), (1, 0));
    let tree = &import.trees[0];
    assert_eq!(to(tree.entry.as_ref()), "main");
    assert_eq!(
        said(tree, "main"),
        "For orders, press 1. For claims, press 2. To leave a message, press 3. Or say orders. claims. a message. a secret."
    );
    let main = menu(tree, "main");
    assert_eq!(
        options(&main.keys),
        [
            "1 orders>orders.vxml#begin/who",
            "2 claims>main/choice",
            "3 a message>main/message",
            " a secret>hidden/block-1/goto",
            "0 agent/operator>main/operator",
        ]
    );
    assert_eq!(main.timeout.unwrap().value, 4000);
    assert_eq!(
        main.attempts.unwrap().value,
        Attempts::Apart {
            no_input: 2,
            no_match: 1
        }
    );
    assert_eq!(then(tree, "main/message"), "main/listen");
    assert_eq!(then(tree, "main/operator"), "orders.vxml#people/agent");
    let StepKind::Subtree { entry, exits, .. } = &step(tree, "orders.vxml#begin/who").kind else {
        panic!("no subtree")
    };
    assert_eq!(entry.as_ref().unwrap().value, "orders.vxml#identify/customer");
    assert_eq!(
        (exits[0].0.value.as_str(), exits[0].1.name.value.as_str()),
        ("return", "orders.vxml#begin/who/filled")
    );
    let StepKind::Decision { on, cases, otherwise } = &step(tree, "orders.vxml#identify/customer/filled/if").kind
    else {
        panic!("no decision")
    };
    assert_eq!(on.as_ref().unwrap().value, "customer.length != 8");
    assert!(
        matches!(&step(tree, to(otherwise.as_ref())).kind, StepKind::Return { exit: Some(exit) } if exit.value == "return")
    );
    assert_eq!(
        then(tree, cases[0].to.name.value.as_str()),
        "orders.vxml#identify/customer"
    );
    let what = menu(tree, "orders.vxml#begin/what");
    assert_eq!(said(tree, what.keys[0].to.name.value.as_str()), "It is on its way.");
    assert_eq!(what.keys[1].to.name.value, "orders.vxml#people/agent");
    assert_eq!(said(tree, to(what.no_match.as_ref())), "That is not possible.");
    assert_eq!(then(tree, to(what.no_match.as_ref())), "orders.vxml#begin/what");
    let place = step(tree, "orders.vxml#begin/what").name.span;
    assert_eq!(source.file_at(place.start).0, "depot/orders.vxml");
    assert_eq!(&source.text[place.range()], "field");
    assert_eq!(refers(DEPOT[2].1), ["orders.vxml", "root.vxml"]);
}

#[test]
fn a_document_alone_leads_to_the_unknown() {
    let tree = one(DEPOT[2].1);
    let open = unknowns(&tree);
    for what in [
        "-: what the root document `root.vxml` adds",
        "main/choice: what `orders.vxml#begin` leads to",
        "hidden/block-1/goto: what `where` leads to",
    ] {
        assert!(open.contains(&what.to_owned()), "{what} not in {open:?}");
    }
}

#[test]
fn circles_of_documents_begin_where_their_names_say() {
    let page = |to: &str| format!("<vxml version='2.1'><form><block>Hello.<goto next='{to}'/></block></form></vxml>");
    let files = [
        ("a.vxml", page("main.vxml")),
        ("main.vxml", page("a.vxml")),
        ("lone.vxml", page("a.vxml")),
    ];
    let all = Source::joined(files.iter().map(|(name, text)| Source::new(*name, text.as_str())));
    let import = read(&all).unwrap();
    let entries: Vec<&str> = import.trees.iter().map(|tree| all.file_at(tree.span.start).0).collect();
    assert_eq!(entries, ["lone.vxml"]);
    let two = Source::joined(files[..2].iter().map(|(name, text)| Source::new(*name, text.as_str())));
    let import = read(&two).unwrap();
    let entries: Vec<&str> = import.trees.iter().map(|tree| two.file_at(tree.span.start).0).collect();
    assert_eq!(entries, ["main.vxml"]);
}

#[test]
fn what_is_written_badly_is_read_and_reported() {
    let import = import_text(LOOSE);
    let problems: Vec<&str> = import.problems.iter().map(|problem| problem.message.as_str()).collect();
    for part in [
        "the value of `version` stands without quotes",
        "a bare `&`",
        "a bare `<`",
        "the element `vendor:sing` is not understood; it is met once",
        "`q` is not a telephone key",
        "the event `noinput` leads to itself again and again",
        "`<form>` is not closed",
    ] {
        assert!(
            problems.iter().any(|problem| problem.starts_with(part)),
            "{part} not in {problems:?}"
        );
    }
    assert!(
        import
            .problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::NotUnderstood)
    );
    let tree = &import.trees[0];
    let main = menu(tree, "main");
    assert_eq!(
        options(&main.keys)[..2],
        ["1 again>twice/block-1/if", "2 the rest>#gone"]
    );
    assert!(main.keys[1].to.step.is_none(), "a dialog that is not there");
}

#[test]
fn templates_are_read_where_only_words_are_put_in() {
    let tree = one(SERVED);
    assert_eq!(
        said(&tree, "main"),
        "Hello {words that are put in} . For sales, press 1. For {words that are put in} , press 2."
    );
    assert_eq!(menu(&tree, "main").keys[0].to.name.value, "main/choice");
    let import = import_text(SCRIPTED);
    assert!(import.trees.is_empty());
    assert_eq!(import.refused[0].1, "a template: render it first");
    assert!(SCRIPTED[import.refused[0].0.range()].starts_with("<% if"));
}

#[test]
fn fields_that_are_cleared_are_asked_again() {
    let tree = around(
        r#"<form id="f"><field name="a" type="date"/><block>Then.</block><field name="b" type="boolean"><filled>
        <if cond="!b"><clear namelist="a b"/></if></filled></field></form>"#,
    );
    assert_eq!(to(collect(&tree, "f/a").then.as_ref()), "f/block-2");
    assert_eq!(options(&menu(&tree, "f/b").keys), ["1 yes>f/end", "2 no>f/a-2"]);
    // The block in between has been visited and is not heard again.
    assert_eq!(to(collect(&tree, "f/a-2").then.as_ref()), "f/b");
}

#[test]
fn a_menu_within_a_block_is_not_taken_for_nothing() {
    let import = import_text(
        "<vxml><form><block><menu><choice dtmf='1' next='#op1'/></menu></block><block name='op1'>One.</block></form></vxml>",
    );
    assert_eq!(
        import.problems[0].message,
        "a `menu` within another element is not understood; it is met once"
    );
    let tree = &import.trees[0];
    assert!(
        matches!(step(tree, to(tree.entry.as_ref())).kind, StepKind::Unknown),
        "{:?}",
        tree.entry
    );
}

#[test]
fn numbers_that_all_lead_on_are_data() {
    let items = |count: u32| joined((1..=count).map(|key| format!("<item>{key}</item>")));
    let field = |count| {
        around(&format!(
            "<form id='f'><field name='guests'><grammar mode='dtmf'><rule><one-of>{}</one-of></rule></grammar></field></form>",
            items(count)
        ))
    };
    assert_eq!(
        collect(&field(12), "f/guests").digits.unwrap().value,
        Digits { min: 1, max: 2 }
    );
    assert_eq!(menu(&field(3), "f/guests").keys.len(), 3);
}

#[test]
fn what_is_computed_is_computed_anew() {
    let tree = around(
        r##"<form id="f"><block><var name="n" expr="f()"/><if cond="n &gt; 3"><exit/></if><goto next="#f"/></block></form>"##,
    );
    let decision = tree
        .steps
        .iter()
        .find(|step| matches!(step.kind, StepKind::Decision { .. }))
        .unwrap();
    assert_eq!(
        (decision.sets[0].0.value.as_str(), decision.sets[0].1.value.as_str()),
        ("n > 3", "unknown")
    );
}

#[test]
fn other_formats_are_left_alone() {
    assert!(may_be("<?xml version='1.0'?>\n<vxml/>") && may_be("<vxml:vxml >"));
    for text in [
        "",
        "{\"vxml\": 1}",
        "<document type=\"freeswitch/xml\"/>",
        "# <vxml>",
        "<vxmls/>",
        "phone-tree: 1",
    ] {
        assert!(!may_be(text), "{text}");
        assert!(read(&Source::new("x", text)).is_none());
    }
    assert!(read(&Source::new("x", "<html>the word vxml alone</html>")).is_none());
    assert!(vocabulary::WORDS.iter().all(|word| !word.note.is_empty()));
}

#[test]
fn what_is_written_of_several_documents_is_audited_as_they_are() {
    let source = depot();
    for tree in read(&source).expect("documents").trees {
        round_trip::keeps_figures_and_findings("depot", &source, tree);
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().concat()
}

/// Every place that an import gives out.
fn places(import: &Import) -> Vec<Span> {
    let mut out: Vec<Span> = import.problems.iter().map(|problem| problem.span).collect();
    out.extend(import.refused.iter().map(|(span, _)| *span));
    for tree in &import.trees {
        out.extend(tree.unknowns.iter().map(|unknown| unknown.span));
        for step in &tree.steps {
            out.extend([step.span, step.name.span]);
            out.extend(step.targets().map(|target| target.name.span));
            out.extend(step.choices().iter().flat_map(|choice| [choice.span, choice.place()]));
            out.extend(
                step.prompt
                    .iter()
                    .flat_map(|prompt| &prompt.segments)
                    .map(|segment| segment.span),
            );
        }
    }
    out
}

fn sound(text: &str) {
    let Some(import) = read(&Source::new("flow.vxml", text)) else {
        return;
    };
    for place in places(&import) {
        assert!(text.get(place.range()).is_some(), "{place:?} is not within the text");
    }
    for tree in import.trees {
        let mut portfolio = Portfolio::default();
        portfolio.add(Source::new("flow.vxml", text), "voicexml", vec![tree]);
        portfolio.audit_at(0, Pace::default(), None).expect("a tree");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn mutilated_documents_are_read(which in 0..5_usize, cuts in prop::collection::vec((0.0..1.0_f64, 0..60_usize, "[<>/\"a-z=' 1-3]{0,6}"), 1..4)) {
        let mut text = [HARBOUR, QUESTIONS, LOOSE, SERVED, DEPOT[0].1][which].to_owned();
        for (place, length, put) in cuts {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "any place will do")]
            let start = (place * text.len() as f64) as usize;
            let end = (start + length).min(text.len());
            if text.is_char_boundary(start) && text.is_char_boundary(end) {
                text.replace_range(start..end, &put);
            }
        }
        sound(&text);
    }
}

#[test]
fn size_costs_no_more_than_its_length() {
    let fields =
        joined((0..3000).map(|at| format!("<field name='f{at}' type='boolean'><prompt>Field.</prompt></field>")));
    let handlers = "<noinput count='2'>Long words.<reprompt/></noinput>".repeat(50);
    sound_only(&format!("<vxml>{handlers}<form>{fields}</form></vxml>"));
    let chain = joined((0..3000).map(|at| format!("<elseif cond=\"a=='{at}'\"/>Words {at}.")));
    sound_only(&format!(
        "<vxml><form><field name='a' type='digits?length=2'><filled><if cond='a==9'>{chain}</if></filled></field></form></vxml>"
    ));
    let mixed = joined((0..3000).map(|at| format!("<elseif cond=\"a{at}=='1'\"/>Words.")));
    sound_only(&format!(
        "<vxml><form><block><if cond='a==9'>{mixed}</if></block></form></vxml>"
    ));
    let nested = format!(
        "<vxml><form><block>{}Deep.{}</block></form></vxml>",
        "<if cond='a'>".repeat(5000),
        "</if>".repeat(5000)
    );
    sound_only(&nested);
    let sequence = "<if cond='x==1'>A<else/><assign name='x' expr='1'/></if>".repeat(3000);
    sound_only(&format!("<vxml><form><block>{sequence}</block></form></vxml>"));
    let throws = joined((0..200).map(|at| format!("<catch event='e{at}'>E<throw event='e{}'/></catch>", at + 1)));
    sound_only(&format!(
        "<vxml>{throws}<form><block><throw event='e0'/></block></form></vxml>"
    ));
    let forms = joined((0..3000).map(|at| {
        format!(
            "<form id='f{at}'><filled><clear/></filled><block><goto next='#f{}'/></block></form>",
            (at * 7) % 3000
        )
    }));
    sound_only(&format!("<vxml>{forms}</vxml>"));
    for list in [
        "(a ".repeat(50_000),
        "([a b] ?c ".repeat(20_000),
        format!("({})", "?a ".repeat(50_000)),
        format!("({})", "[a b c] ".repeat(50_000)),
        format!("([{}] {})", "a ".repeat(20_000), "b ".repeat(20_000)),
        format!("{}a b{}", "[".repeat(50_000), "]".repeat(50_000)),
    ] {
        sound_only(&format!(
            "<vxml><form><field name='a'><grammar>[{list}]</grammar><filled><exit/></filled></field></form></vxml>"
        ));
    }
    let deep = "<prompt><p>".repeat(50_000);
    sound_only(&format!("<vxml><form><block>{deep}words"));
}

/// Reads without an audit, which has limits of its own.
fn sound_only(text: &str) {
    let import = import_text(text);
    assert!(places(&import).iter().all(|place| place.end <= offset(text.len())));
}

#[test]
fn an_entry_that_nothing_is_compared_with_is_no_mistake() {
    let tree = around(
        r##"<form id="f"><field name="o"><prompt>For sales, press 1. For anything else, press 2.</prompt><grammar src="m.grxml" mode="dtmf"/>
        <nomatch>Wrong key.<reprompt/></nomatch><filled><if cond="o == '1'"><goto next="#s"/><else/><goto next="#e"/></if></filled></field></form>
        <form id="s"><block>Sales.<exit/></block></form><form id="e"><block>Else.<exit/></block></form>"##,
    );
    let own = menu(&tree, "f/o");
    assert_eq!(options(&own.keys), ["1 >s/block-1", "2 >e/block-1"]);
    assert_eq!(said(&tree, to(own.no_match.as_ref())), "Wrong key.");
    let tree = around(
        r##"<form id="f"><field name="o"><prompt>Say a name, or say done.</prompt><grammar src="names.grxml"/>
        <filled><if cond="o == 'done'"><exit/><else/><goto next="#ring"/></if></filled></field></form>
        <form id="ring"><block>Ringing.<exit/></block></form>"##,
    );
    assert_eq!(options(&menu(&tree, "f/o").keys)[1], " anything else>ring/block-1");
}

#[test]
fn how_an_answer_was_recognised_is_open_each_time() {
    let tree = around(
        r#"<form id="f"><field name="ok" type="boolean"><prompt>Say yes or no.</prompt>
        <filled><if cond="ok$.confidence &gt; 0.6"><exit/><else/><throw event="nomatch"/></if></filled></field></form>"#,
    );
    let decision = tree
        .steps
        .iter()
        .find(|step| matches!(step.kind, StepKind::Decision { .. }));
    let sets: Vec<&str> = decision
        .unwrap()
        .sets
        .iter()
        .map(|(_, value)| value.value.as_str())
        .collect();
    assert_eq!(sets, ["unknown"]);
}

#[test]
fn the_prompt_that_is_heard_says_how_long_is_waited() {
    let tree = around(
        r#"<form id="f"><field name="a"><prompt timeout="8s">For red, press 1.</prompt><prompt count="2" timeout="1s">Red 1.</prompt>
        <option dtmf="1" value="x">red</option><filled><exit/></filled></field></form>"#,
    );
    assert_eq!(menu(&tree, "f/a").timeout.map(|wait| wait.value), Some(8000));
}

#[test]
fn what_is_no_wording_is_not_spoken() {
    let tree = around(
        r#"<form id="f"><block><prompt>Hello <pause>400</pause> there <audio expr="folder + 'bye.wav'"/></prompt><exit/></block></form>"#,
    );
    assert_eq!(said(&tree, "f/block-1"), "Hello there {folder + 'bye.wav'}");
}

#[test]
fn whether_a_prompt_with_a_condition_is_heard_is_not_known() {
    let tree = around(
        r#"<form id="f"><block><prompt cond="day == 0">We are closed.</prompt><prompt cond="day != 0">Hello.</prompt><exit/></block></form>"#,
    );
    assert_eq!(unknowns(&tree), ["f/block-1: whether a part of the prompt is heard"]);
}

#[test]
fn each_count_of_a_handler_is_met_where_it_does_more_than_speak() {
    let asks = |noinput: &str| {
        around(&format!(
            r##"<var name="n" expr="0"/><form id="f"><field name="a"><prompt>What now?</prompt><option dtmf="1">red</option>{noinput}
            <filled><goto next="#g"/></filled></field></form>
            <form id="g"><block><if cond="n &lt; 3">Short.</if><exit/></block></form>"##
        ))
    };
    // What only the running call knows is open after the question; no copy of it is needed.
    let tree = asks(
        r#"<noinput><assign name="n" expr="n + 1"/>Red?</noinput>
        <noinput count="2"><assign name="n" expr="n + 1"/>For red, press 1.</noinput>
        <noinput count="3">Goodbye.<exit/></noinput>"#,
    );
    let own = menu(&tree, "f/a");
    let heard: Vec<String> = own.reprompts.no_input.iter().map(words).collect();
    assert_eq!(heard, ["Red?", "For red, press 1."]);
    assert_eq!(said(&tree, to(own.no_input.as_ref())), "Goodbye.");
    assert!(tree.step("f/a/listen").is_none());
    // A handler that may end the call is followed, and counted on.
    let branch = |words: &str| format!("<if cond=\"limit()\"><exit/><else/>{words}</if>");
    let tree = asks(&format!(
        "<noinput>{}</noinput><noinput count='2'>{}</noinput><noinput count='3'>Goodbye.<exit/></noinput>",
        branch("One."),
        branch("Two.")
    ));
    let mut at = "f/a".to_owned();
    for expected in ["One.", "Two."] {
        let StepKind::Decision { otherwise, .. } = &step(&tree, to(menu(&tree, &at).no_input.as_ref())).kind else {
            panic!("no decision behind {at}")
        };
        let speaks = to(otherwise.as_ref());
        assert_eq!(said(&tree, speaks), expected);
        at = then(&tree, speaks).to_owned();
    }
    assert_eq!(said(&tree, to(menu(&tree, &at).no_input.as_ref())), "Goodbye.");
}

#[test]
fn a_question_asked_again_has_been_announced() {
    let tree = around(
        r#"<form id="f"><field name="a"><prompt>For red, press 1. For blue, press 2.</prompt><prompt count="2">Which colour?</prompt>
        <option dtmf="1" value="x">red</option><option dtmf="2" value="y">blue</option><option dtmf="3" value="z">green</option>
        <filled><exit/></filled></field></form>
        <form id="g"><field name="b"><prompt>Say red or blue.</prompt><prompt count="2">Which?</prompt>
        <option value="x">red</option><option value="y">blue</option><option value="z">green</option><filled><exit/></filled></field></form>"#,
    );
    for again in ["f/a/again", "g/b/again"] {
        let announced: Vec<Option<bool>> = menu(&tree, again).keys.iter().map(|choice| choice.announced).collect();
        assert_eq!(announced, [Some(true), Some(true), None], "{again}");
    }
    assert!(menu(&tree, "f/a").keys.iter().all(|choice| choice.announced.is_none()));
}

#[test]
fn help_asks_the_same_question_again() {
    let text = r#"<vxml version="2.0"><link event="help"><grammar type="application/x-jsgf">help</grammar></link>
        <form id="f"><field name="a"><prompt>For red, press 1. For blue, press 2.</prompt><option dtmf="1">red</option><option dtmf="2">blue</option>
        <help>Here is help.</help><noinput><exit/></noinput><filled><submit next="http://x/y"/></filled></field></form></vxml>"#;
    let tree = one(text);
    assert_eq!(
        menu(&tree, "f/a").keys[2].role.map(|role| role.value),
        Some(Role::Repeat)
    );
    let source = Source::new("flow.vxml", text);
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "voicexml", vec![tree]);
    let audit = portfolio.audit_at(0, Pace::default(), None).expect("a tree");
    let before = audit.menus_before().unwrap();
    // The question that is asked again is not a further level.
    assert!(
        audit
            .menus()
            .iter()
            .all(|(node, _)| before.count(*node).unwrap_or(0) == 0)
    );
}

#[test]
fn a_transfer_fails_in_the_ways_that_handlers_are_for() {
    let transfer = |catches: &str| {
        around(&format!(
            r#"<form id="f"><transfer name="t" destexpr="num" bridge="true">{catches}</transfer></form>
            <form id="op"><block>Operator.<exit/></block></form>"#
        ))
    };
    let error = |tree: &PhoneTree| to(step(tree, "f/t").error.as_ref()).to_owned();
    let catch = |events: &str, words: &str| format!("<catch event='{events}'>{words}<goto next='#op'/></catch>");
    let tree = transfer(&catch(
        "error.connection.noroute error.connection.baddestination",
        "Not there.",
    ));
    assert_eq!(said(&tree, &error(&tree)), "Not there.");
    assert!(
        matches!(&step(&tree, "f/t").kind, StepKind::Transfer(call) if call.number.is_none()),
        "which number it is is computed"
    );
    let tree = transfer(&format!(
        "{}{}",
        catch("error.connection.noroute", "Not there."),
        catch("error", "Failed.")
    ));
    let StepKind::Decision { cases, otherwise, .. } = &step(&tree, &error(&tree)).kind else {
        panic!("one way alone")
    };
    let heard: Vec<String> = cases
        .iter()
        .map(|case| format!("{}: {}", case.value.value, said(&tree, &case.to.name.value)))
        .collect();
    assert_eq!(heard, ["error.connection: Failed."]);
    assert_eq!(said(&tree, to(otherwise.as_ref())), "Not there.");
    // Who has hung up hears nothing.
    let tree = transfer(&catch("connection.disconnect", "Gone."));
    assert_eq!(error(&tree), "-");
}

#[test]
fn a_counter_that_is_looked_at_twice_is_a_counter() {
    let count = |inner: &str| {
        around(&format!(
            r##"<var name="e" expr="0"/><form id="m"><nomatch><goto next="#err"/></nomatch>
            <field name="f"><prompt>For sales, press 1.</prompt><option dtmf="1" value="s">sales</option><filled><exit/></filled></field></form>
            <form id="err"><block><assign name="e" expr="e + 1"/>{inner}<goto next="#m"/></block></form>"##
        ))
    };
    let round = r#"<if cond="e &gt;= 4">Goodbye.<exit/></if>"#;
    let look = "<if cond='e == 3'>Trouble.</if>";
    for inner in [
        format!("{round}{look}"),
        format!("{look}{round}"),
        format!("<if cond='e &lt; 4'>Sorry.{look}<goto next='#m'/></if>Goodbye.<exit/>"),
    ] {
        let tree = count(&inner);
        let loops: Vec<u32> = tree
            .steps
            .iter()
            .filter_map(|step| match &step.kind {
                StepKind::Loop { times, .. } => times.map(|times| times.value),
                _ => None,
            })
            .collect();
        assert_eq!(loops, [3], "{inner}");
        let open = tree.steps.iter().find_map(|step| match &step.kind {
            StepKind::Decision { on, .. } => on.as_ref().map(|on| on.value.as_str()),
            _ => None,
        });
        assert_eq!(open, Some("e == 3"), "{inner}");
    }
}

#[test]
fn an_item_that_is_computed_is_one_of_the_form() {
    let form = |filled: &str| {
        around(&format!(
            r#"<form id="f"><field name="main"><prompt>For songs, press 1. For news, press 2.</prompt><option dtmf="1" value="1">songs</option>
            <option dtmf="2" value="2">news</option><filled>{filled}</filled></field>
            <block name="item1" cond="false">Songs.<exit/></block><block name="item2" cond="false">News.<exit/></block>
            <block name="other" cond="false">Other.<exit/></block></form>"#
        ))
    };
    // What has just been answered decides it.
    let tree = form(r#"One moment.<goto expritem="'item' + main"/>"#);
    let heard: Vec<String> = menu(&tree, "f/main")
        .keys
        .iter()
        .map(|choice| said(&tree, then(&tree, &choice.to.name.value)))
        .collect();
    assert_eq!(heard, ["Songs.", "News."]);
    // Another value is open, among the items that fit and that nothing else leads to.
    let tree = form(r#"<goto expritem="'item' + day"/>"#);
    let decision = step(&tree, &menu(&tree, "f/main").keys[0].to.name.value);
    let StepKind::Decision { cases, otherwise, .. } = &decision.kind else {
        panic!("no decision: {decision:?}")
    };
    assert_eq!(
        (
            cases.len(),
            to(cases.first().map(|case| &case.to)),
            to(otherwise.as_ref())
        ),
        (1, "f/item1", "f/item2")
    );
    assert!(unknowns(&tree).contains(&"f/main/filled/goto: what `'item' + day` is".to_owned()));
}

#[test]
fn what_was_answered_is_known_where_it_is_asked_for_later() {
    let tree = around(
        r##"<var name="cmd" expr="''"/><form id="m"><field name="f"><prompt>Say sales or say help desk.</prompt>
        <grammar type="application/x-jsgf">sales | help desk</grammar>
        <filled><assign name="cmd" expr="f"/><goto next="#nav"/></filled></field></form>
        <form id="nav"><block><if cond="cmd == 'sales'">Sales.<exit/><elseif cond="cmd == 'help desk'"/>Help.<exit/></if></block></form>"##,
    );
    let sets: Vec<&str> = menu(&tree, "m/f")
        .keys
        .iter()
        .map(|choice| step(&tree, &choice.to.name.value).sets[0].1.value.as_str())
        .collect();
    assert_eq!(sets, ["sales", "help desk"]);
    assert_eq!(unknowns(&tree), ["m/f/nomatch: the wording of a recording"]);
}

#[test]
fn lists_of_the_grammar_specification_language() {
    let heard = |grammar: &str| {
        let tree = around(&format!(
            "<form id='f'><field name='a'><grammar><![CDATA[{grammar}]]></grammar><prompt>Which?</prompt><filled><exit/></filled></field></form>"
        ));
        options(&menu(&tree, "f/a").keys)
    };
    let to = "f/a/filled/exit";
    assert_eq!(
        heard(r#"[ [dtmf-1 red ([dark light] ?please)] {<a "x">} [dtmf-2 blue~0.5] {<a "y">} ; a note ] "#),
        [
            format!("1 red/dark/light/dark please/light please>{to}"),
            format!("2 blue>{to}")
        ]
    );
    assert_eq!(
        heard(r#"[ [ (?the mall)~.2 {<a "m">} airport {<a "p">} ] (dark [blue navy]) (dtmf-1 dtmf-star) ]"#),
        [
            format!(" mall/the mall>{to}"),
            format!(" airport>{to}"),
            format!(" dark blue/dark navy>{to}"),
            format!("1* >{to}")
        ]
    );
    // Each of many names is heard, however often something may stand before it.
    let names = joined((0..100).map(|at| format!("n{at} ")));
    assert_eq!(heard(&format!("[ (?a [{names}]) ]"))[0].matches("/n").count(), 99);
}

#[test]
fn copies_that_nobody_can_tell_apart_are_one_step() {
    let fields = joined((1..=30).map(|at| {
        format!(
            r#"<field name="song{at}"><prompt>Song {at}.</prompt><option dtmf="0">stop</option><noinput><exit/></noinput>
            <filled><goto nextitem="main"/></filled></field>"#
        )
    }));
    let listed = joined((1..=30).map(|at| format!(r#"<option dtmf="{at}" value="{at}">song {at}</option>"#)));
    let tree = around(&format!(
        r#"<form id="f"><field name="main"><prompt>Which song?</prompt>{listed}<noinput><exit/></noinput>
        <filled><goto expritem="'song' + main"/></filled></field>{fields}</form>"#
    ));
    let menus = tree.steps.iter().filter(|step| matches!(step.kind, StepKind::Menu(_)));
    assert_eq!(menus.count(), 31);
    assert!(tree.steps.iter().all(|step| step.targets().all(|to| to.step.is_some())));
    // What makes a difference stays apart: the block is heard once.
    let tree = around(
        r#"<form id="f"><field name="a"><prompt>Press 1.</prompt><option dtmf="1">one</option></field><block>Once.<clear namelist="a"/></block></form>"#,
    );
    assert_eq!(menu(&tree, "f/a").keys[0].to.name.value, "f/block-2");
    assert_eq!(menu(&tree, "f/a-2").keys[0].to.name.value, "f/end");
}

#[test]
fn what_is_thrown_while_an_item_is_filled_counts() {
    let tree = around(
        r#"<form id="f"><field name="a"><prompt>For red, press 1.</prompt><option dtmf="1">red</option>
        <nomatch>Again.</nomatch><nomatch count="2">Goodbye.<exit/></nomatch>
        <filled><if cond="a$.confidence &gt; 0.6"><exit/><else/><clear namelist="a"/><throw event="nomatch"/></if></filled></field></form>"#,
    );
    let unsure = |name: &str| match &step(&tree, &menu(&tree, name).keys[0].to.name.value).kind {
        StepKind::Decision { otherwise, .. } => to(otherwise.as_ref()).to_owned(),
        other => panic!("no decision behind {name}: {other:?}"),
    };
    let first = unsure("f/a");
    assert_eq!(said(&tree, &first), "Again.");
    let second = unsure(then(&tree, &first));
    assert_eq!(said(&tree, &second), "Goodbye.");
}

/// A question that is listened to once more without its words is the same question.
#[test]
fn a_question_that_comes_round_is_told_once() {
    let text = r#"<vxml version="2.1">
  <form id="f">
    <field name="house">
      <grammar src="house.jsgf"/>
      <prompt>Which house?</prompt>
      <noinput>Sorry.</noinput>
    </field>
    <field name="more">
      <grammar src="more.jsgf"/>
      <prompt>Another ticket, or the end?</prompt>
      <filled>
        <if cond="more=='another'"><clear namelist="house more"/><else/><exit/></if>
      </filled>
    </field>
  </form>
</vxml>"#;
    let mut portfolio = Portfolio::default();
    portfolio.add(Source::new("flow.vxml", text), "voicexml", vec![one(text)]);
    let audit = portfolio.audit(0, Pace::default()).expect("an audit");
    let findings = check(&audit, &Settings::default()).findings;
    let again = findings.iter().filter(|finding| finding.rule == "repeated-data-entry");
    let again: Vec<&str> = again.map(|finding| finding.message.as_str()).collect();
    let mut places: Vec<Span> = Vec::new();
    places.extend(
        findings
            .iter()
            .filter(|finding| finding.rule == "retry-count")
            .map(|finding| finding.at.span),
    );
    let all = places.len();
    places.dedup();
    assert_eq!(places.len(), all, "one place, told once");
    assert_eq!(
        again,
        ["`house` is asked for at `f/house` again each time the call comes round to it"]
    );
}

/// Who says nothing where a message is recorded goes where the document says.
#[test]
fn silence_at_a_recording_leads_on() {
    let record = |handler: &str| {
        one(&format!(
            "<vxml><form><record name='m'><prompt>Leave a message.</prompt>{handler}</record><block>Thanks.</block></form>\
             <form id='op'><block>An agent.</block></form></vxml>"
        ))
    };
    let voicemail = |tree: &PhoneTree| match &step(tree, "form-1/m").kind {
        StepKind::Voicemail { then, .. } => to(then.as_ref()).to_owned(),
        kind => panic!("no recording: {kind:?}"),
    };
    assert_eq!(voicemail(&record("")), "form-1/block-2");
    let tree = record("<noinput>Nothing.<goto next='#op'/></noinput>");
    let StepKind::Decision { cases, otherwise, .. } = &step(&tree, &voicemail(&tree)).kind else {
        panic!("no decision")
    };
    assert_eq!(cases.len(), 1);
    assert_eq!(to(otherwise.as_ref()), "form-1/block-2");
}

#[test]
fn an_item_with_an_empty_expression_is_visited() {
    let tree = one("<vxml><form><transfer name='t' dest='tel:1' bridge='true' expr=''/></form></vxml>");
    assert!(matches!(
        step(&tree, to(tree.entry.as_ref())).kind,
        StepKind::Transfer(_)
    ));
}

/// What stands in a form beside its items is done by nobody, and told once.
#[test]
fn what_nothing_executes_is_told() {
    let import = import_text(
        "<vxml><form><block>Hello.<elseif cond='x'/></block><prompt>Busy.</prompt><goto next='#a'/></form>\
         <form id='a'><block>End.</block></form></vxml>",
    );
    let messages: Vec<&str> = import.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "a `elseif` outside of any `if` is not understood; it is met once",
            "a `prompt` outside of any block is not understood; it is met once",
            "a `goto` outside of any block is not understood; it is met once"
        ]
    );
}
