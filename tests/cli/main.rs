//! The program end to end: what a user types, sees and gets.

mod audit;
mod baseline;
mod calibrate;
mod call;
mod diff;
mod editor;
mod figures;
mod fix;
mod foreign;
mod formats;
mod improve;
mod links;
mod outputs;
mod pages;
mod profiles;
mod readme;
mod report;
mod reports;
mod schemas;
mod simulate;
mod sounds;
mod test_command;

use assert_cmd::Command;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// A tree without fault that a person answers at once.
const GOOD: &str = "\
phone-tree: 1
entry: main
steps:
  main:
    kind: menu
    prompt: For bookings, press 1. To speak to a person, press 0.
    reprompts: [\"Sorry. For bookings it is 1, for a person it is 0.\"]
    attempts: 2
    keys: {1: desk, 0: desk}
    no-input: desk
    no-match: desk
  desk: {kind: queue, wait: 20s, announces: [expected-wait], overflow: {after: 5m, to: later}}
  later: {kind: callback, within: 2h, owner: Front desk, prompt: We will call you back within two hours.}
";

/// A tree with an error: a person is offered at the fourth menu.
const BAD: &str = "\
phone-tree: 1
entry: one
steps:
  one: {kind: menu, prompt: \"For more, press 1.\", keys: {1: two}, no-input: two, no-match: two}
  two: {kind: menu, prompt: \"For the next part, press 1.\", keys: {1: three}, no-input: three, no-match: three}
  three: {kind: menu, prompt: \"To go on, press 1.\", keys: {1: four}, no-input: four, no-match: four}
  four: {kind: menu, prompt: \"For a person, press 0.\", keys: {0: desk}, no-input: desk, no-match: desk}
  desk: {kind: agent}
";

/// An Amazon Connect flow without a fault.
const FLOW: &str = r#"{"Version": "2019-10-30", "StartAction": "hello", "Actions": [
  {"Identifier": "hello", "Type": "MessageParticipant", "Parameters": {"Text": "Hello."}, "Transitions": {"NextAction": "bye"}},
  {"Identifier": "bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}"#;

/// The program, run in a folder.
fn presszero(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the program starts")
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presszero"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR");
    command
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder can be made");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }
    folder
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}
