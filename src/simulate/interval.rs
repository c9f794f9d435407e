//! How far from the truth a figure of a sample may be.
//!
//! Shares have the intervals of Clopper and Pearson ("The Use of Confidence or Fiducial Limits", Biometrika 26, 1934),
//! which hold for any sample size; quantiles those of order statistics, which hold for any law; curves the band of
//! Dvoretzky, Kiefer and Wolfowitz with Massart's constant ("The Tight Constant", Annals of Probability 18, 1990).
//! Means have the normal interval, which holds as the sample grows.

/// A figure, and the interval that holds the true one with the confidence asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// What the sample says.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Estimate {
    /// Whether a number lies in the interval.
    #[must_use]
    pub fn holds(&self, number: f64) -> bool {
        self.low <= number && number <= self.high
    }

    /// Half of the width of the interval.
    #[must_use]
    pub fn within(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// A share of `all`, by Clopper and Pearson; `miss` is 1 less the confidence.
///
/// Costs some hundred evaluations of the binomial law.
#[must_use]
pub fn share(some: u64, all: u64, miss: f64) -> Estimate {
    if all == 0 {
        return Estimate {
            value: 0.0,
            low: 0.0,
            high: 1.0,
        };
    }
    let (k, n) = (real(some.min(all)), real(all));
    // P(at least k of n) is the incomplete beta function at p of k and n - k + 1.
    let low = if some == 0 {
        0.0
    } else {
        bisect(|p| beta_cdf(p, k, n - k + 1.0) > miss / 2.0).0
    };
    let high = if some >= all {
        1.0
    } else {
        bisect(|p| beta_cdf(1.0 - p, n - k, k + 1.0) < miss / 2.0).1
    };
    Estimate {
        value: k / n,
        low,
        high,
    }
}

/// A mean of `n` numbers from their sum and the sum of their squares, by the normal law; without two of them anything
/// may be true.
#[must_use]
pub fn mean(n: u64, sum: f64, squares: f64, miss: f64) -> Estimate {
    let count = real(n);
    let value = if n == 0 { 0.0 } else { sum / count };
    if n < 2 {
        return Estimate {
            value,
            low: f64::NEG_INFINITY,
            high: f64::INFINITY,
        };
    }
    let variance = ((squares - sum * value) / (count - 1.0)).max(0.0);
    around(value, normal_quantile(miss) * (variance / count).sqrt())
}

/// A mean of a few equal parts of the evidence, by Student's law.
#[must_use]
pub fn mean_of_few(parts: &[f64], miss: f64) -> Estimate {
    let count = real(parts.len() as u64);
    let value = if parts.is_empty() {
        0.0
    } else {
        parts.iter().sum::<f64>() / count
    };
    if parts.len() < 2 {
        return Estimate {
            value,
            low: f64::NEG_INFINITY,
            high: f64::INFINITY,
        };
    }
    let squares: f64 = parts.iter().map(|part| (part - value) * (part - value)).sum();
    around(
        value,
        student_quantile(miss, count - 1.0) * (squares / (count - 1.0) / count).sqrt(),
    )
}

/// The ranks, from 1, between which the quantile `q` of the law lies: that of the sample, the lower and the upper.
/// 0 stands for below the first, and `n + 1` for above the last.
#[must_use]
pub fn ranks(n: u64, q: f64, miss: f64) -> (u64, u64, u64) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and n")]
    let own = ((q * real(n)).ceil() as u64).clamp(1, n.max(1));
    // At most k numbers lie below the quantile with probability I(1 - q; n - k, k + 1).
    let at_most = |k: u64| {
        if k >= n {
            1.0
        } else {
            beta_cdf(1.0 - q, real(n - k), real(k) + 1.0)
        }
    };
    let first = |wanted: &dyn Fn(u64) -> bool| {
        let (mut low, mut high) = (0, n + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if wanted(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    };
    let lower = first(&|k| at_most(k) > miss / 2.0);
    let more_than = |k: u64| {
        if k >= n {
            0.0
        } else {
            beta_cdf(q, real(k) + 1.0, real(n - k))
        }
    };
    let upper = first(&|k| more_than(k) <= miss / 2.0) + 1;
    (own, lower, upper.min(n + 1))
}

/// How far the curve of a sample of `n` may lie from the true one at any point.
#[must_use]
pub fn band(n: u64, miss: f64) -> f64 {
    if n == 0 {
        1.0
    } else {
        ((2.0 / miss).ln() / (2.0 * real(n))).sqrt().min(1.0)
    }
}

/// How many standard deviations a normal number stays within but for `miss`.
#[must_use]
pub fn normal_quantile(miss: f64) -> f64 {
    let (low, high) = bisect(|x| libm::erfc(40.0 * x / std::f64::consts::SQRT_2) < miss);
    20.0 * (low + high)
}

/// The same for Student's law, of degrees of freedom.
fn student_quantile(miss: f64, freedom: f64) -> f64 {
    // |t| > x exactly when a beta number of freedom/2 and 1/2 is below freedom / (freedom + x^2).
    let (low, high) = bisect(|b| beta_cdf(b, freedom / 2.0, 0.5) > miss);
    let b = f64::midpoint(low, high).max(f64::MIN_POSITIVE);
    (freedom * (1.0 - b) / b).sqrt()
}

fn around(value: f64, within: f64) -> Estimate {
    Estimate {
        value,
        low: value - within,
        high: value + within,
    }
}

/// The two neighbours between 0 and 1 where what grows from false becomes true.
fn bisect(holds: impl Fn(f64) -> bool) -> (f64, f64) {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if holds(middle) { high = middle } else { low = middle }
    }
    (low, high)
}

/// The regularised incomplete beta function, by the continued fraction of Lentz (Press et al., "Numerical Recipes",
/// 3rd edition, 2007, section 6.4).
fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let scale = (libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        scale * fraction(x, a, b) / a
    } else {
        1.0 - scale * fraction(1.0 - x, b, a) / b
    }
}

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let not_zero = |number: f64| if number.abs() < 1e-300 { 1e-300 } else { number };
    let mut above = 1.0;
    let mut below = 1.0 / not_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = below;
    // The terms needed grow as the root of the greater parameter.
    for step in 1..200_000_u32 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        below = 1.0 / not_zero(1.0 + even * below);
        above = not_zero(1.0 + even / above);
        value *= below * above;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        below = 1.0 / not_zero(1.0 + odd * below);
        above = not_zero(1.0 + odd / above);
        value *= below * above;
        if (below * above - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

/// A count as a real number.
#[expect(clippy::cast_precision_loss, reason = "counts beyond 2^53 do not occur")]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-9 * (1.0 + b.abs()), "{a} is not {b}");
    }

    #[test]
    fn the_normal_law_has_its_quantiles() {
        near(normal_quantile(0.05), 1.959_963_984_540_054);
        near(normal_quantile(1e-9), 6.109_410_204_869_7);
    }

    #[test]
    fn student_agrees_with_closed_forms_of_one_and_two_degrees() {
        near(student_quantile(0.05, 1.0), (std::f64::consts::PI * 0.475).tan());
        let p: f64 = 0.95;
        near(student_quantile(0.05, 2.0), p * (2.0 / (1.0 - p * p)).sqrt());
    }

    #[test]
    fn the_binomial_law_is_that_of_its_sum() {
        for (n, k, p) in [(10_u32, 3_u32, 0.2_f64), (40, 39, 0.9), (25, 1, 0.01)] {
            let choose = |j: u32| (0..j).fold(1.0, |c, i| c * f64::from(n - i) / f64::from(i + 1));
            let sum: f64 = (k..=n)
                .map(|j| choose(j) * p.powi(j.cast_signed()) * (1.0 - p).powi((n - j).cast_signed()))
                .sum();
            near(beta_cdf(p, f64::from(k), f64::from(n - k) + 1.0), sum);
        }
    }

    #[test]
    fn no_and_all_of_a_sample_have_the_closed_ends() {
        near(share(0, 50, 0.05).high, 1.0 - 0.025_f64.powf(1.0 / 50.0));
        near(share(50, 50, 0.05).low, 0.025_f64.powf(1.0 / 50.0));
    }

    #[test]
    fn ranks_leave_out_no_more_than_may_be_missed() {
        // Of ten numbers the median lies between the second and the ninth but for 2 * 11 / 1024.
        assert_eq!(ranks(10, 0.5, 0.05), (5, 2, 9));
        assert_eq!(ranks(10, 0.5, 0.02), (5, 1, 10));
        assert_eq!(ranks(3, 0.5, 0.05), (2, 0, 4));
    }
}
