//! What the pages of the rules cite, and how.

use presszero::rules::all;

/// What rules may rest on, as their pages name it.
const SOURCES: &[&str] = &[
    // What callers and service people tell.
    "weblog \"Thoughts on religion, politics, life and death\"",
    "What is 'Good' Customer Service?",
    "Customers Rock!",
    "Dan's Blog",
    // Research.
    "Commarford",
    "Virzi",
    "Huguenard",
    "Suhm",
    "Leppik",
    "Vocalabs",
    "Munichor",
    "Froehlich",
    "Gans, Koole and Mandelbaum",
    "Mandelbaum and Zeltyn",
    "Sharit",
    "Dixon, Freeman",
    // Guidelines and standards.
    "GetHuman",
    "W3C",
    "World Wide Web Consortium",
    "National Disability Authority",
    "ISO/IEC 13714",
    "AS/NZS 4263",
    "ACIxD",
    "Association for Conversational Interaction Design",
    "Avaya",
    "Kortum",
    "Reedy",
    "Google, Conversation design",
    "PCI Security Standards Council",
    "PCI SSC",
    "PCI DSS",
    "Asterisk",
    "Cisco",
    "Webex",
    // Surveys.
    "Consumer Reports",
    "Vonage",
    "Five9",
    "Moneypenny",
    "VCC Live",
    "Software Advice",
    "BBC News",
    "Fonolo",
    // Law.
    "Decreto 11.034/2022",
    "Decreto 6.523/2008",
    "Ley 10/2025",
    "Decreto-Lei 134/2009",
    "255/24/CONS",
    "6507-6",
    "Consumer Protection Law, amendment 57",
    "Israel",
    "TRAI",
    "15 DCMR 3106.4",
    "47 CFR 76.309",
    "36 CFR",
    "A3831",
    "S7146",
    "FCC 24-110",
];

/// What is known from an account of it only, with how a page that names it has to word that.
const ACCOUNTS: &[(&str, &[&str])] = &[
    ("Ley 10/2025", &["as reported by"]),
    ("6507-6", &["as reported by morogluarseven.com"]),
    ("AGCOM", &["as reported by"]),
    ("1033/2021", &["as reported by eldia.com"]),
    (
        "ISO/IEC 13714",
        &["as summarised by NCH", "as reported by NCH", "as summed up by NCH"],
    ),
    ("Vonage", &["as reported by hessconsulting.biz"]),
    ("Software Advice", &["as reported by telzio.com", "as reported by"]),
    ("pleasepress1", &["as reported by"]),
    ("eighteen times", &["as reported by the Seattle Times"]),
    ("quereralem", &["as reported by quereralem.pt"]),
];

/// What nobody has read, and no page may cite.
const NOT_READ: &[&str] = &[
    "Engelbeck",
    "Jastrzembski",
    "28 CFR 35.161",
    "42 CFR 422.111",
    "ISO 18295",
    "P.851",
    "E.161",
    "Rafaeli comment",
    "Consumer Duty",
    "Smith, \"Various",
];

/// A page as one line, so that a name may be broken over two.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn names_a_source(text: &str) -> bool {
    let text = on_one_line(text);
    SOURCES.iter().any(|name| text.contains(name)) || text.to_lowercase().contains("judgement")
}

/// The accounts that a page leaves unnamed.
fn without_account(page: &str) -> Vec<&'static str> {
    let page = on_one_line(page);
    let lacks = |(name, accounts): &&(&'static str, &[&str])| {
        page.contains(name) && !accounts.iter().any(|account| page.contains(account))
    };
    ACCOUNTS.iter().filter(lacks).map(|(name, _)| *name).collect()
}

#[test]
fn every_page_names_a_known_source_or_says_that_it_judges() {
    for rule in all().filter(|rule| rule.name != "budget-exceeded") {
        let section = rule.section("Source");
        let rest = ["Those named above", "The laws named above"];
        let refers = rest.iter().any(|words| section.starts_with(words));
        let known = names_a_source(&section) || (refers && names_a_source(&rule.section("Why")));
        assert!(known, "{}: {section}", rule.name);
    }
    assert!(!names_a_source("A friend, who told us"));
}

#[test]
fn what_is_known_at_second_hand_is_said_to_be() {
    for rule in all() {
        let lacking = without_account(&rule.page());
        assert!(
            lacking.is_empty(),
            "{} does not say by whom it knows of {lacking:?}",
            rule.name
        );
    }
    assert_eq!(without_account("Spain's Ley 10/2025 wants it."), ["Ley 10/2025"]);
}

#[test]
fn what_nobody_has_read_is_not_cited() {
    for rule in all() {
        let page = on_one_line(&rule.page());
        for name in NOT_READ {
            assert!(!page.contains(name), "{} cites {name}", rule.name);
        }
    }
}

#[test]
fn every_limit_says_where_it_comes_from() {
    for rule in all() {
        let says = rule.limit_source;
        match rule.limit {
            None => assert!(
                says.is_empty(),
                "{} has no limit, and a source for one: {says}",
                rule.name
            ),
            Some(_) => assert!(
                says.contains("project default") || names_a_source(says) || says.contains("as reported by"),
                "{}: {says}",
                rule.name
            ),
        }
    }
}
