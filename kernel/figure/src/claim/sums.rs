//! Counting the recorded rows of one measure.

use std::collections::{BTreeSet, HashMap, HashSet};

use mc_base::{Hash32, Seq};
use mc_ledger::{Act, Value};

use super::places::Inside;
use super::{ClaimFault, FAULTS_MAX, RecordedRow};
use crate::measure::{CompiledMeasure, CompiledTime, Contributions};
use crate::read::Window;

/// What the rows of one measure add up to.
#[derive(Default)]
pub(super) struct Sum<'a> {
    /// Mantissa.
    pub(super) value: i128,
    /// The rows that count.
    pub(super) rows: Vec<RecordedRow<'a>>,
    /// One of them has no place.
    pub(super) unplaced: bool,
}

/// The rows of a claim as they stood at its position.
pub(super) struct Standing<'r, 'a> {
    rows: &'r [RecordedRow<'a>],
    position: Seq,
    /// By register and key: the commit that closed a version, and the last version opened.
    closed: HashMap<(&'a str, &'a str, u32), Seq>,
    last: HashMap<(&'a str, &'a str), (u32, Seq)>,
}

impl<'r, 'a> Standing<'r, 'a> {
    pub(super) fn new(rows: &'r [RecordedRow<'a>], position: Seq) -> Self {
        let mut standing = Self { rows, position, closed: HashMap::new(), last: HashMap::new() };
        for row in rows.iter().filter(|row| row.seq <= position) {
            let (register, key) = (row.leaf.register.as_str(), row.leaf.key.as_str());
            match row.leaf.act {
                Act::Open => {
                    let last = standing.last.entry((register, key)).or_insert((row.leaf.ordinal, row.seq));
                    if row.leaf.ordinal > last.0 {
                        *last = (row.leaf.ordinal, row.seq);
                    }
                }
                Act::Close => {
                    standing.closed.insert((register, key, row.leaf.ordinal), row.seq);
                }
                Act::Erase => {}
            }
        }
        standing
    }

    /// Whether the file itself shows that the version no longer stood at the position.
    fn replaced_by(&self, row: &RecordedRow<'a>) -> Option<Seq> {
        let (register, key) = (row.leaf.register.as_str(), row.leaf.key.as_str());
        let closed = self.closed.get(&(register, key, row.leaf.ordinal)).copied();
        closed.or_else(|| {
            self.last.get(&(register, key)).filter(|(last, _)| *last > row.leaf.ordinal).map(|(_, seq)| *seq)
        })
    }

    /// Open rows of `register` known at the position.
    pub(super) fn known<'s>(&'s self, register: &'s str) -> impl Iterator<Item = &'s RecordedRow<'a>> {
        self.rows.iter().filter(move |row| {
            row.leaf.act == Act::Open && row.leaf.register == register && row.seq <= self.position
        })
    }

    /// Sums `measure` over the rows inside the place and the window.
    pub(super) fn sum(
        &self,
        measure: &CompiledMeasure,
        window: Option<Window>,
        inside: &Inside,
        schemas: &HashSet<Hash32>,
        faults: &mut Vec<ClaimFault>,
    ) -> Sum<'a> {
        let mut sum = Sum::default();
        let Some(window) = window else { return sum };
        for row in self.known(&measure.register) {
            if faults.len() >= FAULTS_MAX {
                break;
            }
            let (register, key) = (row.leaf.register.clone(), row.leaf.key.clone());
            let field = |no| row.leaf.field_value(no).cloned().unwrap_or(Value::Null);
            let found = match measure.contributions(&field) {
                Ok(found) => found,
                Err(source) => {
                    faults.push(ClaimFault::Row { register, key, source });
                    continue;
                }
            };
            if !counts(measure, &found, window) || !inside.holds(found.place) {
                continue;
            }
            if !schemas.contains(&row.leaf.schema) {
                faults.push(ClaimFault::ForeignSchema { register, key });
                continue;
            }
            if let Some(by) = self.replaced_by(row) {
                faults.push(ClaimFault::Superseded { register, key, ordinal: row.leaf.ordinal, by });
                continue;
            }
            let changes = found.changes.iter().filter(|(day, _)| window.holds(*day));
            sum.value += changes.map(|(_, amount)| i128::from(*amount)).sum::<i128>();
            sum.unplaced |= found.place.is_none();
            sum.rows.push(*row);
        }
        sum
    }
}

/// Whether a record stands behind a figure: a level on the window's last day, a flow inside the window.
fn counts(measure: &CompiledMeasure, found: &Contributions, window: Window) -> bool {
    let Some(interval) = found.interval else { return false };
    match (&measure.time, window) {
        (CompiledTime::Stock { .. }, Window::UpTo(day)) => interval.holds(day),
        _ => window.holds(interval.from),
    }
}

/// How many different records two sums hold.
pub(super) fn union(sums: &[&Sum<'_>]) -> u64 {
    let keys: BTreeSet<(&str, &str)> = sums
        .iter()
        .flat_map(|sum| &sum.rows)
        .map(|row| (row.leaf.register.as_str(), row.leaf.key.as_str()))
        .collect();
    keys.len() as u64
}
