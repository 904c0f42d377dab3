//! The four texts of an entry with their salts.

use mc_base::{Hash32, Instant, Seq};
use mc_ledger::{Entry, SaltedText, TextKind};
use mc_port::CommitRequest;
use rusqlite::{Connection, params};

use crate::world::World;
use crate::{StoreError, log};

/// The four texts of an entry with their salts.
pub(crate) struct Texts([(TextKind, SaltedText); 4]);

impl Texts {
    pub(crate) fn of(request: &CommitRequest, request_hash: Hash32, world: &mut dyn World) -> Self {
        let mut salted = |text: &str| {
            let mut salt = [0; 32];
            world.fill(&mut salt);
            SaltedText { salt, text: text.to_owned() }
        };
        Self([
            (TextKind::Source, salted(&request.source)),
            (TextKind::Reason, salted(&request.reason)),
            (TextKind::IdempotencyKey, salted(&request.idempotency_key)),
            (TextKind::Request, salted(&request_hash.to_string())),
        ])
    }

    pub(crate) fn entry(
        &self,
        log: &log::Log,
        request: &CommitRequest,
        at: Instant,
        rows: (u64, Hash32),
    ) -> Entry {
        let [source, reason, key, body] = &self.0;
        Entry {
            illustrative: log.illustrative(),
            instance: log.instance(),
            seq: Seq(log.size() + 1),
            recorded_at: at,
            actor: request.actor.id.clone(),
            source: source.1.hash(source.0),
            reason: reason.1.hash(reason.0),
            idempotency_key: key.1.hash(key.0),
            request: body.1.hash(body.0),
            leaf_count: rows.0,
            rows_root: rows.1,
        }
    }

    pub(crate) fn write(&self, db: &Connection, seq: u64) -> Result<(), StoreError> {
        for ((_, text), kind) in self.0.iter().zip(1..) {
            db.prepare_cached("INSERT INTO entry_text (seq, kind, salt, text) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![seq, kind, &text.salt[..], text.text])?;
        }
        Ok(())
    }
}

/// Kind of the request's text in table `entry_text`.
pub(crate) const REQUEST_TEXT: u8 = 4;
