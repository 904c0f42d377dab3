//! What an erasure journal tells is done again on a restored copy: fields that were marked personal after the backup
//! are marked, and what was erased after it is erased, in the order of the ledger that was lost.

use mc_access::Actor;
use mc_port::{CommitError, CommitRequest, EditRequest, Receipt, declare_schema};
use mc_register::{Schema, system};

use crate::StoreError;
use crate::commit::Work;
use crate::epoch::UnsealError;
use crate::erase::{self, Erasing};
use crate::erasures::{ErasedLine, is_here, marked_register, still_there};
use crate::writer::Writer;

/// Values erased again by one commit; each is an edit.
const REPLAYED_MAX: usize = 5_000;

impl Writer {
    /// Does again what `lines` name and a backup undid, as commits that nothing signs yet. Returns how many values and
    /// texts went, and how many fields were marked.
    ///
    /// # Errors
    /// When the instance is not sealed, or a field cannot be marked; a failure of the store.
    pub fn replay(&mut self, lines: &[ErasedLine]) -> Result<usize, UnsealError> {
        let mut sealed = self.sealed.clone().ok_or(UnsealError::NotSealed)?;
        let last = lines.iter().map(|line| line.seq).max().unwrap_or(0);
        sealed.journal_until = sealed.journal_until.max(last);
        sealed.keep(&self.db)?;
        let replayed = self.do_again(lines);
        // What went before a failure is to be in no file either.
        let scrubbed = self.scrub();
        let count = replayed?;
        self.sealed = Some(sealed);
        scrubbed?;
        Ok(count)
    }

    fn do_again(&mut self, lines: &[ErasedLine]) -> Result<usize, UnsealError> {
        let mut count = 0;
        for of_commit in lines.chunk_by(|a, b| (a.seq, &a.ground) == (b.seq, &b.ground)) {
            count += self.mark_again(of_commit)?;
            for some in of_commit.chunks(REPLAYED_MAX) {
                count += self.erase_again(some)?;
            }
        }
        Ok(count)
    }

    fn erase_again(&mut self, lines: &[ErasedLine]) -> Result<usize, UnsealError> {
        let erasing = still_there(&self.db, &self.catalog, lines)?;
        let count = erasing.values.len() + erasing.texts.len() + erasing.files.len();
        let (Some(first), true) = (lines.first(), count > 0) else { return Ok(0) };
        let schema = self.system(system::ERASURE)?;
        let reason = format!("phát lại lệnh xóa của lần ghi {} sau khi phục hồi từ bản sao lưu", first.seq);
        let edits = erase::edits(&schema, &erasing, &first.ground, &reason);
        self.commit_sealed(edits, reason, &erasing)?;
        Ok(count)
    }

    /// Marks the fields that a commit marked, and moves their values to where they can be erased.
    fn mark_again(&mut self, lines: &[ErasedLine]) -> Result<usize, UnsealError> {
        let mut count = 0;
        for of_register in lines.chunk_by(|a, b| (&a.register, &a.key) == (&b.register, &b.key)) {
            let Some((first, register)) = of_register.first().and_then(|it| Some((it, marked_register(it)?)))
            else {
                continue;
            };
            if !is_here(&self.db, &self.catalog, first)? {
                continue;
            }
            let Some(known) = self.schema(register) else { continue };
            let (schema, marked) = marking(&known, of_register);
            if marked > 0 {
                self.declare_again(&schema, first.seq).map_err(|error| UnsealError::Mark {
                    register: known.title.vi.clone(),
                    error: Box::new(error),
                })?;
                count += marked;
            }
        }
        self.move_rest(&mut |_| {})?;
        Ok(count)
    }

    fn declare_again(&mut self, schema: &Schema, seq: u64) -> Result<(), UnsealError> {
        let versions = "SELECT COUNT(*) FROM r_schema WHERE key > ?1 || '/' AND key < ?1 || '0'";
        let versions: u32 = self
            .db
            .prepare_cached(versions)
            .and_then(|mut statement| statement.query_row([&schema.id], |row| row.get(0)))
            .map_err(StoreError::from)?;
        let declaration = declare_schema(&*self.system(system::SCHEMA)?, schema, versions + 1);
        let reason = format!(
            "phát lại dấu dữ liệu cá nhân của lần ghi {seq} sau khi phục hồi từ bản sao lưu: sổ {}",
            schema.id
        );
        self.commit_sealed(vec![declaration], reason, &Erasing::default())?;
        Ok(())
    }

    /// A commit on a sealed instance, of what must not wait until it is unsealed.
    fn commit_sealed(
        &mut self,
        edits: Vec<EditRequest>,
        reason: String,
        erasing: &Erasing,
    ) -> Result<Receipt, CommitError> {
        let request = CommitRequest {
            actor: Actor::operator(),
            source: "nhật ký xóa".to_owned(),
            edits,
            reason,
            idempotency_key: String::new(),
        };
        let work = [Work { request: &request, erasing }];
        let receipt = self.commit_all(&work).pop().unwrap_or(Err(CommitError::Unchanged))?;
        self.tell_erasures()?;
        Ok(receipt)
    }
}

/// The schema with the fields of the lines marked as far as they are not yet, and how many these are. What is personal
/// is neither searched nor filtered by.
fn marking(known: &Schema, lines: &[ErasedLine]) -> (Schema, usize) {
    let mut schema = known.clone();
    let mut count = 0;
    let named = |no: u16| lines.iter().any(|line| line.field == no);
    for field in schema.field.iter_mut().filter(|field| !field.personal && named(field.no)) {
        (field.personal, field.search, field.index) = (true, false, false);
        count += 1;
    }
    (schema, count)
}
