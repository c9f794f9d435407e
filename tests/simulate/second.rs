//! A second sampler, as plain as can be, that the fast one agrees with on any chain.

use super::{chain, ends};
use presszero::callers::chain::{Chain, Edge, Event, Exit, State, To};
use presszero::callers::frustrating::Frustrating;
use presszero::simulate::calls::Sampler;
use presszero::simulate::interval::{band, share};
use presszero::simulate::tally::Count;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// One call after the other, each edge found by adding up probabilities, all memory in maps.
fn naive(chain: &Chain, calls: u32, mut seed: u64) -> BTreeMap<String, Vec<f64>> {
    let mut random = move || {
        // Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        f64::from(u32::try_from(seed >> 32).unwrap()) / 4_294_967_296.0
    };
    let mut all: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for _ in 0..calls {
        let (mut state, mut time, mut offered) = (chain.start, 0_u32, None);
        let mut heard: BTreeMap<u32, u32> = BTreeMap::new();
        let mut data: BTreeSet<u16> = BTreeSet::new();
        let mut keys: Vec<Option<u8>> = Vec::new();
        let (mut again, mut same, mut passed) = (false, 0, false);
        let exit = loop {
            let now = chain.states[state as usize];
            if let Some(prompt) = now.prompt {
                *heard.entry(prompt).or_default() += 1;
            }
            again |= now.asked_again != 0;
            if now.offers_person && offered.is_none() {
                offered = Some(time + now.offer_ms);
            }
            if now.person {
                passed |= now.misrouted;
            }
            let mut left = random() * chain.out(state).iter().map(|edge| edge.p).sum::<f64>();
            let taken = chain.out(state).iter().find(|edge| {
                left -= edge.p;
                left < 0.0
            });
            let edge = taken.or(chain.out(state).last()).unwrap();
            time += edge.ms;
            match edge.event {
                Event::Press(key) => keys.push(key),
                Event::Silence | Event::Wrong => keys.push(None),
                Event::Enter { datum, accepted } => again |= accepted && !data.insert(datum),
                Event::HangUp | Event::System => {}
            }
            if let Event::Press(Some(key)) = edge.event {
                same += usize::from(keys.ends_with(&[Some(key); 3]));
            }
            match edge.to {
                To::State(to) => state = to,
                To::Exit(exit) => break exit,
            }
        };
        let late = offered.unwrap_or(time) > 120_000;
        let no_person = [Exit::Left, Exit::CutOff, Exit::Trapped].contains(&exit);
        let thrice = heard.values().any(|plays| *plays >= 3);
        let repeats: u32 = heard.values().map(|plays| plays - 1).sum();
        let mut put = |name: &str, value: f64| all.entry(String::from(name)).or_default().push(value);
        put("time", f64::from(time));
        put(
            "frustrated",
            f64::from(u8::from(late || no_person || thrice || again || passed)),
        );
        put("late", f64::from(u8::from(late)));
        put("repeats", f64::from(u8::from(repeats > 0)));
        put("same", f64::from(u8::from(same > 0)));
        put("again", f64::from(u8::from(again)));
        put("person", f64::from(u8::from(exit == Exit::Person)));
    }
    all
}

fn an_edge(states: u32) -> impl Strategy<Value = Edge> {
    let event = prop_oneof![
        (0..3_u8).prop_map(|key| Event::Press(Some(key))),
        Just(Event::Press(None)),
        (0..2_u16, any::<bool>()).prop_map(|(datum, accepted)| Event::Enter { datum, accepted }),
        Just(Event::Silence),
        Just(Event::Wrong),
        Just(Event::System),
    ];
    (0..states, 1..20_u32, 0..60_u32, event).prop_map(|(to, p, ms, event)| Edge {
        to: To::State(to),
        p: f64::from(p),
        ms: ms * 500,
        event,
        way: None,
    })
}

fn a_chain() -> impl Strategy<Value = Chain> {
    (1..6_u32).prop_flat_map(|states| {
        let state =
            (0..4_u32, proptest::option::of(0..3_u32), 0..6_u8, 0..4_u64).prop_map(|(node, prompt, sort, asked)| {
                State {
                    node,
                    prompt,
                    offers_person: sort == 0,
                    offer_ms: if sort == 0 { 500 * node } else { 0 },
                    person: sort == 1,
                    asked_again: if sort == 1 { asked } else { 0 },
                    misrouted: sort == 1 && asked == 3,
                    ..State::default()
                }
            });
        let row = (
            state,
            proptest::collection::vec(an_edge(states), 1..5),
            0..8_usize,
            2..9_u32,
        );
        proptest::collection::vec(row, states as usize).prop_map(|rows| {
            let rows = rows.into_iter().map(|(state, mut edges, exit, p)| {
                edges.push(ends(Exit::ALL[exit], f64::from(p), 1.5));
                let total: f64 = edges.iter().map(|edge| edge.p).sum();
                for edge in &mut edges {
                    edge.p /= total;
                }
                (state, edges)
            });
            chain(3, rows.collect())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_chain_is_sampled_as_one_call_after_the_other(chain in a_chain(), seed in 1_u64..) {
        const EACH: u32 = 20_000;
        let tally = Sampler::new(&chain).calls(seed, 0..EACH);
        let mut naive = naive(&chain, EACH, seed);
        let miss = 1e-9 / 16.0;
        let mut times = naive.remove("time").unwrap();
        times.sort_by(f64::total_cmp);
        let calls = f64::from(EACH);
        let mut before = 0;
        for (length, count) in tally.to_end.iter() {
            before += count;
            let ms = f64::from(length) * f64::from(tally.unit);
            let other = times.partition_point(|time| *time <= ms);
            let apart = f64::from(u32::try_from(before).unwrap()) - f64::from(u32::try_from(other).unwrap());
            prop_assert!(apart.abs() / calls <= 2.0 * band(u64::from(EACH), miss), "{ms} ms: {apart}");
        }
        let of_both = [
            ("frustrated", tally.frustrated),
            ("late", tally.frustrated_by(Frustrating::LateOffer)),
            ("repeats", tally.count(Count::Repeats).some),
            ("same", tally.count(Count::SameKey).some),
            ("again", tally.frustrated_by(Frustrating::SameDatum)),
            ("person", tally.ended(Exit::Person)),
        ];
        for (name, some) in of_both {
            let one = share(some, u64::from(EACH), miss);
            let other = naive[name].iter().filter(|value| **value > 0.0).count();
            let other = share(other as u64, u64::from(EACH), miss);
            prop_assert!(one.low <= other.high && other.low <= one.high, "{name}: {one:?} and {other:?}");
        }
        let exits: u64 = Exit::ALL.iter().map(|exit| tally.ended(*exit)).sum();
        prop_assert_eq!(exits + tally.unfinished, tally.calls);
        prop_assert_eq!(tally.to_end.count(), exits);
        let repeats: u64 = tally.prompts.iter().map(|prompt| prompt.repeats().sum).sum();
        prop_assert_eq!(repeats, tally.count(Count::Repeats).sum);
    }
}
