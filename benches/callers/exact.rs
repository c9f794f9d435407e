//! Exact answers and laws, against one pass over the edges and against a probabilistic model checker.

use crate::chains::tree;
use crate::peers;
use crate::repeated::{in_turn, once, see};
use crate::timing::{Cost, row};
use presszero::callers::chain::{Chain, Edge, Exit, To};
use presszero::measure::distribution::{Distribution, Goal, Grid, distribution};
use presszero::measure::exact::{Exact, Unsolved};
use std::hint::black_box;

/// Each answer on a large chain, then the same answer by Storm on a smaller one.
pub fn section(out: &mut String, states: usize) {
    let chain = tree(u32::try_from(states).unwrap_or(u32::MAX));
    row(
        out,
        &format!("a tree of {states} menus, {} edges: exact answers", chain.edges.len()),
        "  CPU s   wall s   passes over the edges",
    );
    if let Err(error) = answers(out, &chain) {
        row(out, "exact answers", &error.to_string());
    }
    storm(out, states / 10);
}

fn answers(out: &mut String, chain: &Chain) -> Result<(), Unsolved> {
    let exact = Exact::of(chain)?;
    let keys = exact.repetition()?.keys(3).len();
    let ranked = || -> Result<_, Unsolved> {
        let changes = exact.edits(ms)?.new_option(0.1, To::Exit(Exit::Person), 4000.0)?;
        let mut ranked: Vec<(f64, usize)> = changes.into_iter().zip(0..).collect();
        ranked.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        Ok(ranked)
    };
    let costs = in_turn([
        &|| see(one_pass(chain)),
        &|| see(Exact::of(chain)),
        &|| see(exact.values(ms)),
        &|| see(exact.repetition().map(|mut repetition| repetition.prompts(3))),
        &|| see(ranked()),
        &|| see(exact.repetition().map(|mut repetition| repetition.keys(3))),
        &|| see(exact.figures()),
    ]);
    let names = [
        "one pass over the edges",
        "order, factors, visits of every menu",
        "time to the end from every menu",
        "repeats of every prompt, with their laws",
        "a new option at every menu, ranked",
        &format!("besides: repeats of all {keys} keys"),
        "besides: ends, times to the end, a person, an offer",
    ];
    let [pass, main @ .., _, _] = &costs;
    let whole = main.iter().fold(Cost { cpu: 0.0, wall: 0.0 }, |sum, cost| Cost {
        cpu: sum.cpu + cost.cpu,
        wall: sum.wall + cost.wall,
    });
    for (at, (name, cost)) in names.into_iter().zip(costs).enumerate() {
        if at == 1 + main.len() {
            row(out, "all of these", &line(whole, *pass));
        }
        row(out, name, &line(cost, *pass));
    }
    Ok(())
}

fn storm(out: &mut String, states: usize) {
    let chain = tree(u32::try_from(states).unwrap_or(u32::MAX));
    row(out, "", "");
    row(
        out,
        &format!("a tree of {states} menus: the expected time to the end"),
        "  CPU s   wall s     CPU of  answer",
    );
    row(out, "", "                  presszero");
    let value = || {
        Exact::of(&chain)
            .and_then(|exact| exact.values(ms))
            .map(|values| values[0])
    };
    let Ok(answer) = value() else {
        return;
    };
    let [own] = in_turn([&|| see(value())]);
    let line = |cost: Cost, answer: f64| {
        let ratio = cost.cpu / own.cpu;
        format!(
            "{:7.3} {:8.3} {ratio:10.1}  {:.9} s",
            cost.cpu,
            cost.wall,
            answer / 1000.0
        )
    };
    row(out, "presszero: from the chain to the answer", &line(own, answer));
    let Some(path) = peers::write(&chain, "storm.json") else {
        return;
    };
    if let Some(told) = peers::run(out, "Storm", "exact_storm.py", &[&path.to_string_lossy()]) {
        let number = |name| peers::number(&told, name);
        let building = Cost {
            cpu: number("build_cpu"),
            wall: number("build_wall"),
        };
        row(
            out,
            "Storm: building its model, from Python",
            &line(building, f64::NAN).replace("NaN s", ""),
        );
        row(out, "Storm: checking it", &line(peers::cost(&told), number("answer")));
    }
}

/// How long calls take, as whole laws.
pub fn laws(out: &mut String, thirty: &Chain, states: usize) {
    let grid = |error| Grid {
        step_ms: 1000,
        horizon_ms: 600_000,
        error,
    };
    row(
        out,
        "laws of the time to a person, by the second for 600 s",
        "   CPU ms   wall ms",
    );
    let small = distribution(thirty, Goal::Person, grid(0.0));
    let [cost] = in_turn([&|| see(distribution(black_box(thirty), Goal::Person, grid(0.0)))]);
    let name = format!("a made tree of 30 steps, {} states", thirty.len());
    row(out, &name, &law_line(cost, &small));
    let large = tree(u32::try_from(states).unwrap_or(u32::MAX));
    for error in [2e-3, 2e-4] {
        let (law, cost) = once(|| distribution(&large, Goal::Person, grid(error)));
        let name = format!("a tree of {states} menus, {error} asked for");
        row(out, &name, &law_line(cost, &law));
    }
}

fn law_line(cost: Cost, law: &Distribution) -> String {
    let rounded = if law.late.is_some() { "within bounds" } else { "exact" };
    let pruned = law.early.pruned.max(law.late().pruned);
    format!(
        "{:9.3} {:9.3}   {rounded}, {pruned:.1e} left out",
        cost.cpu * 1e3,
        cost.wall * 1e3
    )
}

fn line(cost: Cost, pass: Cost) -> String {
    format!("{:7.3} {:8.3} {:8.1}", cost.cpu, cost.wall, cost.cpu / pass.cpu)
}

/// What any answer must at least do: read each edge once and add to where it leads.
fn one_pass(chain: &Chain) -> Vec<f64> {
    let mut out = vec![0.0; chain.len()];
    for (state, _) in (0_u32..).zip(&chain.states) {
        for edge in chain.out(state) {
            if let To::State(to) = edge.to {
                out[to as usize] += edge.p * f64::from(edge.ms);
            }
        }
    }
    out
}

fn ms(edge: &Edge) -> f64 {
    f64::from(edge.ms)
}
