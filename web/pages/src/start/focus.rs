//! The foci of bottlenecks with the number still open in each.

use crate::said::Said as _;
use mc_base::Period;
use mc_port::By;
use mc_ui::{Absent, FigureText};

use super::cards;
use crate::error::PageError;
use crate::figure::{Lens, split};

const INDICATOR: &str = "bottlenecks_open";
const FIELD: &str = "focus";

/// One focus.
pub(super) struct Focus {
    pub(super) title: String,
    pub(super) figure: Option<FigureText>,
    /// What stands where there is no number.
    pub(super) absent: Option<Absent>,
}

/// The foci that the register declares, each with its count today.
///
/// # Errors
/// When the store fails.
pub(super) fn all(lens: &Lens<'_>) -> Result<Vec<Focus>, PageError> {
    let Some(definition) = lens.definition(INDICATOR) else { return Ok(Vec::new()) };
    let schema = lens.snapshot.schema(&definition.num.register);
    let codes =
        schema.and_then(|schema| schema.field(FIELD).map(|field| field.codes.clone())).unwrap_or_default();
    let period = Period::of_month(lens.today.month());
    let whole = lens.read(&definition, period)?;
    // Where there is no number there are no parts either.
    let parts = match whole.number() {
        Some(_) => split(lens, &definition, period, &By::Cut(FIELD.to_owned()))?,
        None => Vec::new(),
    };
    let foci = codes.into_iter().filter(|code| !code.deprecated).map(|focus| {
        let part = parts.iter().find(|split| split.part.key == focus.id);
        let reading = part.map(|split| &split.reading);
        let asked = cards::ask(lens, &whole);
        let href = crate::figure::Ask { theo: Some(FIELD.to_owned()), ..asked }.href();
        let figure = reading.and_then(|reading| reading.linked(href));
        let none = || match (reading, whole.number()) {
            (Some(reading), _) => Absent { words: reading.outcome.words().to_owned(), elsewhere: None },
            (None, Some(_)) => {
                Absent { words: t!("không có điểm nào đang mở").to_owned(), elsewhere: None }
            }
            (None, None) => cards::absent(lens, &whole),
        };
        let absent = figure.is_none().then(none);
        Focus { title: focus.title.said().to_owned(), figure, absent }
    });
    Ok(foci.collect())
}
