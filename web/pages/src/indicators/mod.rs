//! The catalogue of indicators with their values in the scope of the page: `/chi-tieu`.

use std::sync::Arc;

use askama::Template;
use mc_base::text::collation_key;
use mc_figure::Definition;
use mc_ui::write;
use mc_ui::{Cell, Column, DataTable, Field, Form, Html, Input, Kind, Method, Row, Section};

use crate::context::{PERIOD, PLACE, POSITION, Page};
use crate::error::PageError;
use crate::figure::{Lens, number};
use crate::reply::Reply;
use crate::route::Route;
use crate::said::Said as _;

pub(crate) const ROUTES: &[Route] = &[Route::get("/chi-tieu", page)];

#[derive(Template)]
#[template(path = "indicators/page.html")]
struct Body {
    scope: String,
    period: String,
    form: Form,
    programmes: Vec<Programme>,
}

struct Programme {
    title: String,
    table: DataTable,
}

fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let mut definitions = page.snapshot().indicators();
    definitions.sort_by_key(|definition| {
        (
            page.app().programme_rank(&definition.programme),
            definition.programme.clone(),
            collation_key(definition.title.said()),
        )
    });
    let lens = Lens::of(page);
    let mut programmes: Vec<(String, Programme)> = Vec::new();
    for definition in definitions {
        let row = row(page, &lens, &definition)?;
        match programmes.last_mut() {
            Some((id, programme)) if *id == definition.programme => programme.table.rows.push(row),
            _ => {
                let mut programme = programme(page, &definition.programme);
                programme.table.rows.push(row);
                programmes.push((definition.programme.clone(), programme));
            }
        }
    }
    let body = Body {
        scope: crate::words::place_within(&page.place_name(page.place())),
        period: write::period(page.period_or_last_month()),
        form: period_form(page),
        programmes: programmes.into_iter().map(|(_, programme)| programme).collect(),
    };
    Ok(page.page(Section::Indicators, Vec::new(), t!("Chỉ tiêu"), Html::of(&body)))
}

fn period_form(page: &Page<'_>) -> Form {
    let value = page.period_or_last_month().to_string();
    let mut fields = vec![
        Field::new(PERIOD, t!("Kỳ"), Input::Text { value })
            .hint(t!("Tháng 2025-10, quý 2025-Q3, 9 tháng 2025-9M, năm 2025, hoặc ngày 2025-10-31.")),
    ];
    for name in [PLACE, POSITION] {
        fields.extend(page.query().get(name).map(|value| Field::hidden(name, value)));
    }
    Form::new(page.path(), Method::Get, fields, t!("Xem kỳ này"))
}

fn programme(page: &Page<'_>, id: &str) -> Programme {
    let title = page.app().programme_title(id);
    let columns = vec![
        Column::new(t!("Chỉ tiêu"), Kind::Text),
        Column::new(t!("Giá trị"), Kind::Number),
        Column::new(t!("Đơn vị"), Kind::Text),
        Column::new(t!("Cơ sở số liệu"), Kind::Text),
        Column::new(t!("Đếm thế nào"), Kind::Text),
    ];
    let table =
        DataTable::new(format!("chi-tieu-{id}"), t!("Chỉ tiêu của chương trình {title}", title), columns);
    Programme { title, table }
}

fn row(page: &Page<'_>, lens: &Lens<'_>, definition: &Arc<Definition>) -> Result<Row, PageError> {
    let reading = lens.read(definition, page.period_or_last_month())?;
    let address = page.kept().with(PERIOD, Some(&reading.period.to_string()));
    let value = reading.linked(address.address(&format!("/chi-tieu/{}", definition.slug)));
    let basis = reading.shown().map_or_else(String::new, |figure| {
        let basis = number::basis(figure.basis).words();
        match number::listed_words(figure) {
            Some(listed) => format!("{basis}, {listed}"),
            None => basis.to_owned(),
        }
    });
    Ok(Row::new(vec![
        Cell::link(definition.title.said(), page.indicator_link(definition)),
        value.map_or_else(|| Cell::missing(reading.outcome.words()), Cell::figure),
        Cell::text(definition.unit.said()),
        Cell::text(basis),
        Cell::text(definition.description.said().trim()),
    ]))
}
