//! Checks of texts that somebody asked to keep, each text sealed under a key of its own.

use mc_base::{Day, Hash32, Instant, Seq};
use mc_ledger::hash::sha256;
use mc_port::{
    OPENING_CHARS, SAVED_BYTES_MAX, SAVED_CHECKS_MAX, SaveError, SavedCheck, SavedChecks, SavedPage,
    StoreFailure,
};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::convert::hash;
use crate::erase::SCRUB_DUE;
use crate::port::Queue;
use crate::{StoreError, Writer, evidence, meta};

/// What is read of a check: its own columns, then those of its text.
const SELECT: &str =
    "SELECT c.id, c.day, c.position, c.checked_on, c.rules, c.digest, c.claims, c.mismatches,
     c.differing, c.saved_at, c.saved_by, c.kept_until, c.hash, k.key, c.sealed
     FROM saved_check AS c JOIN saved_check_key AS k ON k.id = c.id";

/// A text as it lies there.
struct SealedText {
    hash: Hash32,
    key: Hash32,
    bytes: Vec<u8>,
}

impl SealedText {
    fn of(text: &str, key: Hash32) -> Result<Self, StoreError> {
        let (hash, mut bytes) = (sha256(text.as_bytes()), Vec::new());
        evidence::seal(&mut text.as_bytes(), &mut bytes, &key.0, hash).map_err(StoreError::corrupt)?;
        Ok(Self { hash, key, bytes })
    }

    fn open(&self) -> Result<String, StoreError> {
        let mut text = Vec::new();
        let opened = evidence::open(&mut self.bytes.as_slice(), &self.key.0, self.hash, &mut |part| {
            text.extend_from_slice(part);
            Ok(())
        });
        opened.map_err(|error| StoreError::Corrupt(format!("bài đã lưu: {error}")))?;
        String::from_utf8(text).map_err(StoreError::corrupt)
    }
}

fn read(row: &Row<'_>) -> Result<(SavedCheck, SealedText), StoreError> {
    let whole = |column: usize| -> Result<Hash32, StoreError> {
        let bytes: Vec<u8> = row.get(column)?;
        hash(&bytes).ok_or_else(|| {
            StoreError::Corrupt("bài đã lưu: một mã băm hoặc khóa không đủ 32 byte".to_owned())
        })
    };
    let day = |column: usize| -> Result<Day, StoreError> {
        let days: i32 = row.get(column)?;
        Day::from_epoch_days(days)
            .ok_or_else(|| StoreError::Corrupt(format!("bài đã lưu: {days} không phải một ngày")))
    };
    let check = SavedCheck {
        id: row.get(0)?,
        day: day(1)?,
        position: Seq(row.get(2)?),
        checked_on: day(3)?,
        rules: row.get(4)?,
        digest: whole(5)?,
        claims: row.get(6)?,
        mismatches: row.get(7)?,
        differing: row.get(8)?,
        saved_at: Instant(row.get(9)?),
        saved_by: row.get(10)?,
        kept_until: Instant(row.get(11)?),
    };
    Ok((check, SealedText { hash: whole(12)?, key: whole(13)?, bytes: row.get(14)? }))
}

/// Removes a check with its key; false where there is none.
fn remove(db: &Connection, id: &str) -> Result<bool, StoreError> {
    db.prepare_cached("DELETE FROM saved_check_key WHERE id = ?1")?.execute([id])?;
    let gone = db.prepare_cached("DELETE FROM saved_check WHERE id = ?1")?.execute([id])? > 0;
    if gone {
        meta::set(db, SCRUB_DUE, id)?;
    }
    Ok(gone)
}

/// Removes those whose time is over at `now`; true where there were any.
fn remove_ended(db: &Connection, now: Instant) -> Result<bool, StoreError> {
    let ended: Vec<String> = db
        .prepare_cached("SELECT id FROM saved_check WHERE kept_until <= ?1")?
        .query_map([now.0], |row| row.get(0))?
        .collect::<Result<_, rusqlite::Error>>()?;
    for id in &ended {
        remove(db, id)?;
    }
    Ok(!ended.is_empty())
}

fn kept(db: &Connection) -> Result<(usize, u64), StoreError> {
    let mut statement = db.prepare_cached("SELECT COUNT(*), COALESCE(SUM(bytes), 0) FROM saved_check")?;
    Ok(statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn insert(db: &Connection, check: &SavedCheck, text: &SealedText, bytes: u64) -> Result<(), StoreError> {
    db.prepare_cached("INSERT INTO saved_check_key (id, key) VALUES (?1, ?2)")?
        .execute(params![check.id, &text.key.0[..]])?;
    db.prepare_cached(
        "INSERT INTO saved_check (id, day, position, checked_on, rules, digest, claims, mismatches, differing,
         saved_at, saved_by, kept_until, bytes, hash, sealed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        check.id,
        check.day.epoch_days(),
        check.position.0,
        check.checked_on.epoch_days(),
        check.rules,
        &check.digest.0[..],
        check.claims,
        check.mismatches,
        check.differing,
        check.saved_at.0,
        check.saved_by,
        check.kept_until.0,
        bytes,
        &text.hash.0[..],
        text.bytes,
    ])?;
    Ok(())
}

fn list(db: &Connection, skip: usize, limit: usize) -> Result<SavedPage, StoreError> {
    let (total, _) = kept(db)?;
    let mut statement =
        db.prepare_cached(&format!("{SELECT} ORDER BY c.saved_at DESC, c.id LIMIT ?1 OFFSET ?2"))?;
    let mut rows = statement.query([limit, skip])?;
    let mut checks = Vec::new();
    while let Some(row) = rows.next()? {
        let (check, text) = read(row)?;
        checks.push((check, text.open()?.trim_start().chars().take(OPENING_CHARS).collect()));
    }
    Ok(SavedPage { checks, total })
}

impl Writer {
    /// As [`SavedChecks::save_check`]; no room is the inner error.
    fn save_check(&mut self, check: &SavedCheck, text: &str) -> Result<Result<(), (usize, u64)>, StoreError> {
        let mut key = Hash32::ZERO;
        self.world().fill(&mut key.0);
        let (sealed, own) = (SealedText::of(text, key)?, text.len() as u64);
        let (ended, saved) = self.transaction(|writer| {
            let ended = remove_ended(writer.db(), check.saved_at)?;
            let (checks, bytes) = kept(writer.db())?;
            if checks >= SAVED_CHECKS_MAX || bytes.saturating_add(own) > SAVED_BYTES_MAX {
                return Ok((ended, Err((checks, bytes))));
            }
            insert(writer.db(), check, &sealed, own)?;
            Ok((ended, Ok(())))
        })?;
        self.scrub_if(ended);
        Ok(saved)
    }

    fn saved_checks(&mut self, now: Instant, skip: usize, limit: usize) -> Result<SavedPage, StoreError> {
        const ENDED: &str = "SELECT EXISTS (SELECT 1 FROM saved_check WHERE kept_until <= ?1)";
        if self.db().prepare_cached(ENDED)?.query_row([now.0], |row| row.get(0))? {
            let ended = self.transaction(|writer| remove_ended(writer.db(), now))?;
            self.scrub_if(ended);
        }
        list(self.db(), skip, limit)
    }

    fn forget_check(&mut self, id: &str) -> Result<bool, StoreError> {
        let gone = self.transaction(|writer| remove(writer.db(), id))?;
        self.scrub_if(gone);
        Ok(gone)
    }

    /// Empties the journal where something went. What a reader delays is done beside the writer, or by the next
    /// start; see [`Writer::scrub`].
    fn scrub_if(&mut self, gone: bool) {
        if gone {
            let _ = self.scrub();
        }
    }
}

impl SavedChecks for Queue {
    fn save_check(&self, check: &SavedCheck, text: &str) -> Result<(), SaveError> {
        let saved = self.with(|writer| writer.save_check(check, text)).map_err(StoreFailure::from)?;
        saved.map_err(|(checks, bytes)| SaveError::Full { checks, bytes })
    }

    fn saved_checks(&self, now: Instant, skip: usize, limit: usize) -> Result<SavedPage, StoreFailure> {
        Ok(self.with(|writer| writer.saved_checks(now, skip, limit))?)
    }

    fn saved_check(&self, id: &str, now: Instant) -> Result<Option<(SavedCheck, String)>, StoreFailure> {
        let found = self.with(|writer| {
            let mut statement =
                writer.db().prepare_cached(&format!("{SELECT} WHERE c.id = ?1 AND c.kept_until > ?2"))?;
            let found = statement.query_row(params![id, now.0], |row| Ok(read(row))).optional()?;
            found.transpose()
        });
        let Some((check, text)) = found? else { return Ok(None) };
        Ok(Some((check, text.open()?)))
    }

    fn keep_check(&self, id: &str, now: Instant, until: Instant) -> Result<bool, StoreFailure> {
        const KEEP: &str = "UPDATE saved_check SET kept_until = ?3 WHERE id = ?1 AND kept_until > ?2";
        let keep =
            |writer: &Writer| Ok(writer.db().prepare_cached(KEEP)?.execute(params![id, now.0, until.0])? > 0);
        Ok(self.with(|writer| writer.transaction(keep))?)
    }

    fn forget_check(&self, id: &str) -> Result<bool, StoreFailure> {
        Ok(self.with(|writer| writer.forget_check(id))?)
    }
}
