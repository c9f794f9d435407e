//! The queue of the shortest-path kernels.

use super::ROOM;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Nodes by cost and then by steps, least first; an entry that has been bettered is left for the reader to skip.
///
/// Nodes of equal rank come in an order of the queue's own, which the kernels do not let show.
pub(super) enum Queue {
    /// Three times faster than the other on thirty nodes.
    Heap(BinaryHeap<Reverse<u128>>),
    /// Almost twice as fast as the other on a million nodes.
    Radix(Radix),
}

impl Queue {
    /// The graph size from which on the radix heap was measured to be the faster one.
    const LARGE: usize = 100_000;

    /// An empty queue for a graph of so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        if nodes < Self::LARGE {
            Self::Heap(BinaryHeap::with_capacity(ROOM.min(nodes)))
        } else {
            Self::Radix(Radix::default())
        }
    }

    /// Enters a node whose rank is not below that of the last one taken out.
    pub(super) fn push(&mut self, cost: u64, steps: u32, node: u32) {
        // One integer compares several times faster than a tuple of three.
        let entry = u128::from(cost) << 64 | u128::from(steps) << 32 | u128::from(node);
        match self {
            Self::Heap(heap) => heap.push(Reverse(entry)),
            Self::Radix(radix) => radix.push(entry),
        }
    }

    /// Takes an entry of least rank out: cost, steps, node.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the parts are cut out of the packed entry"
    )]
    pub(super) fn pop(&mut self) -> Option<(u64, u32, u32)> {
        let entry = match self {
            Self::Heap(heap) => heap.pop()?.0,
            Self::Radix(radix) => radix.pop()?,
        };
        Some(((entry >> 64) as u64, (entry >> 32) as u32, entry as u32))
    }
}

/// A heap for ranks that never fall below the last one taken out: bucket `b` holds the entries whose highest bit of
/// difference from that rank is bit `b - 1`, so each entry moves down at most 96 times and in practice a few.
///
/// R. K. Ahuja, K. Mehlhorn, J. B. Orlin and R. E. Tarjan, "Faster algorithms for the shortest path problem", Journal
/// of the ACM 37(2), 1990.
#[derive(Default)]
pub(super) struct Radix {
    last: u128,
    /// One bit for each bucket that is not empty.
    occupied: u128,
    buckets: Vec<Vec<u128>>,
}

impl Radix {
    fn push(&mut self, entry: u128) {
        let bucket = (u128::BITS - (rank(entry) ^ self.last).leading_zeros()) as usize;
        if bucket >= self.buckets.len() {
            self.buckets.resize_with(bucket + 1, Vec::new);
        }
        self.buckets[bucket].push(entry);
        self.occupied |= 1 << bucket;
    }

    fn pop(&mut self) -> Option<u128> {
        let bucket = self.occupied.trailing_zeros() as usize;
        if bucket > 0 {
            // Every one of them differs less from the least of them than from the rank before.
            let mut moved = std::mem::take(self.buckets.get_mut(bucket)?);
            self.occupied &= !(1 << bucket);
            self.last = moved.iter().copied().map(rank).min()?;
            for entry in moved.drain(..) {
                self.push(entry);
            }
            self.buckets[bucket] = moved;
        }
        let least = self.buckets.first_mut()?;
        let entry = least.pop();
        if least.is_empty() {
            self.occupied &= !1;
        }
        entry
    }
}

/// Cost and steps of an entry.
fn rank(entry: u128) -> u128 {
    entry >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both queues give the same ranks while entries come in that lie a little or far above the last one out.
    #[test]
    fn the_queues_agree() {
        let mut heap = Queue::new(0);
        let mut radix = Queue::new(Queue::LARGE);
        let mut state = 1_u64;
        let mut floor = (0, 0);
        for node in 0..4_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let above = (state >> 40) >> (state >> 32 & 31);
            for queue in [&mut heap, &mut radix] {
                let steps = if above == 0 { floor.1 } else { 0 };
                queue.push(floor.0 + above, steps + node % 3, node);
            }
            if node % 3 != 0 {
                let (one, other) = (heap.pop(), radix.pop());
                assert_eq!(
                    one.map(|entry| (entry.0, entry.1)),
                    other.map(|entry| (entry.0, entry.1))
                );
                floor = one.map_or(floor, |entry| (entry.0, entry.1));
            }
        }
        let rest = |mut queue: Queue| {
            let mut entries: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
            assert!(entries.is_sorted_by_key(|entry| (entry.0, entry.1)));
            entries.sort_unstable();
            entries
        };
        let (one, other) = (rest(heap), rest(radix));
        assert_eq!(one.len(), 4_000 - 2_666);
        assert_eq!(
            one.iter().map(|e| e.0).collect::<Vec<_>>(),
            other.iter().map(|e| e.0).collect::<Vec<_>>()
        );
    }
}
