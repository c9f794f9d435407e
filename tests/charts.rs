//! Charts: their figures agree with figures found another way, and no tree makes a picture that cannot be read.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::cast_precision_loss, reason = "times of tests are small")]

use presszero::audit::Portfolio;
use presszero::callers::chain::Exit;
use presszero::document::read;
use presszero::document::schedule::Moment;
use presszero::graph::pace::Pace;
use presszero::report::TreeReport;
use presszero::report::chart::before_after::{Change, Group, Unit, before_after};
use presszero::report::chart::scatter::{Point, scatter};
use presszero::report::chart::{Chart, look, names, of_tree, png};
use presszero::report::facts::Facts;
use presszero::settings::Settings;
use presszero::simulate::estimate::Figures;
use presszero::simulate::tally::Count;
use presszero::source::Source;
use resvg::usvg::{Options, Tree, roxmltree};
use std::fmt::Write as _;

/// Intervals of simulated figures hold but for one time in 10^9.
const SURE: f64 = 1.0 - 1e-9;

fn portfolio(text: &str) -> Portfolio {
    let source = Source::new("tree.yaml", text);
    let reading = read(&source);
    let mut portfolio = Portfolio::default();
    portfolio.add(source, "presszero", reading.trees);
    portfolio
}

/// Looks at everything that is found of a tree.
fn with(text: &str, look: impl FnOnce(&Portfolio, &Facts<'_>)) {
    let portfolio = portfolio(text);
    let audit = portfolio.audit(0, Pace::default()).unwrap();
    let found = TreeReport::of(&audit, &[], &Settings::default());
    look(&portfolio, &Facts::of("tree.yaml", &audit, &found));
}

fn with_menu(name: &str, look: impl FnOnce(&Portfolio, &Facts<'_>)) {
    let path = format!("{}/menus/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    with(&std::fs::read_to_string(path).unwrap(), look);
}

fn chart(facts: &Facts<'_>, name: &str) -> Option<Chart> {
    let mut charts = of_tree(facts, &[name]);
    assert!(charts.len() <= 1);
    charts.pop()
}

/// The numbers of a column of a table, by how its head ends; cells that are no number are left out.
fn column(chart: &Chart, head: &str) -> Vec<f64> {
    let heads = &chart.table.heads;
    let at = heads.iter().position(|name| name.ends_with(head)).unwrap();
    let cells = chart.table.rows.iter().map(|row| row[at].trim_end_matches('%'));
    cells.filter_map(|cell| cell.parse().ok()).collect()
}

fn sum(chart: &Chart, head: &str) -> f64 {
    column(chart, head).iter().sum()
}

fn near(one: f64, other: f64, most: f64) {
    assert!((one - other).abs() <= most, "{one} is not {other}");
}

#[test]
fn the_steps_account_for_every_call_that_ends_and_every_mistake() {
    for name in ["lloyds-2013", "good-utility", "bank"] {
        with_menu(name, |_, facts| {
            let called = facts.called.as_ref().unwrap();
            let waterfall = chart(facts, "waterfall").unwrap();
            // The figures of a table are rounded to a thousandth.
            let rounding = 0.0006 * f64::from(u32::try_from(waterfall.table.rows.len()).unwrap());
            for (exit, head) in [
                (Exit::Person, "to a person"),
                (Exit::Served, "served"),
                (Exit::Promise, "promised"),
                (Exit::Left, "left"),
                (Exit::CutOff, "cut off"),
                (Exit::Closed, "closed"),
                (Exit::Elsewhere, "not known"),
                (Exit::Trapped, "trapped"),
            ] {
                near(sum(&waterfall, head), called.outcome.all.ended(exit) * 100.0, rounding);
            }
            let simulated = Figures::each(&called.tally, SURE);
            for (count, head) in [(Count::Silences, "no input"), (Count::Wrong, "wrong key")] {
                let estimate = simulated.count(count);
                let shown = sum(&waterfall, head) / 100.0;
                assert!(
                    estimate.low - rounding <= shown && shown <= estimate.high + rounding,
                    "{name}, {head}: {shown} is not in {estimate:?}"
                );
            }
        });
    }
}

#[test]
fn every_call_visits_the_entry_once_and_a_step_as_often_as_its_prompt_is_heard() {
    let text = "
phone-tree: 1
entry: hello
steps:
  hello: {kind: message, prompt: Hello., then: menu}
  menu:
    kind: menu
    prompt: For a person, press 1. For the news, press 2.
    keys: {1: {to: desk, share: 50%}, 2: {to: news, share: 50%}}
    no-input: desk
    no-match: desk
  news: {kind: message, prompt: There is no news today., then: menu}
  desk: {kind: agent}
";
    with(text, |_, facts| {
        let waterfall = chart(facts, "waterfall").unwrap();
        let visits = |step: &str| {
            let row = waterfall.table.rows.iter().find(|row| row[0] == step).unwrap();
            row[1].parse::<f64>().unwrap()
        };
        near(visits("hello"), 100.0, 1e-9);
        let called = facts.called.as_ref().unwrap();
        let simulated = Figures::each(&called.tally, SURE);
        // The news are heard in so many calls, and again so many times.
        let news = facts.audit.tree.step("news").unwrap().prompt.as_ref().unwrap();
        let news = called.calls.names.number(news).unwrap();
        let (heard, again) = (simulated.heard(news, 1).unwrap(), simulated.repeats(news).unwrap());
        let shown = visits("news") / 100.0;
        assert!(heard.low + again.low <= shown && shown <= heard.high + again.high);
        assert!(
            shown > 0.5,
            "half of those who come to the menu go there, and come back"
        );
    });
}

#[test]
fn repeats_agree_with_simulated_calls() {
    for name in ["lloyds-2013", "hmrc-2013"] {
        with_menu(name, |_, facts| {
            let called = facts.called.as_ref().unwrap();
            let repeats = chart(facts, "repeats").unwrap();
            let simulated = Figures::each(&called.tally, SURE);
            let all = simulated.count(Count::Repeats);
            let shown = sum(&repeats, "heard again, in 100 calls") / 100.0;
            assert!(all.low <= shown && shown <= all.high, "{name}: {shown}, {all:?}");
            for (times, head) in [(2, "at least twice"), (3, "at least 3 times")] {
                let shown = column(&repeats, head).into_iter().fold(0.0, f64::max) / 100.0;
                let prompts = 0..called.calls.names.prompts();
                let estimates = prompts.filter_map(|prompt| simulated.heard(prompt, times));
                // Those heard at least so often by the most callers.
                let most = estimates
                    .max_by(|one, other| one.value.total_cmp(&other.value))
                    .unwrap();
                assert!(most.low <= shown && shown <= most.high, "{name}: {shown}, {most:?}");
            }
        });
    }
}

#[test]
fn what_is_heard_adds_to_the_length_of_a_call() {
    for name in ["lloyds-2013", "good-utility", "good-clinic"] {
        with_menu(name, |_, facts| {
            let called = facts.called.as_ref().unwrap();
            let heard = chart(facts, "heard").unwrap();
            let mut seconds = column(&heard, "seconds in a call");
            let whole = seconds.pop().unwrap();
            near(seconds.iter().sum(), whole, 0.01);
            near(whole, called.outcome.all.end.mean / 1000.0, 0.001);
            let simulated = Figures::each(&called.tally, SURE).mean(&called.tally.to_end);
            assert!(
                simulated.low <= whole && whole <= simulated.high,
                "{whole}, {simulated:?}"
            );
        });
    }
}

#[test]
fn a_message_is_heard_by_those_who_have_not_hung_up() {
    let text = "
phone-tree: 1
entry: hello
steps:
  hello: {kind: message, purpose: greeting, prompt: {audio: hello.wav, seconds: 30}, then: offer}
  offer: {kind: message, purpose: marketing, prompt: {audio: offer.wav, seconds: 60}, then: desk}
  desk: {kind: agent}
";
    with(text, |_, facts| {
        let heard = chart(facts, "heard").unwrap();
        // Callers leave at a constant rate: those who are there after t seconds are e^(-h t) of all.
        let rate = facts.audit.caller.leaves_per_second;
        let stayed = |from: f64, to: f64| ((-rate * from).exp() - (-rate * to).exp()) / rate;
        let row = |name: &str| {
            heard.table.rows.iter().find(|row| row[0] == name).unwrap()[1]
                .parse::<f64>()
                .unwrap()
        };
        near(row("greeting"), stayed(0.0, 30.0), 0.002);
        near(row("promotions"), stayed(30.0, 90.0), 0.002);
    });
}

#[test]
fn depth_tells_what_is_announced_from_what_is_possible() {
    let text = "
phone-tree: 1
entry: main
callers:
  bill: {share: 1, served-by: [desk]}
  wish: {share: 1, served-by: [nowhere]}
steps:
  main:
    kind: menu
    prompt: For bills, press 1. For wishes, press 2.
    keys: {1: bills, 2: nowhere, 0: {to: desk, announced: false}}
    no-input: nowhere
    no-match: nowhere
  bills:
    kind: menu
    prompt: For a person, press 3.
    keys: {3: desk}
    no-input: nowhere
    no-match: nowhere
  desk: {kind: agent}
  nowhere: {kind: hang-up, prompt: Goodbye., reason: deflected}
";
    with(text, |_, facts| {
        let depth = chart(facts, "depth").unwrap();
        let bill = &depth.table.rows[1];
        let cell = |head: &str| bill[depth.table.heads.iter().position(|name| name == head).unwrap()].as_str();
        assert_eq!(cell("reason to call"), "bill");
        assert_eq!(cell("menus until a person is offered"), "2");
        assert_eq!(cell("keys to a person, as announced"), "2");
        assert_eq!(cell("menus, as possible"), "1");
        assert_eq!(cell("keys, as possible"), "1");
        // "For bills, press 1." are 4 words, "For a person, press 3." are 5, and a choice takes its own time.
        let pace = Pace::default();
        let seconds = (pace.words(4) + pace.words(5) + 2 * pace.choosing(1)) as f64 / 1000.0;
        near(
            cell("seconds to a person, as announced").parse().unwrap(),
            seconds,
            0.051,
        );
    });
}

/// Hours with halves of an hour, a listed date in the first week of January, and two menus by the clock.
const WEEK: &str = "
phone-tree: 1
entry: hours
schedules:
  office: {open: {mon-fri: \"08:30-18:00\", sat: \"09:00-13:00\"}, closed-on: [2026-01-06]}
  late: {open: {mon-fri: \"16:00-20:00\"}}
steps:
  hours: {kind: hours, schedule: office, open: busy, closed: night}
  night: {kind: hours, schedule: late, open: later, closed: bye}
  busy: {kind: hours, schedule: late, open: later, closed: main}
  later: {kind: message, prompt: Our lines are very busy at this time of the day and you will have to wait., then: main}
  main:
    kind: menu
    prompt: For a person, press 1.
    keys: {1: desk}
    no-input: bye
    no-match: bye
  desk: {kind: agent}
  bye: {kind: hang-up, prompt: Goodbye., reason: closed}
";

#[test]
fn every_hour_of_the_week_is_what_an_audit_of_that_moment_finds() {
    with(WEEK, |portfolio, facts| {
        let week = chart(facts, "week").unwrap();
        let mut looked = 0;
        for row in &week.table.rows {
            let day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
            let day = 12 + day.iter().position(|name| *name == row[0]).unwrap();
            let moment: Moment = format!("2026-01-{day}T{}", row[1]).parse().unwrap();
            let audit = portfolio.audit_at(0, Pace::default(), Some(moment)).unwrap();
            let person = presszero::audit::figures::figures(&audit).person;
            let offered = person.and_then(|person| person.offered_soonest);
            let expected = offered.map_or("nobody".to_owned(), |way| format!("{:.1}", way.ms as f64 / 1000.0));
            assert_eq!(row[3], expected, "{row:?}");
            looked += 1;
        }
        assert_eq!(looked, 5 * 4 + 3 + 1, "night, day, late, night; and the weekend");
        let tuesday: Vec<_> = week.table.rows.iter().filter(|row| row[0] == "Tue").collect();
        assert_eq!(tuesday[1][1], "08:30", "an ordinary week has no listed date");
    });
}

#[test]
fn a_tree_in_which_nothing_depends_on_the_clock_has_no_week() {
    with_menu("lloyds-2013", |_, facts| assert_eq!(chart(facts, "week"), None));
}

#[test]
fn a_tree_without_a_person_shows_no_way_to_one() {
    let text = "
phone-tree: 1
entry: bye
steps: {bye: {kind: hang-up, reason: error}}
";
    with(text, |_, facts| {
        for name in ["depth", "repeats", "week", "heard"] {
            assert_eq!(chart(facts, name), None, "{name}");
        }
    });
}

/// Sixty reasons to call, each with a queue.
fn sixty() -> String {
    let mut text = "phone-tree: 1\nname: Sixty reasons to call\nentry: m\ncallers:\n".to_owned();
    for at in 0..60 {
        let _ = writeln!(
            text,
            "  a-reason-with-a-very-long-name-indeed-{at}: {{share: {}, served-by: [q{at}]}}",
            60 - at
        );
    }
    let _ = writeln!(
        text,
        "steps:\n  m:\n    kind: menu\n    no-input: q0\n    no-match: q0\n    prompt: >-"
    );
    for at in 0..60 {
        let _ = writeln!(text, "      For the matter {at}, press {}.", at + 10);
    }
    let _ = writeln!(text, "    keys:");
    for at in 0..60 {
        let _ = writeln!(text, "      {}: q{at}", at + 10);
    }
    for at in 0..60 {
        let _ = writeln!(
            text,
            "  q{at}: {{kind: queue, label: The queue for the matter of number {at}, wait: {at}m}}"
        );
    }
    text
}

/// Names that are written from right to left, turn lines around, hold markup, pictures, and are without end.
fn hostile() -> String {
    let long = "endless ".repeat(2000);
    format!(
        "
phone-tree: 1
name: \"خدمة العملاء \\u202E</text><script>alert(1)</script>\\uFFFE\\u0007 & 🎉\"
entry: menu
callers:
  \"שיחה\": {{share: 60, served-by: [desk]}}
  \"🎉 </svg>\": {{share: 40, served-by: [story]}}
steps:
  menu:
    kind: menu
    label: \"القائمة <b>🎉</b>\"
    prompt: For a person, press 1. For a long story, press 2.
    attempts: 3
    keys: {{1: desk, 2: story}}
    no-input: bye
    no-match: bye
  story: {{kind: message, label: {long}, prompt: \"{long}\", then: menu}}
  desk: {{kind: queue, wait: 40s, label: \"תור\"}}
  bye: {{kind: hang-up, prompt: Goodbye., reason: closed}}
"
    )
}

/// Words of a picture with the room that they take, in points of the drawing.
struct Written {
    words: String,
    left: f64,
    right: f64,
    middle: f64,
    high: f64,
}

fn written(chart: &Chart) -> (Vec<Written>, (f64, f64)) {
    let parsed = roxmltree::Document::parse(&chart.svg).unwrap();
    let number = |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
    let root = parsed.root_element();
    let size: Vec<f64> = root
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|part| part.parse().unwrap())
        .collect();
    let texts = parsed.descendants().filter(|node| node.has_tag_name("text"));
    let texts = texts.filter(|node| node.attribute("transform").is_none());
    let texts = texts.map(|node| {
        let words = node.text().unwrap_or_default().trim().to_owned();
        let high = number(&node, "font-size");
        let bold = node.attribute("font-weight") == Some("bold");
        let wide = f64::from(look::width(&words, 1000, bold)) * high / 1000.0;
        let x = number(&node, "x");
        let left = match node.attribute("text-anchor") {
            Some("end") => x - wide,
            Some("middle") => x - wide / 2.0,
            _ => x,
        };
        let down = if node.attribute("dy") == Some("0.76em") {
            0.4
        } else {
            0.0
        };
        Written {
            words,
            left,
            right: left + wide,
            middle: number(&node, "y") + down * high,
            high,
        }
    });
    (texts.collect(), (size[2], size[3]))
}

/// Everything that is written lies on the sheet, and nothing over anything else.
fn is_readable(chart: &Chart) {
    let (texts, (wide, high)) = written(chart);
    assert!(!texts.is_empty());
    for (at, one) in texts.iter().enumerate() {
        let name = chart.name;
        assert!(one.left >= 0.0 && one.right <= wide, "{name}: {:?} is cut", one.words);
        assert!(
            one.middle >= 0.0 && one.middle <= high,
            "{name}: {:?} is cut",
            one.words
        );
        for other in texts.iter().skip(at + 1) {
            // Letters leave some room above and below.
            let apart = (one.middle - other.middle).abs() >= 0.85 * one.high.min(other.high);
            let beside = one.left >= other.right || other.left >= one.right;
            assert!(apart || beside, "{name}: {:?} lies over {:?}", one.words, other.words);
        }
    }
    assert!(Tree::from_str(&chart.svg, &Options::default()).is_ok());
    assert!(!chart.title.is_empty() && chart.alt.starts_with(&chart.title));
    for row in &chart.table.rows {
        assert_eq!(row.len(), chart.table.heads.len(), "{}", chart.name);
    }
}

#[test]
fn every_picture_can_be_read() {
    let folder = format!("{}/menus", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    let menus = files.map(|path| std::fs::read_to_string(path).unwrap());
    let one = "phone-tree: 1\nentry: a\nsteps: {a: {kind: agent, prompt: Hello.}}\n".to_owned();
    let unknown = "
phone-tree: 1
entry: m
steps:
  m: {kind: menu, prompt: {audio: x.wav}, keys: {1: q, 2: t}, no-input: q, no-match: t}
  q: {kind: queue}
  t: {kind: transfer}
";
    let odd = [sixty(), hostile(), WEEK.to_owned(), one, unknown.to_owned()];
    let mut drawn = std::collections::BTreeSet::new();
    for text in menus.chain(odd) {
        with(&text, |_, facts| {
            for chart in of_tree(facts, &[]) {
                is_readable(&chart);
                assert!(!chart.svg.contains("<script"), "words are words");
                assert!(!chart.svg.contains('\u{202e}') && !chart.title.contains('\u{202e}'));
                drawn.insert(chart.name);
            }
        });
    }
    assert!(names().all(|name| drawn.contains(name)), "{drawn:?}");
}

#[test]
fn a_hostile_picture_becomes_a_png() {
    with(&hostile(), |_, facts| {
        let waterfall = chart(facts, "waterfall").unwrap();
        assert!(png::png(&waterfall.svg).unwrap().starts_with(b"\x89PNG"));
    });
}

#[test]
fn a_portfolio_names_each_tree_in_a_place_of_its_own() {
    let points: Vec<Point> = (0..30_u32)
        .map(|at| Point {
            name: format!("line {at} of a company"),
            // Some are alike, some have no person.
            seconds: (at % 6 != 5).then(|| 20.0 + f64::from(at * 7 % 11) * 9.0),
            frustrated: f64::from(at * 37 % 10) / 10.0,
        })
        .collect();
    let chart = scatter(&points, "thirty lines").unwrap();
    is_readable(&chart);
    let (texts, _) = written(&chart);
    for point in &points {
        assert!(texts.iter().any(|text| text.words == point.name), "{}", point.name);
    }
    assert_eq!(chart.table.rows.len(), points.len());
    assert_eq!(scatter(&[], "none"), None);
}

#[test]
fn two_runs_are_judged_by_what_is_better_for_callers() {
    let change = |name: &str, before, after| Change {
        name: name.to_owned(),
        before,
        after,
    };
    let seconds = Group {
        what: "seconds until a person is offered".to_owned(),
        unit: Unit::Seconds,
        more_is_better: false,
        rows: vec![
            change("any person", Some(94.0), Some(19.0)),
            change("claims", Some(40.0), Some(41.0)),
            change("quote", None, Some(30.0)),
            change("renewal", Some(400.0), None),
        ],
    };
    let shares = Group {
        what: "share of calls".to_owned(),
        unit: Unit::Share,
        more_is_better: true,
        rows: vec![
            change("with a person", Some(0.3), Some(0.8)),
            change("served", Some(0.2), Some(0.2)),
        ],
    };
    let chart = before_after("The line", &[seconds, shares], "two runs").unwrap();
    is_readable(&chart);
    let verdicts: Vec<&str> = chart.table.rows.iter().map(|row| row[4].as_str()).collect();
    assert_eq!(
        verdicts,
        ["better", "worse", "new", "none any more", "better", "as before"]
    );
    assert_eq!(chart.title, "The line: 2 of 6 figures better, 1 worse");
    assert_eq!(before_after("The line", &[], "two runs"), None);
}
