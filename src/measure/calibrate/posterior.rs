//! The shares of one row as far as counts tell them: a Dirichlet law.

use super::special::beta_quantile;

/// The law of shares that add to 1, after counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// The expected shares.
    pub shares: Vec<f64>,
    /// How many calls they rest on, those that the prior counts as included.
    pub calls: f64,
}

impl Posterior {
    /// The law after `counts`, where the shares were believed to be `prior` as firmly as after `strength` calls.
    ///
    /// p = (c + strength p0) / (sum of c + strength): what was never seen keeps what is left of the prior.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of calls are far below 2^52")]
    pub fn of(counts: &[u64], prior: &[f64], strength: f64) -> Self {
        let calls = counts.iter().map(|count| *count as f64).sum::<f64>() + strength;
        let share = |(count, prior): (&u64, &f64)| {
            if calls > 0.0 {
                (*count as f64 + strength * prior) / calls
            } else {
                *prior
            }
        };
        Self {
            shares: counts.iter().zip(prior).map(share).collect(),
            calls,
        }
    }

    /// The expected value, where each outcome is worth so much.
    #[must_use]
    pub fn mean(&self, values: &[f64]) -> f64 {
        self.shares.iter().zip(values).map(|(p, value)| p * value).sum()
    }

    /// How uncertain the expected value is, as a variance: (sum of p V^2 - (sum of p V)^2) / (calls + 1).
    #[must_use]
    pub fn variance(&self, values: &[f64]) -> f64 {
        let mean = self.mean(values);
        let spread = self
            .shares
            .iter()
            .zip(values)
            .map(|(p, value)| p * (value - mean).powi(2));
        spread.sum::<f64>() / (self.calls + 1.0)
    }

    /// Between what one share lies with probability `level`, as much being left out below as above.
    #[must_use]
    pub fn interval(&self, at: usize, level: f64) -> (f64, f64) {
        let share = self.shares.get(at).copied().unwrap_or(0.0);
        let (a, b) = (share * self.calls, (1.0 - share) * self.calls);
        let out = (1.0 - level) / 2.0;
        (beta_quantile(out, a, b), beta_quantile(1.0 - out, a, b))
    }
}
