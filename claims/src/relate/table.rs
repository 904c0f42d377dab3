//! What the cells of a table tell of each other: parts and their total, a plan and what was done of it.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::{self, Stated};
use super::relation::{Formula, Relation, Tie, Verdict};
use super::sum::sum;
use super::{Said, Scene, adds, hundred, tie};
use crate::find::{Cell, Placed, Role};

/// Rows of a table whose columns are added up.
const ROWS_MAX: usize = 64;
/// Numbers before a table among which its total may stand.
const BEFORE_MAX: usize = 8;

/// A number of a table.
type Told<'s, 'd> = (&'s Said<'d>, Cell);

/// The ties of one table; `scene` holds its cells, and before them what the text told last.
pub(super) fn find(scene: &Scene<'_, '_>, placed: &[Placed]) -> Vec<Relation> {
    let cell = |said: &Said<'_>| placed.get(said.index).and_then(|placed| placed.cell);
    let all: Vec<Told<'_, '_>> = scene.own.iter().filter_map(|said| Some((said, cell(said)?))).collect();
    let mut found: Vec<Relation> = Vec::new();
    let mut totals: BTreeMap<usize, &Said<'_>> = BTreeMap::new();
    let columns: BTreeSet<usize> = all.iter().map(|(_, cell)| cell.column).collect();
    for column in &columns {
        let of: Vec<&Told<'_, '_>> = all.iter().filter(|(_, cell)| cell.column == *column).collect();
        if let Some((total, relation)) = added(scene, &of) {
            totals.insert(*column, total);
            found.extend(relation);
        }
    }
    let adds_up = found.iter().any(|sum| matches!(sum.verdict, Verdict::Ok | Verdict::OkTruncated));
    for column in &columns {
        let parts = all.iter().filter(|(_, of)| of.column == *column && of.role == Role::Part && !of.total);
        let parts: Vec<&Said<'_>> = parts.map(|(said, _)| *said).take(ROWS_MAX).collect();
        found.extend(hundred::of_column(&parts, adds_up));
    }
    for (percent, of) in all.iter().filter(|(said, _)| said.claim.unit == "%") {
        let beside = |role: Role| {
            let mut row = all.iter().filter(|(_, cell)| cell.row == of.row && cell.role == role);
            row.next().filter(|_| row.next().is_none()).map(|(said, cell)| (*said, cell.column))
        };
        let told = match of.role {
            Role::OfPlan => {
                beside(Role::Done).zip(beside(Role::Plan)).map(|((done, _), (plan, _))| (done, plan))
            }
            Role::Part if !of.total => beside(Role::Amount)
                .or_else(|| beside(Role::Done))
                .and_then(|(part, column)| Some((part, *totals.get(&column)?))),
            _ => None,
        };
        let told = told.filter(|(part, whole)| part.alike(whole));
        let told = told.map(|(part, whole)| {
            tie(Tie::Share, Formula::Share, vec![percent.index, part.index, whole.index], true)
        });
        found.extend(told.and_then(|told| judge::judged(scene, &told)));
    }
    found
}

/// The total of a column, and that it adds up: in a row of its own, or told before the table.
fn added<'s, 'd>(
    scene: &Scene<'s, 'd>,
    column: &[&Told<'s, 'd>],
) -> Option<(&'s Said<'d>, Option<Relation>)> {
    let parts: Vec<&Said<'_>> =
        column.iter().filter(|(_, cell)| !cell.total).map(|(said, _)| *said).collect();
    let first = parts.first()?;
    let alike = parts.iter().all(|part| part.claim.unit == first.claim.unit && adds(part.claim.kind));
    if parts.len() < 2 || parts.len() > ROWS_MAX || !alike {
        return None;
    }
    let mut rows = column.iter().filter(|(_, cell)| cell.total).map(|(said, _)| *said);
    let row = rows.next().filter(|_| rows.next().is_none());
    let judge = |stated: &Stated| judge::judged(scene, stated);
    if let Some(total) = row {
        return Some((total, judge(&sum(total, &parts, true))));
    }
    let most = parts.iter().map(|part| part.value()).max()?;
    let before = scene.before.iter().rev().take(BEFORE_MAX);
    let before = before.filter(|total| total.alike(first) && total.is_level() && total.value() >= most);
    let total = before.into_iter().find(|total| {
        let stated = sum(total, &parts, false);
        scene.holds(&stated) || scene.is_any_swapped(&stated)
    })?;
    let relation = judge(&sum(total, &parts, true)).filter(|told| told.verdict != Verdict::Insufficient);
    Some((total, relation))
}
