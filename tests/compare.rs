//! A change of a tree told in callers' terms: exact sentences, mirrored changes, and changes that are none.

use presszero::audit::Portfolio;
use presszero::compare::trees::{Place, pairs};
use presszero::compare::{Comparison, Crowd, Side, Tolerance, Verdict, closed_hours, compare, matching};
use presszero::document::read;
use presszero::document::tree::{PhoneTree, StepKind};
use presszero::document::write::write;
use presszero::finding::Finding;
use presszero::graph::pace::Pace;
use presszero::report::TreeReport;
use presszero::report::diff::{Diff, Half, TreeDiff, markdown, text};
use presszero::report::lines::Lines;
use presszero::report::text::Look;
use presszero::settings::Settings;
use presszero::source::Source;
use std::fs;
use std::path::Path;

/// A person at the first menu.
const NEAR: &str = "\
phone-tree: 1
name: Acme
entry: main
callers:
  dispute: {share: 40, served-by: [disputes]}
  balance: {share: 60, served-by: [balance]}
steps:
  main:
    kind: menu
    prompt: For your balance, press 1. To dispute a charge, press 2.
    keys: {1: balance, 2: disputes}
    attempts: 2
    reprompts: [It is 1 for your balance and 2 to dispute a charge.]
    no-input: disputes
    no-match: disputes
  balance: {kind: self-service, prompt: Your balance follows., takes: 10s, succeeds: 100%, then: bye}
  bye: {kind: hang-up, reason: served}
  disputes: {kind: agent}
";

/// The same line with a menu before its person.
fn far() -> String {
    NEAR.replace("2: disputes}", "2: charges}").replace(
        "  bye:",
        "  charges:\n    kind: menu\n    prompt: For the last bill, press 1. For an older one, press 2.\n    \
         keys: {1: disputes, 2: disputes}\n    no-input: disputes\n    no-match: disputes\n  bye:",
    )
}

/// A portfolio of one text.
fn portfolio(text: &str) -> Portfolio {
    let source = Source::new("line.yaml", text);
    let reading = read(&source);
    assert!(!reading.trees.is_empty(), "{text}");
    let mut out = Portfolio::default();
    out.add(source, "presszero", reading.trees);
    out
}

fn side(portfolio: &Portfolio) -> Side<'_> {
    let audit = portfolio.audit(0, Pace::default()).expect("a tree");
    let found = TreeReport::of(&audit, &[], &Settings::default());
    Side {
        tree: &portfolio.trees[0].tree,
        closed_hours: closed_hours(&audit),
        crowd: Crowd::of(&audit),
        figures: found.figures,
        checked: found.checked,
    }
}

/// What a change from one text to another does.
fn compared(old: &str, new: &str) -> Comparison {
    let (old, new) = (portfolio(old), portfolio(new));
    compare(&side(&old), &side(&new), &Tolerance::default())
}

/// The same as a report tells it.
fn told(old: &str, new: &str) -> Diff {
    let (old, new) = (portfolio(old), portfolio(new));
    told_of((&old, &side(&old)), (&new, &side(&new)))
}

fn told_of((old, before): (&Portfolio, &Side<'_>), (new, after): (&Portfolio, &Side<'_>)) -> Diff {
    let [old_lines, new_lines] = [old, new].map(|portfolio| Lines::of(&portfolio.sources[0].text));
    let half = |lines, side| Half {
        file: "line.yaml",
        lines,
        side,
    };
    let tolerance = Tolerance::default();
    let tree = TreeDiff::of(&half(&old_lines, before), &half(&new_lines, after), &tolerance);
    Diff::of("old".to_owned(), "new".to_owned(), &tolerance, vec![tree], Vec::new())
}

/// The lines of the report in a terminal, blanks in a row as one.
fn report(old: &str, new: &str) -> Vec<String> {
    let text = text(&told(old, new), Look::default());
    let squeeze = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().map(squeeze).collect()
}

fn says(lines: &[String], wanted: &[&str]) {
    for wanted in wanted {
        assert!(lines.iter().any(|line| line == wanted), "no `{wanted}` in {lines:#?}");
    }
}

fn tree(text: &str) -> PhoneTree {
    let mut trees = read(&Source::new("line.yaml", text)).trees;
    assert_eq!(trees.len(), 1);
    trees.remove(0)
}

/// The menus of the project.
fn menus() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("menus");
    let files = fs::read_dir(folder).expect("a folder").filter_map(Result::ok);
    let mut out: Vec<(String, String)> = files
        .filter(|file| file.path().extension().is_some_and(|end| end == "yaml"))
        .map(|file| {
            (
                file.file_name().to_string_lossy().into_owned(),
                fs::read_to_string(file.path()).expect("text"),
            )
        })
        .collect();
    out.sort();
    assert!(out.len() >= 10);
    out
}

#[test]
fn a_menu_more_is_told_for_all_and_for_whom_it_concerns() {
    let lines = report(NEAR, &far());
    says(
        &lines,
        &[
            "worse for callers: +1 menu, +4 s to a person",
            "! worse a person is offered 1 -> 2 menus, 5 -> 9 s",
            "! worse a person for `dispute` 1 -> 2 menus, 5 -> 9 s",
            "! worse callers met by a repeated prompt 0% -> 5%",
            "+ added `charges`",
            "~ changed `main`",
            "key 2 leads to `charges`, was `disputes`",
            "worse by more than is tolerated",
        ],
    );
    assert!(!lines.iter().any(|line| line.contains("`balance` 1 ->")), "{lines:#?}");
    let back = report(&far(), NEAR);
    says(
        &back,
        &[
            "better for callers: -1 menu, -4 s to a person",
            "* better a person is offered 2 -> 1 menu, 9 -> 5 s",
            "- removed `charges`",
            "not worse than is tolerated",
        ],
    );
}

#[test]
fn what_goes_is_worse_and_what_is_unknown_is_not_judged() {
    let near = NEAR.replace(
        "{kind: self-service, prompt: Your balance follows., takes: 10s, succeeds: 100%, then: bye}",
        "{kind: message, prompt: Your balance follows., then: bye}",
    );
    assert_ne!(near, NEAR);
    let gone = near.replace("kind: agent", "kind: hang-up, reason: deflected");
    says(
        &report(&near, &gone),
        &["worse for callers: a person is offered no more"],
    );
    says(&report(&gone, &near), &["better for callers: a person is offered now"]);
    // A transfer to who knows where is neither a person nor none.
    let open = near.replace("kind: agent", "kind: transfer, number: \"+1 555 0100\"");
    let change = compared(&near, &open);
    let way = |of: &Comparison| {
        of.figures
            .iter()
            .take(9)
            .map(|figure| figure.verdict)
            .collect::<Vec<_>>()
    };
    assert!(
        way(&change).iter().all(|verdict| *verdict == Verdict::NotKnown),
        "{:?}",
        way(&change)
    );
    assert!(change.figures.iter().take(9).all(|figure| !figure.beyond));
}

#[test]
fn shorter_hours_are_worse_whatever_else_decides() {
    let (_, bank) = menus()
        .into_iter()
        .find(|(name, _)| name == "bank.yaml")
        .expect("it is there");
    let office = "mon-fri: \"08:00-20:00\"";
    let shorter = bank.replacen(office, "mon-fri: \"08:00-18:00\"", 1);
    let schedule = |hours: &str| {
        format!(
            "phone-tree: 1\nentry: main\nschedules: {{office: {{open: {{mon-fri: \"{hours}\"}}}}}}\nsteps:\n  main: {{kind: \
             hours, schedule: office, open: desk, closed: bye}}\n  desk: {{kind: agent}}\n  bye: {{kind: hang-up, \
             reason: closed}}\n"
        )
    };
    says(
        &report(&schedule("09:00-17:00"), &schedule("09:00-16:00")),
        &["worse for callers: nobody answers 128 -> 133 h a week"],
    );
    assert_ne!(shorter, bank);
    // The card team answers at all hours; the others do not.
    let hours = "! worse nobody answers, for `balance` 104 -> 114 h a week";
    says(&report(&bank, &shorter), &[hours]);
}

#[test]
fn tolerance_is_read_and_heeded() {
    let (old, new) = (portfolio(NEAR), portfolio(&far()));
    let (before, after) = (side(&old), side(&new));
    let is_worse = |text: &str| compare(&before, &after, &text.parse().expect("a tolerance")).is_worse();
    assert!(is_worse("5s"));
    assert!(is_worse("1 menu"), "shares of callers are worse still");
    assert!(!is_worse("1 menu,100pp"));
    assert!(is_worse("1 menu, 100pp, 2s"));
    assert!(
        !is_worse("1 menu, 100pp, 2s, 100%"),
        "the greater of seconds and part counts"
    );
    assert!(is_worse("1 menu,100pp,0 keys"));
    for wrong in ["", "5", "5x", "x", "5s,,1pp", "-1s"] {
        assert!(wrong.parse::<Tolerance>().is_err(), "{wrong}");
    }
    let words = "no menu more, 5 s or 5% more to a person (the greater of the two), 1 percentage point of callers, no new error";
    assert_eq!(Tolerance::default().to_string(), words);
}

/// Rule and message of findings, in one order.
fn named(findings: &[Finding]) -> Vec<(&str, &str)> {
    let mut out: Vec<_> = findings
        .iter()
        .map(|finding| (finding.rule, finding.message.as_str()))
        .collect();
    out.sort_unstable();
    out
}

/// That the change back is the change in a mirror.
fn mirrors(old: &str, new: &str, what: &str) {
    let (old, new) = (portfolio(old), portfolio(new));
    let (before, after) = (side(&old), side(&new));
    let tolerance = Tolerance::default();
    let (there, back) = (
        compare(&before, &after, &tolerance),
        compare(&after, &before, &tolerance),
    );
    let turned = |verdict: Verdict| match verdict {
        Verdict::Better => Verdict::Worse,
        Verdict::Worse => Verdict::Better,
        same => same,
    };
    for one in &there.figures {
        let other = back
            .figures
            .iter()
            .find(|other| (&other.of, other.what) == (&one.of, one.what));
        let other = other.expect("the same figures");
        assert_eq!((one.before, one.after), (other.after, other.before), "{what}: {one:?}");
        assert_eq!(one.verdict, turned(other.verdict), "{what}: {one:?}");
    }
    assert_eq!(there.figures.len(), back.figures.len());
    assert_eq!(named(&there.findings.gained), named(&back.findings.lost), "{what}");
    assert_eq!(named(&there.findings.lost), named(&back.findings.gained), "{what}");
    assert_eq!(
        (&there.edit.added, &there.edit.removed),
        (&back.edit.removed, &back.edit.added),
        "{what}"
    );
    assert_eq!(there.edit.tree.len(), back.edit.tree.len(), "{what}");
    let renamed = |edit: &presszero::compare::Edit| edit.renamed.clone();
    let mut turned: Vec<_> = renamed(&back.edit).into_iter().map(|(old, new)| (new, old)).collect();
    let mut there = renamed(&there.edit);
    turned.sort();
    there.sort();
    assert_eq!(there, turned, "{what}");
}

#[test]
fn the_change_back_is_the_change_in_a_mirror() {
    mirrors(NEAR, &far(), "near and far");
    mirrors(
        NEAR,
        &NEAR.replace("disputes", "quarrels").replace("20 s", "30 s"),
        "renamed",
    );
    mirrors(NEAR, &NEAR.replace("share: 40", "share: 10"), "other callers");
    for (name, text) in menus() {
        let without = tree(&text);
        let changed = write(&with(without, |tree| {
            for step in &mut tree.steps {
                if let StepKind::Menu(menu) = &mut step.kind {
                    menu.keys.truncate(menu.keys.len().max(2) - 1);
                }
            }
        }));
        mirrors(&text, &changed, &name);
    }
}

/// A tree after something was done to it, read again from its text.
fn with(mut tree: PhoneTree, act: impl FnOnce(&mut PhoneTree)) -> PhoneTree {
    act(&mut tree);
    tree
}

/// Every step under another name.
fn renamed(text: &str) -> String {
    let new = |name: &str| format!("x-{}", name.chars().rev().collect::<String>().replace(' ', "-"));
    write(&with(tree(text), |tree| {
        let known: Vec<String> = tree.steps.iter().map(|step| step.name.value.clone()).collect();
        let rename = |target: &mut presszero::document::tree::Target| {
            if known.contains(&target.name.value) {
                target.name.value = new(&target.name.value);
            }
        };
        tree.entry.iter_mut().for_each(rename);
        tree.callers
            .iter_mut()
            .flat_map(|intent| &mut intent.served_by)
            .for_each(rename);
        tree.everywhere.iter_mut().for_each(|choice| rename(&mut choice.to));
        tree.calls.clear();
        for step in &mut tree.steps {
            step.targets_mut(&mut |target| rename(target));
            if let StepKind::Subtree {
                file: None,
                entry: Some(entry),
                ..
            } = &mut step.kind
            {
                entry.value = new(&entry.value);
            }
            step.name.value = new(&step.name.value);
        }
    }))
}

#[test]
fn what_changes_nothing_says_so() {
    for (name, text) in menus() {
        let old = portfolio(&text);
        let before = side(&old);
        let reordered = with(tree(&text), |tree| tree.steps.reverse());
        for (what, new) in [
            ("rewritten", write(&tree(&text))),
            ("reordered", write(&reordered)),
            ("renamed", renamed(&text)),
        ] {
            let new = portfolio(&new);
            let after = side(&new);
            let change = compare(&before, &after, &Tolerance::default());
            assert!(change.changes_nothing(), "{name}, {what}: {:#?}", change.findings);
            assert!(!change.is_worse() && !change.is_better());
            let diff = told_of((&old, &before), (&new, &after));
            assert_eq!(diff.trees[0].headline, "nothing changes for callers", "{name}, {what}");
            let edit = change.edit;
            if what == "renamed" {
                assert_eq!(edit.renamed.len(), before.tree.steps.len(), "{name}: {edit:#?}");
                assert!(
                    edit.added.is_empty() && edit.removed.is_empty() && edit.changed.is_empty(),
                    "{name}: {edit:#?}"
                );
            } else {
                assert!(edit.is_empty(), "{name}, {what}: {edit:#?}");
            }
        }
    }
    assert_eq!(told(NEAR, NEAR).trees[0].headline, "nothing changes for callers");
}

#[test]
fn steps_of_one_content_are_told_apart_by_their_neighbours() {
    let text = |a: &str, b: &str| {
        format!(
            "phone-tree: 1\nentry: main\nsteps:\n  main: {{kind: menu, prompt: \"For bills, press 1. For cards, press 2.\", \
             keys: {{1: {a}, 2: {b}}}}}\n  one: {{kind: agent}}\n  two: {{kind: agent}}\n"
        )
    };
    let (old, new) = (text("one", "two"), text("first", "second"));
    // The file has them in the other order.
    let new = new.replace("  one:", "  second:").replace("  two:", "  first:");
    let (old, new) = (tree(&old), tree(&new));
    let found = matching(&old, &new);
    let renamed = found.renamed(&old, &new);
    assert_eq!((renamed["one"], renamed["two"]), ("first", "second"));
    // A step of another name and other words stands where its counterpart stood.
    let near = tree(NEAR);
    let moved = tree(
        &NEAR
            .replace("disputes", "quarrels")
            .replace("balance: {kind", "account: {kind")
            .replace("1: balance,", "1: account,")
            .replace("[balance]", "[account]")
            .replace("Your balance follows.", "Your own balance follows here."),
    );
    let renamed = matching(&near, &moved).renamed(&near, &moved);
    assert_eq!((renamed["disputes"], renamed["balance"]), ("quarrels", "account"));
}

#[test]
fn an_allowance_is_no_cure() {
    let far = far();
    let allowed = far.replace(
        "entry: main\n",
        "entry: main\nallow: {needlessly-deep: the law wants two menus}\n",
    );
    assert_ne!(allowed, far);
    let change = compared(&far, &allowed).findings;
    assert_eq!((change.lost.len(), change.gained.len()), (0, 0), "{change:#?}");
    let [(finding, reason)] = change.allowed.as_slice() else {
        panic!("{change:#?}");
    };
    assert_eq!(
        (finding.rule, reason.as_str()),
        ("needlessly-deep", "the law wants two menus")
    );
    let back = compared(&allowed, &far).findings;
    assert_eq!(
        (back.lost.len(), back.gained.len(), back.disallowed.len()),
        (0, 0, 1),
        "{back:#?}"
    );
}

#[test]
fn trees_are_found_again_in_other_files() {
    let (near, bank) = (tree(NEAR), tree(&menus()[1].1));
    let nameless = with(tree(NEAR), |tree| tree.name = None);
    let place = |file, tree| Place { file, tree };
    let same = pairs(
        &[place("a", &near), place("b", &bank)],
        &[place("b", &bank), place("a", &near)],
    );
    assert_eq!(same, [(Some(1), Some(0)), (Some(0), Some(1))]);
    let moved = pairs(&[place("a", &nameless)], &[place("c", &bank), place("d", &nameless)]);
    assert_eq!(moved, [(None, Some(0)), (Some(0), Some(1))]);
    let apart = pairs(&[place("a", &near)], &[place("b", &bank)]);
    assert_eq!(apart, [(None, Some(0)), (Some(0), None)]);
}

#[test]
fn a_comment_begins_with_callers_and_obeys_nothing_that_the_file_says() {
    let evil = far()
        .replace("charges", "chärges")
        .replace("name: Acme", "name: \"<img src=x> | @octocat\"");
    let comment = markdown(&told(NEAR, &evil));
    let lines: Vec<&str> = comment.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines[0], "## presszero: worse for callers than is tolerated");
    assert_eq!(lines[1], "### worse for callers: +1 menu, +4 s to a person");
    assert!(
        comment.contains("| \\! **worse** | a person for <code>dispute</code> | 1 → 2 menus, 5 → 9 s |"),
        "{comment}"
    );
    assert!(!comment.contains("<img") && !comment.contains("@octocat"), "{comment}");
}
