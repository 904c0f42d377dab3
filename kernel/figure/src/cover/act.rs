//! From a confirmed cover to the edits of its commit, and back: whether a cover record matches them.

use mc_base::{AgencyId, Day, PlaceId, date};
use mc_ledger::Value;
use mc_register::{Edit, Record, Schema, system};

use super::{CoverError, StandingTotal, Total};
use crate::totals::TOTALS;

/// What a person confirmed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Confirmation {
    /// By how much the total counts less; `None`: nothing of it remains.
    pub by: Option<i64>,
    /// From which day; `None`: from the total's first.
    pub from: Option<Day>,
    /// Position of the commit with the lists, where it is known.
    pub lists: Option<u64>,
    /// Why.
    pub reason: String,
    /// The document that goes with the lists.
    pub document: Option<String>,
}

/// The edits of a cover, by register.
///
/// # Errors
/// Why the total cannot be covered so.
pub fn edits(
    totals: &Schema,
    covers: &Schema,
    standing: &StandingTotal,
    confirmed: &Confirmation,
) -> Result<Vec<(&'static str, Edit)>, CoverError> {
    let total = &standing.total;
    if total.amount <= 0 {
        return Err(CoverError::NotPositive(total.amount));
    }
    let by = confirmed.by.unwrap_or(total.amount);
    if !(1..=total.amount).contains(&by) {
        return Err(CoverError::Amount { found: by, amount: total.amount });
    }
    if confirmed.reason.trim().is_empty() {
        return Err(CoverError::NoReason);
    }
    let from = confirmed.from.unwrap_or(total.day);
    if !total.counts_on(standing.level, from) {
        return Err(misfit(total, standing.level, from));
    }
    let mut edits = on_total(totals, total, from, total.amount - by)?;
    let record = Covering {
        total: total.key.clone(),
        place: total.place,
        agency: total.agency.clone(),
        number: i64::from(standing.covers) + 1,
        from,
        by,
        remaining: total.amount - by,
    }
    .record(covers, confirmed)?;
    edits.push((system::COVER, Edit::Insert { record }));
    Ok(edits)
}

fn misfit(total: &Total, level: bool, from: Day) -> CoverError {
    let expected = match (level, total.until) {
        (false, _) => format!("đúng ngày {}", date::short(total.day)),
        (true, None) => format!("từ ngày {}", date::short(total.day)),
        (true, Some(until)) => {
            format!("từ ngày {} đến trước ngày {}", date::short(total.day), date::short(until))
        }
    };
    CoverError::Day { found: from, expected }
}

/// The total's own edits: before `from` it stays what it was.
fn on_total(
    schema: &Schema,
    total: &Total,
    from: Day,
    remaining: i64,
) -> Result<Vec<(&'static str, Edit)>, CoverError> {
    let with = |record: &Record, id: &str, value: Value| {
        let mut record = record.clone();
        if record.set_id(schema, id, value) { Ok(record) } else { Err(CoverError::Schema(TOTALS)) }
    };
    let correct = |record| Edit::Correct { key: total.key.clone(), expected_ordinal: total.ordinal, record };
    let rest = with(&total.record, "amount", Value::Int(remaining))?;
    if from == total.day {
        let edit = if remaining == 0 {
            Edit::Retire { key: total.key.clone(), expected_ordinal: total.ordinal }
        } else {
            correct(rest)
        };
        return Ok(vec![(TOTALS, edit)]);
    }
    let mut edits = vec![(TOTALS, correct(with(&total.record, "until", Value::Day(from))?))];
    if remaining != 0 {
        edits.push((TOTALS, Edit::Insert { record: with(&rest, "day", Value::Day(from))? }));
    }
    Ok(edits)
}

/// What a record of register `cover` says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Covering {
    /// Key of the total.
    pub total: String,
    /// Place of the total.
    pub place: PlaceId,
    /// Agency of the total.
    pub agency: AgencyId,
    /// Which cover of it, from 1.
    pub number: i64,
    /// First day on which it counts less.
    pub from: Day,
    /// By how much.
    pub by: i64,
    /// What remains.
    pub remaining: i64,
}

impl Covering {
    /// Reads a record; `None` where a value is missing.
    #[must_use]
    pub fn read(schema: &Schema, record: &Record) -> Option<Self> {
        let int = |id: &str| match record.get_id(schema, id) {
            Some(Value::Int(number)) => Some(*number),
            _ => None,
        };
        let value = |id: &str| record.get_id(schema, id);
        let (
            Some(Value::Code(total)),
            Some(Value::Day(from)),
            Some(Value::Place(place)),
            Some(Value::Agency(agency)),
        ) = (value("total"), value("day"), value("place"), value("agency"))
        else {
            return None;
        };
        Some(Self {
            total: total.clone(),
            place: *place,
            agency: agency.clone(),
            number: int("cover_no")?,
            from: *from,
            by: int("amount")?,
            remaining: int("remaining")?,
        })
    }

    fn record(&self, schema: &Schema, confirmed: &Confirmation) -> Result<Record, CoverError> {
        let text = |text: &str| Value::Text(text.trim().to_owned());
        let document = confirmed.document.as_deref().filter(|document| !document.trim().is_empty());
        let lists = confirmed.lists.and_then(|seq| i64::try_from(seq).ok());
        let values = [
            ("total", Value::Code(self.total.clone())),
            ("cover_no", Value::Int(self.number)),
            ("day", Value::Day(self.from)),
            ("amount", Value::Int(self.by)),
            ("remaining", Value::Int(self.remaining)),
            ("place", Value::Place(self.place)),
            ("agency", Value::Agency(self.agency.clone())),
            ("commit", lists.map_or(Value::Null, Value::Int)),
            ("document", document.map_or(Value::Null, text)),
            ("reason", text(&confirmed.reason)),
        ];
        let mut record = Record::new();
        for (id, value) in values {
            if !record.set_id(schema, id, value) {
                return Err(CoverError::Schema(system::COVER));
            }
        }
        Ok(record)
    }

    /// Whether the commit does to the total exactly what this record says: `before` is the version that it
    /// closes, `after` are the totals that it opens, of a measure that is a `level` or a flow.
    #[must_use]
    pub fn matches(&self, level: bool, before: &Total, after: &[Total]) -> bool {
        let opened: Vec<&Total> = after.iter().filter(|total| total.same_scope(before)).collect();
        let on_day: Vec<&Total> =
            opened.iter().copied().filter(|total| total.counts_on(level, self.from)).collect();
        let rest: i64 = on_day.iter().map(|total| total.amount).sum();
        // The days before the cover keep the amount.
        let kept = self.from == before.day
            || opened.iter().any(|total| {
                total.key == before.key
                    && (total.day, total.until, total.amount) == (before.day, Some(self.from), before.amount)
            });
        let goes_on = on_day.iter().all(|total| (total.day, total.until) == (self.from, before.until));
        before.key == self.total
            && (before.place, &before.agency) == (self.place, &self.agency)
            && before.counts_on(level, self.from)
            && self.by > 0
            && before.amount.checked_sub(self.by) == Some(self.remaining)
            && rest == self.remaining
            && kept
            && goes_on
    }
}
