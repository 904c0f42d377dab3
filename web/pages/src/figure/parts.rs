//! A figure taken apart: parts as this viewer may see them, with no cell that could be worked out from the
//! rest.

use std::sync::Arc;

use mc_base::Period;
use mc_figure::{Basis, Definition};
use mc_port::{By, Disclosure, FigureError, Part};
use mc_ui::table::{Cell, Column, Kind, Row};

use super::lens::{Lens, Reading};
use super::number;
use crate::words::{part_said, place_said};

/// A part with its reading.
pub(crate) struct Split {
    pub(crate) part: Part,
    pub(crate) reading: Reading,
}

impl Split {
    /// Whether it is what is left beside the parts that have a name: a key of its own begins so.
    pub(super) fn is_rest(&self) -> bool {
        self.part.place.is_none() && self.part.key.len() > 1 && self.part.key.starts_with('~')
    }

    /// Whether nothing but totals without a list makes it up.
    pub(super) fn is_of_totals(&self) -> bool {
        self.is_rest() && self.part.figure.basis == Basis::Total
    }

    /// The number in a table or chart, leading to `href`.
    pub(super) fn figure(&self, href: Option<String>) -> Option<mc_ui::FigureText> {
        href.map_or_else(|| self.reading.text(), |href| self.reading.linked(href))
    }

    /// The word that stands where there is no number.
    pub(super) fn missing(&self) -> String {
        self.reading.outcome.words().to_owned()
    }

    /// An operand in a table.
    fn operand(&self, text: Option<&String>, what: &str) -> Cell {
        let shown = self.reading.shown().and(text);
        match shown.and_then(|text| number::operand(text)) {
            Some(value) => Cell::figure(self.reading.beside(value, &format!("{}:{what}", self.part.key))),
            None => Cell::missing(self.missing()),
        }
    }
}

/// Reads the parts of a figure that is told.
///
/// # Errors
/// As the store's own.
pub(crate) fn split(
    lens: &Lens<'_>,
    definition: &Arc<Definition>,
    period: Period,
    by: &By,
) -> Result<Vec<Split>, FigureError> {
    let parts = lens.snapshot.figure_by(&lens.request(&definition.id, period), by)?;
    let name = match by {
        By::Place => "place".to_owned(),
        By::Cut(cut) => cut.clone(),
    };
    let told = lens.disclosing(definition).parts(lens.place, Disclosure::Open, &parts);
    Ok(read(lens, definition, period, parts.into_iter().zip(told), &name))
}

/// Parts, and whether each is told.
pub(super) fn read(
    lens: &Lens<'_>,
    definition: &Arc<Definition>,
    period: Period,
    parts: impl Iterator<Item = (Part, Disclosure)>,
    name: &str,
) -> Vec<Split> {
    let schema = lens.snapshot.schema(&definition.num.register);
    let read = |(mut part, told): (Part, Disclosure)| {
        part.title = match part.place {
            Some(_) => place_said(&part.title),
            None => part_said(schema.as_deref(), name, &part.key, &part.title),
        };
        let here = part.place.map_or(*lens, |place| lens.at_place(place));
        let cut = part.place.is_none().then(|| format!("{name}={}", part.key));
        let reading = match &part.refused {
            Some(error) => here.refused(definition, period, error),
            None => here.reading(definition, period, (part.figure.clone(), told), cut),
        };
        Split { part, reading }
    };
    parts.map(read).collect()
}

/// Largest first; parts without a number last, and after them what is none of the parts.
pub(super) fn largest_first(splits: &mut [&Split]) {
    splits.sort_by(|a, b| {
        a.is_rest().cmp(&b.is_rest()).then_with(|| match (a.reading.number(), b.reading.number()) {
            (Some(a), Some(b)) => b.value().compare(a.value()),
            (a, b) => b.is_some().cmp(&a.is_some()),
        })
    });
}

/// Columns of a table of parts.
pub(super) fn columns(definition: &Definition, name: &str) -> Vec<Column> {
    let mut columns = vec![Column::new(name, Kind::Text)];
    if definition.den.is_some() {
        columns.push(Column::new(t!("Tử số"), Kind::Number));
        columns.push(Column::new(t!("Mẫu số"), Kind::Number));
        columns.push(Column::new(t!("Giá trị"), Kind::Percent));
    } else {
        columns.push(Column::new(t!("Giá trị"), Kind::Number));
    }
    if let Some(last) = columns.last_mut() {
        let unit = number::unit(definition);
        last.unit = (!unit.is_empty()).then(|| unit.to_owned());
    }
    columns
}

/// The row of a part.
pub(super) fn row(split: &Split, head: Cell, href: Option<String>) -> Row {
    let mut cells = vec![head];
    if split.reading.definition.den.is_some() {
        let figure = split.reading.figure.as_ref();
        cells.push(split.operand(figure.and_then(|figure| figure.num.as_ref()), "num"));
        cells.push(split.operand(figure.and_then(|figure| figure.den.as_ref()), "den"));
    }
    cells.push(split.figure(href).map_or_else(|| Cell::missing(split.missing()), Cell::figure));
    Row::new(cells)
}

/// The row of the whole, with the figure as the page states it.
pub(super) fn total(whole: &Reading, name: &str) -> Row {
    let mut cells = vec![Cell::text(name)];
    if whole.definition.den.is_some() {
        let operand = |text: Option<&String>, what: &str| {
            let value = text.and_then(|text| number::operand(text));
            value.map_or_else(|| Cell::missing("–"), |value| Cell::figure(whole.beside(value, what)))
        };
        let figure = whole.shown();
        cells.push(operand(figure.and_then(|figure| figure.num.as_ref()), "num"));
        cells.push(operand(figure.and_then(|figure| figure.den.as_ref()), "den"));
    }
    cells.push(whole.text().map_or_else(|| Cell::missing("–"), Cell::figure));
    Row::new(cells)
}

/// Whether the numerators of the parts add up to the whole's. Only said where every operand is a whole
/// number and none was refused.
pub(super) fn adds_up(whole: &Reading, splits: &[Split]) -> Option<bool> {
    if splits.iter().any(|split| split.part.refused.is_some()) {
        return None;
    }
    let num =
        |figure: &mc_figure::Figure| -> Option<i128> { figure.num.as_deref().unwrap_or("0").parse().ok() };
    let sum: Option<i128> =
        splits.iter().map(|split| split.reading.figure.as_ref().map_or(Some(0), num)).sum();
    Some(sum? == num(whole.figure.as_ref()?)?)
}
