//! Changes to a tree and what they must do to its depths: nothing, or only shorten them.

mod common;

use common::{Choice, Kind, Sketch, graph_of, in_each_world, plain_sketches, read_clean, sketches};
use presszero::audit::Portfolio;
use presszero::audit::figures::figures;
use presszero::document::tree::PhoneTree;
use presszero::graph::pace::Pace;
use presszero::measure::depth::{Search, Sort, Unit};
use presszero::source::Source;
use proptest::prelude::*;

/// In every world, the depths from every step in menus and keys, announced and offered.
fn depths(tree: &PhoneTree, steps: usize) -> Vec<Vec<Option<u64>>> {
    let graph = graph_of(tree);
    let mut out = Vec::new();
    in_each_world(&graph, |_, scope| {
        let search = Search::new(scope, None);
        for sort in [Sort::Announced, Sort::Possible] {
            let found = [
                search.reached(sort, Unit::Menus, false),
                search.reached(sort, Unit::Keys, false),
                search.offered(Sort::Announced, Unit::Menus, false),
            ];
            out.extend(found.map(|found| {
                (0..steps)
                    .map(|step| found.cost(u32::try_from(step).unwrap_or(0)))
                    .collect()
            }));
        }
    });
    out
}

/// No way is no shorter than any.
fn is_shorter(a: Option<u64>, b: Option<u64>) -> bool {
    a.unwrap_or(u64::MAX) < b.unwrap_or(u64::MAX)
}

/// The tree with an announced way to a person of its own at one of its menus, and the tree without it.
fn with_and_without(sketch: &Sketch, pick: prop::sample::Index) -> Option<(Sketch, Sketch)> {
    let menus: Vec<usize> = (0..sketch.steps.len())
        .filter(|at| matches!(sketch.steps[*at], Kind::Menu(_)))
        .collect();
    let at = *menus.get(pick.index(menus.len().max(1)))?;
    let mut without = sketch.clone();
    without.steps.push(Kind::Agent);
    let agent = without.steps.len() - 1;
    let mut with = without.clone();
    let (Kind::Menu(menu), Kind::Menu(more)) = (&mut without.steps[at], &mut with.steps[at]) else {
        return None;
    };
    menu.choices.retain(|choice| choice.key != '9');
    more.choices.retain(|choice| choice.key != '9');
    more.choices.push(Choice {
        key: '9',
        to: agent,
        announced: true,
        role: None,
    });
    if menu.choices.is_empty() {
        menu.choices.push(Choice {
            key: '8',
            to: at,
            announced: true,
            role: None,
        });
        more.choices.push(Choice {
            key: '8',
            to: at,
            announced: true,
            role: None,
        });
    }
    Some((with, without))
}

fn all_figures(text: &str) -> String {
    let mut portfolio = Portfolio::default();
    let source = Source::new("test.yaml", text);
    let trees = presszero::document::read(&source).trees;
    portfolio.add(source, "presszero", trees);
    let audit = portfolio.audit(0, Pace::default()).expect("the first tree");
    format!("{:#?}", figures(&audit))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_further_announced_way_to_a_person_lengthens_nothing(
        sketch in plain_sketches(8),
        pick in any::<prop::sample::Index>(),
    ) {
        let Some((with, without)) = with_and_without(&sketch, pick) else { return Ok(()) };
        let count = sketch.steps.len();
        let (more, less) = (depths(&read_clean(&with.yaml()), count), depths(&read_clean(&without.yaml()), count));
        prop_assert_eq!(more.len(), less.len());
        for (more, less) in more.iter().flatten().zip(less.iter().flatten()) {
            prop_assert!(!is_shorter(*less, *more), "{more:?} with the further way, {less:?} without it");
        }
    }

    #[test]
    fn an_option_taken_away_shortens_nothing(sketch in plain_sketches(8), pick in any::<prop::sample::Index>()) {
        let mut less = sketch.clone();
        let options: Vec<(usize, usize)> = (0..sketch.steps.len())
            .flat_map(|at| match &sketch.steps[at] {
                Kind::Menu(menu) if menu.choices.len() > 1 => (0..menu.choices.len()).map(|c| (at, c)).collect(),
                _ => Vec::new(),
            })
            .collect();
        if options.is_empty() {
            return Ok(());
        }
        let (at, choice) = options[pick.index(options.len())];
        if let Kind::Menu(menu) = &mut less.steps[at] {
            menu.choices.remove(choice);
        }
        let count = sketch.steps.len();
        let (full, less) = (depths(&read_clean(&sketch.yaml()), count), depths(&read_clean(&less.yaml()), count));
        for (full, less) in full.iter().flatten().zip(less.iter().flatten()) {
            prop_assert!(!is_shorter(*less, *full), "{less:?} without the option, {full:?} with it");
        }
    }

    #[test]
    fn other_names_of_steps_change_no_figure(sketch in sketches(8)) {
        let (here, there) = (all_figures(&sketch.yaml()), all_figures(&sketch.yaml_named("place")));
        prop_assert_eq!(here.replace("step-", "place-"), there);
    }

    #[test]
    fn a_message_told_in_two_takes_as_long(words in prop::collection::vec("[a-z]{2,8}", 2..40), cut in any::<prop::sample::Index>()) {
        let cut = 1 + cut.index(words.len() - 1);
        let message = |name: &str, words: &[String], then: &str| {
            format!("  {name}: {{kind: message, prompt: \"{}\", then: {then}}}\n", words.join(" "))
        };
        let head = "phone-tree: 1\nentry: a\nsteps:\n  q: {kind: agent}\n";
        let whole = format!("{head}{}", message("a", &words, "q"));
        let split = format!("{head}{}{}", message("a", &words[..cut], "b"), message("b", &words[cut..], "q"));
        let ms = |text: &str| {
            let tree = read_clean(text);
            let graph = graph_of(&tree);
            let mut found = None;
            in_each_world(&graph, |_, scope| {
                found = graph.entry.and_then(|entry| {
                    Search::new(scope, None).reached(Sort::Announced, Unit::Seconds, false).cost(entry)
                });
            });
            found.expect("an agent follows")
        };
        prop_assert!(ms(&whole).abs_diff(ms(&split)) <= 1, "{} and {}", ms(&whole), ms(&split));
    }
}
