//! Asterisk: how calls run through a dial plan, and where the keys lead that callers enter.
//!
//! Sources: Asterisk documentation, "Include Statements", "Pattern Matching", "Macro", "Gosub", "Return", "Channel
//! Variables" and "Read", 2024; the scripts for speech of googletts, 2014.

#[path = "common/dial_plan.rs"]
mod dial_plan;

use dial_plan::{import_text, one, options, step, to};
use presszero::audit::{Audit, Portfolio};
use presszero::check::check;
use presszero::document::tree::{Menu, PhoneTree, StepKind};
use presszero::finding::Finding;
use presszero::graph::pace::Pace;
use presszero::settings::Settings;
use presszero::source::Source;

fn menu<'t>(tree: &'t PhoneTree, name: &str) -> &'t Menu {
    match &step(tree, name).kind {
        StepKind::Menu(menu) => menu,
        kind => panic!("no menu: {kind:?}"),
    }
}

fn count(tree: &PhoneTree, is_it: impl Fn(&StepKind) -> bool) -> usize {
    tree.steps.iter().filter(|step| is_it(&step.kind)).count()
}

/// An audit of the one line of a plan.
fn audited<T>(text: &str, look: impl FnOnce(&Audit<'_>) -> T) -> T {
    let mut portfolio = Portfolio::default();
    portfolio.add(Source::new("extensions.conf", text), "asterisk", vec![one(text)]);
    look(&portfolio.audit(0, Pace::default()).expect("an audit"))
}

fn findings(text: &str) -> Vec<Finding> {
    audited(text, |audit| check(audit, &Settings::default()).findings)
}

fn rules(text: &str) -> Vec<&'static str> {
    findings(text).iter().map(|finding| finding.rule).collect()
}

fn hours<'t>(tree: &'t PhoneTree, name: &str) -> (&'t str, &'t str) {
    match &step(tree, name).kind {
        StepKind::Hours { open, closed, .. } => (to(open.as_ref()), to(closed.as_ref())),
        kind => panic!("no hours: {kind:?}"),
    }
}

#[test]
fn calls_come_in_at_the_hours_of_what_is_included() {
    for (stroke, times) in [(",", "9:00-17:00,mon-fri,*,*"), ("|", "9:00-17:00|mon-fri|*|*")] {
        let tree = one(&format!(
            "[from-trunk]\ninclude => day{stroke}{times}\ninclude => night\n\
             [day]\nexten => s,1,Background(menu)\nsame => n,WaitExten(8)\nexten => 1,1,Dial(SIP/1,20)\n\
             exten => i,1,Goto(s,1)\nexten => t,1,Goto(1,1)\n\
             [night]\nexten => s,1,Playback(closed)\nsame => n,Voicemail(100,u)\n"
        ));
        assert_eq!(to(tree.entry.as_ref()), "from-trunk/s/hours");
        assert_eq!(hours(&tree, "from-trunk/s/hours"), ("day/s/1", "night/s/1"));
        let menu = menu(&tree, "day/s/1");
        assert_eq!(options(&menu.keys), [("1", "day/1/1")], "it is still day");
        assert_eq!(to(menu.no_match.as_ref()), "day/s/1");
        assert_eq!(tree.schedules.len(), 1);
        assert_eq!(tree.schedules[0].open.minutes(), 5 * 8 * 60);
    }
}

/// A context may be included several times, for hours that are counted together.
#[test]
fn what_is_included_at_all_other_hours_needs_no_further_question() {
    let tree = one(
        "[incoming]\ninclude => day,08:00-18:00,mon-fri,*,*\ninclude => night,18:00-23:59,*,*,*\n\
         include => night,00:00-07:59,*,*,*\ninclude => night,*,sat-sun,*,*\n\
         [day]\nexten => s,1,Background(menu)\nexten => s,n,WaitExten(8)\nexten => 1,1,Dial(SIP/1,20)\n\
         [night]\nexten => s,1,Playback(closed)\nexten => s,n,Voicemail(100,u)\n",
    );
    assert_eq!(hours(&tree, "incoming/s/hours"), ("day/s/1", "night/s/1"));
    assert_eq!(count(&tree, |kind| matches!(kind, StepKind::Hours { .. })), 1);
}

#[test]
fn a_pattern_that_is_included_at_some_hours_is_an_entry() {
    let tree = one("[from-trunk]\ninclude => day,9:00-17:00,*,*,*\ninclude => night\n\
         [day]\nexten => _X.,1,Read(key,menu,1)\nsame => n,GotoIf($[${key}=1]?sales,1)\nsame => n,Hangup()\n\
         exten => sales,1,Dial(SIP/1,20)\n[night]\nexten => _X.,1,Voicemail(100,u)\n");
    assert_eq!(hours(&tree, "from-trunk/_X./hours"), ("day/_X./1", "night/_X./1"));
}

#[test]
fn days_of_the_year_leave_the_ordinary_week_as_it_is() {
    let tree = one(
        "[in]\nexten => s,1,GotoIfTime(*,*,25,dec?closed)\nsame => n,GotoIfTime(00:00-08:29,*,*,*?closed)\n\
         same => n,GotoIfTime(18:00-00:00,*,*,*?closed)\nsame => n,Background(menu)\nsame => n,WaitExten(8)\n\
         same => n(closed),Voicemail(100,u)\nexten => 1,1,Dial(SIP/1,20)\n",
    );
    assert_eq!(tree.schedules[0].open.minutes(), 7 * (9 * 60 + 30));
    let unknown: Vec<&str> = tree.unknowns.iter().map(|unknown| unknown.what.as_str()).collect();
    assert!(
        unknown.contains(&"the days of the year that are not as the others"),
        "{unknown:?}"
    );
}

#[test]
fn what_is_run_at_some_hours_is_a_choice_of_hours() {
    let tree = one(
        "[in]\nexten => s,1,ExecIfTime(00:00-08:59,mon-fri,*,*?Macro(out,closed))\nsame => n,Background(menu)\n\
         same => n,WaitExten(5)\nexten => 1,1,Dial(SIP/1,20)\n\
         [macro-out]\nexten => s,1,Playback(${ARG1})\nexten => s,n,Hangup\n",
    );
    assert_eq!(hours(&tree, "in/s/1"), ("in/s/2", "macro-out/s/1"));
    assert_eq!(tree.schedules[0].open.minutes(), 7 * 24 * 60 - 5 * 9 * 60);
}

/// A jump out of a macro ends it, and so does one out of a subroutine from where nothing returns.
#[test]
fn a_call_that_leaves_a_subroutine_is_back_at_its_menu() {
    let calls = "[default]\nexten => s,1(menu),Background(menu)\nexten => s,n,WaitExten(6)\nexten => i,1,Goto(s,menu)\n\
                 exten => t,1,Goto(1,1)\n";
    let macros = "[macro-dial]\nexten => s,1,Dial(${ARG1},20)\nexten => s,n,Goto(s-${DIALSTATUS},1)\n\
                  exten => s-BUSY,1,Playback(busy)\nexten => _s-.,1,Voicemail(100,u)\nexten => _s-.,n,Goto(default,s,menu)\n";
    let subs = "[dial]\nexten => s,1,Dial(${ARG1},20)\nsame => n,Voicemail(100,u)\nsame => n,Goto(default,s,menu)\n";
    for (subroutine, call) in [
        (
            macros,
            "exten => 1,1,Macro(dial,SIP/1)\nexten => 2,1,Macro(dial,SIP/2)\n",
        ),
        (
            subs,
            "exten => 1,1,Gosub(dial,s,1(SIP/1))\nexten => 2,1,Gosub(dial,s,1(SIP/2))\n",
        ),
    ] {
        let text = format!("{calls}{call}{subroutine}");
        let tree = one(&text);
        assert_eq!(count(&tree, |kind| matches!(kind, StepKind::Menu(_))), 1, "{text}");
        assert_eq!(count(&tree, |kind| matches!(kind, StepKind::Subtree { .. })), 0);
        assert!(!rules(&text).contains(&"recursion"));
    }
}

/// `Background` in a macro selects extensions of the place that calls the macro.
#[test]
fn a_macro_asks_for_the_keys_of_its_caller() {
    let tree = one(
        "[macro-greet]\nexten => s,1,Background(${ARG1})\nexten => s,n,WaitExten(5)\n\
         [in]\nexten => s,1,Macro(greet,welcome)\nexten => s,n,Hangup()\nexten => 1,1,Dial(SIP/1,20)\n\
         exten => 2,1,Dial(SIP/2,20)\nexten => i,1,Goto(s,1)\n",
    );
    let menu = menu(&tree, "macro-greet/s/1");
    assert_eq!(options(&menu.keys), [("1", "in/1/1"), ("2", "in/2/1")]);
    assert_eq!(to(menu.no_input.as_ref()), "in/s/2");
}

#[test]
fn a_value_that_comes_back_decides() {
    let text = "[in]\nexten => s,1,Gosub(ask,s,1(welcome))\nsame => n,GotoIf($[\"${GOSUB_RETVAL}\" = \"1\"]?a)\n\
                same => n,Playback(closed)\nsame => n,Hangup()\nsame => n(a),Dial(SIP/1,20)\n\
                [ask]\nexten => s,1,Read(X,${ARG1},1,,2,5)\nsame => n,Return(${X})\n";
    let tree = one(text);
    let menu = menu(&tree, "ask/s/1");
    assert_eq!(options(&menu.keys), [("1", "in/s/a")]);
    assert_eq!(
        (to(menu.no_input.as_ref()), to(menu.no_match.as_ref())),
        ("in/s/3", "in/s/3")
    );
}

/// Channel variables stay with the call, and the menu between is one step all the same.
#[test]
fn a_variable_is_known_behind_a_menu() {
    let text = "[in]\nexten => s,1,GotoIfTime(9:00-17:00,*,*,*?open)\nsame => n,Set(OPEN=0)\nsame => n,Goto(menu,s,1)\n\
                same => n(open),Set(OPEN=1)\nsame => n,Goto(menu,s,1)\n\
                [menu]\nexten => s,1,Background(menu)\nsame => n,WaitExten(8)\nsame => n,Goto(s,1)\n\
                exten => 1,1,GotoIf($[\"${OPEN}\" = \"0\"]?shut)\nsame => n,Queue(sales)\n\
                same => n(shut),Playback(closed)\nsame => n,Hangup()\nexten => i,1,Goto(s,1)\n";
    let tree = one(text);
    assert_eq!(count(&tree, |kind| matches!(kind, StepKind::Menu(_))), 1);
    let mut values: Vec<&str> = tree
        .steps
        .iter()
        .flat_map(|step| &step.sets)
        .map(|(_, value)| value.value.as_str())
        .collect();
    values.sort_unstable();
    assert_eq!(values, ["0", "1"], "nothing is forgotten where it is looked at");
    let staffed: u32 = audited(text, |audit| {
        let measures = &audit.measures;
        let worlds = measures.worlds.iter().zip(&measures.by_world);
        let staffed = worlds.filter(|(_, own)| own.staffed);
        staffed.map(|(world, _)| world.state.minutes_per_week).sum()
    });
    assert_eq!(staffed, 7 * 8 * 60);
}

#[test]
fn keys_that_are_read_and_dialled_are_those_that_have_an_extension() {
    let read = |most: u32, more: &str| {
        format!(
            "[ivr]\nexten => s,1,Read(key,menu,{most})\nsame => n,GotoIf($[\"${{key}}\"==\"\"]?desk)\nsame => n,Goto(${{key}},1)\n\
             same => n(desk),Dial(SIP/desk,20)\nexten => 1,1,Dial(SIP/1,20)\nexten => 2,1,Dial(SIP/2,20)\n{more}"
        )
    };
    let text = read(1, "");
    let tree = one(&text);
    let asked = menu(&tree, "ivr/s/1");
    assert_eq!(options(&asked.keys), [("1", "ivr/1/1"), ("2", "ivr/2/1")]);
    assert!(asked.no_match.is_none(), "other keys end the call");
    assert!(
        import_text(&text).problems.is_empty(),
        "no key that nobody is offered is a mistake of the file"
    );
    let tree = one(&read(1, "exten => i,1,Goto(s,1)\n"));
    assert_eq!(to(menu(&tree, "ivr/s/1").no_match.as_ref()), "ivr/s/1");
    let text = read(4, "exten => _XXXX,1,Dial(SIP/${EXTEN},20)\n");
    let tree = one(&text);
    let asked = menu(&tree, "ivr/s/1");
    assert_eq!(
        options(&asked.keys),
        [("1", "ivr/1/1"), ("2", "ivr/2/1"), ("XXXX", "ivr/_XXXX/1")]
    );
    assert!(asked.no_match.is_none());
    let told = rules(&text);
    assert!(told.contains(&"hang-up-after-errors"), "{told:?}");
    assert!(!told.contains(&"key-waits"), "{told:?}");
}

#[test]
fn a_pattern_of_keys_is_what_serves_them() {
    let plan = |more: &str| {
        format!(
            "[ivr]\nexten => s,1(menu),Background(m)\nsame => n,WaitExten(8)\nexten => 1,1,Dial(SIP/1,20)\n\
             exten => 2,1,Dial(SIP/2,20)\n{more}"
        )
    };
    // 0 and * have no extension, and end the call.
    let tree = one(&plan("exten => _[3-9#],1,Goto(s,menu)\n"));
    let asked = menu(&tree, "ivr/s/menu");
    assert_eq!(asked.keys.len(), 10);
    assert!(asked.no_match.is_none());
    // Each key is a room of its own, and others are wrong.
    let tree = one(&plan(
        "exten => _[3-9],1,Dial(SIP/room${EXTEN},20)\nexten => i,1,Goto(s,menu)\n",
    ));
    let asked = menu(&tree, "ivr/s/menu");
    assert_eq!(asked.keys.len(), 9);
    assert_eq!(to(asked.no_match.as_ref()), "ivr/s/menu");
    // All keys that are left do the same.
    let tree = one(&plan("exten => _X,1,Playback(invalid)\nsame => n,Goto(s,menu)\n"));
    let asked = menu(&tree, "ivr/s/menu");
    assert_eq!((asked.keys.len(), to(asked.no_match.as_ref())), (2, "ivr/_X/1"));
}

#[test]
fn a_pattern_of_one_key_is_no_line() {
    let tree = one(
        "[in]\nexten => s,1,Playback(welcome)\nsame => n(menu),Background(menu)\nsame => n,WaitExten(8)\n\
         exten => 1,1,Queue(sales)\nexten => _[2-9*#],1,Playback(invalid)\nsame => n,Goto(s,menu)\n",
    );
    assert_eq!(tree.name.as_ref().map(|name| name.value.as_str()), Some("in,s"));
    assert_eq!(to(tree.entry.as_ref()), "in/s/1");
}

#[test]
fn the_number_of_another_line_is_no_key() {
    let tree = one(
        "[internal]\nexten => 6000,1,Background(greeting)\nexten => 5000,1,Goto(main,s,1)\n\
         [main]\nexten => s,1,Background(menu)\nsame => n,WaitExten(8)\nexten => 1,1,Queue(sales)\n",
    );
    assert_eq!(count(&tree, |kind| matches!(kind, StepKind::Menu(_))), 1);
}

#[test]
fn keys_interrupt_what_a_script_speaks() {
    let speaks = |keys: &str| {
        format!(
            "[ivr]\nexten => s,1,AGI(googletts.agi,\"For taxes press 1. For anything else press 0.\",en{keys})\n\
             same => n,WaitExten(8)\nexten => 1,1,Dial(SIP/1,20)\nexten => 0,1,Dial(SIP/2,20)\nexten => i,1,Goto(s,1)\n"
        )
    };
    for (keys, barge_in) in [(",any", None), (",\"01\"", None), ("", Some(false))] {
        let tree = one(&speaks(keys));
        let asked = menu(&tree, "ivr/s/1");
        assert_eq!(asked.barge_in, barge_in, "{keys}");
        assert_eq!(options(&asked.keys), [("0", "ivr/0/1"), ("1", "ivr/1/1")]);
    }
}

#[test]
fn what_is_recorded_goes_on() {
    let text = "[ivr]\nexten => s,1,Background(menu)\nsame => n,WaitExten(8)\nexten => 1,1,Dial(SIP/1,20)\n\
                exten => 2,1,Record(/tmp/m:wav,5,60)\nsame => n,Goto(1,1)\nexten => i,1,Goto(1,1)\nexten => t,1,Goto(1,1)\n";
    let tree = one(text);
    let StepKind::Voicemail { owner, then, .. } = &step(&tree, "ivr/2/1").kind else {
        panic!("no recording")
    };
    assert_eq!((owner, to(then.as_ref())), (&None, "ivr/1/1"));
    assert_eq!(rules(text), [""; 0]);
}

#[test]
fn conditions_of_old_releases_do_what_stands_behind_them() {
    for written in [
        "${MSG},Background,${MSG}",
        "${MSG}|Background|${MSG}",
        "${MSG}?Background(${MSG})",
    ] {
        let tree = one(&format!(
            "[ivr]\nexten => s,1,Set(MSG=main)\nexten => s,n,ExecIf({written})\nexten => s,n,WaitExten()\n\
             exten => 0,1,Dial(SIP/1,20)\n"
        ));
        let asked = tree.steps.iter().find(|step| matches!(step.kind, StepKind::Menu(_)));
        let prompt = asked.and_then(|step| step.prompt.as_ref());
        assert_eq!(prompt.map(|prompt| prompt.segments.len()), Some(1), "{written}");
    }
}

#[test]
fn a_number_that_is_read_back_may_be_entered_anew() {
    let text = "[ivr]\nexten => s,1(again),Read(PHONE,your-number,10)\nsame => n,SayDigits(${PHONE})\n\
                same => n,Background(correct)\nsame => n,WaitExten(8)\nexten => 1,1,Queue(sales)\nexten => 2,1,Goto(s,again)\n\
                exten => i,1,Goto(1,1)\nexten => t,1,Goto(1,1)\n";
    assert!(!rules(text).contains(&"repeated-data-entry"));
}

#[test]
fn cures_name_what_works() {
    let text = "[ivr]\nexten => s,1,Background(menu)\nsame => n,WaitExten(8)\nexten => 1,1,Playback(connecting)\n\
                same => n,Dial(SIP/6001,20)\nexten => _6XXX,1,Dial(SIP/${EXTEN},20)\nexten => 5,1,Playback(what)\nsame = Goto(s,2)\n";
    let import = import_text(text);
    let missing = import.problems.first().expect("a mistake");
    assert_eq!(missing.help.as_deref(), Some("write `same => n,Goto(s,2)`"));
    let helps: Vec<String> = findings(text).into_iter().flat_map(|finding| finding.help).collect();
    assert!(helps.iter().any(|help| help.contains("`ivr/1/2`")), "{helps:?}");
    assert!(helps.iter().all(|help| !help.contains("_6XXX")), "{helps:?}");
}

/// What is compared with one value after another says what comes next, whatever leads there how often.
#[test]
fn a_variable_that_is_counted_up_may_be_a_stage() {
    let tree = one(
        "[in]\nexten => s,1,Set(COUNT=1)\nsame => n(next),GotoIf($[\"${COUNT}\" = \"1\"]?first)\n\
         same => n,GotoIf($[\"${COUNT}\" = \"2\"]?second:bye,1)\nsame => n(first),Background(one)\nsame => n,WaitExten(9)\n\
         same => n,Hangup\nsame => n(second),Background(two)\nsame => n,WaitExten(9)\n\
         exten => 1,1,Set(COUNT=$[${COUNT}+1])\nsame => n,Goto(s,next)\nexten => i,1,Playback(wrong)\nsame => n,Goto(s,next)\n\
         exten => bye,1,Playback(bye)\n",
    );
    let (first, second) = (menu(&tree, "in/s/first"), menu(&tree, "in/s/second"));
    assert_eq!(options(&first.keys), [("1", "in/s/second")]);
    assert_eq!(options(&second.keys), [("1", "in/bye/1")]);
    let behind = |menu: &Menu| match &step(&tree, to(menu.no_match.as_ref())).kind {
        StepKind::Message { then, .. } => to(then.as_ref()).to_owned(),
        kind => panic!("no message: {kind:?}"),
    };
    assert_eq!(behind(first), "in/s/first", "a wrong key counts nothing");
    assert_eq!(behind(second), "in/s/second");
    assert_eq!(count(&tree, |kind| matches!(kind, StepKind::Loop { .. })), 0);
}

#[test]
fn waiting_for_keys_that_lead_nowhere_is_a_pause() {
    let plan = |option: &str| {
        format!("[in]\nexten => _.,1,Playback(hello)\nsame => n,WaitExten(60)\nsame => n,Dial(SIP/1,20)\n{option}")
    };
    let tree = one(&plan(""));
    assert_eq!(count(&tree, |kind| matches!(kind, StepKind::Menu(_))), 0);
    let prompt = step(&tree, "in/_./1").prompt.as_ref().expect("a prompt");
    assert_eq!(prompt.segments.last().and_then(|segment| segment.lasts), Some(60_000));
    let tree = one(&plan("exten => 1,1,Dial(SIP/2,20)\n"));
    assert_eq!(options(&menu(&tree, "in/_./1").keys), [("1", "in/1/1")]);
}
