//! The pages in a browser: nothing of a tree runs, nothing leaves, all can be reached, and the keypad calls as `call` does.
//!
//! The tests themselves are those of `tests/browser/`, which need node, its packages (`npm ci` in that folder) and
//! chromium. Where one is missing they are passed over, but not where `CI` is `true`.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Trees of `menus/` whose pages are looked at.
const MENUS: &[&str] = &[
    "third-press-of-two",
    "lloyds-2013",
    "multilingual",
    "subtree",
    "doom-loop",
    "good-clinic",
];

/// The program that a browser is; `CHROMIUM` names another.
const CHROMIUM: &str = "/usr/bin/chromium";

#[test]
#[expect(clippy::print_stderr, reason = "a test that is passed over says why")]
fn pages_are_safe_and_can_be_used_in_a_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = root.join("tests/browser");
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| CHROMIUM.to_owned());
    if let Some(missing) = missing(&tests, &chromium) {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{missing}");
        eprintln!("the pages were not looked at in a browser: {missing}");
        return;
    }
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let _ = std::fs::remove_dir_all(&out);
    std::fs::create_dir_all(&out).expect("a folder for the pages");
    let hostile = out.join("hostile.yaml");
    std::fs::write(&hostile, hostile_tree()).expect("a tree is written");
    for name in MENUS {
        report(
            &[root.join(format!("menus/{name}.yaml"))],
            &out.join("pages").join(name),
        );
    }
    report(std::slice::from_ref(&hostile), &out.join("pages/hostile"));
    report(&[root.join("menus"), hostile.clone()], &out.join("portfolio"));
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec"]).current_dir(&tests);
    node.env("PRESSZERO", env!("CARGO_BIN_EXE_presszero"));
    node.env("PRESSZERO_PAGES", &out)
        .env("PRESSZERO_MENUS", root.join("menus"))
        .env("CHROMIUM", &chromium);
    // A test runner that is started by another one reports to it instead of telling people.
    let told = node.env_remove("NODE_TEST_CONTEXT").output().expect("node runs");
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        told.status.success(),
        "{}\n{}",
        words(&told.stdout),
        words(&told.stderr)
    );
}

/// What the tests need and do not find.
fn missing(tests: &Path, chromium: &str) -> Option<String> {
    if Command::new("node").arg("--version").output().is_err() {
        return Some("node is not installed".to_owned());
    }
    if !tests.join("node_modules/playwright-core").exists() || !tests.join("node_modules/axe-core").exists() {
        return Some("the packages of node are missing; run `npm ci` in tests/browser".to_owned());
    }
    let found = Path::new(chromium).exists();
    (!found).then(|| format!("there is no {chromium}; install chromium, or name another one as `CHROMIUM`"))
}

/// Writes the package of trees.
fn report(trees: &[PathBuf], out: &Path) {
    let mut presszero = Command::new(env!("CARGO_BIN_EXE_presszero"));
    let told = presszero
        .arg("report")
        .args(trees)
        .args(["--fail-on", "never", "--charts", "svg"])
        .arg("--out")
        .arg(out)
        .output()
        .expect("presszero runs");
    assert!(
        told.status.success(),
        "{trees:?}: {}",
        String::from_utf8_lossy(&told.stderr)
    );
}

/// A tree whose names and prompts would run, load or turn something, were they taken for more than text.
fn hostile_tree() -> String {
    let texts = [
        "</script><script>globalThis.ran = 1</script>",
        "<!--<script>",
        "\"><img src=https://hostile.example/a.png onerror=\"globalThis.ran = 2\">",
        "' autofocus onfocus='globalThis.ran = 3",
        "<svg onload=globalThis.ran=4><style>*{display:none}</style>",
        "</title></style></textarea></template><h1>heading",
        "{{ 7 * 7 }}{% raw %}${7*7}`",
        "\u{202E}txet desrever\u{202C} and \u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{645}\u{631}\u{62D}\u{628}\u{627}",
        "\u{1F4DE}\u{1F469}\u{200D}\u{1F4BB}\u{1F1EE}\u{1F1EA} \u{2028}",
        "javascript:globalThis.ran=5",
    ];
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let long = "press and press again ".repeat(455);
    let mut out = String::from("phone-tree: 1\n");
    let _ = writeln!(out, "name: {}\nentry: main\nsteps:", quoted(&texts.join(" ")));
    let _ = writeln!(out, "  main:\n    kind: menu\n    label: {}", quoted(texts[1]));
    let _ = writeln!(
        out,
        "    prompt: {}",
        quoted(&format!("{} For a person, press 1. {long}", texts.join(" ")))
    );
    out.push_str("    keys:\n      \"*\": waiting\n");
    for (key, text) in texts.iter().enumerate() {
        let _ = writeln!(out, "      {key}: {{to: {}, label: {}}}", quoted(text), quoted(text));
    }
    for (key, text) in texts.iter().enumerate() {
        let next = texts
            .get(key + 1)
            .map_or_else(|| "person".to_owned(), |next| quoted(next));
        let _ = writeln!(
            out,
            "  {}:\n    kind: message\n    prompt: {}\n    then: {next}",
            quoted(text),
            quoted(text)
        );
    }
    // Here the system waits whether a second key comes.
    out.push_str("  waiting: {kind: menu, digits: 2, prompt: Two keys?, keys: {1: person, 12: main, \"*\": main}}\n");
    out.push_str("  person: {kind: queue, prompt: \"</pre></main>wait\"}\n");
    out
}
