//! Exact answers on chains, against worked examples, a dense solve in twice the precision, and every call one by one.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use presszero::callers::chain::{Chain, Edge, Event, Exit, State, To};
use presszero::measure::exact::{Exact, Method, Repeats, Unsolved};
use proptest::prelude::*;
use std::collections::HashMap;

const PRESS: Event = Event::Press(Some(b'1'));

fn edge(to: To, p: f64, ms: u32, event: Event) -> Edge {
    Edge {
        to,
        p,
        ms,
        event,
        way: None,
    }
}

fn go(to: u32, p: f64, ms: u32) -> Edge {
    edge(To::State(to), p, ms, PRESS)
}

fn end(exit: Exit, p: f64, ms: u32) -> Edge {
    edge(To::Exit(exit), p, ms, PRESS)
}

/// A chain whose states each have a prompt and node of their own.
fn chain(rows: Vec<Vec<Edge>>) -> Chain {
    let mut out = Chain::of(&[], u32::try_from(rows.len()).unwrap());
    for (node, row) in (0_u32..).zip(rows) {
        out.push(
            State {
                node,
                prompt: Some(node),
                ..State::default()
            },
            row,
        );
    }
    out
}

#[track_caller]
fn near(found: f64, expected: f64, relative: f64) {
    let bound = relative * expected.abs().max(1e-300);
    assert!((found - expected).abs() <= bound, "{found} is not {expected}");
}

#[track_caller]
fn is(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-12 * expected.abs().max(1.0),
        "{found} is not {expected}"
    );
}

fn plays(exact: &Exact<'_>, prompt: u32, terms: usize) -> Repeats {
    let all = exact.repetition().unwrap().prompts(terms);
    all.into_iter()
        .find(|plays| plays.prompt == prompt)
        .unwrap()
        .plays
        .unwrap()
}

/// A menu with a person, an information that leads back, and an end.
fn menu_and_information() -> Chain {
    chain(vec![
        vec![
            end(Exit::Person, 0.5, 10_000),
            go(1, 0.25, 12_000),
            end(Exit::Left, 0.25, 15_000),
        ],
        vec![go(0, 1.0, 20_000)],
    ])
}

#[test]
fn a_menu_heard_again_after_information() {
    let chain = menu_and_information();
    let exact = Exact::of(&chain).unwrap();
    let menu = plays(&exact, 0, 3);
    is(menu.times, 4.0 / 3.0);
    is(menu.once, 1.0);
    is(menu.again, 1.0 / 3.0);
    is(menu.at_least[1], 0.25);
    is(menu.at_least[2], 0.0625);
    let figures = exact.figures().unwrap();
    is(figures.share(Exit::Person), 2.0 / 3.0);
    is(figures.ms.mean, 67_000.0 / 3.0);
    assert_eq!(figures.method, Method::Elimination);
}

#[test]
fn two_states_that_say_the_same() {
    let mut chain = chain(vec![
        vec![go(1, 0.5, 0), go(3, 0.5, 0)],
        vec![go(2, 0.5, 0), end(Exit::Left, 0.5, 0)],
        vec![end(Exit::Left, 1.0, 0)],
        vec![go(2, 0.5, 0), end(Exit::Left, 0.5, 0)],
    ]);
    chain.states[2].prompt = Some(1);
    let both = plays(&Exact::of(&chain).unwrap(), 1, 3);
    is(both.times, 1.0);
    is(both.once, 0.75);
    is(both.again, 0.25);
    assert_eq!(both.at_least.len(), 3);
    is(both.at_least[1], 0.25);
    is(both.at_least[2], 0.0);
}

fn three_states() -> Chain {
    let third = 1.0 / 3.0;
    chain(vec![
        vec![go(1, 0.5, 0), end(Exit::Person, 0.25, 0), end(Exit::Left, 0.25, 0)],
        vec![go(0, third, 0), go(2, third, 0), end(Exit::Person, third, 0)],
        vec![go(0, 0.5, 0), end(Exit::Left, 0.5, 0)],
    ])
}

#[test]
fn repetition_of_each_state_and_of_a_group() {
    let mut chain = three_states();
    let exact = Exact::of(&chain).unwrap();
    for (state, (visits, again)) in [(4.0 / 3.0, 1.0 / 3.0), (2.0 / 3.0, 1.0 / 6.0), (2.0 / 9.0, 1.0 / 45.0)]
        .into_iter()
        .enumerate()
    {
        is(exact.visits()[state], visits);
        is(plays(&exact, u32::try_from(state).unwrap(), 1).again, again);
    }
    is(plays(&exact, 1, 1).once, 0.5);
    is(plays(&exact, 2, 1).once, 0.2);
    chain.states[2].prompt = Some(1);
    let group = plays(&Exact::of(&chain).unwrap(), 1, 1);
    is(group.times, 8.0 / 9.0);
    is(group.once, 0.5);
    is(group.again, 7.0 / 18.0);
    is(group.places[0].again, 2.0 / 3.0 - 0.5);
    is(group.places[1].again, 2.0 / 9.0);
    is(group.places.iter().map(|place| place.before).sum(), 7.0 / 18.0);
}

#[test]
fn attempts_are_states() {
    let quarter = |to| vec![end(Exit::Served, 0.5, 0), end(Exit::Person, 0.25, 0), to];
    let mut three = chain(vec![
        quarter(go(1, 0.25, 0)),
        quarter(go(2, 0.25, 0)),
        quarter(end(Exit::CutOff, 0.25, 0)),
    ]);
    for state in &mut three.states {
        state.prompt = Some(0);
    }
    let exact = Exact::of(&three).unwrap();
    is(plays(&exact, 0, 1).times, 21.0 / 16.0);
    is(exact.figures().unwrap().share(Exit::CutOff), 1.0 / 64.0);
    is(exact.figures().unwrap().share(Exit::Served), 21.0 / 32.0);

    let counters = |silent, wrong| vec![end(Exit::Served, 0.625, 0), silent, wrong];
    let separate = chain(vec![
        counters(go(1, 0.25, 0), go(2, 0.125, 0)),
        counters(end(Exit::Left, 0.25, 0), go(3, 0.125, 0)),
        counters(go(3, 0.25, 0), end(Exit::CutOff, 0.125, 0)),
        counters(end(Exit::Left, 0.25, 0), end(Exit::CutOff, 0.125, 0)),
    ]);
    let exact = Exact::of(&separate).unwrap();
    is(exact.visits().iter().sum(), 23.0 / 16.0);
    let figures = exact.figures().unwrap();
    is(figures.share(Exit::Served), 115.0 / 128.0);
    is(figures.share(Exit::Left), 5.0 / 64.0);
    is(figures.share(Exit::CutOff), 3.0 / 128.0);

    for (back, plays, person) in [(0, 10.0 / 3.0, 5.0 / 6.0), (1, 3.0, 0.75)] {
        let counted = chain(vec![
            vec![go(0, 0.5, 0), end(Exit::Person, 0.25, 0), go(1, 0.25, 0)],
            vec![go(back, 0.5, 0), end(Exit::Person, 0.25, 0), end(Exit::CutOff, 0.25, 0)],
        ]);
        let exact = Exact::of(&counted).unwrap();
        is(exact.visits().iter().sum(), plays);
        is(exact.figures().unwrap().share(Exit::Person), person);
    }
}

#[test]
fn runs_of_one_key() {
    let leave = |p| edge(To::Exit(Exit::Left), p, 0, Event::HangUp);
    let chain = chain(vec![
        vec![go(1, 0.75, 0), leave(0.25)],
        vec![go(2, 0.5, 0), leave(0.5)],
        vec![go(0, 2.0 / 3.0, 0), leave(1.0 / 3.0)],
    ]);
    let exact = Exact::of(&chain).unwrap();
    let runs = exact.runs(3).unwrap();
    is(runs.presses, 17.0 / 24.0);
    is(runs.share, 0.25);
    let keys = exact.repetition().unwrap().keys(1);
    let first = keys
        .iter()
        .find(|keys| keys.node == 0)
        .unwrap()
        .presses
        .clone()
        .unwrap();
    is(first.times, 1.0);
    is(first.again, 0.25);
}

#[test]
fn an_option_added() {
    let chain = menu_and_information();
    let exact = Exact::of(&chain).unwrap();
    let cost = |edge: &Edge| {
        let penalty = if edge.to == To::Exit(Exit::Left) { 60.0 } else { 0.0 };
        f64::from(edge.ms) / 1000.0 + penalty
    };
    let edits = exact.edits(cost).unwrap();
    is(edits.value(), 127.0 / 3.0);
    let change = edits.new_option(0.1, To::Exit(Exit::Person), 4.0).unwrap();
    is(change[0], -460.0 / 93.0);
    is(edits.value() + change[0], 1159.0 / 31.0);
}

#[test]
fn a_call_that_hardly_ever_ends() {
    let rare = 1e-13_f64;
    let naive = 1.0 / (1.0 - (1.0 - rare));
    assert!((naive * rare - 1.0).abs() > 1e-4, "the usual formula is wrong here");
    let chain = chain(vec![
        vec![go(1, 1.0, 5)],
        vec![go(0, 0.5, 7), go(1, 0.5 - rare, 7), end(Exit::Left, rare, 7)],
    ]);
    let exact = Exact::of(&chain).unwrap();
    near(exact.visits()[1], 1e13, 1e-12);
    let loops = plays(&exact, 1, 2);
    near(loops.again, 1e13, 1e-12);
    near(loops.times, 1e13, 1e-12);
    is(exact.figures().unwrap().share(Exit::Left), 1.0);
}

#[test]
fn what_is_no_chain_is_refused() {
    assert_eq!(Exact::of(&Chain::default()).err(), Some(Unsolved::Empty));
    let endless = chain(vec![
        vec![go(1, 0.5, 0), end(Exit::Left, 0.5, 0)],
        vec![go(2, 1.0, 0)],
        vec![go(1, 1.0, 0)],
    ]);
    for width in [0, 500] {
        let error = Exact::with_width(&endless, width).err();
        assert!(
            matches!(error, Some(Unsolved::Endless(1 | 2) | Unsolved::TooWide)),
            "{error:?}"
        );
    }
    assert!(matches!(Exact::of(&endless).err(), Some(Unsolved::Endless(1 | 2))));
    let alone = chain(vec![vec![go(0, 1.0, 0)]]);
    assert_eq!(Exact::of(&alone).err(), Some(Unsolved::Endless(0)));
    assert_eq!(Exact::of(&chain(vec![vec![]])).err(), Some(Unsolved::Endless(0)));
    assert_eq!(
        Exact::of(&chain(vec![vec![go(7, 1.0, 0)]])).err(),
        Some(Unsolved::Target(0))
    );
    let half = chain(vec![vec![end(Exit::Left, 0.5, 0)]]);
    assert_eq!(Exact::of(&half).err(), Some(Unsolved::Probabilities(0)));
    let nan = chain(vec![vec![end(Exit::Left, f64::NAN, 0)]]);
    assert_eq!(Exact::of(&nan).err(), Some(Unsolved::Probabilities(0)));
}

#[test]
fn an_entangled_chain_is_swept_with_a_bound() {
    let states = 520_u32;
    let p = 0.5 / f64::from(states - 1);
    let row = |from: u32| {
        let others = (0..states).filter(move |to| *to != from).map(move |to| go(to, p, from));
        others.chain([end(Exit::Person, 0.5, 1)]).collect()
    };
    let entangled = chain((0..states).map(row).collect());
    let exact = Exact::of(&entangled).unwrap();
    let Method::Sweeps { error } = exact.figures().unwrap().method else {
        panic!("it was eliminated")
    };
    assert!(error < 1e-6, "{error}");
    assert!((exact.visits().iter().sum::<f64>() - 2.0).abs() <= error);
    assert_eq!(exact.repetition().err(), Some(Unsolved::TooWide));
    assert!(matches!(exact.edits(|_| 1.0).err(), Some(Unsolved::TooWide)));
}

/// A number of twice the precision: the sum of two.
#[derive(Clone, Copy, Debug)]
struct Twice(f64, f64);

impl Twice {
    fn new(x: f64) -> Self {
        Self(x, 0.0)
    }

    fn sum(a: f64, b: f64) -> Self {
        let s = a + b;
        let t = s - a;
        Self(s, (a - (s - t)) + (b - t))
    }

    fn plus(self, o: Self) -> Self {
        let s = Self::sum(self.0, o.0);
        let t = Self::sum(self.1, o.1);
        let v = Self::sum(s.0, s.1 + t.0);
        Self::sum(v.0, v.1 + t.1)
    }

    fn minus(self, o: Self) -> Self {
        self.plus(Self(-o.0, -o.1))
    }

    fn times(self, o: Self) -> Self {
        let p = self.0 * o.0;
        let e = self.0.mul_add(o.0, -p);
        Self::sum(p, e + (self.0 * o.1 + self.1 * o.0))
    }

    fn over(self, o: Self) -> Self {
        let mut quotient = Self::new(self.0 / o.0);
        for _ in 0..2 {
            let rest = self.minus(quotient.times(o));
            quotient = quotient.plus(Self::new(rest.0 / o.0));
        }
        quotient
    }
}

/// The inverse of I - Q, by plain elimination in twice the precision.
fn inverse(q: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = q.len();
    let one = |yes: bool| Twice::new(f64::from(u8::from(yes)));
    let mut a: Vec<Vec<Twice>> = (0..n)
        .map(|i| {
            (0..2 * n)
                .map(|j| {
                    if j < n {
                        one(i == j).minus(Twice::new(q[i][j]))
                    } else {
                        one(i + n == j)
                    }
                })
                .collect()
        })
        .collect();
    for k in 0..n {
        let best = (k..n)
            .max_by(|&x, &y| a[x][k].0.abs().total_cmp(&a[y][k].0.abs()))
            .unwrap();
        a.swap(k, best);
        let pivot = a[k][k];
        for value in &mut a[k] {
            *value = value.over(pivot);
        }
        let row = a[k].clone();
        for (i, other) in a.iter_mut().enumerate() {
            let factor = other[k];
            if i != k {
                for (value, from) in other.iter_mut().zip(&row) {
                    *value = value.minus(factor.times(*from));
                }
            }
        }
    }
    a.into_iter()
        .map(|row| row[n..].iter().map(|value| value.0).collect())
        .collect()
}

/// Steps between states over some edges only.
fn steps(chain: &Chain, some: impl Fn(u32, &Edge) -> bool) -> Vec<Vec<f64>> {
    let mut q = vec![vec![0.0; chain.len()]; chain.len()];
    for state in 0..u32::try_from(chain.len()).unwrap() {
        for edge in chain.out(state) {
            if let To::State(to) = edge.to
                && some(state, edge)
            {
                q[state as usize][to as usize] += edge.p;
            }
        }
    }
    q
}

/// The repetition of some edges from its definition: the chain in layers, one for each time that a member happened.
fn by_definition(chain: &Chain, member: &dyn Fn(u32, &Edge) -> bool, layers: usize) -> Vec<(f64, f64)> {
    let n = chain.len();
    let stay = steps(chain, |state, edge| !member(state, edge));
    let up = steps(chain, member);
    let mut q = vec![vec![0.0; n * layers]; n * layers];
    for layer in 0..layers {
        let next = (layer + 1).min(layers - 1);
        for i in 0..n {
            for j in 0..n {
                q[layer * n + i][layer * n + j] += stay[i][j];
                q[layer * n + i][next * n + j] += up[i][j];
            }
        }
    }
    let visits = inverse(&q).swap_remove(chain.start as usize);
    let happens = |state: usize| -> f64 {
        let at = u32::try_from(state).unwrap();
        chain
            .out(at)
            .iter()
            .filter(|edge| member(at, edge))
            .map(|edge| edge.p)
            .sum()
    };
    (0..layers * n).map(|at| (visits[at], happens(at % n))).collect()
}

/// Compares the repetition of a group with its definition.
fn agrees(chain: &Chain, member: &dyn Fn(u32, &Edge) -> bool, found: &Repeats) {
    let n = chain.len();
    let terms = found.at_least.len();
    let layered = by_definition(chain, member, terms + 1);
    let in_layer = |layer: usize| {
        layered[layer * n..(layer + 1) * n]
            .iter()
            .map(|(v, p)| v * p)
            .sum::<f64>()
    };
    let times: f64 = layered.iter().map(|(v, p)| v * p).sum();
    is(found.times, times);
    is(found.once, in_layer(0));
    is(found.again, times - in_layer(0));
    for term in 0..terms {
        is(found.at_least[term], in_layer(term));
    }
    let kept = inverse(&steps(chain, |state, edge| !member(state, edge)));
    let full = inverse(&steps(chain, |_, _| true));
    let coming = |state: u32| -> f64 { (0..n).map(|t| kept[state as usize][t] * layered[t].1).sum() };
    for place in &found.places {
        let state = place.state as usize;
        let visits = full[chain.start as usize][state];
        is(place.times, visits * layered[state].1);
        is(
            place.again,
            (1..=terms)
                .map(|layer| layered[layer * n + state])
                .map(|(v, p)| v * p)
                .sum(),
        );
        let back = chain.out(place.state).iter().filter(|edge| member(place.state, edge));
        let back: f64 = back
            .map(|edge| edge.p * if let To::State(to) = edge.to { coming(to) } else { 0.0 })
            .sum();
        is(place.before, visits * back);
    }
    is(found.places.iter().map(|place| place.again).sum(), found.again);
    assert_eq!(
        found.places.len(),
        layered[..n].iter().filter(|(_, p)| *p > 0.0).count()
    );
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (0_u8..2).prop_map(|key| Event::Press(Some(b'1' + key))),
        1 => Just(Event::Press(None)),
        2 => any::<bool>().prop_map(|accepted| Event::Enter { datum: 0, accepted }),
        1 => Just(Event::Silence),
        1 => Just(Event::Wrong),
        1 => Just(Event::System),
    ]
}

/// Small chains whose probabilities are multiples of 1/256, so that rows add to 1 exactly; each state may end a call.
fn small(states: std::ops::Range<u32>, least_exit: u32, ways: usize) -> impl Strategy<Value = Chain> {
    states.prop_flat_map(move |n| {
        let state = (
            0_u32..3,
            0_u32..4,
            any::<bool>(),
            prop::bool::weighted(0.3),
            any::<bool>(),
        );
        let ways = prop::collection::vec((0..n + 2, 0..=256 - least_exit, 0_u32..20, event()), 1..=ways);
        prop::collection::vec((state, ways), n as usize).prop_map(move |rows| {
            let mut chain = Chain::of(&["account".to_owned()], 3);
            for ((node, prompt, offers_person, person, asks), mut ways) in rows {
                ways.sort_by_key(|(_, cut, _, _)| *cut);
                let mut edges = Vec::new();
                let mut from = 0;
                for (to, cut, ms, event) in ways {
                    let to = if to < n {
                        To::State(to)
                    } else {
                        To::Exit(Exit::ALL[(to - n) as usize])
                    };
                    edges.push(edge(to, f64::from(cut - from) / 256.0, ms, event));
                    from = cut;
                }
                edges.push(edge(
                    To::Exit(Exit::Left),
                    f64::from(256 - from) / 256.0,
                    3,
                    Event::HangUp,
                ));
                let offer_ms = 7 * node;
                let prompt = Some(prompt).filter(|prompt| *prompt < 3);
                let asked_again = u64::from(asks && person);
                let state = State {
                    node,
                    prompt,
                    offers_person,
                    offer_ms,
                    person,
                    asked_again,
                    ..State::default()
                };
                chain.push(state, edges);
            }
            chain
        })
    })
}

/// Trees of menus: each leads to those below it, back to the one above, to the first, and ends; few say the same.
fn tree() -> impl Strategy<Value = Chain> {
    prop::collection::vec((any::<prop::sample::Index>(), 0_u32..12, any::<bool>()), 1..24).prop_map(|below| {
        let mut rows = vec![(0_u32, vec![end(Exit::Left, 1.0, 0)], 0)];
        for (above, prompt, back) in below {
            let (number, above) = (u32::try_from(rows.len()).unwrap(), above.index(rows.len()));
            rows[above].1.push(go(number, 1.0, 3));
            let up = u32::try_from(above).unwrap();
            let ways = if back {
                vec![go(up, 0.5, 2), go(0, 0.25, 1), end(Exit::Left, 1.0, 0)]
            } else {
                vec![end(Exit::Left, 1.0, 0)]
            };
            rows.push((prompt, ways, number / 2));
        }
        let mut out = Chain::default();
        for (prompt, mut ways, node) in rows {
            let sum: f64 = ways.iter().map(|way| way.p).sum();
            for way in &mut ways {
                way.p /= sum;
            }
            out.push(
                State {
                    node,
                    prompt: Some(prompt),
                    ..State::default()
                },
                ways,
            );
        }
        out
    })
}

fn is_entry(chain: &Chain, state: u32, edge: &Edge) -> bool {
    asked_by_person(chain, state) || matches!(edge.event, Event::Enter { .. })
}

fn asked_by_person(chain: &Chain, state: u32) -> bool {
    chain.states[state as usize].asked_again == 1
}

/// What is counted along one call.
#[derive(Clone, Default)]
struct Call {
    plays: HashMap<u32, u32>,
    run: (Option<u8>, u32),
    long: u32,
    entered: bool,
    rejected_at: Option<u32>,
    rejected: u32,
    by_person: u32,
    asked: u32,
    person: bool,
}

/// Every call one by one, down to those of almost no probability.
#[derive(Default)]
struct Calls {
    lost: f64,
    twice: HashMap<u32, f64>,
    long: (f64, f64),
    rejected: f64,
    by_person: f64,
    asked: f64,
    person: f64,
    exits: [f64; Exit::ALL.len()],
}

impl Calls {
    fn of(chain: &Chain) -> Self {
        let mut all = Self::default();
        let mut open = vec![(chain.start, 1.0, Call::default())];
        while let Some((state, mass, mut call)) = open.pop() {
            if mass < 1e-7 {
                all.lost += mass;
                continue;
            }
            let here = chain.states[state as usize];
            if let Some(prompt) = here.prompt {
                *call.plays.entry(prompt).or_default() += 1;
            }
            call.person |= here.person;
            for edge in chain.out(state).iter().filter(|edge| edge.p > 0.0) {
                let mut call = call.clone();
                call.happens(chain, state, edge);
                match edge.to {
                    To::State(to) => open.push((to, mass * edge.p, call)),
                    To::Exit(exit) => all.ends(exit, mass * edge.p, &call),
                }
            }
        }
        all
    }

    fn ends(&mut self, exit: Exit, mass: f64, call: &Call) {
        for prompt in 0..3 {
            if call.plays.get(&prompt).is_some_and(|plays| *plays >= 2) {
                *self.twice.entry(prompt).or_default() += mass;
            }
        }
        self.long.0 += mass * f64::from(call.long);
        self.long.1 += mass * f64::from(u8::from(call.long > 0));
        self.rejected += mass * f64::from(call.rejected);
        self.by_person += mass * f64::from(call.by_person);
        self.asked += mass * f64::from(call.asked);
        self.person += mass * f64::from(u8::from(call.person));
        self.exits[exit as usize] += mass;
    }
}

impl Call {
    fn happens(&mut self, chain: &Chain, state: u32, edge: &Edge) {
        match edge.event {
            Event::Press(Some(key)) => {
                self.run = if self.run.0 == Some(key) {
                    (Some(key), self.run.1 + 1)
                } else {
                    (Some(key), 1)
                };
                self.long += u32::from(self.run.1 >= 2);
            }
            Event::Press(None) | Event::Silence | Event::Wrong | Event::HangUp => self.run = (None, 0),
            Event::Enter { .. } | Event::System => {}
        }
        if !is_entry(chain, state, edge) {
            return;
        }
        let node = chain.states[state as usize].node;
        let by_person = asked_by_person(chain, state);
        if self.entered {
            match self.rejected_at {
                _ if by_person => self.by_person += 1,
                Some(at) if at == node => self.rejected += 1,
                _ => self.asked += 1,
            }
        }
        let rejected = !by_person && matches!(edge.event, Event::Enter { accepted: false, .. });
        self.entered = true;
        self.rejected_at = Some(node).filter(|_| rejected);
    }
}

/// Mean and variance of the time to the goal, by solves for the first and second moments in twice the precision.
fn moments(chain: &Chain, goal: &dyn Fn(u32) -> bool, rest: &dyn Fn(u32) -> f64) -> Option<(f64, f64, f64)> {
    let n = u32::try_from(chain.len()).unwrap();
    let full = inverse(&steps(chain, |state, _| !goal(state)));
    let solve = |r: &dyn Fn(u32) -> f64| -> Vec<f64> {
        (0..n)
            .map(|s| (0..n).map(|t| full[s as usize][t as usize] * r(t)).sum())
            .collect()
    };
    let sum = |state: u32, value: &dyn Fn(f64, usize) -> f64| -> f64 {
        let out = chain.out(state).iter();
        out.map(|edge| {
            if let To::State(to) = edge.to {
                edge.p * value(f64::from(edge.ms), to as usize)
            } else {
                0.0
            }
        })
        .sum()
    };
    let hit = solve(&|s| f64::from(u8::from(goal(s))));
    let first = solve(&|s| {
        if goal(s) {
            rest(s)
        } else {
            sum(s, &|ms, to| ms * hit[to])
        }
    });
    let second = solve(&|s| {
        if goal(s) {
            rest(s) * rest(s)
        } else {
            sum(s, &|ms, to| ms * ms * hit[to] + 2.0 * ms * first[to])
        }
    });
    let at = chain.start as usize;
    (hit[at] > 1e-15).then(|| {
        let mean = first[at] / hit[at];
        (hit[at], mean, second[at] / hit[at] - mean * mean)
    })
}

/// A chain without states, else the same.
fn like(chain: &Chain) -> Chain {
    let mut out = Chain::of(&chain.data, chain.prompts);
    out.start = chain.start;
    out
}

/// The same calls with the states numbered anew.
fn renumbered(chain: &Chain, turn: u32) -> Chain {
    let n = u32::try_from(chain.len()).unwrap();
    let new = |state: u32| (state + turn) % n;
    let mut out = like(chain);
    out.start = new(chain.start);
    for number in 0..n {
        let old = (number + n - turn % n) % n;
        let to = |to: To| if let To::State(to) = to { To::State(new(to)) } else { to };
        let edges = chain.out(old).iter().rev().map(|edge| Edge {
            to: to(edge.to),
            ..*edge
        });
        out.push(chain.states[old as usize], edges);
    }
    out
}

/// The same calls where each edge ends in a silent state of its own that takes part of its time.
fn split(chain: &Chain) -> Chain {
    let mut out = like(chain);
    let mut halves = Vec::new();
    let n = chain.len();
    for (number, state) in (0_u32..).zip(&chain.states) {
        let mut edges = Vec::new();
        for edge in chain.out(number) {
            let middle = u32::try_from(n + halves.len()).unwrap();
            halves.push(Edge {
                p: 1.0,
                ms: edge.ms / 3,
                event: Event::System,
                ..*edge
            });
            edges.push(Edge {
                to: To::State(middle),
                ms: edge.ms - edge.ms / 3,
                ..*edge
            });
        }
        out.push(*state, edges);
    }
    for half in halves {
        out.push(State::default(), [half]);
    }
    out
}

/// The same calls where each state is two that are the same.
fn doubled(chain: &Chain) -> Chain {
    let n = u32::try_from(chain.len()).unwrap();
    let mut out = like(chain);
    for number in 0..2 * n {
        let half = |edge: &Edge, copy: u32| {
            let to = if let To::State(to) = edge.to {
                To::State(to + copy * n)
            } else {
                edge.to
            };
            Edge {
                to,
                p: edge.p / 2.0,
                ..*edge
            }
        };
        let edges = chain
            .out(number % n)
            .iter()
            .flat_map(|edge| [half(edge, 0), half(edge, 1)]);
        out.push(chain.states[(number % n) as usize], edges);
    }
    out
}

fn same_figures(one: &Exact<'_>, other: &Exact<'_>) {
    let (a, b) = (one.figures().unwrap(), other.figures().unwrap());
    for (x, y) in a.shares.iter().zip(&b.shares) {
        is(*x, *y);
    }
    is(a.ms.mean, b.ms.mean);
    is(a.ms.variance, b.ms.variance);
    is(a.presses, b.presses);
    for (x, y) in [(a.person, b.person), (a.offered, b.offered)] {
        is(x.share, y.share);
        assert_eq!(x.ms.is_some(), y.ms.is_some());
        if let (Some(x), Some(y)) = (x.ms, y.ms) {
            is(x.mean, y.mean);
            is(x.variance, y.variance);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn visits_and_times_are_those_of_a_dense_solve(chain in small(1..12, 1, 4)) {
        let exact = Exact::of(&chain).unwrap();
        let full = inverse(&steps(&chain, |_, _| true));
        for (found, expected) in exact.visits().iter().zip(&full[chain.start as usize]) {
            is(*found, *expected);
        }
        let figures = exact.figures().unwrap();
        is(figures.shares.iter().sum(), 1.0);
        let offer = |s: u32| f64::from(chain.states[s as usize].offer_ms);
        let person = moments(&chain, &|s| chain.states[s as usize].person, &|_| 0.0);
        let offered = moments(&chain, &|s| chain.states[s as usize].offers_person, &offer);
        for (found, expected) in [(figures.person, person), (figures.offered, offered)] {
            match expected {
                None => assert!(found.share <= 1e-14),
                Some((share, mean, variance)) => {
                    is(found.share, share);
                    is(found.ms.unwrap().mean, mean);
                    let wrong = (found.ms.unwrap().variance - variance).abs();
                    assert!(wrong <= 1e-11 * (variance + mean * mean + 1.0), "{wrong}");
                }
            }
        }
    }

    #[test]
    fn repetition_is_as_defined(chain in small(1..10, 8, 4)) {
        let exact = Exact::of(&chain).unwrap();
        let mut repetition = exact.repetition().unwrap();
        for found in repetition.prompts(3) {
            let says = |state: u32, _: &Edge| chain.states[state as usize].prompt == Some(found.prompt);
            agrees(&chain, &says, &found.plays.unwrap());
        }
        for found in repetition.keys(3) {
            let presses = |state: u32, edge: &Edge| {
                chain.states[state as usize].node == found.node && edge.event == Event::Press(Some(found.key))
            };
            agrees(&chain, &presses, &found.presses.unwrap());
        }
        for found in repetition.data(3) {
            let entries = found.entries.unwrap();
            is(found.rejected + found.by_person + found.asked, entries.again);
            is(entries.at_least[0], entries.once);
        }
    }

    #[test]
    fn repetition_in_trees_is_as_defined(chain in tree()) {
        let exact = Exact::of(&chain).unwrap();
        let mut repetition = exact.repetition().unwrap();
        for found in repetition.prompts(1) {
            let says = |state: u32, _: &Edge| chain.states[state as usize].prompt == Some(found.prompt);
            agrees(&chain, &says, &found.plays.unwrap());
        }
        for found in repetition.keys(1).into_iter().take(3) {
            let presses = |state: u32, edge: &Edge| {
                chain.states[state as usize].node == found.node && edge.event == Event::Press(Some(found.key))
            };
            agrees(&chain, &presses, &found.presses.unwrap());
        }
    }

    #[test]
    fn sweeps_agree_within_their_bound(chain in small(1..10, 8, 4)) {
        let (one, other) = (Exact::of(&chain).unwrap(), Exact::with_width(&chain, 0).unwrap());
        let (Method::Elimination, Method::Sweeps { error }) = (one.method(), other.method()) else {
            prop_assume!(chain.len() == 1 || one.visits().len() < 3);
            return Ok(());
        };
        let apart: f64 = one.visits().iter().zip(other.visits()).map(|(a, b)| (a - b).abs()).sum();
        assert!(apart <= error + 1e-12 * one.visits().iter().sum::<f64>(), "{apart} > {error}");
        let (a, b) = (one.figures().unwrap(), other.figures().unwrap());
        assert!((a.ms.mean - b.ms.mean).abs() <= 1e-7 * a.ms.mean.max(1.0));
        assert!((a.person.share - b.person.share).abs() <= 1e-8);
    }

    #[test]
    fn numbering_and_cutting_change_nothing(chain in small(1..9, 8, 4), turn in 0_u32..9) {
        let exact = Exact::of(&chain).unwrap();
        let (turned, split, doubled) = (renumbered(&chain, turn), split(&chain), doubled(&chain));
        let exacts = [&turned, &split, &doubled].map(|chain| Exact::of(chain).unwrap());
        for other in &exacts {
            same_figures(&exact, other);
        }
        let prompts = |exact: &Exact<'_>| exact.repetition().unwrap().prompts(4);
        for other in [&exacts[0], &exacts[2]] {
            for (a, b) in prompts(&exact).into_iter().zip(prompts(other)) {
                let (a, b) = (a.plays.unwrap(), b.plays.unwrap());
                is(a.times, b.times);
                is(a.again, b.again);
                is(a.at_least[3], b.at_least[3]);
            }
            is(exact.runs(2).unwrap().presses, other.runs(2).unwrap().presses);
        }
    }

    #[test]
    fn edits_are_those_of_the_changed_chain(
        chain in small(2..8, 8, 4), at in 0_u32..8, to in 0_u32..9, share in 0.0_f64..0.9,
    ) {
        let n = u32::try_from(chain.len()).unwrap();
        let at = at % n;
        let to = if to < n { To::State(to) } else { To::Exit(Exit::Person) };
        let cost = |edge: &Edge| f64::from(edge.ms);
        let exact = Exact::of(&chain).unwrap();
        let edits = exact.edits(cost).unwrap();
        let mut changed = like(&chain);
        for state in 0..n {
            let mut edges = chain.out(state).to_vec();
            if state == at {
                for edge in &mut edges {
                    edge.p *= 1.0 - share;
                }
                edges.push(edge(to, share, 5, Event::System));
            }
            changed.push(chain.states[state as usize], edges);
        }
        let after = Exact::of(&changed).unwrap().values(cost).unwrap()[chain.start as usize];
        let change = edits.new_option(share, to, 5.0).unwrap()[at as usize];
        let scale = 1e-11 * (1.0 + after.abs() + edits.value());
        assert!((edits.value() + change - after).abs() <= scale);
        let row: Vec<_> = changed.out(at).iter().map(|edge| (edge.to, edge.p, cost(edge))).collect();
        assert!((edits.row(at, &row).unwrap() - change).abs() <= scale);
        is(edits.shorten(at, 2.0), -2.0 * exact.visits()[at as usize]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counting_every_call_gives_the_same(chain in small(1..6, 128, 3)) {
        let exact = Exact::of(&chain).unwrap();
        let calls = Calls::of(&chain);
        let close = |found: f64, counted: f64, per_call: f64| {
            let slack = calls.lost * per_call + 1e-9;
            assert!(found >= counted - 1e-9 && found <= counted + slack, "{found} {counted} {slack}");
        };
        let figures = exact.figures().unwrap();
        for (found, counted) in figures.shares.iter().zip(&calls.exits) {
            close(*found, *counted, 1.0);
        }
        close(figures.person.share, calls.person, 1.0);
        let mut repetition = exact.repetition().unwrap();
        for prompt in repetition.prompts(2) {
            close(prompt.plays.unwrap().at_least[1], calls.twice.get(&prompt.prompt).copied().unwrap_or(0.0), 1.0);
        }
        let runs = exact.runs(2).unwrap();
        close(runs.share, calls.long.1, 1.0);
        close(runs.presses, calls.long.0, 60.0);
        let data = repetition.data(1);
        let sum = |part: &dyn Fn(&presszero::measure::exact::DatumRepeats) -> f64| data.iter().map(part).sum::<f64>();
        close(sum(&|datum| datum.rejected), calls.rejected, 60.0);
        close(sum(&|datum| datum.by_person), calls.by_person, 60.0);
        close(sum(&|datum| datum.asked), calls.asked, 60.0);
    }
}
