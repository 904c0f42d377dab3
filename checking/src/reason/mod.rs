//! Why a number is not ours: the first single change of the question under which our figure is the stated number.
//!
//! The order is that of the issue: another date, another rule of counting, another version of the definition, another
//! place, and then a slip of the pen. What fits none is not known.

mod date;
mod place;
mod rule;

use std::sync::Arc;
use std::time::Duration;

use mc_claims::{Claim, Exact, slip};
use mc_figure::{Definition, Figure};
use mc_port::{FigureRequest, StoreFailure};

use crate::judge::{Read, standing};
use crate::read::{Shelf, value};
use crate::sayings::Saying;
use crate::verdict::Standing;

/// How long a snapshot may be held before figures are read for reasons no more: a text full of differences is answered
/// in good time too, and the snapshot ends soon after.
const HELD_MAX: Duration = Duration::from_secs(1);
/// Numbers of fewer written digits agree with too much by chance for anything but another day to explain them.
const TELLING_MIN: i64 = 10;
/// What is said where nothing explains it.
const UNKNOWN: &str = "chưa rõ";

/// A claim that is not our figure.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) shelf: Shelf<'a>,
    pub(crate) claim: &'a Claim,
    pub(crate) read: &'a Read,
    pub(crate) value: Exact,
}

impl Subject<'_> {
    /// The question that was asked.
    fn request(&self) -> FigureRequest {
        let ours = &self.read.reading.ours;
        self.shelf.request(&self.read.definition, ours.place, ours.period)
    }

    /// Whether a figure is the stated number.
    fn is_stated(&self, definition: &Definition, figure: &Figure) -> bool {
        let value = value(self.claim, definition, figure);
        value.is_some_and(|value| matches!(standing(self.claim, value), Standing::Equal | Standing::Rounded))
    }

    /// Whether another question to the same indicator, and the same part of it, gives the stated number.
    fn holds(&self, request: &FigureRequest) -> Result<bool, StoreFailure> {
        if self.is_late() {
            return Ok(false);
        }
        let definition = &self.read.definition;
        let figure = self.shelf.figure(definition, self.read.part.as_ref(), request)?;
        Ok(figure.is_ok_and(|figure| self.is_stated(definition, &figure)))
    }

    fn is_late(&self) -> bool {
        self.shelf.registers.snapshot.age() > HELD_MAX
    }

    /// Whether the number is so long that agreeing with another one says something.
    fn is_telling(&self) -> bool {
        self.claim.value.digits >= TELLING_MIN
    }
}

/// The reason as a sentence in Vietnamese.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn of(
    subject: &Subject<'_>,
    known: &[(Arc<Definition>, Vec<Saying>)],
) -> Result<String, StoreFailure> {
    if let Some(said) = date::other(subject)? {
        return Ok(said);
    }
    if subject.is_telling()
        && let Some(said) = rule::other(subject, known)?
    {
        return Ok(said);
    }
    if let Some(said) = rule::other_version(subject)? {
        return Ok(said);
    }
    if subject.is_telling()
        && let Some(said) = place::other(subject)?
    {
        return Ok(said);
    }
    let slipped = subject.is_telling().then(|| slip(subject.claim, subject.value)).flatten();
    Ok(slipped.unwrap_or_else(|| UNKNOWN.to_owned()))
}
