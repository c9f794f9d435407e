//! Calls key by key: each rule of the format, followed to the letter.

mod common;

use common::read_clean;
use presszero::document::quantity::{Keys, duration};
use presszero::document::tree::{Act, PhoneTree};
use presszero::graph::hearing::Heard;
use presszero::graph::pace::Pace;
use presszero::graph::{Forest, Graph, TreeId, build};
use presszero::walk::{By, Ending, Given, Ignored, Meters, Typed, Walk, What, state_at, usual_state};

/// What a caller does: keys, `e123` to enter, `s words` to say, `w` to wait, `h2m` to hold, `!` to hang up.
fn act(text: &str) -> Act {
    match text.split_at(1) {
        ("w", "") => Act::Wait,
        ("!", "") => Act::HangUp,
        ("e", digits) => Act::Enter(digits.to_owned()),
        ("s", words) => Act::Say(words.trim().to_owned()),
        ("h", time) => Act::Hold(duration(time).expect("a duration")),
        _ => Act::Press(Keys::read(text).expect("keys")),
    }
}

/// A tree of these steps, each indented by two spaces, with `first` as the entry.
fn tree(rest: &str) -> PhoneTree {
    read_clean(&format!("phone-tree: 1\nentry: first\n{rest}"))
}

/// What a call left behind.
struct Done {
    /// The steps that it came to, with attempts after them: `first`, `menu`, `~` for silence, `!` for what is wrong.
    way: String,
    ending: Option<Ending>,
    meters: Meters,
    /// The words of all prompts, in order.
    heard: Vec<String>,
    assumed: usize,
    ignored: Vec<Ignored>,
    asked_again: Vec<String>,
}

fn walk(graph: &Graph<'_>, given: &[(&str, &str)], at: Option<&str>, acts: &[&str]) -> Done {
    let given = Given::of(
        given
            .iter()
            .map(|(name, answer)| ((*name).to_owned(), (*answer).to_owned())),
    );
    assert_eq!(given.misgiven(graph), [], "every answer can be given");
    let state = match at {
        Some(at) => state_at(graph, at.parse().expect("a moment")),
        None => usual_state(graph).expect("a state").clone(),
    };
    let mut walk = Walk::new(graph, Pace::of_prompts_alone(), state, &given);
    for one in acts {
        walk.act(&act(one));
    }
    let mut out = Done {
        way: String::new(),
        ending: walk.ending(),
        meters: walk.meters(),
        heard: Vec::new(),
        assumed: 0,
        ignored: Vec::new(),
        asked_again: walk.asked_again().into_iter().map(str::to_owned).collect(),
    };
    for entry in walk.entries() {
        match &entry.what {
            What::Comes => {
                let name = graph.step(entry.node).map_or("", |step| step.name.value.as_str());
                let gap = if out.way.is_empty() { "" } else { " " };
                out.way.push_str(&[gap, name].concat());
            }
            What::Hears(spoken) => out.heard.push(spoken.words()),
            What::Misses(presszero::graph::attempts::Miss::Silence) => out.way.push_str(" ~"),
            What::Misses(presszero::graph::attempts::Miss::Wrong) => out.way.push_str(" !"),
            What::Answers(_, By::Assumed) => out.assumed += 1,
            What::Ignores(_, why) => out.ignored.push(*why),
            _ => {}
        }
    }
    out
}

/// A call to one tree, in which the caller takes no time of her own.
fn call(tree: &PhoneTree, given: &[(&str, &str)], acts: &[&str]) -> Done {
    walk(
        &build(&tree, 0, Pace::of_prompts_alone()).expect("a graph"),
        given,
        None,
        acts,
    )
}

/// Ten words: four seconds.
const TEN: &str = "{text: one two three four five six seven eight nine ten}";

#[test]
fn attempts_are_counted_together_and_leave_by_the_event_that_ended_them() {
    let tree = tree(
        "steps:
  first:
    kind: menu
    prompt: For sales press 1.
    reprompts: [Press 1.]
    attempts: 3
    timeout: 4s
    keys: {1: sales}
    no-input: silent
    no-match: wrong
  sales: {kind: agent}
  silent: {kind: hang-up}
  wrong: {kind: hang-up}
",
    );
    assert_eq!(call(&tree, &[], &["w", "9", "w"]).way, "first ~ ! ~ silent");
    assert_eq!(call(&tree, &[], &["9", "w", "9"]).way, "first ! ~ ! wrong");
    let third = call(&tree, &[], &["w", "9", "1"]);
    assert_eq!(
        (third.way.as_str(), third.ending),
        ("first ~ ! sales", Some(Ending::Person))
    );
    // The last reprompt is heard again and again, and an option is known once it is announced.
    assert_eq!(third.heard, ["For sales press 1.", "Press 1.", "Press 1."]);
    // 4 words and 4 s of silence, then 2 words twice, at 400 ms each.
    assert_eq!(third.meters.time, Heard::known(1600 + 4000 + 800 + 800));
    assert_eq!(
        (third.meters.misses, third.meters.presses, third.meters.menus),
        (2, 2, 1)
    );
    assert_eq!(third.meters.prompts_again, 1);
}

#[test]
fn attempts_that_are_counted_apart_have_their_own_reprompts() {
    let tree = tree(
        "steps:
  first:
    kind: menu
    prompt: Press 1.
    attempts: {no-input: 2, no-match: 4}
    reprompts: {no-input: [Are you there?], no-match: [\"No.\", Still no., Never.]}
    keys: {1: first-again}
    no-input: bye
  first-again: {kind: message, prompt: Again., then: first}
  bye: {kind: hang-up}
",
    );
    let mixed = call(&tree, &[], &["9", "w", "9", "w"]);
    assert_eq!(mixed.way, "first ! ~ ! ~ bye");
    assert_eq!(mixed.heard, ["Press 1.", "No.", "Are you there?", "Still no."]);
    // Entered afresh, a menu starts at attempt one; without `no-match` the line drops.
    let afresh = call(&tree, &[], &["w", "1", "w", "1", "9", "9", "9", "9"]);
    assert_eq!(afresh.way, "first ~ first-again first ~ first-again first ! ! ! !");
    assert_eq!(afresh.ending, Some(Ending::Dropped));
}

#[test]
fn keys_act_when_no_longer_option_can_be_meant() {
    let tree = tree(
        "everywhere: {keys: {0: desk, 2: desk}}
steps:
  first: {kind: menu, prompt: Choose., keys: {1: one, 12: twelve, 3XX: three, 4X.: many, 2: own}, no-match: desk, attempts: 1}
  one: {kind: menu, prompt: Go on., keys: {7: seven}}
  twelve: {kind: agent}
  three: {kind: agent}
  many: {kind: agent}
  own: {kind: agent}
  seven: {kind: agent}
  desk: {kind: agent}
",
    );
    let of = |keys: &str| call(&tree, &[], &[keys]);
    let last = |keys: &str| of(keys).way.rsplit(' ').next().unwrap_or_default().to_owned();
    assert_eq!(
        ["12", "312", "455", "2", "0"].map(last),
        ["twelve", "three", "many", "own", "desk"]
    );
    // One word; then 3 s for a second key that may follow, or may still follow.
    assert_eq!(of("12").meters.time.ms, 400);
    assert_eq!(of("1").meters.time.ms, 400 + 3000);
    assert_eq!(of("455").meters.time.ms, 400 + 3000);
    assert_eq!(
        (of("1").way.as_str(), of("13").way.as_str()),
        ("first one", "first ! desk")
    );
    assert_eq!(of("39").way, "first ! desk");
    // What is pressed ahead counts at the next step.
    assert_eq!(call(&tree, &[], &["1", "70"]).way, "first one seven");
    let graph = build(&&tree, 0, Pace::default()).expect("a graph");
    let given = Given::default();
    let here = Walk::new(
        &graph,
        Pace::default(),
        usual_state(&graph).expect("a state").clone(),
        &given,
    );
    let typed = ["1", "12", "3", "31", "312", "9"].map(|keys| here.typed(keys));
    let expected = [false, true, false, false, true, true];
    assert_eq!(typed.map(|typed| typed == Typed::Acts), expected);
}

#[test]
fn a_prompt_is_cut_where_it_may_be() {
    let all = "For sales, press 1. For anything else at all, stay away.";
    for (barge_in, ms, heard) in [("true", 1600, "For sales, press 1"), ("false", 4400, all)] {
        let tree = tree(&format!(
            "steps:
  first: {{kind: menu, barge-in: {barge_in}, prompt: \"{all}\", keys: {{1: desk, 2: desk}}}}
  desk: {{kind: agent}}
"
        ));
        let sales = call(&tree, &[], &["1"]);
        assert_eq!((sales.meters.time.ms, sales.heard[0].as_str()), (ms, heard));
        // A key that is not announced is pressed when all was heard.
        assert_eq!(call(&tree, &[], &["2"]).meters.time.ms, 4400);
    }
}

#[test]
fn an_entry_ends_by_length_key_or_pause() {
    let of = |fields: &str, acts: &[&str]| {
        let tree = tree(&format!(
            "steps:
  first: {{kind: collect, collects: number, prompt: Number., {fields}, attempts: 2, keys: {{0: desk}}, then: good, otherwise: bad}}
  good: {{kind: agent}}
  bad: {{kind: hang-up}}
  desk: {{kind: agent}}
"
        ));
        let done = call(&tree, &[], acts);
        (done.way, done.meters.time.ms, done.meters.digits, done.meters.presses)
    };
    let good = |ms: u64, digits: u32| ("first good".to_owned(), ms, digits, 0);
    assert_eq!(of("digits: 4", &["e1234"]), good(400, 4));
    assert_eq!(of("digits: 4", &["e12345"]), good(400, 4));
    assert_eq!(of("digits: 2-4", &["e12"]), good(400 + 3000, 2));
    assert_eq!(of("digits: 2-4, inter-digit: 1s", &["e123"]), good(400 + 1000, 3));
    assert_eq!(of("digits: 2-4, terminator: \"#\"", &["e12#"]), good(400, 3));
    assert_eq!(of("digits: 2-4, terminator: \"#\"", &["e12"]), good(400, 3));
    // An option acts when it is pressed alone and the pause passes; otherwise its key is a digit.
    assert_eq!(of("digits: 4", &["0"]), ("first desk".to_owned(), 400 + 3000, 0, 1));
    assert_eq!(of("digits: 4", &["e0000"]), good(400, 4));
    assert_eq!(of("digits: 1", &["0"]), good(400, 1));
    let short = of("digits: 4", &["e12", "e12"]);
    assert_eq!((short.0.as_str(), short.1), ("first ! ! bad", 2 * (400 + 3000)));
}

#[test]
fn the_system_answers_as_it_is_given() {
    let tree = tree(
        "steps:
  first: {kind: collect, collects: number, prompt: Number., digits: 2, attempts: 2, then: look, otherwise: bad}
  look: {kind: self-service, prompt: Looking., takes: 5s, then: known, otherwise: bad}
  known: {kind: collect, collects: number, skip-if-known: true, prompt: Number again., digits: 2, then: who}
  who: {kind: decision, on: rank, cases: {gold: again, tin: bad}, otherwise: other}
  again: {kind: decision, on: rank, cases: {tin: bad, gold: desk}}
  other: {kind: hours, schedule: unknown, open: desk, closed: bad}
  bad: {kind: hang-up}
  desk: {kind: agent, receives: []}
",
    );
    let done = |given: &[(&str, &str)]| call(&tree, given, &["e12", "e12"]);
    let kind = call(&tree, &[], &["e12"]);
    // Accepted, succeeds, the first case; the second test of the fact is no further answer.
    assert_eq!(
        (kind.way.as_str(), kind.assumed),
        ("first look known who again desk", 3)
    );
    assert_eq!(kind.meters.time.ms, 400 + 400 + 5000);
    assert_eq!(kind.asked_again, ["number"]);
    assert_eq!(done(&[("number", "rejected")]).way, "first ! ! bad");
    assert_eq!(done(&[("look", "fails")]).way, "first look bad");
    assert_eq!(done(&[("rank", "lead")]).way, "first look known who other desk");
    assert_eq!(
        done(&[("rank", "lead"), ("other", "closed")]).way,
        "first look known who other bad"
    );
    assert_eq!(done(&[("number", "rejected")]).meters.entries_again, 1);
    let broken = done(&[("look", "error")]);
    assert_eq!(
        (broken.way.as_str(), broken.ending),
        ("first look", Some(Ending::Dropped))
    );
}

#[test]
fn answers_that_nobody_gives_are_told() {
    let tree = tree(
        "steps:\n  first: {kind: menu, prompt: A., keys: {1: quote}}\n  quote: {kind: self-service, then: first}\n",
    );
    let graph = build(&&tree, 0, Pace::default()).expect("a graph");
    let wrong = |name: &str, answer: &str| {
        let given = Given::of([(name.to_owned(), answer.to_owned())]);
        let found = given.misgiven(&graph).into_iter().next();
        found.map(|(_, wrong)| (wrong.name, wrong.help.unwrap_or_default()))
    };
    assert_eq!(wrong("quote", "fails"), None);
    assert_eq!(
        wrong("qoute", "fails"),
        Some((true, "did you mean `quote`?".to_owned()))
    );
    assert_eq!(
        wrong("quote", "fail"),
        Some((false, "did you mean `fails`?".to_owned()))
    );
}

#[test]
fn facts_and_counters_live_as_long_as_the_call() {
    let tree = tree(
        "steps:
  first: {kind: loop, counter: rounds, times: 2, again: turn, done: asked}
  turn: {kind: menu, prompt: Press 1., keys: {1: first, 2: {to: first, sets: {rounds: 0}}, 3: {to: first, sets: {mood: bad}}}}
  asked: {kind: decision, on: mood, cases: {good: first, bad: desk}}
  desk: {kind: agent}
",
    );
    // Twice round, then done, and anew: the first case is taken, and the fact is set before it is asked again.
    assert_eq!(
        call(&tree, &[], &["1", "1", "3", "1"]).way,
        "first turn first turn first asked first turn first turn first asked desk"
    );
    // Its name resets a counter.
    assert_eq!(
        call(&tree, &[], &["1", "2", "1"]).way,
        "first turn first turn first turn first turn"
    );
    let given = call(&tree, &[("mood", "bad")], &["1", "1"]);
    assert_eq!(
        (given.way.as_str(), given.assumed),
        ("first turn first turn first asked desk", 0)
    );
}

#[test]
fn what_goes_round_by_itself_is_proved_to_be_endless() {
    let tree = tree(
        "steps:
  first: {kind: menu, prompt: Press 1., keys: {1: a}}
  a: {kind: message, prompt: One., then: count}
  count: {kind: loop, times: 3, again: b, done: b}
  b: {kind: message, prompt: Two., then: a}
",
    );
    let done = call(&tree, &[], &["1", "1"]);
    assert_eq!(done.ending, Some(Ending::Endless));
    // Four passes until the counter stands where it stood.
    assert_eq!(done.way.matches('b').count(), 4);
    assert_eq!(done.ignored, [Ignored::Over]);
}

#[test]
fn subtrees_come_back_where_they_were_entered() {
    let tree = tree(
        "steps:
  first: {kind: menu, prompt: Press 1., keys: {1: in-a, 2: in-b}}
  in-a: {kind: subtree, entry: sub, exits: {left: a, right: b}}
  in-b: {kind: subtree, entry: sub, exits: {left: b, right: a}}
  sub: {kind: menu, prompt: Press 1., keys: {1: go-left, 2: go-right}}
  go-left: {kind: return, exit: left}
  go-right: {kind: return, exit: right}
  a: {kind: agent}
  b: {kind: hang-up}
",
    );
    assert_eq!(call(&tree, &[], &["1", "1"]).way, "first in-a sub go-left a");
    assert_eq!(call(&tree, &[], &["2", "1"]).way, "first in-b sub go-left b");
    assert_eq!(call(&tree, &[], &["2", "2"]).way, "first in-b sub go-right a");
}

#[test]
fn queues_answer_overflow_and_refuse() {
    let tree = tree(&format!(
        "steps:
  first: {{kind: menu, prompt: Choose., keys: {{1: short, 2: long, 3: unknown-wait}}}}
  short: {{kind: queue, prompt: [{TEN}], wait: 20s, keys: {{5: back}}, overflow: {{after: 1m, to: back}}, full: busy, closed: shut}}
  long: {{kind: queue, wait: 5m, overflow: {{after: 1m, to: back}}, while-waiting: sorry, message-every: 25s}}
  unknown-wait: {{kind: queue, wait: 5m, error: shut}}
  sorry: {{kind: message, prompt: Sorry., then: still}}
  still: {{kind: message, prompt: Still sorry., then: sorry}}
  back: {{kind: callback, within: 1h, owner: Desk, then: bye}}
  bye: {{kind: hang-up, reason: served}}
  busy: {{kind: hang-up, reason: error}}
  shut: {{kind: hang-up, reason: closed}}
"
    ));
    let of = |given: &[(&str, &str)], acts: &[&str]| {
        let done = call(&tree, given, acts);
        (
            done.way.rsplit(' ').next().unwrap_or_default().to_owned(),
            done.meters.time.ms,
            done.ending,
        )
    };
    let step = |name: &str, ms: u64, ending: Option<Ending>| (name.to_owned(), ms, ending);
    assert_eq!(of(&[], &["1"]), step("short", 400, None));
    assert_eq!(
        of(&[], &["1", "w"]),
        step("short", 400 + 4000 + 20_000, Some(Ending::Person))
    );
    assert_eq!(of(&[], &["1", "h10s"]), step("short", 10_400, None));
    assert_eq!(
        of(&[], &["1", "h10s", "h10s", "h10s"]),
        step("short", 24_400, Some(Ending::Person))
    );
    assert_eq!(
        of(&[], &["1", "h10s", "5"]),
        step("bye", 10_400, Some(Ending::Promised))
    );
    assert_eq!(
        of(&[("short", "busy")], &["1", "w"]),
        step("bye", 400 + 4000 + 60_000, Some(Ending::Promised))
    );
    assert_eq!(of(&[("short", "full")], &["1"]).0, "busy");
    assert_eq!(of(&[("short", "closed")], &["1"]).0, "shut");
    assert_eq!(of(&[("unknown-wait", "busy")], &["3", "w"]).2, Some(Ending::Endless));
    let long = call(&tree, &[], &["2", "h30s", "7", "h5s", "h2m"]);
    // At 25 s and 50 s of the wait; the queue lets nobody wait for more than a minute.
    assert_eq!(long.heard, ["Choose.", "Sorry.", "Still sorry."]);
    assert_eq!(
        (long.way.as_str(), long.meters.time.ms),
        ("first long back bye", 400 + 60_000)
    );
    assert_eq!((long.ignored, long.meters.presses), (vec![Ignored::NotInQueue], 2));
}

#[test]
fn the_clock_opens_and_staffs() {
    let tree = tree(
        "schedules: {office: {time-zone: Europe/Paris, open: {mon-fri: \"09:00-18:00\"}, closed-on: [2026-12-25]}}
pools: {desk: {agents: {mon-fri: {\"09:00-12:00\": 2}}}}
steps:
  first: {kind: hours, schedule: office, open: desk, closed: shut, holiday: feast}
  desk: {kind: queue, pool: desk, closed: lunch}
  shut: {kind: hang-up, reason: closed}
  feast: {kind: hang-up, reason: closed}
  lunch: {kind: hang-up, reason: closed}
",
    );
    let graph = build(&&tree, 0, Pace::default()).expect("a graph");
    let at = |at: &str| walk(&graph, &[], Some(at), &["w"]);
    assert_eq!(at("2026-11-23T10:00").way, "first desk");
    assert_eq!(at("2026-11-23T13:00").way, "first desk lunch");
    assert_eq!(at("2026-11-22T10:00").way, "first shut");
    assert_eq!(at("2026-12-25T10:00").way, "first feast");
    // Nothing is known of the wait but that it is one; a call without a moment comes when most is open.
    let open = walk(&graph, &[], None, &["w"]);
    assert_eq!(
        (open.ending, open.meters.time),
        (Some(Ending::Person), Heard { ms: 0, unknown: 1 })
    );
    assert_eq!(
        walk(&graph, &[("office", "holiday")], Some("2026-11-23T10:00"), &[]).way,
        "first feast"
    );
}

#[test]
fn holding_a_long_time_is_waiting_many_times() {
    let tree = tree(
        "steps:
  first: {kind: menu, prompt: Press 1 for nothing., timeout: 3s, attempts: 2, keys: {1: bye}, no-input: sorry}
  sorry: {kind: message, prompt: Sorry., then: first}
  bye: {kind: hang-up}
",
    );
    // A round: twice 4 words and 3 s, then one word.
    let round = 2 * (1600 + 3000) + 400;
    let waits: Vec<&str> = std::iter::repeat_n("w", 2 * 300).collect();
    let waited = call(&tree, &[], &waits);
    let held = call(&tree, &[], &[&format!("h{}ms", round * 300)]);
    assert_eq!(waited.meters, held.meters);
    assert_eq!(held.meters.time.ms, round * 300);
    assert!(held.way.len() < 200, "{}", held.way);
    // What is left of the time is spent listening.
    let rest = call(&tree, &[], &["h2s", "1"]);
    assert_eq!(rest.meters.time.ms, 2000);
    assert_eq!(call(&tree, &[], &["h1000h", "1"]).ending, Some(Ending::HungUp(None)));
}

#[test]
fn what_takes_no_time_is_held_for_ever() {
    let tree = tree(
        "steps:
  first: {kind: menu, timeout: 0s, attempts: 2, keys: {1: first}, no-input: first}
  queue: {kind: queue, overflow: {after: 0s, to: queue}}
",
    );
    assert_eq!(call(&tree, &[], &["h1h"]).ending, Some(Ending::Endless));
    let queue = read_clean("phone-tree: 1\nentry: a\nsteps: {a: {kind: queue, overflow: {after: 0s, to: a}}}\n");
    assert_eq!(call(&queue, &[("a", "busy")], &["h1h"]).ending, Some(Ending::Endless));
    assert_eq!(call(&queue, &[("a", "busy")], &["w", "w"]).ending, None);
}

#[test]
fn what_is_not_known_is_said_to_be_at_least_so_long() {
    let tree = tree(
        "steps:
  first: {kind: message, prompt: {audio: hello.wav}, then: main}
  main: {kind: menu, prompt: {audio: main.wav}, keys: {1: {to: desk, says: [a person]}}}
  desk: {kind: transfer, number: \"1\", reaches: unknown}
",
    );
    let done = call(&tree, &[], &["1"]);
    assert_eq!(done.meters.time, Heard { ms: 0, unknown: 2 });
    assert_eq!(
        (done.ending, done.heard[0].as_str()),
        (Some(Ending::Unknown), "[hello.wav]")
    );
    let queue = read_clean(
        "phone-tree: 1\nentry: a\nsteps: {a: {kind: queue, prompt: {audio: hold.wav}, keys: {1: b}}, b: {kind: agent}}\n",
    );
    assert_eq!(
        call(&queue, &[], &["h10s", "9", "h5s", "1"]).meters.time,
        Heard { ms: 15_000, unknown: 1 }
    );
    assert_eq!(call(&tree, &[], &["sA Person "]).way, "first main desk");
    assert_eq!(call(&tree, &[], &["sbilling"]).way, "first main !");
}

/// Two trees that lead to each other.
struct Two<'t>(&'t [PhoneTree; 2]);

impl<'t> Forest<'t> for Two<'t> {
    fn tree(&self, id: TreeId) -> Option<&'t PhoneTree> {
        self.0.get(id as usize)
    }

    fn link(&self, from: TreeId, _: &str) -> Option<TreeId> {
        Some(1 - from)
    }
}

#[test]
fn a_call_goes_on_in_another_tree_with_what_it_is_handed() {
    let text = |receives: &str| {
        format!(
            "steps:
  first: {{kind: collect, collects: number, skip-if-known: true, prompt: Number., digits: 2, then: away}}
  away: {{kind: transfer, tree: other.yaml, receives: {receives}}}
"
        )
    };
    let other = "steps:
  first: {kind: collect, collects: number, skip-if-known: true, prompt: And your number?, digits: 2, then: desk}
  desk: {kind: agent, receives: [number]}
";
    for (receives, way) in [("[number]", "first away first desk"), ("[]", "first away first")] {
        let trees = [tree(&text(receives)), tree(other)];
        let graph = build(&Two(&trees), 0, Pace::of_prompts_alone()).expect("a graph");
        assert_eq!(walk(&graph, &[], None, &["e12"]).way, way);
    }
}

#[test]
fn the_same_key_and_prompt_again_are_counted() {
    let tree = tree(
        "steps:
  first: {kind: menu, prompt: Main menu., keys: {2: second, \"*\": {to: first, role: repeat}}}
  second: {kind: menu, prompt: Second menu., attempts: 2, keys: {2: third, 1: first}}
  third: {kind: menu, prompt: Main menu!, keys: {2: desk}}
  desk: {kind: agent}
",
    );
    let done = call(&tree, &[], &["*", "2", "2", "2"]);
    // Hearing it again was asked for; the third menu says what the first says.
    assert_eq!((done.meters.same_key, done.meters.prompts_again), (3, 1));
    assert_eq!((done.meters.menus, done.meters.presses), (4, 4));
    assert_eq!(call(&tree, &[], &["2", "1", "2"]).meters.same_key, 1);
    assert_eq!(call(&tree, &[], &["2", "w", "2"]).meters.same_key, 1);
    assert_eq!(call(&tree, &[], &["2", "!", "2"]).ending, Some(Ending::Left));
}
