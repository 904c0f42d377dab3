//! The grid of a register whose key holds a month: `/so/{slug}/bang-nhap?ky=2025-10`. A row for every thing, a
//! column for every number, all that is good saved in one commit.

mod cell;
mod save;
mod sheet;
mod sign;
mod signing;
mod view;

use std::sync::Arc;

use mc_access::{Act, Denied, Object, decide};
use mc_base::{Month, PeriodKind};
use mc_port::{CommitError, Sink};
use mc_register::Schema;

use crate::context::{PERIOD, Page};
use crate::error::PageError;
use crate::reply::Reply;
use crate::route::Route;
use crate::said::Said as _;
use sheet::Sheet;
pub(crate) use sheet::is_monthly;
use view::Outcome;

pub(crate) const ROUTES: &[Route] = &[
    Route::get_for("/so/{slug}/bang-nhap", Act::Write, page),
    Route::post("/so/{slug}/bang-nhap", Act::Write, save::send).with_parameters(PARAMETERS_MAX),
    Route::post("/so/{slug}/bang-nhap/ky-xac-nhan", Act::Write, sign::send),
];

/// Fields of the form: every row has its key, its version, at most twelve numbers and two explanations.
const PARAMETERS_MAX: usize = 20 + view::ROWS_SHOWN * 16;
/// What the ledger names as the source.
const SOURCE: &str = vietnamese!("Bảng nhập trên web");
/// Which part of a long grid.
const PART: &str = "phan";
/// The commit just made, or that there was nothing to write.
const SAVED: &str = "da-ghi";
/// Rows that it wrote.
const WROTE: &str = "so-dong";
/// The commit that has just signed off.
const SIGNED: &str = "da-ky";

/// Register and month of a request.
struct Step {
    schema: Arc<Schema>,
    month: Month,
}

impl Step {
    fn open(page: &Page<'_>) -> Result<Self, PageError> {
        let schema = crate::entry::register(page)?;
        if !is_monthly(&schema) {
            return Err(PageError::no_page());
        }
        let period = page.period_or_last_month();
        if period.kind() != PeriodKind::Month {
            return Err(PageError::Unprocessable(
                t!("Sổ này ghi theo tháng; cần một tháng, ví dụ 10/2025.").to_owned(),
            ));
        }
        let month = period.from().month();
        if month > page.real_today().month() {
            return Err(PageError::Unprocessable(t!(
                "{period} chưa tới nên chưa nhập được.",
                period = mc_ui::write::period_title(period)
            )));
        }
        Ok(Self { schema, month })
    }
}

fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let Step { schema, month } = Step::open(page)?;
    let sheet = Sheet::read(page, page.snapshot(), schema, month)?;
    view::page(page, &sheet, &Outcome::default())
}

/// Where commits go.
fn sink<'p>(page: &Page<'p>, schema: &Schema) -> Result<&'p dyn Sink, PageError> {
    page.sink().ok_or_else(|| {
        let why = decide(page.viewer(), Act::Write, &Object::default()).err().unwrap_or(Denied::Role);
        CommitError::Denied { register: schema.title.said().to_owned(), why }.into()
    })
}

/// The address of the grid of a month, or of what is under it.
fn address(page: &Page<'_>, schema: &Schema, month: Month, under: &str) -> String {
    let kept = page.kept().with(PERIOD, Some(&month.to_string()));
    kept.with(PART, page.query().get(PART)).address(&format!("/so/{}/bang-nhap{under}", schema.slug))
}

/// On to the grid, which says what was written.
fn back(page: &Page<'_>, sheet: &Sheet, said: &[(&str, &str)]) -> Reply {
    let kept = page.kept().with(PERIOD, Some(&sheet.month.to_string()));
    let kept = kept.with(PART, page.query().get(PART));
    let query = said.iter().fold(kept, |query, (name, value)| query.with(name, Some(value)));
    Reply::see_other(query.address(&format!("/so/{}/bang-nhap", sheet.schema.slug)))
}

/// Why, for the ledger: an act and the month.
fn ledger_reason(act: &str, sheet: &Sheet) -> String {
    let (year, month) = sheet.month.year_month();
    format!("{act} {month}/{year}")
}

/// The month in words.
fn month_said(month: Month) -> String {
    let (year, month) = month.year_month();
    mc_ui::write::month(year, month)
}
