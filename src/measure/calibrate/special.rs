//! The functions of probability that error bars and tests are read from.

use libm::lgamma;

/// Terms of a series or continued fraction at most; those here need some tens, or a few times the root of the argument.
const TERMS_MAX: u32 = 100_000;
/// How near to its limit a series ends.
const NEAR: f64 = 1e-15;
/// What stands for 0 where a continued fraction divides.
const TINY: f64 = 1e-300;

/// The probability that a chi-square variable with `freedom` degrees of freedom is at least `x`.
///
/// The regularised upper incomplete gamma function, by its series below the mean and by its continued fraction above
/// (Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 6.5.29 and 6.5.31).
#[must_use]
pub fn chi_square_survival(x: f64, freedom: f64) -> f64 {
    let (a, x) = (freedom / 2.0, x / 2.0);
    if x.is_nan() || a.is_nan() || a <= 0.0 || x <= 0.0 {
        return 1.0;
    }
    let front = (a * x.ln() - x - lgamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum, mut at) = (1.0 / a, 1.0 / a, a);
        for _ in 0..TERMS_MAX {
            at += 1.0;
            term *= x / at;
            sum += term;
            if term < sum * NEAR {
                break;
            }
        }
        return (1.0 - front * sum).clamp(0.0, 1.0);
    }
    let mut b = x + 1.0 - a;
    let mut fraction = Fraction::new(1.0 / b.max(TINY), 1.0 / TINY);
    let mut at = 0.0;
    for _ in 0..TERMS_MAX {
        at += 1.0;
        b += 2.0;
        if fraction.step(-at * (at - a), b) {
            break;
        }
    }
    (front * fraction.value).clamp(0.0, 1.0)
}

/// The probability that a Beta variable with these parameters is at most `x`.
///
/// The regularised incomplete beta function by its continued fraction (Abramowitz and Stegun, 1964, 26.5.8).
#[must_use]
pub fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return f64::from(u8::from(x >= 1.0));
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_fraction(1.0 - x, b, a);
    }
    beta_fraction(x, a, b)
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    let front = lgamma(a + b) - lgamma(a) - lgamma(b) + a * x.ln() + b * (-x).ln_1p();
    let mut fraction = Fraction::new(1.0 / (1.0 - (a + b) * x / (a + 1.0)), 1.0);
    let mut m = 0.0;
    for _ in 0..TERMS_MAX {
        m += 1.0;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let still = fraction.step(even, 1.0);
        if fraction.step(odd, 1.0) && still {
            break;
        }
    }
    (front.exp() * fraction.value / a).clamp(0.0, 1.0)
}

/// The value below which a Beta variable lies with probability `p`, by halving; right to about 1e-15.
#[must_use]
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if a <= 0.0 {
        return 0.0;
    }
    if b <= 0.0 {
        return 1.0;
    }
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if beta_below(middle, a, b) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// A continued fraction on the way to its limit (Lentz, 1976, as modified by Thompson and Barnett, 1986).
struct Fraction {
    value: f64,
    c: f64,
    d: f64,
}

impl Fraction {
    /// One whose first denominator has the inverse `d`.
    fn new(d: f64, c: f64) -> Self {
        Self { value: d, c, d }
    }

    /// Takes one more part; whether it made no difference.
    fn step(&mut self, a: f64, b: f64) -> bool {
        let nonzero = |x: f64| if x.abs() < TINY { TINY } else { x };
        self.d = 1.0 / nonzero(b + a * self.d);
        self.c = nonzero(b + a / self.c);
        let times = self.c * self.d;
        self.value *= times;
        (times - 1.0).abs() < NEAR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, wanted: f64) {
        assert!((found - wanted).abs() <= 1e-9 * wanted.abs(), "{found} is not {wanted}");
    }

    #[test]
    fn they_have_their_known_values() {
        // With two degrees of freedom the survival is exponential; with four it has one term more.
        close(chi_square_survival(3.0, 2.0), (-1.5_f64).exp());
        close(chi_square_survival(9.0, 4.0), (-4.5_f64).exp() * 5.5);
        close(chi_square_survival(1.0, 4.0), (-0.5_f64).exp() * 1.5);
        // Whole parameters give sums of binomial probabilities: P(Beta(2, 3) <= 0.4) = P(Bin(4, 0.4) >= 2).
        close(beta_below(0.4, 2.0, 3.0), 0.5248);
        close(beta_below(0.9, 2.0, 3.0), 0.9963);
        close(beta_below(0.3, 1.0, 7.0), 1.0 - 0.7_f64.powi(7));
        close(beta_quantile(0.05, 1.0, 7.0), 1.0 - 0.95_f64.powf(1.0 / 7.0));
        close(beta_quantile(0.5, 40.0, 40.0), 0.5);
    }
}
