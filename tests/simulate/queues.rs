//! Shared queues, agents and lines against the theory of queues.

use super::{chain, ends, goes, holds, loop_of_a_message, says};
use presszero::callers::chain::{Chain, Exit, State, To};
use presszero::simulate::service::Service;
use presszero::simulate::shop::{CallBack, Handle, Pool, QueueSpec, Shop};

/// One queue, where calls are from their first moment.
pub fn queue_only(chain: &Chain, per_hour: f64, agents: u32, handle_ms: f64) -> Shop<'_> {
    Shop {
        chain,
        queues: vec![queue(handle_ms)],
        pools: vec![Pool::steady(agents)],
        ports: None,
        arrivals: vec![per_hour],
        slot_minutes: 60,
        starts: Vec::new(),
        start_minute: 0,
        warm_up_ms: 2 * 3_600_000,
        length_ms: 20 * 3_600_000,
    }
}

fn queue(handle_ms: f64) -> QueueSpec {
    QueueSpec {
        entries: vec![0],
        pools: vec![0],
        priority: 0,
        handle: Handle::Exponential { mean_ms: handle_ms },
        patience_ms: None,
        target_ms: 0,
        answered: To::Exit(Exit::Person),
        abandoned: To::Exit(Exit::Left),
        overflow: None,
        call_back: None,
    }
}

/// Each test of a queue is right but for one time in a million.
const FEW: f64 = 1.0 - 1e-6;

#[test]
fn endless_patience_waits_as_erlang_says() {
    let chain = loop_of_a_message();
    // Published by Abstract Micro Systems with its function for Erlang C: 2.243505841 s.
    let service = Service::of(
        &Shop {
            length_ms: 100 * 3_600_000,
            ..queue_only(&chain, 200.0, 20, 240_000.0)
        },
        1,
        16,
    );
    let figures = service.queue(0, FEW).unwrap();
    holds(figures.wait, 2.243_505_841);
    holds(figures.per_hour, 200.0);
    holds(service.occupancy(0, FEW), 40.0 / 60.0);
    // Published by Mitan and PlanetMath: 0.2387, 8.184 s and 0.8459 within 15 s.
    let mut shop = queue_only(&chain, 720.0, 55, 240_000.0);
    shop.queues[0].target_ms = 15_000;
    shop.length_ms = 40 * 3_600_000;
    let figures = Service::of(&shop, 2, 40).queue(0, FEW).unwrap();
    holds(figures.waited, 0.238_701);
    holds(figures.wait, 8.184_032);
    holds(figures.service_level, 0.845_883);
    assert!(
        figures.wait.within() < 2.5 && figures.service_level.within() < 0.03,
        "{figures:?}"
    );
}

#[test]
fn mortal_patience_waits_as_palm_says() {
    let chain = loop_of_a_message();
    // Published in the documentation of pyworkforce for its Erlang A.
    let mut shop = queue_only(&chain, 200.0, 13, 180_000.0);
    shop.queues[0].patience_ms = Some(300_000.0);
    shop.queues[0].target_ms = 20_000;
    shop.length_ms = 100 * 3_600_000;
    let service = Service::of(&shop, 3, 16);
    let figures = service.queue(0, FEW).unwrap();
    holds(figures.service_level, 0.858_178);
    holds(figures.abandoned, 0.024_963);
    holds(figures.waited, 0.225_797);
    holds(figures.wait, 0.12482 * 60.0);
    holds(service.occupancy(0, FEW), 0.750_028);
    assert!(figures.abandoned.within() < 0.006, "{figures:?}");
    holds(service.ended(Exit::Left, FEW), 0.024_963);
}

#[test]
fn overflow_after_ten_seconds_waits_as_the_general_law_says() {
    let chain = loop_of_a_message();
    // M/M/n+G, whose patience is exponential or ends at ten seconds (Zeltyn and Mandelbaum, "Call Centers with
    // Impatient Customers: Many-Server Asymptotics of the M/M/n+G Queue", Queueing Systems 51, 2005): that the patience is
    // endless but for the overflow, and that it is two minutes.
    let cases = [
        (None, 0.415_007, 0.038_108, 2.161_08),
        (Some(120_000.0), 0.387_506, 0.041_858, 1.837_83),
    ];
    for (patience, waited, lost, wait) in cases {
        let mut shop = queue_only(&chain, 48.0 * 60.0, 50, 60_000.0);
        shop.queues[0].overflow = Some((10_000, To::Exit(Exit::Promise)));
        shop.queues[0].patience_ms = patience;
        shop.length_ms = 8 * 3_600_000;
        let service = Service::of(&shop, 4, 30);
        let figures = service.queue(0, FEW).unwrap();
        holds(figures.waited, waited);
        holds(figures.wait, wait);
        let both = service.estimate(FEW, |counts| {
            let left = counts.ends[Exit::Left as usize] + counts.ends[Exit::Promise as usize];
            Some(f64::from(u32::try_from(left).unwrap()) / f64::from(u32::try_from(counts.arrived).unwrap()))
        });
        holds(both, lost);
        assert!(both.within() < 0.008, "{both:?}");
    }
}

#[test]
fn few_lines_lose_calls_as_erlang_says() {
    let chain = chain(0, vec![(State::default(), vec![ends(Exit::Served, 1.0, 60.0)])]);
    let shop = Shop {
        queues: vec![],
        pools: vec![],
        ports: Some(3),
        ..queue_only(&chain, 120.0, 0, 1.0)
    };
    let service = Service::of(
        &Shop {
            length_ms: 200 * 3_600_000,
            ..shop
        },
        5,
        16,
    );
    // Two calls at once offered to three lines: 4 of 19 are lost, whatever the law of their length.
    holds(service.blocked(FEW), 4.0 / 19.0);
    holds(service.lines(FEW), 2.0 * 15.0 / 19.0);
}

#[test]
fn queues_that_send_callers_back_into_the_menu_lose_none() {
    let menu = |to: u32| vec![goes(to, 0.6, 8.0), goes(3 - to, 0.3, 12.0), ends(Exit::Left, 0.1, 20.0)];
    let chain = chain(
        1,
        vec![
            (says(0), menu(1)),
            (State::default(), vec![ends(Exit::Person, 1.0, 0.0)]),
            (State::default(), vec![ends(Exit::Person, 1.0, 0.0)]),
        ],
    );
    let call_back = |keeps_place| CallBack {
        after_ms: 60_000,
        share: 0.3,
        keeps_place,
        to: To::Exit(Exit::Promise),
    };
    let first = QueueSpec {
        entries: vec![1],
        pools: vec![0, 1],
        patience_ms: Some(120_000.0),
        overflow: Some((90_000, To::State(0))),
        call_back: Some(call_back(true)),
        ..queue(200_000.0)
    };
    let second = QueueSpec {
        entries: vec![2],
        pools: vec![1],
        priority: 1,
        handle: Handle::Lognormal {
            mean_ms: 150_000.0,
            variation: 1.2,
        },
        overflow: Some((200_000, To::State(1))),
        call_back: Some(call_back(false)),
        answered: To::State(0),
        ..first.clone()
    };
    let mut shop = Shop {
        queues: vec![first, second],
        ..queue_only(&chain, 0.0, 0, 1.0)
    };
    shop.pools = vec![
        Pool {
            staff: vec![(480, 6), (720, 3), (1020, 0)],
        },
        Pool::steady(4),
    ];
    shop.arrivals = (0..24)
        .map(|hour| if (8..18).contains(&hour) { 180.0 } else { 5.0 })
        .collect();
    shop.ports = Some(14);
    shop.length_ms = 48 * 3_600_000;
    let service = Service::of(&shop, 6, 6);
    for counts in &service.runs {
        let ended: u64 = counts.ends.iter().sum();
        assert_eq!(
            counts.arrived,
            ended + counts.blocked + counts.unfinished + counts.unresolved
        );
        assert!(counts.arrived > 3000 && counts.unresolved == 0, "{counts:?}");
        for queue in &counts.queues {
            let left = [queue.answered, queue.abandoned, queue.overflowed, queue.called_back];
            assert_eq!(queue.joined, left.iter().sum::<u64>());
            assert!(left.iter().all(|way| *way > 0), "{queue:?}");
            assert_eq!(queue.waits.count(), queue.joined);
        }
        assert!(counts.blocked > 0);
        assert!(counts.pools.iter().all(|(busy, there)| busy <= there));
    }
    // Ten hours of 180 and fourteen of 5.
    let per_hour = service.estimate(FEW, |counts| {
        Some(f64::from(u32::try_from(counts.arrived).unwrap()) / 48.0)
    });
    holds(per_hour, (10.0 * 180.0 + 14.0 * 5.0) / 24.0);
}
