//! Phrases in German.

use super::pattern::Part::{Dials, Enables, Excuses, Invites, Nothing, Site, Whole};
use super::{Table, Topic};

pub(super) static GERMAN: Table = Table {
    codes: &["de"],
    patterns: &[
        (
            Whole(Topic::OptionsChanged),
            &[
                "hören sie bitte? genau|aufmerksam|gut zu",
                "hören sie sich bitte? die|alle|unsere folgenden|neuen? optionen|menüpunkte|auswahlmöglichkeiten|menüoptionen bitte? genau|aufmerksam|gut an",
                "sich unser|unsere|das|die menü|menüauswahl|menüoptionen|auswahlmenü|auswahlmöglichkeiten|optionen|telefonmenü|menüpunkte kürzlich|neulich? geändert|verändert",
                "unser|unsere|das|die menü|menüauswahl|menüoptionen|auswahlmenü|auswahlmöglichkeiten|optionen|telefonmenü|menüpunkte hat|haben sich kürzlich|neulich? geändert|verändert",
                "wir haben unser|unsere menü|menüauswahl|menüoptionen|auswahlmenü|auswahlmöglichkeiten|telefonmenü kürzlich|neulich? geändert|überarbeitet|aktualisiert",
            ],
        ),
        (
            Whole(Topic::Courtesy),
            &[
                "ihr anruf ist uns sehr? wichtig",
                "ihr anruf ist sehr? wichtig für uns",
                "vielen|herzlichen|besten dank für ihre|ihr geduld|verständnis",
                "danke für ihre|ihr geduld|verständnis",
                "wir danken ihnen? für ihre|ihr geduld|verständnis",
                "wir bitten sie? um ihre|ihr|etwas geduld|verständnis",
                "wir bitten sie|um? die|entschuldigung|längere? wartezeit|verzögerung|unannehmlichkeiten zu entschuldigen",
                "entschuldigen sie bitte? die lange|längere? wartezeit|verzögerung|unannehmlichkeiten",
                "wir schätzen ihr|ihre|ihren anruf|vertrauen|geduld",
                "tut uns leid dass sie warten",
            ],
        ),
        (
            Whole(Topic::Promotion),
            &[
                "sparen|spare sie? jetzt? bis zu",
                "sonderangebot|sonderangebote|aktionsangebot|aktionsangebote|rabattaktion|rabattaktionen",
                "nur für kurze zeit",
                "für begrenzte zeit",
                "jetzt bestellen|wechseln|buchen|abschließen",
                "sichern sie sich",
                "entdecken sie unsere|unser|unseren|das|die|den neue|neuen|neues|aktuellen|exklusiven",
                "fragen sie uns|auch? nach unseren|unserem|unserer",
                "# prozent rabatt|günstiger|sparen",
                "prozent rabatt",
                "gewinnen sie",
                "neukunden erhalten|sparen|bekommen",
                "profitieren sie",
            ],
        ),
        (
            Nothing,
            &[
                "wir rufen sie",
                "wenn|falls sie können|anrufen",
                "rufen wir sie",
                "wählen sie bitte? #",
            ],
        ),
        (
            Invites,
            &[
                "besuchen|nutzen|verwenden|benutzen sie bitte|auch|uns?",
                "schauen|gehen|informieren sie sich?",
                "laden sie sich?",
                "wussten sie",
                "besuchen|nutzen",
            ],
        ),
        (Enables, &["finden|können|erhalten sie", "sie finden|können|erhalten"]),
        (
            Site,
            &[
                "unserer|unsere|unseren|unserem|die|der|dem neue|neuen? webseite|website|homepage|internetseite|internetseiten|app|webseiten|onlineportal|kundenportal|internetportal|onlinebanking",
                "im internet",
                "online unter",
                "www",
                "punkt de|com|at|ch|net|org",
            ],
        ),
        (
            Dials,
            &[
                "rufen sie bitte? uns|die|unsere|unter|direkt|den|das",
                "rufen sie bitte? #",
                "erreichen sie uns|unsere|unseren|den|die|das|unter|ihn",
                "sie erreichen uns|unsere|unseren|den|die|das|ihn",
                "wenden sie sich bitte? an|unter",
                "legen sie bitte? auf und wählen|rufen",
                "wählen sie bitte|stattdessen? die|unsere rufnummer|telefonnummer|servicenummer|hotline",
                "wenden sie sich",
            ],
        ),
        (
            Excuses,
            &[
                "notfall|notfälle|notfällen|notruf|lebensgefahr|ausland|datenschutz|störung|störungen|passwort|aufgezeichnet",
                "probleme|problemen|schwierigkeiten mit|bei",
                "nicht erreichbar|verfügbar",
                "gehörlose|hörgeschädigte",
                "mail|email",
            ],
        ),
        (
            Whole(Topic::LegalNotice),
            &[
                "gespräch|anruf|telefonat wird|kann eventuell|gegebenenfalls|möglicherweise|auch? aufgezeichnet|mitgeschnitten",
                "gespräche|anrufe|telefonate werden|können eventuell|gegebenenfalls|möglicherweise|auch? aufgezeichnet|mitgeschnitten",
                "qualitätszwecken|schulungszwecken|trainingszwecken|ausbildungszwecken|qualitätssicherungszwecken",
                "zur|der qualitätssicherung|qualitätskontrolle|qualitätsverbesserung|servicequalität",
                "datenschutzerklärung|datenschutzhinweise|datenschutzhinweis|datenschutzbestimmungen|datenschutzinformationen",
                "informationen zum datenschutz",
                "allgemeinen|allgemeine geschäftsbedingungen",
                "der aufzeichnung einverstanden|widersprechen|zustimmen|zu",
            ],
        ),
        (
            Whole(Topic::Jargon),
            &[
                "diesbezüglich|bezüglich|hinsichtlich|betreffs|seitens|vorbenannt|vorgenannt|obig",
                "in kenntnis",
                "zwecks",
                "etwaige|etwaiger|etwaigen",
                "ivr|mfv|dtmf|msisdn|imei",
            ],
        ),
    ],
};
