//! The languages of Amazon Polly's voices.

/// The language that a voice speaks, as a BCP 47 tag.
///
/// Source: Amazon Polly Developer Guide, "Available voices", 2025.
#[must_use]
pub fn language(voice: &str) -> Option<&'static str> {
    LANGUAGES
        .iter()
        .find(|(_, voices)| voices.split(' ').any(|name| name.eq_ignore_ascii_case(voice)))
        .map(|(language, _)| *language)
}

const LANGUAGES: &[(&str, &str)] = &[
    (
        "en-US",
        "Joanna Matthew Salli Kendra Kimberly Ivy Justin Joey Kevin Ruth Stephen Danielle Gregory Patrick",
    ),
    ("en-GB", "Amy Emma Brian Arthur"),
    ("en-AU", "Nicole Russell Olivia"),
    ("en-IN", "Aditi Raveena Kajal"),
    ("en-GB-WLS", "Geraint"),
    ("en-IE", "Niamh"),
    ("en-NZ", "Aria"),
    ("en-ZA", "Ayanda"),
    ("es-US", "Lupe Penelope Penélope Miguel Pedro"),
    ("es-ES", "Conchita Enrique Lucia Sergio Raul Alba"),
    ("es-MX", "Mia Andres Andrés"),
    ("fr-FR", "Celine Céline Lea Léa Mathieu Remi Rémi"),
    ("fr-CA", "Chantal Gabrielle Liam"),
    ("fr-BE", "Isabelle"),
    ("de-DE", "Marlene Vicki Hans Daniel"),
    ("de-AT", "Hannah"),
    ("de-CH", "Sabrina"),
    ("pt-BR", "Camila Vitoria Vitória Ricardo Thiago"),
    ("pt-PT", "Ines Inês Cristiano"),
    ("it-IT", "Carla Bianca Giorgio Adriano Beatrice"),
    ("nl-NL", "Lotte Ruben Laura"),
    ("nl-BE", "Lisa"),
    ("ja-JP", "Mizuki Takumi Kazuha Tomoko"),
    ("ko-KR", "Seoyeon Jihye"),
    ("cmn-CN", "Zhiyu"),
    ("yue-CN", "Hiujin"),
    ("ru-RU", "Tatyana Maxim"),
    ("pl-PL", "Ewa Maja Jacek Jan Ola"),
    ("da-DK", "Naja Mads Sofie"),
    ("nb-NO", "Liv Ida"),
    ("sv-SE", "Astrid Elin"),
    ("fi-FI", "Suvi"),
    ("is-IS", "Dora Dóra Karl"),
    ("tr-TR", "Filiz Burcu"),
    ("ro-RO", "Carmen"),
    ("cs-CZ", "Jitka"),
    ("ca-ES", "Arlet"),
    ("cy-GB", "Gwyneth"),
    ("arb", "Zeina"),
    ("ar-AE", "Hala Zayd"),
];
