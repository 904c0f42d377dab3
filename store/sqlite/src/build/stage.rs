//! The cells of one measure up to a position, computed beside the writer into a file of their own.
//!
//! Up to a position, what opened and closed a version stays as it is, so the register is read in short pieces, each
//! in a snapshot of its own: a long one would keep the journal from being emptied. The same rows come in the same
//! order every time, which is how a later process goes on where an earlier one ended.

use rusqlite::{Connection, Statement, params};

use crate::cells::commit::{ADD_TO_BLOCK, ADD_TO_DAY, ADD_TO_MONTH, INSERT_DELTA};
use crate::cells::{BLOCK_BITS, MeasureSql, with_ancestors};
use crate::import::StageFile;
use crate::layout::Layout;
use crate::{StoreError, open};

/// Versions read in one snapshot.
const PIECE: i64 = 20_000;

const TABLES: &str = "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    PRAGMA cache_size = -32768; PRAGMA temp_store = FILE;
    CREATE TABLE event (
        set_no INTEGER NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL, cut TEXT NOT NULL,
        day INTEGER NOT NULL, value INTEGER NOT NULL, n INTEGER NOT NULL, blank INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE place_ancestor (
        place INTEGER NOT NULL, ancestor INTEGER NOT NULL, PRIMARY KEY (place, ancestor)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE cell_row (
        no INTEGER PRIMARY KEY, kind INTEGER NOT NULL, set_no INTEGER NOT NULL, place INTEGER NOT NULL,
        cut TEXT NOT NULL, seq INTEGER NOT NULL, time INTEGER NOT NULL, value INTEGER NOT NULL,
        n INTEGER NOT NULL, blank INTEGER NOT NULL
    ) STRICT;";

/// What is to be computed.
pub(crate) struct Order {
    pub(crate) layout: Layout,
    pub(crate) file: StageFile,
    pub(crate) measure: MeasureSql,
    /// The last commit that is replayed.
    pub(crate) seq: u64,
    /// The last version that was there.
    pub(crate) last: i64,
    /// The place number of records without a place.
    pub(crate) unknown_place: i64,
}

/// Which table a row goes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Delta = 1,
    Day = 2,
    Month = 3,
    Block = 4,
}

/// A row of one of the four tables.
pub(crate) struct CellRow {
    kind: Kind,
    set_no: i64,
    place: i64,
    cut: String,
    /// Commit or block.
    seq: i64,
    /// Day or month.
    time: i64,
    amount: [i64; 3],
}

/// The cells, ready to be written.
pub(crate) struct Staged {
    db: Connection,
    pub(crate) measure: i64,
    pub(crate) seq: u64,
    /// Rows in all.
    pub(crate) total: u64,
    /// After `db`: it is closed before its file goes.
    _file: StageFile,
}

impl Order {
    /// Computes the cells; tells versions read, of all.
    pub(crate) fn compute(self, progress: &mut dyn FnMut(u64, u64)) -> Result<Staged, StoreError> {
        let db = Connection::open(self.file.path())?;
        db.busy_timeout(open::WAIT_FOR_LOCK)?;
        open::prepare(&db)?;
        db.execute_batch(TABLES)?;
        let path = self.layout.database();
        let path = path
            .to_str()
            .ok_or_else(|| StoreError::Missing(format!("đường dẫn “{}” không phải UTF-8", path.display())))?;
        db.execute("ATTACH ?1 AS data", [path])?;
        db.execute_batch("INSERT INTO main.place_ancestor SELECT place, ancestor FROM data.place_ancestor")?;
        let mut read = 0;
        while read < self.last {
            let to = self.last.min(read + PIECE);
            self.read(&db, read + 1, to)?;
            read = to;
            progress(read.unsigned_abs(), self.last.unsigned_abs());
        }
        db.execute_batch("DETACH data")?;
        sum_up(&db)?;
        let total = db.query_row("SELECT COALESCE(MAX(no), 0) FROM cell_row", [], |row| row.get(0))?;
        Ok(Staged { db, measure: self.measure.no, seq: self.seq, total, _file: self.file })
    }

    /// Reads what versions `from` to `to` contribute.
    fn read(&self, db: &Connection, from: i64, to: i64) -> Result<(), StoreError> {
        for (set, statement) in (0_i64..).zip(self.measure.versions()) {
            db.prepare_cached(&format!(
                "INSERT INTO event (set_no, seq, place, cut, day, value, n, blank)
                 SELECT {set}, seq, place, cut, day, value, n, blank FROM ({statement})"
            ))?
            .execute(params![self.seq, self.unknown_place, from, to])?;
        }
        Ok(())
    }
}

/// Makes the rows of each table, in the order of its key.
fn sum_up(db: &Connection) -> Result<(), StoreError> {
    let delta = Kind::Delta as i64;
    let sums = |kind: Kind, seq: &str, time: &str| {
        format!(
            "INSERT INTO cell_row (kind, set_no, place, cut, seq, time, value, n, blank)
             SELECT {}, set_no, place, cut, {seq}, {time}, SUM(value), SUM(n), SUM(blank)
             FROM cell_row WHERE kind = {delta} GROUP BY 2, 3, 4, 5, 6 ORDER BY 2, 3, 4, 5, 6",
            kind as i64
        )
    };
    db.execute_batch(&format!(
        "INSERT INTO cell_row (kind, set_no, place, cut, seq, time, value, n, blank)
         SELECT {delta}, set_no, place, cut, seq, day, value, n, blank FROM ({})
         ORDER BY set_no, place, cut, seq, day;
         DROP TABLE event",
        with_ancestors("e.set_no, ")
    ))?;
    db.execute_batch(&sums(Kind::Day, "0", "time"))?;
    db.execute_batch(&sums(Kind::Month, "0", "mc_yyyymm(time)"))?;
    db.execute_batch(&sums(Kind::Block, &format!("seq >> {BLOCK_BITS}"), "time")).map_err(StoreError::from)
}

impl Staged {
    /// Up to `count` rows after the first `done`.
    pub(crate) fn rows(&self, done: u64, count: u64) -> Result<Vec<CellRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT kind, set_no, place, cut, seq, time, value, n, blank FROM cell_row
             WHERE no > ?1 AND no <= ?2 ORDER BY no",
        )?;
        let mut found = statement.query(params![done, done.saturating_add(count)])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(CellRow {
                kind: match row.get::<_, i64>(0)? {
                    1 => Kind::Delta,
                    2 => Kind::Day,
                    3 => Kind::Month,
                    _ => Kind::Block,
                },
                set_no: row.get(1)?,
                place: row.get(2)?,
                cut: row.get(3)?,
                seq: row.get(4)?,
                time: row.get(5)?,
                amount: [row.get(6)?, row.get(7)?, row.get(8)?],
            });
        }
        Ok(rows)
    }
}

/// Adds rows to the tables of `db`.
pub(crate) fn write(db: &Connection, measure: i64, rows: &[CellRow]) -> Result<(), StoreError> {
    let prepare = |sql| -> Result<Statement<'_>, StoreError> { Ok(db.prepare(sql)?) };
    let (mut delta, mut block) = (prepare(INSERT_DELTA)?, prepare(ADD_TO_BLOCK)?);
    let (mut day, mut month) = (prepare(ADD_TO_DAY)?, prepare(ADD_TO_MONTH)?);
    for CellRow { kind, set_no, place, cut, seq, time, amount: [value, n, blank] } in rows {
        let timed = params![measure, set_no, place, cut, seq, time, value, n, blank];
        let summed = params![measure, set_no, place, cut, time, value, n, blank];
        match kind {
            Kind::Delta => delta.execute(timed)?,
            Kind::Block => block.execute(timed)?,
            Kind::Day => day.execute(summed)?,
            Kind::Month => month.execute(summed)?,
        };
    }
    Ok(())
}
