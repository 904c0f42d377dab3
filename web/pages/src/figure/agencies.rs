//! A figure by the agencies that its records name: the tree as a table, and bars of the first level that tells agencies
//! apart.

use askama::Template;
use mc_figure::cut::NOT_STATED;
use mc_port::{AgencyCut, AgencyRow, Disclosure, FigureError, Part, PlaceBasis, agency_cut_of};
use mc_ui::table::Cell;
use mc_ui::{Html, Link};

use super::ask::{self, Ask};
use super::basis::list;
use super::cuts::{CutView, chart, id_of, table};
use super::lens::{Lens, Reading};
use super::parts::{self, Split};

/// Levels that the table sets in; what lies deeper stands under the last.
const DEPTH_MAX: usize = 4;

/// The head of a row: the agency, set in as it stands on the tree.
#[derive(Template)]
#[template(path = "figure/agency.html")]
struct Head {
    depth: usize,
    title: String,
    href: Option<String>,
}

/// Whether a cut goes by one agency.
pub(super) fn is_agency_cut(lens: &Lens<'_>, whole: &Reading, cut: &str) -> bool {
    let asked = (whole.definition.id.as_str(), Some(whole.definition.version));
    agency_cut_of(lens.snapshot, asked, lens.position(), Some(cut)).is_some()
}

/// The tree of a figure that adds up; `None` where it has no parts.
///
/// # Errors
/// As the store's own.
pub(super) fn of(
    lens: &Lens<'_>,
    ask: &Ask,
    whole: &Reading,
    (cut, name): (&str, &str),
) -> Result<Option<CutView>, FigureError> {
    let definition = &whole.definition;
    let asked = AgencyCut { cut: Some(cut.to_owned()), under: None };
    let request = lens.request(&definition.id, ask.ky);
    let rows = lens.snapshot.figure_by_agency(&request, &asked)?;
    if rows.is_empty() {
        return Ok(None);
    }
    let told = lens.disclosing(definition).agencies(&request, &asked, Disclosure::Open, &rows)?;
    let of_rows = rows.iter().map(|row| part(lens, row)).zip(told);
    let splits = parts::read(lens, definition, ask.ky, of_rows, cut);
    let id = id_of(cut);
    let shown = rows
        .iter()
        .zip(&splits)
        .map(|(row, split)| parts::row(split, Cell::html(head_of(lens, ask, row, split)), None));
    let table = table(lens, ask, whole, (&id, name), shown.collect());
    let mut level: Vec<&Split> = level(&rows, &splits);
    parts::largest_first(&mut level);
    let (words, links) = basis(lens, ask, &rows);
    Ok(Some(CutView {
        title: t!("Theo {name}", name),
        chart: chart(lens, whole, &level, (&id, cut, name))?,
        table: Some(table),
        words,
        links,
    }))
}

/// What a row is called in the language of the page.
fn title(lens: &Lens<'_>, row: &AgencyRow) -> String {
    match &row.agency {
        None if row.key == NOT_STATED => t!("Chưa ghi cơ quan").to_owned(),
        Some(agency) if agency.0 != row.key => {
            t!("{name} (cấp này)", name = lens.snapshot.agencies().name(agency))
        }
        _ => row.title.clone(),
    }
}

fn part(lens: &Lens<'_>, row: &AgencyRow) -> Part {
    Part {
        key: row.key.clone(),
        title: title(lens, row),
        place: None,
        figure: row.figure.clone(),
        refused: row.refused.clone(),
    }
}

fn head_of(lens: &Lens<'_>, ask: &Ask, row: &AgencyRow, split: &Split) -> Html {
    let is_own = row.agency.as_ref().is_some_and(|agency| agency.0 != row.key);
    let agency = row.agency.as_ref().filter(|_| !is_own);
    let href = agency.map(|agency| ask::address(&format!("/co-quan/{agency}"), &ask.scope()));
    let href = href.or_else(|| split.is_of_totals().then(|| list(lens, ask, &split.reading.definition)));
    Html::of(&Head { depth: row.depth.min(DEPTH_MAX), title: title(lens, row), href })
}

/// The first level on which there is more than one agency.
fn level<'s>(rows: &[AgencyRow], splits: &'s [Split]) -> Vec<&'s Split> {
    let mut parent: Option<&str> = None;
    loop {
        let level: Vec<(&AgencyRow, &Split)> =
            rows.iter().zip(splits).filter(|(row, _)| row.under.as_deref() == parent).collect();
        match level.as_slice() {
            [(only, _)] if rows.iter().any(|row| row.under.as_deref() == Some(only.key.as_str())) => {
                parent = Some(only.key.as_str());
            }
            _ => return level.into_iter().map(|(_, split)| split).collect(),
        }
    }
}

/// Agencies as they are now or as they were, where that may make a difference.
fn basis(lens: &Lens<'_>, ask: &Ask, rows: &[AgencyRow]) -> (Option<String>, Vec<Link>) {
    let agencies = lens.snapshot.agencies();
    let taken_over =
        |row: &AgencyRow| row.agency.as_ref().is_some_and(|agency| !agencies.predecessors(agency).is_empty());
    match lens.places {
        PlaceBasis::Then => (
            Some(t!("Theo cơ quan lúc đó: mỗi bản ghi tính ở cơ quan đã ghi.").to_owned()),
            vec![Link::new(t!("Xem theo cơ quan hiện nay"), ask.with_places(PlaceBasis::Now))],
        ),
        PlaceBasis::Now if rows.iter().any(|row| row.refused.is_some() || taken_over(row)) => (
            Some(
                t!("Theo cơ quan hiện nay: bản ghi của cơ quan cũ tính ở cơ quan đã nhận trọn nó.")
                    .to_owned(),
            ),
            vec![Link::new(t!("Xem theo cơ quan lúc đó"), ask.with_places(PlaceBasis::Then))],
        ),
        PlaceBasis::Now => (None, Vec::new()),
    }
}
