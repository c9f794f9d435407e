//! How fast prompts are spoken, and how fast a caller answers.

use crate::document::quantity::Millis;
use crate::document::tree::{DataSource, Voice};

/// Times that a listening caller takes; every constant is a default with its range and source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Words a minute of spoken prompts. 150, range 125-180: conversational speech is given as 125 to 150; what the rate
    /// is has no effect on performance (Sharit, Czaja, Nair and Lee, Human Factors 45(2), 2003).
    pub words_per_minute: u32,
    /// Silence between two options, in milliseconds. 500, range 250-750 (Reedy, "More on prosody", 2015; ACIxD wiki,
    /// "Menu design", 500 to 750).
    pub between_options: Millis,
    /// From hearing the option to pressing, in milliseconds. 1000, range 500-2500; an assumption.
    pub reaction: Millis,
    /// One press in a menu, in milliseconds. 400, range 200-800 (keystroke-level model; St. Amant, Horton and Ritter,
    /// ACM TOCHI 14(1), 2007, support such models for phone menus).
    pub press: Millis,
    /// Silence after a press before the next prompt, in milliseconds. 500, range 300-1000 (Avaya IR application design
    /// guidelines: time for the handset to come back to the ear).
    pub after_press: Millis,
    /// One digit that is known by heart, in milliseconds. 500, range 300-800; an assumption.
    pub digit_by_heart: Millis,
    /// One digit that is read off, in milliseconds. 900; an assumption.
    pub digit_read: Millis,
    /// Fetching the card or paper, in milliseconds, once. 12000, range 10000-15000 (ACIxD wiki, "Anticipate typical user
    /// errors").
    pub fetch: Millis,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            words_per_minute: 150,
            between_options: 500,
            reaction: 1000,
            press: 400,
            after_press: 500,
            digit_by_heart: 500,
            digit_read: 900,
            fetch: 12_000,
        }
    }
}

impl Pace {
    /// Prompts alone: a caller who takes no time at all, for checking against examples that leave her out.
    #[must_use]
    pub fn of_prompts_alone() -> Self {
        Self {
            between_options: 0,
            reaction: 0,
            press: 0,
            after_press: 0,
            digit_by_heart: 0,
            digit_read: 0,
            fetch: 0,
            ..Self::default()
        }
    }

    /// The same caller before a tree's own voice.
    #[must_use]
    pub fn with(self, voice: Voice) -> Self {
        Self {
            words_per_minute: voice.words_per_minute.map_or(self.words_per_minute, |w| w.value.max(1)),
            between_options: voice.pause_between_options.map_or(self.between_options, |p| p.value),
            ..self
        }
    }

    /// How long so many words take.
    #[must_use]
    pub fn words(&self, count: u64) -> Millis {
        count * 60_000 / u64::from(self.words_per_minute.max(1))
    }

    /// How long a choice takes once the option is known: reaction, presses and the silence after them.
    #[must_use]
    pub fn choosing(&self, presses: u32) -> Millis {
        if presses == 0 {
            return 0;
        }
        self.reaction + self.press * u64::from(presses) + self.after_press
    }

    /// How long entering so many digits takes.
    #[must_use]
    pub fn entering(&self, digits: u32, source: DataSource) -> Millis {
        let count = u64::from(digits);
        let keying = match source {
            DataSource::Memory => count * self.digit_by_heart,
            DataSource::Card | DataSource::Document => self.fetch + count * self.digit_read,
        };
        self.reaction + keying + self.after_press
    }
}
