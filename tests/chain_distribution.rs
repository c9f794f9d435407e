//! The law of the time of a call, against theory, every history counted by hand, and drawn calls.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use presszero::callers::chain::{Chain, Edge, Event, Exit, State, To};
use presszero::measure::distribution::patience::{Equations, equations, exponential};
use presszero::measure::distribution::{
    Bounds, Distribution, Goal, Grid, Law, Moment, Quantile, distribution, distribution_with_hazards,
};
use proptest::prelude::*;

const PERSON: To = To::Exit(Exit::Person);
const SERVED: To = To::Exit(Exit::Served);
const LEFT: To = To::Exit(Exit::Left);

fn edge(to: To, p: f64, ms: u32) -> Edge {
    Edge {
        to,
        p,
        ms,
        event: Event::System,
        way: None,
    }
}

fn chain(rows: Vec<Vec<Edge>>) -> Chain {
    let mut chain = Chain::default();
    for row in rows {
        chain.push(State::default(), row);
    }
    chain
}

fn seconds(step: u32, horizon: u64) -> Grid {
    Grid {
        step_ms: step * 1000,
        horizon_ms: horizon * 1000,
        error: 0.0,
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

fn exactly(bounds: Bounds, value: f64) -> bool {
    near(bounds.lower, value) && near(bounds.upper, value)
}

fn at(seconds: u64) -> Quantile {
    Quantile {
        earliest: Moment::At(seconds * 1000),
        latest: Moment::At(seconds * 1000),
    }
}

const NEVER: Quantile = Quantile {
    earliest: Moment::Never,
    latest: Moment::Never,
};

fn all(law: &Law) -> f64 {
    [&law.goal, &law.other, &law.left].into_iter().flatten().sum::<f64>() + law.tail + law.pruned
}

/// Three attempts: 3/4 reach a person after 8 s, 1/4 are silent for 15 s and are asked again, at last cut off.
fn attempts() -> Chain {
    let attempt = |next| vec![edge(PERSON, 0.75, 8000), edge(next, 0.25, 15_000)];
    chain(vec![attempt(To::State(1)), attempt(To::State(2)), attempt(LEFT)])
}

/// A loop of 3 s taken with 2/3, left after 2 s with 1/3.
fn loop_of_three() -> Chain {
    chain(vec![vec![
        edge(To::State(0), 2.0 / 3.0, 3000),
        edge(SERVED, 1.0 / 3.0, 2000),
    ]])
}

#[test]
fn three_attempts_have_the_law_of_the_textbook() {
    let grid = Grid::exact(&attempts(), Goal::Person, 60_000);
    assert_eq!(grid.step_ms, 1000);
    let law = distribution(&attempts(), Goal::Person, grid);
    assert!(law.late.is_none());
    for (second, mass) in law.early.goal.iter().enumerate() {
        let wanted = match second {
            8 => 3.0 / 4.0,
            23 => 3.0 / 16.0,
            38 => 3.0 / 64.0,
            _ => 0.0,
        };
        assert!(near(*mass, wanted), "{second}: {mass}");
    }
    assert!(near(law.early.other[45], 1.0 / 64.0));
    assert!(law.early.tail.abs() < 1e-15);
    let mean: f64 = (0..)
        .zip(&law.early.goal)
        .map(|(second, mass)| f64::from(second) * mass)
        .sum();
    assert!(near(mean / law.early.goal_share(), 86.0 / 7.0));
    let end = distribution(&attempts(), Goal::End, grid);
    let mean: f64 = (0..)
        .zip(&end.early.goal)
        .map(|(second, mass)| f64::from(second) * mass)
        .sum();
    assert!(near(mean, 819.0 / 64.0));
    assert_eq!(law.quantile_of_goal(0.9), at(23));
    assert_eq!(law.quantile(0.75), at(8));
    assert_eq!(law.quantile(63.0 / 64.0), at(38));
    assert_eq!(law.quantile(0.99), NEVER);
    assert_eq!(law.quantile_of_goal(1.0), at(38));
    assert!(exactly(law.survival(22_999), 0.25) && exactly(law.survival(45_000), 0.0));
}

#[test]
fn patience_takes_its_share() {
    let law = distribution(&attempts(), Goal::Person, seconds(1, 60));
    let patience = |ms| match ms {
        0 => 1.0,
        1..=8000 => 0.9,
        8001..=23_000 => 0.6,
        _ => 0.4,
    };
    let thinned = law.with_patience(patience);
    assert!(exactly(thinned.goal_share(), 0.80625));
    assert!(exactly(thinned.within(23_000), 0.675 + 0.1125));
    // A tenth leaves before 8 s, three tenths of the quarter still there before 23 s, and so on.
    let left = 0.1 + 0.25 * 0.3 + 0.2 / 16.0;
    assert!(exactly(thinned.left_share(), left));
    assert!(near(all(&thinned.early), 1.0));
    let steady = law.with_patience(|_| 1.0);
    assert_eq!(steady.early.goal, law.early.goal);
    // Patience that ends exactly when the person speaks is patience enough.
    let eight = law.with_patience(|ms| if ms <= 8000 { 1.0 } else { 0.0 });
    assert!(exactly(eight.goal_share(), 0.75) && exactly(eight.left_share(), 0.25));
}

#[test]
fn a_loop_is_geometric() {
    let grid = Grid::exact(&loop_of_three(), Goal::End, 20_000);
    assert_eq!(grid.step_ms, 1000);
    let law = distribution(&loop_of_three(), Goal::Exit(Exit::Served), grid);
    let mut wanted = 1.0 / 3.0;
    for second in 0..=20 {
        let mass = law.early.goal[second];
        if second % 3 == 2 {
            assert!(near(mass, wanted), "{second}: {mass}");
            wanted *= 2.0 / 3.0;
        } else {
            assert!(mass == 0.0);
        }
    }
    assert!(near(law.early.tail, 128.0 / 2187.0));
    assert!(exactly(law.survival(20_000), 128.0 / 2187.0));
    assert_eq!(law.quantile(0.5), at(5));
    assert_eq!(law.quantile(0.9), at(17));
    assert_eq!(law.clone().knowing(1.0).quantile_of_goal(0.9), at(17));
    assert_eq!(
        law.quantile(0.95),
        Quantile {
            earliest: Moment::Later,
            latest: Moment::Never
        }
    );
    assert_eq!(law.knowing(1.0).quantile(0.95).latest, Moment::Later);
    let far = distribution(&loop_of_three(), Goal::End, seconds(1, 600));
    let moment = |power| {
        (0..)
            .zip(&far.early.goal)
            .map(|(t, mass)| f64::from(t).powi(power) * mass)
            .sum::<f64>()
    };
    assert!((moment(1) - 8.0).abs() < 1e-9 && (moment(2) - 64.0 - 54.0).abs() < 1e-9);
}

#[test]
fn patience_without_memory_is_the_same_three_ways() {
    let rate = 2.0_f64.ln() / 3.0;
    let wanted = 0.5 * 2.0_f64.powf(-2.0 / 3.0);
    assert!((wanted - 0.314_980_262_5).abs() < 1e-10);
    let goal = Goal::Exit(Exit::Served);
    let linear = equations(&loop_of_three(), goal, exponential(rate)).share(solve);
    assert!(near(linear, wanted));
    let grid = seconds(1, 300);
    let survival = |ms: u64| (-rate * f64::from(u32::try_from(ms).unwrap()) / 1000.0).exp();
    let clock = distribution(&loop_of_three(), goal, grid).with_patience(survival);
    assert!(exactly(clock.goal_share(), wanted));
    let hazard = distribution_with_hazards(&loop_of_three(), goal, grid, exponential(rate));
    assert!(exactly(hazard.goal_share(), wanted));
    assert!(exactly(hazard.left_share(), 1.0 - wanted) && exactly(clock.left_share(), 1.0 - wanted));
    assert!(near(all(&hazard.early), 1.0));
}

/// `h = Q h + b` by sweeps.
fn solve(equations: &Equations) -> Vec<f64> {
    let mut values = equations.goal.clone();
    for _ in 0..5000 {
        for state in 0..values.len() {
            let row = equations.row(u32::try_from(state).unwrap());
            values[state] = equations.goal[state] + row.map(|(to, weight)| weight * values[to as usize]).sum::<f64>();
        }
    }
    values
}

#[test]
fn goals_in_the_chain_are_come_to_once() {
    let offered = State {
        offers_person: true,
        offer_ms: 3500,
        ..State::default()
    };
    let person = State {
        person: true,
        ..State::default()
    };
    let mut chain = Chain::default();
    chain.push(State::default(), [edge(To::State(1), 0.5, 4000), edge(LEFT, 0.5, 1000)]);
    chain.push(offered, [edge(To::State(2), 0.5, 2000), edge(To::State(0), 0.5, 3000)]);
    chain.push(person, [edge(To::State(0), 1.0, 1000)]);
    let grid = Grid::exact(&chain, Goal::Offered, 30_000);
    assert_eq!(
        (grid.step_ms, Grid::exact(&chain, Goal::Person, 30_000).step_ms),
        (500, 1000)
    );
    let offered = distribution(&chain, Goal::Offered, grid);
    assert!(exactly(offered.within(7499), 0.0) && exactly(offered.within(7500), 0.5));
    assert!(exactly(offered.goal_share(), 0.5) && near(offered.early.other[2], 0.5));
    let half = |seconds: f64| 0.5_f64.powf(seconds);
    let stays = exponential(2.0_f64.ln());
    let hazard = distribution_with_hazards(&chain, Goal::Offered, grid, &stays);
    assert!(exactly(hazard.goal_share(), 0.5 * half(7.5)) && near(all(&hazard.early), 1.0));
    assert!(near(
        equations(&chain, Goal::Offered, stays).share(solve),
        0.5 * half(7.5)
    ));
    let person = distribution(&chain, Goal::Person, seconds(1, 30));
    assert!(near(person.early.goal[6], 0.25) && near(person.early.goal[13], 0.0625));
    chain.start = 1;
    assert!(exactly(distribution(&chain, Goal::Offered, grid).within(3500), 1.0));
    chain.start = 2;
    let there = distribution(&chain, Goal::Person, seconds(1, 30));
    assert!(exactly(there.within(0), 1.0) && there.quantile(1.0) == at(0));
    let nothing = distribution(&Chain::default(), Goal::End, seconds(1, 30));
    assert!(near(all(&nothing.early), 1.0) && nothing.early.goal_share() == 0.0);
}

#[test]
fn rounding_adds_up_only_where_ways_join() {
    // Twenty steps of 0.4 s and a person after them: 8 s.
    let rows = (1..=20).map(|next| vec![edge(if next < 20 { To::State(next) } else { PERSON }, 1.0, 400)]);
    let law = distribution(&chain(rows.collect()), Goal::Person, seconds(1, 30));
    assert_eq!(law.quantile(0.5), at(8));
}

#[test]
fn time_stands_still_in_a_round_of_no_time() {
    // Two menus lead to each other at once; each lets out a little.
    let exit = 1e-9;
    let rows = vec![
        vec![edge(To::State(1), 1.0 - exit, 0), edge(PERSON, exit, 5000)],
        vec![edge(To::State(0), 1.0 - exit, 0), edge(SERVED, exit, 7000)],
    ];
    let law = distribution(&chain(rows), Goal::Person, seconds(1, 30));
    let wanted = 1.0 / (2.0 - exit);
    assert!(
        (law.early.goal[5] - wanted).abs() < 1e-6 * exit.sqrt() + 1e-7,
        "{}",
        law.early.goal[5]
    );
    assert!((law.early.other[7] - (1.0 - wanted)).abs() < 1e-7 && law.early.pruned == 0.0);
    // Nobody comes out of this one.
    let rows = vec![
        vec![edge(To::State(1), 0.25, 0), edge(PERSON, 0.75, 1000)],
        vec![edge(To::State(2), 1.0, 0)],
        vec![edge(To::State(1), 1.0, 0)],
    ];
    let law = distribution(&chain(rows), Goal::Person, seconds(1, 30));
    assert!(near(law.early.tail, 0.25) && near(law.early.goal[1], 0.75));
}

#[test]
fn curves_have_their_ends() {
    let law = distribution(&attempts(), Goal::Person, seconds(1, 60));
    let curve = law.curve(7);
    let times: Vec<u64> = curve.iter().map(|point| point.ms / 1000).collect();
    assert_eq!(times, [0, 10, 20, 30, 40, 50, 60]);
    assert!(exactly(curve[3].share, 15.0 / 16.0));
    assert_eq!(law.survival_curve(1).len(), 1);
    assert_eq!(law.curve(1000).len(), 61);
}

/// Every history up to a time: when and how each ends, with its probability.
fn histories(chain: &Chain, horizon: u64) -> Vec<(u64, Exit, f64)> {
    let mut out = Vec::new();
    let mut open = vec![(chain.start, 0_u64, 1.0)];
    while let Some((state, time, p)) = open.pop() {
        for edge in chain.out(state) {
            let (time, p) = (time + u64::from(edge.ms), p * edge.p);
            match edge.to {
                To::Exit(exit) if time <= horizon => out.push((time, exit, p)),
                To::State(to) if time <= horizon && p > 1e-15 => open.push((to, time, p)),
                _ => {}
            }
        }
    }
    out
}

fn truth(histories: &[(u64, Exit, f64)], ms: u64) -> f64 {
    histories
        .iter()
        .filter(|(time, exit, _)| *time <= ms && *exit == Exit::Person)
        .map(|(_, _, p)| p)
        .sum()
}

/// Chains of up to four states, each with ways onward that may take no time, ways back that do, and an exit.
fn small(unit: u32) -> impl Strategy<Value = Chain> {
    let row = (
        prop::collection::vec((0_u32..6, 1_u32..5, 0_u32..2500), 1..4),
        1_u32..4,
        100_u32..3000,
    );
    prop::collection::vec(row, 1..5).prop_map(move |rows| {
        let states = u32::try_from(rows.len()).unwrap();
        let row = |state: u32, (ways, exit, ms): (Vec<(u32, u32, u32)>, u32, u32)| {
            let all = f64::from(ways.iter().map(|way| way.1).sum::<u32>() + exit);
            let mut row: Vec<Edge> = ways
                .into_iter()
                .map(|(to, weight, ms)| {
                    let p = f64::from(weight) / all;
                    let back = edge(To::State(to), p, (ms + 1200) / unit * unit);
                    match to {
                        to if to >= states => edge(if to % 2 == 0 { PERSON } else { LEFT }, p, ms / unit * unit),
                        to if to > state => edge(To::State(to), p, ms / unit * unit),
                        _ => back,
                    }
                })
                .collect();
            row.push(edge(PERSON, f64::from(exit) / all, ms / unit * unit));
            row
        };
        chain((0..).zip(rows).map(|(state, values)| row(state, values)).collect())
    })
}

const HORIZON: u64 = 9000;

fn checked(law: &Distribution) {
    assert!((all(&law.early) - 1.0).abs() < 1e-9 && (all(law.late()) - 1.0).abs() < 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_history_is_counted(chain in small(300)) {
        let law = distribution(&chain, Goal::Person, Grid { step_ms: 300, horizon_ms: HORIZON, error: 0.0 });
        prop_assert!(law.late.is_none());
        checked(&law);
        let histories = histories(&chain, HORIZON);
        for (at, ms) in (0..=HORIZON).step_by(300).enumerate() {
            let here = |wanted: bool| -> f64 {
                let here = histories.iter().filter(|(time, exit, _)| *time == ms && (*exit == Exit::Person) == wanted);
                here.map(|(_, _, p)| p).sum()
            };
            prop_assert!((law.early.goal[at] - here(true)).abs() < 1e-10);
            prop_assert!((law.early.other[at] - here(false)).abs() < 1e-10);
        }
    }

    #[test]
    fn the_truth_lies_between(chain in small(1), step in 200_u32..2600, t in 1_u64..8) {
        let law = distribution(&chain, Goal::Person, Grid { step_ms: step, horizon_ms: HORIZON, error: 0.0 });
        checked(&law);
        let histories = histories(&chain, HORIZON);
        for ms in (0..=HORIZON).step_by(97) {
            let (truth, found) = (truth(&histories, ms), law.within(ms));
            prop_assert!(found.lower <= truth + 1e-10 && truth <= found.upper + 1e-10, "{ms}: {truth} {found:?}");
            let on = 1.0 - histories.iter().filter(|(time, _, _)| *time <= ms).map(|(_, _, p)| p).sum::<f64>();
            let found = law.survival(ms);
            prop_assert!(found.lower <= on + 1e-10 && on <= found.upper + 1e-10, "{ms}: {on} {found:?}");
        }
        // Patience that ends at one time: only who is there by then is served.
        let end = t * 1000;
        let thinned = law.with_patience(|ms| if ms <= end { 1.0 } else { 0.0 });
        let served = truth(&histories, end);
        prop_assert!(thinned.goal_share().lower <= served + 1e-10 && served <= thinned.goal_share().upper + 1e-10);
        // The quantile is where the counted histories come to the share.
        let share = truth(&histories, HORIZON) * 0.6;
        let mut times: Vec<u64> = histories.iter().map(|history| history.0).collect();
        times.sort_unstable();
        let when = times.into_iter().find(|ms| truth(&histories, *ms) >= share - 1e-12).map_or(Moment::Later, Moment::At);
        let found = law.quantile(share);
        prop_assert!(found.earliest <= when && when <= found.latest, "{when:?} {found:?}");
    }

    #[test]
    fn numbers_of_states_do_not_matter(chain in small(1), shift in 1_usize..4) {
        let states = chain.len();
        let new = |old: u32| u32::try_from((old as usize + shift) % states).unwrap();
        let mut turned = Chain::default();
        turned.start = new(0);
        for state in 0..states {
            let old = u32::try_from((state + states - shift % states) % states).unwrap();
            let to = |to| if let To::State(to) = to { To::State(new(to)) } else { to };
            turned.push(State::default(), chain.out(old).iter().map(|edge| Edge { to: to(edge.to), ..*edge }));
        }
        let grid = Grid { step_ms: 700, horizon_ms: HORIZON, error: 0.0 };
        let (a, b) = (distribution(&chain, Goal::Person, grid), distribution(&turned, Goal::Person, grid));
        for (a, b) in a.early.goal.iter().chain(&a.late().goal).zip(b.early.goal.iter().chain(&b.late().goal)) {
            prop_assert!((a - b).abs() < 1e-12);
        }
    }

    #[test]
    fn an_edge_in_two_halves_is_the_same(chain in small(200)) {
        let mut halves = Chain::default();
        let states = u32::try_from(chain.len()).unwrap();
        let first = chain.edges[0];
        for state in 0..states {
            let whole = usize::from(state == 0);
            let begin = (state == 0).then(|| edge(To::State(states), first.p, first.ms / 400 * 200));
            halves.push(State::default(), begin.into_iter().chain(chain.out(state)[whole..].iter().copied()));
        }
        halves.push(State::default(), [edge(first.to, 1.0, first.ms - first.ms / 400 * 200)]);
        let grid = Grid { step_ms: 200, horizon_ms: HORIZON, error: 0.0 };
        let (a, b) = (distribution(&chain, Goal::Person, grid), distribution(&halves, Goal::Person, grid));
        for (a, b) in a.early.goal.iter().zip(&b.early.goal) {
            prop_assert!((a - b).abs() < 1e-12);
        }
    }

    #[test]
    fn rounds_of_no_time_are_as_rounds_of_next_to_no_time(weights in prop::collection::vec(1_u32..9, 12)) {
        // Three states, each to each and to itself in no time; the same with the rounds summed by repetition.
        let row = |at: usize| {
            let weight = |to: usize| f64::from(weights[at * 4 + to]);
            let all: f64 = (0..4).map(weight).sum();
            let mut row: Vec<Edge> = (0..3_u32).map(|to| edge(To::State(to), weight(to as usize) / all, 0)).collect();
            row.push(edge(if at == 1 { SERVED } else { PERSON }, weight(3) / all, 1000 * u32::try_from(at + 1).unwrap()));
            row
        };
        let chain = chain((0..3).map(row).collect());
        let law = distribution(&chain, Goal::Person, seconds(1, 5));
        let (mut now, mut out) = ([1.0, 0.0, 0.0], [0.0; 3]);
        for _ in 0..3000 {
            let mut next = [0.0; 3];
            for (state, mass) in (0..3_u32).zip(now) {
                for edge in chain.out(state) {
                    match edge.to {
                        To::State(to) => next[to as usize] += mass * edge.p,
                        To::Exit(_) => out[state as usize] += mass * edge.p,
                    }
                }
            }
            now = next;
        }
        prop_assert!(near(law.early.goal[1], out[0]) && near(law.early.other[2], out[1]) && near(law.early.goal[3], out[2]));
        checked(&law);
    }
}

struct Random(u64);

impl Random {
    /// Splitmix64 (Steele, Lea and Flood, 2014).
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.draw() % u64::from(bound)).unwrap()
    }

    fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.draw() >> 32).unwrap()) / 4_294_967_296.0
    }
}

/// A tree of menus, each with three options and ways out and back; `shortest` is the least time of an edge.
fn menus(states: u32, shortest: u32, unit: u32) -> Chain {
    let mut random = Random(11);
    let mut rows = Vec::new();
    for state in 0..states {
        let mut ms = |least: u32, spread: u32| (least + random.below(spread)) * unit;
        let mut row = vec![edge(PERSON, 0.2, ms(12, 5)), edge(LEFT, 0.1, ms(20, 9))];
        let children: Vec<u32> = (3 * state + 1..=3 * state + 3)
            .filter(|child| *child < states)
            .collect();
        if children.is_empty() {
            row.push(edge(SERVED, 0.55, ms(20, 20)));
        }
        for (at, child) in (1..).zip(&children) {
            row.push(edge(
                To::State(*child),
                [0.3, 0.15, 0.1][at - 1],
                ms(shortest + 3 * u32::try_from(at).unwrap(), 3),
            ));
        }
        row.push(edge(To::State(state.saturating_sub(1) / 3), 0.0, ms(shortest, 6)));
        let rest = 1.0 - row.iter().map(|edge| edge.p).sum::<f64>();
        row.last_mut().unwrap().p = rest;
        rows.push(row);
    }
    chain(rows)
}

#[test]
fn what_is_pruned_bounds_the_error() {
    // Steps of no time as well, and long ones: `shortest` is 0, 1 and 9 s.
    for shortest in [0, 1, 9] {
        let chain = menus(4000, shortest, 1000);
        let grid = |error| Grid {
            step_ms: 1000,
            horizon_ms: 300_000,
            error,
        };
        let whole = distribution(&chain, Goal::Person, grid(0.0));
        assert!(whole.early.pruned == 0.0 && near(all(&whole.early), 1.0));
        for error in [1e-2, 1e-3, 1e-5] {
            let law = distribution(&chain, Goal::Person, grid(error));
            let pruned = law.early.pruned;
            assert!(pruned > 0.0 && pruned <= error && (all(&law.early) - 1.0).abs() < 1e-9);
            for ms in (0..=300_000).step_by(1000) {
                let (truth, found) = (whole.early.by(ms), law.within(ms));
                assert!(
                    found.lower <= truth + 1e-12 && truth <= found.upper + 1e-12,
                    "{ms}: {truth} {found:?}"
                );
                assert!(found.upper - found.lower <= error + 1e-12);
            }
        }
    }
}

#[test]
fn the_calendar_and_the_full_sum_agree() {
    // The same law on a horizon short enough to be summed in full and on one so long that it is not.
    for (shortest, unit) in [(0, 1000), (2, 1000), (9, 1000), (3, 777)] {
        let chain = menus(400, shortest, unit);
        let grid = |seconds: u64| Grid {
            step_ms: 1000,
            horizon_ms: seconds * 1000,
            error: 0.0,
        };
        let (full, long) = (
            distribution(&chain, Goal::Person, grid(300)),
            distribution(&chain, Goal::Person, grid(2700)),
        );
        for (full, long) in [(&full.early, &long.early), (full.late(), long.late())] {
            for (full, long) in full.goal.iter().zip(&long.goal) {
                assert!((full - long).abs() < 1e-13);
            }
            assert!(near(all(full), 1.0) && near(all(long), 1.0));
        }
    }
}

#[test]
fn drawn_calls_follow_the_law() {
    let chain = menus(40, 2, 777);
    let law = distribution(
        &chain,
        Goal::Person,
        Grid {
            step_ms: 500,
            horizon_ms: 400_000,
            error: 0.0,
        },
    );
    let calls = 200_000_u32;
    let mut random = Random(5);
    let mut times: Vec<u64> = Vec::new();
    for _ in 0..calls {
        let (mut state, mut time) = (chain.start, 0);
        loop {
            let mut left = random.share();
            let row = chain.out(state);
            let taken = row.iter().find(|edge| {
                left -= edge.p;
                left < 0.0
            });
            let edge = taken.unwrap_or(&row[row.len() - 1]);
            time += u64::from(edge.ms);
            match edge.to {
                To::State(to) => state = to,
                To::Exit(Exit::Person) => break times.push(time),
                To::Exit(_) => break,
            }
        }
    }
    times.sort_unstable();
    // Dvoretzky, Kiefer and Wolfowitz, with the constant of Massart (1990); fails once in 10^9.
    let apart = ((2.0_f64 / 1e-9).ln() / (2.0 * f64::from(calls))).sqrt();
    for ms in (0..400_000).step_by(500) {
        let drawn = f64::from(u32::try_from(times.partition_point(|time| *time <= ms)).unwrap()) / f64::from(calls);
        let law = law.within(ms);
        assert!(
            law.lower - apart <= drawn && drawn <= law.upper + apart,
            "{ms}: {drawn} {law:?}"
        );
    }
}
