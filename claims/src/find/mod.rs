//! From tokens to claims: every number is met once and becomes a claim or not.

mod elided;
mod fraction;
mod hedge;
mod measures;
mod modality;
mod quoted;
mod range;
mod reject;
mod table;
mod unit;

use std::ops::Range;

use crate::claim::{Claim, Hedge, Kind, Measures, Modality, Scope};
use crate::number::{Marks, Quantity, quantity};
use crate::text::{CodePoints, Document, Token};
use modality::Modalities;
use table::Tables;

pub(crate) use fraction::Fraction;
pub(crate) use table::{Cell, Role};

/// A number with its unit, before anything is known of the sentence around it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) value: Quantity,
    pub(crate) value_to: Option<Quantity>,
    pub(crate) unit: String,
    pub(crate) kind: Kind,
    /// Tokens of number and unit, of the sentence.
    pub(crate) tokens: Range<usize>,
    pub(crate) hedge: Hedge,
    /// One over another: of which kind, and which part this is.
    pub(crate) fraction: Option<Fraction>,
}

/// A claim with what the relations need to know of it beyond what is reported.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) claim: Claim,
    /// Tokens of number and unit, of the sentence.
    pub(crate) tokens: Range<usize>,
    pub(crate) fraction: Option<Fraction>,
    /// Where in a table it stands, which tells its unit.
    pub(crate) cell: Option<Cell>,
}

/// All claims of a text, in its order.
pub(crate) fn claims(document: &Document<'_>) -> Vec<Placed> {
    let marks = Marks::of(&document.tokens);
    let mut points = CodePoints::of(document.text);
    let mut claims = Vec::new();
    let tables = Tables::of(document);
    for (index, sentence) in document.sentences.iter().enumerate() {
        let tokens = document.tokens_of(sentence);
        let Some(paragraph) = document.paragraphs.get(sentence.paragraph) else { continue };
        let mut found: Vec<(Found, Option<(Cell, String)>)> =
            numbers(tokens, marks).into_iter().map(|found| (found, None)).collect();
        for (cell, place, name) in tables.numbers(sentence.paragraph, tokens, marks) {
            let apart = |other: &Found| {
                other.tokens.end <= cell.tokens.start || cell.tokens.end <= other.tokens.start
            };
            if found.iter().all(|(other, _)| apart(other)) {
                found.push((cell, Some((place, name))));
            }
        }
        found.sort_by_key(|(found, _)| found.tokens.start);
        let modalities = if found.is_empty() { Modalities::default() } else { Modalities::of(tokens) };
        for (found, placed) in found {
            let Some(bytes) = bytes(tokens, &found.tokens) else { continue };
            let span = points.before(bytes.start)..points.before(bytes.end);
            let (cell, name) = placed.unzip();
            let measures = match name {
                Some(phrase) => Measures { phrase, ..Measures::default() },
                None => measures::of(document.text, tokens, &found),
            };
            let planned = cell.is_some_and(|cell| cell.role == Role::Plan);
            let modality = if planned { Modality::Target } else { modalities.at(found.tokens.start) };
            claims.push(Placed {
                claim: Claim {
                    sentence: index,
                    span,
                    text: document.text.get(bytes.clone()).unwrap_or_default().to_owned(),
                    bytes,
                    value: found.value.amount,
                    value_to: found.value_to.as_ref().map(|to| to.amount),
                    modality,
                    unit: found.unit,
                    kind: found.kind,
                    hedge: found.hedge,
                    time: None,
                    scope: Scope::default(),
                    measures,
                    aside: paragraph.aside,
                    caption: paragraph.caption,
                },
                tokens: found.tokens,
                fraction: found.fraction,
                cell,
            });
        }
    }
    claims
}

fn bytes(tokens: &[Token], of: &Range<usize>) -> Option<Range<usize>> {
    let last = tokens.get(of.end.checked_sub(1)?)?;
    Some(tokens.get(of.start)?.at.start..last.at.end)
}

/// The numbers of a sentence that quantify something.
fn numbers(tokens: &[Token], marks: Marks) -> Vec<Found> {
    let quoted = quoted::titles(tokens);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = quoted.iter().find(|title| title.contains(&at)).map(|title| title.end) {
            at = end;
            continue;
        }
        if let Some((share, end)) = fraction::in_words(tokens, at, marks) {
            found.push(share);
            at = end;
            continue;
        }
        if let Some(end) = reject::skipped(tokens, at) {
            at = end.max(at + 1);
            continue;
        }
        let Some(number) = quantity(tokens, at, marks) else {
            at += 1;
            continue;
        };
        let end = number.tokens.end;
        at = if let Some((pair, end)) = fraction::at(tokens, &number, marks) {
            found.extend(pair);
            end
        } else if let Some((claim, end)) = range::at(tokens, &number, marks) {
            found.push(claim);
            end
        } else {
            let own = unit::claim(tokens, number.clone(), marks);
            let claim = own.or_else(|| elided::claim(tokens, number, marks, found.last()));
            let end = claim.as_ref().map_or(end, |claim| claim.tokens.end);
            found.extend(claim);
            end
        };
    }
    found
}
