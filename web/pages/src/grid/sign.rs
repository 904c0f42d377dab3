//! That a month is complete: who confirmed it, when, how many rows, and what was corrected since.

use mc_access::{Object, Role};
use mc_base::{AgencyId, Month, PlaceId, Seq};
use mc_ledger::Value;
use mc_port::{CommitRequest, EditRequest, Filter, ListRequest, PAGE_MAX, Snapshot, Version};
use mc_register::{Edit, Record, canonical_value_text, system};

use super::Step;
use super::sheet::{Sheet, value_of};
use super::view::{self, Outcome};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::Reply;

/// The last commit of the rows that the signer saw.
pub(super) const UP_TO: &str = "den";

/// One sign-off.
pub(super) struct SignOff {
    /// What it covers, as the key names it.
    pub scope: String,
    pub agency: Option<AgencyId>,
    pub place: Option<PlaceId>,
    pub rows: i64,
    /// The commit that recorded it.
    pub seq: Seq,
    pub ordinal: u32,
    pub key: String,
}

/// What somebody signs for.
pub(super) struct Scope {
    code: String,
    agency: Option<AgencyId>,
    place: Option<PlaceId>,
}

impl Scope {
    /// Officers sign for their own agency or place, whoever writes everywhere for the place of the page.
    pub(super) fn of(page: &Page<'_>) -> Self {
        let viewer = page.viewer();
        match (viewer.role, &viewer.agency, viewer.place) {
            (Role::FocalOfficer | Role::Member, Some(agency), _) => {
                Self { code: format!("agency:{agency}"), agency: Some(agency.clone()), place: None }
            }
            (Role::CommuneOfficer, _, Some(place)) => Self::place(place),
            _ => Self::place(page.place()),
        }
    }

    fn place(place: PlaceId) -> Self {
        Self { code: format!("place:{place}"), agency: None, place: Some(place) }
    }

    /// The sign-off there is.
    pub(super) fn found<'s>(&self, sheet: &'s Sheet) -> Option<&'s SignOff> {
        sheet.sign_offs.iter().find(|sign_off| sign_off.scope == self.code)
    }
}

impl SignOff {
    /// Those of a register's month.
    pub(super) fn all(snapshot: &dyn Snapshot, register: &str, month: Month) -> Result<Vec<Self>, PageError> {
        // An instance founded before there were sign-offs has none.
        let Some(schema) = snapshot.schema(system::SIGN_OFF) else { return Ok(Vec::new()) };
        let month = canonical_value_text(&Value::Month(month)).unwrap_or_default();
        let filter = |field: &str, equals: String| Filter { field: field.to_owned(), equals };
        let found = snapshot.list(&ListRequest {
            register: schema.id.clone(),
            place: None,
            filters: vec![filter("register", register.to_owned()), filter("month", month)],
            sort: None,
            descending: false,
            after: None,
            limit: PAGE_MAX,
            at: None,
        })?;
        let read = |version: Version| {
            let value = |id: &str| value_of(Some(&version), schema.field(id).map_or(0, |field| field.no));
            Self {
                scope: match value("scope") {
                    Value::Code(code) => code.clone(),
                    _ => String::new(),
                },
                agency: match value("agency") {
                    Value::Agency(agency) => Some(agency.clone()),
                    _ => None,
                },
                place: match value("place") {
                    Value::Place(place) => Some(*place),
                    _ => None,
                },
                rows: match value("rows") {
                    Value::Int(rows) => *rows,
                    _ => 0,
                },
                seq: version.seq_from,
                ordinal: version.ordinal,
                key: version.key.clone(),
            }
        };
        Ok(found.rows.into_iter().map(read).collect())
    }

    /// Whether a row belongs to what was signed.
    pub(super) fn covers(&self, object: &Object) -> bool {
        let agency = self.agency.as_ref().is_some_and(|agency| object.agencies.contains(agency));
        agency || self.place.is_some_and(|place| object.places.contains(&place))
    }
}

/// Confirms the month.
pub(super) fn send(page: &Page<'_>) -> Result<Reply, PageError> {
    let Step { schema, month } = Step::open(page)?;
    let sheet = Sheet::read(page, page.snapshot(), schema, month)?;
    let seen = page.form().get(UP_TO).and_then(|text| text.parse().ok()).map(Seq);
    let refused = if sheet.lines.is_empty() || sheet.unfilled() > 0 {
        Some(t!("Chưa ký được: còn dòng chưa đủ số."))
    } else if seen != sheet.up_to() {
        Some(t!("Chưa ký: số liệu đã đổi từ lúc bạn mở trang. Hãy xem lại bảng dưới đây rồi ký."))
    } else {
        None
    };
    if let Some(sentence) = refused {
        return view::page(
            page,
            &sheet,
            &Outcome { general: vec![sentence.to_owned()], ..Outcome::default() },
        );
    }
    let receipt = super::sink(page, &sheet.schema)?.commit(request(page, &sheet)?)?;
    Ok(super::back(page, &sheet, &[(super::SIGNED, &receipt.seq.to_string())]))
}

fn request(page: &Page<'_>, sheet: &Sheet) -> Result<CommitRequest, PageError> {
    let schema = page.snapshot().schema(system::SIGN_OFF).ok_or_else(|| {
        PageError::Unprocessable(
            t!("Bản cài này được lập trước khi có sổ ký xác nhận nên chưa ký được.").to_owned(),
        )
    })?;
    let scope = Scope::of(page);
    let count = i64::try_from(sheet.lines.len()).unwrap_or(i64::MAX);
    let up_to = sheet.up_to().and_then(|seq| i64::try_from(seq.0).ok()).unwrap_or_default();
    let values = [
        ("register", Value::Code(sheet.schema.id.clone())),
        ("month", Value::Month(sheet.month)),
        ("scope", Value::Code(scope.code.clone())),
        ("agency", scope.agency.clone().map_or(Value::Null, Value::Agency)),
        ("place", scope.place.map_or(Value::Null, Value::Place)),
        ("rows", Value::Int(count)),
        ("up_to", Value::Int(up_to)),
    ];
    let named = values.into_iter().filter_map(|(id, value)| Some((schema.field(id)?.no, value)));
    let record: Record = named.collect();
    let edit = match scope.found(sheet) {
        Some(sign_off) => {
            Edit::Correct { key: sign_off.key.clone(), expected_ordinal: sign_off.ordinal, record }
        }
        None => Edit::Insert { record },
    };
    Ok(CommitRequest {
        actor: page.viewer().clone(),
        source: super::SOURCE.to_owned(),
        reason: super::ledger_reason(vietnamese!("Ký xác nhận số liệu tháng"), sheet),
        idempotency_key: String::new(),
        edits: vec![EditRequest { register: schema.id.clone(), edit }],
    })
}
