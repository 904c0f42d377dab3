//! A paragraph as ties are looked for in it.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::Said;
use super::judge::{self, Stated};
use super::reason;
use super::relation::Verdict;
use crate::claim::Claim;

/// A paragraph with its claims, and those of the paragraph before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene<'s, 'd> {
    pub(super) claims: &'s [&'d Claim],
    pub(super) before: &'s [Said<'d>],
    /// The last claims before the paragraph, whatever paragraphs they stand in.
    pub(super) earlier: &'s [Said<'d>],
    pub(super) own: &'s [Said<'d>],
    /// Claims of earlier paragraphs of which something right or wrong has been said.
    pub(super) settled: &'s BTreeSet<usize>,
    /// Searches for slips that are left for the text.
    pub(super) searches: &'s Cell<u32>,
    /// Numbers for which a fit may still be looked for.
    pub(super) looks: &'s Cell<u32>,
}

impl<'s, 'd> Scene<'s, 'd> {
    /// Whether a slip may still be searched for, which is then counted.
    pub(super) fn may_search(&self) -> bool {
        let left = self.searches.get();
        self.searches.set(left.saturating_sub(1));
        left > 0
    }

    /// Whether one slip of the pen makes the tie hold.
    pub(super) fn explains(&self, stated: &Stated) -> bool {
        let mut all = stated.claims.iter().filter_map(|at| self.claims.get(*at).copied());
        let Some(said) = all.next() else { return false };
        let operands: Vec<&Claim> = all.collect();
        if !self.may_search() {
            return false;
        }
        let reason = reason::of(stated.formula, said, &operands);
        // Some changed digit makes nearly every percentage of two digits fit.
        let short = said.unit == "%" && said.value.digits < 100;
        reason.starts_with("nếu") && !(short && reason.contains("sai một chữ số"))
    }

    /// Whether the stated number, of three digits or more, holds with two of them the other way round.
    pub(super) fn is_swapped(&self, stated: &Stated) -> bool {
        let said = stated.claims.first().and_then(|at| self.claims.get(*at));
        let operands = stated.claims.iter().skip(1).filter_map(|at| self.claims.get(*at).copied());
        let operands: Vec<&Claim> = operands.collect();
        said.is_some_and(|said| {
            said.value.digits >= 100 && reason::is_swapped(stated.formula, said, &operands)
        })
    }

    /// Whether it holds with two neighbouring digits of one of its numbers the other way round.
    pub(super) fn is_any_swapped(&self, stated: &Stated) -> bool {
        let said = stated.claims.first().and_then(|at| self.claims.get(*at));
        let operands = stated.claims.iter().skip(1).filter_map(|at| self.claims.get(*at).copied());
        let operands: Vec<&Claim> = operands.collect();
        said.is_some_and(|said| {
            self.may_search() && reason::of(stated.formula, said, &operands).contains("đảo chữ số")
        })
    }

    /// Whether something has been said of the claim in a paragraph before.
    pub(super) fn is_settled(&self, index: usize) -> bool {
        self.settled.contains(&index)
    }

    /// The one reading that holds but for two digits of the stated number, which stand the wrong way round: too rare to be
    /// by chance, whatever the words leave open.
    pub(super) fn only_swapped(&self, readings: &[Stated]) -> Option<Stated> {
        let mut swapped = readings.iter().filter(|reading| self.is_swapped(reading));
        let one = swapped.next()?;
        // A plan that is told twice gives one reading.
        let values = |stated: &Stated| -> Vec<_> {
            stated
                .claims
                .iter()
                .filter_map(|at| self.claims.get(*at))
                .map(|claim| claim.value.exact())
                .collect()
        };
        if !swapped.all(|other| values(other) == values(one)) {
            return None;
        }
        Some(Stated { whole: true, ..one.clone() })
    }

    /// Whether a fit may still be looked for, which is then counted.
    pub(super) fn may_look(&self) -> bool {
        let left = self.looks.get();
        self.looks.set(left.saturating_sub(1));
        left > 0
    }

    /// The first of several readings that holds, or does so but for cut digits; where none does, the first.
    pub(super) fn choose(&self, readings: &[Stated]) -> Option<Stated> {
        let verdict = |stated: &Stated| judge::weighed(self.claims, stated).map(|(_, verdict)| verdict);
        let of = |wanted: Verdict| readings.iter().position(|stated| verdict(stated) == Some(wanted));
        let at = of(Verdict::Ok).or_else(|| of(Verdict::OkTruncated)).unwrap_or(0);
        readings.get(at).cloned()
    }

    pub(super) fn holds(&self, stated: &Stated) -> bool {
        let weighed = judge::weighed(self.claims, stated);
        matches!(weighed, Some((_, Verdict::Ok | Verdict::OkTruncated)))
    }

    /// The claim of that index, of this paragraph or those before.
    pub(super) fn said(&self, index: usize) -> Option<&'s Said<'d>> {
        self.own.iter().chain(self.before).chain(self.earlier).find(|said| said.index == index)
    }
}
