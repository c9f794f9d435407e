//! Shares as their author gave them, as probabilities that add to 1.

use crate::document::quantity::Share;

/// Probabilities from shares: percentages are taken as they are, weights divide what they leave, and what has no share
/// divides the rest evenly, where `open` says that it may have one.
///
/// Percentages over 100 in all are scaled down to it. Where nothing has a share and nothing is open, every part is 0.
#[must_use]
pub fn probabilities(shares: &[(Option<Share>, bool)]) -> Vec<f64> {
    // Weights count against the largest of them, so that their sum stays a number.
    let largest = shares
        .iter()
        .filter_map(|(share, _)| as_weight(*share))
        .fold(0.0, f64::max);
    let scaled =
        |share: Option<Share>| as_weight(share).map(|weight| if largest > 0.0 { weight / largest } else { 0.0 });
    let percent: f64 = shares.iter().filter_map(|(share, _)| as_percent(*share)).sum::<f64>() / 100.0;
    let weights: f64 = shares.iter().filter_map(|(share, _)| scaled(*share)).sum();
    let silent = shares.iter().filter(|(share, open)| share.is_none() && *open).count();
    let rest = (1.0 - percent).max(0.0);
    let scale = if percent > 1.0 || (percent > 0.0 && weights <= 0.0 && silent == 0) {
        1.0 / percent
    } else {
        1.0
    };
    shares
        .iter()
        .map(|(share, open)| match share {
            Some(Share::Percent(value)) => value / 100.0 * scale,
            Some(Share::Weight(_)) if weights > 0.0 => rest * scaled(*share).unwrap_or(0.0) / weights,
            None if *open && weights <= 0.0 => rest / count(silent),
            _ => 0.0,
        })
        .collect()
}

fn as_percent(share: Option<Share>) -> Option<f64> {
    match share {
        Some(Share::Percent(value)) => Some(value),
        _ => None,
    }
}

fn as_weight(share: Option<Share>) -> Option<f64> {
    match share {
        Some(Share::Weight(value)) => Some(value),
        _ => None,
    }
}

/// A small count as a divisor.
pub(super) fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_to_one() {
        let percent = |value| (Some(Share::Percent(value)), true);
        let weight = |value| (Some(Share::Weight(value)), true);
        let cases = [
            (vec![percent(30.0), (None, true), (None, true)], vec![0.3, 0.35, 0.35]),
            (vec![weight(45.0), weight(5.0), weight(50.0)], vec![0.45, 0.05, 0.5]),
            (vec![percent(80.0), percent(80.0), (None, true)], vec![0.5, 0.5, 0.0]),
            (vec![percent(20.0), weight(1.0), weight(3.0)], vec![0.2, 0.2, 0.6]),
            (vec![percent(50.0), (None, false)], vec![1.0, 0.0]),
        ];
        for (shares, wanted) in cases {
            let found = probabilities(&shares);
            for (found, wanted) in found.iter().zip(&wanted) {
                assert!((found - wanted).abs() < 1e-12, "{found} is not {wanted}");
            }
        }
    }
}
