//! What was found in a text, as the command line and the page give it to programs.

use mc_base::Day;
use serde::Serialize;

use crate::amount::Exact;
use crate::claim::{Claim, Hedge, Kind, Modality, Time};
use crate::interval::Interval;
use crate::relate::{Relation, Tie, Verdict};
use crate::{Checked, print};

/// Decimals of a computed end.
const PLACES: u32 = 6;

/// The whole answer.
#[derive(Debug, Serialize)]
pub struct Report {
    date: String,
    /// The text as extracted, in whose code points spans count.
    text: String,
    claims: Vec<ClaimReport>,
    relations: Vec<RelationReport>,
}

#[derive(Debug, Serialize)]
struct ClaimReport {
    id: usize,
    sentence: String,
    span: [usize; 2],
    text: String,
    value: String,
    value_to: Option<String>,
    unit: String,
    hedge: Hedge,
    modality: Modality,
    time: Option<TimeReport>,
    scope: ScopeReport,
    measures: String,
    /// The indicator that is about it, where one is.
    indicator: Option<String>,
    kind: Kind,
    aside: bool,
}

#[derive(Debug, Serialize)]
struct TimeReport {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Debug, Serialize)]
struct ScopeReport {
    place: Option<String>,
    sector: Option<String>,
    agency: Option<String>,
    merged: bool,
}

#[derive(Debug, Serialize)]
struct RelationReport {
    kind: Tie,
    claims: Vec<usize>,
    expression: String,
    stated: Option<String>,
    computed: Option<[String; 2]>,
    verdict: Verdict,
    reason: String,
}

impl Report {
    /// Of what was found in `text` of `date`.
    #[must_use]
    pub fn of(text: &str, checked: &Checked, date: Day) -> Self {
        let sentence = |claim: &Claim| {
            let bytes = checked.sentences.get(claim.sentence).cloned().unwrap_or_default();
            text.get(bytes).unwrap_or_default().to_owned()
        };
        let claims = checked.claims.iter().enumerate();
        let claims = claims.map(|(id, claim)| claim_report(id, claim, sentence(claim))).collect();
        let relations = checked.relations.iter().map(|relation| relation_report(checked, relation)).collect();
        Self { date: iso(date), text: text.to_owned(), claims, relations }
    }

    /// Notes that claim `id` measures what `indicator` counts; an `id` that no claim has changes nothing.
    pub fn measured_by(&mut self, id: usize, indicator: &str) {
        if let Some(claim) = self.claims.get_mut(id) {
            claim.indicator = Some(indicator.to_owned());
        }
    }
}

fn iso(day: Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{year:04}-{month:02}-{day:02}")
}

fn claim_report(id: usize, claim: &Claim, sentence: String) -> ClaimReport {
    let time = |Time { from, to }: Time| TimeReport { from: from.map(iso), to: to.map(iso) };
    ClaimReport {
        id,
        sentence,
        span: [claim.span.start, claim.span.end],
        text: claim.text.clone(),
        value: claim.value.decimal(),
        value_to: claim.value_to.map(|to| to.decimal()),
        unit: claim.unit.clone(),
        hedge: claim.hedge,
        modality: claim.modality,
        time: claim.time.map(time),
        scope: ScopeReport {
            place: claim.scope.place.clone(),
            sector: claim.scope.sector.clone(),
            agency: claim.scope.agency.clone(),
            merged: claim.scope.merged,
        },
        measures: claim.measures.phrase.clone(),
        indicator: None,
        kind: claim.kind,
        aside: claim.aside,
    }
}

fn relation_report(checked: &Checked, relation: &Relation) -> RelationReport {
    let stated = relation.claims.first().and_then(|at| checked.claims.get(*at));
    let ends = |interval: &Interval| [end(interval.low), end(interval.high)];
    RelationReport {
        kind: relation.kind,
        claims: relation.claims.clone(),
        expression: relation.expression.clone(),
        stated: stated.filter(|_| states(relation)).map(|claim| claim.value.decimal()),
        computed: relation.computed.as_ref().map(ends),
        verdict: relation.verdict,
        reason: relation.reason.clone(),
    }
}

/// Whether the first claim is what the others give: not of shares of a hundred, nor of two numbers that imply a third.
fn states(relation: &Relation) -> bool {
    let implied = matches!(relation.kind, Tie::Share | Tie::Difference)
        && relation.claims.len() == 2
        && relation.verdict == Verdict::Ok;
    relation.kind != Tie::SharesTo100 && !implied
}

fn end(value: Exact) -> String {
    print::decimal_point(value, PLACES)
}
