//! Sums over cells: whole months, single days, and what became known only later.

use std::collections::HashMap;

use mc_figure::read::Window;
use mc_port::{FigureError, FigureRequest, PlaceTree};
use rusqlite::types::Value as Column;
use rusqlite::{Connection, Row, params_from_iter};

use super::{FigureErrorBox, window};
use crate::catalog::MeasureInfo;
use crate::cells::{BLOCK_BITS, is_built};
use crate::places::stored_under;

/// A sum over cells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Sum {
    pub(crate) value: i64,
    pub(crate) n: i64,
    pub(crate) blank: i64,
}

impl Sum {
    pub(super) const fn minus(self, other: Self) -> Self {
        Self { value: self.value - other.value, n: self.n - other.n, blank: self.blank - other.blank }
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self { value: self.value + other.value, n: self.n + other.n, blank: self.blank + other.blank }
    }
}

/// When and out of what a figure is read, whatever its place and measure.
#[derive(Clone, Copy)]
pub(super) struct Moment<'a> {
    pub(super) db: &'a Connection,
    pub(super) places: &'a PlaceTree,
    /// `None`: the latest position.
    pub(super) seq: Option<u64>,
    /// What was read already, for many places at once.
    pub(super) known: Option<&'a Known>,
}

/// Where a figure is read: everything but the measure.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) moment: Moment<'a>,
    pub(super) place: i64,
    pub(super) set: i64,
    pub(super) cut: &'a str,
}

/// Uncut sums of some measures at some places, read in one statement a table instead of one a place.
#[derive(Default)]
pub(super) struct Known {
    measures: HashMap<i64, HashMap<i64, Sum>>,
    places: Vec<i64>,
}

impl Known {
    /// Reads `measures` at `places`.
    pub(super) fn read<'m>(
        moment: Moment<'_>,
        mut places: Vec<i64>,
        measures: impl Iterator<Item = &'m MeasureInfo>,
        request: &FigureRequest,
    ) -> Result<Self, FigureErrorBox> {
        places.iter_mut().for_each(|place| *place = stored_under(moment.places, *place));
        let list = serde_json::to_string(&places).map_err(crate::StoreError::corrupt)?;
        let mut known = Self { measures: HashMap::new(), places };
        for measure in measures {
            if known.measures.contains_key(&measure.sql.no) {
                continue;
            }
            let mut sums: HashMap<i64, Sum> = HashMap::new();
            for piece in pieces(moment, measure, request)? {
                let mut statement = moment.db.prepare_cached(piece.sql.each)?;
                let place = Column::Text(list.clone());
                let mut rows = statement.query(piece.parameters(measure.sql.no, 0, "", place))?;
                while let Some(row) = rows.next()? {
                    let sum = sums.entry(row.get(3)?).or_default();
                    *sum = piece.added_to(*sum, read_sum(row)?);
                }
            }
            known.measures.insert(measure.sql.no, sums);
        }
        Ok(known)
    }

    fn sum(&self, at: &At<'_>, place: i64, measure: &MeasureInfo) -> Option<Sum> {
        let sums = self.measures.get(&measure.sql.no).filter(|_| at.set == 0)?;
        let is_read = || self.places.contains(&place);
        sums.get(&place).copied().or_else(|| is_read().then(Sum::default))
    }
}

pub(super) fn sum(
    at: &At<'_>,
    measure: &MeasureInfo,
    request: &FigureRequest,
) -> Result<Sum, FigureErrorBox> {
    let place = stored_under(at.moment.places, at.place);
    if let Some(sum) = at.moment.known.and_then(|known| known.sum(at, place, measure)) {
        return Ok(sum);
    }
    let mut total = Sum::default();
    for piece in pieces(at.moment, measure, request)? {
        let place = Column::Integer(place);
        let parameters = piece.parameters(measure.sql.no, at.set, at.cut, place);
        let sum = at.moment.db.prepare_cached(piece.sql.one)?.query_row(parameters, read_sum)?;
        total = piece.added_to(total, sum);
    }
    Ok(total)
}

/// A statement for one place and for each of many: ?1 measure, ?2 set, ?3 cut, ?4 place or a JSON list of places,
/// then what bounds it.
struct Sql {
    one: &'static str,
    each: &'static str,
}

macro_rules! sums {
    ($from:literal) => {
        Sql {
            one: concat!(
                "SELECT COALESCE(SUM(value), 0), COALESCE(SUM(n), 0), COALESCE(SUM(blank), 0) FROM ",
                $from,
                " AND measure = ?1 AND set_no = ?2 AND cut = ?3 AND place = ?4"
            ),
            each: concat!(
                "SELECT SUM(value), SUM(n), SUM(blank), place FROM ",
                $from,
                " AND measure = ?1 AND set_no = ?2 AND cut = ?3
                  AND place IN (SELECT value FROM json_each(?4)) GROUP BY place"
            ),
        }
    };
}

const MONTHS: Sql = sums!("cell_month WHERE month BETWEEN ?5 AND ?6");
const DAYS: Sql = sums!("cell WHERE day BETWEEN ?5 AND ?6");
const DELTAS: Sql = sums!("cell_delta WHERE seq > ?5 AND seq <= ?6 AND day BETWEEN ?7 AND ?8");
const BLOCKS: Sql = sums!("cell_delta_sum WHERE block > ?5 AND day BETWEEN ?6 AND ?7");

/// One statement of a sum.
struct Piece {
    sql: Sql,
    bounds: Vec<i64>,
    /// What became known later is taken off: current − Σ deltas after the position.
    taken_off: bool,
}

impl Piece {
    fn parameters(&self, measure: i64, set: i64, cut: &str, place: Column) -> impl rusqlite::Params + use<> {
        let fixed = [Column::Integer(measure), Column::Integer(set), Column::Text(cut.to_owned()), place];
        let bounds = self.bounds.iter().map(|bound| Column::Integer(*bound));
        params_from_iter(fixed.into_iter().chain(bounds).collect::<Vec<_>>())
    }

    const fn added_to(&self, total: Sum, sum: Sum) -> Sum {
        if self.taken_off { total.minus(sum) } else { total.plus(sum) }
    }
}

/// What has to be read of a measure; nothing where the period lies wholly in the future.
fn pieces(
    moment: Moment<'_>,
    measure: &MeasureInfo,
    request: &FigureRequest,
) -> Result<Vec<Piece>, FigureErrorBox> {
    let Some(window) = window(measure, request) else { return Ok(Vec::new()) };
    built(moment.db, measure, request)?;
    let range = window.cells();
    let plus = |sql, first: i64, last: i64| Piece { sql, bounds: vec![first, last], taken_off: false };
    let months = range.months.map(|(first, last)| plus(MONTHS, first.number().into(), last.number().into()));
    let days = range
        .days
        .iter()
        .map(|(first, last)| plus(DAYS, first.epoch_days().into(), last.epoch_days().into()));
    let mut pieces: Vec<Piece> = months.into_iter().chain(days).collect();
    if let Some(seq) = moment.seq {
        pieces.extend(later(window, seq));
    }
    Ok(pieces)
}

/// The deltas after a position: those of its own block one by one, later blocks as a whole.
fn later(window: Window, seq: u64) -> [Piece; 2] {
    let (first, last) = match window {
        Window::UpTo(last) => (i32::MIN, last.epoch_days()),
        Window::Within(first, last) => (first.epoch_days(), last.epoch_days()),
    };
    let (first, last) = (i64::from(first), i64::from(last));
    let number = |position: u64| i64::try_from(position).unwrap_or(i64::MAX);
    let block = seq >> BLOCK_BITS;
    let block_end = number(((block + 1) << BLOCK_BITS) - 1);
    [
        Piece { sql: DELTAS, bounds: vec![number(seq), block_end, first, last], taken_off: true },
        Piece { sql: BLOCKS, bounds: vec![number(block), first, last], taken_off: true },
    ]
}

fn built(db: &Connection, measure: &MeasureInfo, request: &FigureRequest) -> Result<(), FigureErrorBox> {
    if is_built(db, measure.sql.no)? {
        Ok(())
    } else {
        Err(FigureErrorBox(FigureError::Building(request.indicator.clone())))
    }
}

fn read_sum(row: &Row<'_>) -> rusqlite::Result<Sum> {
    Ok(Sum { value: row.get(0)?, n: row.get(1)?, blank: row.get(2)? })
}
