//! When: periods and days that a text names, and which of them a claim is said of.

mod expression;
mod period;

use std::ops::Range;

use mc_base::Day;

use crate::claim::{Kind, Modality, Time};
use crate::find::Placed;
use crate::lexicon::{ends_with, starts_with};
use crate::text::{Document, Token, TokenKind};

use expression::{Expression, Role};

/// Gives each claim the time that its sentence says; a sentence that goes on with "trong đó" has that of the one
/// before.
pub(crate) fn assign(document: &Document<'_>, claims: &mut [Placed], today: Day) {
    let mut at = 0;
    let mut last: Option<Time> = None;
    for (index, sentence) in document.sentences.iter().enumerate() {
        let tokens = document.tokens_of(sentence);
        let count = claims.iter().skip(at).take_while(|placed| placed.claim.sentence == index).count();
        let Some(of_sentence) = claims.get_mut(at..at + count) else { continue };
        at += count;
        let later = of_sentence.iter().any(|placed| placed.claim.modality != Modality::Fact);
        let said = expression::all(tokens, today, later);
        let goes_on = starts_with(tokens, 0, &["trong đó", "trong số đó", "trong số này", "cụ thể"]) > 0;
        let carried = last.filter(|_| goes_on);
        let places: Vec<Range<usize>> = of_sentence.iter().map(|placed| placed.tokens.clone()).collect();
        let beside = Beside { tokens, said: &said, places: &places };
        for placed in of_sentence {
            let multiple = placed.claim.kind == Kind::Multiple;
            placed.claim.time = beside.time_of(&placed.tokens, multiple).or(carried);
        }
        let own = said.iter().find(|said| said.role == Role::Own).map(|said| said.time);
        last = own.or(carried);
    }
}

/// The times of a sentence beside its claims.
struct Beside<'s> {
    tokens: &'s [Token],
    said: &'s [Expression],
    places: &'s [Range<usize>],
}

impl Beside<'_> {
    /// The time that stands at the claim; else the nearest before it that is not another claim's own; then the
    /// nearest behind it in its clause.
    fn time_of(&self, claim: &Range<usize>, multiple: bool) -> Option<Time> {
        let known = |time: Time| Some(time).filter(|time| time.to.is_some());
        // "(13.205 tỷ đồng)" behind "so với cùng kỳ năm trước".
        let last = self.said.iter().rev().find(|said| said.tokens.end <= claim.start);
        if let Some(compared) = last.filter(|said| said.role == Role::Compared && said.time.to.is_some()) {
            let near = claim.start - compared.tokens.end <= 3;
            if near && !self.is_between(compared.tokens.end, claim.start, &[',', ';']) {
                return known(compared.time);
            }
        }
        let next = self.said.iter().find(|said| said.tokens.start >= claim.end);
        let attached = next.filter(|said| {
            said.tokens.start - claim.end <= 1
                && !(multiple && said.role == Role::Own)
                && !self.is_between(claim.end, said.tokens.start, &[',', ';'])
        });
        let with = attached.filter(|said| said.role != Role::Compared || self.is_compared(claim.start));
        if let Some(said) = with {
            return known(said.time);
        }
        let before = self.said.iter().rev().filter(|said| said.tokens.end <= claim.start).find(|said| {
            match said.role {
                Role::Compared => false,
                Role::Clause => self.goes_on(said, claim),
                Role::Own => self.owner(said).is_none_or(|owner| owner == claim.start),
            }
        });
        let behind = next.filter(|said| said.role == Role::Own).filter(|said| {
            let between = self.tokens.get(claim.end..said.tokens.start).unwrap_or_default();
            !between.iter().any(Token::is_number)
                && !self.is_between(claim.end, said.tokens.start, &[';', ',', ':', '('])
        });
        before.or(behind).map(|said| said.time)
    }

    /// Whether a claim is still of the thing that "hiện có" opened: in its clause, or a part of it.
    fn goes_on(&self, said: &Expression, claim: &Range<usize>) -> bool {
        let between = self.tokens.get(said.tokens.end..claim.start).unwrap_or_default();
        let parts = ["trong đó", "gồm", "bao gồm"];
        let part = (1..=between.len()).any(|end| ends_with(between, end, &parts) > 0);
        let first = self.places.iter().find(|place| place.start >= said.tokens.end);
        let unit = |place: &Range<usize>| {
            self.tokens.get(place.end.saturating_sub(1)).map(|token| token.norm.clone()).unwrap_or_default()
        };
        let same = first.is_some_and(|first| unit(first) == unit(claim));
        part || same || !self.is_between(said.tokens.end, claim.start, &[',', ';', '.'])
    }

    fn is_between(&self, from: usize, to: usize, marks: &[char]) -> bool {
        let between = self.tokens.get(from..to).unwrap_or_default();
        between.iter().any(|token| matches!(token.kind, TokenKind::Mark(mark) if marks.contains(&mark)))
    }

    /// "so với 77.700 lượt khách của cùng kỳ"
    fn is_compared(&self, at: usize) -> bool {
        ends_with(self.tokens, at, &["so với", "so với mức", "với"]) > 0
    }

    /// The claim that a time belongs to alone: right before it, or "năm 2024 là …" right behind.
    fn owner(&self, said: &Expression) -> Option<usize> {
        let before = self.places.iter().find(|place| place.end == said.tokens.start);
        let leads = starts_with(
            self.tokens,
            said.tokens.end,
            &["là", "đạt", "có", "còn", "thu", "chỉ có", "chỉ đạt"],
        );
        let starts = self.places.iter().find(|place| leads > 0 && place.start == said.tokens.end + leads);
        // A sentence that opens so speaks of that time as a whole, unless it names another one.
        let several = self.said.iter().filter(|other| other.role == Role::Own).count() > 1;
        before.or(starts.filter(|_| several)).map(|place| place.start)
    }
}
