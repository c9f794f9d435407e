//! The wording of menus in English.

use super::lexicon::{Class, Language};
use std::sync::OnceLock;

/// English as it is heard in menus of other languages: "for English, press two".
pub(super) static ABROAD: [(Class, &str); 12] = [
    (Class::Press, "press"),
    (Class::Dial, "dial"),
    (Class::Opener, "for"),
    (Class::Digit(1), "one"),
    (Class::Digit(2), "two"),
    (Class::Digit(3), "three"),
    (Class::Digit(4), "four"),
    (Class::Digit(5), "five"),
    (Class::Digit(7), "seven"),
    (Class::Digit(8), "eight"),
    (Class::Digit(9), "nine"),
    (Class::Star, "star"),
];

pub(super) static ENGLISH: Language = Language {
    codes: &["en"],
    words: &[
        (Class::Press, "press enter push"),
        (Class::Dial, "dial hit"),
        (Class::Choose, "select choose touch tap pick punch"),
        (Class::Option, "option key"),
        (Class::Say, "say speak"),
        (Class::Digit(0), "zero oh"),
        (Class::Digit(1), "one"),
        (Class::Digit(2), "two"),
        (Class::Digit(3), "three"),
        (Class::Digit(4), "four"),
        (Class::Digit(5), "five"),
        (Class::Digit(6), "six"),
        (Class::Digit(7), "seven"),
        (Class::Digit(8), "eight"),
        (Class::Digit(9), "nine"),
        (Class::Digit(10), "ten"),
        (Class::Digit(11), "eleven"),
        (Class::Digit(12), "twelve"),
        (Class::Star, "star asterisk"),
        (Class::Hash, "pound hash hashtag octothorpe"),
        (Class::Sign, "sign"),
        (Class::Key, "button number"),
        (Class::The, "the a"),
        (Class::Lead, "please just simply you can may could also kindly"),
        (Class::Opener, "for to if"),
        (Class::Or, "or"),
        (Class::And, "and"),
        (Class::Then, "then by with"),
        (
            Class::Unit,
            "digit digits numbers characters letters hour hours minute minutes second seconds day days week weeks \
             month months year years time times of more percent dollars am pm oclock keys options",
        ),
        (Class::Range, "through thru until"),
        (Class::Not, "not dont never without cannot cant didnt"),
        (Class::Past, "selected chosen chose pressed entered invalid"),
        (Class::Be, "is was isnt are has"),
        (Class::Done, "finished done complete completed finish end"),
        (Class::Else, "otherwise stay remain hold wait"),
        (
            Class::Deny,
            "any your my our his her their its it this that these those what which how who us me them an after into out \
             clearly slowly some things something anything like",
        ),
        (Class::Now, "now again anytime"),
        (Class::Example, "example instance calling"),
    ],
    guests: &[
        (Class::Press, "oprima presione pulse digite appuyez tapez"),
        (Class::Dial, "marque composez faites"),
        (Class::Digit(0), "cero zéro"),
        (Class::Digit(1), "uno un"),
        (Class::Digit(2), "dos deux"),
        (Class::Digit(3), "tres trois"),
        (Class::Digit(4), "cuatro quatre"),
        (Class::Digit(5), "cinco cinq"),
        (Class::Digit(6), "seis"),
        (Class::Digit(7), "siete sept"),
        (Class::Digit(8), "ocho huit"),
        (Class::Digit(9), "nueve neuf"),
        (Class::Star, "asterisco estrella étoile"),
        (Class::Hash, "numeral almohadilla dièse"),
        (Class::Key, "número numéro tecla touche"),
        (Class::The, "el la le sur"),
        (Class::Opener, "para pour"),
    ],
    persons: "agent agents representative representatives rep reps operator operators person human someone somebody \
              anyone adviser advisers advisor advisors specialist specialists associate associates attendant \
              attendants receptionist receptionists consultant consultants staff counselor counselors counsellor \
              counsellors clerk nurse banker pharmacist dispatcher people",
    elides: false,
    verb_last: false,
    lexicon: OnceLock::new(),
};
