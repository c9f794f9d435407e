//! Single calls drawn at random, with all that is counted.

use crate::bare::Bare;
use crate::peers;
use crate::repeated::{in_turn, see};
use crate::timing::{Cost, row};
use presszero::callers::chain::Chain;
use presszero::simulate::calls::Sampler;
use presszero::simulate::tally::{Count, Tally};

/// The same calls by a bare walk, by presszero on one and on two threads, and by the peers.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn section(out: &mut String, name: &str, chain: &Chain, calls: usize) {
    let (Ok(one), Ok(two)) = (pool(1), pool(2)) else {
        return;
    };
    let calls = u32::try_from(calls).unwrap_or(u32::MAX);
    let (bare, sampler) = (Bare::of(chain), Sampler::new(chain));
    let tally = two.install(|| sampler.calls(1, 0..calls));
    let costs = in_turn([
        &|| see(bare.walk(1, u64::from(calls))),
        &|| see(one.install(|| sampler.calls(1, 0..calls))),
        &|| see(two.install(|| sampler.calls(1, 0..calls))),
    ]);
    let moments = tally.steps as f64;
    let head = format!(
        "{name}: {} states, {} edges, {calls} calls",
        chain.len(),
        chain.edges.len()
    );
    row(out, &head, "");
    row(
        out,
        "",
        "  CPU ns    CPU of   wall ns  calls a s   moments  minutes  repeats",
    );
    row(
        out,
        "",
        "a moment  presszero  a moment  (wall)       a call   a call   a call",
    );
    let own = costs[1].cpu / moments;
    let line = |cost: Cost, moments: f64, calls: f64, answers: &str| {
        let (cpu, wall) = (cost.cpu / moments, cost.wall / moments);
        let (ratio, rate) = (cpu / own, calls / cost.wall);
        let each = moments / calls;
        format!(
            "{:8.2} {ratio:8.2} {:11.2} {rate:10.0} {each:9.2} {answers}",
            cpu * 1e9,
            wall * 1e9
        )
    };
    let every = f64::from(calls);
    let answers = own_answers(&tally);
    row(
        out,
        "bare walk that counts nothing",
        &line(costs[0], moments, every, ""),
    );
    row(out, "presszero, one thread", &line(costs[1], moments, every, &answers));
    row(out, "presszero, two threads", &line(costs[2], moments, every, &answers));
    let faster = costs[1].wall / costs[2].wall;
    row(out, "", &format!("two threads are {faster:.2} times as fast as one"));
    let Some(path) = peers::write(chain, "callers.json") else {
        return;
    };
    let path = path.to_string_lossy();
    for (name, script, part) in [
        ("numba, compiled before", "montecarlo_numba.py", 1),
        ("numpy, vectorised over calls", "montecarlo_numpy.py", 10),
    ] {
        if let Some(answer) = peers::run(out, name, script, &[&path, &(calls / part).to_string()]) {
            let number = |name| peers::number(&answer, name);
            let calls = number("calls");
            let answers = format!("{:8.3} {:8.3}", number("ms") / calls / 6e4, number("repeats") / calls);
            row(
                out,
                name,
                &line(peers::cost(&answer), number("moments"), calls, &answers),
            );
        }
    }
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build()
}

/// Minutes and repeated prompts of a call.
#[expect(clippy::cast_precision_loss, reason = "sums are far below 2^53")]
fn own_answers(tally: &Tally) -> String {
    let ms: f64 = tally
        .to_end
        .iter()
        .map(|(units, calls)| f64::from(units) * calls as f64)
        .sum();
    let minutes = ms * f64::from(tally.unit) / tally.calls as f64 / 6e4;
    let repeats = tally.count(Count::Repeats).sum as f64 / tally.calls as f64;
    format!("{minutes:8.3} {repeats:8.3}")
}
