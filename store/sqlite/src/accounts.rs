//! What is kept of those who sign in.

mod factor;

use mc_account::{Failures, Secret, Session, Tried};
use mc_base::Instant;
use mc_port::{AccountTable, Credential, DEVICES_MAX, SESSIONS_MAX, SecondFactor, StoreFailure};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::StoreError;
use crate::port::Queue;

const SESSION: &str = "token, account, position, begun, used, browser, confirmed";

fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        token: row.get(0)?,
        account: row.get(1)?,
        position: row.get(2)?,
        begun: Instant(row.get(3)?),
        used: Instant(row.get(4)?),
        browser: row.get(5)?,
        confirmed: row.get::<_, Option<i64>>(6)?.map(Instant),
    })
}

/// Kind, who and account of a row of failures.
fn key(who: &Tried) -> (i64, &str, &str) {
    match who {
        Tried::Device(device, account) => (1, device, account),
        Tried::Account(account, address) => (2, address, account),
        Tried::Address(address) => (3, address, ""),
        Tried::Factor(account) => (4, "", account),
    }
}

fn end_others(db: &Connection, account: &str, keep: Option<&str>) -> rusqlite::Result<usize> {
    db.prepare_cached("DELETE FROM session WHERE account = ?1 AND token IS NOT ?2")?
        .execute(params![account, keep])
}

/// Ends every session of a restored copy: one that was ended after the backup must not come back.
pub(crate) fn end_all(db: &Connection) -> rusqlite::Result<()> {
    db.execute("DELETE FROM session", []).map(|_| ())
}

impl Queue {
    fn read_account<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreFailure> {
        Ok(self.with(|writer| read(writer.db())).map_err(StoreError::from)?)
    }

    fn write_account<T>(
        &self,
        write: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreFailure> {
        Ok(self.with(|writer| writer.transaction(|writer| Ok(write(writer.db())?)))?)
    }
}

impl AccountTable for Queue {
    fn credential(&self, account: &str) -> Result<Option<Credential>, StoreFailure> {
        const FIND: &str = "SELECT account, hash, first_until, changed_at FROM credential WHERE account = ?1";
        self.read_account(|db| {
            let read = |row: &Row<'_>| {
                Ok(Credential {
                    account: row.get(0)?,
                    hash: row.get(1)?,
                    first_until: row.get::<_, Option<i64>>(2)?.map(Instant),
                    changed_at: Instant(row.get(3)?),
                })
            };
            db.prepare_cached(FIND)?.query_row([account], read).optional()
        })
    }

    fn has_credentials(&self) -> Result<bool, StoreFailure> {
        self.read_account(|db| {
            db.prepare_cached("SELECT EXISTS (SELECT 1 FROM credential)")?.query_row([], |row| row.get(0))
        })
    }

    fn keep_credential(&self, credential: &Credential, keep: Option<&str>) -> Result<(), StoreFailure> {
        const KEEP: &str = "INSERT OR REPLACE INTO credential (account, hash, first_until, changed_at) VALUES (?1, ?2, ?3, ?4)";
        let Credential { account, hash, first_until, changed_at } = credential;
        self.write_account(|db| {
            let first_until = first_until.map(|at| at.0);
            db.prepare_cached(KEEP)?.execute(params![account, hash, first_until, changed_at.0])?;
            if first_until.is_some() {
                factor::forget(db, account)?;
            }
            end_others(db, account, keep).map(|_| ())
        })
    }

    fn session(&self, token: &str) -> Result<Option<Session>, StoreFailure> {
        let find = format!("SELECT {SESSION} FROM session WHERE token = ?1");
        self.read_account(|db| db.prepare_cached(&find)?.query_row([token], session).optional())
    }

    fn sessions(&self, account: &str) -> Result<Vec<Session>, StoreFailure> {
        let find = format!("SELECT {SESSION} FROM session WHERE account = ?1 ORDER BY used DESC, token");
        self.read_account(|db| db.prepare_cached(&find)?.query_map([account], session)?.collect())
    }

    fn keep_session(&self, kept: &Session) -> Result<(), StoreFailure> {
        const BEYOND: &str = "DELETE FROM session WHERE token IN
             (SELECT token FROM session WHERE account = ?1 ORDER BY used DESC, token LIMIT -1 OFFSET ?2)";
        let keep = format!("INSERT OR REPLACE INTO session ({SESSION}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        self.write_account(|db| {
            db.prepare_cached(&keep)?.execute(params![
                kept.token,
                kept.account,
                kept.position,
                kept.begun.0,
                kept.used.0,
                kept.browser,
                kept.confirmed.map(|at| at.0)
            ])?;
            db.prepare_cached(BEYOND)?.execute(params![kept.account, SESSIONS_MAX]).map(|_| ())
        })
    }

    fn note_use(&self, token: &str, at: Instant) -> Result<bool, StoreFailure> {
        const NOTE: &str = "UPDATE session SET used = MAX(used, ?2) WHERE token = ?1";
        self.write_account(|db| Ok(db.prepare_cached(NOTE)?.execute(params![token, at.0])? > 0))
    }

    fn act_in(&self, token: &str, position: u32) -> Result<(), StoreFailure> {
        const ACT: &str = "UPDATE session SET position = ?2 WHERE token = ?1";
        self.write_account(|db| db.prepare_cached(ACT)?.execute(params![token, position]).map(|_| ()))
    }

    fn confirm(&self, token: &str, at: Instant) -> Result<(), StoreFailure> {
        const CONFIRM: &str = "UPDATE session SET confirmed = ?2 WHERE token = ?1";
        self.write_account(|db| db.prepare_cached(CONFIRM)?.execute(params![token, at.0]).map(|_| ()))
    }

    fn factor(&self, account: &str) -> Result<Option<SecondFactor>, StoreFailure> {
        Ok(self.with(|writer| writer.factor(account))?)
    }

    fn keep_factor(
        &self,
        account: &str,
        secret: &Secret,
        step: i64,
        at: Instant,
        recovery: &[String],
    ) -> Result<(), StoreFailure> {
        Ok(self.with(|writer| writer.keep_factor(account, secret, (step, at), recovery))?)
    }

    fn use_step(&self, account: &str, step: i64) -> Result<bool, StoreFailure> {
        const USE: &str = "UPDATE factor SET used_step = ?2 WHERE account = ?1 AND used_step < ?2";
        self.write_account(|db| Ok(db.prepare_cached(USE)?.execute(params![account, step])? > 0))
    }

    fn use_recovery(&self, account: &str, hash: &str) -> Result<bool, StoreFailure> {
        const USE: &str = "DELETE FROM factor_recovery WHERE account = ?1 AND hash = ?2";
        self.write_account(|db| Ok(db.prepare_cached(USE)?.execute([account, hash])? > 0))
    }

    fn end_session(&self, account: &str, token: &str) -> Result<bool, StoreFailure> {
        const END: &str = "DELETE FROM session WHERE account = ?1 AND token = ?2";
        self.write_account(|db| Ok(db.prepare_cached(END)?.execute([account, token])? > 0))
    }

    fn end_sessions(&self, account: &str, keep: Option<&str>) -> Result<usize, StoreFailure> {
        self.write_account(|db| end_others(db, account, keep))
    }

    fn knows_device(&self, account: &str, token: &str) -> Result<bool, StoreFailure> {
        const FIND: &str = "SELECT EXISTS (SELECT 1 FROM device WHERE account = ?1 AND token = ?2)";
        self.read_account(|db| db.prepare_cached(FIND)?.query_row([account, token], |row| row.get(0)))
    }

    fn keep_device(&self, account: &str, token: &str, at: Instant) -> Result<(), StoreFailure> {
        const BEYOND: &str = "DELETE FROM device WHERE account = ?1 AND token IN
             (SELECT token FROM device WHERE account = ?1 ORDER BY used DESC, token LIMIT -1 OFFSET ?2)";
        self.write_account(|db| {
            db.prepare_cached("INSERT OR REPLACE INTO device (account, token, used) VALUES (?1, ?2, ?3)")?
                .execute(params![account, token, at.0])?;
            db.prepare_cached(BEYOND)?.execute(params![account, DEVICES_MAX]).map(|_| ())
        })
    }

    fn failures(&self, who: &Tried) -> Result<Failures, StoreFailure> {
        const FIND: &str = "SELECT count, last FROM failure WHERE kind = ?1 AND who = ?2 AND account = ?3";
        self.read_account(|db| {
            let read = |row: &Row<'_>| Ok(Failures { count: row.get(0)?, last: Some(Instant(row.get(1)?)) });
            let found = db.prepare_cached(FIND)?.query_row(key(who), read).optional()?;
            Ok(found.unwrap_or_default())
        })
    }

    fn keep_failures(
        &self,
        failures: &[(Tried, Failures)],
        forget_before: Instant,
    ) -> Result<(), StoreFailure> {
        const KEEP: &str = "INSERT OR REPLACE INTO failure (kind, who, account, count, last)
             VALUES (?1, ?2, ?3, ?4, ?5)";
        self.write_account(|db| {
            db.prepare_cached("DELETE FROM failure WHERE last < ?1")?.execute([forget_before.0])?;
            for (who, failures) in failures {
                let ((kind, who, account), Some(last)) = (key(who), failures.last) else { continue };
                db.prepare_cached(KEEP)?.execute(params![kind, who, account, failures.count, last.0])?;
            }
            Ok(())
        })
    }

    fn forget_failures(&self, who: &[Tried]) -> Result<(), StoreFailure> {
        const FORGET: &str = "DELETE FROM failure WHERE kind = ?1 AND who = ?2 AND account = ?3";
        self.write_account(|db| {
            who.iter().try_for_each(|who| db.prepare_cached(FORGET)?.execute(key(who)).map(|_| ()))
        })
    }
}
