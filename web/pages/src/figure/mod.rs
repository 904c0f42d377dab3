//! One figure: `/chi-tieu/{slug}`, why it is what it is, why it has changed, and its proof.

mod agencies;
mod ask;
mod basis;
mod borders;
mod changes;
mod cuts;
mod explain;
mod explained;
mod lens;
mod line;
pub(crate) mod number;
mod page;
mod parts;
mod periods;
mod places;
mod proof;
mod published;
mod records;
mod reporters;
mod sentence;
mod target;
mod why;

#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use mc_base::Period;
use mc_figure::Definition;

pub(crate) use ask::{Ask, address, record};
pub(crate) use lens::{INVENTED, Lens, NOT_PUBLISHED, Outcome, Reading};
pub(crate) use number::{basis, billions, listed_words, over_and_unit, over_spoken, unit};
pub(crate) use parts::split;
pub(crate) use records::{are_invented, is_true_on, names, title as record_title};
pub(crate) use sentence::lower_first;
pub(crate) use target::{aim, code, pin, value};

use crate::context::Page;
use crate::error::PageError;
use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/chi-tieu/{slug}", page::show),
    Route::get("/chi-tieu/{slug}/vi-sao", changes::show),
    Route::get("/chi-tieu/{slug}/bang-chung", proof::download),
];

/// The indicator and the reading that an address asks for. Without a period it is the last whole month, or
/// the month that runs where the last one has no figure yet.
fn asked(page: &Page<'_>, lens: &Lens<'_>) -> Result<(Ask, Arc<Definition>), PageError> {
    let slug = page.segment(1);
    let known = lens.snapshot.indicators().into_iter().find(|definition| definition.slug == slug);
    let definition = known.and_then(|current| lens.definition(&current.id)).ok_or_else(|| {
        PageError::missing(t!("Không có chỉ tiêu này ở lần ghi đang xem, hoặc bạn không được xem."))
    })?;
    let ky = match page.period() {
        Some(period) => period,
        None => default_period(lens, &definition)?,
    };
    let ask = Ask {
        slug: definition.slug.clone(),
        dv: lens.place_code().to_owned(),
        ky,
        tai: lens.pinned,
        theo: page
            .query()
            .get("theo")
            .filter(|theo| theo.chars().count() <= THEO_CHARS_MAX)
            .map(str::to_owned),
        places: lens.places,
    };
    Ok((ask, definition))
}

/// Longest name of a cut that is looked at.
const THEO_CHARS_MAX: usize = 200;

fn default_period(lens: &Lens<'_>, definition: &Arc<Definition>) -> Result<Period, PageError> {
    let running = lens.today.month();
    let last = running.plus(-1).unwrap_or(running);
    let whole = lens.read(definition, Period::of_month(last))?;
    let period = if matches!(whole.outcome, Outcome::Absent { .. }) { running } else { last };
    Ok(Period::of_month(period))
}
