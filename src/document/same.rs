//! Equality of trees: what is said counts, where it is written does not.

use super::tree::{Call, Choice, PhoneTree, Prompt, Segment, Step, Unknown};

impl PartialEq for PhoneTree {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.line == other.line
            && self.language == other.language
            && self.entry == other.entry
            && self.voice == other.voice
            && self.schedules == other.schedules
            && self.callers == other.callers
            && self.behaviour == other.behaviour
            && self.arrivals == other.arrivals
            && self.pools == other.pools
            && self.everywhere == other.everywhere
            && self.calls == other.calls
            && self.budgets == other.budgets
            && self.allow == other.allow
            && self.steps == other.steps
            && self.unknowns == other.unknowns
    }
}

impl PartialEq for Unknown {
    fn eq(&self, other: &Self) -> bool {
        self.step == other.step && self.what == other.what
    }
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.kind == other.kind
            && self.prompt == other.prompt
            && self.label == other.label
            && self.sets == other.sets
            && self.error == other.error
            && self.allow == other.allow
    }
}

impl PartialEq for Choice {
    fn eq(&self, other: &Self) -> bool {
        self.keys == other.keys
            && self.to == other.to
            && self.label == other.label
            && self.says == other.says
            && self.share == other.share
            && self.role == other.role
            && self.announced == other.announced
            && self.sets == other.sets
    }
}

impl PartialEq for Prompt {
    fn eq(&self, other: &Self) -> bool {
        self.segments == other.segments
    }
}

impl PartialEq for Segment {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
            && self.lasts == other.lasts
            && self.language == other.language
            && self.words == other.words
            && self.spoken == other.spoken
    }
}

impl PartialEq for Call {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.at == other.at
            && self.given == other.given
            && self.does == other.does
            && self.expect == other.expect
    }
}
