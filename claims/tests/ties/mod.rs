//! Runs sentences and compares the ties found with those that a careful editor sees.

use std::sync::LazyLock;

use mc_base::Day;
use mc_claims::{Checked, Context, Gazetteer, check};

/// A text, and per tie "kind | stated number | verdict | words of the reason".
pub type Case = (&'static str, &'static [&'static str]);

static PLACES: LazyLock<Gazetteer> = LazyLock::new(|| mc_reference::gazetteer().expect("places"));

fn lines(checked: &Checked) -> Vec<String> {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let line = |relation: &mc_claims::Relation| {
        let stated = relation.claims.first().map(|at| checked.claims[*at].text.as_str()).unwrap_or_default();
        let kind = word(serde_json::to_value(relation.kind).expect("a kind"));
        let verdict = word(serde_json::to_value(relation.verdict).expect("a verdict"));
        format!("{kind} | {stated} | {verdict} | {} [{}]", relation.reason, relation.expression)
    };
    checked.relations.iter().map(line).collect()
}

/// What is wrong with a case: a tie that is missing, or a mismatch that nobody planted.
fn faults((text, wanted): &Case) -> Vec<String> {
    let date = Day::parse_iso("2025-12-20").expect("a day");
    let checked = check(text, &Context { date, places: &PLACES });
    let given = lines(&checked);
    let has = |line: &str, wanted: &str| {
        let mut parts = wanted.splitn(4, " | ");
        let head: Vec<&str> = parts.by_ref().take(3).collect();
        line.starts_with(&format!("{} |", head.join(" | ")))
            && parts.next().is_none_or(|reason| line.contains(reason))
    };
    let missing = wanted.iter().filter(|wanted| !given.iter().any(|line| has(line, wanted)));
    let mut faults: Vec<String> = missing.map(|wanted| format!("{text}\n    – {wanted}")).collect();
    let planted = |line: &String| wanted.iter().any(|wanted| has(line, wanted));
    let alarms = given.iter().filter(|line| line.contains("| mismatch |") && !planted(line));
    faults.extend(alarms.map(|line| format!("{text}\n    + {line}")));
    if !faults.is_empty() {
        faults.extend(given.iter().map(|line| format!("      {line}")));
    }
    faults
}

/// Every tie that is wanted is found, and no mismatch beside them.
pub fn all_hold(cases: &[Case]) {
    let faults: Vec<String> = cases.iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
