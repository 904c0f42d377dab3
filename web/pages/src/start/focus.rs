//! The foci of bottlenecks with the number still open in each.

use crate::said::Said as _;
use mc_base::Period;
use mc_port::{By, FigureError};
use mc_ui::{Absent, FigureText};

use super::cards;
use crate::error::PageError;
use crate::figure::{HIDDEN, Lens};

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
    let request = lens.request(&definition.id, period);
    let parts = match lens.snapshot.figure_by(&request, &By::Cut(FIELD.to_owned())) {
        Err(FigureError::Building(_)) => Vec::new(),
        parts => parts?,
    };
    let foci = codes.into_iter().filter(|code| !code.deprecated).map(|focus| {
        let part = parts.iter().find(|part| part.key == focus.id);
        let reading = part.map(|part| {
            let cut = Some(format!("{FIELD}={}", focus.id));
            lens.reading(&definition, period, part.figure.clone(), cut)
        });
        let asked = cards::ask(lens, &whole);
        let href = crate::figure::Ask { theo: Some(FIELD.to_owned()), ..asked }.href();
        let figure = reading.as_ref().and_then(|reading| reading.linked(href));
        let none = || match (&reading, whole.number()) {
            (Some(_), _) => Absent { words: HIDDEN.said().to_owned(), elsewhere: None },
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
