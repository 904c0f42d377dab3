//! Figures out of cells.

mod agencies;
mod cuts;
mod places;
mod read;

use mc_base::PlaceId;
use mc_figure::read::{Rule, Window};
use mc_figure::{Amount, Basis, Figure, Kind, Value6};
use mc_port::{By, FigureError, FigureRequest, Part, PlaceBasis};

use crate::StoreError;
use crate::catalog::{IndicatorInfo, MeasureInfo, OperandInfo, RecordsIn};
use crate::cells::own_level;
use crate::reader::Reader;
use crate::trace;

use read::{At, Moment, Sum, sum};

/// One operand's sums at one place.
#[derive(Clone, Copy, Default)]
struct Operand {
    counted: Sum,
    totals: Sum,
    present: i64,
    scale: u8,
}

impl Operand {
    fn amount(self) -> Amount {
        Amount { mantissa: i128::from(self.counted.value) + i128::from(self.totals.value), scale: self.scale }
    }

    const fn basis(self) -> Basis {
        Basis::of(self.present > 0, self.totals.n != 0)
    }

    const fn visible(self) -> bool {
        self.present > 0 || self.totals.n != 0
    }

    const fn adds(self) -> bool {
        self.counted.value != 0 || self.totals.value != 0
    }

    /// Its records alone.
    fn records(self) -> Self {
        Self { totals: Sum::default(), ..self }
    }

    /// Its totals alone.
    fn totals(self) -> Self {
        Self { counted: Sum::default(), present: 0, ..self }
    }

    const fn plus(self, other: Self) -> Self {
        Self {
            counted: self.counted.plus(other.counted),
            totals: self.totals.plus(other.totals),
            present: self.present + other.present,
            scale: self.scale,
        }
    }

    const fn minus(self, other: Self) -> Self {
        Self {
            counted: self.counted.minus(other.counted),
            totals: self.totals.minus(other.totals),
            present: self.present - other.present,
            scale: self.scale,
        }
    }
}

/// Both operands at one place.
#[derive(Clone, Copy)]
struct Operands {
    num: Operand,
    den: Option<Operand>,
    /// Records in either, each once.
    records: i64,
}

impl Operands {
    fn each(self, of: impl Fn(Operand) -> Operand) -> Self {
        Self { num: of(self.num), den: self.den.map(of), records: self.records }
    }

    /// Without its totals.
    fn records(self) -> Self {
        self.each(Operand::records)
    }

    /// Its totals, which have no records.
    fn totals(self) -> Self {
        Self { records: 0, ..self.each(Operand::totals) }
    }

    /// Whether it has a part in a sum.
    fn adds(self) -> bool {
        self.num.adds() || self.den.is_some_and(Operand::adds)
    }

    /// Of no record.
    fn none(is_ratio: bool) -> Self {
        Self { num: Operand::default(), den: is_ratio.then(Operand::default), records: 0 }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            num: self.num.plus(other.num),
            den: self.den.zip(other.den).map(|(den, other)| den.plus(other)),
            records: self.records + other.records,
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            num: self.num.minus(other.num),
            den: self.den.zip(other.den).map(|(den, other)| den.minus(other)),
            records: self.records - other.records,
        }
    }
}

impl From<StoreError> for FigureErrorBox {
    fn from(error: StoreError) -> Self {
        Self(match error {
            StoreError::Expired => FigureError::Expired,
            error => FigureError::Store(error.to_string()),
        })
    }
}

impl From<rusqlite::Error> for FigureErrorBox {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// Lets `?` turn store failures into figure errors inside this crate.
pub(crate) struct FigureErrorBox(pub(crate) FigureError);

impl Reader {
    /// One figure.
    ///
    /// # Errors
    /// Why there is none: see [`FigureError`].
    pub fn figure(&self, request: &FigureRequest) -> Result<Figure, FigureError> {
        self.figure_boxed(&*self.pinned(request)?).map_err(|error| error.0)
    }

    fn figure_boxed(&self, request: &FigureRequest) -> Result<Figure, FigureErrorBox> {
        let (info, at) = self.prepared(request)?;
        self.at_place(info, request, i64::from(request.place.0), at)
    }

    /// A figure split by the children of its place or by a declared cut; the parts add up to the figure. Those
    /// without records and totals are left out, but for places: every child is listed, also one whose number is
    /// refused.
    ///
    /// # Errors
    /// As [`Reader::figure`].
    pub fn figure_by(&self, request: &FigureRequest, by: &By) -> Result<Vec<Part>, FigureError> {
        let request = &*self.pinned(request)?;
        let parts = match by {
            By::Place => self.by_place(request),
            By::Cut(cut) => self.by_cut(request, cut),
        };
        parts.map_err(|error| error.0)
    }

    /// Checks the request and gives the indicator and the moment to read at.
    fn prepared(&self, request: &FigureRequest) -> Result<(&IndicatorInfo, Moment<'_>), FigureErrorBox> {
        let latest = self.head().seq;
        if let Some(asked) = request.at.filter(|asked| *asked > latest) {
            return Err(FigureErrorBox(FigureError::Future { asked, latest }));
        }
        let at = request.at.unwrap_or(latest);
        let info = self
            .catalog
            .indicator(&request.indicator, request.version, at)
            .ok_or_else(|| FigureErrorBox(FigureError::NoIndicator(request.indicator.clone())))?;
        let seq = (at < latest).then_some(at.0);
        let moment = Moment { db: self.db()?, places: &self.places, seq, known: None };
        if request.places == PlaceBasis::Now
            && let Some(refused) = self.partial_into(info, request, request.place, moment)?
        {
            return Err(FigureErrorBox(refused));
        }
        Ok((info, moment))
    }

    /// Across a partial succession nothing can be said of the new place, where the old one has records that carry
    /// no finer place whose way is known: why.
    fn partial_into(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        place: PlaceId,
        moment: Moment<'_>,
    ) -> Result<Option<FigureError>, FigureErrorBox> {
        for old in self.places.partial_predecessors(place) {
            if self.unsettled(info, (old, place), request, moment)? {
                let name = self.places.get(old).map_or_else(String::new, |place| place.name.clone());
                return Ok(Some(FigureError::PartialSuccession(name)));
            }
        }
        Ok(None)
    }

    /// Whether records counted at `old` may lie in `new` or not.
    fn unsettled(
        &self,
        info: &IndicatorInfo,
        (old, new): (PlaceId, PlaceId),
        request: &FigureRequest,
        moment: Moment<'_>,
    ) -> Result<bool, FigureErrorBox> {
        let counts = |place: i64| -> Result<bool, FigureErrorBox> {
            let here = At { moment, place, set: 0, cut: "" };
            for operand in [Some(info.num), info.den].into_iter().flatten() {
                for measure in [Some(operand.counted), operand.totals].into_iter().flatten() {
                    if sum(&here, self.catalog.measure(measure)?, request)?.n != 0 {
                        return Ok(true);
                    }
                }
            }
            Ok(false)
        };
        if !counts(i64::from(old.0))? {
            return Ok(false);
        }
        for place in self.places.unsettled(old, new) {
            if counts(own_level(place.0))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The sum at a place; with places as they were, without what was taken over.
    fn sum(
        &self,
        at: &At<'_>,
        measure: &MeasureInfo,
        request: &FigureRequest,
    ) -> Result<Sum, FigureErrorBox> {
        let mut total = sum(at, measure, request)?;
        for place in trace::joined(&self.places, request.places, at.place) {
            let joined = sum(&At { place, ..*at }, measure, request)?;
            total = total.minus(joined);
        }
        Ok(total)
    }

    fn at_place(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        place: i64,
        at: Moment<'_>,
    ) -> Result<Figure, FigureErrorBox> {
        if info.definition.kind == Kind::Scan {
            return crate::scan::figure(self, info, request, place);
        }
        Ok(self.finish(info, request, self.operands(info, request, place, at)?))
    }

    fn operands(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        place: i64,
        at: Moment<'_>,
    ) -> Result<Operands, FigureErrorBox> {
        let num = self.operand(info.num, request, place, at)?;
        let den = info.den.map(|den| self.operand(den, request, place, at)).transpose()?;
        let records = match info.records {
            RecordsIn::Operands => num.counted.n + den.map_or(0, |den| den.counted.n),
            RecordsIn::Denominator => den.map_or(0, |den| den.counted.n),
            RecordsIn::Union(union) => {
                let here = At { moment: at, place, set: 0, cut: "" };
                self.sum(&here, self.catalog.measure(union)?, request)?.n
            }
            RecordsIn::Rows => trace::count(self, info, request, place, None)?,
        };
        Ok(Operands { num, den, records })
    }

    fn operand(
        &self,
        operand: OperandInfo,
        request: &FigureRequest,
        place: i64,
        at: Moment<'_>,
    ) -> Result<Operand, FigureErrorBox> {
        let here = At { moment: at, place, set: 0, cut: "" };
        let measure = self.catalog.measure(operand.counted)?;
        let totals = match operand.totals {
            Some(totals) => self.sum(&here, self.catalog.measure(totals)?, request)?,
            None => Sum::default(),
        };
        Ok(Operand {
            counted: self.sum(&here, measure, request)?,
            totals,
            present: self.sum(&here, self.catalog.measure(operand.present)?, request)?.n,
            scale: measure.compiled.scale(),
        })
    }

    fn finish(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        Operands { num, den, records }: Operands,
    ) -> Figure {
        let seq = request.at.unwrap_or(self.head().seq);
        let visible = num.visible() && den.is_none_or(Operand::visible);
        let value = match den {
            None => visible.then(|| num.amount().to_string()),
            Some(den) => {
                Value6::of(num.amount(), den.amount()).filter(|_| visible).map(|value| value.to_string())
            }
        };
        let basis = den.map_or_else(|| num.basis(), |den| num.basis().with(den.basis()));
        let listed = Amount { mantissa: i128::from(num.counted.value), scale: num.scale };
        Figure {
            id: info.definition.id.clone(),
            version: info.definition.version,
            place: self.places.code(request.place).to_owned(),
            period: request.period.to_string(),
            seq: seq.0,
            value,
            num: num.visible().then(|| num.amount().to_string()),
            den: den.filter(|den| den.visible()).map(|den| den.amount().to_string()),
            unit: info.definition.unit.vi.clone(),
            basis,
            listed: mc_figure::figure::listed(listed, num.amount()).map(|listed| listed.to_string()),
            records: u64::try_from(records).unwrap_or(0),
        }
    }
}

/// The window that a request opens on a measure; `None` where it lies wholly in the future.
pub(crate) fn window(measure: &MeasureInfo, request: &FigureRequest) -> Option<Window> {
    Rule::from(&measure.compiled.time).window(request.period.from(), request.period.to(), request.today)
}
