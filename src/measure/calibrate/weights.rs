//! A chain whose rows have the shares that were counted.

use super::events::What;
use super::groups::Table;
use super::posterior::Posterior;
use crate::callers::chain::Chain;
use crate::graph::Graph;
use std::collections::BTreeSet;

/// Work on one row at most: states times events times rounds.
const WORK_MAX: usize = 50_000_000;
/// Rounds end when no share is further off than this.
const NEAR: f64 = 1e-12;
/// The share of what nobody is believed to do, where it was counted; the first round makes it what it should be.
const NOBODY: f64 = 1e-9;

/// A table with the edges that it speaks of.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    /// What can happen, in order.
    pub whats: Vec<What>,
    /// How often it was counted.
    pub counts: Vec<u64>,
    pub members: Vec<Member>,
}

/// One state of a table.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub state: u32,
    /// The edges that the table speaks of, each with which of `whats` it is.
    pub edges: Vec<(usize, usize)>,
}

/// What a row becomes.
#[derive(Clone, Debug)]
pub(super) struct Law {
    /// The shares that the model believed in, over all states of the table as often as calls come to them.
    pub before: Vec<f64>,
    /// The shares after the counts.
    pub after: Posterior,
}

impl Weights {
    pub fn of(graph: &Graph<'_>, chain: &Chain, table: &Table) -> Self {
        let counted = table.counts.iter().filter(|(_, n)| **n > 0).map(|(what, _)| *what);
        let mut whats: BTreeSet<What> = counted.collect();
        for state in &table.members {
            whats.extend(table.whats_at(graph, chain, *state));
        }
        let whats: Vec<What> = whats.into_iter().collect();
        let member = |state: &u32| Member {
            state: *state,
            edges: table
                .edges(graph, chain, *state)
                .filter_map(|(edge, what)| Some((edge, whats.binary_search(&what).ok()?)))
                .collect(),
        };
        Self {
            members: table.members.iter().map(member).collect(),
            counts: whats
                .iter()
                .map(|what| table.counts.get(what).copied().unwrap_or(0))
                .collect(),
            whats,
        }
    }

    /// The probability of each of `whats` in a state, among all that the table speaks of, and how likely those are.
    pub fn shares(&self, chain: &Chain, member: &Member) -> (Vec<f64>, f64) {
        let mut shares = vec![0.0; self.whats.len()];
        for (edge, what) in &member.edges {
            if let (Some(share), Some(edge)) = (shares.get_mut(*what), chain.edges.get(*edge)) {
                *share += edge.p;
            }
        }
        let all: f64 = shares.iter().sum();
        if all > 0.0 {
            for share in &mut shares {
                *share /= all;
            }
        }
        (shares, all)
    }

    /// Gives the states the shares that were counted, where `visits` says how often a call comes to each of them.
    ///
    /// Over all states of the table the shares are those of the posterior. Where states differ, as callers of several
    /// intents do, each keeps its inclinations: all shares of one event are multiplied by one factor (iterative
    /// proportional fitting; Deming and Stephan, Annals of Mathematical Statistics 11, 1940), which changes the model no
    /// more than the counts ask for. Within one event its edges keep their proportions.
    pub fn apply(&self, chain: &mut Chain, visits: &[f64], strength: f64) -> Law {
        let rows: Vec<(Vec<f64>, f64)> = self.members.iter().map(|member| self.shares(chain, member)).collect();
        let often = |(member, (_, all)): (&Member, &(Vec<f64>, f64))| {
            visits.get(member.state as usize).copied().unwrap_or(0.0) * all
        };
        let mut often: Vec<f64> = self.members.iter().zip(&rows).map(often).collect();
        let all: f64 = often.iter().sum();
        if all > 0.0 {
            for often in &mut often {
                *often /= all;
            }
        } else {
            // Where calls never come each state weighs the same.
            let each = 1.0 / f64::from(crate::graph::number(often.len()).max(1));
            often.fill(each);
        }
        let mut before = vec![0.0; self.whats.len()];
        for ((shares, _), often) in rows.iter().zip(&often) {
            for (sum, share) in before.iter_mut().zip(shares) {
                *sum += often * share;
            }
        }
        let after = Posterior::of(&self.counts, &before, strength);
        let fitted = self.fit(&rows, &often, &after.shares);
        for ((member, (shares, all)), fitted) in self.members.iter().zip(&rows).zip(&fitted) {
            self.put(chain, member, shares, fitted, *all);
        }
        Law { before, after }
    }

    /// The shares of each state, nearest to what they were, that make up `wanted` over all states.
    fn fit(&self, rows: &[(Vec<f64>, f64)], often: &[f64], wanted: &[f64]) -> Vec<Vec<f64>> {
        if rows.len() == 1 {
            return vec![wanted.to_vec()];
        }
        let open = |(share, count): (&f64, &u64)| if *count > 0 { share.max(NOBODY) } else { *share };
        let believed: Vec<Vec<f64>> = rows
            .iter()
            .map(|(shares, _)| shares.iter().zip(&self.counts).map(open).collect())
            .collect();
        let mut factors = vec![1.0; wanted.len()];
        let scaled = |row: &[f64], factors: &[f64]| -> Vec<f64> {
            let shares: Vec<f64> = row.iter().zip(factors).map(|(share, factor)| share * factor).collect();
            let all: f64 = shares.iter().sum();
            shares
                .into_iter()
                .map(|share| if all > 0.0 { share / all } else { share })
                .collect()
        };
        let rounds = WORK_MAX / (rows.len() * wanted.len()).max(1);
        for _ in 0..rounds.clamp(10, 2000) {
            let mut sums = vec![0.0; wanted.len()];
            for (row, often) in believed.iter().zip(often) {
                for (sum, share) in sums.iter_mut().zip(scaled(row, &factors)) {
                    *sum += often * share;
                }
            }
            let mut off = 0.0_f64;
            for ((factor, sum), wanted) in factors.iter_mut().zip(&sums).zip(wanted) {
                off = off.max((sum - wanted).abs());
                if *sum > 0.0 {
                    *factor *= wanted / sum;
                }
            }
            if off < NEAR {
                break;
            }
        }
        believed.iter().map(|row| scaled(row, &factors)).collect()
    }

    /// Sets the edges of a state, which the table speaks of with probability `all`.
    fn put(&self, chain: &mut Chain, member: &Member, before: &[f64], after: &[f64], all: f64) {
        let mut edges = vec![0.0; self.whats.len()];
        for (_, what) in &member.edges {
            if let Some(number) = edges.get_mut(*what) {
                *number += 1.0;
            }
        }
        // What a state has no way for at all leaves its share to the others.
        let there: f64 = after
            .iter()
            .zip(&edges)
            .filter(|(_, edges)| **edges > 0.0)
            .map(|(share, _)| share)
            .sum();
        if there <= 0.0 {
            return;
        }
        for (edge, what) in &member.edges {
            if let (Some(edge), Some(before), Some(after), Some(edges)) = (
                chain.edges.get_mut(*edge),
                before.get(*what),
                after.get(*what),
                edges.get(*what),
            ) {
                let after = after / there;
                edge.p = if *before > 0.0 {
                    edge.p / before * after
                } else {
                    after / edges * all
                };
            }
        }
    }
}
