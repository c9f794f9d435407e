//! Times what is found out about callers against peers and against bare loops, all in one run; see README.md beside
//! this file.

#[path = "callers/bare.rs"]
mod bare;
#[path = "callers/chains.rs"]
mod chains;
#[path = "callers/exact.rs"]
mod exact;
mod generate;
#[path = "callers/montecarlo.rs"]
mod montecarlo;
#[path = "callers/peers.rs"]
mod peers;
#[path = "callers/queue.rs"]
mod queue;
#[path = "callers/repeated.rs"]
mod repeated;
mod timing;

use timing::{print, size};

/// Every run makes the same trees and the same calls.
const SEED: u64 = 20_130_522;

fn main() {
    let states = size("STATES", 1_000_000);
    let calls = size("CALLS", 2_000_000);
    let sections: [&dyn Fn(&mut String); 5] = [
        &|out| montecarlo::section(out, "menus/bank.yaml", &chains::bank(), calls),
        &|out| montecarlo::section(out, "a made tree of 30 steps", &chains::thirty(SEED), calls),
        &|out| queue::section(out, calls),
        &|out| exact::section(out, states),
        &|out| exact::laws(out, &chains::thirty(SEED), states),
    ];
    for section in sections {
        let mut out = String::new();
        section(&mut out);
        out.push('\n');
        print(&out);
    }
    let mut out = String::new();
    chains::section(&mut out, SEED, states / 10);
    print(&out);
}
