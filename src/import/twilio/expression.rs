//! Liquid expressions: which value of which widget a text refers to.

/// A reference is no longer than this.
const REFERENCE_MAX: usize = 300;
/// Filters that leave what callers press as it is.
const HARMLESS: &[&str] = &["strip", "lstrip", "rstrip", "downcase", "upcase", "string"];

/// The value that a text is, without its braces: `widgets.menu.Digits`; the text itself where it is more than one value.
pub fn expression(text: &str) -> String {
    let text = text.trim();
    let Some(inner) = text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) else {
        return text.to_owned();
    };
    if inner.contains("{{") || inner.contains("}}") {
        return text.to_owned();
    }
    let inner = inner.trim_matches(|c: char| c.is_whitespace() || c == '-');
    match inner.split_once('|') {
        Some((value, filters)) if filters.split('|').all(|filter| HARMLESS.contains(&filter.trim())) => {
            value.trim().to_owned()
        }
        _ => inner.to_owned(),
    }
}

/// Whether a text is put in while the flow runs, or before it is installed.
pub fn is_dynamic(text: &str) -> bool {
    ["{{", "{%", "${", "%{"].iter().any(|sign| text.contains(sign))
}

/// What an expression asks of a widget that listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard<'t> {
    /// The widget.
    pub widget: &'t str,
    /// Whether keys are looked at.
    pub digits: bool,
    /// Whether speech is looked at.
    pub speech: bool,
}

/// The keys or words of one widget that an expression is made of, and of nothing else.
pub fn heard(expression: &str) -> Option<Heard<'_>> {
    let mut found: Option<Heard<'_>> = None;
    for (widget, field) in references(expression) {
        let heard = found.get_or_insert(Heard {
            widget,
            digits: false,
            speech: false,
        });
        match field {
            "Digits" => heard.digits = true,
            "SpeechResult" => heard.speech = true,
            _ => return None,
        }
        if heard.widget != widget {
            return None;
        }
    }
    found.filter(|_| !expression.contains("{%") && outside(expression).trim().is_empty())
}

/// What stands outside of braces; nothing where there are none, since the whole is an expression then.
fn outside(text: &str) -> String {
    if !text.contains("{{") {
        return String::new();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        rest = after.split_once("}}").map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out
}

/// The widgets that a text refers to, each with the field: `widgets.menu.Digits`. Linear in its length.
pub fn references(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("widgets.").skip(1).filter_map(|rest| {
        let path = word(rest);
        let (widget, field) = path.split_once('.')?;
        let field = field.trim_end_matches('.');
        (!widget.is_empty() && !field.is_empty()).then_some((widget, field))
    })
}

/// The variables of the flow that a text refers to.
pub fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.split("flow.variables.")
        .skip(1)
        .map(|rest| word(rest).split('.').next().unwrap_or_default())
        .filter(|name| !name.is_empty())
}

fn word(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .unwrap_or(text.len());
    text.get(..end.min(REFERENCE_MAX)).unwrap_or_default()
}

/// Whether a value counts a variable up by one: `{{flow.variables.n | plus: 1}}`, also with a first value where there is
/// none yet.
pub fn counts_up(name: &str, value: &str) -> bool {
    counts_from(name, value).is_some()
}

/// What a variable that a value counts up is worth while it has none: one less than its first value.
pub fn counts_from(name: &str, value: &str) -> Option<f64> {
    let squeezed: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    // A hyphen beside a brace only takes away white space.
    let squeezed = squeezed.replace("{%-", "{%").replace("-%}", "%}");
    let squeezed = squeezed.replace("{{-", "{{").replace("-}}", "}}");
    let variable = format!("flow.variables.{name}");
    let plus = [
        format!("{{{{{variable}|plus:1}}}}"),
        format!("{{{{{variable}|default:0|plus:1}}}}"),
        format!("{{{{{variable}|default:\"0\"|plus:1}}}}"),
        format!("{{{{{variable}|default:'0'|plus:1}}}}"),
    ];
    let Some(body) = squeezed
        .strip_prefix(&format!("{{%if{variable}%}}"))
        .or_else(|| squeezed.strip_prefix(&format!("{{%if{variable}!=null%}}")))
    else {
        return plus.contains(&squeezed).then_some(0.0);
    };
    let rest = plus.iter().find_map(|plus| body.strip_prefix(plus.as_str()))?;
    match rest {
        "{%else%}1{%endif%}" => Some(0.0),
        "{%else%}0{%endif%}" => Some(-1.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_heard() {
        let heard = |text| heard(text).map(|heard| (heard.widget.to_owned(), heard.digits, heard.speech));
        assert_eq!(heard("widgets.menu.Digits"), Some(("menu".into(), true, false)));
        assert_eq!(
            heard("{{widgets.menu.Digits}}{{widgets.menu.SpeechResult}}"),
            Some(("menu".into(), true, true))
        );
        assert_eq!(heard("{{widgets.menu.Digits}}0"), None, "something else is there");
        assert_eq!(heard("{{widgets.a.Digits}}{{widgets.b.Digits}}"), None);
        assert_eq!(heard("widgets.lookup.parsed.found"), None);
    }

    #[test]
    fn counting() {
        assert!(counts_up("n", "{{ flow.variables.n | plus: 1 }}"));
        assert!(counts_up(
            "n",
            "{% if flow.variables.n %}\n {{flow.variables.n | plus: 1}}\n{% else %}\n 1\n{% endif %}"
        ));
        assert_eq!(
            counts_from(
                "n",
                "{%- if flow.variables.n -%}{{flow.variables.n | plus: 1}}\n{%- else -%}\n0\n{%- endif -%}"
            ),
            Some(-1.0)
        );
        assert!(!counts_up("n", "{{ flow.variables.m | plus: 1 }}"));
        assert!(!counts_up("n", "{{ flow.variables.n | plus: 2 }}"));
    }
}
