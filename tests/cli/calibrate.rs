//! `presszero calibrate`: counts are read from whatever CSV there is, and every mistake in them is told with its line.

use super::schemas::mistakes;
use super::{FLOW, GOOD, code, command, folder, presszero, stderr, stdout};
use serde_json::Value;
use std::fmt::Write;
use std::fs;

const COUNTS: &str = "step,event,n\nmain,1,60\nmain,0,30\nmain,no-input,8\nmain,hang-up,2\n";

fn shares(report: &Value, step: &str) -> Vec<(String, u64)> {
    let steps = report["steps"].as_array().expect("steps");
    let step = steps.iter().find(|known| known["step"] == step).expect("the step");
    let shares = step["shares"].as_array().expect("shares").iter();
    let share = |share: &Value| {
        (
            share["event"].as_str().expect("a name").to_owned(),
            share["n"].as_u64().expect("a number"),
        )
    };
    shares.map(share).filter(|(_, n)| *n > 0).collect()
}

fn json(place: &std::path::Path, arguments: &[&str]) -> Value {
    let arguments = [&["calibrate", "line.yaml", "--format", "json", "--counts"], arguments].concat();
    serde_json::from_str(&stdout(&presszero(place, &arguments))).expect("JSON")
}

#[test]
fn a_table_and_the_figures_are_told() {
    let folder = folder(&[("line.yaml", GOOD), ("counts.csv", COUNTS)]);
    let output = presszero(folder.path(), &["calibrate", "line.yaml", "--counts", "counts.csv"]);
    assert_eq!((code(&output), stderr(&output)), (0, String::new()));
    let text = stdout(&output);
    for part in [
        "main: 100 counted",
        "90% interval",
        "calls that reach a person",
        "the model believes",
        "note: the intervals of the figures",
    ] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn the_json_is_of_its_form_and_tells_the_shares() {
    let counts =
        "step,event,n,attempt,previous\nmain,1,300,1,main\nmain,0,300,1,main\nmain,1,90,1,desk\nmain,0,10,1,desk\n";
    let folder = folder(&[("line.yaml", GOOD), ("counts.csv", counts)]);
    let report = json(folder.path(), &["counts.csv", "--prior-strength", "20"]);
    let schema = serde_json::to_value(presszero::report::calibrate::json::schema()).expect("JSON");
    assert_eq!(mistakes(&schema, &report), Vec::<String>::new());
    assert_eq!(report["schema"], "presszero/calibrate/1");
    assert_eq!(report["prior_strength"], 20.0);
    assert_eq!(shares(&report, "main"), [("1".to_owned(), 390), ("0".to_owned(), 310)]);
    let memory = &report["memory"][0];
    assert_eq!(memory["degrees_of_freedom"], 1);
    assert!(memory["p_value"].as_f64().expect("a number") < 0.001);
    let text = stdout(&presszero(
        folder.path(),
        &["calibrate", "line.yaml", "--counts", "counts.csv"],
    ));
    let told = "the model's one-step memory does not hold at `main`: who comes from `desk` presses 1 90% of the time, who \
                comes from `main` 50%";
    assert!(text.contains(told), "{text}");
}

#[test]
fn any_dialect_of_csv_is_read() {
    let quoted = "\u{FEFF}\"Step\", \"event\" ,\"n\",\"when\"\r\n\"main\",\"1\",\"60\",\"Monday, at noon\"\r\nmain , 0 ,30,\r\nmain,no-input,8\r\n\r\nmain,hang-up,2";
    let dialects = [
        COUNTS.to_owned(),
        quoted.to_owned(),
        COUNTS.replace(',', ";"),
        COUNTS.replace(',', "\t"),
        "n,event,step\n2,hang-up,main\n8,no-input,main\n29,0,main\n60,1,main\n1,0,main\n".to_owned(),
    ];
    let wanted = [("1", 60), ("0", 30), ("no-input", 8), ("hang-up", 2)].map(|(event, n)| (event.to_owned(), n));
    for dialect in dialects {
        let folder = folder(&[("line.yaml", GOOD), ("counts.csv", &dialect)]);
        assert_eq!(
            shares(&json(folder.path(), &["counts.csv"]), "main"),
            wanted,
            "{dialect}"
        );
        let mut command = command(folder.path(), &["calibrate", "line.yaml", "--counts", "-"]);
        let output = command.write_stdin(dialect.clone()).output().expect("it runs");
        assert!(stdout(&output).contains("main: 100 counted"), "{dialect}");
    }
}

#[test]
fn rows_with_mistakes_are_told_with_their_lines_and_the_others_answered() {
    let rows = "mian,1,3\nmain,9,3\nmain,1,-3\nmain,1,2.5\nmain\nmain,\"1\n\",3\nmain,no-inptu,3\n\nmain,1,\u{FF}4\n";
    let folder = folder(&[("line.yaml", GOOD), ("counts.csv", &format!("{COUNTS}{rows}"))]);
    let output = presszero(folder.path(), &["calibrate", "line.yaml", "--counts", "counts.csv"]);
    assert_eq!(code(&output), 3);
    assert!(stdout(&output).contains("main: 103 counted"), "{}", stdout(&output));
    let told = stderr(&output);
    for part in [
        "counts.csv:6: there is no step `mian`; did you mean `main`?",
        "counts.csv:7: `9` is nothing that happens at `main`; its events are `1`, `0`, `no-input`, `no-match`, `hang-up`",
        "counts.csv:8: `-3` is negative",
        "counts.csv:9: `2.5` is not a whole number of calls",
        "counts.csv:10: `` is nothing that happens at `main`",
        "counts.csv:13: `no-inptu` is nothing that happens at `main`; did you mean `no-input`?",
        "counts.csv:15:",
    ] {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
    let many = format!("{COUNTS}{}", "mian,1,3\n".repeat(1000));
    fs::write(folder.path().join("counts.csv"), many).expect("written");
    let told = stderr(&presszero(
        folder.path(),
        &["calibrate", "line.yaml", "--counts", "counts.csv"],
    ));
    assert!(told.contains("980 more rows are left out"), "{told}");
}

#[test]
fn files_that_are_no_counts_are_refused() {
    let cases = [
        ("", "is empty"),
        ("\n\n", "is empty"),
        (
            "step,count\nmain,3\n",
            "line 1 has no column `event`, `n`: its columns are `step`, `count`",
        ),
        ("stp,event,n\nmain,1,3\n", "did you mean `step`?"),
        ("step,event,n,n\nmain,1,3,4\n", "the column `n` stands twice"),
    ];
    for (text, part) in cases {
        let folder = folder(&[("line.yaml", GOOD), ("counts.csv", text)]);
        let output = presszero(folder.path(), &["calibrate", "line.yaml", "--counts", "counts.csv"]);
        assert_eq!(code(&output), 3, "{text}");
        assert!(stderr(&output).contains(part), "{part} is not in:\n{}", stderr(&output));
    }
    let folder = folder(&[("line.yaml", GOOD), ("counts.csv", "step,event,n\n")]);
    let output = presszero(folder.path(), &["calibrate", "line.yaml", "--counts", "counts.csv"]);
    assert_eq!(code(&output), 0);
    assert!(
        stderr(&output).contains("no rows below the header"),
        "{}",
        stderr(&output)
    );
    for (arguments, wanted) in [
        (["line.yaml", "--counts", "none.csv"], 3),
        (["line.yaml", "--counts", "."], 3),
        (["none.yaml", "--counts", "counts.csv"], 3),
        (["-", "--counts", "-"], 2),
    ] {
        let output = presszero(folder.path(), &[&["calibrate"], arguments.as_slice()].concat());
        assert_eq!(code(&output), wanted, "{arguments:?}: {}", stderr(&output));
    }
    let nonsense = [
        "calibrate",
        "line.yaml",
        "--counts",
        "counts.csv",
        "--prior-strength",
        "0",
    ];
    assert_eq!(code(&presszero(folder.path(), &nonsense)), 2);
}

#[test]
fn shares_are_written_into_the_tree_and_every_other_byte_stays() {
    let folder = folder(&[("line.yaml", GOOD), ("counts.csv", COUNTS)]);
    let arguments = [
        "calibrate",
        "line.yaml",
        "--counts",
        "counts.csv",
        "--prior-strength",
        "0.001",
    ];
    let output = presszero(folder.path(), &[&arguments[..], &["--output", "new.yaml"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let new = fs::read_to_string(folder.path().join("new.yaml")).expect("it is written");
    let keys = "keys: {1: {to: desk, share: 66.67%}, 0: {to: desk, share: 33.33%}}";
    assert_eq!(new, GOOD.replace("keys: {1: desk, 0: desk}", keys));
    assert_eq!(
        fs::read_to_string(folder.path().join("line.yaml")).expect("it is there"),
        GOOD
    );
    let output = presszero(folder.path(), &[&arguments[..], &["--write"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(
        fs::read_to_string(folder.path().join("line.yaml")).expect("it is there"),
        new
    );
    // Once more: what stands there already stays as it is.
    assert_eq!(
        code(&presszero(folder.path(), &[&arguments[..], &["--write"]].concat())),
        0
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("line.yaml")).expect("it is there"),
        new
    );
}

#[test]
fn a_foreign_file_is_calibrated_and_not_written() {
    let counts = "step,event,n\nhello,then,95\nhello,hang-up,5\n";
    let folder = folder(&[("flow.json", FLOW), ("counts.csv", counts)]);
    let output = presszero(folder.path(), &["calibrate", "flow.json", "--counts", "counts.csv"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("hello: 100 counted"), "{}", stdout(&output));
    let output = presszero(
        folder.path(),
        &["calibrate", "flow.json", "--counts", "counts.csv", "--write"],
    );
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("has no place for shares"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("flow.json")).expect("it is there"),
        FLOW
    );
}

#[test]
fn one_of_several_trees_is_named() {
    let two = format!(
        "{}---\n{}",
        GOOD.replace("entry:", "name: Day\nentry:"),
        GOOD.replace("entry:", "name: Night\nentry:")
    );
    let folder = folder(&[("line.yaml", &two), ("counts.csv", COUNTS)]);
    let output = presszero(folder.path(), &["calibrate", "line.yaml", "--counts", "counts.csv"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("say which with `--tree`: `Day`, `Night`"),
        "{}",
        stderr(&output)
    );
    let output = presszero(
        folder.path(),
        &[
            "calibrate",
            "line.yaml",
            "--counts",
            "counts.csv",
            "--tree",
            "Night",
            "--write",
        ],
    );
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = fs::read_to_string(folder.path().join("line.yaml")).expect("it is there");
    let (day, night) = text.split_once("---\n").expect("two trees");
    assert!(!day.contains("share") && night.contains("share"), "{text}");
}

#[test]
fn a_long_file_is_read_row_by_row() {
    let mut long = COUNTS.to_owned();
    for number in 0..200_000 {
        let _ = writeln!(long, "main,{},{}", number % 2, number % 7);
    }
    let folder = folder(&[("line.yaml", GOOD), ("counts.csv", &long)]);
    let report = json(folder.path(), &["counts.csv"]);
    let sum: u64 = shares(&report, "main").iter().map(|(_, n)| n).sum();
    assert_eq!(sum, 100 + (0..200_000_u64).map(|number| number % 7).sum::<u64>());
    assert_eq!(report["rows"], 200_004);
}
