//! A `.tlog-proof` (C2SP): that one entry stands in the log. The file holds neither the entry nor a key; both are
//! given beside it.

use mc_base::Seq;
use mc_ledger::checkpoint::ILLUSTRATIVE_ORIGIN;
use mc_ledger::proof::{TlogProof, TlogProofError};
use mc_ledger::{Checkpoint, Entry, NoteVerifier};

use crate::judge::InputError;
use crate::record::RowText;
use crate::verdict::{Line, Recorded, Verdict};

/// With what such a file begins.
const HEADER: &str = "c2sp.org/tlog-proof@";

/// Whether a text is a `.tlog-proof` and not one of our own proof files.
#[must_use]
pub fn is_entry_proof(text: &str) -> bool {
    text.starts_with(HEADER)
}

/// Judges a `.tlog-proof` about the bytes of an entry, under a key of the log.
///
/// # Errors
/// Where the text is no such proof. What it gets wrong is in the verdict.
pub fn judge_entry(text: &str, entry: &[u8], key: &NoteVerifier) -> Result<Verdict, InputError> {
    let proof = TlogProof::parse(text).map_err(InputError::EntryProof)?;
    let mut verdict = Verdict {
        origin: key.name().to_owned(),
        vkey: key.to_string(),
        key_trusted: true,
        illustrative: key.name().starts_with(ILLUSTRATIVE_ORIGIN),
        at: None,
        recorded: Line::Holds,
        arithmetic: Line::Unchecked("tệp chứng minh một lần ghi, không có phép tính".to_owned()),
        figure: None,
        rows: Vec::new(),
    };
    match recorded(&proof, entry, key) {
        Ok((entry, checkpoint)) => {
            verdict.at = Some(Recorded {
                rows: entry.leaf_count,
                commits: 1,
                span: (entry.seq, entry.seq),
                last_at: entry.recorded_at,
                sealed: checkpoint.size,
            });
            verdict.rows.push(RowText {
                title: format!("lần ghi {}, người ghi “{}”", entry.seq, entry.actor),
                fields: vec![("mã gốc của các dòng".to_owned(), entry.rows_root.to_string())],
            });
        }
        Err(why) => verdict.recorded = Line::Failed(vec![why]),
    }
    Ok(verdict)
}

/// The entry and the checkpoint that it stands under, or what does not hold.
fn recorded(proof: &TlogProof, bytes: &[u8], key: &NoteVerifier) -> Result<(Entry, Checkpoint), String> {
    let checkpoint = proof.verify(bytes, key).map_err(|error: TlogProofError| error.to_string())?;
    let entry = Entry::decode(bytes).map_err(|error| error.to_string())?;
    if proof.index.checked_add(1).map(Seq) != Some(entry.seq) {
        return Err(format!("mục ghi nói là lần ghi {}, bằng chứng đặt ở vị trí {}", entry.seq, proof.index));
    }
    if entry.illustrative != checkpoint.origin.starts_with(ILLUSTRATIVE_ORIGIN) {
        return Err(format!("dấu dữ liệu minh họa của mục ghi khác với tên sổ cái “{}”", checkpoint.origin));
    }
    Ok((entry, checkpoint))
}
