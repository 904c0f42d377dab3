//! A figure by its declared cuts: bars and table.

use mc_figure::Kind;
use mc_port::{By, FigureError};
use mc_register::Schema;
use mc_ui::chart::{Bar, Fill, Frame, Series, StackedBars};
use mc_ui::table::{Cell, DataTable, Row};
use mc_ui::{Html, Link};

use super::agencies;
use super::ask::Ask;
use super::basis;
use super::lens::{Lens, Reading};
use super::line::source;
use super::number;
use super::parts::{self, Split};
use super::sentence::{lower_first, upper_first, when};
use crate::said::Said as _;

/// Parts that one bar can hold apart: there are so many fills.
const SERIES_MAX: usize = 5;
/// Bars drawn; the table has all parts.
const BARS_MAX: usize = 20;
const FILLS: [Fill; SERIES_MAX] = [Fill::Done, Fill::Doing, Fill::Soon, Fill::Late, Fill::Idle];

/// One cut of a figure.
pub(super) struct CutView {
    /// Heading.
    pub(super) title: String,
    /// Bars; nothing where no part has a number.
    pub(super) chart: Option<Html>,
    /// All parts with numerator and denominator, or where there is no chart; the chart's own table has the
    /// rest.
    pub(super) table: Option<DataTable>,
    /// How parts were counted, where that may make a difference, and the other way.
    pub(super) words: Option<String>,
    /// Leads to the other way.
    pub(super) links: Vec<Link>,
}

/// Names of the declared cuts with what the screen calls them.
pub(super) fn offered(lens: &Lens<'_>, whole: &Reading) -> Vec<(String, String)> {
    let Some(indicator) = lens.snapshot.indicator(&whole.definition.id, None, lens.position()) else {
        return Vec::new();
    };
    let Some(schema) = lens.snapshot.schema(&whole.definition.num.register) else { return Vec::new() };
    indicator.cuts.iter().map(|cut| (cut.name.clone(), title(&schema, &cut.name))).collect()
}

/// "theo doanh nghiệp viễn thông và công nghệ".
fn title(schema: &Schema, cut: &str) -> String {
    let titles: Vec<String> = cut
        .split('+')
        .map(|id| schema.field(id).map_or_else(|| id.to_owned(), |field| lower_first(field.title.said())))
        .collect();
    titles.join(t!(" và "))
}

/// The parts by one cut; `None` where there are none or the figure does not add up.
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
    if definition.kind == Kind::Scan || whole.number().is_none() {
        return Ok(None);
    }
    if agencies::is_agency_cut(lens, whole, cut) {
        return agencies::of(lens, ask, whole, (cut, name));
    }
    let splits = parts::split(lens, definition, ask.ky, &By::Cut(cut.to_owned()))?;
    if splits.is_empty() {
        return Ok(None);
    }
    let mut splits: Vec<&Split> = splits.iter().collect();
    parts::largest_first(&mut splits);
    let id = id_of(cut);
    let rows = splits.iter().map(|split| {
        let title = split.part.title.as_str();
        let head = if split.is_of_totals() {
            Cell::link(title, basis::list(lens, ask, definition))
        } else {
            Cell::text(title)
        };
        parts::row(split, head, None)
    });
    let table = table(lens, ask, whole, (&id, name), rows.collect());
    let chart = chart(lens, whole, &splits, &id, name);
    let rest = splits.iter().any(|split| split.is_of_totals());
    let needed = definition.den.is_some() || chart.is_none() || splits.len() > BARS_MAX || rest;
    let (title, table) = (t!("Theo {name}", name), needed.then_some(table));
    Ok(Some(CutView { title, chart, table, words: None, links: Vec::new() }))
}

/// The id of what shows one cut, for the page's own addresses.
pub(super) fn id_of(cut: &str) -> String {
    format!("theo-{}", cut.replace(['+', '_'], "-"))
}

/// All parts of a figure by one cut, and the figure itself as their sum.
pub(super) fn table(
    lens: &Lens<'_>,
    ask: &Ask,
    whole: &Reading,
    (id, name): (&str, &str),
    rows: Vec<Row>,
) -> DataTable {
    let definition = &whole.definition;
    let caption = t!(
        "{title} theo {name}, {when}",
        title = definition.title.said().trim(),
        name,
        when = when(definition, ask.ky, lens.today)
    );
    let columns = parts::columns(definition, &upper_first(name));
    let mut table = DataTable::new(format!("{id}-day-du"), caption, columns);
    table.note = Some(source(lens, whole));
    table.rows = rows;
    table.total = Some(parts::total(whole, t!("Cộng")));
    table
}

/// Bars of the parts, the largest first; nothing where no part has a number.
pub(super) fn chart(
    lens: &Lens<'_>,
    whole: &Reading,
    splits: &[&Split],
    id: &str,
    name: &str,
) -> Option<Html> {
    let drawn: Vec<(&Split, mc_ui::FigureText)> =
        splits.iter().filter_map(|split| Some((*split, split.figure(None)?))).collect();
    let (largest, largest_value) = drawn.first().filter(|(split, _)| !split.is_rest())?;
    let alike = |(_, value): &(&Split, mc_ui::FigureText)| value.number() == largest_value.number();
    let frame = Frame {
        id: id.to_owned(),
        title: if drawn.len() > 1 && drawn.iter().all(alike) {
            t!("Các phần bằng nhau: {value}", value = largest_value.number())
        } else {
            t!("Lớn nhất là {title}: {value}", title = largest.part.title, value = largest_value.number())
        },
        sentence: drawn
            .iter()
            .take(BARS_MAX)
            .map(|(split, value)| format!("{}: {}", split.part.title, value.number()))
            .collect::<Vec<_>>()
            .join("; "),
        source: source(lens, whole),
        download: None,
    };
    let definition = &whole.definition;
    let additive = definition.den.is_none();
    let complete = drawn.len() == splits.len();
    let bars = if additive && complete && (2..=SERIES_MAX).contains(&drawn.len()) {
        let series =
            drawn.iter().zip(FILLS).map(|((split, _), fill)| Series { name: split.part.title.clone(), fill });
        StackedBars {
            frame,
            column: t!("Địa bàn").to_owned(),
            series: series.collect(),
            bars: vec![Bar {
                name: lens.place_short(),
                href: None,
                parts: drawn.iter().map(|(_, value)| Some(value.clone())).collect(),
                total: whole.text()?,
            }],
        }
    } else {
        let series = match number::unit(definition) {
            "" => t!("Giá trị").to_owned(),
            unit => upper_first(unit),
        };
        StackedBars {
            frame,
            column: upper_first(name),
            series: vec![Series { name: series, fill: Fill::Doing }],
            bars: drawn
                .into_iter()
                .take(BARS_MAX)
                .map(|(split, value)| Bar {
                    name: split.part.title.clone(),
                    href: None,
                    parts: vec![Some(value.clone())],
                    total: value,
                })
                .collect(),
        }
    };
    Some(bars.html())
}
