//! A tree that is written in our own format and read again is audited as the foreign original was.

#[path = "common/files.rs"]
mod files;
#[path = "common/round_trip.rs"]
mod round_trip;

use presszero::document::{self, write};
use presszero::import::{self, Import};
use presszero::source::Source;
use std::fs;
use std::path::PathBuf;

#[test]
fn trees_of_the_fixtures_keep_their_figures_and_findings() {
    assert!(
        compare(&files::below("tests/fixtures")) >= 20,
        "few trees among the fixtures"
    );
}

/// Published configurations of others lie beside the project on some machines only.
#[test]
fn published_trees_keep_their_figures_and_findings() {
    let published = files::below("../shared/corpus");
    if !published.is_empty() {
        assert!(compare(&published) >= 60, "few trees are left of the corpus");
    }
}

/// Compares every tree with what is written of it; the number of trees.
fn compare(files: &[PathBuf]) -> usize {
    let mut trees = 0;
    for path in files {
        let bytes = fs::read(path).expect("a file can be read");
        let source = Source::from_bytes("flow", bytes);
        let Some(import) = import::read(&source) else { continue };
        for tree in import.trees {
            round_trip::keeps_figures_and_findings(&path.display().to_string(), &source, tree);
            trees += 1;
        }
    }
    trees
}

/// Numbers that are larger than anybody's patience do not make a tree that cannot be written.
#[test]
fn numbers_beyond_reason_are_counted_as_the_most_that_count() {
    let freeswitch = r#"<include><menus><menu name="main" greet-long="hello.wav" max-failures="20000" max-timeouts="4000000000">
<entry action="menu-exec-app" digits="1" param="bridge user/1000"/></menu></menus></include>"#;
    let asterisk =
        "[main]\nexten => s,1,Answer()\n same => n,Read(pin,ask,250,,4000000000,5)\n same => n,Dial(SIP/1)\n";
    let genesys = "inboundCall:\n  name: Depot\n  startUpRef: ./menus/menu[main]\n  menus:\n    - menu:\n        name: Main\n        refId: main\n        settingsMenu:\n          repeatCount:\n            lit: 5000\n        choices:\n          - menuDisconnect:\n              name: Bye\n              dtmf: digit_1\n";
    for text in [freeswitch, asterisk, genesys] {
        let source = Source::new("flow", text);
        let import = import::read(&source).expect("a tree of a known format");
        assert_eq!(import.trees.len(), 1, "{text}");
        for tree in import.trees {
            assert!(write::write(&tree).contains("100"), "{}", write::write(&tree));
            round_trip::keeps_figures_and_findings(import.format, &source, tree);
        }
    }
}

/// A wait that a file limits without a length: how long it is stays unknown, and no moment is made of it.
#[test]
fn a_limit_that_nobody_knows_stays_unknown() {
    let text = "[main]\nexten => s,1,Answer()\n same => n,Queue(sales,n)\n same => n,Hangup()\n";
    let source = Source::new("extensions.conf", text);
    let mut import = import::read(&source).expect("a dial plan");
    let tree = import.trees.remove(0);
    let written = write::write(&tree);
    assert!(written.contains("after: unknown"), "{written}");
    round_trip::keeps_figures_and_findings("main", &source, tree);
}

#[test]
fn what_has_no_step_is_refused() {
    let genesys = "inboundCall:\n  name: Depot\n";
    let connect = r#"{"Version": "2019-10-30", "StartAction": "a", "Actions": []}"#;
    let twilio = r#"{"states": [{"name": "Trigger", "type": "trigger", "transitions": [{"event": "incomingCall", "next": "say-play_1"}]}], "initial_state": "Trigger"}"#;
    for text in [genesys, connect, twilio] {
        let import = import::read(&Source::new("flow", text));
        let Some(Import { trees, refused, .. }) = import else {
            continue;
        };
        for tree in &trees {
            assert!(!tree.steps.is_empty(), "{text}");
            let again = document::read(&Source::new("again", write::write(tree)));
            assert_eq!(again.problems, [], "{text}");
        }
        assert!(!trees.is_empty() || !refused.is_empty(), "{text}");
    }
    let genesys = import::read(&Source::new("flow", genesys)).expect("a flow");
    assert_eq!(genesys.trees, []);
    assert_eq!(genesys.refused[0].1, "nothing in it is met by a caller");
}
