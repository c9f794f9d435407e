//! Asterisk: what dial plans become, and that every place points into the original.

#[path = "common/dial_plan.rs"]
mod dial_plan;
#[path = "common/files.rs"]
mod files;

use dial_plan::{import_text, one, options, step, to};

use presszero::audit::Portfolio;
use presszero::document::tree::{Attempts, Content, PhoneTree, Reaches, Step, StepKind, Unknown};
use presszero::error::ProblemKind;
use presszero::graph::pace::Pace;
use presszero::import::{Import, asterisk};
use presszero::source::{Source, Span};
use proptest::prelude::*;
use std::fmt::Write;

const RECEPTION: &str = include_str!("fixtures/asterisk/reception.conf");
const HOTLINE: &str = include_str!("fixtures/asterisk/hotline.conf");
const OLD: &str = include_str!("fixtures/asterisk/old.conf");

fn words(step: &Step) -> Vec<String> {
    let segments = step.prompt.iter().flat_map(|prompt| &prompt.segments);
    segments
        .map(|segment| segment.text().unwrap_or("?").to_owned())
        .collect()
}

#[test]
fn a_menu_of_background_and_extensions() {
    let tree = one(RECEPTION);
    assert_eq!(tree.line.as_ref().map(|line| line.value.as_str()), Some("4915550100"));
    let menu_step = step(&tree, "open/s/menu");
    assert_eq!(
        words(menu_step),
        ["For sales, press 1. For repairs, press 2. For the operator, press 0."]
    );
    let StepKind::Menu(menu) = &menu_step.kind else {
        panic!("no menu")
    };
    assert_eq!(
        options(&menu.keys),
        [
            ("0", "open/0/1"),
            ("1", "open/1/1"),
            ("2", "open/2/1"),
            ("5", "open/5/hours"),
            ("9", "open/9/1 to outside,s,1"),
            ("#", "open/s/menu"),
            ("3XX", "staff/_3XX/1"),
        ]
    );
    assert_eq!(menu.timeout.map(|t| t.value), Some(6000));
    let awaits = (menu.digits, menu.inter_digit.map(|pause| pause.value));
    assert_eq!(awaits, (None, Some(5000)), "after a key that 3XX begins with");
    assert_eq!(menu.attempts.map(|a| a.value), Some(Attempts::Together(1)));
    assert_eq!(
        (to(menu.no_input.as_ref()), to(menu.no_match.as_ref())),
        ("open/s/6", "open/i/1")
    );
    assert_eq!(
        words(step(&tree, "open/i/1")),
        ["I am sorry, that's not a valid extension. Please try again."]
    );
}

#[test]
fn a_counter_is_a_loop() {
    let tree = one(RECEPTION);
    let StepKind::Loop {
        counter,
        times,
        again,
        done,
    } = &step(&tree, "open/s/6").kind
    else {
        panic!("no loop")
    };
    assert_eq!(counter.as_ref().map(|c| c.value.as_str()), Some("tries"));
    assert_eq!(times.map(|t| t.value), Some(2), "two further rounds make three");
    assert_eq!((to(again.as_ref()), to(done.as_ref())), ("open/s/menu", "open/s/7"));
}

#[test]
fn hours_of_several_lines_are_one_schedule() {
    let tree = one(RECEPTION);
    let StepKind::Hours {
        schedule, open, closed, ..
    } = &step(&tree, "from-trunk/4915550100/4").kind
    else {
        panic!("no hours")
    };
    assert_eq!(
        (to(open.as_ref()), to(closed.as_ref())),
        ("open/s/1", "from-trunk/4915550100/6")
    );
    let name = schedule.as_ref().expect("a schedule").value.clone();
    let schedule = tree
        .schedules
        .iter()
        .find(|s| s.name.value == name)
        .expect("it is there");
    let monday = [(540, 720), (780, 1050)];
    assert_eq!(schedule.open.ranges.get(..2), Some(&monday[..]));
    assert_eq!(
        schedule.open.ranges.len(),
        9,
        "mornings of five days, afternoons of four"
    );
    assert_eq!(
        words(step(&tree, "from-trunk/4915550100/6")),
        ["We are closed. Please call again."]
    );
}

#[test]
fn who_is_called_and_what_follows() {
    let tree = one(RECEPTION);
    let StepKind::Transfer(transfer) = &step(&tree, "open/2/1").kind else {
        panic!("no transfer")
    };
    assert_eq!(transfer.reaches.map(|r| r.value), Some(Reaches::Person));
    assert_eq!(transfer.rings.map(|r| r.value), Some(20_000));
    assert_eq!(
        (to(transfer.busy.as_ref()), to(transfer.unanswered.as_ref())),
        ("open/2-BUSY/1", "open/2-NOANSWER/1")
    );
    let StepKind::Queue(queue) = &step(&tree, "open/1/1").kind else {
        panic!("no queue")
    };
    let overflow = queue.overflow.as_ref().expect("a time limit");
    assert_eq!(
        (overflow.after.map(|a| a.value), to(overflow.to.as_ref())),
        (Some(120_000), "open/1/late")
    );
    assert_eq!(to(queue.full.as_ref()), "open/1/full");
    let StepKind::Transfer(outside) = &step(&tree, "nightwatch/5/1").kind else {
        panic!("no transfer")
    };
    assert_eq!(outside.reaches, None, "a number beyond a trunk is not known");
}

#[test]
fn keys_that_are_read_into_a_variable_are_a_menu() {
    let tree = one(HOTLINE);
    let top = step(&tree, "hotline/begin/top");
    assert_eq!(
        words(top),
        ["For news press 1. For your account press 2. To hear this again press 0."]
    );
    let StepKind::Menu(menu) = &top.kind else {
        panic!("no menu")
    };
    assert_eq!(
        options(&menu.keys),
        [
            ("0", "hotline/begin/top"),
            ("1", "hotline/begin/news"),
            ("2", "hotline/begin/18")
        ]
    );
    assert_eq!(
        menu.attempts.map(|a| a.value),
        Some(Attempts::Apart {
            no_input: 2,
            no_match: 1
        }),
        "only silence is asked again"
    );
    assert_eq!(
        (to(menu.no_input.as_ref()), to(menu.no_match.as_ref())),
        ("hotline/begin/silence", "hotline/begin/10")
    );
    let StepKind::Collect(collect) = &step(&tree, "hotline/begin/18").kind else {
        panic!("no question")
    };
    assert_eq!(collect.digits.map(|d| (d.value.min, d.value.max)), Some((1, 8)));
    assert_eq!(to(collect.no_input.as_ref()), "hotline/begin/bye");
    assert_eq!(words(step(&tree, "hotline/begin/news")), ["Today nothing happened."]);
}

#[test]
fn a_counter_that_does_not_count_is_reported() {
    let import = import_text(HOTLINE);
    let problem = import
        .problems
        .iter()
        .find(|p| p.kind == ProblemKind::BadValue)
        .expect("a problem");
    assert!(problem.message.contains("`silent`"), "{}", problem.message);
    assert_eq!(HOTLINE.get(problem.span.range()), Some("[${silent}+1]"));
    assert_eq!(
        problem.mend.as_ref().map(|mend| mend.with.as_str()),
        Some("$[${silent}+1]")
    );
    let tree = &import.trees[0];
    let StepKind::Loop { times, .. } = &step(tree, "hotline/begin/silence").kind else {
        panic!("no loop")
    };
    assert_eq!(*times, None, "how often is not known");
}

#[test]
fn subroutines_come_back_with_their_values() {
    let tree = one(HOTLINE);
    let StepKind::Subtree { entry, exits, .. } = &step(&tree, "hotline/begin/fine").kind else {
        panic!("no subtree")
    };
    assert_eq!(entry.as_ref().map(|e| e.value.as_str()), Some("say-balance/s/1"));
    let exits: Vec<(&str, &str)> = exits
        .iter()
        .map(|(n, t)| (n.value.as_str(), t.name.value.as_str()))
        .collect();
    assert_eq!(exits, [("enough", "hotline/begin/bye"), ("more", "hotline/begin/top")]);
    let said = step(&tree, "say-balance/s/1").prompt.as_ref().expect("a prompt");
    let Content::Audio { file, .. } = &said.segments[0].content else {
        panic!("no recording")
    };
    assert_eq!(file, "hotline/balance", "what the subroutine is told to play");
    let StepKind::Decision { on, cases, .. } = &step(&tree, "hotline/begin/21").kind else {
        panic!("no decision")
    };
    let cases: Vec<(&str, &str)> = cases
        .iter()
        .map(|c| (c.value.value.as_str(), c.to.name.value.as_str()))
        .collect();
    assert_eq!(on.as_ref().map(|on| on.value.as_str()), Some("RESULT"));
    assert_eq!(
        cases,
        [("ok", "hotline/begin/fine"), ("blocked", "hotline/begin/blocked")]
    );
}

#[test]
fn files_of_old_releases_are_read() {
    let tree = one(OLD);
    assert_eq!(tree.language(), "es");
    let menu_step = step(&tree, "incoming/s/3");
    let StepKind::Menu(menu) = &menu_step.kind else {
        panic!("no menu")
    };
    assert_eq!(options(&menu.keys), [("1", "incoming/1/1"), ("2", "incoming/2/1")]);
    assert_eq!(
        menu.timeout.map(|t| t.value),
        Some(10_000),
        "what Asterisk waits by itself"
    );
    assert_eq!(
        (to(menu.no_input.as_ref()), menu.no_match.is_none()),
        ("incoming/s/3", true)
    );
    let spoken = menu_step.prompt.as_ref().expect("a prompt").segments[0]
        .spoken
        .as_ref()
        .expect("it is read");
    assert_eq!(spoken.len(), 2);
    let StepKind::Transfer(ring) = &step(&tree, "macro-ring/s/1").kind else {
        panic!("no transfer")
    };
    assert_eq!(ring.number.as_ref().map(|n| n.value.as_str()), Some("SIP/10"));
    let StepKind::Voicemail { owner, then, .. } = &step(&tree, "macro-ring/s-NOANSWER/1").kind else {
        panic!("no voicemail")
    };
    assert_eq!(owner.as_ref().map(|o| o.value.as_str()), Some("10"));
    assert!(
        matches!(step(&tree, to(then.as_ref())).kind, StepKind::Return { .. }),
        "the macro comes back"
    );
}

#[test]
fn keys_that_a_number_of_any_length_may_begin_with_wait() {
    let awaits = |pattern: &str| {
        let tree = one(&format!(
            "[incoming]\nexten => {pattern},1,Answer()\nsame => n,Background(menu)\nsame => n,WaitExten(3)\nexten => 1,1,Dial(SIP/1)\n"
        ));
        let mut menus = tree.steps.iter().filter_map(|step| match &step.kind {
            StepKind::Menu(menu) => Some(menu),
            _ => None,
        });
        let menu = menus.next_back().expect("a menu");
        (
            menu.digits.map(|digits| digits.value.max),
            menu.inter_digit.map(|pause| pause.value),
        )
    };
    assert_eq!(awaits("_X."), (Some(100), Some(5000)));
    assert_eq!(awaits("_9."), (None, None), "1 begins nothing");
    assert_eq!(awaits("s"), (None, None));
}

#[test]
fn silence_and_wrong_keys_without_a_handler_end_the_call() {
    let tree = one("[incoming]\nexten => s,1,Background(menu)\nsame => n,WaitExten(3)\nexten => 1,1,Dial(SIP/1)\n");
    let StepKind::Menu(menu) = &step(&tree, "incoming/s/1").kind else {
        panic!("no menu")
    };
    assert!(menu.no_input.is_none() && menu.no_match.is_none());
}

#[test]
fn what_follows_waiting_goes_before_t() {
    let text = "[incoming]\nexten => s,1,Background(menu)\nsame => n,WaitExten(3)\nsame => n,Queue(all)\n\
                exten => 1,1,Dial(SIP/1)\nexten => t,1,Hangup()\nexten => i,1,Hangup()\n";
    let tree = one(text);
    let StepKind::Menu(menu) = &step(&tree, "incoming/s/1").kind else {
        panic!("no menu")
    };
    assert_eq!(
        (to(menu.no_input.as_ref()), to(menu.no_match.as_ref())),
        ("incoming/s/3", "incoming/i/1")
    );
}

#[test]
fn the_best_match_serves() {
    let text = "[incoming]\ninclude => more\nexten => s,1,Background(menu)\nsame => n,WaitExten()\n\
                exten => _X,1,Playback(any)\nexten => _[12],1,Playback(few)\nexten => 1,1,Playback(one)\n\
                [more]\nexten => 5,1,Playback(never)\nexten => *,1,Playback(star)\n";
    let tree = one(text);
    let StepKind::Menu(menu) = &step(&tree, "incoming/s/1").kind else {
        panic!("no menu")
    };
    assert_eq!(
        options(&menu.keys),
        [("1", "incoming/1/1"), ("2", "incoming/_[12]/1"), ("*", "more/*/1")]
    );
    assert_eq!(to(menu.no_match.as_ref()), "incoming/_X/1", "any other key");
}

#[test]
fn a_goto_to_what_is_not_there_is_reported() {
    let text = "[incoming]\nexten => s,1,Background(menu)\nsame => n,WaitExten()\nexten => 1,1,Goto(sales,s,1)\n\
                exten => 2,1,Goto(nowhere)\n[sales]\nexten => 7,1,Hangup()\n";
    let import = import_text(text);
    let messages: Vec<&str> = import
        .problems
        .iter()
        .filter(|p| p.kind == ProblemKind::UndefinedReference)
        .map(|p| p.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "there is no extension `s` in the context `sales`, nor an `i` there",
            "there is no priority `nowhere` in the extension `2`",
        ]
    );
}

#[test]
fn a_line_without_a_priority_is_reported() {
    let text = "[incoming]\nexten => s,1,Background(menu)\nsame => n,WaitExten()\nexten => 1,1,Hangup()\n\
                exten => 2,Goto(s,1)\n";
    let import = import_text(text);
    assert_eq!(import.problems.len(), 1);
    assert_eq!(import.problems[0].kind, ProblemKind::MissingField);
    assert_eq!(text.get(import.problems[0].span.range()), Some("exten => 2,Goto(s,1)"));
}

#[test]
fn comments_of_several_lines_and_templates() {
    let text = "[base](!)\nexten => i,1,Playback(invalid)\n;-- exten => 1,1,Hangup()\nexten => 2,1,Hangup()\n--;\n\
                [incoming](base)\nexten => s,1,Background(menu)\nsame => n,WaitExten()\nexten => 3,1,Hangup() \\; no\n\
                [incoming](+)\nexten => 4,1,Hangup()\n";
    let tree = one(text);
    let StepKind::Menu(menu) = &step(&tree, "incoming/s/1").kind else {
        panic!("no menu")
    };
    assert_eq!(options(&menu.keys), [("3", "incoming/3/1"), ("4", "incoming/4/1")]);
    assert_eq!(to(menu.no_match.as_ref()), "base/i/1");
}

#[test]
fn files_are_joined() {
    let main = Source::new(
        "extensions.conf",
        "[incoming]\n#include \"menu.conf\"\nexten => s,1,Goto(menu,s,1)\n",
    );
    let menu = Source::new(
        "menu.conf",
        "[menu]\nexten => s,1,Background(x)\nsame => n,WaitExten()\nexten => 1,1,Hangup()\n",
    );
    assert_eq!(asterisk::refers(&main.text), ["menu.conf"]);
    let joined = Source::joined([main, menu]);
    let import = asterisk::read(&joined).expect("a dial plan");
    assert_eq!(import.trees.len(), 1);
    assert_eq!(to(import.trees[0].entry.as_ref()), "menu/s/1");
}

#[test]
fn a_line_that_the_user_names() {
    let source = Source::new("extensions.conf", RECEPTION);
    let import = asterisk::read_from(&source, Some(("open", "s"))).expect("a dial plan");
    assert_eq!(to(import.trees[0].entry.as_ref()), "open/s/1");
    let import = asterisk::read_from(&source, Some(("open", "77"))).expect("a dial plan");
    assert_eq!(import.refused[0].1, "there is no extension `77` in the context `open`");
}

#[test]
fn what_is_not_read_is_refused() {
    let ael =
        "context incoming {\n  s => {\n    Answer();\n    Background(menu);\n    goto exten|s|1;\n  }\n}\n// exten\n";
    assert!(import_text(ael).refused[0].1.contains("AEL"));
    let plain = import_text("[internal]\nexten => _1XX,1,Dial(SIP/${EXTEN})\n");
    assert_eq!(plain.refused[0].1, "a dial plan without a phone menu");
    for other in [
        "{\"exten\": 1}",
        "exten is a word",
        "phone-tree: 1\nsteps: {}\n",
        "[general]\nport=5060\n",
    ] {
        assert!(!asterisk::may_be(other), "{other}");
    }
}

#[test]
fn a_language_counts_from_where_it_is_set() {
    let text = "[incoming]\nexten => s,1,Background(vm-goodbye)\nsame => n,WaitExten()\n\
                exten => 1,1,Set(CHANNEL(language)=fr)\nsame => n,Goto(s,1)\nexten => i,1,Hangup()\n";
    let tree = one(text);
    assert!(tree.language.is_none(), "only those who press 1 hear French");
    assert_eq!(
        words(step(&tree, "incoming/s/1")),
        ["?"],
        "in which language it is heard is not known"
    );
}

#[test]
fn contexts_that_are_only_another_name_are_one() {
    let text = "[menu]\nexten => s,1,Background(x)\nsame => n,WaitExten()\nexten => 1,1,Goto(default,s,1)\n\
                exten => 12,1,Gosub(12,stdexten(SIP/12))\nsame => n,Hangup()\ninclude => sub\n\
                [sub]\nexten => _X.,500(stdexten),Dial(${ARG1},20)\nsame => n,Return()\n\
                [incoming]\ninclude => menu\n[default]\ninclude => menu\n";
    let tree = one(text);
    let StepKind::Menu(menu) = &step(&tree, "menu/s/1").kind else {
        panic!("no menu")
    };
    assert_eq!(options(&menu.keys), [("1", "menu/s/1"), ("12", "menu/12/1")]);
    let StepKind::Subtree { entry, .. } = &step(&tree, "menu/12/1").kind else {
        panic!("no subtree")
    };
    assert_eq!(entry.as_ref().map(|e| e.value.as_str()), Some("sub/_X./stdexten"));
}

/// A timed menu of many keys, so that nothing is quadratic.
#[test]
fn long_files_are_read() {
    let mut text = String::from("[incoming]\nexten => s,1,Background(menu)\nsame => n,WaitExten()\n");
    for number in 0..20_000 {
        let _ = write!(
            text,
            "exten => 1{number:05},1,Dial(SIP/{number})\nsame => n,Voicemail({number})\n"
        );
    }
    assert_eq!(import_text(&text).trees.len(), 1);
}

/// Published dial plans of others lie beside the project on some machines only.
#[test]
fn published_dial_plans_are_read() {
    let published = files::below("../shared/corpus/asterisk");
    let mut read = 0;
    for path in &published {
        let source = Source::from_bytes("extensions.conf", std::fs::read(path).expect("a file can be read"));
        if let Some(import) = asterisk::read(&source) {
            check(&source, &import);
            read += 1;
        }
    }
    assert!(
        published.is_empty() || read >= 4,
        "few dial plans are left of the corpus"
    );
}

/// Every place lies in the text, and every tree can be audited.
fn check(source: &Source, import: &Import) {
    let end = u32::try_from(source.text.len()).expect("a short text");
    let within = |span: Span| {
        assert!(span.start <= span.end && span.end <= end, "{span:?} of {end}");
        assert!(source.text.get(span.range()).is_some(), "{span:?} cuts a letter");
    };
    import.problems.iter().for_each(|problem| within(problem.span));
    import.refused.iter().for_each(|(span, _)| within(*span));
    for tree in &import.trees {
        for step in &tree.steps {
            within(step.span);
            within(step.name.span);
            step.targets().for_each(|target| within(target.name.span));
            for segment in step.prompt.iter().flat_map(|prompt| &prompt.segments) {
                within(segment.span);
            }
            step.choices().iter().for_each(|choice| within(choice.place()));
        }
        tree.unknowns.iter().for_each(|unknown| within(unknown.span));
        let mut portfolio = Portfolio::default();
        portfolio.add(source.clone(), "asterisk", vec![tree.clone()]);
        assert!(portfolio.audit_at(0, Pace::default(), None).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn mangled_dial_plans_do_no_harm(
        which in 0usize..3,
        cuts in prop::collection::vec((0usize..2600, 0usize..40, "[ -~\n=>,|;&(){}$\\[\\]]{0,12}"), 0..6),
        end in 0usize..3000,
    ) {
        let mut text = [RECEPTION, HOTLINE, OLD][which].to_owned();
        for (at, length, with) in cuts {
            let from = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let until = (from + length).min(text.len());
            let until = (until..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            text.replace_range(from..until, &with);
        }
        let end = (0..=end.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        let source = Source::new("extensions.conf", text);
        if let Some(import) = asterisk::read_from(&source, None) {
            check(&source, &import);
        }
    }
}

/// A menu at `s`, with these lines before it and behind its key.
fn small(before: &str, behind: &str) -> PhoneTree {
    one(&format!(
        "[in]\nexten => s,1,Answer\n{before}same => n(menu),Background(menu) ; For sales, press 1.\nsame => n,WaitExten(7)\n\
         same => n,Goto(menu)\n{behind}"
    ))
}

#[test]
fn what_lies_in_no_file_comes_back() {
    for call in ["Macro(user-callerid,)", "Gosub(sub-record,s,1)"] {
        let tree = small(&format!("same => n,{call}\n"), "exten => 1,1,Dial(SIP/1)\n");
        assert!(
            tree.steps.iter().any(|step| matches!(step.kind, StepKind::Menu(_))),
            "{call}"
        );
        assert!(
            tree.unknowns.iter().any(|open| open.what.ends_with(" does")),
            "{:?}",
            tree.unknowns
        );
    }
}

#[test]
fn a_queue_turns_callers_away_where_the_plan_asks_whether_it_did() {
    let queue = |behind: &str| {
        let tree = small("", &format!("exten => 1,1,Queue(all)\n{behind}"));
        let found = tree.steps.into_iter().find_map(|step| match step.kind {
            StepKind::Queue(queue) => Some(queue),
            _ => None,
        });
        found.expect("a queue")
    };
    let plain = queue("same => n,Hangup\n");
    assert_eq!((plain.full, plain.closed), (None, None));
    assert!(plain.otherwise.is_some());
    let asked = queue(
        "same => n,GotoIf($[\"${QUEUESTATUS}\" = \"FULL\"]?full)\nsame => n,Hangup\nsame => n(full),Voicemail(1)\n",
    );
    assert!(asked.full.is_some());
}

#[test]
fn hours_over_midnight_stay_on_their_days() {
    let tree = small(
        "same => n,GotoIfTime(19:00-9:00,mon-fri,*,*?closed,1)\n",
        "exten => 1,1,Dial(SIP/1)\nexten => closed,1,Hangup\n",
    );
    let week = &tree.schedules[0].open;
    // Monday morning is closed, Saturday morning is not.
    assert!(!week.is_open(8 * 60) && week.is_open(5 * 24 * 60 + 8 * 60), "{week:?}");
}

#[test]
fn a_file_that_only_names_others_is_part_of_the_plan() {
    assert!(asterisk::may_be(
        "[general]\nstatic = yes\n[default]\n#include \"menu.conf\"\n"
    ));
    assert!(!asterisk::may_be("[general]\nport = 5060\n#include \"sip_nat.conf\"\n"));
    assert!(!asterisk::may_be("#include <stdio.h>\nint main() { return 0; }\n"));
}

#[test]
fn a_greeting_that_keys_interrupt_is_no_menu() {
    let greeting = |words: &str| {
        let tree = small(
            &format!(
                "same => n,Background(hello) ; {words}\nsame => n,GotoIf($[\"${{DB(night)}}\" = \"1\"]?night,1)\n"
            ),
            "exten => 1,1,Dial(SIP/1)\nexten => night,1,Hangup\n",
        );
        tree.steps
            .iter()
            .filter(|step| matches!(step.kind, StepKind::Menu(_)))
            .count()
    };
    assert_eq!(greeting("Welcome to Acme. Thank you for calling."), 1);
    assert_eq!(greeting("Welcome to Acme. If you know it, press 1 now."), 2);
}

#[test]
fn numbers_that_may_be_dialled_are_not_forgotten() {
    let tree = small("", "exten => 1,1,Dial(SIP/1)\nexten => _X.,1,Dial(SIP/${EXTEN})\n");
    let open = |unknown: &Unknown| unknown.what == "what follows where callers dial a longer number";
    assert!(tree.unknowns.iter().any(open), "{:?}", tree.unknowns);
    let without = small("", "exten => 1,1,Dial(SIP/1)\n");
    assert!(!without.unknowns.iter().any(open));
}

#[test]
fn options_that_are_spoken_in_pieces_are_announced() {
    let tree = one(
        "[in]\nexten => s,1(loop),Festival(Press)\nsame => n,SayNumber(1)\nsame => n,Festival(for sales or)\nsame => n,SayNumber(2)\n\
         same => n,Festival(for support)\nsame => n,Read(o,,1)\nsame => n,GotoIf($[\"${o}\" = \"1\"]?10,1)\n\
         same => n,GotoIf($[\"${o}\" = \"2\"]?20,1)\nsame => n,Goto(loop)\nexten => 10,1,Dial(SIP/1)\nexten => 20,1,Dial(SIP/2)\n",
    );
    let menu = tree
        .steps
        .iter()
        .find(|step| matches!(step.kind, StepKind::Menu(_)))
        .expect("a menu");
    assert_eq!(words(menu), ["Press 1 for sales or 2 for support"]);
}

/// A value that was entered decides behind the subroutine that asked for it.
#[test]
fn what_comes_back_with_an_entered_value_goes_where_it_is_compared() {
    let tree = one(
        "[in]\nexten => s,1,Gosub(ask,s,1)\nsame => n,GotoIf($[\"${GOSUB_RETVAL}\" = \"1\"]?sales,1)\nsame => n,Hangup\n\
         exten => sales,1,Dial(SIP/1)\n[ask]\nexten => s,1,Read(key,,1) ; For sales, press 1. For support, press 2.\n\
         same => n,GotoIf($[\"${key}\" = \"1\"]?back)\nsame => n,GotoIf($[\"${key}\" = \"2\"]?back)\nsame => n,Goto(s,1)\n\
         same => n(back),Return(${key})\n",
    );
    let StepKind::Menu(menu) = &step(&tree, "ask/s/1").kind else {
        panic!("no menu")
    };
    assert_eq!(options(&menu.keys), [("1", "in/sales/1"), ("2", "in/s/3")]);
    assert_eq!(to(menu.no_match.as_ref()), "ask/s/1");
}

/// The ways on from a decision, the last for what none of them is.
fn ways(step: &Step) -> (Vec<(&str, &str)>, &str) {
    let StepKind::Decision { cases, otherwise, .. } = &step.kind else {
        panic!("no decision: {:?}", step.kind)
    };
    let cases = cases
        .iter()
        .map(|case| (case.value.value.as_str(), case.to.name.value.as_str()));
    (cases.collect(), to(otherwise.as_ref()))
}

#[test]
fn a_number_that_a_pattern_takes_goes_where_that_number_is_served() {
    let menu = "[menu]\nexten => s,1,Background(welcome)\n same => n,WaitExten(5)\n\
        exten => 100,1,Hangup()\nexten => _1XX,1,Goto(users,${EXTEN},1)\n\
        exten => _[2-4]XX,1,GotoIf($[${IAXVAR(x)} = 1]?users,${EXTEN},1:groups,${EXTEN:1},1)\n";
    let users = "[users]\nexten => 100,1,Dial(SIP/100)\nexten => 101,1,Dial(SIP/101)\n\
        exten => _1[2-9]X,1,Queue(sales)\nexten => _2.,1,Voicemail(200)\nexten => _[345]XX,1,Voicemail(300)\n\
        [groups]\nexten => _[0-4]X,1,Queue(low)\nexten => _[5-9]X,1,Queue(high)\n";
    let tree = one(&format!("{menu}{users}"));
    let (cases, other) = ways(step(&tree, "menu/_1XX/1"));
    assert_eq!(cases, [("101", "users/101/1"), ("_1[2-9]X", "users/_1[2-9]X/1")]);
    // A number that nothing serves ends the call, and whether one is dialled is not known.
    let open = |unknown: &Unknown| unknown.what == "whether numbers are dialled that `users` does not serve";
    assert!(other == "-" && tree.unknowns.iter().any(open), "{:?}", tree.unknowns);
    let then = ways(step(&tree, "menu/_[2-4]XX/1 then"));
    assert_eq!(then, (vec![("_2.", "users/_2./1")], "users/_[345]XX/1"));
    let low = ("_[0-4]X", "groups/_[0-4]X/1");
    assert_eq!(
        ways(step(&tree, "menu/_[2-4]XX/1 else")),
        (vec![low], "groups/_[5-9]X/1")
    );

    let tree = one(&format!("{menu}{users}[users]\nexten => i,1,Goto(menu,s,1)\n"));
    assert_eq!(ways(step(&tree, "menu/_1XX/1")).1, "menu/s/1");

    // One pattern that takes them all is no decision.
    let all = menu.replace("users", "all").replace("groups", "all");
    let tree = one(&format!("{all}[all]\nexten => _.,1,Queue(all)\n"));
    assert!(matches!(step(&tree, "all/_./1").kind, StepKind::Queue(_)));
    assert!(tree.step("menu/_1XX/1").is_none());

    // What stands in another file is not known.
    let tree = one(&format!("{menu}{users}[users]\nswitch => Realtime/@\n"));
    let (_, other) = ways(step(&tree, "menu/_1XX/1"));
    assert!(
        tree.unknowns
            .iter()
            .any(|unknown| unknown.step.as_deref() == Some(other))
    );
}

#[test]
fn a_loop_whose_limit_is_not_known_is_not_taken_to_be_endless() {
    let times = |globals: &str, set: &str, test: &str| {
        let tree = one(&format!(
            "[globals]\n{globals}[in]\nexten => s,1,Set(n={set})\nsame => n(menu),Background(menu) ; For sales, press 1.\n\
             same => n,WaitExten(7)\nsame => n,Set(n=$[${{n}} + 1])\nsame => n,GotoIf($[{test}]?again)\n\
             same => n,Playback(vm-goodbye)\nsame => n,Hangup\nsame => n(again),Goto(menu)\nexten => 1,1,Dial(SIP/1)\n"
        ));
        let found = tree.steps.iter().find_map(|step| match &step.kind {
            StepKind::Loop { times, again, .. } => Some((
                times.as_ref().map(|times| times.value),
                to(again.as_ref()) == "in/s/menu",
            )),
            _ => None,
        });
        let open = tree
            .unknowns
            .iter()
            .any(|open| open.what == "how often the loop goes round");
        (found, open)
    };
    for (set, test) in [
        ("0", "${n} < ${DB(ivr/tries)}"),
        ("0", "${MAXTRIES} > ${n}"),
        ("${FIRST}", "${n} <= 3"),
    ] {
        assert_eq!(times("", set, test), (Some((None, true)), true), "{test}");
    }
    // What holds only when the limit is reached leads on first.
    assert_eq!(times("", "0", "${n} >= ${MAXTRIES}"), (Some((None, false)), true));
    // Globals are made of those before them.
    let globals = "UNIT=1\nMAXTRIES=${UNIT}2\n";
    assert_eq!(
        times(globals, "0", "${n} < ${MAXTRIES}"),
        (Some((Some(11), true)), false)
    );
    assert_eq!(
        times("MAXTRIES=${UNIT}2\nUNIT=1\n", "0", "${n} < ${MAXTRIES}").0,
        Some((None, true))
    );
    // What depends on something else as well is no loop.
    assert_eq!(
        times("", "0", "${n} < 3 & \"${CALLERID(num)}\" != \"\" & ${x} = 1"),
        (None, false)
    );
}

/// What is said of an entry does not make every key of its own kind.
#[test]
fn words_between_an_entry_and_what_asks_for_it_belong_behind_it() {
    let tree = one(
        "[in]\nexten => s,1(menu),Read(o,ask,1) ; For sales, press 1. For help, press 2.\nsame => n,NoOp(${o})\n\
         same => n,SayDigits(${o})\nsame => n,Wait(3)\nsame => n,GotoIf($[\"${o}\" = \"1\"]?sales,1)\n\
         same => n,GotoIf($[\"${o}\" = \"2\"]?help,1)\nsame => n,GotoIf($[${o} = 9]?menu)\nsame => n,Playback(wrong)\nsame => n,Goto(menu)\n\
         exten => sales,1,Dial(SIP/1)\nexten => help,1,Dial(SIP/2)\n",
    );
    let StepKind::Menu(menu) = &step(&tree, "in/s/menu").kind else {
        panic!("no menu")
    };
    let behind = |key: &str| {
        let choice = menu
            .keys
            .iter()
            .find(|choice| choice.keys.as_ref().is_some_and(|keys| keys.value.as_str() == key));
        let step = step(&tree, to(choice.map(|choice| &choice.to)));
        let StepKind::Message { then, .. } = &step.kind else {
            panic!("{:?}", step.kind)
        };
        (words(step), to(then.as_ref()).to_owned())
    };
    assert_eq!(menu.keys.len(), 3, "{:?}", options(&menu.keys));
    let said = |digit: &str| vec![digit.to_owned(), "?".to_owned()];
    assert_eq!(behind("1"), (said("1"), "in/sales/1".to_owned()));
    assert_eq!(behind("9"), (said("9"), "in/s/menu".to_owned()));
    assert_eq!(words(step(&tree, to(menu.no_match.as_ref()))), ["?", "?", "?"]);
    // Nothing is said of what nobody entered.
    assert_eq!(words(step(&tree, to(menu.no_input.as_ref()))), ["?", "?"]);
}

#[test]
fn a_line_is_named_by_what_is_dialled() {
    let name = |text: &str| {
        let tree = one(text);
        (
            tree.name.map(|name| name.value).unwrap_or_default(),
            tree.line.map(|line| line.value).unwrap_or_default(),
        )
    };
    let menu = "exten => s,1,Answer\nsame => n(start),Background(menu) ; For sales, press 1.\nsame => n,WaitExten(5)\n\
        exten => 1,1,Dial(SIP/1)\nexten => t,1,Goto(s,start)\n";
    // What leads back to a menu is none of its beginnings.
    let back = "exten => return,1,Goto(s,start)\nexten => hang,1,Playback(vm-goodbye)\n";
    assert_eq!(
        name(&format!("[ivr-5]\n{menu}{back}")),
        ("ivr-5,s".to_owned(), String::new())
    );
    let trunk = "[from-trunk]\nexten => s,1,Goto(6137745677,1)\nexten => 6137745677,1,Goto(ivr-5,s,1)\n";
    let dialled = ("from-trunk,6137745677".to_owned(), "6137745677".to_owned());
    assert_eq!(name(&format!("{trunk}[ivr-5]\n{menu}")), dialled);
}
