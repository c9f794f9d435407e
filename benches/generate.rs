//! Seeded phone trees for the benches, in the native format.

mod texts;

use texts::{
    BIG_HEAD, BIG_INNER, BIG_LEAVES, BIG_MENU, BIG_QUEUE, COMPANIES, GREETINGS, HEAD, MARKETING, NOTICES, SUBJECTS,
    TAIL, TOPIC, TOPICS,
};

/// One phone tree of thirty steps, about ten kilobytes of YAML.
///
/// Equal arguments give equal bytes. About one tree in three has one of six typical faults;
/// every target is defined in every tree.
pub fn portfolio_file(seed: u64, index: u64) -> String {
    let mut random = Random::new(seed, index);
    let company = random.pick(&COMPANIES);
    let first = random.index(TOPICS.len());
    let fault = random.below(20);
    let faulty = |number: u64, with: &'static str, without: &'static str| {
        if fault == number { with } else { without }
    };
    let number = index.to_string();
    let mut greeting = String::new();
    fill(&mut greeting, random.pick(&GREETINGS), &[("company", company)]);
    let mut head = vec![
        ("company", company),
        ("number", &number),
        ("city", random.pick(&["New_York", "Chicago", "Denver", "Los_Angeles"])),
        ("words", random.pick(&["140", "150", "160"])),
        ("wait", random.pick(&["5m", "8m", "10m"])),
        ("agents", random.pick(&["6", "12", "18"])),
        ("calls", random.pick(&["60", "110", "160"])),
        ("greeting", &greeting),
        ("marketing", faulty(0, MARKETING, "")),
        ("barge-in", faulty(0, "\n    barge-in: false", "")),
        ("operator", faulty(1, "", " To speak to a person, press 0.")),
        ("stray", faulty(2, " To change your address, press 6.", "")),
        (
            "no-input",
            faulty(3, "", "\n    no-input: operator\n    no-match: operator"),
        ),
        ("after-address", faulty(4, "address", "main")),
        ("overflow", faulty(5, "", "\n    overflow: {after: 10m, to: call-back}")),
    ];
    // Seven is coprime to the number of topics, so the three are different.
    let topics = [0, 7, 14].map(|step| TOPICS[(first + step) % TOPICS.len()]);
    let slots = [("a", "a-says"), ("b", "b-says"), ("c", "c-says")];
    for ((a, a_says), (name, says, ..)) in slots.into_iter().zip(topics) {
        head.extend([(a, name), (a_says, says)]);
    }

    let mut out = String::with_capacity(12_000);
    fill(&mut out, HEAD, &head);
    for (name, says, spoken, does) in topics {
        let values = [
            ("topic", name),
            ("says", says),
            ("datum", &spoken.replace(' ', "-")),
            ("spoken", spoken),
            ("does", does),
            ("digits", random.pick(&["6", "8", "10"])),
            ("source", random.pick(&["memory", "card", "document"])),
            ("succeeds", random.pick(&["70%", "80%", "90%"])),
            ("notice", random.pick(&NOTICES)),
            ("wait", random.pick(&["90s", "3m", "6m"])),
        ];
        fill(&mut out, TOPIC, &values);
    }
    fill(&mut out, TAIL, &head);
    out
}

/// One phone tree of `steps` steps (at least 2), some 125 bytes each, made in time linear in `steps`.
///
/// A ternary tree of menus, decisions and hours, whose leaves lead to shared queues; `*` leads
/// back up, and one leaf in fifty leads across to any other step.
pub fn big_tree(seed: u64, steps: usize) -> String {
    let mut random = Random::new(seed, 0);
    let queues = (steps / 1000).clamp(1, 64);
    let nodes = steps.saturating_sub(queues).max(1);
    let mut out = String::with_capacity(150 * steps + 1000);
    out.push_str(BIG_HEAD);
    for node in 0..nodes {
        let across = random.below(50) == 0;
        let onward = if across {
            format!("s{}", random.index(nodes))
        } else {
            format!("queue-{}", random.index(queues))
        };
        let children: Vec<_> = (3 * node + 1..=3 * node + 3)
            .map(|child| {
                if child < nodes {
                    format!("s{child}")
                } else {
                    onward.clone()
                }
            })
            .collect();
        let template = match node {
            0 => BIG_MENU,
            _ if 3 * node + 1 < nodes => random.pick(&BIG_INNER),
            _ => random.pick(&BIG_LEAVES),
        };
        let values = [
            ("name", &*format!("s{node}")),
            ("up", &*format!("s{}", node.saturating_sub(1) / 3)),
            ("queue", &*format!("queue-{}", random.index(queues))),
            ("onward", &*onward),
            ("one", &*children[0]),
            ("two", &*children[1]),
            ("three", &*children[2]),
            ("first", random.pick(&SUBJECTS)),
            ("second", random.pick(&SUBJECTS)),
            ("third", random.pick(&SUBJECTS)),
        ];
        fill(&mut out, template, &values);
    }
    for queue in 0..queues {
        fill(&mut out, BIG_QUEUE, &[("name", &format!("queue-{queue}"))]);
    }
    out
}

/// Appends `template` with each `<slot>` replaced by its value; an unknown slot stays as it is.
fn fill(out: &mut String, template: &str, values: &[(&str, &str)]) {
    let mut pieces = template.split('<');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let slot = piece.split_once('>').and_then(|(name, rest)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, rest))
        });
        if let Some((value, rest)) = slot {
            out.push_str(value);
            out.push_str(rest);
        } else {
            out.push('<');
            out.push_str(piece);
        }
    }
}

/// `SplitMix64` (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn new(seed: u64, stream: u64) -> Self {
        let mut random = Self(seed ^ stream.wrapping_mul(0xd134_2543_de82_ef95));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which is above 0; the bias of the remainder is of no account here.
    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or_default()
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.index(from.len())]
    }
}
