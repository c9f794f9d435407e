//! `presszero simulate`: two answers that agree, the same bytes every time, clear messages.

use super::schemas::{mistakes, published};
use super::{BAD, FLOW, GOOD, code, folder, presszero, repository, stderr, stdout};

#[test]
fn exact_and_simulated_agree_on_every_tree_of_the_project() {
    let trees = [
        "aol-2006",
        "bank",
        "doom-loop",
        "good-clinic",
        "hospital",
        "lloyds-2013",
        "subtree",
        "third-press-of-two",
    ];
    for tree in trees {
        let file = format!("menus/{tree}.yaml");
        let output = presszero(repository(), &["simulate", &file, "--calls", "20000"]);
        assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
        assert!(stdout(&output).contains("exact and simulated agree"), "{tree}");
    }
}

#[test]
fn the_bytes_do_not_depend_on_threads() {
    let run = |threads: &str, format: &str| {
        let arguments = [
            "simulate",
            "menus/bank.yaml",
            "--calls",
            "30000",
            "--threads",
            threads,
            "--format",
            format,
        ];
        stdout(&presszero(repository(), &arguments))
    };
    for format in ["text", "json"] {
        assert_eq!(run("1", format), run("2", format));
    }
    let seeded = |seed: &str| {
        stdout(&presszero(
            repository(),
            &["simulate", "menus/bank.yaml", "--seed", seed],
        ))
    };
    assert_ne!(seeded("1"), seeded("2"));
}

#[test]
fn the_answer_has_its_published_form() {
    let schema = published("simulate");
    for arguments in [&["menus/bank.yaml"][..], &["menus/hmrc-2013.yaml", "--caller", "older"]] {
        let all = [&["simulate", "--calls", "2000", "--format", "json"], arguments].concat();
        let output = presszero(repository(), &all);
        let answer = serde_json::from_str(&stdout(&output)).expect("JSON");
        let mistakes = mistakes(&schema, &answer);
        assert!(mistakes.is_empty(), "{mistakes:#?}");
    }
}

#[test]
fn the_moment_and_the_caller_matter() {
    let at = |moment: &str| {
        stdout(&presszero(
            repository(),
            &["simulate", "menus/bank.yaml", "--calls", "1000", "--at", moment],
        ))
    };
    assert!(at("2026-12-25T10:00").contains("0 calls an hour"));
    assert!(at("2026-11-23T13:00").contains("180 calls an hour"));
    let of = |caller: &str| {
        stdout(&presszero(
            repository(),
            &["simulate", "menus/bank.yaml", "--calls", "1000", "--caller", caller],
        ))
    };
    assert_ne!(of("older"), of("frequent"));
}

#[test]
fn it_goes_on_until_it_is_precise() {
    let arguments = [
        "simulate",
        "menus/bank.yaml",
        "--until-precision",
        "5%",
        "--calls",
        "10000000",
        "--format",
        "json",
    ];
    let output = presszero(repository(), &arguments);
    let answer: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let calls = answer["calls"].as_u64().expect("a number");
    assert!((1000..10_000_000).contains(&calls), "{calls}");
}

#[test]
fn many_calls_to_a_line_of_one_step_take_no_time() {
    let files = folder(&[("one.yaml", "phone-tree: 1\nentry: a\nsteps:\n  a: {kind: agent}\n")]);
    let output = presszero(files.path(), &["simulate", "one.yaml", "--calls", "1000000"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("100.00%"));
}

#[test]
fn what_cannot_be_simulated_is_said() {
    let files = folder(&[
        ("good.yaml", GOOD),
        ("bad.yaml", BAD),
        ("flow.json", FLOW),
        (
            "none.yaml",
            "phone-tree: 1\nentry: nowhere\nsteps:\n  a: {kind: agent}\n",
        ),
        ("not.yaml", "a: b\n"),
    ]);
    let run = |arguments: &[&str]| {
        let all = [&["simulate", "--seed", "3"], arguments].concat();
        presszero(files.path(), &all)
    };
    assert_eq!(code(&run(&["good.yaml"])), 0);
    assert_eq!(code(&run(&["bad.yaml"])), 0);
    assert_eq!(code(&run(&["flow.json"])), 0);
    let cases = [
        (&["none.yaml"][..], 3, "entry is not defined"),
        (&["not.yaml"], 3, "not"),
        (&["missing.yaml"], 3, "missing.yaml"),
        (&["good.yaml", "--caller", "oldest"], 2, "older"),
        (&["good.yaml", "--at", "yesterday"], 2, "yesterday"),
        (&["good.yaml", "--until-precision", "0%"], 2, "such as `1%`"),
        (&["good.yaml", "--calls", "0"], 2, "1..="),
    ];
    for (arguments, exit, message) in cases {
        let output = run(arguments);
        assert_eq!(code(&output), exit, "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
    }
}
