//! Two options of a menu say nearly the same.
//!
//! ## What
//! Options of one menu that lead to different steps, and whose announced words are the same once words such as "for",
//! "questions" and "service" and the endings of plurals are left out.
//!
//! ## Why
//! A caller who hears "billing questions" and "billing support" has to guess, and whoever guesses wrong calls twice. The
//! ACIxD wiki ("Phrasing menu options") calls clear and distinct options the single most important rule; the W3C's note on
//! cognitive accessibility warns of menus in which billing, accounts and sales cannot be told apart.
//!
//! ## Bad
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: For billing questions, press 1. For billing support, press 2.
//!     keys: {1: bills, 2: desk}
//!     no-input: desk
//!     no-match: desk
//!   bills: {kind: agent}
//!   desk: {kind: agent}
//! ```
//!
//! ## Good
//! ```yaml
//! phone-tree: 1
//! entry: main
//! steps:
//!   main:
//!     kind: menu
//!     prompt: To pay a bill, press 1. If a bill looks wrong, press 2.
//!     keys: {1: bills, 2: desk}
//!     no-input: desk
//!     no-match: desk
//!   bills: {kind: agent}
//!   desk: {kind: agent}
//! ```
//!
//! ## Fix
//! Name in each what only it does, or make one option of the two.
//!
//! ## Limits
//! Only the words are compared, not what they mean: "bills" and "invoices" are two things here. A prompt whose words are
//! not known is passed over.
//!
//! ## Source
//! ACIxD wiki, "Phrasing menu options"; W3C, Making Content Usable for People with Cognitive and Learning Disabilities
//! (2021), "Let users avoid navigating voice menus".

use super::{on_one_line, selects};
use crate::audit::Audit;
use crate::audit::spoken::{Phrase, phrases};
use crate::document::tree::{Choice, Step};
use crate::finding::{Confidence, Finding};
use crate::rules::{Report, Rule};
use crate::settings::Severity;
use std::sync::LazyLock;

/// The rule.
pub const RULE: Rule = Rule {
    name: "labels-indistinct",
    text: include_str!("labels_indistinct.rs"),
    severity: Severity::Info,
    confidence: Confidence::Heuristic,
    limit: None,
    limit_source: "",
    check,
};

/// Words that tell no option from another, in small letters: English, Spanish, German, French and Portuguese.
const COMMON: &str = "a about all an and any are as at be by calling concerning department enquiries enquiry for from \
    help i if in information inquiries inquiry is issue issues matter matters of office on option or other our please \
    question questions regarding related request requests service services support team that the this to us want with \
    would like you your assistance speak talk \
    al ayuda con consulta consultas de del desea el en información la las lo los o para pregunta preguntas por \
    referente relacionadas relacionados servicio servicios si sobre su una un usted y atención soporte \
    anliegen anfrage anfragen bei das dem den der die ein eine einen frage fragen für fuer hilfe ihr ihre ihren ihrem \
    informationen sie sich und um über wegen wenn wünschen zu zum zur haben möchten oder abteilung \
    à au aux aide avec ce ces des du et les leur ou pour renseignement renseignements sur un une vos votre vous \
    assistance équipe concernant toute toutes \
    ajuda ao aos às com da das do dos dúvida dúvidas e em informações na no o os as para pedido pergunta perguntas \
    relativas se serviço serviços seu sua um uma atendimento suporte";

/// The common words as they are compared, in order.
static COMMON_WORDS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut words: Vec<u64> = COMMON.split_whitespace().map(number_of).collect();
    words.sort_unstable();
    words
});

fn check(audit: &Audit<'_>, report: &mut Report<'_>) {
    let mut options: Vec<(u64, usize, Phrase<'_>)> = Vec::new();
    for &(node, step) in audit.menus() {
        options.clear();
        let heard = step
            .prompt
            .iter()
            .flat_map(phrases)
            .filter(|phrase| !phrase.key().is_empty());
        options.extend(
            heard
                .enumerate()
                .map(|(at, phrase)| (content(phrase.label()), at, phrase)),
        );
        options.sort_unstable_by_key(|(content, at, _)| (*content, *at));
        // Words of no content tell nothing of what is meant.
        let alike = options.iter().zip(options.iter().skip(1));
        let alike = alike.filter(|((one, ..), (other, ..))| one == other && *one != 0);
        for ((_, _, one), (_, _, other)) in alike {
            if one.key() == other.key() || audit.is_language_menu(node) {
                continue;
            }
            let (Some(first), Some(second)) = (service(audit, step, one), service(audit, step, other)) else {
                continue;
            };
            if first.to.name.value == second.to.name.value {
                continue;
            }
            let message = format!(
                "\"{}\" and \"{}\" in `{}` can hardly be told apart",
                on_one_line(one.label()),
                on_one_line(other.label()),
                step.shown()
            );
            report.say(
                Finding::new(other.at(audit, step), message)
                    .label(format!("leads to `{}`", second.to.name.value))
                    .note("callers have to guess which of the two they need, and the wrong guess costs a second call")
                    .help(format!(
                        "name in options {} and {} what only they do, or make one option of them",
                        one.key(),
                        other.key()
                    ))
                    .related(one.at(audit, step), format!("leads to `{}`", first.to.name.value)),
            );
        }
    }
}

/// The option of a menu that an announcement is of, if it leads to a service.
fn service<'t>(audit: &Audit<'_>, step: &'t Step, phrase: &Phrase<'_>) -> Option<&'t Choice> {
    let choice = step.choices().iter().find(|choice| selects(choice, phrase.key()))?;
    audit.is_service(step, choice).then_some(choice)
}

/// What the words of a label amount to, in whatever order; 0 where they are all common.
fn content(label: &str) -> u64 {
    let words = label
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let numbers = words
        .map(number_of)
        .filter(|word| COMMON_WORDS.binary_search(word).is_err());
    numbers.fold(0, u64::wrapping_add)
}

/// A word as a number, without regard to case or to the `s` of a plural: G. Fowler, L. Noll and P. Vo's hash 1a.
fn number_of(word: &str) -> u64 {
    let singular = word
        .strip_suffix(['s', 'S'])
        .filter(|singular| singular.len() > 2)
        .unwrap_or(word);
    let mix = |sum: u64, letter: u32| (sum ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3);
    let letters = singular.chars().flat_map(char::to_lowercase);
    letters.fold(0xcbf2_9ce4_8422_2325, |sum, letter| mix(sum, u32::from(letter)))
}
