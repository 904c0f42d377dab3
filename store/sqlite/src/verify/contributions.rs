//! What the versions contribute to the cells, summed up while they go by.

use std::collections::HashMap;

use mc_base::Seq;
use rusqlite::Row;

use super::sums::{Amount, Seed, Sums};
use crate::StoreError;
use crate::cells::columns::{Columns, MeasureColumns};
use crate::commit::unknown_place;
use crate::reader::Reader;

/// The columns of all measures over a register.
pub(super) fn columns(reader: &Reader, register: i64, columns: &mut Columns) -> Vec<MeasureColumns> {
    let unknown = unknown_place(reader.instance().home);
    let measures = reader.catalog.measures_of(register);
    measures.map(|measure| MeasureColumns::of(&measure.sql, unknown, columns)).collect()
}

/// Sums by measure, cut set and the place that the records themselves name. The key that is hashed is cut
/// value, commit and day.
#[derive(Default)]
pub(super) struct Contributions {
    seed: Seed,
    /// Measure and cut set of each column of `sums`.
    sets: Vec<(i64, i64)>,
    /// Row of `sums` by place.
    places: HashMap<i64, usize>,
    sums: Vec<Sums>,
    last: Option<(i64, usize)>,
    uncut: u64,
}

/// Sums by measure, cut set and place.
pub(super) type Totals = HashMap<(i64, i64, i64), Sums>;

impl Contributions {
    pub(super) fn new(measures: &[MeasureColumns], seed: Seed) -> Self {
        let sets = measures.iter().flat_map(|it| (0..).zip(0..it.sets()).map(|(set, _)| (it.measure, set)));
        Self { sets: sets.collect(), uncut: seed.hash(""), seed, ..Self::default() }
    }

    /// Adds what a version contributes since the commit that opened it, and takes it back since the one that
    /// closed it.
    pub(super) fn add(
        &mut self,
        row: &Row<'_>,
        measures: &[MeasureColumns],
        (opened, closed): (Seq, Option<Seq>),
    ) -> Result<(), StoreError> {
        let mut set = 0;
        for measure in measures {
            let own = set;
            set += measure.sets();
            let Some(first) = row.get::<_, Option<i64>>(measure.first)? else { continue };
            let until: Option<i64> = row.get(measure.until)?;
            let value: Option<i64> = row.get(measure.value)?;
            let amount = Amount { value: value.unwrap_or(0), n: 1, blank: i64::from(value.is_none()) };
            let place = self.place(row.get(measure.place)?);
            for (at, column) in std::iter::once(None).chain(measure.cuts.iter().map(Some)).enumerate() {
                let cut = match column {
                    None => self.uncut,
                    Some(column) => {
                        self.seed.hash(row.get_ref(*column)?.as_str().map_err(StoreError::corrupt)?)
                    }
                };
                let events = [(Some(opened), Some(first), 1), (Some(opened), until, -1)];
                let undone = [(closed, Some(first), -1), (closed, until, 1)];
                for (seq, day, sign) in events.into_iter().chain(undone) {
                    if let (Some(seq), Some(day)) = (seq, day) {
                        self.put(place + own + at, self.seed.hash((cut, seq.0, day)), amount, sign);
                    }
                }
            }
        }
        Ok(())
    }

    /// Where the sums of a place begin.
    fn place(&mut self, place: i64) -> usize {
        if let Some((known, at)) = self.last
            && known == place
        {
            return at;
        }
        let next = self.sums.len();
        let at = *self.places.entry(place).or_insert(next);
        if at == next {
            self.sums.resize(next + self.sets.len(), Sums::default());
        }
        self.last = Some((place, at));
        at
    }

    fn put(&mut self, at: usize, hash: u64, amount: Amount, sign: i128) {
        if let Some(sums) = self.sums.get_mut(at) {
            sums.add(hash, amount, sign);
        }
    }

    /// Adds everything to `totals`.
    pub(super) fn merge_into(&self, totals: &mut Totals) {
        for (place, from) in &self.places {
            let sums = self.sums.iter().skip(*from);
            for ((measure, set), sums) in self.sets.iter().zip(sums) {
                totals.entry((*measure, *set, *place)).or_default().merge(*sums);
            }
        }
    }
}
