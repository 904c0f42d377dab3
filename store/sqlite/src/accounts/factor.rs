//! Second factors: each secret sealed with ChaCha20-Poly1305 under the key of the instance, bound to its account.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use mc_account::Secret;
use mc_base::{Hash32, Instant};
use mc_port::SecondFactor;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{StoreError, Writer, files};

const TAG: &str = "minhchung/factor/v1\n";
const NONCE_BYTES: usize = 12;

/// Takes the second factor of an account away.
pub(super) fn forget(db: &Connection, account: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM factor WHERE account = ?1")?.execute([account])?;
    db.prepare_cached("DELETE FROM factor_recovery WHERE account = ?1")?.execute([account]).map(|_| ())
}

fn seal(key: Hash32, account: &str, secret: &Secret, nonce: [u8; NONCE_BYTES]) -> Option<Vec<u8>> {
    let bound = [TAG, account].concat();
    let payload = Payload { msg: secret.bytes(), aad: bound.as_bytes() };
    let sealed = ChaCha20Poly1305::new(&Key::from(key.0)).encrypt(&Nonce::from(nonce), payload).ok()?;
    Some([&nonce[..], &sealed].concat())
}

/// `None` where the key is another, or the bytes were changed or belong to another account.
fn open(key: Hash32, account: &str, sealed: &[u8]) -> Option<Secret> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    let bound = [TAG, account].concat();
    let payload = Payload { msg: sealed, aad: bound.as_bytes() };
    let opened = ChaCha20Poly1305::new(&Key::from(key.0)).decrypt(&Nonce::from(*nonce), payload).ok()?;
    Some(Secret::new(opened.try_into().ok()?))
}

impl Writer {
    pub(super) fn factor(&self, account: &str) -> Result<Option<SecondFactor>, StoreError> {
        const FIND: &str = "SELECT sealed, used_step, set_at,
             (SELECT COUNT(*) FROM factor_recovery AS r WHERE r.account = factor.account)
             FROM factor WHERE account = ?1";
        let key = files::key(&self.layout.factor_key());
        let mut statement = self.db().prepare_cached(FIND)?;
        let found = statement.query_row([account], |row| {
            let sealed: Vec<u8> = row.get(0)?;
            Ok(SecondFactor {
                secret: key.and_then(|key| open(key, account, &sealed)),
                used_step: row.get(1)?,
                set_at: Instant(row.get(2)?),
                recovery_left: row.get(3)?,
            })
        });
        Ok(found.optional()?)
    }

    pub(super) fn keep_factor(
        &mut self,
        account: &str,
        secret: &Secret,
        (step, at): (i64, Instant),
        recovery: &[String],
    ) -> Result<(), StoreError> {
        const KEEP: &str = "INSERT INTO factor (account, sealed, used_step, set_at) VALUES (?1, ?2, ?3, ?4)";
        let path = self.layout.factor_key();
        let layout = self.layout.clone();
        let key = files::ensure_key(&layout, &path, "khóa của mã xác nhận", self.world())?;
        let mut nonce = [0; NONCE_BYTES];
        self.world().fill(&mut nonce);
        let sealed = seal(key, account, secret, nonce)
            .ok_or_else(|| StoreError::Corrupt("không niêm phong được mã xác nhận".to_owned()))?;
        self.transaction(|writer| {
            forget(writer.db(), account)?;
            writer.db().prepare_cached(KEEP)?.execute(params![account, sealed, step, at.0])?;
            for hash in recovery {
                writer
                    .db()
                    .prepare_cached("INSERT INTO factor_recovery (account, hash) VALUES (?1, ?2)")?
                    .execute([account, hash])?;
            }
            Ok(())
        })
    }
}
