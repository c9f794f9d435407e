//! How often something happens in one call, and where.

/// One state's part in a repetition.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// The state.
    pub state: u32,
    /// How often it is expected here.
    pub times: f64,
    /// How often it is expected here after it was there already.
    pub again: f64,
    /// How often it is expected here and yet to come again, there or elsewhere: where callers come back from.
    pub before: f64,
}

/// How often something happens in one call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Repeats {
    /// The expected number.
    pub times: f64,
    /// The probability that it happens at all.
    pub once: f64,
    /// The expected number after the first.
    pub again: f64,
    /// The probability that it happens at least 1, 2, ... times; as many as were asked for.
    pub at_least: Vec<f64>,
    /// Each state where it happens. Both `again` and `before` add to the number after the first.
    pub places: Vec<Place>,
}

impl Repeats {
    /// What happens at one state, where it comes again with probability `back` each time.
    pub(super) fn single(state: u32, times: f64, back: f64, once: f64, terms: usize) -> Self {
        let again = times * back;
        let at_least = std::iter::successors(Some(once), |p| Some(p * back))
            .take(terms)
            .collect();
        Self {
            times,
            once,
            again,
            at_least,
            places: vec![Place {
                state,
                times,
                again,
                before: again,
            }],
        }
    }

    /// What never happens twice, with how often it is expected at each state.
    pub(super) fn apart(parts: impl Iterator<Item = (u32, f64)>, terms: usize) -> Self {
        let places: Vec<Place> = parts
            .map(|(state, times)| Place {
                state,
                times,
                ..Place::default()
            })
            .collect();
        let times = places.iter().map(|place| place.times).sum();
        let mut at_least = vec![0.0; terms];
        at_least.iter_mut().take(1).for_each(|first| *first = times);
        Self {
            times,
            once: times,
            again: 0.0,
            at_least,
            places,
        }
    }
}
