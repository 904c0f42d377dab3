//! The access journal: who was shown which records' personal values, and when. It names records and holds no value.
//!
//! A line is durable before anything is shown. Each finished day is sealed: a record of register `access_seal` holds
//! the number of its lines and the SHA-256 over them, so that nobody takes a line out afterwards without `verify`
//! saying so.

use mc_access::{Act, Actor, Object, decide};
use mc_base::{Day, Hash32, Instant, Seq, date};
use mc_ledger::Value;
use mc_ledger::hash::Sha256Stream;
use mc_port::{Access, AccessLine, CommitError, CommitRequest, EditRequest, Receipt, RowRefusal, record};
use mc_register::{Edit, system};
use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::ddl::{column, table};
use crate::reader::Reader;
use crate::writer::Writer;

/// Before the lines of a day.
const TAG: &[u8] = b"minhchung/access/v1\n";
/// Days that one commit seals.
const DAYS_MAX: usize = 1_000;
/// Lines given at once.
const LINES_MAX: usize = 500;

impl Writer {
    /// Writes a line, durably.
    ///
    /// # Errors
    /// When it cannot be written: then nothing may be shown.
    pub fn note(&mut self, access: &Access) -> Result<(), StoreError> {
        let now = self.world.now();
        self.transaction(|writer| writer.add_line(access, now))
    }

    fn add_line(&self, access: &Access, now: Instant) -> Result<(), StoreError> {
        let last: Option<i64> = self.db.query_row("SELECT MAX(at) FROM access", [], |row| row.get(0))?;
        // A clock that was put back adds no line to a day that is sealed.
        let after_sealed =
            sealed_until(&self.db)?.and_then(|day| day.plus(1)).map_or(0, |day| Instant::start_of(day).0);
        let at = Instant(now.0.max(last.unwrap_or(0)).max(after_sealed));
        let records = serde_json::to_string(&access.records).map_err(StoreError::corrupt)?;
        self.db
            .prepare_cached(
                "INSERT INTO access (at, day, actor, act, register, records) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                at.0,
                at.day().epoch_days(),
                access.actor,
                access.act,
                access.register,
                records
            ])?;
        Ok(())
    }

    /// Seals the finished days that have lines and are not sealed yet; `None` where there are none.
    ///
    /// # Errors
    /// As any commit.
    pub fn seal_access(&mut self) -> Result<Option<Receipt>, CommitError> {
        let failed = |error: StoreError| CommitError::Store(error.to_string());
        let today = self.world.now().day();
        let days = finished(&self.db, today).map_err(failed)?;
        let catalog = self.catalog();
        let Some(info) = catalog.register(system::ACCESS_SEAL).filter(|_| !days.is_empty()) else {
            return Ok(None);
        };
        let mut edits = Vec::with_capacity(days.len());
        for day in &days {
            let (lines, digest) = digest(&self.db, *day).map_err(failed)?;
            let record = record(
                &info.schema,
                [
                    ("day", Value::Day(*day)),
                    ("lines", Value::Int(i64::try_from(lines).unwrap_or(i64::MAX))),
                    ("digest", Value::Text(digest.to_string())),
                ],
            );
            edits.push(EditRequest {
                register: system::ACCESS_SEAL.to_owned(),
                edit: Edit::Insert { record },
            });
        }
        let last = days.last().map_or_else(String::new, |day| date::short(*day));
        let request = CommitRequest {
            actor: Actor::operator(),
            source: "nhật ký truy cập".to_owned(),
            reason: format!("Niêm phong nhật ký truy cập dữ liệu cá nhân đến hết ngày {last}"),
            idempotency_key: String::new(),
            edits,
        };
        self.sealing_access = true;
        let sealed = self.commit(&request);
        self.sealing_access = false;
        sealed.map(Some)
    }

    /// Only the store itself says what a day's lines were.
    pub(crate) fn access_refused(&self, request: &CommitRequest) -> Option<CommitError> {
        let named = request.edits.iter().any(|edit| edit.register == system::ACCESS_SEAL);
        (named && !self.sealing_access).then(|| {
            CommitError::Rows(vec![RowRefusal {
                register: system::ACCESS_SEAL.to_owned(),
                key: String::new(),
                field: None,
                message: "Sổ này do hệ thống tự ghi khi niêm phong nhật ký truy cập.".to_owned(),
            }])
        })
    }
}

fn sealed_until(db: &Connection) -> Result<Option<Day>, StoreError> {
    let sql = format!("SELECT MAX({}) FROM {}", column(DAY), table(system::ACCESS_SEAL));
    let last: Option<Option<i32>> = db.prepare_cached(&sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(last.flatten().and_then(Day::from_epoch_days))
}

/// Number of the field that holds the day.
const DAY: u16 = 1;

fn finished(db: &Connection, today: Day) -> Result<Vec<Day>, StoreError> {
    let after = sealed_until(db)?.map_or(i32::MIN, Day::epoch_days);
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT day FROM access WHERE day > ?1 AND day < ?2 ORDER BY day LIMIT ?3",
    )?;
    let days = statement.query_map(params![after, today.epoch_days(), DAYS_MAX as i64], |row| row.get(0))?;
    Ok(days.collect::<Result<Vec<i32>, _>>()?.into_iter().filter_map(Day::from_epoch_days).collect())
}

/// Lines of a day, and the hash over them: the tag, then each line as a JSON array of number, UTC milliseconds, actor,
/// act, register and record keys, with a line end.
pub(crate) fn digest(db: &Connection, day: Day) -> Result<(u64, Hash32), StoreError> {
    let mut stream = Sha256Stream::default();
    stream.add(TAG);
    let mut statement = db.prepare_cached(
        "SELECT no, at, actor, act, register, records FROM access WHERE day = ?1 ORDER BY no",
    )?;
    let mut found = statement.query([day.epoch_days()])?;
    let mut lines = 0;
    while let Some(row) = found.next()? {
        let texts: [String; 4] = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
        let [actor, act, register, records] = texts;
        let records: Vec<String> = serde_json::from_str(&records).map_err(StoreError::corrupt)?;
        let line = (row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, actor, act, register, records);
        stream.add(serde_json::to_string(&line).map_err(StoreError::corrupt)?.as_bytes());
        stream.add(b"\n");
        lines += 1;
    }
    Ok((lines, stream.finish()))
}

impl Reader {
    /// Lines of the journal, the newest first, from below number `before`; none for who may not read it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn accesses(&self, before: Option<u64>, limit: usize) -> Result<Vec<AccessLine>, StoreError> {
        if decide(self.viewer(), Act::Audit, &Object::default()).is_err() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT a.no, a.at, a.actor, a.act, a.register, a.records, s.seq_from FROM access AS a
             LEFT JOIN {} AS s ON s.{} = a.day WHERE a.no < ?1 ORDER BY a.no DESC LIMIT ?2",
            table(system::ACCESS_SEAL),
            column(DAY)
        );
        let before = before.and_then(|no| i64::try_from(no).ok()).unwrap_or(i64::MAX);
        let limit = i64::try_from(limit.min(LINES_MAX)).unwrap_or(0);
        let mut statement = self.db()?.prepare_cached(&sql)?;
        let mut found = statement.query(params![before, limit])?;
        let mut lines = Vec::new();
        while let Some(row) = found.next()? {
            let records: String = row.get(5)?;
            let access = Access {
                actor: row.get(2)?,
                act: row.get(3)?,
                register: row.get(4)?,
                records: serde_json::from_str(&records).map_err(StoreError::corrupt)?,
            };
            let sealed: Option<u64> = row.get(6)?;
            lines.push(AccessLine {
                no: row.get(0)?,
                at: Instant(row.get(1)?),
                access,
                sealed: sealed.map(Seq),
            });
        }
        Ok(lines)
    }
}
