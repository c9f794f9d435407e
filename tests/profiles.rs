//! Profiles: their files, what several of them come to, and what a tree shows of their requirements.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use presszero::audit::Portfolio;
use presszero::check::checklist::{Verdict, checklist};
use presszero::check::{Overrides, check, read_settings, settings_schema};
use presszero::document::read::read;
use presszero::finding::Finding;
use presszero::graph::pace::Pace;
use presszero::profiles::{self, Status, Takes};
use presszero::report::text::{Look, mistakes};
use presszero::rules;
use presszero::settings::{Settings, Severity};
use presszero::source::Source;
use std::path::Path;

/// A person at the second menu, a wait of 100 s; the first menu has six options.
const DEEP: &str = "\
phone-tree: 1
entry: main
steps:
  main:
    kind: menu
    prompt: For cards, press 1. For loans, press 2. For bills, press 3. For repairs, press 4. For moving, press 5. For all else, press 6.
    keys: {1: more, 2: more, 3: more, 4: more, 5: more, 6: more}
    no-input: desk
    no-match: desk
  more:
    kind: menu
    prompt: To speak to a person, press 0.
    keys: {0: desk}
    no-input: desk
    no-match: desk
  desk: {kind: queue, wait: 100s, prompt: Please hold.}
";

fn portfolio(text: &str) -> Portfolio {
    let source = Source::new("tree.yaml", text);
    let reading = read(&source);
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "presszero", reading.trees);
    portfolio.trees[0].problems = reading.problems;
    portfolio
}

fn settings(text: &str) -> Settings {
    let (settings, problems) = read_settings(&Source::new("presszero.yaml", text));
    assert_eq!(problems, [], "{text}");
    settings
}

/// What is found in a tree under settings.
fn found(tree: &str, under: &str) -> Vec<Finding> {
    let portfolio = portfolio(tree);
    let audit = portfolio.audit(0, Pace::default()).unwrap();
    check(&audit, &settings(under)).findings
}

fn of<'f>(findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    findings.iter().filter(|finding| finding.rule == rule).collect()
}

/// Clause, verdict, and what is told with it, of each requirement.
fn answers(tree: &str, profile: &str) -> Vec<(String, Verdict, String)> {
    let portfolio = portfolio(tree);
    let audit = portfolio.audit(0, Pace::default()).unwrap();
    let profile = profiles::named(profile).unwrap();
    let answers = checklist(&audit, &portfolio.trees[0].problems, profile);
    let told = |answer: presszero::check::checklist::Answer<'_>| {
        let findings = answer.findings.into_iter().map(|finding| finding.message);
        let told: Vec<String> = findings.chain(answer.reasons).collect();
        (answer.requirement.asks.clone(), answer.verdict, told.join("; "))
    };
    answers.into_iter().map(told).collect()
}

fn verdict<'a>(answers: &'a [(String, Verdict, String)], asks: &str) -> (Verdict, &'a str) {
    let (_, verdict, told) = answers.iter().find(|(known, ..)| known.contains(asks)).unwrap();
    (*verdict, told)
}

#[test]
fn the_files_have_no_mistakes_and_say_what_they_rest_on() {
    for (name, text) in profiles::SOURCES {
        let source = Source::new(format!("{name}.yaml"), *text);
        let (_, problems) = profiles::read(&source);
        assert!(problems.is_empty(), "{}", mistakes(&source, &problems, Look::default()));
        let profile = profiles::named(name).unwrap();
        assert_eq!(profile.name, *name);
        match &profile.instrument {
            None => assert_ne!(profile.takes, Takes::Nothing, "{name} asks nothing"),
            Some(instrument) => {
                assert!(!profile.requirements.is_empty(), "{name} has no requirement");
                assert_eq!(instrument.as_of, "2026-11-22", "{name}");
                assert!(profile.page().contains(instrument.status.name()), "{name}");
            }
        }
        for requirement in &profile.requirements {
            assert!(!requirement.asks.ends_with('.'), "{name}: {}", requirement.asks);
            for demand in &requirement.demands {
                assert_ne!(demand.setting.on, Some(false), "{name} turns {} off", demand.rule.name);
                let units = [demand.limit(), demand.rule.limit].map(|limit| limit.map(|limit| limit.unit));
                assert_eq!(units[0], units[1], "{name}: {}", demand.rule.name);
                let limit = demand.limit();
                let speaks = |s: Severity| limit.is_some_and(|limit| limit.of(s).is_some());
                assert!(limit.is_none() || Severity::ALL.into_iter().any(speaks), "{name}");
            }
        }
    }
}

#[test]
fn a_mistake_in_a_profile_has_its_place() {
    let text = "\
title: A law
requirements:
  - {clause: art. 1, asks: a person, rules: {human-unreachible: error}}
  - {clause: art. 2, asks: soon, rules: {wait-too-long: {limit: {error: 60}}}}
  - {clause: art. 3, ask: nothing}
";
    let (profile, problems) = profiles::read(&Source::new("law", text));
    assert_eq!(profile.requirements.len(), 3);
    let told: Vec<(&str, &str)> = problems
        .iter()
        .map(|problem| (&text[problem.span.range()], problem.message.as_str()))
        .collect();
    assert!(told.contains(&("human-unreachible", "there is no rule called `human-unreachible`")));
    assert!(told.contains(&("60", "a duration needs its unit: write `60s` for seconds")));
    assert!(told.contains(&("ask", "requirements have no field `ask`")));
    assert!(
        told.iter()
            .any(|(_, message)| message.contains("names rules, or says why"))
    );
}

#[test]
fn recommended_and_all_ask_what_they_promise() {
    let asked = |text: &str| -> Vec<&str> {
        let asked = profiles::asked(&settings(text));
        asked.iter().map(|asked| asked.rule.name).collect()
    };
    let every: Vec<&str> = rules::all().map(|rule| rule.name).collect();
    let recommended: Vec<&str> = every
        .iter()
        .copied()
        .filter(|rule| !rules::ONLY_IN_ALL.contains(rule))
        .collect();
    assert_eq!(asked(""), recommended);
    assert_eq!(asked("profiles: all"), every);
    let spanish = asked("profiles: [es-ley-10-2025]");
    assert!(spanish.contains(&"human-too-deep") && !spanish.contains(&"too-many-options"));
    let both = asked("profiles: [recommended, es-ley-10-2025]");
    assert_eq!(both, recommended);
    // What is set for a rule turns it on, and `off` turns it off.
    let own = asked("profiles: es-ley-10-2025\nrules: {too-many-options: warning, human-too-deep: off}");
    assert!(own.contains(&"too-many-options") && !own.contains(&"human-too-deep"));
}

#[test]
fn a_finding_names_the_clause_and_its_limit() {
    let findings = found(DEEP, "profiles: [es-ley-10-2025]");
    let deep = of(&findings, "human-too-deep")[0];
    assert_eq!(deep.severity, Severity::Error);
    let clause = "Ley 10/2025 (Spain), art. 8: a person is among the options of the main menu";
    assert_eq!(deep.clauses, [clause]);
    assert_eq!(deep.limit.as_deref(), Some("2 menus (Ley 10/2025 (Spain), art. 8)"));
    // By the project's own limits a second menu is only worth knowing.
    let findings = found(DEEP, "");
    let deep = of(&findings, "human-too-deep")[0];
    assert_eq!((deep.severity, deep.clauses.len()), (Severity::Info, 0));
    assert!(deep.limit.as_deref().unwrap().contains("project default"));
}

#[test]
fn of_several_profiles_the_stricter_limit_holds() {
    let waits = |text: &str| {
        let findings = found(DEEP, text);
        of(&findings, "wait-too-long").into_iter().cloned().collect::<Vec<_>>()
    };
    assert_eq!(waits("profiles: [es-ley-10-2025]"), []);
    for profiles in ["[pt-134-2009, es-ley-10-2025]", "[es-ley-10-2025, pt-134-2009]"] {
        let found = waits(&format!("profiles: {profiles}"));
        assert_eq!(found.len(), 1, "{profiles}");
        let cites = "Decreto-Lei 134/2009 (Portugal), preamble";
        assert_eq!(found[0].limit, Some(format!("60 s ({cites})")));
        // The laxer clause is kept, and so not named.
        assert_eq!(
            found[0].clauses,
            [format!("{cites}: nobody waits longer than 60 seconds")]
        );
    }
    // Two clauses that the same wait misses are both named, and it is one finding.
    let found = waits("profiles: [us-cable-76.309, pt-134-2009, recommended]");
    assert_eq!((found.len(), found[0].clauses.len()), (1, 2));
    // A limit of 60 s is kept by a wait of 60 s.
    let at_limit = DEEP.replace("wait: 100s", "wait: 60s");
    assert!(of(&self::found(&at_limit, "profiles: [pt-134-2009]"), "wait-too-long").is_empty());
    // The graver severity of the two.
    let deep = self::found(DEEP, "profiles: [recommended, es-ley-10-2025]");
    let deep = of(&deep, "human-too-deep");
    assert_eq!((deep.len(), deep[0].severity), (1, Severity::Error));
}

#[test]
fn what_the_user_sets_goes_above_all() {
    let text = "profiles: [pt-134-2009]\nrules: {wait-too-long: {limit: 2m}}";
    assert!(of(&found(DEEP, text), "wait-too-long").is_empty());
    let text = "profiles: [pt-134-2009, us-cable-76.309]\nrules: {wait-too-long: {limit: 90s, severity: info}}";
    let findings = found(&DEEP.replace("100s", "95s"), text);
    let wait = of(&findings, "wait-too-long")[0];
    assert_eq!(wait.severity, Severity::Info);
    assert_eq!(wait.limit.as_deref(), Some("90 s (your settings)"));
    assert_eq!(wait.clauses.len(), 2);
}

#[test]
fn some_requirements_look_at_the_first_menu_only() {
    let options = |tree: &str| of(&found(tree, "profiles: [pt-134-2009]"), "too-many-options").len();
    assert_eq!(options(DEEP), 1);
    let short = DEEP.replace("entry: main", "entry: more");
    let short = short
        .replace("{0: desk}", "{0: desk, 1: main}")
        .replace("person, press 0.", "person, press 0. For more, press 1.");
    assert_eq!(options(&short), 0);
    assert_eq!(of(&found(&short, ""), "too-many-options").len(), 1);
}

#[test]
fn a_checklist_tells_what_holds_fails_and_cannot_be_known() {
    let answers_of = |tree: &str| answers(tree, "es-ley-10-2025");
    let deep = answers_of(DEEP);
    let (is, told) = verdict(&deep, "among the options of the main menu");
    assert_eq!(is, Verdict::Fails);
    assert!(told.contains("first offered at menu 2"), "{told}");
    assert_eq!(verdict(&deep, "not cut").0, Verdict::Holds);
    // A mean wait that keeps the limit does not show that 95% of calls do.
    let (is, told) = verdict(&deep, "95%");
    assert_eq!(is, Verdict::Unknown);
    assert!(told.contains("needs measured answer times"), "{told}");
    let slow = answers_of(&DEEP.replace("100s", "200s"));
    assert_eq!(verdict(&slow, "95%").0, Verdict::Fails);
    assert_eq!(verdict(&deep, "who he is").0, Verdict::Unknown);
}

#[test]
fn silence_about_what_is_not_known_is_no_proof() {
    let near = DEEP.replace("entry: main", "entry: more");
    let asks = "among the options of the main menu";
    assert_eq!(verdict(&answers(&near, "es-ley-10-2025"), asks).0, Verdict::Holds);
    // A recording of which nobody knows the words.
    let recorded = near.replace(
        "prompt: To speak to a person, press 0.",
        "prompt: {audio: menu.wav, lasts: 4s}",
    );
    let known = answers(&recorded, "es-ley-10-2025");
    assert_ne!(verdict(&known, asks).0, Verdict::Holds);
    // A transfer of which nobody knows whom it reaches.
    let away = near.replace(
        "desk: {kind: queue, wait: 100s, prompt: Please hold.}",
        "desk: {kind: transfer, number: \"1\"}",
    );
    let known = answers(&away, "es-ley-10-2025");
    let (is, told) = verdict(&known, asks);
    assert_eq!(is, Verdict::Unknown, "{told}");
    // Where a person is offered at once, nothing that is unknown elsewhere takes that away.
    let far = DEEP.replace("For all else, press 6.", "For a person, press 6.");
    let far = far
        .replace("6: more", "6: desk")
        .replace("{0: desk}\n", "{0: desk, 1: far}\n");
    let far = format!("{far}  far: {{kind: transfer, number: \"1\"}}\n");
    let known = answers(&far, "es-ley-10-2025");
    assert_eq!(verdict(&known, asks), (Verdict::Holds, ""));
    assert_eq!(verdict(&known, "not cut").0, Verdict::Unknown);
    // A wait that is not said.
    let waits = "six minutes of dialling";
    assert_eq!(
        verdict(&answers(&near, "il-6-minutes"), "their place in the queue").0,
        Verdict::Fails
    );
    let unsaid = near.replace("wait: 100s, ", "");
    let known = answers(&unsaid, "il-6-minutes");
    let (is, told) = verdict(&known, "change to leaving a message");
    assert_eq!(is, Verdict::Unknown, "{told}");
    let (is, told) = verdict(&known, waits);
    assert_eq!(is, Verdict::Unknown);
    assert!(told.contains("how long callers wait is not known at `desk`"), "{told}");
    // A file with mistakes shows nothing.
    let broken = format!("{near}  odd: {{kind: menue}}\n");
    assert_ne!(verdict(&answers(&broken, "es-ley-10-2025"), asks).0, Verdict::Holds);
}

#[test]
fn mistakes_in_settings_have_their_places() {
    for (text, at, says) in [
        (
            "profiles: [es-ley-10-2052]",
            "es-ley-10-2052",
            "did you mean `es-ley-10-2025`?",
        ),
        (
            "rules: {human-to-deep: off}",
            "human-to-deep",
            "did you mean `human-too-deep`?",
        ),
        ("rules: {wait-too-long: {limit: 60}}", "60", "write `60s`"),
        (
            "rules: {human-too-deep: {limit: {error: 30s}}}",
            "30s",
            "menus, which this limit counts",
        ),
        (
            "rules: {human-too-deep: {limit: {error: 3 options}}}",
            "3 options",
            "menus, which this limit counts",
        ),
        ("overrides: [{path: x}]", "path", "did you mean `paths`?"),
        ("overrides: [{paths: ['{a']}]", "'{a'", "not a pattern of files"),
        (
            "overrides: [{rules: {jargn: off}, paths: x}]",
            "jargn",
            "no rule called",
        ),
        ("overrides: {paths: x}", "{paths: x}", "a list of overrides"),
        ("presszero: 2", "2", "this program reads version 1"),
        ("baselin: known.json", "baselin", "did you mean `baseline`?"),
    ] {
        let (_, problems) = read_settings(&Source::new("presszero.yaml", text));
        let told: Vec<String> = problems
            .iter()
            .map(|p| {
                format!(
                    "{}: {} {}",
                    &text[p.span.range()],
                    p.message,
                    p.help.as_deref().unwrap_or("")
                )
            })
            .collect();
        let fits = |told: &String| told.starts_with(at) && told.contains(says);
        assert!(told.iter().any(fits), "{text}: {told:?}");
    }
}

#[test]
fn overrides_hold_for_some_files_the_last_one_counting() {
    let text = "\
rules: {human-too-deep: off}
baseline: known.json
overrides:
  - {paths: [old/**], rules: {human-too-deep: error, wait-too-long: {limit: more than 90s}}}
  - {paths: [old/kept, '*.draft.yaml'], rules: {human-too-deep: {limit: {error: 3 menus}}}}
";
    let settings = settings(text);
    assert_eq!(settings.baseline.as_ref().unwrap().value, "known.json");
    let overrides = Overrides::of(&settings);
    let apply = |file: &str| overrides.apply(&settings, Path::new(file));
    assert!(apply("new/line.yaml").is_none());
    assert!(apply("../old/line.yaml").is_none());
    let old = apply("old/line.yaml").unwrap();
    assert_eq!(old.of("human-too-deep").severity, Some(Severity::Error));
    let wait = old.of("wait-too-long").limit.unwrap();
    assert_eq!((wait.judge(90.0), wait.judge(90.001)), (None, Some(Severity::Warning)));
    assert_eq!(wait.begins(Severity::Warning).as_deref(), Some("above 90 s"));
    for file in ["old/kept/a/line.yaml", "x/y.draft.yaml"] {
        let limit = apply(file).unwrap().of("human-too-deep").limit.unwrap();
        assert_eq!(limit.begins(Severity::Error).as_deref(), Some("from 3 menus"), "{file}");
    }
}

#[test]
fn the_schema_of_settings_knows_profiles_and_overrides() {
    let schema = settings_schema();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let accepts = |text: &str| {
        let value: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
        schema.is_valid(&serde_json::to_value(value).unwrap())
    };
    for text in [
        "profiles: es-ley-10-2025",
        "profiles: [recommended, w3c-coga]",
        "overrides: [{paths: [a], rules: {human-too-deep: off}}]",
        "rules: {human-too-deep: {limit: {error: 3 menus, warning: 2}}}",
        "rules: {wait-too-long: {limit: more than 60s}}",
        "baseline: known.json",
    ] {
        assert!(accepts(text), "{text}");
    }
    for text in [
        "profiles: es-ley",
        "overrides: [{rules: {}}]",
        "rules: {human-too-deep: {limit: {error: 3 options}}}",
    ] {
        assert!(!accepts(text), "{text}");
    }
}

#[test]
fn no_status_is_claimed_that_was_not_looked_up() {
    for profile in profiles::all() {
        let Some(instrument) = &profile.instrument else {
            continue;
        };
        let page = profile.page();
        let not_read = page.contains("The text itself was not read");
        assert_eq!(not_read, instrument.read.is_empty(), "{}", profile.name);
        if instrument.status == Status::Voluntary {
            assert!(instrument.standing.contains("nobody is bound"), "{}", profile.name);
        }
    }
}
