//! The wording of menus in French.

use super::english::ABROAD;
use super::lexicon::{Class, Language};
use std::sync::OnceLock;

pub(super) static FRENCH: Language = Language {
    codes: &["fr"],
    words: &[
        (
            Class::Press,
            "appuyez appuyer tapez taper pressez saisissez entrez enfoncez",
        ),
        (Class::Dial, "composez composer faites"),
        (Class::Choose, "choisissez sélectionnez"),
        (Class::Option, "touche option"),
        (Class::Say, "dites prononcez"),
        (Class::Digit(0), "zéro"),
        (Class::One, "un"),
        (Class::Digit(2), "deux"),
        (Class::Digit(3), "trois"),
        (Class::Digit(4), "quatre"),
        (Class::Digit(5), "cinq"),
        (Class::Digit(6), "six"),
        (Class::Digit(7), "sept"),
        (Class::Digit(8), "huit"),
        (Class::Digit(9), "neuf"),
        (Class::Digit(10), "dix"),
        (Class::Digit(11), "onze"),
        (Class::Digit(12), "douze"),
        (Class::Star, "étoile astérisque"),
        (Class::Hash, "dièse carré"),
        (Class::Key, "numéro chiffre bouton"),
        (Class::The, "le la les l sur de du"),
        (Class::Lead, "vous pouvez veuillez également aussi simplement"),
        (Class::Opener, "pour si afin"),
        (Class::Or, "ou"),
        (Class::And, "et"),
        (Class::Then, "puis suivi suivie ensuite"),
        (
            Class::Unit,
            "chiffres numéros caractères lettres heure heures minute minutes seconde secondes jour jours semaine \
             semaines mois an ans année années fois euros touches options",
        ),
        (Class::Range, "à jusqua"),
        (Class::Not, "ne pas sans jamais"),
        (Class::Past, "choisi sélectionné tapé composé"),
        (Class::Be, "est sont"),
        (Class::Done, "terminer terminé fini valider"),
        (Class::Else, "sinon restez patientez attendez"),
        (
            Class::Deny,
            "votre vos notre nos une importe quelle quel toute ce cette mon nous que moi",
        ),
        (Class::Now, "maintenant"),
        (Class::Example, "exemple"),
    ],
    guests: &ABROAD,
    persons: "agent agents conseiller conseillers conseillere operateur operatrice operateurs representant \
              representante representants personne quelquun humain specialiste interlocuteur teleconseiller \
              receptionniste collaborateur standardiste",
    elides: true,
    verb_last: false,
    lexicon: OnceLock::new(),
};
