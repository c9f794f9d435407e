//! Phrases in French.

use super::pattern::Part::{Dials, Enables, Excuses, Invites, Nothing, Site, Whole};
use super::{Table, Topic};

pub(super) static FRENCH: Table = Table {
    codes: &["fr"],
    patterns: &[
        (
            Whole(Topic::OptionsChanged),
            &[
                "écoutez|écouter attentivement|soigneusement|bien les|nos|toutes options|choix|nos|les? options|choix?",
                "écoutez|écouter attentivement|soigneusement car|.",
                "nos|les options du|de? notre? menu? ont récemment|été? récemment? changé|évolué|modifiées|actualisées",
                "notre|le menu vocal|téléphonique a récemment|été? récemment? changé|évolué|modifié|actualisé",
                "notre menu d options a récemment|été? récemment? changé|évolué|modifié|actualisé",
                "notre menu a récemment changé|évolué",
                "nous avons récemment? modifié|changé notre|nos|le|les menu|options",
            ],
        ),
        (
            Whole(Topic::Courtesy),
            &[
                "votre appel est très? important pour nous",
                "merci de|pour votre patience|compréhension|fidélité",
                "nous vous? remercions de|pour votre patience|compréhension|fidélité",
                "veuillez nous excuser pour|de l|la|ce|le|cette|ces|les attente|retard|gêne|désagrément|désagréments|délai",
                "nous nous excusons pour|de l|la|ce|le|cette|ces|les attente|retard|gêne|désagrément|désagréments|délai",
                "nous sommes désolés|navrés de|pour l|la|ce|le|cette|vous attente|retard|gêne|faire délai|attendre|patienter?",
                "nous vous prions de nous? excuser",
                "nous apprécions votre patience|fidélité|confiance|appel",
            ],
        ),
        (
            Whole(Topic::Promotion),
            &[
                "offre|offres spéciale|spéciales|exclusive|exclusives|promotionnelle|promotionnelles|exceptionnelle|exceptionnelles",
                "durée limitée",
                "économisez jusqu|plus",
                "profitez de|d|dès",
                "découvrez nos|notre|la|le nouvelle|nouvelles|nouveau|nouveaux|nouvel|offres|offre|forfaits|gamme|promotions",
                "ne manquez pas",
                "# pour cent de réduction|remise|rabais",
                "pour cent de réduction|remise|rabais",
                "tentez de gagner",
            ],
        ),
        (
            Nothing,
            &[
                "si vous appelez|pouvez|composez",
                "nous vous appellerons|rappellerons|contacterons",
            ],
        ),
        (
            Invites,
            &[
                "visitez|consultez|téléchargez|utilisez|allez|accédez|retrouvez",
                "rendez|connectez vous",
                "vous rendre|connecter",
                "saviez vous",
                "disponible|disponibles",
            ],
        ),
        (Enables, &["vous pouvez|pourrez|trouverez", "pouvez|pourrez vous"]),
        (
            Site,
            &[
                "notre site internet|web?",
                "le site internet|web",
                "site internet|web",
                "notre|votre|l nouvelle? application|appli",
                "notre|votre espace client|abonné|adhérent|personnel",
                "www",
                "point com|fr|org|ca|be|ch|net",
            ],
        ),
        (
            Dials,
            &[
                "appelez|composez|téléphonez|contactez|joignez le|au|nous|notre|directement",
                "appelez|composez|téléphonez #",
                "veuillez appeler|rappeler|composer|contacter|téléphoner|joindre",
                "raccrochez et appelez|composez",
                "vous pouvez|devez également|aussi? nous? appeler|composer|contacter|joindre",
                "nous joindre|contacter",
            ],
        ),
        (
            Excuses,
            &[
                "urgence|urgences|étranger|international|confidentialité|panne|enregistré|enregistrée|enregistrés",
                "mot de passe",
                "problème|problèmes de|avec|sur|d",
                "indisponible",
                "courriel|mail|email",
                "sourds|malentendants|malentendantes",
            ],
        ),
        (
            Whole(Topic::LegalNotice),
            &[
                "appel|appels|conversation|conversations|communication|communications est|sont|peut|peuvent|pourra|pourront|pourrait|sera|seront être|susceptible|susceptibles|d? être|d? être? enregistré|enregistrés|enregistrée|enregistrées|écouté|écoutés",
                "à des fins de|d qualité|formation|contrôle|amélioration|sécurité",
                "politique de confidentialité|protection",
                "protection des|de vos? données",
                "données personnelles",
                "données à caractère personnel",
                "conditions générales",
            ],
        ),
        (
            Whole(Topic::Jargon),
            &[
                "nonobstant|susmentionné|susmentionnée|susvisé|susvisée|afférent|afférente|afférents|afférentes",
                "en vertu de",
                "eu égard à|au",
                "svi|dtmf|msisdn|imei",
            ],
        ),
    ],
};
