//! What the grid of one month holds: a row for every thing that the reader may write, with what was recorded of it
//! in the months before.

use std::collections::BTreeMap;
use std::sync::Arc;

use mc_access::{Act, Object, Role};
use mc_base::text::collation_key;
use mc_base::{Hash32, Month, PlaceId, Seq};
use mc_ledger::Value;
use mc_port::{Filter, ListRequest, PAGE_MAX, Snapshot, Version};
use mc_register::{Field, FieldType, Record, Schema, canonical_value_text, key_text, parse_key};

use super::sign::SignOff;
use crate::context::Page;
use crate::error::PageError;
use crate::lookup;
use crate::words::Words;

/// Columns of a grid.
const COLUMNS_MAX: usize = 12;
/// Rows of one month that are read; a larger register is filled in from a narrower place, or by file.
const ROWS_MAX: usize = 2_000;
/// Months looked back for the rows that there are and for what was recorded last: a row that was forgotten once, or
/// for a whole quarter, is still offered.
const MONTHS_BACK: i32 = 3;

static NULL: Value = Value::Null;

/// One row.
pub(super) struct Line {
    /// Key of the month's record, whether it is there or not.
    pub key: String,
    /// The month's record.
    pub now: Option<Version>,
    /// The last one before it, and its month.
    pub before: Option<(Month, Version)>,
    /// What the key says but for the month.
    pub names: Vec<String>,
    /// Who stands over the row.
    pub object: Object,
    /// The last sign-off that covers it.
    pub signed: Option<Seq>,
}

/// A register's month.
pub(super) struct Sheet {
    pub schema: Arc<Schema>,
    pub month: Month,
    /// The fields that are filled in.
    pub columns: Vec<Field>,
    pub lines: Vec<Line>,
    pub sign_offs: Vec<SignOff>,
}

/// The month in the key of a register.
pub(super) fn period_field(schema: &Schema) -> Option<&Field> {
    let mut key = schema.key.iter().filter_map(|id| schema.field(id));
    key.find(|field| field.kind == FieldType::Month && field.index).filter(|_| !schema.has_spells())
}

/// Whether a register is filled in month by month: its key holds a month, and it has numbers.
pub(crate) fn is_monthly(schema: &Schema) -> bool {
    period_field(schema).is_some() && schema.field.iter().any(|field| is_column(schema, field))
}

fn is_column(schema: &Schema, field: &Field) -> bool {
    let typed = field.lookup.is_none() && !field.personal && !field.deprecated;
    field.kind.is_numeric() && typed && !field.is_year() && !schema.key.contains(&field.id)
}

/// What a row has in the month, and what it had last before it.
type NowAndBefore = (Option<Version>, Option<(Month, Version)>);

impl Sheet {
    /// Reads the month.
    pub(super) fn read(
        page: &Page<'_>,
        snapshot: &dyn Snapshot,
        schema: Arc<Schema>,
        month: Month,
    ) -> Result<Self, PageError> {
        let period = period_field(&schema).ok_or_else(PageError::no_page)?.clone();
        let sign_offs = SignOff::all(snapshot, &schema.id, month)?;
        let mut rows: BTreeMap<String, NowAndBefore> = BTreeMap::new();
        for back in 0..=MONTHS_BACK {
            let Some(at) = month.plus(-back) else { continue };
            for version in recorded(page, snapshot, &schema, &period, at)? {
                let Some(key) = key_in(&schema, &period, &version, month) else { continue };
                let row = rows.entry(key).or_default();
                if back == 0 {
                    row.0 = Some(version);
                } else if row.1.is_none() {
                    row.1 = Some((at, version));
                }
            }
        }
        let words = Words::new(page);
        let mut lines: Vec<Line> = rows
            .into_iter()
            .filter_map(|(key, (now, before))| {
                let known = now.as_ref().or(before.as_ref().map(|(_, version)| version))?;
                let object = lookup::object(snapshot, &schema, known);
                let names = names(&schema, &period, &words, known);
                let covering = sign_offs.iter().filter(|sign_off| sign_off.covers(&object));
                let signed = covering.map(|sign_off| sign_off.seq).max();
                Some(Line { key, now, before, names, object, signed })
            })
            .filter(|line| page.may(Act::Write, &line.object))
            .collect();
        lines.sort_by_cached_key(|line| collation_key(&line.names.join("\n")));
        let fields = schema.field.iter().filter(|field| is_column(&schema, field));
        let columns = fields.take(COLUMNS_MAX).cloned().collect();
        Ok(Self { schema, month, columns, lines, sign_offs })
    }

    /// The row of a key.
    pub(super) fn line(&self, key: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.key == key)
    }

    /// Heads of the columns that say which row it is.
    pub(super) fn heads(&self) -> impl Iterator<Item = &Field> {
        let period = period_field(&self.schema).map(|field| field.no);
        let key = self.schema.key.iter().filter_map(|id| self.schema.field(id));
        key.filter(move |field| Some(field.no) != period)
    }

    /// Whether a column has to be filled in before the month can be signed off: what is required, and what the list
    /// of the register shows.
    pub(super) const fn is_needed(field: &Field) -> bool {
        field.required || field.list
    }

    /// Rows that lack a record or a needed number.
    pub(super) fn unfilled(&self) -> usize {
        let needed = || self.columns.iter().filter(|field| Self::is_needed(field));
        let filled = |line: &&Line| line.now.is_some() && needed().all(|field| *line.value(field.no) != NULL);
        self.lines.iter().filter(|line| !filled(line)).count()
    }

    /// The last commit that recorded one of the rows.
    pub(super) fn up_to(&self) -> Option<Seq> {
        self.lines.iter().filter_map(|line| Some(line.now.as_ref()?.seq_from)).max()
    }

    /// A record of the month with everything but its numbers: what is there, or what goes on from the last one.
    pub(super) fn ground(&self, line: &Line) -> Record {
        if let Some(now) = &line.now {
            let values = now.values.iter().map(|(no, value)| (*no, value.clone()));
            // One that the author may not see is named by a commitment, in whose place the store puts what it has.
            let masked = now.masked.iter().map(|no| (*no, Value::Commitment(Hash32::ZERO)));
            return values.chain(masked).collect();
        }
        let mut record = parse_key(&self.schema, &line.key).unwrap_or_default();
        let Some((_, before)) = &line.before else { return record };
        let is_of_thing = |field: &&Field| {
            let id = Some(field.id.as_str());
            field.required || self.schema.place.as_deref() == id || self.schema.owner.as_deref() == id
        };
        let plain = self.schema.field.iter().filter(|field| {
            !field.kind.is_numeric() && field.lookup.is_none() && !self.schema.key.contains(&field.id)
        });
        for field in plain.filter(is_of_thing) {
            record.set(field.no, before.values.get(&field.no).cloned().unwrap_or(Value::Null));
        }
        record
    }
}

impl Line {
    /// What the month's record holds.
    pub(super) fn value(&self, field: u16) -> &Value {
        value_of(self.now.as_ref(), field)
    }

    /// Version of the month's record; 0 where there is none.
    pub(super) fn ordinal(&self) -> u32 {
        self.now.as_ref().map_or(0, |now| now.ordinal)
    }

    /// Whether it was edited after it had been signed off.
    pub(super) fn is_corrected(&self) -> bool {
        let recorded = self.now.as_ref().map(|now| now.seq_from);
        self.signed.zip(recorded).is_some_and(|(signed, recorded)| recorded > signed)
    }
}

/// A value of a version, or of none.
pub(super) fn value_of(version: Option<&Version>, field: u16) -> &Value {
    version.and_then(|version| version.values.get(&field)).unwrap_or(&NULL)
}

/// Where the rows lie: what belongs to an officer wherever that is, for others the place of the page.
fn place(page: &Page<'_>, schema: &Schema) -> Option<PlaceId> {
    schema.place.as_ref()?;
    match page.viewer().role {
        Role::FocalOfficer | Role::Member => None,
        Role::CommuneOfficer => page.viewer().place,
        _ => Some(page.place()),
    }
}

fn recorded(
    page: &Page<'_>,
    snapshot: &dyn Snapshot,
    schema: &Schema,
    period: &Field,
    month: Month,
) -> Result<Vec<Version>, PageError> {
    let equals = canonical_value_text(&Value::Month(month)).unwrap_or_default();
    let mut request = ListRequest {
        register: schema.id.clone(),
        place: place(page, schema),
        filters: vec![Filter { field: period.id.clone(), equals }],
        sort: None,
        descending: false,
        after: None,
        limit: PAGE_MAX,
        at: None,
    };
    let mut found = Vec::new();
    loop {
        let part = snapshot.list(&request)?;
        found.extend(part.rows);
        if found.len() > ROWS_MAX {
            return Err(PageError::Unprocessable(t!(
                "Tháng này có hơn 2.000 dòng trong phạm vi đang xem, nhiều quá cho một bảng nhập. Hãy mở bảng của một xã, phường, hoặc nhập từ tệp."
            ).to_owned()));
        }
        match part.next {
            Some(next) => request.after = Some(next),
            None => return Ok(found),
        }
    }
}

/// The key that a record has in another month.
fn key_in(schema: &Schema, period: &Field, version: &Version, month: Month) -> Option<String> {
    let mut record = parse_key(schema, &version.key).ok()?;
    record.set(period.no, Value::Month(month));
    key_text(schema, &record).ok()
}

fn names(schema: &Schema, period: &Field, words: &Words<'_>, version: &Version) -> Vec<String> {
    let key = schema.key.iter().filter_map(|id| schema.field(id)).filter(|field| field.no != period.no);
    let said = key.map(|field| {
        let value = version.values.get(&field.no)?;
        words.value(field, value).map(|shown| shown.text)
    });
    said.map(Option::unwrap_or_default).collect()
}
