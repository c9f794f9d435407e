//! Every figure twice: exactly, and as the simulation has it.

use super::{CONFIDENCE, Figure, Unit, words};
use crate::callers::chain::{Chain, Exit};
use crate::callers::frustrating::Frustrating;
use crate::graph::Graph;
use crate::measure::calls::{Calls, Of};
use crate::measure::distribution::{self, Goal, Grid};
use crate::measure::exact::{Exact, Reached, Unsolved};
use crate::simulate::estimate::Figures;
use crate::simulate::interval::Estimate;
use crate::simulate::tally::{Count, Tally};

/// The prompts that are told, those first that most callers hear twice.
const PROMPTS: usize = 3;
/// The grid of the times: quantiles are exact to half a second, up to an hour.
const GRID: Grid = Grid {
    step_ms: 500,
    horizon_ms: 3_600_000,
    error: 1e-6,
};
/// Figures that are compared in one run; the intervals are so wide that none of so many misses by chance.
const FIGURES_MAX: usize = 64;
/// Presses of one key that make a run, as the tally counts them.
const RUN: u8 = 3;
/// The quantiles that are told.
const QUANTILES: [(&str, f64); 2] = [("median", 0.5), ("90 of 100 within", 0.9)];

pub(super) struct Rows<'t> {
    tally: &'t Tally,
    simulated: Figures<'t>,
    pub list: Vec<Figure>,
}

impl<'t> Rows<'t> {
    pub fn new(tally: &'t Tally) -> Self {
        Self {
            tally,
            simulated: Figures::together(tally, CONFIDENCE, FIGURES_MAX),
            list: Vec::new(),
        }
    }

    fn add(
        &mut self,
        group: &'static str,
        what: String,
        unit: Unit,
        exact: Option<[f64; 2]>,
        simulated: Option<Estimate>,
    ) {
        // Simulated times are counted in whole units.
        let slack = match unit {
            Unit::Seconds => f64::from(self.tally.unit) / 1000.0,
            Unit::Share | Unit::Times => 1e-9,
        };
        let agrees = match (exact, simulated) {
            (Some([least, most]), Some(simulated)) => least <= simulated.high + slack && simulated.low - slack <= most,
            _ => true,
        };
        self.list.push(Figure {
            group,
            what,
            unit,
            exact,
            simulated: simulated.map(|simulated| simulated.value),
            between: simulated.map(|simulated| [simulated.low, simulated.high]),
            agrees,
        });
    }

    pub fn ends(&mut self, all: &Of) {
        for exit in Exit::ALL {
            let p = all.ended(exit);
            if p > 0.0 || self.tally.ended(exit) > 0 {
                let simulated = self.simulated.ended(exit);
                self.add(
                    "how calls end",
                    words::ends(exit).to_owned(),
                    Unit::Share,
                    Some([p, p]),
                    Some(simulated),
                );
            }
        }
    }

    /// The share of callers who reach a person or her queue before their patience with the whole call runs out: of
    /// exponential length, counted from the first second, besides the leaving that is in the chain.
    pub fn patience(&mut self, all: &Of, chain: &Chain, mean_ms: u32) {
        let mean = f64::from(mean_ms.max(1));
        #[expect(clippy::cast_precision_loss, reason = "no time here comes near 2^52 ms")]
        let stays = |ms: u64| (-(ms as f64) / mean).exp();
        let exact = distribution::distribution(chain, Goal::Person, GRID).knowing(all.person.share);
        let bounds = exact.with_patience(stays).goal_share();
        let law = &self.tally.to_person;
        let simulated = self.simulated.mean_over_calls(law, |ms| (-f64::from(ms) / mean).exp());
        // A figure between 0 and 1 scatters no more than a share does.
        let simulated = widened(simulated, bounds.upper * (1.0 - bounds.lower), self.tally.calls);
        self.add(
            "how long it takes",
            format!(
                "a person or her queue within a patience of {:.0} s: calls",
                mean / 1000.0
            ),
            Unit::Share,
            Some([bounds.lower, bounds.upper]),
            Some(simulated),
        );
    }

    pub fn times(&mut self, all: &Of, chain: &Chain, waits_known: bool) {
        const GROUP: &str = "how long it takes";
        let seconds = |ms: f64| Some([ms / 1000.0, ms / 1000.0]);
        let end = widened(
            self.simulated.mean(&self.tally.to_end),
            all.end.variance / 1e6,
            self.tally.to_end.count(),
        );
        self.add(
            GROUP,
            "to the end of the call, mean".to_owned(),
            Unit::Seconds,
            seconds(all.end.mean),
            Some(end),
        );
        let reached = |of: Reached| of.ms.and_then(|ms| seconds(ms.mean));
        let goals = [
            (
                "until a person is offered",
                all.offered,
                &self.tally.to_offer,
                Goal::Offered,
            ),
            (
                "until a person or her queue is reached",
                all.person,
                &self.tally.to_person,
                Goal::Person,
            ),
        ];
        for (what, of, law, goal) in goals {
            let share = self.simulated.within(law, u32::MAX);
            self.add(
                GROUP,
                format!("{what}: calls"),
                Unit::Share,
                Some([of.share, of.share]),
                Some(share),
            );
            let variance = of.ms.map_or(0.0, |ms| ms.variance / 1e6);
            let some = (law.count() > 0).then(|| widened(self.simulated.mean(law), variance, law.count()));
            self.add(GROUP, format!("{what}: mean"), Unit::Seconds, reached(of), some);
            let exact = distribution::distribution(chain, goal, GRID).knowing(of.share);
            for (name, q) in QUANTILES {
                let quantile = exact.quantile_of_goal(q);
                let bounds = [at(quantile.earliest, 0.0), at(quantile.latest, f64::INFINITY)];
                let simulated = self.simulated.quantile(law, q);
                let known = (of.share > 0.0 && bounds.iter().all(|bound| bound.is_finite())).then_some(bounds);
                self.add(GROUP, format!("{what}: {name}"), Unit::Seconds, known, simulated);
            }
        }
        // A wait that nobody knows would make these too short.
        let voice = all.ended(Exit::Person);
        if voice > 0.0 && waits_known {
            let exact = distribution::distribution(chain, Goal::Exit(Exit::Person), GRID).knowing(voice);
            for (name, q) in QUANTILES {
                let quantile = exact.quantile_of_goal(q);
                let bounds = [at(quantile.earliest, 0.0), at(quantile.latest, f64::INFINITY)];
                let known = bounds.iter().all(|bound| bound.is_finite()).then_some(bounds);
                self.add(
                    GROUP,
                    format!("until a person speaks: {name}"),
                    Unit::Seconds,
                    known,
                    None,
                );
            }
        }
    }

    pub fn frustration(&mut self, all: &Of) {
        const GROUP: &str = "what frustrates";
        let left_out = all.frustration.left_out;
        let bounds = |p: f64| Some([p, (p + left_out).min(1.0)]);
        let any = self.simulated.frustrated();
        self.add(
            GROUP,
            "at least one of these".to_owned(),
            Unit::Share,
            bounds(all.frustration.any),
            Some(any),
        );
        for event in Frustrating::ALL {
            let p = all.met(event);
            if p > 0.0 || self.tally.frustrated_by(event) > 0 {
                let simulated = self.simulated.frustrated_by(event);
                self.add(
                    GROUP,
                    words::frustrates(event).to_owned(),
                    Unit::Share,
                    bounds(p),
                    Some(simulated),
                );
            }
        }
    }

    pub fn repetition(&mut self, graph: &Graph<'_>, calls: &Calls, chain: &Chain) -> Result<(), Unsolved> {
        const GROUP: &str = "what is heard and pressed";
        let exact = Exact::of(chain)?;
        let presses = exact.figures()?.presses;
        // Presses scatter at least as rare events do.
        let simulated = widened(self.simulated.count(Count::Presses), presses, self.tally.calls);
        self.add(
            GROUP,
            "presses at menus".to_owned(),
            Unit::Times,
            Some([presses; 2]),
            Some(simulated),
        );
        let (some, presses) = (
            self.simulated.some(Count::SameKey),
            self.simulated.count(Count::SameKey),
        );
        if let Ok(runs) = exact.runs(RUN) {
            let presses = widened(presses, runs.presses, self.tally.calls);
            let shown = [
                (
                    "a key pressed for the third time running: calls",
                    Unit::Share,
                    runs.share,
                    some,
                ),
                ("presses that make such a run", Unit::Times, runs.presses, presses),
            ];
            for (what, unit, exact, simulated) in shown {
                if exact > 1e-6 || simulated.value > 0.0 {
                    self.add(GROUP, what.to_owned(), unit, Some([exact; 2]), Some(simulated));
                }
            }
        }
        // Where the chain was not eliminated this is left to the simulation.
        let Ok(mut repetition) = exact.repetition() else {
            return Ok(());
        };
        let mut prompts: Vec<_> = repetition
            .prompts(3)
            .into_iter()
            .filter_map(|prompt| {
                let plays = prompt.plays?;
                let twice = plays.at_least.get(1).copied().unwrap_or(0.0);
                (twice > 1e-6).then_some((prompt.prompt, twice, plays))
            })
            .collect();
        prompts.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        for (prompt, _, plays) in prompts.into_iter().take(PROMPTS) {
            let step = calls.names.spoken_at(prompt).and_then(|node| graph.step(node));
            let step = step.map_or("", |step| step.shown());
            for times in [2, 3] {
                let p = plays.at_least.get(times - 1).copied().unwrap_or(0.0);
                let simulated = self.simulated.heard(prompt, times);
                self.add(
                    GROUP,
                    format!("the prompt of `{step}` at least {times} times"),
                    Unit::Share,
                    Some([p, p]),
                    simulated,
                );
            }
        }
        Ok(())
    }
}

/// Standard deviations of a mean that none of `FIGURES_MAX` misses by chance, with `CONFIDENCE`.
const DEVIATIONS: f64 = 5.8;

/// The interval of a mean, at least as wide as the true variance of one call makes it: few calls may hold nothing of
/// what is rare, and then scatter less than they should.
fn widened(mean: Estimate, variance: f64, calls: u64) -> Estimate {
    #[expect(clippy::cast_precision_loss, reason = "calls are far below 2^52")]
    let reach = DEVIATIONS * (variance / calls.max(1) as f64).sqrt();
    Estimate {
        low: mean.low.min(mean.value - reach).max(0.0),
        high: mean.high.max(mean.value + reach),
        ..mean
    }
}

fn at(moment: distribution::Moment, otherwise: f64) -> f64 {
    match moment {
        #[expect(clippy::cast_precision_loss, reason = "no time here comes near 2^52 ms")]
        distribution::Moment::At(ms) => ms as f64 / 1000.0,
        distribution::Moment::Later | distribution::Moment::Never => otherwise,
    }
}
