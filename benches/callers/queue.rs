//! One queue whose callers have limited patience, M/M/n+M.

use crate::peers;
use crate::repeated::{in_turn, see};
use crate::timing::row;
use presszero::callers::chain::{Chain, Edge, Event, Exit, State, To};
use presszero::simulate::service::Service;
use presszero::simulate::shop::{Handle, Pool, QueueSpec, Shop};

const PER_HOUR: f64 = 300.0;
const AGENTS: u32 = 20;
const HANDLE_MS: f64 = 240_000.0;
const PATIENCE_MS: f64 = 180_000.0;
const HOUR_MS: u64 = 3_600_000;

/// The same queue by presszero, `SimPy` and Ciw.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn section(out: &mut String, calls: usize) {
    let mut chain = Chain::of(&[], 0);
    let out_of_it = Edge {
        to: To::Exit(Exit::Person),
        p: 1.0,
        ms: 0,
        event: Event::System,
        way: None,
    };
    chain.push(State::default(), [out_of_it]);
    let shop = shop(&chain, calls as u64 * HOUR_MS / 300);
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(1).build() else {
        return;
    };
    let service = pool.install(|| Service::of(&shop, 1, 1));
    let [cost] = in_turn([&|| see(pool.install(|| Service::of(&shop, 1, 1)))]);
    let arrived = service.runs.iter().map(|run| run.arrived).sum::<u64>() as f64;
    let left = service
        .queue(0, 0.95)
        .map_or(f64::NAN, |figures| figures.abandoned.value);
    row(
        out,
        &format!("M/M/{AGENTS}+M queue, {PER_HOUR} calls an hour, one thread"),
        "  customers    customers     CPU of  abandoned",
    );
    row(out, "", "a CPU second  a second  presszero");
    let own = cost.cpu / arrived;
    let line = |cpu: f64, wall: f64, calls: f64, left: f64| {
        let (share, ratio) = (left * 100.0, cpu / calls / own);
        format!("{:12.0} {:9.0} {ratio:9.1} {share:9.2}%", calls / cpu, calls / wall)
    };
    row(out, "presszero", &line(cost.cpu, cost.wall, arrived, left));
    for (name, script, part) in [("SimPy", "queue_simpy.py", 20), ("Ciw", "queue_ciw.py", 100)] {
        let arguments = [
            (calls / part) as f64,
            PER_HOUR,
            f64::from(AGENTS),
            HANDLE_MS / 1000.0,
            PATIENCE_MS / 1000.0,
        ]
        .map(|number| number.to_string());
        let arguments = arguments.each_ref().map(String::as_str);
        if let Some(answer) = peers::run(out, name, script, &arguments) {
            let (cost, customers) = (peers::cost(&answer), peers::number(&answer, "customers"));
            let left = peers::number(&answer, "abandoned") / customers;
            row(out, name, &line(cost.cpu, cost.wall, customers, left));
        }
    }
}

fn shop(chain: &Chain, length_ms: u64) -> Shop<'_> {
    Shop {
        chain,
        queues: vec![QueueSpec {
            entries: vec![0],
            pools: vec![0],
            priority: 0,
            handle: Handle::Exponential { mean_ms: HANDLE_MS },
            patience_ms: Some(PATIENCE_MS),
            target_ms: 20_000,
            answered: To::Exit(Exit::Person),
            abandoned: To::Exit(Exit::Left),
            overflow: None,
            call_back: None,
        }],
        pools: vec![Pool::steady(AGENTS)],
        ports: None,
        arrivals: vec![PER_HOUR],
        slot_minutes: 60,
        starts: Vec::new(),
        start_minute: 0,
        warm_up_ms: HOUR_MS,
        length_ms,
    }
}
