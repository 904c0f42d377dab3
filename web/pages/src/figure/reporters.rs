//! What is not in a figure: agencies that have not reported, records without the date that would make them
//! count.

use mc_base::{AgencyId, Period};
use mc_figure::TimeRule;
use mc_port::{By, FigureError, Filter, ListRequest, PAGE_MAX, Seat, Version};
use mc_register::{Field, Schema};
use mc_ui::table::{Cell, Column, DataTable, Kind, Row};
use mc_ui::{FigureText, ViNum};

use super::ask::{self, Ask};
use super::lens::{Lens, Reading};
use super::target::pin;
use crate::error::PageError;
use crate::said::Said as _;

/// Periods looked back for agencies that used to report.
const LOOK_BACK: usize = 3;
/// Records without a date that are named.
const SHOWN_MAX: usize = 10;

/// Agencies that reported for one of the periods before and not for this one, as agencies were at its end: one that was
/// taken over since is asked for by the one that has it, one that is gone by nobody. `None` where nobody is expected to
/// report, or nothing can be said yet.
///
/// # Errors
/// When the store fails.
pub(super) fn silent(lens: &Lens<'_>, ask: &Ask, whole: &Reading) -> Result<Option<Vec<String>>, PageError> {
    let Some(field) = &whole.definition.reported_by else { return Ok(None) };
    let by = By::Cut(field.clone());
    let (tree, day) = (lens.snapshot.agencies(), ask.ky.to().min(lens.today));
    let heard = |period: Period| -> Result<Option<Vec<AgencyId>>, PageError> {
        let parts = match lens.snapshot.figure_by(&lens.request(&whole.definition.id, period), &by) {
            Ok(parts) => parts,
            Err(FigureError::NoCut { .. } | FigureError::Building(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let agencies = parts.into_iter().filter_map(|part| AgencyId::parse(&part.key));
        let seats = agencies.filter_map(|agency| match tree.seat(&agency, day) {
            Seat::At(seat) => Some(seat),
            Seat::Unsettled => None,
        });
        Ok(Some(seats.collect()))
    };
    let Some(now) = heard(ask.ky)? else { return Ok(None) };
    let mut missing: Vec<AgencyId> = Vec::new();
    let mut earlier = ask.ky.previous();
    for _ in 0..LOOK_BACK {
        let Some(period) = earlier else { break };
        let Some(before) = heard(period)? else { return Ok(None) };
        for agency in before {
            if !now.contains(&agency) && !missing.contains(&agency) {
                missing.push(agency);
            }
        }
        earlier = period.previous();
    }
    Ok(Some(missing.iter().map(|agency| tree.name(agency).to_owned()).collect()))
}

/// Records of the figure's register that lack the date from which they would count.
pub(super) struct Undated {
    /// They count all the same, and are flagged.
    pub(super) counted: bool,
    /// What date is missing.
    pub(super) field: String,
    /// How many.
    pub(super) count: FigureText,
    /// The first of them.
    pub(super) table: DataTable,
}

/// `None` where every record has its date, or the register is too long to be looked through here.
///
/// # Errors
/// When the store fails.
pub(super) fn undated(lens: &Lens<'_>, whole: &Reading) -> Result<Option<Undated>, PageError> {
    let measure = &whole.definition.num;
    let (TimeRule::Stock { from: on, .. } | TimeRule::Flow { on } | TimeRule::Cumulative { on }) =
        &measure.time;
    let Some(schema) = lens.snapshot.schema(&measure.register) else { return Ok(None) };
    let Some(field) = schema.field(on.trim()).filter(|field| !field.required) else { return Ok(None) };
    let Some((rows, count)) = without(lens, &schema, field)? else { return Ok(None) };
    if rows.is_empty() || lens.guards(&whole.definition) {
        return Ok(None);
    }
    let title = super::sentence::lower_first(field.title.said());
    let handle = lens.list_handle(&schema.id, format!("{}=", field.id));
    let mut table = DataTable::new(
        "thieu-ngay-danh-sach",
        t!("Bản ghi thiếu {title}", title),
        vec![
            Column::new(schema.title.said().to_owned(), Kind::Text),
            Column::new(t!("Mã bản ghi"), Kind::Text),
        ],
    );
    table.rows = rows.iter().take(SHOWN_MAX).map(|row| record_row(lens, &schema, row)).collect();
    Ok(Some(Undated {
        counted: schema.unknown_from,
        field: title,
        count: FigureText::new(ViNum::whole(i64::try_from(count).unwrap_or(i64::MAX)), handle),
        table,
    }))
}

/// The records whose `field` is empty, and how many; `None` where that would need a scan of a long register.
fn without(
    lens: &Lens<'_>,
    schema: &Schema,
    field: &Field,
) -> Result<Option<(Vec<Version>, u64)>, PageError> {
    let mut request = ListRequest {
        register: schema.id.clone(),
        place: Some(lens.place),
        filters: Vec::new(),
        sort: None,
        descending: false,
        after: None,
        limit: SHOWN_MAX,
        at: lens.at,
    };
    if field.index {
        request.filters.push(Filter { field: field.id.clone(), equals: String::new() });
        let page = lens.snapshot.list(&request)?;
        return Ok(Some((page.rows, page.count)));
    }
    request.limit = PAGE_MAX;
    let page = lens.snapshot.list(&request)?;
    if page.next.is_some() {
        return Ok(None);
    }
    let rows: Vec<Version> =
        page.rows.into_iter().filter(|row| !row.values.contains_key(&field.no)).collect();
    let count = rows.len() as u64;
    Ok(Some((rows, count)))
}

fn record_row(lens: &Lens<'_>, schema: &Schema, row: &Version) -> Row {
    let href = ask::record(&schema.slug, &row.key, &pin(lens));
    Row::new(vec![Cell::link(super::records::title(lens, schema, row), href), Cell::text(row.key.clone())])
}
