//! The records behind a figure.

use mc_base::PlaceId;
use mc_figure::trace::RecordsBehind;
use mc_port::{FigureError, FigureRequest, PlaceBasis, PlaceTree, RecordPage, Side, Turn, Version};
use rusqlite::params_from_iter;
use rusqlite::types::Value as Column;

use crate::StoreError;
use crate::catalog::{IndicatorInfo, MeasureInfo};
use crate::cells::own_level;
use crate::ddl::{column, table};
use crate::dialect;
use crate::explanation::Explained;
use crate::figures::{FigureErrorBox, window};
use crate::places::stored_under;
use crate::reader::Reader;
use crate::records::COUNT_MAX;
use crate::rows;

/// The condition under which a version stands behind an operand of a figure, over columns of its own table.
pub(crate) struct Behind {
    pub(crate) register: String,
    pub(crate) condition: String,
}

/// `None` where the period lies wholly in the future.
pub(crate) fn behind(
    places: &PlaceTree,
    measure: &MeasureInfo,
    request: &FigureRequest,
    seq: u64,
) -> Option<Behind> {
    behind_at(places, measure, request, i64::from(request.place.0), seq)
}

/// As [`behind`], at another place than the request's.
fn behind_at(
    places: &PlaceTree,
    measure: &MeasureInfo,
    request: &FigureRequest,
    place: i64,
    seq: u64,
) -> Option<Behind> {
    let behind = RecordsBehind::new(&measure.compiled, window(measure, request)?)?;
    let in_place = in_place(places, behind.place, place, &joined(places, request.places, place));
    Some(Behind {
        condition: format!(
            "seq_from <= {seq} AND (seq_to IS NULL OR seq_to > {seq}) AND {in_place} AND ({})",
            dialect::sql(&behind.condition())
        ),
        register: behind.register,
    })
}

/// The own levels of the places whose records count at `place` as places are now, but not as they were.
pub(crate) fn joined(places: &PlaceTree, basis: PlaceBasis, place: i64) -> Vec<i64> {
    let here = u32::try_from(place).ok().filter(|_| basis == PlaceBasis::Then).map(PlaceId);
    let joined = here.map(|place| places.taken_over(place)).unwrap_or_default();
    joined.into_iter().map(|old| own_level(old.0)).collect()
}

/// The condition that a record with this place field counts at `place`: by its place, unless it belongs to one
/// of `joined`, or, without one, where what lies somewhere in the home province counts.
pub(crate) fn in_place(tree: &PlaceTree, field: Option<u16>, place: i64, joined: &[i64]) -> String {
    let place = stored_under(tree, place);
    let unplaced = format!(
        "EXISTS (SELECT 1 FROM place_ancestor AS u JOIN meta ON meta.name = 'home'
          WHERE u.ancestor = {place} AND u.place = -2 * CAST(meta.value AS INTEGER) - 1)"
    );
    match field.map(column) {
        Some(column) => {
            let apart = if joined.is_empty() {
                String::new()
            } else {
                let joined: Vec<String> =
                    joined.iter().map(|place| stored_under(tree, *place).to_string()).collect();
                format!(" EXCEPT SELECT place FROM place_ancestor WHERE ancestor IN ({})", joined.join(", "))
            };
            format!(
                "({column} IN (SELECT place FROM place_ancestor WHERE ancestor = {place} AND place > 0{apart})
                  OR ({column} IS NULL AND {unplaced}))"
            )
        }
        None => unplaced,
    }
}

/// A cut: the sets it has in numerator and denominator, and one of its values.
type CutValue<'v> = ((i64, Option<i64>), &'v str);

/// The records behind numerator and denominator together at `place`, by register; a value of a cut is `?1`.
fn sides(
    reader: &Reader,
    info: &IndicatorInfo,
    request: &FigureRequest,
    place: i64,
    cut: Option<CutValue<'_>>,
) -> Result<Vec<Behind>, FigureErrorBox> {
    let seq = request.at.unwrap_or(reader.head().seq).0;
    let sets = cut.map(|(sets, _)| sets);
    let operands =
        [Some((info.num, sets.map(|sets| sets.0))), info.den.map(|den| (den, sets.and_then(|sets| sets.1)))];
    let mut sides: Vec<Behind> = Vec::new();
    for (operand, set) in operands.into_iter().flatten() {
        let measure = reader.catalog.measure(operand.counted)?;
        let Some(mut side) = behind_at(&reader.places, measure, request, place, seq) else { continue };
        if let Some(expression) = set.and_then(|set| measure.sql.row().cuts.get(usize::try_from(set).ok()?)) {
            side.condition = format!("{} AND {expression} = ?1", side.condition);
        }
        match sides.iter_mut().find(|known| known.register == side.register) {
            // Both operands over one register: a record counts once.
            Some(known) => known.condition = format!("({}) OR ({})", known.condition, side.condition),
            None => sides.push(side),
        }
    }
    Ok(sides)
}

/// How many records stand behind numerator or denominator together at `place`: all, or those of one value of a
/// cut, given with the sets it has in numerator and denominator. Reads row by row.
pub(crate) fn count(
    reader: &Reader,
    info: &IndicatorInfo,
    request: &FigureRequest,
    place: i64,
    cut: Option<CutValue<'_>>,
) -> Result<i64, FigureErrorBox> {
    let value = cut.map(|(_, value)| value);
    let mut total = 0;
    for side in sides(reader, info, request, place, cut)? {
        let sql = format!("SELECT COUNT(*) FROM {} WHERE {}", table(&side.register), side.condition);
        let found: i64 =
            reader.db()?.prepare_cached(&sql)?.query_row(params_from_iter(value), |row| row.get(0))?;
        total += found;
    }
    Ok(total)
}

impl Reader {
    /// A page of the records behind one operand of a figure, in key order, going on from the cursor `after`.
    ///
    /// # Errors
    /// As for the figure itself.
    pub fn records_behind(
        &self,
        request: &FigureRequest,
        side: Side,
        after: Option<&str>,
        limit: usize,
    ) -> Result<RecordPage, FigureError> {
        self.records_behind_boxed(&*self.pinned(request)?, side, after, limit).map_err(|error| error.0)
    }

    fn records_behind_boxed(
        &self,
        request: &FigureRequest,
        side: Side,
        after: Option<&str>,
        limit: usize,
    ) -> Result<RecordPage, FigureErrorBox> {
        let at = request.at.unwrap_or(self.head().seq);
        let Some(info) = self.catalog.indicator(&request.indicator, request.version, at) else {
            return Err(FigureErrorBox(FigureError::NoIndicator(request.indicator.clone())));
        };
        let operand = match side {
            Side::Num => Some(info.num),
            Side::Den => info.den,
        };
        let Some(operand) = operand else { return Ok(RecordPage::default()) };
        let Some(behind) = behind(&self.places, self.catalog.measure(operand.counted)?, request, at.0) else {
            return Ok(RecordPage::default());
        };
        let Some(register) = self.catalog.register(&behind.register) else {
            return Ok(RecordPage::default());
        };
        let table = table(&behind.register);
        let db = self.db()?;
        let turn = Turn::of(after);
        let (beyond, order) = if turn.is_back() { ("<", "DESC") } else { (">", "ASC") };
        let sql = format!(
            "SELECT {} FROM {table} WHERE ({}) AND key {beyond} ?1 ORDER BY key {order} LIMIT ?2",
            register.columns, behind.condition
        );
        let wanted = i64::try_from(limit).unwrap_or(0) + 1;
        let parameters = [Column::Text(turn.row().unwrap_or_default().to_owned()), Column::Integer(wanted)];
        let mut statement = db.prepare_cached(&sql)?;
        let mut found =
            rows::collect(statement.query(params_from_iter(parameters))?, register, &self.catalog)?;
        let more = found.len() > limit;
        let (previous, next) = turn.arrange(&mut found, limit, |version| version.key.clone());
        let rows = found
            .into_iter()
            .map(|version| self.in_list(register, version))
            .collect::<Result<Vec<Version>, StoreError>>()?;
        Ok(RecordPage { previous, next, count: rows.len() as u64, count_is_floor: more, rows })
    }

    /// The records behind a figure that carry an explanation, both operands together.
    ///
    /// # Errors
    /// As for the figure itself.
    pub fn explained_behind(&self, request: &FigureRequest, limit: usize) -> Result<RecordPage, FigureError> {
        self.explained_behind_boxed(&*self.pinned(request)?, limit).map_err(|error| error.0)
    }

    fn explained_behind_boxed(
        &self,
        request: &FigureRequest,
        limit: usize,
    ) -> Result<RecordPage, FigureErrorBox> {
        let at = request.at.unwrap_or(self.head().seq);
        let Some(info) = self.catalog.indicator(&request.indicator, request.version, at) else {
            return Err(FigureErrorBox(FigureError::NoIndicator(request.indicator.clone())));
        };
        let mut page = RecordPage::default();
        let db = self.db()?;
        for side in sides(self, info, request, i64::from(request.place.0), None)? {
            let Some(register) = self.catalog.register(&side.register) else { continue };
            let Explained { among, holds } = Explained::of(&self.catalog, register);
            let from = format!(
                "FROM {} NOT INDEXED WHERE {among} AND {holds} AND ({})",
                table(&side.register),
                side.condition
            );
            let counted = format!("SELECT COUNT(*) FROM (SELECT 1 {from} LIMIT {})", COUNT_MAX + 1);
            page.count += db.prepare_cached(&counted)?.query_row([], |row| row.get::<_, u64>(0))?;
            let room = limit.saturating_sub(page.rows.len());
            let sql = format!("SELECT {} {from} ORDER BY key LIMIT {room}", register.columns);
            let found = rows::collect(db.prepare_cached(&sql)?.query([])?, register, &self.catalog)?;
            for version in found {
                page.rows.push(self.in_list(register, version)?);
            }
        }
        page.count_is_floor = page.count > COUNT_MAX;
        page.count = page.count.min(COUNT_MAX);
        Ok(page)
    }
}
