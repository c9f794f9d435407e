//! Genesys Cloud Architect: what flows become, and that every place points into the original.

#[path = "common/files.rs"]
mod files;

use presszero::audit::Portfolio;
use presszero::check::check;
use presszero::document::tree::{Attempts, Choice, Content, PhoneTree, Reaches, Role, Step, StepKind, Target};
use presszero::error::ProblemKind;
use presszero::graph::pace::Pace;
use presszero::import::{Import, genesys};
use presszero::settings::Settings;
use presszero::source::{Source, Span};
use proptest::prelude::*;
use std::fmt::Write;

const HARBOUR: &str = include_str!("fixtures/genesys/harbour.yaml");
const TEMPLATE: &str = include_str!("fixtures/genesys/template.yaml");
const BRANCH: &str = include_str!("fixtures/genesys/branch.yaml");
const WAITING: &str = include_str!("fixtures/genesys/waiting.yaml");

fn import_text(text: &str) -> Import {
    genesys::read(&Source::new("flow.yaml", text)).expect("a flow")
}

fn one(text: &str) -> PhoneTree {
    let mut import = import_text(text);
    assert_eq!(import.refused, []);
    import.trees.pop().expect("a tree")
}

/// A flow with these menus and tasks, which begins at the task `Main_1` unless it has a menu only.
fn flow(body: &str) -> PhoneTree {
    one(&format!("inboundCall:\n  name: Line\n  defaultLanguage: en-us\n{body}"))
}

fn task(actions: &str) -> PhoneTree {
    flow(&format!(
        "  startUpRef: /inboundCall/tasks/task[Main_1]\n  tasks:\n    - task:\n        name: Main\n        refId: Main_1\n        actions:\n{actions}"
    ))
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
    let shown = |choice: &'_ Choice| choice.keys.as_ref().map(|keys| keys.value.as_str().to_owned());
    choices
        .iter()
        .map(|c| {
            assert_eq!(shown(c).is_some(), c.keys.is_some());
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
fn the_flow_itself() {
    let tree = one(HARBOUR);
    assert_eq!(tree.name.as_ref().map(|n| n.value.as_str()), Some("Harbour Ferries"));
    assert_eq!(tree.language(), "en-GB");
    assert_eq!(to(tree.entry.as_ref()), "Initial Greeting");
    let greeting = step(&tree, "Initial Greeting");
    let parts: Vec<Content> = greeting
        .prompt
        .iter()
        .flat_map(|p| &p.segments)
        .map(|s| s.content.clone())
        .collect();
    assert_eq!(
        parts,
        [
            Content::Pause,
            Content::Text("Welcome to Harbour Ferries,".into()),
            Content::Value("Flow.season".into()),
            Content::Audio {
                file: "Prompt.jingle".into(),
                text: None
            },
        ]
    );
    let StepKind::Message { then, barge_in, .. } = &greeting.kind else {
        panic!("no message")
    };
    assert_eq!(
        (to(then.as_ref()), *barge_in),
        ("Opening / Evaluate Schedule Group", Some(false))
    );
    assert_eq!(
        tree.step("Opening / Set Participant Data").map(|s| &s.kind),
        None,
        "it is passed over"
    );
}

#[test]
fn a_menu_with_inherited_settings() {
    let tree = one(HARBOUR);
    let StepKind::Menu(menu) = &step(&tree, "Main Menu").kind else {
        panic!("no menu")
    };
    assert_eq!(
        options(&menu.keys),
        [
            ("1", "Ticket Menu"),
            ("2", "Timetable / Play Audio"),
            ("3", "Lost property"),
            ("0", "Operator"),
            ("*", "Main Menu"),
            ("9", "Main Menu / Disconnect")
        ]
    );
    assert_eq!(menu.timeout.map(|t| t.value), Some(8000), "the flow's own");
    assert_eq!(
        menu.attempts.map(|a| a.value),
        Some(Attempts::Together(4)),
        "the menu's own"
    );
    assert_eq!(
        (to(menu.no_input.as_ref()), to(menu.no_match.as_ref())),
        ("Operator", "Operator")
    );
    let says: Vec<&str> = menu.keys[0].says.iter().map(|says| says.value.as_str()).collect();
    assert_eq!(says, ["tickets", "booking"], "in the flow's language");
    assert_eq!(menu.keys[4].role.map(|role| role.value), Some(Role::Repeat));
    let StepKind::Menu(inner) = &step(&tree, "Ticket Menu").kind else {
        panic!("no menu")
    };
    assert_eq!(
        inner.attempts.map(|a| a.value),
        Some(Attempts::Together(2)),
        "the flow's own"
    );
    assert_eq!(inner.no_input, None, "without a default choice the line drops");
    assert_eq!(inner.keys[2].role.map(|role| role.value), Some(Role::Back));
    assert_eq!(
        options(&inner.keys)[2..],
        [("*", "Main Menu"), ("0", "Operator")],
        "0 works everywhere"
    );
}

#[test]
fn without_a_group_of_emergencies_there_are_none() {
    let hours = |group: &str| {
        task(&format!(
            "          - evaluateScheduleGroup:\n              name: Hours\n              scheduleGroup:\n                lit:\n                  name: Office\n{group}              outputs:\n                closed:\n                  actions:\n                    - disconnect:\n                        none: true\n          - playAudio:\n              audio:\n                tts: We are open.\n"
        ))
    };
    for (group, is_given) in [
        ("", true),
        (
            "              emergencyGroup:\n                lit:\n                  name: Fire\n",
            true,
        ),
        ("              emergencyGroup:\n                noValue: true\n", false),
    ] {
        let tree = hours(group);
        let ways = tree.steps.iter().find_map(|step| match &step.kind {
            StepKind::Hours { emergency, .. } => Some(emergency.is_some()),
            _ => None,
        });
        assert_eq!(ways, Some(is_given), "{group}");
    }
}

/// Whom an extension leads to is not in the flow, so that it cannot be said that nobody is reached.
#[test]
fn who_knows_an_extension_may_reach_somebody() {
    for (listens, reached) in [("true", ", except by callers who know an extension"), ("false", "")] {
        let tree = flow(&format!(
            "  startUpRef: ./menus/menu[m]\n  menus:\n    - menu:\n        name: M\n        refId: m\n        settingsMenu:\n          listenForExtensionDialing:\n            lit: {listens}\n        choices:\n          - menuDisconnect:\n              name: End\n              dtmf: digit_9\n"
        ));
        let mut portfolio = Portfolio::default();
        portfolio.add(Source::new("flow.yaml", ""), "genesys-architect", vec![tree]);
        let audit = portfolio.audit(0, Pace::default()).expect("an audit");
        let findings = check(&audit, &Settings::default()).findings;
        let message = findings.iter().find(|finding| finding.rule == "human-unreachable");
        assert_eq!(
            message.map(|finding| finding.message.as_str()),
            Some(format!("no person can be reached{reached}, and no step is one").as_str())
        );
    }
}

#[test]
fn settings_that_nobody_gives() {
    let tree = flow(
        "  startUpRef: ./menus/menu[m]\n  menus:\n    - menu:\n        name: M\n        refId: m\n        choices:\n          - menuDisconnect:\n              name: End\n              dtmf: digit_pound\n",
    );
    let StepKind::Menu(menu) = &step(&tree, "M").kind else {
        panic!("no menu")
    };
    assert_eq!(menu.timeout.map(|t| t.value), Some(10_000));
    assert_eq!(menu.attempts.map(|a| a.value), Some(Attempts::Together(3)));
    assert_eq!(options(&menu.keys), [("#", "End")]);
    assert_eq!(to(tree.entry.as_ref()), "M");
}

#[test]
fn hours_of_which_two_outputs_go_on() {
    let tree = one(HARBOUR);
    let StepKind::Hours {
        schedule,
        open,
        closed,
        holiday,
        emergency,
    } = &step(&tree, "Opening / Evaluate Schedule Group").kind
    else {
        panic!("no hours")
    };
    assert_eq!(*schedule, None);
    let ways = [open, closed, holiday, emergency].map(|target| to(target.as_ref()));
    assert_eq!(ways, ["Main Menu", "Night box", "Holiday notice", "Main Menu"]);
    assert_eq!(
        unknowns(&tree, "Opening / Evaluate Schedule Group"),
        ["the opening hours `Ferry hours`"]
    );
    let StepKind::Voicemail { owner, .. } = &step(&tree, "Night box").kind else {
        panic!("no voicemail")
    };
    assert_eq!(owner.as_ref().map(|owner| owner.value.as_str()), Some("Ticket Sales"));
}

#[test]
fn transfers_and_what_follows_their_failure() {
    let tree = one(HARBOUR);
    let queue = step(&tree, "Day tickets");
    assert!(matches!(queue.kind, StepKind::Queue(_)));
    assert_eq!(to(queue.error.as_ref()), "Day tickets / failed");
    assert_eq!(
        unknowns(&tree, "Day tickets"),
        ["how long callers wait in the queue `Changes`"]
    );
    let StepKind::Callback { then, .. } = &step(&tree, "Call back").kind else {
        panic!("no callback")
    };
    assert_eq!(to(then.as_ref()), "Change / Disconnect");
    let StepKind::Transfer(user) = &step(&tree, "Operator").kind else {
        panic!("no transfer")
    };
    assert_eq!(user.reaches.map(|r| r.value), Some(Reaches::Person));
    assert_eq!(user.rings.map(|r| r.value), Some(25_000), "the flow's own");
    assert_eq!(to(user.unanswered.as_ref()), "Operator / voicemail");
    let StepKind::Transfer(group) = &step(&tree, "Desk").kind else {
        panic!("no transfer")
    };
    assert_eq!(
        to(group.unanswered.as_ref()),
        "Retry / end",
        "no mailbox: the task ends"
    );
    let StepKind::Transfer(number) = &step(&tree, "Season desk").kind else {
        panic!("no transfer")
    };
    assert_eq!(
        (number.reaches, to(number.busy.as_ref())),
        (None, "Change / Disconnect")
    );
    assert_eq!(unknowns(&tree, "Season desk"), ["what `+15550100` leads to"]);
    let in_menu = step(&tree, "New tickets");
    assert_eq!(in_menu.error, None, "a menu has no failure output");
}

#[test]
fn an_entry_that_is_compared_with_keys_is_a_menu() {
    let tree = one(HARBOUR);
    let StepKind::Menu(menu) = &step(&tree, "Ask kind").kind else {
        panic!("no menu")
    };
    assert_eq!(options(&menu.keys), [("1", "Ask number"), ("2", "Season desk")]);
    assert_eq!(
        (to(menu.no_input.as_ref()), to(menu.no_match.as_ref())),
        ("Count", "Count")
    );
    assert_eq!(menu.timeout.map(|t| t.value), Some(7000));
    assert!(
        tree.step("Which kind").is_none(),
        "nothing leads to the switch any more"
    );
}

#[test]
fn the_other_way_takes_the_other_keys_that_are_offered() {
    let tree = task(
        "          - collectInput:
              name: Ask
              inputData: {var: Task.c}
              digits: {range: {terminatingDtmf: digit_9, min: 1, max: 2}}
              inputAudio: {tts: 'Press 1 for yes, 2 for no, or 9 to end.'}
          - decision:
              name: Yes
              condition: {exp: 'Task.c == \"1\"'}
              outputs:
                \"yes\": {actions: [{playAudio: {name: A, audio: {tts: Yes it is}}}]}
                \"no\": {actions: [{playAudio: {name: B, audio: {tts: No it is not}}}]}
",
    );
    let StepKind::Menu(menu) = &step(&tree, "Ask").kind else {
        panic!("no menu")
    };
    assert_eq!(options(&menu.keys), [("1", "A"), ("2", "B"), ("9", "B")]);
    assert_eq!(to(menu.no_input.as_ref()), "B", "silence goes on to the comparison");
}

#[test]
fn an_entry_of_data() {
    let tree = one(HARBOUR);
    let number = step(&tree, "Booking number");
    let StepKind::Collect(collect) = &number.kind else {
        panic!("no entry")
    };
    assert_eq!(
        collect.collects.as_ref().map(|c| c.value.as_str()),
        Some("booking-number")
    );
    assert_eq!(collect.digits.map(|d| (d.value.min, d.value.max)), Some((4, 6)));
    assert_eq!(collect.terminator.as_ref().map(|t| t.value.as_str()), Some("#"));
    assert_eq!(collect.attempts.map(|a| a.value), Some(Attempts::Together(1)));
    assert_eq!(collect.inter_digit.map(|t| t.value), Some(3000));
    assert_eq!(
        (to(collect.then.as_ref()), to(collect.otherwise.as_ref())),
        ("Look up booking", "Three rounds")
    );
    assert!(
        number
            .sets
            .iter()
            .any(|(fact, _)| fact.value == "IsNotSetOrEmpty(Task.bookingNumber)")
    );
    let lookup = step(&tree, "Look up booking");
    let StepKind::Decision { cases, otherwise, .. } = &lookup.kind else {
        panic!("no decision")
    };
    assert_eq!(
        (cases[0].value.value.as_str(), to(Some(&cases[0].to))),
        ("timeout", "Three rounds")
    );
    assert_eq!(to(otherwise.as_ref()), "Number / Exit Loop");
    assert!(lookup.prompt.is_some(), "what is heard while the system works");
}

#[test]
fn a_task_that_is_called_comes_back_by_its_exits() {
    let tree = one(HARBOUR);
    let StepKind::Subtree { entry, exits, .. } = &step(&tree, "Ask number").kind else {
        panic!("no subtree")
    };
    assert_eq!(entry.as_ref().map(|entry| entry.value.as_str()), Some("Three rounds"));
    let exits: Vec<(&str, &str)> = exits
        .iter()
        .map(|(name, target)| (name.value.as_str(), to(Some(target))))
        .collect();
    assert_eq!(
        exits,
        [
            ("done", "Day tickets"),
            ("Default", "Day tickets"),
            ("Unknown", "Not known")
        ]
    );
    let returns = |name: &str| match &step(&tree, name).kind {
        StepKind::Return { exit } => exit.as_ref().map(|exit| exit.value.clone()),
        kind => panic!("{kind:?}"),
    };
    assert_eq!(returns("Number (called) / End Task"), Some("Default".into()));
    assert_eq!(returns("Number / End Task"), Some("Unknown".into()));
}

#[test]
fn loops_and_counters() {
    let tree = one(HARBOUR);
    let turns = |name: &str| match &step(&tree, name).kind {
        StepKind::Loop { times, again, done, .. } => (
            times.map(|times| times.value),
            to(again.as_ref()).to_owned(),
            to(done.as_ref()).to_owned(),
        ),
        kind => panic!("{name}: {kind:?}"),
    };
    assert_eq!(
        turns("Three rounds"),
        (Some(3), "Booking number".into(), "Known".into())
    );
    assert_eq!(
        turns("Often enough"),
        (Some(2), "Ask kind".into(), "Desk".into()),
        "tries 1 and 2 are below 3"
    );
    let exit = step(&tree, "Number / Exit Loop");
    assert_eq!(exit.sets[0].0.value, "Three rounds", "the counter starts anew");
}

#[test]
fn a_counter_that_something_else_changes_is_a_decision() {
    let text = HARBOUR.replace(
        "          - setParticipantData:",
        "          - updateData:\n              name: Begin\n              statements:\n                - integer:\n                    variable: Flow.tries\n                    value: {exp: Call.RetryCount}\n          - setParticipantData:",
    );
    let tree = one(&text);
    assert!(matches!(step(&tree, "Often enough").kind, StepKind::Decision { .. }));
    assert!(
        step(&tree, "Count")
            .sets
            .iter()
            .any(|(fact, value)| fact.value == "Flow.tries < 3" && value.value == "unknown")
    );
}

#[test]
fn placeholders_are_unknown_words() {
    let import = import_text(TEMPLATE);
    assert_eq!(import.refused, []);
    let tree = &import.trees[0];
    assert_eq!(tree.name.as_ref().map(|n| n.value.as_str()), Some("{{flow_name}}"));
    let prompt = step(tree, "Main Menu").prompt.as_ref().expect("a prompt");
    assert_eq!(prompt.segments[0].content, Content::Value("menu_words".into()));
    assert_eq!(
        unknowns(tree, "Desk"),
        ["how long callers wait in the queue `{{queue_name}}`"]
    );
    let broken = import_text("inboundCall:\n  name: x\n  startUpRef: {% if a %}x{% endif %}\n  menus: [\n");
    assert_eq!(broken.refused.len(), 1);
    assert!(broken.trees.is_empty());
}

#[test]
fn flows_of_one_source_lead_to_one_another() {
    let files = [
        ("main.yaml", TEMPLATE),
        ("branch.yaml", BRANCH),
        ("waiting.yaml", WAITING),
    ];
    let source = Source::joined(files.map(|(name, text)| Source::new(name, text)));
    let import = genesys::read(&source).expect("flows");
    assert_eq!(import.trees.len(), 2);
    assert_eq!(
        import.refused,
        [],
        "what is heard in a queue belongs to the flow that leads to it"
    );
    let transfer = &step(&import.trees[0], "Branch").kind;
    assert!(
        matches!(transfer, StepKind::Transfer(t) if t.tree.as_ref().is_some_and(|tree| tree.value == "Branch Line"))
    );
    assert_eq!(unknowns(&import.trees[0], "Branch"), Vec::<&str>::new());
    for tree in &import.trees {
        for step in &tree.steps {
            assert!(!source.text[step.name.span.range()].is_empty());
        }
    }
    let place = step(&import.trees[1], "Pigeon").name.span;
    assert_eq!(&source.text[place.range()], "Pigeon");
    let mut portfolio = Portfolio::default();
    portfolio.add(source, genesys::NAME, import.trees);
    assert_eq!(portfolio.link(0, "Branch Line"), Some(1));
}

#[test]
fn what_is_not_understood_is_said_once_and_passed_through() {
    let import = import_text(BRANCH);
    let strange: Vec<&str> = import
        .problems
        .iter()
        .filter(|problem| problem.kind == ProblemKind::NotUnderstood)
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(strange, ["the action `sendPigeon` is not understood; it is met once"]);
    let tree = &import.trees[0];
    assert!(tree.step("Main Menu").is_none(), "the untouched menu of a new flow");
    let StepKind::Decision { cases, otherwise, .. } = &step(tree, "Ask the bot").kind else {
        panic!("no decision")
    };
    assert_eq!(
        (cases[0].value.value.as_str(), to(otherwise.as_ref())),
        ("sales", "Pigeon")
    );
    let StepKind::Transfer(module) = &step(tree, "Survey").kind else {
        panic!("no transfer")
    };
    assert_eq!(to(module.then.as_ref()), "Main / end");
}

#[test]
fn an_output_may_be_the_list_of_its_actions() {
    let tree = task(
        "          - decision:\n              name: Known\n              condition:\n                exp: Flow.x\n              outputs:\n                yes:\n                  - transferToAcd:\n                      name: Desk\n                no:\n                  - disconnect:\n                      name: Bye\n",
    );
    let StepKind::Decision { cases, otherwise, .. } = &step(&tree, "Known").kind else {
        panic!("no decision")
    };
    assert_eq!(
        (to(Some(&cases[0].to)), to(otherwise.as_ref())),
        ("Desk", "Bye"),
        "what stands below an output is what follows"
    );
}

#[test]
fn what_is_set_to_true_is_so() {
    for (written, asked) in [
        ("true", "Task.Open"),
        ("True", "Task.Open == true"),
        ("true", "true == Task.Open"),
    ] {
        let tree = flow(&format!(
            "  startUpRef: ./tasks/task[t]\n  tasks:\n    - task:\n        name: Start\n        refId: t\n        actions:\n          - updateData:\n              name: Set\n              statements:\n                - boolean:\n                    variable: Task.Open\n                    value:\n                      lit: {written}\n          - decision:\n              name: Open?\n              condition:\n                exp: {asked}\n              outputs:\n                yes:\n                  actions:\n                    - transferToAcd:\n                        name: Desk\n          - disconnect:\n              name: Bye\n",
        ));
        let set = step(&tree, "Set")
            .sets
            .first()
            .map(|(name, value)| (name.value.clone(), value.value.clone()));
        let StepKind::Decision { on, cases, .. } = &step(&tree, "Open?").kind else {
            panic!("no decision")
        };
        let case = cases.first().expect("a case");
        let asks = on.as_ref().map(|on| (on.value.clone(), case.value.value.clone()));
        assert_eq!((set, case.to.name.value.as_str()), (asks, "Desk"), "{asked}");
    }
}

#[test]
fn a_transfer_to_the_flow_itself_begins_anew() {
    let tree = flow(
        "  startUpRef: /inboundCall/menus/menu[m]\n  menus:\n    - menu:\n        name: Top\n        refId: m\n        choices:\n          - menuTransferToFlow:\n              name: Again\n              dtmf: digit_1\n              targetFlow:\n                name: Line\n          - menuTask:\n              name: Leave\n              dtmf: digit_2\n              task:\n                actions:\n                  - transferToAcd:\n                      name: Desk\n                      outputs:\n                        failure:\n                          actions:\n                            - disconnect:\n                                name: Bye\n",
    );
    let again = step(&tree, "Again");
    let leads: Vec<&str> = again.targets().map(|to| to.name.value.as_str()).collect();
    assert_eq!(leads, ["Top"], "where its calls begin");
    assert_eq!(unknowns(&tree, "Again"), Vec::<&str>::new());
    assert!(tree.step("Top / end").is_none(), "nothing leads behind the last action");
}

#[test]
fn flows_that_nobody_dials_into() {
    let reasons = |text: &str| {
        import_text(text)
            .refused
            .into_iter()
            .map(|(_, reason)| reason)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        reasons(WAITING),
        ["an in-queue call flow: it is heard in a queue that another flow leads to"]
    );
    assert_eq!(
        reasons("outboundCall:\n  name: x\n  startUpRef: a\n"),
        ["an outbound call flow: who hears it did not call"]
    );
    for other in [
        "phone-tree: 1\nname: x\n",
        "name: x\nsteps: {}\n",
        "{\"inboundCall\": 1}",
        "workflow\nname:",
    ] {
        assert!(!genesys::may_be(other), "{other}");
    }
}

#[test]
fn mistakes_and_circles_end() {
    let tree = task("          - jumpToTask: {name: Round, targetTaskRef: '/inboundCall/tasks/task[Main_1]'}\n");
    assert!(matches!(
        step(&tree, &tree.entry.clone().expect("an entry").name.value).kind,
        StepKind::HangUp { .. }
    ));
    let tree = task("          - jumpToTask: {name: Away, targetTaskRef: '/inboundCall/tasks/task[None_1]'}\n");
    let StepKind::Message { then, .. } = &step(&tree, "Away").kind else {
        panic!("no message")
    };
    assert_eq!(then.as_ref().and_then(|then| then.step), None);
    // Anchors nest deeper than any file could be written.
    let mut deep = String::from(
        "inboundCall:\n  name: Line\n  startUpRef: /inboundCall/tasks/task[Main_1]\n  x0: &a0 [{disconnect: {name: Last}}]\n",
    );
    for at in 1..300 {
        let inner = at - 1;
        let _ = writeln!(
            deep,
            "  x{at}: &a{at} [{{callData: {{name: Deep, outputs: {{timeout: {{actions: *a{inner}}}}}}}}}]"
        );
    }
    deep.push_str("  tasks:\n    - task: {name: Main, refId: Main_1, actions: *a299}\n");
    let import = import_text(&deep);
    assert!(
        import
            .problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::TooLarge)
    );
    assert!(import.trees[0].steps.len() > 50);
}

/// Published flows of others lie beside the project on some machines only.
#[test]
fn published_flows_are_read() {
    let mut found = files::below("../shared/corpus/genesys-architect");
    found.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    let (mut trees, mut refused) = (0, 0);
    for path in &found {
        let source = Source::from_bytes("flow", std::fs::read(path).expect("a file can be read"));
        let import = genesys::read(&source).unwrap_or_else(|| panic!("{} is no flow", path.display()));
        assert_eq!(import.problems, [], "{}", path.display());
        refused += import.refused.len();
        trees += import.trees.len();
    }
    assert!(found.is_empty() || (trees, refused) == (7, 4), "{trees} {refused}");
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
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever a file has become: no panic, every place within it, every tree can be audited.
    #[test]
    fn mutated_flows_are_read(which in 0..3_usize, cut in any::<prop::sample::Index>(), length in 0..400_usize, with in "[ -~\n]{0,6}", moved in 0..200_usize) {
        let text = [HARBOUR, TEMPLATE, BRANCH][which];
        let at = cut.index(text.len());
        let end = (at + length).min(text.len());
        prop_assume!(text.is_char_boundary(at) && text.is_char_boundary(end));
        let taken = &text[at..end];
        let mutated = if moved % 2 == 0 {
            format!("{}{with}{}", &text[..at], &text[end..])
        } else {
            format!("{}{taken}{with}{taken}{}", &text[..at], &text[end..])
        };
        let source = Source::new("flow.yaml", mutated);
        if let Some(import) = genesys::read(&source) {
            let places = import.problems.iter().map(|problem| problem.span);
            for span in places.chain(import.refused.iter().map(|(span, _)| *span)).chain(import.trees.iter().flat_map(spans)) {
                prop_assert!(span.start <= span.end && source.text.get(span.range()).is_some(), "{span:?}");
            }
            let mut portfolio = Portfolio::default();
            let count = import.trees.len();
            portfolio.add(source, genesys::NAME, import.trees);
            for id in 0..u32::try_from(count).expect("few") {
                prop_assert!(portfolio.audit(id, Pace::default()).is_some());
            }
        }
    }
}
