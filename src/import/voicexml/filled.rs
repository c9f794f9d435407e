//! Which items of a form have their values.

/// The items that are filled: all before a first open one, and some behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filled {
    open: u32,
    behind: Vec<u32>,
}

/// So many filled items behind an open one are remembered; with more, all behind it are asked again.
const BEHIND_MAX: usize = 64;

impl Filled {
    /// The first item that is not filled.
    #[must_use]
    pub const fn first_open(&self) -> u32 {
        self.open
    }

    /// Whether an item is filled.
    #[must_use]
    pub fn has(&self, item: u32) -> bool {
        item < self.open || self.behind.contains(&item)
    }

    /// An item gets its value.
    pub fn fill(&mut self, item: u32) {
        if self.has(item) {
            return;
        }
        if item != self.open {
            if self.behind.len() < BEHIND_MAX {
                let at = self.behind.partition_point(|other| *other < item);
                self.behind.insert(at, item);
            }
            return;
        }
        self.open += 1;
        while self.behind.first() == Some(&self.open) {
            self.behind.remove(0);
            self.open += 1;
        }
    }

    /// An item loses its value.
    pub fn clear(&mut self, item: u32) {
        if item < self.open {
            let mut behind: Vec<u32> = Vec::new();
            if (self.open - item) as usize <= BEHIND_MAX {
                behind.extend(item + 1..self.open);
            }
            behind.append(&mut self.behind);
            self.behind = behind;
            self.open = item;
        } else {
            self.behind.retain(|other| *other != item);
        }
    }

    /// How many bytes it takes.
    #[must_use]
    pub fn length(&self) -> usize {
        self.behind.len() * 4
    }
}

#[cfg(test)]
mod tests {
    use super::Filled;

    #[test]
    fn items_are_filled_and_cleared() {
        let mut filled = Filled::default();
        (0..4).for_each(|item| filled.fill(item));
        assert_eq!(filled.first_open(), 4);
        filled.clear(1);
        assert_eq!(
            (filled.first_open(), filled.has(0), filled.has(1), filled.has(3)),
            (1, true, false, true)
        );
        filled.fill(6);
        filled.clear(3);
        filled.fill(1);
        assert_eq!((filled.first_open(), filled.has(3), filled.has(6)), (3, false, true));
        filled.fill(3);
        filled.fill(4);
        filled.fill(5);
        assert_eq!(
            filled,
            Filled {
                open: 7,
                behind: Vec::new()
            }
        );
    }
}
