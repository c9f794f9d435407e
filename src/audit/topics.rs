//! What options are for, as their words tell.

use super::Audit;
use crate::document::tree::{Choice, Role, Step};

/// Words of buying.
pub const BUYS: &[&str] = &[
    "sales",
    "buy",
    "purchase",
    "quote",
    "quotes",
    "upgrade",
    "verkauf",
    "vertrieb",
    "kaufen",
    "neukunden",
    "ventes",
    "acheter",
    "souscrire",
    "vendite",
    "acquistare",
    "vendas",
    "comprar",
    "contratar",
    "ventas",
];

/// Words of complaining.
pub const COMPLAINS: &[&str] = &[
    "complaint",
    "complaints",
    "complain",
    "beschwerde",
    "beschwerden",
    "reklamation",
    "réclamation",
    "réclamations",
    "reclamo",
    "reclami",
    "reclamação",
    "reclamações",
    "queja",
    "quejas",
    "reclamación",
    "reclamaciones",
];

/// Words of cancelling.
pub const CANCELS: &[&str] = &[
    "cancel",
    "cancellation",
    "cancellations",
    "kündigen",
    "kündigung",
    "résilier",
    "résiliation",
    "disdetta",
    "cancelamento",
    "cancelar",
    "baja",
    "cancelación",
];

/// Words for whatever no other option names.
pub const ANYTHING_ELSE: &[&str] = &[
    "other",
    "others",
    "else",
    "anything",
    "general",
    "anderes",
    "andere",
    "anderen",
    "sonstiges",
    "sonstige",
    "übrigen",
    "allgemeine",
    "autre",
    "autres",
    "otro",
    "otra",
    "otros",
    "otras",
    "demás",
    "outro",
    "outra",
    "outros",
    "outras",
    "demais",
    "altro",
    "altra",
    "altri",
    "altre",
];

/// Words for hearing the same again.
const AGAIN: &[&str] = &[
    "repeat",
    "again",
    "replay",
    "wiederholen",
    "nochmals",
    "erneut",
    "répéter",
    "réécouter",
    "repetir",
    "ripetere",
    "riascoltare",
];

/// Words for going back.
const BACK: &[&str] = &[
    "back",
    "previous",
    "return",
    "zurück",
    "vorherigen",
    "vorheriges",
    "retour",
    "revenir",
    "retourner",
    "précédent",
    "volver",
    "regresar",
    "anterior",
    "atrás",
    "voltar",
    "indietro",
    "tornare",
    "precedente",
];

/// Words for the menu that the call began with.
const MENU: &[&str] = &[
    "menu",
    "menú",
    "menü",
    "hauptmenü",
    "beginning",
    "start",
    "restart",
    "options",
    "anfang",
    "début",
    "inicio",
    "início",
    "inizio",
];

/// Whether a text has a word of some lists in small letters, whatever its own are; linear in both.
#[must_use]
pub fn has(text: &str, lists: &[&[&str]]) -> bool {
    // Small letters of these languages are as long as great ones, so that most words differ in length already.
    let same = |word: &str, wanted: &str| {
        word.len() == wanted.len() && word.chars().flat_map(char::to_lowercase).eq(wanted.chars())
    };
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| lists.iter().copied().flatten().any(|wanted| same(word, wanted)))
}

/// Whether words say that what was heard is heard again, that the caller goes back, or makes an entry anew.
#[must_use]
pub fn goes_back(label: &str) -> bool {
    has(label, &[AGAIN, BACK, MENU, &["reenter"]]) || label.to_lowercase().contains("re-enter")
}

impl Audit<'_> {
    /// What an option of a menu or collect step is for, in words: its label, or what the first prompt says of it.
    #[must_use]
    pub fn label<'a>(&'a self, node: u32, choice: &'a Choice) -> Option<&'a str> {
        let announced = || self.graph.hearings(node).first()?.announces(choice);
        match &choice.label {
            Some(label) => Some(label.value.as_str()),
            None => announced().map(|option| option.label).filter(|label| !label.is_empty()),
        }
    }

    /// The role of an option of a menu: as declared, or as it shows in where the option leads with what it is called.
    #[must_use]
    pub fn role_of(&self, (node, step): (u32, &Step), choice: &Choice, to: u32) -> Option<Role> {
        if let Some(role) = choice.role {
            return Some(role.value);
        }
        if self.comes_round(step, choice) {
            return Some(Role::Repeat);
        }
        let label = self.label(node, choice)?;
        if has(label, &[AGAIN]) && self.leads_round(step, choice, true) {
            return Some(Role::Repeat);
        }
        let before = self.menus_before()?;
        let (there, here) = (before.count(to)?, before.count(node)?);
        match () {
            () if there >= here => None,
            // A menu that others come before is not the main one, whatever else it is called.
            () if there == 0 && has(label, &[MENU]) => Some(Role::MainMenu),
            () if has(label, &[MENU, BACK]) => Some(Role::Back),
            () => None,
        }
    }
}
