//! The best order of the options of one menu.
//!
//! A caller hears all options up to her own. The mean of what she hears is least where the options stand by demand for
//! each second that they take (Smith, "Various optimizers for single-stage production", Naval Research Logistics
//! Quarterly 3, 1956). Where callers hang up while they listen, each second costs some of them: then most come to their
//! option where an index of demand and length decides (Rothkopf, "Scheduling with random service times", Management
//! Science 12(9), 1966). Both put the greatest index first, which is best of all orders.

/// One option.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// How many take it; any unit.
    pub demand: f64,
    /// How long its announcement takes; any unit.
    pub length: f64,
}

impl Item {
    /// Where it belongs: greater comes first. `hazard` is how many hang up in one unit of length.
    #[must_use]
    pub fn index(self, hazard: f64) -> f64 {
        if self.length <= 0.0 {
            return f64::INFINITY;
        }
        if hazard <= 0.0 {
            return self.demand / self.length;
        }
        let x = hazard * self.length;
        self.demand * (-x).exp() / -(-x).exp_m1()
    }
}

/// The positions of options in their best order; equal ones stay as they stand. `O(n log n)`.
#[must_use]
pub fn best(items: &[Item], hazard: f64) -> Vec<usize> {
    let mut ranked: Vec<(f64, usize)> = items.iter().map(|item| item.index(hazard)).zip(0..).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.into_iter().map(|(_, at)| at).collect()
}

/// What is heard up to one's own option in this order: the sum over options of demand times time.
#[must_use]
pub fn heard(items: &[Item], order: &[usize]) -> f64 {
    let mut time = 0.0;
    let mut out = 0.0;
    for item in order.iter().filter_map(|at| items.get(*at)) {
        time += item.length;
        out += item.demand * time;
    }
    out
}

/// How many come to their option in this order, where so many hang up in each unit of length.
#[must_use]
pub fn arrive(items: &[Item], order: &[usize], hazard: f64) -> f64 {
    let mut time = 0.0;
    let mut out = 0.0;
    for item in order.iter().filter_map(|at| items.get(*at)) {
        time += item.length;
        out += item.demand * (-hazard * time).exp();
    }
    out
}
