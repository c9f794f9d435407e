//! A generator of random numbers for each call.
//!
//! xoroshiro128++ (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47(4), 2021), its
//! state filled by `SplitMix64` (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014)
//! from the seed and the number of the call, as its authors advise. `rand` says that its own small generator may
//! change and names this crate for numbers that must stay. 16 bytes a call keep many calls in flight; of 2^32 calls
//! of a million draws, two overlap with probability under 10^-13.

use rand_core::{Rng as _, SeedableRng as _};
use rand_xoshiro::{SplitMix64, Xoroshiro128PlusPlus};

/// The random numbers of one call.
#[derive(Clone, Debug)]
pub(super) struct Random(Xoroshiro128PlusPlus);

impl Random {
    /// The generator of one call; another stream of the same seed gives other numbers to the same calls.
    #[inline]
    pub(super) fn of(key: Key, call: u64) -> Self {
        Self(Xoroshiro128PlusPlus::seed_from_u64(mixed(key.0 ^ call)))
    }

    /// All 64 bits.
    #[inline]
    pub(super) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// At least 0 and below 1, a multiple of 2^-53.
    #[inline]
    pub(super) fn unit(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
        let bits = (self.bits() >> 11) as f64;
        bits * (1.0 / 9_007_199_254_740_992.0)
    }

    /// Exponential with the mean given.
    pub(super) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log1p(-self.unit())
    }

    /// Normal with mean 0 and variance 1 (Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958).
    pub(super) fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(self.exponential(2.0));
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }
}

/// What the generators of all calls of one run share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key(u64);

impl Key {
    /// The key of a seed; each stream of it is a run of its own.
    pub(super) fn of(seed: u64, stream: u64) -> Self {
        Self(mixed(mixed(seed) ^ stream))
    }
}

/// A one-to-one scramble of 64 bits.
#[inline]
fn mixed(bits: u64) -> u64 {
    SplitMix64::seed_from_u64(bits).next_u64()
}
