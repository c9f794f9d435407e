//! `FreeSWITCH`: what menus and dial plans become, and that every place points into the original.

#[path = "common/files.rs"]
mod files;
#[path = "common/round_trip.rs"]
mod round_trip;

use presszero::audit::Portfolio;
use presszero::document::quantity::Millis;
use presszero::document::tree::{
    Attempts, Choice, Content, PhoneTree, Prompt, Reaches, Role, Step, StepKind, Target, Transfer, Unknown,
};
use presszero::error::ProblemKind;
use presszero::graph::pace::Pace;
use presszero::import::{Import, connect, freeswitch};
use presszero::source::{Source, Span};
use proptest::prelude::*;
use std::path::PathBuf;

const MENUS: &str = include_str!("fixtures/freeswitch/shop/ivr_menus/lantern.xml");
const SURVEY: &str = include_str!("fixtures/freeswitch/survey.xml");

/// The files of a configuration, in the order of their paths, joined.
fn shop() -> Source {
    let found = files::below("tests/fixtures/freeswitch/shop");
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).expect("a file can be read");
        Source::from_bytes(path.to_string_lossy().replace('\\', "/"), bytes)
    };
    Source::joined(found.iter().map(read))
}

fn import_text(text: &str) -> Import {
    freeswitch::read(&Source::new("conf.xml", text)).expect("a configuration")
}

fn one(text: &str) -> PhoneTree {
    let mut import = import_text(text);
    assert_eq!(import.refused, []);
    assert_eq!(import.trees.len(), 1);
    import.trees.remove(0)
}

fn of_shop() -> PhoneTree {
    let mut import = freeswitch::read(&shop()).expect("a configuration");
    assert_eq!(import.refused, []);
    assert_eq!(import.problems, []);
    assert_eq!(import.trees.len(), 1, "one line is dialled");
    import.trees.remove(0)
}

fn step<'t>(tree: &'t PhoneTree, name: &str) -> &'t Step {
    let names: Vec<&str> = tree.steps.iter().map(|step| step.name.value.as_str()).collect();
    tree.step(name)
        .unwrap_or_else(|| panic!("no step {name} among {names:#?}"))
}

fn to(target: Option<&Target>) -> &str {
    target.map_or("-", |target| target.name.value.as_str())
}

fn options(step: &Step) -> Vec<(&str, &str)> {
    fn keys(choice: &Choice) -> &str {
        choice.keys.as_ref().map_or("", |keys| keys.value.as_str())
    }
    let choices = step.choices().iter();
    choices.map(|choice| (keys(choice), to(Some(&choice.to)))).collect()
}

fn words(prompt: Option<&Prompt>) -> Vec<String> {
    let tell = |content: &Content, lasts: Option<Millis>| match content {
        Content::Text(text) => text.clone(),
        Content::Audio { file, .. } => format!("<{file}>"),
        Content::Value(name) => format!("{{{name}}}"),
        Content::Pause => format!("{} ms", lasts.unwrap_or(0)),
    };
    let segments = prompt.iter().flat_map(|prompt| &prompt.segments);
    segments.map(|segment| tell(&segment.content, segment.lasts)).collect()
}

fn menu(step: &Step) -> &presszero::document::tree::Menu {
    match &step.kind {
        StepKind::Menu(menu) => menu,
        kind => panic!("no menu but {kind:?}"),
    }
}

fn transfer(step: &Step) -> &Transfer {
    match &step.kind {
        StepKind::Transfer(transfer) => transfer,
        kind => panic!("no transfer but {kind:?}"),
    }
}

fn leads(step: &Step) -> &str {
    match &step.kind {
        StepKind::Message { then, .. } => to(then.as_ref()),
        kind => panic!("no message but {kind:?}"),
    }
}

#[test]
fn a_menu_and_what_it_says() {
    let tree = one(MENUS);
    assert_eq!(tree.name.as_ref().map(|name| name.value.as_str()), Some("lantern"));
    let top = step(&tree, "lantern");
    assert_eq!(to(tree.entry.as_ref()), "lantern");
    assert!(words(top.prompt.as_ref())[0].starts_with("Welcome to Lantern Lamps."));
    let own = menu(top);
    assert_eq!(own.timeout.map(|timeout| timeout.value), Some(6_000));
    assert_eq!(
        own.attempts.map(|attempts| attempts.value),
        Some(Attempts::Apart {
            no_input: 4,
            no_match: 2
        })
    );
    let awaits = |own: &presszero::document::tree::Menu| {
        let digits = own.digits.map(|digits| digits.value.max);
        (digits, own.inter_digit.map(|pause| pause.value))
    };
    assert_eq!(awaits(own), (Some(4), Some(2000)));
    assert_eq!(
        awaits(menu(step(&tree, "orders"))),
        (None, None),
        "its options have one key"
    );
    let short = ["<$${greetings}/short.wav>", "400 ms", "Press 1 or 2."];
    assert_eq!(words(own.reprompts.no_input.first()), short);
    let wrong = words(own.reprompts.no_match.first());
    assert_eq!(wrong[0], "<ivr/ivr-that_was_an_invalid_entry.wav>");
    assert_eq!(wrong[1..], short);
    assert!(own.reprompts.apart);
}

#[test]
fn options_lead_where_their_actions_do() {
    let tree = one(MENUS);
    let top = step(&tree, "lantern");
    assert_eq!(
        options(top),
        [
            ("1", "orders"),
            ("2", "repairs"),
            ("3", "lantern 3: sound"),
            ("4", "lantern 4: lamps@default"),
            ("5", "lantern 5: lua"),
            ("100X", "to $1 XML default"),
            ("101X", "to $1 XML default"),
            ("0", "to 2000 XML default"),
            ("9", "lantern"),
            ("8", "lantern: exit"),
        ]
    );
    let role = |key: usize| top.choices()[key].role.map(|role| role.value);
    assert_eq!((role(8), role(0)), (Some(Role::Repeat), None));
    assert_eq!(leads(step(&tree, "lantern 3: sound")), "lantern");
    assert_eq!(
        words(step(&tree, "lantern 3: sound").prompt.as_ref()),
        ["We are at 12 Lamp Lane."]
    );
    assert_eq!(to(transfer(step(&tree, "lantern 5: lua")).then.as_ref()), "lantern");
    // Silence ends in an application of its own, wrong keys in the exit sound.
    assert_eq!(to(menu(top).no_input.as_ref()), "to 2000 XML default (2)");
    assert_eq!(to(menu(top).no_match.as_ref()), "lantern: invalid");
    assert_eq!(leads(step(&tree, "lantern: invalid")), "lantern: exit");
    assert_eq!(leads(step(&tree, "lantern: exit")), "after the menu");
    let left = |what: &str| tree.unknowns.iter().any(|unknown| unknown.what == what);
    assert!(left("what follows when the menu `lantern` is left"));
    assert!(left("what `lua price.lua today` does"));
}

#[test]
fn a_menu_returns_to_the_one_that_led_to_it() {
    let tree = one(MENUS);
    let orders = menu(step(&tree, "orders"));
    // 0 and missing values are the engine's own.
    assert_eq!(orders.timeout.map(|timeout| timeout.value), Some(10_000));
    let five = Attempts::Apart {
        no_input: 5,
        no_match: 5,
    };
    assert_eq!(orders.attempts.map(|attempts| attempts.value), Some(five));
    assert_eq!(
        (to(orders.no_input.as_ref()), to(orders.no_match.as_ref())),
        ("lantern", "lantern")
    );
    assert_eq!(
        options(step(&tree, "orders"))[1..],
        [("2", "orders to track"), ("*", "lantern"), ("9", "lantern")]
    );
    let trunk = transfer(step(&tree, "orders 1: bridge"));
    assert_eq!((trunk.reaches, to(trunk.unanswered.as_ref())), (None, "orders"));
    let back = step(&tree, "orders").choices()[2].role.map(|role| role.value);
    assert_eq!(back, Some(Role::Back));
}

#[test]
fn a_menu_that_several_lead_to_is_a_subtree() {
    let tree = one(MENUS);
    let exits = |name: &str| match &step(&tree, name).kind {
        StepKind::Subtree { entry, exits, .. } => {
            assert_eq!(entry.as_ref().map(|entry| entry.value.as_str()), Some("track"));
            exits
                .iter()
                .map(|(name, target)| format!("{}: {}", name.value, target.name.value))
                .collect::<Vec<_>>()
        }
        kind => panic!("no subtree but {kind:?}"),
    };
    let out = "out: lantern: exit";
    assert_eq!(
        exits("orders to track"),
        ["back: orders", "top: lantern", out, "to orders: orders"]
    );
    assert_eq!(
        exits("repairs to track"),
        ["back: repairs behind its pin", "top: lantern", out, "to orders: orders"]
    );
    assert_eq!(
        options(step(&tree, "track"))[1..],
        [
            ("*", "leave track: back"),
            ("9", "leave track: top"),
            ("8", "leave track: out"),
            ("7", "leave track: to orders")
        ]
    );
    assert_eq!(to(menu(step(&tree, "track")).no_input.as_ref()), "leave track: back");
}

#[test]
fn a_pin_is_asked_for_first() {
    let tree = one(MENUS);
    let StepKind::Collect(pin) = &step(&tree, "repairs").kind else {
        panic!("no question")
    };
    assert!(pin.secret);
    assert_eq!(
        pin.digits.map(|digits| (digits.value.min, digits.value.max)),
        Some((4, 4))
    );
    assert_eq!(
        (to(pin.then.as_ref()), to(pin.otherwise.as_ref())),
        ("repairs behind its pin", "lantern: exit")
    );
    let own = menu(step(&tree, "repairs behind its pin"));
    assert_eq!(words(own.reprompts.no_match.first()), ["<wrong.wav>", "<repairs.wav>"]);
    let StepKind::Voicemail { owner, then, .. } = &step(&tree, "repairs 1: voicemail").kind else {
        panic!("no voicemail")
    };
    assert_eq!(owner.as_ref().map(|owner| owner.value.as_str()), Some("2100"));
    assert_eq!(to(then.as_ref()), "repairs behind its pin");
}

#[test]
fn a_configuration_is_one_line() {
    let tree = of_shop();
    assert_eq!(tree.name.as_ref().map(|name| name.value.as_str()), Some("lantern_line"));
    assert_eq!(tree.line.as_ref().map(|line| line.value.as_str()), Some("15551230100"));
    assert_eq!(tree.language(), "en");
    let hours = step(&tree, "lantern_line: hours");
    assert_eq!(to(tree.entry.as_ref()), "lantern_line: hours");
    let StepKind::Hours {
        schedule, open, closed, ..
    } = &hours.kind
    else {
        panic!("no hours")
    };
    assert_eq!(
        schedule.as_ref().map(|name| name.value.as_str()),
        Some("wday-2-6-time-of-day-09-00-17-30")
    );
    let week = &tree.schedules[0].open;
    assert_eq!(week.ranges.len(), 5, "Monday to Friday");
    assert_eq!(week.ranges[0], (9 * 60, 17 * 60 + 30));
    assert_eq!(
        (to(open.as_ref()), to(closed.as_ref())),
        ("lantern_line: playback", "lantern_line: caller_is_vip")
    );
    let hello = step(&tree, "lantern_line: playback");
    assert_eq!(
        words(hello.prompt.as_ref()),
        ["500 ms", "</opt/lantern/sounds/greetings/hello.wav>"]
    );
    assert_eq!(leads(hello), "lantern");
    // What follows `ivr` is done when the menu is left.
    assert_eq!(leads(step(&tree, "lantern: exit")), "lantern_line: playback (2)");
    assert_eq!(leads(step(&tree, "lantern_line: playback (2)")), "end of the call");
}

#[test]
fn conditions_on_data_are_decisions() {
    let tree = of_shop();
    let StepKind::Decision { on, cases, otherwise } = &step(&tree, "lantern_line: caller_is_vip").kind else {
        panic!("no decision")
    };
    assert_eq!(on.as_ref().map(|on| on.value.as_str()), Some("caller_is_vip"));
    assert_eq!(
        (cases[0].value.value.as_str(), to(Some(&cases[0].to))),
        ("true", "lantern_line: bridge")
    );
    assert_eq!(to(otherwise.as_ref()), "lantern_line: voicemail");
    let desk = transfer(step(&tree, "lantern_line: bridge"));
    assert_eq!(desk.rings.map(|rings| rings.value), Some(20_000));
    // Without `continue_on_fail`, a busy line ends the call, and no answer does not.
    assert_eq!(
        (to(desk.busy.as_ref()), to(desk.unanswered.as_ref())),
        ("-", "end of the call")
    );
}

#[test]
fn transfers_are_followed_through_the_dial_plan() {
    let tree = of_shop();
    let top = step(&tree, "lantern");
    let target = |key: &str| options(top).into_iter().find(|(own, _)| *own == key).map(|(_, to)| to);
    assert_eq!(target("0"), Some("desk: bridge"));
    let desk = transfer(step(&tree, "desk: bridge"));
    assert_eq!(desk.reaches.map(|reaches| reaches.value), Some(Reaches::Person));
    assert_eq!(desk.rings.map(|rings| rings.value), Some(25_000));
    assert_eq!(
        (to(desk.busy.as_ref()), to(desk.unanswered.as_ref())),
        ("box: voicemail", "box: voicemail")
    );
    // Twenty numbers lead to one extension.
    assert_eq!(target("101X"), Some("telephones: bridge"));
    let telephone = transfer(step(&tree, "telephones: bridge"));
    assert_eq!(telephone.reaches.map(|reaches| reaches.value), Some(Reaches::Person));
    let StepKind::Queue(queue) = &step(&tree, "lantern 4: lamps@default").kind else {
        panic!("no queue")
    };
    let overflow = queue.overflow.as_ref().expect("an overflow");
    assert_eq!(overflow.after.map(|after| after.value), Some(90_000));
    assert_eq!(
        (to(overflow.to.as_ref()), to(queue.otherwise.as_ref())),
        ("lantern", "lantern")
    );
    let spoken = words(step(&tree, "orders").prompt.as_ref());
    assert_eq!(
        spoken,
        [
            "</opt/lantern/sounds/greetings/orders.wav>",
            "To track an order, press 2.",
            "300 ms"
        ]
    );
}

#[test]
fn keys_that_the_dial_plan_asks_for() {
    let import = import_text(SURVEY);
    let tree = &import.trees[0];
    let ask = step(tree, "survey: play_and_get_digits");
    assert_eq!(words(ask.prompt.as_ref()), ["Press 1 if you are happy, 2 if not."]);
    assert_eq!(
        options(ask),
        [("1", "happy: read"), ("2", "unhappy: complaints@lantern")]
    );
    let own = menu(ask);
    assert_eq!(
        own.attempts.map(|attempts| attempts.value),
        Some(Attempts::Apart {
            no_input: 3,
            no_match: 3
        })
    );
    assert_eq!(to(own.no_input.as_ref()), "no extension takes the call");
    let StepKind::Collect(order) = &step(tree, "happy: read").kind else {
        panic!("no question")
    };
    assert_eq!(
        order.attempts.map(|attempts| attempts.value),
        Some(Attempts::Together(1))
    );
    assert_eq!(order.timeout.map(|timeout| timeout.value), Some(9_000));
    assert_eq!(
        (to(order.then.as_ref()), to(order.otherwise.as_ref())),
        ("happy: speak", "happy: speak")
    );
    assert_eq!(
        words(step(tree, "happy: speak").prompt.as_ref()),
        ["Thank you, and goodbye."]
    );
    assert_eq!(leads(step(tree, "happy: speak")), "happy: hangup");
    let strange: Vec<&str> = import.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        strange,
        ["the application `frobnicate` is not understood; it is met once"]
    );
}

#[test]
fn mistakes_that_the_engine_does_not_forgive() {
    let found = |entry: &str| {
        let text = format!("<include><menu name='m' greet-long='a.wav' digit-len='2'>{entry}</menu></include>");
        import_text(&text)
            .problems
            .into_iter()
            .map(|problem| problem.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("<entry action='menu-exit' digits='1'/>"), []);
    assert_eq!(
        found("<entry action='menu-leave' digits='1'/>"),
        [ProblemKind::BadValue]
    );
    assert_eq!(found("<entry action='menu-exit'/>"), [ProblemKind::MissingField]);
    assert_eq!(found("<entry action='menu-exit' digits='#'/>"), [ProblemKind::BadValue]);
    assert_eq!(
        found("<entry action='menu-exit' digits='/^\\d{4}$/'/>"),
        [ProblemKind::BadValue]
    );
    assert_eq!(
        found("<entry action='menu-exit' digits='/1/'/>"),
        [ProblemKind::NotUnderstood]
    );
    assert_eq!(
        found("<entry action='menu-sub' digits='1' param='transfer 1 XML x'/>"),
        [ProblemKind::BadValue]
    );
    let silent = import_text("<menu name='m'><entry action='menu-exit' digits='1'/></menu>");
    assert_eq!(silent.problems[0].kind, ProblemKind::MissingField);
    let twice = "<menu name='m' greet-long='a.wav'/>";
    assert_eq!(
        import_text(&format!("<include>{twice}{twice}</include>")).problems[0].kind,
        ProblemKind::DuplicateName
    );
}

#[test]
fn a_variable_that_is_set_too_late_is_told() {
    let plan = |inline: &str| {
        format!(
            "<context name='c'><extension name='h' continue='true'><condition wday='2-6'>\
             <action application='set' data='open=true'{inline}/></condition></extension>\
             <extension name='in'><condition field='destination_number' expression='^1$'/>\
             <condition field='${{open}}' expression='^true$'><action application='ivr' data='m'/>\
             <anti-action application='playback' data='closed.wav'/></condition></extension></context>"
        )
    };
    let told = |text: &str| {
        import_text(text)
            .problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::BadValue)
    };
    assert!(told(&plan("")));
    assert!(!told(&plan(" inline='true'")));
}

#[test]
fn what_nobody_dials_into_is_refused() {
    let why = |text: &str| {
        let import = import_text(text);
        assert!(import.trees.is_empty());
        import.refused.into_iter().map(|(_, why)| why).collect::<Vec<_>>()
    };
    let plan = "<context name='c'><extension name='e'><condition field='destination_number' expression='^1$'>\
                <action application='bridge' data='user/1'/></condition></extension></context>";
    assert_eq!(why(plan), ["a dial plan without a phone menu"]);
    assert_eq!(
        why("<include><X-PRE-PROCESS cmd='set' data='a=b'/></include>"),
        ["a part of a FreeSWITCH configuration without a phone menu"]
    );
    let template = "<include><menu name='m' greet-long='a'>{% for e in entries %}<entry action='menu-exit'/>{% endfor %}</menu></include>";
    assert_eq!(why(template), ["a template: render it first"]);
    let curly = "<menu name=\u{201c}m\u{201d} greet-long='a'><entry action='menu-exit' digits='1'/></menu>";
    assert_eq!(why(curly).len(), 1);
}

#[test]
fn files_of_others_are_left_alone() {
    for text in [
        "",
        "<vxml version='2.1'><menu id='m'><choice dtmf='1' next='#a'/></menu></vxml>",
        "<html><menu name='x'></menu></html>",
        "phone-tree: 1\n",
        "{\"StartAction\": 1, \"Actions\": []}",
        "# notes\n<menu name='m' greet-long='a'>",
    ] {
        assert!(!freeswitch::may_be(text), "{text}");
        assert!(freeswitch::read(&Source::new("x", text)).is_none());
    }
    assert!(!connect::may_be(MENUS));
    assert!(freeswitch::may_be(MENUS) && freeswitch::may_be(SURVEY));
}

#[test]
fn files_of_one_configuration_have_one_root() {
    for (path, root) in [
        ("conf/vanilla/ivr_menus/demo.xml", "conf/vanilla"),
        ("conf/vanilla/dialplan/public/00.xml", "conf/vanilla"),
        ("conf/vanilla/vars.xml", "conf/vanilla"),
        ("conf/vanilla/lang/en/en.xml", "conf/vanilla"),
        ("dialplan/default.xml", ""),
        ("menu.xml", ""),
    ] {
        assert_eq!(freeswitch::root(path), root, "{path}");
    }
}

#[test]
fn every_place_points_into_the_original() {
    let source = shop();
    for tree in freeswitch::read(&source).expect("a configuration").trees {
        for step in &tree.steps {
            assert!(
                source.text.get(step.span.range()).is_some_and(|text| !text.is_empty()),
                "{step:?}"
            );
            for choice in step.choices() {
                let keys = choice.keys.as_ref().expect("keys");
                assert!(source.text[keys.span.range()].len() < 40, "{keys:?}");
            }
        }
    }
}

#[test]
fn what_is_written_of_a_tree_is_audited_alike() {
    for source in [
        shop(),
        Source::new("menus.xml", MENUS),
        Source::new("survey.xml", SURVEY),
    ] {
        for tree in freeswitch::read(&source).expect("a configuration").trees {
            round_trip::keeps_figures_and_findings(&source.name, &source, tree);
        }
    }
}

/// What stands behind the run of an extension follows it, from the first action on.
#[test]
fn what_follows_an_extension_that_was_run_begins_with_the_next_action() {
    let text = "<context name='c'><extension name='ask'><condition field='destination_number' expression='^1$'>\
        <action application='play_and_get_digits' data='1 1 3 5000 # a.wav b.wav key \\d'/>\
        <action application='execute_extension' data='k${key} XML c'/>\
        <action application='playback' data='sorry.wav'/><action application='bridge' data='user/1000'/></condition></extension>\
        <extension name='k1'><condition field='destination_number' expression='^k1$'>\
        <action application='voicemail' data='default d 1'/></condition></extension></context>";
    let tree = one(text);
    let StepKind::Menu(menu) = &tree
        .steps
        .iter()
        .find(|step| matches!(step.kind, StepKind::Menu(_)))
        .expect("a menu")
        .kind
    else {
        panic!("no menu");
    };
    assert_eq!(to(menu.no_input.as_ref()), "ask: playback");
}

/// Extensions that run one another and go on behind that are followed to some depth only.
#[test]
fn extensions_that_run_one_another_end() {
    let text = "<context name='c'><extension name='round'><condition field='destination_number' expression='^1$'>\
        <action application='play_and_get_digits' data='1 1 3 7000 # ask.wav wrong.wav answer [12]'/>\
        <action application='execute_extension' data='1 XML c'/><action application='playback' data='bye.wav'/>\
        </condition></extension></context>";
    let tree = one(text);
    assert!((8..100).contains(&tree.steps.len()), "{}", tree.steps.len());
    let open = |unknown: &Unknown| unknown.what == "what follows extensions that run one another";
    assert!(tree.unknowns.iter().any(open), "{:?}", tree.unknowns);
}

/// Where nothing that fits is entered, the call is transferred, and what stands behind is never done.
#[test]
fn a_failed_entry_is_transferred() {
    let text = "<context name='c'><extension name='ask'><condition field='destination_number' expression='^1$'>\
        <action application='play_and_get_digits' data='1 1 3 7000 # ask.wav wrong.wav answer [12] 2000 9'/>\
        <action application='playback' data='thanks.wav'/></condition></extension>\
        <extension name='desk'><condition field='destination_number' expression='^9$'>\
        <action application='playback' data='moment.wav'/></condition></extension></context>";
    let tree = one(text);
    let message = tree
        .steps
        .iter()
        .find(|step| step.name.value.starts_with("desk"))
        .expect("the desk");
    assert_eq!(
        message.targets().next().map(|to| to.name.value.as_str()),
        Some("end of the call"),
        "{tree:?}"
    );
}

#[test]
fn what_is_large_or_goes_round_stays_cheap() {
    // Menus that all lead to one another: ways are not multiplied.
    let mut text = String::from("<include>");
    for menu in 0..60 {
        text.extend([format!("<menu name='m{menu}' greet-long='say:x'>")]);
        for other in 0..60 {
            text.extend([format!("<entry action='menu-sub' digits='{other}' param='m{other}'/>")]);
        }
        text.push_str("</menu>");
    }
    text.push_str("</include>");
    let tree = one(&text);
    assert!(tree.steps.len() < 10_000, "{}", tree.steps.len());
    // Extensions that go round in a circle, and conditions deep in one another.
    let mut text = String::from("<context name='c'>");
    for at in 0..500 {
        let next = (at + 1) % 500;
        text.extend([format!(
            "<extension name='e{at}' continue='true'><condition field='${{x{at}}}' expression='y' break='never'>\
             <action application='playback' data='a.wav'/></condition>\
             <condition field='destination_number' expression='^{at}$'>\
             <action application='transfer' data='{next} XML c'/></condition></extension>"
        )]);
    }
    text.push_str("<extension name='m'><condition field='destination_number' expression='^7$'><action application='ivr' data='q'/></condition></extension></context>");
    assert!(!import_text(&text).trees.is_empty());
    let deep = format!(
        "<extension>{}{}</extension><menu name='m' greet-long='x'/>",
        "<condition>".repeat(5_000),
        "</condition>".repeat(5_000)
    );
    drop(import_text(&deep));
    let set = (0..40).map(|at| format!("<X-PRE-PROCESS cmd='set' data='v{}=$${{v{at}}}$${{v{at}}}'/>", at + 1));
    drop(import_text(&set.collect::<String>()));
}

fn is_sound(text: &str) {
    let source = Source::new("any.xml", text);
    let Some(import) = freeswitch::read(&source) else {
        return;
    };
    let fits = |span: Span| text.get(span.range()).is_some();
    for problem in &import.problems {
        assert!(fits(problem.span), "{problem:?}");
    }
    for tree in import.trees {
        assert!(tree.unknowns.iter().all(|unknown| fits(unknown.span)));
        for step in &tree.steps {
            assert!(fits(step.span) && fits(step.name.span));
            assert!(
                step.targets()
                    .all(|target| fits(target.name.span) && target.step.is_some()),
                "{step:?}"
            );
        }
        let mut portfolio = Portfolio::default();
        portfolio.add(source.clone(), "any", vec![tree]);
        assert!(portfolio.audit_at(0, Pace::default(), None).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn mutilated_files_are_read(
        menus in any::<bool>(),
        cut in 0_usize..4_000,
        at in 0_usize..4_000,
        with in r#"[<>/'"&${}^()|*\[\]\\ a-z0-9#]{0,12}"#,
    ) {
        let text = if menus { MENUS } else { SURVEY };
        let cut = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let at = (0..=at.min(cut)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        is_sound(&format!("{}{with}{}", &text[..at], &text[at..cut]));
        is_sound(&format!("{}{with}{}", &text[..at], &text[at..]));
    }
}

/// A dial plan whose line asks for a key, with these extensions beside it.
fn asking(then: &str, beside: &str) -> String {
    format!(
        "<context name='c'><extension name='line'><condition field='destination_number' expression='^5550100$'>\
         <action application='play_and_get_digits' data='1 1 3 5000 # menu.wav wrong.wav key \\d'/>{then}\
         </condition></extension>{beside}</context>"
    )
}

fn extension(name: &str, number: &str, key: &str, does: &str) -> String {
    format!(
        "<extension name='{name}'><condition field='destination_number' expression='{number}'/>\
         <condition field='${{key}}' expression='{key}'>{does}</condition></extension>"
    )
}

#[test]
fn keys_that_conditions_ask_for_behind_a_transfer_are_options() {
    let person = "<action application='bridge' data='user/1'/>";
    let queue = "<action application='callcenter' data='help@default'/>";
    let again = "<action application='playback' data='nothing.wav'/><action application='transfer' data='5550100'/>";
    let beside = [
        extension("silent", "^route$", "^$", again),
        extension("sales", "^route$", "^1$", person),
        extension("help", "^route$", "^[23]$", queue),
        extension("rest", "^route$", "^(.*)$", "<action application='hangup'/>"),
    ];
    for then in ["transfer' data='route XML c'", "execute_extension' data='route'"] {
        let tree = one(&asking(&format!("<action application='{then}/>"), &beside.concat()));
        assert_eq!(tree.line.as_ref().map(|line| line.value.as_str()), Some("5550100"));
        let ask = step(&tree, "line: play_and_get_digits");
        let help = "help: help@default";
        assert_eq!(options(ask), [("1", "sales: bridge"), ("2", help), ("3", help)]);
        let own = menu(ask);
        // A digit that no condition names leads on at once, and nothing entered is the empty value.
        let apart = Attempts::Apart {
            no_input: 3,
            no_match: 1,
        };
        assert_eq!(own.attempts.map(|attempts| attempts.value), Some(apart));
        assert_eq!(to(own.no_input.as_ref()), "silent: playback");
        assert_eq!(to(own.no_match.as_ref()), "rest: hangup");
        assert!(
            tree.unknowns.iter().all(|open| !open.what.contains("key")),
            "{:?}",
            tree.unknowns
        );
    }
    // Without a condition for the empty value, it is what takes any value.
    let tree = one(&asking(
        "<action application='transfer' data='route'/>",
        &beside[1..].concat(),
    ));
    assert_eq!(
        to(menu(step(&tree, "line: play_and_get_digits")).no_input.as_ref()),
        "rest: hangup"
    );
    // What is asked of anything else is no key.
    let other = beside.concat().replace("${key}", "${account}");
    let tree = one(&asking("<action application='transfer' data='route'/>", &other));
    assert!(matches!(
        step(&tree, "line: play_and_get_digits").kind,
        StepKind::Collect(_)
    ));
}

#[test]
fn silence_leads_to_the_extension_of_a_name_without_keys() {
    let plain = |name: &str, number: &str, does: &str| {
        format!(
            "<extension name='{name}'><condition field='destination_number' expression='{number}'>{does}</condition></extension>"
        )
    };
    let beside = [
        plain("one", "^key_1$", "<action application='bridge' data='user/1'/>"),
        plain("none", "^key_$", "<action application='playback' data='nothing.wav'/>"),
        plain(
            "any",
            "^key_(.*)$",
            "<action application='callcenter' data='help@default'/>",
        ),
    ];
    let no_input = |then: &str, beside: &str| {
        let tree = one(&asking(
            &format!("<action application='{then}/><action application='answer'/>"),
            beside,
        ));
        to(menu(step(&tree, "line: play_and_get_digits")).no_input.as_ref()).to_owned()
    };
    assert_eq!(
        no_input("transfer' data='key_${key} XML c'", &beside.concat()),
        "none: playback"
    );
    let without = [&beside[..1], &beside[2..]].concat().concat();
    assert!(no_input("transfer' data='key_${key}'", &without).starts_with("any: help@default"));
    assert_eq!(
        no_input("transfer' data='key_${key}'", &beside[0]),
        "no extension takes the call"
    );
    // Nothing is left of the name, and the next word takes its place.
    let digits = plain("digit", "^\\d$", "<action application='bridge' data='user/1'/>");
    assert_eq!(
        no_input("transfer' data='${key} XML c'", &digits),
        "no extension takes the call"
    );
    assert_eq!(no_input("transfer' data='${key}'", &digits), "end of the call");
}

#[test]
fn extensions_with_words_for_numbers_are_found() {
    let word = |word: &str, does: &str| {
        format!(
            "<extension name='x-{word}'><condition field='destination_number' expression='^{word}$'>{does}</condition></extension>"
        )
    };
    let plan = |extensions: &[String]| {
        let menus = ["main", "support"].map(|name| {
            format!(
                "<menu name='{name}' greet-long='{name}.wav'><entry action='menu-exec-app' digits='1' \
                 param='transfer {name}_1 XML c'/></menu>"
            )
        });
        import_text(&format!(
            "<include><context name='c'>{}</context>{}</include>",
            extensions.concat(),
            menus.concat()
        ))
    };
    let ivr = |name: &str| format!("<action application='ivr' data='{name}'/>");
    let bridge = "<action application='bridge' data='user/1'/>";
    let all = [
        word("main_ivr", &ivr("main")),
        word("support", &ivr("support")),
        word("main_1", bridge),
        word("support_1", "<action application='transfer' data='main_ivr'/>"),
        word("sales", bridge),
        word("night", "<action application='lua' data='night.lua'/>"),
    ];
    let import = plan(&all);
    let names: Vec<&str> = import
        .trees
        .iter()
        .filter_map(|tree| Some(tree.name.as_ref()?.value.as_str()))
        .collect();
    assert_eq!(names, ["x-support"]);
    let tree = &import.trees[0];
    assert_eq!(tree.line, None, "a word is no number");
    assert_eq!(options(step(tree, "main")), [("1", "x-main_1: bridge")]);
    let told: Vec<&str> = import.problems.iter().map(|problem| problem.message.as_str()).collect();
    let left = "2 extensions that lead to somebody or to a program, and to no menu, are not audited";
    assert_eq!(told, [left]);
    assert_eq!(plan(&all[..4]).problems, []);
}
