//! The registers: `/so`, and each register's dictionary, `/so/{slug}/tu-dien`.

mod dictionary;

use std::sync::Arc;

use askama::Template;
use mc_port::ListRequest;
use mc_register::Schema;
use mc_ui::{Cell, Column, DataTable, FigureText, Html, Kind, Row, Section, ViNum};

use crate::context::Page;
use crate::error::PageError;
use crate::reply::Reply;
use crate::route::Route;
use crate::said::Said as _;

pub(crate) const ROUTES: &[Route] =
    &[Route::get("/so", list), Route::get("/so/{slug}/tu-dien", dictionary::page)];

#[derive(Template)]
#[template(path = "registers/page.html")]
struct Body {
    scope: String,
    programmes: Vec<Programme>,
}

struct Programme {
    title: String,
    table: DataTable,
}

/// The programmes of `schemas`, in the order of the product, each with its registers by title.
fn by_programme(page: &Page<'_>) -> Vec<(String, Vec<Arc<Schema>>)> {
    let mut schemas = page.snapshot().schemas();
    schemas.sort_by_key(|schema| {
        let title = mc_base::text::collation_key(schema.title.said());
        (page.app().programme_rank(&schema.programme), schema.programme.clone(), title)
    });
    let mut programmes: Vec<(String, Vec<Arc<Schema>>)> = Vec::new();
    for schema in schemas {
        match programmes.last_mut() {
            Some((programme, registers)) if *programme == schema.programme => registers.push(schema),
            _ => programmes.push((schema.programme.clone(), vec![schema])),
        }
    }
    programmes
}

fn list(page: &Page<'_>) -> Result<Reply, PageError> {
    let mut programmes = Vec::new();
    for (programme, registers) in by_programme(page) {
        let title = page.app().programme_title(&programme);
        let columns = vec![
            Column::new(t!("Sổ"), Kind::Text),
            Column::new(t!("Một bản ghi là"), Kind::Text),
            Column::new(t!("Số bản ghi"), Kind::Number),
            Column::new(t!("Đơn vị đếm"), Kind::Text),
            Column::new(t!("Từ điển"), Kind::Text),
        ];
        let mut table =
            DataTable::new(format!("so-{programme}"), t!("Sổ của chương trình {title}", title), columns);
        for schema in registers {
            table.rows.push(row(page, &schema)?);
        }
        programmes.push(Programme { title, table });
    }
    let body = Body { scope: crate::words::place_within(&page.place_name(page.place())), programmes };
    Ok(page.page(Section::Evidence, Vec::new(), t!("Các sổ"), Html::of(&body)))
}

fn row(page: &Page<'_>, schema: &Schema) -> Result<Row, PageError> {
    let address = page.register_link(schema);
    Ok(Row::new(vec![
        Cell::link(schema.title.said(), &address),
        Cell::text(first_sentence(schema.description.said())),
        total(page, schema, &address)?,
        Cell::text(schema.unit.said()),
        Cell::link(t!("Các trường"), page.link(&format!("/so/{}/tu-dien", schema.slug))),
    ]))
}

/// How many records the register has in the scope of the page.
fn total(page: &Page<'_>, schema: &Schema, address: &str) -> Result<Cell, PageError> {
    let request = ListRequest {
        register: schema.id.clone(),
        place: Some(page.place()),
        filters: Vec::new(),
        sort: None,
        descending: false,
        after: None,
        limit: 1,
        at: page.read_at(),
    };
    let found = page.snapshot().list(&request)?;
    let figure = counted(page, &schema.id, "", found.count, address);
    Ok(Cell::html(Html::of(&Count { floor: found.count_is_floor, figure })))
}

/// The total of a list with its handle.
pub(crate) fn counted(
    page: &Page<'_>,
    register: &str,
    filter: &str,
    count: u64,
    address: &str,
) -> FigureText {
    let number = ViNum::whole(i64::try_from(count).unwrap_or(i64::MAX));
    FigureText::linked(number, page.list_handle(register, filter), address)
}

/// A total that may only be a floor: "hơn 10.000".
#[derive(Template)]
#[template(path = "registers/count.html")]
pub(crate) struct Count {
    pub floor: bool,
    pub figure: FigureText,
}

fn first_sentence(text: &str) -> String {
    let text = text.trim();
    text.split_once(". ").map_or_else(|| text.to_owned(), |(first, _)| format!("{first}."))
}
