//! Strategies that draw small phone trees.

use super::sketch::{Choice, Kind, Menu, Sketch, WORDS};
use proptest::prelude::*;

/// Draws trees of up to `most` steps of every kind.
pub fn sketches(most: usize) -> impl Strategy<Value = Sketch> {
    (1..=most)
        .prop_flat_map(|count| prop::collection::vec(kind(count), count))
        .prop_map(|steps| Sketch { steps })
}

/// Draws trees without clocks, facts, counters and subtrees: what the caller does decides.
pub fn plain_sketches(most: usize) -> impl Strategy<Value = Sketch> {
    (2..=most)
        .prop_flat_map(|count| {
            let step = prop_oneof![
                4 => menu(count).prop_map(Kind::Menu),
                2 => message(count),
                1 => Just(Kind::Agent),
                1 => ending(),
                1 => collect(count),
            ];
            (menu(count), prop::collection::vec(step, count - 1))
        })
        .prop_map(|(first, mut steps)| {
            steps.insert(0, Kind::Menu(first));
            Sketch { steps }
        })
}

fn kind(n: usize) -> impl Strategy<Value = Kind> {
    let hours = (
        prop::option::of(0..2_usize),
        0..n,
        0..n,
        prop::option::of(0..n),
        prop::option::of(0..n),
    )
        .prop_map(|(schedule, open, closed, holiday, emergency)| Kind::Hours {
            schedule,
            open,
            closed,
            holiday,
            emergency,
        });
    let decision = (0..2_usize, prop::collection::vec(0..n, 1..3), prop::option::of(0..n))
        .prop_map(|(fact, cases, otherwise)| Kind::Decision { fact, cases, otherwise });
    let service = (0..n, prop::option::of(0..n)).prop_map(|(then, otherwise)| Kind::SelfService { then, otherwise });
    let queue = (
        any::<bool>(),
        prop::option::of(0..n),
        prop::option::of(0..n),
        prop::option::of(0..n),
    )
        .prop_map(|(pool, key, overflow, closed)| Kind::Queue {
            pool,
            key,
            overflow,
            closed,
        });
    let transfer =
        (0..3_usize, prop::option::of(0..n), prop::option::of(0..n)).prop_map(|(reaches, busy, then)| Kind::Transfer {
            reaches: ["person", "phone-tree", "unknown"][reaches],
            busy,
            then,
        });
    let promise =
        (any::<bool>(), prop::option::of(0..n)).prop_map(|(voicemail, then)| Kind::Promise { voicemail, then });
    let counter = (0..3_u32, 0..n, 0..n).prop_map(|(times, again, done)| Kind::Loop { times, again, done });
    prop_oneof![
        5 => menu(n).prop_map(Kind::Menu),
        2 => message(n),
        2 => collect(n),
        2 => hours,
        2 => decision,
        1 => service,
        1 => queue,
        1 => Just(Kind::Agent),
        1 => transfer,
        1 => promise,
        1 => ending(),
        1 => counter,
        1 => (0..n, 0..n).prop_map(|(entry, exit)| Kind::Subtree { entry, exit }),
        1 => Just(Kind::Return),
        1 => (0..2_usize, 0..n).prop_map(|(fact, then)| Kind::Sets { fact, then }),
    ]
}

fn message(n: usize) -> impl Strategy<Value = Kind> {
    (0..WORDS.len(), 0..9_u32, 0..n).prop_map(|(words, seconds, then)| Kind::Message { words, seconds, then })
}

fn ending() -> impl Strategy<Value = Kind> {
    let reasons = [None, Some("served"), Some("closed"), Some("error"), Some("deflected")];
    (0..reasons.len()).prop_map(move |at| Kind::HangUp { reason: reasons[at] })
}

fn collect(n: usize) -> impl Strategy<Value = Kind> {
    (
        0..2_usize,
        1..12_u32,
        any::<bool>(),
        0..n,
        prop::option::of(0..n),
        1..4_u32,
    )
        .prop_map(|(datum, digits, known, then, otherwise, attempts)| Kind::Collect {
            datum,
            digits,
            known,
            then,
            otherwise,
            attempts,
        })
}

fn menu(n: usize) -> impl Strategy<Value = Menu> {
    let roles = [None, None, None, Some("repeat"), Some("back"), Some("operator")];
    let choice =
        (0..12_usize, 0..n, prop::bool::weighted(0.7), 0..roles.len()).prop_map(move |(key, to, announced, role)| {
            Choice {
                key: char::from(b"0123456789*#"[key]),
                to,
                announced,
                role: roles[role],
            }
        });
    let fallback = || prop::option::of(0..n);
    let given = (
        prop::collection::vec(choice, 1..4),
        prop::option::of(1..4_u32),
        any::<bool>(),
        any::<bool>(),
    );
    (0..WORDS.len(), 0..9_u32, given, fallback(), fallback()).prop_map(
        |(words, seconds, (mut choices, attempts, reprompt, barge_in), no_input, no_match)| {
            choices.sort_by_key(|choice| choice.key);
            choices.dedup_by_key(|choice| choice.key);
            Menu {
                words,
                seconds,
                choices,
                attempts,
                reprompt,
                no_input,
                no_match,
                barge_in,
            }
        },
    )
}
