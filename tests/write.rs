//! Writing: what is written is read back as the same tree.

#![expect(
    clippy::cast_possible_truncation,
    clippy::too_many_lines,
    reason = "a generator of whole trees, out of small numbers"
)]

use presszero::document::quantity::{Keys, Share, Within};
use presszero::document::read::{add, kebab_case};
use presszero::document::schedule::{Schedule, Staffing, Week};
use presszero::document::tree::*;
use presszero::document::write::{write, write_with};
use presszero::document::{read, vocabulary};
use presszero::source::{Source, Span, Spanned};
use proptest::prelude::*;

/// Numbers that decide what a tree holds.
struct Dice<'d>(std::iter::Cycle<std::slice::Iter<'d, u32>>);

const WORDS: &[&str] = &[
    "Press 1.",
    "no",
    "1",
    "007",
    "0x1F",
    "~",
    "null",
    "true",
    "# not a comment",
    "cards: yes",
    " ahead",
    "behind ",
    "two\nlines",
    "end\n",
    "\n\nbegin",
    "tab\there",
    "*",
    "&a",
    "!tag",
    "'",
    "\"",
    "- item",
    "Grüße, 日本語 😀",
    "{a}",
    "[b]",
    "\\n",
    "a #b",
    "%",
    "@",
    "`",
    "|",
    ">",
    "?",
    ":",
    "a:",
    "\u{7f}",
    "\u{85}x",
    "x\u{feff}",
    "1e3",
    "12:30:45",
    "-",
    "For sales, press 1. For a person, press 0.",
    "2026-11-23",
    "=",
    "\r\nx",
    "a\n b\n  c\n",
];
const NAMES: &[&str] = &[
    "main",
    "agents",
    "null",
    "true",
    "no",
    "sales-2",
    "größe",
    "x",
    "a-1-b",
    "step",
    "line-drops",
    "yes",
];
const KEYS: &[&str] = &["1", "2", "0", "*", "#", "12", "01", "X.", "N1", "9"];

impl Dice<'_> {
    fn below(&mut self, limit: u32) -> u32 {
        self.0.next().copied().unwrap_or(0) % limit
    }
    fn flip(&mut self) -> bool {
        self.below(2) == 1
    }
    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flip().then(|| make(self))
    }
    fn some<T>(&mut self, most: u32, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }
    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u32) as usize]
    }
    fn words(&mut self) -> String {
        match self.below(4) {
            0 => format!("{}{}", self.pick(WORDS), self.pick(WORDS)),
            _ => self.pick(WORDS).to_owned(),
        }
    }
    fn text(&mut self) -> Text {
        at(self.words())
    }
    fn distinct(&mut self, most: u32) -> Vec<Text> {
        let mut all = self.some(most, Self::words);
        all.sort();
        all.dedup();
        all.into_iter().map(at).collect()
    }
    fn pairs(&mut self) -> Vec<(Text, Text)> {
        self.distinct(2).into_iter().map(|name| (name, self.text())).collect()
    }
    fn millis(&mut self) -> Spanned<u64> {
        at(self.pick(&[0, 1, 999, 1000, 1500, 60_000, 5_400_000, 86_400_001, 7]))
    }
    fn some_millis(&mut self) -> Spanned<u64> {
        self.millis().map(|value| value.max(1))
    }
    fn share(&mut self) -> Spanned<Share> {
        let value = f64::from(self.below(1001)) / 10.0;
        at(if self.flip() {
            // So small that those of one whole never add to more than all.
            Share::Percent(value / 20.0)
        } else {
            Share::Weight(value)
        })
    }
    fn percentage(&mut self) -> Spanned<Share> {
        at(Share::Percent(f64::from(self.below(1001)) / 10.0))
    }
    fn to(&mut self) -> Target {
        Target::to(self.pick(NAMES), Span::default())
    }
    fn allow(&mut self) -> Vec<Allowance> {
        let rules = self.distinct(2);
        rules
            .into_iter()
            .map(|rule| Allowance {
                rule,
                reason: at("no harm: none".to_owned()),
            })
            .collect()
    }
    fn segment(&mut self) -> Segment {
        let language = self.maybe(|_| "es-US".to_owned());
        let lasts = self.maybe(|d| d.millis().value);
        let content = match self.below(5) {
            0 => return Segment::new(Span::default(), Content::Pause, Some(self.millis().value), None),
            1 => Content::Audio {
                file: self.words(),
                text: self.maybe(Self::words),
            },
            2 => Content::Value(self.words()),
            _ => Content::Text(self.words()),
        };
        Segment::new(Span::default(), content, lasts, language)
    }
    fn prompt(&mut self) -> Prompt {
        let mut segments = vec![self.segment()];
        segments.extend(self.some(2, Self::segment));
        Prompt::new(Span::default(), segments)
    }
    fn reprompts(&mut self) -> Reprompts {
        let no_input = self.some(2, Self::prompt);
        if self.flip() {
            return Reprompts {
                no_match: no_input.clone(),
                no_input,
                apart: false,
            };
        }
        Reprompts {
            no_input,
            no_match: self.some(2, Self::prompt),
            apart: true,
        }
    }
    fn attempts(&mut self) -> Spanned<Attempts> {
        let mut count = || self.below(100) + 1;
        let (a, b) = (count(), count());
        at(if a % 2 == 0 {
            Attempts::Together(a)
        } else {
            Attempts::Apart {
                no_input: a,
                no_match: b,
            }
        })
    }
    fn choice(&mut self, keys: Option<Spanned<Keys>>) -> Choice {
        let mut choice = Choice::plain(keys, self.to(), Span::default());
        if self.flip() {
            choice.label = self.maybe(Self::text);
            choice.says = self.some(2, Self::text);
            choice.share = self.maybe(Self::share);
            choice.role = self.maybe(|d| at(d.pick(&[Role::Repeat, Role::Back, Role::MainMenu, Role::Operator])));
            choice.announced = self.maybe(Self::flip);
            choice.sets = self.pairs();
        }
        choice
    }
    fn keys(&mut self) -> Vec<Choice> {
        let from = self.below(KEYS.len() as u32) as usize;
        let keys: Vec<_> = KEYS.iter().cycle().skip(from).take(self.below(4) as usize).collect();
        keys.into_iter()
            .map(|k| self.choice(Some(at(Keys::read(k).expect("keys")))))
            .collect()
    }
    fn spoken(&mut self) -> Vec<Choice> {
        self.some(3, |d| {
            let mut choice = d.choice(None);
            choice.says.insert(0, d.text());
            choice
        })
    }
    fn digits(&mut self) -> Spanned<Digits> {
        let min = self.below(10) + 1;
        let max = min + self.below(3);
        at(Digits { min, max })
    }
    fn kind(&mut self, tree: &PhoneTree) -> StepKind {
        match self.below(16) {
            0 => StepKind::Message {
                then: Some(self.to()),
                purpose: self
                    .maybe(|d| at(d.pick(&[Purpose::Greeting, Purpose::Notice, Purpose::Marketing, Purpose::Outage]))),
                barge_in: self.maybe(Self::flip),
            },
            1 => {
                let mut keys = self.keys();
                keys.extend(self.spoken());
                StepKind::Menu(Box::new(Menu {
                    keys,
                    attempts: self.maybe(Self::attempts),
                    reprompts: self.reprompts(),
                    timeout: self.maybe(Self::millis),
                    digits: self.maybe(Self::digits),
                    inter_digit: self.maybe(Self::millis),
                    no_input: self.maybe(Self::to),
                    no_match: self.maybe(Self::to),
                    barge_in: self.maybe(Self::flip),
                }))
            }
            2 => StepKind::Collect(Box::new(Collect {
                collects: Some(self.text()),
                digits: self.maybe(Self::digits),
                terminator: self.maybe(Self::text),
                source: self.maybe(|d| at(d.pick(&[DataSource::Memory, DataSource::Card, DataSource::Document]))),
                secret: self.flip(),
                speech_only: self.flip(),
                skip_if_known: self.flip(),
                accepted: self.maybe(Self::percentage),
                attempts: self.maybe(Self::attempts),
                reprompts: self.reprompts(),
                timeout: self.maybe(Self::millis),
                inter_digit: self.maybe(Self::millis),
                barge_in: self.maybe(Self::flip),
                keys: self.keys(),
                then: Some(self.to()),
                otherwise: self.maybe(Self::to),
                no_input: self.maybe(Self::to),
                no_match: self.maybe(Self::to),
            })),
            3 => StepKind::Hours {
                schedule: tree.schedules.first().map(|s| s.name.clone()),
                open: Some(self.to()),
                closed: Some(self.to()),
                holiday: self.maybe(Self::to),
                emergency: self.maybe(Self::to),
            },
            4 => {
                let cases: Vec<_> = self
                    .distinct(3)
                    .into_iter()
                    .map(|value| Case {
                        value,
                        to: self.to(),
                        share: self.maybe(Self::share),
                    })
                    .collect();
                let otherwise = if cases.is_empty() {
                    Some(self.to())
                } else {
                    self.maybe(Self::to)
                };
                StepKind::Decision {
                    on: Some(self.text()),
                    cases,
                    otherwise,
                }
            }
            5 => StepKind::SelfService {
                takes: self.maybe(Self::millis),
                succeeds: self.maybe(Self::percentage),
                effect: self.maybe(|d| at(d.pick(&[Effect::Reads, Effect::Changes, Effect::Pays, Effect::Cancels]))),
                confirmed: self.maybe(Self::flip),
                then: Some(self.to()),
                otherwise: self.maybe(Self::to),
            },
            6 => StepKind::Queue(Box::new(Queue {
                wait: self.maybe(Self::millis),
                pool: tree.pools.first().map(|p| p.name.clone()),
                announces: self.some(2, |d| d.pick(&[Announces::Position, Announces::ExpectedWait])),
                while_waiting: self.maybe(Self::to),
                message_every: self.maybe(Self::millis),
                keys: self.keys(),
                receives: self.some(2, Self::text),
                overflow: self.maybe(|d| Overflow {
                    after: d.maybe(Self::millis),
                    to: Some(d.to()),
                }),
                full: self.maybe(Self::to),
                closed: self.maybe(Self::to),
                otherwise: self.maybe(Self::to),
            })),
            7 => StepKind::Agent {
                receives: self.some(2, Self::text),
            },
            8 => StepKind::Transfer(Box::new(Transfer {
                number: self.maybe(Self::text),
                tree: self.maybe(Self::text),
                reaches: self.maybe(|d| at(d.pick(&[Reaches::Person, Reaches::PhoneTree, Reaches::Unknown]))),
                receives: self.some(2, Self::text),
                warm: self.maybe(Self::flip),
                rings: self.maybe(Self::millis),
                wait: self.maybe(Self::millis),
                busy: self.maybe(Self::to),
                unanswered: self.maybe(Self::to),
                then: self.maybe(Self::to),
            })),
            9 => StepKind::Voicemail {
                owner: self.maybe(Self::text),
                answered_within: self.maybe(Self::within),
                then: self.maybe(Self::to),
            },
            10 => StepKind::Callback {
                owner: self.maybe(Self::text),
                within: self.maybe(Self::within),
                then: self.maybe(Self::to),
            },
            11 => StepKind::HangUp {
                reason: self.maybe(|d| at(d.pick(&[Reason::Served, Reason::Closed, Reason::Error, Reason::Deflected]))),
            },
            12 => StepKind::Loop {
                counter: self.maybe(Self::text),
                times: Some(at(self.below(1001))),
                again: Some(self.to()),
                done: Some(self.to()),
            },
            13 => {
                let file = self.maybe(Self::text);
                let entry = if file.is_some() { self.text() } else { self.to().name };
                let exits = self.distinct(2).into_iter().map(|name| (name, self.to())).collect();
                StepKind::Subtree {
                    file,
                    entry: Some(entry),
                    entry_step: None,
                    exits,
                }
            }
            14 => StepKind::Return {
                exit: Some(self.text()),
            },
            _ => StepKind::Unknown,
        }
    }
    fn within(&mut self) -> Spanned<Within> {
        at(if self.flip() {
            Within::BusinessDays(self.below(5))
        } else {
            Within::Clock(self.millis().value)
        })
    }
    fn hours(&mut self) -> (u16, u16) {
        let start = self.below(96) as u16 * 15;
        let length = (self.below(95) as u16 + 1) * 15;
        (start, start + length)
    }
    fn week(&mut self) -> Week {
        if self.below(4) == 0 {
            return Week::always();
        }
        let mut week = Week::never();
        for _ in 0..self.below(6) {
            let day = self.below(7) as u8;
            week.add(day, self.hours());
        }
        week.normalise();
        week
    }
    fn call(&mut self) -> Call {
        let act = |d: &mut Self| {
            at(match d.below(6) {
                0 => Act::Press(Keys::read(d.pick(&["1", "*", "12"])).expect("keys")),
                1 => Act::Enter("0123#".to_owned()),
                2 => Act::Say("my bill: # please".to_owned()),
                3 => Act::Wait,
                4 => Act::Hold(d.millis().value),
                _ => Act::HangUp,
            })
        };
        let expect = [
            self.maybe(|d| Expectation::Reaches(d.to())),
            self.maybe(|d| Expectation::Within(d.millis().value)),
            self.maybe(|d| Expectation::AtMostPresses(d.below(1001))),
            self.maybe(|d| Expectation::Hears(d.words())),
        ];
        Call {
            span: Span::default(),
            name: self.maybe(Self::text),
            at: self.maybe(|_| at("2026-11-23T10:00".to_owned())),
            given: self.pairs(),
            does: self.some(3, act),
            expect: expect.into_iter().flatten().map(at).collect(),
        }
    }
    fn tree(&mut self) -> PhoneTree {
        let mut tree = PhoneTree {
            name: self.maybe(Self::text),
            line: self.maybe(Self::text),
            language: self.maybe(|d| at(d.pick(&["en-US", "de", "ja-JP"]).to_owned())),
            entry: Some(self.to()),
            everywhere: self.keys(),
            allow: self.allow(),
            ..PhoneTree::default()
        };
        tree.voice = Voice {
            words_per_minute: self.maybe(|d| at(40 + d.below(361))),
            pause_between_options: self.maybe(Self::millis),
        };
        for name in ["office", "night-2"].into_iter().take(self.below(3) as usize) {
            let date = |d: &mut Self| at(jiff::civil::date(2026, 1 + d.below(12) as i8, 1 + d.below(28) as i8));
            tree.schedules.push(Schedule {
                name: at(name.to_owned()),
                time_zone: self.maybe(|_| at("America/New_York".to_owned())),
                open: self.week(),
                closed_on: self.some(2, date),
                open_on: self.some(2, date),
            });
        }
        for name in ["bills", "null"].into_iter().take(self.below(3) as usize) {
            tree.callers.push(Intent {
                name: at(name.to_owned()),
                share: self.maybe(Self::share),
                served_by: self.some(2, Self::to),
                urgent: self.flip(),
            });
        }
        for days in [vec![0, 1, 2, 3, 4], vec![5], vec![6, 0], (0..7).collect()]
            .into_iter()
            .take(self.below(5) as usize)
        {
            let hours = self.below(1440) as u16;
            tree.arrivals.push(Arrival {
                days,
                minutes: (hours, hours + 30),
                per_hour: at(f64::from(self.below(999)) / 7.0),
            });
        }
        for name in ["care", "true"].into_iter().take(self.below(3) as usize) {
            let agents = self.maybe(|d| {
                let mut agents = Staffing::default();
                for _ in 0..d.below(6) {
                    let (day, hours, count) = (d.below(7) as u8, d.hours(), d.below(50));
                    let _ = agents.add(day, hours, count);
                }
                agents
            });
            tree.pools.push(Pool {
                name: at(name.to_owned()),
                agents,
                handle_time: self.maybe(Self::some_millis),
                patience: self.maybe(Self::some_millis),
            });
        }
        tree.calls = self.some(2, Self::call);
        tree.budgets = Budgets {
            seconds_to_human: self.maybe(Self::millis),
            menus_to_human: self.maybe(|d| at(d.below(1001))),
            repeated_prompts: self.maybe(|d| at(f64::from(d.below(100)) / 3.0)),
        };
        let from = self.below(NAMES.len() as u32) as usize;
        for name in NAMES.iter().cycle().skip(from).take(1 + self.below(6) as usize) {
            let kind = self.kind(&tree);
            let step = Step {
                name: at((*name).to_owned()),
                span: Span::default(),
                kind,
                prompt: self.maybe(Self::prompt),
                label: self.maybe(Self::text),
                sets: self.pairs(),
                error: self.maybe(Self::to),
                allow: self.allow(),
            };
            add(&mut tree, step);
        }
        tree.resolve();
        tree.listen();
        tree
    }
}

/// Numbers without an order that a tree could follow (Marsaglia 2003).
fn numbers(seed: u32) -> Vec<u32> {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state >> 3
    };
    (0..1500).map(next).collect()
}

fn at<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::default())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_is_written_is_read_back(seed in any::<u32>()) {
        let numbers = numbers(seed);
        let tree = Dice(numbers.iter().cycle()).tree();
        let text = write(&tree);
        let reading = read(&Source::new("tree.yaml", text.as_str()));
        prop_assert_eq!(&reading.problems, &[], "{}", text);
        prop_assert_eq!(reading.trees.len(), 1);
        for (read, step) in reading.trees[0].steps.iter().zip(&tree.steps) {
            prop_assert_eq!(read, step, "{}", text);
        }
        prop_assert_eq!(&reading.trees[0].schedules, &tree.schedules, "{}", text);
        prop_assert_eq!(&reading.trees[0].pools, &tree.pools, "{}", text);
        prop_assert_eq!(&reading.trees[0].calls, &tree.calls, "{}", text);
        prop_assert!(reading.trees[0] == tree, "{}", text);
        // A comment changes nothing.
        let commented = write_with(&tree, |step| Some(format!("block `{}`\nof\u{7} the original: yes", step.name.value)));
        let again = read(&Source::new("tree.yaml", commented.as_str()));
        prop_assert!(again.trees[0] == tree, "{}", commented);
    }
}

#[test]
fn every_kind_is_written() {
    let kinds: std::collections::BTreeSet<String> = (0..3000u32)
        .flat_map(|n| {
            let numbers = numbers(n);
            let text = write(&Dice(numbers.iter().cycle()).tree());
            text.lines()
                .filter_map(|line| line.strip_prefix("    kind: "))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    for kind in vocabulary::kind_names() {
        assert!(kinds.contains(kind), "{kind} is never generated");
    }
}

#[test]
fn names_become_kebab_case_each_for_itself() {
    let mut tree = PhoneTree {
        entry: Some(Target::to("Main Menu", Span::default())),
        ..PhoneTree::default()
    };
    let hang_up = |name: &str, label: Option<&str>| Step {
        name: at(name.to_owned()),
        span: Span::default(),
        kind: StepKind::Message {
            then: None,
            purpose: None,
            barge_in: None,
        },
        prompt: None,
        label: label.map(|label| at(label.to_owned())),
        sets: Vec::new(),
        error: None,
        allow: Vec::new(),
    };
    for (name, label) in [
        ("Main Menu", None),
        ("main-menu", None),
        ("***", None),
        ("55b5453f-2a2c-4500-bc5b-efdb1f64169c", Some("Play prompt 55b5453f")),
    ] {
        add(&mut tree, hang_up(name, label));
    }
    let reading = read(&Source::new("tree.yaml", write(&tree)));
    assert_eq!(reading.problems, []);
    let tree = &reading.trees[0];
    let names: Vec<_> = tree.steps.iter().map(|s| s.name.value.as_str()).collect();
    assert_eq!(
        names,
        ["main-menu-2", "main-menu", "step", "play-prompt-55b5453f", "line-drops"]
    );
    assert_eq!(
        tree.entry.as_ref().map(|e| (e.name.value.as_str(), e.step)),
        Some(("main-menu-2", Some(0)))
    );
    assert!(names.iter().all(|name| kebab_case(name) == *name));
    // Where the original leaves off, the line drops.
    assert!(matches!(&tree.steps[0].kind, StepKind::Message { then: Some(then), .. } if then.step == Some(4)));
}

#[test]
fn it_reads_well() {
    let text = "phone-tree: 1\nname: Northwind\nentry: main\nschedules:\n  office:\n    open:\n      mon-fri:\n      - 08:00-12:00\n      - 13:00-20:00\n      sat: 09:00-13:00\nsteps:\n  main:\n    kind: menu\n    prompt: For balances, press 1.\n    keys:\n      1: bye\n      '*':\n        to: main\n        role: repeat\n\n  bye:\n    kind: hang-up\n    reason: served\n";
    let reading = read(&Source::new("tree.yaml", text));
    assert_eq!(reading.problems, []);
    assert_eq!(write(&reading.trees[0]), text);
}
