//! Pages of the findings that are no rules: mistakes in a file, and in what it allows.

/// Name and page, in Markdown.
pub const PAGES: &[(&str, &str)] = &[
    (
        "syntax",
        "The file cannot be taken apart at this place.

## What
The notation is broken here: a bracket or quote that is not closed, a tab where YAML wants spaces, bytes that are not
UTF-8, a `#` or `*` that must stand in quotes. The rest of the file is read as far as it can be.

## Why
What stands near the place is perhaps not read as it was meant, so that figures of the tree are not to be relied on.

## Fix
Mend the notation first; then audit again. Keys `*` and `#` and words with ` #` in them stand in quotes.
",
    ),
    (
        "duplicate-name",
        "A name that must stand once stands twice.

## What
Two steps, fields or keys of one mapping have the same name. The first one counts.

## Why
YAML readers differ in which of the two they keep, and say nothing: callers meet the other one.

## Fix
Remove one, or give it a name of its own.
",
    ),
    (
        "unknown-field",
        "A field that the format does not know.

## What
The field is not read. Where a name of the format is near, it is suggested.

## Why
What it was meant to say is missing in every figure.

## Fix
Correct the name; `presszero schema` gives editors the whole format to complete from.
",
    ),
    (
        "missing-field",
        "A field that must be there and is not.

## What
A step cannot work as written: a menu without keys, a message that leads nowhere.

## Why
Where the call would go on, the line drops.

## Fix
Add the field that the finding names.
",
    ),
    (
        "bad-value",
        "A value of the wrong form.

## What
A duration without its unit, a share beyond 100%, a word that the field does not take. The value is left out.

## Why
Figures rest on a default instead of what was meant.

## Fix
Write the value in the form that the finding names.
",
    ),
    (
        "undefined-reference",
        "A name of something that is not there.

## What
A schedule, a pool or a rule is named and nowhere defined; or a file is named that is not there, holds no phone tree,
or lies outside of the folder that is audited.

## Why
The hours, people or steps that were meant are missing in every figure.

## Fix
Correct the name, define what it names, or audit the folder that holds the file.
",
    ),
    (
        "recursion",
        "Subtrees that enter one another without end.

## What
A subtree enters itself, straight or through others; it is followed only as deep as the program goes.

## Why
A call that goes round like this never comes back to where it was.

## Fix
Let one of them lead on to a step instead of entering the other.
",
    ),
    (
        "too-large",
        "More of something than the program takes.

## What
A budget was met: nodes, nesting, aliases that expand, or ways into subtrees. What lies beyond it is left out.

## Why
The figures do not hold for what is left out.

## Fix
Split the file, or write out what its aliases repeat.
",
    ),
    (
        "not-understood",
        "A construct of a foreign format that is met and not understood.

## What
The file's own format says something here that this program does not know, or says it only to the system that runs it.

## Why
What comes of it is taken as unknown; figures that depend on it are given as such.

## Fix
Where it matters, say in an overlay (`X.overlay.yaml` beside `X.json`) what the step does.
",
    ),
    (
        "unused-allowance",
        "An allowance that allows nothing.

## What
`allow` names a rule that finds nothing here.

## Why
It would hide a finding that comes later, for a reason that no longer holds.

## Fix
Remove it.
",
    ),
    (
        "unknown-rule",
        "An allowance of a rule that does not exist.

## What
`allow` names a rule that this program does not have.

## Why
What was meant to be allowed is reported all the same.

## Fix
Correct the name; `presszero rules` lists them.
",
    ),
    (
        "stale-baseline",
        "A known finding that is no longer found.

## What
The baseline (`--write-baseline`) knows a finding of a rule at a step or an option of a file, and an audit of that file
does not find it any more: it was mended, or its step or file is gone. It has no effect on the exit code.

## Why
The entry would hide a finding that comes later at the same place.

## Fix
`presszero audit PATH... --prune-baseline` takes out of the baseline what is no longer found.
",
    ),
];
