//! A figure by a declared cut.

use std::collections::BTreeSet;

use mc_base::PlaceId;
use mc_figure::{totals_cut, value_of_totals_cut};
use mc_port::{FigureError, FigureRequest, Part};
use rusqlite::{Connection, params};

use super::read::{At, Moment, Sum};
use super::{FigureErrorBox, Operand, Operands};
use crate::StoreError;
use crate::catalog::{IndicatorInfo, OperandInfo, RecordsIn};
use crate::reader::Reader;
use crate::trace;

/// Parts at most; the values beyond them are one part together.
pub(super) const VALUES_MAX: usize = 1_000;
/// The one cut of the measures of totals.
const OF_TOTALS: i64 = 1;
/// Totals that are no value of the cut.
pub(super) const UNSPLIT: (&str, &str) = ("~chua-chia", "Chưa chia");
/// The values beyond the limit, with those totals.
pub(super) const BEYOND: (&str, &str) = ("~con-lai", "Các giá trị còn lại, hoặc chưa chia");

/// A cut with the sets it has in numerator and denominator.
#[derive(Clone, Copy)]
pub(super) struct Set<'a> {
    pub(super) cut: &'a str,
    num: i64,
    den: Option<i64>,
}

impl Reader {
    pub(super) fn by_cut(&self, request: &FigureRequest, cut: &str) -> Result<Vec<Part>, FigureErrorBox> {
        let (info, at) = self.prepared(request)?;
        let set = set(info, cut).ok_or_else(|| FigureErrorBox(no_cut(info, cut)))?;
        let values = self.values(info, at.db, set, request.place)?;
        let mut rest = self.operands(info, request, i64::from(request.place.0), at)?;
        let mut parts = Vec::new();
        for value in values.iter().take(VALUES_MAX) {
            let operands = self.operands_of_cut(info, request, at, set, value)?;
            if !operands.num.visible() && !operands.den.is_some_and(Operand::visible) {
                continue;
            }
            rest = rest.minus(operands);
            let title = crate::titles::cut_title(self, info, cut, value);
            parts.push(self.part(info, request, (value, &title), operands));
        }
        let (title, rest) = if values.len() > VALUES_MAX { (BEYOND, rest) } else { (UNSPLIT, rest.totals()) };
        if rest.num.visible() || rest.den.is_some_and(Operand::visible) {
            parts.push(self.part(info, request, title, rest));
        }
        Ok(parts)
    }

    fn part(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        (key, title): (&str, &str),
        operands: Operands,
    ) -> Part {
        let figure = self.finish(info, request, operands);
        Part { key: key.to_owned(), title: title.to_owned(), place: None, figure, refused: None }
    }

    /// The values that records and totals at a place have.
    pub(super) fn values(
        &self,
        info: &IndicatorInfo,
        db: &Connection,
        set: Set<'_>,
        place: PlaceId,
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut values = BTreeSet::new();
        for (operand, no) in [(Some(info.num), Some(set.num)), (info.den, set.den)] {
            let (Some(operand), Some(no)) = (operand, no) else { continue };
            let counted = self.catalog.measure(operand.counted)?;
            values.extend(texts(db, counted.sql.no, no, place)?);
            if let Some(totals) = operand.totals {
                let totals = texts(db, self.catalog.measure(totals)?.sql.no, OF_TOTALS, place)?;
                values.extend(totals.iter().filter_map(|text| value_of_totals_cut(set.cut, text)));
            }
        }
        Ok(values)
    }

    /// Both operands at one value of a cut.
    pub(super) fn operands_of_cut(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        moment: Moment<'_>,
        set: Set<'_>,
        value: &str,
    ) -> Result<Operands, FigureErrorBox> {
        let place = i64::from(request.place.0);
        let read = |measure: usize, set: i64, cut: &str| {
            self.sum(&At { moment, place, set, cut }, self.catalog.measure(measure)?, request)
        };
        let totals_value = totals_cut(set.cut, value);
        let operand = |operand: OperandInfo, no: i64| -> Result<Operand, FigureErrorBox> {
            let counted = read(operand.counted, no, value)?;
            let totals = match operand.totals {
                Some(totals) => read(totals, OF_TOTALS, &totals_value)?,
                None => Sum::default(),
            };
            let scale = self.catalog.measure(operand.counted)?.compiled.scale();
            Ok(Operand { counted, totals, present: counted.n, scale })
        };
        let num = operand(info.num, set.num)?;
        let den = match (info.den, set.den) {
            (Some(den), Some(no)) => Some(operand(den, no)?),
            _ => None,
        };
        let by_row = || trace::count(self, info, request, place, Some(((set.num, set.den), value)));
        let records = match info.records {
            RecordsIn::Operands => num.counted.n + den.map_or(0, |den| den.counted.n),
            RecordsIn::Denominator => den.map_or(0, |den| den.counted.n),
            RecordsIn::Union(union) => {
                let cuts = &self.catalog.measure(union)?.compiled.cuts;
                match cuts.iter().position(|known| known.name == set.cut) {
                    Some(at) => read(union, set_no(at), value)?.n,
                    None => by_row()?,
                }
            }
            RecordsIn::Rows => by_row()?,
        };
        Ok(Operands { num, den, records })
    }
}

pub(super) fn set<'a>(info: &IndicatorInfo, cut: &'a str) -> Option<Set<'a>> {
    let common = info.indicator.cuts.iter().find(|known| known.name == cut)?;
    Some(Set { cut, num: set_no(common.num), den: common.den.map(set_no) })
}

/// The indicator is not split by `cut`; by what it is.
pub(super) fn no_cut(info: &IndicatorInfo, cut: &str) -> FigureError {
    let offered: Vec<&str> = info.indicator.cuts.iter().map(|known| known.name.as_str()).collect();
    let offered = if offered.is_empty() { vec!["địa bàn"] } else { offered };
    FigureError::NoCut {
        indicator: info.definition.id.clone(),
        cut: cut.to_owned(),
        offered: offered.join(", "),
    }
}

/// Number of a cut set: 0 is the uncut total.
fn set_no(cut: usize) -> i64 {
    i64::try_from(cut + 1).unwrap_or(i64::MAX)
}

/// The texts under which a measure has cells at a place.
fn texts(db: &Connection, measure: i64, set: i64, place: PlaceId) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT cut FROM cell_month WHERE measure = ?1 AND set_no = ?2 AND place = ?3",
    )?;
    let rows = statement.query_map(params![measure, set, place.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
