//! Reading a figure as one reader may see it, as known at the end of the text's day.

use std::sync::Arc;

use mc_base::{Day, Period, PlaceId, Seq};
use mc_claims::{Claim, Exact};
use mc_figure::{Definition, Figure};
use mc_port::{Disclosing, Disclosure, FigureError, FigureRequest, PlaceBasis, StoreFailure};

use crate::Registers;
use crate::candidate::factor;
use crate::verdict::{Base, Ours};

/// What is said where a figure may not be told.
const KEPT_BACK: &str = "số này dựa trên quá ít bản ghi về người nên không nêu";
/// What is said where there is no number.
const NO_VALUE: &str = "sổ chưa có số liệu này";

/// A store that is read at one position for one reader.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shelf<'a> {
    pub(crate) registers: &'a Registers<'a>,
    /// The day of the text.
    pub(crate) date: Day,
    /// The last position of that day; `None`: the latest.
    at: Option<Seq>,
}

/// A figure, or why there is none.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) ours: Ours,
    /// Why there is no value.
    pub(crate) why: String,
}

impl<'a> Shelf<'a> {
    /// At the end of `date`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of(registers: &'a Registers<'a>, date: Day) -> Result<Self, StoreFailure> {
        let (known, head) = (registers.snapshot.known_on(date)?, registers.snapshot.head().seq);
        Ok(Self { registers, date, at: (known < head).then_some(known) })
    }

    /// The position that is read.
    pub(crate) fn position(&self) -> Seq {
        self.at.unwrap_or_else(|| self.registers.snapshot.head().seq)
    }

    pub(crate) fn request(&self, definition: &Definition, place: PlaceId, period: Period) -> FigureRequest {
        FigureRequest {
            indicator: definition.id.clone(),
            version: None,
            place,
            period,
            today: self.date.min(self.registers.snapshot.today()),
            at: self.at,
            places: PlaceBasis::Now,
        }
    }

    /// The figure of `definition` in the unit of `claim`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn reading(
        &self,
        claim: &Claim,
        definition: &Arc<Definition>,
        place: PlaceId,
        period: Period,
    ) -> Result<Reading, StoreFailure> {
        let ours = |figure: Option<&Figure>| Ours {
            indicator: definition.id.clone(),
            slug: definition.slug.clone(),
            title: definition.title.vi.clone(),
            version: figure.map_or(definition.version, |figure| figure.version),
            value: None,
            unit: if claim.unit.is_empty() { definition.unit.vi.clone() } else { claim.unit.clone() },
            part: None,
            base: None,
            place,
            place_code: self.registers.snapshot.places().code(place).to_owned(),
            period,
            position: figure.map_or(self.position(), |figure| Seq(figure.seq)),
        };
        let request = self.request(definition, place, period);
        let figure = match self.registers.snapshot.figure(&request) {
            Ok(figure) => figure,
            Err(error) => return Ok(Reading { ours: ours(None), why: refused(error)? }),
        };
        let told = self.disclosed(definition, &request, &figure)?;
        let mut ours = ours(Some(&figure));
        if told != Disclosure::Open {
            return Ok(Reading { ours, why: KEPT_BACK.to_owned() });
        }
        let factor = factor(claim, &definition.unit.vi);
        ours.value = factor.zip(figure.value.as_deref()).and_then(|(by, text)| scaled(text, by));
        ours.base = figure.num.zip(figure.den).map(|(num, den)| Base { num, den });
        let why = if ours.value.is_none() { NO_VALUE.to_owned() } else { String::new() };
        Ok(Reading { ours, why })
    }

    fn disclosed(
        &self,
        definition: &Definition,
        request: &FigureRequest,
        figure: &Figure,
    ) -> Result<Disclosure, StoreFailure> {
        let Registers { snapshot, viewer, .. } = *self.registers;
        match (Disclosing { snapshot, viewer, definition }).figure(request, figure) {
            Ok(told) => Ok(told),
            // What cannot be shown to be harmless is not told.
            Err(error) => refused(error).map(|_| Disclosure::Few),
        }
    }
}

/// The sentence of a figure that is not there; a store that fails is a failure.
fn refused(error: FigureError) -> Result<String, StoreFailure> {
    match error {
        FigureError::Store(said) => Err(StoreFailure::Failed(said)),
        FigureError::Expired => Err(StoreFailure::Expired),
        other => Ok(other.to_string()),
    }
}

/// A plain decimal times a fraction.
pub(crate) fn scaled(text: &str, (num, den): (i128, i128)) -> Option<Exact> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa: i128 = format!("{whole}{part}").parse().ok()?;
    let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
    Some(Exact::new(mantissa.checked_mul(sign)?.checked_mul(num)?, scale.checked_mul(den)?))
}
