//! How often lines cross between two rows.
//!
//! After Barth, Juenger and Mutzel, "Simple and efficient bilayer cross counting", Graph Drawing 2002: the lines, sorted
//! by their ends, are entered into a tree of sums one after another, and each crosses those entered to the right of it.

use super::mesh::Mesh;

/// All crossings of an order; O(e log n) for e ties of n things.
pub fn all(mesh: &Mesh, places: &[usize]) -> usize {
    (1..mesh.rows.len()).map(|row| between(mesh, places, row)).sum()
}

/// Crossings between a row and the one before it.
fn between(mesh: &Mesh, places: &[usize], row: usize) -> usize {
    let lower = mesh.rows[row].len();
    let leaves = lower.next_power_of_two();
    let mut sums = vec![0_usize; 2 * leaves];
    let mut crossings = 0;
    let mut ends = Vec::new();
    for thing in &mesh.rows[row - 1] {
        ends.clear();
        ends.extend(mesh.down[*thing].iter().map(|to| places[*to]));
        ends.sort_unstable();
        for end in &ends {
            let mut at = leaves + end;
            sums[at] += 1;
            while at > 1 {
                if at.is_multiple_of(2) {
                    crossings += sums[at + 1];
                }
                at /= 2;
                sums[at] += 1;
            }
        }
    }
    crossings
}
