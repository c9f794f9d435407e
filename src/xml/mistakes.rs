//! What is wrong with a text, each sort of mistake told once.

use crate::error::{Problem, ProblemKind};
use crate::source::Span;

/// The sorts of mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mistake {
    Broken,
    Unclosed,
    StrayEnd,
    Twice,
    Unquoted,
    Valueless,
    Ampersand,
    Entity,
    Angle,
    Character,
    Template,
}

impl Mistake {
    const fn kind(self) -> ProblemKind {
        match self {
            Self::Twice => ProblemKind::DuplicateName,
            Self::Template => ProblemKind::NotUnderstood,
            _ => ProblemKind::Syntax,
        }
    }

    fn message(self, what: &str) -> String {
        match self {
            Self::Broken => format!("this is not XML: {what}"),
            Self::Unclosed => format!("`<{what}>` is not closed"),
            Self::StrayEnd => format!("`</{what}>` closes nothing"),
            Self::Twice => format!("the attribute `{what}` stands twice in one element"),
            Self::Unquoted => format!("the value of `{what}` stands without quotes"),
            Self::Valueless => format!("the attribute `{what}` has no value"),
            Self::Ampersand => "a bare `&`".to_owned(),
            Self::Entity => format!("the entity `&{what};` is not known"),
            Self::Angle => "a bare `<`".to_owned(),
            Self::Character => "a character that XML does not allow".to_owned(),
            Self::Template => "a piece of a template".to_owned(),
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::Broken | Self::StrayEnd | Self::Character => "it is passed over",
            Self::Unclosed => "it is taken to end where the element around it ends",
            Self::Twice => "the first one is taken",
            Self::Unquoted => "write it in quotes",
            Self::Valueless => "its value is taken to be empty",
            Self::Ampersand => "write `&amp;`",
            Self::Entity => "write the character itself",
            Self::Angle => "write `&lt;`",
            Self::Template => "render it first, so that what callers hear stands in the file",
        }
    }
}

/// The mistakes met so far.
#[derive(Debug, Default)]
pub(super) struct Mistakes {
    met: Vec<(Mistake, Problem, usize)>,
}

impl Mistakes {
    pub(super) fn add(&mut self, mistake: Mistake, span: Span, what: &str) {
        if let Some((_, _, count)) = self.met.iter_mut().find(|(met, ..)| *met == mistake) {
            *count += 1;
            return;
        }
        let short: String = what.chars().take(60).collect();
        let problem = Problem::new(mistake.kind(), span, mistake.message(&short)).help(mistake.help());
        self.met.push((mistake, problem, 1));
    }

    pub(super) fn told(self) -> Vec<Problem> {
        let mut out: Vec<Problem> = Vec::new();
        for (_, mut problem, count) in self.met {
            if count > 1 {
                problem.message = format!("{} (and {} more)", problem.message, count - 1);
            }
            out.push(problem);
        }
        out.sort_by_key(|problem| problem.span);
        out
    }
}
