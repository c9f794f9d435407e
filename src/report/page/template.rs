//! The templates, style and script of pages, with what a browser is allowed to do in them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

/// The style of every page.
pub const STYLE: &str = include_str!("style.css");
/// The script of every page; without it a page can be read all the same.
///
/// Each part has its names for itself.
pub const SCRIPT: &str = concat!(
    include_str!("page.js"),
    include_str!("drawing.js"),
    "{\n",
    include_str!("keypad.line.js"),
    include_str!("keypad.call.js"),
    include_str!("keypad.js"),
    "}\n",
);

const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("page.html")),
    ("verdict.html", include_str!("verdict.html")),
    ("drawing.html", include_str!("drawing.html")),
    ("charts.html", include_str!("charts.html")),
    ("story.html", include_str!("story.html")),
    ("keypad.html", include_str!("keypad.html")),
    ("findings.html", include_str!("findings.html")),
    ("measures.html", include_str!("measures.html")),
    ("portfolio.html", include_str!("../portfolio/portfolio.html")),
];

/// Fills a template; whatever comes out of a tree is text, and never markup.
///
/// # Errors
/// Where the template is wrong.
pub fn fill(name: &str, with: &impl Serialize) -> Result<String, String> {
    let template = environment().get_template(name).map_err(|error| error.to_string())?;
    template.render(Serde(with)).map_err(|error| error.to_string())
}

/// What a page without a script may do: show these styles, and nothing else.
pub fn policy_of_styles(styles: &[&str]) -> String {
    let hashes: Vec<String> = styles.iter().map(|style| format!("'{}'", hash(style))).collect();
    let styles = hashes.join(" ");
    format!("default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'")
}

/// What a page may do: show its own style, run its own script, and nothing else; no text of a tree can add to it.
pub fn policy() -> String {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut out = Environment::new();
        let lines = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        if let Ok(lines) = lines {
            out.set_syntax(lines);
        }
        out.set_auto_escape_callback(|_| AutoEscape::Html);
        out.add_filter("words", |text: &str| Value::from_safe_string(words(text)));
        for (name, text) in TEMPLATES {
            // A template that is wrong is missing when it is filled, which a test sees.
            let _ = out.add_template(name, text);
        }
        out
    })
}

/// A sentence of the audit as HTML: what stands between backquotes is a name.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let parts: Vec<&str> = text.split('`').collect();
    let is_paired = parts.len() % 2 == 1;
    for (at, part) in parts.iter().enumerate() {
        match (at % 2, is_paired) {
            (1, true) => out.extend(["<code>", &escaped(part), "</code>"]),
            (_, true) => out += &escaped(part),
            (_, false) => {
                if at > 0 {
                    out.push('`');
                }
                out += &escaped(part);
            }
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}
