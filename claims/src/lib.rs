//! Numbers in Vietnamese prose: what they claim, and whether the claims hold together.
//!
//! A text goes in, claims and the relations between them come out ([`check`]). Nothing is read from outside:
//! names of places are handed in, the day of the text too.

mod amount;
mod claim;
mod find;
mod interval;
mod lexicon;
mod number;
pub mod print;
mod relate;
mod report;
mod scope;
mod standing;
mod text;
mod time;
pub mod words;

use mc_base::Day;

pub use amount::{Amount, Exact};
pub use claim::{Claim, Direction, Hedge, Kind, Measures, Modality, Scope, Time};
pub use interval::Interval;
pub use relate::{Relation, Tie, Verdict, slip};
pub use report::Report;
pub use scope::{Gazetteer, PlaceName};
pub use standing::{Standing, standings};

/// What a text claims.
#[derive(Debug)]
pub struct Checked {
    /// The claims in the order of the text.
    pub claims: Vec<Claim>,
    /// What the text ties together.
    pub relations: Vec<Relation>,
    /// Index of the claim before which the looking for ties ended, where a text is nothing but numbers: it has a limit.
    pub tied_before: Option<usize>,
    /// Bytes of each sentence of the text.
    pub sentences: Vec<std::ops::Range<usize>>,
}

/// What is known beside the text.
#[derive(Debug)]
pub struct Context<'c> {
    /// The day the text was written.
    pub date: Day,
    /// Places it may name.
    pub places: &'c Gazetteer,
}

/// Reads `text`.
#[must_use]
pub fn check(text: &str, context: &Context<'_>) -> Checked {
    let document = text::Document::of(text);
    let mut placed = find::claims(&document);
    time::assign(&document, &mut placed, context.date);
    scope::assign(&document, &mut placed, context.places);
    let (relations, tied_before) = relate::relations(&document, &placed);
    let sentences = document.sentences.iter().map(|sentence| document.bytes_of(sentence)).collect();
    let claims = placed.into_iter().map(|placed| with_heading_unit(placed.claim)).collect();
    Checked { claims, relations, tied_before, sentences }
}

/// The claim with the first noun of a pair for its unit, as definition 5 has it: "99 xã, phường" are "xã". Ties are
/// looked for before, for its parts may be told by either noun.
fn with_heading_unit(mut claim: Claim) -> Claim {
    if let Some(head) = claim.unit.find(", ").filter(|_| !claim.unit.contains('/')) {
        claim.unit.truncate(head);
    }
    claim
}
