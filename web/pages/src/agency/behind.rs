//! What stands behind an agency: its figures, and the records that it owns.

use std::sync::Arc;

use mc_base::text::collation_key;
use mc_figure::{Definition, Kind};
use mc_port::{Agency, AgencyCut, AgencyRow, FigureError, Filter, ListRequest, agency_cut};
use mc_register::Schema;
use mc_ui::table::{Cell, Column, DataTable, Kind as Holds, Row};
use mc_ui::{Html, write};

use crate::context::{PERIOD, Page};
use crate::error::PageError;
use crate::figure::{Lens, unit};
use crate::records::{FILTER, is_system};
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
    t!("Chưa có chỉ tiêu nào đếm bản ghi của cơ quan này ở địa bàn và kỳ đang xem.")
        .clone_into(&mut table.empty.text);
    let mut definitions = page.snapshot().indicators();
    definitions.sort_by_cached_key(|definition| collation_key(definition.title.vi.trim()));
    let lens = Lens::of(page);
    for definition in definitions.iter().filter(|definition| definition.kind != Kind::Scan) {
        let Some((cut, row)) = row(&lens, definition, agency, period)? else { continue };
        let address = page.kept().with(PERIOD, Some(&period.to_string())).with("theo", Some(&cut));
        let address = address.address(&format!("/chi-tieu/{}", definition.slug));
        let value = match &row.refused {
            Some(error) => Cell::missing(error.to_string()),
            None => {
                let part = Some(format!("{cut}={}", row.key));
                let reading = lens.reading(definition, period, row.figure.clone(), part);
                reading.linked(address.clone()).map_or_else(|| Cell::missing(t!("không nêu")), Cell::figure)
            }
        };
        let title = Cell::link(definition.title.said().trim(), format!("{address}#tach"));
        table.rows.push(Row::new(vec![title, value, Cell::text(unit(definition))]));
    }
    Ok(table)
}

/// The agency's own row of a figure, with the cut it comes from; `None` where nothing of it counts.
fn row(
    lens: &Lens<'_>,
    definition: &Arc<Definition>,
    agency: &Agency,
    period: mc_base::Period,
) -> Result<Option<(String, AgencyRow)>, PageError> {
    let indicator = lens.snapshot.indicator(&definition.id, None, lens.position());
    let schema = lens.snapshot.schema(&definition.num.register);
    let cut = indicator.as_ref().zip(schema.as_ref());
    let cut = cut.and_then(|(indicator, schema)| agency_cut(indicator, schema, None)).map(str::to_owned);
    let Some(cut) = cut else { return Ok(None) };
    let asked = AgencyCut { cut: Some(cut.clone()), under: Some(agency.id.clone()) };
    let rows = match lens.snapshot.figure_by_agency(&lens.request(&definition.id, period), &asked) {
        Ok(rows) => rows,
        Err(error @ (FigureError::Store(_) | FigureError::Expired | FigureError::Future { .. })) => {
            return Err(error.into());
        }
        Err(_) => return Ok(None),
    };
    let own = rows.into_iter().next();
    let own = own.filter(|row| row.refused.is_some() || row.figure.value.is_some());
    Ok(own.map(|row| (cut, row)))
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
    let filter = Filter { field: owner.to_owned(), equals: agency.id.0.clone() };
    let request = ListRequest {
        register: schema.id.clone(),
        place: Some(page.place()),
        filters: vec![filter],
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
    let address = page.kept().with(&format!("{FILTER}{owner}"), Some(&agency.id.0));
    let address = address.address(&format!("/so/{}", schema.slug));
    let figure = counted(page, &schema.id, &format!("{owner}={}", agency.id), found.count, &address);
    let count = Html::of(&Count { floor: found.count_is_floor, figure });
    Ok(Some(Row::new(vec![Cell::link(schema.title.said(), address), Cell::html(count)])))
}
