//! What stands behind an agency: its figures, and the records that it owns.

use std::sync::Arc;

use mc_base::Period;
use mc_base::text::collation_key;
use mc_figure::{Definition, Kind};
use mc_port::{Agency, AgencyCut, FigureError, Filter, ListRequest, agency_cut_of};
use mc_register::Schema;
use mc_ui::table::{Cell, Column, DataTable, Kind as Holds, Row};
use mc_ui::{Html, of_data, write};

use crate::context::{PERIOD, Page};
use crate::error::PageError;
use crate::figure::{Lens, Reading, billions, over_and_unit, over_spoken, unit};
use crate::records::{filter, is_system};
use crate::registers::{Count, counted};
use crate::said::Said as _;

/// Figures that are split by agency, each for the agency with those below it.
///
/// # Errors
/// When the store fails.
pub(super) fn figures(page: &Page<'_>, agency: &Agency) -> Result<DataTable, PageError> {
    let period = page.period_or_last_month();
    let columns = vec![
        Column::new(t!("Chỉ tiêu"), Holds::Text),
        Column::new(t!("Giá trị"), Holds::Number),
        Column::new(t!("Đơn vị"), Holds::Text),
    ];
    let caption = t!(
        "Chỉ tiêu của {name} và các đơn vị bên dưới, {period}",
        name = agency.name,
        period = write::period(period)
    );
    let mut table = DataTable::new("chi-tieu-co-quan", caption, columns);
    table.stacks = true;
    t!("Chưa có chỉ tiêu nào đếm bản ghi của cơ quan này ở địa bàn và kỳ đang xem.")
        .clone_into(&mut table.empty.text);
    let mut definitions = page.snapshot().indicators();
    definitions.sort_by_cached_key(|definition| collation_key(definition.title.said().trim()));
    let lens = Lens::of(page);
    for definition in definitions.iter().filter(|definition| definition.kind != Kind::Scan) {
        let Some((cut, reading)) = reading(&lens, definition, agency, period)? else { continue };
        let address = page.kept().with(PERIOD, Some(&period.to_string())).with("theo", Some(&cut));
        let address = address.address(&format!("/chi-tieu/{}", definition.slug));
        let title = Cell::link(definition.title.said().trim(), format!("{address}#tach"));
        let (value, unit) = told(&lens, definition, &reading, &address);
        table.rows.push(Row::new(vec![title, value, Cell::text(unit)]));
    }
    Ok(table)
}

/// The value, a share with what it is a share of, and the unit that goes with it: one for all amounts of money.
fn told(lens: &Lens<'_>, definition: &Definition, reading: &Reading, address: &str) -> (Cell, String) {
    let beside = unit(definition).to_owned();
    let (Some(number), Some(figure)) = (reading.number(), reading.linked(address)) else {
        return (Cell::missing(reading.outcome.words()), beside);
    };
    if let Some(number) = billions(definition, number) {
        return (
            Cell::figure(reading.rewritten(number, address)),
            of_data(vietnamese!("tỷ đồng")).to_owned(),
        );
    }
    let Some(shown) = reading.shown() else { return (Cell::figure(figure), beside) };
    if let Some((over, unit)) = over_and_unit(lens, definition, shown) {
        return (Cell::html(t_html!("{figure} ({over})", figure, over = Html::text(&over))), unit);
    }
    match over_spoken(lens, definition, shown) {
        Some(over) => (Cell::html(t_html!("{figure} ({over})", figure, over = Html::text(&over))), beside),
        None => (Cell::figure(figure), beside),
    }
}

/// The agency's own part of a figure, with the cut it comes from; `None` where nothing of it counts.
fn reading(
    lens: &Lens<'_>,
    definition: &Arc<Definition>,
    agency: &Agency,
    period: Period,
) -> Result<Option<(String, Reading)>, PageError> {
    let Some(cut) = agency_cut_of(lens.snapshot, (&definition.id, None), lens.position(), None) else {
        return Ok(None);
    };
    match part(lens, definition, agency, period, &cut) {
        Ok(found) => Ok(found.map(|reading| (cut, reading))),
        Err(error @ (FigureError::Store(_) | FigureError::Expired | FigureError::Future { .. })) => {
            Err(error.into())
        }
        Err(FigureError::NoCut { .. } | FigureError::NoIndicator(_) | FigureError::NoAgency(_)) => Ok(None),
        Err(error) => Ok(Some((cut, lens.refused(definition, period, &error)))),
    }
}

fn part(
    lens: &Lens<'_>,
    definition: &Arc<Definition>,
    agency: &Agency,
    period: Period,
    cut: &str,
) -> Result<Option<Reading>, FigureError> {
    let asked = AgencyCut { cut: Some(cut.to_owned()), under: Some(agency.id.clone()) };
    let request = lens.request(&definition.id, period);
    let rows = lens.snapshot.figure_by_agency(&request, &asked)?;
    let Some(own) = rows.first() else { return Ok(None) };
    if let Some(error) = &own.refused {
        return Ok(Some(lens.refused(definition, period, error)));
    }
    if own.figure.value.is_none() {
        return Ok(None);
    }
    let disclosing = lens.disclosing(definition);
    let told = disclosing.agencies(&request, &asked, disclosing.whole(&request)?, &rows)?;
    let figure = (own.figure.clone(), told.first().copied().unwrap_or_default());
    Ok(Some(lens.reading(definition, period, figure, Some(format!("{cut}={}", own.key)))))
}

/// The registers whose records the agency owns, where they are listed by their owner.
///
/// # Errors
/// When the store fails.
pub(super) fn records(page: &Page<'_>, agency: &Agency) -> Result<DataTable, PageError> {
    let columns = vec![Column::new(t!("Sổ"), Holds::Text), Column::new(t!("Số bản ghi"), Holds::Number)];
    let caption = t!("Bản ghi mà {name} là cơ quan ghi nhận", name = agency.name);
    let mut table = DataTable::new("ban-ghi-co-quan", caption, columns);
    t!("Cơ quan này chưa có bản ghi nào ở địa bàn đang xem.").clone_into(&mut table.empty.text);
    for schema in page.snapshot().schemas().iter().filter(|schema| !is_system(schema)) {
        let owner = schema.owner.as_deref().and_then(|owner| schema.field(owner));
        let Some(owner) = owner.filter(|owner| owner.index) else { continue };
        table.rows.extend(list(page, schema, &owner.id, agency)?);
    }
    Ok(table)
}

fn list(page: &Page<'_>, schema: &Schema, owner: &str, agency: &Agency) -> Result<Option<Row>, PageError> {
    let owned = Filter { field: owner.to_owned(), equals: agency.id.0.clone() };
    let request = ListRequest {
        register: schema.id.clone(),
        place: Some(page.place()),
        filters: vec![owned],
        sort: None,
        descending: false,
        after: None,
        limit: 1,
        at: page.read_at(),
    };
    let found = page.snapshot().list(&request)?;
    if found.count == 0 {
        return Ok(None);
    }
    let address = page.kept().with(&filter::parameter(owner), Some(&agency.id.0));
    let address = address.address(&format!("/so/{}", schema.slug));
    let figure = counted(page, &schema.id, &format!("{owner}={}", agency.id), found.count, &address);
    let count = Html::of(&Count { floor: found.count_is_floor, figure });
    Ok(Some(Row::new(vec![Cell::link(schema.title.said(), address), Cell::html(count)])))
}
