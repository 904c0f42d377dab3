//! Reading a figure as one reader may see it, as known at the end of the text's day.

use mc_base::{Day, Period, PlaceId, Seq};
use mc_claims::{Claim, Exact};
use mc_figure::{Basis, Definition, Figure};
use mc_port::{
    AgencyCut, AgencyRow, By, Disclosing, Disclosure, FigureError, FigureRequest, PlaceBasis, StoreFailure,
};

use crate::Registers;
use crate::candidate::factor;
use crate::part::Part;
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
        let (known, head) = (registers.known_on(date)?, registers.snapshot.head().seq);
        Ok(Self { registers, date, at: (known < head).then_some(known) })
    }

    /// The position that is read.
    pub(crate) fn position(&self) -> Seq {
        self.at.unwrap_or_else(|| self.registers.snapshot.head().seq)
    }

    /// Which figure is asked for, as known at the end of the text's day.
    pub(crate) fn request(&self, definition: &Definition, place: PlaceId, period: Period) -> FigureRequest {
        FigureRequest {
            indicator: definition.id.clone(),
            version: None,
            place,
            period,
            today: self.date.min(self.registers.today()),
            at: self.at,
            places: PlaceBasis::Now,
        }
    }

    /// The figure of `definition`, or of a part of it, in the unit of `claim`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn reading(
        &self,
        claim: &Claim,
        (definition, part): (&Definition, Option<&Part>),
        place: PlaceId,
        period: Period,
    ) -> Result<Reading, StoreFailure> {
        let request = self.request(definition, place, period);
        let mut ours = Ours {
            indicator: definition.id.clone(),
            slug: definition.slug.clone(),
            title: definition.title.vi.clone(),
            version: definition.version,
            value: None,
            unit: if claim.unit.is_empty() { definition.unit.vi.clone() } else { claim.unit.clone() },
            part: part.map(Part::names),
            base: None,
            place,
            place_code: self.registers.snapshot.places().code(place).to_owned(),
            period,
            position: self.position(),
        };
        let figure = match self.figure(definition, part, &request)? {
            Ok(figure) => figure,
            Err(why) => return Ok(Reading { ours, why }),
        };
        (ours.version, ours.position) = (figure.version, Seq(figure.seq));
        ours.value = value(claim, definition, &figure).filter(|_| rests_on_something(&figure));
        ours.base = figure.num.zip(figure.den).map(|(num, den)| Base { num, den });
        let why = if ours.value.is_none() { NO_VALUE.to_owned() } else { String::new() };
        Ok(Reading { ours, why })
    }

    /// A figure that the reader may be told, or the sentence of why not.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn figure(
        &self,
        definition: &Definition,
        part: Option<&Part>,
        request: &FigureRequest,
    ) -> Result<Result<Figure, String>, StoreFailure> {
        let Registers { snapshot, viewer, .. } = *self.registers;
        let told = Disclosing { snapshot, viewer, definition };
        match read(&told, part, request) {
            Ok(Some((figure, Disclosure::Open))) => Ok(Ok(figure)),
            Ok(Some(_)) => Ok(Err(KEPT_BACK.to_owned())),
            Ok(None) => Ok(Err(NO_VALUE.to_owned())),
            Err(error) => refused(error).map(Err),
        }
    }
}

/// The sentence of a figure that cannot be given; a store that fails is a failure.
pub(crate) fn refused(error: FigureError) -> Result<String, StoreFailure> {
    match error {
        FigureError::Store(said) => Err(StoreFailure::Failed(said)),
        FigureError::Expired => Err(StoreFailure::Expired),
        other => Ok(other.to_string()),
    }
}

/// A figure or a part of it, and whether it is told.
fn read(
    told: &Disclosing<'_>,
    part: Option<&Part>,
    request: &FigureRequest,
) -> Result<Option<(Figure, Disclosure)>, FigureError> {
    let Some(part) = part else {
        let figure = told.snapshot.figure(request)?;
        let disclosure = told.figure(request, &figure)?;
        return Ok(Some((figure, disclosure)));
    };
    let whole = told.whole(request)?;
    match part {
        Part::Cut { name, key } => {
            let parts = told.snapshot.figure_by(request, &By::Cut(name.clone()))?;
            let all = told.parts(request.place, whole, &parts);
            Ok(parts
                .into_iter()
                .zip(all)
                .find(|(part, _)| part.key == *key)
                .map(|(part, told)| (part.figure, told)))
        }
        Part::Agency { name, agency } => {
            let cut = AgencyCut { cut: Some(name.clone()), under: Some(agency.clone()) };
            let rows = told.snapshot.figure_by_agency(request, &cut)?;
            let all = told.agencies(request, &cut, whole, &rows)?;
            let own = |row: &AgencyRow| row.agency.as_ref() == Some(agency) && row.refused.is_none();
            Ok(rows.into_iter().zip(all).find(|(row, _)| own(row)).map(|(row, told)| (row.figure, told)))
        }
    }
}

/// A sum of nothing says that nothing was recorded, not that there is nothing.
fn rests_on_something(figure: &Figure) -> bool {
    figure.records > 0 || figure.basis != Basis::Counted
}

/// The value of a figure in the unit of `claim`.
pub(crate) fn value(claim: &Claim, definition: &Definition, figure: &Figure) -> Option<Exact> {
    scaled(figure.value.as_deref()?, factor(claim, &definition.unit.vi)?)
}

/// A plain decimal times a fraction.
pub(crate) fn scaled(text: &str, (num, den): (i128, i128)) -> Option<Exact> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa: i128 = format!("{whole}{part}").parse().ok()?;
    let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
    Some(Exact::new(mantissa.checked_mul(sign)?.checked_mul(num)?, scale.checked_mul(den)?))
}
