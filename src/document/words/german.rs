//! The wording of menus in German.

use super::english::ABROAD;
use super::lexicon::{Class, Language};
use std::sync::OnceLock;

pub(super) static GERMAN: Language = Language {
    codes: &["de"],
    words: &[
        (Class::Press, "drücken druecken drücke drueck drück betätigen eingeben"),
        (Class::Dial, "wählen waehlen wähle"),
        (Class::Choose, "tippen geben tasten"),
        (Class::Option, "taste option"),
        (Class::Say, "sagen sage sprechen"),
        (Class::Digit(0), "null"),
        (Class::Digit(1), "eins"),
        (Class::Digit(2), "zwei zwo"),
        (Class::Digit(3), "drei"),
        (Class::Digit(4), "vier"),
        (Class::Digit(5), "fünf fuenf"),
        (Class::Digit(6), "sechs"),
        (Class::Digit(7), "sieben"),
        (Class::Digit(8), "acht"),
        (Class::Digit(9), "neun"),
        (Class::Digit(10), "zehn"),
        (Class::Digit(11), "elf"),
        (Class::Digit(12), "zwölf zwoelf"),
        (Class::Star, "stern sterntaste sternchen sternchentaste"),
        (Class::Hash, "raute rautetaste rautezeichen doppelkreuz gartenzaun"),
        (Class::Key, "nummer ziffer zahl"),
        (Class::The, "die der den das auf mit"),
        (Class::Lead, "bitte sie einfach können auch"),
        (
            Class::Opener,
            "für fuer um wenn falls zum zur bei sollten möchten wollen",
        ),
        (Class::Or, "oder beziehungsweise"),
        (Class::And, "und"),
        (Class::Then, "dann danach gefolgt anschließend"),
        (
            Class::Unit,
            "stellen ziffern zahlen zeichen buchstaben uhr stunde stunden minute minuten sekunde sekunden tag tage \
             tagen woche wochen monat monate jahre mal euro prozent stellige stelligen tasten",
        ),
        (Class::Range, "bis"),
        (Class::Not, "nicht nie ohne kein keine"),
        (Class::Past, "gewählt gedrückt ausgewählt"),
        (Class::Be, "ist sind wurde"),
        (Class::Done, "fertig beenden abschließen abschluss bestätigen beendet"),
        (Class::Else, "ansonsten andernfalls bleiben warten"),
        (
            Class::Deny,
            "ihre ihren ihr eine einen ein beliebige uns mir es nach was wie dass",
        ),
        (Class::Now, "jetzt nun erneut"),
        (Class::Example, "beispiel"),
    ],
    guests: &ABROAD,
    persons: "~mitarbeiter ~mitarbeitend ~berater ~betreuer ~sachbearbeiter ~ansprechpartner ~mensch person \
              personlich personen jemand jemandem jemanden agent agenten agentin operator ~kollege kollegin kollegen \
              experte experten vermittlung",
    elides: false,
    verb_last: true,
    lexicon: OnceLock::new(),
};
