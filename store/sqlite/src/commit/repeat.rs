//! A repeated request gets its first reply; the same key with another body is refused.

use mc_base::{Hash32, Instant, Seq};
use mc_ledger::{SaltedText, TextKind};
use mc_port::{CommitError, CommitRequest, Receipt};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Fault, Made, REQUEST_TEXT};
use crate::StoreError;

/// What makes two requests the same: everything but the idempotency key.
pub(super) fn request_hash(request: &CommitRequest) -> Hash32 {
    let mut text = format!("{}\0{}\0{}", request.actor.id, request.source, request.reason);
    for edit in &request.edits {
        text.push_str(&format!("\0{}\0{:?}", edit.register, edit.edit));
    }
    mc_ledger::hash::sha256(text.as_bytes())
}

pub(crate) fn repeated(db: &Connection, request: &CommitRequest, request_hash: Hash32) -> Result<(), Fault> {
    if request.idempotency_key.is_empty() {
        return Ok(());
    }
    let found: Option<(Vec<u8>, u64, String)> = db
        .prepare_cached("SELECT request_hash, seq, reply FROM idempotency WHERE actor = ?1 AND key = ?2")?
        .query_row(params![request.actor.id, request.idempotency_key], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((hash, seq, reply)) = found else { return Ok(()) };
    // The request's hash is kept under the salt of its entry, so that erasing the salt erases it too; what
    // can no longer be compared is not done a second time.
    let salt: Option<Vec<u8>> = db
        .prepare_cached("SELECT salt FROM entry_text WHERE seq = ?1 AND kind = ?2")?
        .query_row(params![seq, REQUEST_TEXT], |row| row.get(0))
        .optional()?;
    let same = salt.and_then(|salt| salt.try_into().ok()).is_some_and(|salt: [u8; 32]| {
        let text = SaltedText { salt, text: request_hash.to_string() };
        hash == text.hash(TextKind::Request).0
    });
    if !same {
        return Err(Fault::Refused(CommitError::KeyReused(request.idempotency_key.clone())));
    }
    let receipt = read_reply(seq, &reply)
        .ok_or_else(|| StoreError::Corrupt(format!("câu trả lời của lần ghi {seq}")))?;
    Err(Fault::Repeated(receipt))
}

pub(crate) fn remember(db: &Connection, request: &CommitRequest, made: &Made) -> Result<(), Fault> {
    let receipt = &made.receipt;
    if request.idempotency_key.is_empty() {
        return Ok(());
    }
    let reply =
        format!("{} {} {} {}", receipt.recorded_at.0, receipt.rows_root, receipt.opened, receipt.closed);
    db.prepare_cached(
        "INSERT INTO idempotency (actor, key, request_hash, seq, reply) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        request.actor.id,
        request.idempotency_key,
        &made.request.0[..],
        receipt.seq.0,
        reply
    ])?;
    Ok(())
}

fn read_reply(seq: u64, reply: &str) -> Option<Receipt> {
    let mut parts = reply.split(' ');
    Some(Receipt {
        seq: Seq(seq),
        recorded_at: Instant(parts.next()?.parse().ok()?),
        rows_root: Hash32::from_hex(parts.next()?)?,
        opened: parts.next()?.parse().ok()?,
        closed: parts.next()?.parse().ok()?,
        repeated: true,
    })
}
